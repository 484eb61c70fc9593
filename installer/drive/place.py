"""A folder of its own for a driven program, on Linux or inside Wine, and how the program is told about it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from installer.console import Stop, surroundings

_DRIVE_C = "drive_c"


@dataclass(frozen=True)
class Place:
    """A folder where a driven program keeps everything it could call its own, and how it is told about it."""

    folder: Path
    wine: bool
    extra: Mapping[str, str] = field(default_factory=dict[str, str])

    def told(self, path: Path) -> str:
        """Return *path* as the program knows it."""
        if not self.wine:
            return str(path)
        return str(PureWindowsPath("C:/", self.folder.name, *path.relative_to(self.folder).parts))

    def surroundings(self) -> dict[str, str]:
        """Return the variables of the program."""
        home = self.folder / "desk"
        others = ("QT_", "SHELTER")
        kept = {name: value for name, value in surroundings(self.extra).items() if not name.startswith(others)}
        kept["SHELTERDESK_HOME"] = self.told(home)
        if self.wine:
            return kept | {"WINEDEBUG": "-all"}
        own = {"HOME": "profile", "TMPDIR": "temporary", "XDG_RUNTIME_DIR": "runtime"}
        for name in own.values():
            (self.folder / name).mkdir(mode=0o700, exist_ok=True)
        kept = {name: value for name, value in kept.items() if not name.startswith("XDG_")}
        return kept | {name: str(self.folder / part) for name, part in own.items()} | {"QT_QPA_PLATFORM": "xcb"}

    @property
    def papers(self) -> Path:
        """Return where the person saves her papers."""
        return self.folder / "papers"

    def vault(self) -> Path:
        """Return the one vault that was made there."""
        found = [one for one in (self.folder / "desk").rglob("*.vault") if one.is_dir()]
        if len(found) != 1:
            raise Stop(f"One vault was made, but {len(found)} are there.")
        return found[0]


@contextmanager
def a_place(*, wine: bool, extra: Mapping[str, str] | None = None) -> Iterator[Place]:
    """Make a place for one program, and take it away afterwards."""
    extra = dict(extra or {})
    above = None
    if wine:
        # On drive Z everything of this computer is found; a vault belongs to a disk of the program's own system.
        prefix = extra.get("WINEPREFIX") or os.environ.get("WINEPREFIX")
        above = (Path(prefix) if prefix else Path.home() / ".wine") / _DRIVE_C
    with tempfile.TemporaryDirectory(prefix="driven-", dir=above, ignore_cleanup_errors=True) as name:
        place = Place(Path(name), wine, extra)
        (place.folder / "desk").mkdir()
        place.papers.mkdir()
        yield place


def words_beside(command: Sequence[str]) -> list[str]:
    """Return the command of the shelterdesk-cli that lies beside the window program."""
    program = Path(command[-1])
    return [*command[:-1], str(program.with_name(f"shelterdesk-cli{program.suffix}"))]
