"""Two records of one person read as one: whose record goes on, and which were merged into it.

No row moves when records are merged. Whoever reads what belongs to a person asks :func:`same_person` for all her ids,
whoever groups rows by person asks :func:`current_id` whose record they count for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, literal, or_, select
from sqlalchemy.orm import Session, aliased

from shelterdesk.reach import EVERYBODY
from shelterdesk.schema.base import RECORDS
from shelterdesk.schema.types import Id

if TYPE_CHECKING:
    from shelterdesk.desk import Desk


def read_merged(db: Session) -> dict[UUID, UUID]:
    """Return for every record that was merged into another the one that goes on.

    There are no chains: what others were merged into is never merged itself.
    """
    person: Any = RECORDS["person"].__table__
    columns = person.c["id"], person.c["merged_into_id"]
    query = select(*columns).where(columns[1].is_not(None)).execution_options(**EVERYBODY)
    return {row[0]: row[1] for row in db.execute(query)}


def merged(desk: Desk) -> Mapping[UUID, UUID]:
    """Return what :func:`read_merged` reads, kept until the next save."""
    if desk.merged_as_of != desk.saves:
        with desk.read() as db:
            desk.merged = read_merged(db)
        desk.merged_as_of = desk.saves
    return desk.merged


def current_id(desk: Desk, person_id: UUID) -> UUID:
    """Return whose record goes on for *person_id*: itself unless it was merged into another."""
    return merged(desk).get(person_id, person_id)


def same_person(desk: Desk, person_id: UUID) -> tuple[UUID, ...]:
    """Return the ids of all records of one person, the one that goes on first."""
    end = current_id(desk, person_id)
    return (end, *(one for one, into in merged(desk).items() if into == end))


def all_of_them(db: Session, people: Iterable[UUID]) -> set[UUID]:
    """Return *people* with every other record of theirs, whichever of them goes on."""
    into = read_merged(db)
    ends = {into.get(one, one) for one in people}
    return ends | {one for one, end in into.items() if end in ends}


def counted_as(db: Session, person_id: ColumnElement[UUID]) -> ColumnElement[UUID]:
    """Return whose record goes on for the person in a column, to group its rows by."""
    into = read_merged(db)
    if not into:
        return person_id
    return case(*((person_id == one, literal(end, Id())) for one, end in into.items()), else_=person_id)


def is_hers(desk: Desk, owner: ColumnElement[UUID], person_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Return the condition that a row of *owner* belongs to the person in a query about people, *person_id* there."""
    if not merged(desk):
        return owner == person_id
    other: Any = aliased(RECORDS["person"])
    return or_(owner == person_id, owner.in_(select(other.id).where(other.merged_into_id == person_id)))
