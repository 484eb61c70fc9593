"""The bed of a form: buttons by room, and the choice again in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import bed_use, formats
from shelterdesk.i18n import _
from ui.seat import Seat
from ui.widgets.bed_choice import Bed, BedChoice, BedGroup
from ui.widgets.bed_strip import BedState
from ui.widgets.text import Words


class BedEditor:
    """Offers the beds that are free on a day."""

    fills = True

    def __init__(self, seat: Seat, on: date, *, nothing: str = "") -> None:
        self._seat = seat
        self._nothing = nothing or _("No bed yet")
        self._words: dict[UUID, str] = {}
        self._listeners: list[Callable[[], None]] = []
        self.widget: QWidget = QWidget()
        self.choice = BedChoice(_("Bed"))
        self.said = Words("", tone="muted")
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.choice)
        layout.addWidget(self.said)
        self.widget.setFocusProxy(self.choice)
        self.choice.chosen.connect(self._chosen)
        self.show_day(on)

    def show_day(self, on: date) -> None:
        """Show which beds are used on *on*; a chosen bed stays chosen where it is free."""
        kept = self.choice.value()
        names = self._seat.names("person")
        rooms: dict[UUID, tuple[str, list[Bed]]] = {}
        for use in bed_use.beds_on(self._seat.desk, on):
            self._words[use.bed_id] = _("{room}, bed {bed}").format(room=use.room, bed=use.bed)
            reason = ""
            if use.person_id is not None:
                reason = _("used by {name}").format(name=self._seat.masked(names.get(use.person_id, "…")))
            elif use.taken or use.sharing:
                reason = _("used")
            elif use.held_until is not None:
                reason = _("on hold until {day}").format(day=formats.day(use.held_until, style="day_month"))
            elif use.given_up:
                continue
            state: BedState = "free" if use.free else "held" if use.held_until and not use.taken else "used"
            bed = Bed(use.bed_id, use.bed, state, reason)
            rooms.setdefault(use.room_id, (use.room, []))[1].append(bed)
        self.choice.set_rooms([BedGroup(title, tuple(beds)) for title, beds in rooms.values()])
        self.set_value(kept)
        self.choice.setVisible(bool(rooms))

    def value(self) -> Any:
        """Return the id of the chosen bed."""
        return self.choice.value()

    def set_value(self, value: Any) -> None:
        """Choose a bed without telling anybody."""
        self.choice.set_value(value)
        self._say()

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call *listener* whenever a person chose another bed."""
        self._listeners.append(listener)

    def _chosen(self, _key: Any) -> None:
        self._say()
        for listener in self._listeners:
            listener()

    def _say(self) -> None:
        bed = self.choice.value()
        nothing = self._nothing if self._words else _("No rooms are set up yet; a bed can be given later.")
        self.said.setText(self._words.get(bed, "") if bed is not None else nothing)
