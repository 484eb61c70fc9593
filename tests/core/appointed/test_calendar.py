"""What the calendar shows: groups folded, neutral words, court dates and check-ins, and nothing of closed records."""

from __future__ import annotations

from datetime import date, time, timedelta
from uuid import UUID

import pytest

from shelterdesk import appointments, booking, deadlines, house_settings, placements, restrictions
from shelterdesk.access import Role
from shelterdesk.booking import Booking
from shelterdesk.calendar import read_days
from shelterdesk.desk import Desk
from shelterdesk.documents.tomorrow import tomorrow_list, tomorrow_rows
from shelterdesk.errors import Problems
from shelterdesk.quick_entry import Reading, read
from tests.core.seats import seat
from tests.desks import TODAY

DAY = timedelta(days=1)


def shown(desk: Desk) -> list[tuple[str, str, str]]:
    return [(one.source, one.words, one.title) for one in read_days(desk, TODAY, TODAY + 6 * DAY).entries]


def test_a_group_is_one_entry_with_its_count(desk: Desk, ay: UUID, nur: UUID) -> None:
    appointments.add_appointments(
        desk, (ay, nur), (TODAY,), kind="group", at=time(13), minutes=90, member_id=desk.me.id, words="Sleep"
    )
    days = read_days(desk, TODAY, TODAY)
    (one,) = days.entries
    assert (one.title, set(one.people), len(one.ids)) == ("Sleep, 2", {ay, nur}, 2)
    assert days.planned_minutes(desk.me.id) == 90, "an hour with eight people is one hour"


def test_courts_and_check_ins_stand_there_by_neutral_words(desk: Desk, ay: UUID) -> None:
    deadlines.record_deadline(desk, ay, kind="court_date", until=TODAY, at=time(10), words="Nasimi court")
    placements.add_placement(desk, ay, stage="looking", since=TODAY, kind="work", check_in_on=TODAY + DAY)
    appointments.add_appointment(desk, ay, kind="lawyer", on=TODAY, at=time(9), words="against her employer")
    assert shown(desk) == [
        ("appointment", "Appointment", "Aysel"),
        ("deadline", "Appointment", "Aysel"),
        ("check_in", "Placement check-in", "Aysel"),
    ]


def test_a_court_date_with_an_appointment_of_the_same_hour_stands_once(desk: Desk, ay: UUID) -> None:
    deadlines.record_deadline(desk, ay, kind="court_date", until=TODAY, at=time(10))
    appointments.add_appointment(desk, ay, kind="court", on=TODAY, at=time(10))
    assert shown(desk) == [("appointment", "Appointment", "Aysel")]


def test_what_was_moved_is_gone_and_what_took_place_stays(desk: Desk, ay: UUID) -> None:
    moved = appointments.add_appointment(desk, ay, kind="talk", on=TODAY)
    appointments.move(desk, [moved], on=TODAY + 2 * DAY)
    given = appointments.add_appointment(desk, ay, kind="clinic", on=TODAY)
    appointments.mark(desk, [given], "given")
    found = read_days(desk, TODAY, TODAY + 6 * DAY).entries
    assert [(one.on, one.state) for one in found] == [(TODAY, "given"), (TODAY + 2 * DAY, "planned")]


def test_of_a_closed_record_only_that_somebody_is_busy_is_shown(desk: Desk, ay: UUID) -> None:
    appointments.add_appointment(desk, ay, kind="court", on=TODAY, at=time(10), member_id=desk.me.id, words="canary")
    deadlines.record_deadline(desk, ay, kind="court_date", until=TODAY, at=time(11))
    colleague = seat(desk, Role.SOCIAL_WORKER)
    restrictions.close_to(desk, ay, colleague.me.id)
    house_settings.load(colleague)
    days = read_days(colleague, TODAY, TODAY)
    assert [(one.source, one.title, one.people, one.kind) for one in days.entries] == [("busy", "Busy", (), "other")]
    assert days.residents == ()
    assert [row.whom for row in tomorrow_rows(colleague, TODAY)] == [""]


