"""Leaving: all of it in one go and back again, the days to ask after, what was found, approval."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk import absences, approvals, follow_ups, house_settings, leaving, people, rooms, stays
from shelterdesk.access import Role
from shelterdesk.appointments import Appointment
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.follow_ups import Due, months_later
from shelterdesk.people import Person
from shelterdesk.records import all_of
from shelterdesk.stays import Stay
from tests.core.seats import seat

TODAY = date(2026, 11, 17)
DAY = timedelta(days=1)


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody on file."""
    return people.add_person(desk, short_name="Ay")


@pytest.fixture
def stay(desk: Desk, ay: Person) -> Stay:
    """She lives here."""
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 2, name="Blue")
    return stays.add_stay(desk, ay.id, arrived_on=TODAY - 30 * DAY, bed_id=rooms.beds_of(desk)[0].id)


def planned(desk: Desk, person_id: UUID) -> list[date]:
    return [one.on for one in follow_ups.planned_of(desk, person_id)]


def live_here(desk: Desk) -> set[UUID]:
    with desk.read() as db:
        return set(stays.open_stays(db, TODAY))


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), months=st.integers(1, 60))
def test_a_month_later_is_in_that_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + DAY).day == 1


def test_the_days_to_ask_are_those_of_the_settings(desk: Desk) -> None:
    left = date(2026, 1, 31)
    days = follow_ups.days_to_ask(desk, left)
    assert days == [
        Due(1, date(2026, 2, 28)),
        Due(3, date(2026, 4, 30)),
        Due(6, date(2026, 7, 31)),
        Due(12, date(2027, 1, 31)),
    ]
    house_settings.put(desk, "follow_up_months", [2])
    assert follow_ups.days_to_ask(desk, left) == [Due(2, date(2026, 3, 31))]


@pytest.mark.parametrize("answer", ["yes", "perhaps", "not_known"])
def test_where_the_person_who_caused_harm_may_live_she_is_asked_within_a_week(desk: Desk, answer: str) -> None:
    assert follow_ups.days_to_ask(desk, TODAY, harm_lives_there=answer)[0] == Due(0, TODAY + 7 * DAY)
    assert follow_ups.days_to_ask(desk, TODAY, harm_lives_there="no")[0].months == 1
    assert follow_ups.days_to_ask(desk, TODAY, reason="died") == []


def test_going_home_asks_who_lives_there() -> None:
    assert leaving.asks_who_lives_there("returned_home", None)
    assert leaving.asks_who_lives_there("own_choice", "spouse_home")
    assert not leaving.asks_who_lives_there("plan_reached", "rented")


def test_a_leaving_is_all_of_it_and_can_be_taken_back(desk: Desk, ay: Person, stay: Stay) -> None:
    child = people.add_person(desk, short_name="Nigar")
    bed = rooms.beds_of(desk)[0].id
    hers = stays.add_stay(desk, child.id, arrived_on=TODAY - 30 * DAY, bed_id=bed, shared=True)
    away = absences.add_absence(desk, ay.id, since=TODAY - 2 * DAY)
    (along,) = leaving.along(desk, stay)
    assert (along.stay_id, along.name) == (hers.id, "Nigar")
    left = leaving.leave(
        desk,
        stay,
        ask_on=[TODAY + 30 * DAY, TODAY + 90 * DAY],
        with_her=[along.stay_id],
        left_on=TODAY,
        leaving_reason="returned_home",
        destination="family",
        harm_lives_there="no",
    )
    assert live_here(desk) == set()
    (of_child,) = stays.stays_of(desk, child.id)
    assert (of_child.leaving_reason, of_child.destination) == ("returned_home", "family")
    assert planned(desk, ay.id) == [TODAY + 30 * DAY, TODAY + 90 * DAY]
    assert planned(desk, child.id) == []
    assert absences.absences_of(desk, ay.id)[0].back_on == TODAY
    leaving.take_back(desk, left)
    assert live_here(desk) == {ay.id, child.id}
    assert planned(desk, ay.id) == []
    assert absences.absences_of(desk, ay.id)[0].back_on is None
    (again,) = stays.stays_of(desk, ay.id)
    assert (again.left_on, again.leaving_reason, again.destination) == (None, None, None)
    assert absences.away_on(desk, TODAY)[ay.id].id == away.id


def test_a_leaving_that_is_refused_changes_nothing(desk: Desk, ay: Person, stay: Stay) -> None:
    with pytest.raises(Problems):
        leaving.leave(desk, stay, ask_on=[TODAY + DAY], left_on=TODAY)
    with pytest.raises(Problems):
        leaving.leave(desk, stay, ask_on=[TODAY], left_on=TODAY - 60 * DAY, leaving_reason="own_choice")
    assert live_here(desk) == {ay.id}
    with desk.read() as db:
        assert all_of(db, stays.select(Appointment), Appointment) == []


def test_a_follow_up_ends_its_appointment_and_can_be_taken_back(desk: Desk, ay: Person, stay: Stay) -> None:
    leaving.leave(desk, stay, ask_on=[TODAY, TODAY + 30 * DAY], left_on=TODAY - DAY, leaving_reason="plan_reached")
    first = follow_ups.planned_of(desk, ay.id)[0]
    with pytest.raises(Problems):
        follow_ups.record_follow_up(desk, ay.id, appointment=first, on=TODAY)
    found = follow_ups.record_follow_up(
        desk, ay.id, appointment=first, on=TODAY, result="spoke", lives="rented", safe="yes", needs={"legal"}
    )
    assert planned(desk, ay.id) == [TODAY + 30 * DAY]
    assert follow_ups.follow_ups_of(desk, ay.id)[0].needs == {"legal"}
    with desk.read() as db:
        assert db.get_one(Appointment, first.id).state == "given"
    changed = follow_ups.change_follow_up(desk, found, result="not_reached")
    follow_ups.take_back_follow_up(desk, changed)
    assert planned(desk, ay.id) == [TODAY, TODAY + 30 * DAY]
    assert follow_ups.follow_ups_of(desk, ay.id) == []


def test_a_leaving_is_approved_and_a_later_change_is_told(desk: Desk, ay: Person, stay: Stay) -> None:
    assert leaving.standing_of(desk, stay).state == ""
    asked = leaving.ask_approval(desk, stay, "All is packed")
    with pytest.raises(NotAllowed):
        leaving.ask_approval(desk, stay)
    approvals.approve(desk, asked)
    assert leaving.standing_of(desk, stay).holds
    (now,) = stays.stays_of(desk, ay.id)
    ticked = leaving.tick(desk, now, frozenset({"keys_returned", "documents_back"}))
    assert ticked.closing == {"keys_returned", "documents_back"}
    assert leaving.standing_of(desk, stay).holds, "the list is worked through after the yes"
    (now,) = stays.stays_of(desk, ay.id)
    stays.change_stay(desk, now, expected_until=TODAY + 5 * DAY)
    assert leaving.standing_of(desk, stay).changed


def test_a_night_worker_records_a_leaving_without_a_key_to_the_record(desk: Desk, ay: Person, stay: Stay) -> None:
    night = seat(desk, Role.NIGHT_WORKER)
    (hers,) = stays.stays_of(night, ay.id)
    leaving.leave(night, hers, ask_on=[TODAY + 7 * DAY], left_on=TODAY, leaving_reason="left_without_word")
    assert live_here(desk) == set()
    assert planned(desk, ay.id) == [TODAY + 7 * DAY]
    with pytest.raises(NotAllowed):
        follow_ups.follow_ups_of(night, ay.id)
