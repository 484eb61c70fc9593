"""Taking people out again who came in by an import, as long as nobody worked with them since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shelterdesk.access import Right, require
from shelterdesk.people import Person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS
from shelterdesk.schema.blocks import in_blocks

if TYPE_CHECKING:
    from shelterdesk.desk import Desk


def take_people_back(desk: Desk, people: Sequence[UUID]) -> int:
    """Archive those of *people* who came in by one import and about whom nobody wrote since; return how many.

    What came in with them stays with their records. The same list brings them in again.
    """
    require(desk, Right.IMPORT_PEOPLE)
    taken = 0
    with desk.write(Act.UNDO_IMPORT) as db:
        for block in in_blocks(people):
            rows = [one for one in db.scalars(select(Person).where(Person.id.in_(block))) if one.import_key is not None]
            moments = {one.id: one.created_at for one in rows}
            written = _written_since(db, moments) | {one.id for one in rows if one.version > 1}
            for one in rows:
                if one.id not in written:
                    one.archived_at, one.import_key = one.archived_at or desk.now(), None
                    taken += 1
    return taken


def _written_since(db: Session, moments: dict[UUID, datetime]) -> set[UUID]:
    """Return those of whom an entry was added, changed or taken out after they came in."""
    found: set[UUID] = set()
    for kind in RECORDS.values():
        owner: Any = kind.__table__.c.get("person_id")
        if owner is not None:
            query = select(owner, kind.__table__.c["created_at"], kind.__table__.c["version"])
            for person_id, made, version in db.execute(query.where(owner.in_(list(moments)))):
                if made != moments[person_id] or version > 1:
                    found.add(person_id)
    merged = select(Person.id, Person.merged_into_id).where(
        or_(Person.id.in_(list(moments)), Person.merged_into_id.in_(list(moments))), Person.merged_into_id.is_not(None)
    )
    return found | {one for row in db.execute(merged) for one in row if one is not None}
