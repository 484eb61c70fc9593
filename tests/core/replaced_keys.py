"""What the tests of replacing keys have in common: a vault with something sealed in every place, and looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from shelterdesk import drafts, house_settings, notes, people, rotation
from shelterdesk.desk import Desk
from shelterdesk.exchange import remembered
from shelterdesk.fields import Kind
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.schema.base import whole
from shelterdesk.schema.types import new_id
from shelterdesk.vault import Compartment, KeyRing
from tests.core.security.attackers import (
    SECRET,
    kind_in,
    tell_secrets,
)

EVERYTHING = tuple(one.value for one in Compartment)
IN_THE_CLEAR = {
    "person.import_key",
    "log.commitments",
    "log.mac",
    "log.signature",
    "log_content.plain",
    "log_chain.key",
    "log_head.mac",
    "import_mapping.fingerprint",
    # Parts of files are sealed under keys of their own, which are never replaced.
    "file_part.sealed",
    # A letter is sealed to the keys of those who may read it; no compartment opens it.
    "feedback_letter.sealed",
}
"""Columns of bytes that hold no seal of a compartment."""


def fill(desk: Desk) -> Person:
    """Put something into every kind of place where something sealed can lie."""
    own = house_settings.add_own_field(desk, "person", "Scale", Kind.TEXT, Compartment.CLINICAL)
    person = tell_secrets(desk)
    people.change_person(desk, person, **{own.attribute: f"{SECRET} own"})
    keep_a_draft(desk, person)
    remembered.keep(desk, ["Name"], {"Name": "short_name"})
    return person


def keep_a_draft(desk: Desk, person: Person) -> None:
    values = {"kind": kind_in(Compartment.CLINICAL), "clinical_text": f"{SECRET} draft", "house_text": "slept well"}
    drafts.keep_draft(desk, new_id(), "note", new_id(), values, person_id=person.id)


def everything(desk: Desk) -> list[str]:
    """Return the spelling of all that can be read of people, notes, log, drafts and mappings."""
    seen: list[str] = []
    with desk.read() as db:
        for kind in (Person, notes.Note):
            for record in db.scalars(select(kind).options(*whole(kind)).order_by(kind.id)):
                seen += [f"{field.id}={field.read(record)}" for field in desk.fields(kind)]
        for row in log_reading.logged(db, limit=1000):
            seen += [f"{row.number} {change}" for change in row.changes]
    seen += [f"{draft.values}" for draft in drafts.my_drafts(desk)]
    return [*seen, f"{remembered.recall(desk, ['Name'])}", desk.vault.fold_key().hex()]


def rotate(desk: Desk, *names: str, **more: Any) -> rotation.Rotated:
    return rotation.rotate(desk, names or EVERYTHING, why="somebody left", **more)


def kept_keys(desk: Desk) -> KeyRing:
    """Return the keys of now as somebody keeps them who copied the memory."""
    keys = desk.vault.ring._keys
    return KeyRing(desk.vault.id, {one: (number, bytearray(key)) for one, (number, key) in keys.items()})


def cells(desk: Desk) -> Iterator[tuple[str, bytes, str, str, bytes]]:
    """Give compartment, row, field and value of every sealed cell."""
    with desk.vault.connection() as connection:
        for (table, column), place in rotation.places().items():
            field = f'"{place.field_in}"' if place.field_in else "''"
            compartment = f'"{place.compartment_in}"' if place.compartment_in else "''"
            rows = connection.execute(
                f'SELECT "{place.row}", {field}, {compartment}, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'
            ).fetchall()
            for row, rest, said, value in rows:
                chosen = place.compartment or said.rpartition(".")[2]
                if chosen:
                    yield str(chosen), row, f"{place.field}{rest}", f"{table}.{column}", value


def tables_of(desk: Desk) -> dict[str, list[Any]]:
    """Return everything that lies in the database but the log, its keys and the state of the vault."""
    with desk.vault.connection() as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
            for name in tables
            if name not in ("vault_state", "log", "log_chain", "log_head", "log_content")
        }
