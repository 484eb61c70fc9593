"""A change of who belongs to the vault and who holds which key: signed on top of the chain, written in one step.

Everything is prepared on a copy of the verified chain, whose rules refuse what the signer may not do. Nothing is on
the disk before :meth:`OpenVault.commit` or the end of a rotation writes the header.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from shelterdesk.errors import NotAllowed
from shelterdesk.i18n import N_
from shelterdesk.vault.chain import Entry, replay, sign_entry
from shelterdesk.vault.compartments import DATABASE, KEY_NAMES
from shelterdesk.vault.encoding import now
from shelterdesk.vault.grants import Grant, GrantsEntry, seal_key
from shelterdesk.vault.header import Header
from shelterdesk.vault.members import MemberEntry, Standing
from shelterdesk.vault.slots import MemberKeys, Slot

if TYPE_CHECKING:
    from shelterdesk.vault.store import OpenVault
    from shelterdesk.vault.unlocking import Unlocked


class Change:
    """What will be different in the header. Start a new one after each commit.

    It is signed by whoever is signed in, or by *signing*, such as the recovery secret while its code is at hand.
    """

    def __init__(self, vault: OpenVault, signing: Unlocked | None = None) -> None:
        unlocked, header = signing or vault.unlocked, vault.header
        self.trust = replay(header.vault, header.chain, unlocked.keys.fingerprint)
        self.signer = unlocked.entry.member
        self.keys: dict[str, tuple[int, bytearray]] = {
            DATABASE: (self.trust.keys[DATABASE].generation, unlocked.database_key)
        }
        """Generation and key of everything the signer holds, renewed ones included."""
        self.keys |= {one.value: unlocked.ring.key_of(one) for one in unlocked.ring.compartments}
        self.renewed: set[str] = set()
        self.database, self.salt = header.database, header.salt
        self.own_keys = unlocked.keys
        self._header = header
        self._chain: list[Entry] = list(header.chain)
        self._sealed_keys = dict(header.sealed_keys)
        self._slots = list(header.slots)

    def new_member(
        self, member: UUID, user_name: str, roles: Collection[str], keys: MemberKeys, *, temporary: bool
    ) -> MemberEntry:
        """Add somebody to the chain. Raises Forged where the signer may not."""
        return self._sign_member(
            MemberEntry(
                member=member,
                generation=0,
                recovery=False,
                user_name=user_name,
                roles=tuple(roles),
                sign_public=keys.sign_public,
                seal_public=keys.seal_public,
                standing=Standing.ACTIVE,
                temporary=temporary,
                by=self.signer,
                at="",
                previous=b"",
            )
        )

    def change_member(
        self,
        member: UUID,
        *,
        user_name: str | None = None,
        roles: Collection[str] | None = None,
        standing: Standing | None = None,
        keys: MemberKeys | None = None,
        temporary: bool | None = None,
    ) -> MemberEntry:
        """Say something new about a member; what is None stays. Raises Forged where the signer may not."""
        known = self.trust.members[member]
        entry = replace(
            known,
            user_name=known.user_name if user_name is None else user_name,
            roles=known.roles if roles is None else tuple(roles),
            standing=known.standing if standing is None else standing,
            temporary=known.temporary if temporary is None else temporary,
        )
        if keys is not None:
            entry = replace(entry, sign_public=keys.sign_public, seal_public=keys.seal_public)
        signed = self._sign_member(entry)
        if keys is not None and member == self.signer:
            # From here on the chain expects the signature of the new keys.
            self.own_keys = keys
        return signed

    def give(self, key_names: Iterable[str], recipient: UUID, until: date | None = None) -> None:
        """Grant keys the signer holds, for ever or up to and including the day *until*. Raises NotAllowed, Forged."""
        self._give([(key_name, recipient, until.isoformat() if until else "") for key_name in key_names])

    def renew(self, key_names: Iterable[str], *, without: Collection[UUID] = ()) -> None:
        """Replace keys the signer holds by fresh random ones.

        They reach everybody who holds them now and the recovery secret if it does, except whose time is over and who
        is in *without*. What is sealed under the old ones has to be sealed anew before this change is written.
        """
        lines: list[tuple[str, UUID, str]] = []
        recovery = self.trust.recovery()
        for key_name in key_names:
            holders = self.trust.keys[key_name].holders
            others = {m: g.until for m, g in holders.items() if not g.ended and m not in without and m != self.signer}
            if recovery is not None and recovery.member != self.signer and recovery.member in holders:
                others = {recovery.member: ""} | others
            generation = self._held(key_name)[0] + 1
            self.keys[key_name] = (generation, bytearray(secrets.token_bytes(32)))
            own = holders[self.signer].until if self.signer in holders else ""
            lines += [(key_name, self.signer, own), *((key_name, m, until) for m, until in others.items())]
            self.renewed.add(key_name)
        self._give(lines)

    def use_slots(self, member: UUID, *slots: Slot) -> None:
        """Let *slots* be the only ways to the private keys of *member*."""
        self._slots = [*(slot for slot in self._slots if slot.member != member), *slots]

    def header(self) -> Header:
        """Return the changed header without its MAC; sealed keys that nobody holds any more are left out."""
        used = {grant.ciphertext for state in self.trust.keys.values() for grant in state.holders.values()}
        return replace(
            self._header,
            database=self.database,
            salt=self.salt,
            chain=tuple(self._chain),
            sealed_keys={name: sealed for name, sealed in self._sealed_keys.items() if name in used},
            slots=tuple(self._slots),
        )

    @property
    def usable(self) -> tuple[str, ...]:
        """Return the names of the keys the signer holds today, that of the records first."""
        return tuple(name for name in KEY_NAMES if self._is_held(name))

    def begins_at(self, header: Header) -> bool:
        """Say whether *header* is the one this change was prepared on."""
        return self._header is header

    def _is_held(self, key_name: str) -> bool:
        own = self.trust.keys[key_name].holders.get(self.signer)
        return key_name in self.keys and own is not None and not own.ended

    def _held(self, key_name: str) -> tuple[int, bytearray]:
        if not self._is_held(key_name):
            raise NotAllowed(N_("Only who holds a key can pass it on or replace it."))
        return self.keys[key_name]

    def _give(self, lines: Iterable[tuple[str, UUID, str]]) -> None:
        grants: list[Grant] = []
        for key_name, recipient, until in lines:
            generation, key = self._held(key_name)
            to = self.trust.members[recipient]
            grant, sealed = seal_key(
                self.trust.vault, key_name, generation, key, recipient, to.seal_public, until=until
            )
            grants.append(grant)
            self._sealed_keys[grant.ciphertext] = sealed
        if grants:
            entry = GrantsEntry(tuple(grants), self.signer, now(), self.trust.head)
            self._admit(sign_entry(self.trust.vault, entry, self.own_keys.sign))

    def _sign_member(self, entry: MemberEntry) -> MemberEntry:
        known = self.trust.members.get(entry.member)
        entry = replace(
            entry,
            generation=known.generation + 1 if known else 1,
            by=self.signer,
            at=now(),
            previous=self.trust.head,
            signature=b"",
        )
        signed = sign_entry(self.trust.vault, entry, self.own_keys.sign)
        self._admit(signed)
        return signed

    def _admit(self, entry: Entry) -> None:
        self.trust.admit(entry)
        self._chain.append(entry)
