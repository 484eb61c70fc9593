"""A place in the window, as the history of going back and forth keeps it. It holds ids, never names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Place:
    """Where somebody is: the page, the saved list, the person, the section of the record, and what is being done.

    ``doing`` names a form, e.g. ``new_service``; ``about`` is the id of the record it works on.
    """

    page: str
    list_id: str = ""
    person_id: UUID | None = None
    section: str = ""
    doing: str = ""
    about: UUID | None = None

    def with_(self, **changes: Any) -> Place:
        """Return the place with *changes*."""
        return replace(self, **changes)


TODAY = Place("today")
"""Where every session begins."""
CHOOSE_PIN = Place("settings", section="window", doing="choose_pin")
"""Where the PIN of this session is chosen."""


class Trail:
    """Where somebody has been, for going back and forward."""

    def __init__(self, start: Place = TODAY) -> None:
        self._places = [start]
        self._at = 0

    @property
    def here(self) -> Place:
        """The current place."""
        return self._places[self._at]

    def go(self, place: Place) -> None:
        """Go to a new place; what lay ahead is forgotten."""
        if place != self.here:
            self._places = [*self._places[: self._at + 1], place][-100:]
            self._at = len(self._places) - 1

    def stand_in(self, place: Place) -> None:
        """Name the current place more exactly, e.g. by the section that was opened, without a step of its own."""
        self._places[self._at] = place

    def back(self) -> Place | None:
        """Go one place back."""
        return self._step(-1)

    def forward(self) -> Place | None:
        """Go one place forward."""
        return self._step(1)

    def _step(self, by: int) -> Place | None:
        if not 0 <= self._at + by < len(self._places):
            return None
        self._at += by
        return self.here
