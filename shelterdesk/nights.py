"""Which nights a stay has a bed: worked out from its first day, its moves and the day of leaving, which is no night."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

Move = tuple[date, UUID | None, bool]
"""Since when, in which bed, and whether it is shared."""


@dataclass(frozen=True)
class Nights:
    """The nights from *first* until before *until* a stay, or a hold, has a bed."""

    stay_id: UUID
    bed_id: UUID
    first: date
    until: date
    shared: bool = False

    def meets(self, other: Nights) -> bool:
        """Tell whether two people would sleep in one bed, each on their own."""
        return self.touches(other) and not (self.shared or other.shared)

    def touches(self, other: Nights) -> bool:
        """Tell whether both have one bed in one night."""
        return self.bed_id == other.bed_id and self.first < other.until and other.first < self.until


def night_after(night: date) -> date:
    """Return the night that follows; the last one the calendar knows has none."""
    return date.fromordinal(min(night.toordinal() + 1, date.max.toordinal()))


def nights_in_beds(stay_id: UUID, arrived: date, left: date | None, moves: Iterable[Move]) -> list[Nights]:
    """Return which beds a stay has when; *moves* are newest first, and a bed holds until the next one."""
    found: list[Nights] = []
    until = left or date.max
    for since, bed_id, shared in moves:
        first = max(since, arrived)
        if bed_id is not None and first < until:
            found.append(Nights(stay_id, bed_id, first, until, shared))
        until = min(until, first)
    return found
