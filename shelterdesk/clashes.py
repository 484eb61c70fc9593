"""Who or what is taken at an hour: the colleague, the room, the resident; and when they are free next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.appointments import GIVEN, PLANNED, Appointment
from shelterdesk.desk import Desk
from shelterdesk.holidays import Holidays, holidays_of, hours_of
from shelterdesk.members import shown_names
from shelterdesk.people import Person
from shelterdesk.person_reading import listed
from shelterdesk.reach import EVERYBODY

USUAL_MINUTES: Final = 60
"""How long an appointment is taken to last whose length nobody wrote down."""
_STEP: Final = timedelta(minutes=30)
_AHEAD: Final = 14
"""Days that are searched for a free hour."""
WORKER, ROOM, RESIDENT = "worker", "room", "resident"


@dataclass(frozen=True)
class Wanted:
    """What is about to be planned. ``but`` are appointments that do not count, e.g. those that are moved."""

    on: date
    at: time | None
    minutes: int | None = None
    member_id: UUID | None = None
    room: str | None = None
    people: frozenset[UUID] = field(default=frozenset[UUID]())
    but: frozenset[UUID] = field(default=frozenset[UUID]())


@dataclass(frozen=True)
class Clash:
    """One of them is taken. Where the other record is closed to the reader, ``other`` is empty."""

    what: str
    """``worker``, ``room`` or ``resident``."""
    name: str
    """Who or what is taken."""
    other: str
    """With whom."""
    on: date
    ends: time
    appointment_id: UUID


@dataclass(frozen=True)
class _Taken:
    id: UUID
    person_id: UUID | None
    on: date
    begins: datetime
    ends: datetime
    member_id: UUID | None
    room: str | None


def takes_one_at_a_time(room: str | None) -> bool:
    """Tell whether only one appointment has room there; a garden or «out of the house» has room for many."""
    return room is not None and vocab.MEETING_ROOMS.group(room) != "many"


def clashes(desk: Desk, wanted: Wanted, also: Sequence[date] = ()) -> list[Clash]:
    """Return who or what is taken at the hour that is wanted, and at the same hour of the days it is wanted on *also*:
    colleague, room, residents in this order.
    """
    require(desk, Right.SEE_HOUSE)
    if wanted.at is None:
        return []
    with desk.read() as db:
        days = {wanted.on, *also}
        taken = [one for one in _taken(db, sorted(days), wanted.but) if _overlap(one, replace(wanted, on=one.on))]
        met = [(what, one) for what in (WORKER, ROOM, RESIDENT) for one in taken if what in _shared(one, wanted)]
        people = {one.person_id for _what, one in met if one.person_id is not None}
        names = {one.id: one.shown for one in listed(db, Person.id.in_(people))}
        staff = shown_names(desk, db)
    found: dict[tuple[str, str, date], Clash] = {}
    for what, one in met:
        name = {
            WORKER: staff.get(one.member_id, "") if one.member_id else "",
            ROOM: desk.choices(vocab.MEETING_ROOMS).label(one.room) if one.room else "",
            RESIDENT: names.get(one.person_id, "") if one.person_id else "",
        }[what]
        other = staff.get(one.member_id, "") if what == RESIDENT and one.member_id else ""
        if what != RESIDENT and one.person_id is not None:
            other = names.get(one.person_id, "")
        found.setdefault((what, name, one.on), Clash(what, name, other, one.on, one.ends.time(), one.id))
    return list(found.values())


def free_times(desk: Desk, wanted: Wanted, count: int = 2) -> list[tuple[date, time]]:
    """Return when everybody and everything that is wanted is free next: on the same day, then on the days after.

    At most one hour of each day is named, so that there is a choice between days.
    """
    require(desk, Right.SEE_HOUSE)
    if wanted.at is None:
        return []
    first, last = hours_of(desk)
    holidays = holidays_of(desk)
    days = [wanted.on, *_working_days(wanted.on, holidays)]
    with desk.read() as db:
        taken = _taken(db, days, wanted.but)
    found: list[tuple[date, time]] = []
    for on in days:
        begin = datetime.combine(on, max(first, wanted.at))
        if on == wanted.on:
            begin = _next_step(datetime.combine(on, wanted.at))
        at = _first_free(wanted, taken, begin, datetime.combine(on, last))
        if at is None and on != wanted.on:
            at = _first_free(wanted, taken, datetime.combine(on, first), begin)
        if at is not None:
            found.append((on, at))
        if len(found) == count:
            break
    return found


def free_members(desk: Desk, wanted: Wanted, members: Collection[UUID]) -> list[UUID]:
    """Return those of *members* who are free at the hour that is wanted."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        taken = [one for one in _taken(db, [wanted.on], wanted.but) if _overlap(one, wanted)]
    busy = {one.member_id for one in taken}
    return [one for one in members if one not in busy]


def span_of(on: date, at: time, minutes: int | None) -> tuple[datetime, datetime]:
    """Return when an appointment begins and ends."""
    begins = datetime.combine(on, at)
    return begins, begins + timedelta(minutes=minutes or USUAL_MINUTES)


def _taken(db: Session, days: Sequence[date], but: Collection[UUID]) -> list[_Taken]:
    """Return what is planned or given on *days*. Closed records count as well: who keeps them is busy then."""
    query = select(
        Appointment.id,
        Appointment.person_id,
        Appointment.on,
        Appointment.at,
        Appointment.minutes,
        Appointment.member_id,
        Appointment.room,
    ).where(
        Appointment.on.in_(days),
        Appointment.at.is_not(None),
        Appointment.state.in_((PLANNED, GIVEN)),
        Appointment.archived_at.is_(None),
    )
    found: list[_Taken] = []
    for row in db.execute(query.order_by(Appointment.on, Appointment.at).execution_options(**EVERYBODY)):
        if row.id not in but and row.at is not None:
            begins, ends = span_of(row.on, row.at, row.minutes)
            found.append(_Taken(row.id, row.person_id, row.on, begins, ends, row.member_id, row.room))
    return found


def _overlap(one: _Taken, wanted: Wanted) -> bool:
    assert wanted.at is not None
    begins, ends = span_of(wanted.on, wanted.at, wanted.minutes)
    return one.begins < ends and begins < one.ends


def _shared(one: _Taken, wanted: Wanted) -> set[str]:
    """Return in what two appointments of one hour get into each other's way."""
    found: set[str] = set()
    if wanted.member_id is not None and one.member_id == wanted.member_id:
        found.add(WORKER)
    if takes_one_at_a_time(wanted.room) and one.room == wanted.room:
        found.add(ROOM)
    if one.person_id in wanted.people:
        found.add(RESIDENT)
    return found


def _working_days(after: date, holidays: Holidays) -> Iterator[date]:
    for days in range(1, _AHEAD + 1):
        day = after + timedelta(days=days)
        if day.weekday() < 5 and not holidays.on(day):
            yield day


def _next_step(moment: datetime) -> datetime:
    past = timedelta(minutes=moment.minute % 30, seconds=moment.second)
    return moment - past + _STEP


def _first_free(wanted: Wanted, taken: Sequence[_Taken], begin: datetime, end: datetime) -> time | None:
    length = timedelta(minutes=wanted.minutes or USUAL_MINUTES)
    in_the_way = [one for one in taken if _shared(one, wanted)]
    while begin + length <= end:
        if not any(one.begins < begin + length and begin < one.ends for one in in_the_way):
            return begin.time()
        begin += _STEP
    return None
