"""From a file to a plan in one call, for the tests of importing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from shelterdesk.desk import Desk
from shelterdesk.exchange.mapping import ColumnMapping, guess_mapping, known_titles
from shelterdesk.exchange.people_import import ImportPlan, plan_import
from shelterdesk.exchange.sheets import Table, read_file, tables_of
from shelterdesk.people import Person
from shelterdesk.schema.base import whole


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


def everybody(desk: Desk) -> list[Person]:
    """Return all people on file in the order they came."""
    with desk.read() as db:
        return list(db.scalars(select(Person).options(*whole(Person)).order_by(Person.code)))


def people_on_file(desk: Desk) -> int:
    """Return how many people are on file."""
    with desk.read() as db:
        return db.scalar(select(func.count()).select_from(Person)) or 0


def all_of(desk: Desk, kind: Any) -> list[Any]:
    """Return all records of a kind."""
    with desk.read() as db:
        return list(db.scalars(select(kind).options(*whole(kind))))
