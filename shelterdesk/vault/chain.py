"""The signed chain: from the creator's own entry to everybody and every key, each step vouched for.

The chain is replayed entry by entry. What an entry may do depends only on what stood before it, therefore entries
name the one before them and are never taken away. A person who has the database key, or the whole disk, can still
neither add a member, nor widen a role, nor slip a compartment key of their own making to a colleague.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shelterdesk.vault.compartments import DATABASE, NEVER_BEHIND_A_SETUP_CODE
from shelterdesk.vault.encoding import canonical, digest, pack, take_text
from shelterdesk.vault.grants import Grant, GrantsEntry
from shelterdesk.vault.members import MemberEntry, Standing, same_name

Entry = MemberEntry | GrantsEntry
_E = TypeVar("_E", MemberEntry, GrantsEntry)

NOTHING_BEFORE = bytes(32)


class Forged(ValueError):
    """An entry that its signer was not entitled to make. The text is for the log, in English."""


@dataclass(slots=True)
class KeyState:
    """The current generation of one key, who holds it by which grant, and the last grant of everybody who ever did.

    Who was removed holds nothing any more, but ``given`` still knows that they have seen this generation.
    """

    generation: int = 0
    commitment: bytes = b""
    letter_box: bytes = b""
    holders: dict[UUID, Grant] = field(default_factory=dict[UUID, Grant])
    given: dict[UUID, Grant] = field(default_factory=dict[UUID, Grant])


def read_entry(document: Mapping[str, Any]) -> Entry:
    """Read one entry of the chain; ValueError if it is none."""
    kind = take_text(document, "kind")
    if kind == "member":
        return MemberEntry.read(document)
    if kind == "grants":
        return GrantsEntry.read(document)
    raise ValueError("unknown kind of entry")


def sign_entry(vault: UUID, entry: _E, key: Ed25519PrivateKey) -> _E:
    """Return *entry* with its signature."""
    return replace(entry, signature=key.sign(_signed_bytes(vault, entry)))


def fingerprint_of(vault: UUID, entry: Entry) -> bytes:
    """Return the SHA-256 of what is signed. Of the first entry it is the fingerprint everything leads back to."""
    return digest(_signed_bytes(vault, entry))


def replay(vault: UUID, entries: Iterable[Entry], fingerprint: bytes) -> Trust:
    """Verify the whole chain against the creator's *fingerprint*. Raises Forged at the first wrong entry."""
    trust = Trust(vault)
    for entry in entries:
        trust.admit(entry)
        if not hmac.compare_digest(trust.fingerprint, fingerprint):
            raise Forged("the chain does not start at the creator of this vault")
    if not trust.members:
        raise Forged("the chain is empty")
    return trust


def _signed_bytes(vault: UUID, entry: Entry) -> bytes:
    return pack(b"ShelterDesk chain entry", vault.bytes, canonical(entry.document()))


