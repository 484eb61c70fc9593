"""What the calendar shows of some days: appointments, groups, court dates and check-ins, by their neutral kind.

The calendar lies open on a desk. It names short names, hours, colleagues and rooms, and never what lies in a record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk import deadlines, vocab
from shelterdesk.access import Right, require, rights_of
from shelterdesk.appointments import MOVED, NOT_ATTENDED, PLANNED, Appointment
from shelterdesk.clashes import USUAL_MINUTES
from shelterdesk.deadlines import DueDate
from shelterdesk.desk import Desk
from shelterdesk.holidays import Holidays, holidays_of
from shelterdesk.i18n import N_, text
from shelterdesk.members import Who, colleagues
from shelterdesk.people import Person
from shelterdesk.person_reading import Listed, listed
from shelterdesk.placements import Placement
from shelterdesk.reach import EVERYBODY, REMINDING
from shelterdesk.stays import Stay, is_here

APPOINTMENT, DEADLINE, CHECK_IN, BUSY = "appointment", "deadline", "check_in", "busy"
ICONS: Final[Mapping[str, str]] = {
    "session": "hand-heart",
    "group": "users-round",
    "assessment": "notebook-pen",
    "talk": "notebook-pen",
    "clinic": "stethoscope",
    "check_in": "briefcase",
    "lesson": "graduation-cap",
    "house": "house",
}
"""Kind of appointment → icon; every other kind has the one of an appointment, which gives nothing away."""
PLAIN_ICON: Final = "calendar"
GROUP_ICON: Final = "users-round"
LEGEND: Final[Sequence[tuple[str, str]]] = (
    ("hand-heart", N_("psychological")),
    (PLAIN_ICON, N_("appointment")),
    ("stethoscope", N_("health")),
    ("notebook-pen", N_("social")),
    ("briefcase", N_("work")),
    ("graduation-cap", N_("learning")),
    (GROUP_ICON, N_("group")),
    ("house", N_("house")),
    ("car", N_("transport")),
    ("languages", N_("interpreter")),
)


@dataclass(frozen=True)
class Entry:
    """One thing in the calendar. A group is one entry with several people."""

    id: UUID
    source: str
    """``appointment``, ``deadline``, ``check_in``, or ``busy`` where the record is closed to the reader."""
    on: date
    at: time | None
    minutes: int | None
    kind: str
    icon: str
    title: str
    """Who comes, or what it is where it is nobody's: in visitor mode only the kind is shown."""
    state: str = PLANNED
    member_id: UUID | None = None
    room: str | None = None
    people: tuple[UUID, ...] = ()
    ids: tuple[UUID, ...] = ()
    """The rows of a group; of anything else its own id."""
    interpreter: str | None = None
    transport: str | None = None
    series_id: UUID | None = None
    named: bool = False
    """True where the title names somebody, so that visitor mode masks it."""
    group: str = ""
    """What a group is called."""

    @property
    def can_change(self) -> bool:
        """Tell whether the calendar may move or mark it; court dates and check-ins are changed in the record."""
        return self.source == APPOINTMENT

    @property
    def words(self) -> str:
        """Return the neutral kind."""
        codes = vocab.DEADLINE_KINDS if self.source == DEADLINE else vocab.APPOINTMENT_KINDS
        return text(N_("Busy")) if self.source == BUSY else codes.listed(self.kind)

    @property
    def takes(self) -> int:
        """Minutes it counts for where hours are summed up."""
        return self.minutes or USUAL_MINUTES


@dataclass(frozen=True)
class Days:
    """Everything the calendar shows from one day to another."""

    first: date
    last: date
    entries: tuple[Entry, ...]
    workers: tuple[Who, ...]
    residents: tuple[Listed, ...]
    """Who lives here or has an entry, by name."""
    holidays: Holidays

    def planned_minutes(self, member_id: UUID) -> int:
        """Return how long a colleague is with people in these days, what was not attended left out."""
        return sum(
            one.takes
            for one in self.entries
            if one.member_id == member_id and one.source in (APPOINTMENT, BUSY) and one.state != NOT_ATTENDED
        )


def read_days(desk: Desk, first: date, last: date) -> Days:
    """Read the calendar from *first* to *last*, as far as the reader's rights and keys go."""
    require(desk, Right.SEE_HOUSE)
    today = desk.today()
    with desk.read() as db:
        rows = _rows(desk, db, first, last)
        dated = deadlines.meetings_between(db, first, last)
        check_in = Placement.check_in_on.between(first, last), Placement.archived_at.is_(None)
        query = select(Placement.id, Placement.person_id, Placement.check_in_on).where(*check_in)
        check_ins = db.execute(query.execution_options(**REMINDING)).all()
        here = set(db.scalars(select(Stay.person_id).where(is_here(today))))
        closed = desk.sight.unseen(db, {row.person_id for row in rows if row.person_id is not None})
        wanted = here | {row.person_id for row in rows} | {one.person_id for one in dated}
        wanted |= {row.person_id for row in check_ins}
        people = listed(db, Person.id.in_(wanted - {None} - closed))
        words = _words_of_the_house(db, rows)
    names = {one.id: one.shown for one in people}
    entries = [_appointment(row, names, words, closed) for row in rows]
    known = {(one.people, one.on, one.at) for one in entries}
    entries += [
        _court_date(one, names[one.person_id])
        for one in dated
        if one.person_id in names and ((one.person_id,), one.on, one.at) not in known
    ]
    entries += [_check_in(row, names[row.person_id]) for row in check_ins if row.person_id in names]
    return Days(
        first,
        last,
        tuple(sorted(_groups(entries), key=lambda one: (one.on, one.at is None, one.at or time(), one.title))),
        tuple(workers(desk)),
        tuple(sorted(people, key=lambda one: one.shown.casefold())),
        holidays_of(desk),
    )


