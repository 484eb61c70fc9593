"""The file being imported: read, understood and planned in the worker, without a word to the vault."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from shelterdesk import formats
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.exchange.grid import CellFault, CellValue, Grid
from shelterdesk.exchange.mapping import ColumnMapping, guess_mapping, known_titles, remember_mapping
from shelterdesk.exchange.people_import import ImportCancelled, ImportPlan, ImportResult, plan_import, run_import
from shelterdesk.exchange.sheets import Column, Table, read_file, table_of, tables_of
from shelterdesk.i18n import N_
from ui.work import Task

_EXAMPLES = 3
_LOOKED_AT = 200


class NoList(ShelterDeskError):
    """The file can be read, but there is no list of people in it."""


@dataclass(frozen=True)
class ListFile:
    """One sheet of a file with what its columns stand for."""

    path: Path
    grids: tuple[Grid, ...]
    tables: tuple[Table, ...]
    table: Table
    mapping: ColumnMapping

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
        return replace(self, mapping=self.mapping.with_target(column.index, target))


def open_list(desk: Desk, path: Path) -> ListFile:
    """Read a file. Raises UnreadableFile or NoList."""
    grids = read_file(path)
    tables = tuple(table for table in tables_of(grids, known_titles(desk)) if table.rows)
    if not tables:
        raise NoList(N_("There is no list in {file}: no row with titles and people beneath it."), file=path.name)
    return ListFile(path, grids, tables, tables[0], guess_mapping(desk, tables[0]))


def with_table(desk: Desk, one: ListFile, table: Table) -> ListFile:
    """Return the list with another sheet of the same file."""
    return replace(one, table=table, mapping=guess_mapping(desk, table))


def with_header(desk: Desk, one: ListFile, row: int) -> ListFile:
    """Return the list with its titles in another row of the sheet. Raises NoList."""
    grid = next(grid for grid in one.grids if grid.name == one.table.sheet)
    table = table_of(grid, known_titles(desk), header_row=row)
    if table is None or not table.rows or table.header_row != row:
        raise NoList(N_("There are no titles in row {row} with people beneath it."), row=row)
    tables = tuple(table if known is one.table else known for known in one.tables)
    return replace(with_table(desk, one, table), tables=tables)


def plan(desk: Desk, one: ListFile, task: Task) -> ImportPlan:
    """Plan the import. Raises ImportCancelled when the task was cancelled."""

    def progress(done: int, whole: int) -> None:
        if task.cancelled():
            raise ImportCancelled
        task.progress(done, whole)

    return plan_import(desk, one.table, one.mapping, progress)


def carry_out(desk: Desk, one: ListFile, planned: ImportPlan, task: Task) -> ImportResult:
    """Import as planned and remember what the columns stood for. Raises ImportCancelled; nothing happened then."""
    result = run_import(desk, planned, task.progress, task.cancelled)
    remember_mapping(desk, one.table, one.mapping)
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
