"""Invented papers for tests: the same plan in both forms, long ones, and empty ones."""

from __future__ import annotations

from datetime import date, time

from shelterdesk.documents.plan import PaperGoal, PaperNextStep, PaperStep, PlanPaper, Wording


def step(
    work: str, hers: str, by: date | None, who: str, *, done: bool = False, words: str = "", her_words: str = ""
) -> PaperStep:
    return PaperStep(
        Wording(work, hers), by=by, with_whom=who, done=done, by_words=words, her_by_words=her_words or words
    )


def day(month: int, number: int) -> date:
    return date(2026, month, number)


GOALS = (
    PaperGoal(
        "safety",
        Wording("I feel at ease where I live", "I feel at ease"),
        (
            step("I know whom to call", "Find what helps me rest", day(10, 4), "Leyla A.", done=True),
            step("Talk again about what helps", "Look again at what helps", day(12, 12), "Leyla A."),
        ),
    ),
    PaperGoal(
        "health",
        Wording("I sleep well and feel stronger", "I sleep well and feel stronger"),
        (
            step("First health check", "Health check", day(10, 5), "Leyla A.", done=True),
            step("Eight talks with Nigar", "Eight talks", day(12, 18), "Nigar H."),
            step("Eye test", "Eye test", day(11, 24), "Leyla A."),
        ),
    ),
    PaperGoal(
        "legal",
        Wording("My papers are mine", "My papers are mine"),
        (
            step("New identity card", "New card", day(11, 2), "Leyla A.", done=True),
            step("Read and sign the letter", "Read the letter", day(11, 30), "Rəşad T."),
        ),
    ),
    PaperGoal(
        "family",
        Wording("I am close to my sister again", "I am close to people I trust"),
        (step("My sister visits", "Make a call I look forward to", day(12, 6), "me"),),
    ),
    PaperGoal(
        "work",
        Wording("I earn my living with my skills", "I use what I am good at"),
        (
            step("Course certificate", "Certificate", day(10, 30), "Orxan S.", done=True),
            step("Trial week", "Try-out week", day(11, 25), "Orxan S."),
        ),
    ),
    PaperGoal(
        "housing",
        Wording("I have a room of my own", "I plan my own money"),
        (
            step("Bank account", "Bank account", day(12, 4), "Leyla A."),
            step("Save for the first rent", "Put some money aside", None, "me", words="monthly"),
        ),
    ),
)


def example_plan(goals: tuple[PaperGoal, ...] = GOALS) -> PlanPaper:
    return PlanPaper(
        code="R-2026-014",
        number=2,
        agreed=day(10, 12),
        review=day(12, 12),
        worker="Leyla A.",
        printed=day(11, 17),
        next_step=PaperNextStep(
            Wording("Appointment", "Appointment"), day(11, 19), time(10, 0), "We leave together at 09:15."
        ),
        strengths=(
            Wording("sewing", "sewing"),
            Wording("two languages", "two languages"),
            Wording("staying close to my sister", "planning ahead"),
            Wording("planning my own shop", "making others laugh"),
        ),
        goals=goals,
    )


def empty_plan() -> PlanPaper:
    return PlanPaper(
        code="R-2026-015", number=1, agreed=None, review=None, worker="", printed=day(11, 17), lives_here=False
    )


LONG_AZ = (
    "Şəxsiyyət vəsiqəsini almaq üçün müraciət edirəm, üç fotoşəkil çəkdirirəm və növbəyə birlikdə yazılırıq; "
    "əgər gecikərsə, vəkillə bir daha danışırıq. "
)
LONG_RU = "Я сама выбираю врача, спрашиваю обо всём, что мне непонятно, и могу уйти в любую минуту. "


def long_plan() -> PlanPaper:
    """A plan in two scripts with long words, one goal of thirty steps, and one step longer than a page."""
    many = tuple(step(f"Addım {n}: {LONG_AZ}", f"Addım {n}", day(12, 1 + n % 28), "Rəşad Tağıyev") for n in range(30))
    return example_plan(
        (
            PaperGoal("health", Wording(LONG_RU * 2, LONG_RU), (step(LONG_RU, LONG_RU, day(12, 1), "Nigar H."),)),
            PaperGoal("legal", Wording(LONG_AZ, LONG_AZ), many),
            PaperGoal("work", Wording("x" * 90, "y" * 90), (step(LONG_RU * 40, LONG_RU * 40, day(12, 1), "me"),)),
            *GOALS,
        )
    )
