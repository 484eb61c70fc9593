"""Tables as spreadsheets and as CSV: typed cells, and nothing in them that a program would run.

A cell of text always stays text. In .xlsx it is stored as a string; in CSV, where programs guess, a text that
begins like a formula gets an apostrophe in front (OWASP, «CSV injection»).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import IO, Any

from shelterdesk.i18n import N_, text

CellValue = str | int | float | Decimal | bool | date | datetime | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no time zone
_LONGEST_TEXT = 32_767
"""Characters of a cell; Excel refuses more."""
_NAME_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class CellKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    MIXED = "mixed"
    """Numbers of several units below each other, each shown as it is."""
    DECIMAL = "decimal"
    PERCENT = "percent"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"


_NUMBER_FORMATS = {
    CellKind.TEXT: "@",
    CellKind.NUMBER: "#,##0",
    CellKind.MIXED: "General",
    CellKind.DECIMAL: "#,##0.0",
    CellKind.PERCENT: "0 %",
    CellKind.MONEY: "#,##0.00",
    CellKind.DAY: "yyyy-mm-dd",
    CellKind.MOMENT: "yyyy-mm-dd hh:mm",
}


@dataclass(frozen=True)
class SheetColumn:
    """``width`` is in characters; 0 takes what the first rows need."""

    title: str
    kind: CellKind = CellKind.TEXT
    width: int = 0


@dataclass(frozen=True)
class Sheet:
    """``headed_rows`` are the indexes of rows that head a group and stand in bold."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    headed_rows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Workbook:
    """``marks`` are lines such as for whom the file was made; ``definitions`` are (measure, what is counted).

    Both go on a sheet of their own behind the tables, so that a copied table never loses its meaning.
    """

    language: str
    file_name: str
    sheets: tuple[Sheet, ...]
    marks: tuple[str, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()


def write_xlsx(workbook: Workbook, stream: IO[bytes]) -> None:
    """Write *workbook* as .xlsx. The same workbook gives the same bytes; no temporary file is made."""
    import xlsxwriter  # pyright: ignore[reportMissingTypeStubs]

    raw = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": _NUMBER_FORMATS[CellKind.DAY],
    }
    book: Any = xlsxwriter.Workbook(raw, options)
    book.set_properties({"title": workbook.file_name, "author": "", "created": _CREATED})
    formats = _Formats(book)
    taken: set[str] = set()
    for sheet in workbook.sheets:
        _write_sheet(book, sheet, formats, taken)
    if workbook.definitions or workbook.marks:
        _write_definitions(book, workbook, formats, taken)
    book.close()
    stream.write(raw.getvalue())


def write_csv(sheet: Sheet, stream: IO[bytes]) -> None:
    """Write one table as CSV in UTF-8 with a byte order mark, which Excel needs to see that it is UTF-8."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow([_guarded(column.title) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_csv_value(value) for value in row])
    stream.write(b"\xef\xbb\xbf" + lines.getvalue().encode("utf-8"))


def _csv_value(value: CellValue) -> str:
    match value:
        case None:
            return ""
        case str():
            return _guarded(value)
        case bool():
            return "1" if value else "0"
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _guarded(words: str) -> str:
    return f"'{words}" if words.lstrip(" ").startswith(_FORMULA_STARTS) else words


class _Formats:
    """Cell formats are made once each; a workbook may hold only some thousands."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[CellKind, bool], Any] = {}
        self.title = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def of(self, kind: CellKind, *, bold: bool) -> Any:
        key = (kind, bold)
        if key not in self._made:
            self._made[key] = self._book.add_format({"num_format": _NUMBER_FORMATS[kind], "bold": bold})
        return self._made[key]


def _write_sheet(book: Any, sheet: Sheet, formats: _Formats, taken: set[str]) -> None:
    page = book.add_worksheet(_free_name(sheet.name, taken))
    for index, column in enumerate(sheet.columns):
        page.write_string(0, index, _short(column.title), formats.title)
        page.set_column(index, index, column.width or _wanted_width(sheet, index))
    for number, row in enumerate(sheet.rows, start=1):
        bold = number - 1 in sheet.headed_rows
        for index, (value, column) in enumerate(zip(row, sheet.columns, strict=True)):
            _write_cell(page, number, index, value, column.kind, lambda kind, bold=bold: formats.of(kind, bold=bold))
    page.freeze_panes(1, 1)
    page.set_paper(9)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)


def _write_cell(
    page: Any, row: int, column: int, value: CellValue, kind: CellKind, look: Callable[[CellKind], Any]
) -> None:
    """Write by the type of the value; the kind of the column decides only how a number looks."""
    match value:
        case None:
            return
        case bool():
            page.write_boolean(row, column, value, look(CellKind.TEXT))
        case datetime():
            page.write_datetime(row, column, value.replace(tzinfo=None), look(CellKind.MOMENT))
        case date():
            page.write_datetime(row, column, value, look(CellKind.DAY))
        case str():
            page.write_string(row, column, _short(value), look(CellKind.TEXT))
        case int() | float() | Decimal():
            shown = CellKind.NUMBER if kind in {CellKind.TEXT, CellKind.DAY, CellKind.MOMENT} else kind
            page.write_number(row, column, float(value), look(shown))


def _write_definitions(book: Any, workbook: Workbook, formats: _Formats, taken: set[str]) -> None:
    page = book.add_worksheet(_free_name(text(N_("What is counted"), workbook.language), taken))
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 96)
    row = 0
    for mark in workbook.marks:
        page.write_string(row, 0, _short(mark))
        row += 1
    row += bool(workbook.marks)
    if not workbook.definitions:
        return
    page.write_string(row, 0, text(N_("Measure"), workbook.language), formats.title)
    page.write_string(row, 1, text(N_("What is counted"), workbook.language), formats.title)
    for term, meaning in workbook.definitions:
        row += 1
        page.write_string(row, 0, _short(term), formats.wrapped)
        page.write_string(row, 1, _short(meaning), formats.wrapped)
    page.freeze_panes(row - len(workbook.definitions) + 1, 0)


def _free_name(wanted: str, taken: set[str]) -> str:
    """Return a sheet name Excel takes: 31 characters, some signs forbidden, none twice."""
    base = wanted.translate(_NAME_FORBIDDEN).strip(" '")[:31] or "Sheet"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base[: 30 - len(str(number))]} {number}"
    taken.add(name.casefold())
    return name


def _wanted_width(sheet: Sheet, index: int) -> int:
    longest = max((len(str(row[index])) for row in sheet.rows[:200] if row[index] is not None), default=0)
    return min(60, max(9, longest + 2, min(24, len(sheet.columns[index].title) + 2)))


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST_TEXT else f"{words[: _LONGEST_TEXT - 1]}…"
