"""People and their keys, act by act: each is signed, checked by the rules of the chain and written in one step.

Rights and words for people are decided above; what stands here can be done by whoever the chain lets do it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from shelterdesk.errors import NotAllowed, Problem
from shelterdesk.i18n import N_
from shelterdesk.vault import failures
from shelterdesk.vault.changes import Change
from shelterdesk.vault.compartments import DATABASE, NEVER_BEHIND_A_SETUP_CODE, Compartment
from shelterdesk.vault.encoding import wipe
from shelterdesk.vault.errors import SetupCodeRunOut, WrongSetupCode
from shelterdesk.vault.grants import GIVEN_UP, Grant
from shelterdesk.vault.header import Header
from shelterdesk.vault.kdf import KdfCost
from shelterdesk.vault.members import Member, MemberEntry, Standing, same_name, tidy_name
from shelterdesk.vault.opening import open_folder
from shelterdesk.vault.recovery import new_setup_secret, read_setup_code, write_code
from shelterdesk.vault.slots import (
    MemberKeys,
    SlotKind,
    close_with_passphrase,
    close_with_setup_secret,
    new_payload,
    open_with_random_secret,
)
from shelterdesk.vault.store import OpenVault, check_passphrase
from shelterdesk.vault.unlocking import Unlocked, slot_of, unlock


@dataclass(frozen=True, slots=True)
class Holding:
    """One key a member was given. ``until`` is a deputy's last day.

    ``over`` says that the day has passed or the key was handed over: the member knows it until it is replaced.
    """

    compartment: Compartment
    until: date | None
    over: bool


@dataclass(frozen=True, slots=True)
class Membership:
    """A member with what they hold and, where a set-up code is not used yet, its last day."""

    member: Member
    code_until: date | None
    holdings: tuple[Holding, ...]

    @property
    def holds(self) -> frozenset[Compartment]:
        """Return the compartments this member can open today."""
        return frozenset(one.compartment for one in self.holdings if not one.over)


def memberships(vault: OpenVault) -> list[Membership]:
    """Return everybody of the chain in the order they joined, former members included."""
    days = {s.member: date.fromisoformat(s.until) for s in vault.header.slots if s.kind is SlotKind.SETUP and s.until}
    return [
        Membership(member, days.get(member.id) if member.temporary else None, tuple(_holdings(vault, member.id)))
        for member in vault.members
    ]


def keepers(vault: OpenVault, compartment: Compartment, *, without: Collection[UUID] = ()) -> tuple[UUID, ...]:
    """Return who opens *compartment* with a passphrase of their own, deputies and *without* left out."""
    holders = vault.unlocked.trust.keys[compartment.value].holders
    found = (vault.unlocked.trust.members[member] for member, grant in holders.items() if not grant.until)
    return tuple(one.member for one in found if _stands_alone(one) and one.member not in without)


def is_recoverable(vault: OpenVault, compartment: Compartment) -> bool:
    """Say whether the recovery secret opens *compartment*."""
    recovery = vault.unlocked.trust.recovery()
    return recovery is not None and vault.unlocked.trust.holds(recovery.member, compartment.value)


def to_be_replaced(vault: OpenVault) -> dict[Compartment, tuple[UUID, ...]]:
    """Return the compartments whose key somebody knows who should not, and who: removed, handed over, time over."""
    due = vault.unlocked.trust.due()
    return {one: due[one.value] for one in Compartment if one.value in due}


def can_manage(vault: OpenVault, *, without: Collection[UUID] = ()) -> tuple[UUID, ...]:
    """Return who may manage people and has a passphrase of their own, leaving *without* out."""
    members = vault.unlocked.trust.members.values()
    return tuple(m.member for m in members if m.manages_people and _stands_alone(m) and m.member not in without)


def check_name(vault: OpenVault, user_name: str, of: UUID | None = None) -> str:
    """Return *user_name* as it is kept. Raises Problem where it cannot be typed, or is somebody else's than *of*."""
    tidied = tidy_name(user_name)
    for one in vault.members:
        if one.id != of and one.standing is not Standing.REMOVED and same_name(one.user_name, tidied):
            raise Problem("user_name", N_("Somebody else signs in with this name."))
    return tidied


def invite(
    vault: OpenVault, user_name: str, roles: Collection[str], compartments: Iterable[Compartment], until: date
) -> tuple[UUID, str]:
    """Add somebody behind a set-up code, with the key of the records and what of *compartments* can be lent so.

    Returns the member and the code, which is shown once and kept nowhere. Raises Problem, NotAllowed.
    """
    user_name = check_name(vault, user_name)
    change = _managing(vault)
    member, payload = uuid4(), new_payload(vault.unlocked.keys.fingerprint)
    change.new_member(member, user_name, roles, MemberKeys(payload), temporary=True)
    change.give([DATABASE], member)
    _lend(vault, change, member, dict.fromkeys(compartments))
    return member, _behind_a_code(vault, change, member, payload, until)


