"""People: their codes, days of birth, what changes over time, and who is taken in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from shelterdesk import people, person_history, person_reading
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import Problems
from shelterdesk.fields import Field, Kind
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person, PersonCode
from shelterdesk.person_history import PhaseSince, StatusSince, WorkerSince
from shelterdesk.person_reading import NoSuchPerson
from shelterdesk.schema.acts import Act
from tests.core.seats import seat
from tests.desks import Clock

TODAY = date(2026, 11, 17)


def code_in_the_row(desk: Desk, person: Person) -> str | None:
    with desk.engine.connect() as connection:
        query = text("SELECT birth FROM person WHERE id = :id")
        return connection.execute(query, {"id": person.id.bytes}).scalar_one()


# --- codes --------------------------------------------------------------------------------------------------------


def test_codes_count_by_year_of_registration(desk: Desk, clock: Clock) -> None:
    codes = [
        people.add_person(desk, registered_on=day).code for day in (TODAY, date(2025, 3, 1), None, date(2025, 1, 1))
    ]
    assert codes == ["R-2026-001", "R-2025-001", "R-2026-002", "R-2025-002"]
    clock.now = datetime(2026, 12, 31, 20, 30, tzinfo=UTC)
    assert people.add_person(desk).code == "R-2027-001", "it is New Year in Baku already"


def test_a_code_is_never_given_twice(desk: Desk) -> None:
    first = people.add_person(desk)
    with pytest.raises(KeyError), desk.write(Act.ADD_PERSON) as db:
        people.new_person(db, desk, {"shoe_size": 38})
    people.archive_person(desk, first.id)
    with desk.write(Act.IMPORT) as db:
        several = [people.new_person(db, desk, {}).code for _ in range(3)]
    assert several == ["R-2026-002", "R-2026-003", "R-2026-004"]
    with desk.read() as db:
        assert sorted(db.scalars(select(PersonCode.code))) == ["R-2026-001", *several]


def test_codes_are_found_however_they_are_typed(desk: Desk) -> None:
    ay = people.add_person(desk, short_name="Ay")
    for typed in ("R-2026-001", " r-2026-001 ", "r - 2026 - 001"):
        assert person_reading.person_by_code(desk, typed).id == ay.id
    with pytest.raises(NoSuchPerson, match="R-2026-999"):
        person_reading.person_by_code(desk, "r-2026-999")


def test_a_code_stands_in_for_a_name(desk: Desk) -> None:
    ay, nobody = people.add_person(desk, short_name="Ay"), people.add_person(desk)
    assert (ay.shown_name, nobody.shown_name) == ("Ay", nobody.code)
    officer = seat(desk, Role.REPORTING_OFFICER)
    with officer.read() as db:
        assert {one.shown for one in person_reading.listed(db, Person.archived_at.is_(None))} == {ay.code, nobody.code}
    with desk.read() as db:
        assert {one.name for one in person_reading.listed(db, person_reading.is_on_file())} == {"Ay", None}


# --- birth --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("about", [True, False])
def test_the_day_of_birth_is_sealed(desk: Desk, about: bool) -> None:
    born = PartialDate(1994, 5, 21, about=about)
    ay = people.add_person(desk, birth=born)
    assert code_in_the_row(desk, ay) == ("1994-05~" if about else "1994-05")
    assert ay.birth_day == 21
    assert person_reading.person_by_code(desk, ay.code).born == born


def test_who_lacks_the_key_keeps_month_and_year_only(desk: Desk) -> None:
    reception = seat(desk, Role.RECEPTION)
    ay = people.add_person(reception, short_name="Ay", birth=PartialDate(1994, 5, 21))
    assert code_in_the_row(desk, ay) == "1994-05"
    again = person_reading.person_by_code(desk, ay.code)
    assert (again.birth_day, again.born) == (None, PartialDate(1994, 5))


def test_a_day_follows_its_date(desk: Desk) -> None:
    ay = people.add_person(desk, birth=PartialDate(1994, 5, 31))
    ay = people.change_person(desk, ay, birth=PartialDate(1994, 2))
    assert (ay.birth_day, ay.born) == (None, PartialDate(1994, 2))
    ay = people.change_person(desk, ay, birth=PartialDate(1994, 2), birth_day=28)
    assert ay.born == PartialDate(1994, 2, 28)
    ay = people.change_person(desk, ay, birth=None)
    assert (ay.birth_day, ay.born) == (None, None)


def test_a_day_its_month_does_not_have_is_left_out(desk: Desk) -> None:
    ay = people.add_person(desk, birth=PartialDate(1994, 5, 31))
    with desk.write(Act.CHANGE_PERSON) as db:
        db.get_one(Person, ay.id).birth = PartialDate(1994, 2)
    assert person_reading.person_by_code(desk, ay.code).born == PartialDate(1994, 2)


def test_a_day_in_the_unsealed_column_is_a_bug_that_shows(desk: Desk) -> None:
    ay = people.add_person(desk)
    with pytest.raises(ValueError, match="sealed"), desk.write(Act.CHANGE_PERSON) as db:
        db.get_one(Person, ay.id).birth = PartialDate(1994, 5, 21)


def test_nobody_is_born_tomorrow(desk: Desk) -> None:
    with pytest.raises(Problems):
        people.add_person(desk, birth=PartialDate(2026, 12))
    with pytest.raises(Problems):
        people.add_person(desk, registered_on=TODAY + timedelta(days=1))


# --- what changes over time ---------------------------------------------------------------------------------------


def test_a_dated_row_holds_until_the_next(desk: Desk) -> None:
    ay = people.add_person(desk)
    for days, phase in ((40, "crisis"), (20, "transition"), (5, "reintegration")):
        person_history.record_phase(desk, ay.id, since=TODAY - timedelta(days=days), phase=phase)
    with desk.read() as db:
        held = [
            person_history.current_on(db, PhaseSince, "phase", TODAY - timedelta(days=days)).get(ay.id)
            for days in (41, 40, 21, 20, 5, 0)
        ]
    assert held == [None, "crisis", "crisis", "transition", "reintegration", "reintegration"]
    assert [row.phase for row in person_history.history_of(desk, PhaseSince, ay.id)] == [
        "reintegration",
        "transition",
        "crisis",
    ]


def test_of_two_rows_of_one_day_the_later_written_holds(desk: Desk) -> None:
    ay = people.add_person(desk)
    for phase in ("crisis", "transition", "crisis", "reintegration"):
        person_history.record_phase(desk, ay.id, since=TODAY, phase=phase)
    with desk.read() as db:
        assert person_history.current_on(db, PhaseSince, "phase", TODAY) == {ay.id: "reintegration"}
        query = select(Person.id).where(
            person_history.now_of(Person.__table__.c["id"], PhaseSince, "phase", TODAY) == "reintegration"
        )
        assert db.scalars(query).all() == [ay.id]


def test_an_archived_row_holds_no_longer(desk: Desk) -> None:
    ay = people.add_person(desk)
    person_history.record_status(desk, ay.id, since=TODAY - timedelta(days=2), status="potential")
    wrong = person_history.record_status(desk, ay.id, since=TODAY, status="identified")
    with desk.write(Act.UNDO) as db:
        db.get_one(StatusSince, wrong.id).archived_at = desk.now()
    with desk.read() as db:
        assert person_history.current_on(db, StatusSince, "status", TODAY) == {ay.id: "potential"}
    assert len(person_history.history_of(desk, StatusSince, ay.id)) == 1


def test_workers_come_and_go(desk: Desk) -> None:
    ay = people.add_person(desk, worker_id=desk.me.id)
    with desk.read() as db:
        assert person_history.current_on(db, WorkerSince, "member_id", TODAY) == {ay.id: desk.me.id}
    person_history.assign_worker(desk, ay.id, None, TODAY)
    with desk.read() as db:
        assert person_history.current_on(db, WorkerSince, "member_id", TODAY, [ay.id]) == {ay.id: None}


def test_dated_rows_need_a_day_and_a_known_code(desk: Desk) -> None:
    ay = people.add_person(desk)
    with pytest.raises(Problems) as found:
        person_history.record_status(desk, ay.id)
    assert [one.field for one in found.value.problems] == ["status_since.since", "status_since.status"]
    with pytest.raises(Problems):
        person_history.record_phase(desk, ay.id, since=TODAY + timedelta(days=1), phase="crisis")
    with pytest.raises(Problems):
        person_history.record_phase(desk, ay.id, since=TODAY, phase="heaven")


def test_opening_reads_everything_at_once(desk: Desk) -> None:
    ay = people.add_person(desk, short_name="Ay", languages={"az"}, exploitation_types={"forced_labour"})
    opened = person_reading.open_person(desk, ay.id)
    assert (opened.short_name, opened.languages) == ("Ay", {"az"})
    assert person_reading.read_person(desk, ay.id).version == 1, "opening changes nothing"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_is_kept_without_spaces_around_it(words: str) -> None:
    kept: list[object] = []

    class Paper:
        def __setattr__(self, _name: str, value: object) -> None:
            kept.append(value)

    Field("person.note", "Note", Kind.TEXT, "note").write(Paper(), words)  # type: ignore[arg-type]
    assert kept == [words.strip() or None]
