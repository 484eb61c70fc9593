"""What is due for all people: milestones by day, plans to look at again, papers to print, days not to be missed.

Words are the neutral ones that may lie open on a desk; the record shows the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final, Literal
from uuid import UUID

from sqlalchemy.orm import Session

from shelterdesk import (
    deadlines,
    department_clock,
    family,
    follow_ups,
    identity_documents,
    referrals_out,
    risk,
    safety_plan,
    vocab,
)
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_, text
from shelterdesk.milestones import OPEN_STATES, Milestone, of_plans_at_work
from shelterdesk.people import Person
from shelterdesk.person_reading import Listed, listed
from shelterdesk.plans import Plan, plans_in_hand
from shelterdesk.printed import FOR_THE_FILE, papers_of
from shelterdesk.reach import REMINDING
from shelterdesk.records import all_of

When = Literal["past", "this_week", "later", "done"]
WHEN: Final[tuple[When, ...]] = ("past", "this_week", "later", "done")
_DONE_SHOWN: Final = timedelta(days=30)
LOOK_AGAIN: Final = N_("Look at safety again")
_ASK: Final = N_("Ask how it stands")
_NOTICE: Final = N_("Talk about a notice")
_ENDS: Final = N_("A paper ends")


@dataclass(frozen=True)
class DueMilestone:
    """A milestone with whose it is and what lists may say about it."""

    milestone: Milestone
    person_id: UUID
    person: str
    code: str
    words: str


@dataclass(frozen=True)
class Reminder:
    """A day in somebody's record that has to be seen to, in the words of lists that lie open."""

    id: UUID
    source: str
    """The kind of record it comes from; ``deadline`` is seen to by a tick, the rest in the record."""
    person_id: UUID
    on: date
    words: str
    section: str
    """Where in the record it stands."""
    at: time | None = None
    member_id: UUID | None = None
    person: str = ""


@dataclass(frozen=True)
class DuePlan:
    """The plan in hand of a person."""

    plan: Plan
    person_id: UUID
    person: str
    code: str


def end_of_week(today: date) -> date:
    """Return the Sunday that ends the week of *today*."""
    return today + timedelta(days=6 - today.weekday())


def milestones_due(desk: Desk, when: When) -> list[DueMilestone]:
    """Return milestones past their day, of this week, of later or without a day, or done in the last 30 days."""
    require(desk, Right.SEE_RECORDS)
    today, week = desk.today(), end_of_week(desk.today())
    query = of_plans_at_work(today)
    is_open = Milestone.status.in_(OPEN_STATES)
    match when:
        case "past":
            query = query.where(is_open, Milestone.due_on < today).order_by(Milestone.due_on, Milestone.id)
        case "this_week":
            query = query.where(is_open, Milestone.due_on.between(today, week))
            query = query.order_by(Milestone.due_on, Milestone.id)
        case "later":
            query = query.where(is_open, (Milestone.due_on > week) | Milestone.due_on.is_(None))
            query = query.order_by(Milestone.due_on.is_(None), Milestone.due_on, Milestone.id)
        case "done":
            query = query.where(Milestone.status == "done", Milestone.done_on >= today - _DONE_SHOWN)
            query = query.order_by(Milestone.done_on.desc(), Milestone.id)
    with desk.read() as db:
        found = all_of(db, query.execution_options(**REMINDING), Milestone)
        people = _people(db, {one.person_id for one in found})
    return [
        DueMilestone(
            one, one.person_id, people[one.person_id].shown, people[one.person_id].code, neutral(one.kind, one.domain)
        )
        for one in found
    ]


def plans_to_review(desk: Desk) -> list[DuePlan]:
    """Return the plans in hand that are to be looked at again by the end of this week, the oldest first."""
    require(desk, Right.SEE_RECORDS)
    week = end_of_week(desk.today())
    with desk.read() as db:
        plans = [
            plan
            for plan in all_of(db, plans_in_hand(desk.today()).execution_options(**REMINDING), Plan)
            if plan.review_on is not None and plan.review_on <= week
        ]
        people = _people(db, {plan.person_id for plan in plans})
    plans.sort(key=lambda plan: (plan.review_on or date.max, plan.id))
    return [DuePlan(plan, plan.person_id, people[plan.person_id].shown, people[plan.person_id].code) for plan in plans]


