"""The pages under «Services», in their order. The page of services makes them; the sidebar lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from shelterdesk.access import Right
from shelterdesk.i18n import N_

if TYPE_CHECKING:
    from shelterdesk.desk import Desk
    from ui.seat import Seat


@dataclass(frozen=True)
class ServicePageKind:
    """Where a page is made. Its module is loaded at the first visit, so that the window opens sooner."""

    id: str
    label: str
    module: str
    name: str
    right: Right = Right.SEE_RECORDS

    def make(self, seat: Seat) -> Any:
        """Return a new page for *seat*."""
        return getattr(import_module(f"ui.pages.services.{self.module}"), self.name)(seat)


SERVICE_PAGES: Final[Sequence[ServicePageKind]] = (
    ServicePageKind("calendar", N_("Calendar"), "calendar.page", "CalendarPage", Right.SEE_HOUSE),
    ServicePageKind("register", N_("Register"), "register", "RegisterPage"),
    ServicePageKind("tasks", N_("Tasks"), "tasks", "TasksPage"),
    ServicePageKind("caseload", N_("Caseload"), "caseload", "CaseloadPage"),
    ServicePageKind("providers", N_("Providers"), "providers", "ProvidersPage"),
)
"""The first of them that is open to the signed-in person is shown where no other is asked for."""


def open_pages(desk: Desk) -> list[ServicePageKind]:
    """Return the pages that the signed-in person may see."""
    return [kind for kind in SERVICE_PAGES if desk.may(kind.right)]
