"""From a file to tables with named columns: finding the sheet, the visible header row and the rows beneath it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from shelterdesk.documents.protect import PasswordWrong, unprotect_office
from shelterdesk.exchange.delimited import read_delimited
from shelterdesk.exchange.grid import CellValue, Grid, GridRow, UnreadableFile, check_size, filled, letter
from shelterdesk.exchange.workbooks import read_workbook
from shelterdesk.i18n import N_

LARGEST_FILE: Final = 50 * 1024 * 1024
_ZIP, _OLE, _PDF = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_HEADER_AMONG: Final = 40
"""So many filled rows are looked at for the header; above it stand titles and dates."""
_LONGEST_TITLE: Final = 160

Knows = Callable[[str], bool]


@dataclass(frozen=True)
class Column:
    """One column of a table. ``hint`` is a technical name from a hidden row, which may be wrong."""

    index: int
    title: str
    hint: str = ""

    @property
    def letter(self) -> str:
        """The letters the program for spreadsheets shows above the column."""
        return letter(self.index)

    @property
    def named(self) -> str:
        """Its title, else its technical name; empty where it has neither."""
        return self.title or self.hint

    @property
    def shown(self) -> str:
        """What to call the column: its name, else its letter."""
        return self.named or self.letter


@dataclass(frozen=True)
class TableRow:
    """One row beneath the header; ``number`` is that of the sheet. Values by column, empty cells left out."""

    number: int
    values: Mapping[int, CellValue]
    hidden: bool
    shared: Mapping[int, int]


@dataclass(frozen=True)
class Table:
    """A sheet understood as a list with named columns."""

    sheet: str
    header_row: int
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    visible: bool = True

    def column(self, index: int) -> Column:
        """Return the column with *index*. Raises KeyError."""
        for column in self.columns:
            if column.index == index:
                return column
        raise KeyError(index)


class PasswordNeeded(UnreadableFile):
    """The workbook is protected with a password that was not given, or is another one."""


def read_file(path: Path, password: str = "", encoding: str = "") -> tuple[Grid, ...]:
    """Return the sheets of an .xlsx, .xlsm or .csv file; its content decides what it is.

    A workbook with a password is opened in memory only. Raises UnreadableFile, PasswordNeeded.
    """
    data = _bytes_of(path)
    name = path.name
    if data.startswith(_OLE) and _PASSWORD in data and password:
        try:
            data = unprotect_office(data, password)
        except PasswordWrong as error:
            raise PasswordNeeded(N_("This password does not open {file}. Enter it again."), file=name) from error
    if data.startswith(_ZIP):
        return read_workbook(data, name)
    if data.startswith(_OLE):
        if _PASSWORD in data:
            raise PasswordNeeded(
                N_("{file} is protected with a password. Enter it here, or save the file without it and choose that."),
                file=name,
            )
        raise UnreadableFile(
            N_("{file} is in the old .xls format. Open it, save it as .xlsx, and choose that file."), file=name
        )
    if data.startswith(_PDF):
        raise UnreadableFile(N_("{file} is a PDF. Only spreadsheets (.xlsx, .xlsm, .csv) can be imported."), file=name)
    return (read_delimited(data, name, encoding),)


def tables_of(grids: tuple[Grid, ...], knows: Knows) -> tuple[Table, ...]:
    """Return every sheet that has a header and rows, the most promising first: visible, with most known columns."""
    found = [table for grid in grids if (table := table_of(grid, knows)) is not None]

    def promise(table: Table) -> tuple[bool, int, int]:
        known = sum(1 for column in table.columns if knows(column.title) or knows(column.hint))
        return not table.visible, -known, -len(table.rows)

    return tuple(sorted(found, key=promise))


def table_of(grid: Grid, knows: Knows, header_row: int | None = None) -> Table | None:
    """Return the table in *grid*, with the header in row *header_row* or where it is found; None for an empty sheet.

    *knows* tells whether a text is the name of something we have a field for.
    """
    rows = [(row, dict(filled(row))) for row in grid.rows]
    rows = [(row, values) for row, values in rows if values]
    if not rows:
        return None
    place = next((at for at, (row, _) in enumerate(rows) if row.number == header_row), None)
    if place is None:
        place = _header_place(rows, knows)
    header, titles = rows[place]
    below = rows[place + 1 :]
    hints = _hints(rows[:place], knows)
    wanted = sorted({*titles, *(column for _row, values in below for column in values)})
    check_size(len(below), len(wanted))
    columns = tuple(Column(index, _title(titles.get(index)), hints.get(index, "")) for index in wanted)
    body = tuple(TableRow(row.number, values, row.hidden, row.shared) for row, values in below)
    return Table(grid.name, header.number, columns, body, grid.visible)


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableFile(N_("There is no file {file}."), file=path.name)
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile(
                N_("{file} is larger than 50 MB. Take out pictures and other sheets, or save it as .csv."),
                file=path.name,
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            N_("{file} cannot be read. Close it in other programs and check that you may open it."), file=path.name
        ) from error
    if not data.strip():
        raise UnreadableFile(N_("{file} is empty."), file=path.name)
    return data


def _title(value: CellValue) -> str:
    return "" if value is None else " ".join(str(value).split())[:_LONGEST_TITLE]


def _texts(values: Mapping[int, CellValue]) -> list[str]:
    return [value for value in values.values() if isinstance(value, str) and len(value) <= _LONGEST_TITLE]


def _header_place(rows: list[tuple[GridRow, dict[int, CellValue]]], knows: Knows) -> int:
    """Return where the header is: the last of the best known rows, else the first row of nothing but texts."""
    looked_at = rows[:_HEADER_AMONG]
    known: dict[int, int] = {}
    for place, (row, values) in enumerate(looked_at):
        texts = _texts(values)
        count = sum(1 for words in texts if knows(words))
        if not row.hidden and count and count >= 0.4 * len(texts) and len(values) <= 2 * len(texts):
            known[place] = count
    if known:
        best = max(known, key=lambda place: (known[place], -place))
        # Technical names may stand in plain sight above the words that people filled in beneath.
        while known.get(best + 1, 0) >= max(2, 0.6 * known[best]):
            best += 1
        if known[best] >= min(2, len(looked_at[best][1])):
            return best
    return _texts_only_place(looked_at)


def _texts_only_place(rows: list[tuple[GridRow, dict[int, CellValue]]]) -> int:
    usual = median(len(values) for _row, values in rows)
    shown = [place for place, (row, _values) in enumerate(rows) if not row.hidden]
    for place in shown:
        values = rows[place][1]
        texts = _texts(values)
        if len(texts) == len(values) and len(set(texts)) == len(texts) and len(texts) >= max(1, usual / 2):
            return place
    return shown[0] if shown else 0


def _hints(above: list[tuple[GridRow, dict[int, CellValue]]], knows: Knows) -> dict[int, str]:
    """Return the technical names that stand in a row above the header, hidden or not."""
    found: dict[int, str] = {}
    for _row, values in above:
        titles = {column: _title(value) for column, value in values.items()}
        if sum(1 for title in titles.values() if knows(title)) >= 2:
            found = {column: title for column, title in titles.items() if title}
    return found
