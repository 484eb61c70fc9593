"""On which days something comes that repeats: every so many weeks until a day, without the holidays of the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from shelterdesk.errors import Problem, Problems
from shelterdesk.holidays import Holidays
from shelterdesk.i18n import N_

MOST: Final = 104
"""Two years of weeks; what goes on longer is agreed anew."""


@dataclass(frozen=True)
class Repeat:
    """Every ``weeks`` weeks, the last time not after ``until``."""

    weeks: int
    until: date


@dataclass(frozen=True)
class Days:
    """The days of a series, and the holidays it leaves out, each with its name."""

    on: tuple[date, ...]
    skipped: tuple[tuple[date, str], ...] = ()


def days_of(first: date, repeat: Repeat | None, holidays: Holidays) -> Days:
    """Return the days of a series that begins on *first*, which is kept even where it is a holiday.

    Raises Problems.
    """
    if repeat is None:
        return Days((first,))
    if repeat.weeks < 1:
        raise Problems([Problem("repeat.weeks", N_("Enter after how many weeks it comes again"))])
    if repeat.until < first:
        raise Problems([Problem("repeat.until", N_("The last day of the repetition must be after the first"))])
    on, skipped = [first], list[tuple[date, str]]()
    day = first + timedelta(weeks=repeat.weeks)
    while day <= repeat.until:
        name = holidays.on(day)
        if name:
            skipped.append((day, name))
        else:
            on.append(day)
        if len(on) > MOST:
            raise Problems([Problem("repeat.until", N_("That is more than two years of weeks. Choose a nearer day."))])
        day += timedelta(weeks=repeat.weeks)
    return Days(tuple(on), tuple(skipped))