def test_tomorrows_list_names_codes_only(desk: Desk, ay: UUID) -> None:
    tomorrow = TODAY + DAY
    appointments.add_appointment(
        desk, ay, kind="court", on=tomorrow, at=time(10), minutes=60, member_id=desk.me.id, place="Nasimi",
        words="against her employer", transport="needed", interpreter="arranged",
    )  # fmt: skip
    appointments.add_appointment(desk, None, kind="house", on=tomorrow, at=time(16), words="Market", room="kitchen")
    (court, house) = tomorrow_rows(desk, tomorrow, "en")
    assert (court.hours, court.what, court.needs) == ("10:00–11:00", "Appointment", "transport, interpreter")
    assert court.whom.startswith("R-2026-")
    assert (house.whom, house.what, house.where) == ("", "Market", "Kitchen")
    paper = repr(tomorrow_list([court, house], tomorrow, "en"))
    assert not [word for word in ("Aysel", "Nasimi", "employer", "Court", "court") if word in paper]


# --- from a line to appointments --------------------------------------------------------------------------------------


def reading(desk: Desk, line: str) -> Reading:
    return read(line, booking.lexicon_of(desk), TODAY, TODAY)


def test_what_is_left_out_is_proposed_and_booked(desk: Desk, ay: UUID) -> None:
    made = booking.complete(desk, reading(desk, "Thu 14:00 psych Aysel"))
    assert (made.kind, made.service_kind, made.minutes) == ("session", "psychological_session", 50)
    assert made.member_id == desk.me.id, "she may give such services and nobody else is there"
    assert {"member_id", "minutes"} <= made.proposed
    assert "kind" not in made.proposed
    (one,) = booking.book(desk, made)
    assert (one.person_id, one.on, one.at, one.minutes) == (ay, date(2026, 11, 19), time(14), 50)


def test_the_room_of_last_time_is_proposed(desk: Desk, ay: UUID) -> None:
    booking.book(desk, booking.complete(desk, reading(desk, "mon 10:00 talk Aysel room 1")))
    made = booking.complete(desk, reading(desk, "tue 10:00 talk Aysel"))
    assert (made.room, "room" in made.proposed) == ("room_one", True)


def test_several_names_make_a_group_and_all_make_everybody(desk: Desk, ay: UUID, nur: UUID) -> None:
    made = booking.complete(desk, reading(desk, "Fri 13:00 psych Aysel Nur"))
    assert (made.kind, set(made.people)) == ("group", {ay, nur})
    assert set(booking.complete(desk, reading(desk, "Fri 13:00 talk all")).people) == {ay, nur}
    house = booking.complete(desk, reading(desk, "Fri 16:00 house meeting all"))
    assert (house.kind, house.people) == ("house", ())


def test_a_series_leaves_the_holidays_out(desk: Desk, ay: UUID) -> None:
    made = booking.complete(desk, reading(desk, "24 dec 10:00 talk Aysel weekly until 14.01.2027"))
    assert [day for day, _name in booking.days(desk, made).skipped] == [date(2026, 12, 31)]
    assert [one.on for one in booking.book(desk, made)] == [
        date(2026, 12, 24), date(2027, 1, 7), date(2027, 1, 14),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "14:00 psych Aysel",
        "Thu 14:00",
        "Thu 14:00 psych blah",
        "Thu 14:00 psych 50",
        "Thu talk Aysel weekly",
        "Thu talk Aysel weekly until 1.11.",
    ],
)
def test_what_is_missing_or_not_understood_is_said(desk: Desk, ay: UUID, line: str) -> None:
    with pytest.raises(Problems) as found:
        booking.complete(desk, reading(desk, line))
    assert [one.field for one in found.value.problems] == [booking.LINE]


def test_the_place_one_stands_on_says_what_nobody_typed(desk: Desk, ay: UUID) -> None:
    made = booking.complete(desk, reading(desk, "9:00 talk"), on=TODAY, person_id=ay, room="garden")
    assert made == Booking(
        TODAY, "talk", time(9), made.minutes, "social_talk", (ay,), desk.me.id, "garden",
        proposed=frozenset({"on", "people", "minutes", "member_id", "room"}),
    )  # fmt: skip
