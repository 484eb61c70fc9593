"""Safety plans: what she does before, during and after danger, made with her.

The parts are those of the safety plan of GBVIMS+ (Interagency Gender-Based Violence Case Management Guidelines,
2017): the main concern, what she has, what to prepare, what to do meanwhile, what comes after leaving. Of several
plans the newest holds; the older ones stay.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, and_, exists, not_, or_, select, tuple_
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.fields import Kind
from shelterdesk.i18n import N_
from shelterdesk.reach import REMINDING
from shelterdesk.records import add, archive, change, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, day, flag, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

AT_WORK: Final = ("made", "begun")
"""How a plan stands that is looked at again."""
AGAIN: Final = timedelta(days=30)
"""After so long a plan is looked at again, where nobody says otherwise."""
_PLAN, _HAS, _STEPS, _REVIEW = N_("The plan"), N_("What she has"), N_("What to do"), N_("Looking at it again")


def _not_before_made(value: date, values: Mapping[str, Any]) -> str | None:
    made = values.get("made_on")
    return N_("«{label}» cannot be before the day it was made") if made and value < made else None


class SafetyPlan(Record):
    """One safety plan, or the answer that there is none."""

    __tablename__ = "safety_plan"
    __table_args__ = (Index("ix_safety_plan_review", "archived_at", "state", "review_on"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    made_on: Mapped[date] = day("safety_plan.made_on", N_("On"), group=_PLAN, required=True, in_future=False)
    state: Mapped[str] = choice(
        "safety_plan.state", N_("Safety plan"), vocab.SAFETY_PLAN_STATES, group=_PLAN, required=True
    )
    with_her: Mapped[bool | None] = flag("safety_plan.with_her", N_("Made together with her"), group=_PLAN)
    concern = sealed(
        "safety_plan.concern",
        N_("Main concern"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        group=_PLAN,
        lines=(N_("What could happen, where and when is it most likely?"),),
    )
    sign = sealed(
        "safety_plan.sign",
        N_("Agreed word or sign"),
        Compartment.CASE,
        group=_PLAN,
        help=N_("With it she says that she needs help without saying so."),
        width=28,
    )
    money = sealed("safety_plan.money", N_("Money and papers"), Compartment.CASE, kind=Kind.LONG_TEXT, group=_HAS)
    people = sealed(
        "safety_plan.people",
        N_("People she can turn to"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        group=_HAS,
        lines=(N_("Who comes at night? Who must not be asked?"),),
    )
    places = sealed("safety_plan.places", N_("Safe places near her"), Compartment.CASE, kind=Kind.LONG_TEXT, group=_HAS)
    other = sealed("safety_plan.other", N_("What else she has"), Compartment.CASE, kind=Kind.LONG_TEXT, group=_HAS)
    before = sealed(
        "safety_plan.before",
        N_("What to prepare"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        group=_STEPS,
        lines=(N_("Bag, papers, medicine, phone, the way out."),),
    )
    during = sealed(
        "safety_plan.during",
        N_("What to do in danger"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        group=_STEPS,
        lines=(N_("Where does she go, whom does she call, what do the children do?"),),
    )
    after = sealed(
        "safety_plan.after",
        N_("After leaving"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        group=_STEPS,
        lines=(N_("Ways, phone, pictures on the internet, school, work."),),
    )
    reviewed_on: Mapped[date | None] = day(
        "safety_plan.reviewed_on", N_("Looked at on"), group=_REVIEW, in_future=False, rule=_not_before_made
    )
    review_on: Mapped[date | None] = day(
        "safety_plan.review_on", N_("Look again on"), group=_REVIEW, rule=_not_before_made
    )


@dataclass(frozen=True)
class DuePlanReview:
    """A safety plan that is to be looked at again."""

    id: UUID
    person_id: UUID
    on: date


def safety_plans_of(desk: Desk, person_id: UUID) -> list[SafetyPlan]:
    """Return the safety plans of a person, the one that holds first. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    order = SafetyPlan.made_on.desc(), SafetyPlan.created_at.desc(), SafetyPlan.id.desc()
    return list(of_person(desk, SafetyPlan, person_id, *order))


def record_safety_plan(desk: Desk, person_id: UUID, **values: Any) -> SafetyPlan:
    """Record a safety plan; today where no day is given. Raises Problems."""
    require(desk, Right.CASE_WORK)
    given = {"made_on": desk.today(), "state": "made"} | values
    return add(desk, Act.RECORD_SAFETY_PLAN, SafetyPlan(person_id=person_id), given)


def change_safety_plan(desk: Desk, plan: SafetyPlan, **values: Any) -> SafetyPlan:
    """Change a safety plan as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    return change(desk, Act.CHANGE_SAFETY_PLAN, plan, values)


def look_at(desk: Desk, plan: SafetyPlan) -> SafetyPlan:
    """Say that a plan was looked at today; it is looked at again after as long as it was to hold last time."""
    today = desk.today()
    last = plan.reviewed_on or plan.made_on
    holds = plan.review_on - last if plan.review_on is not None and plan.review_on > last else AGAIN
    return change_safety_plan(desk, plan, reviewed_on=today, review_on=today + holds)


def archive_safety_plan(desk: Desk, plan_id: UUID, *, archived: bool = True) -> None:
    """Take a safety plan that was recorded by mistake off the record, or put it back. Nothing is deleted."""
    require(desk, Right.CASE_WORK)
    archive(desk, Act.CHANGE_SAFETY_PLAN, SafetyPlan, plan_id, archived=archived)


def due_plan_reviews(db: Session, until: date, people: Collection[UUID] | None = None) -> list[DuePlanReview]:
    """Return the safety plans in hand that are to be looked at again by *until*, the oldest first."""
    newer = aliased(SafetyPlan)
    came_after = or_(
        newer.made_on > SafetyPlan.made_on,
        and_(
            newer.made_on == SafetyPlan.made_on,
            tuple_(newer.created_at, newer.id) > tuple_(SafetyPlan.created_at, SafetyPlan.id),
        ),
    )
    query = select(SafetyPlan.id, SafetyPlan.person_id, SafetyPlan.review_on).where(
        SafetyPlan.archived_at.is_(None),
        SafetyPlan.state.in_(AT_WORK),
        SafetyPlan.review_on <= until,
        not_(exists().where(newer.person_id == SafetyPlan.person_id, newer.archived_at.is_(None), came_after)),
    )
    if people is not None:
        query = query.where(SafetyPlan.person_id.in_(list(people)))
    rows = db.execute(query.order_by(SafetyPlan.review_on, SafetyPlan.id).execution_options(**REMINDING))
    return [DuePlanReview(row.id, row.person_id, row.review_on) for row in rows]
