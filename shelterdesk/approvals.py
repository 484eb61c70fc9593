"""Approval: somebody asks, whoever may approve says yes or gives it back with words.

One mechanism for everything that needs a second pair of eyes. Nothing waits for it: what is asked about can be worked
with and printed meanwhile, and says how it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem, Problems, StaleRecord
from shelterdesk.fields import Kind, check
from shelterdesk.i18n import N_
from shelterdesk.milestones import Milestone
from shelterdesk.people import Person
from shelterdesk.person_reading import is_in_use, listed
from shelterdesk.plans import Goal, Plan
from shelterdesk.reach import require_reach
from shelterdesk.records import add, all_of, apply
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, day, flag, link, points_to, sealed
from shelterdesk.schema.history import LogRow
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

PLAN: Final = "plan"
ASKED, APPROVED, RETURNED, WITHDRAWN = "asked", "approved", "returned", "withdrawn"
ENOUGH_PEOPLE: Final = 3
"""From so many people on, nobody approves what they asked for themselves."""
_RIGHTS: Final[Mapping[str, Right]] = {
    PLAN: Right.CASE_WORK,
    "leaving": Right.KEEP_STAYS,
    "month": Right.SEE_SUMMARIES,
    "removal": Right.REMOVE_RECORDS,
}
"""What it takes to ask, by subject."""
_EVERYDAY: Final = frozenset(
    {"milestone.status", "milestone.done_on", "milestone.due_on", "plan.sheet_offered", "plan.sheet_taken"}
)
"""Fields whose change leaves an approval standing: working along the plan is what it is for."""


class Approval(Record):
    """One request and what became of it. The newest about a record holds."""

    __tablename__ = "approval"
    __table_args__ = (
        Index("ix_approval_about", "about_id", "created_at"),
        Index("ix_approval_state", "state", "archived_at"),
    )

    person_id: Mapped[UUID | None] = mapped_column(Id, points_to("person"), index=True)
    about_id: Mapped[UUID | None] = mapped_column(Id)
    """The record that is to be approved; None for a month."""
    subject: Mapped[str] = choice("approval.subject", N_("What"), vocab.APPROVAL_SUBJECTS, required=True)
    month: Mapped[date | None] = day("approval.month", N_("Month"))
    state: Mapped[str] = choice("approval.state", N_("Approval"), vocab.APPROVAL_STATES, required=True)
    asked_by: Mapped[UUID] = link("approval.asked_by", N_("Asked by"), "member", required=True)
    asked_on: Mapped[date] = day("approval.asked_on", N_("Asked on"), required=True, in_future=False)
    request = sealed(
        "approval.request",
        N_("What to look at"),
        Compartment.IDENTITY,
        kind=Kind.LONG_TEXT,
        help=N_("For whoever approves. May be left empty."),
    )
    decided_by: Mapped[UUID | None] = link("approval.decided_by", N_("Decided by"), "member")
    decided_on: Mapped[date | None] = day("approval.decided_on", N_("Decided on"), in_future=False)
    answer = sealed(
        "approval.answer",
        N_("What to change"),
        Compartment.IDENTITY,
        kind=Kind.LONG_TEXT,
        help=N_("Goes back to whoever asked."),
    )
    own: Mapped[bool | None] = flag("approval.own", N_("Approved by whoever asked"))


@dataclass(frozen=True)
class Standing:
    """How a record stands. ``changed`` tells that it was changed after it had been approved."""

    approval: Approval | None = None
    changed: bool = False

    @property
    def state(self) -> str:
        """Return the state of the newest request, «» where nobody asked yet."""
        return self.approval.state if self.approval is not None else ""

    @property
    def holds(self) -> bool:
        """Tell whether the record is approved as it is now."""
        return self.state == APPROVED and not self.changed


@dataclass(frozen=True)
class Request:
    """A request for a list: about whom, by whom, since when."""

    approval: Approval
    person: str
    by_me: bool


def standing_of_plan(desk: Desk, plan: Plan) -> Standing:
    """Return how a plan stands."""
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        newest = _newest(db, plan.id)
        if newest is None:
            return Standing()
        return Standing(newest, newest.state == APPROVED and _changed_since(db, newest, plan.id))


def newest_about(desk: Desk, about_id: UUID) -> Approval | None:
    """Return the request about a record that holds, None where nobody asked."""
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        return _newest(db, about_id)


def ask(desk: Desk, subject: str, person_id: UUID | None, about_id: UUID | None, **values: Any) -> Approval:
    """Ask for approval, with ``request`` as words and ``month`` for a month. Raises Problems, NotAllowed."""
    require(desk, _RIGHTS[subject])
    if person_id is not None:
        require_reach(desk, person_id)
    with desk.read() as db:
        standing = _newest(db, about_id, values.get("month"))
    if standing is not None and standing.state == ASKED:
        raise NotAllowed(N_("Approval was asked for already. Nothing was changed."))
    asked = {"subject": subject, "state": ASKED, "asked_by": desk.me.id, "asked_on": desk.today()}
    return add(desk, Act.ASK_APPROVAL, Approval(person_id=person_id, about_id=about_id), values | asked)


def approve(desk: Desk, approval: Approval) -> Approval:
    """Approve as it is. Raises NotAllowed, StaleRecord."""
    own = _may_decide(desk, approval, ASKED)
    return _decide(desk, Act.APPROVE, approval, {"state": APPROVED, "own": own or None})


def give_back(desk: Desk, approval: Approval, answer: str) -> Approval:
    """Give it back with words for whoever asked, also after a yes. Raises Problems, NotAllowed, StaleRecord."""
    _may_decide(desk, approval, ASKED, APPROVED)
    if not answer.strip():
        raise Problems([Problem("approval.answer", N_("Write what is to be changed"))])
    return _decide(desk, Act.GIVE_BACK, approval, {"state": RETURNED, "answer": answer})


def withdraw(desk: Desk, approval: Approval) -> Approval:
    """Take a request of one's own back. Raises NotAllowed, StaleRecord."""
    if approval.asked_by != desk.me.id:
        raise NotAllowed(N_("Only who asked can take it back."))
    _not_decided(approval, ASKED)
    with desk.write(Act.WITHDRAW_APPROVAL) as db:
        return apply(desk, db, approval, {"state": WITHDRAWN})


