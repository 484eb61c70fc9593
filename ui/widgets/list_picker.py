"""A drop-down of lists, for windows too narrow for the sidebar to show them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk.i18n import _
from ui import theme
from ui.theme import tokens
from ui.widgets.choice_field import ChoiceField


class ListPicker(QWidget):
    """The lists of a page. ``chosen`` hands back the id of one."""

    chosen = Signal(str)

    def __init__(self, lists: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.field = ChoiceField(_("List"), list(lists))
        self.field.setMinimumWidth(theme.px(150))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field)
        self.setFocusProxy(self.field)
        self.field.chosen.connect(self.chosen.emit)

    def show_list(self, current: str) -> None:
        """Show which list is chosen, where the sidebar is a rail. Emits nothing."""
        self.field.set_value(current)
        narrow = self.window().width() < tokens.RAIL_BELOW * theme.scale()
        self.setVisible(narrow and self.field.count() > 1)
