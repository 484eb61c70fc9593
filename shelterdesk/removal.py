"""Removing a record for good: what it tells is destroyed, and the coded facts that are counted belong to nobody.

The rows that summaries count are written again under random ids, without words, moments and people, and the old ones
are deleted with everything else: names, notes, scans, drafts, codes and what the log said. The log keeps that somebody
did something to some record; nothing there or elsewhere leads from it to what is left. Days and numbers stay, because
they are what is counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID, uuid4

from sqlalchemy import CursorResult, Table, and_, delete, insert, or_, select
from sqlalchemy.orm import Session

from shelterdesk import restrictions
from shelterdesk.access import Right, require
from shelterdesk.appointments import NOT_ATTENDED, PLANNED, Appointment
from shelterdesk.bed_holds import BedHold
from shelterdesk.desk import Desk
from shelterdesk.drafts import DraftField
from shelterdesk.errors import NotAllowed
from shelterdesk.fields import Field
from shelterdesk.follow_ups import FOLLOW_UP
from shelterdesk.i18n import N_
from shelterdesk.log_retention import KEPT as KEPT_FACTS
from shelterdesk.people import Person
from shelterdesk.reach import require_reach
from shelterdesk.retention import require_ripe
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Base, Chosen, ExtraValue
from shelterdesk.schema.blocks import in_blocks
from shelterdesk.schema.columns import SEALED
from shelterdesk.schema.history import LogContent, LogRow

_ALL: Final = None
COUNTED: Final[Mapping[str, frozenset[str] | None]] = {
    "person": _ALL,
    "stay": _ALL,
    "absence": frozenset({"since", "back_on"}),
    "status_since": _ALL,
    "phase_since": _ALL,
    "referral": _ALL,
    "referral_out": frozenset({"sent_on", "state"}),
    "service": _ALL,
    "plan": _ALL,
    "goal": _ALL,
    "milestone": _ALL,
    "placement": _ALL,
    "stage_since": _ALL,
    "appointment": frozenset({"kind", "on", "state", "cancel_why"}),
    "follow_up": frozenset({"on", "result"}),
    "alert": frozenset({"kind", "since"}),
    "need": frozenset({"kind", "since", "state", "why", "ended_on"}),
    "legal_matter": frozenset({"kind", "opened_on", "ended_on", "result"}),
    "episode": frozenset({"begun_on", "ended_on", "how_ended"}),
    "gbv_incident": frozenset({"reported_on", "violence"}),
    "house_incident": frozenset({"kind", "happened_on", "closed_on"}),
}
"""Kinds of record that figures of closed months are made of, with the facts that stay: all coded ones, or those named.

Rows of any other kind are deleted.
"""
_NOBODY: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The moment of everything that is left; only the order of the rows is kept."""
_TIES: Final = frozenset({"person_id", "archived_at"})
"""Whose row it is and whether it counts stays with every one of them."""
_NOT_ALLOWED: Final = N_("Nobody has allowed this removal yet. Nothing was changed. Ask for it first.")
_MERGED: Final = N_("This record was merged into another one. Nothing was changed. Remove that one.")


def remove(desk: Desk, person_id: UUID) -> None:
    """Remove a record that is due, held by nothing and allowed to go. Raises NotAllowed.

    Takes a moment or two. Only an older backup brings it back.
    """
    require(desk, Right.REMOVE_RECORDS)
    require_reach(desk, person_id)
    if not require_ripe(desk, person_id).allowed:
        raise NotAllowed(_NOT_ALLOWED)
    facts: dict[str, object] = {"log.what": "removal"}
    with desk.write(Act.REMOVE_RECORD, about=person_id, facts=facts) as db:
        people = _all_of_her(db, person_id)
        facts["log.people"] = len(people)
        facts["log.count"] = _destroy(db, people)
        restrictions.load(desk, db)
        db.info["collected"].kinds.update(Base.metadata.tables)
    desk.opened_with_reason.discard(person_id)
    # What was deleted is overwritten in the file itself and leaves the write-ahead log too.
    desk.vault.checkpoint()


def _all_of_her(db: Session, person_id: UUID) -> list[UUID]:
    """Return her record and those that were merged into it. Raises NotAllowed."""
    if db.get_one(Person, person_id).merged_into_id is not None:
        raise NotAllowed(_MERGED)
    found, newest = [person_id], [person_id]
    while newest:
        newest = list(db.scalars(select(Person.id).where(Person.merged_into_id.in_(newest), Person.id.not_in(found))))
        found += newest
    return found


def _destroy(db: Session, people: list[UUID]) -> int:
    """Write what is counted anew, delete the rest; return how many contents of the log went."""
    rows = _rows_of(db, people)
    old = {row_id for ids in rows.values() for row_id in ids}
    counted = {name: _counted(db, name, rows.get(name, [])) for name in COUNTED}
    renamed = {row_id: uuid4() for ids in counted.values() for row_id in ids}
    made: list[tuple[Table, list[dict[str, Any]]]] = []
    for name in COUNTED:
        table = Base.metadata.tables[name]
        made.append((table, [_anonymous(table, *one, renamed) for one in _read(db, table, counted[name])]))
    whole = [row_id for name, facts in COUNTED.items() if facts is _ALL for row_id in counted[name]]
    chosen = [
        {"record_id": renamed[row.record_id], "field_id": row.field_id, "code": row.code}
        for row in _rows_with(db, Chosen.__table__, "record_id", whole)
    ]
    _delete_all(db, rows, people, old)
    gone = _forget_log(db, people, old)
    for table, values in made:
        if values:
            db.execute(insert(table), values)
    if chosen:
        db.execute(insert(Chosen.__table__), chosen)  # pyright: ignore[reportArgumentType]
    return gone


