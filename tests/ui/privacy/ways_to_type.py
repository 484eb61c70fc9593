"""Every way a form is opened in the window, and typing into whatever form that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from shelterdesk import (
    approvals,
    consents,
    deadlines,
    leaving,
    needs,
    notes,
    partners,
    placements,
    providers,
    referrals,
    referrals_out,
    residents,
    safety_plan,
    services,
    stays,
)
from shelterdesk.desk import Desk
from shelterdesk.fields import Kind
from shelterdesk.house_book import incidents
from shelterdesk.milestones import Milestone
from shelterdesk.person_history import RiskSince, history_of
from shelterdesk.placements import Placement
from tests.ui.shots import settle
from ui.forms.record_form import RecordForm
from ui.pages.resident.reason_card import ReasonCard
from ui.place import Place
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.window import Window

WORDS = "Blue suitcase under the stairs"


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


def _page(window: Window, place: Place) -> Any:
    window.go(place)
    settle()
    return window.page()


def _section(window: Window, who: UUID, section: str, doing: str = "") -> Any:
    page = _page(window, Place("residents", "everybody", who, section, doing))
    return page.record.section()


def _plan(window: Window, found: Found) -> Any:
    return _section(window, found.aysel, "plan")


def _goal(window: Window, found: Found) -> None:
    _plan(window, found).edit_goal("work")


def _scan(window: Window, found: Found) -> None:
    section = _section(window, found.aysel, "documents")
    section.edit(section.files[0].id)


def _edit_milestone(window: Window, found: Found) -> None:
    section = _plan(window, found)
    section.edit_milestone(_some_milestone(section))


def _move_milestone(window: Window, found: Found) -> None:
    section = _plan(window, found)
    section.move_milestone(_some_milestone(section))


def _some_milestone(section: Any) -> UUID:
    with section.seat.desk.read() as db:
        rows = db.query(Milestone).filter(Milestone.plan_id == section.plan.id).all()
        return next(one.id for one in rows if one.status not in ("done", "dropped") and one.due_on is not None)


def _give_back(window: Window, found: Found) -> None:
    section = _plan(window, found)
    desk = section.seat.desk
    approvals.ask(desk, "plan", found.aysel, section.plan.id, request="Look at the second goal")
    section = _plan(window, found)
    section.give_plan_back()


def _ask(window: Window, found: Found) -> None:
    _plan(window, found).ask_for_approval()


def _stay(window: Window, found: Found) -> None:
    section = _section(window, found.aysel, "stay")
    section.correct(stays.stays_of(section.seat.desk, found.aysel)[0].id)


def _consent(window: Window, found: Found) -> None:
    section = _section(window, found.aysel, "consents")
    section.correct(consents.consents_of(section.seat.desk, found.aysel)[0].id)


def _referral(window: Window, found: Found) -> None:
    section = _section(window, found.aysel, "consents")
    desk = section.seat.desk
    made = referrals.record_referral(desk, found.aysel, referred_on=desk.today())
    _section(window, found.aysel, "consents").correct_referral(made.id)


def _referral_out(window: Window, found: Found) -> None:
    section = _section(window, found.aysel, "consents")
    desk = section.seat.desk
    made = referrals_out.record_referral_out(desk, found.aysel, service="legal", organisation="Law clinic")
    _section(window, found.aysel, "consents").go_on_with(made, "")


def _risk(window: Window, found: Found) -> None:
    section = _section(window, found.aysel, "needs")
    section.risk.opened.emit(history_of(section.seat.desk, RiskSince, found.aysel)[0].id)


def _task(window: Window, found: Found) -> None:
    page = _page(window, Place("services", list_id="tasks")).pages["tasks"]
    page.whose.set_value("everybody")
    page.refresh()
    page.rows.open(next(one.id for one in page.found if one.source == "task"))


def _need(window: Window, found: Found) -> None:
    desk = window.seat.desk
    needs.record_need(desk, found.aysel, kind="child_care")
    section = _section(window, found.aysel, "needs")
    section.edit_need(needs.needs_of(desk, found.aysel)[0].id)


def _safety_plan(window: Window, found: Found) -> None:
    section = _section(window, found.aysel, "needs")
    section.edit_plan(safety_plan.safety_plans_of(section.seat.desk, found.aysel)[0])


def _date(window: Window, found: Found) -> None:
    section = _section(window, found.aysel, "dates")
    section.edit(deadlines.deadlines_of(section.seat.desk, found.aysel)[0].id)


def _extension(window: Window, found: Found) -> None:
    section = _section(window, found.aysel, "dates")
    papers = [one for one in deadlines.deadlines_of(section.seat.desk, found.aysel) if one.kind == "protection_order"]
    section.extend(papers[0])


def _in_stay(card: str) -> Way:
    return lambda window, found: getattr(_section(window, found.aysel, "stay"), card).add_wanted.emit()


def _ask_leaving(window: Window, found: Found) -> None:
    _section(window, found.aysel, "stay").ask_approval()


def _give_leaving_back(window: Window, found: Found) -> None:
    desk = _section(window, found.aysel, "stay").seat.desk
    leaving.ask_approval(desk, stays.stays_of(desk, found.aysel)[0], "All is packed")
    _section(window, found.aysel, "stay").give_back()


def _hold(window: Window, _found: Found) -> None:
    page = _page(window, Place("beds"))
    page.board.go_to(next(use.bed_id for use in page.uses.values() if use.free))
    page.do("hold")


def _on_board(window: Window, found: Found) -> None:
    page = _page(window, Place("beds"))
    page.go_to_person(found.aysel)
    page.do("away")


def _note(window: Window, found: Found) -> None:
    section = _section(window, found.aysel, "notes")
    section.edit(notes.notes_of(section.seat.desk, found.aysel)[0].id)


def _note_page(window: Window, found: Found) -> None:
    note = notes.notes_of(window.seat.desk, found.aysel)[0]
    _page(window, Place("services", doing="edit_note", person_id=found.aysel, about=note.id))


def _service_page(window: Window, found: Found) -> None:
    service = services.services_of(window.seat.desk, found.aysel)[0]
    _page(window, Place("services", doing="edit_service", person_id=found.aysel, about=service.id))


def _some_placement(desk: Desk) -> Placement:
    return next(one for one, step in placements.all_placements(desk) if step.stage != "ended")


def _placement(window: Window, doing: str) -> None:
    one = _some_placement(window.seat.desk)
    _page(window, Place("work", doing=doing, about=one.id))


def _partner(window: Window, _found: Found) -> None:
    _page(window, Place("work", doing="edit_partner", about=partners.partners_of(window.seat.desk)[0].id))


def _provider(window: Window, _found: Found) -> None:
    about = providers.providers_of(window.seat.desk)[0].id
    _page(window, Place("services", list_id="providers", doing="edit_provider", about=about))


def _of_a_resident(act: str) -> Way:
    def way(window: Window, _found: Found) -> None:
        one = _some_placement(window.seat.desk)
        getattr(_section(window, one.person_id, "work"), act)(one.id)

    return way


def _plans_page(window: Window, _found: Found) -> None:
    page = _page(window, Place("plans"))
    key = next(row.key for row in page.rows.rows() if isinstance(row.key, UUID))
    page.move(key)


def _request(window: Window, _found: Found) -> None:
    page = _page(window, Place("settings", section="requests"))
    page.sections["requests"].card.begin()


def _new_plan(window: Window, found: Found) -> None:
    _plan(window, found).begin_plan()


def _appointed(act: str) -> Way:
    def way(window: Window, found: Found) -> None:
        page = _page(window, Place("services", list_id="calendar")).stack.currentWidget()
        entry = next(one for one in page.days.entries if one.can_change and one.people == (found.aysel,))
        page.open((entry.id,))
        getattr(page.panel, act)()

    return way


def _doing(section: str, doing: str) -> Way:
    return lambda window, found: _section(window, found.aysel, section, doing)


def _calling(section: str, act: str, *values: Any) -> Way:
    return lambda window, found: getattr(_section(window, found.aysel, section), act)(*values)


def _happened(act: str, *values: Any) -> Way:
    def way(window: Window, found: Found) -> None:
        section = _section(window, found.aysel, "happened")
        say_why(window)
        getattr(section, act)(*values)

    return way


def say_why(window: Window) -> None:
    """Give a reason where the section that is shown asks for one, as whoever opens what happened does."""
    for card in window.findChildren(ReasonCard):
        if card.isVisible():
            card.given.emit("I go on with what I began")
            settle()


def _going(place: Place) -> Way:
    return lambda window, _found: _page(window, place)


def _house_book(act: str, *values: Any) -> Way:
    return lambda window, _found: getattr(_page(window, Place("house_book")), act)(*values)


def _closing(window: Window, _found: Found) -> None:
    about = incidents.open_incidents(window.seat.desk)[0].record.id
    _page(window, Place("house_book", doing="close", about=about))


WAYS: dict[str, Way] = {
    "new person": _going(Place("residents", doing="new_person")),
    "new arrival": _going(Place("arrival")),
    "call for a place": _going(Place("calls", doing="new_call")),
    "turned away": _going(Place("calls", doing="turn_away")),
    "personal details": _doing("personal", "edit"),
    "identity document": _doing("personal", "new_document"),
    "contact": _doing("personal", "new_contact"),
    "relative": _doing("family", "new_relative"),
    "child with a record": _doing("family", "new_child"),
    "care of a child": _doing("family", "edit_care"),
    "next step": _doing("overview", "next_step"),
    "appointment": _calling("overview", "edit_appointment", None),
    "appointment in the calendar": _appointed("change"),
    "appointment not attended": _appointed("ask_why"),
    "strengths": _calling("overview", "edit_strengths"),
    "leaving": _doing("stay", "leave"),
    "another bed": _doing("stay", "move"),
    "stay": _stay,
    "new stay": lambda window, found: _section(window, found.gone, "stay", "new_stay"),
    "nights away": _in_stay("absence_card"),
    "nights away on the board": _on_board,
    "visitor": _in_stay("visit_card"),
    "belongings": _in_stay("belonging_card"),
    "follow-up": _in_stay("after_card"),
    "bed on hold": _hold,
    "asking for approval of a leaving": _ask_leaving,
    "giving a leaving back": _give_leaving_back,
    "safety": _doing("needs", "edit"),
    "kinds of exploitation": _happened("edit_kinds"),
    "circumstances": _happened("edit_circumstances"),
    "place and time": _happened("add_event"),
    "signs of forced labour": _happened("edit_signs"),
    "incident of violence": _happened("add_incident"),
    "person who caused harm": _happened("add_who_harmed"),
    "how a topic stands": _happened("say_how_it_stands", "signs"),
    "status": _happened("add_status"),
    "alert": _doing("needs", "new_alert"),
    "risk": _doing("needs", "new_risk"),
    "risk level that stands": _risk,
    "safety plan": _safety_plan,
    "new safety plan": _doing("needs", "new_safety_plan"),
    "date": _date,
    "new date": _doing("dates", "new_protection_order"),
    "extension of a date": _extension,
    "phase": _doing("needs", "new_phase"),
    "worker": _doing("needs", "new_worker"),
    "new referral": _doing("consents", "new_referral"),
    "referral": _referral,
    "new referral to somebody else": _doing("consents", "new_referral_out"),
    "referral to somebody else": _referral_out,
    "new consent": _doing("consents", "new_consent"),
    "consent": _consent,
    "new note of a record": _doing("notes", "new_note"),
    "new scan or photo": _doing("documents", "new_scan"),
    "scan or photo": _scan,
    "note of a record": _note,
    "goal": _goal,
    "new milestone": _doing("plan", "new_milestone"),
    "milestone": _edit_milestone,
    "milestone moved": _move_milestone,
    "next step of the plan": _doing("plan", "next_step"),
    "plan": _calling("plan", "edit_plan"),
    "new plan": _new_plan,
    "wellbeing": _doing("plan", "add_round"),
    "asking for approval": _ask,
    "giving back": _give_back,
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
    "check-in of a record": _of_a_resident("begin_check_in"),
    "stage of a record": _of_a_resident("begin_move"),
    "new partner": _going(Place("work", doing="new_partner")),
    "partner": _partner,
    "new task": _going(Place("services", list_id="tasks", doing="new_task")),
    "task": _task,
    "new need": _doing("needs", "new_need"),
    "need": _need,
    "new provider": _going(Place("services", list_id="providers", doing="new_provider")),
    "provider": _provider,
    "milestone of all plans": _plans_page,
    "asking for a reason": lambda window, found: _section(window, found.aysel, "needs").opens.ask_why(),
    "closing to a colleague": lambda window, found: _section(window, found.aysel, "needs").opens.close_to_somebody(),
    "request by an authority": lambda window, found: _section(window, found.aysel, "consents").requests.begin(),
    "request about anybody": _request,
    "line of the house book": _house_book("new_line", "know"),
    "medicine": _house_book("new_medicine"),
    "incident": _house_book("new_incident"),
    "what was done about an incident": _house_book("add_step", None),
    "closing an incident": _closing,
}


def form_on_screen(window: Window) -> RecordForm:
    """Return the form that can be seen."""
    shown = [one for one in window.findChildren(RecordForm) if one.isVisible()]
    assert shown, "no form is open"
    return shown[-1]


def type_into(form: RecordForm) -> str:
    """Type into the first field that takes words, else change a day or a choice; return which attribute it was."""
    fields = [field for field in form.fields if form.row(field.attribute).isVisibleTo(form)]
    for field in fields:
        line = _line(form.editor(field.attribute).widget)
        if line is not None and field.kind in (Kind.TEXT, Kind.LONG_TEXT):
            line.setFocus()
            QTest.keyClicks(line, WORDS)
            return field.attribute
    for field in fields:
        widget = form.editor(field.attribute).widget
        day = widget if isinstance(widget, DateField) else widget.findChild(DateField)
        if day is not None and day.value() is not None:
            day.line.setFocus()
            QTest.keyClick(day.line, "+")
            return field.attribute
    for field in fields:
        for button in form.editor(field.attribute).widget.findChildren(QAbstractButton):
            if button.isCheckable() and not button.isChecked() and button.isVisible():
                QTest.mouseClick(button, Qt.MouseButton.LeftButton)
                return field.attribute
    for field in fields:
        widget = form.editor(field.attribute).widget
        for box in [*([widget] if isinstance(widget, ChoiceField) else []), *widget.findChildren(ChoiceField)]:
            if box.isVisible():
                QTest.keyClick(box, Qt.Key.Key_Down)
                return field.attribute
    raise AssertionError("nothing to type into")


def _line(widget: QWidget) -> QLineEdit | QPlainTextEdit | None:
    if isinstance(widget, DateField):
        return None
    for kind in (QPlainTextEdit, QLineEdit):
        if isinstance(widget, kind):
            return widget
        inside = widget.findChild(kind)
        if inside is not None and inside.isVisible() and not isinstance(inside.parentWidget(), DateField):
            return inside
    return None
