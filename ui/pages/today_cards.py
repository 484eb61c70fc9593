"""The cards of the start page. Each shows its part of what was read and opens the record behind a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout

from shelterdesk import formats
from shelterdesk.access import Right
from shelterdesk.arrival_requests import ArrivalRequest
from shelterdesk.bed_use import Capacity
from shelterdesk.i18n import _, ngettext
from shelterdesk.today import ROWS, Coming, Today
from ui.place import Place
from ui.seat import Seat
from ui.widgets.bed_strip import BedRoom, BedState, BedStrip
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words

_STILL_ON = timedelta(minutes=45)
"""How long after its hour an appointment counts as the one that is on."""
_SILENT = 2
"""Rows kept for people with whom nobody has had contact."""


@dataclass(frozen=True)
class _Planned:
    """An appointment that may have taken place: where its row leads, and which it is."""

    place: Place
    appointment_id: UUID


class TodayCard(Card):
    """A card with a list and one friendly line where the list would be empty."""

    def __init__(
        self,
        seat: Seat,
        title: str,
        name: str,
        empty: str,
        shape: RowShape | None = None,
        *,
        rows: RowList | None = None,
    ) -> None:
        super().__init__(title)
        self.seat = seat
        self.rows = RowList(title, shape) if rows is None else rows
        self.rows.setObjectName(name)
        self.empty = Words(empty, tone="muted", wrap=True)
        self.empty.setObjectName(f"{name}-empty")
        if rows is None:
            self.rows.opened.connect(self.open_row)

    def finish(self, *, above: int = 0, below: int = 16) -> None:
        """Close the card with its list."""
        self.empty.setContentsMargins(0, above, 0, 0)
        self.add(self.empty)
        self.add(self.rows, inset=8, above=above)
        self.end(below)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show *rows*, or the friendly line."""
        self.rows.set_rows(rows)
        self.show_empty(empty=not rows)

    def show_empty(self, *, empty: bool) -> None:
        """Show the friendly line in the place of the list, or the list."""
        self.rows.setVisible(not empty)
        self.empty.setVisible(empty)

    def open_row(self, key: Any) -> None:
        """Go where the row leads."""
        if isinstance(key, Place):
            self.seat.go(key)


