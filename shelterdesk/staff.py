"""The people who work with the vault: inviting them, their roles, the keys they hold, suspending and removing them.

Signed entries and keys live in the vault's header; names, reasons and what happened when live in the records. Changing
people takes a right, passing a key on takes holding it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from shelterdesk import vocab
from shelterdesk.access import ROLE_COMPARTMENTS, Right, Role, require
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem
from shelterdesk.i18n import N_
from shelterdesk.members import call, check_shown_name, shown_names
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import SITTING_DOWN, LogRow
from shelterdesk.vault import membership
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import ROLES_THAT_MANAGE_PEOPLE, Standing

Progress = Callable[[int, int], None]

_NOBODY_MANAGES = N_(
    "Nobody else could manage people then. Let another director or administrator sign in first; nothing was changed."
)
_LOST_FOR_EVER = N_(
    "The key for {compartments} would be lost for ever: nobody else and no recovery code opens it. Let this person "
    "sign in once more; nothing was changed."
)
_NOT_ONESELF = N_("This is about yourself. Ask another person who manages people.")


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
        return self.invited_until is not None and self.invited_until < _this_day()

    @property
    def opens(self) -> frozenset[Compartment]:
        """Return what the keys held open."""
        return frozenset(key.compartment for key in self.keys if not key.ending)

    @property
    def beyond_roles(self) -> frozenset[Compartment]:
        """Return the keys held for good that no role asks for, e.g. after a change of roles."""
        lasting = {key.compartment for key in self.keys if not key.ending and key.until is None}
        return frozenset(lasting) - compartments_of(self.roles)


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


# --- reading --------------------------------------------------------------------------------------------------------


def everybody(desk: Desk) -> list[StaffMember]:
    """Return everybody who works here and did: me first, then by name, former colleagues last."""
    known = membership.memberships(desk.vault)
    with desk.read() as db:
        names = shown_names(desk, db)
        seen: dict[UUID, datetime] = {}
        for one in known:
            rows = select(LogRow.at).where(LogRow.member_id == one.member.id, LogRow.act.in_(SITTING_DOWN))
            last = db.scalars(rows.order_by(LogRow.number.desc()).limit(1)).first()
            if last is not None:
                seen[one.member.id] = last
    found = [_staff_member(desk, one, names, seen) for one in known]
    return sorted(found, key=lambda one: (one.standing is Standing.REMOVED, not one.is_me, one.name.casefold()))


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


# --- set-up codes ---------------------------------------------------------------------------------------------------


def invite(desk: Desk, user_name: str, shown_as: str, roles: Collection[str], *, days: int = 7) -> Invitation:
    """Invite somebody: a set-up code for *days* days, with the keys of the roles as far as they can be lent so.

    *shown_as* may be empty; then colleagues see the sign-in name. Raises NotAllowed, Problem, Problems.
    """
    require(desk, Right.MANAGE_PEOPLE)
    roles = _known(roles)
    user_name = membership.check_name(desk.vault, user_name)
    called = shown_as.strip() if desk.holds(Compartment.HOUSE) else ""
    if called:
        check_shown_name(desk, called)
    wanted, until = compartments_of(roles), _last_day(days)
    gets = membership.lent_by_code(desk.vault, wanted)
    member_id, code = membership.invite(desk.vault, user_name, roles, wanted, until)
    facts = _facts(user_name, roles) | {"log.how": _codes(gets), "log.until": until.isoformat()}
    with desk.write(Act.INVITE, facts=facts) as db:
        if called:
            call(desk, db, member_id, called)
    return Invitation(member_id, user_name, code, until, gets, wanted - gets)


def what_a_new_code_leaves_out(desk: Desk, member_id: UUID) -> frozenset[Compartment]:
    """Return what a colleague holds now and would have to be given again by another holder."""
    held = _one(desk, member_id).holds
    return held - membership.lent_by_code(desk.vault, held)


def new_setup_code(desk: Desk, member_id: UUID, *, days: int = 7) -> Invitation:
    """Make a new set-up code: for a forgotten passphrase, or an invitation that ran out.

    The old passphrase or code opens nothing any more. Raises NotAllowed, Problem.
    """
    require(desk, Right.MANAGE_PEOPLE)
    known = _another(desk, member_id, Standing.ACTIVE)
    _refuse_loss(desk, what_a_new_code_leaves_out(desk, member_id), member_id)
    wanted = compartments_of(known.member.roles) if known.member.temporary else frozenset[Compartment]()
    until = _last_day(days)
    code = membership.renew_code(desk.vault, member_id, wanted, until)
    gets = _one(desk, member_id).holds
    facts = {"log.user_name": known.member.user_name, "log.what": _codes(gets), "log.until": until.isoformat()}
    with desk.write(Act.NEW_SETUP_CODE, facts=facts):
        pass
    waits_for = (known.holds | compartments_of(known.member.roles)) - gets
    return Invitation(member_id, known.member.user_name, code, until, gets, waits_for)


# --- roles and names ------------------------------------------------------------------------------------------------


def change_roles(desk: Desk, member_id: UUID, roles: Collection[str]) -> None:
    """Give a colleague other roles. Keys stay as they are: they are given and taken back apart from roles.

    What the signed-in person may do changes at the next sign-in. Raises NotAllowed, Problem.
    """
    require(desk, Right.MANAGE_PEOPLE)
    roles = _known(roles)
    known = _one(desk, member_id, Standing.ACTIVE, Standing.SUSPENDED)
    if not ROLES_THAT_MANAGE_PEOPLE.intersection(roles):
        _refuse_without_manager(desk, known)
    membership.set_roles(desk.vault, member_id, roles)
    with desk.write(Act.CHANGE_ROLES, facts=_facts(known.member.user_name, roles)):
        pass


def rename(desk: Desk, member_id: UUID, user_name: str, shown_as: str) -> None:
    """Change how a colleague signs in and is called. Raises NotAllowed, Problem, Problems."""
    require(desk, Right.MANAGE_PEOPLE)
    known = _one(desk, member_id, Standing.ACTIVE, Standing.SUSPENDED)
    user_name = membership.check_name(desk.vault, user_name, member_id)
    called = shown_as.strip() if desk.holds(Compartment.HOUSE) else ""
    if called:
        check_shown_name(desk, called)
    if user_name != known.member.user_name:
        membership.set_name(desk.vault, member_id, user_name)
    with desk.write(Act.CHANGE_MEMBER, facts={"log.user_name": user_name}) as db:
        if called:
            call(desk, db, member_id, called)


# --- keys -----------------------------------------------------------------------------------------------------------


def give(desk: Desk, member_id: UUID, compartments: Collection[Compartment]) -> None:
    """Give a colleague keys the signed-in person holds. Raises NotAllowed."""
    known = _recipient(desk, member_id, compartments)
    new = _not_held(known, compartments)
    if not new:
        return
    membership.give(desk.vault, member_id, new)
    with desk.write(Act.GRANT, facts=_facts(known.member.user_name, new)):
        pass


def hand_over(desk: Desk, member_id: UUID, compartments: Collection[Compartment]) -> None:
    """Give a colleague keys and hold them no more; they are replaced when the colleague next signs in.

    Raises NotAllowed.
    """
    known = _recipient(desk, member_id, compartments)
    if known.member.temporary:
        raise NotAllowed(N_("Hand keys over once this person has chosen a passphrase."))
    membership.hand_over(desk.vault, member_id, compartments)
    with desk.write(Act.HAND_OVER, facts=_facts(known.member.user_name, compartments)):
        pass


def deputise(desk: Desk, member_id: UUID, compartments: Collection[Compartment], until: date, why: str) -> None:
    """Give a colleague keys up to and including the day *until*. Raises NotAllowed, Problem."""
    known = _recipient(desk, member_id, compartments)
    if not why.strip():
        raise Problem("why", N_("Write why somebody stands in."))
    if until < _this_day():
        raise Problem("until", N_("Choose today or a later day."))
    for held in known.holdings:
        if held.compartment in compartments and held.until and not held.over and held.until > until:
            raise Problem("until", N_("This person holds the key for longer already. Take it back first."))
    new = _not_held(known, compartments)
    if not new:
        return
    membership.give(desk.vault, member_id, new, until)
    facts = _facts(known.member.user_name, new) | {"log.until": until.isoformat(), "log.why": why.strip()}
    with desk.write(Act.DEPUTISE, facts=facts):
        pass


# --- suspending -----------------------------------------------------------------------------------------------------


def suspend(desk: Desk, member_id: UUID, why: str) -> None:
    """Refuse a colleague's sign-in until they are let in again; what they hold stays theirs. Raises NotAllowed."""
    require(desk, Right.MANAGE_PEOPLE)
    known = _another(desk, member_id, Standing.ACTIVE)
    _refuse_without_reason(why)
    _refuse_without_manager(desk, known)
    _refuse_loss(desk, known.holds, member_id)
    membership.suspend(desk.vault, member_id)
    with desk.write(Act.SUSPEND, facts={"log.user_name": known.member.user_name, "log.why": why.strip()}):
        pass


