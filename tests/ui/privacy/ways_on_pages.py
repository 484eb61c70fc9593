"""Every way a form is opened on a page of its own, outside a record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shelterdesk import (
    notes,
    partners,
    providers,
    services,
)
from shelterdesk.house_book import incidents
from tests.ui.privacy.way_steps import Found, Way, page_at, some_placement
from ui.place import Place
from ui.window import Window


def _task(window: Window, found: Found) -> None:
    page = page_at(window, Place("services", list_id="tasks")).pages["tasks"]
    page.whose.set_value("everybody")
    page.refresh()
    page.rows.open(next(one.id for one in page.found if one.source == "task"))


def _hold(window: Window, _found: Found) -> None:
    page = page_at(window, Place("beds"))
    page.board.go_to(next(use.bed_id for use in page.uses.values() if use.free))
    page.do("hold")


def _on_board(window: Window, found: Found) -> None:
    page = page_at(window, Place("beds"))
    page.go_to_person(found.aysel)
    page.do("away")


def _note_page(window: Window, found: Found) -> None:
    note = notes.notes_of(window.seat.desk, found.aysel)[0]
    page_at(window, Place("services", doing="edit_note", person_id=found.aysel, about=note.id))


def _service_page(window: Window, found: Found) -> None:
    service = services.services_of(window.seat.desk, found.aysel)[0]
    page_at(window, Place("services", doing="edit_service", person_id=found.aysel, about=service.id))


def _placement(window: Window, doing: str) -> None:
    one = some_placement(window.seat.desk)
    page_at(window, Place("work", doing=doing, about=one.id))


def _partner(window: Window, _found: Found) -> None:
    page_at(window, Place("work", doing="edit_partner", about=partners.partners_of(window.seat.desk)[0].id))


def _provider(window: Window, _found: Found) -> None:
    about = providers.providers_of(window.seat.desk)[0].id
    page_at(window, Place("services", list_id="providers", doing="edit_provider", about=about))


def _plans_page(window: Window, _found: Found) -> None:
    page = page_at(window, Place("plans"))
    key = next(row.key for row in page.rows.rows() if isinstance(row.key, UUID))
    page.move(key)


def _request(window: Window, _found: Found) -> None:
    page = page_at(window, Place("settings", section="requests"))
    page.sections["requests"].card.begin()


def _appointed(act: str) -> Way:
    def way(window: Window, found: Found) -> None:
        page = page_at(window, Place("services", list_id="calendar")).stack.currentWidget()
        entry = next(one for one in page.days.entries if one.can_change and one.people == (found.aysel,))
        page.open((entry.id,))
        getattr(page.panel, act)()

    return way


def _going(place: Place) -> Way:
    return lambda window, _found: page_at(window, place)


def _house_book(act: str, *values: Any) -> Way:
    return lambda window, _found: getattr(page_at(window, Place("house_book")), act)(*values)


def _closing(window: Window, _found: Found) -> None:
    about = incidents.open_incidents(window.seat.desk)[0].record.id
    page_at(window, Place("house_book", doing="close", about=about))


ON_PAGES: dict[str, Way] = {
    "new person": _going(Place("residents", doing="new_person")),
    "new arrival": _going(Place("arrival")),
    "call for a place": _going(Place("calls", doing="new_call")),
    "turned away": _going(Place("calls", doing="turn_away")),
    "appointment in the calendar": _appointed("change"),
    "appointment not attended": _appointed("ask_why"),
    "nights away on the board": _on_board,
    "bed on hold": _hold,
    "new service": _going(Place("services", doing="new_service")),
    "service": _service_page,
    "line of the register": _going(Place("services", list_id="register")),
    "group session": _going(Place("services", doing="new_group")),
    "new note": _going(Place("services", doing="new_note")),
    "note": _note_page,
    "new placement": _going(Place("work", doing="new_placement")),
    "placement": lambda window, _found: _placement(window, "edit_placement"),
    "check-in": lambda window, _found: _placement(window, "check_in"),
    "stage": lambda window, _found: _placement(window, "move"),
    "new partner": _going(Place("work", doing="new_partner")),
    "partner": _partner,
    "new task": _going(Place("services", list_id="tasks", doing="new_task")),
    "task": _task,
    "new provider": _going(Place("services", list_id="providers", doing="new_provider")),
    "provider": _provider,
    "milestone of all plans": _plans_page,
    "request about anybody": _request,
    "line of the house book": _house_book("new_line", "know"),
    "medicine": _house_book("new_medicine"),
    "incident": _house_book("new_incident"),
    "what was done about an incident": _house_book("add_step", None),
    "closing an incident": _closing,
}
