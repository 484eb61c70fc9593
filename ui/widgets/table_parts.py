"""What pages with a table have in common: what replaces it, a card beside it, and where the keyboard goes."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.text import Words


def stacked(first: QWidget, *others: QWidget) -> QWidget:
    """Return widgets one below the other, of which some may be hidden; the first two take the free height."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(first, 1)
    for number, widget in enumerate(others):
        column.addWidget(widget, 1 if number == 0 else 0)
    return holder


def hint_line(words: str) -> Words:
    """Return the line at the foot of a table that says what its keys do."""
    hint = Words(words, "small", "muted")
    hint.setContentsMargins(16, 6, 16, 8)
    return hint


def take_keyboard(page: QWidget, table: QWidget) -> None:
    """Put the keyboard on *table*, unless it is at work somewhere outside of *page*, as in the sidebar."""
    focused = QApplication.focusWidget()
    if focused is None or not focused.isVisible() or page.isAncestorOf(focused):
        table.setFocus()


class BesideTable(QGridLayout):
    """A table with a card about the chosen row beside it, or below it on a page narrower than *narrow*."""

    def __init__(self, table: QWidget, card: QWidget, shares: tuple[int, int], narrow: int) -> None:
        super().__init__()
        self._table, self._card, self._shares, self._narrow = table, card, shares, narrow
        self.columns = 0
        self.setSpacing(16)

    def fit(self, width: int) -> bool:
        """Lay both out for a page of this *width*; return whether that changed anything."""
        columns = 1 if 0 < width < self._narrow * theme.scale() else 2
        if columns == self.columns:
            return False
        self.columns = columns
        self.addWidget(self._table, 0, 0)
        self.addWidget(self._card, 0 if columns == 2 else 1, 1 if columns == 2 else 0)
        self.setColumnStretch(0, self._shares[0])
        self.setColumnStretch(1, self._shares[1] if columns == 2 else 0)
        self.setRowStretch(0, 1)
        return True
