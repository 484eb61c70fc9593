"""Screening scales: questions, answers with their scores, and what a total means.

A total is a help for talking and no diagnosis. Answers are kept by the id of their question, so that they stay
readable whatever becomes of a scale; a question she does not want to answer is an answer too, and then there is no
total.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from shelterdesk import i18n

Words = Mapping[str, str]
"""The same words by language, at least in one."""
Answers = Mapping[str, int | None]
"""Scores by the id of the question; None where she prefers not to answer."""

PREFERS_NOT: Final = "-"
"""How an answer is spelled that she prefers not to give."""
_SPELLED: Final = re.compile(r"[a-z0-9_]{1,20}=(?:\d{1,3}|-)(?: [a-z0-9_]{1,20}=(?:\d{1,3}|-))*")


@dataclass(frozen=True)
class Answer:
    """One answer that may be chosen."""

    score: int
    words: Words


@dataclass(frozen=True)
class Item:
    """One question."""

    id: str
    words: Words
    answers: tuple[Answer, ...]
    intro: Words | None = None
    """Words above this question, for it and those after it."""
    counts: bool = True
    """False for a question beside the scale, which adds nothing to the total."""
    ends_with: frozenset[int] = frozenset()
    """Scores with which the scale ends here: what follows is not asked and adds nothing."""
    flag: str = ""
    """The alert that is offered where the answer reaches ``flag_from``."""
    flag_from: int = 0


@dataclass(frozen=True)
class Band:
    """What totals from ``start`` on are called."""

    start: int
    words: Words


@dataclass(frozen=True)
class Instrument:
    """One scale in one version."""

    id: str
    version: str
    title: Words
    about: Words
    period: Words
    """About how long back it asks."""
    intro: Words | None
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    licence: str
    source: str
    who: Words
    """Who may use it."""

    @property
    def highest(self) -> int:
        """Return the highest total there can be."""
        return sum(max(answer.score for answer in item.answers) for item in self.items if item.counts)

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the languages in which every question stands."""
        wanted = [item.words for item in self.items]
        return tuple(code for code in i18n.LANGUAGES if all(code in words for words in wanted))

    def asked(self, answers: Answers) -> tuple[Item, ...]:
        """Return the questions to be asked after *answers*: some answers end the scale early."""
        found: list[Item] = []
        for item in self.items:
            found.append(item)
            if answers.get(item.id) in item.ends_with:
                break
        return tuple(found)

    def missing(self, answers: Answers) -> tuple[Item, ...]:
        """Return the questions that still wait for an answer."""
        return tuple(item for item in self.asked(answers) if item.id not in answers)

    def total(self, answers: Answers) -> int | None:
        """Return the total; None where a question that counts has no score."""
        scores = [answers.get(item.id) for item in self.asked(answers) if item.counts]
        known = [score for score in scores if score is not None]
        return sum(known) if len(known) == len(scores) else None

    def band(self, total: int) -> Band | None:
        """Return the band a total lies in."""
        return next((band for band in reversed(self.bands) if total >= band.start), None)

    def flags(self, answers: Answers) -> tuple[str, ...]:
        """Return the alerts that are to be thought of after *answers*, each once."""
        found = [
            item.flag
            for item in self.asked(answers)
            if item.flag and (score := answers.get(item.id)) is not None and score >= item.flag_from
        ]
        return tuple(dict.fromkeys(found))

    def fits(self, answers: Answers) -> bool:
        """Tell whether *answers* are answers of this scale."""
        scores = {item.id: {answer.score for answer in item.answers} for item in self.items}
        return all(key in scores and (score is None or score in scores[key]) for key, score in answers.items())


def said(words: Words | None, language: str | None = None) -> str:
    """Return *words* in *language* (default: the window's), else in English, else in whatever there is."""
    if not words:
        return ""
    wanted = language or i18n.language()
    return words.get(wanted) or words.get("en") or next(iter(words.values()))


def answer_words(item: Item, score: int | None, language: str | None = None) -> str:
    """Return an answer in words; of one she prefers not to give «Prefers not to say»."""
    if score is None:
        return i18n.text(i18n.N_("Prefers not to say"), language)
    return next((said(one.words, language) for one in item.answers if one.score == score), str(score))


def spell(instrument: Instrument, answers: Answers) -> str | None:
    """Spell *answers* for keeping, in the order of the questions; None for none."""
    parts = [
        f"{item.id}={PREFERS_NOT if (score := answers[item.id]) is None else score}"
        for item in instrument.asked(answers)
        if item.id in answers
    ]
    return " ".join(parts) or None


def read_answers(spelled: str | None) -> dict[str, int | None]:
    """Read what :func:`spell` wrote; what is spelled otherwise holds no answers."""
    if not spelled or _SPELLED.fullmatch(spelled) is None:
        return {}
    pairs = (part.split("=", 1) for part in spelled.split(" "))
    return {key: None if score == PREFERS_NOT else int(score) for key, score in pairs}


def numbers_of(instrument: Instrument, items: Sequence[Item]) -> str:
    """Return which questions *items* are, by their places: «3, 7, 9»."""
    places = {item.id: number for number, item in enumerate(instrument.items, 1)}
    return ", ".join(str(places[item.id]) for item in items)
