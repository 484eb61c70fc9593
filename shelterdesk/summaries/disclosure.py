"""What of a summary may leave the house: small numbers are covered, and all that would give them away again.

**The rule.** A figure behind which 1–4 people stand is hidden: people, sessions, hours, nights and money alike. «<5»
stands in place of a number of people that is 1–4, «hidden» in place of everything else. Zero is told.

**The promise.** A reader knows the rule, all that is shown, that figures are whole and not below zero, and that parts
add up to their whole, that first day + arrived − left = last day, that months add up to the column since January. For
this reader every hidden figure could be more than one number; one that few people stand behind could be any of 1–4
where «<5» is written, and any of at least four numbers in a row where «hidden» is written. A reader who takes
«hidden» beside «<5» for «5 or more» finds no less: where that would tell more, all of them say «hidden». For this,
further figures are hidden, the smallest that is not zero first; a zero only where nothing else is left.

**Over time.** A month is covered by its own figures alone, and the people in the house on a day by that day's alone,
so that it looks the same as «this month», as «previous month» and in every later summary. A row is hidden in a longer
column (a quarter, a year, since January) as soon as it is in one of its months: two summaries subtracted would give
that month away. Which months have to be known for that, :func:`months_needed` says; a longer column is hidden
altogether while one of them is missing.

**No promise.** Nothing is promised against whoever knows some of the people counted, against numbers other
organisations publish about them, against a summary of one site beside that of all sites, against two copies of a
month that was still running and was added to or mended in between, against bounds (nobody can have more nights than
the month has days; people served are at most people supported), or against working backwards through the choice of
what else is hidden. Where a status changes between the last day of one month and the first of the next, or an empty
row is listed in one summary and left out of another, the two may be covered differently: each holds by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, cast

from shelterdesk.i18n import N_
from shelterdesk.summaries.alternatives import Moves
from shelterdesk.summaries.period import Period
from shelterdesk.summaries.relations import column_of, is_few, is_month, root_of
from shelterdesk.summaries.suppression import Column, Pattern, cover_column, cover_day, follow_months, says_few
from shelterdesk.summaries.table import (
    PREVIOUS,
    SINCE_JANUARY,
    THIS,
    Cell,
    ChartBars,
    ChartPoint,
    ChartSeries,
    Cover,
    Figure,
    Row,
    Summary,
)

FEW: Final[Cover] = "<5"
HIDDEN: Final = cast("Cover", N_("hidden"))
_COLUMNS = (THIS, PREVIOUS, SINCE_JANUARY)


@dataclass(frozen=True)
class Covered:
    """What a protected summary does not tell: one figure of the period, or how many there are in another column."""

    column: int
    row_id: str
    """"" for a whole column."""
    label: str
    """Message id of the row; "" for a whole column."""
    word: Cover
    count: int = 1
    only_people: bool = False
    """The figure itself is told, the number of people beside it is not."""


def protect(summary: Summary, months: Sequence[Summary] = ()) -> Summary:
    """Return *summary* without what may not be told.

    *months* are the exact summaries of :func:`months_needed`, for the same site. Beside figures of people no second
    number of people is told. A protected summary comes back as it is.
    """
    if summary.protected:
        return summary
    if any(month.protected or month.site_id != summary.site_id or not is_month(month.period) for month in months):
        raise ValueError("months must be exact and of the same site to tell what is hidden in them")
    words = _words(summary, months)
    rows = summary.rows()
    sections = tuple(
        replace(section, rows=tuple(_protected_row(row, rows, words) for row in section.rows))
        for section in summary.sections
    )
    series = tuple(_protected_series(one, words, _hidden_months(one, summary, months)) for one in summary.series)
    return replace(summary, sections=sections, series=series, protected=True)


def months_needed(summary: Summary) -> tuple[Period, ...]:
    """Return the months within the columns of *summary* that it does not tell by itself, the earliest first."""
    columns = summary.columns
    alone = {period.first for period in columns if is_month(period)}
    needed = {month.first: month for period in columns for month in _begun(summary, period) if month.first not in alone}
    return tuple(needed[first] for first in sorted(needed))


def covered(summary: Summary, protected: Summary, row_ids: Collection[str] | None = None) -> tuple[Covered, ...]:
    """Return what *protected* does not tell of *summary*: the figures of the period one by one, in the order of the
    page, then how many rows of the previous period and since January. *row_ids* limits it to the rows in the file."""
    after = protected.rows()
    told: list[Covered] = []
    counts = {PREVIOUS: 0, SINCE_JANUARY: 0}
    for row in summary.rows().values():
        if row_ids is not None and row.id not in row_ids:
            continue
        figures = after[row.id].figures
        for column in counts:
            counts[column] += bool(figures[column].cover)
        if figures[THIS].cover:
            told.append(Covered(THIS, row.id, row.label, figures[THIS].cover))
        elif figures[THIS].people_cover:
            told.append(Covered(THIS, row.id, row.label, figures[THIS].people_cover, only_people=True))
    told += [Covered(column, "", "", HIDDEN, count) for column, count in counts.items() if count]
    return tuple(told)


def _words(summary: Summary, months: Sequence[Summary]) -> dict[Cell, Cover]:
    """Return the word for each hidden cell, rows that follow others left out."""
    columns = [column_of(summary, column) for column in _COLUMNS]
    days = _cover_days(summary, columns)
    known: dict[date, set[str]] = {month.period.first: set(_month_hides(month)) for month in months}
    words: dict[Cell, Cover] = {}
    # Months first: what is hidden in them is hidden in the columns that hold them.
    for column in sorted(_COLUMNS, key=lambda one: not is_month(summary.columns[one])):
        period = summary.columns[column]
        if is_month(period):
            pattern = cover_column(columns[column], days[column])
            known[period.first] = set(pattern.hidden)
        else:
            hidden = _hidden_in_months(summary, column, known)
            pattern = follow_months(columns[column], days[column], hidden)
        for row in pattern.hidden:
            words[row, column] = FEW if says_few(columns[column], pattern, row) else HIDDEN
    for one, other in summary.same:
        # Days that differ by a birthday or a new status are covered together all the same.
        if one in words or other in words:
            words.setdefault(one, HIDDEN)
            words.setdefault(other, HIDDEN)
    return words


def _hidden_in_months(summary: Summary, column: int, known: Mapping[date, Collection[str]]) -> set[str]:
    """Return the rows that a month of the column hides: all that count people if a month is not known."""
    firsts = [month.first for month in _begun(summary, summary.columns[column])]
    if any(first not in known for first in firsts):
        return {row.id for row in summary.rows().values() if row.figures[column].people is not None}
    return {row for first in firsts for row in known[first]}


def _begun(summary: Summary, period: Period) -> list[Period]:
    """Return the months of *period* in which anything can have been counted."""
    return [month for month in period.months() if summary.until is None or month.first <= summary.until]


def _month_hides(month: Summary) -> tuple[str, ...]:
    column = column_of(month, THIS)
    days = _cover_days(month, [column_of(month, one) for one in _COLUMNS])
    return tuple(cover_column(column, days[THIS]).hidden)


def _cover_days(summary: Summary, columns: Sequence[Column]) -> list[dict[str, tuple[Pattern, list[Moves]]]]:
    """Cover the first and the last day of each column; days that are the same are covered alike."""
    found: list[dict[str, tuple[Pattern, list[Moves]]]] = [{} for _ in columns]
    forced: dict[int, set[str]] = {column: set() for column in _COLUMNS}
    while True:
        for index, column in enumerate(columns):
            for day, names in (("first", column.days.first), ("last", column.days.last)):
                found[index][day] = cover_day(column, names, forced[index] & set(names))
        hidden = {
            (name, at) for at, days in enumerate(found) for pattern, _ in days.values() for name in pattern.hidden
        }
        news = False
        for one, other in summary.same:
            for here, there in ((one, other), (other, one)):
                row, at = there
                if here in hidden and there not in hidden and row in (*columns[at].days.first, *columns[at].days.last):
                    forced[at].add(row)
                    news = True
        if not news:
            return found


def _hidden_months(series: ChartSeries, summary: Summary, months: Sequence[Summary]) -> list[Period]:
    """Return the months in which a line may not be drawn, because few people stand behind it."""
    if isinstance(series, ChartBars):
        return []
    found = [point.month for point in series.points if is_few(point.figure)]
    for one, columns in ((summary, _COLUMNS), *((month, (THIS,)) for month in months)):
        row = one.rows().get(series.flow_row)
        found += [one.columns[column] for column in columns if row is not None and is_few(row.figures[column])]
    return found


def _protected_row(row: Row, rows: dict[str, Row], words: Mapping[Cell, Cover]) -> Row:
    first, second, third = (_protected_figure(row, rows, column, words) for column in _COLUMNS)
    return replace(row, figures=(first, second, third))


def _protected_figure(row: Row, rows: dict[str, Row], column: int, words: Mapping[Cell, Cover]) -> Figure:
    figure = row.figures[column]
    root = root_of(row, rows)
    if figure.value is not None and ((root, column) in words or is_few(figure)):
        word = words[root, column] if root == row.id else HIDDEN
        people_cover: Cover = "" if row.unit == "people" else HIDDEN
        return Figure(None, None, cover=word, people_cover=people_cover)
    if row.unit == "people":
        return replace(figure, people=None)
    if figure.people is not None and ((row.people_as, column) in words or is_few(figure)):
        return replace(figure, people=None, people_cover=HIDDEN)
    return figure


def _protected_series(series: ChartSeries, words: Mapping[Cell, Cover], hidden: Collection[Period]) -> ChartSeries:
    if isinstance(series, ChartBars):
        return series
    return replace(
        series, points=tuple(_protected_point(point, series.flow_row, words, hidden) for point in series.points)
    )


def _protected_point(
    point: ChartPoint, flow_row: str, words: Mapping[Cell, Cover], hidden: Collection[Period]
) -> ChartPoint:
    column = None if point.same_as is None else point.same_as[1]
    if point.figure.value is None:
        return point
    if point.month in hidden or (column is not None and ((flow_row, column) in words or point.same_as in words)):
        return replace(point, figure=Figure(None, None, cover=HIDDEN, people_cover=HIDDEN))
    return replace(point, figure=replace(point.figure, people=None))
