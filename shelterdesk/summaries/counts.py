"""Figures and rows made from lists of what happened to whom on which day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from shelterdesk.summaries.measures import Measure
from shelterdesk.summaries.presences import Someone
from shelterdesk.summaries.queries import Span
from shelterdesk.summaries.table import Figure, Row, Split


class Event(NamedTuple):
    """What is counted once: somebody, the day it counts on, and a code it may be divided by.

    A tuple, because a large house has a hundred thousand of them.
    """

    person: Someone
    on: date
    code: str = ""


Columns = tuple[Sequence[Event], Sequence[Event], Sequence[Event]]
"""The events of the three columns."""
Parts = Mapping[str, Columns]
"""The events of the three columns by code."""
NOTHING: Columns = ((), (), ())
Figures = tuple[Figure, Figure, Figure]


def by_column(events: Iterable[Event], spans: Sequence[Span]) -> Columns:
    """Sort events into the columns their day lies in, one into several where these overlap."""
    everything = list(events)
    this, previous, since = ([event for event in everything if first <= event.on <= last] for first, last in spans)
    return (this, previous, since)


def figure(events: Sequence[Event]) -> Figure:
    """Return how many events there were and how many different people they befell."""
    return Figure(len(events), len({event.person for event in events}))


def figures(columns: Columns) -> Figures:
    this, previous, since = columns
    return (figure(this), figure(previous), figure(since))


def row(measure: Measure, numbers: Figures, *, part_of: str = "", split: Split = "", level: int = 0) -> Row:
    """Return the row of a measure."""
    return Row(
        id=measure.id,
        label=measure.label,
        unit=measure.unit,
        figures=numbers,
        definition=measure.definition,
        part_of=part_of,
        split=split,
        level=level,
        flow=measure.flow,
        same_as=measure.same_as,
        people_as=measure.people_as,
    )


def divide(columns: Columns, key: Callable[[Event], str] | None = None) -> Parts:
    """Divide the events of every column by their code, or by *key*."""
    parts: dict[str, tuple[list[Event], list[Event], list[Event]]] = {}
    for column, events in enumerate(columns):
        for event in events:
            code = event.code if key is None else key(event)
            part = parts.get(code)
            if part is None:
                part = parts[code] = ([], [], [])
            part[column].append(event)
    return parts


def in_order(codes: Iterable[str], order: Sequence[str]) -> tuple[str, ...]:
    """Return codes once each, those of *order* first, others by their spelling."""
    found = set(codes)
    known = tuple(code for code in order if code in found)
    return known + tuple(sorted(found.difference(known)))


def parts_of(
    measure: Measure,
    parts: Parts,
    split: Split,
    codes: Iterable[str],
    label: Callable[[str], str],
    definition: str,
    *,
    within: str = "",
) -> list[Row]:
    """Return the rows a measure falls into by one split, one for each of *codes*; *within* sets their ids apart."""
    return [
        Row(
            id=f"{measure.id}.{within}{code}",
            label=label(code),
            unit=measure.unit,
            figures=figures(parts.get(code, NOTHING)),
            definition=definition,
            part_of=measure.id,
            split=split,
            level=1,
            flow=measure.flow,
        )
        for code in codes
    ]
