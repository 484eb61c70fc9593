"""Painting a week view: header, heads of rows, and of the blocks only what is seen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui import icons, theme
from ui.theme import tokens
from ui.widgets.row_delegate import paint_focus
from ui.widgets.text import baseline_in, draw_words, draw_words_ending_at, width_of
from ui.widgets.week_grid import ROW_TOP, Block, BlockState, GridLayout

_ICON: Final = 14
_MARK: Final = 14
_NARROW: Final = 104
"""Below this width a block leaves out its icon."""
_BACK: Final[dict[BlockState, str]] = {
    "planned": "accentsoft",
    "done": "neutral_back",
    "missed": "base",
    "fixed": "base",
    "busy": "alt",
    "new": "accentsoft",
    "clash": "attention_back",
    "clashing": "base",
}
_EDGE: Final[dict[BlockState, tuple[str, float, Qt.PenStyle]]] = {
    "missed": ("hairline", 1, Qt.PenStyle.SolidLine),
    "fixed": ("btnborder", 1, Qt.PenStyle.SolidLine),
    "busy": ("hairline", 1, Qt.PenStyle.SolidLine),
    "new": ("accent", 1.5, Qt.PenStyle.DashLine),
    "clash": ("attention", 1.5, Qt.PenStyle.DashLine),
    "clashing": ("attention", 1.5, Qt.PenStyle.SolidLine),
}
_QUIET: Final = frozenset({"done", "missed", "busy"})
_ATTENTION: Final = frozenset({"clash", "clashing"})
_SAID_BY_ICON: Final = frozenset({"done", "missed"})


class WeekPainter:
    """Paints once. ``scrolled`` is how far the rows are shifted up under the header."""

    def __init__(self, viewport: QWidget, places: GridLayout, scrolled: int) -> None:
        self.painter = QPainter(viewport)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.places, self.scrolled, self.size = places, scrolled, viewport.size()
        self.body, self.small, self.strong = theme.font(), theme.font("small"), theme.font(strong=True)
        self.ascends = QFontMetricsF(self.body).height()

    def paint(self, clip: QRect, at: tuple[int, int, int] | None, target: tuple[int, int] | None) -> None:
        """Paint what lies in *clip*; *at* has the keyboard, *target* is where something is dragged to."""
        painter, places = self.painter, self.places
        header = places.header
        top = clip.top() - header + self.scrolled
        bottom = clip.bottom() - header + self.scrolled
        painter.save()
        painter.setClipRect(QRectF(0, header, self.size.width(), self.size.height() - header))
        painter.translate(0, header - self.scrolled)
        rows = places.rows_between(top, bottom)
        for row in rows:
            self._cells(row)
        if target is not None:
            painter.fillRect(places.cell_rect(*target).adjusted(1, 1, 0, 0), theme.color("selection"))
        for row in rows:
            self._head(row)
            for column in range(len(places.grid.columns)):
                blocks = places.grid.blocks(row, column)
                for number in places.numbers_between(row, column, top, bottom):
                    self._block(places.block_rect(row, column, number), blocks[number])
        if at is not None and at[0] < len(places.grid.rows):
            paint_focus(painter, places.block_rect(at[0], at[1], max(at[2], 0)))
        painter.restore()
        self._header()
        painter.end()

    def _header(self) -> None:
        painter, places = self.painter, self.places
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.drawLine(0, places.header, self.size.width(), places.header)
        for number, column in enumerate(places.grid.columns):
            left, right = places.lefts[number], places.lefts[number + 1]
            rect = QRectF(left + 10, 0, right - left - 14, places.header)
            font = self.strong if column.today else self.body
            tint = "text" if column.today else "muted"
            end = draw_words(
                painter, rect.left(), baseline_in(rect), column.title, font, theme.color(tint), rect.width()
            )
            if column.note:
                draw_words(
                    painter, end + 8, baseline_in(rect), column.note, self.small, theme.color("muted"),
                    rect.right() - end - 8,
                )  # fmt: skip

    def _cells(self, row: int) -> None:
        painter, places = self.painter, self.places
        for column in range(len(places.grid.columns)):
            cell = places.grid.cell(row, column)
            rect = places.cell_rect(row, column)
            if cell is None or cell.quiet:
                painter.fillRect(rect, theme.color("alt"))
            if cell is not None and cell.label:
                font = self.strong if cell.today else self.small
                place = QRectF(rect.left() + 10, rect.top() + ROW_TOP - 2, rect.width() - 14, places.label_height)
                draw_words(painter, place.left(), baseline_in(place), cell.label, font, theme.color("muted"))
            painter.setPen(QPen(theme.color("soft"), 1))
            if rect.left() > 0:
                painter.drawLine(round(rect.left()), round(rect.top()), round(rect.left()), round(rect.bottom()))
        painter.setPen(QPen(theme.color("hairline"), 1))
        bottom = round(places.tops[row + 1])
        painter.drawLine(0, bottom, self.size.width(), bottom)

    def _head(self, row: int) -> None:
        places = self.places
        if not places.head:
            return
        title = places.grid.rows[row]
        top = places.tops[row] + ROW_TOP + 2
        line = QRectF(16, top, places.head - 22, self.ascends)
        painter = self.painter
        draw_words(painter, 16, baseline_in(line), title.title, self.strong, theme.color("text"), line.width())
        for words in title.lines:
            line = line.translated(0, self.ascends)
            draw_words(painter, 16, baseline_in(line), words, self.small, theme.color("muted"), line.width())

    def _block(self, rect: QRectF, block: Block) -> None:
        painter, state = self.painter, block.state
        box = rect.adjusted(0.5, 0.5, -0.5, -0.5)
        colour, width, style = _EDGE.get(state, (_BACK[state], 1, Qt.PenStyle.SolidLine))
        painter.setPen(QPen(theme.color(colour), width, style))
        if theme.current().high_contrast and state not in _EDGE:
            painter.setPen(QPen(theme.color("border"), 1))
        painter.setBrush(theme.color(_BACK[state]))
        painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        ink = "attention" if state == "clash" else "muted" if state in _QUIET else "text"
        left, baseline = rect.left() + 8, baseline_in(rect)
        icon = {"done": "check", "missed": "x"}.get(state, block.icon)
        if icon and (rect.width() >= theme.px(_NARROW) or state in _SAID_BY_ICON):
            tint = "attention" if state in _ATTENTION else "muted" if state in _QUIET else "accent"
            icons.paint_icon(painter, icon, left, rect.center().y() - _ICON / 2, _ICON, theme.color(tint))
            left += _ICON + 5
        right = rect.right() - 7
        for mark, waiting in reversed(block.marks):
            tint = "attention" if waiting else "muted"
            icons.paint_icon(painter, mark, right - _MARK, rect.center().y() - _MARK / 2, _MARK, theme.color(tint))
            right -= _MARK + 4
        if block.time:
            left = draw_words(painter, left, baseline, block.time, self.strong, theme.color(ink), right - left) + 6
        detail = width_of(block.detail, self.small) + 16 if block.detail else 0
        words = self._struck() if state == "missed" else self.body
        end = draw_words(painter, left, baseline, block.words, words, theme.color(ink), right - left)
        if block.detail and end + detail <= right:
            draw_words_ending_at(painter, right, baseline, block.detail, self.small, theme.color("muted"))

    def _struck(self) -> QFont:
        font = QFont(self.body)
        font.setStrikeOut(True)
        return font