def resume(desk: Desk, member_id: UUID) -> None:
    """Let a suspended colleague sign in again. Raises NotAllowed."""
    require(desk, Right.MANAGE_PEOPLE)
    known = _another(desk, member_id, Standing.SUSPENDED)
    membership.resume(desk.vault, member_id)
    with desk.write(Act.RESUME, facts={"log.user_name": known.member.user_name}):
        pass


# --- what is refused ------------------------------------------------------------------------------------------------


def _one(desk: Desk, member_id: UUID, *standings: Standing) -> membership.Membership:
    known = next((one for one in membership.memberships(desk.vault) if one.member.id == member_id), None)
    if known is None or (standings and known.member.standing not in standings):
        raise NotAllowed(N_("This cannot be done for this person as things stand. Look at the page once more."))
    return known


def _another(desk: Desk, member_id: UUID, *standings: Standing) -> membership.Membership:
    known = _one(desk, member_id, *standings)
    if member_id == desk.me.id:
        raise NotAllowed(_NOT_ONESELF)
    return known


def _recipient(desk: Desk, member_id: UUID, compartments: Collection[Compartment]) -> membership.Membership:
    known = _another(desk, member_id, Standing.ACTIVE)
    lacking = [one for one in compartments if not desk.holds(one)]
    if lacking:
        raise NotAllowed(
            N_("Only who holds a key can pass it on. You do not hold: {compartments}."),
            compartments=compartment_words(lacking),
        )
    if known.member.temporary and set(compartments) - membership.lent_by_code(desk.vault, compartments):
        raise NotAllowed(N_("Health, psychological and legal keys are given once this person has chosen a passphrase."))
    return known


