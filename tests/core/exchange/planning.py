"""From a file to a plan in one call, for the tests of importing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from shelterdesk.desk import Desk
from shelterdesk.exchange.book_import import BookPlan, BookResult, run_book
from shelterdesk.exchange.mapping import ColumnMapping, guess_mapping, known_titles
from shelterdesk.exchange.people_import import Cancelled, ImportPlan, Progress, plan_import
from shelterdesk.exchange.sheets import Table, read_file, tables_of
from shelterdesk.people import Person
from shelterdesk.schema import base


def table_in(desk: Desk, file: Path) -> Table:
    """Return the most promising table of a file."""
    return tables_of(read_file(file), known_titles(desk))[0]


def planned(desk: Desk, file: Path, mapping: ColumnMapping | None = None) -> ImportPlan:
    """Return the plan of importing *file*, by the guess unless *mapping* is given."""
    table = table_in(desk, file)
    return plan_import(desk, table, mapping or guess_mapping(desk, table))


def whole(plan: ImportPlan) -> BookPlan:
    """Return the plan of a workbook that holds nothing but a list of people."""
    return BookPlan((), plan, (), (), 0, 0, plan.refused, plan.left_out, plan.notices, compared=False)


def run_import(
    desk: Desk, plan: ImportPlan, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> BookResult:
    """Bring in a list of people as planned."""
    return run_book(desk, whole(plan), progress=progress, cancelled=cancelled)


def guessed(desk: Desk, file: Path) -> dict[str, str | None]:
    """Return the guessed target of each column by what the column is called."""
    table = table_in(desk, file)
    return {choice.column.shown: choice.target for choice in guess_mapping(desk, table).choices}


def everybody(desk: Desk) -> list[Person]:
    """Return all people on file in the order they came."""
    with desk.read() as db:
        return list(db.scalars(select(Person).options(*base.whole(Person)).order_by(Person.code)))


def people_on_file(desk: Desk) -> int:
    """Return how many people are on file."""
    with desk.read() as db:
        return db.scalar(select(func.count()).select_from(Person)) or 0


def all_of(desk: Desk, kind: Any) -> list[Any]:
    """Return all records of a kind."""
    with desk.read() as db:
        return list(db.scalars(select(kind).options(*base.whole(kind))))
