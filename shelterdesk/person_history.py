"""What about a person changes over time: identification status, phase of the support, worker, risk.

Each is a dated row that holds until the next; a change adds a row, a correction edits one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Index, ScalarSelect, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.fields import Kind
from shelterdesk.i18n import N_
from shelterdesk.reach import require_reach
from shelterdesk.records import add, archive, change
from shelterdesk.same_person import counted_as, same_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment


def _not_before_since(value: date, values: Mapping[str, Any]) -> str | None:
    since = values.get("since")
    return N_("«{label}» cannot be before the first day") if since and value < since else None


class StatusSince(Record):
    """Identification status from a day on: potential, presumed, identified; who decided."""

    __tablename__ = "status_since"
    __table_args__ = (
        Index("ix_status_since_person_since", "person_id", "since", "created_at", "id", "status", "archived_at"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    since: Mapped[date] = day("status_since.since", N_("Since"), required=True, in_future=False)
    status: Mapped[str] = choice(
        "status_since.status",
        N_("Identification status"),
        vocab.STATUSES,
        required=True,
        standard="HTCDS vic_TraffickingStatus",
    )
    decided_by: Mapped[str | None] = choice(
        "status_since.decided_by",
        N_("Decided by"),
        vocab.DECIDING_BODIES,
        standard="HTCDS vic_TraffickingStatusDecisionMakingOrg",
    )
    organisation = sealed("status_since.organisation", N_("Organisation"), Compartment.CASE, width=28)


class PhaseSince(Record):
    """Phase of the support from a day on (crisis, transition, reintegration, follow-up, closed)."""

    __tablename__ = "phase_since"
    __table_args__ = (
        Index("ix_phase_since_person_since", "person_id", "since", "created_at", "id", "phase", "archived_at"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    since: Mapped[date] = day("phase_since.since", N_("Since"), required=True, in_future=False)
    phase: Mapped[str] = choice("phase_since.phase", N_("Phase"), vocab.PHASES, required=True)


class WorkerSince(Record):
    """Who is the person's worker from a day on; NULL from the day she has none."""

    __tablename__ = "worker_since"
    __table_args__ = (
        Index("ix_worker_since_person_since", "person_id", "since", "created_at", "id", "member_id", "archived_at"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    since: Mapped[date] = day("worker_since.since", N_("Since"), required=True)
    member_id: Mapped[UUID | None] = link("worker_since.member", N_("Worker"), "member", standard="HTCDS cas_CaseOwner")


class RiskSince(Record):
    """How much danger a person is in from a day on, what that rests on, and when it is looked at again."""

    __tablename__ = "risk_since"
    __table_args__ = (
        Index("ix_risk_since_person_since", "person_id", "since", "created_at", "id", "level", "archived_at"),
        Index("ix_risk_since_review", "archived_at", "review_on", "person_id"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    since: Mapped[date] = day("risk_since.since", N_("Since"), required=True, in_future=False)
    level: Mapped[str] = choice("risk_since.level", N_("Risk level"), vocab.RISK_LEVELS, required=True)
    why = sealed(
        "risk_since.why",
        N_("What it rests on"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        help=N_("What is known and from whom, and what would change it."),
        lines=(N_("Does anybody look for her? Who knows where she is?"), N_("What does she herself fear most?")),
    )
    review_on: Mapped[date | None] = day(
        "risk_since.review_on",
        N_("Look again on"),
        help=N_("Empty: as the shelter chose in the settings."),
        rule=_not_before_since,
    )


Dated = TypeVar("Dated", StatusSince, PhaseSince, WorkerSince, RiskSince)


def record_status(desk: Desk, person_id: UUID, **values: Any) -> StatusSince:
    """Add a dated identification status. Raises Problems."""
    require(desk, Right.CASE_WORK)
    return add(desk, Act.RECORD_STATUS, StatusSince(person_id=person_id), values)


def change_status(desk: Desk, row: StatusSince, **values: Any) -> StatusSince:
    """Correct a row of the history as it was read before; the log keeps both. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    return change(desk, Act.RECORD_STATUS, row, values)


def record_phase(desk: Desk, person_id: UUID, **values: Any) -> PhaseSince:
    """Add a dated phase. Raises Problems."""
    require(desk, Right.CASE_WORK)
    return add(desk, Act.RECORD_PHASE, PhaseSince(person_id=person_id), values)


def assign_worker(desk: Desk, person_id: UUID, member_id: UUID | None, since: date | None = None) -> WorkerSince:
    """Make *member_id* the person's worker from *since* on (default today)."""
    require(desk, Right.CASE_WORK)
    row = WorkerSince(person_id=person_id)
    return add(desk, Act.ASSIGN_WORKER, row, {"since": since or desk.today(), "member_id": member_id})


def correct_phase(desk: Desk, row: PhaseSince, **values: Any) -> PhaseSince:
    """Correct a phase that was written down wrong, as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    return change(desk, Act.CORRECT_PHASE, row, values)


def correct_worker(desk: Desk, row: WorkerSince, **values: Any) -> WorkerSince:
    """Correct who was the worker from a day on, as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    return change(desk, Act.CORRECT_WORKER, row, values)


def take_off(desk: Desk, row: StatusSince | PhaseSince | WorkerSince | RiskSince, *, archived: bool = True) -> None:
    """Take a dated row that should never have been written off the record, or put it back. Nothing is deleted."""
    require(desk, Right.CASE_WORK)
    archive(desk, _TAKES_OFF[row.__tablename__], type(row), row.id, archived=archived)


_TAKES_OFF: Final[Mapping[str, Act]] = {
    "status_since": Act.RECORD_STATUS,
    "phase_since": Act.CORRECT_PHASE,
    "worker_since": Act.CORRECT_WORKER,
    "risk_since": Act.CORRECT_RISK,
}


def history_of(desk: Desk, kind: type[Dated], person_id: UUID) -> list[Dated]:
    """Return the dated rows of *kind* of a person, newest first. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    with desk.read(everybody=True) as db:
        rows = (
            select(kind)
            .where(kind.person_id.in_(same_person(desk, person_id)), kind.archived_at.is_(None))
            .order_by(kind.since.desc(), kind.created_at.desc(), kind.id.desc())
        )
        return list(db.scalars(rows.options(*whole(kind))))


def current_on(
    db: Session, kind: type[Dated], value: str, on: date, people: Iterable[UUID] | None = None
) -> dict[UUID, Any]:
    """Return for each person the *value* column of *kind* as it stood on *on*, those without a row left out."""
    whose = counted_as(db, kind.__table__.c["person_id"])
    newest = (
        select(
            whose.label("person_id"),
            getattr(kind, value).label("value"),
            func.row_number()
            .over(partition_by=whose, order_by=(kind.since.desc(), kind.created_at.desc(), kind.id.desc()))
            .label("place"),
        )
        .where(kind.since <= on, kind.archived_at.is_(None))
        .subquery()
    )
    query = select(newest.c.person_id, newest.c.value).where(newest.c.place == 1)
    if people is not None:
        query = query.where(newest.c.person_id.in_(list(people)))
    return {row.person_id: row.value for row in db.execute(query)}


def now_of(person_id: ColumnElement[Any], kind: type[Dated], value: str, on: date) -> ScalarSelect[Any]:
    """Return the *value* of *kind* on *on* as part of a query about people; *person_id* is their column there."""
    return (
        select(getattr(kind, value))
        .where(kind.person_id == person_id, kind.since <= on, kind.archived_at.is_(None))
        .order_by(kind.since.desc(), kind.created_at.desc(), kind.id.desc())
        .limit(1)
        .correlate_except(kind)
        .scalar_subquery()
    )


def is_closed(person_id: ColumnElement[Any], on: date) -> ColumnElement[bool]:
    """Return the condition that the support of a person is over on *on*."""
    return func.coalesce(now_of(person_id, PhaseSince, "phase", on), "") == "closed"
