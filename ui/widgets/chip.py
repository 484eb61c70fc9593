"""Chips: a word, mostly with an icon, on a quiet surface. One paint function for widget and delegates."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, theme
from ui.theme import tokens
from ui.theme.tokens import Tone
from ui.widgets.text import baseline_in, draw_words, width_of

_ICON = 14


@dataclass(frozen=True)
class ChipText:
    """What a chip says. Colour never speaks alone, so ``words`` is never empty."""

    words: str
    tone: Tone = "neutral"
    icon: str = ""


def chip_width(chip: ChipText) -> int:
    """Return the width a chip needs."""
    words = round(width_of(chip.words, theme.font("small")))
    return 6 + _ICON + 5 + words + 9 if chip.icon else 8 + words + 8


def paint_chip(painter: QPainter, left: float, middle: float, chip: ChipText, room: float | None = None) -> QRectF:
    """Paint the chip with its left edge at *left*, centred on the height *middle*; return where it lies.

    The words stand on the body baseline of their row. With *room* given, they are elided to fit.
    """
    height = theme.px(tokens.CHIP)
    width = chip_width(chip) if room is None else min(chip_width(chip), room)
    rect = QRectF(round(left), round(middle - height / 2), width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = chip.tone == "outline"
    contrast = theme.current().high_contrast
    if outline or contrast:
        painter.setPen(QPen(theme.color("btnborder"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS, tokens.RADIUS)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{chip.tone}_back"))
        painter.drawRoundedRect(rect, tokens.RADIUS, tokens.RADIUS)
    ink = theme.color("text" if outline else chip.tone)
    x = rect.left() + 8
    if chip.icon:
        icons.paint_icon(painter, chip.icon, rect.left() + 6, rect.center().y() - _ICON / 2, _ICON, ink)
        x = rect.left() + 6 + _ICON + 5
    draw_words(painter, x, baseline_in(rect), chip.words, theme.font("small"), ink, rect.right() - 7 - x)
    painter.restore()
    return rect


class Chip(QWidget):
    """A chip as a widget of its own."""

    def __init__(
        self, words: str = "", tone: Tone = "neutral", icon: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._chip = ChipText(words, tone, icon)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)
        theme.notifier.changed.connect(self.updateGeometry)

    def chip(self) -> ChipText:
        """Return what the chip says."""
        return self._chip

    def set_chip(self, chip: ChipText) -> None:
        """Say something else."""
        self._chip = chip
        self.setAccessibleName(chip.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._chip), theme.px(tokens.CHIP))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(chip_width(self._chip), theme.px(60)), theme.px(tokens.CHIP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_chip(QPainter(self), 0, self.height() / 2, self._chip, self.width())
