"""What the program is made of: parts, versions, licences and their texts.

A packaged program carries the list and the texts in its folder ``licences``. From the source, what is installed beside
it tells the same of itself, for what the program itself asks for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from shelterdesk.paths import program_folder

FOLDER: Final = "licences"
_DIRECT: Final = (
    "alembic", "anyascii", "babel", "cryptography", "filelock", "msoffcrypto-tool", "openpyxl", "pillow",
    "platformdirs", "pypdfium2", "pyside6-essentials", "python-docx", "rapidfuzz", "segno", "sqlalchemy", "sqlcipher3",
    "tzdata", "xlsxwriter", "zxcvbn",
)  # fmt: skip
_A_TEXT: Final = re.compile(r"(?i)(^|/)(licen[cs]e|copying|notice)[^/]*$")


@dataclass(frozen=True)
class OwnPart:
    """One part; ``text`` returns all its licence texts, one below the other."""

    name: str
    version: str
    licence: str
    note: str
    text: Callable[[], str]


def parts() -> tuple[OwnPart, ...]:
    """Return what is carried along, by name."""
    folder = program_folder()
    return _shipped(folder / FOLDER) if folder is not None else _installed()


def _shipped(folder: Path) -> tuple[OwnPart, ...]:
    try:
        told: dict[str, Any] = json.loads((folder / "parts.json").read_text(encoding="utf-8"))
        return tuple(
            OwnPart(
                str(one["name"]), str(one["version"]), str(one["licence"]), str(one["note"]),
                _reader([folder / str(name) for name in one["texts"]]),
            )
            for one in told["parts"]
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        # Somebody took the folder away. The page then says so; the program works without it.
        return ()


def _installed() -> tuple[OwnPart, ...]:
    found: list[OwnPart] = []
    for name in _DIRECT:
        try:
            one = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        told = one.metadata.json
        licence = str(told.get("license_expression") or told.get("license") or "").split("\n")[0][:60]
        texts = [Path(str(file.locate())) for file in one.files or () if _A_TEXT.search(file.as_posix())]
        found.append(OwnPart(name, one.version, licence, "", _reader(texts)))
    return tuple(found)


def _reader(files: list[Path]) -> Callable[[], str]:
    return lambda: "\n\n\n".join(filter(None, map(_read, files)))


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
