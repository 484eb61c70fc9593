"""The next step on the overview: said in one line, changed and marked done where it stands."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from shelterdesk import formats, plans
from shelterdesk.access import Right
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.plans import NextStep
from shelterdesk.schema.base import declared, text_of
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.text import ElidedWords, IconLabel, Words

FIELDS = ("words", "kind", "on", "at", "with_words", "member_id", "paper_words")


class NextStepCard(Card):
    """``change_wanted`` asks for the editor."""

    change_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setAccessibleName(_("Next step"))
        self.step: NextStep | None = None
        self._may = seat.desk.may(Right.CASE_WORK)
        self.icon = IconLabel("flag", 20, "accent")
        self.words = ElidedWords("", strong=True, sensitive=True)
        self.words.setObjectName("next-step-words")
        self.with_words = ElidedWords("", tone="muted", sensitive=True)
        self.change = LinkButton(_("Change"))
        self.done = Button(_("Mark done"), "check")
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Words(_("Next step"), "small", "muted"))
        column.addWidget(self.words)
        column.addWidget(self.with_words)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.icon)
        row.addLayout(column, 1)
        row.addWidget(self.change)
        row.addWidget(self.done)
        self.add_layout(row, above=13)
        self.add_space(12)
        self.change.clicked.connect(self.change_wanted)
        self.done.clicked.connect(self.mark_done)

    def show_person(self, person_id: UUID) -> None:
        """Show the next step of a person, or that there is none."""
        self.step = step = plans.next_step_of(self.seat.desk, person_id)
        self.change.setVisible(self._may)
        self.done.setVisible(self._may and step is not None)
        self.icon.set_icon("flag", "accent" if step is not None else "attention")
        if step is None:
            self.words.set_tone("attention")
            self.words.setText(_("No next step yet"))
            self.with_words.setText(_("One small thing that comes next, agreed with her."))
            self.change.set_words(_("Add"))
            self.change.setAccessibleName(_("Add a next step"))
            return
        self.words.set_tone("")
        self.words.setText(self.seat.masked(spelled(step)))
        with_words = text_of(step, "with_words")
        self.with_words.setText(self.seat.masked(with_words))
        self.with_words.setVisible(bool(self.with_words.text()))
        self.change.set_words(_("Change"))
        self.change.setAccessibleName(_("Change the next step"))

    def mark_done(self) -> None:
        """Mark the step done today; the banner undoes it."""
        step, desk, seat = self.step, self.seat.desk, self.seat
        if step is None:
            return
        try:
            done = plans.change_next_step(desk, step, done_on=desk.today())
        except ShelterDeskError as error:
            seat.complain(error)
            return
        seat.say(_("Marked done"), lambda: plans.change_next_step(desk, done, done_on=None))

    def form(self, person_id: UUID) -> RecordForm:
        """Return a form for the step at hand, or for a new one."""
        form = RecordForm(self.seat, NextStep, FIELDS)
        if self.step is not None:
            form.load(self.step, person_id)
        form.person_id = person_id
        return form

    def store(self, person_id: UUID, form: RecordForm) -> None:
        """Save what the form holds. Raises Problems."""
        if self.step is not None and form.target_id == self.step.id:
            plans.change_next_step(self.seat.desk, self.step, **form.changed_values())
        else:
            plans.set_next_step(self.seat.desk, person_id, **form.values())


def spelled(step: NextStep) -> str:
    """Return the step with its day and hour, as far as the reader's keys go."""
    words = text_of(step, "words")
    kind = declared(NextStep, "kind")
    parts = [words or kind.show(step.kind) or _("Next step")]
    if step.on is not None:
        parts.append(formats.day(step.on, style="weekday_day_month"))
    if step.at is not None:
        parts.append(f"{step.at:%H:%M}")
    return ", ".join(parts)
