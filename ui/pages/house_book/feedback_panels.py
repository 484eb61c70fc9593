"""Writing a complaint or an idea, and reading those that were written to oneself. Neither keeps a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import formats
from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.house_book import feedback
from shelterdesk.house_book.feedback import COLLEAGUE, Feedback
from shelterdesk.i18n import _
from shelterdesk.members import colleagues
from shelterdesk.vocab.house_book import FEEDBACK_ABOUT, FEEDBACK_KINDS
from ui import theme
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton, PrimaryButton
from ui.widgets.check_box import CheckBox
from ui.widgets.chip import Chip
from ui.widgets.choice_field import ChoiceField
from ui.widgets.facts import Fact, Facts
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.segmented import Segmented
from ui.widgets.text import IconLabel, Words
from ui.widgets.text_area import TextArea

_WIDE: Final = 280


class FeedbackPanel(QFrame):
    """A letter to those who may read it. ``finished`` fires after it was sealed (True) or thrown away (False)."""

    finished = Signal(bool)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.setObjectName("feedback_form")
        self.setAccessibleName(_("Complaint or idea"))
        theme.mark(self, surface="editor")
        self.seat = seat
        self._boxes: dict[UUID, CheckBox] = {}
        self.kind = Segmented(_("What it is"), [(one.code, _(one.label)) for one in FEEDBACK_KINDS], "complaint")
        self.about = ChoiceField(_("About what"), [(one.code, _(one.label)) for one in FEEDBACK_ABOUT])
        self.member = ChoiceField(_("About whom"), [(one.id, one.with_role()) for one in colleagues(seat.desk)])
        self.words = TextArea(_("What she says"), _("In her own words, as far as possible."), lines=4)
        self.wants = TextArea(_("What she wishes"), lines=2)
        self.name = QLineEdit()
        for box in (self.about, self.member):
            box.setFixedWidth(theme.px(_WIDE))
        self.name.setFixedWidth(theme.px(_WIDE))
        self.rows = FormRows(self)
        self.by_field = {
            "feedback.kind": self._row(_("What it is"), self.kind, fill=False),
            "feedback.about": self._row(_("About what"), self.about, fill=False),
            "feedback.about_member": self._row(_("About whom"), self.member, fill=False),
            "feedback.words": self._row(_("What she says"), self.words),
            "feedback.wants": self._row(_("What she wishes"), self.wants),
            "feedback.name": self._row(_("Name, or empty"), self.name, fill=False),
            "feedback.readers": self._row(_("Who may read it"), self._make_readers()),
        }
        self.by_field["feedback.name"].set_help(_("May be left empty: then nobody learns who said it."))
        self._lay_out()
        self.about.chosen.connect(lambda _value: self._follow())
        self.member.chosen.connect(lambda _value: self._follow())
        self._follow()

    def _row(self, label: str, field: QWidget, *, fill: bool = True) -> FormRow:
        return self.rows.add_row(FormRow(label, field, fill=fill))

    def _make_readers(self) -> QWidget:
        holder = QWidget()
        self._readers = QVBoxLayout(holder)
        self._readers.setContentsMargins(0, 4, 0, 0)
        self._readers.setSpacing(4)
        return holder

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(Words(_("Complaint or idea"), "group"))
        promise = QHBoxLayout()
        promise.setSpacing(8)
        promise.addWidget(IconLabel("lock", 16, "muted"))
        limits = _(
            "It is sealed to the people ticked below and to nobody else, whatever keys others hold. It stands in no "
            "log and is no draft: until it is sealed, leaving this page throws it away."
        )
        promise.addWidget(Words(limits, tone="muted", wrap=True), 1)
        column.addLayout(promise)
        column.addWidget(self.rows)
        self.problem = Words("", tone="error", wrap=True)
        self.problem.hide()
        column.addWidget(self.problem)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.save = PrimaryButton(_("Seal it"))
        self.save.setObjectName("seal_feedback")
        self.cancel = LinkButton(_("Cancel"))
        self.save.clicked.connect(self.seal)
        self.cancel.clicked.connect(lambda: self.finished.emit(False))
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column.addLayout(buttons)

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        self.kind.setFocus()

    def is_dirty(self) -> bool:
        """Tell whether words stand here that would be lost."""
        return bool(self.words.text().strip() or self.wants.text().strip())

    def seal(self) -> bool:
        """Seal the letter, or show what is to be changed."""
        for row in self.by_field.values():
            row.set_problem("")
        self.problem.hide()
        try:
            feedback.write_feedback(
                self.seat.desk,
                kind=self.kind.value(),
                about=self.about.value(),
                about_member=self.member.value() if self._is_about_colleague() else None,
                words=self.words.text(),
                wants=self.wants.text(),
                name=self.name.text(),
                readers=[one for one, box in self._boxes.items() if box.isChecked()],
            )
        except Problems as problems:
            rows = [(self.by_field[one.field], one.text()) for one in problems.problems]
            for row, words in rows:
                row.set_problem(words)
            rows[0][0].editor.setFocus()
            return False
        except ShelterDeskError as error:
            self.problem.setText(error.text())
            self.problem.show()
            return False
        self.finished.emit(True)
        return True

    def _is_about_colleague(self) -> bool:
        return self.about.value() == COLLEAGUE

    def _follow(self) -> None:
        """Ask whom it is about where it is about a colleague, and offer everybody else as readers."""
        concerned = self.member.value() if self._is_about_colleague() else None
        self.by_field["feedback.about_member"].setVisible(self._is_about_colleague())
        usual = {one.id for one in feedback.usual_readers(self.seat.desk, concerned)}
        ticked = {one for one, box in self._boxes.items() if box.isChecked()}
        for box in self._boxes.values():
            self._readers.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {}
        for who in feedback.possible_readers(self.seat.desk, concerned):
            box = CheckBox(who.with_role())
            box.setChecked(who.id in usual or who.id in ticked)
            self._readers.addWidget(box)
            self._boxes[who.id] = box
        self.by_field["feedback.readers"].set_help(
            "" if self._boxes else _("Nobody else works here yet who could read it. Keep it on paper.")
        )


class LettersPanel(QFrame):
    """The letters to the signed-in person, one below the other. ``answer_wanted`` hands back letter and words."""

    closed = Signal()
    answered = Signal(object, str)

    def __init__(self, seat: Seat, letters: Sequence[Feedback]) -> None:
        super().__init__()
        self.setObjectName("feedback_letters")
        self.setAccessibleName(_("Letters to me"))
        theme.mark(self, surface="editor")
        self.seat = seat
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(Words(_("Letters to me"), "group"))
        head.addStretch(1)
        self.close_button = LinkButton(_("Close"))
        self.close_button.clicked.connect(self.closed)
        head.addWidget(self.close_button)
        column.addLayout(head)
        for letter in letters:
            column.addLayout(self._letter(letter))

    def _letter(self, letter: Feedback) -> QVBoxLayout:
        seat, names = self.seat, self.seat.names("member")
        column = QVBoxLayout()
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Words(FEEDBACK_KINDS.label(letter.kind), strong=True))
        head.addWidget(Words(formats.day(letter.on), tone="muted"))
        if letter.waits:
            head.addWidget(Chip(_("waits for you"), "attention", "clock"))
        head.addStretch(1)
        column.addLayout(head)
        about = FEEDBACK_ABOUT.label(letter.about)
        if letter.about_member is not None:
            about = names.get(letter.about_member, about)
        facts = [
            Fact(_("About"), seat.masked(about)),
            Fact(_("Said by"), seat.masked(letter.name) or _("no name given")),
            Fact(_("What she says"), seat.masked(letter.words)),
        ]
        if letter.wants:
            facts.append(Fact(_("What she wishes"), seat.masked(letter.wants)))
        if letter.answer:
            facts.append(Fact(_("What was done"), seat.masked(letter.answer)))
        table = Facts()
        table.set_facts(facts)
        column.addWidget(table)
        if letter.waits:
            column.addLayout(self._answer(letter))
        return column

    def _answer(self, letter: Feedback) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        words = TextArea(_("What was done"), _("What was done, or why nothing."), lines=2)
        words.setObjectName("feedback_answer")
        save = Button(_("Save for its readers"), "check")
        save.setObjectName("answer_feedback")
        save.clicked.connect(lambda: self.answered.emit(letter, words.text()))
        row.addWidget(words, 1)
        row.addWidget(save)
        return row
