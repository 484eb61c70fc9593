"""Second members for tests: made from the same primitives the vault verifies, well or badly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from shelterdesk.vault import KdfCost, OpenVault
from shelterdesk.vault.chain import Entry, sign_entry
from shelterdesk.vault.encoding import now
from shelterdesk.vault.grants import Grant, GrantsEntry, seal_key
from shelterdesk.vault.members import MemberEntry, Standing
from shelterdesk.vault.slots import MemberKeys, Slot, SlotKind, close_with_passphrase, new_payload


@dataclass
class Colleague:
    """Somebody with keys, who may or may not be a member yet."""

    user_name: str
    id: UUID
    payload: bytearray
    keys: MemberKeys

    def slot(self, vault: OpenVault, passphrase: str) -> Slot:
        """Return the colleague's slot."""
        return close_with_passphrase(
            vault.id, self.id, self.payload, passphrase, KdfCost.for_tests(), SlotKind.PASSPHRASE
        )


def new_colleague(vault: OpenVault, user_name: str) -> Colleague:
    """Make keys for somebody."""
    payload = new_payload(vault.unlocked.keys.fingerprint)
    return Colleague(user_name, uuid4(), payload, MemberKeys(payload))


def entry_for(
    vault: OpenVault, somebody: Colleague, roles: Sequence[str] = ("nurse",), **changes: object
) -> MemberEntry:
    """Return an unsigned entry that would make *somebody* a member."""
    entry = MemberEntry(
        member=somebody.id,
        generation=1,
        recovery=False,
        user_name=somebody.user_name,
        roles=tuple(roles),
        sign_public=somebody.keys.sign_public,
        seal_public=somebody.keys.seal_public,
        standing=Standing.ACTIVE,
        temporary=False,
        by=vault.member.id,
        at=now(),
        previous=vault.unlocked.trust.head,
    )
    return replace(entry, **changes)  # type: ignore[arg-type]


def granting(
    vault: OpenVault,
    by: UUID,
    sign: Callable[[GrantsEntry], GrantsEntry],
    previous: bytes,
    *keys: tuple[str, int, bytearray, UUID, bytes],
) -> tuple[GrantsEntry, dict[bytes, bytes]]:
    """Return a signed entry that grants *keys* (name, generation, key, recipient, public key) and its ciphertexts."""
    grants: list[Grant] = []
    sealed: dict[bytes, bytes] = {}
    for key_name, generation, key, recipient, public in keys:
        grant, ciphertext = seal_key(vault.id, key_name, generation, key, recipient, public)
        grants.append(grant)
        sealed[grant.ciphertext] = ciphertext
    return sign(GrantsEntry(tuple(grants), by, now(), previous)), sealed


def signer(vault: OpenVault, keys: MemberKeys) -> Callable[..., object]:
    """Return what signs entries with *keys*."""
    return lambda entry: sign_entry(vault.id, entry, keys.sign)


def write(vault: OpenVault, entries: Sequence[Entry], sealed: dict[bytes, bytes], *slots: Slot) -> None:
    """Put entries and slots into the header as an insider would who has the database key: the MAC will fit."""
    header = vault.header
    vault.replace_header(
        replace(
            header,
            chain=(*header.chain, *entries),
            sealed_keys={**header.sealed_keys, **sealed},
            slots=(*header.slots, *slots),
        )
    )
