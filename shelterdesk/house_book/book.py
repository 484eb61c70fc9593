"""The house book of one shift, read in one go for its page and its paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.house_book.handovers import Handover, ShiftLine, handover_to, lines_for, written_since
from shelterdesk.house_book.incidents import Incident, incidents_in
from shelterdesk.house_book.medicine import Due, due_in
from shelterdesk.house_book.roll_calls import Roll, read_roll
from shelterdesk.house_book.shifts import Shift, before
from shelterdesk.visits import Visit, visits_on


@dataclass(frozen=True)
class Book:
    """Everything of one shift. ``given`` is the shift that handed over to it."""

    shift: Shift
    given: Shift
    handover: Handover | None
    lines: tuple[ShiftLine, ...]
    since_signed: int
    """How many lines were written after somebody signed."""
    roll: Roll
    medicine: tuple[Due, ...]
    incidents: tuple[Incident, ...]
    visits: tuple[Visit, ...] = ()
    """Visitors that stand in the records of who lives here."""

    def of_kind(self, *kinds: str) -> list[ShiftLine]:
        """Return the lines of *kinds* in the order they were written."""
        return [one for one in self.lines if one.kind in kinds]

    def in_time(self, kind: str) -> list[ShiftLine]:
        """Return the lines of *kind* in the order of their hours, those without one after them, what is done last."""
        return sorted(self.of_kind(kind), key=lambda one: (one.is_done, one.at is None, one.at or time()))


def read_book(desk: Desk, shift: Shift) -> Book:
    """Return the book of *shift*, as far as the reader sees whom it is about."""
    require(desk, Right.SEE_HOUSE)
    lines, handover = lines_for(desk, shift), handover_to(desk, shift)
    return Book(
        shift,
        before(desk, shift),
        handover,
        tuple(lines),
        written_since(desk, handover, lines) if handover is not None else 0,
        read_roll(desk, shift),
        tuple(due_in(desk, shift)),
        tuple(incidents_in(desk, shift)),
        tuple(visits_on(desk, shift.day)),
    )
