"""One reading of the table: the people a filter found, put into words and in order without reading them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from shelterdesk.people_table import Facts
from shelterdesk.residents import ListRow
from ui.pages.people_table.words import ColumnWords
from ui.seat import Seat

MANY: Final = 2000
"""People from which the table is read by the worker, so that the window goes on answering."""


class Reading:
    """The ``rows`` as they were sorted last. What a column sorts by is worked out once."""

    def __init__(
        self, seat: Seat, rows: Sequence[ListRow], facts: Mapping[UUID, Facts], columns: tuple[str, ...]
    ) -> None:
        self.rows = list(rows)
        self.facts = facts
        self.words = ColumnWords(seat, columns, facts)
        self._orders: dict[str, dict[UUID, tuple[Any, ...]]] = {}

    def sort(self, column: str, *, backwards: bool) -> None:
        """Sort by *column*, then by code; whoever has nothing there comes last either way."""
        if column not in self._orders:
            self._orders[column] = {row.id: self.words.order(column, row) for row in self.rows}
        order = self._orders[column]
        self.rows.sort(key=lambda row: row.code)
        blank = [row for row in self.rows if order[row.id][0]]
        filled = [row for row in self.rows if not order[row.id][0]]
        filled.sort(key=lambda row: (order[row.id], row.code), reverse=backwards)
        self.rows = [*filled, *blank]
