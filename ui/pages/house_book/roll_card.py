"""The roll call: one row for everybody who lives here. Space moves the mark on, Enter says when she is back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from shelterdesk import formats
from shelterdesk.access import Right
from shelterdesk.house_book import roll_calls
from shelterdesk.house_book.roll_calls import Mark, Roll, RollRow
from shelterdesk.i18n import _, ngettext
from shelterdesk.vocab.house_book import WHEREABOUTS
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.chip import ChipText
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words

_CHIPS: Final = {
    "in_house": ("done", "check"),
    "out": ("info", "door-open"),
    "night_away": ("neutral", "moon"),
    "not_back": ("attention", "clock"),
}


class RollCard(Card):
    """``mark_wanted`` hands back whom the mark is to be written for, with hour and words."""

    mark_wanted = Signal(object)
    save_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Roll call"))
        self.setObjectName("roll_call")
        self.seat = seat
        self.roll: Roll | None = None
        self._live = False
        self._marks: dict[UUID, Mark] = {}
        self.changed = False
        """Whether marks were moved that nobody saved."""
        self.aside.setProperty("type", "small")
        self.rows = RowList(_("Roll call"), RowShape(height=32, second_at=0.27, third_at=0.455, chip_at=0.67, inset=8))
        self.rows.setObjectName("roll")
        self.rows.marked.connect(self._move_on)
        self.rows.opened.connect(self._open)
        self.add(self.rows, inset=8)
        self.unnamed = Words("", tone="attention", wrap=True)
        self.unnamed.setObjectName("roll_unnamed")
        self.add(self.unnamed, above=4)
        self.empty = Words(_("Nobody lives here on this day."), tone="muted", wrap=True)
        self.add(self.empty)
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.add(spring, stretch=1)
        self.add_line(above=8, below=10)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.sum = Words("", strong=True, wrap=True)
        self.sum.setObjectName("roll_sum")
        self.save = Button(_("Save roll call"), "check")
        self.save.setObjectName("save_roll")
        self.save.clicked.connect(self.save_wanted)
        foot.addWidget(self.sum, 1)
        foot.addWidget(self.save)
        self.add_layout(foot)
        self.add_space(10)

    def show_roll(self, roll: Roll, *, live: bool) -> None:
        """Show *roll*; only a *live* one can be changed. Marks that were moved and not saved stay."""
        self.roll, self._live = roll, live and self.seat.desk.may(Right.KEEP_HOUSE_BOOK)
        known = {row.person_id for row in roll.rows}
        standing = {row.person_id: row.mark for row in roll.rows}
        if not self.changed or not self._live:
            self._marks, self.changed = standing, False
        else:
            self._marks = standing | {one: mark for one, mark in self._marks.items() if one in known}
        self._show()

    def marks(self) -> Mapping[UUID, Mark]:
        """Return where everybody is, as it is seen here."""
        return self._marks

    def mark_of(self, person_id: UUID) -> Mark:
        """Return one mark."""
        return self._marks.get(person_id, Mark())

    def set_mark(self, person_id: UUID, mark: Mark) -> None:
        """Change one mark; it is saved with the roll call."""
        self._marks[person_id] = mark
        self.changed = True
        self._show()
        self.rows.go_to(person_id)

    def _move_on(self, person_id: UUID) -> None:
        if self._live and person_id is not None:
            self.set_mark(person_id, roll_calls.moved_on(self.mark_of(person_id)))

    def _open(self, person_id: UUID) -> None:
        if self._live:
            self.mark_wanted.emit(person_id)

    def _show(self) -> None:
        roll = self.roll
        if roll is None:
            return
        self.rows.set_rows([self._row(row) for row in roll.rows])
        self.rows.setVisible(bool(roll.rows))
        self.empty.setVisible(not roll.rows and not roll.unnamed)
        self.unnamed.setVisible(roll.unnamed > 0)
        more = ngettext(
            "And {n} person a colleague has to count: her record is closed to you.",
            "And {n} people a colleague has to count: their records are closed to you.",
            roll.unnamed,
        )
        self.unnamed.setText(more)
        self.set_aside(_("Space changes the mark") if self._live and roll.rows else "")
        self.sum.setText(self._sum())
        self.save.setVisible(self._live and bool(roll.rows))
        saved = roll.taken_at is not None and not self.changed
        who = self.seat.names("member").get(roll.taken_by, "") if roll.taken_by else ""
        at = roll.taken_at.strftime("%H:%M") if roll.taken_at else ""
        self.save.setToolTip(_("Saved {time} by {name}").format(time=at, name=who) if saved else "")
        if saved:
            self.set_aside(_("Called {time}, {name}").format(time=at, name=who))

    def _row(self, row: RollRow) -> Row:
        mark = self.mark_of(row.person_id)
        name = self.seat.masked(row.name)
        if row.under and row.age is not None:
            name = _("{name}, {age}").format(name=name, age=row.age)
        tone, icon = _CHIPS.get(mark.state, ("neutral", ""))
        chip = ChipText(WHEREABOUTS.label(mark.state), tone, icon)  # pyright: ignore[reportArgumentType]
        return Row(
            name, row.person_id, second=row.bed or "–", third=self._back(mark), chip=chip, under=row.under,
            sensitive=True,
        )  # fmt: skip

    def _back(self, mark: Mark) -> str:
        if mark.state == roll_calls.IN_HOUSE or (mark.back_on is None and mark.back_at is None):
            return ""
        at = mark.back_at.strftime("%H:%M") if mark.back_at else ""
        when = " ".join(part for part in (self._day(mark.back_on), at) if part)
        if mark.state == roll_calls.NOT_BACK:
            return _("due {when}").format(when=when)
        return _("back {when}").format(when=when) if mark.state == roll_calls.OUT else when

    def _day(self, on: date | None) -> str:
        return "" if on is None or on == self.seat.desk.today() else formats.day(on, style="weekday_short")

    def _sum(self) -> str:
        found = roll_calls.counts([RollRow(row.person_id, "", "", self.mark_of(row.person_id)) for row in
                                   (self.roll.rows if self.roll else ())])  # fmt: skip
        said = (
            (found[roll_calls.IN_HOUSE], _("{n} in")),
            (found[roll_calls.OUT], _("{n} out")),
            (found[roll_calls.NIGHT_AWAY], _("{n} away")),
            (found[roll_calls.NOT_BACK], _("{n} not back")),
        )
        return ", ".join(words.format(n=n) for place, (n, words) in enumerate(said) if n or not place)
