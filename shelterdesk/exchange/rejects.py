"""The rows that could not be taken, as a workbook to mend and import again."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from shelterdesk.documents.sheets import CellValue as WrittenValue
from shelterdesk.documents.sheets import Sheet, SheetColumn, Workbook, write_xlsx
from shelterdesk.errors import ShelterDeskError
from shelterdesk.exchange.grid import CellFault, CellValue
from shelterdesk.exchange.mapping import REASON_TITLE, is_reason
from shelterdesk.i18n import N_, language, text

if TYPE_CHECKING:
    from shelterdesk.exchange.book_import import BookPlan
    from shelterdesk.exchange.people_import import ImportPlan, Rejected
    from shelterdesk.exchange.sheets import Table

_WIDEST = 40


class CannotWriteFile(ShelterDeskError):
    """The file could not be written where it was asked for."""


def write_rejects(plan: ImportPlan | BookPlan, file: Path) -> int:
    """Write the rejected rows of *plan* as .xlsx, in their own columns with the reason behind; return how many.

    The workbook lies open on the disk: name it to the person with :mod:`shelterdesk.exchange.clear_copies`.
    Raises :class:`CannotWriteFile`.
    """
    chosen = language()
    sheets = tuple(_sheet(table, rejected, chosen) for table, rejected in plan.refused)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            write_xlsx(Workbook(chosen, file.stem, sheets), stream)
    except OSError as error:
        with suppress(OSError):
            if not file.stat().st_size:
                file.unlink()
        raise CannotWriteFile(
            N_("{file} cannot be written. Close it in other programs, or choose another folder."), file=file.name
        ) from error
    return len(plan.rejected)


def _sheet(table: Table, rejected: Sequence[Rejected], chosen: str) -> Sheet:
    """Return the rows of one sheet under its own name, by which an import knows again what they are."""
    columns = [column for column in table.columns if not is_reason(column)]
    rows = tuple(
        (*(_written(one.row.values.get(column.index)) for column in columns), one.reason(chosen)) for one in rejected
    )
    titles = [
        *(SheetColumn(column.named, width=0) for column in columns),
        SheetColumn(text(REASON_TITLE), width=_WIDEST),
    ]
    name = table.sheet or text(N_("Rows to mend"))
    return Sheet(name, tuple(titles), rows)


def _written(value: CellValue) -> WrittenValue:
    if isinstance(value, CellFault):
        return value.shown or None
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date) and not isinstance(value, datetime) and value.year < 1900:
        # Spreadsheets know no days before 1900.
        return value.isoformat()
    return value
