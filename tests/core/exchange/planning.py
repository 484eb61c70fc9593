"""From a file to a plan in one call, for the tests of importing."""

from __future__ import annotations

from pathlib import Path

from shelterdesk.desk import Desk
from shelterdesk.exchange.mapping import ColumnMapping, guess_mapping, known_titles
from shelterdesk.exchange.people_import import ImportPlan, plan_import
from shelterdesk.exchange.sheets import Table, read_file, tables_of


def table_in(desk: Desk, file: Path) -> Table:
    """Return the most promising table of a file."""
    return tables_of(read_file(file), known_titles(desk))[0]


def planned(desk: Desk, file: Path, mapping: ColumnMapping | None = None) -> ImportPlan:
    """Return the plan of importing *file*, by the guess unless *mapping* is given."""
    table = table_in(desk, file)
    return plan_import(desk, table, mapping or guess_mapping(desk, table))


def guessed(desk: Desk, file: Path) -> dict[str, str | None]:
    """Return the guessed target of each column by what the column is called."""
    table = table_in(desk, file)
    return {choice.column.shown: choice.target for choice in guess_mapping(desk, table).choices}
