"""Removing what the log says: what goes, what stays, who may, and that the log still proves itself afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, text

from shelterdesk import integrity, log_retention, people, person_reading, record_log, rotation
from shelterdesk.access import Right, Role
from shelterdesk.desk import Desk
from shelterdesk.documents.plan_papers import note_paper
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.people import Person
from shelterdesk.printed import FOR_THE_FILE, papers_of
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import LogContent, LogRow
from shelterdesk.vault import Compartment
from tests.core.seats import seat
from tests.desks import TODAY, Clock

CANARY = "Xatirə-4711"


def walk(desk: Desk) -> log_reading.Walk:
    with desk.read() as db:
        return log_reading.verify_log(db, desk.vault.verify, desk.vault.chain_heads)


def findings(desk: Desk) -> list[str]:
    return [one.text("en") for one in integrity.verify_desk(desk).findings]


def values(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """Give label, new value and state of everything the log says."""
    for line in record_log.read_log(desk).lines:
        for one in line.fields:
            yield one.label, one.after, one.state


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay", given_names=CANARY)


def test_what_the_log_says_of_one_person_goes_and_the_rows_stay(desk: Desk, ay: Person) -> None:
    nur = people.add_person(desk, short_name="Nur")
    people.change_person(desk, person_reading.open_person(desk, ay.id), phone="1234")
    before = walk(desk)
    gone = log_retention.remove_content_of(desk, ay.id, "she asked for it")
    after = walk(desk)
    assert gone > 0
    assert after.rows == before.rows + 1
    assert (after.removed, after.told) == (gone, gone)
    lines = record_log.log_of(desk, ay.id)
    assert [line.code for line in lines] == ["remove_log_content", "change_person", "open_record", "add_person"]
    assert {one.state for line in lines[1:] for one in line.fields} == {"removed"}
    assert {one.state for one in record_log.log_of(desk, nur.id)[0].fields} == {"readable"}
    with desk.read() as db:
        assert CANARY not in str([dict(row) for row in db.execute(select(LogContent.__table__)).mappings()])


def test_the_removal_tells_of_itself(desk: Desk, ay: Person) -> None:
    gone = log_retention.remove_content_of(desk, ay.id, "she asked for it")
    line = record_log.log_of(desk, ay.id, language="en")[0]
    assert (line.act, line.who, line.person) == ("Removed what the log says", "Leyla A.", ay.code)
    assert {one.label: one.after for one in line.fields} == {"Why": "she asked for it", "How many": str(gone)}


def test_what_is_older_than_a_day_goes(desk: Desk, ay: Person, clock: Clock) -> None:
    clock.now += timedelta(days=40)
    nur = people.add_person(desk, short_name="Nur")
    log_retention.remove_content_before(desk, TODAY + timedelta(days=40), "kept for a month")
    assert {one.state for one in record_log.log_of(desk, ay.id)[0].fields} == {"removed"}
    assert {one.state for one in record_log.log_of(desk, nur.id)[0].fields} == {"readable"}
    said = {one.label: one.after for one in record_log.read_log(desk, language="en").lines[0].fields}
    assert said["When"] == "27 December 2026"
    assert findings(desk) == []


def test_what_left_and_who_could_not_sign_in_is_still_told(desk: Desk, ay: Person, clock: Clock) -> None:
    note_paper(desk, ay.id, for_the_file=True, how="print", for_whom="Xatirə", why="the plan made together")
    with desk.write(Act.SIGN_IN_FAILED, facts={"log.user_name": "leyla", "log.when": clock.now.isoformat()}):
        pass
    clock.now += timedelta(days=2)
    log_retention.remove_content_before(desk, desk.today(), "the rules of the house")
    kept = {label: after for label, after, state in values(desk) if state == "readable"}
    assert kept["What"] == "Plan for the file"
    assert kept["Sign-in name"] == "leyla"
    assert ("For whom", "", "removed") in set(values(desk))
    assert papers_of(desk, [ay.id])[ay.id][FOR_THE_FILE].on == TODAY


def test_a_second_removal_counts_only_what_was_left(desk: Desk, ay: Person) -> None:
    first = log_retention.remove_content_of(desk, ay.id, "she asked for it")
    second = log_retention.remove_content_of(desk, ay.id, "once more")
    assert (first > 0, second) == (True, 1), "only the reason of the first removal was left"
    assert walk(desk).removed == first + second


def test_the_whole_vault_is_still_whole_afterwards(desk: Desk, ay: Person, clock: Clock) -> None:
    people.archive_person(desk, ay.id)
    log_retention.remove_content_of(desk, ay.id, "she asked for it")
    assert findings(desk) == []
    people.archive_person(desk, ay.id, archived=False)
    clock.now += timedelta(days=1)
    log_retention.remove_content_before(desk, desk.today(), "the rules of the house")
    people.change_person(desk, person_reading.open_person(desk, ay.id), phone="1234")
    assert findings(desk) == []


def test_one_removed_quietly_is_missed(desk: Desk, ay: Person) -> None:
    gone = log_retention.remove_content_of(desk, ay.id, "she asked for it")
    people.change_person(desk, person_reading.open_person(desk, ay.id), phone="1234")
    with desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(delete(LogContent).where(LogContent.field_id == "person.phone"))
    (said,) = findings(desk)
    assert said.startswith(f"{gone + 1} contents of the log are missing, and it tells of {gone} that were removed")


def test_a_count_that_was_raised_afterwards_is_noticed(desk: Desk, ay: Person) -> None:
    log_retention.remove_content_of(desk, ay.id, "she asked for it")
    number = record_log.read_log(desk).lines[0].number
    with desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(
            text("UPDATE log_content SET plain = :plain WHERE number = :number AND field_id = 'log.count'"),
            {"plain": b"x" * 32 + b'[null, "99"]', "number": number},
        )
    with pytest.raises(log_reading.LogBroken) as broken:
        walk(desk)
    assert broken.value.number == number


@pytest.mark.parametrize("role", list(Role))
def test_directors_alone_may(desk: Desk, ay: Person, role: Role) -> None:
    somebody = seat(desk, role)
    before = walk(desk)
    if role is Role.DIRECTOR:
        assert log_retention.remove_content_of(somebody, ay.id, "she asked for it") > 0
        return
    for tried in (
        lambda: log_retention.remove_content_of(somebody, ay.id, "she asked for it"),
        lambda: log_retention.remove_content_before(somebody, TODAY, "the rules of the house"),
    ):
        with pytest.raises(NotAllowed):
            tried()
    assert walk(desk) == before


def test_settings_alone_are_not_enough(desk: Desk, ay: Person) -> None:
    for right in (Right.CHANGE_SETTINGS, Right.READ_LOG):
        director = seat(desk, Role.DIRECTOR)
        director.rights -= {right}
        with pytest.raises(NotAllowed):
            log_retention.remove_content_of(director, ay.id, "she asked for it")


@pytest.mark.parametrize("more", [{"why": "  "}, {"day": TODAY + timedelta(days=1)}])
def test_it_takes_a_reason_and_a_day_that_has_been(desk: Desk, ay: Person, more: dict[str, Any]) -> None:
    before = walk(desk)
    with pytest.raises(Problems):
        log_retention.remove_content_before(desk, **({"day": TODAY, "why": "the rules of the house"} | more))
    assert walk(desk) == before


def test_a_row_that_said_nothing_stays_as_it_is(desk: Desk, ay: Person) -> None:
    person_reading.open_person(desk, ay.id)
    with desk.read() as db:
        before = db.scalars(select(LogRow.mac).order_by(LogRow.number)).all()
    log_retention.remove_content_of(desk, ay.id, "she asked for it")
    with desk.read() as db:
        assert db.scalars(select(LogRow.mac).order_by(LogRow.number)).all()[: len(before)] == before


def test_it_holds_across_replaced_keys(desk: Desk, ay: Person) -> None:
    nur = people.add_person(desk, short_name="Nur")
    before = log_retention.remove_content_of(desk, ay.id, "she asked for it")
    rotation.rotate(desk, [one.value for one in Compartment], why="she left the shelter")
    after = log_retention.remove_content_of(desk, nur.id, "she asked for it")
    found = walk(desk)
    assert (found.removed, found.told) == (before + after, before + after)
    assert {one.state for line in record_log.log_of(desk, nur.id)[1:] for one in line.fields} == {"removed"}
    assert findings(desk) == []
