"""From the source to the Linux packages, each tried."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

from installer import environment, outputs, program, repeatability, signing
from installer.console import Stop, say, step
from installer.drive import driving
from installer.linux import bare, libraries, packages
from installer.program import Built, Wishes


def check_the_window_can_open() -> None:
    """Stop when this machine lacks what the window is linked to: PyInstaller would leave it out without a word."""
    qt = environment.site_packages(environment.python_version()) / "PySide6" / "Qt"
    linked = subprocess.run(
        ["ldd", qt / "plugins" / "platforms" / "libqxcb.so"], capture_output=True, text=True, check=False
    )
    absent = [line.split()[0] for line in linked.stdout.splitlines() if "not found" in line]
    if linked.returncode != 0 or absent:
        raise Stop(
            f"A program built here could not open a window; missing: {', '.join(absent) or linked.stderr.strip()}\n"
            "Install what running from source asks for, then run the same command again."
        )


def make(wishes: Wishes, folder: Path) -> Built:
    """Return the finished program folder with its licences and the list of its files."""
    built = program.make(wishes, folder=folder)
    with step("Leaving out what nothing asks for, and debug information"):
        dropped = libraries.drop_what_nothing_asks_for(built.folder)
        libraries.strip(built.folder)
    say(f"    {len(dropped)} libraries left out; {program.megabytes(built.folder)} stay")
    outputs.put_inside(built)
    return built


def build(wishes: Wishes) -> list[Path]:
    """Build everything *wishes* ask for and return what lies there then."""
    check_the_window_can_open()
    if wishes.twice:
        repeatability.twice(lambda place: _everything(wishes, place), wishes.work / "twice")
    built = make(wishes, wishes.into / "ShelterDesk")
    program.prove(built)
    if wishes.drive:
        driving.drive([str(built.window)], driving.where_pictures_go(wishes.into, built.system), wine=False)
    if wishes.folder_only:
        return [built.folder]
    place = program.untried(wishes)
    packed = packages.pack(built, replace(wishes, into=place))
    packages.unpack_again(packed, wishes)
    if wishes.bare:
        bare.check(built, packed[0], wishes)
    command = signing.command(wishes.sign_with)
    if command is not None:
        signing.sign(command, *packed)
    return [built.folder, *program.publish(place, packed), *outputs.write(built, wishes.into)]


def _everything(wishes: Wishes, into: Path) -> None:
    here = replace(wishes, into=into)
    packages.pack(make(here, into / "ShelterDesk"), here)
    shutil.rmtree(here.work)