def renew_code(vault: OpenVault, member: UUID, compartments: Iterable[Compartment], until: date) -> str:
    """Put a member behind a new set-up code with fresh temporary keys; the old ways to their keys are gone.

    They hold the same as before as far as the signer can give it, and those of *compartments* besides. Returns the
    code. Raises NotAllowed.
    """
    change = _managing(vault)
    wanted: dict[Compartment, date | None] = dict.fromkeys(compartments)
    wanted |= {one.compartment: one.until for one in _holdings(vault, member) if not one.over}
    payload = new_payload(vault.unlocked.keys.fingerprint)
    change.change_member(member, keys=MemberKeys(payload), temporary=True)
    change.give([DATABASE], member)
    _lend(vault, change, member, wanted)
    return _behind_a_code(vault, change, member, payload, until)


def lent_by_code(vault: OpenVault, compartments: Iterable[Compartment]) -> frozenset[Compartment]:
    """Return those of *compartments* that the signed-in person can put behind a set-up code. A deputy lends nothing."""
    return frozenset(
        one for one in compartments if holds_for_good(vault, one) and one.value not in NEVER_BEHIND_A_SETUP_CODE
    )


def fit_for_a_code(vault: OpenVault, member: UUID) -> frozenset[Compartment]:
    """Return what may lie behind the set-up code of *member*: whoever made it has seen it, and holds as much."""
    trust = vault.unlocked.trust
    keys = trust.members[member].seal_public
    entries = (one for one in vault.header.chain if isinstance(one, MemberEntry) and one.member == member)
    # Roles and names may have been changed by somebody else since.
    maker = next(one.by for one in entries if one.seal_public == keys)
    return frozenset(
        one
        for one in Compartment
        if one.value not in NEVER_BEHIND_A_SETUP_CODE and _lasts(trust.keys[one.value].holders.get(maker))
    )


def holds_for_good(vault: OpenVault, compartment: Compartment) -> bool:
    """Say whether the signed-in person holds *compartment*, and not only as a deputy."""
    grant = vault.unlocked.trust.keys[compartment.value].holders.get(vault.member.id)
    return vault.ring.holds(compartment) and _lasts(grant)


def redeem(
    folder: Path, user_name: str, code: str, passphrase: str, *, cost: KdfCost | None = None, use_copy: bool = False
) -> OpenVault:
    """Open the vault with a set-up code and, in the same step, replace its keys by one's own behind *passphrase*.

    Raises RecoveryCodeMistyped, WrongSetupCode, SetupCodeRunOut, Problem, else as open_vault.
    """

    def unlock_once(header: Header, file: str) -> Unlocked:
        slot = slot_of(header, user_name, SlotKind.SETUP)
        if slot is not None and not slot.sealed:
            raise SetupCodeRunOut
        payload = open_with_random_secret(header.vault, slot, secret) if slot else None
        if slot is None or payload is None:
            known = header.current_members()[slot.member].user_name if slot else ""
            raise WrongSetupCode(failures.note_failure(folder, known))
        if slot.day_is_over:
            wipe(payload)
            raise SetupCodeRunOut
        return unlock(header, file, slot.member, payload, redeeming=True)

    secret = read_setup_code(code)
    check_passphrase(passphrase)
    folder = Path(folder).absolute()
    vault = open_folder(folder, unlock_once, use_copy=use_copy)
    try:
        _take_possession(vault, passphrase, cost)
    except BaseException:
        vault.close()
        raise
    return vault


def _take_possession(vault: OpenVault, passphrase: str, cost: KdfCost | None) -> None:
    me = vault.member.id
    payload = new_payload(vault.unlocked.keys.fingerprint)
    try:
        slot = close_with_passphrase(vault.id, me, payload, passphrase, cost, SlotKind.PASSPHRASE)
        change = Change(vault)
        held = {name: grant for name, grant in _grants(vault, me).items() if not grant.ended}
        change.change_member(me, keys=MemberKeys(payload), temporary=False)
        change.give([name for name, grant in held.items() if not grant.until], me)
        for name, grant in held.items():
            if grant.until:
                change.give([name], me, date.fromisoformat(grant.until))
        change.use_slots(me, slot)
        vault.commit(change)
    finally:
        wipe(payload)


def give(vault: OpenVault, member: UUID, compartments: Iterable[Compartment], until: date | None = None) -> None:
    """Grant keys the signed-in person holds, up to and including the day *until*. Raises NotAllowed.

    A deputy passes nothing on beyond their own last day.
    """
    change = Change(vault)
    for one in compartments:
        change.give([one.value], member, _shorter(change, one, until))
    vault.commit(change)


