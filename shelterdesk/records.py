"""What every feature does with its records: fill in values, add, change, and notice that somebody was faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shelterdesk.desk import Desk
from shelterdesk.errors import StaleRecord
from shelterdesk.fields import CLOSED, Field, check, says
from shelterdesk.i18n import N_
from shelterdesk.partial_date import PartialDate
from shelterdesk.reach import EVERY_SHIFT, EVERYBODY, require_reach
from shelterdesk.same_person import same_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole

R = TypeVar("R", bound=Record)

UNANSWERED = "unanswered"
"""Key among the values of a form: {field id: reserved code or None}."""


def fill(desk: Desk, record: Record, values: Mapping[str, Any]) -> None:
    """Set *values* (by attribute) on a record of a running write. Closed values are left as they are."""
    fields = {field.attribute: field for field in type(record).declared}
    fields |= {field.attribute: field for field in desk.own_fields.get(record.__tablename__, ())}
    given = _without_sealed_days(desk, fields, values)
    reasons: Mapping[str, str | None] = given.pop(UNANSWERED, {})
    for attribute, value in given.items():
        if value is not CLOSED:
            fields[attribute].write(record, value)
            if value not in (None, "", frozenset()):
                record.answer_none(fields[attribute], None)
    by_id = {field.id: field for field in fields.values()}
    for field_id, reason in reasons.items():
        if not says(by_id[field_id].read(record)):
            record.answer_none(by_id[field_id], reason)


def _without_sealed_days(desk: Desk, fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """Take the day out of dates that are counted by month only, into the sealed field it belongs to.

    Who lacks the key of that field cannot keep the day: it must not stay behind in the column that is not sealed.
    """
    found = dict(values)
    for attribute, value in values.items():
        field = fields.get(attribute)
        if field is None or not field.companion or value is CLOSED:
            continue
        known = value.day if isinstance(value, PartialDate) else None
        if isinstance(value, PartialDate):
            found[attribute] = PartialDate(value.year, value.month, about=value.about)
        if desk.holds(fields[field.companion].compartment) and (known or field.companion not in values):
            found[field.companion] = known
    return found


def complete(desk: Desk, kind: type[Record], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return *values* of a new record with None for all that was left out, so that what is needed is asked for.

    Fields whose key the signed-in person lacks stay out: nobody can be asked for what they cannot write.
    """
    return {field.attribute: None for field in desk.writable(desk.fields(kind))} | dict(values)


def with_standing_values(desk: Desk, record: Record, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return *values* over what the record holds already, so that rules see the whole."""
    return {field.attribute: field.read(record) for field in desk.fields(type(record))} | dict(values)


def begun(kind: type[R], record_id: UUID | None, **fixed: Any) -> R:
    """Return a record that is to be added: under *record_id*, by which its draft was typed, else under a new id."""
    return kind(**fixed) if record_id is None else kind(id=record_id, **fixed)


def add(desk: Desk, act: Act, record: R, values: Mapping[str, Any]) -> R:
    """Check *values*, fill a new *record* with them and save it. Raises Problems."""
    check(desk.fields(type(record)), complete(desk, type(record), values), desk.today())
    with desk.write(act) as db:
        db.add(record)
        fill(desk, record, values)
    return record


def change(desk: Desk, act: Act, record: R, values: Mapping[str, Any]) -> R:
    """Save *values* of a record as it was read before; its version tells whether somebody was faster.

    Raises Problems or StaleRecord; both change nothing.
    """
    with desk.write(act) as db:
        return apply(desk, db, record, values)


def apply(desk: Desk, db: Session, record: R, values: Mapping[str, Any]) -> R:
    """Do what :func:`change` does inside a running write."""
    kind = type(record)
    current = db.get_one(kind, record.id, options=whole(kind))
    same_version(current, record)
    check(desk.fields(kind), with_standing_values(desk, current, values), desk.today())
    fill(desk, current, values)
    return current


def archive(desk: Desk, act: Act, kind: type[Record], record_id: UUID, *, archived: bool = True) -> None:
    """Take a record out of lists and counts, or put it back. Nothing is deleted. The caller has asked for the right."""
    with desk.write(act) as db:
        db.get_one(kind, record_id).archived_at = desk.now() if archived else None


def same_version(current: Record, read: Record) -> None:
    """Raise StaleRecord when *current* was saved after *read* was read."""
    if current.version != read.version:
        raise StaleRecord(
            N_("Somebody saved this after you opened it. Nothing was overwritten; your text is kept as a draft.")
        )


def all_of(db: Session, query: Select[R], kind: type[R]) -> list[R]:
    """Return the records of *query* with every field loaded."""
    return list(db.scalars(query.options(*whole(kind))))


def one_with(desk: Desk, kind: type[R], record_id: UUID) -> R:
    """Return one record that belongs to a person. Raises RecordClosed, NeedsReason."""
    with desk.read() as db:
        record = db.get_one(kind, record_id, options=whole(kind), execution_options=EVERYBODY)
    owner: Any = record
    require_reach(desk, owner.person_id)
    return record


def of_person(desk: Desk, kind: type[R], person_id: UUID, *order: Any) -> Sequence[R]:
    """Return the records of *kind* that belong to a person and are not archived, in *order*.

    Raises RecordClosed, and NeedsReason for what not every shift works with.
    """
    require_reach(desk, person_id, asks=kind.__tablename__ not in EVERY_SHIFT)
    whose = same_person(desk, person_id)
    owner: Any = kind.__table__.c["person_id"]
    # Her rows only, and the reach was looked at, so nothing has to be left out of them.
    with desk.read(everybody=True) as db:
        query = select(kind).where(owner.in_(whose), kind.archived_at.is_(None))
        return all_of(db, query.order_by(*order), kind)
