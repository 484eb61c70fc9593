"""Drafts: what was typed and not saved yet. They survive lock, crash and power cut, and count nowhere.

One row per field, sealed in that field's compartment. Opening a form makes the id of the future row, so a draft
knows its target before the target exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Delete, LargeBinary, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk.errors import NoKey
from shelterdesk.fields import CLOSED, Field
from shelterdesk.partial_date import PartialDate
from shelterdesk.schema.base import RECORDS, Base
from shelterdesk.schema.columns import SEALED
from shelterdesk.schema.types import Id, Moment, new_id
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.errors import SealBroken
from shelterdesk.vault.resealing import SealedIn
from shelterdesk.vault.seal import KeyRing

if TYPE_CHECKING:
    from shelterdesk.desk import Desk


class DraftField(Base):
    """What stands in one field of an unfinished form."""

    __tablename__ = "draft_field"

    id: Mapped[UUID] = mapped_column(Id, primary_key=True)
    draft_id: Mapped[UUID] = mapped_column(Id, index=True)
    author: Mapped[UUID] = mapped_column(Id, index=True)
    record: Mapped[str] = mapped_column(String(40))
    target_id: Mapped[UUID] = mapped_column(Id)
    person_id: Mapped[UUID | None] = mapped_column(Id)
    field_id: Mapped[str] = mapped_column(String(80))
    compartment: Mapped[str | None] = mapped_column(String(12))
    value: Mapped[str | None] = mapped_column(String)
    sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, info={SEALED: SealedIn(field="draft:", field_in="field_id", compartment_in="compartment")}
    )
    kept_at: Mapped[datetime] = mapped_column(Moment)


@dataclass(frozen=True)
class Draft:
    """One unfinished form."""

    id: UUID
    record: str
    target_id: UUID
    person_id: UUID | None
    kept_at: datetime
    values: Mapping[str, Any]
    """By attribute of the record; None for what was emptied."""


def keep_draft(
    desk: Desk,
    draft_id: UUID,
    record: str,
    target_id: UUID,
    values: Mapping[str, Any],
    *,
    person_id: UUID | None = None,
    extra_fields: tuple[Field, ...] = (),
) -> datetime:
    """Keep what a form holds, replacing what it held before; return when. Not logged.

    *extra_fields* describe rows of the form that belong to no column, such as «next session».
    """
    kind = RECORDS[record]
    fields = {field.attribute: field for field in (*desk.fields(kind), *extra_fields)}
    rows: list[dict[str, Any]] = []
    kept_at = desk.now()
    with desk.read() as db:
        # Of a record that exists already, a field that was emptied is part of what was typed.
        stands = db.get(kind, target_id) is not None
    for attribute, value in values.items():
        field = fields.get(attribute)
        if field is None or value is CLOSED or not desk.holds(field.compartment):
            continue
        spelled = field.encode(value) or None
        if spelled is None and not stands:
            continue
        seal_in, spelled = _where_to_seal(desk, fields, field, value, spelled)
        rows.append(
            {
                "id": new_id(),
                "draft_id": draft_id,
                "author": desk.me.id,
                "record": record,
                "target_id": target_id,
                "person_id": person_id,
                "field_id": field.id,
                "compartment": seal_in.value if seal_in else None,
                "value": spelled,
                "sealed": None,
                "kept_at": kept_at,
            }
        )
    with desk.quietly() as db:
        db.execute(_mine(desk, draft_id))
        # Only now: while this waited for its turn, the keys may have been replaced.
        for row in rows:
            _seal(desk.vault.ring, row)
        if rows:
            db.execute(insert(DraftField), rows)
    return kept_at


def _seal(ring: KeyRing, row: dict[str, Any]) -> None:
    spelled: str | None = row["value"]
    if row["compartment"] is not None and spelled is not None:
        compartment, field_id = Compartment(row["compartment"]), f"draft:{row['field_id']}"
        row |= {"value": None, "sealed": ring.seal(compartment, field_id, row["id"], spelled.encode())}


def keep_again(desk: Desk, draft: Draft, *, extra_fields: tuple[Field, ...] = ()) -> datetime:
    """Keep *draft* once more after it was dropped; return when."""
    whose = draft.person_id
    return keep_draft(
        desk, draft.id, draft.record, draft.target_id, draft.values, person_id=whose, extra_fields=extra_fields
    )


def _where_to_seal(
    desk: Desk, fields: Mapping[str, Field], field: Field, value: Any, spelled: str | None
) -> tuple[Compartment | None, str | None]:
    """Return the compartment for what stands in *field*, and what may be kept of it.

    A date that is counted by month only is sealed like the day that belongs to it, or kept without its day.
    """
    day = fields.get(field.companion)
    if day is None or not isinstance(value, PartialDate) or value.day is None:
        return field.compartment, spelled
    if desk.holds(day.compartment):
        return day.compartment, spelled
    return field.compartment, field.encode(PartialDate(value.year, value.month, about=value.about))


def _mine(desk: Desk, draft_id: UUID) -> Delete:
    return delete(DraftField).where(DraftField.draft_id == draft_id, DraftField.author == desk.me.id)


def drop_draft(desk: Desk, draft_id: UUID) -> None:
    """Forget a draft, because its form was saved or thrown away."""
    with desk.quietly() as db:
        db.execute(_mine(desk, draft_id))


def my_drafts(desk: Desk, *, extra_fields: tuple[Field, ...] = ()) -> list[Draft]:
    """Return the signed-in person's drafts, the newest first."""
    with desk.read() as db:
        query = select(DraftField).where(DraftField.author == desk.me.id).order_by(DraftField.kept_at.desc())
        found: dict[UUID, list[DraftField]] = {}
        for row in db.scalars(query):
            found.setdefault(row.draft_id, []).append(row)
        known = {draft_id: fields for draft_id, fields in found.items() if fields[0].record in RECORDS}
        return [_draft(desk, draft_id, fields, extra_fields) for draft_id, fields in known.items()]


def _draft(desk: Desk, draft_id: UUID, rows: list[DraftField], extra_fields: tuple[Field, ...]) -> Draft:
    first = rows[0]
    by_id = {field.id: field for field in (*RECORDS[first.record].declared, *extra_fields)}
    by_id |= {field.id: field for field in desk.own_fields.get(first.record, ())}
    values: dict[str, Any] = {}
    for row in rows:
        field = by_id.get(row.field_id)
        if field is None:
            continue
        try:
            values[field.attribute] = field.decode(_spelled(desk, field, row))
        except (NoKey, SealBroken, ValueError):
            # The key was given back, or the field changed meanwhile: the rest of the draft is worth keeping.
            continue
    return Draft(draft_id, first.record, first.target_id, first.person_id, first.kept_at, values)


def _spelled(desk: Desk, field: Field, row: DraftField) -> str | None:
    if row.compartment is None and field.compartment is None:
        return row.value
    if row.sealed is None:
        if row.value is not None:
            # Text beside the seal was put there by somebody without the key.
            raise SealBroken
        return None
    # What the row says counts only for a date whose day belongs to a sealed field.
    compartment = field.compartment or Compartment(row.compartment or "")
    return desk.vault.ring.open(compartment, f"draft:{row.field_id}", row.id, row.sealed).decode()
