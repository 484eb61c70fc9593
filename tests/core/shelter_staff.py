"""A shelter with several people for tests: each signs in with a passphrase of their own, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from shelterdesk import rotation, staff
from shelterdesk.desk import Desk
from shelterdesk.opening import accept_invitation, create_desk, lock_desk, open_desk
from shelterdesk.schema import log_reading
from shelterdesk.staff import StaffMember
from shelterdesk.vault import Compartment, KdfCost

FIRST = "leyla"
HOUSE, IDENTITY, CASE, MEDICAL, CLINICAL, LEGAL = Compartment


@dataclass
class Shelter:
    """One vault, and who is at the desk."""

    folder: Path
    clock: Callable[[], datetime]
    ids: dict[str, UUID] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    code: str = ""
    _desk: Desk | None = None

    def found(self, roles: Iterable[str] = ("director",)) -> Desk:
        """Make the vault; the first person is at the desk."""
        self.words[FIRST] = f"the words of {FIRST}"
        desk, self.code = create_desk(
            self.folder,
            user_name=FIRST,
            shown_as="Leyla A.",
            passphrase=self.words[FIRST],
            shelter="House",
            roles=tuple(roles),
            cost=KdfCost.for_tests(),
            clock=self.clock,
        )
        self.ids[FIRST] = desk.me.id
        return self.sit(desk)

    def sit(self, desk: Desk) -> Desk:
        """Let somebody else take the place at the desk."""
        self.leave()
        self._desk = desk
        return desk

    def leave(self) -> None:
        """Lock, if somebody is there."""
        if self._desk is not None:
            lock_desk(self._desk, "asked")
            self._desk = None

    def sign_in(self, name: str = FIRST) -> Desk:
        """Sign in with the passphrase of *name*."""
        self.leave()
        return self.sit(open_desk(self.folder, name, self.words[name], clock=self.clock))

    def accept(self, name: str, code: str) -> Desk:
        """Use a set-up code; *name* is at the desk afterwards."""
        self.leave()
        words = f"the words of {name} {len(code)}"
        desk = accept_invitation(
            self.folder,
            name,
            code,
            words,
            cost=KdfCost.for_tests(),
            clock=self.clock,
        )
        self.words[name] = words
        return self.sit(desk)

    def hire(self, name: str, *roles: str, keys: Iterable[Compartment] = ()) -> UUID:
        """Invite somebody, let them accept, and give *keys*; the first person is at the desk afterwards."""
        invitation = staff.invite(self.sign_in(), name, f"{name.title()} H.", roles)
        self.ids[name] = invitation.member_id
        self.accept(name, invitation.code)
        staff.give(self.sign_in(), invitation.member_id, list(keys))
        return invitation.member_id

    def replace_due_keys(self, name: str) -> tuple[str, ...]:
        """Sign in and replace what is due, as the window does."""
        desk = self.sign_in(name)
        due = rotation.due_here(desk)
        if due:
            rotation.rotate(desk, due, why="due")
        return due


def one(desk: Desk, member_id: UUID) -> StaffMember:
    """Return one of everybody."""
    return next(who for who in staff.everybody(desk) if who.id == member_id)


def log_of(desk: Desk, act: str) -> list[dict[str, str | None]]:
    """Return the facts of all events of one act, the oldest first; what is sealed reads ``sealed``."""
    with desk.read() as db:
        rows = log_reading.logged(db, limit=10_000)[::-1]
    return [
        {change.field_id: change.after if change.state == "readable" else change.state for change in row.changes}
        for row in rows
        if row.act == act and row.record != "colleague"
    ]
