"""Whom a summary counts on which line: women, men, girls and boys, and the identification status as it stood."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from shelterdesk import vocab
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import ADULT_AGE
from shelterdesk.summaries.presences import Someone

WOMEN, MEN, GIRLS, BOYS, ANOTHER, UNKNOWN = "women", "men", "girls", "boys", "another", "not_known"
SEX_AGE = (WOMEN, MEN, GIRLS, BOYS, ANOTHER, UNKNOWN)
NO_STATUS = "none"
"""Stands for people whose status nobody recorded."""

_LINES = {"feminine": (WOMEN, GIRLS), "masculine": (MEN, BOYS)}
Traits = tuple[str | None, str | None]
"""Code of the gender, and the birth date as it is stored, without the sealed day."""


@dataclass(frozen=True)
class Crowd:
    """What is known about everybody on file, as far as it decides where they are counted."""

    merged: Mapping[Someone, Someone]
    """Who was merged into whom."""
    traits: Mapping[Someone, Traits]
    statuses: Mapping[Someone, tuple[list[date], list[str]]]
    """Days and the status from each on, by person as counted."""
    _lines: dict[Someone, tuple[str, str, date]] = field(default_factory=dict[Someone, tuple[str, str, date]])
    """Lines as an adult and as a child, and when the one follows the other, as far as somebody asked."""

    @classmethod
    def of(
        cls,
        people: Iterable[tuple[Someone, str | None, str | None, Someone | None]],
        statuses: Iterable[tuple[Someone, date, object, str]],
    ) -> Crowd:
        """Take rows (person, gender, birth, merged into) and (person, since, when recorded, status)."""
        merged: dict[Someone, Someone] = {}
        traits: dict[Someone, Traits] = {}
        for person, gender, birth, into in people:
            traits[person] = (gender, birth)
            if into is not None:
                merged[person] = into
        crowd = cls(merged, traits, {})
        rows = [(crowd.counted(person), since, recorded, status) for person, since, recorded, status in statuses]
        if merged:
            rows.sort(key=lambda row: (row[1], row[2]))
        known: dict[Someone, tuple[list[date], list[str]]] = {}
        for person, since, _recorded, status in rows:
            days, codes = known.setdefault(person, ([], []))
            days.append(since)
            codes.append(status)
        return cls(merged, traits, known)

    def counted(self, person: Someone) -> Someone:
        """Return the person as whom *person* is counted: the record hers was merged into."""
        into = self.merged.get(person)
        if into is None:
            return person
        seen = {person}
        while into is not None and into not in seen:
            seen.add(into)
            person, into = into, self.merged.get(into)
        return person

    def sex_age(self, person: Someone, on: date) -> str:
        """Return the line of *person* on a day: adult from the 18th birthday.

        The day of birth is sealed and takes no part, so that everybody counts alike: with only a month or a year
        known, somebody is an adult when she is one for certain.
        """
        found = self._lines.get(person)
        if found is None:
            found = self._lines[person] = _lines_of(*self.traits.get(person, (None, None)))
        grown, child, adult_from = found
        return grown if on >= adult_from else child

    def status(self, person: Someone, on: date) -> str:
        """Return the status of *person* as it stood on a day."""
        days, codes = self.statuses.get(person, ((), ()))
        place = bisect_right(days, on)
        return codes[place - 1] if place else NO_STATUS


def _lines_of(gender: str | None, birth: str | None) -> tuple[str, str, date]:
    group = vocab.GENDERS.group(gender)
    if group in _LINES and birth:
        return (*_LINES[group], _adult_from(birth))
    line = ANOTHER if group and group not in _LINES else UNKNOWN
    return (line, line, date.min)


@lru_cache(maxsize=4096)
def _adult_from(birth: str) -> date:
    """Return the day somebody born then is 18 for certain; the mark «about» changes nothing."""
    latest = PartialDate.parse(birth.rstrip("~")).latest()
    try:
        return latest.replace(year=latest.year + ADULT_AGE)
    except ValueError:  # born on 29 February
        return date(latest.year + ADULT_AGE, 3, 1)
