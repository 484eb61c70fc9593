"""Settings that belong to the vault, not to a PC: time zone, backups, how a person likes the window.

Nothing here is free text about people, so nothing is sealed. Machine settings are in ``settings``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk.access import Right, require
from shelterdesk.fields import Field, Kind
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Base
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shelterdesk.desk import Desk

DEFAULTS: Final[dict[str, Any]] = {
    "zone": "Asia/Baku",
    "backup_folder": "",
    "last_backup": "",
    "invented": "",
    "cover_after_minutes": 5,
    "lock_after_minutes": 15,
    "currency": "AZN",
}
NOBODY: Final = UUID(int=0)


class Setting(Base):
    """One setting of the vault, or of one member in it."""

    __tablename__ = "setting"

    member_id: Mapped[UUID] = mapped_column(Id, primary_key=True, default=NOBODY)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class FieldChange(Base):
    """What the shelter changed about a declared field."""

    __tablename__ = "field_change"

    field_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Any of ``label``, ``help``, ``group``, ``required``, ``hidden``."""


class OwnField(Base):
    """A field the shelter added to a kind of record."""

    __tablename__ = "own_field"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    record: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String)
    kind: Mapped[str] = mapped_column(String(20))
    compartment: Mapped[str | None] = mapped_column(String(12))


def get(desk: Desk, key: str) -> Any:
    """Return a setting of the vault, or its default."""
    with desk.read() as db:
        found = db.get(Setting, (NOBODY, key))
    return DEFAULTS[key] if found is None else found.value


def put(desk: Desk, key: str, value: Any) -> None:
    """Change a setting of the vault."""
    require(desk, Right.CHANGE_SETTINGS)
    if key not in DEFAULTS:
        raise KeyError(key)
    with desk.write(Act.CHANGE_SETTINGS) as db:
        db.merge(Setting(member_id=NOBODY, key=key, value=value))
    load(desk)


def note(desk: Desk, key: str, value: Any) -> None:
    """Keep what the program itself has to remember, e.g. when it last made a backup. Takes no right."""
    with desk.quietly() as db:
        db.merge(Setting(member_id=NOBODY, key=key, value=value))


def add_own_field(desk: Desk, record: str, label: str, kind: Kind, compartment: Compartment | None) -> Field:
    """Add a field of the shelter's own. Text needs a compartment: free text is always sealed."""
    require(desk, Right.CHANGE_SETTINGS)
    if kind in (Kind.TEXT, Kind.LONG_TEXT) and compartment is None:
        raise ValueError("free text is sealed in a compartment")
    with desk.write(Act.CHANGE_SETTINGS) as db:
        position = len(db.scalars(select(OwnField).where(OwnField.record == record)).all())
        row = OwnField(
            id=f"{record}.own_{position + 1}",
            record=record,
            position=position,
            label=label,
            kind=kind.value,
            compartment=compartment.value if compartment else None,
        )
        db.add(row)
    load(desk)
    return _field(row)


def change_field(desk: Desk, field_id: str, **changes: Any) -> None:
    """Hide, reword or require a declared field."""
    require(desk, Right.CHANGE_SETTINGS)
    with desk.write(Act.CHANGE_SETTINGS) as db:
        db.merge(FieldChange(field_id=field_id, changes=changes))
    load(desk)


def load(desk: Desk) -> None:
    """Read what the desk needs at hand: its time zone and the shelter's fields."""
    with desk.read() as db:
        _load(desk, db)


def _load(desk: Desk, db: Session) -> None:
    zone = db.get(Setting, (NOBODY, "zone"))
    desk.use_zone(zone.value if zone else DEFAULTS["zone"])
    desk.field_changes = {row.field_id: row.changes for row in db.scalars(select(FieldChange))}
    own: dict[str, tuple[Field, ...]] = {}
    for row in db.scalars(select(OwnField).order_by(OwnField.record, OwnField.position)):
        own[row.record] = (*own.get(row.record, ()), _field(row))
    desk.own_fields = own


def _field(row: OwnField) -> Field:
    return Field(
        row.id,
        row.label,
        Kind(row.kind),
        attribute=row.id.split(".", 1)[1],
        compartment=Compartment(row.compartment) if row.compartment else None,
        own=True,
    )
