"""Questions one below the other, each with its few answers: a digit chooses and goes on, «-» is for no answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk.i18n import _
from ui import theme
from ui.widgets.flow import Flow
from ui.widgets.page import bring_into_view
from ui.widgets.text import Words

_SIDES: Final = 25
_ROWS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ANSWERS: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
_CLEAR: Final = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


@dataclass(frozen=True)
class Question:
    """One question with its answers (score, words); ``above`` stands over it and those that follow."""

    id: str
    words: str
    answers: tuple[tuple[int, str], ...]
    above: str = ""


class QuestionRows(QWidget):
    """``changed`` fires when a person answered. Answers are scores by question, None for «prefers not»."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        # The keyboard is handed on to the first open question; Tab goes to the questions themselves.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.rows: list[QuestionRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 6, 0, 0)
        self._layout.setSpacing(12)

    def set_questions(self, questions: Sequence[Question]) -> None:
        """Ask *questions* from now on; nothing is answered yet."""
        for row in self.rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for number, question in enumerate(questions, 1):
            row = QuestionRow(number, question, self)
            row.answered.connect(self.changed)
            row.left.connect(lambda step, row=row: self._go(row, step))
            self._layout.addWidget(row)
            self.rows.append(row)

    def answers(self) -> dict[str, int | None]:
        """Return what was answered, also by questions that are not shown now."""
        return {row.question.id: row.score() for row in self.rows if row.is_answered()}

    def set_answers(self, answers: Mapping[str, int | None]) -> None:
        """Show *answers* without telling anybody."""
        for row in self.rows:
            row.set_score(answers.get(row.question.id), answered=row.question.id in answers)

    def show_only(self, ids: Collection[str]) -> None:
        """Show the questions with these ids; the others need no answer."""
        for row in self.rows:
            row.setVisible(row.question.id in ids)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        shown = [row for row in self.rows if not row.isHidden()]
        waiting = next((row for row in shown if not row.is_answered()), next(iter(shown), None))
        if waiting is not None:
            waiting.take_keyboard()

    def _go(self, row: QuestionRow, step: int) -> None:
        shown = [one for one in self.rows if not one.isHidden()]
        place = shown.index(row) + step if row in shown else 0
        if 0 <= place < len(shown):
            shown[place].take_keyboard()


class QuestionRow(QWidget):
    """``answered`` fires for every change; ``left`` asks for the row so many further on."""

    answered = Signal()
    left = Signal(int)

    def __init__(self, number: int, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self.setObjectName(f"question_{question.id}")
        # Words of two lines make it higher than it is by itself.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._scores: list[int | None] = [*(score for score, _words in question.answers), None]
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        if question.above:
            layout.addWidget(Words(question.above, strong=True, wrap=True, parent=self))
        said = _("{number}. {question}").format(number=number, question=question.words)
        layout.addWidget(Words(said, wrap=True, parent=self))
        self._holder = QWidget(self)
        self._flow = Flow(self._holder, gap=6)
        for place, (score, words) in enumerate(question.answers):
            self._add(place, _("{score}  {words}").format(score=score, words=words), said)
        self._add(len(question.answers), _("–  Prefers not to say"), said)
        layout.addWidget(self._holder)
        self._group.idClicked.connect(self._chosen)
        self._rove()

    def _add(self, place: int, words: str, question: str) -> None:
        button = _AnswerButton(words, self._holder)
        button.setAccessibleName(f"{words}. {question}")
        button.pressed_key.connect(self._key)
        self._group.addButton(button, place)
        self._flow.addWidget(button)

    def score(self) -> int | None:
        """Return the chosen score; None for «prefers not» and for no answer."""
        place = self._group.checkedId()
        return self._scores[place] if place >= 0 else None

    def is_answered(self) -> bool:
        """Tell whether something is chosen, «prefers not» included."""
        return self._group.checkedId() >= 0

    def set_score(self, score: int | None, *, answered: bool) -> None:
        """Choose *score* without telling anybody; nothing where the question is not *answered*."""
        place = self._scores.index(score) if answered and score in self._scores else -1
        self._group.setExclusive(False)
        for number, button in enumerate(self._group.buttons()):
            button.setChecked(number == place)
        self._group.setExclusive(True)
        self._rove()

    def take_keyboard(self) -> None:
        """Put the keyboard on the chosen answer, or on the first."""
        button = self._group.button(max(self._group.checkedId(), 0))
        button.setFocus(Qt.FocusReason.TabFocusReason)
        bring_into_view(self, button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A layout that begins new lines has no height of its own until its width is known.
        height = self._flow.heightForWidth(self.width())
        if height != self._holder.minimumHeight():
            self._holder.setFixedHeight(height)
            QTimer.singleShot(0, self, self.updateGeometry)

    def _key(self, key: int, text: str) -> None:
        if key in _ROWS:
            self.left.emit(_ROWS[Qt.Key(key)])
        elif key in _ANSWERS:
            step = _ANSWERS[Qt.Key(key)] * (1 if self.isLeftToRight() else -1)
            focused = self._group.buttons().index(self.sender())  # pyright: ignore[reportArgumentType]
            place = (focused + step) % len(self._scores)
            self._group.button(place).setFocus(Qt.FocusReason.TabFocusReason)
            self._choose(place)
        elif key in _CLEAR:
            self.set_score(None, answered=False)
            self.answered.emit()
        elif text == "-":
            self._choose(len(self._scores) - 1, go_on=True)
        elif text.isdecimal() and int(text) in self._scores:
            self._choose(self._scores.index(int(text)), go_on=True)

    def _choose(self, place: int, *, go_on: bool = False) -> None:
        self._group.button(place).setChecked(True)
        self._chosen(place)
        if go_on:
            self.left.emit(1)

    def _chosen(self, _place: int) -> None:
        self._rove()
        self.answered.emit()

    def _rove(self) -> None:
        """Let Tab stop once in a row: on the chosen answer, or on the first."""
        stop = max(self._group.checkedId(), 0)
        for number, button in enumerate(self._group.buttons()):
            focus = Qt.FocusPolicy.StrongFocus if number == stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(focus)


class _AnswerButton(QPushButton):
    pressed_key = Signal(int, str)

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        theme.mark(self, segment=True, first=True, last=True)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words = words
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and (event.key() in {*_ROWS, *_ANSWERS, *_CLEAR} or _is_answer(event.text())):
            self.pressed_key.emit(event.key(), event.text())
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        # The chosen one is bold; the width is fixed from that, so that nothing moves or is cut off.
        self.setFixedWidth(QFontMetrics(theme.font(strong=True)).horizontalAdvance(self._words) + _SIDES)


def _is_answer(text: Any) -> bool:
    return text == "-" or (isinstance(text, str) and text.isdecimal())
