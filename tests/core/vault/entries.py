"""Entries of the chain as somebody signs them, rightly or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from shelterdesk.vault import Compartment, OpenVault
from shelterdesk.vault.chain import Trust, replay, sign_entry
from shelterdesk.vault.compartments import DATABASE
from shelterdesk.vault.encoding import now
from shelterdesk.vault.grants import GrantsEntry, seal_key
from shelterdesk.vault.members import MemberEntry, Standing

from .colleagues import Colleague, entry_for, write
from .conftest import NAME

NURSE_KEYS = ("house", "identity", "medical")


def trust_of(vault: OpenVault) -> Trust:
    return replay(vault.id, vault.header.chain, vault.unlocked.keys.fingerprint)


def key_of(vault: OpenVault, key_name: str) -> bytearray:
    return vault.unlocked.database_key if key_name == DATABASE else vault.ring._keys[Compartment(key_name)][1]


def invite(vault: OpenVault, somebody: Colleague, *key_names: str, roles: tuple[str, ...] = ("nurse",)) -> Trust:
    """Make *somebody* a member with *key_names*, properly, and write it."""
    sign = vault.unlocked.keys.sign
    trust = trust_of(vault)
    entry = sign_entry(vault.id, entry_for(vault, somebody, roles, previous=trust.head), sign)
    trust.admit(entry)
    pairs = [
        seal_key(vault.id, name, 1, key_of(vault, name), somebody.id, somebody.keys.seal_public)
        for name in (DATABASE, *key_names)
    ]
    grants = GrantsEntry(tuple(grant for grant, _ in pairs), vault.member.id, now(), trust.head)
    grants = sign_entry(vault.id, grants, sign)
    trust.admit(grants)
    write(vault, [entry, grants], {grant.ciphertext: sealed for grant, sealed in pairs}, somebody.slot(vault, "other"))
    return trust


def grants_by(
    vault: OpenVault, trust: Trust, by: Colleague, *given: tuple[str, int, bytearray, Colleague]
) -> GrantsEntry:
    grants = [seal_key(vault.id, name, gen, key, to.id, to.keys.seal_public)[0] for name, gen, key, to in given]
    return sign_entry(vault.id, GrantsEntry(tuple(grants), by.id, now(), trust.head), by.keys.sign)


def creator_of(vault: OpenVault) -> Colleague:
    return Colleague(NAME, vault.member.id, bytearray(), vault.unlocked.keys)


def recovery_of(vault: OpenVault) -> Colleague:
    entry = vault.unlocked.trust.recovery()
    assert entry is not None

    class Public:
        seal_public = entry.seal_public

    return Colleague("", entry.member, bytearray(), Public())  # type: ignore[arg-type]


other_key = bytearray(b"k" * 32)


def signed_by(vault: OpenVault, by: Colleague, entry: MemberEntry) -> MemberEntry:
    return sign_entry(vault.id, replace(entry, by=by.id), by.keys.sign)


def today(days: int = 0) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


def lasting(
    vault: OpenVault, trust: Trust, by: Colleague, *given: tuple[str, int, bytearray, Colleague, str], at: str = ""
) -> GrantsEntry:
    """Return signed grants with last days."""
    grants = [
        seal_key(vault.id, name, gen, key, to.id, to.keys.seal_public, until=until)[0]
        for name, gen, key, to, until in given
    ]
    return sign_entry(vault.id, GrantsEntry(tuple(grants), by.id, at or now(), trust.head), by.keys.sign)


def admit_deputy(vault: OpenVault, trust: Trust, nurse: Colleague, until: str) -> None:
    """Let the nurse stand in for the lawyer until a day, as the director may."""
    trust.admit(lasting(vault, trust, creator_of(vault), ("legal", 1, key_of(vault, "legal"), nurse, until)))


def admit_suspended(vault: OpenVault, trust: Trust, nurse: Colleague) -> None:
    entry = entry_for(vault, nurse, generation=2, standing=Standing.SUSPENDED, previous=trust.head)
    trust.admit(sign_entry(vault.id, entry, vault.unlocked.keys.sign))


def admit_invited(vault: OpenVault, trust: Trust, friend: Colleague, *key_names: str) -> None:
    entry = entry_for(vault, friend, temporary=True, previous=trust.head)
    trust.admit(sign_entry(vault.id, entry, vault.unlocked.keys.sign))
    given = [(name, 1, key_of(vault, name), friend) for name in (DATABASE, *key_names)]
    trust.admit(grants_by(vault, trust, creator_of(vault), *given))
