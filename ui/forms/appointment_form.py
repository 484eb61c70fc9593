"""Forms of an appointment: the whole of it in a record, what holds for a group, and why it was not attended."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from shelterdesk import appointments
from shelterdesk.access import Right
from shelterdesk.appointments import PLANNED, Appointment
from shelterdesk.i18n import _
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.seat import Seat

IN_ORDER: Final = (
    "kind", "on", "at", "minutes", "member_id", "service_kind", "room", "place", "words", "interpreter", "transport",
)  # fmt: skip
WHY: Final = ("cancelled_by", "cancel_why")
_STATE: Final = ("state", *WHY)
_OF_RECORDS: Final = ("kind", "service_kind", "words")
"""What an appointment is about is changed by who opens records; the others see its neutral kind."""


def appointment_form(seat: Seat, person_id: UUID, standing: Appointment | None = None) -> InlineForm:
    """Return the form of a new appointment of somebody, or of one that stands."""
    desk = seat.desk
    form = RecordForm(seat, Appointment, (*IN_ORDER, *_STATE), headings=False, elsewhere=())
    form.person_id = person_id
    if standing is None:
        form.load_values({"on": desk.today(), "member_id": desk.me.id, "state": PLANNED})
    else:
        form.load(standing, person_id)

    def store(form: RecordForm) -> None:
        if standing is None:
            appointments.add_appointment(desk, person_id, **form.values())
        else:
            appointments.change_appointment(desk, standing, **form.changed_values())

    title = _("New appointment") if standing is None else _("Appointment")
    return InlineForm(seat, form, _("Save appointment"), store, title=title)


def change_form(seat: Seat) -> RecordForm:
    """Return the form of what holds for everybody of a group; how it stands is said elsewhere."""
    hidden = () if seat.desk.may(Right.SEE_RECORDS) else _OF_RECORDS
    asked = tuple(name for name in IN_ORDER if name not in hidden)
    return RecordForm(seat, Appointment, asked, headings=False, elsewhere=(*_STATE, *hidden))


def why_form(seat: Seat) -> RecordForm:
    """Return the form that asks who cancelled and why."""
    return RecordForm(seat, Appointment, WHY, headings=False)
