"""Draws one row of a list: widths are shared, the trailing part is reserved first, then the title is elided."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import icons, theme
from ui.theme import tokens
from ui.widgets.check_mark import paint_check_box
from ui.widgets.chip import chip_width, paint_chip
from ui.widgets.row import ROW_ROLE, Row
from ui.widgets.text import baseline_in, draw_words, draw_words_ending_at, width_of

Index = QModelIndex | QPersistentModelIndex
_SIDE = 8
_GAP = 12
# Times and icons of the widest kind of row; the second column begins at the same place in every list of a page.
_WIDEST_LEAD = 96


@dataclass(frozen=True)
class RowShape:
    """How high rows are and which columns a list has; the same for all of its rows.

    ``second_at``, ``third_at`` and ``chip_at`` are shares of the width (0 to 1) where a column begins; without them
    the second column is shared out and the chip stands at the right. ``inset`` is where the lead begins, and
    ``header_inset`` where the words of a header do.
    """

    height: int = tokens.ROW
    header_height: int = tokens.HEADER_ROW
    second_at: float = 0
    third_at: float = 0
    chip_at: float = 0
    rule: bool = False
    inset: int = 12
    header_inset: int = _SIDE
    day_column: int = 0
    check: int = 18


class RowDelegate(QStyledItemDelegate):
    """Paints :class:`Row` objects found under ``ROW_ROLE``."""

    def __init__(self, shape: RowShape, parent: QWidget) -> None:
        super().__init__(parent)
        self.shape = shape
        self.hovered_action = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row | None = index.data(ROW_ROLE)
        if row is None:
            return QSize(0, theme.px(self.shape.height))
        if row.header:
            first = index.row() == 0
            return QSize(80, theme.px(self.shape.header_height - (4 if first else 0)))
        height = theme.px(self.shape.height)
        if row.lines > 1:
            view = self.parent()
            seen = view.viewport().width() if isinstance(view, QAbstractItemView) else 400
            width = option.rect.width() or seen
            lines = self._title_lines(row, self._title_room(row, width))
            height += (lines - 1) * _line_height()
        return QSize(80, height)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        # What stands in the place of a row covers all of it; by itself Qt leaves half of the check box beside it.
        editor.setGeometry(option.rect)

    def check_rect(self, rect: QRect, row: Row) -> QRectF:
        """Return where the check box of *row* lies; empty without one."""
        if row.checked is None:
            return QRectF()
        middle = rect.top() + theme.px(self.shape.height) / 2
        side = self.shape.check
        return QRectF(rect.left() + self.shape.inset, middle - side / 2, side, side)

    def action_rect(self, rect: QRect, row: Row) -> QRectF:
        """Return where the action link of *row* lies; empty without one."""
        if not row.action:
            return QRectF()
        width = width_of(row.action, theme.font())
        return QRectF(rect.right() + 1 - _SIDE - width, rect.top() + 2, width, rect.height() - 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row | None = index.data(ROW_ROLE)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if row.header:
            self._paint_header(painter, QRectF(rect), row)
        else:
            self._paint_surface(painter, option, row)
            self._paint_row(painter, rect, row, index.row())
        painter.restore()

    def _paint_header(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        baseline = baseline_in(rect.adjusted(0, 2, 0, 0))
        font = theme.font("small", strong=True)
        left = rect.left() + self.shape.header_inset
        end = draw_words(painter, left, baseline, row.title, font, theme.color("muted"), rect.width())
        if self.shape.rule:
            painter.setPen(QPen(theme.color("soft"), 1))
            y = round(baseline) - round(QFontMetrics(font).xHeight() / 2) - 0.5
            painter.drawLine(QPointF(end + _GAP, y), QPointF(rect.right() - _SIDE, y))

    def _paint_surface(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        rect = QRectF(option.rect).adjusted(0, 1, 0, -1)
        state = option.state
        back = ""
        if row.current:
            back = "accentsoft"
        elif state & QStyle.StateFlag.State_MouseOver:
            back = "alt"
        if back:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(back))
            painter.drawRoundedRect(rect, tokens.RADIUS, tokens.RADIUS)
        if row.current:
            paint_pill(painter, rect.left(), rect.center().y())
        if state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, rect)

    def _paint_row(self, painter: QPainter, rect: QRect, row: Row, number: int) -> None:
        line = QRectF(rect.left(), rect.top(), rect.width(), theme.px(self.shape.height))
        upper = line.adjusted(0, theme.px(5), 0, -theme.px(23)) if row.below else line
        baseline = baseline_in(upper)
        right = self._paint_trailing(painter, rect, row, baseline, upper.center().y(), number)
        self._paint_lead(painter, rect, row, baseline, upper.center().y())
        left = rect.left() + self._lead(row)
        font = theme.font(strong=row.strong)
        ink = theme.color("muted" if row.quiet else "text")
        second_at = rect.left() + self._second_at(rect.width())
        limit = min(second_at - _GAP, right) if row.second else right
        if row.lines > 1:
            self._paint_lines(painter, rect, row, font)
        else:
            detail = width_of(row.detail, theme.font("small")) + _SIDE if row.detail else 0
            room = limit - left - min(detail, (limit - left) / 2)
            end = draw_words(painter, left, baseline, row.title, font, ink, room)
            if row.detail:
                tint = theme.color(row.detail_tint)
                draw_words(painter, end + _SIDE, baseline, row.detail, theme.font("small"), tint, limit - end - _SIDE)
        if row.below:
            under = baseline_in(line.adjusted(0, theme.px(24), 0, -theme.px(4)))
            # What stands at the right end is in the upper line, so the lower one has the whole width.
            room = rect.right() + 1 - _SIDE - left
            draw_words(painter, left, under, row.below, theme.font("small"), theme.color("muted"), room)
        if row.second:
            self._paint_columns(painter, rect, row, baseline, second_at, right)

    def _paint_columns(
        self, painter: QPainter, rect: QRect, row: Row, baseline: float, second_at: float, right: float
    ) -> None:
        if not self.shape.third_at:
            ink = theme.color("muted" if row.quiet else "text")
            draw_words(painter, second_at, baseline, row.second, theme.font(), ink, right - second_at)
            return
        small, muted = theme.font("small"), theme.color("muted")
        third_at = rect.left() + round(rect.width() * self.shape.third_at)
        draw_words(painter, second_at, baseline, row.second, small, muted, third_at - second_at - _SIDE)
        draw_words(painter, third_at, baseline, row.third, small, muted, right - third_at)

    def _paint_lead(self, painter: QPainter, rect: QRect, row: Row, baseline: float, middle: float) -> None:
        x = rect.left() + self.shape.inset
        if row.time:
            ink = theme.color("muted" if row.quiet else "text")
            draw_words(painter, x, baseline, row.time, theme.font(strong=row.current), ink)
            x = rect.left() + self._time_width() + self.shape.inset
        if row.checked is not None:
            paint_check_box(painter, self.check_rect(rect, row), checked=row.checked)
        elif row.icon:
            shift = 0 if row.time else -2
            icons.paint_icon(painter, row.icon, x + shift, middle - 8, 16, theme.color(row.icon_tint))
            if row.day:
                room = theme.px(self.shape.day_column) - 4
                draw_words(painter, x + 26, baseline, row.day, theme.font("small"), theme.color("muted"), room)
        elif row.under:
            x += (self._under() - 18) / 2
            icons.paint_icon(painter, "corner-down-right", x, middle - 8, 14, theme.color("muted"))

    def _paint_trailing(
        self, painter: QPainter, rect: QRect, row: Row, baseline: float, middle: float, number: int
    ) -> float:
        """Paint what stands at the right end and return where the room for the rest ends."""
        right = rect.right() + 1 - _SIDE
        if row.action:
            font = theme.font()
            font.setUnderline(self.hovered_action == number)
            right = draw_words_ending_at(painter, right, baseline, row.action, font, theme.color("accent")) - _GAP
        if row.chip is not None:
            fixed = rect.left() + round(rect.width() * self.shape.chip_at)
            start = fixed if self.shape.chip_at else right - chip_width(row.chip)
            paint_chip(painter, start, middle, row.chip, right - start)
            right = start - _SIDE
        elif self.shape.chip_at:
            right = rect.left() + round(rect.width() * self.shape.chip_at) - _SIDE
        narrow = rect.width() < theme.px(tokens.NARROW_ROW_BELOW) and bool(row.second)
        if row.trailing and not narrow:
            font, ink = theme.font("small"), theme.color("muted")
            right = draw_words_ending_at(painter, right, baseline, row.trailing, font, ink)
            if row.trailing_icon:
                right -= 22
                icons.paint_icon(painter, row.trailing_icon, right, middle - 8, 16, theme.color("done"))
            right -= _GAP
        return right

    def _paint_lines(self, painter: QPainter, rect: QRect, row: Row, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(theme.color("muted" if row.quiet else "text"))
        left = rect.left() + self._lead(row)
        top = rect.top() + (theme.px(self.shape.height) - _line_height()) // 2
        area = QRect(left, top, self._title_room(row, rect.width()), rect.bottom() - top)
        painter.drawText(area, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, row.title)

    def _title_room(self, row: Row, width: int) -> int:
        room = width - self._lead(row) - _SIDE
        if row.trailing:
            room -= round(width_of(row.trailing, theme.font("small"))) + _GAP
        if row.action:
            room -= round(width_of(row.action, theme.font())) + _GAP
        return max(room, 40)

    @staticmethod
    def _title_lines(row: Row, room: int) -> int:
        box = QFontMetrics(theme.font()).boundingRect(0, 0, room, 10_000, Qt.TextFlag.TextWordWrap, row.title)
        return min(max(round(box.height() / _line_height()), 1), row.lines)

    @staticmethod
    def _time_width() -> int:
        return theme.px(56)

    def _lead(self, row: Row) -> int:
        inset = self.shape.inset
        if row.time:
            return inset + self._time_width() + (28 if row.icon or row.checked is not None else 0)
        if row.checked is not None:
            return inset + self.shape.check + (14 if self.shape.check > 16 else 12)
        if row.icon:
            return inset + 26 + theme.px(self.shape.day_column)
        return inset + self._under() if row.under else inset

    def _under(self) -> int:
        """Return how far a row that belongs to the one above stands in: under its words, where columns leave room."""
        return 18 if self.shape.second_at else 26

    def _second_at(self, width: int) -> int:
        if self.shape.second_at:
            return round(width * self.shape.second_at)
        shared = width - _WIDEST_LEAD - 24
        share = 4 / 7 if width < theme.px(tokens.NARROW_ROW_BELOW) else 3 / 7
        return _WIDEST_LEAD + round(shared * share)


def paint_pill(painter: QPainter, left: float, middle: float) -> None:
    """Paint the mark of the active row: an accent pill at its left edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    painter.drawRoundedRect(QRectF(left, middle - 8, 3, 16), 1.5, 1.5)


def paint_focus(painter: QPainter, rect: QRectF) -> None:
    """Paint the ring that shows where the keyboard is."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("accent"), 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), tokens.RADIUS, tokens.RADIUS)


def _line_height() -> int:
    return QFontMetrics(theme.font()).height()
