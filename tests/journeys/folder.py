"""The paper folder of one family: what was written down in nine months, sheet by sheet, before there was a program.

Everybody in it is invented. A sheet names the day and the hour, whose sheet it is, which form it belongs to, and what
stands on it in the words of the form. The sheets themselves lie in ``folder_arrival``, ``folder_winter``,
``folder_february``, ``folder_spring`` and ``folder_autumn``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

BAKU: Final = timezone(timedelta(hours=4))
Answer = str | tuple[str, ...]

MOTHER: Final = "Gulnora"
SON: Final = "Timur"
DAUGHTER: Final = "Nilufar"


@dataclass(frozen=True)
class Sheet:
    """One sheet of paper. ``row`` is what stands in the line that has to be opened first."""

    at: datetime
    who: str
    form: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    row: str = ""

    @property
    def words(self) -> list[str]:
        """What somebody wrote in words of their own, as far as it is long enough to be looked for."""
        answers = [answer for label, answer in self.answers.items() if label not in _SPELLED]
        flat = [one for answer in answers for one in ([answer] if isinstance(answer, str) else answer)]
        return [one for one in flat if len(one) > _SHORT and " " in one]


_SPELLED: Final = frozenset({"children"})
"""Answers that spell several fields in one line."""
_SHORT: Final = 11
"""Letters from which on words are somebody's own and not a choice or a number."""


def sheets(*rows: tuple[str, str, str, Mapping[str, Answer], *tuple[str, ...]]) -> list[Sheet]:
    """Return sheets: day and hour by the clock of the house, whose, which form, what stands on it, and which line."""
    found: list[Sheet] = []
    for at, who, form, answers, *row in rows:
        there = datetime.strptime(at, "%d.%m.%Y %H:%M").replace(tzinfo=BAKU)
        found.append(Sheet(there.astimezone(UTC), who, form, answers, *row))
    return found


CHANGED_LATER: Final = frozenset(
    {
        "Being arranged",
        "Asked for, no answer yet",
        "Being prepared",
        "whether the group suits her",
        "hours and pay as agreed",
        "contract and insurance",
        "how the way to work goes",
    }
)
"""What a later sheet of the same thing replaced: the history keeps it, the record shows what holds."""


def in_order(*parts: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets of all *parts* by day and hour; sheets of one hour keep their order."""
    return sorted((one for part in parts for one in part), key=lambda one: one.at)


TOLD: Final = (
    "that she may say yes or no to the interview",
    "what the interview is for",
    "what her data are used for, now and perhaps later",
    "that data without names may serve research",
    "that she may ask for her own data at any time",
    "how long data are kept",
    "how to take consent back",
)
