"""The table itself: rows put into words as they come into view, several of them chosen at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from shelterdesk.i18n import _
from shelterdesk.residents import ListRow
from ui.tables.lazy_rows import LazyRows
from ui.widgets.table_view import Cell, Column, TableView


class PeopleGrid(TableView):
    """Enter opens a record, Shift and Ctrl choose several, Ctrl+A all. ``selected`` fires with how many are chosen."""

    selected = Signal(int)
    sorted_by = Signal(int)
    """The place of a column whose title was pressed."""

    def __init__(self) -> None:
        super().__init__(_("People"))
        self.setObjectName("people-table")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._people: Sequence[ListRow] = ()
        self.horizontalHeader().setSectionsClickable(True)
        self.horizontalHeader().sectionClicked.connect(self.sorted_by)
        self.doubleClicked.connect(self._open_at)

    def show_people(
        self, rows: Sequence[ListRow], columns: Sequence[Column], words: Callable[[ListRow], tuple[Cell, ...]]
    ) -> None:
        """Show *rows*; who was chosen and is still there stays chosen."""
        kept, before = set(self.chosen_people()), self.model()
        self._people = rows
        self.set_columns(columns)
        self.setModel(LazyRows(rows, [column.title for column in columns], words, self))
        if isinstance(before, LazyRows):
            before.deleteLater()
        self.selectionModel().selectionChanged.connect(lambda _now, _was: self._tell_chosen())
        if kept:
            self._choose(number for number, row in enumerate(rows) if row.id in kept)
        self.share_width()
        self._tell_chosen()

    def _choose(self, numbers: Iterable[int]) -> None:
        """Choose rows in one step, neighbours as one range: each step of its own would be told to the page."""
        ranges: list[list[int]] = []
        for number in numbers:
            if ranges and ranges[-1][1] == number - 1:
                ranges[-1][1] = number
            else:
                ranges.append([number, number])
        model, chosen = self.model(), QItemSelection()
        for first, last in ranges:
            chosen.select(model.index(first, 0), model.index(last, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(chosen, flags.Select | flags.Rows)

    def chosen_people(self) -> list[UUID]:
        """Return who is chosen, in the order of the table."""
        return [self._people[number].id for number in sorted(self._chosen_rows()) if number < len(self._people)]

    def _chosen_rows(self) -> set[int]:
        # By ranges: an index of its own for each of ten thousand rows takes half a second.
        model = self.selectionModel()
        if model is None:
            return set()
        chosen = model.selection()
        ranges = [chosen.at(place) for place in range(chosen.count())]
        return {number for one in ranges for number in range(one.top(), one.bottom() + 1)}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open_at(self.currentIndex())
        elif event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def _open_at(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._people):
            self.opened.emit(self._people[index.row()].id)

    def _tell_chosen(self) -> None:
        self.selected.emit(len(self._chosen_rows()))
