"""The week by worker, room or resident: a painted grid in which keys do everything the mouse does.

Arrow keys go from block to block and over free places; Enter opens, or begins something new on a free place; Space says
that it took place, G that it did as it was planned, X that it was not attended, M moves, N begins something new; Page
Up and Page Down turn the leaf.
"""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QSizePolicy, QToolTip, QWidget

from ui import theme
from ui.widgets.week_grid import Block, Cell, Grid, GridLayout
from ui.widgets.week_paint import WeekPainter

Place = tuple[int, int, int]
_FREE: Final = -1
"""The number of a place where no block is."""
_LETTERS: Final = {
    Qt.Key.Key_M: "move",
    Qt.Key.Key_X: "missed",
    Qt.Key.Key_G: "at_once",
    Qt.Key.Key_Space: "given",
}


class WeekView(QAbstractScrollArea):
    """``opened`` hands back the key of a block, ``placed`` the key of a row and a day where something new is wanted.

    ``acted`` hands back a key and «given», «at_once», «missed» or «move»; ``moved`` a key, the row and the day it was
    dragged to; ``turned`` 1 or -1; ``asked`` a key and where on the screen a menu is wanted.
    """

    opened = Signal(object)
    placed = Signal(object, object)
    acted = Signal(object, str)
    moved = Signal(object, object, object)
    turned = Signal(int)
    asked = Signal(object, QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.titles_head = True
        """False where the rows are weeks and nobody's."""
        self.grid = Grid()
        self.at: Place | None = None
        self._pressed: tuple[QPointF, Any] | None = None
        self._dragged: Any = None
        self._target: tuple[int, int] | None = None
        self._places = GridLayout(self.grid, 1, 1.0, titles_head=True)
        theme.notifier.changed.connect(self._lay_out)

    # --- what is shown -------------------------------------------------------------------------------------------

    def set_grid(self, grid: Grid) -> None:
        """Show *grid*. The keyboard stays on the same block, or on the same row and day."""
        key = self.current_key()
        where = self.current_cell()
        row_key = self.grid.rows[self.at[0]].key if self.at is not None and self.at[0] < len(self.grid.rows) else None
        self.grid = grid
        self._lay_out()
        found = grid.place_of(key) if key is not None else None
        if found is None and where is not None:
            found = self._place_of_cell(row_key, where)
        self.at = found or self._first()
        self._tell_name()

    def current_key(self) -> Any:
        """Return the key of the block the keyboard is on; None on a free place."""
        block = self.current_block()
        return block.key if block is not None else None

    def current_block(self) -> Block | None:
        """Return the block the keyboard is on."""
        if self.at is None:
            return None
        blocks = self.grid.blocks(self.at[0], self.at[1])
        return blocks[self.at[2]] if 0 <= self.at[2] < len(blocks) else None

    def current_cell(self) -> Cell | None:
        """Return the cell the keyboard is in."""
        return self.grid.cell(self.at[0], self.at[1]) if self.at is not None else None

    def current_row_key(self) -> Any:
        """Return the key of the row the keyboard is in."""
        return self.grid.rows[self.at[0]].key if self.at is not None and self.grid.rows else None

    def go_to(self, key: Any) -> None:
        """Put the keyboard's mark on the block with *key*."""
        found = self.grid.place_of(key)
        if found is not None:
            self._go(found)

    def _first(self) -> Place | None:
        places = sorted((row, column) for (row, column), cell in self.grid.cells.items() if cell.blocks)
        today = [one for one in places if self.grid.cells[one].today]
        if today or places:
            row, column = (today or places)[0]
            return row, column, 0
        return (0, 0, _FREE) if self.grid.cells else None

    def _place_of_cell(self, row_key: Any, where: Cell) -> Place | None:
        for (row, column), cell in self.grid.cells.items():
            if cell.day == where.day and self.grid.rows[row].key == row_key:
                number = min(self.at[2] if self.at else 0, len(cell.blocks) - 1)
                return row, column, number
        return None

    def _lay_out(self) -> None:
        line = QFontMetricsF(theme.font()).height()
        self._places = GridLayout(self.grid, self.viewport().width(), line, titles_head=self.titles_head)
        room = self.viewport().height() - self._places.header
        bar = self.verticalScrollBar()
        bar.setRange(0, max(self._places.height - room, 0))
        bar.setPageStep(max(room, 1))
        bar.setSingleStep(self._places.step)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(700), min(self._places.height + self._places.header + 2, theme.px(560)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(220))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        # The header stands still, so nothing can be shifted as a picture.
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = WeekPainter(self.viewport(), self._places, self.verticalScrollBar().value())
        painter.paint(event.rect(), self.at if self.hasFocus() else None, self._target)

    # --- keys ----------------------------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell_name()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        # Esc ends a drag before it means «cancel» to the page.
        ends = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._dragged is not None
        if ends and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain or self.at is None:
            super().keyPressEvent(event)
            return
        block = self.current_block()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._sideways(1 if (key == Qt.Key.Key_Right) == self.isLeftToRight() else -1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._up_or_down(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(self._in_cell(self.at[0], 0 if key == Qt.Key.Key_Home else len(self.grid.columns) - 1))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            if block is not None:
                self.opened.emit(block.key)
            else:
                self._place_here()
        elif key in (Qt.Key.Key_N, Qt.Key.Key_Insert):
            self._place_here()
        elif key in _LETTERS and block is not None:
            self.acted.emit(block.key, _LETTERS[key])
        elif key == Qt.Key.Key_Escape and self._dragged is not None:
            self._end_drag()
        else:
            super().keyPressEvent(event)

    def _place_here(self) -> None:
        cell = self.current_cell()
        if cell is not None:
            self.placed.emit(self.current_row_key(), cell.day)

    def _in_cell(self, row: int, column: int, number: int = 0) -> Place:
        return row, column, min(number, len(self.grid.blocks(row, column)) - 1)

    def _sideways(self, step: int) -> None:
        assert self.at is not None
        row, column, number = self.at
        if self.grid.cell(row, column + step) is not None:
            self._go(self._in_cell(row, column + step, max(number, 0)))

    def _up_or_down(self, step: int) -> None:
        assert self.at is not None
        row, column, number = self.at
        last = len(self.grid.blocks(row, column)) - 1
        if 0 <= number + step <= last:
            self._go((row, column, number + step))
        elif self.grid.cell(row + step, column) is not None:
            blocks = len(self.grid.blocks(row + step, column))
            self._go((row + step, column, (0 if step > 0 else blocks - 1) if blocks else _FREE))

    def _go(self, place: Place) -> None:
        self.at = place
        self._bring_into_view()
        self._tell_name()
        self.viewport().update()

    def _bring_into_view(self) -> None:
        assert self.at is not None
        rect = self._places.block_rect(self.at[0], self.at[1], max(self.at[2], 0))
        bar, room = self.verticalScrollBar(), self.viewport().height() - self._places.header
        if rect.top() - 8 < bar.value():
            bar.setValue(round(rect.top() - 8))
        elif rect.bottom() + 8 > bar.value() + room:
            bar.setValue(round(rect.bottom() + 8 - room))

    def spoken(self) -> str:
        """Return what a screen reader says of where the keyboard is."""
        if self.at is None or not self.grid.rows:
            return self._name
        row, column, _number = self.at
        block = self.current_block()
        title = self.grid.rows[row].title
        day = self.grid.columns[column].title
        return ", ".join(part for part in ((block.spoken or block.words) if block else "", day, title) if part)

    def _tell_name(self) -> None:
        self.setAccessibleName(f"{self._name}: {self.spoken()}" if self.at is not None else self._name)
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.spoken()))

    # --- the mouse -----------------------------------------------------------------------------------------------

    def _point(self, position: QPointF) -> QPointF:
        return QPointF(position.x(), position.y() - self._places.header + self.verticalScrollBar().value())

    def place_at(self, position: QPointF) -> Place | None:
        """Return what lies at a point of the viewport."""
        return self._places.place_at(self._point(position)) if position.y() >= self._places.header else None

    def rect_of(self, key: Any) -> QRectF:
        """Return where in the viewport the block with *key* lies."""
        found = self.grid.place_of(key)
        rect = self._places.block_rect(*found) if found is not None else QRectF()
        return rect.translated(0, self._places.header - self.verticalScrollBar().value())

    def rect_of_cell(self, row: int, column: int) -> QRectF:
        """Return where in the viewport a cell lies."""
        down = self._places.header - self.verticalScrollBar().value()
        return self._places.cell_rect(row, column).translated(0, down)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.place_at(event.position())
        if found is None:
            return
        self._go(found)
        block = self.current_block()
        if event.button() == Qt.MouseButton.LeftButton and block is not None and block.movable:
            self._pressed = (event.position(), block.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            start, key = self._pressed
            if (event.position() - start).manhattanLength() >= QApplication.startDragDistance():
                self._dragged = key
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._dragged is not None:
            found = self.place_at(event.position())
            self._target = found[:2] if found is not None else None
            self.viewport().update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        key, target = self._dragged, self._target
        self._end_drag()
        if key is None or target is None:
            return
        before = self.grid.place_of(key)
        cell = self.grid.cell(*target)
        if before is not None and before[:2] != target and cell is not None:
            self.moved.emit(key, self.grid.rows[target[0]].key, cell.day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self.place_at(event.position()) is None:
            return
        block = self.current_block()
        if block is not None:
            self.opened.emit(block.key)
        else:
            self._place_here()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.rect_of(self.current_key()).bottomLeft().toPoint()
        else:
            found = self.place_at(QPointF(event.pos()))
            if found is None:
                return
            self._go(found)
            where = event.pos()
        if self.current_block() is not None:
            self.asked.emit(self.current_key(), self.viewport().mapToGlobal(where))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            column = (
                self._places.place_at(QPointF(event.pos().x(), 0)) if event.pos().y() < self._places.header else None
            )
            note = self.grid.columns[column[1]].note if column is not None else ""
            QToolTip.showText(event.globalPos(), note, self.viewport())
            return True
        return super().viewportEvent(event)

    def _end_drag(self) -> None:
        self._pressed, self._dragged, self._target = None, None, None
        self.viewport().unsetCursor()
        self.viewport().update()
