"""At the door: a night worker takes somebody in, alone or with children, new or come back, called for or not."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shelterdesk import (
    alerts,
    arrival_requests,
    arrivals,
    bed_use,
    house_settings,
    people,
    person_reading,
    residents,
    restrictions,
    rooms,
    stays,
)
from shelterdesk.access import Role
from shelterdesk.arrival_requests import ArrivalRequest
from shelterdesk.arrivals import Arrived, WithHer
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from shelterdesk.reach import RecordClosed
from shelterdesk.schema.base import whole
from tests.core.seats import seat

TODAY = date(2026, 11, 17)


@pytest.fixture
def bed(desk: Desk) -> rooms.Bed:
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 2, name="Family room")
    return rooms.beds_of(desk)[0]


@pytest.fixture
def night(desk: Desk, bed: rooms.Bed) -> Desk:
    """The same house as a night worker sees it."""
    return seat(desk, Role.NIGHT_WORKER)


def take(desk: Desk, bed: rooms.Bed | None, **more: Any) -> Arrived:
    person = more.pop("person", {"short_name": "Lalə"})
    stay = {"arrived_on": TODAY, "arrived_at": time(3, 12)} | more.pop("stay", {})
    return arrivals.arrive(desk, person, stay, bed_id=bed.id if bed else None, **more)


def everybody(desk: Desk) -> list[Person]:
    with desk.read() as db:
        return list(db.scalars(select(Person).order_by(Person.code)))


def test_a_night_worker_takes_somebody_in_with_all_the_page_asks(night: Desk, bed: rooms.Bed, desk: Desk) -> None:
    shown = arrivals.next_code_shown(night)
    arrived = take(
        night,
        bed,
        person={"short_name": "Lalə", "languages": frozenset({"uz"}), "interpreter_how": "by_phone"},
        stay={
            "came_from": "another_district",
            "distance_km": 120,
            "brought_by": "police",
            "brought_by_words": "Post 4",
            "interpreter_called_at": time(3, 5),
        },
        flags={"hurt", "looked_for"},
    )
    assert (arrived.shown, arrived.code, arrived.returned) == ("Lalə", shown, False)
    (stay,) = stays.stays_of(desk, arrived.person_id)
    assert (stay.arrived_at, stay.distance_km, stay.brought_by, stay.brought_by_words) == (
        time(3, 12),
        120,
        "police",
        "Post 4",
    )
    assert stay.site_id == rooms.sites_of(desk)[0].id, "the site of the bed"
    assert [one.kind for one in alerts.alerts_of(night, arrived.person_id)] == ["hurt", "looked_for"]
    assert bed_use.bed_names(night, [arrived.person_id], TODAY) == {arrived.person_id: "Family room-1"}
    person = person_reading.read_person(desk, arrived.person_id)
    assert (person.languages, person.interpreter_how) == (frozenset({"uz"}), "by_phone")


def test_only_the_bed_is_asked_for(night: Desk, bed: rooms.Bed) -> None:
    with pytest.raises(Problems) as caught:
        take(night, None, person={})
    assert [one.field for one in caught.value.problems] == ["bed_since.bed"]
    arrived = take(night, bed, person={})
    assert arrived.shown == arrived.code, "who gives no name is called by her code"
    without = take(night, None, person={}, without_bed=True)
    assert bed_use.bed_names(night, [without.person_id], TODAY) == {}
    assert residents.list_counts(night)["here_now"] == 2


def test_children_become_records_of_their_own_in_her_bed(night: Desk, bed: rooms.Bed, desk: Desk) -> None:
    arrived = take(
        night,
        bed,
        stay={"came_from": "abroad"},
        children=(WithHer("Timur", 6, "man"), WithHer("", None, None, shares_bed=False)),
    )
    assert len(arrived.children) == 2
    timur, baby = (person_reading.read_person(desk, one) for one in arrived.children)
    assert (timur.short_name, timur.birth, timur.gender) == ("Timur", PartialDate(2020, 10, about=True), "man")
    assert baby.shown_name == baby.code
    assert [one.came_from for one in stays.stays_of(desk, timur.id)] == ["abroad"]
    (use, free) = bed_use.beds_on(night, TODAY)
    assert (use.person_id, use.sharing) == (arrived.person_id, (timur.id,))
    assert free.free
    assert residents.list_counts(night)["here_now"] == 3


@pytest.mark.parametrize("age", [-1, 18, 34])
def test_an_age_no_child_has_is_refused_with_everything_else(night: Desk, bed: rooms.Bed, age: int) -> None:
    with pytest.raises(Problems) as caught:
        take(night, None, stay={"arrived_on": TODAY + timedelta(days=1)}, children=(WithHer("Timur", age),))
    assert [one.field for one in caught.value.problems] == [
        "stay.arrived_on",
        arrivals.CHILDREN,
        "bed_since.bed",
    ]
    assert everybody(night) == []


def test_a_bed_that_was_taken_meanwhile_keeps_mother_and_children_out(night: Desk, bed: rooms.Bed) -> None:
    take(night, bed)
    with pytest.raises(Problems) as caught:
        take(night, bed, person={"short_name": "Vəfa"}, children=(WithHer("Timur", 6),))
    assert caught.value.problems[0].field == "bed_since.bed"
    assert [one.short_name for one in everybody(night)] == ["Lalə"]
    assert arrivals.next_code_shown(night) == "R-2026-002"


# --- who was here before ------------------------------------------------------------------------------------------


@pytest.fixture
def gone(desk: Desk, bed: rooms.Bed) -> Person:
    """Somebody who lived here in spring."""
    person = people.add_person(desk, short_name="Lala S.", languages={"az"})
    stay = stays.add_stay(desk, person.id, arrived_on=date(2026, 3, 2), bed_id=bed.id)
    stays.close_stay(desk, stay, left_on=date(2026, 5, 2), leaving_reason="own_choice")
    return person


def test_who_comes_back_keeps_her_record_and_gets_a_new_stay(night: Desk, bed: rooms.Bed, gone: Person) -> None:
    arrived = take(
        night,
        bed,
        person={"short_name": "Lalə", "languages": frozenset({"uz"}), "interpreter_how": "none"},
        returning_id=gone.id,
        flags={"hurt"},
    )
    assert (arrived.person_id, arrived.returned, arrived.code) == (gone.id, True, gone.code)
    assert len(stays.stays_of(night, gone.id)) == 2
    (again,) = everybody(night)
    with night.read() as db:
        kept = db.get_one(Person, gone.id, options=whole(Person))
    assert (again.short_name, kept.languages) == ("Lala S.", frozenset({"az"})), "what stands on file stays"
    assert again.interpreter_how == "none", "what was not on file is filled in"


def test_an_archived_record_is_back_on_the_lists_when_she_comes(
    night: Desk, desk: Desk, bed: rooms.Bed, gone: Person
) -> None:
    people.archive_person(desk, gone.id)
    take(night, bed, returning_id=gone.id)
    assert [row.name for row in residents.list_rows(night, "here_now")] == ["Lala S."]


def test_who_lives_here_cannot_arrive_again(night: Desk, bed: rooms.Bed) -> None:
    arrived = take(night, bed)
    with pytest.raises(Problems) as caught:
        take(night, rooms.beds_of(night)[1], returning_id=arrived.person_id)
    assert [one.field for one in caught.value.problems] == ["stay.arrived_on"]
    assert len(stays.stays_of(night, arrived.person_id)) == 1


def test_a_record_that_asks_why_takes_a_stay_and_alerts_but_no_other_change(
    desk: Desk, bed: rooms.Bed, gone: Person
) -> None:
    restrictions.restrict(desk, gone.id, "Her brother is with the police")
    night = seat(desk, Role.NIGHT_WORKER)
    arrived = take(night, bed, person={"interpreter_how": "none"}, returning_id=gone.id, flags={"hurt"})
    house_settings.load(desk)
    with desk.read(everybody=True) as db:
        assert db.get_one(Person, gone.id).interpreter_how is None
    assert arrived.returned


def test_a_closed_record_is_not_come_back_to(desk: Desk, bed: rooms.Bed, gone: Person) -> None:
    night = seat(desk, Role.NIGHT_WORKER)
    restrictions.close_to(desk, gone.id, night.me.id, "A cousin")
    house_settings.load(night)
    with pytest.raises(RecordClosed):
        take(night, bed, returning_id=gone.id)
    assert len(stays.stays_of(desk, gone.id)) == 1


# --- taking it back -----------------------------------------------------------------------------------------------


def test_an_arrival_is_taken_back_with_children_and_alerts(night: Desk, desk: Desk, bed: rooms.Bed) -> None:
    arrived = take(night, bed, flags={"hurt"}, children=(WithHer("Timur", 6),))
    arrivals.undo_arrival(night, arrived)
    assert residents.list_counts(night)["here_now"] == 0
    assert residents.list_counts(night)["archived"] == 2
    assert alerts.every_alert_of(desk, arrived.person_id) == []
    assert all(use.free for use in bed_use.beds_on(night, TODAY))


def test_taking_back_leaves_who_came_back_on_file(
    night: Desk, desk: Desk, bed: rooms.Bed, gone: Person, clock: Any
) -> None:
    clock.now += timedelta(minutes=5)
    arrived = take(night, bed, returning_id=gone.id)
    arrivals.undo_arrival(night, arrived)
    assert len(stays.stays_of(desk, gone.id)) == 1
    assert person_reading.read_person(desk, gone.id).archived_at is None


def test_somebody_elses_arrival_is_taken_back_by_who_may_change_records(
    night: Desk, desk: Desk, bed: rooms.Bed
) -> None:
    arrived = take(desk, bed)
    with pytest.raises(NotAllowed):
        arrivals.undo_arrival(night, arrived)
    arrivals.undo_arrival(desk, take(night, rooms.beds_of(desk)[1]))
    assert residents.list_counts(desk)["here_now"] == 1


# --- called for ---------------------------------------------------------------------------------------------------


def call(desk: Desk, **values: Any) -> ArrivalRequest:
    return arrival_requests.record_arrival_request(desk, **values)


def test_a_call_becomes_the_arrival_and_waits_again_when_that_is_taken_back(
    night: Desk, desk: Desk, bed: rooms.Bed
) -> None:
    made = call(night, name_used="Lalə", decision="expected", expected_on=TODAY)
    stays.hold_bed(night, bed.id, TODAY, about_id=made.id)
    arrived = take(night, bed, request_id=made.id)
    assert arrival_requests.waiting_requests(night) == []
    (decided,) = arrival_requests.decided_requests(night)
    assert (decided.decision, decided.person_id, decided.decided_on) == ("arrived", arrived.person_id, TODAY)
    arrivals.undo_arrival(night, arrived)
    assert [one.decision for one in arrival_requests.waiting_requests(night)] == ["expected"]


def test_a_bed_kept_for_somebody_else_is_refused(night: Desk, bed: rooms.Bed) -> None:
    stays.hold_bed(night, bed.id, TODAY, for_whom="Vəfa")
    with pytest.raises(Problems):
        take(night, bed)
    assert everybody(night) == []


def test_who_may_take_somebody_in(desk: Desk, bed: rooms.Bed) -> None:
    for role in (Role.NURSE, Role.REPORTING_OFFICER, Role.ADMINISTRATOR):
        other = seat(desk, role)
        with pytest.raises(NotAllowed):
            take(other, bed)
        with pytest.raises(NotAllowed):
            call(other)
        with pytest.raises(NotAllowed):
            arrivals.next_code_shown(other)
    assert everybody(desk) == []


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 1, 31), date(2026, 3, 1), date(2026, 12, 31)])
def test_a_child_is_as_old_as_was_told_on_the_day_it_came(on: date) -> None:
    for age in range(1, 18):
        assert arrivals._born(age, on).age_on(on) == age
