"""The pages of the window. No page calls another: they ask the seat to go to a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ui.seat import Seat


@dataclass(frozen=True)
class PageKind:
    """Where a page is made. Its module is loaded at the first visit, so that the window opens sooner."""

    module: str
    name: str

    def make(self, seat: Seat) -> Any:
        """Return a new page for *seat*."""
        make: Callable[[Seat], Any] = getattr(import_module(f"ui.pages.{self.module}"), self.name)
        return make(seat)


PAGES: dict[str, PageKind] = {
    "today": PageKind("today", "TodayPage"),
    "house_book": PageKind("house_book.page", "HouseBookPage"),
    "residents": PageKind("residents", "ResidentsPage"),
    "arrival": PageKind("arrival.page", "ArrivalPage"),
    "beds": PageKind("beds.page", "BedsPage"),
    "calls": PageKind("arrival.calls_page", "CallsPage"),
    "people_table": PageKind("people_table.page", "PeopleTablePage"),
    "services": PageKind("services.page", "ServicesPage"),
    "work": PageKind("work.page", "WorkPage"),
    "plans": PageKind("plans", "PlansPage"),
    "summaries": PageKind("summaries.page", "SummariesPage"),
    "import": PageKind("import_people.page", "ImportPage"),
    "settings": PageKind("settings.page", "SettingsPage"),
    "help": PageKind("help", "HelpPage"),
}
