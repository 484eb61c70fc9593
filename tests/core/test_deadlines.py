"""Dates that must not be missed: what ends or takes place, whom it reminds, and what goes on from what."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk import (
    appointments,
    deadlines,
    people,
    person_history,
    restrictions,
    risk,
    safety_plan,
    today,
    vocab,
)
from shelterdesk.access import Role
from shelterdesk.deadlines import Deadline, Lengths
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.people import Person
from shelterdesk.schema.base import declared
from tests.core.seats import seat
from tests.desks import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay")


def due(desk: Desk, today: date = TODAY, who: list[UUID] | None = None) -> list[tuple[str, date]]:
    with desk.read() as db:
        return [(one.kind, one.on) for one in deadlines.due_dates(db, deadlines.lengths_of(desk), today, who)]


def order(desk: Desk, person: Person, **values: Any) -> Deadline:
    given = {"kind": "protection_order", "state": "stands", "since": TODAY, "until": TODAY + 29 * DAY} | values
    return deadlines.record_deadline(desk, person.id, **given)


# --- what becomes a task ------------------------------------------------------------------------------------------


def test_a_date_becomes_a_task_so_many_days_before_it_ends(desk: Desk, ay: Person) -> None:
    one = order(desk, ay, until=TODAY + 12 * DAY)
    assert due(desk) == [], "two days too early"
    assert due(desk, TODAY + 2 * DAY) == [("protection_order", one.until)]
    order(desk, ay, kind="residence_permit", until=TODAY + 59 * DAY)
    order(desk, ay, kind="other", until=TODAY + 40 * DAY, remind_days=60)
    assert [kind for kind, _on in due(desk)] == ["other", "residence_permit"], "the nearest first"


def test_what_has_passed_waits_until_somebody_has_seen_to_it(desk: Desk, ay: Person) -> None:
    one = order(desk, ay, since=TODAY - 40 * DAY, until=TODAY - 11 * DAY)
    assert due(desk) == [("protection_order", TODAY - 11 * DAY)]
    seen = deadlines.see_to(desk, one)
    assert seen.prepared_on == TODAY
    assert due(desk) == []
    deadlines.see_to(desk, seen, seen=False)
    assert due(desk) == [("protection_order", TODAY - 11 * DAY)]


@pytest.mark.parametrize("state", ["not_given", "over", "postponed"])
def test_nobody_is_reminded_of_what_is_over(desk: Desk, ay: Person, state: str) -> None:
    order(desk, ay, until=TODAY + DAY, state=state)
    assert due(desk) == []


def test_an_extension_takes_the_place_of_what_it_goes_on_from(desk: Desk, ay: Person) -> None:
    first = order(desk, ay, kind="stay_authorised", until=TODAY + 3 * DAY)
    again = order(desk, ay, kind="stay_authorised", since=TODAY + 4 * DAY, until=None, extends_id=first.id)
    assert due(desk) == []
    deadlines.change_deadline(desk, again, state="not_given")
    assert due(desk) == [("stay_authorised", first.until)], "it was not granted, so the first one ends all the same"
    assert [one.id for one in deadlines.deadlines_of(desk, ay.id)] == [first.id, again.id]


def test_a_date_taken_off_reminds_of_nothing_and_extends_nothing(desk: Desk, ay: Person) -> None:
    first = order(desk, ay, until=TODAY + DAY)
    again = order(desk, ay, since=TODAY + 2 * DAY, until=TODAY + 90 * DAY, extends_id=first.id)
    deadlines.archive_deadline(desk, again.id)
    assert due(desk) == [("protection_order", first.until)]
    deadlines.archive_deadline(desk, first.id)
    assert due(desk) == []


@given(
    ahead=st.integers(0, 400), own=st.none() | st.integers(0, 400), ends=st.integers(-50, 500), look=st.integers(0, 40)
)
def test_the_task_begins_exactly_as_many_days_ahead_as_was_chosen(
    ahead: int, own: int | None, ends: int, look: int
) -> None:
    lengths = Lengths(remind={**Lengths().remind, "protection_order": ahead})
    row = _Row(TODAY + timedelta(days=ends), own)
    found = deadlines.due_dates(_Rows([row]), lengths, TODAY + timedelta(days=look))  # type: ignore[arg-type]
    chosen = ahead if own is None else own
    assert bool(found) == (ends - chosen <= look)


class _Row:
    def __init__(self, until: date, remind_days: int | None) -> None:
        self.id, self.person_id, self.kind, self.at = UUID(int=1), UUID(int=2), "protection_order", None
        self.until, self.remind_days, self.member_id = until, remind_days, None


class _Rows:
    """A session that answers every query with the same rows."""

    def __init__(self, rows: list[_Row]) -> None:
        self._rows = rows

    def execute(self, _query: object) -> list[_Row]:
        return self._rows


# --- rules --------------------------------------------------------------------------------------------------------


def test_a_court_date_has_a_day_until_it_is_put_off(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems) as caught:
        deadlines.record_deadline(desk, ay.id, kind="court_date", at=time(10))
    assert [one.field for one in caught.value.problems] == ["deadline.until"]
    one = deadlines.record_deadline(desk, ay.id, kind="court_date", until=TODAY + DAY, at=time(10))
    with pytest.raises(Problems):
        deadlines.change_deadline(desk, one, until=None)
    assert deadlines.change_deadline(desk, one, until=None, state="postponed").until is None


def test_days_stand_in_their_order(desk: Desk, ay: Person) -> None:
    for wrong in (
        {"until": TODAY - DAY},
        {"asked_on": TODAY, "issued_on": TODAY - DAY},
        {"breached_on": TODAY + DAY},
        {"remind_days": 4000},
    ):
        with pytest.raises(Problems):
            order(desk, ay, **wrong)
    assert deadlines.deadlines_of(desk, ay.id) == []


def test_an_extension_goes_on_from_a_date_of_the_same_person(desk: Desk, ay: Person) -> None:
    other = order(desk, people.add_person(desk, short_name="Nur"))
    with pytest.raises(ValueError, match="same person"):
        order(desk, ay, extends_id=other.id)


def test_every_kind_asks_for_fields_there_are_and_between_them_for_all() -> None:
    names = {field.attribute for field in Deadline.declared}
    asked = {name for wanted in deadlines.IN_ORDER.values() for name in wanted}
    assert set(deadlines.IN_ORDER) == {code.code for code in vocab.DEADLINE_KINDS}
    assert asked | {"kind"} == names
    assert set(Lengths().remind) == set(deadlines.IN_ORDER)


# --- settings -----------------------------------------------------------------------------------------------------


def test_lengths_are_the_shelters_and_only_proposed(desk: Desk) -> None:
    assert deadlines.proposed_end(desk, "protection_order", TODAY) == TODAY + 29 * DAY
    assert deadlines.proposed_end(desk, "protection_order", TODAY, long_term=True) == TODAY + 179 * DAY
    assert deadlines.proposed_end(desk, "court_date", TODAY) is None
    chosen = deadlines.lengths_of(desk)
    deadlines.put_lengths(desk, Lengths(chosen.remind, {**chosen.holds, "residence_permit": None}))
    assert deadlines.proposed_end(desk, "residence_permit", TODAY) is None
    assert deadlines.proposed_end(desk, "protection_order", TODAY) == TODAY + 29 * DAY
    with pytest.raises(Problems):
        deadlines.put_lengths(desk, Lengths(remind={**chosen.remind, "other": -1}))
    with pytest.raises(NotAllowed):
        deadlines.put_lengths(seat(desk, Role.NURSE), chosen)


def test_the_reflection_period_is_off_and_then_only_where_it_applies(desk: Desk, ay: Person) -> None:
    person_history.record_status(desk, ay.id, since=TODAY, status="presumed")
    assert "reflection_period" not in deadlines.kinds_for(desk, ay.id)
    chosen = deadlines.lengths_of(desk)
    deadlines.put_lengths(desk, Lengths(chosen.remind, chosen.holds, reflection=True))
    assert "reflection_period" in deadlines.kinds_for(desk, ay.id)
    assert "reflection_period" not in deadlines.kinds_for(desk, people.add_person(desk, short_name="Nur").id)
    assert {code.code for code in vocab.STATUSES} >= deadlines._SUSPECTED


# --- who reads and writes -----------------------------------------------------------------------------------------


def test_who_does_no_case_work_changes_no_date(desk: Desk, ay: Person) -> None:
    one = order(desk, ay, words="He may not come nearer than 500 metres")
    nurse = seat(desk, Role.NURSE)
    [read] = deadlines.deadlines_of(nurse, ay.id)
    assert not declared(Deadline, "words").read(read), "she lacks the key"
    with pytest.raises(NotAllowed):
        deadlines.see_to(nurse, one)
    with pytest.raises(NotAllowed):
        deadlines.deadlines_of(seat(desk, Role.NIGHT_WORKER), ay.id)


def test_a_restricted_record_reminds_by_day_and_kind_only(desk: Desk, ay: Person) -> None:
    order(desk, ay, until=TODAY + DAY)
    restrictions.restrict(desk, ay.id, "Her brother is with the police")
    colleague = seat(desk, Role.SOCIAL_WORKER)
    assert due(colleague) == [("protection_order", TODAY + DAY)]
    assert due(colleague, who=[ay.id]) == [("protection_order", TODAY + DAY)]


# --- on the start page --------------------------------------------------------------------------------------------


def test_the_start_page_tells_a_neutral_kind_and_nothing_twice(desk: Desk, ay: Person) -> None:
    court = order(desk, ay, kind="court_date", since=None, until=TODAY + DAY, at=time(10), place="Sabail district")
    paper = order(desk, ay, until=TODAY + 5 * DAY)
    risk.record_risk(desk, ay.id, level="high", since=TODAY - 9 * DAY)
    safety_plan.record_safety_plan(desk, ay.id, review_on=TODAY)
    found = today.read_today(desk)
    assert [(one.id, one.words, one.at) for one in found.next] == [(court.id, "Appointment", time(10))]
    assert [(one.id, one.words, one.on) for one in found.waiting][1:] == [(paper.id, "A paper ends", paper.until)]
    assert found.waiting[0].words == "Look at safety again", "both reviews are one thing to do"
    assert len(found.waiting) == 2
    told = repr([found.next, found.waiting])
    assert "ourt" not in told
    assert "Sabail" not in told


def test_a_court_date_with_an_appointment_of_the_same_hour_stands_once(desk: Desk, ay: Person) -> None:
    order(desk, ay, kind="court_date", since=None, until=TODAY, at=time(10))
    appointments.add_appointment(desk, ay.id, kind="court", on=TODAY, at=time(10))
    assert len(today.read_today(desk).next) == 1


def test_who_opens_no_records_is_reminded_of_none(desk: Desk, ay: Person) -> None:
    order(desk, ay, until=TODAY + DAY)
    assert today.read_today(seat(desk, Role.NIGHT_WORKER)).waiting == ()