def hand_over(vault: OpenVault, member: UUID, compartments: Collection[Compartment]) -> None:
    """Grant keys and give up one's own, which the next holder who signs in replaces. Raises NotAllowed."""
    change = Change(vault)
    trust, me = vault.unlocked.trust, vault.member.id
    new = [one.value for one in compartments if not _lasts(trust.keys[one.value].holders.get(member))]
    change.give(new, member)
    change.give([one.value for one in compartments], me, date.fromisoformat(GIVEN_UP))
    vault.commit(change)


def empty_codes_that_ran_out(vault: OpenVault) -> bool:
    """Take the private keys out of set-up slots whose day is over: a slip found later opens nothing at all."""
    over = [slot for slot in vault.header.slots if slot.kind is SlotKind.SETUP and slot.day_is_over and slot.sealed]
    if not over:
        return False
    change = Change(vault)
    for slot in over:
        change.use_slots(slot.member, replace(slot, sealed=b""))
    vault.commit(change)
    return True


def set_roles(vault: OpenVault, member: UUID, roles: Collection[str]) -> None:
    """Sign other roles of a member. Raises NotAllowed."""
    change = _managing(vault)
    change.change_member(member, roles=roles)
    vault.commit(change)


def set_name(vault: OpenVault, member: UUID, user_name: str) -> None:
    """Sign another sign-in name of a member. Raises Problem, NotAllowed."""
    user_name = check_name(vault, user_name, member)
    change = _managing(vault)
    change.change_member(member, user_name=user_name)
    vault.commit(change)


def suspend(vault: OpenVault, member: UUID) -> None:
    """Refuse a member's sign-in from now on; they keep what they hold. Raises NotAllowed."""
    change = _managing(vault)
    change.change_member(member, standing=Standing.SUSPENDED)
    vault.commit(change)


def resume(vault: OpenVault, member: UUID) -> None:
    """Let a suspended member sign in again. Raises NotAllowed."""
    change = _managing(vault)
    change.change_member(member, standing=Standing.ACTIVE)
    vault.commit(change)


def replaceable_keys_of(vault: OpenVault, member: UUID) -> tuple[str, ...]:
    """Return the names of the keys in force that a member was ever given and the signed-in person can replace."""
    keys = vault.unlocked.trust.keys
    return tuple(name for name in Change(vault).usable if name == DATABASE or member in keys[name].given)


def remove(change: Change, member: UUID) -> None:
    """Prepare that a member belongs to the vault no more; the keys they know are replaced in the same step."""
    change.change_member(member, standing=Standing.REMOVED)
    change.use_slots(member)


def _managing(vault: OpenVault) -> Change:
    if not vault.unlocked.entry.manages_people:
        raise NotAllowed(N_("Only a director or an administrator can change who works with this vault."))
    return Change(vault)


def _behind_a_code(vault: OpenVault, change: Change, member: UUID, payload: bytearray, until: date) -> str:
    secret = new_setup_secret()
    try:
        change.use_slots(member, close_with_setup_secret(vault.id, member, payload, secret, until.isoformat()))
        vault.commit(change)
    finally:
        wipe(payload)
    return write_code(secret)


def _stands_alone(entry: MemberEntry) -> bool:
    return not entry.recovery and not entry.temporary and entry.standing is Standing.ACTIVE


def _lasts(grant: Grant | None) -> bool:
    return grant is not None and not grant.until


def _lend(vault: OpenVault, change: Change, member: UUID, wanted: Mapping[Compartment, date | None]) -> None:
    """Grant those of *wanted* (compartment → last day) that the signer can put behind a set-up code."""
    for compartment in lent_by_code(vault, wanted):
        change.give([compartment.value], member, wanted[compartment])


def _shorter(change: Change, compartment: Compartment, last: date | None) -> date | None:
    """Return the last day a grant of the signer may have, who may be a deputy."""
    own = change.trust.keys[compartment.value].holders.get(change.signer)
    days = [day for day in (last, date.fromisoformat(own.until) if own and own.until else None) if day]
    return min(days, default=None)


def _grants(vault: OpenVault, member: UUID) -> dict[str, Grant]:
    keys = vault.unlocked.trust.keys
    return {name: state.holders[member] for name, state in keys.items() if member in state.holders}


def _holdings(vault: OpenVault, member: UUID) -> Iterable[Holding]:
    grants = _grants(vault, member)
    for compartment in Compartment:
        grant = grants.get(compartment.value)
        if grant is not None:
            until = date.fromisoformat(grant.until) if grant.until and not grant.given_up else None
            yield Holding(compartment, until, grant.ended)
