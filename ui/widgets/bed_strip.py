"""Beds by room: used, held, free. With a legend in words and one sentence for screen readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, theme
from ui.widgets.text import baseline_in, draw_words

BedState = Literal["used", "held", "free", "chosen"]
_WIDTH, _HEIGHT, _STEP, _ROOM_GAP = 18, 30, 22, 13


@dataclass(frozen=True)
class BedRoom:
    """One room and the state of each of its beds."""

    title: str
    beds: tuple[BedState, ...]


class BedStrip(QWidget):
    """A picture of the beds. ``sentence`` says the same in words, «11 of 16 beds used»."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rooms: tuple[BedRoom, ...] = ()
        self._legend: tuple[tuple[BedState, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self._fit)

    def set_rooms(self, rooms: Sequence[BedRoom], legend: Sequence[tuple[BedState, str]], sentence: str) -> None:
        """Show these rooms; *legend* pairs a state with its words."""
        self._rooms, self._legend = tuple(rooms), tuple(legend)
        self.setAccessibleName(sentence)
        self._fit()
        self.update()

    def heightForWidth(self, width: int) -> int:
        rows = self._room_rows(width)
        legend = self._legend_rows(width)
        return len(rows) * self._row_height() + (len(legend) * theme.px(22) + 4 if legend else 0)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(386), self.heightForWidth(max(self.width(), theme.px(386))))

    def minimumSizeHint(self) -> QSize:
        one_row = sum(self._room_width(room) + _ROOM_GAP for room in self._rooms) - _ROOM_GAP
        return QSize(min(max(one_row, theme.px(160)), theme.px(386)), self._row_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0
        small = theme.font("small")
        for row in self._room_rows(self.width()):
            for left, step, room in row:
                for number, bed in enumerate(room.beds):
                    paint_bed(painter, QRectF(left + number * step, top, _WIDTH, _HEIGHT), bed)
                words = QRectF(left, top + _HEIGHT + 3, 1, theme.px(20))
                width = self._room_width(room) + _ROOM_GAP - 6
                draw_words(painter, left, baseline_in(words), room.title, small, theme.color("muted"), width)
            top += self._row_height()
        self._paint_legend(painter, top + 4)

    def _fit(self) -> None:
        self.setFixedHeight(self.heightForWidth(max(self.width(), self.minimumSizeHint().width())))
        self.updateGeometry()

    def _paint_legend(self, painter: QPainter, top: int) -> None:
        small = theme.font("small")
        for row in self._legend_rows(self.width()):
            for left, state, words in row:
                box = QRectF(left, top, 12, theme.px(22))
                paint_bed(painter, QRectF(left, box.center().y() - 6, 12, 12), state, person=False)
                draw_words(painter, left + 18, baseline_in(box), words, small, theme.color("text"))
            top += theme.px(22)

    @staticmethod
    def _row_height() -> int:
        return _HEIGHT + 3 + theme.px(20)

    @staticmethod
    def _room_width(room: BedRoom) -> int:
        metrics = QFontMetrics(theme.font("small"))
        return max((len(room.beds) - 1) * _STEP + _WIDTH, min(metrics.horizontalAdvance(room.title), theme.px(96)))

    def _room_rows(self, width: int) -> list[list[tuple[float, float, BedRoom]]]:
        """Lay rooms side by side, wrapping, and spread one full row over the width."""
        rows: list[list[BedRoom]] = [[]]
        used = 0
        for room in self._rooms:
            wanted = self._room_width(room)
            if rows[-1] and used + wanted > width:
                rows.append([])
                used = 0
            rows[-1].append(room)
            used += wanted + _ROOM_GAP
        placed: list[list[tuple[float, float, BedRoom]]] = []
        for row in rows:
            gap: float = _ROOM_GAP
            if len(rows) == 1 and len(row) > 1:
                free = width - sum(self._room_width(room) for room in row)
                gap = min(max(free / (len(row) - 1), _ROOM_GAP), 32)
            left = 0.0
            line: list[tuple[float, float, BedRoom]] = []
            for room in row:
                line.append((round(left), _STEP, room))
                left += self._room_width(room) + gap
            placed.append(line)
        return placed

    def _legend_rows(self, width: int) -> list[list[tuple[int, BedState, str]]]:
        metrics = QFontMetrics(theme.font("small"))
        rows: list[list[tuple[int, BedState, str]]] = []
        left = 0
        for state, words in self._legend:
            wanted = 18 + metrics.horizontalAdvance(words)
            if not rows or (left and left + wanted > width):
                rows.append([])
                left = 0
            rows[-1].append((left, state, words))
            left += wanted + 20
        return rows


def paint_bed(painter: QPainter, rect: QRectF, state: BedState, *, person: bool = True) -> None:
    """Paint one bed: used is tinted with a person, held striped, free only an edge, chosen full with a tick."""
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    radius = 3.5 if person else 3
    painter.save()
    painter.setPen(QPen(theme.color("border" if state == "free" else "accent"), 1))
    backs = {"used": "selection", "chosen": "accent", "held": "selection", "free": "base"}
    painter.setBrush(theme.color(backs[state]))
    painter.drawRoundedRect(box, radius, radius)
    if state == "held":
        painter.setClipRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setPen(QPen(theme.color("accent"), 2))
        step = 6
        reach = int(rect.height() + rect.width())
        for offset in range(0, reach, step):
            x = rect.left() + offset
            painter.drawLine(round(x), round(rect.top()), round(x - rect.height()), round(rect.bottom()))
        painter.setClipping(False)
        painter.setPen(QPen(theme.color("accent"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, radius, radius)
    elif person and state in {"used", "chosen"}:
        mark, ink = ("user-round", "accent") if state == "used" else ("check", "onaccent")
        icons.paint_icon(painter, mark, rect.center().x() - 7, rect.center().y() - 7, 14, theme.color(ink))
    painter.restore()
