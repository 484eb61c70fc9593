"""The sections of a record, one above the other; the chosen one with pill, tint and weight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.theme import tokens
from ui.widgets.plain_list import PlainList
from ui.widgets.row_delegate import paint_focus, paint_pill
from ui.widgets.text import baseline_in, draw_words, width_of

_KEY = Qt.ItemDataRole.UserRole + 1


class SectionList(PlainList):
    """``chosen`` hands back the key of the section, also while moving with the arrow keys."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._quiet = False
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_SectionDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.selectionModel().currentChanged.connect(self._tell)
        theme.notifier.changed.connect(self._fit)
        self._fit()

    def set_sections(self, sections: Sequence[tuple[str, str]], current: str = "") -> None:
        """Show (key, title) pairs."""
        self._quiet = True
        self._model.clear()
        for key, title in sections:
            item = QStandardItem(title)
            item.setData(key, _KEY)
            item.setEditable(False)
            self._model.appendRow(item)
        self._quiet = False
        self._fit()
        if current:
            self.set_current(current)

    def current(self) -> str:
        """Return the key of the chosen section."""
        return str(self.currentIndex().data(_KEY) or "")

    def set_current(self, key: str) -> None:
        """Choose a section without telling anybody."""
        self._quiet = True
        for number in range(self._model.rowCount()):
            if self._model.item(number).data(_KEY) == key:
                self.setCurrentIndex(self._model.index(number, 0))
        self._quiet = False

    def step(self, by: int) -> None:
        """Go to the next (+1) or previous (-1) section and tell."""
        number = self.currentIndex().row() + by
        if 0 <= number < self._model.rowCount():
            self.setCurrentIndex(self._model.index(number, 0))

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), self._model.rowCount() * theme.px(36))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), theme.px(108))

    def _fit(self) -> None:
        titles = [self._model.item(number).text() for number in range(self._model.rowCount())]
        widest = max((width_of(title, theme.font(strong=True)) for title in titles), default=0)
        self.setFixedWidth(max(theme.px(tokens.SECTION_LIST), round(widest) + 28))
        self.scheduleDelayedItemsLayout()

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet and now.isValid():
            self.chosen.emit(str(now.data(_KEY)))


class _SectionDelegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, theme.px(36))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(0, 2, 0, -2)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if chosen else "hover"))
            painter.drawRoundedRect(rect, tokens.RADIUS, tokens.RADIUS)
        if chosen:
            paint_pill(painter, rect.left(), rect.center().y())
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, rect)
        title = str(index.data(Qt.ItemDataRole.DisplayRole))
        ink = theme.color("text")
        draw_words(
            painter, rect.left() + 12, baseline_in(rect), title, theme.font(strong=chosen), ink, rect.width() - 16
        )
        painter.restore()
