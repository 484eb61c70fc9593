"""Taking somebody in: the person, her stay with a bed, and who sent her, saved as one act or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import check
from shelterdesk.people import Person, new_person
from shelterdesk.person_history import WorkerSince
from shelterdesk.records import fill
from shelterdesk.referrals import Referral
from shelterdesk.schema.acts import Act
from shelterdesk.stays import Stay, begin_stay


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