def _not_held(known: membership.Membership, compartments: Collection[Compartment]) -> list[Compartment]:
    lasting = {held.compartment for held in known.holdings if not held.over and held.until is None}
    return [one for one in Compartment if one in compartments and one not in lasting]


def _refuse_without_manager(desk: Desk, known: membership.Membership) -> None:
    """Refuse what would leave nobody who manages people, if *known* does."""
    manages = ROLES_THAT_MANAGE_PEOPLE.intersection(known.member.roles)
    if manages and not membership.can_manage(desk.vault, without=[known.member.id]):
        raise NotAllowed(_NOBODY_MANAGES)


def _refuse_loss(desk: Desk, compartments: Iterable[Compartment], member_id: UUID) -> None:
    """Refuse what would leave compartments that neither another holder nor the recovery code opens."""
    lost = [
        one
        for one in compartments
        if not membership.keepers(desk.vault, one, without=[member_id])
        and not membership.is_recoverable(desk.vault, one)
    ]
    if lost:
        raise NotAllowed(_LOST_FOR_EVER, compartments=compartment_words(lost))


def _refuse_without_reason(why: str) -> None:
    if not why.strip():
        raise Problem("why", N_("Write why. It stands in the log."))


def _known(roles: Collection[str]) -> tuple[str, ...]:
    chosen = tuple(role.value for role in Role if role.value in roles)
    if not chosen:
        raise Problem("roles", N_("Choose at least one role."))
    return chosen


def _this_day() -> date:
    # The vault counts days of grants and codes in UTC, whatever the shelter's time zone is.
    return datetime.now(UTC).date()


def _last_day(days: int) -> date:
    return _this_day() + timedelta(days=days)


def _facts(user_name: str, what: Iterable[str]) -> dict[str, object]:
    return {"log.user_name": user_name, "log.what": _codes(what)}


def _codes(what: Iterable[str]) -> str:
    return ", ".join(sorted(str(one) for one in what))
