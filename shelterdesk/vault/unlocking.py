"""From a slot's private keys to everything they open, believing nothing that does not lead back to the creator."""

from __future__ import annotations

import hmac
from pathlib import Path
from uuid import UUID

from shelterdesk.errors import NotAllowed
from shelterdesk.i18n import N_
from shelterdesk.vault.chain import Forged, Trust, replay
from shelterdesk.vault.compartments import DATABASE, Compartment
from shelterdesk.vault.database import RawConnection, connect
from shelterdesk.vault.encoding import pack, wipe
from shelterdesk.vault.errors import VaultForged
from shelterdesk.vault.grants import open_key
from shelterdesk.vault.header import Header
from shelterdesk.vault.members import MemberEntry, Standing, same_name
from shelterdesk.vault.seal import KeyRing
from shelterdesk.vault.slots import (
    RECOVERY_KINDS,
    MemberKeys,
    Slot,
    SlotKind,
    open_with_passphrase,
    open_with_random_secret,
)

_SUSPENDED = N_(
    "Your access is suspended for now. Everything you saved is safe. Speak to the person who manages people in the "
    "shelter."
)
_REMOVED = N_("You no longer work with this vault. Speak to the person who manages people in the shelter.")


class Unlocked:
    """A signed-in member: their keys, the verified chain, the database key and the ring."""

    def __init__(
        self, trust: Trust, entry: MemberEntry, keys: MemberKeys, database_key: bytearray, ring: KeyRing
    ) -> None:
        self.trust = trust
        self.entry = entry
        self.keys = keys
        self.database_key = database_key
        self.ring = ring

    def take_over(self, trust: Trust, keys: MemberKeys) -> None:
        """Go on with a chain that has grown, and with one's own *keys*. What one holds no longer is forgotten."""
        self.trust, self.keys = trust, keys
        self.entry = trust.members[self.entry.member]
        for compartment in self.ring.compartments:
            grant = trust.keys[compartment.value].holders.get(self.entry.member)
            if grant is None or grant.ended:
                self.ring.drop(compartment)

    def is_authentic(self, header: Header) -> bool:
        """Say whether *header* was written by somebody who had the key of this database."""
        return header.vault == self.trust.vault and header.is_authentic(self.database_key)

    def derived_key(self, purpose: bytes) -> bytes:
        """Return a key for one *purpose* that whoever has the database key can derive, and nobody else."""
        return hmac.digest(self.database_key, pack(b"ShelterDesk", self.trust.vault.bytes, purpose), "sha256")

    def sign(self, payload: bytes) -> bytes:
        """Sign *payload* as this member, for this vault only."""
        return self.keys.sign.sign(statement(self.trust.vault, payload))

    def look_at(self, copy: Path, salt: bytes) -> RawConnection:
        """Open a still copy of the database for reading. Raises VaultDamaged."""
        return connect(copy, self.database_key, salt, still=True)

    def wipe(self) -> None:
        """Forget every key, as far as Python lets go."""
        wipe(self.database_key)
        self.ring.wipe()
        self.keys.wipe()


def statement(vault: UUID, payload: bytes) -> bytes:
    """Return what is signed when a member signs *payload*: nothing of the chain, and nothing of another vault."""
    return pack(b"ShelterDesk statement", vault.bytes, payload)


def slot_of(header: Header, user_name: str, kind: SlotKind = SlotKind.PASSPHRASE) -> Slot | None:
    """Return the slot of one *kind* of the person who signs in as *user_name*. Former members have none."""
    named = {
        entry.member
        for entry in header.current_members().values()
        if not entry.recovery and same_name(entry.user_name, user_name)
    }
    return next((slot for slot in header.slots if slot.member in named and slot.kind is kind), None)


def unlock_with_passphrase(header: Header, file: str, user_name: str, passphrase: str) -> Unlocked | None:
    """Return what the passphrase opens, or None if it opens nothing. Raises VaultForged naming *file*."""
    slot = slot_of(header, user_name)
    if slot is None:
        return None
    payload = open_with_passphrase(header.vault, slot, passphrase)
    return None if payload is None else unlock(header, file, slot.member, payload)


def unlock_with_recovery_secret(header: Header, file: str, secret: bytes) -> Unlocked | None:
    """Return what the recovery *secret* opens, or None if it belongs to another sheet."""
    for slot in header.slots:
        if slot.kind in RECOVERY_KINDS:
            payload = open_with_random_secret(header.vault, slot, secret)
            if payload is not None:
                return unlock(header, file, slot.member, payload)
    return None


def unlock(header: Header, file: str, member: UUID, payload: bytearray, *, redeeming: bool = False) -> Unlocked:
    """Verify the header from inside and open what was granted. Wipes *payload*. Raises VaultForged, NotAllowed.

    Keys behind a set-up code open nothing but for *redeeming* the code, which replaces them by one's own at once.
    """
    try:
        return unlock_with_keys(header, file, member, MemberKeys(payload), redeeming=redeeming)
    except ValueError as error:
        raise VaultForged(file, str(error)) from error
    finally:
        wipe(payload)


def unlock_with_keys(header: Header, file: str, member: UUID, keys: MemberKeys, *, redeeming: bool = False) -> Unlocked:
    """Do what :func:`unlock` does with private keys that are at hand. Raises VaultForged, NotAllowed."""
    keyring: dict[Compartment, tuple[int, bytearray]] = {}
    try:
        trust = replay(header.vault, header.chain, keys.fingerprint)
        entry = trust.members.get(member)
        if entry is None or (entry.sign_public, entry.seal_public) != (keys.sign_public, keys.seal_public):
            raise Forged("the keys of a slot are not those of its member")
        if entry.standing is not Standing.ACTIVE:
            raise NotAllowed(_SUSPENDED if entry.standing is Standing.SUSPENDED else _REMOVED)
        if entry.temporary and not redeeming:
            raise NotAllowed(N_("This name has no passphrase yet. Enter the set-up code first."))
        database_key = _open_granted(header, trust, keys, member, DATABASE)
        if database_key is None or not header.is_authentic(database_key[1]):
            raise Forged("the header was changed without the key of the database")
        for compartment in Compartment:
            held = _open_granted(header, trust, keys, member, compartment.value)
            if held is not None:
                keyring[compartment] = held
    except ValueError as error:
        raise VaultForged(file, str(error)) from error
    boxes = {
        compartment: (state.generation, state.letter_box)
        for compartment in Compartment
        if (state := trust.keys.get(compartment.value)) and state.letter_box
    }
    return Unlocked(trust, entry, keys, database_key[1], KeyRing(header.vault, keyring, boxes))


def _open_granted(
    header: Header, trust: Trust, keys: MemberKeys, member: UUID, key_name: str
) -> tuple[int, bytearray] | None:
    grant = trust.keys[key_name].holders.get(member) if key_name in trust.keys else None
    if grant is None or grant.ended:
        return None
    sealed = header.sealed_keys.get(grant.ciphertext)
    if sealed is None:
        raise ValueError("the ciphertext of a grant is missing")
    return grant.generation, open_key(header.vault, grant, sealed, keys.seal)
