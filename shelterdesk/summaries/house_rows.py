"""The section on people: who was here, came and left, their nights, and whom the house supported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

from shelterdesk import vocab
from shelterdesk.summaries import measures
from shelterdesk.summaries.counting import Counting
from shelterdesk.summaries.counts import (
    NOTHING,
    Columns,
    Event,
    Figures,
    Parts,
    divide,
    figures,
    in_order,
    parts_of,
    row,
)
from shelterdesk.summaries.movements import NEW, RETURNING, Movements
from shelterdesk.summaries.table import Figure, Row
from shelterdesk.summaries.who import SEX_AGE

_ALWAYS_SHOWN = SEX_AGE[:4]
_STATUS_ORDER = tuple(code.code for code in vocab.STATUSES)


def people_rows(counting: Counting) -> list[Row]:
    """Return all rows of the section in the order of the page."""
    moving = {
        measures.HERE_FIRST: _each(counting, lambda moves: moves.before),
        measures.ARRIVED: _each(counting, lambda moves: moves.arrived),
        measures.LEFT: _each(counting, lambda moves: moves.left),
        measures.HERE_LAST: _each(counting, lambda moves: moves.after),
    }
    # The four have the same lines, so that the balance can be followed on each.
    lines = _Lines(counting, moving)
    rows: list[Row] = []
    for measure, columns in moving.items():
        rows.append(row(measure, figures(columns)))
        if measure is measures.ARRIVED:
            rows += _new_and_returning(columns)
        elif measure is measures.LEFT:
            reasons = divide(columns)
            codes = in_order(reasons, tuple(measures.REASON_LABELS))
            labels = measures.REASON_LABELS.__getitem__
            rows += parts_of(measure, reasons, "reason", codes, labels, measures.REASON_DEFINITION)
        rows += lines.of(measure)
    supported = _supported(counting)
    rows += _nights(counting)
    rows.append(row(measures.SUPPORTED, figures(supported)))
    rows += _with_and_without_stay(supported)
    rows += _Lines(counting, {measures.SUPPORTED: supported}).of(measures.SUPPORTED)
    return rows


class _Lines:
    """The split of measures by women, men, girls and boys, and by status; all have the same lines."""

    def __init__(self, counting: Counting, columns: Mapping[measures.Measure, Columns]) -> None:
        crowd = counting.crowd
        self._by_sex_age: dict[measures.Measure, Parts] = {
            measure: divide(events, lambda event: crowd.sex_age(event.person, event.on))
            for measure, events in columns.items()
        }
        self._by_status: dict[measures.Measure, Parts] = {
            measure: divide(events, lambda event: crowd.status(event.person, event.on))
            for measure, events in columns.items()
        }
        self._lines = in_order((*_ALWAYS_SHOWN, *chain(*self._by_sex_age.values())), SEX_AGE)
        self._statuses = in_order(chain(*self._by_status.values()), _STATUS_ORDER)

    def of(self, measure: measures.Measure) -> list[Row]:
        return [
            *parts_of(
                measure,
                self._by_sex_age[measure],
                "sex_age",
                self._lines,
                measures.SEX_AGE_LABELS.__getitem__,
                measures.SEX_AGE_DEFINITION,
            ),
            *parts_of(
                measure,
                self._by_status[measure],
                "status",
                self._statuses,
                measures.label_of_status,
                measures.STATUS_DEFINITION,
                within="status.",
            ),
        ]


def _each(counting: Counting, events: Callable[[Movements], list[Event]]) -> Columns:
    this, previous, since = (events(moves) for moves in counting.moves)
    return (this, previous, since)


def _new_and_returning(columns: Columns) -> list[Row]:
    divided = divide(columns)
    return [
        row(measure, figures(divided.get(code, NOTHING)), part_of="arrived", split="returning", level=1)
        for measure, code in ((measures.NEW, NEW), (measures.RETURNING, RETURNING))
    ]


def _nights(counting: Counting) -> list[Row]:
    """Return bed nights, here and away, and, worked out from them, the share of beds and the daily average."""
    nights: list[Figure] = []
    shares: list[Figure] = []
    averages: list[Figure] = []
    here: list[Figure] = []
    away: list[Figure] = []
    for (first, last), moves, gone in zip(counting.spans, counting.moves, counting.away, strict=True):
        slept, people = sum(moves.nights.values()), len(moves.nights)
        apart = sum(gone.values())
        at_home = sum(number > gone.get(person, 0) for person, number in moves.nights.items())
        here.append(Figure(slept - apart, at_home))
        away.append(Figure(apart, len(gone)))
        offered, days = counting.capacity.nights(first, last), (last - first).days + 1
        nights.append(Figure(slept, people))
        shares.append(Figure(slept / offered if offered > 0 else None, people))
        averages.append(Figure(slept / days if days > 0 else None, people))
    return [
        row(measures.BED_NIGHTS, _three(nights)),
        row(measures.NIGHTS_HERE, _three(here), part_of="bed_nights", split="away", level=1),
        row(measures.NIGHTS_AWAY, _three(away), part_of="bed_nights", split="away", level=1),
        row(measures.OCCUPANCY, _three(shares)),
        row(measures.BEDS_USED, _three(averages)),
    ]


def _three(numbers: Sequence[Figure]) -> Figures:
    this, previous, since = numbers
    return (this, previous, since)


def _supported(counting: Counting) -> Columns:
    """Return everybody supported once, on the last day of each column; the code tells whether she stayed."""
    this, previous, since = (
        [
            Event(person, last, "stayed" if person in moves.nights else "not_stayed")
            for person in {*moves.nights, *served, *reached}
        ]
        for (_first, last), moves, served, reached in zip(
            counting.spans, counting.moves, counting.served, counting.reached, strict=True
        )
    )
    return (this, previous, since)


def _with_and_without_stay(supported: Columns) -> list[Row]:
    divided = divide(supported)
    return [
        row(measure, figures(divided.get(code, NOTHING)), part_of="supported", split="stay", level=1)
        for measure, code in ((measures.STAYED, "stayed"), (measures.NOT_STAYED, "not_stayed"))
    ]
