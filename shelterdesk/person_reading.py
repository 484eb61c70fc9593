"""Finding and opening the records of people: lists, codes, and the record as the reader's keys open it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_
from shelterdesk.people import Person
from shelterdesk.reach import EVERYBODY, Reach, reach_of, require_reach
from shelterdesk.restrictions import opened
from shelterdesk.same_person import current_id
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import whole
from shelterdesk.vault.seal import KeyRing


@dataclass(frozen=True)
class Listed:
    """What lists show of a person."""

    id: UUID
    code: str
    name: str | None
    """The short name; None where there is none or the reader does not hold its key."""

    @property
    def shown(self) -> str:
        """Return what to call her in a list."""
        return self.name or self.code


class NoSuchPerson(ShelterDeskError):
    """No person has this code."""


def person_by_code(desk: Desk, code: str, why: str = "") -> Person:
    """Return the person with *code*, in any case and without regard to spaces.

    A restricted record opens with the reason *why*. Raises NoSuchPerson, NeedsReason.
    """
    require(desk, Right.SEE_RECORDS)
    wanted = "".join(code.split()).upper()
    with desk.read() as db:
        person = db.scalar(select(Person).where(Person.code == wanted).options(*whole(Person)))
    if person is None:
        raise NoSuchPerson(N_("Nobody on file has the code {code}."), code=wanted)
    if person.merged_into_id is not None:
        # Her code of before, which may stand on old papers, opens the record that goes on.
        with desk.read() as db:
            person = db.get_one(Person, person.merged_into_id, options=whole(Person))
    if why.strip() and reach_of(desk, person.id) is Reach.ASKS_WHY:
        return open_person(desk, person.id, why)
    require_reach(desk, person.id)
    return person


def is_on_file() -> ColumnElement[bool]:
    """Return the condition that a person is neither archived nor merged into another."""
    return Person.archived_at.is_(None) & Person.merged_into_id.is_(None)


def is_in_use() -> ColumnElement[bool]:
    """Return the condition that a person is not archived; what stands in a merged record is hers all the same."""
    return Person.archived_at.is_(None)


def listed(db: Session, condition: ColumnElement[bool]) -> list[Listed]:
    """Return the people who meet *condition* as lists show them, which costs far less than whole records."""
    ring: KeyRing = db.info["ring"]
    query = select(Person.id, Person.code, Person.__table__.c["short_name_sealed"]).where(condition)
    return [
        Listed(row[0], row[1], Person.short_name.words_with(ring, row[0], row[2]) or None) for row in db.execute(query)
    ]


def codes_by_person(db: Session) -> dict[UUID, str]:
    """Return the code of everybody on file, for lists that name no one."""
    return {row[0]: row[1] for row in db.execute(select(Person.id, Person.code).where(Person.removed.is_(None)))}


def open_person(desk: Desk, person_id: UUID, why: str = "") -> Person:
    """Return a person with everything the reader's keys open, and log that the record was opened.

    One that was merged into another opens as the one that goes on. A restricted record asks *why*, which the log
    keeps, and then lies open until the vault is locked. Raises NeedsReason and RecordClosed.
    """
    require(desk, Right.SEE_RECORDS)
    person_id = current_id(desk, person_id)
    asks = reach_of(desk, person_id) is Reach.ASKS_WHY
    reason = why.strip() if asks else ""
    require_reach(desk, person_id, asks=not reason)
    with desk.write(Act.OPEN_RECORD, about=person_id, facts={"log.why": reason} if reason else None) as db:
        person = db.get_one(Person, person_id, options=whole(Person), execution_options=EVERYBODY)
    if asks:
        opened(desk, person_id)
    return person


def read_person(desk: Desk, person_id: UUID) -> Person:
    """Return a person whose record is open already as she stands now, without a further row in the log."""
    require(desk, Right.SEE_RECORDS)
    person_id = current_id(desk, person_id)
    require_reach(desk, person_id)
    with desk.read(everybody=True) as db:
        return db.get_one(Person, person_id, options=whole(Person))
