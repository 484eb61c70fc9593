"""Renewing what the recovery secret opens the vault with.

Every renewal makes a fresh key pair: the sheet or pieces made before open nothing any more, but old copies of the
vault. With the secret at hand, everything it held passes to its successor; without it, only what the signer holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shelterdesk.errors import NotAllowed
from shelterdesk.i18n import N_
from shelterdesk.vault import failures
from shelterdesk.vault.changes import Change
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.encoding import MOMENT, wipe
from shelterdesk.vault.errors import WrongRecoveryCode
from shelterdesk.vault.header import HEADER_FILE
from shelterdesk.vault.members import MemberEntry
from shelterdesk.vault.recovery import new_secret
from shelterdesk.vault.slots import MemberKeys, close_with_recovery_secret, new_payload
from shelterdesk.vault.store import OpenVault
from shelterdesk.vault.unlocking import Unlocked, unlock_with_recovery_secret


@dataclass(frozen=True, slots=True)
class RecoveryKeys:
    """How the recovery secret is written down: whole, or in ``pieces`` of which so many are ``needed``."""

    member: UUID
    needed: int
    pieces: int
    made_at: str
    made_by: UUID
    """The member who made it, or the recovery secret itself where the old one was at hand."""
    lacks: frozenset[Compartment]

    @property
    def made_on(self) -> datetime:
        """Return when it was written down, in UTC."""
        return datetime.strptime(f"{self.made_at}+0000", f"{MOMENT}%z")


def recovery_keys(vault: OpenVault) -> RecoveryKeys:
    """Return what is in force."""
    entry, slot = _recovery(vault), vault.header.recovery_slot()
    lacks = frozenset(c for c in Compartment if not vault.unlocked.trust.holds(entry.member, c.value))
    if slot is None:
        return RecoveryKeys(entry.member, 0, 0, entry.at, entry.by, lacks)
    return RecoveryKeys(entry.member, slot.needed, slot.pieces, slot.at, entry.by, lacks)


def renew_recovery(vault: OpenVault, old: bytes | None = None, *, needed: int = 0, pieces: int = 0) -> bytes:
    """Replace the recovery secret, which is to be written whole or in *pieces*, and return the new one.

    With the *old* secret, or signed in with it, nothing is lacking afterwards. Raises WrongRecoveryCode, NotAllowed.
    """
    if old is None:
        return _renew(vault, None, needed, pieces)
    recovered = unlock_with_recovery_secret(vault.header, HEADER_FILE, old)
    if recovered is None:
        raise WrongRecoveryCode(failures.note_failure(vault.folder, vault.member.user_name))
    try:
        secret = _renew(vault, recovered, needed, pieces)
    finally:
        recovered.wipe()
    complete_recovery(vault)
    return secret


def complete_recovery(vault: OpenVault) -> tuple[Compartment, ...]:
    """Grant the recovery secret what it lacks and the signed-in person holds. Returns what was added."""
    change, keys = Change(vault), recovery_keys(vault)
    added = tuple(one for one in Compartment if one in keys.lacks and one.value in change.usable)
    if added:
        change.give([one.value for one in added], keys.member)
        vault.commit(change)
    return added


def _renew(vault: OpenVault, signing: Unlocked | None, needed: int, pieces: int) -> bytes:
    entry = _recovery(vault)
    change = Change(vault, signing)
    if not change.trust.members[change.signer].manages_people:
        raise NotAllowed(N_("Only a director or an administrator can make a new recovery code."))
    payload, secret = new_payload(change.own_keys.fingerprint), new_secret()
    try:
        change.change_member(entry.member, keys=MemberKeys(payload))
        change.give(change.usable, entry.member)
        change.use_slots(
            entry.member,
            close_with_recovery_secret(vault.id, entry.member, payload, secret, needed=needed, pieces=pieces),
        )
        vault.commit(change)
    finally:
        wipe(payload)
    return secret


def _recovery(vault: OpenVault) -> MemberEntry:
    entry = vault.unlocked.trust.recovery()
    if entry is None:
        raise NotAllowed(N_("This vault has no recovery code."))
    return entry
