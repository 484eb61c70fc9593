"""The beds of a house as tiles, by room. Keys do everything; dragging somebody to a free bed is one more way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from ui import icons, theme
from ui.widgets.row_delegate import paint_focus
from ui.widgets.text import Words, baseline_in, draw_words

TileState = Literal["used", "held", "free"]
_WIDTH, _HEIGHT, _GAP, _ROOM_GAP, _TITLE = 176, 58, 8, 14, 26
_MIME = "application/x-shelterdesk-bed"
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


@dataclass(frozen=True)
class Tile:
    """One bed, or somebody without one. ``words`` is who sleeps there or that it is free, ``detail`` what to know."""

    key: Any
    number: str
    words: str
    state: TileState
    detail: str = ""
    icon: str = ""
    tint: str = "muted"
    movable: bool = False
    """Whoever is there may be given another bed."""


@dataclass(frozen=True)
class TileGroup:
    """A room with its beds."""

    title: str
    tiles: tuple[Tile, ...]
    note: str = ""


class BedBoard(QWidget):
    """``chosen`` hands back the key the keyboard came to, ``picked`` one that was pressed, ``moved`` from and to.

    ``typed`` hands back a key and the letter pressed on it.
    """

    chosen = Signal(object)
    picked = Signal(object)
    moved = Signal(object, object)
    typed = Signal(object, str)
    cancelled = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._groups: list[tuple[Words, list[_TileButton]]] = []
        self._current: Any = None
        self.only_free = False
        """While a bed is being looked for only free ones can be pressed."""
        theme.notifier.changed.connect(self._place)

    def set_groups(self, groups: Sequence[TileGroup]) -> None:
        """Show these rooms. Tiles that stay keep the keyboard."""
        keys = [[tile.key for tile in group.tiles] for group in groups]
        if keys == [[button.tile.key for button in buttons] for _title, buttons in self._groups]:
            for group, (title, buttons) in zip(groups, self._groups, strict=True):
                title.setText(_heading(group))
                for tile, button in zip(group.tiles, buttons, strict=True):
                    button.show_tile(tile, group.title)
            self._choose_stop()
            return
        had = any(button.hasFocus() for button in self.buttons())
        for title, buttons in self._groups:
            title.deleteLater()
            for button in buttons:
                button.hide()
                button.deleteLater()
        self._groups = []
        for group in groups:
            title = Words(_heading(group), "small", "muted", parent=self)
            buttons = [_TileButton(self, tile, group.title) for tile in group.tiles]
            for widget in (title, *buttons):
                widget.show()
            self._groups.append((title, buttons))
        self._choose_stop()
        self._place()
        if had:
            self.go_to(self._current)

    def buttons(self) -> list[_TileButton]:
        """Return the tiles in their order."""
        return [button for _title, buttons in self._groups for button in buttons]

    def current(self) -> Any:
        """Return the key of the tile the keyboard came to last."""
        return self._current

    def go_to(self, key: Any) -> None:
        """Put the keyboard on the tile with *key*, or on the first."""
        found = next((one for one in self.buttons() if one.tile.key == key), None) or next(iter(self.buttons()), None)
        if found is None:
            return
        found.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.only_free and self._current != found.tile.key:
            # A window in the background gives nobody the keyboard; what is shown follows all the same.
            self.mark(found.tile.key)
            self.chosen.emit(found.tile.key)

    def mark(self, key: Any) -> None:
        """Show the tile with *key* as the one the page speaks about."""
        self._current = key
        self._choose_stop()
        self.update()
        for button in self.buttons():
            button.update()

    def look_for_free(self, *, on: bool) -> None:
        """Let only free beds be pressed, or all of them again."""
        self.only_free = on
        for button in self.buttons():
            button.update()

    def step(self, button: _TileButton, across: int, down: int) -> None:
        """Move the keyboard from *button*: across in reading order, down to the tile that lies nearest below."""
        every = self.buttons()
        if across:
            at = every.index(button) + across
            if 0 <= at < len(every):
                every[at].setFocus(Qt.FocusReason.TabFocusReason)
            return
        middle = button.geometry().center()
        ahead = [one for one in every if (one.geometry().center().y() - middle.y()) * down > _HEIGHT // 2]
        if ahead:
            line = min(abs(one.geometry().center().y() - middle.y()) for one in ahead)
            row = [one for one in ahead if abs(one.geometry().center().y() - middle.y()) == line]
            nearest = min(row, key=lambda one: abs(one.geometry().center().x() - middle.x()))
            nearest.setFocus(Qt.FocusReason.TabFocusReason)

    def sizeHint(self) -> QSize:
        width = max(self.width(), _WIDTH)
        return QSize(width, self._lay(width, move=False))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(_WIDTH), theme.px(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.go_to(self._current)

    def _place(self) -> None:
        self.setFixedHeight(max(self._lay(self.width(), move=True), 1))
        self.updateGeometry()

    def _lay(self, width: int, *, move: bool) -> int:
        """Lay the tiles of each room in lines that share the width; return the height all of it takes."""
        height, title_height = theme.px(_HEIGHT), theme.px(_TITLE)
        across = max(width // (theme.px(_WIDTH) + _GAP), 1)
        tile_width = (width + _GAP) // across - _GAP
        top = 0
        for title, buttons in self._groups:
            if move:
                title.setGeometry(QRect(0, top, width, title_height))
            top += title_height
            for number, button in enumerate(buttons):
                row, column = divmod(number, across)
                if move:
                    left = column * (tile_width + _GAP)
                    button.setGeometry(QRect(left, top + row * (height + _GAP), tile_width, height))
            rows = -(-len(buttons) // across)
            top += rows * (height + _GAP) - _GAP + _ROOM_GAP
        return top - _ROOM_GAP if self._groups else 0

    def _choose_stop(self) -> None:
        """Make one tile the stop of Tab: the one at hand, or the first."""
        every = self.buttons()
        stop = next((one for one in every if one.tile.key == self._current), every[0] if every else None)
        for button in every:
            policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)


class _TileButton(QAbstractButton):
    def __init__(self, board: BedBoard, tile: Tile, room: str) -> None:
        super().__init__(board)
        self._board = board
        self._pressed_at: QPoint | None = None
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_tile(tile, room)
        self.clicked.connect(lambda: board.picked.emit(self.tile.key))

    def show_tile(self, tile: Tile, room: str) -> None:
        self.tile = tile
        self.setAccessibleName(", ".join(part for part in (room, tile.number, tile.words, tile.detail) if part))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self._board.only_free:
            self._board.mark(self.tile.key)
            self._board.chosen.emit(self.tile.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in _STEPS and plain:
            self._board.step(self, *_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._board.picked.emit(self.tile.key)
        elif key == Qt.Key.Key_Escape and self._board.only_free:
            self._board.cancelled.emit()
        elif plain and event.text().isalpha():
            self._board.typed.emit(self.tile.key, event.text().casefold())
        else:
            super().keyPressEvent(event)

    # --- dragging ------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint() if self.tile.movable else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start = self._pressed_at
        if start is not None and event.buttons() & Qt.MouseButton.LeftButton:
            way = (event.position().toPoint() - start).manhattanLength()
            if way >= QApplication.startDragDistance():
                self._pressed_at = None
                self.setDown(False)
                self._drag(start)
                return
        super().mouseMoveEvent(event)

    def _drag(self, start: QPoint) -> None:
        # What is dragged carries its place on the board and nothing about anybody.
        data = QMimeData()
        data.setData(_MIME, QByteArray(str(self._board.buttons().index(self)).encode()))
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.setHotSpot(start)
        drag.exec(Qt.DropAction.MoveAction)

    def _dragged(self, event: QDragEnterEvent | QDropEvent) -> _TileButton | None:
        source = event.source()
        ours = isinstance(source, _TileButton) and source in self._board.buttons()
        return source if ours and event.mimeData().hasFormat(_MIME) else None  # pyright: ignore[reportReturnType]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.tile.state == "free" and self._dragged(event) not in (None, self):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        source = self._dragged(event)
        if source is not None and self.tile.state == "free":
            event.acceptProposedAction()
            self._board.moved.emit(source.tile.key, self.tile.key)

    # --- painting ------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_WIDTH), theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, tile = QRectF(self.rect()), self.tile
        off = self._board.only_free and tile.state != "free"
        current = tile.key == self._board.current() or (self._board.only_free and tile.state == "free")
        box = rect.adjusted(1, 1, -1, -1)
        pen = QPen(theme.color("accent" if current else "border"), 2 if current else 1)
        if tile.state == "held":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        back = {"used": "selection", "held": "base", "free": "base"}[tile.state]
        painter.setBrush(theme.color("hover" if self.underMouse() and not off and tile.state != "used" else back))
        painter.drawRoundedRect(box, 6, 6)
        painter.setOpacity(0.45 if off else 1.0)
        left = box.left() + 12
        half = QRectF(left, box.top() + 5, 1, box.height() / 2 - 4) if tile.detail else box
        small = theme.font("small")
        number_width = painter.fontMetrics().horizontalAdvance(tile.number) if tile.number else 0
        if tile.number:
            draw_words(painter, left, baseline_in(half), tile.number, theme.font(), theme.color("muted"))
            left += max(number_width, theme.px(12)) + 10
        room = box.right() - left - 10
        ink = theme.color("muted" if tile.state == "free" else "text")
        draw_words(painter, left, baseline_in(half), tile.words, theme.font(), ink, room)
        if tile.detail:
            under = QRectF(half.translated(QPointF(0, half.height() + 1)))
            at = box.left() + 12
            if tile.icon:
                icons.paint_icon(painter, tile.icon, at, under.center().y() - 7, 14, theme.color(tile.tint))
                at += 19
            draw_words(
                painter, at, baseline_in(under), tile.detail, small, theme.color(tile.tint), box.right() - at - 8
            )
        painter.setOpacity(1.0)
        if self.hasFocus():
            paint_focus(painter, rect)


def _heading(group: TileGroup) -> str:
    return "  ·  ".join(part for part in (group.title, group.note) if part)
