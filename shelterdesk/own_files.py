"""The program looks at its own files: are they those of the build?

A build writes ``files.sha256`` beside the program, one line for each file. Comparing finds what a bad stick, a broken
update or a careless hand changed. Who can change the program can change the list as well; therefore the fingerprint of
the list is shown, to be compared with the one that was published together with the package.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from shelterdesk import __version__
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_
from shelterdesk.paths import PORTABLE_FOLDER, PORTABLE_MARK, program_folder
from shelterdesk.shown_name import FILE as NAME_FILE

LIST: Final = "files.sha256"
NOT_OF_THE_BUILD: Final = frozenset({LIST, PORTABLE_MARK, NAME_FILE, "uninstall.exe"})
"""What may lie beside the program without being made by the build."""
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([^\\\n]+)")

Progress = Callable[[int, int], None]


class NoFileList(ShelterDeskError):
    """There is nothing to compare with: the program runs from its source, or the list is gone or unreadable."""


@dataclass(frozen=True)
class Findings:
    """What came of it; ``list_sha256`` is the fingerprint of the list itself."""

    list_sha256: str
    files: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Tell whether every file is as it was built and none was added."""
        return not (self.changed or self.missing or self.extra)

    def plain(self) -> dict[str, Any]:
        """Return it as values for JSON."""
        return {"whole": self.whole, "version": __version__, **asdict(self)}


def check(folder: Path | None = None, progress: Progress | None = None) -> Findings:
    """Compare the files in *folder* (default: of this program) with the list. Raises NoFileList."""
    place = folder or program_folder()
    if place is None:
        raise NoFileList(
            N_("This program runs from its source; only a packaged one carries the list of its files to compare with.")
        )
    content, listed = _read(place)
    changed: list[str] = []
    missing: list[str] = []
    for number, (name, expected) in enumerate(sorted(listed.items()), 1):
        try:
            if digest(place / name) != expected:
                changed.append(name)
        except FileNotFoundError:
            missing.append(name)
        except OSError:
            # What cannot be read is not known to be the same.
            changed.append(name)
        if progress is not None:
            progress(number, len(listed))
    extra = [name for name in names_in(place) if name not in listed]
    fingerprint = hashlib.sha256(content).hexdigest()
    return Findings(fingerprint, len(listed), tuple(changed), tuple(missing), tuple(extra))


def names_in(folder: Path) -> Iterator[str]:
    """Return the names of all files of a build in *folder*, in a steady order."""
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if name.parts[0] != PORTABLE_FOLDER and name.as_posix() not in NOT_OF_THE_BUILD and not file.is_dir():
            yield name.as_posix()


def digest(file: Path) -> str:
    """Return the SHA-256 of a file. Raises OSError."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read(folder: Path) -> tuple[bytes, dict[str, str]]:
    gone = N_("The list {file} that belongs to this program is missing or damaged. Install ShelterDesk again.")
    try:
        content = (folder / LIST).read_bytes()
        lines = content.decode("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise NoFileList(gone, file=LIST) from error
    found = [_LINE.fullmatch(line) for line in lines if line and not line.startswith("#")]
    listed = {match[2]: match[1] for match in found if match is not None}
    if not listed or len(listed) != len(found) or any(_leads_out(name) for name in listed):
        raise NoFileList(gone, file=LIST)
    return content, listed


def _leads_out(name: str) -> bool:
    return name.startswith("/") or ":" in name or ".." in name.split("/")