def may_decide(desk: Desk, approval: Approval) -> bool:
    """Tell whether to offer the decision to the signed-in person."""
    return desk.may(Right.APPROVE) and (approval.asked_by != desk.me.id or _works_in_a_small_house(desk))


def waiting(desk: Desk) -> list[Request]:
    """Return the requests the signed-in person may decide, the oldest first."""
    if not desk.may(Right.APPROVE):
        return []
    return [one for one in _requests(desk, ASKED) if may_decide(desk, one.approval)]


def given_back(desk: Desk) -> list[Request]:
    """Return what the signed-in person asked for and got back, and has not asked for again."""
    if not desk.may(Right.SEE_RECORDS):
        return []
    return [one for one in _requests(desk, RETURNED) if one.by_me]


def _requests(desk: Desk, state: str) -> list[Request]:
    query = select(Approval).outerjoin(Person, Person.id == Approval.person_id)
    query = query.where(Approval.state == state, Approval.archived_at.is_(None))
    # What is to be removed is often archived already.
    query = query.where(Approval.person_id.is_(None) | (Approval.subject == "removal") | is_in_use())
    with desk.read() as db:
        found = all_of(db, query.order_by(Approval.created_at, Approval.id), Approval)
        newest = {one.id for one in (_newest(db, row.about_id, row.month) for row in found) if one is not None}
        names = {one.id: one.shown for one in listed(db, Person.id.in_({row.person_id for row in found}))}
    return [
        Request(one, names.get(one.person_id, "") if one.person_id else "", one.asked_by == desk.me.id)
        for one in found
        if one.id in newest
    ]


def _newest(db: Session, about_id: UUID | None, month: date | None = None) -> Approval | None:
    query = select(Approval).where(Approval.archived_at.is_(None), Approval.state != WITHDRAWN)
    query = query.where(Approval.about_id == about_id if about_id is not None else Approval.month == month)
    return next(
        iter(all_of(db, query.order_by(Approval.created_at.desc(), Approval.id.desc()).limit(1), Approval)), None
    )


def _changed_since(db: Session, approval: Approval, plan_id: UUID) -> bool:
    """Tell whether the log knows of a change of a plan, its goals or milestones after it was approved."""
    decided = db.execute(select(func.max(LogRow.number)).where(LogRow.record_id == approval.id)).scalar_one()
    parts = [plan_id]
    for kind in (Goal, Milestone):
        parts += db.scalars(select(kind.id).where(kind.plan_id == plan_id))
    later = select(LogRow.field_ids).where(LogRow.record_id.in_(parts), LogRow.number > decided)
    return any(set(field_ids.split()) - _EVERYDAY for field_ids in db.scalars(later))


def _may_decide(desk: Desk, approval: Approval, *states: str) -> bool:
    """Raise NotAllowed for who may not decide; return whether it is the request of the signed-in person."""
    require(desk, Right.APPROVE)
    own = approval.asked_by == desk.me.id
    if own and not _works_in_a_small_house(desk):
        raise NotAllowed(N_("Somebody else has to approve what you asked for. Nothing was changed."))
    _not_decided(approval, *states)
    return own


def _not_decided(approval: Approval, *states: str) -> None:
    if approval.state not in states:
        raise StaleRecord(N_("This was decided meanwhile. Nothing was changed."))


def _decide(desk: Desk, act: Act, approval: Approval, values: Mapping[str, Any]) -> Approval:
    decided = {"decided_by": desk.me.id, "decided_on": desk.today()} | dict(values)
    check(desk.fields(Approval), decided, desk.today())
    with desk.write(act) as db:
        return apply(desk, db, approval, decided)


def _works_in_a_small_house(desk: Desk) -> bool:
    return sum(member.active for member in desk.vault.members) < ENOUGH_PEOPLE
