"""Shifts: when each begins is a setting of the house; a shift runs until the next one begins.

A shift belongs to the day on which it begins, so the night from Friday to Saturday is Friday's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from shelterdesk import formats, house_settings
from shelterdesk.access import Right, require
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_, text
from shelterdesk.vocab.house_book import SHIFTS

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

SETTING: Final = "shifts"
_ONE_AT_LEAST: Final = N_("A house has at least one shift")


@dataclass(frozen=True)
class Shift:
    """One shift of one day, from *begins* until just before *ends*."""

    day: date
    code: str
    begins: datetime
    ends: datetime

    def label(self, language: str | None = None) -> str:
        """Return «Saturday 21 November, day»."""
        day = formats.day(self.day, language, style="weekday_day_month")
        return text(N_("{day}, {shift}"), language, day=day, shift=SHIFTS.listed(self.code, language))

    def holds(self, moment: datetime) -> bool:
        """Tell whether *moment* lies in the shift."""
        return self.begins <= moment < self.ends


def times(desk: Desk) -> tuple[tuple[str, time], ...]:
    """Return the shifts of a day with the hour each begins, the earliest first."""
    found = [(str(code), time.fromisoformat(at)) for code, at in house_settings.get(desk, SETTING)]
    return tuple(sorted(found, key=lambda one: one[1]))


def set_times(desk: Desk, chosen: Sequence[tuple[str, time]]) -> None:
    """Say which shifts a day has and when each begins. Raises Problems."""
    require(desk, Right.CHANGE_SETTINGS)
    problems: list[Problem] = []
    if not chosen:
        problems.append(Problem(SETTING, _ONE_AT_LEAST))
    hours = [at for _code, at in chosen]
    if len(set(hours)) < len(hours):
        problems.append(Problem(SETTING, N_("Two shifts cannot begin at the same hour")))
    if any(SHIFTS.get(code) is None for code, _at in chosen) or len({code for code, _at in chosen}) < len(chosen):
        problems.append(Problem(SETTING, N_("Each shift is named once")))
    if problems:
        raise Problems(problems)
    house_settings.put(desk, SETTING, [[code, at.strftime("%H:%M")] for code, at in chosen])


def shift_at(desk: Desk, moment: datetime) -> Shift:
    """Return the shift in which *moment* lies."""
    local = moment.astimezone(desk.zone)
    plan = times(desk)
    begun = [code for code, at in plan if at <= local.time()]
    if begun:
        return _shift(desk, plan, local.date(), begun[-1])
    # Before the first shift of the day, the last one of yesterday is still on.
    return _shift(desk, plan, local.date() - timedelta(days=1), plan[-1][0])


def shift_now(desk: Desk) -> Shift:
    """Return the shift that is on."""
    return shift_at(desk, desk.now())


def shift_of(desk: Desk, day: date, code: str) -> Shift:
    """Return a shift of *day*; where the house has no such shift any more, the first one of that day."""
    plan = times(desk)
    return _shift(desk, plan, day, code if code in dict(plan) else plan[0][0])


def before(desk: Desk, shift: Shift) -> Shift:
    """Return the shift before *shift*."""
    return shift_at(desk, shift.begins - timedelta(minutes=1))


def after(desk: Desk, shift: Shift) -> Shift:
    """Return the shift after *shift*."""
    return shift_at(desk, shift.ends)


def codes_of(desk: Desk, shift: Shift) -> tuple[str, ...]:
    """Return the codes whose rows are shown in *shift*: its own, in the first of a day also those given up since."""
    plan = times(desk)
    own = (shift.code,)
    if shift.code != plan[0][0]:
        return own
    used = {code for code, _at in plan}
    return own + tuple(one.code for one in SHIFTS if one.code not in used)


def _shift(desk: Desk, plan: Sequence[tuple[str, time]], day: date, code: str) -> Shift:
    at = [one for one, _begins in plan].index(code)
    last = at + 1 == len(plan)
    until = plan[0][1] if last else plan[at + 1][1]
    return Shift(day, code, _moment(desk, day, plan[at][1]), _moment(desk, day + timedelta(days=int(last)), until))


def _moment(desk: Desk, day: date, at: time) -> datetime:
    return datetime.combine(day, at, desk.zone).astimezone(UTC)
