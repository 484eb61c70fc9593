"""From a typed line to appointments: what was left out is proposed, and nothing is saved before it was looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select

from shelterdesk import appointments, catalogue, vocab
from shelterdesk.access import Right, require
from shelterdesk.appointments import Appointment
from shelterdesk.calendar import workers
from shelterdesk.clashes import Wanted
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.folding import fold
from shelterdesk.holidays import holidays_of
from shelterdesk.i18n import N_, text
from shelterdesk.person_history import WorkerSince, current_on
from shelterdesk.person_reading import listed
from shelterdesk.quick_entry import KindWord, Known, Lexicon, Reading
from shelterdesk.reach import require_reach
from shelterdesk.repeats import Days, Repeat, days_of
from shelterdesk.residents import condition_of

LINE: Final = "appointment.line"
"""The place of Problems with the typed line."""
_OF_THE_HOUSE: Final = ("house", "education", "other")
"""Groups of kinds that need nobody named; in anything else the name was forgotten."""
_SHORT: Final[Mapping[str, str]] = {
    "session": N_("psych psychologist therapy counselling"),
    "talk": N_("social"),
    "clinic": N_("doctor hospital dentist health"),
    "lawyer": N_("legal"),
    "lesson": N_("class course"),
    "check_in": N_("work"),
    "house": N_("house"),
    "other": N_("appointment"),
}
"""Further words for kinds of appointment; translators may write others."""


@dataclass(frozen=True)
class Booking:
    """What is about to be planned, whole."""

    on: date
    kind: str
    at: time | None = None
    minutes: int | None = None
    service_kind: str | None = None
    people: tuple[UUID, ...] = ()
    member_id: UUID | None = None
    room: str | None = None
    interpreter: bool = False
    transport: bool = False
    words: str = ""
    repeat: Repeat | None = None
    proposed: frozenset[str] = field(default=frozenset[str]())
    """What nobody typed."""

    def wanted(self) -> Wanted:
        """Return what must be free for it on its first day."""
        return Wanted(self.on, self.at, self.minutes, self.member_id, self.room, frozenset(self.people))


def lexicon_of(desk: Desk) -> Lexicon:
    """Return the words a line may hold: who lives here or is supported, colleagues, rooms and kinds."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        people = listed(db, or_(condition_of(desk, "here_now"), condition_of(desk, "without_stay")))
    rooms = desk.choices(vocab.MEETING_ROOMS)
    return Lexicon(
        [Known(one.id, one.shown, one.code) for one in sorted(people, key=lambda one: one.code)],
        [Known(who.id, who.name) for who in workers(desk)],
        [Known(one.code, rooms.label(one.code)) for one in rooms],
        list(_kind_words(desk)),
        desk.me.id,
    )


def _kind_words(desk: Desk) -> Iterator[KindWord]:
    kinds = desk.choices(vocab.APPOINTMENT_KINDS)
    for one in kinds:
        service = vocab.service_it_becomes(one.code)
        yield KindWord(fold(kinds.label(one.code)), one.code, service)
        for word in f"{_SHORT.get(one.code, '')} {text(_SHORT.get(one.code, ''))}".split():
            yield KindWord(fold(word), one.code, service)
    for entry in catalogue.offered(desk):
        yield KindWord(fold(entry.label), vocab.appointment_for(entry.kind), entry.kind)


