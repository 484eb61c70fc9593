"""The small parts of a workbook: relations, sheets, shared texts and formats, each read in one pass.

Office Open XML forbids document type declarations (ECMA-376 part 2); who sends one wants something else than to be
read. Elements are known by their local name, so that both variants of the format are read.
"""

from __future__ import annotations

import posixpath
import re
from typing import IO, Any, Final
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

MOST_STRINGS: Final = 1_000_000

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

Attributes = dict[str, str]


def unescaped(words: str) -> str:
    """Return text as it was typed: signs that XML cannot hold are written ``_x000D_``."""
    if "_x" not in words:
        return words
    # Half of a surrogate pair is no sign of its own and stays as it is written.
    return _ESCAPED.sub(
        lambda found: found[0] if 0xD800 <= int(found[1], 16) < 0xE000 else chr(int(found[1], 16)), words
    )


class PartReader:
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


class RelationsReader(PartReader):
    """Which part stands for which relation: id → (kind, name of the part)."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.targets: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
            self.targets[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target.lstrip("/"))


class BookReader(PartReader):
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


class StringsReader(PartReader):
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
            self.texts.append(unescaped("".join(self._pieces)))
            if len(self.texts) > MOST_STRINGS:
                raise ValueError("more texts than a list of people has")

    def text(self, words: str) -> None:
        if self._inside:
            self._pieces.append(words)


class StylesReader(PartReader):
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
