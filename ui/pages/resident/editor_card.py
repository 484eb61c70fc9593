"""A card for a form: it is there as long as the form stands in it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.resident.editing import take_out
from ui.widgets.card import Card


class EditorCard(Card):
    """Takes one form after the other; empty, it takes no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.place = QVBoxLayout()
        self.add_layout(self.place, inset=1, above=1)
        self.hide()

    def take(self, editor: QWidget) -> None:
        """Show *editor*."""
        self.place.addWidget(editor)
        self.show()

    def let_go(self, editor: QWidget) -> None:
        """Let *editor* go for good, and the card with it."""
        take_out(self.place, editor)
        self.hide()
