"""Settings that belong to the vault, not to a PC: time zone, backups, how a person likes the window.

Nothing here is free text about people, so nothing is sealed. Machine settings are in ``settings``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import JSON, String, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import own_choices, restrictions, role_limits
from shelterdesk.access import Right, require
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, text
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Base
from shelterdesk.schema.collecting import will_have_changed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab import CodeList
from shelterdesk.vocab.lists import OWN_MARK, plain

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shelterdesk.desk import Desk
    from shelterdesk.schema.base import Record

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
    "retention_years": 0,
    "deadlines": {},
    "risk_review": {},
    "not_asked_for": [],
    "shifts": [["day", "08:00"], ["night", "20:00"]],
    "department_clock": False,
    "department_hours": 24,
    "department_children": False,
    "department_hours_children": 24,
    "house_rules": [],
    "field_order": {},
    "follow_up_months": [1, 3, 6, 12],
    "contact_days": 14,
    "holidays": None,
    "meeting_hours": ["09:00", "18:00"],
    "unused_sections": [],
    "note_lock_days": 7,
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
    Kind.CHOICE,
    Kind.CHOICES,
)
"""Kinds of a shelter's own fields. Those with a list hold nothing but codes of the list they are made with."""
WITH_LIST: Final = frozenset({Kind.CHOICE, Kind.CHOICES})
FREE_TEXT: Final = frozenset({Kind.TEXT, Kind.LONG_TEXT})


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
        will_have_changed(db, "setting")
    load(desk)


def note(desk: Desk, key: str, value: Any) -> None:
    """Keep what the program itself has to remember, e.g. when it last made a backup. Takes no right."""
    with desk.quietly() as db:
        db.merge(Setting(member_id=NOBODY, key=key, value=value))


def add_own_field(
    desk: Desk,
    record: str,
    label: str,
    kind: Kind,
    compartment: Compartment | None,
    *,
    advice: str = "",
    group: str = "",
    choices: Sequence[str] = (),
) -> Field:
    """Add a field of the shelter's own. Text needs a compartment: free text is always sealed.

    *choices* are the words of a kind that has a list. Raises Problems for what people can mend.
    """
    require(desk, Right.CHANGE_SETTINGS)
    if record not in RECORDS or kind not in OWN_KINDS:
        raise ValueError("a field of one's own needs a kind of record and a kind people can fill in")
    if kind in FREE_TEXT and compartment is None:
        raise ValueError("free text is sealed in a compartment")
    words = [" ".join(one.split()) for one in choices if one.strip()]
    _check_new_field(desk, record, label, words if kind in WITH_LIST else None)
    with desk.read() as db:
        position = len(db.scalars(select(OwnField.id).where(OwnField.record == record)).all())
    # The compartment is part of the permanent id: the definition itself lies open to whoever attacks the file.
    field_id = f"{record}{OWN_MARK}{position + 1}" + (f".{compartment.value}" if compartment else "")
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
        if kind in WITH_LIST:
            own_choices.begin_list(db, field_id, words)
        if advice.strip() or group:
            given = {"help": advice.strip(), "group": group}
            db.add(FieldChange(field_id=field_id, changes={key: words for key, words in given.items() if words}))
        will_have_changed(db, "own_field")
    load(desk)
    return _field(row)


def _check_new_field(desk: Desk, record: str, label: str, choices: Sequence[str] | None) -> None:
    problems: list[Problem] = []
    if not label.strip():
        problems.append(Problem("own_field.label", N_("Enter a name for the field")))
    elif any(plain(text(one.label)) == plain(label) for one in desk.fields(RECORDS[record])):
        problems.append(Problem("own_field.label", N_("There is a field of this name already")))
    if choices is not None and len({plain(one) for one in choices}) < max(len(choices), 1):
        problems.append(Problem("own_field.choices", N_("Enter the choices, one for each line, none of them twice")))
    if problems:
        raise Problems(problems)


def change_field(desk: Desk, field_id: str, **changes: Any) -> None:
    """Hide, reword or require a field, over what was changed about it before. Raises Problems."""
    require(desk, Right.CHANGE_SETTINGS)
    found = next((one for kind in RECORDS.values() for one in _every_field(desk, kind) if one.id == field_id), None)
    if found is None or not changes.keys() <= CHANGEABLE:
        raise ValueError("only label, help, group, required and hidden of a declared field can be changed")
    if is_indispensable(field_id) and (changes.get("hidden") or changes.get("required") is False):
        raise Problems([Problem(field_id, N_("A record cannot do without «{label}»"), label=text(found.label))])
    if "label" in changes and not changes["label"].strip():
        raise Problems([Problem(field_id, N_("Enter a name for the field"))])
    facts = {"log.what": field_id, "log.how": json.dumps(changes, ensure_ascii=False, sort_keys=True)}
    with desk.write(Act.CHANGE_SETTINGS, facts=facts) as db:
        row = db.get(FieldChange, field_id)
        if row is None:
            db.add(FieldChange(field_id=field_id, changes=changes))
        else:
            row.changes = row.changes | changes
        will_have_changed(db, "field_change")
    load(desk)


def restore_field(desk: Desk, field_id: str) -> None:
    """Have a field again as the program brings it, or as it was when the shelter made it."""
    require(desk, Right.CHANGE_SETTINGS)
    with desk.write(Act.CHANGE_SETTINGS, facts={"log.what": field_id, "log.how": json.dumps("as usual")}) as db:
        row = db.get(FieldChange, field_id)
        if row is not None:
            db.delete(row)
        will_have_changed(db, "field_change")
    load(desk)


def is_indispensable(field_id: str) -> bool:
    """Tell whether a record cannot do without this field, so that it can be neither hidden nor left empty."""
    return any(one.id == field_id and one.required for kind in RECORDS.values() for one in kind.declared)


def all_fields(desk: Desk, record: str) -> tuple[Field, ...]:
    """Return the fields of a kind of record in the shelter's order, hidden ones included."""
    require(desk, Right.CHANGE_SETTINGS)
    return desk.fields(RECORDS[record], hidden=True)


def order_fields(desk: Desk, record: str, order: Sequence[str]) -> None:
    """Show the fields of a kind of record in the order of *order*, which names each of them once."""
    if sorted(order) != sorted(field.id for field in all_fields(desk, record)):
        raise ValueError("an order names every field once")
    put(desk, "field_order", get(desk, "field_order") | {record: list(order)})


def _every_field(desk: Desk, kind: type[Record]) -> tuple[Field, ...]:
    return (*kind.declared, *desk.own_fields.get(kind.__tablename__, ()))


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
    order = db.get(Setting, (NOBODY, "field_order"))
    desk.field_order = order.value if order else DEFAULTS["field_order"]
    own_choices.load(desk, db)
    role_limits.load(desk, db)
    restrictions.load(desk, db)


def is_as_made(row: OwnField) -> bool:
    """Tell whether the compartment of a field is still the one it was made for; what is typed goes into no other."""
    made_for = row.id.split(".")[2:]
    free_text = Kind(row.kind) in FREE_TEXT
    return made_for == ([row.compartment] if row.compartment else []) and not (free_text and not made_for)


def _field(row: OwnField) -> Field:
    return Field(
        row.id,
        row.label,
        Kind(row.kind),
        attribute=row.id.split(".")[1],
        compartment=Compartment(row.compartment) if row.compartment else None,
        choices=CodeList(row.id, (), open=True) if Kind(row.kind) in WITH_LIST else None,
        own=True,
    )
