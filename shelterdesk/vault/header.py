"""The public header of a vault: its shape, its checksum, its MAC, and the two files it lies in.

The file is one JSON object in its canonical spelling. In every format, now and later, ``checksum`` is the SHA-256 of
the object without it and ``format`` is a whole number, so that damage is told from a newer program by any version.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault.chain import Entry, read_entry
from shelterdesk.vault.encoding import (
    canonical,
    only,
    take_hex,
    take_id,
    take_list,
    take_map,
    take_number,
    take_text,
    wipe,
)
from shelterdesk.vault.errors import VaultDamaged, VaultNewer, VaultNotWritable
from shelterdesk.vault.members import MemberEntry, Standing
from shelterdesk.vault.slots import RECOVERY_KINDS, Slot
from shelterdesk.vault.writing import write_atomically

FORMAT = 1
HEADER_FILE = "header.json"
COPY_FILE = "header-copy.json"

# Twenty people and fifty rotations make about half a megabyte; what is larger was not written by this program.
_LARGEST = 16 * 1024 * 1024

_DATABASE_NAME = re.compile(r"records(-[1-9][0-9]{0,5})?\.db", re.ASCII)
_VAULT_NAME = re.compile(r"desk-[0-9A-F]{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Header:
    """Everything about a vault that is readable without a passphrase. Nothing about residents, ever.

    ``generation`` counts the changes of the header. ``sealed_keys`` maps the SHA-256 of an HPKE ciphertext, as
    named in a grant, to that ciphertext. ``database`` and ``salt`` are the file to open and its SQLCipher salt.
    """

    vault: UUID
    name: str
    generation: int
    database: str
    salt: bytes
    chain: tuple[Entry, ...]
    sealed_keys: Mapping[bytes, bytes]
    slots: tuple[Slot, ...]
    mac: bytes = b""

    def authenticated(self, database_key: bytearray) -> Self:
        """Return the header with the MAC under *database_key*."""
        return replace(self, mac=self._mac(database_key))

    def is_authentic(self, database_key: bytearray) -> bool:
        """Say whether the header was last written by somebody who had *database_key*."""
        return hmac.compare_digest(self.mac, self._mac(database_key))

    def current_members(self) -> dict[UUID, MemberEntry]:
        """Return the newest entry of each member, not verified: good for showing names, not for trusting them."""
        return {entry.member: entry for entry in self.chain if isinstance(entry, MemberEntry)}

    def sign_in_names(self) -> tuple[str, ...]:
        """Return the names that may sign in, in the order people joined, not verified."""
        entries = self.current_members().values()
        return tuple(e.user_name for e in entries if not e.recovery and e.standing is Standing.ACTIVE)

    def names_with_a_setup_code(self) -> tuple[str, ...]:
        """Return those of the sign-in names that have a set-up code instead of a passphrase, not verified."""
        entries = self.current_members().values()
        return tuple(e.user_name for e in entries if e.temporary and not e.recovery and e.standing is Standing.ACTIVE)

    def recovery_slot(self) -> Slot | None:
        """Return the slot the recovery secret opens."""
        return next((slot for slot in self.slots if slot.kind in RECOVERY_KINDS), None)

    def encoded(self) -> bytes:
        """Return the bytes of the file."""
        document = {**self._document(), "mac": self.mac.hex()}
        return canonical({**document, "checksum": hashlib.sha256(canonical(document)).hexdigest()})

    def _mac(self, database_key: bytearray) -> bytes:
        key = bytearray(32)
        HKDF(SHA256(), 32, self.vault.bytes, b"ShelterDesk header MAC").derive_into(database_key, key)
        try:
            return hmac.new(key, canonical(self._document()), hashlib.sha256).digest()
        finally:
            wipe(key)

    def _document(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "vault": self.vault.hex,
            "name": self.name,
            "generation": self.generation,
            "database": {"file": self.database, "salt": self.salt.hex()},
            "chain": [{**entry.document(), "signature": entry.signature.hex()} for entry in self.chain],
            "sealed_keys": {name.hex(): sealed.hex() for name, sealed in self.sealed_keys.items()},
            "slots": [{**slot.document(), "sealed": slot.sealed.hex()} for slot in self.slots],
        }

    @classmethod
    def decode(cls, data: bytes, file: str) -> Self:
        """Read the bytes of a header. Raises VaultDamaged or VaultNewer, naming *file*."""
        document = _checked_document(data, file)
        try:
            return cls._read(document)
        except ValueError as error:
            # The checksum fits, so this was written on purpose, by nobody we know.
            raise VaultDamaged(file) from error

    @classmethod
    def _read(cls, document: dict[str, Any]) -> Self:
        database = take_map(document.get("database"))
        only(database, "file", "salt")
        sealed_keys = take_map(document.get("sealed_keys"))
        header = cls(
            vault=take_id(document, "vault"),
            name=take_text(document, "name"),
            generation=take_number(document, "generation"),
            database=take_text(database, "file"),
            salt=take_hex(database, "salt", 16),
            chain=tuple(read_entry(take_map(entry)) for entry in take_list(document, "chain")),
            sealed_keys={bytes.fromhex(name): take_hex(sealed_keys, name) for name in sealed_keys},
            slots=tuple(Slot.read(take_map(slot)) for slot in take_list(document, "slots")),
            mac=take_hex(document, "mac", 32),
        )
        only(document, "checksum", "mac", *header._document())
        # The header says which file is opened: it must never be able to point outside its own folder.
        if not _DATABASE_NAME.fullmatch(header.database) or not _VAULT_NAME.fullmatch(header.name):
            raise ValueError("the header names an unexpected file")
        if any(hashlib.sha256(sealed).digest() != name for name, sealed in header.sealed_keys.items()):
            raise ValueError("a sealed key does not fit its name")
        return header


def read_header(folder: Path, file: str = HEADER_FILE) -> Header:
    """Read one of the two header files of *folder*.

    Raises VaultDamaged (also when it is missing), VaultNewer, or VaultNotWritable where it belongs to somebody else.
    """
    try:
        if not (folder / file).is_file():
            # Also where a pipe lies in its place: opening that would wait for ever.
            raise FileNotFoundError(file)
        with (folder / file).open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except PermissionError as error:
        # Whole, as far as anybody knows, but not ours to read.
        raise VaultNotWritable(folder) from error
    except OSError as error:
        raise VaultDamaged(file) from error
    return Header.decode(data, file)


def write_header(folder: Path, header: Header) -> None:
    """Write both files, one after the other, so that at every moment at least one of them is whole."""
    data = header.encoded()
    write_atomically(folder / HEADER_FILE, data)
    write_atomically(folder / COPY_FILE, data)


def exchange_header(folder: Path, old: Header, new: Header) -> None:
    """Write *new* in place of *old* in ``header.json``, which is the moment a change holds.

    Raises DiskFull or VaultNotWritable, and then *old* is in force. Only the sync of the folder can fail after the
    renaming: then what was exchanged is put back, or somebody who was told that their passphrase could not be changed
    would find that the old one opens nothing.
    """
    try:
        write_atomically(folder / HEADER_FILE, new.encoded())
    except (ShelterDeskError, OSError):
        with suppress(ShelterDeskError, OSError):
            if read_header(folder) == new:
                write_atomically(folder / HEADER_FILE, old.encoded())
        raise


def is_vault_name(name: str) -> bool:
    """Say whether *name* is a neutral vault name such as ``desk-7F3A``."""
    return bool(_VAULT_NAME.fullmatch(name))


def _checked_document(data: bytes, file: str) -> dict[str, Any]:
    try:
        if len(data) > _LARGEST:
            raise ValueError("far too large")
        document = take_map(json.loads(data))
        checksum = document.get("checksum")
        without = {name: value for name, value in document.items() if name != "checksum"}
        # The spelling is compared too: an altered space or a doubled member would pass the checksum.
        if checksum != hashlib.sha256(canonical(without)).hexdigest() or canonical(document) != data:
            raise ValueError("the checksum does not fit")
        version = take_number(document, "format")
    except (ValueError, RecursionError) as error:
        raise VaultDamaged(file) from error
    if version > FORMAT:
        raise VaultNewer(file, version)
    if version != FORMAT:
        raise VaultDamaged(file)
    return document
