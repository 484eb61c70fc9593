"""Reading .xlsx and .xlsm without trusting them: no formula is run, no macro looked at, nothing outside is fetched.

The parts are read in one pass each, with a limit for everything that can grow, because such a file may unpack to a
thousand times its size.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import Final
from xml.parsers import expat

from shelterdesk.exchange.grid import Grid, UnreadableFile
from shelterdesk.exchange.workbook_parts import BookReader, PartReader, RelationsReader, StringsReader, StylesReader
from shelterdesk.exchange.worksheet import FROM_1900, FROM_1904, SheetReader
from shelterdesk.i18n import N_

LARGEST_PART: Final = 64 * 1024 * 1024
LARGEST_WHOLE: Final = 160 * 1024 * 1024
LARGEST_SMALL_PART: Final = 4 * 1024 * 1024
"""Workbook, relations and styles; Excel itself allows 64 000 cell formats."""
MOST_PARTS: Final = 3000
MOST_SHEETS: Final = 100

_NOT_A_WORKBOOK = N_("{file} is no Excel workbook. Save it as .xlsx or .csv and choose that file.")
_TOO_LARGE = N_(
    "{file} would unpack to more than this program reads. Take out pictures and other sheets, or save as .csv."
)
_DAMAGED = N_("{file} is damaged or was not written by a program for spreadsheets. Open it there and save it again.")


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
        book = BookReader()
        self._parse(main, book)
        if not book.is_workbook:
            raise UnreadableFile(_NOT_A_WORKBOOK, file=self._file)
        relations = self._relations_of(main)
        strings, styles = StringsReader(), StylesReader()
        for kind, target in relations.values():
            if kind == "sharedStrings":
                self._parse(target, strings, LARGEST_PART)
            elif kind == "styles":
                self._parse(target, styles)
        dates, epoch = styles.show_dates(), FROM_1904 if book.from_1904 else FROM_1900
        found: dict[str, Grid] = {}
        for name, state, relation in book.sheets[:MOST_SHEETS]:
            kind, target = relations.get(relation, ("", ""))
            if kind == "worksheet" and target not in found:
                sheet = SheetReader(strings.texts, dates, epoch)
                self._parse(target, sheet, LARGEST_PART)
                found[target] = Grid(name, sheet.finished(), state == "visible")
        return tuple(found.values())

    def _parse(self, name: str, reader: PartReader, limit: int = LARGEST_SMALL_PART) -> None:
        if name not in self._sizes or name.endswith(".bin"):
            raise UnreadableFile(_NOT_A_WORKBOOK, file=self._file)
        if self._sizes[name] > limit:
            raise UnreadableFile(_TOO_LARGE, file=self._file)
        with self._archive.open(name) as stream:
            reader.parse(stream)

    def _relations_of(self, part: str) -> dict[str, tuple[str, str]]:
        folder, base = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        found = RelationsReader(folder)
        if name in self._sizes:
            self._parse(name, found)
        return found.targets
