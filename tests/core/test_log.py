"""The log: what stands in it, who reads what of it, and that nobody changes it unnoticed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from shelterdesk import (
    arrivals,
    house_settings,
    integrity,
    people,
    person_history,
    person_reading,
    plans,
    record_log,
    rooms,
    services,
)
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey, NotAllowed
from shelterdesk.fields import Kind
from shelterdesk.people import Person
from shelterdesk.records import UNANSWERED
from shelterdesk.schema import history, log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import LogChain, LogContent, LogHead, LogRow
from shelterdesk.vault import Compartment
from tests.core.seats import seat
from tests.desks import Clock

CANARY = "Xatirə-4711"


def rows(desk: Desk, **where: Any) -> list[log_reading.Logged]:
    """Return the log, oldest first."""
    with desk.read() as db:
        return log_reading.logged(db, **where)[::-1]


def since(desk: Desk, start: int) -> list[log_reading.Logged]:
    return [row for row in rows(desk) if row.number > start]


def last(desk: Desk) -> int:
    return rows(desk)[-1].number


def meddle(desk: Desk, *statements: Any) -> None:
    """Change tables as somebody with the key of the database could, past the program."""
    with desk.engine.execution_options(writes=True).begin() as connection:
        for statement in statements:
            connection.execute(statement)


def verify(desk: Desk) -> log_reading.Walk:
    with desk.read() as db:
        return log_reading.verify_log(db, desk.vault.verify)


def broken(desk: Desk) -> int:
    """Return the number of the row the check complains about; `verify` and the whole report say the same."""
    with pytest.raises(log_reading.LogBroken) as found:
        verify(desk)
    finding = next(one for one in integrity.verify_desk(desk).findings if one.where == "log")
    assert finding.values["number"] == found.value.number
    assert str(found.value.number) in found.value.text("en")
    return found.value.number


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody on file."""
    return people.add_person(desk, short_name="Ay", given_names=CANARY, languages={"az"})


# --- what stands in it --------------------------------------------------------------------------------------------


def test_the_log_begins_with_the_vault(desk: Desk) -> None:
    first = rows(desk)[0]
    assert (first.number, first.act) == (1, "create_vault")
    assert first.changes[0].after == "leyla"
    assert verify(desk)[0] == last(desk)


def test_one_row_for_each_record_and_write(desk: Desk, clock: Clock) -> None:
    start = last(desk)
    ay = arrivals.take_in(
        desk,
        {"short_name": "Ay"},
        stay={"arrived_on": desk.today()},
        referral={"source": "police"},
        worker_id=desk.me.id,
    )
    found = since(desk, start)
    assert sorted(row.record for row in found) == ["person", "referral", "stay", "worker_since"]
    assert {row.act for row in found} == {"add_person"}
    assert {row.person_id for row in found} == {ay.id}
    assert {(row.member_id, row.at) for row in found} == {(desk.me.id, clock.now)}


def test_a_row_says_what_each_field_was_and_became(desk: Desk, ay: Person) -> None:
    start = last(desk)
    people.change_person(desk, ay, given_names="Nur", languages={"az", "ru"}, gender="woman", short_name="Ay")
    (row,) = since(desk, start)
    assert {change.field_id: (change.before, change.after) for change in row.changes} == {
        "person.given_names": (CANARY, "Nur"),
        "person.languages": ("az", "az;ru"),
        "person.gender": (None, "woman"),
    }


def test_own_fields_and_reasons_are_logged(desk: Desk) -> None:
    house_settings.add_own_field(desk, "person", "Shoe size", Kind.TEXT, Compartment.IDENTITY)
    house_settings.add_own_field(desk, "person", "Visits", Kind.NUMBER, None)
    start = last(desk)
    ay = people.add_person(desk, own_1="37", own_2=1)
    ay = people.change_person(desk, ay, own_1="38", own_2=2, **{UNANSWERED: {"person.phone": "prefers_not"}})
    people.change_person(desk, ay, own_1=None, own_2=None, phone="1234")
    first, second, third = (
        {one.field_id: (one.before, one.after) for one in row.changes} for row in since(desk, start)
    )
    assert first["person.own_1.identity"] == (None, "37")
    assert first["person.own_2"] == (None, "1")
    assert second == {
        "person.own_1.identity": ("37", "38"),
        "person.own_2": ("1", "2"),
        "person.unanswered": (None, "person.phone=prefers_not"),
    }
    assert third["person.own_1.identity"] == ("38", None)
    assert third["person.own_2"] == ("2", None)
    assert third["person.unanswered"] == ("person.phone=prefers_not", None)


