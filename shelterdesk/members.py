"""The people who work here, as colleagues see them. Their keys and signed roles live in the vault's header."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk import vocab
from shelterdesk.desk import Desk
from shelterdesk.fields import check
from shelterdesk.i18n import N_, text
from shelterdesk.reach import EVERYBODY
from shelterdesk.records import fill
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import sealed
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import Standing


class Colleague(Record):
    """How a member is called on screen and paper. The id is the member's own."""

    __tablename__ = "colleague"

    shown_as = sealed(
        "colleague.shown_as",
        N_("Your name, as colleagues see it"),
        Compartment.HOUSE,
        required=True,
        example=N_("Leyla A."),
        width=20,
    )
    team = sealed(
        "colleague.team",
        N_("Team"),
        Compartment.HOUSE,
        help=N_("Colleagues with the same word here are one team."),
        example=N_("Early shift"),
        width=20,
    )


@dataclass(frozen=True)
class Who:
    """A member for lists and choices."""

    id: UUID
    name: str
    roles: tuple[str, ...]
    is_me: bool

    def with_role(self, language: str | None = None) -> str:
        """Return «Nigar H., psychologist»."""
        role = vocab.ROLES.label(self.roles[0], language) if self.roles else ""
        return f"{self.name}, {role[:1].lower()}{role[1:]}" if role else self.name


def colleagues(desk: Desk, *, former: bool = False) -> list[Who]:
    """Return everybody who works here, me first, then by name. Former colleagues are no choice any more."""
    with desk.read() as db:
        names = shown_names(desk, db)
    found = [
        Who(member.id, names.get(member.id, member.user_name), tuple(member.roles), member.id == desk.me.id)
        for member in desk.vault.members
        if former or member.standing is not Standing.REMOVED
    ]
    return sorted(found, key=lambda who: (not who.is_me, who.name.casefold()))


def myself(desk: Desk) -> Who:
    """Return who is signed in. Whoever came in with the recovery code has no name."""
    if desk.me.is_recovery:
        return Who(desk.me.id, text(N_("Recovery code")), (), is_me=True)
    return next(who for who in colleagues(desk) if who.is_me)


def shown_names(desk: Desk, db: Session) -> dict[UUID, str]:
    """Return the shown name of every member, former ones included; the sign-in name where there is none or no key."""
    names = {member.id: member.user_name for member in desk.vault.members}
    if desk.holds(Compartment.HOUSE):
        for colleague in db.scalars(select(Colleague).execution_options(**EVERYBODY)):
            if colleague.shown_as:
                names[colleague.id] = colleague.shown_as
    return names


def set_shown_name(desk: Desk, name: str) -> None:
    """Change how the signed-in person is called. Raises Problems."""
    check_shown_name(desk, name)
    with desk.write(Act.CHANGE_MEMBER) as db:
        call(desk, db, desk.me.id, name)


def check_shown_name(desk: Desk, name: str) -> None:
    """Raise Problems where nobody can be called *name*."""
    check(desk.fields(Colleague), {"shown_as": name}, desk.today())


def call(desk: Desk, db: Session, member_id: UUID, name: str) -> None:
    """Let colleagues see *name*, inside a running write."""
    known = db.get(Colleague, member_id, options=whole(Colleague))
    if known is None:
        known = Colleague(id=member_id)
        db.add(known)
    fill(desk, known, {"shown_as": name})
