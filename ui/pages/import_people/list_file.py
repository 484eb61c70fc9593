"""The file being imported: read, understood and planned in the worker, without a word to the vault."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from shelterdesk import formats
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.exchange.book import Part, parts_of, with_kind, with_mapping
from shelterdesk.exchange.book_import import BookPlan, BookResult, plan_book, run_book
from shelterdesk.exchange.grid import CellFault, CellValue, Grid
from shelterdesk.exchange.kinds import PERSON
from shelterdesk.exchange.mapping import (
    BY_HAND,
    ColumnMapping,
    guess_mapping,
    known_titles,
    remember_mapping,
    same_columns,
)
from shelterdesk.exchange.people_import import ImportCancelled
from shelterdesk.exchange.sheets import Column, Table, read_file, table_of
from shelterdesk.i18n import N_
from ui.work import Task

_EXAMPLES = 3
_LOOKED_AT = 200


class NoList(ShelterDeskError):
    """The file can be read, but there is no list of people in it."""


@dataclass(frozen=True)
class ListFile:
    """The sheets of a file with what their rows and columns stand for, and the one that is looked at."""

    path: Path
    grids: tuple[Grid, ...]
    parts: tuple[Part, ...]
    table: Table

    @property
    def part(self) -> Part:
        """The sheet that is looked at."""
        return next(part for part in self.parts if part.table is self.table)

    @property
    def mapping(self) -> ColumnMapping:
        """What the columns of that sheet stand for."""
        return self.part.mapping

    def is_in(self, path: Path) -> bool:
        """Tell whether *path* is the file the list was read from, by whatever name."""
        try:
            return path.samefile(self.path)
        except OSError:
            return False

    @property
    def encoding(self) -> str:
        """How the text of a .csv was written; empty for a workbook."""
        return self.grids[0].encoding if self.grids else ""

    def grid_place(self, table: Table) -> int:
        """Return where the sheet of *table* stands in the file."""
        return next(number for number, grid in enumerate(self.grids) if grid.name == table.sheet)

    def examples(self, column: Column) -> list[CellValue]:
        """Return the first different values of a column."""
        found: list[CellValue] = []
        for row in self.table.rows[:_LOOKED_AT]:
            value = row.values.get(column.index)
            if value is not None and value not in found:
                found.append(value)
            if len(found) == _EXAMPLES:
                break
        return found

    def filled_columns(self) -> list[Column]:
        """Return the columns in which anything stands."""
        used = {index for row in self.table.rows for index in row.values}
        return [column for column in self.table.columns if column.index in used]

    def with_target(self, column: Column, target: str | None) -> ListFile:
        """Return the list with one column standing for something else."""
        mapping = self.mapping.with_target(column.index, target)
        return replace(self, parts=with_mapping(self.parts, self.table, mapping))


def open_list(desk: Desk, path: Path, password: str = "", encoding: str = "") -> ListFile:
    """Read a file, its text as *encoding* where one is chosen. Raises UnreadableFile, PasswordNeeded or NoList."""
    grids = read_file(path, password, encoding)
    parts = parts_of(desk, grids)
    if not parts:
        raise NoList(N_("There is no list in {file}: no row with titles and people beneath it."), file=path.name)
    return ListFile(path, grids, parts, parts[0].table)


def read_as(desk: Desk, one: ListFile, encoding: str) -> ListFile:
    """Read the same text as *encoding*, with all that was chosen by hand so far. Raises UnreadableFile or NoList."""
    found = open_list(desk, one.path, encoding=encoding)
    guessed = parts_of(desk, one.grids)[0]
    if one.part.kind != guessed.kind:
        found = of_kind(desk, found, one.part.kind)
    if one.table.header_row != guessed.table.header_row:
        with suppress(NoList):
            found = with_header(desk, found, one.table.header_row)
    if one.part.kind != found.part.kind:
        return found
    same = same_columns(one.table.columns, found.table.columns)
    for choice in one.mapping.choices:
        if choice.why in BY_HAND and choice.column.index in same:
            found = found.with_target(same[choice.column.index], choice.target)
    return found


def with_table(one: ListFile, table: Table) -> ListFile:
    """Return the list with another sheet of the same file looked at."""
    return replace(one, table=table)


def of_kind(desk: Desk, one: ListFile, kind: str) -> ListFile:
    """Return the list with the rows of the sheet that is looked at taken for something else; «» leaves it out."""
    return replace(one, parts=with_kind(desk, one.parts, one.table, kind))


def with_header(desk: Desk, one: ListFile, row: int) -> ListFile:
    """Return the list with its titles in another row of the sheet. Raises NoList."""
    grid = next(grid for grid in one.grids if grid.name == one.table.sheet)
    kind = one.part.kind
    table = table_of(grid, known_titles(desk, kind or PERSON), header_row=row)
    if table is None or not table.rows or table.header_row != row:
        raise NoList(N_("There are no titles in row {row} with people beneath it."), row=row)
    part = Part(table, guess_mapping(desk, table, kind))
    return replace(one, parts=tuple(part if known.table is one.table else known for known in one.parts), table=table)


def plan(desk: Desk, one: ListFile, task: Task, *, compare: bool = False) -> BookPlan:
    """Plan the import. Raises ImportCancelled when the task was cancelled."""

    def progress(done: int, whole: int) -> None:
        if task.cancelled():
            raise ImportCancelled
        task.progress(done, whole)

    return plan_book(desk, one.parts, compare=compare, progress=progress)


def carry_out(desk: Desk, one: ListFile, planned: BookPlan, ticked: Collection[int], task: Task) -> BookResult:
    """Import as planned and remember what the columns stood for. Raises ImportCancelled; nothing happened then."""
    result = run_book(desk, planned, ticked, task.progress, task.cancelled)
    for part in one.parts:
        if part.kind:
            remember_mapping(desk, part.table, part.mapping)
    return result


def shown_value(value: CellValue) -> str:
    """Return a cell as people write it."""
    if isinstance(value, CellFault):
        return value.shown
    if isinstance(value, datetime):
        return formats.day(value.date(), style="numeric")
    if isinstance(value, date):
        return formats.day(value, style="numeric")
    return " ".join(str(value).split()) if value is not None else ""
