"""The table itself: rows put into words as they come into view, several of them chosen at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
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
        for number, row in enumerate(rows):
            if row.id in kept:
                self.selectionModel().select(
                    self.model().index(number, 0),
                    self.selectionModel().SelectionFlag.Select | self.selectionModel().SelectionFlag.Rows,
                )
        self.share_width()
        self._tell_chosen()

    def chosen_people(self) -> list[UUID]:
        """Return who is chosen, in the order of the table."""
        model = self.selectionModel()
        numbers = sorted(index.row() for index in model.selectedRows()) if model is not None else []
        return [self._people[number].id for number in numbers if number < len(self._people)]

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
        self.selected.emit(len(self.chosen_people()))
