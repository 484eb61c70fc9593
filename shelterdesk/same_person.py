"""Two records of one person read as one: whose record goes on, and which were merged into it.

No row moves when records are merged. Whoever reads what belongs to a person asks :func:`same_person` for all her ids,
whoever groups rows by person asks :func:`current_id` whose record they count for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.reach import EVERYBODY
from shelterdesk.schema.base import RECORDS

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

_LONGEST_CHAIN: Final = 20


def read_merged(db: Session) -> dict[UUID, UUID]:
    """Return for every record that was merged into another the one that goes on, chains followed to their end."""
    person: Any = RECORDS["person"].__table__
    columns = person.c["id"], person.c["merged_into_id"]
    query = select(*columns).where(columns[1].is_not(None)).execution_options(**EVERYBODY)
    into: dict[UUID, UUID] = {row[0]: row[1] for row in db.execute(query)}
    return {one: _end(into, one) for one in into}


def _end(into: Mapping[UUID, UUID], person_id: UUID) -> UUID:
    end = person_id
    for _step in range(_LONGEST_CHAIN):
        if end not in into:
            break
        end = into[end]
    return end


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
