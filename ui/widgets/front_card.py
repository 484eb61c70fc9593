"""The card before anybody has signed in: the mark, a title, fields with their labels above, and what went wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.text import IconLabel, Words
from ui.widgets.top_bar import MarkLabel

_SIDE = 32


class FrontCard(Card):
    """A card with the mark and a title; ``column`` is what lies below."""

    def __init__(self, title: str) -> None:
        super().__init__("")
        self.title_words = Words(title, "title")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(MarkLabel(32))
        head.addWidget(self.title_words, 1)
        self.column = QVBoxLayout()
        self.column.setSpacing(0)
        self.column.addLayout(head)
        self.column.addSpacing(20)
        self.add_space(26)
        self.add_layout(self.column, inset=_SIDE)
        self.add_space(24)

    def add_field(self, label: str, field: QWidget, editor: QWidget | None = None) -> None:
        """Put *field* below its label; *editor* is the part of it that is typed into."""
        words = Words(label, parent=self)
        words.setBuddy(editor or field)
        self.column.addWidget(words)
        self.column.addSpacing(4)
        self.column.addWidget(field)
        self.column.addSpacing(14)

    def grow(self) -> None:
        """Give the card the height its words need now."""
        stack = self.parentWidget()
        if stack is not None:
            stack.setFixedHeight(self.wanted_height(stack.width()))

    def wanted_height(self, width: int) -> int:
        """Return how high the card is at this *width*; wrapped words make it higher than its hint."""
        self._layout.invalidate()
        return max(self.heightForWidth(width), self.sizeHint().height()) if width else self.sizeHint().height()


class FrontProblem(QWidget):
    """What is to be changed, above the button; no room while there is nothing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 12)
        row.setSpacing(7)
        row.addWidget(IconLabel("circle-alert", 14, "error", self).beside_words(), 0, Qt.AlignmentFlag.AlignTop)
        self._words = Words("", tone="error", wrap=True, parent=self)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, words: str) -> None:
        """Say it; «» takes it away."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))


def wide(button: Button) -> Button:
    """Let *button* take the width of the card."""
    button.setSizePolicy(QSizePolicy.Policy.Expanding, button.sizePolicy().verticalPolicy())
    return button
