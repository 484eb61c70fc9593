"""What a reader of a summary can work out from what: its columns as numbers with the relations between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shelterdesk.summaries.alternatives import Relations, Terms
from shelterdesk.summaries.period import Period
from shelterdesk.summaries.suppression import FEWEST, Column, Days, Number
from shelterdesk.summaries.table import PREVIOUS, THIS, Figure, Row, Summary, Unit

_MINUTES = 60


def is_few(figure: Figure) -> bool:
    """Tell if so few people stand behind a figure that it may not be told."""
    return figure.people is not None and 0 < figure.people < FEWEST


def column_of(summary: Summary, column: int) -> Column:
    """Return the numbers of one column. Rows that say the same as another one are left out: they follow it."""
    rows = summary.rows()
    numbers: dict[str, Number] = {}
    for row in rows.values():
        figure = row.figures[column]
        if figure.value is not None and not row.same_as:
            numbers[row.id] = Number(_whole(figure.value, row.unit), is_few(figure), row.unit == "people")
    for row in rows.values():
        if row.same_as in numbers and is_few(row.figures[column]):
            followed = numbers[row.same_as]
            numbers[row.same_as] = Number(followed.value, few=True, of_people=followed.of_people)
    period = summary.columns[column]
    return Column(numbers, _relations(summary, numbers), _days(summary, numbers), worded=is_month(period))


def root_of(row: Row, rows: dict[str, Row]) -> str:
    """Return the row a row can be worked out from."""
    seen = {row.id}
    while row.same_as in rows and row.same_as not in seen:
        row = rows[row.same_as]
        seen.add(row.id)
    return row.id


def is_month(period: Period) -> bool:
    return (period.first.year, period.first.month) == (period.last.year, period.last.month)


def _whole(value: float, unit: Unit) -> int:
    """Return hours in minutes and shares in hundredths of a percent; a number that is not zero stays so."""
    factor = {"hours": _MINUTES, "percent": 10_000}.get(unit, 1)
    return max(1, round(value * factor)) if value > 0 else round(value * factor)


def _relations(summary: Summary, numbers: dict[str, Number]) -> Relations:
    terms: Iterable[Terms] = (*_splits(summary), *_balances(summary))
    return Relations.between(relation for relation in terms if all(name in numbers for name, _ in relation))


def _splits(summary: Summary) -> Iterator[Terms]:
    parts: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for row in summary.rows().values():
        if row.part_of:
            parts.setdefault((row.part_of, row.split), []).append((row.id, -1))
    for (whole, _), terms in parts.items():
        yield ((whole, 1), *terms)


def _balances(summary: Summary) -> Iterator[Terms]:
    for balance in summary.balances:
        yield (
            (balance.first, 1),
            *((name, 1) for name in balance.plus),
            *((name, -1) for name in balance.minus),
            (balance.last, -1),
        )


def _days(summary: Summary, numbers: dict[str, Number]) -> Days:
    """Find the rows of a first and a last day: the last day before a period says the same as its first."""
    pairs = [
        (first, last)
        for (last, before), (first, now) in summary.same
        if (before, now) == (PREVIOUS, THIS) and first != last and first in numbers and last in numbers
    ]
    return Days(tuple(first for first, _ in pairs), tuple(last for _, last in pairs))
