"""What a table shows: columns, rows of cells, groups; and the delegate that draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from shelterdesk.i18n import _
from ui import icons, theme
from ui.theme import tokens
from ui.widgets.check_mark import paint_check_box
from ui.widgets.chip import ChipText, chip_width, paint_chip
from ui.widgets.row_delegate import paint_pill
from ui.widgets.text import baseline_in, draw_words, draw_words_ending_at, width_of

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
GROUP_ROLE = Qt.ItemDataRole.UserRole + 2
INDENT_ROLE = Qt.ItemDataRole.UserRole + 3
_PAD = 8


@dataclass(frozen=True)
class Column:
    """A column: *share* of the free width, or a fixed *width*; numbers stand at the right, their title too."""

    title: str
    share: float = 1
    width: int = 0
    number: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell. ``icon`` stands before the words, ``detail`` is small text after, ``chip`` stands in their place."""

    words: str = ""
    detail: str = ""
    tint: str = "text"
    strong: bool = False
    small: bool = False
    chip: ChipText | None = None
    icon: str = ""
    ticked: bool | None = None
    """Shows a check box in place of everything else, with a tick or without."""

    def spoken(self) -> str:
        """Return the cell as a screen reader says it."""
        if self.ticked is not None:
            return _("Ticked") if self.ticked else _("Not ticked")
        return ", ".join(filter(None, (self.words, self.detail, self.chip.words if self.chip else "")))


@dataclass(frozen=True)
class TableRow:
    """One row with the key its signals hand back."""

    key: Any
    cells: tuple[Cell, ...]
    indent: bool = False


@dataclass(frozen=True)
class TableGroup:
    """A heading over rows; folded or open when ``key`` is given, else it only divides."""

    title: str
    count: str = ""
    key: Any = None
    open: bool = True
    rows: tuple[TableRow, ...] = field(default=())


def flatten(content: Sequence[TableRow | TableGroup]) -> list[TableRow | TableGroup]:
    """Return rows and group headings in the order they are shown, without rows of folded groups."""
    shown: list[TableRow | TableGroup] = []
    for one in content:
        shown.append(one)
        if isinstance(one, TableGroup) and one.open:
            shown.extend(one.rows)
    return shown


class TableHeader(QHeaderView):
    """Titles on the card's own surface, in line with the words below them."""

    def __init__(self, cells: TableDelegate, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._cells = cells
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setStretchLastSection(True)

    def paintSection(self, painter: QPainter, rect: QRect, number: int) -> None:  # noqa: N802 - Qt's name
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = self._cells.columns
        column = columns[number] if number < len(columns) else Column("")
        baseline, ink = baseline_in(QRectF(rect)), theme.color("muted")
        left = rect.left() + (self._cells.title_inset() if number == 0 else _PAD)
        right = rect.right() - _PAD + 1
        if column.number:
            draw_words_ending_at(painter, right, baseline, column.title, theme.font(), ink)
        else:
            draw_words(painter, left, baseline, column.title, theme.font(), ink, right - left)
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.drawLine(QPointF(rect.left(), rect.bottom() + 0.5), QPointF(rect.right() + 1, rect.bottom() + 0.5))
        painter.restore()


class TableDelegate(QStyledItemDelegate):
    """Draws a :class:`Cell` found under ``CELL_ROLE`` or a :class:`TableGroup` under ``GROUP_ROLE``."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self.columns: tuple[Column, ...] = ()
        self.row_height = tokens.TABLE_ROW

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(40, theme.px(self.row_height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        group: TableGroup | None = index.data(GROUP_ROLE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.color("selection"))
        if group is not None:
            self._paint_group(painter, rect, group)
        else:
            self._paint_cell(painter, rect, index, selected=selected)
        if not self._before_group(index):
            self._paint_rule(painter, rect)
        if self._has_keyboard(index):
            self._paint_ring(painter, rect, index)
        painter.restore()

    def _paint_group(self, painter: QPainter, rect: QRectF, group: TableGroup) -> None:
        baseline = baseline_in(rect)
        left = rect.left() + 14
        if group.key is not None:
            mark = "chevron-down" if group.open else "chevron-right"
            icons.paint_icon(painter, mark, rect.left() + 9, rect.center().y() - 8, 16, theme.color("muted"))
            left = rect.left() + 31
        end = draw_words(painter, left, baseline, group.title, theme.font(strong=True), theme.color("text"))
        draw_words(painter, end + 8, baseline, group.count, theme.font(), theme.color("muted"))

    def _paint_cell(
        self, painter: QPainter, rect: QRectF, index: QModelIndex | QPersistentModelIndex, *, selected: bool
    ) -> None:
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            cell = Cell(str(index.data(Qt.ItemDataRole.DisplayRole) or ""))
        first = index.column() == 0
        if first and selected:
            paint_pill(painter, rect.left() + 4, rect.center().y())
        column = self.columns[index.column()] if index.column() < len(self.columns) else Column("")
        left = rect.left() + (self.first_inset(index) if first else _PAD)
        right = rect.right() - _PAD
        baseline = baseline_in(rect)
        font = theme.font("small" if cell.small else "body", strong=cell.strong)
        if cell.ticked is not None:
            paint_check_box(painter, QRectF(left, rect.center().y() - 9, 18, 18), checked=cell.ticked)
        elif cell.chip is not None:
            start = right - chip_width(cell.chip) if column.number else left - 4
            paint_chip(painter, start, rect.center().y(), cell.chip, right - start)
        elif column.number:
            draw_words_ending_at(painter, right, baseline, cell.words, font, theme.color(cell.tint))
        else:
            if cell.icon:
                icons.paint_icon(painter, cell.icon, left, rect.center().y() - 8, 16, theme.color(cell.tint))
                left += 22
            detail = width_of(cell.detail, theme.font("small")) + 8 if cell.detail else 0
            room = max(right - left - detail, (right - left) / 2)
            end = draw_words(painter, left, baseline, cell.words, font, theme.color(cell.tint), room)
            small, muted = theme.font("small"), theme.color("muted")
            draw_words(painter, end + 8, baseline, cell.detail, small, muted, right - end - 8)

    def first_inset(self, index: QModelIndex | QPersistentModelIndex) -> int:
        """Return how far the words of the first column stand from the edge."""
        return self.title_inset() + (16 if index.data(INDENT_ROLE) else 0)

    def title_inset(self) -> int:
        """Return how far the title of the first column stands from the edge."""
        return 31 if getattr(self.parent(), "folds", False) else 14

    @staticmethod
    def _before_group(index: QModelIndex | QPersistentModelIndex) -> bool:
        return index.model().index(index.row() + 1, 0).data(GROUP_ROLE) is not None and not index.data(GROUP_ROLE)

    @staticmethod
    def _paint_rule(painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(theme.color("soft"), 1))
        y = rect.bottom() - 0.5
        painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))

    def _has_keyboard(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        table = self.parent()
        return isinstance(table, QTableView) and table.hasFocus() and table.currentIndex().row() == index.row()

    def _paint_ring(self, painter: QPainter, rect: QRectF, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw this cell's part of the ring around the whole row."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        ink = theme.color("accent")
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 2), ink)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), ink)
        if index.column() == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), 2, rect.height()), ink)
        last = index.model().columnCount() - 1
        if index.column() == last or index.data(GROUP_ROLE) is not None:
            painter.fillRect(QRectF(rect.right() - 2, rect.top(), 2, rect.height()), ink)