class Trust:
    """What the chain says so far. :meth:`admit` is the only way in, for verifying and for adding alike."""

    def __init__(self, vault: UUID) -> None:
        self.vault = vault
        self.fingerprint = b""
        self.head = NOTHING_BEFORE
        self.heads: list[bytes] = []
        """What :attr:`head` was after each entry, the oldest first."""
        self.members: dict[UUID, MemberEntry] = {}
        self.keys: dict[str, KeyState] = {}
        self._sign_keys: dict[UUID, list[bytes]] = {}

    def admit(self, entry: Entry) -> None:
        """Take one more entry. Raises Forged and changes nothing that is used afterwards."""
        if not hmac.compare_digest(entry.previous, self.head):
            raise Forged("an entry does not follow the one before it")
        signer = entry if isinstance(entry, MemberEntry) and not self.members else self.members.get(entry.by)
        if signer is None or signer.member != entry.by or signer.standing is not Standing.ACTIVE:
            raise Forged("an entry is signed by nobody who may sign")
        try:
            Ed25519PublicKey.from_public_bytes(signer.sign_public).verify(
                entry.signature, _signed_bytes(self.vault, entry)
            )
        except InvalidSignature:
            raise Forged("the signature of an entry is wrong") from None
        if isinstance(entry, MemberEntry):
            self._admit_member(entry, signer)
        else:
            self._admit_grants(entry, signer)
        self.head = fingerprint_of(self.vault, entry)
        self.heads.append(self.head)
        if not self.fingerprint:
            self.fingerprint = self.head

    def recovery(self) -> MemberEntry | None:
        """Return the entry of the recovery secret that is in force."""
        return next((m for m in self.members.values() if m.recovery and m.standing is Standing.ACTIVE), None)

    def holds(self, member: UUID, key_name: str) -> bool:
        """Say whether *member* was given the current generation of a key."""
        return key_name in self.keys and member in self.keys[key_name].holders

    def due(self) -> dict[str, tuple[UUID, ...]]:
        """Return which keys have to be replaced, and who knows them who should not: removed, or their time is over."""
        found: dict[str, tuple[UUID, ...]] = {}
        for key_name, state in self.keys.items():
            know = tuple(m for m, grant in state.given.items() if self._should_not_know(m, grant))
            if know:
                found[key_name] = know
        return found

    def _should_not_know(self, member: UUID, grant: Grant) -> bool:
        return self.members[member].standing is Standing.REMOVED or grant.ended

    def sign_keys(self, member: UUID) -> tuple[bytes, ...]:
        """Return every public signing key *member* ever had, the newest last: old signatures stay true."""
        return tuple(self._sign_keys.get(member, ()))

    def _admit_member(self, entry: MemberEntry, signer: MemberEntry) -> None:
        known = self.members.get(entry.member)
        if not self.members:
            if entry.recovery or entry.temporary or not entry.manages_people or entry.standing is not Standing.ACTIVE:
                raise Forged("the first entry is not that of a person who may manage people")
        elif entry.by == entry.member and known is not None:
            self._check_own_change(known, entry)
        elif not signer.manages_people or signer.temporary:
            raise Forged("a member entry is signed by somebody who may not manage people")
        if entry.generation != (known.generation + 1 if known else 1):
            raise Forged("the generation of a member entry does not count on")
        if known is not None and (known.recovery != entry.recovery or known.standing is Standing.REMOVED):
            raise Forged("a removed member or the recovery key is turned into somebody else")
        self._check_name(entry)
        self._check_somebody_manages(entry)
        if known is not None:
            self._let_go(known, entry)
        self.members[entry.member] = entry
        keys = self._sign_keys.setdefault(entry.member, [])
        if entry.sign_public not in keys:
            keys.append(entry.sign_public)

    @staticmethod
    def _check_own_change(known: MemberEntry, entry: MemberEntry) -> None:
        # Everybody may replace their own keys, which is how keys behind a set-up code become one's own. Nothing else
        # about oneself changes by one's own word, unless one may manage people anyhow.
        if entry.standing is not Standing.ACTIVE or entry.temporary:
            # Behind a set-up code again, the person's keys would lie open to whoever hands the code over.
            raise Forged("a member left by themselves, or went back behind a set-up code with what they hold")
        if known.manages_people and not known.temporary:
            return
        if (entry.recovery, entry.user_name, entry.roles) != (known.recovery, known.user_name, known.roles):
            raise Forged("a member changed more than their own keys")

    def _check_name(self, entry: MemberEntry) -> None:
        if entry.recovery:
            other = self.recovery()
            if entry.user_name or entry.roles or entry.temporary or (other and other.member != entry.member):
                raise Forged("the recovery key is given a name or a role, or there are two of them")
            if entry.standing is not Standing.ACTIVE:
                raise Forged("the recovery key is taken away")
            return
        if not entry.user_name:
            raise Forged("a member has no sign-in name")
        for other in self.members.values():
            taken = other.member != entry.member and other.standing is not Standing.REMOVED
            if taken and same_name(other.user_name, entry.user_name):
                raise Forged("two members have the same sign-in name")

    def _check_somebody_manages(self, entry: MemberEntry) -> None:
        members = {**self.members, entry.member: entry}.values()
        if not any(one.manages_people and not one.recovery and one.standing is Standing.ACTIVE for one in members):
            raise Forged("nobody is left who may manage people")

    def _let_go(self, known: MemberEntry, entry: MemberEntry) -> None:
        # Who renews a colleague's keys must not come to hold what the colleague held: only a change by one's own
        # hand keeps the holdings.
        renewed = (entry.sign_public, entry.seal_public) != (known.sign_public, known.seal_public)
        if entry.temporary and not known.temporary and not renewed:
            # Nobody could replace what such a member holds: professional compartments reach nobody behind a code.
            raise Forged("a member is put behind a set-up code with the keys they have")
        if (renewed and entry.by != entry.member) or entry.standing is Standing.REMOVED:
            for state in self.keys.values():
                state.holders.pop(entry.member, None)

    def _admit_grants(self, entry: GrantsEntry, signer: MemberEntry) -> None:
        if not entry.grants or signer.temporary:
            raise Forged("an empty list of grants, or grants behind a set-up code")
        before: dict[str, KeyState] = {}
        for grant in entry.grants:
            state = self.keys.get(grant.key, KeyState())
            self._check_recipient(grant)
            if grant.generation == state.generation + 1 and grant.key not in before:
                self._check_rotation(grant, state, entry)
                before[grant.key] = state
                state = self.keys[grant.key] = KeyState(grant.generation, grant.commitment)
            elif entry.by not in state.holders or grant.generation != state.generation:
                raise Forged("a key is granted by somebody who does not hold it")
            if not hmac.compare_digest(grant.commitment, state.commitment):
                raise Forged("two holders are given different keys for one compartment")
            if state.letter_box and grant.letter_box != state.letter_box:
                raise Forged("letters for one compartment go to different keys")
            state.letter_box = grant.letter_box
            self._check_last_day(grant, before.get(grant.key, state), entry)
            state.holders[grant.recipient] = state.given[grant.recipient] = grant
        for key_name, state in before.items():
            self._check_nobody_is_cut(state, self.keys[key_name], signer, entry)

    def _check_last_day(self, grant: Grant, before: KeyState, entry: GrantsEntry) -> None:
        """Refuse what lasts longer than its giver's own holding, or cuts short what somebody else was given."""
        own, held = before.holders.get(entry.by), before.holders.get(grant.recipient)
        if grant.until and (grant.key == DATABASE or self.members[grant.recipient].recovery):
            raise Forged("the key of the records, or one for the recovery secret, is given for a while only")
        if own is None or self.members[grant.recipient].recovery:
            return
        if entry.at[:10] > own.last_day:
            raise Forged("a key is granted by somebody whose time is over")
        replaced = grant.generation != before.generation
        if grant.last_day > own.last_day and not (replaced and held and grant.last_day <= held.last_day):
            raise Forged("a key is granted for longer than its giver holds it")
        if not replaced and held and grant.recipient != entry.by and grant.last_day < held.last_day:
            raise Forged("what a member holds is cut short by somebody else")

    def _check_nobody_is_cut(self, before: KeyState, after: KeyState, signer: MemberEntry, entry: GrantsEntry) -> None:
        recovery = self.recovery()
        # A recovery code made anew is reached only where a holder has let it: who made it may hold no such key.
        owed = recovery is not None and (recovery.member in before.holders or not before.generation)
        if recovery is not None and owed and recovery.member not in after.holders:
            raise Forged("a new key does not reach the recovery secret")
        if signer.manages_people:
            return
        for member, grant in before.holders.items():
            kept = after.holders.get(member)
            over = entry.at[:10] > grant.last_day
            if member != entry.by and not over and (kept is None or kept.last_day < grant.last_day):
                raise Forged("a holder is left out of a new key by somebody who may not manage people")

    def _check_recipient(self, grant: Grant) -> None:
        recipient = self.members.get(grant.recipient)
        if recipient is None or recipient.standing is Standing.REMOVED:
            raise Forged("a key is granted to nobody of this vault")
        if recipient.temporary and grant.key in NEVER_BEHIND_A_SETUP_CODE:
            raise Forged("a professional compartment lies behind a set-up code")

    def _check_rotation(self, grant: Grant, state: KeyState, entry: GrantsEntry) -> None:
        creator = next(iter(self.members))
        entitled = entry.by in state.holders if state.generation else entry.by == creator
        if not entitled or grant.recipient != entry.by:
            raise Forged("a key is replaced by somebody who did not hold it")
