"""``python3 installer build``: the program folder made by PyInstaller, and the proof that it works.

Both systems share this part; what becomes of the folder is :mod:`installer.linux` and :mod:`installer.windows`.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from installer import environment, system_packages
from installer.console import ROOT, Outcome, Stop, expect, run, say, step

DIST = ROOT / "dist"
SPEC = ROOT / "installer" / "shelterdesk.spec"
BUILD_SECONDS = 1800
PROOF_SECONDS = 180
_AGAIN = "run the same command again"
_NEXT = (
    f"The packages of earlier builds are as they were. Mend what is said above, then {_AGAIN}; "
    "what was fetched is kept."
)

System = Literal["linux", "windows"]
Runner = Callable[[list[str | Path], dict[str, str]], Outcome]
"""Runs the Python that builds with these words and variables: ours, or the one of Windows through Wine."""


@dataclass(frozen=True)
class Wishes:
    """What ``build`` was asked for."""

    system: System = "windows" if sys.platform == "win32" else "linux"
    into: Path = DIST
    folder_only: bool = False
    release: bool = False
    bare: bool = False
    twice: bool = False
    test: bool = False
    drive: bool = True
    sign_with: str = ""

    @property
    def work(self) -> Path:
        """Return the folder for what lies between the sources and the program; it may be thrown away."""
        return ROOT / "build" if self.into == DIST else self.into / "work"

    @property
    def lock(self) -> Path:
        """Return the file that keeps a second build out; all builds for Windows share what they fetched and Wine."""
        return (ROOT / "build" if self.system == "windows" else self.work) / f"{self.system}.lock"


@dataclass(frozen=True)
class Built:
    """A program folder that stands: where it lies, its two programs, for which system, of which version."""

    folder: Path
    window: Path
    words: Path
    system: System
    version: str


def version() -> str:
    """Return the version of the source, without importing it."""
    text = (ROOT / "shelterdesk" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    if found is None:
        raise Stop("shelterdesk/__init__.py names no version.")
    return found.group(1)


def source_moment() -> str:
    """Return the moment of the last commit, so that the same source gives the same bytes."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return os.environ["SOURCE_DATE_EPOCH"]
    try:
        asked = run(["git", "log", "-1", "--format=%ct"], seconds=30)
    except OSError:
        return "1735689600"
    return asked.output.strip() if asked.code == 0 and asked.output.strip().isdigit() else "1735689600"


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of all files in a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file() and not file.is_symlink())


def megabytes(path: Path) -> str:
    """Return the size of *path* as people read it."""
    return f"{size_of(path) / 1e6:.1f} MB"


def _here(words: list[str | Path], extra: dict[str, str]) -> Outcome:
    return run([environment.PYTHON, *words], seconds=BUILD_SECONDS, extra=extra)


def make(wishes: Wishes, *, folder: Path | None = None, runner: Runner = _here) -> Built:
    """Make the program folder for ``wishes.system`` with both programs in it and return it.

    It is ``ShelterDesk`` below ``wishes.into`` or at *folder*. Nothing in it depends on when or where it is made.
    """
    target = folder or wishes.into / "ShelterDesk"
    suffix = ".exe" if wishes.system == "windows" else ""
    shutil.rmtree(target, ignore_errors=True)
    with step(f"The program folder for {wishes.system.capitalize()}, by PyInstaller"):
        words: list[str | Path] = [
            "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
            "--distpath", target.parent, "--workpath", wishes.work / wishes.system, SPEC,
        ]  # fmt: skip
        fixed = {"SOURCE_DATE_EPOCH": source_moment(), "PYTHONHASHSEED": "1"}
        expect(runner(words, fixed), "The program folder could not be built.")
    built = Built(
        target, target / f"ShelterDesk{suffix}", target / f"shelterdesk-cli{suffix}", wishes.system, version()
    )
    for program in (built.window, built.words):
        if not program.is_file():
            raise Stop(f"PyInstaller left no {program.name}.")
    return built


def prove(built: Built) -> None:
    """Start what was built on this system, first without and, where one can be had, with a real display."""
    with step("Self-test of what was built"):
        expect(run([built.words, "--help"], seconds=PROOF_SECONDS), "The packaged shelterdesk-cli does not start.")
        offscreen = run([built.window, "--self-test"], seconds=PROOF_SECONDS, extra={"QT_QPA_PLATFORM": "offscreen"})
        expect(offscreen, "The packaged ShelterDesk failed its self-test without a screen.")
        if shutil.which("xvfb-run") is None:
            say("  Not tried on a real display: xvfb-run is not there")
            return
        display = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24"]
        shown = run([*display, built.window, "--self-test"], seconds=PROOF_SECONDS, extra={"QT_QPA_PLATFORM": "xcb"})
        expect(shown, "The packaged ShelterDesk failed its self-test on a real display.")


def build(wishes: Wishes) -> int:
    """Build what *wishes* ask for and say where it lies."""
    system_packages.provide(system_packages.BUILD)
    system_packages.provide(system_packages.TESTS, required=False)
    if wishes.drive:
        system_packages.provide(system_packages.DRIVE)
    environment.prepare("run", "build")
    wishes.into.mkdir(parents=True, exist_ok=True)
    with environment.alone(wishes.lock, "build"):
        say(f"Building ShelterDesk {version()} for {wishes.system.capitalize()}.")
        try:
            made = _parts(wishes)
        except Stop as stop:
            if _AGAIN in str(stop):
                raise
            raise Stop(f"{stop}\n{_NEXT}") from stop
    for one in made:
        say(f"  {megabytes(one):>9}  {one.name}")
    return 0


def untried(wishes: Wishes) -> Path:
    """Return an empty folder for packages until they are tried, so that what failed is never taken for whole.

    Each system has its own, for both may be built at once.
    """
    place = wishes.into / f"untried-{wishes.system}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    return place


def publish(place: Path, packed: Iterable[Path]) -> list[Path]:
    """Move what was *packed* and tried in the folder *place* to the folder above, and return where it lies then."""
    published = [one.replace(place.parent / one.name) for one in packed]
    shutil.rmtree(place)
    return published


def _parts(wishes: Wishes) -> list[Path]:
    """Have the system's own module build, and return what it made: the folder and the packages."""
    if sys.platform == "linux" and wishes.system == "linux":
        from installer.linux import building

        return building.build(wishes)
    if sys.platform == "linux":
        from installer.windows import building as through_wine

        return through_wine.build(wishes)
    from installer.windows import packing

    packing.provide_icons()
    built = make(wishes)
    prove(built)
    return [built.folder]
