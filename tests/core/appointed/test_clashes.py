"""Who or what is taken, when they are free next, on which days something repeats, and the house's days off."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk import appointments, holidays, house_settings, restrictions
from shelterdesk.access import Role
from shelterdesk.clashes import Wanted, clashes, free_members, free_times
from shelterdesk.desk import Desk
from shelterdesk.errors import Problems
from shelterdesk.holidays import Holidays
from shelterdesk.repeats import Repeat, days_of
from tests.core.seats import seat
from tests.desks import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def session(desk: Desk, ay: UUID) -> appointments.Appointment:
    """Aysel with Leyla from 13:30 until 14:20 in room 2."""
    return appointments.add_appointment(
        desk, ay, kind="session", on=TODAY, at=time(13, 30), minutes=50, member_id=desk.me.id, room="room_two"
    )


def test_worker_room_and_resident_are_named_with_whom_and_until_when(
    desk: Desk, ay: UUID, nur: UUID, session: appointments.Appointment
) -> None:
    wanted = Wanted(TODAY, time(14), 50, desk.me.id, "room_two", frozenset({nur, ay}))
    found = [(one.what, one.name, one.other, one.ends) for one in clashes(desk, wanted)]
    assert found == [
        ("worker", "Leyla A.", "Aysel", time(14, 20)),
        ("room", "Room 2", "Aysel", time(14, 20)),
        ("resident", "Aysel", "Leyla A.", time(14, 20)),
    ]


def test_the_later_days_of_a_series_are_looked_at_too(desk: Desk, nur: UUID, session: appointments.Appointment) -> None:
    wanted = Wanted(TODAY - 7 * DAY, time(14), 50, desk.me.id)
    assert clashes(desk, wanted) == []
    found = clashes(desk, wanted, [TODAY - 7 * DAY, TODAY, TODAY + 7 * DAY])
    assert [(one.what, one.on) for one in found] == [("worker", TODAY)]


def test_what_only_touches_is_no_clash(desk: Desk, nur: UUID, session: appointments.Appointment) -> None:
    for at, minutes in ((time(14, 20), 50), (time(12, 40), 50)):
        assert clashes(desk, Wanted(TODAY, at, minutes, desk.me.id, "room_two", frozenset({nur}))) == []
    assert clashes(desk, Wanted(TODAY, None, 50, desk.me.id)) == []


def test_many_meet_in_a_garden_and_what_is_moved_is_not_in_its_own_way(
    desk: Desk, nur: UUID, session: appointments.Appointment
) -> None:
    appointments.change_appointment(desk, session, room="garden")
    assert clashes(desk, Wanted(TODAY, time(14), 50, uuid4(), "garden", frozenset({nur}))) == []
    assert clashes(desk, Wanted(TODAY, time(14), 50, desk.me.id, but=frozenset({session.id}))) == []


def test_who_did_not_come_takes_no_time(desk: Desk, session: appointments.Appointment) -> None:
    appointments.mark(desk, [session], "not_attended")
    assert clashes(desk, Wanted(TODAY, time(14), 50, desk.me.id)) == []


def test_the_next_free_hours_are_of_this_day_and_the_next_working_day(
    desk: Desk, session: appointments.Appointment
) -> None:
    wanted = Wanted(TODAY, time(14), 50, desk.me.id)
    assert free_times(desk, wanted) == [(TODAY, time(14, 30)), (TODAY + DAY, time(14))]
    holidays.put_holidays(desk, ["18.11.2026: Day off"])
    assert free_times(desk, wanted)[1] == (TODAY + 2 * DAY, time(14))
    late = Wanted(date(2026, 11, 20), time(17, 30), 50, desk.me.id)
    assert free_times(desk, late, 1) == [(date(2026, 11, 23), time(9))], "the weekend is left out"


def test_another_worker_is_offered_who_is_free(desk: Desk, session: appointments.Appointment) -> None:
    other = uuid4()
    assert free_members(desk, Wanted(TODAY, time(14), 50, desk.me.id), [desk.me.id, other]) == [other]


def test_of_a_closed_record_only_that_the_colleague_is_busy_is_told(
    desk: Desk, ay: UUID, session: appointments.Appointment
) -> None:
    colleague = seat(desk, Role.SOCIAL_WORKER)
    restrictions.close_to(desk, ay, colleague.me.id)
    house_settings.load(colleague)
    (found,) = clashes(colleague, Wanted(TODAY, time(14), 50, desk.me.id))
    assert (found.what, found.other) == ("worker", "")


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 8), st.integers(0, 300), st.sets(st.integers(0, 300))
)
def test_a_series_comes_every_so_many_weeks_without_the_holidays(
    first: date, weeks: int, length: int, off: set[int]
) -> None:
    until = first + length * DAY
    house = Holidays({(first + number * DAY).isoformat(): "off" for number in off})
    found = days_of(first, Repeat(weeks, until), house)
    assert found.on[0] == first
    assert all((day - first).days % (7 * weeks) == 0 and day <= until for day in found.on)
    assert not [day for day in found.on[1:] if house.on(day)]
    assert len(found.on) + len(found.skipped) == length // (7 * weeks) + 1


def test_a_series_ends_after_its_beginning_and_within_two_years() -> None:
    with pytest.raises(Problems):
        days_of(TODAY, Repeat(1, TODAY - DAY), Holidays())
    with pytest.raises(Problems):
        days_of(TODAY, Repeat(1, TODAY + 5000 * DAY), Holidays())
    with pytest.raises(Problems):
        days_of(TODAY, Repeat(0, TODAY), Holidays())


def test_holidays_are_read_as_they_are_shown(desk: Desk) -> None:
    assert holidays.holidays_of(desk).on(date(2031, 3, 8)) == "Women's Day"
    lines = holidays.holidays_of(desk).lines()
    holidays.put_holidays(desk, [*lines, "20.03.2027: Ramazan", "  "])
    now = holidays.holidays_of(desk)
    assert now.lines() == [*lines, "20 March 2027: Ramazan"]
    assert (now.on(date(2027, 3, 20)), now.on(date(2028, 3, 20))) == ("Ramazan", "Novruz")
    with pytest.raises(Problems, match="some day"):
        holidays.put_holidays(desk, ["some day: Feast"])
    assert holidays.holidays_of(desk) == now


def test_the_last_hour_is_after_the_first(desk: Desk) -> None:
    with pytest.raises(Problems):
        holidays.put_hours(desk, time(18), time(9))
    holidays.put_hours(desk, time(8, 30), time(16))
    assert holidays.hours_of(desk) == (time(8, 30), time(16))
