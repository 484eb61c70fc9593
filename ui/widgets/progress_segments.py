"""One small segment for each milestone: done, under way, not begun. Always with the number in words beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme


class ProgressSegments(QWidget):
    """``done`` filled, ``begun`` outlined, the rest empty. ``sentence`` says it for screen readers."""

    def __init__(
        self,
        done: int = 0,
        begun: int = 0,
        total: int = 0,
        sentence: str = "",
        *,
        segment: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._segment = segment
        self.setSizePolicy(
            QSizePolicy.Policy.Fixed if segment else QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed
        )
        self._counts = (0, 0, 0)
        self.set_progress(done, begun, total, sentence)

    def set_progress(self, done: int, begun: int, total: int, sentence: str = "") -> None:
        """Show other numbers."""
        self._counts = (done, begun, total)
        self.setAccessibleName(sentence or f"{done} / {total}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        total = self._counts[2]
        return QSize(total * self._segment + max(total - 1, 0) * 3 if self._segment else 98, 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() if self._segment else 60, 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_segments(painter, QRectF(self.rect()), *self._counts)


def paint_segments(painter: QPainter, rect: QRectF, done: int, begun: int, total: int) -> None:
    """Paint *total* segments over the whole width of *rect*; 8 px high, centred."""
    if total <= 0:
        return
    gap = 3 if rect.width() / total < 45 else 4
    width = (rect.width() - gap * (total - 1)) / total
    top = rect.center().y() - 4
    for number in range(total):
        left = round(rect.left() + number * (width + gap))
        right = round(rect.left() + number * (width + gap) + width)
        box = QRectF(left, top, right - left, 8)
        if number < done:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
        elif number < done + begun:
            painter.setPen(QPen(theme.color("accent"), 1))
            painter.setBrush(theme.color("selection"))
            box = box.adjusted(0.5, 0.5, -0.5, -0.5)
        else:
            empty = QPen(theme.color("border"), 1) if theme.current().high_contrast else QPen(Qt.PenStyle.NoPen)
            painter.setPen(empty)
            painter.setBrush(theme.color("track"))
        painter.drawRoundedRect(box, 3, 3)
