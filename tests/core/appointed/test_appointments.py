"""Appointments: groups, series, what took place or not, moving and taking back."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from shelterdesk import appointments, services
from shelterdesk.appointments import GIVEN, MOVED, NOT_ATTENDED, PLANNED, Appointment
from shelterdesk.desk import Desk
from shelterdesk.errors import Problems, StaleRecord
from shelterdesk.records import all_of
from tests.desks import TODAY

DAY = timedelta(days=1)


def every(desk: Desk) -> list[Appointment]:
    with desk.read() as db:
        return all_of(db, select(Appointment).order_by(Appointment.on, Appointment.at, Appointment.id), Appointment)


def test_several_people_are_one_group_and_several_days_one_series(desk: Desk, ay: UUID, nur: UUID) -> None:
    days = (TODAY, TODAY + 7 * DAY)
    made = appointments.add_appointments(desk, (ay, nur), days, kind="group", at=time(13))
    assert [(one.person_id, one.on) for one in made] == [(who, on) for on in days for who in (ay, nur)]
    assert len({one.series_id for one in made}) == 1
    assert made[0].series_id is not None
    assert [len(appointments.meeting_of(desk, one)) for one in made] == [2, 2, 2, 2]
    assert {one.on for one in appointments.meeting_of(desk, made[0])} == {TODAY}


def test_an_appointment_may_be_nobodys(desk: Desk) -> None:
    (one,) = appointments.add_appointments(desk, (), (TODAY,), kind="house", words="Market")
    assert (one.person_id, one.words, one.meeting_id) == (None, "Market", None)
    assert appointments.appointments_between(desk, TODAY, TODAY)[0].id == one.id


def test_a_wrong_length_changes_nothing(desk: Desk, ay: UUID) -> None:
    with pytest.raises(Problems):
        appointments.add_appointments(desk, (ay,), (TODAY, TODAY + DAY), kind="talk", minutes=2000)
    assert every(desk) == []


def test_it_took_place_or_was_not_attended_and_is_planned_again(desk: Desk, ay: UUID) -> None:
    one = appointments.add_appointment(desk, ay, kind="talk", on=TODAY)
    (given,) = appointments.mark(desk, [one], GIVEN)
    assert given.state == GIVEN
    (missed,) = appointments.mark(desk, [given], NOT_ATTENDED, cancelled_by="resident", cancel_why="unwell")
    assert (missed.cancelled_by, missed.cancel_why) == ("resident", "unwell")
    (planned,) = appointments.mark(desk, [missed], PLANNED)
    assert (planned.state, planned.cancelled_by, planned.cancel_why) == (PLANNED, None, None)


def test_what_lies_ahead_cannot_have_taken_place(desk: Desk, ay: UUID) -> None:
    one = appointments.add_appointment(desk, ay, kind="talk", on=TODAY + DAY)
    with pytest.raises(Problems):
        appointments.mark(desk, [one], GIVEN)
    assert every(desk)[0].state == PLANNED


def test_moving_makes_a_new_one_to_which_the_old_one_points(desk: Desk, ay: UUID) -> None:
    old = appointments.add_appointment(
        desk, ay, kind="session", on=TODAY, at=time(14), minutes=50, member_id=desk.me.id, room="room_two",
        service_kind="psychological_session", interpreter="needed", words="by phone",
    )  # fmt: skip
    (new,) = appointments.move(desk, [old], on=TODAY + DAY, at=time(15, 30))
    before, after = every(desk)
    assert (before.state, before.moved_to_id, after.id) == (MOVED, new.id, new.id)
    assert (after.on, after.at, after.state) == (TODAY + DAY, time(15, 30), PLANNED)
    for name in ("kind", "minutes", "member_id", "room", "service_kind", "interpreter", "words", "person_id"):
        assert getattr(after, name) == getattr(before, name), name
    appointments.take_back_move(desk, [new])
    before, after = every(desk)
    assert (before.state, before.moved_to_id) == (PLANNED, None)
    assert after.archived_at is not None


def test_a_group_moves_as_one(desk: Desk, ay: UUID, nur: UUID) -> None:
    made = appointments.add_appointments(desk, (ay, nur), (TODAY,), kind="group", at=time(13))
    moved = appointments.move(desk, made, on=TODAY + DAY)
    assert {one.person_id for one in appointments.meeting_of(desk, moved[0])} == {ay, nur}
    assert {one.on for one in appointments.meeting_of(desk, moved[0])} == {TODAY + DAY}


def test_only_what_is_planned_moves_and_nobody_is_overtaken(desk: Desk, ay: UUID) -> None:
    one = appointments.add_appointment(desk, ay, kind="talk", on=TODAY)
    appointments.change_appointment(desk, one, at=time(9))
    with pytest.raises(StaleRecord):
        appointments.move(desk, [one], on=TODAY + DAY)
    (given,) = appointments.mark(desk, every(desk), GIVEN)
    with pytest.raises(Problems):
        appointments.move(desk, [given], on=TODAY + DAY)
    assert [found.on for found in every(desk)] == [TODAY]


def test_the_rest_of_a_series_is_taken_out(desk: Desk, ay: UUID) -> None:
    days = [TODAY + number * 7 * DAY for number in range(4)]
    made = appointments.add_appointments(desk, (ay,), days, kind="talk")
    later = appointments.later_of_series(desk, made[2])
    assert [one.on for one in later] == days[2:]
    appointments.archive_appointments(desk, [one.id for one in later])
    assert [one.on for one in appointments.appointments_between(desk, TODAY, date.max)] == days[:2]


def test_a_service_ends_the_appointment_it_was(desk: Desk, ay: UUID) -> None:
    one = appointments.add_appointment(desk, ay, kind="session", on=TODAY)
    made = services.add_service(
        desk, ay, kind="social_talk", given_on=TODAY, outcome="took_place", appointment_id=one.id
    )
    found = appointments.appointment_with(desk, one.id)
    assert (found.state, found.service_id) == (GIVEN, made.id)
