"""The plan for the file: goals, steps, staff and signatures. It stays in the shelter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from shelterdesk import formats
from shelterdesk.documents.blocks import (
    Aside,
    Block,
    Boxed,
    Check,
    Checks,
    Document,
    Field,
    Goal,
    GoalTable,
    LabelledRow,
    Paragraph,
    Ruled,
    Signatures,
    Step,
)
from shelterdesk.documents.confidential import IN_THE_FILE, code_box, confidential
from shelterdesk.i18n import N_, text

DOMAIN_TITLES = {
    "safety": N_("Feeling settled"),
    "health": N_("Health and wellbeing"),
    "legal": N_("Papers and rights"),
    "family": N_("Family and friends"),
    "work": N_("Work and learning"),
    "housing": N_("Home and money"),
}
"""The six domains in the words of paper, by their code in ``vocab.PLAN_DOMAINS``."""

_PROMISE = N_("This plan belongs to me. I can change it, stop any part of it or say no, and still get help.")
SEPARATOR = "  ·  "
_STEPS_WITH_ROOM = 12
"""Steps up to which a page has room for all lines for notes; each step more takes the room of one."""


@dataclass(frozen=True)
class Wording:
    """A thing in the words of the file and in the words for her own sheet (empty: none chosen yet)."""

    work: str
    hers: str = ""


@dataclass(frozen=True)
class PaperStep:
    """``by_words`` stands in place of a day, such as «monthly»; ``her_by_words`` is the same for her sheet."""

    wording: Wording
    by: date | None = None
    by_words: str = ""
    her_by_words: str = ""
    with_whom: str = ""
    done: bool = False


@dataclass(frozen=True)
class PaperGoal:
    domain: str
    wording: Wording
    steps: tuple[PaperStep, ...] = ()


@dataclass(frozen=True)
class PaperNextStep:
    """``remark`` is a whole sentence for the file, such as when to leave; it never stands on her sheet."""

    wording: Wording
    day: date | None = None
    at: time | None = None
    remark: str = ""


@dataclass(frozen=True)
class PlanPaper:
    """One plan as both papers need it. ``lives_here`` chooses «Resident» or «Person» for the signature."""

    code: str
    number: int
    agreed: date | None
    review: date | None
    worker: str
    printed: date
    interpreter: str = ""
    next_step: PaperNextStep | None = None
    strengths: tuple[Wording, ...] = ()
    goals: tuple[PaperGoal, ...] = ()
    lives_here: bool = True
    approved: date | None = None
    """When the plan as it is now was approved."""


def plan_for_the_file(paper: PlanPaper, language: str) -> Document:
    """Return the plan that is kept in the file; the code is its only identifier."""

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    facts = [
        (say(N_("Plan")), say(N_("number {number}"), number=paper.number)),
        (say(N_("Agreed")), _day(paper.agreed, language)),
        (say(N_("We look at it again")), _day(paper.review, language)),
        (say(N_("Worker")), paper.worker or "–"),
    ]
    if paper.approved:
        facts.append((say(N_("Approved")), _day(paper.approved, language)))
    if paper.interpreter:
        facts.append((say(N_("Interpreter")), paper.interpreter))
    blocks: list[Block] = [
        LabelledRow(tuple(facts)),
        Paragraph(say(_PROMISE)),
        Boxed(say(N_("My next step")), _next_step(paper.next_step, language)),
    ]
    strengths = [strength.work for strength in paper.strengths if strength.work]
    if strengths:
        blocks.append(Aside(say(N_("What I am good at")), SEPARATOR.join(strengths)))
    blocks += [
        GoalTable(
            headings=(say(N_("My goal")), say(N_("My next steps")), say(N_("By")), say(N_("With"))),
            goals=tuple(_goal(goal, language) for goal in paper.goals),
            empty=say(N_("No goals have been agreed yet.")),
        ),
        Ruled(note_lines(paper, 3), say(N_("My own notes"))),
        Checks(
            (
                Check(say(N_("I helped to make this plan"))),
                Check(say(N_("I was offered a sheet"))),
                Check(say(N_("I took it"))),
                Check(say(N_("I took no paper"))),
            )
        ),
        Signatures(
            (
                Field(say(N_("Resident, sign or mark") if paper.lives_here else N_("Person, sign or mark")), 313),
                Field(say(N_("Support worker")), 281),
                Field(say(N_("Interpreter, if any")), 197),
                Field(say(N_("Date")), 138),
            )
        ),
    ]
    return Document(
        title=say(N_("Plan for the file")),
        subtitle=say(N_("Reintegration plan, made together. It stays in the shelter.")),
        language=language,
        file_name="plan-for-the-file",
        key=code_box(paper.code, language),
        blocks=tuple(blocks),
        foot=confidential(
            IN_THE_FILE, language, paper.code, _day(paper.printed, language), second_right=say(N_("For the file"))
        ),
    )


def _day(day: date | None, language: str) -> str:
    return formats.day(day, language, style="long") if day else "–"


def _next_step(step: PaperNextStep | None, language: str) -> str:
    if step is None:
        return text(N_("No next step has been agreed yet."), language)
    what = step.wording.work.rstrip(".")
    if step.day is None:
        said = f"{what}."
    else:
        day = formats.day(step.day, language, style="weekday_day_month")
        if step.at is None:
            said = text(N_("{what} on {day}."), language, what=what, day=day)
        else:
            said = text(N_("{what} on {day} at {time}."), language, what=what, day=day, time=f"{step.at:%H:%M}")
    return f"{said} {step.remark}".strip()


def _goal(goal: PaperGoal, language: str) -> Goal:
    return Goal(
        title=text(DOMAIN_TITLES.get(goal.domain, ""), language),
        words=goal.wording.work,
        steps=tuple(
            Step(
                text=step.wording.work,
                by=step.by_words or (formats.day(step.by, language, style="day_month") if step.by else ""),
                with_whom=step.with_whom,
                done=step.done,
            )
            for step in goal.steps
        ),
    )


def note_lines(paper: PlanPaper, most: int) -> int:
    """Return how many lines for notes are drawn, so that a plan of usual length stays on one page."""
    steps = sum(len(goal.steps) for goal in paper.goals)
    return max(1, most - max(0, steps - _STEPS_WITH_ROOM))
