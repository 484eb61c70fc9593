"""The colleagues of the demo: members with keys of their own, who came in by invitation like anybody else.

Nigar H. holds the psychological key and Tural M. none but that of the house; Rəşad T. is invited and has not begun.
They sign in with the passphrase of the demo, so that everybody can look at what each of them may read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from shelterdesk import staff
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.opening import Clock, accept_invitation, lock_desk
from shelterdesk.sample.names import LAWYER, NIGHT_WORKER, PSYCHOLOGIST, VOCATIONAL
from shelterdesk.staff import Invitation
from shelterdesk.vault import KdfCost
from shelterdesk.vault.members import Standing


@dataclass(frozen=True)
class Part:
    """One colleague. ``begins`` is False for whoever has not used the set-up code yet."""

    user_name: str
    name: str
    role: Role
    begins: bool = True


COLLEAGUES: Final = (
    Part("nigar", PSYCHOLOGIST, Role.PSYCHOLOGIST),
    Part("orxan", VOCATIONAL, Role.VOCATIONAL_OFFICER),
    Part("tural", NIGHT_WORKER, Role.NIGHT_WORKER),
    Part("rashad", LAWYER, Role.LAWYER, begins=False),
)
_DAYS = 14


def invite_colleagues(desk: Desk) -> list[Invitation]:
    """Invite everybody; the codes are used while the vault is closed."""
    return [staff.invite(desk, one.user_name, one.name, (one.role.value,), days=_DAYS) for one in COLLEAGUES]


def let_begin(folder: Path, invited: list[Invitation], passphrase: str, *, cost: KdfCost, clock: Clock) -> None:
    """Use the set-up codes of those who begin, each with a sign-in of their own."""
    for part, invitation in zip(COLLEAGUES, invited, strict=True):
        if part.begins:
            begun = accept_invitation(folder, part.user_name, invitation.code, passphrase, cost=cost, clock=clock)
            lock_desk(begun, "closed")


def give_what_waits(desk: Desk) -> None:
    """Give the keys that lie behind no set-up code to those who have begun."""
    for one in staff.everybody(desk):
        if not one.is_me and not one.invited and one.waits_for:
            staff.give(desk, one.id, one.waits_for)


def at_work(desk: Desk) -> dict[str, UUID]:
    """Return by name who of the demo's colleagues may sign in: none where a vault was filled without them."""
    names = {one.name for one in COLLEAGUES}
    return {
        one.name: one.id
        for one in staff.everybody(desk)
        if one.name in names and one.standing is Standing.ACTIVE and not one.invited
    }
