"""Workbooks taken apart and put together again, whole or not."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

from shelterdesk.exchange.grid import UnreadableFile


def refused(read: Callable[[], object]) -> str:
    """Return the words a file was refused with; of one that was read, a name that fits any."""
    try:
        read()
    except UnreadableFile as error:
        return error.text()
    return "a.csv a.xlsx"


def parts_of(file: Path) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(file: Path, parts: dict[str, bytes]) -> Path:
    """Write *parts* as a workbook."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file
