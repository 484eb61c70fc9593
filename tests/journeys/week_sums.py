"""What the diaries of the week add up to, reckoned from nothing but their words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from shelterdesk import vocab
from tests.journeys.week_days import DAYS, DIARY, KINDS, LATE, MONEY, OUTING, REGISTER, SHARED, SKILLS, UNTIMED
from tests.journeys.week_house import LIVE_ELSEWHERE, LIVE_HERE, MONDAY

OUTCOMES: Final = {"short": "shorter", "declined": "declined", "not held": "not_held"}
GIVEN: Final = ("took_place", "shorter")
_PLAIN: Final = {"Lala": "Lalə", "Vusala": "Vusalə", "Nermin": "Nərmin", "Sabina": "Səbinə"}
"""Who is typed without the letters the keyboard does not have."""
_EXPECTS_NOTE: Final = ("psychological", "legal", "social")
_NEEDS_NONE: Final = ("skills", "child", "outing")


@dataclass(frozen=True)
class Given:
    """One service, as the diary has it."""

    on: date
    by: str
    typed: str
    """The name as it is typed."""
    word: str
    number: str
    outcome: str = "took_place"
    noted: bool = False
    group: str = ""

    @property
    def who(self) -> str:
        return name_of(self.typed)

    @property
    def kind(self) -> str:
        return KINDS[self.word][0]

    @property
    def family(self) -> str:
        return vocab.SERVICE_KINDS.group(self.kind)

    @property
    def counts(self) -> bool:
        return self.outcome in GIVEN

    @property
    def minutes(self) -> int:
        """Minutes that count."""
        return int(self.number) if self.counts and self.word not in MONEY | UNTIMED else 0

    @property
    def cents(self) -> int:
        return round(float(self.number) * 100) if self.counts and self.word in MONEY else 0

    @property
    def wants_note(self) -> bool:
        """Whether a note is expected of it that nobody has written yet."""
        return self.counts and self.family in _EXPECTS_NOTE and self.word not in _NEEDS_NONE and not self.noted


@dataclass(frozen=True)
class Planned:
    """One line of a diary."""

    by: str
    day: str
    at: str
    word: str
    typed: str
    minutes: str
    then: str

    @property
    def line(self) -> str:
        return f"{self.day} {self.at} {WORDS.get(self.word, self.word)} {self.typed} {self.minutes} me"

    @property
    def ends_on(self) -> str:
        """The day it took place or was to take place in the end."""
        return self.then.split()[2] if self.then.startswith("moved") else self.day


WORDS: Final = {"talk": "social"}


def name_of(typed: str) -> str:
    """Return the short name of whom *typed* means."""
    meant = _PLAIN.get(typed, typed)
    return next(name for name in (*LIVE_HERE, *LIVE_ELSEWHERE) if name == meant or name.startswith(f"{meant} "))


def day(word: str) -> date:
    """Return the day of the week called so."""
    return MONDAY + timedelta(days=DAYS.index(word))


def register_of(on: str, by: str) -> list[Given]:
    """Return the lines of somebody's register of a day, in their order."""
    found: list[Given] = []
    for line in REGISTER.get((on, by), "").split(","):
        if line.strip():
            name, word, number, *outcome = line.split()
            found.append(Given(day(on), by, name, word, number, OUTCOMES.get(" ".join(outcome), "took_place")))
    return found


def diary_of(by: str) -> list[Planned]:
    """Return what somebody plans for the week."""
    found: list[Planned] = []
    for line in DIARY.get(by, "").strip().splitlines():
        on, at, word, typed, minutes, *then = line.split()
        found.append(Planned(by, on, at, word, typed, minutes, " ".join(then)))
    return found


def groups() -> Iterator[Given]:
    """Yield what the groups were for each who was in them."""
    when, minutes, names, but = SHARED
    for name in names.split():
        outcome = "declined" if but.startswith(f"{name} ") else "took_place"
        yield Given(day(when.split()[0]), "nigar", name, "group", str(minutes), outcome, group="shared")
    for (on, by, minutes, names), word in ((SKILLS, "skills"), (OUTING, "outing")):
        for name in names.split():
            yield Given(day(on), by, name, word, str(minutes), group=word)


def everything() -> list[Given]:
    """Return every service of the week."""
    found = [one for on, by in REGISTER for one in register_of(on, by)]
    for by in DIARY:
        found += [
            Given(day(one.ends_on), by, one.typed, one.word, one.minutes, noted=one.then == "with a note")
            for one in diary_of(by)
            if one.then != "did not come"
        ]
    _typed_on, by, on, line = LATE
    name, word, number = line.split()
    return [*found, Given(day(on), by, name, word, number), *groups()]


def minutes_by(given: Iterable[Given]) -> dict[str, int]:
    """Return how long each worker was with people; a group took its time once."""
    alone: dict[str, int] = defaultdict(int)
    together: dict[tuple[str, str], int] = {}
    for one in given:
        if one.group:
            together[one.by, one.group] = max(one.minutes, together.get((one.by, one.group), 0))
        else:
            alone[one.by] += one.minutes
    for (by, _group), minutes in together.items():
        alone[by] += minutes
    return dict(alone)


def by_kind(given: Sequence[Given]) -> dict[str, tuple[int, int]]:
    """Return how often and how long each kind took place."""
    held = [one for one in given if one.counts]
    kinds = {one.kind for one in held}
    return {
        kind: (sum(one.kind == kind for one in held), sum(one.minutes for one in held if one.kind == kind))
        for kind in kinds
    }


def by_family(given: Sequence[Given]) -> dict[str, tuple[int, int, int]]:
    """Return of each family how often, for how many people and for how many minutes."""
    held = [one for one in given if one.counts]
    return {
        family: (
            sum(one.family == family for one in held),
            len({one.who for one in held if one.family == family}),
            sum(one.minutes for one in held if one.family == family),
        )
        for family in {one.family for one in held}
    }
