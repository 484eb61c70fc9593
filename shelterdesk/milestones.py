"""Milestones: the steps of a plan, each with a day, a state and who helps."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Select, not_, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.fields import check
from shelterdesk.i18n import N_
from shelterdesk.people import Person
from shelterdesk.person_history import is_closed
from shelterdesk.person_reading import is_in_use
from shelterdesk.plans import PAPER_HELP, Goal, Plan, goal_in, goals_of, is_at_work, next_number, require_planning
from shelterdesk.reach import EVERYBODY, require_reach
from shelterdesk.records import all_of, begun, change, complete, fill, with_standing_values
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

OPEN_STATES = ("planned", "under_way")


class Milestone(Record):
    """One step of a plan."""

    __tablename__ = "milestone"
    __table_args__ = (
        Index("ix_milestone_counting", "status", "done_on", "person_id", "archived_at"),
        Index("ix_milestone_due", "status", "due_on", "person_id"),
    )

    plan_id: Mapped[UUID] = mapped_column(Id, points_to("plan"), index=True)
    goal_id: Mapped[UUID] = mapped_column(Id, points_to("goal"), index=True)
    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    domain: Mapped[str] = choice("milestone.domain", N_("Domain"), vocab.PLAN_DOMAINS, required=True)
    kind: Mapped[str | None] = choice("milestone.kind", N_("Kind of milestone"), vocab.MILESTONE_KINDS)
    words = sealed(
        "milestone.words",
        N_("Milestone"),
        Compartment.IDENTITY,
        required=True,
        standard="HTCDS spl_ActionPlan",
        width=40,
    )
    paper_words = sealed(
        "milestone.paper_words", N_("Words for her paper"), Compartment.IDENTITY, help=PAPER_HELP, width=40
    )
    due_on: Mapped[date | None] = day("milestone.due_on", N_("Due"))
    status: Mapped[str] = choice("milestone.status", N_("Status"), vocab.MILESTONE_STATUSES, required=True)
    done_on: Mapped[date | None] = day("milestone.done_on", N_("Done on"), in_future=False)
    member_id: Mapped[UUID | None] = link("milestone.member", N_("Who"), "member")
    with_words = sealed(
        "milestone.with_words", N_("With"), Compartment.IDENTITY, example=N_("Labour inspection"), width=20
    )


def milestones_of(desk: Desk, plan_id: UUID) -> list[Milestone]:
    """Return the milestones of a plan by domain, then by day, those without a day last."""
    require(desk, Right.SEE_RECORDS)
    order = {code.code: place for place, code in enumerate(vocab.PLAN_DOMAINS)}
    query = select(Milestone).where(Milestone.plan_id == plan_id, Milestone.archived_at.is_(None))
    with desk.read() as db:
        found = all_of(db, query.execution_options(**EVERYBODY), Milestone)
    require_reach(desk, *{one.person_id for one in found})
    return sorted(
        found,
        key=lambda one: (order.get(one.domain, len(order)), one.due_on or date.max, one.created_at, one.id),
    )


def of_plans_at_work(on: date) -> Select[Milestone]:
    """Return the query for milestones that count on *on*: of the newest plan of people whose support is not over."""
    return (
        select(Milestone)
        .join(Plan, Plan.id == Milestone.plan_id)
        .join(Person, Person.id == Milestone.person_id)
        .where(
            Milestone.archived_at.is_(None),
            is_at_work(),
            is_in_use(),
            not_(is_closed(Milestone.__table__.c["person_id"], on)),
        )
    )


def add_milestone(desk: Desk, plan: Plan, *, domain: str, record_id: UUID | None = None, **values: Any) -> Milestone:
    """Add a milestone to a plan; its goal is begun where the domain has none yet. Raises Problems."""
    require_planning(desk, domain)
    given: dict[str, Any] = {"status": "planned"} | values | {"domain": domain}
    check(desk.fields(Milestone), complete(desk, Milestone, given), desk.today())
    with desk.write(Act.ADD_MILESTONE) as db:
        goal = goal_in(db, plan, domain)
        fixed: dict[str, Any] = {"plan_id": plan.id, "goal_id": goal.id, "person_id": plan.person_id}
        milestone = begun(Milestone, record_id, **fixed)
        db.add(milestone)
        fill(desk, milestone, _with_day_done(desk, milestone, given))
    return milestone


def begin_plan_from(desk: Desk, before: Plan, **values: Any) -> Plan:
    """Begin the next plan of a person with the goals of *before* and its milestones that are not done or stopped.

    The plan before stays as it was. Raises Problems.
    """
    require(desk, Right.CASE_WORK)
    goals, steps = goals_of(desk, before.id), milestones_of(desk, before.id)
    number = next_number(desk, before.person_id)
    check(desk.fields(Plan), values, desk.today())
    person: dict[str, Any] = {"person_id": before.person_id}
    with desk.write(Act.ADD_PLAN) as db:
        plan = Plan(number=number, **person)
        db.add(plan)
        fill(desk, plan, values)
        for goal in goals:
            copy = Goal(plan_id=plan.id, **person)
            db.add(copy)
            fill(desk, copy, with_standing_values(desk, goal, {}))
            for step in steps:
                if step.goal_id == goal.id and step.status not in ("done", "stopped"):
                    further = Milestone(plan_id=plan.id, goal_id=copy.id, **person)
                    db.add(further)
                    fill(desk, further, with_standing_values(desk, step, {}))
    return plan


def change_milestone(desk: Desk, milestone: Milestone, **values: Any) -> Milestone:
    """Change a milestone as it was read before. Raises Problems or StaleRecord."""
    require_planning(desk, milestone.domain, values.get("domain", milestone.domain))
    return change(desk, Act.CHANGE_MILESTONE, milestone, _with_day_done(desk, milestone, values))


def mark_done(desk: Desk, milestone: Milestone, *, done: bool = True) -> Milestone:
    """Mark a milestone done today, or open again."""
    return change_milestone(desk, milestone, status="done" if done else "under_way")


def archive_milestone(desk: Desk, milestone_id: UUID, *, archived: bool = True) -> None:
    """Take a milestone out of its plan, or put it back."""
    with desk.write(Act.CHANGE_MILESTONE) as db:
        milestone = db.get_one(Milestone, milestone_id)
        require_planning(desk, milestone.domain)
        milestone.archived_at = desk.now() if archived else None


def _with_day_done(desk: Desk, milestone: Milestone, values: dict[str, Any]) -> dict[str, Any]:
    """Let the day follow the status: what is done has one, nothing else has. A day once noted stays."""
    status = values.get("status", milestone.status)
    done_on = (values.get("done_on") or milestone.done_on or desk.today()) if status == "done" else None
    return values | {"done_on": done_on}


def paper_proposal(kind: str | None, domain: str, language: str | None = None) -> str:
    """Propose neutral words for her paper from the kind, else the phrase of the domain."""
    return vocab.MILESTONE_KINDS.paper(kind, language) or vocab.PLAN_DOMAINS.paper(domain, language)
