"""Roles and names of colleagues."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.members import call, check_shown_name
from shelterdesk.schema.acts import Act
from shelterdesk.staff.refusals import facts_of, known_roles, member_of, refuse_without_manager
from shelterdesk.staff.telling import telling
from shelterdesk.vault import membership
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import ROLES_THAT_MANAGE_PEOPLE, Standing


def change_roles(desk: Desk, member_id: UUID, roles: Collection[str]) -> None:
    """Give a colleague other roles. Keys stay as they are: they are given and taken back apart from roles.

    What the signed-in person may do changes at the next sign-in. Raises NotAllowed, Problem.
    """
    require(desk, Right.MANAGE_PEOPLE)
    roles = known_roles(roles)
    known = member_of(desk, member_id, Standing.ACTIVE, Standing.SUSPENDED)
    if not ROLES_THAT_MANAGE_PEOPLE.intersection(roles):
        refuse_without_manager(desk, known)
    membership.set_roles(desk.vault, member_id, roles)
    _know_myself(desk)
    with telling(desk, Act.CHANGE_ROLES, facts_of(known.member.user_name, roles)):
        pass


def rename(desk: Desk, member_id: UUID, user_name: str, shown_as: str) -> None:
    """Change how a colleague signs in and is called. Raises NotAllowed, Problem, Problems."""
    require(desk, Right.MANAGE_PEOPLE)
    known = member_of(desk, member_id, Standing.ACTIVE, Standing.SUSPENDED)
    user_name = membership.check_name(desk.vault, user_name, member_id)
    called = shown_as.strip() if desk.holds(Compartment.HOUSE) else ""
    if called:
        check_shown_name(desk, called)
    if user_name != known.member.user_name:
        membership.set_name(desk.vault, member_id, user_name)
        _know_myself(desk)
    with telling(desk, Act.CHANGE_MEMBER, {"log.user_name": user_name}) as db:
        if called:
            call(desk, db, member_id, called)


def _know_myself(desk: Desk) -> None:
    # It may have been about the signed-in person.
    desk.me = desk.vault.member
