"""Waiting: open milestones whose day has come, done with Space and moved with M; dates that have come near."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk import deadlines, formats, milestones
from shelterdesk.access import Right
from shelterdesk.day_texts import parse_day
from shelterdesk.due import Reminder
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from shelterdesk.today import ROWS, Today, Waiting
from ui.pages.today_cards import TodayCard
from ui.place import Place
from ui.safety_words import day_chip
from ui.seat import Seat
from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.chip import ChipText
from ui.widgets.date_field import DateField
from ui.widgets.rows import Row, RowShape
from ui.widgets.text import ElidedWords, Words


class WaitingCard(TodayCard):
    """Open milestones whose day has come. Space marks done, M moves to another day; both can be undone."""

    def __init__(self, seat: Seat) -> None:
        # The words of rows with an icon begin where those with a check box begin.
        words = _("Nothing waits. What is due shows up here on its day.")
        super().__init__(seat, _("Waiting"), "waiting", words, RowShape(day_column=6))
        self._waiting: dict[UUID, Waiting] = {}
        self._reminders: dict[UUID, Reminder] = {}
        self._mover: _Mover | None = None
        self._may_change = seat.desk.may(Right.CASE_WORK)
        self._oldest = Words(_("oldest first"), "small", "muted")
        self.beside_title(self._oldest)
        self.aside.setProperty("type", "small")
        self.finish()
        self.rows.toggled.connect(lambda key, _on: self.mark_done(key))
        self.rows.typed.connect(self._typed)

    def show_today(self, today: Today) -> None:
        """Show this part of *today*; a day being picked is left alone."""
        self._waiting = {one.milestone.id: one for one in today.waiting}
        self._reminders = {one.id: one for one in today.reminders}
        found = [(today.on - timedelta(days=one.days_past), self._milestone_row(one)) for one in today.waiting]
        found += [(one.on, self._reminder_row(one, today.on)) for one in today.reminders]
        rows = [row for _on, row in sorted(found, key=lambda one: one[0])]
        more = today.more_waiting + max(0, len(rows) - ROWS)
        rows = rows[:ROWS]
        if more:
            rows.append(Row(ngettext("and {n} more", "and {n} more", more), Place("plans"), quiet=True))
        self._mover = None
        self.show_rows(rows)
        hint = _("Space: done     M: move to another day") if self._may_change and today.waiting else ""
        self.set_aside(hint)
        self._oldest.setVisible(bool(found))

    def _milestone_row(self, one: Waiting) -> Row:
        return Row(
            self.seat.masked(one.words),
            one.milestone.id,
            checked=False if self._may_change else None,
            icon="" if self._may_change else "flag",
            second=self.seat.masked(one.person),
            chip=_past(one.days_past),
            sensitive=True,
        )

    def _reminder_row(self, one: Reminder, today: date) -> Row:
        """A date is ticked off here; what takes looking into the record is opened there."""
        ticked = self._may_change and one.source == "deadline"
        return Row(
            self.seat.masked(one.words),
            one.id,
            checked=False if ticked else None,
            icon="" if ticked else "shield-check" if one.section == "needs" else "calendar-clock",
            second=self.seat.masked(one.person),
            chip=day_chip(one.on, today),
            sensitive=True,
        )

    def mark_done(self, key: Any) -> None:
        """Mark a milestone done; the banner undoes it."""
        one = self._waiting.get(key)
        if one is None:
            self._see_to(self._reminders.get(key))
            return
        self._next_row(key)
        before, desk, seat = one.milestone, self.seat.desk, self.seat
        status, done_on = before.status, before.done_on
        try:
            done = milestones.mark_done(desk, before)
        except ShelterDeskError as error:
            seat.complain(error)
            return

        def undo() -> None:
            milestones.change_milestone(desk, done, status=status, done_on=done_on)

        seat.say(_("Marked done"), undo)

    def _see_to(self, reminder: Reminder | None) -> None:
        """Say that a date was seen to; the banner undoes it."""
        if reminder is None or reminder.source != "deadline":
            return
        desk, seat = self.seat.desk, self.seat
        self._next_row(reminder.id)
        try:
            seen = deadlines.see_to(desk, deadlines.deadline_with(desk, reminder.id))
        except ShelterDeskError as error:
            seat.complain(error)
            return
        seat.say(_("Seen to"), lambda: deadlines.see_to(desk, seen, seen=False))

    def begin_moving(self, key: Any) -> None:
        """Put a date field into the row."""
        one = self._waiting.get(key)
        if one is None or not self._may_change:
            return
        self.stop_moving()
        self.rows.go_to(key)
        self._mover = _Mover(self.seat, one)
        self._mover.moved.clicked.connect(self.move)
        self._mover.stopped.clicked.connect(self.stop_moving)
        self.rows.setIndexWidget(self.rows.currentIndex(), self._mover)
        self._mover.day.line.returnPressed.connect(self.move)
        self._mover.day.setFocus()
        self._mover.day.line.selectAll()

    def move(self) -> None:
        """Move the milestone to the day that stands in the row; the banner undoes it."""
        mover = self._mover
        if mover is None:
            return
        mover.day.read()
        day = mover.day.value()
        if day is None or not mover.day.is_readable():
            mover.day.line.setFocus()
            mover.say(_("Enter a day"))
            return
        before, desk, seat = mover.waiting.milestone, self.seat.desk, self.seat
        was = before.due_on
        self.stop_moving()
        try:
            moved = milestones.change_milestone(desk, before, due_on=day)
        except ShelterDeskError as error:
            seat.complain(error)
            return

        def undo() -> None:
            milestones.change_milestone(desk, moved, due_on=was)

        seat.say(_("Moved to {day}").format(day=formats.day(day, style="weekday_day_month")), undo)

    def stop_moving(self) -> None:
        """Take the date field out of the row again."""
        if self._mover is not None:
            index = self.rows.currentIndex()
            self.rows.setIndexWidget(index, None)  # pyright: ignore[reportArgumentType]
            self._mover = None
            self.rows.setFocus()

    def is_moving(self) -> bool:
        """Tell whether a day is being picked."""
        return self._mover is not None

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the card answers to while a day is being picked."""
        return {"save": self.move, "cancel": self.stop_moving} if self._mover is not None else {}

    def _typed(self, key: Any, letter: str) -> None:
        if letter.casefold() == "m":
            self.begin_moving(key)

    def _next_row(self, key: Any) -> None:
        """Put the keyboard on the neighbour, because this row is about to go."""
        known = self._waiting.keys() | self._reminders.keys()
        keys = [row.key for row in self.rows.rows() if row.key in known]
        at = keys.index(key)
        near = keys[at + 1 :] or keys[:at][::-1]
        if near:
            self.rows.go_to(near[0])

    def open_row(self, key: Any) -> None:
        one = self._waiting.get(key) if not isinstance(key, Place) else None
        reminder = self._reminders.get(key) if not isinstance(key, Place) else None
        if reminder is not None:
            self.seat.go(Place("residents", person_id=reminder.person_id, section=reminder.section, about=reminder.id))
        elif one is not None:
            milestone = one.milestone
            self.seat.go(Place("residents", person_id=milestone.person_id, section="plan", about=milestone.id))
        else:
            super().open_row(key)


class _Mover(QWidget):
    """A date field in the place of a row."""

    def __init__(self, seat: Seat, waiting: Waiting) -> None:
        super().__init__()
        self.waiting = waiting
        self.setAutoFillBackground(True)
        desk = seat.desk
        self.title = ElidedWords(_("Move «{words}» to").format(words=seat.masked(waiting.words)))
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


def _past(days: int) -> ChipText:
    if days <= 0:
        return ChipText(_("today"), "info", "clock")
    return ChipText(formats.days_past(days), "attention", "clock")
