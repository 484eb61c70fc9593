"""Records as plain values for JSON: the fields under their declared names, without what the reader has no key for.

A field's name is its permanent id without the kind of record: ``person.short_name`` is ``short_name``. Values are
spelled as they are stored: codes, ISO dates, partial dates such as ``1987-05``; several choices are a list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from shelterdesk import what_happened
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.fields import CLOSED, Field, Kind
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, StatusSince, current_on
from shelterdesk.residents import ListRow
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.blocks import in_blocks

_AS_THEY_ARE = (Kind.FLAG, Kind.NUMBER, Kind.MINUTES, Kind.MONEY)


def plain_people(desk: Desk, rows: Sequence[ListRow], beds: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """Return the people of *rows* in their order, with where they stand today."""
    require(desk, Right.SEE_RECORDS)
    today = desk.today()
    found: dict[UUID, dict[str, Any]] = {}
    # What happened to people is opened for one of them, with a reason; it leaves in no list.
    fields = what_happened.without_it(desk.fields(Person))
    with desk.read() as db:
        statuses = current_on(db, StatusSince, "status", today)
        phases = current_on(db, PhaseSince, "phase", today)
        for block in in_blocks(rows):
            # What stands in a record that asks why it is opened does not leave in a list.
            wanted = [row.id for row in block if row.id not in desk.sight.asks_why]
            for person in db.scalars(select(Person).where(Person.id.in_(wanted)).options(*whole(Person))):
                found[person.id] = plain_record(fields, person)
            db.expunge_all()
    for row in rows:
        found.setdefault(row.id, {"code": row.code, "short_name": row.name if row.has_name else None})
        found[row.id] |= {
            "id": str(row.id),
            "status": statuses.get(row.id),
            "phase": phases.get(row.id),
            "worker": row.worker or None,
            "here": row.days_here is not None,
            "days_here": row.days_here,
            "bed": beds.get(row.id),
            "left_on": _spelled_day(row.left_on),
            "restricted": row.id in desk.restricted,
        }
    return [found[row.id] for row in rows]


def plain_record(fields: Sequence[Field], record: Record) -> dict[str, Any]:
    """Return the values of *record* by the names of *fields*; what the reader has no key for is left out."""
    values: dict[str, Any] = {}
    for field in fields:
        value = field.read(record)
        if value is not CLOSED:
            values[field.id.split(".", 1)[1]] = _plain(field, value)
    values["unanswered"] = {key.split(".", 1)[1]: reason for key, reason in record.unanswered.items()}
    values["archived"] = record.archived_at is not None
    return values


def _plain(field: Field, value: Any) -> Any:
    if value is None or field.kind in _AS_THEY_ARE:
        return value
    if field.kind is Kind.CHOICES:
        return sorted(value)
    return field.encode(value)


def _spelled_day(day: date | None) -> str | None:
    return day.isoformat() if day else None
