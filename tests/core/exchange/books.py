"""Workbooks of several sheets, and vaults they are brought into, for the tests of importing."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from shelterdesk import everything
from shelterdesk.desk import Desk
from shelterdesk.documents.sheets import Workbook, write_xlsx
from shelterdesk.exchange.book import parts_of
from shelterdesk.exchange.book_import import BookPlan, plan_book
from shelterdesk.exchange.sheets import read_file
from shelterdesk.opening import create_desk
from shelterdesk.vault import KdfCost
from tests.desks import PASSPHRASE, ROLES, Clock


def write_book(file: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """Write a workbook with the rows of each sheet as they stand."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(file)
    return file


def planned_book(desk: Desk, file: Path, *, compare: bool = False) -> BookPlan:
    """Return the plan of importing every sheet of *file* by the guess."""
    return plan_book(desk, parts_of(desk, read_file(file)), compare=compare)


def write_everything(desk: Desk, file: Path, language: str = "en") -> Path:
    """Write the export of everything, without its password."""
    stream = io.BytesIO()
    write_xlsx(Workbook(language, "everything", tuple(everything._sheets(desk, language))), stream)
    file.write_bytes(stream.getvalue())
    return file


def empty_desk(folder: Path) -> Desk:
    """Return a second vault with nobody in it."""
    made, _code = create_desk(
        folder,
        user_name="leyla",
        shown_as="Leyla A.",
        passphrase=PASSPHRASE,
        shelter="Other house",
        roles=ROLES,
        cost=KdfCost.for_tests(),
        clock=Clock(),
    )
    return made
