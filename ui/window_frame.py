"""The frame of the window: top bar, sidebar, page surface, status strip. It knows no vault and no page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from shelterdesk.i18n import _
from ui import theme
from ui.theme import tokens
from ui.widgets.page_surface import PageSurface
from ui.widgets.sidebar import Sidebar
from ui.widgets.status_strip import StatusStrip
from ui.widgets.top_bar import TopBar


class WindowFrame(QWidget):
    """Everything below the top bar. The sidebar becomes a rail where the frame is narrow."""

    rail_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sidebar = Sidebar(_("Places"), self)
        self.surface = PageSurface(self)
        self.status = StatusStrip(self)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        middle.addWidget(self.surface, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(middle, 1)
        layout.addWidget(self.status)
        theme.notifier.changed.connect(self._fold)

    def show_page(self, page: QWidget) -> None:
        """Show *page* on the surface."""
        self.surface.show_page(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("sidebar"))

    def _fold(self) -> None:
        rail = self.width() < tokens.RAIL_BELOW * theme.scale()
        if rail != self.sidebar.is_rail():
            self.sidebar.set_rail(rail=rail)
            self.rail_changed.emit(rail)


class FrameWindow(QMainWindow):
    """A main window with the top bar as its menu widget and the frame as its centre."""

    def __init__(self, name: str = "ShelterDesk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(*tokens.MINIMUM_WINDOW)
        self.top_bar = TopBar(name, parent=self)
        self.frame = WindowFrame(self)
        self.setMenuWidget(self.top_bar)
        self.setCentralWidget(self.frame)
        self.setWindowTitle(name)
