"""What the window answers to, whichever page is on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from shelterdesk import lock_reasons
from shelterdesk.i18n import _
from ui.place import CHOOSE_PIN, TODAY, Place

if TYPE_CHECKING:
    from ui.window import Window


def own_commands(window: Window) -> dict[str, Callable[[], object]]:
    """Return the window's own commands by id; a page may overrule each."""
    seat = window.seat
    return {
        "new_arrival": lambda: window.go(Place("arrival")),
        "new_call": lambda: window.go(Place("calls", doing="new_call")),
        "new_person": lambda: window.go(Place("residents", doing="new_person")),
        "new_partner": lambda: window.go(Place("work", doing="new_partner")),
        "new_placement": lambda: window.go(Place("work", doing="new_placement", person_id=window.trail.here.person_id)),
        "new_service": lambda: window.go(Place("services", doing="new_service", person_id=window.trail.here.person_id)),
        "new_request": lambda: window.go(_place_of_request(window.trail.here.person_id)),
        "new_incident": lambda: window.go(Place("house_book", doing="new_incident")),
        "incidents": lambda: window.go(Place("house_book", doing="incidents")),
        "new_referral": lambda: seat.say(_("Open a record first: a referral belongs to somebody."), kind="info"),
        "new_matter": lambda: seat.say(_("Open a record first: a legal matter belongs to somebody."), kind="info"),
        "ask_scale": lambda: seat.say(_("Open a record first: a scale is asked of somebody."), kind="info"),
        "new_milestone": lambda: seat.say(_("Open a record first: a milestone belongs to a plan."), kind="info"),
        "new_scan": lambda: seat.say(_("Open a record first: a scan or photo belongs to somebody."), kind="info"),
        "new_group": lambda: window.go(Place("services", list_id="register", doing="new_group")),
        "new_note": lambda: window.go(Place("services", doing="new_note", person_id=window.trail.here.person_id)),
        "import": lambda: window.go(Place("import")),
        "lock": lambda: window.lock_wanted.emit(lock_reasons.ASKED.code),
        "change_person": lambda: window.lock_wanted.emit(lock_reasons.PERSON.code),
        "choose_pin": lambda: window.go(CHOOSE_PIN),
        "hide": window.hide_wanted.emit,
        "quit": window.quit_wanted.emit,
        "visitor_mode": lambda: seat.set_visitor(on=not seat.visitor),
        "undo": window.undo_last,
        "larger": lambda: window.text_size_wanted.emit(1),
        "smaller": lambda: window.text_size_wanted.emit(-1),
        "normal_size": lambda: window.text_size_wanted.emit(0),
        "refresh": window.refresh_all,
        "command_box": window.box.open,
        "back": lambda: window.step(window.trail.back()),
        "forward": lambda: window.step(window.trail.forward()),
        "next_pane": lambda: window.pane(1),
        "previous_pane": lambda: window.pane(-1),
        "go_today": lambda: window.go(TODAY),
        "go_house_book": lambda: window.choose("house_book"),
        "go_residents": lambda: window.choose("residents"),
        "go_people_table": lambda: window.choose("people_table"),
        "go_beds": lambda: window.go(Place("beds")),
        "go_services": lambda: window.choose("services"),
        "go_providers": lambda: window.go(Place("services", list_id="providers")),
        "go_tasks": lambda: window.go(Place("services", list_id="tasks")),
        "go_caseload": lambda: window.go(Place("services", list_id="caseload")),
        "go_register": lambda: window.go(Place("services", list_id="register")),
        "go_calendar": lambda: window.go(Place("services", list_id="calendar")),
        "new_appointment": lambda: window.go(Place("services", list_id="calendar")),
        "go_work": lambda: window.choose("work"),
        "go_plans": lambda: window.choose("plans"),
        "go_summaries": lambda: window.choose("summaries"),
        "go_settings": lambda: window.choose("settings"),
        "help": lambda: window.go(Place("help", list_id=window.trail.here.list_id, section=window.trail.here.page)),
        "shortcuts": lambda: window.go(Place("help", section="shortcuts")),
        "about": lambda: window.go(Place("settings", section="about")),
        "people": lambda: window.go(Place("settings", section="people")),
        "invite": lambda: window.go(Place("settings", section="people", doing="invite")),
        "export_tables": lambda: window.go(Place("summaries", doing="export_tables")),
        "export_everything": lambda: window.go(Place("summaries", doing="export_everything")),
        "back_up": lambda: window.go(Place("settings", section="backup", doing="back_up")),
        "print_tomorrow": lambda: window.go(Place("services", list_id="calendar", doing="print_tomorrow")),
        "print_tonight": lambda: window.go(Place("today", doing="print_tonight")),
    }


def _place_of_request(person_id: UUID | None) -> Place:
    """Return where a request by an authority is recorded: in the record that is open, else in the list of all."""
    if person_id is not None:
        return Place("residents", person_id=person_id, section="consents", doing="new_request")
    return Place("settings", section="requests", doing="new_request")
