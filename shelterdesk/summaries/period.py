"""Periods of a summary: a month, a quarter, a year, and the part of a year since January."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from shelterdesk import formats
from shelterdesk.day_texts import add_months
from shelterdesk.i18n import N_, text

Length = Literal["month", "quarter", "year", "since_january"]
_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Period:
    """Whole months from the first day to the last, both counted."""

    length: Length
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def id(self) -> str:
        """A short name for files and exchange: ``2026-10``, ``2026-Q4``, ``2026``, ``2026-01..2026-10``."""
        if self.length == "month":
            return f"{self.first:%Y-%m}"
        if self.length == "quarter":
            return f"{self.first.year}-Q{_quarter(self.first)}"
        if self.length == "year":
            return str(self.first.year)
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}"

    def holds(self, on: date) -> bool:
        return self.first <= on <= self.last

    def months(self) -> Iterator[Period]:
        """Yield the months of the period, the earliest first."""
        first = self.first
        while first <= self.last:
            yield month(first)
            first = add_months(first, 1)

    def previous(self) -> Period:
        """Return the period of the same length just before."""
        if self.length == "since_january":
            raise ValueError("the months since January have no period before them")
        return _of(self.length, add_months(self.first, -_MONTHS[self.length]))

    def next(self) -> Period:
        """Return the period of the same length just after."""
        if self.length == "since_january":
            raise ValueError("the months since January have no period after them")
        return _of(self.length, add_months(self.first, _MONTHS[self.length]))

    def since_january(self) -> Period:
        """Return the months from January to the end of this period."""
        return Period("since_january", date(self.last.year, 1, 1), self.last)

    def label(self, language: str | None = None) -> str:
        """Return «October 2026», «October – December 2026», «2026», «January – October 2026»."""
        if self.length == "year":
            return str(self.first.year)
        last = formats.month(self.last, language)
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return last
        return f"{formats.month_name(self.first, language)} – {last}"

    def short_label(self, beside: Period, language: str | None = None) -> str:
        """Return the label without the year where it is the year of *beside*: «September» beside «October 2026»."""
        if self.length == "month" and self.first.year == beside.first.year:
            return formats.month_name(self.first, language)
        if self.length == "since_january":
            return text(N_("Since January"), language)
        return self.label(language)


def month(on: date) -> Period:
    """Return the month that holds *on*."""
    return _of("month", on.replace(day=1))


def quarter(on: date) -> Period:
    """Return the quarter of the year that holds *on*."""
    return _of("quarter", date(on.year, 3 * _quarter(on) - 2, 1))


def year(on: date) -> Period:
    """Return the year that holds *on*."""
    return _of("year", date(on.year, 1, 1))


def parse_period(words: str) -> Period:
    """Read «2026-10», «2026-Q4» or «2026». Raises ``ValueError`` for anything else."""
    match = re.fullmatch(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])))?", words.strip().upper(), re.ASCII)
    if match is None:
        raise ValueError("no period")
    number = int(match[1])
    if match[2]:
        return month(date(number, int(match[2]), 1))
    if match[3]:
        return quarter(date(number, 3 * int(match[3]) - 2, 1))
    return year(date(number, 1, 1))


def _quarter(on: date) -> int:
    return (on.month - 1) // 3 + 1


def _of(length: Length, first: date) -> Period:
    return Period(length, first, add_months(first, _MONTHS[length]) - timedelta(days=1))
