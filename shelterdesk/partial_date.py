"""Dates of which only the year, or year and month, may be known, and that may be «about» right.

Stored as text: ``1987``, ``1987-05``, ``1987-05-21``, with a leading ``~`` for «about».
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

FIRST_YEAR = 1850
LAST_YEAR = 2150
_CANONICAL = re.compile(r"(~?)(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A day, a month or a year. Orders by what is known; «1987» stands before «1987-01».

    Raises ``ValueError`` when the parts make no date.
    """

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError("year out of range")
        if self.month is None and self.day is not None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, stored: str) -> PartialDate:
        """Read the stored form. What people type is read by :func:`shelterdesk.formats.parse_partial`."""
        match = _CANONICAL.fullmatch(stored)
        if not match:
            raise ValueError("no partial date")
        about, year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None, about == "~")

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Return the partial date of a whole day."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        parts = f"{self.year:04d}"
        if self.month is not None:
            parts += f"-{self.month:02d}"
        if self.day is not None:
            parts += f"-{self.day:02d}"
        return f"~{parts}" if self.about else parts

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple[int, int, int, bool]:
        return (self.year, self.month or 0, self.day or 0, self.about)

    def earliest(self) -> date:
        """Return the first day this date may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """Return the last day this date may mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def exact(self) -> date | None:
        """Return the day when it is wholly known and not «about»."""
        return self.earliest() if self.day is not None and not self.about else None

    def ages_on(self, day: date) -> tuple[int, int] | None:
        """Return the least and the highest age in completed years on *day*; None before the birth."""
        if day < self.earliest():
            return None
        return max(0, completed_years(self.latest(), day)), completed_years(self.earliest(), day)

    def age_on(self, day: date) -> int | None:
        """Return the age in completed years on *day*; None before the birth.

        Where the date leaves two ages open, the lower one counts: who may still be a child is treated as a child
        (Council of Europe Convention on Action against Trafficking, article 10.3).
        """
        ages = self.ages_on(day)
        return ages[0] if ages else None

    def may_be(self, other: PartialDate) -> bool:
        """Tell whether both may mean the same day; «about» widens a date by a year on each side."""
        first, last = self._widened()
        other_first, other_last = other._widened()
        return first <= other_last and other_first <= last

    def _widened(self) -> tuple[int, int]:
        slack = 366 if self.about else 0
        return self.earliest().toordinal() - slack, self.latest().toordinal() + slack


def completed_years(since: date, until: date) -> int:
    """Return the whole years from *since* to *until*; who was born on 29 February turns older on 1 March."""
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))
