"""Who would be let in again by an older copy of the vault: people removed since, and keys taken back since."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from shelterdesk.vault.chain import Forged, Trust, replay
from shelterdesk.vault.errors import VaultDamaged, VaultNewer
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE, read_header
from shelterdesk.vault.members import Standing
from shelterdesk.vault.unlocking import Unlocked


@dataclass(frozen=True, slots=True)
class Returning:
    """One person as the older copy has them. ``standing`` is what they are now; ``keys`` they do not hold now."""

    id: UUID
    user_name: str
    standing: Standing
    may_sign_in: bool
    keys: tuple[str, ...]


def who_would_return(then: Trust, now: Trust) -> tuple[Returning, ...]:
    """Return everybody who could do with the copy of *then* what they cannot do *now*, in the order they joined."""
    found: list[Returning] = []
    for entry in then.members.values():
        present = now.members.get(entry.member)
        if entry.recovery or present is None:
            # Somebody only the other copy knows was let in by whoever worked in it; nothing was taken from them.
            continue
        may_sign_in = entry.standing is Standing.ACTIVE and present.standing is not Standing.ACTIVE
        keys = tuple(name for name in then.keys if _holds(then, entry.member, name) > _holds(now, entry.member, name))
        if may_sign_in or keys:
            found.append(Returning(entry.member, present.user_name, present.standing, may_sign_in, keys))
    return tuple(found)


def has_another_recovery(then: Trust, now: Trust) -> bool:
    """Tell whether the recovery sheet was made anew since, so that the one before would open the copy again."""
    before, present = then.recovery(), now.recovery()
    return (before and before.seal_public) != (present and present.seal_public)


def people_at(folder: Path, unlocked: Unlocked) -> Trust | None:
    """Return the people and keys of the vault in *folder* by its header alone, where its records do not open.

    Everything in it is signed and leads back to the same creator; that nothing was cut off its end cannot be told.
    """
    for file in (HEADER_FILE, COPY_FILE):
        try:
            header = read_header(folder, file)
            if header.vault == unlocked.trust.vault:
                return replay(header.vault, header.chain, unlocked.keys.fingerprint)
        except (VaultDamaged, VaultNewer, Forged):
            continue
    return None


def _holds(trust: Trust, member: UUID, key_name: str) -> bool:
    grant = trust.keys[key_name].holders.get(member) if key_name in trust.keys else None
    return grant is not None and not grant.ended and trust.members[member].standing is Standing.ACTIVE
