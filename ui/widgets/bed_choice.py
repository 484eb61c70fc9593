"""Beds to choose from: one button for each, by room. Used and held ones say why they cannot be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from ui import icons, theme
from ui.widgets.bed_strip import BedState, paint_bed
from ui.widgets.row_delegate import paint_focus
from ui.widgets.text import Words, baseline_in, draw_words, width_of

_WIDTH, _HEIGHT, _GAP, _ROOM_GAP = 36, 54, 4, 18


@dataclass(frozen=True)
class Bed:
    """One bed; ``reason`` says in words why it is used or held."""

    key: Any
    number: str
    state: BedState = "free"
    reason: str = ""


@dataclass(frozen=True)
class BedGroup:
    """A room with its beds."""

    title: str
    beds: tuple[Bed, ...]


class BedChoice(QWidget):
    """``chosen`` hands back the key of the bed. Arrow keys move between the free ones."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._rooms: list[tuple[Words, list[_BedButton]]] = []
        self._before: QAbstractButton | None = None
        self._group.buttonPressed.connect(self._remember)
        self._group.buttonClicked.connect(self._tell)
        theme.notifier.changed.connect(self._place)

    def set_rooms(self, rooms: Sequence[BedGroup]) -> None:
        """Show these rooms. The buttons of the same beds stay, and so does their place in the order of Tab."""
        shown = [(title.text(), [button.bed.key for button in buttons]) for title, buttons in self._rooms]
        if shown == [(room.title, [bed.key for bed in room.beds]) for room in rooms]:
            for room, (_title, buttons) in zip(rooms, self._rooms, strict=True):
                for bed, button in zip(room.beds, buttons, strict=True):
                    button.show_bed(bed, room.title)
            self._choose_stop()
            return
        for title, buttons in self._rooms:
            title.deleteLater()
            for button in buttons:
                self._group.removeButton(button)
                button.deleteLater()
        self._rooms = []
        for room in rooms:
            title = Words(room.title, "small", "muted", parent=self)
            buttons = [_BedButton(bed, room.title, self) for bed in room.beds]
            for button in buttons:
                self._group.addButton(button)
                button.show()
            title.show()
            self._rooms.append((title, buttons))
        self._choose_stop()
        self._place()

    def value(self) -> Any:
        """Return the key of the chosen bed, None without one."""
        button = self._group.checkedButton()
        return button.bed.key if isinstance(button, _BedButton) else None

    def set_value(self, key: Any) -> None:
        """Choose a bed without telling anybody; None chooses none."""
        if key is None:
            self._choose_none()
        for button in self._group.buttons():
            if isinstance(button, _BedButton) and button.bed.key == key and button.isEnabled():
                button.setChecked(True)

    def sizeHint(self) -> QSize:
        width = max(self.width(), theme.px(480))
        return QSize(width, self._lay(width, move=False))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        self.setFixedHeight(self._lay(self.width(), move=True))
        self.updateGeometry()

    def _lay(self, width: int, *, move: bool) -> int:
        """Lay rooms side by side and wrap; return the height all of it takes."""
        left, top = 0, 0
        line = _HEIGHT + 4 + theme.px(20) + 8
        for title, buttons in self._rooms:
            beds = len(buttons) * (_WIDTH + _GAP) - _GAP
            wanted = max(beds, title.sizeHint().width())
            if left and left + wanted > width:
                left, top = 0, top + line
            if move:
                for number, button in enumerate(buttons):
                    button.setGeometry(QRect(left + number * (_WIDTH + _GAP), top, _WIDTH, _HEIGHT))
                title.setGeometry(QRect(QPoint(left, top + _HEIGHT + 4), QSize(wanted, theme.px(20))))
            left += wanted + _ROOM_GAP
        return top + line if self._rooms else 0

    def focusInEvent(self, event: QFocusEvent) -> None:
        # The field is one stop of Tab; arrow keys move inside it.
        super().focusInEvent(event)
        target = self._group.checkedButton() or next(iter(self.free_buttons()), None)
        if target is not None:
            target.setFocus(event.reason())

    def free_buttons(self) -> list[QAbstractButton]:
        """Return the buttons of the beds that can be chosen, in their order."""
        return [button for button in self._group.buttons() if button.isEnabled()]

    def _choose_stop(self) -> None:
        """Make the first free bed the one stop of Tab."""
        for number, button in enumerate(self.free_buttons()):
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus if number else Qt.FocusPolicy.StrongFocus)

    def _choose_none(self) -> None:
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def _remember(self, _button: QAbstractButton) -> None:
        self._before = self._group.checkedButton()

    def _tell(self, button: QAbstractButton) -> None:
        # Pressing the chosen bed again takes the choice back.
        if button is self._before:
            self._choose_none()
            self.chosen.emit(None)
        elif isinstance(button, _BedButton):
            self.chosen.emit(button.bed.key)


class _BedButton(QAbstractButton):
    def __init__(self, bed: Bed, room: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_bed(bed, room)

    def show_bed(self, bed: Bed, room: str) -> None:
        """Show the state of a bed; one that is no longer free is no longer chosen."""
        self.bed = bed
        free = bed.state == "free"
        if not free and self.isChecked():
            group = self.group()
            group.setExclusive(False)
            self.setChecked(False)
            group.setExclusive(True)
        self.setEnabled(free)
        self.setAccessibleName(", ".join(filter(None, (room, bed.number, bed.reason))))
        self.setToolTip(bed.reason)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        free = [button for button in self.group().buttons() if button.isEnabled()]
        free[(free.index(self) + step) % len(free)].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.bed.state == "used":
            painter.setPen(QPen(theme.color("text" if theme.current().high_contrast else "selection"), 1))
            painter.setBrush(theme.color("selection"))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
            middle = rect.center()
            icons.paint_icon(painter, "user-round", middle.x() - 8, middle.y() - 8, 16, theme.color("accent"))
        elif self.isChecked():
            paint_bed(painter, rect, "chosen", person=False)
            ink = theme.color("onaccent")
            icons.paint_icon(painter, "check", rect.center().x() - 8, rect.top() + 9, 16, ink)
            self._paint_number(painter, QRectF(rect.left(), rect.bottom() - 26, rect.width(), 20), "onaccent")
        else:
            paint_bed(painter, rect, self.bed.state, person=False)
            if self.bed.state == "free":
                self._paint_number(painter, rect, "text")
        if self.hasFocus():
            paint_focus(painter, rect.adjusted(-1, -1, 1, 1) if not self.isChecked() else rect)

    def _paint_number(self, painter: QPainter, area: QRectF, tint: str) -> None:
        font = theme.font()
        left = area.center().x() - width_of(self.bed.number, font) / 2
        draw_words(painter, left, baseline_in(area), self.bed.number, font, theme.color(tint))