def test_a_record_without_any_answer_has_its_row(desk: Desk, ay: Person) -> None:
    start = last(desk)
    plan = plans.add_plan(desk, ay.id)
    (row,) = since(desk, start)
    assert (row.act, row.record, row.record_id, row.person_id) == ("add_plan", "plan", plan.id, ay.id)


def test_several_flushes_of_one_write_become_one_row(desk: Desk, ay: Person) -> None:
    start = last(desk)
    with desk.write(Act.CHANGE_PERSON) as db:
        found = db.get_one(Person, ay.id)
        for name in ("Bə", "Cə", "Nur"):
            found.short_name = name
            db.flush()
        found.gender = "woman"
        db.flush()
        found.gender = None
    (row,) = since(desk, start)
    assert [(one.field_id, one.before, one.after) for one in row.changes] == [("person.short_name", "Ay", "Nur")]


def test_saving_nothing_new_leaves_no_row(desk: Desk, ay: Person) -> None:
    start = last(desk)
    people.change_person(desk, ay, given_names=CANARY, languages={"az"})
    assert since(desk, start) == []


def test_opening_a_record_is_logged_about_the_person(desk: Desk, ay: Person) -> None:
    person_reading.open_person(desk, ay.id)
    row = rows(desk, person_id=ay.id)[-1]
    assert (row.act, row.person_id, row.changes) == ("open_record", ay.id, ())


def test_archiving_and_undoing_stand_in_the_log(desk: Desk, ay: Person) -> None:
    people.archive_person(desk, ay.id)
    people.archive_person(desk, ay.id, archived=False)
    archived, back = rows(desk)[-2:]
    assert archived.changes[0].field_id == "person.archived"
    assert archived.changes[0].before is None
    assert back.changes[0].after is None
    made = arrivals.take_in(desk, {"short_name": "Nur"})
    arrivals.take_back(desk, made.id)
    assert rows(desk)[-1].act == "undo"


def test_settings_are_logged(desk: Desk) -> None:
    start = last(desk)
    house_settings.put(desk, "currency", "EUR")
    house_settings.change_field(desk, "person.gender", hidden=True)
    house_settings.add_own_field(desk, "person", "Shoe size", Kind.TEXT, Compartment.IDENTITY)
    said = [[change.after for change in row.changes] for row in since(desk, start)]
    assert said == [
        ["currency", '"EUR"'],
        ["person.gender", '{"hidden": true}'],
        ["person.own_1.identity", "text"],
    ]
    assert {row.act for row in since(desk, start)} == {"change_settings"}


# --- who reads what -----------------------------------------------------------------------------------------------


def test_content_is_sealed_in_the_compartment_of_its_field(desk: Desk, ay: Person) -> None:
    with desk.engine.connect() as connection:
        for content in connection.execute(select(LogContent)).mappings():
            assert (content["sealed"] is None) == (content["compartment"] is None)
            assert CANARY.encode() not in (content["plain"] or b"") + (content["sealed"] or b"")
        for table in ("log", "log_content"):
            for row in connection.execute(text(f"SELECT * FROM {table}")):
                assert not any(CANARY in str(value) for value in row)


def test_who_lacks_a_key_sees_that_something_is_sealed(desk: Desk, ay: Person) -> None:
    changes = {change.field_id: change for change in rows(seat(desk, Role.RECEPTION), person_id=ay.id)[0].changes}
    assert changes["person.short_name"].after == "Ay"
    sealed = changes["person.given_names"]
    assert (sealed.state, sealed.before, sealed.after) == ("sealed", None, None)


def test_the_log_of_a_record_in_words(desk: Desk, ay: Person) -> None:
    people.change_person(desk, ay, gender="woman", **{UNANSWERED: {"person.phone": "prefers_not"}})
    line = record_log.log_of(desk, ay.id, language="en")[0]
    assert (line.act, line.who) == ("Changed the record", "Leyla A.")
    assert [(one.label, one.before, one.after) for one in line.fields] == [
        ("Gender", "", "Woman or girl"),
        ("Not answered", "", "Phone: Prefers not to say"),
    ]
    with pytest.raises(NotAllowed):
        record_log.log_of(seat(desk, Role.SOCIAL_WORKER), ay.id)


