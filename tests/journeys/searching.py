"""Looking for words on disk in every shape in which a program might have left them."""

from __future__ import annotations

import base64
import io
import json
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from shelterdesk.folding import fold


def shapes_of(words: str) -> dict[str, bytes]:
    """Return the byte strings as which *words* may lie in a file, by the name of the shape."""
    found: dict[str, bytes] = {}
    for how, spelled in _spellings(words):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
            data = spelled.encode(encoding)
            found[f"{how}, {encoding}"] = data
            if how == "as typed":
                for offset, coded in enumerate(_in_base64(data)):
                    found[f"base64 of {encoding} at {offset}"] = coded
    found["hexadecimal"] = words.encode().hex().encode()
    return found


def _spellings(words: str) -> Iterator[tuple[str, str]]:
    yield "as typed", words
    others = {
        "decomposed": unicodedata.normalize("NFD", words),
        "lower case": words.lower(),
        "upper case": words.upper(),
        "folded for search": fold(words),
        "in JSON": json.dumps(words)[1:-1],
        "in an address": quote(words),
    }
    seen = {words}
    for how, spelled in others.items():
        if spelled not in seen:
            seen.add(spelled)
            yield how, spelled


def _in_base64(data: bytes) -> list[bytes]:
    """Return what *data* looks like in base64 at each of the three places it can begin, without its shared ends."""
    found: list[bytes] = []
    for lead in range(3):
        coded = base64.b64encode(b"\0" * lead + data)
        first = -(-lead * 4 // 3) if lead else 0
        last = (lead + len(data)) * 8 // 6
        found.append(coded[first:last])
    return found


def files_below(folder: Path, leave_out: Iterable[Path] = ()) -> list[Path]:
    """Return every file below *folder* but those in *leave_out*."""
    spared = {path.resolve() for path in leave_out}
    return [
        one
        for one in sorted(folder.rglob("*"))
        if one.is_file() and not one.is_symlink() and not spared & {one.resolve(), *one.resolve().parents}
    ]


def found_in(folder: Path, canaries: dict[str, str], leave_out: Iterable[Path] = ()) -> list[str]:
    """Return where any of *canaries* (name, words) lies: in a file, in a member of an archive, or in a path."""
    wanted = [(name, how, data) for name, words in canaries.items() for how, data in shapes_of(words).items()]
    found: list[str] = []
    for file in files_below(folder, leave_out):
        where = file.relative_to(folder).as_posix()
        for inside, data in _contents(where, file.read_bytes()):
            found += [f"{name} ({how}) in {inside}" for name, how, shape in wanted if shape in data]
        found += [f"{name} ({how}) in the name {where}" for name, how, shape in wanted if shape in where.encode()]
    return found


def _contents(where: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    yield where, data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                if not member.flag_bits & 1:
                    yield from _contents(f"{where}!{member.filename}", archive.read(member))
