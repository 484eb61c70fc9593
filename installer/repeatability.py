"""The same source has to give the same bytes: build twice, compare, and name what differs."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Final

from installer.console import Stop, say, step

_AT_ONCE: Final = 1024 * 1024
_NAMED: Final = 30


def compare(first: Path, second: Path) -> list[str]:
    """Return in words what differs between two files or folders: bytes, names, kinds, links and permissions."""
    if first.is_file() and second.is_file():
        return list(_differences(first, second, first.name))
    one, other = _names(first), _names(second)
    found = [f"{name}: only the first time" for name in sorted(one - other)]
    found += [f"{name}: only the second time" for name in sorted(other - one)]
    for name in sorted(one & other):
        found += _differences(first / name, second / name, name)
    return found


def twice(make: Callable[[Path], object], work: Path) -> None:
    """Let *make* build into two folders below *work* and compare them. Raises Stop naming what differs.

    What was the same is removed again.
    """
    folders = [work / "1", work / "2"]
    for number, folder in enumerate(folders, 1):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with step(f"Building, time {number} of 2"):
            make(folder)
    with step("Comparing byte for byte"):
        found = compare(*folders)
    if found:
        told = "\n".join(islice(found, _NAMED))
        raise Stop(f"{told}\n\n{len(found)} differences between two builds of the same source, in {work}.")
    say("  Both times the same")
    for folder in folders:
        shutil.rmtree(folder)


def _names(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*")}


def _differences(first: Path, second: Path, name: str) -> list[str]:
    one, other = first.lstat(), second.lstat()
    if stat.S_IFMT(one.st_mode) != stat.S_IFMT(other.st_mode):
        return [f"{name}: not the same kind of thing"]
    if stat.S_IMODE(one.st_mode) != stat.S_IMODE(other.st_mode):
        return [f"{name}: permissions {stat.S_IMODE(one.st_mode):o} and {stat.S_IMODE(other.st_mode):o}"]
    if first.is_symlink():
        here, there = first.readlink(), second.readlink()
        return [] if here == there else [f"{name}: leads to {here} and {there}"]
    if first.is_dir():
        return []
    if one.st_size != other.st_size:
        return [f"{name}: {one.st_size} and {other.st_size} bytes"]
    at = _first_difference(first, second)
    return [] if at is None else [f"{name}: differs from byte {at}"]


def _first_difference(first: Path, second: Path) -> int | None:
    place = 0
    with first.open("rb") as one, second.open("rb") as other:
        while True:
            here, there = one.read(_AT_ONCE), other.read(_AT_ONCE)
            if here != there:
                return place + next(n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a != b)
            if not here:
                return None
            place += len(here)
