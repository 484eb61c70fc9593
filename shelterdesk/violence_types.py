"""One incident, one type: the deciding questions of GBVIMS in their order, of which the first «yes» decides.

The order is that of the GBVIMS classification tool. Whatever else is true of an incident, it is counted once, under the
type whose question comes first. An incident of which every question is answered «no» is no gender-based violence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from shelterdesk import vocab
from shelterdesk.i18n import N_

NOT_GBV: Final = "not_gbv"
"""What is left when every question is answered «no»."""


@dataclass(frozen=True)
class Question:
    """One deciding question: «yes» gives ``type``."""

    type: str
    words: str
    help: str


QUESTIONS: Final = (
    Question(
        "rape",
        N_("Was there penetration she did not want?"),
        N_("However slight, with any part of the body or an object. An attempt is not counted here."),
    ),
    Question(
        "sexual_assault",
        N_("Was there other sexual contact she did not want?"),
        N_("Includes attempted rape and female genital cutting."),
    ),
    Question(
        "physical_assault",
        N_("Was there physical violence?"),
        N_("Hitting, choking, burning, a weapon, or anything else that hurts the body and is not sexual."),
    ),
    Question(
        "forced_marriage",
        N_("Was she married against her will?"),
        N_("Early marriage is counted here."),
    ),
    Question(
        "denial_of_resources",
        N_("Was she kept from money, property, school, work or services that are hers?"),
        N_("Earnings taken away, an inheritance refused, no school allowed. Poverty in general is not counted."),
    ),
    Question(
        "psychological_abuse",
        N_("Was she hurt in her mind or feelings?"),
        N_("Threats, humiliation, being kept apart from others, being followed, unwanted remarks."),
    ),
)
"""In the order in which they are asked. Questions after the first «yes» are not asked."""


def type_of(answers: Sequence[bool | None]) -> str | None:
    """Return the one type that *answers* give, in the order of the questions; None while none is decided.

    What comes after the first «yes» changes nothing, and a question left open keeps those after it from deciding.
    """
    for question, answer in zip(QUESTIONS, answers, strict=False):
        if answer is None:
            return None
        if answer:
            return question.type
    return NOT_GBV if len(answers) >= len(QUESTIONS) else None


def answers_for(violence: str | None) -> tuple[bool | None, ...]:
    """Return the answers that give *violence*: «no» before its question, «yes» to it, nothing after.

    Raises ValueError for a code that is no answer of these questions.
    """
    if violence is None:
        return (None,) * len(QUESTIONS)
    if violence == NOT_GBV:
        return (False,) * len(QUESTIONS)
    number = [question.type for question in QUESTIONS].index(violence)
    return (*(False for _question in QUESTIONS[:number]), True, *(None for _question in QUESTIONS[number + 1 :]))


def asked_next(answers: Sequence[bool | None]) -> int | None:
    """Return the number of the question to ask now; None when the type is decided."""
    for number, answer in enumerate(answers[: len(QUESTIONS)]):
        if answer is None:
            return number
        if answer:
            return None
    return len(answers) if len(answers) < len(QUESTIONS) else None


def is_classified(violence: str | None) -> bool:
    """Tell whether *violence* is a type these questions give, and no «not known» or the like."""
    return violence in {code.code for code in vocab.VIOLENCE_TYPES}
