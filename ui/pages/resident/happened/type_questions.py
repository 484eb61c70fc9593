"""The deciding questions of an incident, one after the other; the first «yes» gives its one type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from shelterdesk import vocab
from shelterdesk.fields import Field
from shelterdesk.i18n import _
from shelterdesk.violence_types import QUESTIONS, Question, answers_for, asked_next, is_classified, type_of
from ui.widgets.buttons import LinkButton
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words


class TypeQuestions(QWidget):
    """Shows the questions up to the one that is open. ``value`` is the type they give, or why there is none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._listeners: list[Callable[[], None]] = []
        self._answers: list[bool | None] = list(answers_for(None))
        self._reason: str | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.rows = [_QuestionRow(question, self) for question in QUESTIONS]
        for number, row in enumerate(self.rows):
            self._column.addWidget(row)
            row.segments.chosen.connect(lambda answer, number=number: self._answer(number, answer))
        self.result = Words("", strong=True, wrap=True, parent=self)
        self.result.setObjectName("violence-type")
        self.no_answer = LinkButton(_("No answer, because…"), slim=True, parent=self)
        self.again = LinkButton(_("Ask from the beginning"), "undo-2", slim=True, parent=self)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.result, 1)
        line.addWidget(self.no_answer)
        line.addWidget(self.again)
        self._column.addLayout(line)
        self.no_answer.clicked.connect(self._offer_reasons)
        self.again.clicked.connect(self.begin_again)
        self.setFocusProxy(self.rows[0].segments)
        self._show()

    def value(self) -> str | None:
        """Return the type, a reserved answer, or None while nothing is decided."""
        return self._reason or type_of(self._answers)

    def set_value(self, value: str | None) -> None:
        """Show the questions as they were answered for *value*, without telling anybody."""
        self._reason = value if value is not None and not is_classified(value) else None
        self._answers = list(answers_for(value if is_classified(value) else None))
        self._show()

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call *listener* whenever a person answered something."""
        self._listeners.append(listener)

    def begin_again(self) -> None:
        """Take every answer back."""
        self._take(None)
        self.rows[0].segments.setFocus()

    def say_none(self, reason: str) -> None:
        """Say why there is no answer: a reserved code."""
        self._take(reason)

    def _take(self, value: str | None) -> None:
        self.set_value(value)
        self._tell()

    def _answer(self, number: int, answer: bool) -> None:
        # What was answered further down belonged to another course of the questions.
        self._reason = None
        self._answers = [*self._answers[:number], answer, *(None for _row in self.rows[number + 1 :])]
        self._show()
        self._tell()
        asked = asked_next(self._answers)
        if asked is not None:
            self.rows[asked].segments.setFocus()

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def _show(self) -> None:
        asked = asked_next(self._answers)
        last = asked if asked is not None else max(self._answered(), default=0)
        for number, row in enumerate(self.rows):
            row.segments.set_value(self._answers[number])
            row.setVisible(number <= last)
        value = self.value()
        self.result.setText(vocab.VIOLENCE_TYPES.label(value) if value else "")
        self.again.setVisible(value is not None or any(answer is not None for answer in self._answers))
        self.no_answer.setVisible(value is None)

    def _answered(self) -> list[int]:
        return [number for number, answer in enumerate(self._answers) if answer is not None]

    def _offer_reasons(self) -> None:
        menu = QMenu(self)
        for code in vocab.RESERVED:
            menu.addAction(_(code.label)).setData(code.code)
        chosen = menu.exec(self.no_answer.mapToGlobal(QPoint(0, self.no_answer.height())))
        if chosen is not None:
            self.say_none(str(chosen.data()))


class _QuestionRow(QWidget):
    """One question with its two answers."""

    def __init__(self, question: Question, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"question-{question.type}")
        words = _(question.words)
        self.segments = Segmented(words, [(True, _("Yes")), (False, _("No"))], parent=self)
        self.segments.setAccessibleDescription(_(question.help))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(Words(words, wrap=True, parent=self))
        texts.addWidget(Words(_(question.help), "small", "muted", wrap=True, parent=self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(texts, 1)
        row.addWidget(self.segments)


class TypeEditor:
    """The questions as the editor of the field that holds the type."""

    fills = True

    def __init__(self, field: Field) -> None:
        self.questions = TypeQuestions(_(field.label))
        self.widget: QWidget = self.questions

    def value(self) -> Any:
        return self.questions.value()

    def set_value(self, value: Any) -> None:
        self.questions.set_value(value)

    def on_change(self, listener: Callable[[], None]) -> None:
        self.questions.on_change(listener)
