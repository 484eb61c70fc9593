"""Whose records the signed-in person reaches, and how a record that is closed to them stays closed everywhere.

Every query of a desk's session leaves out whom its reader does not reach, and no write touches them; no feature has
to think of it. What decides about it is in ``restrictions``: families somebody knows, records that ask why they are
opened, and the caseload of a role.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.interfaces import ORMOption

from shelterdesk.errors import NotAllowed, ShelterDeskError
from shelterdesk.i18n import N_

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

EVERYBODY: Final[Mapping[str, Any]] = {"everybody": True}
"""Execution options of a query that has to see the whole house: taken beds, the chain of the log, what is counted."""
REMINDING: Final[Mapping[str, Any]] = {"reminding": True}
"""Execution options of a query for lists that lie open and say nothing but a name, a day and a neutral kind."""
LISTED: Final = frozenset(
    {
        "person",
        "codes",
        "stay",
        "bed_since",
        "appointment",
        "task",
        "alert",
        "worker_since",
        "phase_since",
        "next_step",
        "approval",
        "authority_request",
        "draft_field",
        "log",
        "shift_line",
        "roll_mark",
        "medicine",
        "dose",
        "house_incident",
        "incident_step",
        "absence",
        "visit",
        "belonging",
    }
)
"""Tables whose rows lists read of a record that asks why, before anybody opened it."""
HOUSE_BOOK: Final = frozenset({"shift_line", "roll_mark", "medicine", "dose", "house_incident", "incident_step"})
"""Tables of the house book about one person. Every shift has to know what stands there, whoever it is about."""
EVERY_SHIFT: Final = HOUSE_BOOK | frozenset(
    {"stay", "bed_since", "appointment", "task", "alert", "absence", "visit", "belonging"}
)
"""Kinds of record the house works with without opening anybody's record."""
_CLOSED: Final = N_("This record is closed to you. Ask the person who manages people in the shelter.")
_ASKS_WHY: Final = N_("This record asks why it is opened. Nothing was changed. Open it first and give a reason.")


class Reach(StrEnum):
    """How far somebody gets with one record."""

    OPEN = "open"
    ASKS_WHY = "asks_why"
    CLOSED = "closed"


class RecordClosed(NotAllowed):
    """The record is closed to the signed-in person, who learns nothing else about it."""

    def __init__(self) -> None:
        super().__init__(_CLOSED)


class NeedsReason(ShelterDeskError):
    """The record opens only with a reason, which the log keeps."""

    def __init__(self) -> None:
        super().__init__(_ASKS_WHY)


@dataclass(frozen=True)
class Sight:
    """Whom a reader sees. Without criteria it is everybody, and nothing is asked."""

    closing: tuple[ORMOption, ...] = ()
    """Leave out whose records are closed to the reader."""
    asking: tuple[ORMOption, ...] = ()
    """Leave out what stands in records that ask why and were not opened yet."""
    asks_why: frozenset[UUID] = field(default=frozenset[UUID]())
    sees: Callable[[Session, Collection[UUID]], frozenset[UUID]] | None = None
    """Returns those of some people the reader sees; None where that is everybody."""

    def unseen(self, db: Session, people: Collection[UUID]) -> frozenset[UUID]:
        """Return those of *people* whose records are closed to the reader of *db*, to show them as «somebody»."""
        return frozenset(people) - self.sees(db, people) if self.sees is not None and people else frozenset[UUID]()


def reach_of(desk: Desk, person_id: UUID) -> Reach:
    """Return how far the signed-in person gets with a record now."""
    if desk.sight.sees is not None and not _is_reached(desk, person_id):
        return Reach.CLOSED
    return Reach.ASKS_WHY if person_id in desk.sight.asks_why else Reach.OPEN


def _is_reached(desk: Desk, person_id: UUID) -> bool:
    """Look up whether somebody is seen; a record asks it a dozen times, and only a save or a new day changes it."""
    as_of = (desk.today(), desk.saves)
    if desk.reached_as_of != as_of:
        desk.reached_as_of, desk.reached = as_of, {}
    if person_id not in desk.reached:
        with desk.read() as db:
            desk.reached[person_id] = not desk.sight.unseen(db, [person_id])
    return desk.reached[person_id]


def require_reach(desk: Desk, *people: UUID, asks: bool = True) -> None:
    """Raise RecordClosed, or NeedsReason where it *asks*, unless the records lie open before the signed-in person."""
    for person_id in people:
        reach = reach_of(desk, person_id)
        if reach is Reach.CLOSED:
            raise RecordClosed
        if asks and reach is Reach.ASKS_WHY:
            raise NeedsReason


@event.listens_for(Session, "do_orm_execute")
def _leave_out(state: ORMExecuteState) -> None:
    sight: Sight | None = state.session.info.get("sight")
    if sight is None or not (sight.closing or sight.asking) or not state.is_select:
        return
    if state.is_column_load or state.is_relationship_load:
        return
    said = state.execution_options
    if said.get("everybody"):
        return
    criteria = sight.closing
    if not (said.get("reminding") or state.session.info.get("writes")):
        criteria += sight.asking
    if criteria:
        state.statement = state.statement.options(*criteria)


@event.listens_for(Session, "before_flush")
def _keep_out(session: Session, _context: object, _instances: object) -> None:
    """Refuse a write to somebody who is out of the writer's reach. Raises RecordClosed, NeedsReason."""
    sight: Sight | None = session.info.get("sight")
    if sight is None or not (sight.sees is not None or sight.asks_why):
        return
    new: set[UUID] = session.info.setdefault("put_on_file", set[UUID]())
    new |= {one.id for one in session.new if _table(one) == "person"}
    people = {whose for one in (*session.new, *session.dirty) if (whose := _whose(one)) is not None} - new
    with session.no_autoflush:
        if sight.unseen(session, people):
            raise RecordClosed
    for one in session.dirty:
        if _whose(one) in sight.asks_why and _table(one) not in EVERY_SHIFT and session.is_modified(one):
            raise NeedsReason


def _table(record: object) -> str:
    return getattr(record, "__tablename__", "")


def _whose(record: object) -> UUID | None:
    return getattr(record, "id" if _table(record) == "person" else "person_id", None)
