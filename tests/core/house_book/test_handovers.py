"""Shifts, the lines written for them, handing over and signing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk import house_settings, restrictions
from shelterdesk.access import Right, Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.house_book import handovers, shifts
from shelterdesk.house_book.book import read_book
from shelterdesk.people import Person
from shelterdesk.reach import RecordClosed
from shelterdesk.schema import log_reading
from tests.core.seats import seat
from tests.desks import TODAY, Clock

BAKU = ZoneInfo("Asia/Baku")


def at(hour: int, minute: int = 0, *, day: date = TODAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BAKU)


def words(lines: list[handovers.ShiftLine]) -> list[str]:
    return [line.words for line in lines]


def test_the_night_belongs_to_the_day_it_begins_on(desk: Desk) -> None:
    day = shifts.shift_now(desk)
    assert (day.day, day.code) == (TODAY, "day")
    assert day.label("en") == "Tuesday 17 November, day"
    night = shifts.shift_at(desk, at(3))
    assert (night.day, night.code) == (TODAY - timedelta(days=1), "night")
    assert night.ends == day.begins == at(8)
    assert shifts.before(desk, day) == night
    assert shifts.after(desk, day) == shifts.shift_of(desk, TODAY, "night")
    assert shifts.after(desk, night) == day


@given(
    plan=st.dictionaries(st.sampled_from(["early", "day", "late", "night"]), st.times(), min_size=1, max_size=4),
    minutes=st.integers(0, 60 * 24 * 30),
)
def test_shifts_follow_one_another_without_a_gap(plan: dict[str, time], minutes: int) -> None:
    hours = {code: hour.replace(second=0, microsecond=0) for code, hour in plan.items()}
    if len(set(hours.values())) < len(hours):
        return
    moment = at(0) + timedelta(minutes=minutes)
    desk: Any = SimpleNamespace(zone=BAKU, rights=frozenset(Right))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(house_settings, "get", lambda _desk, _key: [[c, h.strftime("%H:%M")] for c, h in hours.items()])
        shift = shifts.shift_at(desk, moment)
        assert shift.holds(moment)
        assert shifts.before(desk, shift).ends == shift.begins
        assert shifts.after(desk, shift).begins == shift.ends


def test_lines_are_for_one_shift_until_a_day_or_until_they_are_done(desk: Desk, clock: Clock) -> None:
    day = shifts.shift_now(desk)
    night = shifts.after(desk, day)
    handovers.add_line(desk, day, kind="know", words="The lamp is out")
    handovers.add_line(desk, night, kind="know", words="For the night only")
    handovers.add_line(desk, day, kind="know", words="All week", until=TODAY + timedelta(days=6))
    do = handovers.add_line(desk, day, kind="do", words="Call the electrician", at=time(9), before=True)
    key = handovers.add_line(desk, day, kind="key", words="Key 7 is with Sherzod")
    handovers.add_line(desk, night, kind="visit", words="Visit at 21:00", at=time(21))

    assert words(handovers.lines_for(desk, day)) == [
        "The lamp is out", "All week", "Call the electrician", "Key 7 is with Sherzod", "Visit at 21:00",
    ]  # fmt: skip
    assert words(handovers.lines_for(desk, night)) == [
        "For the night only", "All week", "Call the electrician", "Key 7 is with Sherzod", "Visit at 21:00",
    ]  # fmt: skip
    handovers.mark_done(desk, do)
    assert "Call the electrician" in words(handovers.lines_for(desk, day)), "what is done stays to be seen"
    assert "Call the electrician" not in words(handovers.lines_for(desk, night)), "and is over for the next shift"
    clock.now += timedelta(days=3)
    later = shifts.shift_now(desk)
    assert words(handovers.lines_for(desk, later)) == ["All week", "Key 7 is with Sherzod"]
    handovers.mark_done(desk, handovers.line_with(desk, key.id))
    assert "Key 7 is with Sherzod" not in words(handovers.lines_for(desk, shifts.after(desk, later)))


def test_a_line_needs_words_and_a_kind_and_nothing_else(desk: Desk) -> None:
    now = shifts.shift_now(desk)
    with pytest.raises(Problems) as error:
        handovers.add_line(desk, now, kind=None, words=" ")
    assert [one.field for one in error.value.problems] == ["shift_line.kind", "shift_line.words"]
    with pytest.raises(Problems):
        handovers.add_line(desk, now, kind="know", words="x", until=TODAY - timedelta(days=1))
    made = handovers.add_line(desk, now, kind="know", words="x")
    handovers.archive_line(desk, made.id)
    assert handovers.lines_for(desk, now) == []
    handovers.archive_line(desk, made.id, archived=False)
    assert words(handovers.lines_for(desk, now)) == ["x"]


def test_the_next_shift_signs_and_nobody_their_own(desk: Desk, clock: Clock) -> None:
    night = shifts.after(desk, shifts.shift_now(desk))
    assert handovers.handover_to(desk, night) is None
    given_ = handovers.hand_over(desk, night)
    with pytest.raises(StaleRecord):
        handovers.hand_over(desk, night)
    with pytest.raises(NotAllowed):
        handovers.sign(desk, given_)
    handovers.take_back_handover(desk, given_)
    given_ = handovers.hand_over(desk, night)
    worker = seat(desk, Role.NIGHT_WORKER)
    clock.now += timedelta(hours=11)
    handovers.add_line(desk, night, kind="know", words="Read before signing")
    signed = handovers.sign(worker, given_)
    assert (signed.given_by, signed.read_by) == (desk.me.id, worker.me.id)
    assert (signed.given_at, signed.read_at) == (time(10), time(21))
    with pytest.raises(StaleRecord):
        handovers.take_back_handover(desk, signed)
    assert read_book(worker, night).since_signed == 0
    clock.now += timedelta(minutes=5)
    handovers.add_line(desk, night, kind="know", words="Came later")
    assert read_book(worker, night).since_signed == 1
    again = handovers.sign(worker, handovers.handover_to(worker, night))  # type: ignore[arg-type]
    assert (again.read_at, read_book(worker, night).since_signed) == (time(21, 5), 0)
    with desk.read() as db:
        acts = [row.act for row in log_reading.logged(db, limit=50)]
    assert acts.count("sign_handover") == 2
    assert acts.count("hand_over_shift") == 3


def test_shifts_are_a_setting_and_old_lines_stay_readable(desk: Desk) -> None:
    night = shifts.after(desk, shifts.shift_now(desk))
    handovers.add_line(desk, night, kind="know", words="Written for the night")
    shifts.set_times(desk, [("late", time(15)), ("early", time(7)), ("whole_day", time(23))])
    assert house_settings.get(desk, "shifts") == [["late", "15:00"], ["early", "07:00"], ["whole_day", "23:00"]]
    assert [code for code, _at in shifts.times(desk)] == ["early", "late", "whole_day"]
    first = shifts.shift_of(desk, TODAY, "night")
    assert first.code == "early"
    assert words(handovers.lines_for(desk, first)) == ["Written for the night"]
    for wrong in ([], [("day", time(8)), ("night", time(8))], [("day", time(8)), ("day", time(9))]):
        with pytest.raises(Problems):
            shifts.set_times(desk, wrong)
    with pytest.raises(NotAllowed):
        shifts.set_times(seat(desk, Role.NIGHT_WORKER), [("day", time(8))])


def test_a_line_about_somebody_is_hidden_from_who_may_not_see_her(desk: Desk, ay: Person) -> None:
    now = shifts.shift_now(desk)
    handovers.add_line(desk, now, kind="know", words="Ay has a talk at 11", person_id=ay.id)
    handovers.add_line(desk, now, kind="know", words="The lamp is out")
    worker = seat(desk, Role.NIGHT_WORKER)
    assert len(handovers.lines_for(worker, now)) == 2
    restrictions.restrict(desk, ay.id, "Her brother is with the police")
    house_settings.load(worker)
    assert len(handovers.lines_for(worker, now)) == 2, "every shift has to know, whoever it is about"
    restrictions.close_to(desk, ay.id, worker.me.id, "Her cousin")
    house_settings.load(worker)
    assert words(handovers.lines_for(worker, now)) == ["The lamp is out"]
    with pytest.raises(RecordClosed):
        handovers.add_line(worker, now, kind="know", words="x", person_id=ay.id)
