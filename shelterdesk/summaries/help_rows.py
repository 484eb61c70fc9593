"""The sections on what was done: services and their hours, milestones, courses and work, referrals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shelterdesk import vocab
from shelterdesk.summaries import measures
from shelterdesk.summaries.counting import Counting
from shelterdesk.summaries.counts import Event, Figures, by_column, divide, figures, in_order, parts_of, row
from shelterdesk.summaries.presences import Someone
from shelterdesk.summaries.queries import OTHER_FAMILY
from shelterdesk.summaries.table import Figure, Row
from shelterdesk.vocab.lists import base_of

_SOURCE_ORDER = tuple(code.code for code in vocab.REFERRAL_SOURCES)
_UNSAID = {code.code for code in vocab.RESERVED}


@dataclass
class Tally:
    """The services of one family in one column."""

    sessions: int = 0
    minutes: int = 0
    people: int = 0
    timed_people: int = 0
    """People with a service whose minutes are known."""


Tallies = tuple[Tally, Tally, Tally]


def service_rows(counting: Counting) -> list[Row]:
    """Return the sessions and then the hours, each as a whole and by family."""
    families = _tallies(counting)

    def whole(value: Callable[[Tally], float], people: Callable[[Mapping[Someone, int]], int]) -> Figures:
        this, previous, since = (
            Figure(sum(value(tallies[column]) for tallies in families.values()), people(counting.served[column]))
            for column in range(3)
        )
        return (this, previous, since)

    return [
        row(measures.SERVICES, whole(lambda tally: tally.sessions, len)),
        *_family_rows(measures.SERVICES, families, _sessions, measures.FAMILY_DEFINITION),
        row(measures.HOURS, whole(_hours_of, lambda served: sum(served.values()))),
        *_family_rows(measures.HOURS, families, _hours, measures.HOURS_DEFINITION),
    ]


def progress_rows(counting: Counting) -> list[Row]:
    """Return milestones, courses and work."""
    this, previous, since = (Figure(sum(people.values()), len(people)) for people in counting.reached)
    rows = [row(measures.MILESTONES, (this, previous, since))]
    for measure, groups in ((measures.COURSES, measures.COURSE_GROUPS), (measures.WORK, measures.WORK_GROUPS)):
        begun = (
            Event(counting.crowd.counted(person), started)
            for person, kind, started in counting.found["placements"]
            if vocab.PLACEMENT_KINDS.group(kind) in groups
        )
        rows.append(row(measure, figures(by_column(begun, counting.spans))))
    return rows


def referral_rows(counting: Counting) -> list[Row]:
    """Return the referrals as a whole and by source."""
    columns = by_column(
        (
            Event(counting.crowd.counted(person), on, _source_of(source))
            for person, source, on in counting.found["referrals"]
        ),
        counting.spans,
    )
    sources = divide(columns)
    codes = in_order(sources, _SOURCE_ORDER)
    return [
        row(measures.REFERRALS, figures(columns)),
        *parts_of(measures.REFERRALS, sources, "source", codes, measures.label_of_source, measures.SOURCE_DEFINITION),
    ]


def turned_away_rows(counting: Counting) -> list[Row]:
    """Return the requests for a place that were turned away, as a whole and by reason."""
    columns = by_column(
        (
            Event(request, on, vocab.TURNED_AWAY_REASONS.group(reason) or "other")
            for request, reason, on in counting.found["turned_away"]
        ),
        counting.spans,
    )
    reasons, labels = divide(columns), measures.TURNED_AWAY_LABELS
    codes = in_order(reasons, tuple(labels))
    definition = measures.TURNED_AWAY_DEFINITION
    return [
        row(measures.TURNED_AWAY, figures(columns)),
        *parts_of(measures.TURNED_AWAY, reasons, "reason", codes, labels.__getitem__, definition),
    ]


def _source_of(source: str | None) -> str:
    """Return the source a referral is counted under: of a shelter's own, the one it is a kind of."""
    return measures.NO_CODE if not source or source in _UNSAID else base_of(source)


def _sessions(tally: Tally) -> Figure:
    return Figure(tally.sessions, tally.people)


def _hours_of(tally: Tally) -> float:
    return tally.minutes / 60


def _hours(tally: Tally) -> Figure:
    return Figure(_hours_of(tally), tally.timed_people)


def _family_rows(
    measure: measures.Measure,
    families: Mapping[str, Tallies],
    show: Callable[[Tally], Figure],
    definition: str,
) -> list[Row]:
    """Return a row for each family in use, in the order of the list."""
    return [
        Row(
            id=f"{measure.id}.{family.code}",
            label=family.label,
            unit=measure.unit,
            figures=(show(this), show(previous), show(since)),
            definition=definition,
            part_of=measure.id,
            split="kind",
            level=1,
            flow=True,
        )
        for family in vocab.SERVICE_FAMILIES
        for this, previous, since in [families[family.code]]
        if any(tally.sessions for tally in (this, previous, since))
    ]


def _tallies(counting: Counting) -> dict[str, Tallies]:
    counted = {
        (family, column): Tally(sessions, minutes, people, timed_people)
        for family, column, sessions, minutes, people, timed_people in counting.found["sessions"]
    }
    families: dict[str, Tallies] = {}
    for family in vocab.SERVICE_FAMILIES:
        this, previous, since = (counted.get((family.code, column)) or Tally() for column in range(3))
        families[family.code] = (this, previous, since)
    _count_merged_once(counting, families)
    return families


def _count_merged_once(counting: Counting, families: Mapping[str, Tallies]) -> None:
    """Take those off who were counted once for each of their records."""
    records: dict[tuple[str, int, Someone, bool], set[Someone]] = {}
    for person, kind, given_on, minutes in counting.found["shared"]:
        family = vocab.SERVICE_KINDS.group(kind) or OTHER_FAMILY
        for column, (first, last) in enumerate(counting.spans):
            if first <= given_on <= last:
                for timed in {False, bool(minutes)}:
                    records.setdefault((family, column, counting.crowd.counted(person), timed), set()).add(person)
    for (family, column, _person, timed), same in records.items():
        tally = families[family][column]
        if timed:
            tally.timed_people -= len(same) - 1
        else:
            tally.people -= len(same) - 1
