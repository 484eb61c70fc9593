"""The surface pages lie on: one rounded corner at the top, one hairline around."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.theme import tokens


class PageSurface(QWidget):
    """Holds one page at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = QStackedWidget(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 0, 1)
        layout.addWidget(self._stack)

    def add(self, page: QWidget) -> None:
        """Take *page* in without showing it."""
        self._stack.addWidget(page)

    def show_page(self, page: QWidget) -> None:
        """Show *page*, taking it in first if it is new."""
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def remove(self, page: QWidget) -> None:
        """Give *page* back to the caller."""
        self._stack.removeWidget(page)

    def page(self) -> QWidget | None:
        """Return the page that is shown."""
        return self._stack.currentWidget()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("sidebar"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QRectF(self.rect()).adjusted(0.5, 0.5, 10, -0.5)
        radius = tokens.CARD_RADIUS
        path = QPainterPath()
        path.moveTo(edge.right(), edge.top())
        path.lineTo(edge.left() + radius, edge.top())
        path.quadTo(edge.left(), edge.top(), edge.left(), edge.top() + radius)
        path.lineTo(edge.left(), edge.bottom())
        path.lineTo(edge.right(), edge.bottom())
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.setBrush(theme.color("window"))
        painter.drawPath(path)
