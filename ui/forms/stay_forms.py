"""The forms of a stay: arriving, leaving, correcting, moving to another bed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from shelterdesk import rooms, stays
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_, _
from shelterdesk.stays import BedSince, Stay
from ui.forms.bed_editor import BedEditor
from ui.forms.editors import Unreadable, editor_for
from ui.forms.inline_form import InlineForm
from ui.forms.record_form import RecordForm
from ui.seat import Seat

ARRIVAL: Final = ("site_id", "arrived_on", "came_from", "project_id", "expected_until", "house_words")
LEAVING: Final = (
    "left_on", "leaving_reason", "destination", "harm_lives_there", "may_call", "call_how", "closing", "words"
)  # fmt: skip
_PLACED: Final = ARRIVAL + LEAVING


def arrival_form(seat: Seat, person_id: UUID) -> InlineForm:
    """Return the form of a new stay with its bed."""
    desk = seat.desk
    bed = desk.field(BedSince, "bed_id")
    form = RecordForm(seat, Stay, _used(seat, ARRIVAL), headings=False, extra=(bed,), elsewhere=_PLACED)
    form.person_id = person_id
    sites = rooms.sites_of(desk)
    form.load_values({"arrived_on": desk.today(), "site_id": sites[0].id if sites else None})
    beds = BedEditor(seat, desk.today())
    form.add_editor(bed, beds)

    def follow_day() -> None:
        with suppress(Unreadable):
            day = form.editor("arrived_on").value()
            if day is not None:
                beds.show_day(day)

    form.editor("arrived_on").on_change(follow_day)

    def store(form: RecordForm) -> None:
        values = form.values()
        stay = stays.add_stay(desk, person_id, bed_id=values.pop("bed_id", None), **values)
        seat.say(_("The arrival is saved."), lambda: stays.archive_stay(desk, stay.id))

    return InlineForm(seat, form, _("Save arrival"), store, title=_("New arrival"))


def correct_form(seat: Seat, stay: Stay) -> InlineForm:
    """Return the form that corrects a stay; of a past one also the leaving."""
    desk = seat.desk
    names = ARRIVAL + (LEAVING if stay.left_on is not None else ())
    form = RecordForm(seat, Stay, _used(seat, names), elsewhere=_PLACED)
    form.load(stay, stay.person_id)

    def store(form: RecordForm) -> None:
        changed = form.changed_values()
        before = _values(desk, stay, changed)
        now = stays.change_stay(desk, stay, **changed)
        seat.say(_("The stay is changed."), lambda: stays.change_stay(desk, now, **before))

    return InlineForm(seat, form, _("Save stay"), store, title=_("Change the stay"))


def move_form(seat: Seat, stay: Stay) -> InlineForm:
    """Return the form that gives another bed."""
    desk = seat.desk
    since, bed = desk.field(BedSince, "since"), desk.field(BedSince, "bed_id")
    form = RecordForm(seat, BedSince, (), headings=False)
    form.person_id = stay.person_id
    form.add_editor(since, editor_for(since, seat))
    beds = BedEditor(seat, desk.today(), nothing=_("Choose one of the free beds"))
    form.add_editor(bed, beds)
    form.load_values({"since": desk.today()})

    def store(form: RecordForm) -> None:
        values: dict[str, Any] = form.values()
        if values["bed_id"] is None:
            raise Problems([Problem(bed.id, N_("Choose a bed"))])
        moved = stays.move_bed(desk, stay, values["bed_id"], values["since"])
        seat.say(_("The move is saved."), lambda: stays.take_back_move(desk, moved.id))

    return InlineForm(seat, form, _("Save move"), store, title=_("Move to another bed"))


def _values(desk: Desk, stay: Stay, names: Iterable[str]) -> dict[str, Any]:
    """Return what a stay holds, for undoing; what the reader cannot open is left as it is."""
    fields = {field.attribute: field for field in desk.fields(Stay)}
    return {name: fields[name].read(stay) for name in names if name in fields}


def _used(seat: Seat, names: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what there is nothing to choose from: the only site, projects that were never set up."""
    desk = seat.desk
    empty: set[str] = set()
    if len(rooms.sites_of(desk)) < 2:
        empty.add("site_id")
    if not rooms.projects_of(desk):
        empty.add("project_id")
    return tuple(name for name in names if name not in empty)
