"""Who attacks the vault: a colleague with a passphrase but without the professional keys, and a hand in the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from shelterdesk import integrity, notes, people, vocab
from shelterdesk.desk import Desk
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import row_mac
from shelterdesk.vault import Compartment, OpenVault, open_vault
from shelterdesk.vault.chain import fingerprint_of, sign_entry
from tests.core.vault.colleagues import entry_for, granting, new_colleague, signer, write
from tests.desks import PASSPHRASE, Clock

EVE = "eve"
EVES_PASSPHRASE = "lantern orbit pickle sunday"
SECRET = "Kepenek-told-only-the-psychologist"
NAME = "Zulfiyyakhanim"
HELD = (Compartment.HOUSE, Compartment.IDENTITY, Compartment.CASE)


def kind_in(compartment: Compartment) -> str:
    """Return a kind of note that is sealed in *compartment*."""
    return next(code.code for code in vocab.NOTE_KINDS if code.group == compartment.value)


def tell_secrets(desk: Desk) -> Person:
    """Put a person on file whom a psychologist wrote about, and wrote again."""
    person = people.add_person(desk, short_name="Ay", given_names=NAME, family_name="Test", gender="woman")
    day = desk.today()
    note = notes.add_note(
        desk, person.id, kind=kind_in(Compartment.CLINICAL), written_on=day, clinical_text=f"{SECRET} one"
    )
    notes.change_note(desk, note, clinical_text=f"{SECRET} two")
    notes.add_note(desk, person.id, kind=kind_in(Compartment.CASE), written_on=day, case_text="she wants to learn")
    return person


def admit_eve(vault: OpenVault, *held: Compartment) -> UUID:
    """Make Eve a director and social worker who holds the database key and the keys of *held* only."""
    eve = new_colleague(vault, EVE)
    entry = sign_entry(vault.id, entry_for(vault, eve, ("director", "social_worker")), vault.unlocked.keys.sign)
    ring = vault.unlocked.ring._keys
    keys = [("database", 1, vault.unlocked.database_key, eve.id, eve.keys.seal_public)]
    keys += [(one.value, 1, ring[one][1], eve.id, eve.keys.seal_public) for one in held]
    sign = signer(vault, vault.unlocked.keys)
    grants, sealed = granting(vault, vault.member.id, sign, fingerprint_of(vault.id, entry), *keys)  # type: ignore[arg-type]
    write(vault, [entry, grants], sealed, eve.slot(vault, EVES_PASSPHRASE))
    return eve.id


def as_eve(folder: Path, clock: Clock) -> Desk:
    """Sign Eve in."""
    return open_desk(folder, EVE, EVES_PASSPHRASE, clock=clock)


def tamper(folder: Path, change: Callable[[Any], object]) -> None:
    """Change the database as somebody does who has its key and a program of their own."""
    with open_vault(folder, "leyla", PASSPHRASE) as vault, vault.connection() as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        change(connection)


def found_in(folder: Path) -> list[str]:
    """Return what the check of everything says, in words."""
    return [one.text() for one in integrity.verify_folder(folder, "leyla", PASSPHRASE).findings]


def work_and_lock(desk: Desk) -> Person:
    """Leave a locked vault with two sittings of one person in its log."""
    person = tell_secrets(desk)
    folder = desk.vault.folder
    lock_desk(desk, "asked")
    again = open_desk(folder, "leyla", PASSPHRASE, clock=Clock())
    people.add_person(again, short_name="Nur")
    lock_desk(again, "asked")
    return person


_COLUMNS = (
    "number", "at", "member_id", "act", "record", "record_id", "person_id", "field_ids", "commitments", "chain",
    "signature",
)  # fmt: skip


def write_log_anew(connection: Any, change: Callable[[list[dict[str, Any]]], None]) -> None:
    """Rewrite the whole log with right MACs, as everybody can who has the key of the database."""
    keys = dict(connection.execute("SELECT number, key FROM log_chain").fetchall())
    listed = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM log ORDER BY number").fetchall()
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in listed]
    change(rows)
    connection.execute("DELETE FROM log")
    mac = bytes(32)
    for row in rows:
        values = dict(row, at=datetime.fromisoformat(row["at"]).replace(tzinfo=UTC))
        for name in ("member_id", "record_id", "person_id"):
            values[name] = UUID(bytes=row[name]) if row[name] else None
        mac = row_mac(keys[row["chain"]], mac, values)
        marks = ", ".join("?" * (len(_COLUMNS) + 1))
        connection.execute(
            f"INSERT INTO log ({', '.join(_COLUMNS)}, mac) VALUES ({marks})", (*(row[name] for name in _COLUMNS), mac)
        )
    connection.execute("UPDATE log_head SET number = ?, mac = ?", (len(rows), mac))


def numbered(rows: list[dict[str, Any]], act: Act) -> int:
    """Return the place of the last row with *act*."""
    return max(place for place, row in enumerate(rows) if row["act"] == act.code)