def workers(desk: Desk) -> list[Who]:
    """Return the colleagues somebody can have an appointment with, whoever is signed in first."""
    require(desk, Right.SEE_HOUSE)
    return [who for who in colleagues(desk) if Right.KEEP_APPOINTMENTS in rights_of(who.roles)]


def _rows(desk: Desk, db: Session, first: date, last: date) -> Sequence[Any]:
    table = Appointment.__table__.c
    query = select(
        Appointment.id, Appointment.person_id, Appointment.kind, Appointment.on, Appointment.at, Appointment.minutes,
        Appointment.member_id, Appointment.room, Appointment.state, Appointment.interpreter, Appointment.transport,
        Appointment.meeting_id, Appointment.series_id, table["words_sealed"],
    ).where(
        Appointment.on.between(first, last), Appointment.state != MOVED, Appointment.archived_at.is_(None)
    )  # fmt: skip
    # Who keeps the appointment of a closed record is busy then; no more than that is told.
    everybody = EVERYBODY if desk.sight.sees is not None else REMINDING
    query = query.order_by(Appointment.on, Appointment.at, Appointment.id)
    return db.execute(query.execution_options(**everybody)).all()


def _words_of_the_house(db: Session, rows: Iterable[Any]) -> dict[UUID, str]:
    """Return what is written about groups and about nobody; what is written about one person stays in the record."""
    ring = db.info["ring"]
    return {
        row.id: Appointment.words.words_with(ring, row.id, row.words_sealed)
        for row in rows
        if row.person_id is None or row.meeting_id is not None
    }


def _appointment(row: Any, names: Mapping[UUID, str], words: Mapping[UUID, str], closed: Collection[UUID]) -> Entry:
    if row.person_id in closed:
        return Entry(
            row.id, BUSY, row.on, row.at, row.minutes, "other", PLAIN_ICON, text(N_("Busy")), row.state,
            row.member_id, row.room, ids=(row.id,),
        )  # fmt: skip
    title = names.get(row.person_id, "") if row.person_id else words.get(row.id, "")
    group = words.get(row.id, "") if row.meeting_id is not None else ""
    return Entry(
        row.id,
        APPOINTMENT,
        row.on,
        row.at,
        row.minutes,
        row.kind,
        ICONS.get(row.kind, PLAIN_ICON),
        title or vocab.APPOINTMENT_KINDS.listed(row.kind),
        row.state,
        row.member_id,
        row.room,
        (row.person_id,) if row.person_id else (),
        (row.meeting_id or row.id, row.id),
        row.interpreter,
        row.transport,
        row.series_id,
        row.person_id is not None,
        group,
    )


def _court_date(one: DueDate, name: str) -> Entry:
    return Entry(
        one.id, DEADLINE, one.on, one.at, None, one.kind, PLAIN_ICON, name,
        member_id=one.member_id, people=(one.person_id,), ids=(one.id,), named=True,
    )  # fmt: skip


def _check_in(row: Any, name: str) -> Entry:
    return Entry(
        row.id, CHECK_IN, row.check_in_on, None, None, CHECK_IN, ICONS[CHECK_IN], name,
        people=(row.person_id,), ids=(row.id,), named=True,
    )  # fmt: skip


def _groups(entries: Iterable[Entry]) -> list[Entry]:
    """Make one entry of the rows of a group that stand alike, e.g. all planned."""
    found: dict[tuple[UUID, str, str], Entry] = {}
    for one in entries:
        if one.source != APPOINTMENT:
            found[one.id, one.source, ""] = one
            continue
        meeting_id, row_id = one.ids
        key = (meeting_id, one.source, one.state)
        first = found.get(key)
        if first is None:
            found[key] = replace(one, ids=(row_id,))
            continue
        people = first.people + one.people
        found[key] = replace(
            first,
            ids=(*first.ids, row_id),
            people=people,
            icon=GROUP_ICON if first.icon == PLAIN_ICON or first.kind == "session" else first.icon,
            title=text(N_("{what}, {n}"), what=first.group or first.words, n=len(people)),
            interpreter=first.interpreter or one.interpreter,
            transport=first.transport or one.transport,
            named=False,
        )
    return list(found.values())
