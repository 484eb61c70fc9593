"""What is refused, in words: what would leave nobody to manage people or to open a compartment, and the like."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem
from shelterdesk.i18n import N_
from shelterdesk.staff.listing import compartment_words
from shelterdesk.vault import membership
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import ROLES_THAT_MANAGE_PEOPLE, Standing

_NOBODY_MANAGES = N_(
    "Nobody else could manage people then. Let another director or administrator sign in first; nothing was changed."
)
_LOST_FOR_EVER = N_(
    "The key for {compartments} would be lost for ever: nobody else and no recovery code opens it. Let this person "
    "sign in once more; nothing was changed."
)
_LAST_HOLDER = N_(
    "Nobody else holds the key for good: {compartments}. Let somebody else hold it first, with the recovery code if "
    "nobody can give it; nothing was changed."
)
_NOT_ONESELF = N_("This is about yourself. Ask another person who manages people.")


def member_of(desk: Desk, member_id: UUID, *standings: Standing) -> membership.Membership:
    """Return a member with one of *standings*, any if none is named. Raises NotAllowed."""
    known = next((one for one in membership.memberships(desk.vault) if one.member.id == member_id), None)
    if known is None or (standings and known.member.standing not in standings):
        raise NotAllowed(N_("This cannot be done for this person as things stand. Look at the page once more."))
    return known


def another(desk: Desk, member_id: UUID, *standings: Standing) -> membership.Membership:
    """Return a member who is not the signed-in person. Raises NotAllowed."""
    known = member_of(desk, member_id, *standings)
    if member_id == desk.me.id:
        raise NotAllowed(_NOT_ONESELF)
    return known


def recipient(desk: Desk, member_id: UUID, compartments: Collection[Compartment]) -> membership.Membership:
    """Return who is to be given keys, if the signed-in person can give them. Raises NotAllowed."""
    known = another(desk, member_id, Standing.ACTIVE)
    lacking = [one for one in compartments if not desk.holds(one)]
    if lacking:
        raise NotAllowed(
            N_("Only who holds a key can pass it on. You do not hold: {compartments}."),
            compartments=compartment_words(lacking),
        )
    if known.member.temporary:
        fit = membership.lent_by_code(desk.vault, compartments) & membership.fit_for_a_code(desk.vault, member_id)
        if set(compartments) - fit:
            raise NotAllowed(
                N_("These keys are given once this person has chosen a passphrase: {compartments}."),
                compartments=compartment_words(set(compartments) - fit),
            )
    return known


def not_held(known: membership.Membership, compartments: Collection[Compartment]) -> list[Compartment]:
    """Return those of *compartments* that a member does not hold for good, in their order."""
    lasting = {held.compartment for held in known.holdings if not held.over and held.until is None}
    return [one for one in Compartment if one in compartments and one not in lasting]


def refuse_without_manager(desk: Desk, known: membership.Membership) -> None:
    """Refuse what would leave nobody who manages people, if *known* does."""
    manages = ROLES_THAT_MANAGE_PEOPLE.intersection(known.member.roles)
    if manages and not membership.can_manage(desk.vault, without=[known.member.id]):
        raise NotAllowed(_NOBODY_MANAGES)


def refuse_last_holder(desk: Desk, compartments: Iterable[Compartment], member_id: UUID) -> None:
    """Refuse to take compartments from the last person who opens them."""
    alone = [one for one in compartments if not membership.keepers(desk.vault, one, without=[member_id])]
    if alone:
        raise NotAllowed(_LAST_HOLDER, compartments=compartment_words(alone))


def refuse_loss(desk: Desk, compartments: Iterable[Compartment], member_id: UUID) -> None:
    """Refuse what would leave compartments that neither another holder nor the recovery code opens."""
    lost = [
        one
        for one in compartments
        if not membership.keepers(desk.vault, one, without=[member_id])
        and not membership.is_recoverable(desk.vault, one)
    ]
    if lost:
        raise NotAllowed(_LOST_FOR_EVER, compartments=compartment_words(lost))


def refuse_without_reason(why: str) -> None:
    """Raise Problem where no reason is given."""
    if not why.strip():
        raise Problem("why", N_("Write why. It stands in the log."))


def known_roles(roles: Collection[str]) -> tuple[str, ...]:
    """Return the roles this program knows, in their order. Raises Problem where there is none."""
    chosen = tuple(role.value for role in Role if role.value in roles)
    if not chosen:
        raise Problem("roles", N_("Choose at least one role."))
    return chosen


def facts_of(user_name: str, what: Iterable[str]) -> dict[str, object]:
    """Return what the log says of an act: whom it was about, and roles or compartments."""
    return {"log.user_name": user_name, "log.what": codes(what)}


def codes(what: Iterable[str]) -> str:
    """Return roles or compartments as the log keeps them."""
    return ", ".join(sorted(str(one) for one in what))
