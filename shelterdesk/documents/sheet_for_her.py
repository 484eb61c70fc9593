"""Her own sheet: what may be found in a bag without telling who helps her, where, or why.

Nothing on it comes from the working titles. It holds only the words chosen for her paper and, where none were
chosen, a neutral phrase of the domain. No name, code, shelter, staff, relatives, hours or signatures.
"""

from __future__ import annotations

from shelterdesk import formats
from shelterdesk.documents.blocks import (
    Aside,
    Block,
    Boxed,
    Document,
    Foot,
    Goal,
    GoalTable,
    Paragraph,
    Ruled,
    Step,
)
from shelterdesk.documents.plan import SEPARATOR, PaperGoal, PaperNextStep, PaperStep, PlanPaper, note_lines
from shelterdesk.i18n import N_, text

HER_TITLES = {
    "safety": N_("Feeling settled"),
    "health": N_("Health and wellbeing"),
    "legal": N_("My papers"),
    "family": N_("People I trust"),
    "work": N_("Learning"),
    "housing": N_("Home and money"),
}
NEUTRAL_GOALS = {
    "safety": N_("I feel at ease"),
    "health": N_("I sleep well and feel stronger"),
    "legal": N_("My papers are mine"),
    "family": N_("I am close to people I trust"),
    "work": N_("I use what I am good at"),
    "housing": N_("I plan my own money"),
}
NEUTRAL_STEPS = {
    "safety": N_("Look again at what helps"),
    "health": N_("Do something good for me"),
    "legal": N_("Look at my papers"),
    "family": N_("Make a call I look forward to"),
    "work": N_("Practise what I am good at"),
    "housing": N_("Put some money aside"),
}
_ANY_TITLE = N_("For me")
_ANY_GOAL = N_("I know what I want")
_ANY_STEP = N_("One step for me")


def her_sheet(paper: PlanPaper, language: str, *, with_hours: bool = False) -> Document:
    """Return the sheet she may take along. The hour of the next step stands there only if she asked for it."""

    def say(message: str, **values: object) -> str:
        return text(message, language, **values)

    blocks: list[Block] = [Paragraph(say(N_("I made this plan. I can change it or stop any part of it.")))]
    if paper.next_step:
        blocks.append(Boxed(say(N_("My next step")), _next_step(paper.next_step, language, with_hours=with_hours)))
    strengths = [strength.hers for strength in paper.strengths if strength.hers]
    if strengths:
        blocks.append(Aside(say(N_("What I am good at")), SEPARATOR.join(strengths)))
    blocks.append(
        GoalTable(
            headings=(say(N_("My goal")), say(N_("My next steps")), say(N_("By"))),
            goals=tuple(_goal(goal, language) for goal in paper.goals),
            empty=say(N_("There is room below for what I want.")),
        )
    )
    if paper.review:
        blocks.append(Aside(say(N_("I look at it again")), formats.day(paper.review, language, style="long")))
    blocks.append(Ruled(note_lines(paper, 5), say(N_("My own notes"))))
    return Document(
        title=say(N_("My plan")),
        language=language,
        file_name="my-plan",
        corner=formats.day(paper.agreed, language, style="long") if paper.agreed else "",
        blocks=tuple(blocks),
        foot=Foot(text=say(N_("This sheet is mine. I can keep it, leave it or throw it away."))),
        size_pt=11.0,
        roomy=True,
    )


def _next_step(step: PaperNextStep, language: str, *, with_hours: bool) -> str:
    parts = [step.wording.hers or text(N_("Appointment"), language)]
    if step.day:
        parts.append(formats.day(step.day, language, style="weekday_day_month"))
        if with_hours and step.at:
            parts.append(f"{step.at:%H:%M}")
    return ", ".join(parts)


def _goal(goal: PaperGoal, language: str) -> Goal:
    return Goal(
        title=text(HER_TITLES.get(goal.domain, _ANY_TITLE), language),
        words=goal.wording.hers or text(NEUTRAL_GOALS.get(goal.domain, _ANY_GOAL), language),
        steps=tuple(_step(step, goal.domain, language) for step in goal.steps),
    )


def _step(step: PaperStep, domain: str, language: str) -> Step:
    return Step(
        text=step.wording.hers or text(NEUTRAL_STEPS.get(domain, _ANY_STEP), language),
        by=step.her_by_words or (formats.day(step.by, language, style="day_month") if step.by else ""),
        done=step.done,
    )