def test_the_log_is_read_page_by_page(desk: Desk, ay: Person) -> None:
    for _ in range(record_log.PAGE):
        person_reading.open_person(desk, ay.id)
    first = record_log.log_of(desk, ay.id)
    then = record_log.log_of(desk, ay.id, before=first[-1].number)
    assert len(first) == record_log.PAGE
    assert [line.code for line in then] == ["add_person"]


def test_an_event_says_for_whom_even_without_the_key(desk: Desk) -> None:
    for role in (Role.RECEPTION, Role.REPORTING_OFFICER):
        with seat(desk, role).write(Act.EXPORT, facts={"log.for_whom": "IOM", "log.count": 0, "log.why": ""}):
            pass
        row = rows(desk)[-1]
        assert [(change.field_id, change.after) for change in row.changes] == [
            ("log.for_whom", "IOM"),
            ("log.count", "0"),
        ]


# --- that nobody changes it unnoticed -----------------------------------------------------------------------------

ALTERED: dict[str, Callable[[int, Desk], Any]] = {
    "act": lambda n, _desk: update(LogRow).where(LogRow.number == n).values(act="print"),
    "member": lambda n, _desk: update(LogRow).where(LogRow.number == n).values(member_id=None),
    "time": lambda n, desk: update(LogRow).where(LogRow.number == n).values(at=desk.now().replace(year=2025)),
    "record": lambda n, _desk: update(LogRow).where(LogRow.number == n).values(record="stay"),
    "record id": lambda n, _desk: update(LogRow).where(LogRow.number == n).values(record_id=None),
    "person": lambda n, _desk: update(LogRow).where(LogRow.number == n).values(person_id=None),
    "fields": lambda n, _desk: update(LogRow).where(LogRow.number == n).values(field_ids="person.gender"),
    "commitments": lambda n, _desk: update(LogRow).where(LogRow.number == n).values(commitments=b"\0" * 32),
    "mac": lambda n, _desk: update(LogRow).where(LogRow.number == n).values(mac=b"\0" * 32),
    "missing": lambda n, _desk: delete(LogRow).where(LogRow.number == n),
    "chain": lambda n, _desk: update(LogRow).where(LogRow.number == n).values(chain=9),
}


@pytest.mark.parametrize("what", ALTERED)
def test_an_altered_or_missing_row_is_named(desk: Desk, ay: Person, what: str) -> None:
    number = rows(desk, person_id=ay.id)[0].number
    person_reading.open_person(desk, ay.id)
    meddle(desk, ALTERED[what](number, desk))
    assert broken(desk) == number


def test_rows_cut_off_at_the_end_are_missed(desk: Desk, ay: Person) -> None:
    end = last(desk)
    meddle(desk, delete(LogRow).where(LogRow.number == end))
    assert broken(desk) == end


def test_an_added_row_is_noticed(desk: Desk, ay: Person) -> None:
    end = last(desk)
    with desk.engine.connect() as connection:
        row = dict(connection.execute(select(LogRow.__table__).where(LogRow.number == end)).mappings().one())
    meddle(desk, insert(LogRow).values(row | {"number": end + 1}))
    assert broken(desk) == end + 1


def test_two_rows_that_change_places_are_noticed(desk: Desk, ay: Person) -> None:
    end = last(desk)
    meddle(
        desk,
        update(LogRow).where(LogRow.number == end).values(number=-1),
        update(LogRow).where(LogRow.number == end - 1).values(number=end),
        update(LogRow).where(LogRow.number == -1).values(number=end - 1),
    )
    assert broken(desk) == end - 1


def content_of(field_id: str) -> Any:
    return LogContent.field_id == field_id


@pytest.mark.parametrize(
    ("where", "values"),
    [
        ("person.given_names", {"sealed": b"\1" + b"\0" * 60}),
        ("person.given_names", {"sealed": b""}),
        ("person.given_names", {"compartment": "house"}),
        ("person.given_names", {"compartment": "cellar"}),
        ("person.given_names", {"compartment": None, "plain": b"x" * 32 + b'[null, "Nur"]'}),
        ("person.languages", {"plain": b"x" * 32 + b'[null, "ru"]'}),
    ],
)
def test_altered_content_is_named(desk: Desk, ay: Person, where: str, values: dict[str, Any]) -> None:
    number = rows(desk, person_id=ay.id)[0].number
    person_reading.open_person(desk, ay.id)
    meddle(desk, update(LogContent).where(content_of(where), LogContent.number == number).values(values))
    assert broken(desk) == number
    with pytest.raises(log_reading.LogBroken):
        rows(desk, person_id=ay.id)


