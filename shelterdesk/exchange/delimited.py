"""Reading .csv as it comes: whatever the signs between the values, and the code page of an old program."""

from __future__ import annotations

import codecs
import csv
import io
import re
from contextlib import suppress
from itertools import count
from typing import Final

from shelterdesk.exchange.grid import LONGEST_CELL, CellValue, Grid, GridRow, UnreadableFile, check_size
from shelterdesk.i18n import N_

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CALLED: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1251": "Windows-1251",
    "cp1254": "Windows-1254",
}
ENCODINGS: Final = {
    "UTF-8": "utf-8-sig",
    "UTF-16": "utf-16",
    "Windows-1251": "cp1251",
    "Windows-1252": "cp1252",
    "Windows-1254": "cp1254",
}
"""What a text may be read as by hand where the program guessed wrong, by the name people know."""
_DELIMITERS: Final = (",", ";", "\t", "|")
_LOOKED_AT: Final = 200_000
"""Characters that are enough to see how a file is written."""
_NO_TEXT = N_("{file} is no table: it is neither a workbook nor text.")
_NOT_SO = N_("{file} is not written as {encoding}. It is read as before.")
_NOT_REGULAR = N_(
    "The columns of {file} could not be told apart. Open it in a program for spreadsheets and save it as .xlsx."
)
_OPEN = N_(
    "In row {row} of {file} a quotation mark is opened and not closed, and swallows rows below it. Close it, or take "
    "it out, and choose the file again. Nothing was changed."
)
_CYRILLIC_WORD = re.compile(r"[А-Яа-яЁё]{2,}")
_MIXED_WORD = re.compile(r"[A-Za-z][А-Яа-яЁёЂ-џ]|[А-Яа-яЁёЂ-џ][A-Za-z]")
_NO_LETTER = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\u2fe0-\u2fef\ue000-\uf8ff\ufff0-\ufff8\ufffe\uffff]")
"""Signs that no text holds, but bytes that were misread do."""
_GUARDED = re.compile(r"'\s*[=+\-@|%\t\r\n]")


def read_delimited(data: bytes, file: str, encoding: str = "") -> Grid:
    """Return the one table of a .csv given as bytes, read as *encoding* where one is chosen. Raises UnreadableFile."""
    words, encoding = decode_as(data, file, encoding) if encoding else decode(data, file)
    if _NO_LETTER.search(words):
        raise UnreadableFile(_NO_TEXT, file=file)
    delimiter = _delimiter(words[:_LOOKED_AT])
    rows: list[GridRow] = []
    open_row = _open_row(words, delimiter)
    if open_row:
        raise UnreadableFile(_OPEN, file=file, row=open_row)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, strict=False)
    try:
        for number, values in enumerate(reader, start=1):
            cells: dict[int, CellValue] = {
                column: _plain(value) for column, value in enumerate(values) if value.strip()
            }
            if cells:
                rows.append(GridRow(number, cells))
                check_size(len(rows), len(cells))
            if any(len(value) > LONGEST_CELL for value in values):
                raise UnreadableFile(_NOT_REGULAR, file=file)
    except csv.Error as error:
        raise UnreadableFile(_NOT_REGULAR, file=file) from error
    return Grid("", tuple(rows), encoding=encoding)


def decode_as(data: bytes, file: str, encoding: str) -> tuple[str, str]:
    """Return text read as *encoding*, one of :data:`ENCODINGS`. Raises UnreadableFile where it cannot be that."""
    strict = encoding.startswith("UTF")
    try:
        words = data.decode(ENCODINGS[encoding], errors="strict" if strict else "replace")
    except UnicodeDecodeError as error:
        raise UnreadableFile(_NOT_SO, file=file, encoding=encoding) from error
    if _NO_LETTER.search(words.replace("\ufffd", "")):
        raise UnreadableFile(_NOT_SO, file=file, encoding=encoding)
    return words.replace("\ufffd", "?"), encoding


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Return text and the encoding that fits: Unicode, else the Cyrillic or the Turkish code page of Windows.

    Raises UnreadableFile.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), _CALLED[encoding]
            except UnicodeDecodeError as error:
                raise UnreadableFile(_NO_TEXT, file=file) from error
    with suppress(UnicodeDecodeError):
        words = data.decode("utf-8")
        if not _NO_LETTER.search(words[:_LOOKED_AT]):
            return words, _CALLED["utf-8"]
    for encoding in ("utf-16-le", "utf-16-be"):
        # Without a mark, text of two bytes for each sign shows by having lines, and letters of known scripts.
        with suppress(UnicodeDecodeError):
            words = data.decode(encoding)
            if "\n" in words and not _NO_LETTER.search(words[:_LOOKED_AT]):
                return words, _CALLED["utf-16"]
    return _from_code_page(data)


def _from_code_page(data: bytes) -> tuple[str, str]:
    cyrillic = data.decode("cp1251", errors="replace")
    looked_at = cyrillic[:_LOOKED_AT]
    # Read as Cyrillic, Turkish letters land in the middle of Latin words.
    if len(_CYRILLIC_WORD.findall(looked_at)) > len(_MIXED_WORD.findall(looked_at)):
        return cyrillic, _CALLED["cp1251"]
    return data.decode("cp1254", errors="replace"), _CALLED["cp1254"]


def _delimiter(words: str) -> str:
    """Return the sign that divides the first lines most evenly."""
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        lines = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter)
        try:
            widths = [len(line) for line, _ in zip(lines, range(60), strict=False) if len(line) > 1 or any(line)]
        except csv.Error:
            continue
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=lambda width: (wide.count(width), width))
        score = usual * wide.count(usual) / len(widths)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _open_row(words: str, delimiter: str) -> int | None:
    """Return the first row that begins to quote and ends it lines later, within a text or never."""
    lines = csv.reader(io.StringIO(words, newline=""), delimiter=delimiter, strict=True)
    for number in count(1):
        begun = lines.line_num
        try:
            next(lines)
        except StopIteration:
            break
        except csv.Error:
            # Within one line a stray quotation mark harms nobody else.
            if lines.line_num > begun + 1:
                return number
    return None


def _plain(value: str) -> str:
    """Take off the apostrophe that keeps a text from being read as a formula."""
    return value[1:] if _GUARDED.match(value) else value