def papers_to_print(desk: Desk) -> list[DuePlan]:
    """Return the plans in hand whose plan for the file was not printed since they were agreed, or never."""
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        plans = all_of(db, plans_in_hand(desk.today()).execution_options(**REMINDING), Plan)
        people = _people(db, {plan.person_id for plan in plans})
    printed = papers_of(desk, people)
    found: list[DuePlan] = []
    for plan in plans:
        paper = printed.get(plan.person_id, {}).get(FOR_THE_FILE)
        begun = plan.agreed_on or plan.created_at.astimezone(desk.zone).date()
        if paper is None or paper.on < begun:
            person = people[plan.person_id]
            found.append(DuePlan(plan, person.id, person.shown, person.code))
    return sorted(found, key=lambda one: (one.plan.agreed_on or date.max, one.code))


def reminders(desk: Desk, people: Collection[UUID] | None = None) -> list[Reminder]:
    """Return what in the records has a day that has come near and nobody has seen to, the oldest day first.

    Of several things about one person that lists call by the same words, only the first is named.
    """
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        found = [one for source in _SOURCES for one in source(desk, db, people)]
        known = _people(db, {one.person_id for one in found})
    named: dict[tuple[UUID, str, str], Reminder] = {}
    for one in sorted(found, key=lambda one: (one.on, one.at or time.max, one.id)):
        person = known.get(one.person_id)
        if person is not None:
            key = (one.person_id, one.words, "" if one.words == text(LOOK_AGAIN) else str(one.id))
            named.setdefault(key, replace(one, person=person.shown))
    return list(named.values())


def _deadlines(desk: Desk, db: Session, people: Collection[UUID] | None) -> Iterator[Reminder]:
    for one in deadlines.due_dates(db, deadlines.lengths_of(desk), desk.today(), people):
        words = vocab.DEADLINE_KINDS.listed(one.kind)
        yield Reminder(one.id, "deadline", one.person_id, one.on, words, "dates", one.at, one.member_id)


def _safety_reviews(desk: Desk, db: Session, people: Collection[UUID] | None) -> Iterator[Reminder]:
    today = desk.today()
    for risk_one in risk.due_reviews(db, today, today, people):
        yield Reminder(risk_one.id, "risk_since", risk_one.person_id, risk_one.on, text(LOOK_AGAIN), "needs")
    for plan in safety_plan.due_plan_reviews(db, today, people):
        yield Reminder(plan.id, "safety_plan", plan.person_id, plan.on, text(LOOK_AGAIN), "needs")


def _referrals(desk: Desk, db: Session, people: Collection[UUID] | None) -> Iterator[Reminder]:
    if not desk.may(Right.CASE_WORK):
        return
    for one in referrals_out.follow_ups(db, desk.today(), people):
        yield Reminder(one.id, "referral_out", one.person_id, one.on, text(_ASK), "consents")
    for clock in department_clock.running(desk):
        if people is None or clock.person_id in people:
            end = clock.ends.astimezone(desk.zone)
            yield Reminder(clock.id, "referral", clock.person_id, end.date(), text(_NOTICE), "consents", end.time())


def _after_leaving(desk: Desk, db: Session, people: Collection[UUID] | None) -> Iterator[Reminder]:
    for one in follow_ups.missed(db, desk.today(), people):
        if one.person_id is None:
            continue
        words = vocab.APPOINTMENT_KINDS.listed(one.kind)
        yield Reminder(one.id, "appointment", one.person_id, one.on, words, "stay", one.at, one.member_id)


def _papers(desk: Desk, db: Session, people: Collection[UUID] | None) -> Iterator[Reminder]:
    for paper in identity_documents.ending(db, desk.today(), people):
        yield Reminder(paper.id, "identity_document", paper.person_id, paper.on, text(_ENDS), "personal")
    for order in family.orders_ending(db, desk.today(), people):
        yield Reminder(order.id, "relation", order.person_id, order.on, text(_ENDS), "family")


_SOURCES: Final[tuple[Callable[[Desk, Session, Collection[UUID] | None], Iterable[Reminder]], ...]] = (
    _deadlines,
    _safety_reviews,
    _referrals,
    _papers,
    _after_leaving,
)
"""What else has days that must not be missed adds itself here. Its queries carry ``REMINDING``."""


def neutral(kind: str | None, domain: str) -> str:
    """Return the words of a milestone for lists that lie open: those of its kind, else of its domain."""
    return vocab.MILESTONE_KINDS.listed(kind) if kind else vocab.PLAN_DOMAINS.label(domain)


def _people(db: Session, ids: Iterable[UUID]) -> dict[UUID, Listed]:
    return {person.id: person for person in listed(db, Person.id.in_(list(ids)))}
