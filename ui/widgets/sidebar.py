"""The sidebar: entries, the saved lists of the active entry as rows under it, and who is signed in.

In rail mode only icons are left; their names become tooltips and saved lists are offered by the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.theme import tokens
from ui.widgets.plain_list import PlainList
from ui.widgets.row_delegate import paint_focus, paint_pill
from ui.widgets.text import baseline_in, draw_words, draw_words_ending_at, width_of

_PLACE_ROLE = Qt.ItemDataRole.UserRole + 1
_SIDE = 8


@dataclass(frozen=True)
class SavedList:
    """A saved list under an entry; ``count`` is left out where counting would shame or reveal."""

    key: str
    title: str
    count: str = ""


@dataclass(frozen=True)
class SidebarEntry:
    """One place of the program."""

    key: str
    title: str
    icon: str
    tip: str = ""
    lists: tuple[SavedList, ...] = ()


@dataclass(frozen=True)
class _Place:
    """One row of the list: an entry, or a saved list (``list_key``) of an entry."""

    key: str
    title: str
    icon: str = ""
    tip: str = ""
    list_key: str = ""
    count: str = ""
    active: bool = False
    open: bool = False


class Sidebar(QWidget):
    """Two short lists and the person. ``chosen`` names an entry, ``list_chosen`` a saved list of an entry."""

    chosen = Signal(str)
    list_chosen = Signal(str, str)
    person_pressed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._main: tuple[SidebarEntry, ...] = ()
        self._foot: tuple[SidebarEntry, ...] = ()
        self._current = ""
        self._current_list = ""
        self._rail = False
        self.setAccessibleName(name)
        self.places = _PlaceList(name, self)
        self.foot = _PlaceList(name, self)
        self.person = PersonBadge(self)
        layout = QVBoxLayout(self)
        self._layout = layout
        layout.setSpacing(0)
        layout.addWidget(self.places, 1)
        layout.addWidget(self.foot)
        layout.addWidget(self.person)
        self.foot.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for places in (self.places, self.foot):
            places.pressed_place.connect(self._tell)
        self.person.clicked.connect(self.person_pressed)
        self.person.hide()
        self.set_rail(rail=False)
        theme.notifier.changed.connect(self._refill)

    def set_entries(self, main: Sequence[SidebarEntry], foot: Sequence[SidebarEntry] = ()) -> None:
        """Show these entries; *foot* stands at the bottom."""
        self._main, self._foot = tuple(main), tuple(foot)
        self._refill()

    def set_current(self, key: str, list_key: str = "") -> None:
        """Mark the active entry and, if it has saved lists, which one is shown. Emits nothing."""
        self._current, self._current_list = key, list_key
        self._refill()

    def current(self) -> tuple[str, str]:
        """Return the keys of the active entry and of its saved list («» without one)."""
        return self._current, self._current_list

    def set_person(self, name: str, role: str, initials: str = "") -> None:
        """Show who is signed in."""
        self.person.set_person(name, role, initials)
        self.person.setVisible(bool(name) and not self._rail)

    def set_rail(self, *, rail: bool) -> None:
        """Shrink to icons or grow back."""
        self._rail = rail
        self._layout.setContentsMargins(0, 8 if rail else 12, 0, 4 if rail else 6)
        self.person.setVisible(bool(self.person.name()) and not rail)
        self._refill()

    def is_rail(self) -> bool:
        """Say whether only icons are shown."""
        return self._rail

    def _refill(self) -> None:
        self.setFixedWidth(tokens.RAIL if self._rail else theme.px(tokens.SIDEBAR))
        self.places.set_places(self._places(self._main), rail=self._rail)
        self.foot.set_places(self._places(self._foot), rail=self._rail)
        self.foot.setFixedHeight(self.foot.wanted_height())

    def _places(self, entries: tuple[SidebarEntry, ...]) -> list[_Place]:
        places: list[_Place] = []
        for entry in entries:
            here = entry.key == self._current
            opened = here and bool(entry.lists) and bool(self._current_list) and not self._rail
            places.append(
                _Place(entry.key, entry.title, entry.icon, entry.tip, active=here and not opened, open=opened)
            )
            if here and entry.lists and not self._rail:
                places += [
                    _Place(entry.key, one.title, "", "", one.key, one.count, active=one.key == self._current_list)
                    for one in entry.lists
                ]
        return places

    def _tell(self, key: str, list_key: str) -> None:
        if list_key:
            self.list_chosen.emit(key, list_key)
        else:
            self.chosen.emit(key)


class _PlaceList(PlainList):
    pressed_place = Signal(str, str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._places: list[_Place] = []
        self._model = QStandardItemModel(self)
        self._delegate = _PlaceDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.clicked.connect(self._clicked)

    def set_places(self, places: list[_Place], *, rail: bool) -> None:
        """Show *places*; where only marks and counts differ the keyboard stays where it is."""
        self._delegate.rail = rail
        kept = self.currentIndex().row()
        same = [(one.key, one.list_key) for one in places] == [(one.key, one.list_key) for one in self._places]
        self._places = places
        if not same:
            self._model.clear()
            for _place in places:
                self._model.appendRow(QStandardItem())
            active = next((number for number, one in enumerate(places) if one.active), -1)
            kept = active if self.hasFocus() else -1
        for number, place in enumerate(places):
            item = self._model.item(number)
            item.setData(place, _PLACE_ROLE)
            item.setData(f"{place.title} {place.count}".strip(), Qt.ItemDataRole.AccessibleTextRole)
            item.setData(place.tip or (place.title if rail else None), Qt.ItemDataRole.ToolTipRole)
        if kept >= 0:
            self.setCurrentIndex(self._model.index(kept, 0))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def wanted_height(self) -> int:
        """Return the height of all rows."""
        return sum(_height_of(place) for place in self._places)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(tokens.SIDEBAR), self.wanted_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens.RAIL, theme.px(tokens.SIDEBAR_ROW))

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Set before Qt does, which would begin at the first row instead of the active one.
        if not self.currentIndex().isValid():
            active = next((number for number, place in enumerate(self._places) if place.active), 0)
            self.setCurrentIndex(self._model.index(active, 0))
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._press(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        self._press(index.row())

    def _press(self, number: int) -> None:
        if 0 <= number < len(self._places):
            self.pressed_place.emit(self._places[number].key, self._places[number].list_key)


class _PlaceDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rail = False

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        place: _Place | None = index.data(_PLACE_ROLE)
        return QSize(40, _height_of(place) if place else 0)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        place: _Place | None = index.data(_PLACE_ROLE)
        if place is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect).adjusted(_SIDE, 2, -_SIDE, -2)
        self._paint_surface(painter, option, rect, place)
        middle = rect.center().y()
        if place.icon:
            tint = "accent" if place.active or place.open else "muted"
            icons.paint_icon(
                painter, place.icon, rect.left() + (10 if self.rail else 12), middle - 10, 20, theme.color(tint)
            )
        if not self.rail:
            self._paint_words(painter, rect, place)
        painter.restore()

    def _paint_surface(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF, place: _Place) -> None:
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if place.active or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection" if place.active else "hover"))
            painter.drawRoundedRect(rect, tokens.RADIUS, tokens.RADIUS)
        if place.active:
            paint_pill(painter, rect.left(), rect.center().y())
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_focus(painter, rect)

    @staticmethod
    def _paint_words(painter: QPainter, rect: QRectF, place: _Place) -> None:
        baseline = baseline_in(rect)
        right = rect.right() - 8
        if place.count:
            tint = theme.color("text" if place.active and theme.current().dark else "muted")
            right = draw_words_ending_at(painter, right, baseline, place.count, theme.font(), tint) - 8
        strong = bool(place.icon) and (place.active or place.open)
        ink = theme.color("text" if place.icon or place.active else "muted")
        left = rect.left() + 40
        draw_words(painter, left, baseline, place.title, theme.font(strong=strong), ink, right - left)


class PersonBadge(QAbstractButton):
    """Initials in a circle, name and role: who is signed in. Pressing it offers to change person."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._initials = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.notifier.changed.connect(self.updateGeometry)

    def name(self) -> str:
        """Return whose badge it is."""
        return self._name

    def set_person(self, name: str, role: str, initials: str = "") -> None:
        """Show another person."""
        self._name, self._role = name, role
        self._initials = initials or "".join(part[0] for part in name.split()[:2])
        self.setAccessibleName(f"{name}, {role}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(tokens.SIDEBAR), theme.px(50))

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(_SIDE, 2, -_SIDE, -2)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(area, tokens.RADIUS, tokens.RADIUS)
        if self.hasFocus():
            paint_focus(painter, area)
        middle = area.center().y()
        circle = QRectF(20, middle - 16, 32, 32)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accentsoft"))
        painter.drawEllipse(circle)
        small = theme.font("small", strong=True)
        left = circle.center().x() - width_of(self._initials, small) / 2
        draw_words(painter, left, baseline_in(circle), self._initials, small, theme.color("accent"))
        step = theme.px(9)
        room = area.right() - 62 - 4
        line = QRectF(0, middle - step - 9, 1, 20)
        draw_words(painter, 62, baseline_in(line), self._name, theme.font(), theme.color("text"), room)
        line.translate(0, 2 * step - 1)
        draw_words(painter, 62, baseline_in(line), self._role, theme.font("small"), theme.color("muted"), room)


def _height_of(place: _Place) -> int:
    return theme.px(tokens.SAVED_LIST_ROW if place.list_key else tokens.SIDEBAR_ROW)
