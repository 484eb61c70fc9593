"""From the records of a plan to what both of its papers need."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.approvals import standing_of_plan
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.plan import PaperGoal, PaperNextStep, PaperStep, PlanPaper, Wording, plan_for_the_file
from shelterdesk.documents.sheet_for_her import her_sheet
from shelterdesk.milestones import Milestone, milestones_of
from shelterdesk.names import names_for
from shelterdesk.people import Person
from shelterdesk.person_history import WorkerSince, current_on
from shelterdesk.plans import Goal, NextStep, Plan, goals_of, next_step_of, plans_of
from shelterdesk.printed import FOR_THE_FILE, HER_SHEET, log_paper
from shelterdesk.reach import require_reach
from shelterdesk.schema.base import whole
from shelterdesk.stays import open_stays

_NOT_ON_PAPER = ("stopped",)


def plan_paper_of(desk: Desk, person_id: UUID, language: str) -> PlanPaper:
    """Return the newest plan of a person for printing; one without goals where she has no plan yet.

    *language* is that of the paper: kinds stand in for words nobody wrote; words people wrote stay in theirs.
    Raises NotAllowed and NeedsReason, and NoKey for who cannot read the words.
    """
    require(desk, Right.PRINT_PLANS)
    require_reach(desk, person_id)
    plan = next(iter(plans_of(desk, person_id)), None)
    goals = goals_of(desk, plan.id) if plan else []
    milestones = milestones_of(desk, plan.id) if plan else []
    step = next_step_of(desk, person_id)
    staff = names_for(desk, "member")
    today = desk.today()
    with desk.read() as db:
        person = db.get_one(Person, person_id, options=whole(Person))
        worker_id = current_on(db, WorkerSince, "member_id", today, [person_id]).get(person_id)
        lives_here = person_id in open_stays(db, today)
        strengths = _strengths(person)
    return PlanPaper(
        code=person.code,
        number=plan.number if plan else 1,
        agreed=plan.agreed_on if plan else None,
        review=plan.review_on if plan else None,
        worker=staff.get(worker_id, "") if worker_id else "",
        printed=today,
        next_step=_next_step(step) if step else None,
        strengths=strengths,
        goals=tuple(_goal(goal, milestones, staff, language) for goal in goals),
        lives_here=lives_here,
        approved=_approved_on(desk, plan) if plan else None,
    )


def _approved_on(desk: Desk, plan: Plan) -> date | None:
    standing = standing_of_plan(desk, plan)
    return standing.approval.decided_on if standing.approval is not None and standing.holds else None


def plan_document(
    desk: Desk, person_id: UUID, language: str, *, for_the_file: bool, with_hours: bool = False
) -> Document:
    """Return one of the two papers, ready for preview, printer or Word. Raises as :func:`plan_paper_of`."""
    paper = plan_paper_of(desk, person_id, language)
    return plan_for_the_file(paper, language) if for_the_file else her_sheet(paper, language, with_hours=with_hours)


def note_paper(desk: Desk, person_id: UUID, *, for_the_file: bool, how: str, for_whom: str = "", why: str = "") -> None:
    """Log that a paper leaves the program; *how* is ``print``, ``pdf`` or ``docx``."""
    require(desk, Right.PRINT_PLANS)
    require_reach(desk, person_id)
    what = FOR_THE_FILE if for_the_file else HER_SHEET
    log_paper(desk, what, how=how, about=person_id, for_whom=for_whom, why=why)


def _strengths(person: Person) -> tuple[Wording, ...]:
    ours, hers = (person.strengths or "").splitlines(), (person.strengths_paper or "").splitlines()
    count = max(len(ours), len(hers))
    ours += [""] * (count - len(ours))
    hers += [""] * (count - len(hers))
    pairs = ((own.strip(), paper.strip()) for own, paper in zip(ours, hers, strict=True))
    return tuple(Wording(own, paper) for own, paper in pairs if own or paper)


def _next_step(step: NextStep) -> PaperNextStep:
    wording = Wording(step.words or "", step.paper_words or "")
    return PaperNextStep(wording, step.on, step.at, step.with_words or "")


def _goal(goal: Goal, milestones: list[Milestone], staff: dict[UUID, str], language: str) -> PaperGoal:
    steps = [one for one in milestones if one.goal_id == goal.id and one.status not in _NOT_ON_PAPER]
    kind = vocab.GOAL_KINDS.filed(goal.kind, language) if goal.kind else ""
    wording = Wording(goal.words or kind, goal.paper_words or "")
    return PaperGoal(goal.domain, wording, tuple(_step(one, staff) for one in steps))


def _step(one: Milestone, staff: dict[UUID, str]) -> PaperStep:
    helpers = (staff.get(one.member_id, "") if one.member_id else "", one.with_words or "")
    return PaperStep(
        Wording(one.words or "", one.paper_words or ""),
        by=one.due_on,
        with_whom=", ".join(helper for helper in helpers if helper),
        done=one.status == "done",
    )
