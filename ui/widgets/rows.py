"""A list of rows: keyboard complete, one delegate, signals out. Used on Today, in cards and for facts to act on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QToolTip, QWidget

from ui import theme
from ui.widgets.plain_list import PlainList
from ui.widgets.row import ROW_ROLE, Row
from ui.widgets.row_delegate import RowDelegate, RowShape
from ui.widgets.text import width_of

__all__ = ["Row", "RowList", "RowShape"]


class RowList(PlainList):
    """Shows rows. Enter opens, Space marks, the action link is reached with Ctrl+Enter or the mouse.

    ``opened``, ``toggled``, ``acted`` and ``moved_to`` hand back the row's key; ``marked`` is Space on a row without
    a check box; ``typed`` is any other single
    letter, so that a page may give it a meaning («M» moves a milestone).
    """

    opened = Signal(object)
    marked = Signal(object)
    toggled = Signal(object, bool)
    acted = Signal(object)
    moved_to = Signal(object)
    typed = Signal(object, str)

    def __init__(
        self,
        name: str,
        shape: RowShape | None = None,
        *,
        fits: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._rows: tuple[Row, ...] = ()
        self._fits = fits
        self._model = QStandardItemModel(self)
        self._delegate = RowDelegate(shape or RowShape(), self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        if fits:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._tell_moved)
        theme.notifier.changed.connect(self._refit)

    def rows(self) -> tuple[Row, ...]:
        """Return what is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show *rows*; the keyboard stays on the row with the same key."""
        kept = self.current_key()
        self._rows = tuple(rows)
        self._model.clear()
        for row in self._rows:
            item = QStandardItem()
            item.setData(row, ROW_ROLE)
            item.setData(row.words(), Qt.ItemDataRole.AccessibleTextRole)
            item.setEditable(False)
            if row.header:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            elif row.checked is not None:
                item.setCheckable(True)
                item.setCheckState(Qt.CheckState.Checked if row.checked else Qt.CheckState.Unchecked)
            self._model.appendRow(item)
        if kept is not None:
            self.go_to(kept)
        self._refit()

    def current_row(self) -> Row | None:
        """Return the row the keyboard is on."""
        index = self.currentIndex()
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def current_key(self) -> Any:
        """Return the key of the row the keyboard is on."""
        row = self.current_row()
        return row.key if row else None

    def go_to(self, key: Any) -> None:
        """Put the keyboard on the row with this key, if it is there."""
        for number, row in enumerate(self._rows):
            if row.key == key and not row.header:
                self.setCurrentIndex(self._model.index(number, 0))
                return

    def viewport_width(self) -> int:
        """Return the width rows have."""
        return self.viewport().width()

    def sizeHint(self) -> QSize:
        return QSize(240, self._wanted_height() if self._fits else 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._wanted_height() if self._fits else theme.px(72))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and any(row.lines > 1 for row in self._rows):
            self._refit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            first = next((number for number, row in enumerate(self._rows) if not row.header), None)
            if first is not None:
                self.setCurrentIndex(self._model.index(first, 0))

    def event(self, event: QEvent) -> bool:
        # Ctrl+Enter is the row's action here; elsewhere it is «save and add another».
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            row = self.current_row()
            entered = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier and row is not None and row.action:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.current_row(), event.key()
        if row is None:
            super().keyPressEvent(event)
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            wants_action = held == Qt.KeyboardModifier.ControlModifier and row.action
            (self.acted if wants_action else self.opened).emit(row.key)
        elif key == Qt.Key.Key_Space and held == Qt.KeyboardModifier.NoModifier:
            self._mark(row)
        elif event.text().isalpha() and held in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}:
            self.typed.emit(row.key, event.text())
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        number, part = self._part_at(event.position().toPoint())
        hovered = number if part == "action" else -1
        if hovered != self._delegate.hovered_action:
            self._delegate.hovered_action = hovered
            self.viewport().update()
        pointing = part in {"action", "check"}
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        number, part = self._part_at(event.position().toPoint())
        if number < 0:
            return
        row = self._rows[number]
        if part == "check":
            self._mark(row)
        elif part == "action":
            self.acted.emit(row.key)
        else:
            self.opened.emit(row.key)

    def leaveEvent(self, event: QEvent) -> None:
        self._delegate.hovered_action = -1
        super().leaveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().viewportEvent(event)

    def _mark(self, row: Row) -> None:
        if row.checked is None:
            self.marked.emit(row.key)
        else:
            self.toggled.emit(row.key, not row.checked)

    def _part_at(self, point: QPoint) -> tuple[int, str]:
        index = self.indexAt(point)
        if not index.isValid() or self._rows[index.row()].header:
            return -1, ""
        row, rect = self._rows[index.row()], self.visualRect(index)
        if self._delegate.check_rect(rect, row).adjusted(-8, -8, 8, 8).contains(point) and row.checked is not None:
            return index.row(), "check"
        if row.action and self._delegate.action_rect(rect, row).adjusted(-6, 0, 6, 0).contains(point):
            return index.row(), "action"
        return index.row(), "row"

    def _show_tip(self, event: QHelpEvent) -> None:
        number, _part = self._part_at(event.pos())
        row = self._rows[number] if number >= 0 else None
        if row is None or row.sensitive or width_of(row.words(), theme.font()) < self.viewport_width() * 0.75:
            QToolTip.hideText()
            return
        QToolTip.showText(event.globalPos(), row.words(), self.viewport())

    def _tell_moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if 0 <= now.row() < len(self._rows):
            self.moved_to.emit(self._rows[now.row()].key)

    def _wanted_height(self) -> int:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = QRect(0, 0, self.viewport_width(), 0)  # pyright: ignore[reportAttributeAccessIssue]
        return sum(
            self._delegate.sizeHint(option, self._model.index(number, 0)).height() for number in range(len(self._rows))
        )

    def _refit(self) -> None:
        self.scheduleDelayedItemsLayout()
        if self._fits:
            self.setFixedHeight(self._wanted_height())
        self.updateGeometry()
