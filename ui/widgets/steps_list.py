"""The steps of a wizard: done with a tick, the current one filled, the rest outlined, joined by a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from shelterdesk.i18n import _
from ui import icons, theme

_ROW = 64
_DOT = 24
_LEFT = 26


class StepsList(QWidget):
    """Shows where one is; it cannot be pressed. Steps are (title, words under it)."""

    def __init__(self, steps: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_current(0)

    def set_current(self, number: int) -> None:
        """Mark the step with this number, from 0."""
        self._current = number
        self.setAccessibleName(
            _("Step {n} of {all}: {title}").format(n=number + 1, all=len(self._steps), title=self._steps[number][0])
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(272), theme.px(_ROW) * len(self._steps) + 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("sidebar"))
        for number, (title, under) in enumerate(self._steps):
            self._paint_step(painter, number, title, under)

    def _paint_step(self, painter: QPainter, number: int, title: str, under: str) -> None:
        top = 28 + number * theme.px(_ROW)
        dot = QRectF(_LEFT, top, _DOT, _DOT)
        if number + 1 < len(self._steps):
            painter.setPen(QPen(theme.color("btnborder"), 1.5))
            x = dot.center().x()
            painter.drawLine(QPointF(x, dot.bottom() + 8), QPointF(x, top + theme.px(_ROW) - 8))
        done, here = number < self._current, number == self._current
        painter.setPen(QPen(theme.color("border"), 1) if not (done or here) else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent") if here else theme.color("done_back") if done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot.adjusted(0.5, 0.5, -0.5, -0.5))
        if done:
            icons.paint_icon(painter, "check", dot.center().x() - 7, dot.center().y() - 7, 14, theme.color("done"))
        else:
            painter.setPen(theme.color("onaccent" if here else "muted"))
            painter.setFont(theme.font("small", strong=here))
            painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, str(number + 1))
        left, room = dot.right() + 14, self.width() - dot.right() - 22
        ahead = number > self._current
        painter.setFont(theme.font(strong=here))
        painter.setPen(theme.color("muted" if ahead else "text"))
        metrics = painter.fontMetrics()
        painter.drawText(QPointF(left, top + 17), metrics.elidedText(title, Qt.TextElideMode.ElideRight, int(room)))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("muted"))
        metrics = painter.fontMetrics()
        painter.drawText(QPointF(left, top + 35), metrics.elidedText(under, Qt.TextElideMode.ElideRight, int(room)))
