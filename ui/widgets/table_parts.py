"""What pages with a table have in common: a table with what replaces it, and where the keyboard goes."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget


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


def take_keyboard(page: QWidget, table: QWidget) -> None:
    """Put the keyboard on *table*, unless it is at work somewhere outside of *page*, as in the sidebar."""
    focused = QApplication.focusWidget()
    if focused is None or not focused.isVisible() or page.isAncestorOf(focused):
        table.setFocus()
