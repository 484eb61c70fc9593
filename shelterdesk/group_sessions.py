"""Group sessions: one service for several people, written down in one go, with a remark of each her own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from shelterdesk.access import Right, require
from shelterdesk.appointments import give
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_
from shelterdesk.records import all_of, fill
from shelterdesk.schema.acts import Act
from shelterdesk.schema.types import new_id
from shelterdesk.services import (
    COUNTED_OUTCOMES,
    Service,
    check_new,
    plan_next,
    restricted_note,
    with_currency,
)

PEOPLE: Final = "service.person"
"""Place of the problem that nobody was chosen."""
TEAM_NOTE: Final = "team_note"


@dataclass(frozen=True)
class Attendee:
    """One person of a group: how it went for her, and what is to be remembered of her alone."""

    person_id: UUID
    outcome: str = "took_place"
    remark: str | None = None
    appointment_id: UUID | None = None
    """The appointment she had for it."""


def places_for_remarks(desk: Desk, kind: str) -> tuple[str, ...]:
    """Return the attributes remarks may be written to: the restricted note first, where its key is held."""
    restricted = restricted_note(desk, kind)
    held = any(field.attribute == restricted.attribute for field in desk.writable((restricted,)))
    return (restricted.attribute, TEAM_NOTE) if held else (TEAM_NOTE,)


def add_group(
    desk: Desk,
    people: Sequence[Attendee],
    *,
    remarks_in: str = TEAM_NOTE,
    next_on: date | None = None,
    next_words: str | None = None,
    **values: Any,
) -> list[Service]:
    """Record one service for each of *people*, all or nothing; *values* are what they share. Raises Problems.

    A remark comes before what they share in the same note. The next session is planned for those who took part.
    """
    require(desk, Right.GIVE_SERVICES)
    shared = with_currency(desk, {"form": "group"} | values)
    if not people:
        raise Problems([Problem(PEOPLE, N_("Choose who took part"))])
    rows = [_row(shared, one, remarks_in) for one in people]
    for row in rows:
        check_new(desk, row, next_on)
    group_id = new_id() if len(people) > 1 else None
    meeting_id = new_id() if len(people) > 1 else None
    made: list[Service] = []
    with desk.write(Act.ADD_SERVICE) as db:
        for one, row in zip(people, rows, strict=True):
            service = Service(person_id=one.person_id, group_id=group_id)
            db.add(service)
            fill(desk, service, row)
            if one.appointment_id is not None and one.outcome in COUNTED_OUTCOMES:
                give(db, desk, one.appointment_id, service.id)
            if next_on is not None and one.outcome in COUNTED_OUTCOMES:
                plan_next(db, desk, one.person_id, next_on, next_words, row).meeting_id = meeting_id
            made.append(service)
    return made


def group_of(desk: Desk, service: Service) -> list[Service]:
    """Return the rows of the group session a service belongs to, without those in records that ask why."""
    require(desk, Right.SEE_RECORDS)
    if service.group_id is None:
        return [service]
    query = select(Service).where(Service.group_id == service.group_id, Service.archived_at.is_(None))
    with desk.read() as db:
        return all_of(db, query.order_by(Service.created_at, Service.id), Service)


def _row(shared: Mapping[str, Any], one: Attendee, remarks_in: str) -> dict[str, Any]:
    row = dict(shared) | {"outcome": one.outcome}
    if one.remark and one.remark.strip():
        row[remarks_in] = "\n".join(filter(None, (one.remark.strip(), shared.get(remarks_in))))
    if one.outcome not in COUNTED_OUTCOMES:
        # Who was not there took no time, and nothing was paid for her.
        row |= {"minutes": None, "amount": None, "currency": None, "quantity": None}
    return row
