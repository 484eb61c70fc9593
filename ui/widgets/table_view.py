"""A table without a grid: row lines, chips, numbers at the right, groups that fold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout, QWidget

from ui import theme
from ui.theme import tokens
from ui.widgets.table_cells import (
    CELL_ROLE,
    GROUP_ROLE,
    INDENT_ROLE,
    Cell,
    Column,
    TableDelegate,
    TableGroup,
    TableHeader,
    TableRow,
    flatten,
)

__all__ = ["Cell", "Column", "TableGroup", "TableRow", "TableView"]


class TableView(QTableView):
    """``opened`` is Enter or a double click, ``chosen`` follows the selection, ``folded`` a group heading.

    ``typed`` is a single letter on a row, so that a page may give it a meaning («M» moves), ``menu_wanted`` a row and
    where its menu goes.
    Use ``set_content`` for small tables, or Qt's own ``setModel`` with cells under ``CELL_ROLE`` for long ones.
    """

    opened = Signal(object)
    chosen = Signal(object)
    folded = Signal(object)
    typed = Signal(object, str)
    menu_wanted = Signal(object, QPoint)

    def __init__(
        self,
        name: str,
        columns: Sequence[Column] = (),
        *,
        row_height: int = tokens.TABLE_ROW,
        fits: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.folds = False
        self._columns: tuple[Column, ...] = ()
        self._shown: list[TableRow | TableGroup | None] = []
        self._editor: _Editor | None = None
        self._fits, self._row_height = fits, row_height
        self._cells = TableDelegate(self)
        self._cells.row_height = row_height
        self.setItemDelegate(self._cells)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if fits:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._header = TableHeader(self._cells, self)
        self.setHorizontalHeader(self._header)
        self.doubleClicked.connect(self._double_clicked)
        theme.notifier.changed.connect(self._fit)
        self.set_columns(columns)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Choose the columns of the next content."""
        self._columns = tuple(columns)
        self._cells.columns = self._columns

    def set_content(self, content: Sequence[TableRow | TableGroup]) -> None:
        """Show rows and groups; the selection stays on the row with the same key. An open editor is closed."""
        kept = self.current_key()
        self.close_editor()
        self.folds = any(isinstance(one, TableGroup) and one.key is not None for one in content)
        shown = flatten(content)
        self._shown = [*shown]
        model = QStandardItemModel(len(shown), len(self._columns), self)
        for number, column in enumerate(self._columns):
            model.setHeaderData(number, Qt.Orientation.Horizontal, column.title)
            side = Qt.AlignmentFlag.AlignTrailing if column.number else Qt.AlignmentFlag.AlignLeading
            alignment = side | Qt.AlignmentFlag.AlignVCenter
            model.setHeaderData(number, Qt.Orientation.Horizontal, alignment, Qt.ItemDataRole.TextAlignmentRole)
        for number, one in enumerate(shown):
            self._fill(model, number, one)
        old = self.model()
        self.setModel(model)
        if isinstance(old, QAbstractItemModel) and old.parent() is self:
            old.deleteLater()
        self.clearSpans()
        for number, one in enumerate(self._shown):
            if isinstance(one, TableGroup) and len(self._columns) > 1:
                self.setSpan(number, 0, 1, len(self._columns))
        if kept is not None:
            self.go_to(kept)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self._fit()

    def current_key(self) -> Any:
        """Return the key of the selected row, None on a heading."""
        number = self.currentIndex().row()
        one = self._shown[number] if 0 <= number < len(self._shown) else None
        return one.key if isinstance(one, TableRow) else None

    def go_to(self, key: Any) -> None:
        """Select the row with this key."""
        for number, one in enumerate(self._shown):
            if isinstance(one, TableRow) and one.key == key:
                self.setCurrentIndex(self.model().index(number, 0))
                return

    def open_editor(self, key: Any, editor: QWidget) -> None:
        """Put *editor* below the row with this key, over the whole width. :meth:`close_editor` gives it back."""
        self.close_editor()
        self.go_to(key)
        number = self.currentIndex().row() + 1
        model = self.model()
        if self.current_key() != key or not isinstance(model, QStandardItemModel):
            return
        self._editor = _Editor(editor)
        self._shown.insert(number, None)
        model.insertRow(number, [_empty_item() for _one in self._columns])
        self.setSpan(number, 0, 1, len(self._columns))
        self.setIndexWidget(model.index(number, 0), self._editor)
        self._editor.resized.connect(self._fit_editor)
        self._fit_editor()

    def close_editor(self) -> None:
        """Take the editor out of the table again; it belongs to whoever opened it."""
        holder, self._editor = self._editor, None
        if holder is None:
            return
        had_keyboard = holder.has_keyboard()
        holder.give_back()
        number = self._shown.index(None)
        del self._shown[number]
        self.model().removeRow(number)
        self._fit()
        if had_keyboard:
            self.setFocus()

    def editor(self) -> QWidget | None:
        """Return the editor that is open below a row."""
        return self._editor.content if self._editor is not None else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        if not self.currentIndex().isValid():
            # Qt would begin on the first line, which may be a heading that nothing can be done with.
            first = next((number for number, one in enumerate(self._shown) if isinstance(one, TableRow)), None)
            if first is not None:
                index = self.model().index(first, 0)
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = self.currentIndex().row()
        folds = event.key() == Qt.Key.Key_Space and self._group_at(number) is not None
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if folds or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(number)
        elif event.text().isalpha() and not held and self.current_key() is not None:
            self.typed.emit(self.current_key(), event.text())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        asked = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if asked else self.indexAt(event.pos())
        one = self._shown[index.row()] if 0 <= index.row() < len(self._shown) else None
        if isinstance(one, TableRow):
            place = self.visualRect(index).bottomLeft() if asked else event.pos()
            self.menu_wanted.emit(one.key, self.viewport().mapToGlobal(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        number = self.indexAt(event.position().toPoint()).row()
        if event.button() == Qt.MouseButton.LeftButton and self._group_at(number) is not None:
            self._open(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_width()
        self._fit_editor()

    def _show_editor(self) -> None:
        if self._editor is not None:
            self.scrollTo(self.model().index(self._shown.index(None), 0))

    def _fit_editor(self) -> None:
        if self._editor is not None:
            number = self._shown.index(None)
            height = self._editor.wanted_height(self.viewport().width())
            if height != self.rowHeight(number):
                self.setRowHeight(number, height)
                # Qt lays the table out later, so scrolling to the row waits until then.
                QTimer.singleShot(0, self, self._show_editor)
            if self._fits:
                self.setFixedHeight(self._wanted_height())

    def sizeHint(self) -> QSize:
        return QSize(480, self._wanted_height() if self._fits else 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self._wanted_height() if self._fits else theme.px(tokens.TABLE_ROW) * 3)

    @staticmethod
    def _fill(model: QStandardItemModel, number: int, one: TableRow | TableGroup) -> None:
        if isinstance(one, TableGroup):
            item = QStandardItem()
            item.setData(one, GROUP_ROLE)
            item.setData(f"{one.title} {one.count}".strip(), Qt.ItemDataRole.AccessibleTextRole)
            model.setItem(number, 0, item)
            return
        for place, cell in enumerate(one.cells):
            item = QStandardItem()
            item.setData(cell, CELL_ROLE)
            item.setData(one.indent, INDENT_ROLE)
            item.setData(cell.spoken(), Qt.ItemDataRole.AccessibleTextRole)
            model.setItem(number, place, item)

    def _group_at(self, number: int) -> TableGroup | None:
        one = self._shown[number] if 0 <= number < len(self._shown) else None
        return one if isinstance(one, TableGroup) and one.key is not None else None

    def _double_clicked(self, index: QModelIndex) -> None:
        if self._group_at(index.row()) is None:
            self._open(index.row())

    def _open(self, number: int) -> None:
        group = self._group_at(number)
        if group is not None:
            self.folded.emit(group.key)
        elif 0 <= number < len(self._shown):
            one = self._shown[number]
            if isinstance(one, TableRow):
                self.opened.emit(one.key)

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        one = self._shown[now.row()] if 0 <= now.row() < len(self._shown) else None
        if isinstance(one, TableRow):
            self.chosen.emit(one.key)

    def _wanted_height(self) -> int:
        rows = sum(one is not None for one in self._shown)
        editor = self._editor.wanted_height(self.viewport().width()) if self._editor is not None else 0
        return theme.px(tokens.CONTROL) + 1 + rows * theme.px(self._row_height) + editor

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(self._row_height))
        self.horizontalHeader().setFixedHeight(theme.px(tokens.CONTROL))
        if self._fits:
            self.setFixedHeight(self._wanted_height())
        self.share_width()
        self._fit_editor()
        self.viewport().update()

    def share_width(self) -> None:
        """Give each column its share of the width; for whoever brings a model of their own."""
        if self.model() is None or not self._columns:
            return
        fixed = sum(theme.px(column.width) for column in self._columns)
        free = max(self.viewport().width() - fixed, 0)
        shares = sum(column.share for column in self._columns if not column.width) or 1
        for number, column in enumerate(self._columns):
            width = theme.px(column.width) if column.width else int(free * column.share / shares)
            self.setColumnWidth(number, width)


class _Editor(QWidget):
    """Holds an editor in a row. The view deletes what it holds, so the editor itself is lent to it only."""

    resized = Signal()

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.content = content
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(content)
        content.show()
        content.installEventFilter(self)

    def wanted_height(self, width: int) -> int:
        """Return how high the editor has to be at this *width*."""
        by_width = self.content.heightForWidth(width) if self.content.hasHeightForWidth() else 0
        return max(self.content.sizeHint().height(), by_width)

    def has_keyboard(self) -> bool:
        """Tell whether the keyboard is in the editor."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def give_back(self) -> None:
        """Let go of the editor, unharmed."""
        self.content.removeEventFilter(self)
        self.content.hide()
        self.content.setParent(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self.resized.emit)
        return super().eventFilter(watched, event)


def _empty_item() -> QStandardItem:
    item = QStandardItem()
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item
