"""Plans: goals in six domains and the next step, in working words and in words for her own paper."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Index, Integer, Select, exists, func, not_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.fields import check
from shelterdesk.i18n import N_
from shelterdesk.people import Person
from shelterdesk.person_history import is_closed
from shelterdesk.person_reading import is_in_use
from shelterdesk.reach import EVERYBODY, require_reach
from shelterdesk.records import add, all_of, archive, change, complete, fill, of_person
from shelterdesk.same_person import same_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, clock, day, flag, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.stays import has_left
from shelterdesk.vault.compartments import Compartment

WORK = "work"
"""The domain of life that placements belong to."""
PAPER_HELP = N_("As it may be read by anybody who finds the sheet. Leave out names, places, court, work and staff.")


def _not_before_agreed(value: date, values: Mapping[str, Any]) -> str | None:
    agreed = values.get("agreed_on")
    return N_("«{label}» must not be before the day it was agreed") if agreed is not None and value < agreed else None


class Plan(Record):
    """One plan of a person; the newest is the one at work. Plans are numbered for each person from 1."""

    __tablename__ = "plan"
    __table_args__ = (Index("ix_plan_person", "person_id", "number", "archived_at"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    number: Mapped[int] = mapped_column(Integer)
    agreed_on: Mapped[date | None] = day("plan.agreed_on", N_("Agreed"), in_future=False)
    review_on: Mapped[date | None] = day("plan.review_on", N_("Review"), rule=_not_before_agreed)
    sheet_offered: Mapped[bool | None] = flag("plan.sheet_offered", N_("Her sheet was offered"))
    sheet_taken: Mapped[bool | None] = flag("plan.sheet_taken", N_("She took her sheet"))


class Goal(Record):
    """What she wants in one domain of life."""

    __tablename__ = "goal"

    plan_id: Mapped[UUID] = mapped_column(Id, points_to("plan"), index=True)
    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    domain: Mapped[str] = choice("goal.domain", N_("Domain"), vocab.PLAN_DOMAINS, required=True)
    kind: Mapped[str | None] = choice("goal.kind", N_("Kind of goal"), vocab.GOAL_KINDS)
    words = sealed(
        "goal.words",
        N_("Goal"),
        Compartment.IDENTITY,
        standard="HTCDS spl_Objectives",
        example=N_("I sleep well and feel stronger"),
        width=40,
    )
    paper_words = sealed("goal.paper_words", N_("Words for her paper"), Compartment.IDENTITY, help=PAPER_HELP, width=40)


class NextStep(Record):
    """The one thing that comes next. The newest that is not done holds."""

    __tablename__ = "next_step"
    __table_args__ = (Index("ix_next_step_open", "done_on", "archived_at", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    kind: Mapped[str | None] = choice(
        "next_step.kind",
        N_("Kind"),
        vocab.APPOINTMENT_KINDS,
        help=N_("Lists show only the neutral kind, e.g. «Appointment»."),
    )
    words = sealed("next_step.words", N_("Next step"), Compartment.IDENTITY, required=True, width=40)
    on: Mapped[date | None] = day("next_step.on", N_("Day"))
    at: Mapped[time | None] = clock("next_step.at", N_("Time"))
    with_words = sealed(
        "next_step.with_words",
        N_("With whom, and how"),
        Compartment.IDENTITY,
        example=N_("With Leyla A. Leave at 09:15."),
        width=40,
    )
    member_id: Mapped[UUID | None] = link("next_step.member", N_("Who goes along"), "member")
    paper_words = sealed(
        "next_step.paper_words", N_("Words for her paper"), Compartment.IDENTITY, help=PAPER_HELP, width=40
    )
    done_on: Mapped[date | None] = day("next_step.done_on", N_("Done on"), in_future=False)


def plans_of(desk: Desk, person_id: UUID) -> list[Plan]:
    """Return the plans of a person, the newest first."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, Plan, person_id, Plan.number.desc()))


def is_at_work() -> ColumnElement[bool]:
    """Return the condition that a plan is the newest of its person."""
    later = aliased(Plan)
    newer = exists().where(later.person_id == Plan.person_id, later.number > Plan.number, later.archived_at.is_(None))
    return Plan.archived_at.is_(None) & not_(newer)


def plans_in_hand(on: date) -> Select[Plan]:
    """Return the query for the newest plans of people who live here, or are supported without having lived here.

    Of those who left, only open milestones are still waited for.
    """
    person_id = Plan.__table__.c["person_id"]
    gone = is_closed(person_id, on) | has_left(person_id, on)
    return select(Plan).join(Person, Person.id == Plan.person_id).where(is_at_work(), is_in_use(), not_(gone))