def test_content_of_another_row_is_noticed(desk: Desk, ay: Person) -> None:
    people.add_person(desk, given_names="Nur")
    first, second = (row.number for row in rows(desk) if row.act == "add_person")
    meddle(
        desk,
        update(LogContent).where(content_of("person.given_names"), LogContent.number == first).values(number=-1),
        update(LogContent).where(content_of("person.given_names"), LogContent.number == second).values(number=first),
        update(LogContent).where(LogContent.number == -1).values(number=second),
    )
    assert broken(desk) == first


def test_removed_content_reads_removed_and_breaks_nothing(desk: Desk, ay: Person) -> None:
    before = verify(desk)
    meddle(desk, delete(LogContent).where(content_of("person.given_names")))
    after = verify(desk)
    assert (after.rows, after.contents, after.removed) == (before.rows, before.contents - 1, 1)
    changes = {change.field_id: change for change in rows(desk, person_id=ay.id)[0].changes}
    assert (changes["person.given_names"].state, changes["person.given_names"].after) == ("removed", None)
    line = record_log.log_of(desk, ay.id)[0]
    assert {one.state for one in line.fields} == {"removed", "readable"}


def test_content_without_a_key_is_left_out_of_the_check(desk: Desk, ay: Person) -> None:
    whole = verify(desk)
    fewer = verify(seat(desk, Role.RECEPTION))
    assert fewer.rows == whole.rows
    assert fewer.sealed > whole.sealed == 0
    assert fewer.contents + fewer.sealed == whole.contents


def resealed(desk: Desk, connection: Connection, number: int, **changed: Any) -> None:
    """Write the chain anew from *number* on, as whoever holds the database can."""
    key = connection.execute(select(LogChain.key)).scalar_one()
    table = LogRow.__table__
    previous = connection.execute(select(LogRow.mac).where(LogRow.number == number - 1)).scalar_one()
    for row in (
        connection.execute(select(table).where(LogRow.number >= number).order_by(LogRow.number)).mappings().all()
    ):
        values = dict(row) | (changed if row["number"] == number else {})
        values["mac"] = previous = history.row_mac(key, previous, values)
        connection.execute(update(LogRow).where(LogRow.number == row["number"]).values(values))
    connection.execute(update(LogHead).values(mac=previous))


@pytest.mark.parametrize("signature", ["stripped", "of another row"])
def test_a_chain_written_anew_fails_at_the_first_signature(desk: Desk, ay: Person, signature: str) -> None:
    with desk.write(Act.SIGN_IN):
        pass
    with desk.write(Act.LOCK, facts={"log.why_locked": "idle"}):
        pass
    signed = [row.number for row in rows(desk) if row.act in history.SIGNED and row.number > 1]
    assert verify(desk)[0] == last(desk)
    with desk.engine.execution_options(writes=True).begin() as connection:
        resealed(desk, connection, 2, act="print")
    assert broken(desk) == signed[0]
    with desk.engine.execution_options(writes=True).begin() as connection:
        other = connection.execute(select(LogRow.signature).where(LogRow.number == signed[1])).scalar_one()
        value = None if signature == "stripped" else other
        connection.execute(update(LogRow).where(LogRow.number == signed[0]).values(signature=value))
    assert broken(desk) == signed[0]


def test_the_check_walks_a_long_log_in_blocks(desk: Desk, ay: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_reading, "_BLOCK", 3)
    for _ in range(8):
        person_reading.open_person(desk, ay.id)
    assert verify(desk)[0] == last(desk)
    meddle(desk, update(LogRow).where(LogRow.number == 7).values(act="print"))
    assert broken(desk) == 7


def test_the_head_moves_with_every_row(desk: Desk, ay: Person) -> None:
    def head() -> bytes:
        with desk.read() as db:
            return log_reading.log_head(db)

    before = head()
    assert before == head()
    services.add_service(desk, ay.id, kind="social_talk", given_on=desk.today(), outcome="took_place")
    assert head() != before
    rooms.add_project(desk, code="EU")
    person_history.record_phase(desk, ay.id, phase="crisis", since=desk.today())
    assert verify(desk)[0] == last(desk)


def test_a_write_that_fails_leaves_the_log_alone(desk: Desk, ay: Person) -> None:
    start = last(desk)
    with pytest.raises(NoKey):
        services.add_service(
            seat(desk, Role.NURSE),
            ay.id,
            kind="legal_advice",
            given_on=desk.today(),
            outcome="took_place",
            legal_note="x",
        )
    assert last(desk) == start
    assert verify(desk)[0] == start