def complete(
    desk: Desk,
    reading: Reading,
    *,
    on: date | None = None,
    member_id: UUID | None = None,
    room: str | None = None,
    person_id: UUID | None = None,
) -> Booking:
    """Return what *reading* says with what it leaves out proposed: from where one stands in the calendar, from what
    was agreed with the same people before, and from the catalogue. Raises Problems for what has to be said.
    """
    require(desk, Right.KEEP_APPOINTMENTS)
    _readable(reading)
    day = reading.on or on
    people = reading.people or ((person_id,) if person_id is not None and not reading.words else ())
    if reading.everybody and reading.kind != "house":
        people = _everybody(desk)
    require_reach(desk, *people, asks=False)
    if day is None:
        raise Problems([Problem(LINE, N_("Type a day too, such as Tue, tomorrow or 24 Nov"))])
    if not people and not reading.words and vocab.APPOINTMENT_KINDS.group(reading.kind) not in _OF_THE_HOUSE:
        raise Problems([Problem(LINE, N_("Type whose appointment it is, or what it is"))])
    kind = reading.kind or ("other" if people else "house")
    if len(people) > 1 and kind == "session":
        kind = "group"
    service = vocab.service_it_becomes(kind) if kind == "group" else reading.service_kind
    whom = reading.member_id or member_id or _colleague(desk, kind, service, people)
    usual = catalogue.entry(desk, service).minutes if service else None
    where = reading.room or room or _room(desk, kind, whom)
    proposed = {
        "on": reading.on,
        "minutes": reading.minutes,
        "kind": reading.kind,
        "people": reading.people or reading.everybody,
        "member_id": reading.member_id,
        "room": reading.room,
    }
    return Booking(
        day,
        kind,
        reading.at,
        reading.minutes if reading.minutes is not None or reading.at is None else usual,
        service,
        people,
        whom,
        where,
        reading.interpreter,
        reading.transport,
        reading.words,
        _repeat(reading, day),
        frozenset(name for name, said in proposed.items() if not said),
    )


def _readable(reading: Reading) -> None:
    if reading.unread:
        words = ", ".join(f"«{one.words}»" for one in reading.unread)
        raise Problems([Problem(LINE, N_("{words} is not understood. Change it, or take it out."), words=words)])


def _repeat(reading: Reading, on: date) -> Repeat | None:
    if reading.weeks is None and reading.until is None:
        return None
    if reading.until is None:
        raise Problems([Problem(LINE, N_("Type until when it repeats, such as until 20 December"))])
    found = Repeat(reading.weeks or 1, reading.until)
    if found.until < on:
        raise Problems([Problem(LINE, N_("The last day of the repetition must be after the first"))])
    return found


def _everybody(desk: Desk) -> tuple[UUID, ...]:
    with desk.read() as db:
        return tuple(one.id for one in listed(db, condition_of(desk, "here_now")))


def _colleague(desk: Desk, kind: str, service: str | None, people: tuple[UUID, ...]) -> UUID | None:
    """Propose who is met: whoever was met last for the same, else the person's worker or who gives such services."""
    may = {who.id: who for who in workers(desk)}
    with desk.read() as db:
        last = select(Appointment.member_id).where(
            Appointment.person_id.in_(people),
            Appointment.kind == kind,
            Appointment.member_id.is_not(None),
            Appointment.archived_at.is_(None),
        )
        before = db.scalars(last.order_by(Appointment.on.desc(), Appointment.id.desc()).limit(1)).first()
        worker = current_on(db, WorkerSince, "member_id", desk.today(), people[:1]).get(people[0]) if people else None
    if before in may:
        return before
    entry = catalogue.entry(desk, service) if service else None
    preferred: list[UUID | None] = [worker, desk.me.id, *may]
    known = [may[one] for one in preferred if one is not None and one in may]
    fitting = [who.id for who in known if entry is None or entry.given_by(who.roles)]
    return fitting[0] if fitting else worker if worker in may else desk.me.id


def _room(desk: Desk, kind: str, member_id: UUID | None) -> str | None:
    """Propose the room where the same colleague met for the same last."""
    if member_id is None:
        return None
    query = (
        select(Appointment.room)
        .where(Appointment.member_id == member_id, Appointment.kind == kind, Appointment.archived_at.is_(None))
        .order_by(Appointment.on.desc(), Appointment.id.desc())
    )
    with desk.read() as db:
        return db.scalars(query.limit(1)).first()


def days(desk: Desk, booking: Booking) -> Days:
    """Return the days it is planned for, and the holidays that are left out. Raises Problems."""
    return days_of(booking.on, booking.repeat, holidays_of(desk))


def book(desk: Desk, booking: Booking) -> list[Appointment]:
    """Plan it, all or nothing. Raises Problems."""
    require(desk, Right.KEEP_APPOINTMENTS)
    return appointments.add_appointments(
        desk,
        booking.people,
        days(desk, booking).on,
        kind=booking.kind,
        at=booking.at,
        minutes=booking.minutes,
        member_id=booking.member_id,
        service_kind=booking.service_kind,
        room=booking.room,
        words=booking.words or None,
        interpreter="needed" if booking.interpreter else None,
        transport="needed" if booking.transport else None,
    )
