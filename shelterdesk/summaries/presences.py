"""Days in the house, worked out from stays: who was here when a day began and when it ended, and how many nights.

The rules, by the day and never by the hour:

- Somebody is here *before* a day when she slept here the night that leads to it: she arrived on an earlier day and
  did not leave on an earlier one. She is here *after* a day when she sleeps here the night that follows.
- «Here on the first day» of a period means before it, «here on the last day» after it. So the last day of a month
  and the first of the next always say the same.
- An arrival counts on its day and a leaving on its day, also when both are one day or somebody comes back on the day
  she left. So first day + arrived − left = last day, whatever happened in between.
- Stays of one person that overlap (two records that were merged) are one presence: nobody is here twice.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date

Someone = Hashable
"""What the database gives for the id of a person; only ever compared."""


@dataclass(frozen=True, slots=True)
class Presence:
    """An unbroken time of one person in the house, from an arrival to a leaving."""

    person: Someone
    arrived: date
    left: date | None
    reason: str | None
    """Why she left, as a code."""
    returning: bool
    """True where she had stayed here before."""


def presences(stays: Iterable[tuple[Someone, date, date | None, str | None]]) -> list[Presence]:
    """Join the stays (person, arrived, left, reason) of each person where they overlap."""
    by_person: dict[Someone, list[tuple[date, date | None, str | None]]] = {}
    for person, arrived, left, reason in stays:
        by_person.setdefault(person, []).append((arrived, left, reason))
    found: list[Presence] = []
    for person, theirs in by_person.items():
        if len(theirs) > 1:
            theirs.sort(key=lambda stay: (stay[0], stay[1] or date.max))
        running: Presence | None = None
        for arrived, left, reason in theirs:
            if running is None or (running.left is not None and arrived >= running.left):
                if running is not None:
                    found.append(running)
                running = Presence(person, arrived, left, reason, returning=running is not None)
            elif running.left is not None and (left is None or left > running.left):
                running = replace(running, left=left, reason=reason)
        if running is not None:
            found.append(running)
    return found


def nights_away(
    present: Iterable[Presence], absences: Iterable[tuple[Someone, date, date | None]], first: date, last: date
) -> dict[Someone, int]:
    """Return how many of the bed nights from *first* to *last* were away, by person, for those with any.

    Absences are (person, first night away, day she was back). One that nobody ended lasts until she left; one that
    began before she came, or overlaps another, counts no night twice.
    """
    away: dict[Someone, list[tuple[date, date | None]]] = {}
    for person, since, back in absences:
        away.setdefault(person, []).append((since, back))
    nights: dict[Someone, set[int]] = {}
    if not away:
        return {}
    for one in present:
        end = last.toordinal() + 1 if one.left is None else min(one.left.toordinal(), last.toordinal() + 1)
        for since, back in away.get(one.person, ()):
            if since < one.arrived or since.toordinal() >= end:
                continue
            until = end if back is None else min(end, back.toordinal())
            nights.setdefault(one.person, set()).update(range(max(since.toordinal(), first.toordinal()), until))
    return {person: len(days) for person, days in nights.items() if days}
