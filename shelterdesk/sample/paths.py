"""The plan of one person: goals, milestones with words for her paper, and the next step."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from shelterdesk import vocab
from shelterdesk.milestones import Milestone
from shelterdesk.plans import Goal, NextStep, Plan
from shelterdesk.sample import cast, words
from shelterdesk.sample.people import Sketch
from shelterdesk.sample.rows import Loom

_REVIEW_EVERY = 61
_FIRST_PLAN = 11


def draw_plan(loom: Loom, one: Sketch, person_id: UUID) -> None:
    """Add plan, goals, milestones and next step, as far as the person has come."""
    last = min(one.until, loom.today)
    length = (last - one.registered).days
    if length >= _FIRST_PLAN and (one.part is not None or loom.chance(0.9)):
        agreed = one.registered + timedelta(days=_FIRST_PLAN)
        number = 1
        if one.part is not None and one.part.name == "Aysel M.":
            # A first, small plan came before the one she works with now.
            first = one.registered + timedelta(days=2)
            loom.add(Plan, first, person_id=person_id, number=1, agreed_on=first, sheet_offered=True, sheet_taken=False)
            number = 2
        _plan(loom, one, person_id, agreed, last, number)
    if one.part is not None:
        if one.part.step is not None:
            _next_step(loom, one.part.step, person_id)
    elif one.until > loom.today and loom.chance(0.7):
        step = cast.Step("talk", loom.one_of(words.CASE_STEPS), -loom.dice.randint(2, 20), paper=words.TALK)
        _next_step(loom, step, person_id)


def _plan(loom: Loom, one: Sketch, person_id: UUID, agreed: date, last: date, number: int) -> None:
    part, open_now = one.part, one.until > loom.today
    review = loom.ago(part.review) if part else agreed + timedelta(days=_REVIEW_EVERY)
    if open_now and part is None:
        review = max(review, loom.ago(-loom.dice.randint(4, 50)))
    offered = loom.chance(0.9)
    plan_id = loom.add(
        Plan,
        agreed,
        person_id=person_id,
        number=number,
        agreed_on=agreed,
        review_on=max(review, agreed),
        sheet_offered=offered,
        sheet_taken=part is None and loom.chance(0.5) if offered else None,
    )
    goals: dict[str, UUID] = {}
    chosen = part.goals if part and part.goals else [_any_goal(loom, domain.code) for domain in vocab.PLAN_DOMAINS]
    for goal in chosen:
        domain = vocab.GOAL_KINDS.group(goal.kind)
        goals[domain] = loom.add(
            Goal,
            agreed,
            plan_id=plan_id,
            person_id=person_id,
            domain=domain,
            kind=goal.kind,
            words=loom.say(goal.words) if goal.words else vocab.GOAL_KINDS.label(goal.kind, loom.language),
            paper_words=vocab.GOAL_KINDS.paper(goal.kind, loom.language),
        )
    for due in _milestones(loom, one, agreed, last):
        domain = vocab.MILESTONE_KINDS.group(due.kind)
        if domain in goals:
            _milestone(loom, person_id, plan_id, goals[domain], due, agreed)


def _any_goal(loom: Loom, domain: str) -> cast.Goal:
    return cast.Goal(loom.one_of(vocab.GOAL_KINDS.of_group(domain)).code)


def _milestones(loom: Loom, one: Sketch, agreed: date, last: date) -> list[cast.Due]:
    own = list(one.part.plan) if one.part else []
    if one.part is not None and one.part.goals:
        return own
    taken = {due.kind for due in own}
    for domain in vocab.PLAN_DOMAINS:
        kinds = [code.code for code in vocab.MILESTONE_KINDS.of_group(domain.code) if code.code not in taken]
        for kind in loom.some_of(kinds, 3):
            own.append(_any_milestone(loom, one, kind, agreed, last))
    return own


def _any_milestone(loom: Loom, one: Sketch, kind: str, agreed: date, last: date) -> cast.Due:
    length = max(1, (last - agreed).days)
    if loom.chance(0.62):
        on = agreed + timedelta(days=int(loom.dice.random() * (length + 1)))
        return cast.Due(kind, (loom.today - on).days, "done", with_whom=loom.one_of(("", *words.WITH)))
    if one.until <= loom.today:
        return cast.Due(kind, (loom.today - last).days, loom.one_of(("stopped", "put_off", "done")))
    ahead = -loom.dice.randint(4, 70)
    status = loom.weighted((("planned", 5), ("under_way", 4), ("put_off", 1)))
    return cast.Due(kind, None if loom.chance(0.1) else ahead, status, mine=loom.chance(0.6))


def _milestone(loom: Loom, person_id: UUID, plan_id: UUID, goal_id: UUID, due: cast.Due, agreed: date) -> None:
    on = loom.ago(due.days_ago) if due.days_ago is not None else None
    done = due.status == "done"
    loom.add(
        Milestone,
        agreed,
        plan_id=plan_id,
        goal_id=goal_id,
        person_id=person_id,
        domain=vocab.MILESTONE_KINDS.group(due.kind),
        kind=due.kind,
        words=loom.say(due.words) if due.words else vocab.MILESTONE_KINDS.label(due.kind, loom.language),
        paper_words=vocab.MILESTONE_KINDS.paper(due.kind, loom.language),
        due_on=on,
        status=due.status,
        done_on=on if done else None,
        member_id=loom.desk.me.id if due.mine else None,
        with_words=loom.say(due.with_whom) if due.with_whom else None,
    )


def _next_step(loom: Loom, step: cast.Step, person_id: UUID) -> None:
    loom.add(
        NextStep,
        loom.ago(3),
        person_id=person_id,
        kind=step.kind,
        words=loom.say(step.words),
        on=loom.ago(step.days_ago) if step.days_ago is not None else None,
        at=step.at,
        with_words=loom.say(step.with_whom) if step.with_whom else None,
        paper_words=loom.say(step.paper),
    )
