"""Segments that fill as a passphrase gets harder to guess. The words beside it say the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from shelterdesk.i18n import _
from ui import theme

_HEIGHT = 8
_GAP = 4
_RADIUS = 3
_ENOUGH = 3


class StrengthBar(QWidget):
    """Shows a level from 0 to *segments*."""

    def __init__(self, segments: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._segments, self._level = segments, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_level(0)

    def set_level(self, level: int) -> None:
        """Fill *level* segments."""
        self._level = level
        self.setAccessibleName(_("Strength {n} of {all}").format(n=level, all=self._segments))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = (self.width() - _GAP * (self._segments - 1)) / self._segments
        filled = theme.color("done" if self._level >= _ENOUGH else "attention")
        for number in range(self._segments):
            painter.setBrush(filled if number < self._level else theme.color("track"))
            segment = QRectF(number * (width + _GAP), 0, width, _HEIGHT)
            painter.drawRoundedRect(segment, _RADIUS, _RADIUS)
