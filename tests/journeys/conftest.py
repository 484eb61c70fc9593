"""One walk in a process of its own, on a real screen where there is one, looked at by several tests afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.story import STORY, fill_workbook

ROOT = Path(__file__).parents[2]
SIZE = "1366x768x24"
SECONDS = 280


@dataclass(frozen=True)
class Display:
    """A screen nobody sees."""

    name: str

    def surroundings(self) -> dict[str, str]:
        """Return what a program needs to appear there."""
        return {"DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def type_keys(self, *words: str) -> None:
        """Let xdotool press keys there."""
        surroundings = os.environ | {"DISPLAY": self.name}
        subprocess.run(["xdotool", *words], check=True, env=surroundings, timeout=30)


@pytest.fixture(scope="session")
def display() -> Iterator[Display]:
    """A virtual screen of 1366 × 768."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("Xvfb is missing: python3 installer test installs it where that is allowed")
    reading, writing = os.pipe()
    running = subprocess.Popen(
        [program, "-displayfd", str(writing), "-screen", "0", SIZE, "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    if not number:
        running.wait(10)
        pytest.skip("Xvfb does not start here")
    yield Display(f":{number}")
    running.terminate()
    running.wait(10)


@dataclass(frozen=True)
class Walked:
    """What a walk left behind. Everything the process could call its own lies below ``folder``."""

    folder: Path
    code: int
    said: str
    calls: str
    """What strace saw, «» where it is not there."""

    @property
    def pictures(self) -> list[Path]:
        """The stations in their order."""
        return sorted((self.folder / "walk" / "pictures").glob("*.png"))

    @property
    def home(self) -> Path:
        """Where settings, log and vaults lie."""
        return self.folder / "desk"

    @property
    def papers(self) -> Path:
        """Where the person saved her files."""
        return self.folder / "walk" / "papers"

    def seen(self) -> dict[str, list[str]]:
        """Return what Python opened for writing, its sockets, and the programs it started."""
        return json.loads((self.folder / "walk" / "seen.json").read_text(encoding="utf-8"))


def own_surroundings(folder: Path) -> dict[str, str]:
    """Return an environment whose home, profile and temporary folders lie below *folder*."""
    places = {
        "HOME": folder / "profile",
        "TMPDIR": folder / "temporary",
        "SHELTERDESK_HOME": folder / "desk",
        "XDG_RUNTIME_DIR": folder / "runtime",
    }
    for place in places.values():
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "SHELTERDESK", "QT_"))}
    return (
        kept
        | {name: str(place) for name, place in places.items()}
        | {"SHELTERDESK_TEST_KDF": "1", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    )


@pytest.fixture(scope="session")
def walked(request: pytest.FixtureRequest) -> Iterator[Walked]:
    """The first week walked once in a process of its own, under strace where it is there."""
    with tempfile.TemporaryDirectory(prefix="journey-") as name:
        folder = Path(name)
        if shutil.which("Xvfb"):
            screen = request.getfixturevalue("display").surroundings()
        else:
            screen = {"QT_QPA_PLATFORM": "offscreen"}
        papers = folder / "walk" / "papers" / STORY.folder
        papers.mkdir(parents=True)
        fill_workbook(papers / "people.xlsx")
        command = [sys.executable, "-m", "tests.journeys", os.fspath(folder / "walk"), "--watch"]
        calls = folder / "calls.txt"
        done = subprocess.run(
            [*under_strace(calls), *command],
            cwd=ROOT,
            env=own_surroundings(folder) | screen,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        seen = calls.read_text(encoding="utf-8", errors="replace") if calls.exists() else ""
        calls.unlink(missing_ok=True)
        yield Walked(folder, done.returncode, done.stdout + done.stderr, seen)


def under_strace(target: Path) -> list[str]:
    """Return what to put before a command so that its files and sockets are noted; nothing where that cannot be."""
    program = shutil.which("strace")
    words = ["-f", "--seccomp-bpf", "-qq", "-e", "trace=open,openat,creat,rename,renameat2,mkdir,socket,connect,execve"]
    if program is None:
        return []
    tried = subprocess.run([program, *words, "-o", "/dev/null", "true"], capture_output=True, check=False)
    return [program, *words, "-s", "300", "-o", os.fspath(target)] if tried.returncode == 0 else []
