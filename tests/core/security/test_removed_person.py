"""Who was removed kept everything they had: passphrase, keys, old header, old files. Nothing written later opens."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag

from shelterdesk import drafts, notes, people, rotation, staff
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed
from shelterdesk.lineage import AnotherCopy
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.schema.types import new_id
from shelterdesk.vault import (
    Compartment,
    KeyRing,
    OpenVault,
    SealBroken,
    VaultDamaged,
    VaultForged,
    WrongPassphrase,
    open_vault,
)
from shelterdesk.vault.chain import Forged, replay, sign_entry
from shelterdesk.vault.database import connect
from shelterdesk.vault.encoding import now
from shelterdesk.vault.grants import _SUITE, GrantsEntry, _info, seal_key
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE, Header, read_header, write_header
from shelterdesk.vault.slots import MemberKeys, Slot, open_with_passphrase
from shelterdesk.vault.unlocking import slot_of
from tests.core.security.attackers import EVE, EVES_PASSPHRASE, HELD, NAME, admit_eve, as_eve, kind_in, tell_secrets
from tests.desks import PASSPHRASE, Clock

LATER = "written after she left"


@dataclass
class Loot:
    """What Eve took along on her last day."""

    id: UUID
    header: Header
    slot: Slot
    payload: bytearray
    database_key: bytearray
    ring: KeyRing
    folder: Path

    @property
    def keys(self) -> MemberKeys:
        return MemberKeys(self.payload)


@pytest.fixture
def loot(desk: Desk, vault_folder: Path, clock: Clock, tmp_path: Path) -> Loot:
    """Eve took everything she had, was removed by Leyla, and the work went on."""
    person = tell_secrets(desk)
    eve = admit_eve(desk.vault, *HELD)
    lock_desk(desk, "asked")
    taken = look_around(as_eve(vault_folder, clock), eve, tmp_path / "taken.vault")
    leyla = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    staff.remove(leyla, eve, "left")
    work_on(leyla, person)
    lock_desk(leyla, "asked")
    return taken


def look_around(desk: Desk, eve: UUID, folder: Path) -> Loot:
    vault = desk.vault
    slot = slot_of(vault.header, EVE)
    assert slot is not None
    payload = open_with_passphrase(vault.id, slot, EVES_PASSPHRASE)
    assert payload is not None
    ring = KeyRing(vault.id, {one: (number, bytearray(key)) for one, (number, key) in vault.ring._keys.items()})
    taken = Loot(eve, vault.header, slot, payload, bytearray(vault.unlocked.database_key), ring, folder)
    lock_desk(desk, "asked")
    shutil.copytree(vault.folder, folder)
    return taken


def work_on(desk: Desk, person: Person) -> None:
    people.add_person(desk, short_name=LATER, given_names=LATER)
    text = {"kind": kind_in(Compartment.CASE), "written_on": desk.today(), "case_text": LATER}
    notes.add_note(desk, person.id, **text)
    drafts.keep_draft(desk, new_id(), "note", new_id(), text, person_id=person.id)


def names_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.glob("records*"))


def test_her_passphrase_opens_nothing(loot: Loot, vault_folder: Path) -> None:
    with pytest.raises(WrongPassphrase):
        open_vault(vault_folder, EVE, EVES_PASSPHRASE)
    header = read_header(vault_folder)
    assert slot_of(header, EVE) is None
    assert loot.id not in {slot.member for slot in header.slots}


def test_no_key_of_hers_opens_the_new_file(loot: Loot, vault_folder: Path) -> None:
    (name,) = names_in(vault_folder)
    assert name == "records-2.db"
    for salt in (loot.header.salt, read_header(vault_folder).salt):
        with pytest.raises(VaultDamaged):
            connect(vault_folder / name, loot.database_key, salt)


def test_nothing_in_the_new_header_is_sealed_to_her(loot: Loot, vault_folder: Path) -> None:
    header, opened = read_header(vault_folder), 0
    for ciphertext in header.sealed_keys.values():
        for key_name in ("database", *Compartment):
            for generation in (1, 2):
                try:
                    _SUITE.decrypt(ciphertext, loot.keys.seal, _info(header.vault, str(key_name), generation, loot.id))
                    opened += 1
                except InvalidTag:
                    continue
    assert opened == 0
    assert loot.header.sealed_keys, "with the old header it would have been otherwise"


def test_her_old_header_put_back_is_refused(loot: Loot, vault_folder: Path) -> None:
    write_header(vault_folder, loot.header)
    for name, passphrase in ((EVE, EVES_PASSPHRASE), ("leyla", PASSPHRASE)):
        with pytest.raises(VaultDamaged):
            open_vault(vault_folder, name, passphrase)
    (vault_folder / names_in(vault_folder)[0]).rename(vault_folder / loot.header.database)
    with pytest.raises(VaultDamaged):
        open_vault(vault_folder, EVE, EVES_PASSPHRASE)


def test_her_old_header_that_names_the_new_file_is_refused(loot: Loot, vault_folder: Path) -> None:
    new = read_header(vault_folder)
    mixed = replace(loot.header, database=new.database, salt=new.salt, generation=new.generation)
    write_header(vault_folder, mixed.authenticated(loot.database_key))
    with pytest.raises(VaultDamaged):
        open_vault(vault_folder, EVE, EVES_PASSPHRASE)


def test_her_slot_in_the_new_header_is_refused(loot: Loot, vault_folder: Path) -> None:
    new = read_header(vault_folder)
    with_slot = replace(new, slots=(*new.slots, loot.slot))
    write_header(vault_folder, with_slot.authenticated(loot.database_key))
    with pytest.raises((VaultForged, NotAllowed, WrongPassphrase)):
        open_vault(vault_folder, EVE, EVES_PASSPHRASE)
    with pytest.raises(VaultForged):
        open_vault(vault_folder, "leyla", PASSPHRASE)


def test_what_she_signs_after_her_removal_is_refused(loot: Loot, vault_folder: Path) -> None:
    header = read_header(vault_folder)
    trust = replay(header.vault, header.chain, loot.keys.fingerprint)
    again = replace(
        trust.members[loot.id],
        generation=trust.members[loot.id].generation + 1,
        standing=loot.header.current_members()[loot.id].standing,
        by=loot.id,
        at=now(),
        previous=trust.head,
    )
    grant, _sealed = seal_key(header.vault, "case", 3, bytearray(32), loot.id, loot.keys.seal_public)
    for entry in (again, GrantsEntry((grant,), loot.id, now(), trust.head)):
        with pytest.raises(Forged):
            replay(header.vault, (*header.chain, sign_entry(header.vault, entry, loot.keys.sign)), trust.fingerprint)


def test_an_accomplice_with_the_key_of_the_database_gives_her_none_of_the_texts(
    loot: Loot, vault_folder: Path, clock: Clock
) -> None:
    """A colleague without compartments decrypts every page for her; her own old keys still open none of the cells."""
    leyla = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    seen = 0
    with leyla.vault.connection() as connection:
        for (table, column), place in rotation.places().items():
            rest = f'"{place.field_in}"' if place.field_in else "''"
            rows = connection.execute(
                f'SELECT "{place.row}", {rest}, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'
            ).fetchall()
            for row, words, value in rows:
                for compartment in HELD:
                    seat = compartment, f"{place.field}{words}", UUID(bytes=row), value
                    with pytest.raises(SealBroken):
                        loot.ring.open(*seat)
                    seen += 1
        cells = str([connection.execute(f'SELECT * FROM "{table}"').fetchall() for table, _ in rotation.places()])
    assert seen > 30
    assert LATER not in cells
    assert NAME not in cells
    lock_desk(leyla, "asked")


def test_her_own_copy_still_opens_as_it_was_wherever_it_lies(loot: Loot, vault_folder: Path, clock: Clock) -> None:
    """A stated limit: what somebody could read and copied stays readable to them. Nothing later is in it."""
    with open_vault(loot.folder, EVE, EVES_PASSPHRASE) as mine:
        assert given_names(mine) == [NAME]
    for file in (HEADER_FILE, COPY_FILE, "records.db"):
        shutil.copy(loot.folder / file, vault_folder / file)
    with pytest.raises(AnotherCopy):
        as_eve(vault_folder, clock)
    with open_vault(vault_folder, EVE, EVES_PASSPHRASE) as put_back:
        assert given_names(put_back) == [NAME]
        assert put_back.rotations == 0


def given_names(vault: OpenVault) -> list[str]:
    with vault.connection() as connection:
        rows = connection.execute("SELECT id, given_names_sealed FROM person").fetchall()
    seats = [(Compartment.IDENTITY, "person.given_names", UUID(bytes=row), sealed) for row, sealed in rows]
    return [vault.ring.open(*seat).decode() for seat in seats]
