"""What is to be done, as rows: Space marks done, M moves to another day, Enter opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk import formats, to_do
from shelterdesk.access import Right
from shelterdesk.day_texts import parse_day
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.to_do import ToDo
from ui.place import Place
from ui.safety_words import day_chip
from ui.seat import Seat
from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.chip import ChipText
from ui.widgets.date_field import DateField
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import ElidedWords

_MOVE_LETTERS: Final = frozenset("mь")
_CASE: Final = frozenset({"milestone", "deadline", "referral_out"})
"""Sources that only who does case work changes."""
_ICONS: Final = {"milestone": "flag", "appointment": "calendar", "service": "notebook-pen", "task": "list-checks"}


class ToDoList(RowList):
    """``elsewhere`` hands back the key of a row that is none of them."""

    elsewhere = Signal(object)

    def __init__(self, seat: Seat, title: str, shape: RowShape | None = None) -> None:
        super().__init__(title, shape)
        self.seat = seat
        self._names_who = shape is not None and bool(shape.third_at)
        self._found: dict[UUID, ToDo] = {}
        self._mover: _Mover | None = None
        self.toggled.connect(lambda key, on: self.mark(key, done=on))
        self.typed.connect(self._typed)
        self.opened.connect(self.open)

    def show_to_dos(self, rows: Sequence[ToDo | Row]) -> None:
        """Show these, with headings and hints between them; a day that is being picked is left."""
        self._mover = None
        self._found = {one.id: one for one in rows if isinstance(one, ToDo)}
        self.set_rows([self._row(one) if isinstance(one, ToDo) else one for one in rows])

    def may_change(self, one: ToDo) -> bool:
        """Tell whether the signed-in person may say it is done, or move it."""
        return self.seat.desk.may(Right.CASE_WORK if one.source in _CASE else Right.KEEP_APPOINTMENTS)

    def _row(self, one: ToDo) -> Row:
        seat = self.seat
        ticked = one.can_be_done and self.may_change(one)
        icon = "" if ticked else _ICONS.get(one.source, "shield-check" if one.section == "needs" else "calendar-clock")
        today = seat.desk.today()
        if one.done_on is not None:
            chip: ChipText | None = ChipText(formats.relative_day(one.done_on, today), "done", "check")
        else:
            chip = day_chip(one.on, today) if one.on is not None and one.source != "service" else None
        return Row(
            seat.masked(one.words),
            one.id,
            checked=one.done_on is not None if ticked else None,
            icon=icon,
            detail=formats.day(one.on, style="day_month") if one.source == "service" and one.on else "",
            second=seat.masked(one.person),
            third=seat.names("member").get(one.member_id, "") if one.member_id and self._names_who else "",
            chip=chip,
            quiet=one.done_on is not None,
            sensitive=True,
        )

    # --- acts --------------------------------------------------------------------------------------------------

    def mark(self, key: Any, *, done: bool = True) -> None:
        """Say that one is done, or open again; the banner takes it back."""
        one = self._found.get(key)
        if one is None or not one.can_be_done or not self.may_change(one):
            return
        self._to_neighbour(key)
        try:
            undo = to_do.mark(self.seat.desk, one, done=done)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        said = _("Open again") if not done else _("Seen to") if one.source == "deadline" else _("Marked done")
        self.seat.say(said, undo)

    def begin_moving(self, key: Any) -> None:
        """Put a date field into the row."""
        one = self._found.get(key)
        if one is None or not one.can_move or not self.may_change(one):
            return
        self.stop_moving()
        self.go_to(key)
        self._mover = _Mover(self.seat, one)
        self._mover.moved.clicked.connect(self.move_it)
        self._mover.stopped.clicked.connect(self.stop_moving)
        self.setIndexWidget(self.currentIndex(), self._mover)
        self._mover.day.line.returnPressed.connect(self.move_it)
        self._mover.day.setFocus()
        self._mover.day.line.selectAll()

    def move_it(self) -> None:
        """Move to the day that stands in the row; the banner undoes it."""
        mover, desk = self._mover, self.seat.desk
        if mover is None:
            return
        mover.day.read()
        day: date | None = mover.day.value()
        if day is None or not mover.day.is_readable():
            mover.day.line.setFocus()
            mover.say(_("Enter a day"))
            return
        self.stop_moving()
        try:
            undo = to_do.move(desk, mover.one, day)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        words = _("Moved to {day}").format(day=formats.day(day, style="weekday_day_month"))
        self.seat.say(words, undo)

    def stop_moving(self) -> None:
        """Take the date field out of the row again."""
        if self._mover is not None:
            self.setIndexWidget(self.currentIndex(), None)  # pyright: ignore[reportArgumentType]
            self._mover = None
            self.setFocus()

    def is_moving(self) -> bool:
        """Tell whether a day is being picked."""
        return self._mover is not None

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the list answers to while a day is being picked."""
        return {"save": self.move_it, "cancel": self.stop_moving} if self._mover is not None else {}

    def open(self, key: Any) -> None:
        """Open what a row is about where it stands."""
        one = None if isinstance(key, Place) else self._found.get(key)
        if one is None:
            self.elsewhere.emit(key)
        elif one.source == "task":
            self.seat.go(Place("services", list_id="tasks", doing="edit_task", about=one.id))
        elif one.source == "appointment" and one.person_id is None:
            self.seat.go(Place("services", list_id="calendar", about=one.id))
        else:
            self.seat.go(Place("residents", person_id=one.person_id, section=one.section, about=one.id))

    def _typed(self, key: Any, letter: str) -> None:
        if letter.casefold() in _MOVE_LETTERS:
            self.begin_moving(key)

    def _to_neighbour(self, key: Any) -> None:
        """Put the keyboard on the neighbour, because this row is about to go."""
        keys = [row.key for row in self.rows() if row.key in self._found]
        at = keys.index(key)
        near = keys[at + 1 :] or keys[:at][::-1]
        if near:
            self.go_to(near[0])


class _Mover(QWidget):
    """A date field in the place of a row."""

    def __init__(self, seat: Seat, one: ToDo) -> None:
        super().__init__()
        self.one = one
        self.setAutoFillBackground(True)
        desk = seat.desk
        self.title = ElidedWords(_("Move «{words}» to").format(words=seat.masked(one.words)))
        self.day = DateField(
            _("Move to"),
            lambda typed: parse_day(typed, desk.today()),
            lambda value: formats.day(value, style="numeric"),
            desk.today,
            note=lambda value: formats.day(value, style="weekday"),
        )
        self.day.set_value(desk.today() + timedelta(days=7))
        self.moved = PrimaryButton(_("Move"))
        self.stopped = LinkButton(_("Cancel"))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self.title, 1)
        row.addWidget(self.day)
        row.addWidget(self.moved)
        row.addWidget(self.stopped)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter is done with in the line; the list below would open the record.
        event.accept()

    def say(self, words: str) -> None:
        """Say what is wrong with the day."""
        self.title.set_tone("error")
        self.title.setText(words)
