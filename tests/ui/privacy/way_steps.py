"""The steps from which every way to a form is made: whom it is about, the page and the section of a record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shelterdesk import placements, residents
from shelterdesk.desk import Desk
from shelterdesk.placements import Placement
from tests.ui.shots import settle
from ui.pages.resident.reason_card import ReasonCard
from ui.place import Place
from ui.window import Window


@dataclass(frozen=True)
class Found:
    """Ids in the vault of invented people."""

    aysel: UUID
    """Lives here, with a plan, notes and services."""
    gone: UUID
    """Lived here; may come back."""


def found_in(desk: Desk) -> Found:
    """Look for the people the ways need."""
    here = residents.list_rows(desk, "here_now")
    aysel = next(row.id for row in here if row.name.startswith("Aysel"))
    living = {row.id for row in here}
    gone = next(row.id for row in residents.list_rows(desk, "everybody") if row.id not in living)
    return Found(aysel, gone)


Way = Callable[[Window, Found], object]


def page_at(window: Window, place: Place) -> Any:
    window.go(place)
    settle()
    return window.page()


def section_of(window: Window, who: UUID, section: str, doing: str = "") -> Any:
    page = page_at(window, Place("residents", "everybody", who, section, doing))
    return page.record.section()


def say_why(window: Window) -> None:
    """Give a reason where the section that is shown asks for one, as whoever opens what happened does."""
    for card in window.findChildren(ReasonCard):
        if card.isVisible():
            card.given.emit("I go on with what I began")
            settle()


def some_placement(desk: Desk) -> Placement:
    return next(one for one, step in placements.all_placements(desk) if step.stage != "ended")
