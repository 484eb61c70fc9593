"""Planning and moving: from the typed line to appointments, with what is in the way shown before anything is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from shelterdesk import appointments, booking, formats, vocab
from shelterdesk.appointments import PLANNED, Appointment
from shelterdesk.booking import Booking
from shelterdesk.calendar import APPOINTMENT, GROUP_ICON, ICONS, PLAIN_ICON, Entry, workers
from shelterdesk.clashes import Clash, Wanted, clashes, free_members, free_times, span_of
from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.i18n import _, ngettext
from shelterdesk.quick_entry import Lexicon, Reading, Unread, read
from shelterdesk.repeats import Days
from shelterdesk.schema.types import new_id
from ui.pages.services.calendar.entry_card import EntryCard, Hindrance
from ui.pages.services.calendar.rows import Preview, shown_title
from ui.seat import Seat
from ui.widgets.chip import ChipText

Where = Callable[[], tuple[date, dict[str, Any]]]
"""Returns the first day that is looked at, and what the place of the keyboard says about something new."""

_DAYS_NAMED: Final = 3
"""How many days of a series are named on which somebody is taken."""


class Planning(QObject):
    """Reads the line of *card*. ``planned`` hands back the id of the first appointment that was made."""

    preview_changed = Signal()
    planned = Signal(object)

    def __init__(self, seat: Seat, card: EntryCard, where: Where) -> None:
        super().__init__(card)
        self.seat, self.card, self.where = seat, card, where
        self.preview: Preview | None = None
        self.booking: Booking | None = None
        self.moving: Entry | None = None
        self._changes: dict[str, Any] = {}
        self._chosen: dict[str, Any] = {}
        """What was chosen with a button over what was typed."""
        self._problem = ""
        self._lexicon: Lexicon | None = None
        self._clashes: list[Clash] = []
        self._id = new_id()
        card.typed.connect(self._typed)
        card.asked.connect(self.ask)
        card.time_chosen.connect(self._choose_time)
        card.member_chosen.connect(self._choose_member)
        card.anyway.connect(lambda: self.save(anyway=True))
        card.cancelled.connect(self.cancel)

    def forget_words(self) -> None:
        """Names or lists may have changed: read them anew with the next line."""
        self._lexicon = None

    def cancel(self) -> None:
        """Go back from what can be chosen instead to the line; there stop moving, or forget what was typed."""
        if self.card.text() and self.card.leave_choice():
            return
        was_moving = self.moving is not None
        self._end()
        if was_moving:
            self.card.left_downwards.emit()
        else:
            self.card.line.setFocus()

    # --- reading -------------------------------------------------------------------------------------------------

    def _typed(self) -> None:
        self._chosen = {}
        self.read()

    def read(self) -> None:
        """Read the line and show what it says, and what is in the way."""
        if self.moving is not None:
            self._read_move()
            return
        desk, card = self.seat.desk, self.card
        reading = self._reading()
        _base, standing = self.where()
        self.booking, problem = None, ""
        if reading.is_empty and not standing:
            card.show_parts([], [])
        else:
            try:
                made = replace(booking.complete(desk, replace(reading, unread=()), **standing), **self._chosen)
                card.show_parts(self._parts(made), self._offered(reading))
                self.booking = made
            except Problems as problems:
                problem = "" if reading.is_empty else problems.problems[0].text()
                card.show_parts(self._typed_parts(reading, standing), self._offered(reading))
            except ShelterDeskError as error:
                card.show_parts([], self._offered(reading))
                problem = error.text()
        self._problem = problem
        self._look_around()

    def _reading(self) -> Reading:
        if self._lexicon is None:
            self._lexicon = booking.lexicon_of(self.seat.desk)
        base, _standing = self.where()
        return read(self.card.text(), self._lexicon, base, self.seat.desk.today())

    def _offered(self, reading: Reading) -> list[Unread]:
        """Return what is not understood with whom it may mean; while somebody visits, by their codes only."""
        if not self.seat.visitor:
            return list(reading.unread)
        return [
            replace(one, candidates=tuple(replace(known, shown=known.also) for known in one.candidates if known.also))
            for one in reading.unread
        ]

    def _look_around(self) -> None:
        """Show whose hour is taken, and the dashed block in the calendar."""
        made = self.booking
        wanted = made.wanted() if made is not None else None
        entry = self._entry_of(made) if made is not None else None
        days = booking.days(self.seat.desk, made).on if made is not None else ()
        self._show_wanted(wanted, entry, _("Book both"), days)

    def _show_wanted(self, wanted: Wanted | None, entry: Entry | None, anyway: str, days: Sequence[date] = ()) -> None:
        self._clashes = clashes(self.seat.desk, wanted, days) if wanted is not None else []
        self.card.show_hindrance(self._hindrance(wanted) if wanted is not None else None, anyway)
        before = self.preview
        taken = frozenset(one.appointment_id for one in self._clashes)
        self.preview = Preview(entry, taken) if entry is not None else None
        if before != self.preview:
            self.preview_changed.emit()

    def _hindrance(self, wanted: Wanted) -> Hindrance | None:
        if not self._clashes:
            return None
        desk = self.seat.desk
        times = [
            (f"{at:%H:%M}" if on == wanted.on else f"{formats.day(on, style='weekday_short')} {at:%H:%M}", (on, at))
            for on, at in free_times(desk, wanted)
        ]
        everybody = {who.id: who.name for who in workers(desk)}
        others = free_members(desk, wanted, everybody) if any(one.what == "worker" for one in self._clashes) else []
        return Hindrance(
            " ".join(self._sentences(wanted.on)),
            times,
            [(everybody[one], one) for one in others if one != wanted.member_id],
        )

    def _sentences(self, first: date) -> Iterator[str]:
        """Yield who or what is taken; what is taken on later days of a series is said once for all of them."""
        later: dict[str, list[str]] = {}
        for one in self._clashes:
            if one.on == first:
                yield self._words_of(one)
            else:
                later.setdefault(self._words_of(one), []).append(_short(one.on))
        for words, days in later.items():
            more = ["…"] if len(days) > _DAYS_NAMED else []
            yield f"{', '.join([*days[:_DAYS_NAMED], *more])}: {words}"

    def _words_of(self, clash: Clash) -> str:
        until = f"{clash.ends:%H:%M}"
        name = self.seat.masked(clash.name) if clash.what == "resident" else clash.name
        other = clash.other if clash.what == "resident" else self.seat.masked(clash.other)
        if clash.what == "room":
            return _("{room} is taken until {time}.").format(room=name, time=until)
        if other:
            return _("{who} is with {other} until {time}.").format(who=name, other=other, time=until)
        return _("{who} is busy until {time}.").format(who=name or _("Somebody"), time=until)

    # --- saying back ---------------------------------------------------------------------------------------------

    def _parts(self, made: Booking) -> list[ChipText]:
        """Return the line as it was read; what nobody typed is only outlined."""
        found = [self._part(made, "on", self._day(made.on), "calendar")]
        if made.at is not None:
            ends = f"–{span_of(made.on, made.at, made.minutes)[1]:%H:%M}" if made.minutes else ""
            found.append(ChipText(f"{made.at:%H:%M}{ends}", "neutral", "clock"))
        elif made.minutes:
            found.append(ChipText(formats.duration(made.minutes), "neutral", "clock"))
        icon = ICONS.get(made.kind, PLAIN_ICON)
        found.append(self._part(made, "kind", self._kind_words(made), icon))
        if made.people:
            found.append(self._part(made, "people", self._people_words(made.people), "user-round"))
        if made.words:
            found.append(ChipText(made.words, "neutral", "message-square-text"))
        if made.member_id is not None:
            found.append(self._part(made, "member_id", self._member(made.member_id)))
        if made.room is not None:
            found.append(self._part(made, "room", self.seat.desk.choices(vocab.MEETING_ROOMS).label(made.room)))
        found += [ChipText(_("Transport"), "neutral", "car")] * made.transport
        found += [ChipText(_("Interpreter"), "neutral", "languages")] * made.interpreter
        return [*found, *self._repeat_parts(made)]

    def _repeat_parts(self, made: Booking) -> list[ChipText]:
        if made.repeat is None:
            return []
        days: Days = booking.days(self.seat.desk, made)
        words = ngettext("every week, {times} times", "every {n} weeks, {times} times", made.repeat.weeks,
                         times=len(days.on))  # fmt: skip
        found = [ChipText(words, "neutral", "refresh-cw")]
        for day, name in days.skipped:
            found.append(ChipText(_("not on {day}, {name}").format(day=_short(day), name=name), "outline"))
        return found

    def _typed_parts(self, reading: Reading, standing: dict[str, Any]) -> list[ChipText]:
        """Return what is understood of a line that does not say enough yet."""
        day = reading.on or standing.get("on")
        kinds = vocab.APPOINTMENT_KINDS
        found = [ChipText(self._day(day), "neutral", "calendar")] if day else []
        found += [ChipText(f"{reading.at:%H:%M}", "neutral", "clock")] if reading.at else []
        found += (
            [ChipText(kinds.label(reading.kind), "neutral", ICONS.get(reading.kind, PLAIN_ICON))]
            if (reading.kind)
            else []
        )
        found += [ChipText(self._people_words(reading.people), "neutral", "user-round")] if reading.people else []
        found += [ChipText(self._member(reading.member_id))] if reading.member_id else []
        return found

    def _part(self, made: Booking, name: str, words: str, icon: str = "") -> ChipText:
        return ChipText(words, "outline" if name in made.proposed else "neutral", icon)

    def _kind_words(self, made: Booking) -> str:
        if made.service_kind is not None:
            return self.seat.desk.choices(vocab.SERVICE_KINDS).label(made.service_kind)
        return vocab.APPOINTMENT_KINDS.label(made.kind)

    def _people_words(self, people: tuple[UUID, ...]) -> str:
        if len(people) > 2:
            return ngettext("{n} resident", "{n} residents", len(people))
        names = self.seat.names("person")
        return ", ".join(self.seat.masked(names.get(one, "…")) for one in people)

    def _day(self, on: date) -> str:
        """Return a day; its year only where it is another one, so that a slip in it is seen."""
        this_year = on.year == self.seat.desk.today().year
        return formats.day(on, style="weekday_day_month" if this_year else "weekday_long")

    def _member(self, member_id: UUID) -> str:
        return self.seat.names("member").get(member_id, "")

    def _entry_of(self, made: Booking) -> Entry:
        title = (
            self._people_words(made.people) if made.people else made.words or vocab.APPOINTMENT_KINDS.listed(made.kind)
        )
        icon = GROUP_ICON if len(made.people) > 1 else ICONS.get(made.kind, PLAIN_ICON)
        return Entry(
            self._id, APPOINTMENT, made.on, made.at, made.minutes, made.kind, icon, title, PLANNED, made.member_id,
            made.room, made.people, (self._id,), "needed" if made.interpreter else None,
            "needed" if made.transport else None,
        )  # fmt: skip

    # --- saving --------------------------------------------------------------------------------------------------

    def ask(self) -> None:
        """Save what was typed, unless something is not understood, missing or in the way."""
        self.save(anyway=False)

    def save(self, *, anyway: bool) -> None:
        """Save; *anyway* also where somebody is taken."""
        if self.moving is not None:
            self._save_move(anyway=anyway)
            return
        reading = self._reading()
        if reading.unread:
            words = ", ".join(f"«{one.words}»" for one in self._offered(reading))
            self.card.show_problem(_("{words} is not understood. Change it, or take it out.").format(words=words))
            return
        if self.booking is None:
            self.card.show_problem(self._problem or _("Type a day, an hour, what it is and who comes."))
            return
        if self._clashes and not anyway:
            self.card.focus_choice()
            return
        try:
            made = booking.book(self.seat.desk, self.booking)
        except ShelterDeskError as error:
            self.card.show_problem(error.text())
            return
        self._end()
        self.seat.saved.emit()
        self.seat.say(self._planned_words(made), lambda: self._take_back(made))
        self.planned.emit(made[0].id)
        self.card.line.setFocus()

    def _planned_words(self, made: list[Appointment]) -> str:
        if made[0].series_id is not None:
            return ngettext("{n} appointment planned, the first on {when}",
                            "{n} appointments planned, the first on {when}",
                            len(made), when=self._when(made[0]))  # fmt: skip
        return _("Planned for {when}").format(when=self._when(made[0]))

    def _when(self, one: Appointment) -> str:
        this_year = one.on.year == self.seat.desk.today().year
        day = formats.day(one.on, style="weekday_day_month_short" if this_year else "weekday_long")
        return f"{day}, {one.at:%H:%M}" if one.at is not None else day

    def _take_back(self, made: list[Appointment]) -> None:
        appointments.archive_appointments(self.seat.desk, [one.id for one in made])

    def _choose_time(self, on: date, at: time) -> None:
        if self.moving is not None:
            self._changes |= {"on": on, "at": at}
            self._save_move(anyway=False)
            return
        self._chosen |= {"on": on, "at": at}
        self.read()
        self.save(anyway=False)

    def _choose_member(self, member_id: UUID) -> None:
        if self.moving is not None:
            self._changes |= {"member_id": member_id}
            self._save_move(anyway=False)
            return
        self._chosen |= {"member_id": member_id}
        self.read()
        self.save(anyway=False)

    def _end(self) -> None:
        self.moving, self._changes, self._chosen, self.booking = None, {}, {}, None
        self._id = new_id()
        self.card.show_moving("")
        self.card.empty()

    # --- moving --------------------------------------------------------------------------------------------------

    def begin_move(self, entry: Entry) -> None:
        """Have the line say where *entry* is moved to."""
        if entry.state != PLANNED:
            self.seat.say(_("Only what is planned can be moved."), kind="info")
            return
        self._end()
        self.moving = entry
        title = shown_title(entry, self.seat.masked)
        self.card.show_moving(f"{entry.at:%H:%M} {title}" if entry.at else title)
        self.card.setVisible(True)
        self.card.line.setFocus()
        self.read()

    def move_at_once(self, entry: Entry, changes: dict[str, Any]) -> None:
        """Move *entry* as it was dragged; where somebody is taken, ask first."""
        self.begin_move(entry)
        if self.moving is not None:
            self._changes = changes
            self._look_around_move()
            self._save_move(anyway=False)

    def _read_move(self) -> None:
        reading = self._reading()
        said = {"on": reading.on, "at": reading.at, "minutes": reading.minutes, "member_id": reading.member_id,
                "room": reading.room}  # fmt: skip
        self._changes = {name: value for name, value in said.items() if value is not None} | self._chosen
        parts = [ChipText(self._day(reading.on), "neutral", "calendar")] if reading.on else []
        parts += [ChipText(f"{reading.at:%H:%M}", "neutral", "clock")] if reading.at else []
        parts += [ChipText(formats.duration(reading.minutes), "neutral", "clock")] if reading.minutes else []
        parts += [ChipText(self._member(reading.member_id))] if reading.member_id else []
        if reading.room:
            parts.append(ChipText(self.seat.desk.choices(vocab.MEETING_ROOMS).label(reading.room)))
        self.card.show_parts(parts, self._offered(reading))
        self._look_around_move()

    def _look_around_move(self) -> None:
        moving = self.moving
        if moving is None or not self._changes:
            self._show_wanted(None, None, "")
            return
        entry = replace(moving, **self._changes)
        wanted = Wanted(
            entry.on, entry.at, entry.minutes, entry.member_id, entry.room, frozenset(entry.people),
            frozenset(entry.ids),
        )  # fmt: skip
        self._show_wanted(wanted, entry, _("Move anyway"))

    def _save_move(self, *, anyway: bool) -> None:
        moving = self.moving
        assert moving is not None
        if self._reading().unread or not self._changes:
            self.card.show_problem(_("Type the day or the hour it is moved to, e.g. Wed 15:00"))
            return
        self._look_around_move()
        if self._clashes and not anyway:
            self.card.focus_choice()
            return
        desk = self.seat.desk
        try:
            standing = appointments.meeting_of(desk, appointments.appointment_with(desk, moving.ids[0]))
            made = appointments.move(desk, [one for one in standing if one.id in moving.ids], **self._changes)
        except ShelterDeskError as error:
            self.card.show_problem(error.text())
            return
        self._end()
        self.seat.saved.emit()
        words = _("Moved to {when}").format(when=self._when(made[0]))
        self.seat.say(words, lambda: appointments.take_back_move(desk, made))
        self.planned.emit(made[0].id)


def _short(day: date) -> str:
    return formats.day(day, style="day_month_short")
