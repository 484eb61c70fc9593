"""Colleagues at the same vault, each with the keys and rights of their roles only."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from shelterdesk import house_settings
from shelterdesk.access import ROLE_COMPARTMENTS, Role
from shelterdesk.desk import Desk
from shelterdesk.vault import Compartment, KeyRing


class _Narrowed:
    """A vault as somebody else opens it: another member, another ring, the same file."""

    def __init__(self, vault: Any, member: Any, ring: KeyRing) -> None:
        self._vault = vault
        self.member = member
        self.ring = ring

    def __getattr__(self, name: str) -> Any:
        return getattr(self._vault, name)


def seat(desk: Desk, *roles: Role, clock: Any = None) -> Desk:
    """Return a desk at the vault of *desk* for a new colleague with *roles*."""
    held = frozenset[Compartment]().union(*(ROLE_COMPARTMENTS[role] for role in roles))
    ring = desk.vault.ring
    keys = {one: (generation, bytearray(key)) for one, (generation, key) in ring._keys.items() if one in held}
    member = replace(desk.me, id=uuid4(), user_name="somebody", roles=tuple(role.value for role in roles))
    made = Desk(_Narrowed(desk.vault, member, KeyRing(desk.vault.id, keys)), clock=clock or desk.now)  # type: ignore[arg-type]
    house_settings.load(made)
    return made
