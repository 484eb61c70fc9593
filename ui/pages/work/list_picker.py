"""What the lists of this page have in common: the saved lists as a drop-down, and a table with what replaces it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.i18n import _
from shelterdesk.work import LISTS
from ui import theme
from ui.widgets.choice_field import ChoiceField


class ListPicker(QWidget):
    """The saved lists, where the sidebar is a rail and has no room for them. ``chosen`` hands back the id of one."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = ChoiceField(_("List"), [(list_id, _(label)) for list_id, label in LISTS])
        self.field.setMinimumWidth(theme.px(150))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.field.chosen.connect(self.chosen.emit)

    def show_lists(self, current: str, *, wide: bool) -> None:
        """Show which list is chosen; in a wide window the sidebar does it."""
        self.field.set_value(current)
        self.setVisible(not wide)


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