def _rows_of(db: Session, people: Collection[UUID]) -> dict[str, list[UUID]]:
    """Return the ids of every row about her, and of those that hang on them, by table and from parents to children."""
    found: dict[str, list[UUID]] = {"person": list(people)}
    for table in Base.metadata.sorted_tables:
        if "id" not in table.c or table.name == "person" or table.name in {"log", "log_content", "draft_field"}:
            continue
        ties = [
            table.c[key.parent.name].in_(found[key.column.table.name])
            for key in table.foreign_keys
            if found.get(key.column.table.name) and key.column.table is not table
        ]
        if ties:
            ids = list(db.scalars(select(table.c.id).where(or_(*ties))))
            if ids:
                found[table.name] = ids
    return found


def _counted(db: Session, name: str, ids: list[UUID]) -> list[UUID]:
    """Return those of some rows that are counted: of appointments, follow-ups nobody saw to and what was missed."""
    if name != Appointment.__tablename__:
        return ids
    appointment = Appointment.__table__.c
    missed = and_(appointment.kind == FOLLOW_UP, appointment.state == PLANNED)
    told = or_(missed, appointment.state == NOT_ATTENDED)
    return [
        row_id
        for block in in_blocks(ids)
        for row_id in db.scalars(select(appointment.id).where(appointment.id.in_(block), told))
    ]


def _anonymous(table: Table, place: int, row: Mapping[str, Any], renamed: Mapping[UUID, UUID]) -> dict[str, Any]:
    """Return the coded facts of a row: nothing sealed, nobody who worked on it, no moment, other ids."""
    values = dict(row)
    facts = COUNTED[table.name]
    for column in table.columns:
        field: Field | None = column.info.get("field")
        works = field is not None and field.target == "member" and column.nullable
        kept = facts is None or column.name in facts or column.name in _TIES or not column.nullable
        sealed = column.info.get(SEALED) is not None
        if works or sealed or not kept or column.name in ("created_by", "import_key", "group_id"):
            values[column.name] = None
        elif isinstance(value := values[column.name], UUID):
            values[column.name] = renamed.get(value, value)
    values["version"] = 1
    values["created_at"] = _NOBODY + timedelta(microseconds=place)
    if values["archived_at"] is not None:
        values["archived_at"] = _NOBODY
    if table.name == "person":
        # Her code is never given out again; this one stands nowhere else.
        values["code"], values["removed"] = f"X-{uuid4().hex[:12]}", True
        values["registered_on"] = values["registered_on"].replace(day=1)
    return values


def _read(db: Session, table: Table, ids: Sequence[UUID]) -> Iterable[tuple[int, Mapping[str, Any]]]:
    """Give the rows of a table in the order they were made, each with its place in it."""
    rows = list(_rows_with(db, table, "id", ids))
    rows.sort(key=lambda row: (row.created_at, row.id))
    return [(place, row._mapping) for place, row in enumerate(rows)]


def _rows_with(db: Session, table: Any, column: str, ids: Iterable[UUID]) -> Iterable[Any]:
    for block in in_blocks(ids):
        yield from db.execute(select(table).where(table.c[column].in_(block))).all()


def _delete_all(db: Session, rows: dict[str, list[UUID]], people: Collection[UUID], old: Collection[UUID]) -> None:
    """Delete every row, those that hang on others first, and whatever else knows one of their ids."""
    for block in in_blocks(old):
        for kind in (Chosen, ExtraValue):
            db.execute(delete(kind).where(kind.record_id.in_(block)))
        db.execute(delete(DraftField).where(or_(DraftField.target_id.in_(block), DraftField.person_id.in_(block))))
        db.execute(delete(BedHold).where(BedHold.about_id.in_(block)))
    parts = Base.metadata.tables["file_part"]
    db.execute(delete(parts).where(parts.c.file_id.in_(rows.get("file", []))))
    codes = Base.metadata.tables["codes"]
    db.execute(delete(codes).where(codes.c.person_id.in_(people)))
    for table in reversed(Base.metadata.sorted_tables):
        for block in in_blocks(rows.get(table.name, [])):
            db.execute(delete(table).where(table.c.id.in_(block)))


def _forget_log(db: Session, people: Collection[UUID], old: Collection[UUID]) -> int:
    """Delete what the log says of her; the rows stay. Returns how many contents went."""
    gone = 0
    for block in in_blocks(old):
        about = or_(LogRow.record_id.in_(block), LogRow.person_id.in_([one for one in block if one in people]))
        done = db.execute(
            delete(LogContent).where(
                LogContent.number.in_(select(LogRow.number).where(about)), LogContent.field_id.not_in(KEPT_FACTS)
            )
        )
        gone += cast("CursorResult[Any]", done).rowcount
    return gone
