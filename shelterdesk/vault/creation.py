"""Making a new vault: fresh keys, the first entries of the chain, and a folder that appears complete or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from shelterdesk.errors import Problem
from shelterdesk.i18n import N_
from shelterdesk.vault.chain import Entry, Trust, sign_entry
from shelterdesk.vault.compartments import DATABASE, KEY_NAMES, Compartment
from shelterdesk.vault.database import connect, create_database
from shelterdesk.vault.encoding import now, wipe
from shelterdesk.vault.grants import Grant, GrantsEntry, seal_key
from shelterdesk.vault.header import Header, is_vault_name, write_header
from shelterdesk.vault.kdf import KdfCost
from shelterdesk.vault.locking import lock_vault
from shelterdesk.vault.making import made_beside, refuse_occupied
from shelterdesk.vault.members import ROLES_THAT_MANAGE_PEOPLE, MemberEntry, Standing, tidy_name
from shelterdesk.vault.network import refuse_network
from shelterdesk.vault.opening import open_unlocked
from shelterdesk.vault.recovery import new_secret, write_code
from shelterdesk.vault.seal import FOLD_KEY, KeyRing
from shelterdesk.vault.slots import (
    MemberKeys,
    Slot,
    SlotKind,
    close_with_passphrase,
    close_with_recovery_secret,
    new_payload,
    put_fingerprint,
)
from shelterdesk.vault.store import OpenVault, check_passphrase
from shelterdesk.vault.unlocking import Unlocked
from shelterdesk.vault.writing import sync_file, told_plainly


def neutral_name() -> str:
    """Return a new name that says nothing about whose vault it is, such as ``desk-7F3A``."""
    return f"desk-{secrets.token_hex(2).upper()}"


def create_vault(
    folder: Path, *, user_name: str, roles: Sequence[str], passphrase: str, cost: KdfCost | None = None
) -> tuple[OpenVault, str]:
    """Create a vault in *folder*, which must not exist or be empty, and open it.

    Returns the vault and the recovery code, which is shown once and kept nowhere. The creator holds every
    compartment until it is handed over, and their *roles* must include one that manages people. Raises Problem,
    VaultExists, VaultOnNetwork, VaultNotWritable, NotEnoughMemory.
    """
    folder = Path(folder).absolute()
    user_name = tidy_name(user_name)
    check_passphrase(passphrase)
    if not ROLES_THAT_MANAGE_PEOPLE.intersection(roles):
        raise Problem("roles", N_("Whoever sets up the vault needs a role that may manage people."))
    refuse_network(folder)
    refuse_occupied(folder)
    name = folder.stem if is_vault_name(folder.stem) else neutral_name()
    newborn = _NewVault(name)
    code = newborn.found(user_name, tuple(roles), passphrase, cost)
    header = newborn.header().authenticated(newborn.keys[DATABASE])
    with made_beside(folder) as beside:
        _fill(beside, header, newborn.keys[DATABASE], newborn.new_fold_key())
    try:
        lock = lock_vault(folder)
        try:
            return open_unlocked(folder, lock, header, newborn.unlocked()), code
        except BaseException:
            lock.release()
            raise
    except BaseException:
        # Nobody has seen its recovery code, and left behind it would be in the way of a second try.
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _fill(folder: Path, header: Header, database_key: bytearray, fold_key: bytes) -> None:
    path = folder / header.database
    create_database(path, database_key, header.salt)
    connection = connect(path, database_key, header.salt)
    try:
        connection.executemany(
            "INSERT INTO vault_state (name, value) VALUES (?, ?)",
            [
                ("vault", header.vault.hex),
                ("generation", str(header.generation)),
                ("fold_key", fold_key.hex()),
            ],
        )
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
    with told_plainly(folder):
        sync_file(path)
    write_header(folder, header)


@dataclass
class _NewVault:
    """What is known while a vault is being founded."""

    name: str
    id: UUID = field(default_factory=uuid4)
    keys: dict[str, bytearray] = field(
        default_factory=lambda: {key_name: bytearray(secrets.token_bytes(32)) for key_name in KEY_NAMES}
    )
    slots: list[Slot] = field(default_factory=list[Slot])
    chain: list[Entry] = field(default_factory=list[Entry])
    sealed_keys: dict[bytes, bytes] = field(default_factory=dict[bytes, bytes])

    def __post_init__(self) -> None:
        self.trust = Trust(self.id)

    def found(self, user_name: str, roles: tuple[str, ...], passphrase: str, cost: KdfCost | None) -> str:
        """Make the creator, the recovery key pair, and all grants to both. Returns the recovery code."""
        payload, recovery_payload = new_payload(), new_payload()
        creator = self._member(MemberKeys(payload), user_name, roles, recovery=False)
        self._admit(sign_entry(self.id, creator, MemberKeys(payload).sign))
        put_fingerprint(payload, self.trust.fingerprint)
        put_fingerprint(recovery_payload, self.trust.fingerprint)
        self.creator_keys = MemberKeys(payload)
        self.creator = self.trust.members[creator.member]

        recovery = self._member(MemberKeys(recovery_payload), "", (), recovery=True)
        self._admit(sign_entry(self.id, recovery, self.creator_keys.sign))
        grants = [self._grant(key_name, to) for key_name in KEY_NAMES for to in (self.creator, recovery)]
        entry = GrantsEntry(tuple(grants), self.creator.member, now(), self.trust.head)
        self._admit(sign_entry(self.id, entry, self.creator_keys.sign))

        secret = new_secret()
        self.slots = [
            close_with_passphrase(self.id, creator.member, payload, passphrase, cost, SlotKind.PASSPHRASE),
            close_with_recovery_secret(self.id, recovery.member, recovery_payload, secret),
        ]
        wipe(payload)
        wipe(recovery_payload)
        return write_code(secret)

    def header(self) -> Header:
        """Return the first header, without its MAC."""
        return Header(
            vault=self.id,
            name=self.name,
            generation=1,
            database="records.db",
            salt=secrets.token_bytes(16),
            chain=tuple(self.chain),
            sealed_keys=self.sealed_keys,
            slots=tuple(self.slots),
        )

    def unlocked(self) -> Unlocked:
        """Return the creator as signed in, without stretching the passphrase a second time."""
        return Unlocked(self.trust, self.creator, self.creator_keys, self.keys[DATABASE], self._ring())

    def new_fold_key(self) -> bytes:
        """Return the sealed secret behind keyed hashes of imported rows."""
        return self._ring().seal(Compartment.IDENTITY, FOLD_KEY, self.id, secrets.token_bytes(32))

    def _ring(self) -> KeyRing:
        return KeyRing(self.id, {c: (1, self.keys[c.value]) for c in Compartment})

    def _member(self, keys: MemberKeys, user_name: str, roles: tuple[str, ...], *, recovery: bool) -> MemberEntry:
        member = uuid4()
        return MemberEntry(
            member=member,
            generation=1,
            recovery=recovery,
            user_name=user_name,
            roles=roles,
            sign_public=keys.sign_public,
            seal_public=keys.seal_public,
            standing=Standing.ACTIVE,
            temporary=False,
            by=self.creator.member if recovery else member,
            at=now(),
            previous=self.trust.head,
        )

    def _grant(self, key_name: str, to: MemberEntry) -> Grant:
        grant, sealed = seal_key(self.id, key_name, 1, self.keys[key_name], to.member, to.seal_public)
        self.sealed_keys[grant.ciphertext] = sealed
        return grant

    def _admit(self, entry: Entry) -> None:
        self.trust.admit(entry)
        self.chain.append(entry)
