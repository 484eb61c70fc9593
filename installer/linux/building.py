"""From the source to the Linux packages."""

from __future__ import annotations

import subprocess
from pathlib import Path

from installer import environment, program
from installer.console import Stop, say, step
from installer.linux import libraries, packages


def check_the_window_can_open() -> None:
    """Stop when this machine lacks what the window is linked to: PyInstaller would leave it out without a word."""
    plugin = (
        environment.site_packages(environment.python_version())
        / "PySide6"
        / "Qt"
        / "plugins"
        / "platforms"
        / "libqxcb.so"
    )
    linked = subprocess.run(["ldd", plugin], capture_output=True, text=True, check=False)
    absent = [line.split()[0] for line in linked.stdout.splitlines() if "not found" in line]
    if linked.returncode != 0 or absent:
        raise Stop(
            f"A program built here could not open a window; missing: {', '.join(absent) or linked.stderr.strip()}\n"
            "Install what the README lists for running from source, then run the same command again."
        )


def build(wishes: program.Wishes) -> list[Path]:
    """Build everything *wishes* ask for and return what lies there then."""
    check_the_window_can_open()
    built = program.make(wishes)
    with step("Leaving out what nothing asks for, and debug information"):
        dropped = libraries.drop_what_nothing_asks_for(built.folder)
        libraries.strip(built.folder)
    say(f"    {len(dropped)} libraries left out; {program.megabytes(built.folder)} stay")
    program.prove(built)
    if wishes.folder_only:
        return [built.folder]
    return [built.folder, *packages.pack(built, wishes)]
