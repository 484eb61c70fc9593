"""The cards of the start page. Each shows its part of what was read and opens the record behind a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from shelterdesk import backups, formats
from shelterdesk.access import Right
from shelterdesk.arrival_requests import ArrivalRequest
from shelterdesk.bed_use import Capacity
from shelterdesk.drafts import Draft
from shelterdesk.i18n import _, ngettext, text
from shelterdesk.leaving import LEAVING
from shelterdesk.retention import REMOVAL
from shelterdesk.today import ROWS, Coming, Today
from ui.draft_places import place_of, words_for
from ui.forms.backup_words import trouble_words, when_words
from ui.place import Place
from ui.seat import Seat
from ui.widgets.bed_strip import BedRoom, BedState, BedStrip
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.chip import ChipText
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words

_STILL_ON = timedelta(minutes=45)
"""How long after its hour an appointment counts as the one that is on."""
_DRAFTS_SHOWN = 5
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


class DeskCard(TodayCard):
    """Unfinished drafts, plans to review, consents that end, colleagues and their keys, the age of the backup.

    ``keys_wanted`` fires where keys are to be replaced now.
    """

    keys_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Desk"), "desk", "")
        self._drafts_open = False
        self._drafts: tuple[Draft, ...] = ()
        self._today: Today | None = None
        self._staff_rows: tuple[Row, ...] = ()
        self.finish()
        self.rows.acted.connect(self.open_row)

    def show_today(self, today: Today, staff_rows: Sequence[Row] = ()) -> None:
        """Show this part of *today*; *staff_rows* tell of colleagues and their keys."""
        self._today, self._staff_rows = today, tuple(staff_rows)
        self._drafts = tuple(draft for draft in today.drafts if place_of(draft) is not None)
        rows = self._draft_rows()
        if today.plans_to_review:
            words = ngettext("{n} plan to review", "{n} plans to review", today.plans_to_review)
            place = Place("residents", person_id=today.first_to_review, section="plan")
            target = place if today.plans_to_review == 1 else Place("plans")
            rows.append(Row(words, target, icon="list-checks", action=_("Open")))
        rows += self._approval_rows(today)
        rows += self._request_rows(today)
        rows += self._consent_rows(today)
        rows += _agreement_rows(today)
        rows += _stay_rows(today)
        # What belongs to residents comes first; the rest about colleagues stands in their settings.
        rows += self._staff_rows[: max(ROWS - 1 - len(rows), 1)]
        rows.append(self._backup_row(today))
        self.show_rows(rows)

    def _draft_rows(self) -> list[Row]:
        drafts: tuple[Draft, ...] = self._drafts
        if len(drafts) == 0:
            return []
        desk = self.seat.desk
        latest = formats.clock(drafts[0].kept_at, desk.zone)
        words = ngettext("{n} unfinished draft", "{n} unfinished drafts", len(drafts))
        key = "drafts" if len(drafts) > 1 else place_of(drafts[0])
        rows = [Row(words, key, icon="file-pen", detail=_("latest {time}").format(time=latest), action=_("Continue"))]
        if self._drafts_open and len(drafts) > 1:
            names = self.seat.names("person")
            rows += [
                Row(
                    text(words_for(draft)),
                    place_of(draft),
                    under=True,
                    detail=self.seat.masked(names.get(draft.person_id, "")) if draft.person_id else "",
                    action=_("Continue"),
                    sensitive=True,
                )
                for draft in drafts[:_DRAFTS_SHOWN]
            ]
        return rows

    def _approval_rows(self, today: Today) -> list[Row]:
        rows: list[Row] = []
        to_approve = [one for one in today.to_approve if one.approval.subject not in (REMOVAL, LEAVING)]
        given_back = [one for one in today.given_back if one.approval.subject not in (REMOVAL, LEAVING)]
        leave = [one for one in today.to_approve if one.approval.subject == LEAVING]
        stay_on = [one for one in today.given_back if one.approval.subject == LEAVING]
        removals = sum(one.approval.subject == REMOVAL for one in today.to_approve)
        if removals:
            words = ngettext("{n} removal to allow", "{n} removals to allow", removals)
            rows.append(Row(words, Place("settings", section="removal"), icon="archive", action=_("Look")))
        for asked, section, words in (
            (to_approve, "plan", ngettext("{n} plan to approve", "{n} plans to approve", len(to_approve))),
            (given_back, "plan", ngettext("{n} plan given back", "{n} plans given back", len(given_back))),
            # Nobody who sees the screen learns that somebody is about to leave.
            (leave, "stay", ngettext("{n} stay to approve", "{n} stays to approve", len(leave))),
            (stay_on, "stay", ngettext("{n} stay given back", "{n} stays given back", len(stay_on))),
        ):
            if asked:
                place = Place("residents", person_id=asked[0].approval.person_id, section=section)
                detail = self.seat.masked(asked[0].person) if len(asked) == 1 else ""
                rows.append(Row(words, place, icon="file-check", detail=detail, action=_("Open"), sensitive=True))
        return rows

    def _request_rows(self, today: Today) -> list[Row]:
        """Say that something is to be answered, and neither who asks nor about whom: a screen is seen by others."""
        rows: list[Row] = []
        waiting = [one.request for one in today.requests if one.request.waits]
        answered = [one.request for one in today.requests if not one.request.waits]
        if waiting:
            words = ngettext("{n} request to answer", "{n} requests to answer", len(waiting))
            due = waiting[0].due_on
            past = due is not None and due < today.on
            detail = formats.relative_day(due, today.on) if due is not None else ""
            tint = "attention" if past else "muted"
            rows.append(_to_requests(words, waiting[0].id, detail, tint))
        if answered:
            words = ngettext("{n} answer to approve", "{n} answers to approve", len(answered))
            rows.append(_to_requests(words, answered[0].id))
        return rows

    def _consent_rows(self, today: Today) -> list[Row]:
        if not today.consents_ending:
            return []
        first = today.consents_ending[0]
        place = Place("residents", person_id=first.person_id, section="consents")
        days, more = (first.until - today.on).days, len(today.consents_ending)
        words = (
            ngettext("1 consent ends in {n} day", "1 consent ends in {n} days", days)
            if more == 1
            else ngettext("{n} consent ends soon", "{n} consents end soon", more)
        )
        detail = self.seat.masked(first.person)
        return [Row(words, place, icon="file-check", detail=detail, action=_("Review"), sensitive=True)]

    def _backup_row(self, today: Today) -> Row:
        desk = self.seat.desk
        due, trouble = backups.backup_is_due(desk), trouble_words(desk)
        place = Place("settings", section="backup")
        words = _("No backup yet")
        if today.last_backup is not None:
            words = _("Last backup {when}").format(when=when_words(today.last_backup, desk))
        if due and desk.may(Right.BACK_UP):
            now = place.with_(doing="back_up")
            return Row(
                words,
                now,
                icon="hard-drive",
                detail=trouble or _("one is due"),
                detail_tint="attention",
                action=_("Back up"),
            )
        chip = ChipText(_("Due"), "attention", "clock") if due else ChipText(_("Up to date"), "done", "check")
        return Row(words, place, icon="hard-drive", chip=chip, detail=trouble, detail_tint="attention")

    def open_row(self, key: Any) -> None:
        if key == "drafts":
            self._drafts_open = not self._drafts_open
            if self._today is not None:
                self.show_today(self._today, self._staff_rows)
            self.rows.go_to("drafts")
        elif key == "replace_keys":
            self.keys_wanted.emit()
        else:
            super().open_row(key)


def _stay_rows(today: Today) -> list[Row]:
    """Say that something does not fit in stays and beds, and not whose: the board tells it."""
    if not today.stays_to_put_right:
        return []
    words = ngettext("{n} stay to put right", "{n} stays to put right", today.stays_to_put_right)
    return [Row(words, Place("beds"), icon="bed", action=_("Look"))]


def _agreement_rows(today: Today) -> list[Row]:
    """Say that an agreement ends, and not with whom: a name may say what kind of help residents look for."""
    if not today.agreements_ending:
        return []
    first, count = today.agreements_ending[0], len(today.agreements_ending)
    words = ngettext("{n} agreement with a provider ends", "{n} agreements with providers end", count)
    tint = "attention" if first.until < today.on else "muted"
    detail = formats.relative_day(first.until, today.on)
    place = Place("services", list_id="providers", about=first.provider_id)
    return [Row(words, place, icon="calendar-clock", detail=detail, detail_tint=tint, action=_("Open"))]


def _to_requests(words: str, first: UUID, detail: str = "", tint: str = "muted") -> Row:
    place = Place("settings", section="requests", about=first)
    return Row(words, place, icon="file-question-mark", detail=detail, detail_tint=tint, action=_("Open"))


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
