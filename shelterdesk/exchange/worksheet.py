"""One sheet of a workbook, read in one pass: values as they were stored, hidden rows, merged cells."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from shelterdesk.exchange.grid import LONGEST_CELL, CellFault, CellValue, GridRow, check_size
from shelterdesk.exchange.workbook_parts import Attributes, PartReader, unescaped

MOST_CELLS: Final = 1_500_000
MOST_MERGES: Final = 5000
TALLEST_MERGE: Final = 500
FROM_1900, FROM_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - days without a zone

_LEAP_DAY: Final = 60
"""The number of 29 February 1900, a day that spreadsheets count although it never was."""
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")


class SheetReader(PartReader):
    def __init__(self, strings: list[str], dates: list[bool], epoch: datetime) -> None:
        self._strings = strings
        self._dates = dates
        self._epoch = epoch
        self._rows: list[tuple[int, dict[int, CellValue], bool]] = []
        self._merges: list[tuple[int, int, int]] = []
        self._row = 0
        self._hidden = False
        self._column = -1
        self._kind = "n"
        self._style = 0
        self._cells: dict[int, CellValue] = {}
        self._pieces: list[str] | None = None
        self._value = ""
        self._formula = False
        self._count = 0
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "row": self._start_row,
            "c": self._start_cell,
            "mergeCell": self._merge,
        }

    def start(self, name: str, attributes: Attributes) -> None:
        if name in self._starts:
            self._starts[name](attributes)
        elif name in {"v", "t"}:
            self._pieces = []
        elif name == "f":
            self._formula = True

    def end(self, name: str) -> None:
        if name in {"v", "t"} and self._pieces is not None:
            self._value += "".join(self._pieces)
            self._pieces = None
        elif name == "c":
            self._end_cell()
        elif name == "row" and self._cells:
            self._rows.append((self._row, self._cells, self._hidden))

    def text(self, words: str) -> None:
        if self._pieces is not None:
            self._pieces.append(words)

    def _start_row(self, attributes: Attributes) -> None:
        self._row = int(float(attributes["r"])) if "r" in attributes else self._row + 1
        self._hidden = attributes.get("hidden") in {"1", "true"}
        self._cells = {}
        self._column = -1

    def _start_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        self._column = _place(place)[1] if place else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = int(attributes.get("s", "0"))
        self._value = ""
        self._formula = False

    def _end_cell(self) -> None:
        value = self._read_cell()
        if isinstance(value, str) and len(value) > LONGEST_CELL:
            raise ValueError("a longer text than any program for spreadsheets writes")
        if value is not None:
            self._cells[self._column] = value
            self._count += 1
            if self._count > MOST_CELLS:
                raise ValueError("more cells than a list of people has")
            check_size(len(self._rows), len(self._cells))

    def _read_cell(self) -> CellValue:
        words = self._value
        if not words:
            return CellFault() if self._formula and self._kind not in {"str", "inlineStr"} else None
        match self._kind:
            case "s":
                return self._strings[int(words)]
            case "b":
                return words.strip() in {"1", "true"}
            case "e":
                return CellFault(words)
            case "d":
                return _from_iso(words)
            case "str" | "inlineStr":
                return unescaped(words)
            case _:
                return self._number(words.strip())

    def _number(self, words: str) -> CellValue:
        try:
            value = float(words)
        except ValueError:
            return words
        if value != value or value in {float("inf"), float("-inf")}:
            return CellFault(words)
        shown_as_date = self._style < len(self._dates) and self._dates[self._style]
        if shown_as_date and value == 0:
            # What a formula makes of an empty cell.
            return None
        if shown_as_date and value > 0:
            try:
                return _moment(value, self._epoch)
            except (OverflowError, ValueError):
                return int(value) if value.is_integer() else value
        return int(value) if value.is_integer() else value

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        if not last:
            return
        (top, left), (bottom, _right) = _place(first), _place(last)
        if bottom > top:
            self._merges.append((top, bottom, left))
            if len(self._merges) > MOST_MERGES:
                raise ValueError("more merged cells than a list of people has")

    def finished(self) -> tuple[GridRow, ...]:
        """Return the rows; a cell merged over several rows counts for each of them."""
        shared: dict[int, dict[int, int]] = {}
        cells_of = {number: cells for number, cells, _hidden in self._rows}
        for top, bottom, left in self._merges:
            value = cells_of.get(top, {}).get(left)
            if value is None:
                continue
            for number in range(top + 1, min(bottom, top + TALLEST_MERGE) + 1):
                if number in cells_of and left not in cells_of[number]:
                    cells_of[number][left] = value
                    shared.setdefault(number, {})[left] = top
        return tuple(GridRow(number, cells, hidden, shared.get(number, {})) for number, cells, hidden in self._rows)


def _place(reference: str) -> tuple[int, int]:
    """Return row and column of «B3»; rows count from 1, columns from 0."""
    found = _PLACE.fullmatch(reference)
    if found is None:
        raise ValueError("no place in a sheet")
    column = 0
    for sign in found[1]:
        column = column * 26 + ord(sign) - ord("A") + 1
    return int(found[2]), column - 1


def _from_iso(words: str) -> CellValue:
    try:
        return _whole_day(datetime.fromisoformat(words.strip()))
    except ValueError:
        return words


def _moment(days: float, epoch: datetime) -> CellValue:
    """Return what *days* since *epoch* are; less than one is a time. Raises OverflowError beyond the calendar."""
    seconds = round(days % 1 * 86_400)
    if days < 1:
        return (epoch + timedelta(seconds=seconds)).time()
    missing = int(epoch == FROM_1900 and days < _LEAP_DAY)
    return _whole_day(epoch + timedelta(days=int(days) + missing, seconds=seconds))


def _whole_day(value: Any) -> CellValue:
    if isinstance(value, datetime):
        plain = value.replace(tzinfo=None)
        return plain.date() if plain.time() == time() else plain
    return value if isinstance(value, date | time) else None
