"""Which shift the house book shows: a list of the last ones, and an arrow to each side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from shelterdesk.desk import Desk
from shelterdesk.house_book import shifts
from shelterdesk.house_book.shifts import Shift
from shelterdesk.i18n import _
from ui import theme
from ui.seat import Seat
from ui.widgets.buttons import IconButton
from ui.widgets.choice_field import ChoiceField

_BACK: Final = 20
"""How many shifts the list goes back; the arrows go further."""


class ShiftChoice(QWidget):
    """``chosen`` hands back a Shift."""

    chosen = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.shift: Shift | None = None
        self.earlier = IconButton("chevron-left", _("Shift before"))
        self.list = ChoiceField(_("Shift"))
        self.list.setObjectName("shift")
        # Where there is little room the end of the words is cut, never a button beside them.
        self.list.setMinimumWidth(theme.px(104))
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.later = IconButton("chevron-right", _("Shift after"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.earlier, self.list, self.later):
            row.addWidget(widget)
        self.earlier.clicked.connect(lambda: self._step(shifts.before))
        self.later.clicked.connect(lambda: self._step(shifts.after))
        self.list.chosen.connect(self._choose)

    def show_shift(self, shift: Shift, now: Shift) -> None:
        """Show *shift* among those around *now*."""
        self.shift = shift
        found = [shifts.after(self.seat.desk, now), now]
        for _place in range(_BACK):
            found.append(shifts.before(self.seat.desk, found[-1]))
        if shift not in found:
            found = sorted([*found, shift], key=lambda one: one.begins, reverse=True)
        self.list.set_choices([((one.day, one.code), one.label()) for one in found], (shift.day, shift.code))

    def _step(self, to: Callable[[Desk, Shift], Shift]) -> None:
        if self.shift is not None:
            self.chosen.emit(to(self.seat.desk, self.shift))

    def _choose(self, key: tuple[date, str]) -> None:
        self.chosen.emit(shifts.shift_of(self.seat.desk, *key))
