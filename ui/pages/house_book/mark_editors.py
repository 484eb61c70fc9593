"""Small editors above the cards: when somebody is back, and what became of a dose."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from shelterdesk import formats
from shelterdesk.house_book.medicine import Dose, Due, Medicine
from shelterdesk.house_book.roll_calls import IN_HOUSE, Mark, RollMark
from shelterdesk.i18n import _
from shelterdesk.schema.base import declared
from shelterdesk.vocab.house_book import DOSE_OUTCOMES, WHEREABOUTS
from ui import theme
from ui.forms.editors import Editor, Unreadable, editor_for
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.inline_editor import InlineEditor
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words


class _Small(InlineEditor):
    """A title, a few fields and one line for what is to be changed."""

    def __init__(self, seat: Seat, title: str, save: str) -> None:
        super().__init__(save, indent=16)
        self.setAccessibleName(title)
        self.seat = seat
        self.heading = Words(title, "group", parent=self)
        self.problem = Words("", tone="error", wrap=True, parent=self)
        self.problem.hide()
        column: Any = self.layout()
        column.insertWidget(0, self.heading)
        column.addWidget(self.problem)
        self._first: QWidget | None = None

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        if self._first is not None:
            self._first.setFocus()

    def say(self, words: str) -> None:
        """Say what is to be changed."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _read(self, label: str, editor: Editor) -> Any:
        """Return what stands in a field. Raises ValueError after saying which cannot be read."""
        try:
            return editor.value()
        except Unreadable as error:
            self.say(f"{label}: {_(error.message)}")
            editor.widget.setFocus()
            raise


class MarkEditor(_Small):
    """Where somebody is and when she is back."""

    def __init__(self, seat: Seat, name: str, mark: Mark) -> None:
        super().__init__(seat, _("Where is {name}?").format(name=name), _("Take over"))
        self.setObjectName("mark_editor")
        self.state = Segmented(_("Where she is"), [(one.code, _(one.label)) for one in WHEREABOUTS], mark.state)
        self.back_at = editor_for(declared(RollMark, "back_at"), seat)
        self.back_on = editor_for(declared(RollMark, "back_on"), seat)
        self.words = QLineEdit(mark.words or "")
        self.words.setMinimumWidth(theme.px(240))
        self.back_on.set_value(mark.back_on or (seat.desk.today() if mark.state != IN_HOUSE else None))
        self.back_at.set_value(mark.back_at)
        self.add_field(_("Where she is"), self.state, whole=True)
        self.add_field(_("Back at"), self.back_at.widget)
        self.add_field(_("on"), self.back_on.widget, beside=True)
        self.add_field(_("In words"), self.words, whole=True)
        self.end()
        self._first = self.state

    def mark(self) -> Mark | None:
        """Return the mark, or None after saying what cannot be read."""
        try:
            at, on = self._read(_("Back at"), self.back_at), self._read(_("on"), self.back_on)
        except Unreadable:
            return None
        state = self.state.value() or IN_HOUSE
        if state == IN_HOUSE:
            return Mark(words=self.words.text().strip() or None)
        return Mark(state, on or (self.seat.desk.today() if at else None), at, self.words.text().strip() or None)


class DoseEditor(_Small):
    """What became of a dose. ``back_wanted`` takes back what was recorded, ``medicine_wanted`` opens the medicine."""

    back_wanted = Signal()
    medicine_wanted = Signal()

    def __init__(self, seat: Seat, due: Due) -> None:
        at = due.medicine.at.strftime("%H:%M")
        title = _("{name}, {time}").format(name=seat.masked(due.person), time=at)
        super().__init__(seat, title, _("Record"))
        self.setObjectName("dose_editor")
        what = Medicine.what.field.read(due.medicine)
        self.what = Words(seat.masked(what) if isinstance(what, str) else "", tone="muted", wrap=True)
        column: Any = self.layout()
        column.insertWidget(1, self.what)
        self._due = due
        if due.dose is None:
            self._ask()
        else:
            self._tell(due.dose)
        change = LinkButton(_("Change the medicine"), slim=True, parent=self)
        change.setObjectName("change_medicine")
        change.clicked.connect(self.medicine_wanted)
        self._buttons.insertWidget(self._buttons.count() - 2, change)
        self.end()

    def _ask(self) -> None:
        self.outcome = Segmented(_("What happened"), [(one.code, _(one.label)) for one in DOSE_OUTCOMES], "given")
        self.given_at = editor_for(declared(Dose, "given_at"), self.seat)
        now = self.seat.desk.now().astimezone(self.seat.desk.zone)
        self.given_at.set_value(now.time().replace(second=0, microsecond=0, tzinfo=None))
        self.words = QLineEdit()
        self.add_field(_("What happened"), self.outcome, whole=True)
        self.add_field(_("At"), self.given_at.widget)
        self.add_field(_("In words"), self.words, whole=True)
        self._first = self.outcome

    def _tell(self, dose: Dose) -> None:
        who = self.seat.names("member").get(dose.given_by, "") if dose.given_by else ""
        at = dose.given_at.strftime("%H:%M") if dose.given_at else ""
        day = formats.day(dose.given_on, style="day_month") if dose.given_on else ""
        said = Dose.words.field.read(dose)
        words = " · ".join(part for part in (DOSE_OUTCOMES.label(dose.outcome), f"{day} {at}".strip(), who) if part)
        self.add_field(_("What happened"), Words(words), whole=True)
        if isinstance(said, str):
            self.add_field(_("In words"), Words(self.seat.masked(said), wrap=True), whole=True)
        self.save.set_words(_("Take it back"))
        self._first = self.cancel
        self.save.clicked.disconnect(self.save_pressed)
        self.save.clicked.connect(self.back_wanted)

    def values(self) -> dict[str, Any] | None:
        """Return what is to be recorded, or None after saying what cannot be read."""
        try:
            at = self._read(_("At"), self.given_at)
        except Unreadable:
            return None
        return {"outcome": self.outcome.value() or "given", "given_at": at, "words": self.words.text()}
