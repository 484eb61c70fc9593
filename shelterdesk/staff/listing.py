"""Who works with the vault: roles, standing, keys held and waited for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select

from shelterdesk import vocab
from shelterdesk.access import ROLE_COMPARTMENTS, Role
from shelterdesk.desk import Desk
from shelterdesk.house_settings import Setting
from shelterdesk.members import shown_names
from shelterdesk.vault import membership
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import Standing

_LAST_SIGN_IN: Final = "last_sign_in"


@dataclass(frozen=True)
class KeyHeld:
    """One key somebody holds. ``until`` is a deputy's last day.

    ``ending``: handed over, or the last day is over; replaced when another holder next signs in.
    """

    compartment: Compartment
    until: date | None
    ending: bool


@dataclass(frozen=True)
class StaffMember:
    """Somebody who works with the vault, or did."""

    id: UUID
    user_name: str
    name: str
    roles: tuple[str, ...]
    standing: Standing
    invited_until: date | None
    """The last day of a set-up code that was not used yet; it may be over."""
    keys: tuple[KeyHeld, ...]
    waits_for: frozenset[Compartment]
    """Keys of the roles that are not held."""
    is_me: bool
    last_sign_in: datetime | None

    @property
    def invited(self) -> bool:
        """Tell whether the person still has to use a set-up code."""
        return self.invited_until is not None

    @property
    def code_ran_out(self) -> bool:
        """Tell whether the set-up code cannot be used any more."""
        return self.invited_until is not None and self.invited_until < this_day()

    @property
    def opens(self) -> frozenset[Compartment]:
        """Return what the keys held open."""
        return frozenset(key.compartment for key in self.keys if not key.ending)

    @property
    def beyond_roles(self) -> frozenset[Compartment]:
        """Return the keys held for good that no role asks for, e.g. after a change of roles."""
        lasting = {key.compartment for key in self.keys if not key.ending and key.until is None}
        return frozenset(lasting) - compartments_of(self.roles)


def everybody(desk: Desk) -> list[StaffMember]:
    """Return everybody who works here and did: me first, then by name, former colleagues last."""
    with desk.read() as db:
        names = shown_names(desk, db)
        rows = db.scalars(select(Setting).where(Setting.key == _LAST_SIGN_IN)).all()
    seen = {row.member_id: datetime.fromisoformat(row.value) for row in rows}
    found = [_staff_member(desk, one, names, seen) for one in membership.memberships(desk.vault)]
    return sorted(found, key=lambda one: (one.standing is Standing.REMOVED, not one.is_me, one.name.casefold()))


def note_sign_in(desk: Desk) -> None:
    """Remember that the signed-in person came just now: in a log of years, the row itself is found too slowly."""
    with desk.quietly() as db:
        db.merge(Setting(member_id=desk.me.id, key=_LAST_SIGN_IN, value=desk.now().isoformat()))


def holders(desk: Desk) -> dict[Compartment, tuple[StaffMember, ...]]:
    """Return who holds which key, those whose key is about to be replaced included."""
    staff = everybody(desk)
    return {c: tuple(one for one in staff if any(key.compartment is c for key in one.keys)) for c in Compartment}


def held_by_one(desk: Desk) -> tuple[Compartment, ...]:
    """Return the compartments only one person with a passphrase holds for good; a deputy counts as nobody."""
    return tuple(c for c in Compartment if len(membership.keepers(desk.vault, c)) == 1)


def compartments_of(roles: Iterable[str]) -> frozenset[Compartment]:
    """Return the compartments *roles* are granted together. A role this program does not know is granted none."""
    known = {role.value: role for role in Role}
    return frozenset(c for name in roles if name in known for c in ROLE_COMPARTMENTS[known[name]])


def compartment_words(compartments: Iterable[Compartment]) -> str:
    """Return «Psychological, Legal», in the order of the compartments."""
    chosen = set(compartments)
    return ", ".join(vocab.COMPARTMENTS.label(one.value) for one in Compartment if one in chosen)


def _staff_member(
    desk: Desk, one: membership.Membership, names: Mapping[UUID, str], seen: Mapping[UUID, datetime]
) -> StaffMember:
    member = one.member
    here = member.standing is not Standing.REMOVED
    return StaffMember(
        member.id,
        member.user_name,
        names.get(member.id, member.user_name),
        member.roles,
        member.standing,
        one.code_until,
        tuple(KeyHeld(held.compartment, held.until, held.over) for held in one.holdings),
        compartments_of(member.roles) - one.holds if here else frozenset(),
        member.id == desk.me.id,
        seen.get(member.id),
    )


def this_day() -> date:
    """Return the day by which grants and set-up codes end: in UTC, whatever the shelter's time zone is."""
    return datetime.now(UTC).date()
