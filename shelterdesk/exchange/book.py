"""A workbook as a whole: which of its sheets holds people, and which holds the entries of which kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shelterdesk.exchange import htcds
from shelterdesk.exchange.grid import Grid
from shelterdesk.exchange.kinds import DIRECTORIES, PERSON, brought
from shelterdesk.exchange.mapping import ColumnMapping, Why, guess_mapping, kind_as_last_time, known_titles, left_out
from shelterdesk.exchange.record_targets import WHOSE, kind_called
from shelterdesk.exchange.sheets import Knows, Table, table_of, tables_of
from shelterdesk.exchange.targets import NAMED

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

_ENOUGH_COLUMNS = 2


@dataclass(frozen=True)
class Part:
    """One sheet with what its rows are and what its columns stand for."""

    table: Table
    mapping: ColumnMapping

    @property
    def kind(self) -> str:
        """What each row is: a person, a record of this kind, or nothing that is taken."""
        return self.mapping.kind

    @property
    def in_second_place(self) -> bool:
        """Tell whether it is a list of people that stays out only because another is taken."""
        return not self.kind and any(choice.why is Why.SHEET for choice in self.mapping.choices)


def parts_of(desk: Desk, grids: Sequence[Grid]) -> tuple[Part, ...]:
    """Return the sheets that have a header and rows, the people first, each with the best guess what it holds.

    Of several lists of people the most promising one is taken, and hidden sheets stay out where others are shown; a
    person may choose otherwise.
    """
    titles = _Titles(desk)
    tables = tables_of(tuple(grids), titles.of(PERSON))
    found = [_part(desk, table, grids, titles) for table in tables if table.rows]
    lists = sorted((part for part in found if part.kind == PERSON), key=lambda part: not _is_called_people(part))
    people = next(iter(lists), None)
    some_shown = any(part.table.visible for part in found)
    parts = [
        Part(part.table, left_out(part.table))
        if some_shown and not part.table.visible
        else part
        if part.kind != PERSON or part is people
        else _in_second_place(part)
        for part in found
    ]
    return tuple(sorted(parts, key=lambda part: (part.kind != PERSON, not part.kind)))


def with_kind(desk: Desk, parts: Sequence[Part], table: Table, kind: str) -> tuple[Part, ...]:
    """Return the sheets with the rows of one taken for something else; only one sheet holds the people."""
    return tuple(
        Part(table, guess_mapping(desk, table, kind))
        if part.table is table
        else _in_second_place(part)
        if kind == PERSON and part.kind == PERSON
        else part
        for part in parts
    )


def with_mapping(parts: Sequence[Part], table: Table, mapping: ColumnMapping) -> tuple[Part, ...]:
    """Return the sheets with one of them mapped anew."""
    return tuple(replace(part, mapping=mapping) if part.table is table else part for part in parts)


class _Titles:
    """What tells the titles of columns of each kind, worked out once for all sheets of a workbook."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: dict[str, Knows] = {}

    def of(self, kind: str) -> Knows:
        """Return what tells whether a text is the title of a column where each row is a *kind*."""
        if kind not in self._found:
            self._found[kind] = known_titles(self._desk, kind)
        return self._found[kind]


def _part(desk: Desk, table: Table, grids: Sequence[Grid], titles: _Titles) -> Part:
    kind = kind_called(table.sheet)
    if kind:
        # Titles such as «Since» are known only once it is clear what the rows are.
        grid = next(grid for grid in grids if grid.name == table.sheet)
        table = table_of(grid, titles.of(kind)) or table
    if kind is None:
        kind = kind_as_last_time(desk, table)
    if kind is None or (kind and kind != PERSON and kind not in brought()):
        kind = _by_columns(desk, table, titles)
    return Part(table, guess_mapping(desk, table, kind))


def _in_second_place(part: Part) -> Part:
    """Leave a list of people out because another is taken; what names nobody is no list that anybody misses."""
    names = any(choice.target in NAMED for choice in part.mapping.choices)
    return Part(part.table, left_out(part.table, Why.SHEET if names else Why.LEFT_OUT))


def _is_called_people(part: Part) -> bool:
    return kind_called(part.table.sheet) == PERSON


def _by_columns(desk: Desk, table: Table, titles: _Titles) -> str:
    """Return what the rows are by what the columns are called; people where nothing says more."""
    known = _known(table, titles.of(PERSON))
    if htcds.is_htcds(table):
        return PERSON
    best, score = PERSON, known
    for kind in brought():
        if kind in DIRECTORIES:
            continue
        found = _known(table, titles.of(kind))
        if found > max(score, _ENOUGH_COLUMNS) and guess_mapping(desk, table, kind).columns_for(WHOSE):
            best, score = kind, found
    return best if best != PERSON or known else ""


def _known(table: Table, knows: Knows) -> int:
    return sum(1 for column in table.columns if knows(column.title))
