"""People in rows of two lines: name and days above, code and neutral next step below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.theme import tokens
from ui.widgets.plain_list import PlainList
from ui.widgets.row_delegate import paint_focus
from ui.widgets.text import baseline_in, draw_words, draw_words_ending_at

_ROLE = Qt.ItemDataRole.UserRole + 1
_SIDE = 8


@dataclass(frozen=True)
class PersonRow:
    """One person. ``step_tint`` «attention» colours words such as «No next step yet»."""

    key: Any
    name: str
    trailing: str = ""
    code: str = ""
    step: str = ""
    step_tint: str = "muted"

    def words(self) -> str:
        """Return the row as a screen reader says it."""
        return ", ".join(filter(None, (self.name, self.code, self.step, self.trailing)))


class PeopleModel(QAbstractListModel):
    """People as a list of keys; a row is put into words only when it comes into view.

    So a list of 10,000 people is filtered by handing over another sequence, without making 10,000 rows.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keys: Sequence[Any] = ()
        self._make: Callable[[Any], PersonRow] = _no_row
        self._made: dict[Any, PersonRow] = {}

    def keys(self) -> Sequence[Any]:
        """Return the keys of all rows."""
        return self._keys

    def show_people(self, keys: Sequence[Any], make: Callable[[Any], PersonRow] | None = None) -> None:
        """Show *keys*; without *make* the rows are those of the same people as before."""
        self.beginResetModel()
        self._keys = keys
        if make is not None:
            self._make, self._made = make, {}
        self.endResetModel()

    def row(self, number: int) -> PersonRow:
        """Return a row in words."""
        key = self._keys[number]
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._keys):
            return None
        if role == _ROLE:
            return self.row(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.row(index.row()).words()
        return None


def _no_row(key: Any) -> PersonRow:
    return PersonRow(key, "")


class PeopleList(PlainList):
    """``chosen`` follows the selection (keyboard too), ``opened`` is Enter or a double click, ``previewed`` Space.

    ``pressed_on`` is a click with the mouse.
    """

    chosen = Signal(object)
    opened = Signal(object)
    previewed = Signal(object)
    pressed_on = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._quiet = False
        self._model = PeopleModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_PersonDelegate(self))
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda index: self.opened.emit(self._model.keys()[index.row()]))
        self.clicked.connect(lambda index: self.pressed_on.emit(self._model.keys()[index.row()]))
        theme.notifier.changed.connect(self.scheduleDelayedItemsLayout)

    def rows(self) -> tuple[PersonRow, ...]:
        """Return who is shown, in words; for short lists and tests."""
        return tuple(self._model.row(number) for number in range(self._model.rowCount()))

    def keys(self) -> Sequence[Any]:
        """Return the keys of who is shown."""
        return self._model.keys()

    def set_rows(self, rows: Sequence[PersonRow]) -> None:
        """Show these people; the selection stays on the same person and nothing is emitted."""
        by_key = {row.key: row for row in rows}
        self.show_people([row.key for row in rows], by_key.__getitem__)

    def show_people(self, keys: Sequence[Any], make: Callable[[Any], PersonRow] | None = None) -> None:
        """Show the people with these *keys*, each put into words by *make* when it comes into view."""
        kept = self.current_key()
        self._quiet = True
        try:
            self._model.show_people(keys, make)
            self._select(kept)
        finally:
            self._quiet = False

    def current_key(self) -> Any:
        """Return the key of the selected person."""
        number = self.currentIndex().row()
        keys = self._model.keys()
        return keys[number] if 0 <= number < len(keys) else None

    def go_to(self, key: Any) -> None:
        """Select a person without telling anybody; nobody is selected where she is not on the list."""
        self._quiet = True
        try:
            self._select(key)
        finally:
            self._quiet = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key()
        if key is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(key)
        elif key is not None and event.key() == Qt.Key.Key_Space:
            self.previewed.emit(key)
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(tokens.PERSON_ROW) * 2)

    def _select(self, key: Any) -> None:
        keys = self._model.keys()
        number = keys.index(key) if key is not None and key in keys else -1
        if number < 0:
            self.setCurrentIndex(QModelIndex())
            return
        index = self._model.index(number, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        keys = self._model.keys()
        if not self._quiet and 0 <= now.row() < len(keys):
            self.chosen.emit(keys[now.row()])


class _PersonDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, theme.px(tokens.PERSON_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: PersonRow | None = index.data(_ROLE)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(_SIDE, 1, -_SIDE, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if chosen else "hover"))
            painter.drawRoundedRect(rect, tokens.RADIUS, tokens.RADIUS)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent"))
            painter.drawRoundedRect(QRectF(rect.left(), rect.center().y() - 12, 3, 24), 1.5, 1.5)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, rect)
        self._paint_words(painter, rect, row, chosen=chosen)
        painter.restore()

    @staticmethod
    def _paint_words(painter: QPainter, rect: QRectF, row: PersonRow, *, chosen: bool) -> None:
        muted, small = theme.color("muted"), theme.font("small")
        half = rect.height() / 2
        upper = QRectF(rect.left(), rect.top() + theme.px(7), rect.width(), half - theme.px(6))
        lower = QRectF(rect.left(), rect.top() + half + theme.px(2), rect.width(), half - theme.px(6))
        left, right = rect.left() + 16, rect.right() - 12
        end = right
        if row.trailing:
            end = draw_words_ending_at(painter, right, baseline_in(upper), row.trailing, small, muted) - 8
        font = theme.font(strong=chosen)
        draw_words(painter, left, baseline_in(upper), row.name, font, theme.color("text"), end - left)
        x = left
        if row.code:
            x = draw_words(painter, left, baseline_in(lower), row.code, small, muted) + 12
        draw_words(painter, x, baseline_in(lower), row.step, small, theme.color(row.step_tint), right - x)
