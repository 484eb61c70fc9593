"""A spreadsheet without its program: typed cells in rows, whatever file they came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_

MOST_ROWS: Final = 20_000
MOST_COLUMNS: Final = 300
LONGEST_CELL: Final = 32_767
"""Characters of a cell; no program for spreadsheets writes more."""

_NO_WIDTH: Final[dict[int, None]] = dict.fromkeys(
    (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF)
)
"""Signs that show nothing, those among them that turn the order of letters round."""
_CONTROL: Final[dict[int, str]] = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), " ")
_SPACES = re.compile(r"[^\S\n]+")


class UnreadableFile(ShelterDeskError):
    """The file is no table we can read, or too large to be one. Nothing was changed."""


@dataclass(frozen=True)
class CellFault:
    """A cell without a value of its own: an error such as ``#REF!``, or a formula whose result was never stored."""

    shown: str = ""


CellValue = str | int | float | bool | date | datetime | time | CellFault | None


@dataclass(frozen=True)
class GridRow:
    """One row that holds anything. Cells by column, counted from 0."""

    number: int
    cells: Mapping[int, CellValue]
    hidden: bool = False
    shared: Mapping[int, int] = field(default_factory=dict[int, int])
    """Column → number of the row above whose merged cell the value was taken from."""


@dataclass(frozen=True)
class Grid:
    """One sheet."""

    name: str
    rows: tuple[GridRow, ...]
    visible: bool = True
    encoding: str = ""
    """How the text of the file was written, in words; empty for a workbook."""


def tidy(value: CellValue) -> CellValue:
    """Return *value* without stray and invisible signs; text of nothing but spaces is no value."""
    if not isinstance(value, str):
        return value
    plain = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    lines = (_SPACES.sub(" ", line).strip() for line in plain.translate(_NO_WIDTH).translate(_CONTROL).split("\n"))
    return "\n".join(line for line in lines if line) or None


def check_size(rows: int, columns: int) -> None:
    """Raise UnreadableFile when a sheet grows beyond what a list of people can be."""
    if rows > MOST_ROWS:
        raise UnreadableFile(
            N_("This sheet has more than {most} filled rows. Divide it into several files."), most=MOST_ROWS
        )
    if columns > MOST_COLUMNS:
        raise UnreadableFile(
            N_("This sheet has more than {most} columns. Take out what is no list of people."), most=MOST_COLUMNS
        )


def letter(column: int) -> str:
    """Return the letters of a column counted from 0: A, B … Z, AA."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def filled(row: GridRow) -> Iterator[tuple[int, CellValue]]:
    """Yield the cells of *row* that hold a value, tidied."""
    for column, value in row.cells.items():
        kept = tidy(value)
        if kept is not None:
            yield column, kept
