"""The people who work here, as colleagues see them. Their keys and signed roles live in the vault's header."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk import vocab
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_
from shelterdesk.records import add, all_of, change
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import sealed
from shelterdesk.vault.compartments import Compartment


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


def colleagues(desk: Desk) -> list[Who]:
    """Return everybody who works here, me first, then by name."""
    with desk.read() as db:
        names = shown_names(desk, db)
    found = [
        Who(member.id, names.get(member.id, member.user_name), tuple(member.roles), member.id == desk.me.id)
        for member in desk.vault.members
    ]
    return sorted(found, key=lambda who: (not who.is_me, who.name.casefold()))


def shown_names(desk: Desk, db: Session) -> dict[UUID, str]:
    """Return the shown name of every member; the sign-in name where there is none or no key."""
    names = {member.id: member.user_name for member in desk.vault.members}
    if desk.holds(Compartment.HOUSE):
        for colleague in db.scalars(select(Colleague)):
            if colleague.shown_as:
                names[colleague.id] = colleague.shown_as
    return names


def set_shown_name(desk: Desk, name: str) -> None:
    """Change how the signed-in person is called. Raises Problems."""
    with desk.read() as db:
        rows = all_of(db, select(Colleague).where(Colleague.id == desk.me.id), Colleague)
    if rows:
        change(desk, Act.CHANGE_MEMBER, rows[0], {"shown_as": name})
    else:
        add(desk, Act.CHANGE_MEMBER, Colleague(id=desk.me.id), {"shown_as": name})
