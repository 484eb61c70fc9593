"""Under which name and mark the program is seen: its own, or a neutral one that says nothing of what it is for.

Set-up may write ``neutral.toml`` beside the program (``name``, ``icon``); this computer's settings may choose one of
the two neutral names as well. The name stands in the title of the window, in the task bar and beside the mark.
"""

from __future__ import annotations

import codecs
import tomllib
from dataclasses import dataclass
from typing import Final

from shelterdesk.paths import program_folder
from shelterdesk.settings import SHOWN_AS, Settings

FILE: Final = "neutral.toml"
_LONGEST: Final = 40
_LARGEST: Final = 4096
_UTF_16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Shown:
    """A name, and the icon that goes with it."""

    name: str
    mark: str


OWN: Final = Shown("ShelterDesk", "app-mark")
NEUTRAL: Final = {
    "desk": Shown("Desk", "app-mark-desk"),
    "notebook": Shown("Notebook", "app-mark-notebook"),
}
_USUAL: Final = "desk"


def as_installed() -> Shown:
    """Return what the set-up chose; the program's own name where it chose nothing."""
    folder = program_folder()
    if folder is None:
        return OWN
    try:
        with (folder / FILE).open("rb") as stream:
            found = _read(stream.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return OWN
    usual = NEUTRAL.get(str(found.get("icon")), NEUTRAL[_USUAL])
    return Shown(_fitting(found.get("name")) or usual.name, usual.mark)


def shown(settings: Settings) -> Shown:
    """Return the name and mark to show on this computer."""
    return NEUTRAL.get(settings.value(SHOWN_AS)) or as_installed()


def while_covered(settings: Settings) -> str:
    """Return the name that stands in the title of a covered window, which is neutral in any case."""
    now = shown(settings)
    return NEUTRAL[_USUAL].name if now == OWN else now.name


def _read(content: bytes) -> dict[str, object]:
    # Set-up on Windows writes what its tools can: UTF-16, or UTF-8 with a mark.
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
    return dict(tomllib.loads(content.decode(encoding)))


def _fitting(name: object) -> str:
    """Return a name that can stand in a title, «» for anything else."""
    trimmed = name.strip() if isinstance(name, str) else ""
    return trimmed if len(trimmed) <= _LONGEST and trimmed.isprintable() else ""
