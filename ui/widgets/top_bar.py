"""The top bar: mark, name, menu bar, search, Hide and Lock. One widget, set as the window's menu widget."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenuBar, QSizePolicy, QWidget

from shelterdesk.i18n import _
from ui import icons, theme
from ui.theme import tokens
from ui.widgets.buttons import Button
from ui.widgets.search_field import SearchField
from ui.widgets.text import Words


class MarkLabel(QWidget):
    """The mark of the program."""

    def __init__(self, size: int = 24, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, icons.mark(self.width(), self.devicePixelRatioF()))


class TopBar(QWidget):
    """Signals say what is wanted; the window does it. ``menu_bar`` is a real one, to be filled by the window."""

    hide_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, name: str = "ShelterDesk", search_key: str = "Ctrl+K", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.mark = MarkLabel(24, self)
        self.name = Words(name, strong=True, parent=self)
        self.menu_bar = QMenuBar(self)
        self.menu_bar.setNativeMenuBar(False)
        self.menu_bar.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Preferred)
        self.search = SearchField(_("Search or command"), search_key, parent=self)
        self.search.setMaximumWidth(theme.px(360))
        self.search.setMinimumWidth(120)
        self.hide_button = Button(_("Hide"), "eye-off", parent=self)
        self.lock_button = Button(_("Lock"), "lock", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(0)
        row.addWidget(self.mark)
        row.addSpacing(10)
        row.addWidget(self.name)
        row.addSpacing(31)
        row.addWidget(self.menu_bar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addSpacing(18)
        row.addWidget(self.search)
        row.addSpacing(12)
        row.addStretch(1)
        row.addWidget(self.hide_button)
        row.addSpacing(8)
        row.addWidget(self.lock_button)
        self.hide_button.clicked.connect(self.hide_wanted)
        self.lock_button.clicked.connect(self.lock_wanted)
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def set_name(self, name: str) -> None:
        """Show another name and today's mark, so that neutral ones can stand there."""
        self.name.setText(name)
        self.mark.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        surface: QColor = theme.color("sidebar")
        QPainter(self).fillRect(self.rect(), surface)

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(tokens.TOP_BAR))
        self.search.setMaximumWidth(theme.px(360))
