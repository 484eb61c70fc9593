"""Caseload: who works with how many people, what is past its day, which notes are to be written, hours given.

It helps to share the work, not to rank people: nothing here is printed, exported or counted over time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk import house_settings, to_do, vocab
from shelterdesk.access import Right, require
from shelterdesk.appointments import GIVEN, PLANNED, Appointment
from shelterdesk.desk import Desk
from shelterdesk.follow_ups import FollowUp
from shelterdesk.members import colleagues
from shelterdesk.people import Person
from shelterdesk.person_history import WorkerSince, current_on, is_closed
from shelterdesk.person_reading import is_on_file, listed
from shelterdesk.reach import REMINDING
from shelterdesk.same_person import counted_as, read_merged
from shelterdesk.services import COUNTED_OUTCOMES, Service
from shelterdesk.stays import Stay, is_here
from shelterdesk.to_do import ToDo

OFF: Final = 0
"""Days without contact that mean: say nothing."""


@dataclass(frozen=True)
class Line:
    """One person in somebody's care. ``past`` counts what is past its day, ``notes`` what is to be written."""

    person_id: UUID
    person: str
    code: str
    worker_id: UUID | None
    is_here: bool
    last_contact: date | None
    silent: bool
    """Whether nobody has had contact for longer than the shelter wants."""
    past: int
    next_on: date | None


@dataclass(frozen=True)
class Load:
    """What one colleague has in hand; ``member_id`` is None for what nobody has."""

    member_id: UUID | None
    name: str
    role: str
    people: int
    past: int
    notes: int
    silent: int
    minutes_this_week: int
    minutes_this_month: int
    planned_minutes: int
    """Minutes of the appointments that are planned from today to the end of the week."""


