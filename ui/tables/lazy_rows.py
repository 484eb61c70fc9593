"""Rows of a long table, put into words only as they come into view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.widgets.table_cells import CELL_ROLE, Cell

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class LazyRows(QAbstractTableModel):
    """*words* makes the cells of a row; they are kept for as long as the model lives."""

    def __init__(
        self,
        rows: Sequence[Any],
        titles: Sequence[str],
        words: Callable[[Any], tuple[Cell, ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows, self._titles, self._words = rows, titles, words
        self._made: dict[int, tuple[Cell, ...]] = {}

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        named = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._titles[section] if named and section < len(self._titles) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Cell | str | None:
        if role not in (CELL_ROLE, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = self.cells(index.row())[index.column()]
        return cell if role == CELL_ROLE else cell.spoken()

    def cells(self, number: int) -> tuple[Cell, ...]:
        """Return the cells of a row."""
        if number not in self._made:
            self._made[number] = self._words(self.rows[number])
        return self._made[number]

    def reword(self, first: int, last: int) -> None:
        """Put the rows from *first* to *last* into words anew."""
        for number in range(first, last + 1):
            self._made.pop(number, None)
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._titles) - 1))
