"""The keys of another day: what the private keys of whoever is signed in open in a copy of their own vault."""

from __future__ import annotations

from shelterdesk.vault.chain import replay
from shelterdesk.vault.compartments import DATABASE
from shelterdesk.vault.encoding import wipe
from shelterdesk.vault.header import HEADER_FILE, Header
from shelterdesk.vault.members import Standing
from shelterdesk.vault.seal import KeyRing
from shelterdesk.vault.slots import MemberKeys
from shelterdesk.vault.unlocking import Unlocked, unlock_with_keys


def lent(unlocked: Unlocked) -> Unlocked:
    """Return holders of their own for the key of the database and the private keys, and no ring.

    Whoever lends them may be locked or given new keys meanwhile. Wipe the result after use.
    """
    ring = KeyRing(unlocked.trust.vault, {})
    return Unlocked(unlocked.trust, unlocked.entry, _lent_keys(unlocked.keys), bytearray(unlocked.database_key), ring)


def keys_then(header: Header, now: Unlocked) -> Unlocked | None:
    """Return what *now* was entitled to under *header*; None where they were not, or had other keys of their own.

    Raises ValueError for a header that does not lead back to the creator both have, VaultForged for one that was
    changed without the key of its database. Wipe the result after use.
    """
    trust = replay(header.vault, header.chain, now.keys.fingerprint)
    entry = trust.members.get(now.entry.member)
    if entry is None or (entry.sign_public, entry.seal_public) != (now.keys.sign_public, now.keys.seal_public):
        return None
    if entry.standing is not Standing.ACTIVE or entry.temporary or not trust.holds(entry.member, DATABASE):
        return None
    return unlock_with_keys(header, HEADER_FILE, entry.member, _lent_keys(now.keys))


def _lent_keys(keys: MemberKeys) -> MemberKeys:
    payload = keys.payload()
    try:
        return MemberKeys(payload)
    finally:
        wipe(payload)