@dataclass(frozen=True)
class Caseload:
    """Everything the page shows, read in one go."""

    loads: tuple[Load, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Silent:
    """Somebody who lives here and with whom nobody has had contact for so many days."""

    person_id: UUID
    person: str
    days: int


def contact_days(desk: Desk) -> int:
    """Return after how many days without contact somebody is named, 0 for never."""
    stored = house_settings.get(desk, "contact_days")
    return stored if isinstance(stored, int) and stored > 0 else OFF


def put_contact_days(desk: Desk, days: int) -> None:
    """Choose after how many days without contact somebody is named, 0 for never. Raises NotAllowed."""
    require(desk, Right.CHANGE_SETTINGS)
    house_settings.put(desk, "contact_days", days)


def read_caseload(desk: Desk) -> Caseload:
    """Return the caseload of everybody for who approves plans and leavings, else one's own. Raises NotAllowed."""
    require(desk, Right.SEE_RECORDS)
    today, me = desk.today(), desk.me.id
    everybodys = desk.may(Right.APPROVE)
    tasks = to_do.to_dos(desk, before=today)
    with desk.read() as db:
        lines = _lines(desk, db, tasks)
        if not everybodys:
            lines = [one for one in lines if one.worker_id == me]
        given_week = _minutes(db, today - timedelta(days=today.weekday()), today)
        given_month = _minutes(db, today.replace(day=1), today)
        planned = _planned(db, today)
    notes = Counter(one.member_id for one in tasks if one.source == "service")
    of_worker: dict[UUID | None, list[Line]] = defaultdict(list)
    here = {who.id for who in colleagues(desk)}
    # Whom a colleague left behind who works here no more, nobody has.
    lines = [line if line.worker_id in here else replace(line, worker_id=None) for line in lines]
    for line in lines:
        of_worker[line.worker_id].append(line)
    loads: list[Load] = []
    for who in colleagues(desk):
        mine = of_worker.pop(who.id, [])
        load = Load(
            who.id,
            who.name,
            vocab.ROLES.label(who.roles[0]) if who.roles else "",
            len(mine),
            sum(one.past for one in mine),
            notes[who.id],
            sum(one.silent for one in mine),
            given_week.get(who.id, 0),
            given_month.get(who.id, 0),
            planned.get(who.id, 0),
        )
        if who.is_me or (everybodys and (mine or load.minutes_this_month or load.planned_minutes)):
            loads.append(load)
    rest = of_worker[None]
    if rest:
        past, silent = sum(one.past for one in rest), sum(one.silent for one in rest)
        loads.append(Load(None, "", "", len(rest), past, 0, silent, 0, 0, 0))
    return Caseload(tuple(loads), tuple(sorted(lines, key=lambda one: (-one.past, one.last_contact or date.min))))


def silent_residents(desk: Desk) -> list[Silent]:
    """Return who lives here without contact for longer than the shelter wants, the longest first."""
    require(desk, Right.SEE_RECORDS)
    most, today = contact_days(desk), desk.today()
    if most == OFF:
        return []
    with desk.read() as db:
        living = {row[0]: row[1] for row in db.execute(select(Stay.person_id, Stay.arrived_on).where(is_here(today)))}
        last = _last_contacts(db, living.keys(), today)
        names = {one.id: one.shown for one in listed(db, Person.id.in_(living))}
    found = [
        Silent(person_id, names[person_id], (today - max(last.get(person_id, arrived), arrived)).days)
        for person_id, arrived in living.items()
        if person_id in names
    ]
    return sorted((one for one in found if one.days >= most), key=lambda one: (-one.days, one.person))


def _lines(desk: Desk, db: Session, tasks: list[ToDo]) -> list[Line]:
    """Return everybody whose support goes on: who lives here, or has a worker and is not in the phase «closed»."""
    today, most = desk.today(), contact_days(desk)
    workers = current_on(db, WorkerSince, "member_id", today)
    living = {row[0]: row[1] for row in db.execute(select(Stay.person_id, Stay.arrived_on).where(is_here(today)))}
    whose = Person.__table__.c["id"]
    open_people = Person.id.in_([one for one, member in workers.items() if member is not None]) & ~is_closed(
        whose, today
    )
    people = listed(db, is_on_file() & (Person.id.in_(living) | open_people))
    last = _last_contacts(db, {one.id for one in people}, today)
    past = Counter(one.person_id for one in tasks if to_do.when_of(one, today) == "past")
    ahead = _next_days(db, today)
    found: list[Line] = []
    for person in people:
        contact = last.get(person.id)
        arrived = living.get(person.id)
        since = max((one for one in (contact, arrived) if one is not None), default=None)
        silent = bool(most and arrived is not None and since is not None and (today - since).days >= most)
        found.append(
            Line(
                person.id, person.shown, person.code, workers.get(person.id), arrived is not None, contact, silent,
                past[person.id], ahead.get(person.id),
            )
        )  # fmt: skip
    return found


def _last_contacts(db: Session, people: Collection[UUID], today: date) -> dict[UUID, date]:
    """Return the last day on which a service was given, a follow-up held or an appointment kept, by person.

    Only the rows of *people* are read, those of records merged into theirs included: Today asks at every refresh.
    """
    wanted = [*people, *(one for one, end in read_merged(db).items() if end in people)]
    last: dict[UUID, date] = {}
    questions: tuple[tuple[Any, Any, Any], ...] = (
        (Service, Service.given_on, Service.outcome.in_(COUNTED_OUTCOMES)),
        (FollowUp, FollowUp.on, FollowUp.result != "not_reached"),
        (Appointment, Appointment.on, Appointment.state == GIVEN),
    )
    for kind, on, held in questions:
        owner = kind.__table__.c["person_id"]
        whose = counted_as(db, owner)
        query = select(whose, func.max(on)).where(owner.in_(wanted), held, on <= today, kind.archived_at.is_(None))
        for person_id, day in db.execute(query.group_by(whose).execution_options(**REMINDING)):
            last[person_id] = max(day, last.get(person_id, day))
    return last


def _next_days(db: Session, today: date) -> dict[UUID, date]:
    whose = Appointment.__table__.c["person_id"]
    query = select(whose, func.min(Appointment.on)).where(
        Appointment.on >= today, Appointment.state == PLANNED, Appointment.archived_at.is_(None),
        whose.is_not(None),
    )  # fmt: skip
    return {row[0]: row[1] for row in db.execute(query.group_by(whose))}


def _minutes(db: Session, first: date, last: date) -> dict[UUID, int]:
    """Return the minutes of services each member gave; a group is counted once, by its longest row."""
    held = (
        select(Service.given_by, func.max(Service.minutes).label("minutes"))
        .where(
            Service.given_on.between(first, last), Service.outcome.in_(COUNTED_OUTCOMES), Service.archived_at.is_(None),
            Service.given_by.is_not(None), Service.minutes.is_not(None),
        )
        .group_by(Service.given_by, func.coalesce(Service.group_id, Service.id))
        .execution_options(**REMINDING)
        .subquery()
    )  # fmt: skip
    query = select(held.c.given_by, func.sum(held.c.minutes)).group_by(held.c.given_by)
    return {row[0]: row[1] for row in db.execute(query.execution_options(**REMINDING))}


def _planned(db: Session, today: date) -> dict[UUID, int]:
    query = select(
        Appointment.member_id, Appointment.minutes, Appointment.meeting_id, Appointment.id
    ).where(
        Appointment.on.between(today, to_do.end_of_week(today)), Appointment.state == PLANNED,
        Appointment.archived_at.is_(None), Appointment.member_id.is_not(None), Appointment.minutes.is_not(None),
    )  # fmt: skip
    meetings = {(row.member_id, row.meeting_id or row.id): row.minutes for row in db.execute(query)}
    found: dict[UUID, int] = defaultdict(int)
    for (member_id, _meeting), minutes in meetings.items():
        found[member_id] += minutes
    return found
