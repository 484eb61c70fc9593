"""The shared libraries of the program folder: only those that something asks for, without debug information."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from installer.console import Stop

# Libraries that a wheel carries and has patched; stripping them makes them unloadable.
_PATCHED = re.compile(r"-[0-9a-f]{8}\.so")
_NEEDED = re.compile(r"\(NEEDED\).*\[([^\]]+)\]")
_LIBRARY = re.compile(r"^lib[^/]*\.so(\.|$)")
# What every Linux with a window has, or the packages ask for. The graphics driver has to fit the machine.
OF_THE_SYSTEM = (
    "ld-linux-x86-64.so", "libc.so", "libm.so", "libdl.so", "libpthread.so", "librt.so", "libutil.so", "libresolv.so",
    "libGL.so", "libEGL.so", "libGLX.so", "libOpenGL.so", "libdrm.so", "libxcb.so", "libcups.so", "libdbus-1.so",
    "libfontconfig.so", "libfreetype.so",
)  # fmt: skip


def strip(folder: Path) -> None:
    """Take debug information out of the shared libraries, where that is safe."""
    for file in sorted(folder.rglob("*.so*")):
        patched = any(part.endswith(".libs") for part in file.parts) or _PATCHED.search(file.name)
        if file.is_file() and not file.is_symlink() and not patched:
            subprocess.run(["strip", "--strip-debug", file], capture_output=True, check=False)


def drop_what_nothing_asks_for(folder: Path) -> list[str]:
    """Remove libraries that only parts asked for which were left out; return their names.

    Raises :class:`Stop` when something is asked for that is neither in the folder nor known to be the system's.
    """
    asked_for = {file: _needed(file) for file in _binaries(folder)}
    libraries = {file for file in asked_for if _is_asked_for_by_name(file, folder)}
    by_name: dict[str, set[Path]] = {}
    for file in libraries:
        by_name.setdefault(file.name, set()).add(file)
    wanted: set[str] = set()
    due = [name for file, names in asked_for.items() if file not in libraries for name in names]
    while due:
        name = due.pop()
        if name not in wanted:
            wanted.add(name)
            due += [below for file in by_name.get(name, ()) for below in asked_for[file]]
    absent = sorted(name for name in wanted if name not in by_name and not name.startswith(OF_THE_SYSTEM))
    if absent:
        raise Stop(f"The program asks for libraries that are neither carried along nor the system's: {absent}")
    dropped = sorted(file for file in libraries if file.name not in wanted)
    for file in dropped:
        file.unlink()
    for link in sorted(folder.rglob("*")):
        if link.is_symlink() and not link.exists():
            link.unlink()
    return sorted({file.name for file in dropped})


def _is_asked_for_by_name(file: Path, folder: Path) -> bool:
    """Tell the libraries that others are linked to from modules, plugins and what a program opens by its path."""
    place = file.parent
    shared = (
        place == folder / "_internal"
        or place.name.endswith(".libs")
        or (place.parent.name, place.name) == ("Qt", "lib")
    )
    return shared and bool(_LIBRARY.match(file.name)) and not file.name.startswith("libpython")


def _binaries(folder: Path) -> list[Path]:
    """Return the programs and libraries; a link to another one of them stands for itself by its name."""
    found: list[Path] = []
    for file in sorted(folder.rglob("*")):
        if file.is_file() and (file.suffix in {"", ".so"} or ".so." in file.name):
            with file.open("rb") as start:
                if start.read(4) == b"\x7fELF":
                    found.append(file)
    return found


def _needed(file: Path) -> list[str]:
    read = subprocess.run(["readelf", "-dW", file], capture_output=True, text=True, check=True)
    return _NEEDED.findall(read.stdout)
