"""``python3 installer build``: the program folder for this system, made by PyInstaller, and the proof that it works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from installer import environment, system_packages
from installer.console import ROOT, Outcome, Stop, run, say

FOLDER = ROOT / "dist" / "ShelterDesk"
SPEC = ROOT / "installer" / "shelterdesk.spec"
BUILD_SECONDS = 1200
PROOF_SECONDS = 180

# Libraries that a wheel carries and has patched; stripping them makes them unloadable.
_PATCHED = re.compile(r"-[0-9a-f]{8}\.so")


def _source_moment() -> str:
    """Return the moment of the last commit, so that the same source gives the same bytes."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        return os.environ["SOURCE_DATE_EPOCH"]
    try:
        asked = run(["git", "log", "-1", "--format=%ct"], seconds=30)
    except OSError:
        return "1735689600"
    return asked.output.strip() if asked.code == 0 and asked.output.strip().isdigit() else "1735689600"


def _strip(folder: Path) -> None:
    """Take debug information out of the shared libraries, where that is safe."""
    if sys.platform != "linux":
        return
    for file in folder.rglob("*.so*"):
        patched = any(part.endswith(".libs") for part in file.parts) or _PATCHED.search(file.name)
        if file.is_file() and not file.is_symlink() and not patched:
            subprocess.run(["strip", "--strip-debug", file], capture_output=True, check=False)


def _size(folder: Path) -> str:
    total = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    return f"{total / 1e6:.0f} MB"


def _fail(outcome: Outcome, what: str) -> None:
    if outcome.code != 0:
        raise Stop(f"{outcome.tail(40)}\n\n{what}")


def _prove() -> None:
    """Start what was built, first without and, where one can be had, with a real display."""
    suffix = ".exe" if environment.WINDOWS else ""
    window, words = FOLDER / f"ShelterDesk{suffix}", FOLDER / f"shelterdesk-cli{suffix}"
    _fail(run([words, "--help"], seconds=PROOF_SECONDS), "The packaged shelterdesk-cli does not start.")
    say("  shelterdesk-cli starts")
    offscreen = run([window, "--self-test"], seconds=PROOF_SECONDS, extra={"QT_QPA_PLATFORM": "offscreen"})
    _fail(offscreen, "The packaged ShelterDesk failed its self-test without a screen.")
    say("  ShelterDesk passes its self-test without a screen")
    if shutil.which("xvfb-run") is None:
        return
    display = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24"]
    shown = run([*display, window, "--self-test"], seconds=PROOF_SECONDS, extra={"QT_QPA_PLATFORM": "xcb"})
    _fail(shown, "The packaged ShelterDesk failed its self-test on a real display.")
    say("  ShelterDesk passes its self-test on a real display")


def build() -> int:
    """Make ``dist/ShelterDesk`` with both programs in it and try them."""
    system_packages.provide(system_packages.BUILD)
    system_packages.provide(system_packages.TESTS, required=False)
    environment.prepare("run", "build")
    say("Building dist/ShelterDesk …")
    shutil.rmtree(FOLDER, ignore_errors=True)
    command = [
        environment.PYTHON, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        "--distpath", ROOT / "dist", "--workpath", ROOT / "build", SPEC,
    ]  # fmt: skip
    fixed = {"SOURCE_DATE_EPOCH": _source_moment(), "PYTHONHASHSEED": "1"}
    _fail(run(command, seconds=BUILD_SECONDS, extra=fixed), "The program folder could not be built.")
    _strip(FOLDER)
    say(f"  {_size(FOLDER)} in dist/ShelterDesk")
    _prove()
    return 0
