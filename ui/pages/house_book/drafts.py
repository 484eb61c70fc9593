"""Which form goes on with a draft of the house book."""

from __future__ import annotations

from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.house_book import handovers, incidents, medicine
from shelterdesk.house_book.shifts import Shift
from ui.forms.house_book_forms import (
    CLOSING_FIELDS,
    People,
    closing_form,
    incident_form,
    line_form,
    medicine_form,
    step_form,
)
from ui.forms.inline_form import InlineForm
from ui.seat import Seat


def form_for(seat: Seat, draft: Draft, shift: Shift, people: People) -> InlineForm | None:
    """Return the form *draft* was typed in: of what stands already, or of something new."""
    desk = seat.desk
    try:
        match draft.record:
            case "shift_line":
                return line_form(seat, shift, people, handovers.line_if_there(desk, draft.target_id))
            case "medicine":
                return medicine_form(seat, people, medicine.medicine_if_there(desk, draft.target_id))
            case "incident_step":
                return step_form(seat, incidents.open_incidents(desk), None)
            case "house_incident":
                known = incidents.incident_if_there(desk, draft.target_id)
                if known is not None and set(draft.values) <= set(CLOSING_FIELDS):
                    return closing_form(seat, known.record, known.title())
                return incident_form(seat, people, known.record if known else None)
            case _:
                return None
    except ShelterDeskError as error:
        seat.complain(error)
        return None
