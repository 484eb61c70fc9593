"""Forms below a row of placements: moving one to another stage, recording a check-in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal

from shelterdesk import formats, placements, vocab
from shelterdesk.drafts import Draft
from shelterdesk.fields import Field
from shelterdesk.i18n import N_, _
from shelterdesk.notes import Note
from shelterdesk.placements import Placement, StageSince
from shelterdesk.work import ENDED
from ui.forms.chosen import ChosenEditor, StaffEditor
from ui.forms.editors import Editor, LineEditor, SegmentEditor, editor_for
from ui.forms.inline_form import InlineForm
from ui.forms.paired_rows import PairedRows
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.widgets.form_row import FormRows

CHECK_IN_ROWS: Final = ("held_on", "words", "check_in_on", "check_in_words")


class RowForm(InlineForm):
    """A form below a row of a table. ``wanted_again`` fires when a form that was cancelled is to be shown again."""

    wanted_again = Signal()

    def again(self, draft: Draft) -> None:
        self.form.load_draft(draft)
        self.wanted_again.emit()
        self.begin()

    def begin(self) -> None:
        # The row names the field it was made with; a choice passes the keyboard on to what is chosen now.
        self.form.rows.rows()[0].field.setFocus()


class StageForm(RecordForm):
    """To which stage, since when, and why it ended."""

    def __init__(self, seat: Seat, placement: Placement, stage: str) -> None:
        super().__init__(seat, StageSince, ("stage", "since", "end_reason"), extra=stage_fields(seat))
        self.person_id = placement.person_id
        # A draft says by its target which placement moves; the id of the move itself is of no use to anybody.
        self.target_id = placement.id
        for attribute, label in (("stage", N_("Stage")), ("since", N_("Since"))):
            self.row(attribute).label.setText(_(label))
        self.load_values({"stage": next_stage(stage), "since": seat.desk.today(), "end_reason": placement.end_reason})
        self.edited.connect(self._show_reason)
        self._show_reason()

    def load_draft(self, draft: Draft) -> None:
        super().load_draft(draft)
        self._show_reason()

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "stage":
            return SegmentEditor(field, [(code.code, _(code.label)) for code in vocab.PLACEMENT_STAGES])
        return editor_for(field, self.seat)

    def _show_reason(self) -> None:
        ends = self.editor("stage").value() == ENDED
        if self.has("end_reason"):
            self.row("end_reason").setVisible(ends)


class CheckInForm(RecordForm):
    """How it went, and when somebody looks in next."""

    def __init__(self, seat: Seat, placement: Placement) -> None:
        super().__init__(seat, Placement, CHECK_IN_ROWS, headings=False, extra=check_in_fields(seat))
        self.load(placement, placement.person_id)
        # What stands there is the check-in that is over; the words of the next one are new.
        self.load_values({"held_on": seat.desk.today(), "check_in_on": None, "check_in_words": None})
        for attribute, label in (("held_on", N_("Held on")), ("check_in_words", N_("What for"))):
            if self.has(attribute):
                self.row(attribute).label.setText(_(label))

    def make_rows(self) -> FormRows:
        return PairedRows(("placement.check_in_words",), self)

    def make_editor(self, field: Field) -> Editor:
        made = editor_for(field, self.seat)
        if field.attribute == "check_in_words" and isinstance(made, LineEditor):
            made.line.setMinimumWidth(120)
            made.line.setMaximumWidth(16777215)
            made.fills = True
        return made


def check_in_fields(seat: Seat) -> tuple[Field, ...]:
    """Return the rows of a check-in that go into a note and not into the placement."""
    held = seat.desk.field(Note, "written_on").with_changes(attribute="held_on", label=N_("Held on"))
    words = seat.desk.field(Note, "work_text").with_changes(
        attribute="words",
        label=N_("How it went"),
        lines=(N_("Is she paid in full and on time? Who keeps her papers? What does she say about it?"),),
    )
    return held, words


def stage_fields(seat: Seat) -> tuple[Field, ...]:
    """Return the rows of a move that go into the placement itself."""
    return (seat.desk.field(Placement, "end_reason"),)


def placement_editor(field: Field, seat: Seat) -> Editor:
    """Return the editor of a field of a placement: people with their role, nobody where nobody is chosen."""
    match field.attribute:
        case "member_id":
            return StaffEditor(field, seat, _("Nobody yet"), 320)
        case "partner_id":
            names = sorted(seat.names("partner").items(), key=lambda one: one[1].casefold())
            return ChosenEditor(field, [(key, seat.masked(name)) for key, name in names], _("None yet"), 320)
        case "sector":
            assert field.choices is not None
            sectors = [(code.code, _(code.label)) for code in field.choices]
            return ChosenEditor(field, sectors, _("Not recorded yet"), 320)
        case "project_id":
            names = sorted(seat.names("project").items(), key=lambda one: one[1].casefold())
            return ChosenEditor(field, names, _("None"), 320)
        case _:
            return editor_for(field, seat)


def next_stage(stage: str) -> str:
    """Return the stage that most likely follows."""
    order = [code.code for code in vocab.PLACEMENT_STAGES]
    return order[min(order.index(stage) + 1, len(order) - 1)]


def stage_editor(seat: Seat, placement: Placement, stage: str, what: str) -> RowForm:
    """Return the form that moves *placement* to another stage; the banner undoes it."""

    def store(form: RecordForm) -> None:
        values = form.values()
        reason = values.get("end_reason") if values.get("stage") == ENDED else None
        move = placements.move_placement(seat.desk, placement, values.get("stage"), values.get("since"), reason)
        label = vocab.PLACEMENT_STAGES.label(values["stage"])
        words = _("Moved to «{stage}», {day}").format(stage=label, day=formats.day(values["since"], style="short"))
        seat.say(words, undo=lambda: placements.take_back_move(seat.desk, move))

    title = _("Move «{work}» to another stage").format(work=what) if what else _("Move to another stage")
    return RowForm(seat, StageForm(seat, placement, stage), _("Move"), store, title=title)


def check_in_editor(seat: Seat, placement: Placement, title: str) -> RowForm:
    """Return the form that records a check-in of *placement*; the banner undoes it."""

    def store(form: RecordForm) -> None:
        values = form.values()
        done = placements.record_check_in(
            seat.desk,
            placement,
            held_on=values.get("held_on"),
            words=values.get("words"),
            check_in_on=values.get("check_in_on"),
            check_in_words=values.get("check_in_words"),
        )
        on = done.placement.check_in_on
        words = _("Check-in saved")
        if on is not None:
            words = _("Check-in saved, the next one is on {day}").format(day=formats.day(on, style="weekday_day_month"))
        seat.say(words, undo=lambda: placements.take_back_check_in(seat.desk, done))

    return RowForm(seat, CheckInForm(seat, placement), _("Save check-in"), store, title=title)


def is_check_in(draft: Draft) -> bool:
    """Tell whether a draft of a placement was typed as a check-in."""
    return bool(draft.values) and set(draft.values) <= set(CHECK_IN_ROWS)
