"""Reading .xlsx and .xlsm without trusting them: no formula is run, no macro looked at, nothing outside is fetched.

The parts are read in one pass each, with a limit for everything that can grow, because such a file may unpack to a
thousand times its size. Office Open XML forbids document type declarations (ECMA-376 part 2); who sends one wants
something else than to be read.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import IO, Any, Final
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from shelterdesk.exchange.grid import CellFault, CellValue, Grid, GridRow, UnreadableFile, check_size
from shelterdesk.i18n import N_

LARGEST_PART: Final = 64 * 1024 * 1024
LARGEST_WHOLE: Final = 160 * 1024 * 1024
LARGEST_SMALL_PART: Final = 4 * 1024 * 1024
"""Workbook, relations and styles; Excel itself allows 64 000 cell formats."""
MOST_PARTS: Final = 3000
MOST_SHEETS: Final = 100
MOST_STRINGS: Final = 1_000_000
MOST_CELLS: Final = 1_500_000
MOST_MERGES: Final = 5000
TALLEST_MERGE: Final = 500

_FROM_1900, _FROM_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - days without a zone
_LEAP_DAY: Final = 60
"""The number of 29 February 1900, a day that spreadsheets count although it never was."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_NOT_A_WORKBOOK = N_("{file} is no Excel workbook. Save it as .xlsx or .csv and choose that file.")
_TOO_LARGE = N_(
    "{file} would unpack to more than this program reads. Take out pictures and other sheets, or save as .csv."
)
_DAMAGED = N_("{file} is damaged or was not written by a program for spreadsheets. Open it there and save it again.")

Attributes = dict[str, str]


def read_workbook(data: bytes, file: str) -> tuple[Grid, ...]:
    """Return the sheets of a workbook given as bytes. Raises UnreadableFile, whatever the bytes are."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _Package(archive, file).grids()
    except UnreadableFile:
        raise
    except (
        zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, RuntimeError, NotImplementedError,
        ValueError, KeyError, IndexError, OverflowError, UnicodeError,
    ) as error:  # fmt: skip
        raise UnreadableFile(_DAMAGED, file=file) from error


class _Package:
    """The parts of a workbook, each opened only within its limit."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self._archive = archive
        self._file = file
        # Reading stops at the size a part declares, so looking at the declared sizes is enough.
        self._sizes = {part.filename: part.file_size for part in archive.infolist()}
        if len(self._sizes) > MOST_PARTS or sum(self._sizes.values()) > LARGEST_WHOLE:
            raise UnreadableFile(_TOO_LARGE, file=file)

    def grids(self) -> tuple[Grid, ...]:
        """Return the sheets in their order."""
        kinds = self._relations_of("").values()
        main = next((target for kind, target in kinds if kind == "officeDocument"), "")
        book = _Book()
        self._parse(main, book)
        if not book.is_workbook:
            raise UnreadableFile(_NOT_A_WORKBOOK, file=self._file)
        relations = self._relations_of(main)
        strings, styles = _Strings(), _Styles()
        for kind, target in relations.values():
            if kind == "sharedStrings":
                self._parse(target, strings, LARGEST_PART)
            elif kind == "styles":
                self._parse(target, styles)
        dates, epoch = styles.show_dates(), _FROM_1904 if book.from_1904 else _FROM_1900
        found: dict[str, Grid] = {}
        for name, state, relation in book.sheets[:MOST_SHEETS]:
            kind, target = relations.get(relation, ("", ""))
            if kind == "worksheet" and target not in found:
                sheet = _Sheet(strings.texts, dates, epoch)
                self._parse(target, sheet, LARGEST_PART)
                found[target] = Grid(name, sheet.finished(), state == "visible")
        return tuple(found.values())

    def _parse(self, name: str, reader: _Reader, limit: int = LARGEST_SMALL_PART) -> None:
        if name not in self._sizes or name.endswith(".bin"):
            raise UnreadableFile(_NOT_A_WORKBOOK, file=self._file)
        if self._sizes[name] > limit:
            raise UnreadableFile(_TOO_LARGE, file=self._file)
        with self._archive.open(name) as stream:
            reader.parse(stream)

    def _relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        found = _Relations(folder)
        if name in self._sizes:
            self._parse(name, found)
        return found.targets


class _Reader:
    """Base of the readers of one part each: elements by their local name, whatever the name space."""

    def parse(self, stream: IO[bytes]) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text
        parser.ParseFile(stream)

    def _refuse(self, *_declaration: Any) -> None:
        raise ValueError("a declaration that no workbook has")

    def _start(self, name: str, attributes: Attributes) -> None:
        self.start(name.rpartition(" ")[2], attributes)

    def _end(self, name: str) -> None:
        self.end(name.rpartition(" ")[2])

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, words: str) -> None:
        """Take text between elements."""


class _Relations(_Reader):
    """Which part stands for which relation: id → (kind, name of the part)."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
            self.targets[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target.lstrip("/"))


class _Book(_Reader):
    def __init__(self) -> None:
        self.is_workbook = False
        self.from_1904 = False
        self.sheets: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "workbook":
            self.is_workbook = True
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}
        elif name == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith("relationships id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))


class _Strings(_Reader):
    """The texts that cells share. Rubies, which say how a text is read aloud, are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._inside = False
        self._ruby = False

    def start(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002 - the base's
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._ruby = True
        self._inside = name == "t" and not self._ruby

    def end(self, name: str) -> None:
        self._inside = False
        if name == "rPh":
            self._ruby = False
        elif name == "si":
            self.texts.append(_unescaped("".join(self._pieces)))
            if len(self.texts) > MOST_STRINGS:
                raise ValueError("more texts than a list of people has")

    def text(self, words: str) -> None:
        if self._inside:
            self._pieces.append(words)


class _Styles(_Reader):
    """Which cell formats show a number as a date or as a time."""

    def __init__(self) -> None:
        self._formats: dict[int, str] = dict(BUILTIN_FORMATS)
        self._used: list[int] = []
        self._inside = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self._formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._used.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False

    def show_dates(self) -> list[bool]:
        """Return for each cell format whether it shows a date or a time of the day."""
        known: dict[int, bool] = {}
        for number in set(self._used):
            code = self._formats.get(number, "General")
            known[number] = bool(is_date_format(code)) and not is_timedelta_format(code)
        return [known[number] for number in self._used]


class _Sheet(_Reader):
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
                return _unescaped(words)
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


def _unescaped(words: str) -> str:
    """Return text as it was typed: signs that XML cannot hold are written ``_x000D_``."""
    if "_x" not in words:
        return words
    # Half of a surrogate pair is no sign of its own and stays as it is written.
    return _ESCAPED.sub(
        lambda found: found[0] if 0xD800 <= int(found[1], 16) < 0xE000 else chr(int(found[1], 16)), words
    )


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
    missing = int(epoch == _FROM_1900 and days < _LEAP_DAY)
    return _whole_day(epoch + timedelta(days=int(days) + missing, seconds=seconds))


def _whole_day(value: Any) -> CellValue:
    if isinstance(value, datetime):
        plain = value.replace(tzinfo=None)
        return plain.date() if plain.time() == time() else plain
    return value if isinstance(value, date | time) else None
