"""Check box and radio button with the painted marks. Forms use 16 px, lists 18."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QWidget

from ui import theme
from ui.theme import tokens
from ui.widgets.check_mark import paint_check_box, paint_radio
from ui.widgets.row_delegate import paint_focus
from ui.widgets.text import baseline_in, draw_words, width_of

_MARK = 18
_GAP = 8


class CheckBox(QCheckBox):
    """A check box; the whole of it, words included, is pressed."""

    def __init__(self, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return _hint(self.text())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, point: QPoint) -> bool:  # noqa: N802 - Qt's name
        return self.rect().contains(point)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        mark = _paint_words(painter, self, self.text())
        paint_check_box(painter, mark, checked=self.isChecked(), enabled=self.isEnabled())


class RadioButton(QRadioButton):
    """A radio button, for three choices or fewer whose words are long."""

    def __init__(self, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return _hint(self.text())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, point: QPoint) -> bool:  # noqa: N802 - Qt's name
        return self.rect().contains(point)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        mark = _paint_words(painter, self, self.text())
        paint_radio(painter, mark, checked=self.isChecked(), enabled=self.isEnabled())


def _hint(text: str) -> QSize:
    words = round(width_of(text.replace("&", ""), theme.font())) + 1
    return QSize(2 + _MARK + (_GAP + words if text else 0) + 4, theme.px(tokens.CONTROL - 4))


def _paint_words(painter: QPainter, widget: QWidget, text: str) -> QRectF:
    """Paint words and focus ring; return where the mark goes."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRectF(widget.rect())
    if widget.hasFocus():
        paint_focus(painter, rect)
    ink = theme.color("text" if widget.isEnabled() else "border")
    left = 2 + _MARK + _GAP
    if widget.isLeftToRight():
        mark = QRectF(2, rect.center().y() - _MARK / 2, _MARK, _MARK)
        draw_words(painter, left, baseline_in(rect), text.replace("&", ""), theme.font(), ink, rect.width() - left)
        return mark
    mark = QRectF(rect.right() - 2 - _MARK, rect.center().y() - _MARK / 2, _MARK, _MARK)
    words = text.replace("&", "")
    start = max(rect.right() - left - width_of(words, theme.font()), 0)
    draw_words(painter, start, baseline_in(rect), words, theme.font(), ink)
    return mark
