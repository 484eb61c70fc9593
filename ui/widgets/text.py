"""Words on a page: labels in the four sizes and the few tones, and text painted by hand."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui import icons, theme
from ui.theme.faces import Size

LabelTone = Literal["", "muted", "accent", "done", "attention", "error", "info"]


class Words(QLabel):
    """A label of one size and tone. Text is plain; a mnemonic is read only when a buddy is set."""

    def __init__(
        self,
        text: str = "",
        size: Size = "body",
        tone: LabelTone = "",
        *,
        strong: bool = False,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        theme.mark(self, type=size, tone=tone, strong=strong)
        self.setWordWrap(wrap)
        if wrap:
            policy = self.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def set_tone(self, tone: LabelTone) -> None:
        """Change the colour of the words."""
        theme.mark(self, tone=tone)


class ElidedWords(Words):
    """A label of one line that ends in «…» where there is no room; the tooltip then holds the whole text."""

    def __init__(
        self,
        text: str = "",
        size: Size = "body",
        tone: LabelTone = "",
        *,
        strong: bool = False,
        sensitive: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, size, tone, strong=strong, parent=parent)
        self._sensitive = sensitive
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…") + 24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        clipped = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if clipped and not self._sensitive else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)


class IconLabel(QWidget):
    """One icon as a widget, always in the theme's colour; hidden from screen readers unless it is named."""

    def __init__(self, name: str, size: int = 16, tint: str = "muted", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size, self._tint = name, size, tint
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def beside_words(self) -> IconLabel:
        """Be as tall as a line of text, so that the icon stands in the middle of the first of several lines."""
        self.setFixedHeight(max(self._size, round(QFontMetricsF(theme.font()).height())))
        return self

    def set_icon(self, name: str, tint: str | None = None) -> None:
        """Show another icon, or the same in another colour."""
        self._name, self._tint = name, tint or self._tint
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._name:
            painter = QPainter(self)
            down = (self.height() - self._size) // 2
            icons.paint_icon(painter, self._name, 0, down, self._size, theme.color(self._tint))


def width_of(text: str, font: QFont) -> float:
    """Return how wide *text* is in *font*."""
    return QFontMetricsF(font).horizontalAdvance(text)


def baseline_in(rect: QRectF) -> float:
    """Return the baseline of body text centred in *rect*.

    Small text beside it is drawn on the same line; centred by itself it would stand one pixel off.
    """
    metrics = QFontMetricsF(theme.font())
    return round(rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2)


def draw_words(
    painter: QPainter, left: float, baseline: float, text: str, font: QFont, color: QColor, room: float | None = None
) -> float:
    """Draw *text* from *left* on *baseline*, elided to *room*, and return the x where it ends."""
    metrics = QFontMetricsF(font)
    shown = text if room is None else metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room, 0))
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(round(left), round(baseline), shown)
    return left + metrics.horizontalAdvance(shown)


def draw_words_ending_at(
    painter: QPainter, right: float, baseline: float, text: str, font: QFont, color: QColor
) -> float:
    """Draw *text* so that it ends at *right*, and return the x where it begins."""
    left = round(right - width_of(text, font))
    draw_words(painter, left, baseline, text, font, color)
    return left
