"""What a week view shows, and where each of it lies: columns of days, rows of people or rooms, blocks in cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from PySide6.QtCore import QPointF, QRectF

from ui import theme

BlockState = Literal["planned", "done", "missed", "fixed", "busy", "new", "clash", "clashing"]

HEADER, HEAD_COLUMN, NARROW_HEAD = 36, 134, 96
BLOCK, BLOCK_GAP, ROW_TOP, ROW_BOTTOM, ROW_LEAST, ROW_LOW = 24, 3, 7, 7, 85, 58
SIDE = 4
QUIET_SHARE = 0.72
"""How wide a day off is, measured by a working day."""
_NARROW_BELOW = 700


@dataclass(frozen=True)
class Block:
    """One thing in a cell."""

    key: Any
    time: str
    words: str
    icon: str = ""
    state: BlockState = "planned"
    marks: tuple[tuple[str, bool], ...] = ()
    """Icons at the right; True where it still has to be arranged."""
    spoken: str = ""
    """What a screen reader says."""
    movable: bool = False
    detail: str = ""
    """Muted words behind, where a cell is wide."""


@dataclass(frozen=True)
class GridColumn:
    """A day of the week."""

    title: str
    quiet: bool = False
    today: bool = False
    note: str = ""


@dataclass(frozen=True)
class GridRow:
    """Whose row it is: a strong title and muted lines below."""

    key: Any
    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One day of one row."""

    day: date
    blocks: tuple[Block, ...] = ()
    label: str = ""
    """Where a row is a week: the number of the day."""
    quiet: bool = False
    today: bool = False


@dataclass(frozen=True)
class Grid:
    """Everything a week view shows."""

    columns: tuple[GridColumn, ...] = ()
    rows: tuple[GridRow, ...] = ()
    cells: Mapping[tuple[int, int], Cell] = field(default_factory=dict[tuple[int, int], Cell])

    def cell(self, row: int, column: int) -> Cell | None:
        """Return the cell at a place."""
        return self.cells.get((row, column))

    def blocks(self, row: int, column: int) -> tuple[Block, ...]:
        """Return the blocks at a place."""
        found = self.cells.get((row, column))
        return found.blocks if found is not None else ()

    def place_of(self, key: Any) -> tuple[int, int, int] | None:
        """Return row, column and number of the block with *key*."""
        for (row, column), cell in self.cells.items():
            for number, block in enumerate(cell.blocks):
                if block.key == key:
                    return row, column, number
        return None


class GridLayout:
    """Where everything of a grid lies at a width; worked out once, so that painting only looks up."""

    def __init__(self, grid: Grid, width: int, line_height: float, *, titles_head: bool) -> None:
        self.grid = grid
        scale = theme.scale()
        wide = width / scale >= _NARROW_BELOW
        self.head = theme.px(HEAD_COLUMN if wide else NARROW_HEAD) if titles_head else 0
        self.header = theme.px(HEADER)
        shares = [QUIET_SHARE if column.quiet else 1.0 for column in grid.columns]
        free = max(width - self.head, 1)
        total = sum(shares) or 1
        self.lefts = [self.head + round(free * sum(shares[:number]) / total) for number in range(len(shares) + 1)]
        self.tops = [0.0]
        for number, row in enumerate(grid.rows):
            most = max((self._blocks_high(number, column) for column in range(len(shares))), default=0.0)
            words = ROW_TOP + line_height * (1 + len(row.lines)) + ROW_BOTTOM
            least = theme.px(ROW_LEAST if len(row.lines) > 1 else ROW_LOW)
            self.tops.append(self.tops[-1] + max(round(most), round(words) if titles_head else 0, round(least)))

    @property
    def height(self) -> int:
        """Return how high all rows are together."""
        return round(self.tops[-1])

    def _blocks_high(self, row: int, column: int) -> float:
        cell = self.grid.cell(row, column)
        if cell is None:
            return 0.0
        label = self.label_height if cell.label else 0
        return ROW_TOP + label + len(cell.blocks) * self.step + ROW_BOTTOM - BLOCK_GAP

    @property
    def step(self) -> int:
        """Return how far one block is below the next."""
        return theme.px(BLOCK) + BLOCK_GAP

    @property
    def label_height(self) -> int:
        """Return the room of the number of a day."""
        return theme.px(20)

    def rows_between(self, top: float, bottom: float) -> range:
        """Return the rows of which something lies between two heights."""
        first = max(bisect_right(self.tops, top) - 1, 0)
        last = min(bisect_right(self.tops, bottom), len(self.grid.rows))
        return range(first, max(last, first))

    def cell_rect(self, row: int, column: int) -> QRectF:
        """Return where a cell lies, the head and the header left out."""
        left, right = self.lefts[column], self.lefts[column + 1]
        return QRectF(left, self.tops[row], right - left, self.tops[row + 1] - self.tops[row])

    def block_rect(self, row: int, column: int, number: int) -> QRectF:
        """Return where a block lies; the number after the last is the free place below."""
        cell = self.grid.cell(row, column)
        rect = self.cell_rect(row, column)
        label = self.label_height if cell is not None and cell.label else 0
        top = rect.top() + ROW_TOP + label + number * self.step
        return QRectF(rect.left() + SIDE + 1, top, rect.width() - 2 * SIDE - 1, theme.px(BLOCK))

    def numbers_between(self, row: int, column: int, top: float, bottom: float) -> range:
        """Return the blocks of a cell of which something lies between two heights."""
        blocks = self.grid.blocks(row, column)
        if not blocks:
            return range(0)
        begins = self.block_rect(row, column, 0).top()
        first = max(int((top - begins) // self.step), 0)
        last = min(int((bottom - begins) // self.step) + 1, len(blocks))
        return range(first, max(last, first))

    def place_at(self, point: QPointF) -> tuple[int, int, int] | None:
        """Return row, column and block at a point of the rows; -1 for the free place of a cell."""
        if not self.grid.rows or not 0 <= point.y() < self.tops[-1] or not self.lefts:
            return None
        row = bisect_right(self.tops, point.y()) - 1
        column = bisect_right(self.lefts, point.x()) - 1
        if not 0 <= column < len(self.grid.columns) or self.grid.cell(row, column) is None:
            return None
        for number in range(len(self.grid.blocks(row, column))):
            if self.block_rect(row, column, number).contains(point):
                return row, column, number
        return row, column, -1
