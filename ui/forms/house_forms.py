"""Forms of what the house writes down about somebody who lives there: nights away, visitors, belongings, held beds.

The record and the bed board use the same ones.
"""

from __future__ import annotations

from uuid import UUID

from shelterdesk import absences, bed_holds, belongings, follow_ups, stays, visits
from shelterdesk.absences import Absence
from shelterdesk.appointments import Appointment
from shelterdesk.bed_holds import BedHold
from shelterdesk.belongings import Belonging
from shelterdesk.follow_ups import FollowUp
from shelterdesk.i18n import _
from shelterdesk.visits import Visit
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.seat import Seat


def absence_form(seat: Seat, person_id: UUID, absence: Absence | None = None) -> InlineForm:
    """Return the form of nights away, or that of *absence*."""
    desk = seat.desk
    if absence is None:
        names = ("since", "kind", "until", "words")
        form = RecordForm(seat, Absence, names, headings=False, elsewhere=("back_on",))
        form.person_id = person_id
        form.load_values({"since": desk.today()})

        def add(form: RecordForm) -> Absence:
            made = absences.add_absence(desk, person_id, **form.values())
            seat.say(_("The nights away are saved."), lambda: absences.archive_absence(desk, made.id))
            return made

        return InlineForm(seat, form, _("Save nights away"), add, title=_("Nights away"))
    form = RecordForm(seat, Absence, headings=False)
    form.load(absence, person_id)
    before = {field.attribute: field.read(absence) for field in form.fields}

    def correct(form: RecordForm) -> Absence:
        changed = absences.change_absence(desk, absence, **form.changed_values())
        seat.say(_("The nights away are changed."), lambda: absences.change_absence(desk, changed, **before))
        return changed

    return InlineForm(seat, form, _("Save nights away"), correct, title=_("Nights away"))


def visit_form(seat: Seat, person_id: UUID, visit: Visit | None = None) -> InlineForm:
    """Return the form of a visitor, or that of *visit*."""
    desk = seat.desk
    form = RecordForm(seat, Visit, headings=False)
    if visit is None:
        form.person_id = person_id
        form.load_values({"on": desk.today()})

        def add(form: RecordForm) -> Visit:
            made = visits.add_visit(desk, person_id, **form.values())
            seat.say(_("The visitor is saved."), lambda: visits.archive_visit(desk, made.id))
            return made

        return InlineForm(seat, form, _("Save visitor"), add, title=_("Visitor"))
    form.load(visit, person_id)
    before = {field.attribute: field.read(visit) for field in form.fields}

    def correct(form: RecordForm) -> Visit:
        changed = visits.change_visit(desk, visit, **form.changed_values())
        seat.say(_("The visitor is changed."), lambda: visits.change_visit(desk, changed, **before))
        return changed

    return InlineForm(seat, form, _("Save visitor"), correct, title=_("Visitor"))


def belonging_form(seat: Seat, person_id: UUID, belonging: Belonging | None = None) -> InlineForm:
    """Return the form of something taken in, or that of *belonging*."""
    desk = seat.desk
    if belonging is None:
        names = ("kind", "what", "pieces", "taken_on", "place", "words")
        back = ("taken_by", "back_on", "back_by", "back_to")
        form = RecordForm(seat, Belonging, names, headings=False, elsewhere=back)
        form.person_id = person_id
        form.load_values({"taken_on": desk.today()})

        def add(form: RecordForm) -> Belonging:
            made = belongings.take_in(desk, person_id, **form.values())
            seat.say(_("It is written down."), lambda: belongings.archive_belonging(desk, made.id))
            return made

        return InlineForm(seat, form, _("Take in"), add, title=_("Take in"))
    form = RecordForm(seat, Belonging, headings=False)
    form.load(belonging, person_id)
    before = {field.attribute: field.read(belonging) for field in form.fields}

    def correct(form: RecordForm) -> Belonging:
        changed = belongings.change_belonging(desk, belonging, **form.changed_values())
        seat.say(_("It is changed."), lambda: belongings.change_belonging(desk, changed, **before))
        return changed

    return InlineForm(seat, form, _("Save"), correct, title=_("What is kept"))


def hold_form(seat: Seat, bed_id: UUID) -> InlineForm:
    """Return the form that keeps a bed for somebody."""
    desk = seat.desk
    form = RecordForm(seat, BedHold, ("until", "for_whom"), headings=False, elsewhere=("bed_id", "since"))
    form.target_id = bed_id
    form.load_values({"until": desk.today()})

    def store(form: RecordForm) -> BedHold:
        made = stays.hold_bed(desk, bed_id, **form.values())
        seat.say(_("The bed is on hold."), lambda: bed_holds.end_hold(desk, made.id))
        return made

    return InlineForm(seat, form, _("Hold the bed"), store, title=_("Hold the bed"))


def follow_up_form(
    seat: Seat, person_id: UUID, appointment: Appointment | None = None, follow_up: FollowUp | None = None
) -> InlineForm:
    """Return the form of what was found after somebody left; *appointment* is the day it was to be asked."""
    desk = seat.desk
    form = RecordForm(seat, FollowUp, headings=False)
    if follow_up is None:
        form.person_id = person_id
        form.load_values({"on": desk.today()})

        def add(form: RecordForm) -> FollowUp:
            made = follow_ups.record_follow_up(desk, person_id, appointment=appointment, **form.values())
            seat.say(_("The follow-up is saved."), lambda: follow_ups.take_back_follow_up(desk, made))
            return made

        return InlineForm(seat, form, _("Save follow-up"), add, title=_("How she is"))
    form.load(follow_up, person_id)
    before = {field.attribute: field.read(follow_up) for field in form.fields}

    def correct(form: RecordForm) -> FollowUp:
        changed = follow_ups.change_follow_up(desk, follow_up, **form.changed_values())
        seat.say(_("The follow-up is changed."), lambda: follow_ups.change_follow_up(desk, changed, **before))
        return changed

    return InlineForm(seat, form, _("Save follow-up"), correct, title=_("How she is"))
