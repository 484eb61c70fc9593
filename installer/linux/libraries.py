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
# What the program takes from the system, and the Debian package it comes with; the names are those of Debian 12 and 13.
# Graphics drivers have to fit the machine and want its own C++ library; printers and fonts have settings of their own.
OF_THE_SYSTEM = {
    "ld-linux-x86-64.so.2": "libc6",
    "libc.so.6": "libc6",
    "libm.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libpthread.so.0": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libcups.so.2": "libcups2",
}
WISHED = {"libcups.so.2"}
"""Without these the program works, but one thing is missing: printing to a printer."""
_GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")


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
    for name in OF_THE_SYSTEM:
        (folder / "_internal" / name).unlink(missing_ok=True)
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
    absent = sorted(name for name in wanted if name not in by_name and name not in OF_THE_SYSTEM)
    if absent:
        raise Stop(f"The program asks for libraries that are neither carried along nor the system's: {absent}")
    dropped = sorted(file for file in libraries if file.name not in wanted)
    for file in dropped:
        file.unlink()
    for link in sorted(folder.rglob("*")):
        if link.is_symlink() and not link.exists():
            link.unlink()
    return sorted({file.name for file in dropped})


def asked_of_the_system(folder: Path) -> set[str]:
    """Return the names of the libraries that the finished folder takes from the system."""
    return {name for file in _binaries(folder) for name in _needed(file) if name in OF_THE_SYSTEM}


def oldest_glibc(folder: Path) -> str:
    """Return the version of the C library, such as «2.35», that something in the folder cannot do without."""
    versions: set[tuple[int, int]] = set()
    for file in _binaries(folder):
        read = subprocess.run(["readelf", "-VW", file], capture_output=True, text=True, check=True)
        versions |= {(int(major), int(minor)) for major, minor in _GLIBC.findall(read.stdout)}
    return "{}.{}".format(*max(versions))


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
