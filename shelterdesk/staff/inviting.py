"""Set-up codes: for a new colleague, a forgotten passphrase, or an invitation that ran out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem
from shelterdesk.i18n import N_
from shelterdesk.members import call, check_shown_name
from shelterdesk.schema.acts import Act
from shelterdesk.staff.listing import compartments_of, this_day
from shelterdesk.staff.refusals import another, codes, facts_of, known_roles, member_of, refuse_loss
from shelterdesk.staff.telling import telling
from shelterdesk.vault import membership
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import Standing

MOST_DAYS = 31
"""A code that lies about for longer than a month is found by somebody else."""


@dataclass(frozen=True)
class Invitation:
    """A set-up code, shown once and kept nowhere, and what the person gets with it."""

    member_id: UUID
    user_name: str
    code: str
    until: date
    gets: frozenset[Compartment]
    waits_for: frozenset[Compartment]
    """What only another holder can give, or what is given after the first sign-in."""


def invite(desk: Desk, user_name: str, shown_as: str, roles: Collection[str], *, days: int = 7) -> Invitation:
    """Invite somebody: a set-up code for *days* days, with the keys of the roles as far as they can be lent so.

    *shown_as* may be empty; then colleagues see the sign-in name. Raises NotAllowed, Problem, Problems.
    """
    require(desk, Right.MANAGE_PEOPLE)
    roles = known_roles(roles)
    user_name = membership.check_name(desk.vault, user_name)
    called = shown_as.strip() if desk.holds(Compartment.HOUSE) else ""
    if called:
        check_shown_name(desk, called)
    wanted, until = compartments_of(roles), _last_day(days)
    gets = membership.lent_by_code(desk.vault, wanted)
    member_id, code = membership.invite(desk.vault, user_name, roles, wanted, until)
    facts = facts_of(user_name, roles) | {"log.how": codes(gets), "log.until": until.isoformat()}
    with telling(desk, Act.INVITE, facts) as db:
        if called:
            call(desk, db, member_id, called)
    return Invitation(member_id, user_name, code, until, gets, wanted - gets)


def what_a_new_code_leaves_out(desk: Desk, member_id: UUID) -> frozenset[Compartment]:
    """Return what a colleague holds now and would have to be given again by another holder."""
    held = member_of(desk, member_id).holds
    return held - membership.lent_by_code(desk.vault, held)


def new_setup_code(desk: Desk, member_id: UUID, *, days: int = 7) -> Invitation:
    """Make a new set-up code: for a forgotten passphrase, or an invitation that ran out.

    The old passphrase or code opens nothing any more. Raises NotAllowed, Problem.
    """
    require(desk, Right.MANAGE_PEOPLE)
    known = another(desk, member_id, Standing.ACTIVE)
    refuse_loss(desk, what_a_new_code_leaves_out(desk, member_id), member_id)
    wanted = compartments_of(known.member.roles) if known.member.temporary else frozenset[Compartment]()
    until = _last_day(days)
    code = membership.renew_code(desk.vault, member_id, wanted, until)
    gets = member_of(desk, member_id).holds
    facts = {"log.user_name": known.member.user_name, "log.what": codes(gets), "log.until": until.isoformat()}
    with telling(desk, Act.NEW_SETUP_CODE, facts):
        pass
    waits_for = (known.holds | compartments_of(known.member.roles)) - gets
    return Invitation(member_id, known.member.user_name, code, until, gets, waits_for)


def _last_day(days: int) -> date:
    if not 1 <= days <= MOST_DAYS:
        raise Problem("days", N_("Choose between 1 and {most} days."), most=MOST_DAYS)
    return this_day() + timedelta(days=days)
