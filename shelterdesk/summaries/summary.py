"""The summary of a period: rows counted from the records, and what of them can be worked out from others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from shelterdesk.access import Right, require
from shelterdesk.day_texts import add_months
from shelterdesk.desk import Desk
from shelterdesk.services import house_currency
from shelterdesk.summaries import measures
from shelterdesk.summaries.capacity import Capacity
from shelterdesk.summaries.counting import Counting
from shelterdesk.summaries.episode_rows import EPISODES
from shelterdesk.summaries.events import event_rows
from shelterdesk.summaries.help_rows import progress_rows, referral_rows, service_rows, turned_away_rows
from shelterdesk.summaries.house_rows import people_rows
from shelterdesk.summaries.matter_rows import MATTERS
from shelterdesk.summaries.money_rows import money_rows
from shelterdesk.summaries.movements import movements
from shelterdesk.summaries.period import Period, month
from shelterdesk.summaries.queries import columns_until, kinds_in_use
from shelterdesk.summaries.table import (
    PREVIOUS,
    SINCE_JANUARY,
    THIS,
    Balance,
    Cell,
    ChartBars,
    ChartLine,
    ChartPoint,
    Figure,
    Row,
    Section,
    Summary,
)

MONTHS_OF_THE_LINE = 6
_FIRST_DAY: Final = frozenset({"here_first", MATTERS.first.id, EPISODES.first.id})
"""What stands on the first day of a period; the same row with «last» says it of the last day."""


def summarise(desk: Desk, period: Period, *, site_id: UUID | None = None) -> Summary:
    """Count *period* exactly, for one site or for all.

    Needs no keys, because nothing sealed is counted. In a period that is still running, days up to today count.
    """
    require(desk, Right.SEE_SUMMARIES)
    today = desk.today()
    # Numbers name nobody, and have to be the same for whoever counts.
    with desk.read(everybody=True) as db:
        kinds = list(db.execute(kinds_in_use()).scalars())
        queries = measures.statements(period, until=today, site_id=site_id, own_kinds=kinds)
        found = {name: db.execute(query).all() for name, query in queries.items()}
    counting = Counting(found, columns_until(period, today), Capacity.of(found["beds"], desk.zone))
    sections = tuple(
        Section(name, measures.SECTIONS[name], tuple(rows))
        for name, rows in (
            ("people", people_rows(counting)),
            (
                "services",
                [
                    *service_rows(counting),
                    *money_rows(counting, house_currency(desk)),
                    *event_rows(counting, "services"),
                ],
            ),
            ("progress", progress_rows(counting)),
            (
                "referrals",
                [*referral_rows(counting), *turned_away_rows(counting), *event_rows(counting, "referrals")],
            ),
            ("legal", MATTERS.rows(counting)),
            ("psychology", EPISODES.rows(counting)),
            ("afterwards", event_rows(counting, "afterwards")),
            ("safety", event_rows(counting, "safety")),
        )
    )
    rows = [row for section in sections for row in section.rows]
    return Summary(
        period=period,
        previous=period.previous(),
        since_january=period.since_january(),
        sections=sections,
        balances=_balances(rows),
        same=_same(counting, rows),
        series=(_bars(rows), _line(counting, period)),
        site_id=site_id,
        made_at=desk.now().astimezone(desk.zone),
        shelter=desk.vault.name,
        until=today if today < period.last else None,
    )


def _balances(rows: Sequence[Row]) -> tuple[Balance, ...]:
    # By status nothing adds up: who arrives as potential is presumed or identified when she leaves.
    sexes = [row.id for row in rows if row.part_of == "here_first" and row.split == "sex_age"]
    lines = [row_id.removeprefix("here_first") for row_id in sexes]
    return (
        measures.MOVEMENTS,
        # Who was here or came slept here, unless she came twice or left again on the day she came.
        Balance("here_first", ("arrived",), (), "supported.stayed", exact=False),
        *MATTERS.balances(rows),
        *EPISODES.balances(rows),
        *(
            Balance(f"here_first{line}", (f"arrived{line}",), (f"left{line}",), f"here_last{line}", exact=False)
            for line in lines
        ),
    )


def _same(counting: Counting, rows: Sequence[Row]) -> tuple[tuple[Cell, Cell], ...]:
    pairs: list[tuple[Cell, Cell]] = []
    for row in rows:
        if {row.id, row.part_of} & _FIRST_DAY:
            last = row.id.replace("_first", "_last", 1)
            pairs.append(((last, PREVIOUS), (row.id, THIS)))
            pairs.append(((last, THIS), (last, SINCE_JANUARY)))
    if counting.spans[THIS] == counting.spans[SINCE_JANUARY]:
        pairs.extend(((row.id, THIS), (row.id, SINCE_JANUARY)) for row in rows)
    return tuple(dict.fromkeys(pairs))


def _bars(rows: Sequence[Row]) -> ChartBars:
    return ChartBars("services", measures.BARS_LABEL, tuple(row.id for row in rows if row.part_of == "services"))


def _line(counting: Counting, period: Period) -> ChartLine:
    """Return the beds used in the six months up to the last one counted."""
    until = counting.spans[THIS][1]
    newest = month(min(period.last, max(until, period.first)))
    months = [month(add_months(newest.first, -back)) for back in range(MONTHS_OF_THE_LINE - 1, -1, -1)]
    return ChartLine(
        id="beds_used",
        label=measures.LINE_LABEL,
        unit="count",
        points=tuple(_point(counting, one, until) for one in months),
        flow_row="bed_nights",
        capacity=counting.capacity.on(min(period.last, until)) or None,
    )


def _point(counting: Counting, one: Period, until: date) -> ChartPoint:
    span = (one.first, min(one.last, until))
    days = (span[1] - span[0]).days + 1
    moves = movements(counting.presences, *span)
    average = sum(moves.nights.values()) / days if days > 0 else None
    column = next((column for column, days_of in enumerate(counting.spans) if days_of == span), None)
    return ChartPoint(one, Figure(average, len(moves.nights)), None if column is None else ("beds_used", column))
