"""Settings that belong to the vault, not to a PC: time zone, backups, how a person likes the window.

Nothing here is free text about people, so nothing is sealed. Machine settings are in ``settings``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import restrictions, role_limits
from shelterdesk.access import Right, require
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, text
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Base
from shelterdesk.schema.collecting import Collected
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shelterdesk.desk import Desk

DEFAULTS: Final[dict[str, Any]] = {
    "zone": "Asia/Baku",
    "backup_folder": "",
    "last_backup": "",
    "backup_targets": [],
    "backup_memory": {},
    "backup_when": "daily",
    "backup_keep": [7, 4, 12],
    "left_behind": [],
    "invented": "",
    "currency": "AZN",
    "shifts": [["day", "08:00"], ["night", "20:00"]],
}
NOBODY: Final = UUID(int=0)
CHANGEABLE: Final = frozenset({"label", "help", "group", "required", "hidden"})
OWN_KINDS: Final = (
    Kind.TEXT,
    Kind.LONG_TEXT,
    Kind.DAY,
    Kind.PARTIAL_DATE,
    Kind.TIME,
    Kind.FLAG,
    Kind.NUMBER,
    Kind.MINUTES,
    Kind.MONEY,
)
"""Kinds of a shelter's own fields. Those with a list would hold any text unsealed, as long as nobody can give one."""


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
    with desk.write(Act.CHANGE_SETTINGS, facts={"log.what": key, "log.how": json.dumps(value)}) as db:
        db.merge(Setting(member_id=NOBODY, key=key, value=value))
        _will_have_changed(db, "setting")
    load(desk)


def note(desk: Desk, key: str, value: Any) -> None:
    """Keep what the program itself has to remember, e.g. when it last made a backup. Takes no right."""
    with desk.quietly() as db:
        db.merge(Setting(member_id=NOBODY, key=key, value=value))


def add_own_field(desk: Desk, record: str, label: str, kind: Kind, compartment: Compartment | None) -> Field:
    """Add a field of the shelter's own. Text needs a compartment: free text is always sealed."""
    require(desk, Right.CHANGE_SETTINGS)
    if record not in RECORDS or kind not in OWN_KINDS or not label.strip():
        raise ValueError("a field of one's own needs a kind of record, a label and a kind that needs no list")
    if kind in (Kind.TEXT, Kind.LONG_TEXT) and compartment is None:
        raise ValueError("free text is sealed in a compartment")
    with desk.read() as db:
        position = len(db.scalars(select(OwnField.id).where(OwnField.record == record)).all())
    # The compartment is part of the permanent id: the definition itself lies open to whoever attacks the file.
    field_id = f"{record}.own_{position + 1}" + (f".{compartment.value}" if compartment else "")
    with desk.write(Act.CHANGE_SETTINGS, facts={"log.what": field_id, "log.how": kind.value}) as db:
        row = OwnField(
            id=field_id,
            record=record,
            position=position,
            label=label.strip(),
            kind=kind.value,
            compartment=compartment.value if compartment else None,
        )
        db.add(row)
        _will_have_changed(db, "own_field")
    load(desk)
    return _field(row)


def change_field(desk: Desk, field_id: str, **changes: Any) -> None:
    """Hide, reword or require a declared field, over what was changed about it before."""
    require(desk, Right.CHANGE_SETTINGS)
    declared = next((one for kind in RECORDS.values() for one in kind.declared if one.id == field_id), None)
    if declared is None or not changes.keys() <= CHANGEABLE:
        raise ValueError("only label, help, group, required and hidden of a declared field can be changed")
    if declared.required and (changes.get("hidden") or changes.get("required") is False):
        raise Problems([Problem(field_id, N_("A record cannot do without «{label}»"), label=text(declared.label))])
    facts = {"log.what": field_id, "log.how": json.dumps(changes, ensure_ascii=False, sort_keys=True)}
    with desk.write(Act.CHANGE_SETTINGS, facts=facts) as db:
        row = db.get(FieldChange, field_id)
        if row is None:
            db.add(FieldChange(field_id=field_id, changes=changes))
        else:
            row.changes = row.changes | changes
        _will_have_changed(db, "field_change")
    load(desk)


def _will_have_changed(db: Session, kind: str) -> None:
    """Have the write tell its listeners of *kind*: settings are no records, which tell by themselves."""
    collected: Collected = db.info["collected"]
    collected.kinds.add(kind)


def load(desk: Desk) -> None:
    """Read what the desk needs at hand: time zone, the shelter's fields, what roles may do and whom they reach."""
    with desk.read() as db:
        _load(desk, db)


def _load(desk: Desk, db: Session) -> None:
    zone = db.get(Setting, (NOBODY, "zone"))
    desk.use_zone(zone.value if zone else DEFAULTS["zone"])
    desk.field_changes = {
        row.field_id: {key: value for key, value in row.changes.items() if key in CHANGEABLE}
        for row in db.scalars(select(FieldChange))
    }
    own: dict[str, tuple[Field, ...]] = {}
    for row in db.scalars(select(OwnField).order_by(OwnField.record, OwnField.position)):
        if is_as_made(row):
            own[row.record] = (*own.get(row.record, ()), _field(row))
    desk.own_fields = own
    role_limits.load(desk, db)
    restrictions.load(desk, db)


def is_as_made(row: OwnField) -> bool:
    """Tell whether the compartment of a field is still the one it was made for; what is typed goes into no other."""
    made_for = row.id.split(".")[2:]
    free_text = row.kind in (Kind.TEXT, Kind.LONG_TEXT)
    return made_for == ([row.compartment] if row.compartment else []) and not (free_text and not made_for)


def _field(row: OwnField) -> Field:
    return Field(
        row.id,
        row.label,
        Kind(row.kind),
        attribute=row.id.split(".")[1],
        compartment=Compartment(row.compartment) if row.compartment else None,
        own=True,
    )
