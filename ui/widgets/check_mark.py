"""The check box and the radio circle, painted; used by widgets and by rows alike."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from ui import theme


def paint_check_box(painter: QPainter, rect: QRectF, *, checked: bool, enabled: bool = True) -> None:
    """Paint the box in *rect*, with its tick if *checked*."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    edge = theme.color("border" if enabled else "hairline")
    painter.setPen(QPen(theme.color("accent") if checked and enabled else edge, 1))
    painter.setBrush(theme.color(("accent" if enabled else "border") if checked else "base"))
    painter.drawRoundedRect(box, 3.5, 3.5)
    if checked:
        side = rect.width()
        points = ((0.25, 0.52), (0.43, 0.69), (0.76, 0.33))
        pen = QPen(theme.color("onaccent"), max(side / 9, 1.5))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([QPointF(rect.left() + side * x, rect.top() + side * y) for x, y in points]))
    painter.restore()


def paint_radio(painter: QPainter, rect: QRectF, *, checked: bool, enabled: bool = True) -> None:
    """Paint the circle in *rect*, with its dot if *checked*."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(("accent" if checked else "border") if enabled else "hairline"), 1))
    painter.setBrush(theme.color("accent" if checked and enabled else "base"))
    painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    if checked:
        third = rect.width() / 3.2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("onaccent" if enabled else "border"))
        painter.drawEllipse(rect.adjusted(third, third, -third, -third))
    painter.restore()
