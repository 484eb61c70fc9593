"""The forms of the house book: a line, a medicine, an incident, what was done about it, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk.fields import Field
from shelterdesk.house_book import handovers, incidents, medicine
from shelterdesk.house_book.handovers import ShiftLine
from shelterdesk.house_book.incidents import HouseIncident, Incident, IncidentStep
from shelterdesk.house_book.medicine import Medicine
from shelterdesk.house_book.shifts import Shift
from shelterdesk.i18n import _
from shelterdesk.schema.base import Record
from ui.forms.chosen import ChosenEditor
from ui.forms.editors import Editor
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.seat import Seat

People = Sequence[tuple[UUID, str]]
"""Who lives here, for a choice of whom something is about."""
_WIDTH: Final = 280
LINE_FIELDS: Final = ("kind", "words", "topic", "at", "before", "person_id", "until")
_LINE_BY_PROGRAM: Final = ("on", "shift", "done_on", "done_at", "done_by")
MEDICINE_FIELDS: Final = ("person_id", "at", "what", "rhythm", "since", "until", "said_by")
INCIDENT_FIELDS: Final = ("kind", "title", "happened_on", "happened_at", "person_id", "words")
CLOSING_FIELDS: Final = ("ending", "closed_on", "closed_at")
_CLOSED_BY_PROGRAM: Final = ("closed_by",)
STEP_FIELDS: Final = ("incident_id", "told", "whom", "words", "on", "at")


class HouseForm(RecordForm):
    """A form whose «about whom» offers who lives here, and whose «which incident» offers the open ones."""

    def __init__(
        self,
        seat: Seat,
        kind: type[Record],
        fields: Sequence[str],
        *,
        elsewhere: Sequence[str] = (),
        people: People = (),
        incidents: Sequence[Incident] = (),
    ) -> None:
        self._people, self._incidents = people, incidents
        super().__init__(seat, kind, fields, elsewhere=elsewhere, headings=False)

    def first_stop(self) -> QWidget:
        # What a line is and which incident is meant is chosen by the button that was pressed; the words never are.
        chosen = [name for name in ("kind", "incident_id") if self.has(name) and self.editor(name).value() is not None]
        return self.row("words").editor if chosen and self.has("words") else super().first_stop()

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "person_id":
            people = [(one, self.seat.masked(name)) for one, name in self._people]
            return ChosenEditor(field, people, "" if field.required else _("Nobody in particular"), width=_WIDTH)
        if field.attribute == "incident_id":
            named = [(one.record.id, self.seat.masked(one.title())) for one in self._incidents]
            return ChosenEditor(field, named, width=_WIDTH + 120)
        if field.attribute in ("kind", "topic", "told") and field.choices is not None:
            choices = [(one.code, field.choices.label(one.code)) for one in field.choices]
            return ChosenEditor(field, choices, None if field.required else "", width=_WIDTH)
        return super().make_editor(field)


def line_form(
    seat: Seat, shift: Shift, people: People, line: ShiftLine | None = None, kind: str = handovers.KNOW
) -> InlineForm:
    """Return the form of a line for *shift*, a new one of *kind* or one to correct."""
    form = HouseForm(seat, ShiftLine, LINE_FIELDS, elsewhere=_LINE_BY_PROGRAM, people=people)
    if line is None:
        form.load_values({"kind": kind})
    else:
        form.load(line)

    def store(form: RecordForm) -> ShiftLine:
        if line is None:
            return handovers.add_line(seat.desk, shift, record_id=form.target_id, **form.values())
        return handovers.change_line(seat.desk, line, **form.changed_values())

    title = _("For {shift}").format(shift=shift.label())
    return InlineForm(seat, form, _("Save line"), store, title=title)


def medicine_form(seat: Seat, people: People, one: Medicine | None = None) -> InlineForm:
    """Return the form of a medicine, a new one or one to correct."""
    form = HouseForm(seat, Medicine, MEDICINE_FIELDS, people=people)
    if one is None:
        form.load_values({"rhythm": "every_day", "since": seat.desk.today()})
    else:
        form.load(one)

    def store(form: RecordForm) -> Medicine:
        if one is None:
            values = form.values()
            whom: UUID | None = values.pop("person_id", None)
            return medicine.add_medicine(seat.desk, whom, record_id=form.target_id, **values)
        return medicine.change_medicine(seat.desk, one, **form.changed_values())

    return InlineForm(seat, form, _("Save medicine"), store, title=_("Medicine"))


def incident_form(seat: Seat, people: People, one: HouseIncident | None = None) -> InlineForm:
    """Return the form of an incident, a new one or one to correct."""
    elsewhere = (*CLOSING_FIELDS, *_CLOSED_BY_PROGRAM)
    form = HouseForm(seat, HouseIncident, INCIDENT_FIELDS, elsewhere=elsewhere, people=people)
    if one is None:
        desk = seat.desk
        form.load_values({"happened_on": desk.today(), "happened_at": handovers.time_of(desk)})
    else:
        form.load(one)

    def store(form: RecordForm) -> HouseIncident:
        if one is None:
            return incidents.record_incident(seat.desk, record_id=form.target_id, **form.values())
        return incidents.change_incident(seat.desk, one, **form.changed_values())

    return InlineForm(seat, form, _("Save incident"), store, title=_("Incident"))


def step_form(seat: Seat, found: Sequence[Incident], about: UUID | None) -> InlineForm:
    """Return the form of what was done about one of the incidents *found*."""
    form = HouseForm(seat, IncidentStep, STEP_FIELDS, incidents=found)
    desk = seat.desk
    form.load_values({"incident_id": about, "on": desk.today(), "at": handovers.time_of(desk)})

    def store(form: RecordForm) -> IncidentStep:
        values: dict[str, Any] = form.values()
        which = values.pop("incident_id")
        one = next((one.record for one in found if one.record.id == which), None)
        return incidents.add_step(desk, one, record_id=form.target_id, **values)

    return InlineForm(seat, form, _("Save what was done"), store, title=_("What was done"))


def closing_form(seat: Seat, one: HouseIncident, title: str) -> InlineForm:
    """Return the form with which an incident is closed."""
    elsewhere = (*INCIDENT_FIELDS, *_CLOSED_BY_PROGRAM)
    form = HouseForm(seat, HouseIncident, CLOSING_FIELDS, elsewhere=elsewhere)
    form.load(one)
    if one.is_open:
        desk = seat.desk
        form.load_values({"closed_on": desk.today(), "closed_at": handovers.time_of(desk)})

    def store(form: RecordForm) -> HouseIncident:
        return incidents.close_incident(seat.desk, one, **form.values())

    words = _("Close: {title}").format(title=seat.masked(title))
    return InlineForm(seat, form, _("Close incident"), store, title=words)
