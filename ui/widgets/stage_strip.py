"""Stages one after the other as arrows, with how many are in each; real buttons, so Tab and readers work."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui import theme
from ui.theme import tokens
from ui.widgets.text import baseline_in, draw_words, width_of

_POINT = 11
_HEIGHT = 48


class StageStrip(QWidget):
    """``chosen`` hands back the key of a stage, or None when the chosen one is pressed again."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._stages: list[_Stage] = []

    def set_stages(self, stages: Sequence[tuple[Any, str, int]]) -> None:
        """Show (key, words, how many); the last one is the quiet end."""
        kept = self.value()
        for stage in self._stages:
            stage.hide()
            stage.deleteLater()
        self._stages = []
        for number, (key, words, count) in enumerate(stages):
            stage = _Stage(key, words, count, number == 0, number == len(stages) - 1, self)
            stage.setChecked(key == kept and kept is not None)
            stage.clicked.connect(self._press)
            self._row.addWidget(stage, 1)
            self._stages.append(stage)

    def value(self) -> Any:
        """Return the key of the chosen stage; None means all."""
        return next((stage.key for stage in self._stages if stage.isChecked()), None)

    def set_value(self, key: Any) -> None:
        """Choose a stage without telling anybody."""
        for stage in self._stages:
            stage.setChecked(stage.key == key and key is not None)

    def stages(self) -> tuple[QAbstractButton, ...]:
        """Return the buttons."""
        return tuple(self._stages)

    def _press(self) -> None:
        pressed = self.sender()
        for stage in self._stages:
            if stage is not pressed:
                stage.setChecked(False)
        self.chosen.emit(self.value())


class _Stage(QAbstractButton):
    def __init__(self, key: Any, words: str, count: int, first: bool, last: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.key, self._words, self._count, self._first, self._last = key, words, count, first, last
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{words}, {count}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        words = width_of(self._words, theme.font(strong=True)) + width_of(str(self._count), theme.font("group"))
        return QSize(round(words) + 24 + 8 + 2 * _POINT, theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(72), theme.px(_HEIGHT))

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        path = self._outline(rect)
        back = "selection" if self.isChecked() else "alt" if self.underMouse() else "base"
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.setBrush(theme.color(back))
        painter.drawPath(path)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawPath(self._outline(rect.adjusted(1, 1, -1, -1)))
        baseline = baseline_in(QRectF(self.rect()))
        left = 16 if self._first else _POINT + 13
        tint = "muted" if self._last else "accent"
        end = draw_words(painter, left, baseline, str(self._count), theme.font("group"), theme.color(tint))
        ink = theme.color("muted" if self._last and not self.isChecked() else "text")
        font = theme.font(strong=self.isChecked())
        draw_words(painter, end + 8, baseline, self._words, font, ink, self.width() - end - 8 - _POINT)

    def _outline(self, rect: QRectF) -> QPainterPath:
        middle = rect.center().y()
        path = QPainterPath()
        if self._first:
            radius = tokens.RADIUS
            path.moveTo(rect.left(), rect.top() + radius)
            path.quadTo(rect.left(), rect.top(), rect.left() + radius, rect.top())
        else:
            path.moveTo(rect.left(), rect.top())
        tip = rect.right() if self._last else rect.right() - _POINT
        path.lineTo(tip, rect.top())
        if not self._last:
            path.lineTo(rect.right(), middle)
        path.lineTo(tip, rect.bottom())
        if self._first:
            path.lineTo(rect.left() + tokens.RADIUS, rect.bottom())
            path.quadTo(rect.left(), rect.bottom(), rect.left(), rect.bottom() - tokens.RADIUS)
        else:
            path.lineTo(rect.left(), rect.bottom())
            path.lineTo(QPointF(rect.left() + _POINT, middle))
        path.closeSubpath()
        return path
