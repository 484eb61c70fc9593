"""How many beds the house had on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

BedRow = tuple[Any, datetime, datetime | None, datetime | None]
"""Site, when the bed was added, when it was given up, when its room was."""


@dataclass(frozen=True)
class Capacity:
    """Beds by the days they are there: from the first day to the day they were given up, that one left out."""

    beds: tuple[tuple[date, date], ...]

    @classmethod
    def of(cls, rows: Iterable[BedRow], zone: tzinfo) -> Capacity:
        """Take the beds of one or several sites.

        Beds that were added on the first day a site had any were there before ShelterDesk was: they count for all
        earlier days, so that stays brought in from an old list find their beds.
        """
        days = [
            (
                site,
                added.astimezone(zone).date(),
                [_day(moment, zone) for moment in (given_up, room_given_up) if moment],
            )
            for site, added, given_up, room_given_up in rows
        ]
        founded: dict[Any, date] = {}
        for site, added, _ended in days:
            founded[site] = min(added, founded.get(site, added))
        return cls(
            tuple(
                (date.min if added == founded[site] else added, min(ended, default=date.max))
                for site, added, ended in days
            )
        )

    def on(self, day: date) -> int:
        """Return the beds of one day."""
        return sum(first <= day < end for first, end in self.beds)

    def nights(self, first: date, last: date) -> int:
        """Return the nights all beds offered from *first* to *last*."""
        limit = last.toordinal() + 1
        return sum(
            max(0, min(end.toordinal(), limit) - max(added.toordinal(), first.toordinal())) for added, end in self.beds
        )


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()
