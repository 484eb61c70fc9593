"""What a summary is made of: plain values, exact, before anything is hidden.

A summary has three columns (:data:`THIS`, :data:`PREVIOUS`, :data:`SINCE_JANUARY`); every row has one figure in each.
A cell is named by the id of its row and the number of its column. What can be worked out from what is declared here:
parts of one split add up to their row, balances, the months since January, and cells that say the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from shelterdesk.summaries.period import Period

THIS, PREVIOUS, SINCE_JANUARY = 0, 1, 2

Unit = Literal["people", "sessions", "hours", "nights", "money", "percent", "count"]
"""``people`` counts people or their stays; ``percent`` is a share between 0 and 1; ``money`` is in minor units."""
Split = Literal[
    "", "sex_age", "status", "returning", "reason", "stay", "kind", "source", "away", "state", "result", "incident"
]
Cell = tuple[str, int]
"""Id of a row and number of a column."""
Cover = Literal["", "<5", "hidden"]
"""What stands in place of a number that may not be told, as a message id; "" where it is told."""


@dataclass(frozen=True)
class Figure:
    """One number and how many different people stand behind it; ``value`` None: it cannot be told."""

    value: int | float | None
    people: int | None
    """Different people behind the number, None where no person is (the number of beds)."""
    cover: Cover = ""
    """In place of ``value``, which is None then."""
    people_cover: Cover = ""
    """In place of ``people``."""


@dataclass(frozen=True)
class Row:
    """One line of a summary."""

    id: str
    label: str
    """Message id."""
    unit: Unit
    figures: tuple[Figure, Figure, Figure]
    definition: str
    """Message id: what is counted, in plain words."""
    part_of: str = ""
    """Id of the row this one is a part of. The parts of one row by one split add up to it in every column."""
    split: Split = ""
    """By which split it is a part; a row may be divided by several."""
    level: int = 0
    """How far it stands in under other rows."""
    flow: bool = False
    """True: what happened in the period, so months add up to quarters, years and to the column since January.
    False: a state on a day, or people counted once, which do not add up over months."""
    same_as: str = ""
    """Id of the row this one can be worked out from and into (occupancy and average from the bed nights): whoever
    knows the one in a column knows the other, so they are hidden together."""
    people_as: str = ""
    """Id of the row whose figure equals the people behind this row: where that one is hidden, the number of people
    beside this one is not shown either."""


@dataclass(frozen=True)
class Section:
    """Rows under one heading."""

    id: str
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Balance:
    """In every column the figures of ``first`` + all ``plus`` − all ``minus`` = ``last``; ids of rows."""

    first: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    last: str
    exact: bool = True
    """False: holds but for people who turn 18 between the days, or come and leave on one. Good enough to work a hidden
    figure out, so it counts for hiding; it is not shown as a sum."""


@dataclass(frozen=True)
class ChartBars:
    """A chart of bars: rows of the summary in the column of the period, with a mark for the period before.

    It has no numbers of its own, so a figure hidden in the table is hidden here too.
    """

    id: str
    label: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class ChartPoint:
    """One month of a line."""

    month: Period
    figure: Figure
    same_as: Cell | None = None
    """The cell of the table that shows the same month, if one does."""


@dataclass(frozen=True)
class ChartLine:
    """A chart over months, with a level line for the capacity. Its points may be worked out from ``flow_row`` and
    back: point = nights of the month ÷ days of the month."""

    id: str
    label: str
    unit: Unit
    points: tuple[ChartPoint, ...]
    flow_row: str
    """The row of flow the points come from; with all months of a year shown they add up to it since January."""
    capacity: int | None = None


ChartSeries = ChartBars | ChartLine


@dataclass(frozen=True)
class Summary:
    """Everything counted in a period, exactly."""

    period: Period
    previous: Period
    since_january: Period
    sections: tuple[Section, ...]
    balances: tuple[Balance, ...]
    same: tuple[tuple[Cell, Cell], ...]
    """Cells that say the same thing: the last day of the month before and the first day of this one (as exact as
    :attr:`Balance.exact` says), the last day of this month and since January; in January this month and since
    January; in a year's summary the year and since January."""
    series: tuple[ChartSeries, ...]
    site_id: UUID | None
    """None: all sites together."""
    made_at: datetime
    """In the time zone of the vault."""
    shelter: str
    """The neutral name of the vault."""
    until: date | None = None
    """The last day counted where the period is still running, else None."""
    protected: bool = False
    """True: small numbers are covered, as :mod:`shelterdesk.summaries.disclosure` says."""

    @property
    def columns(self) -> tuple[Period, Period, Period]:
        return (self.period, self.previous, self.since_january)

    def rows(self) -> dict[str, Row]:
        """Return all rows by their id, in the order of the page."""
        return {row.id: row for section in self.sections for row in section.rows}
