"""People in rows of two lines: name and days above, code and neutral next step below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.theme import tokens
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


class PeopleList(QListView):
    """``chosen`` follows the selection (keyboard too), ``opened`` is Enter or a double click, ``previewed`` Space."""

    chosen = Signal(object)
    opened = Signal(object)
    previewed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PersonRow, ...] = ()
        self._quiet = False
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_PersonDelegate(self))
        theme.mark(self, plain=True)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(self._open)
        theme.notifier.changed.connect(self.scheduleDelayedItemsLayout)

    def rows(self) -> tuple[PersonRow, ...]:
        """Return who is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[PersonRow]) -> None:
        """Show these people; the selection stays on the same person and nothing is emitted."""
        kept = self.current_key()
        self._quiet = True
        try:
            self._rows = tuple(rows)
            self._model.clear()
            for row in self._rows:
                item = QStandardItem()
                item.setData(row, _ROLE)
                item.setData(row.words(), Qt.ItemDataRole.AccessibleTextRole)
                item.setEditable(False)
                self._model.appendRow(item)
            self._select(kept)
        finally:
            self._quiet = False

    def current_key(self) -> Any:
        """Return the key of the selected person."""
        number = self.currentIndex().row()
        return self._rows[number].key if 0 <= number < len(self._rows) else None

    def go_to(self, key: Any) -> None:
        """Select a person without telling anybody."""
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
        for number, row in enumerate(self._rows):
            if row.key == key:
                index = self._model.index(number, 0)
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return

    def _open(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._rows):
            self.opened.emit(self._rows[index.row()].key)

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet and 0 <= now.row() < len(self._rows):
            self.chosen.emit(self._rows[now.row()].key)


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
