"""Taking somebody in: the person, her stay with a bed, and who sent her, saved as one act or not at all.

:func:`take_in` is the form of the day; :func:`arrive` is the page at the door, where a person who was here before may
come back and where children come along.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk import alerts, arrival_requests, bed_holds, family, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import CLOSED, check
from shelterdesk.i18n import N_
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import ADULT_AGE, CodeCounter, Person, new_person
from shelterdesk.person_history import WorkerSince
from shelterdesk.reach import Reach, reach_of, require_reach
from shelterdesk.records import fill
from shelterdesk.referrals import Referral
from shelterdesk.rooms import Bed, Room
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import declared, whole
from shelterdesk.stays import Stay, begin_stay

CHILDREN: Final = "arrival.children"
"""Field a problem with a child stands at."""
_AGE: Final = N_("Enter the age of each child in years, from 0 to 17. Whoever is older gets an arrival of their own.")
_NO_BED: Final = N_("Choose a bed, or say that she sleeps without a bed of her own tonight")
_OF_PARENT: Final = ("arrived_on", "arrived_at", "came_from", "distance_km", "brought_by", "brought_by_words")
"""What holds for her children as well."""


@dataclass(frozen=True)
class WithHer:
    """A child who comes along. It gets a record of its own."""

    name: str = ""
    age: int | None = None
    gender: str | None = None
    shares_bed: bool = True


@dataclass(frozen=True)
class Arrived:
    """Who was taken in."""

    person_id: UUID
    code: str
    shown: str
    stay_id: UUID
    returned: bool
    """She had been here before."""
    children: tuple[UUID, ...] = field(default=())


def next_code_shown(desk: Desk) -> str:
    """Return the code somebody new would get now; it is given out at saving, so another may be faster."""
    require(desk, Right.ADD_PERSON)
    year = desk.today().year
    with desk.read(everybody=True) as db:
        row = db.get(CodeCounter, year)
    return f"R-{year}-{(row.last if row else 0) + 1:03d}"


def arrive(
    desk: Desk,
    person: Mapping[str, Any],
    stay: Mapping[str, Any],
    *,
    bed_id: UUID | None,
    without_bed: bool = False,
    flags: Collection[str] = (),
    flag_words: Mapping[str, str] | None = None,
    children: Iterable[WithHer] = (),
    returning_id: UUID | None = None,
    request_id: UUID | None = None,
) -> Arrived:
    """Take somebody in at the door, with the children who come along; raise the Problems of all parts together.

    *returning_id* is whom it is, where she was here before: she keeps her record and begins a new stay. What is on
    file of her stays; only what was not is filled in. *request_id* is the call that told of her.
    """
    require(desk, Right.ADD_PERSON)
    require(desk, Right.KEEP_STAYS)
    if returning_id is not None:
        require_reach(desk, returning_id, asks=False)
    along = tuple(children)
    _check_arrival(desk, person, stay, along, bed_missing=bed_id is None and not without_bed)
    act = Act.ADD_PERSON if returning_id is None else Act.ADD_STAY
    with desk.write(act) as db:
        whole_stay: dict[str, Any] = {**stay, "site_id": stay.get("site_id") or _site_of(db, bed_id)}
        made = new_person(db, desk, person) if returning_id is None else _come_back(desk, db, returning_id, person)
        row = Stay(person_id=made.id)
        if request_id is not None:
            # What was kept for her is hers now.
            bed_holds.end_holds_about(db, desk, request_id)
            db.flush()
        begin_stay(db, desk, row, bed_id, whole_stay)
        alerts.put_alerts(db, desk, made.id, flags, whole_stay["arrived_on"], flag_words)
        ids = tuple(_bring_child(desk, db, made.id, one, whole_stay, bed_id) for one in along)
        if request_id is not None:
            arrival_requests.note_arrival(db, request_id, made.id, whole_stay["arrived_on"])
    return Arrived(made.id, made.code, made.shown_name, row.id, returning_id is not None, ids)


def undo_arrival(desk: Desk, arrived: Arrived) -> None:
    """Take an arrival of today back: stays and alerts of it are archived, new records too, and the call waits again.

    Only whom one took in oneself today: other records are archived by who may change them.
    """
    require(desk, Right.ADD_PERSON)
    with desk.write(Act.UNDO) as db:
        row = db.get_one(Stay, arrived.stay_id)
        if row.created_by != desk.me.id or desk.day_of(row.created_at) != desk.today():
            require(desk, Right.CHANGE_PERSON)
        whose = (arrived.person_id, *arrived.children)
        for kind in (Stay, alerts.Alert, family.Relation):
            made = kind.created_at == row.created_at
            for one in db.scalars(select(kind).where(kind.person_id.in_(whose), made, kind.archived_at.is_(None))):
                one.archived_at = desk.now()
        for person_id in arrived.children if arrived.returned else whose:
            db.get_one(Person, person_id).archived_at = desk.now()
        arrival_requests.reopen(db, arrived.person_id)


def take_in(
    desk: Desk,
    person: Mapping[str, Any],
    *,
    stay: Mapping[str, Any] | None = None,
    bed_id: UUID | None = None,
    referral: Mapping[str, Any] | None = None,
    worker_id: UUID | None = None,
) -> Person:
    """Put *person* on file; with *stay* she lives here from its day on. Raises Problems, those of all parts together.

    A referral with no answer at all is none. Whoever may add a person may also note who sent her.
    """
    require(desk, Right.ADD_PERSON)
    if stay is not None:
        require(desk, Right.KEEP_STAYS)
    _check_all(desk, person, stay, referral)
    with desk.write(Act.ADD_PERSON) as db:
        made = new_person(db, desk, person)
        if worker_id is not None:
            db.add(WorkerSince(person_id=made.id, since=made.registered_on, member_id=worker_id))
        if stay is not None:
            begin_stay(db, desk, Stay(person_id=made.id), bed_id, stay)
        if referral is not None and any(value for value in referral.values()):
            sent = Referral(person_id=made.id)
            db.add(sent)
            fill(desk, sent, referral)
    return made


def take_back(desk: Desk, person_id: UUID) -> None:
    """Undo :func:`take_in`: the person is archived and her bed is free again. Nothing is deleted.

    Only whom one put on file oneself today: other records are archived by who may change them.
    """
    require(desk, Right.ADD_PERSON)
    with desk.write(Act.UNDO) as db:
        person = db.get_one(Person, person_id)
        if person.created_by != desk.me.id or desk.day_of(person.created_at) != desk.today():
            require(desk, Right.CHANGE_PERSON)
        person.archived_at = desk.now()
        for stay in db.scalars(select(Stay).where(Stay.person_id == person_id, Stay.archived_at.is_(None))):
            stay.archived_at = desk.now()


def _come_back(desk: Desk, db: Session, person_id: UUID, values: Mapping[str, Any]) -> Person:
    """Return who comes back, with what was not on file yet filled in. Raises NeedsReason for an archived one."""
    person = db.get_one(Person, person_id, options=whole(Person))
    if reach_of(desk, person_id) is Reach.OPEN:
        blank = {
            name: value
            for name, value in values.items()
            if value and (standing := declared(Person, name).read(person)) is not CLOSED and not standing
        }
        fill(desk, person, blank)
    if person.archived_at is not None:
        person.archived_at = None
    return person


def _bring_child(
    desk: Desk, db: Session, mother_id: UUID, child: WithHer, stay: Mapping[str, Any], bed_id: UUID | None
) -> UUID:
    values: dict[str, Any] = {"short_name": child.name or None, "gender": child.gender}
    if child.age is not None:
        values["birth"] = _born(child.age, stay["arrived_on"])
    made = new_person(db, desk, values)
    of_hers = {name: stay.get(name) for name in (*_OF_PARENT, "site_id")}
    shared = bed_id if child.shares_bed else None
    begin_stay(db, desk, Stay(person_id=made.id), shared, of_hers, shared=shared is not None)
    family.put_child(db, desk, mother_id, made.id)
    return made.id


def _born(age: int, on: date) -> PartialDate:
    """Return about when somebody was born who is *age* on *on*.

    The month before is the latest one with which the age reads as it was told, and with which nobody counts as an
    adult too early: of two possible ages the lower one counts.
    """
    year, month = (on.year, on.month - 1) if on.month > 1 else (on.year - 1, 12)
    return PartialDate(year - age, month, about=True)


def _site_of(db: Session, bed_id: UUID | None) -> UUID | None:
    query = select(Room.site_id).join(Bed, Bed.room_id == Room.id).where(Bed.id == bed_id)
    return db.scalars(query).first() if bed_id is not None else None


def _check_arrival(
    desk: Desk,
    person: Mapping[str, Any],
    stay: Mapping[str, Any],
    children: Iterable[WithHer],
    *,
    bed_missing: bool,
) -> None:
    found: list[Problem] = []
    try:
        _check_all(desk, person, stay, None)
    except Problems as problems:
        found += problems.problems
    for child in children:
        if child.age is not None and not 0 <= child.age < ADULT_AGE:
            found.append(Problem(CHILDREN, _AGE))
        if child.gender is not None and vocab.GENDERS.get(child.gender) is None:
            found.append(Problem(CHILDREN, N_("Choose whether the child is a girl or a boy, or leave it open")))
    if bed_missing:
        found.append(Problem("bed_since.bed", _NO_BED))
    if found:
        raise Problems(found)


def _check_all(
    desk: Desk, person: Mapping[str, Any], stay: Mapping[str, Any] | None, referral: Mapping[str, Any] | None
) -> None:
    found: list[Problem] = []
    parts = (
        (Person, person),
        (Stay, None if stay is None else {"arrived_on": None} | dict(stay)),
        (Referral, referral),
    )
    for kind, values in parts:
        if values is None:
            continue
        try:
            check(desk.fields(kind), values, desk.today())
        except Problems as problems:
            found += problems.problems
    if found:
        raise Problems(found)