def goals_of(desk: Desk, plan_id: UUID) -> list[Goal]:
    """Return the goals of a plan in the order of the domains."""
    require(desk, Right.SEE_RECORDS)
    order = {code.code: place for place, code in enumerate(vocab.PLAN_DOMAINS)}
    with desk.read() as db:
        query = select(Goal).where(Goal.plan_id == plan_id, Goal.archived_at.is_(None))
        goals = all_of(db, query.execution_options(**EVERYBODY), Goal)
    require_reach(desk, *{goal.person_id for goal in goals})
    return sorted(goals, key=lambda goal: (order.get(goal.domain, len(order)), goal.created_at, goal.id))


def next_number(desk: Desk, person_id: UUID) -> int:
    """Return the number the next plan of a person gets; those of archived plans are not given again."""
    require(desk, Right.CASE_WORK)
    require_reach(desk, person_id)
    with desk.read() as db:
        last = db.execute(
            select(func.max(Plan.number)).where(Plan.person_id.in_(same_person(desk, person_id)))
        ).scalar()
    return (last or 0) + 1


def add_plan(desk: Desk, person_id: UUID, **values: Any) -> Plan:
    """Begin a plan; it gets the next number of this person. Raises Problems."""
    require(desk, Right.CASE_WORK)
    return add(desk, Act.ADD_PLAN, Plan(person_id=person_id, number=next_number(desk, person_id)), values)


def change_plan(desk: Desk, plan: Plan, **values: Any) -> Plan:
    """Change a plan as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    return change(desk, Act.CHANGE_PLAN, plan, values)


def archive_plan(desk: Desk, plan_id: UUID, *, archived: bool = True) -> None:
    """Take a plan that was begun by mistake away, or put it back; the one before it is at work again."""
    require(desk, Right.CASE_WORK)
    archive(desk, Act.CHANGE_PLAN, Plan, plan_id, archived=archived)


def set_goal(desk: Desk, plan: Plan, domain: str, **values: Any) -> Goal:
    """Write down the goal of a domain; a plan has one goal in each. Raises Problems."""
    require_planning(desk, domain)
    check(desk.fields(Goal), complete(desk, Goal, values) | {"domain": domain}, desk.today())
    with desk.write(Act.CHANGE_PLAN) as db:
        goal = goal_in(db, plan, domain)
        fill(desk, goal, values)
    return goal


def require_planning(desk: Desk, *domains: str) -> None:
    """Raise NotAllowed for whoever may not plan; who looks after placements plans work and training only."""
    if set(domains) != {WORK} or not desk.may(Right.KEEP_PLACEMENTS):
        require(desk, Right.CASE_WORK)


def goal_in(db: Session, plan: Plan, domain: str) -> Goal:
    """Return the goal of a domain inside a running write, making it where the plan has none yet."""
    query = select(Goal).where(Goal.plan_id == plan.id, Goal.domain == domain, Goal.archived_at.is_(None))
    goal = db.scalars(query.options(*whole(Goal))).first()
    if goal is None:
        goal = Goal(plan_id=plan.id, person_id=plan.person_id, domain=domain)
        db.add(goal)
    return goal


def next_step_of(desk: Desk, person_id: UUID) -> NextStep | None:
    """Return the next step of a person, if she has one."""
    require(desk, Right.SEE_RECORDS)
    steps = of_person(desk, NextStep, person_id, NextStep.created_at.desc(), NextStep.id.desc())
    return next((step for step in steps if step.done_on is None), None)


def set_next_step(desk: Desk, person_id: UUID, **values: Any) -> NextStep:
    """Write down the next step; the one before it, if still open, is archived. Raises Problems."""
    require(desk, Right.CASE_WORK)
    check(desk.fields(NextStep), complete(desk, NextStep, values), desk.today())
    step = NextStep(person_id=person_id)
    standing = select(NextStep).where(
        NextStep.person_id.in_(same_person(desk, person_id)), NextStep.done_on.is_(None), NextStep.archived_at.is_(None)
    )
    with desk.write(Act.SET_NEXT_STEP) as db:
        for before in db.scalars(standing):
            before.archived_at = desk.now()
        db.add(step)
        fill(desk, step, values)
    return step


def change_next_step(desk: Desk, step: NextStep, **values: Any) -> NextStep:
    """Change or finish a next step as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    return change(desk, Act.SET_NEXT_STEP, step, values)
