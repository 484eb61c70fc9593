"""Keys of compartments: given, handed over, given to a deputy, taken back. Passing one on takes holding it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from uuid import UUID

from shelterdesk import formats
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem
from shelterdesk.i18n import N_
from shelterdesk.rotation import rotate
from shelterdesk.schema.acts import Act
from shelterdesk.staff.listing import compartment_words, this_day
from shelterdesk.staff.refusals import another, facts_of, not_held, recipient, refuse_last_holder, refuse_without_reason
from shelterdesk.staff.telling import telling
from shelterdesk.vault import membership
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import Standing

Progress = Callable[[int, int], None]


def give(desk: Desk, member_id: UUID, compartments: Collection[Compartment]) -> None:
    """Give a colleague keys the signed-in person holds. Raises NotAllowed."""
    known = recipient(desk, member_id, compartments)
    new = not_held(known, compartments)
    if not new:
        return
    membership.give(desk.vault, member_id, new)
    with telling(desk, Act.GRANT, facts_of(known.member.user_name, new)):
        pass


def hand_over(desk: Desk, member_id: UUID, compartments: Collection[Compartment]) -> None:
    """Give a colleague keys and hold them no more; they are replaced when the colleague next signs in.

    Raises NotAllowed.
    """
    known = recipient(desk, member_id, compartments)
    if known.member.temporary:
        raise NotAllowed(N_("Hand keys over once this person has chosen a passphrase."))
    if not all(membership.holds_for_good(desk.vault, one) for one in compartments):
        raise NotAllowed(N_("You hold this key as a deputy. It ends by itself on its day."))
    membership.hand_over(desk.vault, member_id, compartments)
    with telling(desk, Act.HAND_OVER, facts_of(known.member.user_name, compartments)):
        pass


def deputise(desk: Desk, member_id: UUID, compartments: Collection[Compartment], until: date, why: str) -> None:
    """Give a colleague keys up to and including the day *until*. Raises NotAllowed, Problem."""
    known = recipient(desk, member_id, compartments)
    if not why.strip():
        raise Problem("why", N_("Write why somebody stands in."))
    if until < this_day():
        raise Problem("until", N_("Choose today or a later day."))
    mine = [key.until for key in _my_keys(desk) if key.compartment in compartments and key.until]
    if mine and min(mine) < until:
        raise Problem("until", N_("You are a deputy yourself, until {day}."), day=formats.day(min(mine)))
    for held in known.holdings:
        if held.compartment in compartments and held.until and not held.over and held.until > until:
            raise Problem("until", N_("This person holds the key for longer already. Take it back first."))
    new = not_held(known, compartments)
    if not new:
        return
    membership.give(desk.vault, member_id, new, until)
    facts = facts_of(known.member.user_name, new) | {"log.until": until.isoformat(), "log.why": why.strip()}
    with telling(desk, Act.DEPUTISE, facts):
        pass


def _my_keys(desk: Desk) -> tuple[membership.Holding, ...]:
    return next((m.holdings for m in membership.memberships(desk.vault) if m.member.id == desk.me.id), ())


def take_back(
    desk: Desk,
    member_id: UUID,
    compartments: Collection[Compartment],
    why: str,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Replace keys by new ones that a colleague does not get. Takes as long as any replacing of keys.

    Raises NotAllowed, Problem, and the errors of :func:`rotate`; then nothing has changed.
    """
    require(desk, Right.MANAGE_PEOPLE)
    known = another(desk, member_id, Standing.ACTIVE, Standing.SUSPENDED)
    refuse_without_reason(why)
    taken = [held.compartment for held in known.holdings if held.compartment in compartments]
    lacking = [one for one in taken if not desk.holds(one)]
    if lacking:
        raise NotAllowed(
            N_("Only who holds a key can take it back. You do not hold: {compartments}."),
            compartments=compartment_words(lacking),
        )
    refuse_last_holder(desk, taken, member_id)
    if not taken:
        return
    facts = facts_of(known.member.user_name, taken) | {"log.why": why.strip()}
    rotate(
        desk,
        [one.value for one in taken],
        without={member_id},
        told=[(Act.TAKE_BACK, facts)],
        why=why.strip(),
        progress=progress,
        cancelled=cancelled,
    )
