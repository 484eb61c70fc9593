"""Facts of two things side by side: a label, and the value of each under its heading."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.theme import tokens
from ui.widgets.text import Words

_LEAST_COLUMN = 150


class Beside(QWidget):
    """Shows rows of (label, left, right). Where both differ, the words are told apart by more than their place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._grid.setColumnMinimumWidth(1, _LEAST_COLUMN)
        self._shown: list[QWidget] = []
        self._rows: list[tuple[str, str, str]] = []

    def rows(self) -> list[tuple[str, str, str]]:
        """Return what is shown."""
        return list(self._rows)

    def set_rows(self, heads: tuple[str, str], rows: Sequence[tuple[str, str, str]]) -> None:
        """Show *rows* under two *heads*; an empty second head leaves the right column out."""
        for widget in self._shown:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        self._rows = list(rows)
        self._put(Words(heads[0], "small", "muted", parent=self), 0, 1)
        if heads[1]:
            self._put(Words(heads[1], "small", "muted", parent=self), 0, 2)
        for number, (label, left, right) in enumerate(rows, 1):
            self._put(Words(label, tone="muted", parent=self), number, 0)
            self._put(self._value(heads[0], label, left, strong=bool(right) and left != right), number, 1)
            if heads[1]:
                self._put(self._value(heads[1], label, right, strong=False), number, 2)

    def _value(self, head: str, label: str, text: str, *, strong: bool) -> Words:
        words = Words(text, strong=strong, wrap=True, parent=self)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setAccessibleName(f"{label}, {head}: {text}")
        return words

    def _put(self, words: Words, row: int, column: int) -> None:
        words.setContentsMargins(0, 3, 0, 3)
        words.setMinimumHeight(theme.px(tokens.NUMBER_ROW))
        words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self._grid.addWidget(words, row, column, Qt.AlignmentFlag.AlignTop)
        self._shown.append(words)
        words.show()