class NextCard(TodayCard):
    """Appointments and check-ins of today and tomorrow in the order of time, by their neutral kind.

    Space on an appointment of today opens the form of what was given, filled in from it.
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Next"), "next", _("Nothing is planned for today and tomorrow."), RowShape(rule=True))
        self.rows.marked.connect(self.give)
        self.finish(below=8)

    def give(self, key: Any) -> None:
        """Go to the form of the service an appointment became."""
        if isinstance(key, _Planned):
            self.seat.go(Place("services", section="today", doing="give", about=key.appointment_id))

    def open_row(self, key: Any) -> None:
        super().open_row(key.place if isinstance(key, _Planned) else key)

    def show_today(self, today: Today) -> None:
        """Show this part of *today*."""
        now = self.seat.desk.now().astimezone(self.seat.desk.zone).replace(tzinfo=None)
        on_now = _on_now(today.next, now)
        rows: list[Row] = []
        for day in sorted({one.on for one in today.next}):
            rows.append(Row(_day_heading(day, today.on), header=True))
            rows += [self._row(one, current=one is on_now) for one in today.next if one.on == day]
        if today.more_next:
            words = ngettext("and {n} more", "and {n} more", today.more_next)
            rows.append(Row(words, Place("services"), quiet=True))
        self.show_rows(rows)

    def _row(self, one: Coming, *, current: bool) -> Row:
        place: Place | None = None
        second = ""
        if one.person_id is not None and one.people == 1:
            place = Place("residents", person_id=one.person_id, section="work" if one.kind == "check_in" else "")
            second = self.seat.masked(one.person)
        elif one.person_id is not None:
            place = Place("residents", list_id="here_now")
            second = ngettext("{n} resident", "{n} residents", one.people)
        key: Place | _Planned | None = place
        gives = one.kind == "appointment" and one.on <= self.seat.desk.today()
        if place is not None and gives and self.seat.desk.may(Right.GIVE_SERVICES):
            key = _Planned(place, one.id)
        return Row(
            one.words,
            key,
            one.at.strftime("%H:%M") if one.at else "  —",
            one.icon,
            second=second,
            trailing=self.seat.masked(one.where, ""),
            current=current,
            sensitive=True,
        )


def _on_now(coming: Sequence[Coming], now: datetime) -> Coming | None:
    for one in coming:
        if one.on == now.date() and one.at is not None and datetime.combine(one.on, one.at) >= now - _STILL_ON:
            return one
    return None


def _day_heading(day: date, today: date) -> str:
    if day == today:
        return _("Today")
    return _("Tomorrow, {day}").format(day=formats.day(day, style="weekday_day_month"))


_EXPECTED: Final = 2
"""Rows for who is expected; the page of requests shows the others."""


class PeopleCard(TodayCard):
    """Beds, who arrived this week, and residents without a next step, so that nobody is forgotten.

    Who is about to leave is not shown here: a screen is seen by others. The saved list «Leaving soon» tells it.
    """

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("People"), "people", _("Nobody arrived this week, and everybody has a next step."))
        self.beds = BedStrip()
        self.add(self.beds)
        self.finish(above=9)
        self.rows.acted.connect(self._add_step)

    def show_today(self, today: Today) -> None:
        """Show this part of *today*."""
        self._show_beds(today)
        rows = self._expected(today)
        rows += [
            Row(
                self._arrived(self.seat.masked(one.person), one.on, today.on),
                Place("residents", person_id=one.person_id),
                icon="log-in",
                detail=formats.days_here((today.on - one.on).days) if one.on < today.on else "",
                sensitive=True,
            )
            for one in today.arrivals
            if not one.leaving
        ]
        rows = [*rows[: ROWS - _SILENT - 2], *self._silent(today)]
        room = max(ROWS - len(rows) - 1, 1) if len(today.without_step) > ROWS - len(rows) else ROWS - len(rows)
        may_add = self.seat.desk.may(Right.CASE_WORK)
        rows += [
            Row(
                self.seat.masked(one.person),
                Place("residents", person_id=one.person_id),
                icon="flag",
                detail=_("no next step yet"),
                action=_("Add") if may_add else "",
                sensitive=True,
            )
            for one in today.without_step[:room]
        ]
        rest = len(today.without_step) - room
        if rest > 0:
            words = ngettext("{n} more without a next step", "{n} more without a next step", rest)
            rows.append(Row(words, Place("residents", list_id="here_now"), icon="flag", quiet=True))
        self.show_rows(rows)
        if not today.arrivals and not today.without_step and not any(bed.taken for bed in today.beds):
            self.empty.setText(_("Nobody lives here today."))
        else:
            self.empty.setText(_("Nobody arrived this week, and everybody has a next step."))

    def _silent(self, today: Today) -> list[Row]:
        """Return with whom nobody has had contact for too long; the caseload has the rest."""
        rows = [
            Row(
                self.seat.masked(one.person),
                Place("residents", person_id=one.person_id),
                icon="message-square",
                detail=ngettext("no contact for {n} day", "no contact for {n} days", one.days),
                sensitive=True,
            )
            for one in today.silent[:_SILENT]
        ]
        rest = len(today.silent) - _SILENT
        if rest > 0:
            # The last of them makes room for how many there are.
            words = ngettext("{n} more without contact", "{n} more without contact", rest + 1)
            rows[-1] = Row(words, Place("services", list_id="caseload"), icon="message-square", quiet=True)
        return rows

    def _expected(self, today: Today) -> list[Row]:
        """Return who may still come, those of today and whom nobody has decided about; opening begins the arrival."""
        may = self.seat.desk.may(Right.ADD_PERSON)
        soon = [one for one in today.expected if one.expected_on is None or one.expected_on <= today.on]
        return [
            Row(
                _("{name} is expected").format(name=self._called(one)) if one.expected_on else self._asked(one),
                Place("arrival", doing="from_call", about=one.id) if may else Place("calls"),
                icon="door-open",
                detail=one.expected_at.strftime("%H:%M") if one.expected_at else "",
                sensitive=True,
            )
            for one in soon[:_EXPECTED]
        ]

    def _called(self, one: ArrivalRequest) -> str:
        return self.seat.masked(one.name_used) if one.name_used else _("Somebody")

    def _asked(self, one: ArrivalRequest) -> str:
        return _("A place was asked for: {name}").format(name=self._called(one))

    @staticmethod
    def _arrived(name: str, on: date, today: date) -> str:
        if on == today:
            return _("{name} arrived today").format(name=name)
        return _("{name} arrived on {weekday}").format(name=name, weekday=formats.day(on, style="weekday"))

    def _show_beds(self, today: Today) -> None:
        rooms: dict[UUID, tuple[str, list[BedState]]] = {}
        for bed in today.beds:
            held = bed.held_until is not None and not bed.taken
            state: BedState = "free" if bed.free else "held" if held else "used"
            rooms.setdefault(bed.room_id, (bed.room, []))[1].append(state)
        found = Capacity.of(today.beds)
        sentence = _("{used} of {all} beds used").format(used=found.used, all=found.beds) if today.beds else ""
        legend: list[tuple[BedState, str]] = [
            ("used", _("{n} used").format(n=found.used)),
            ("free", _("{n} free").format(n=found.free)),
        ]
        if found.held:
            legend.insert(1, ("held", _("{n} on hold").format(n=found.held)))
        self.beds.set_rooms([BedRoom(title, tuple(beds)) for title, beds in rooms.values()], legend, sentence)
        self.beds.setVisible(bool(today.beds))
        self.set_aside(sentence)

    def _add_step(self, key: Any) -> None:
        if isinstance(key, Place):
            self.seat.go(key.with_(section="overview", doing="next_step"))


def first_steps(seat: Seat, *, has_beds: bool) -> Card:
    """Return what an empty vault offers: three next acts."""
    card = Card(_("Begin here"))
    card.add(Words(_("Nobody is on file yet. These are good first steps, in any order."), tone="muted", wrap=True))
    line = QHBoxLayout()
    line.setSpacing(8)
    desk = seat.desk
    acts = [
        (_("New arrival"), "plus", Right.ADD_PERSON, Place("arrival")),
        (_("Import residents…"), "download", Right.IMPORT_PEOPLE, Place("import")),
    ]
    if not has_beds:
        acts.insert(0, (_("Set up rooms and beds"), "bed", Right.CHANGE_SETTINGS, Place("settings", section="house")))
    for words, icon, right, place in acts:
        if desk.may(right):
            button = Button(words, icon)
            button.clicked.connect(lambda _checked=False, place=place: seat.go(place))
            line.addWidget(button)
    line.addStretch(1)
    card.add_layout(line, above=12)
    card.end()
    return card
