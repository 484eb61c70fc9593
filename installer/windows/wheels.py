"""Wheels for the Windows Python, fetched on Linux by hash from the same lists as everywhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement

from installer import environment
from installer.console import Stop, run
from installer.windows.made import once
from installer.windows.places import DOWNLOADS, PYTHON, TESTING, WORK

SITE = PYTHON / "Lib" / "site-packages"
PROGRAM_LISTS = (environment.LOCKS["run"], environment.LOCKS["build"])
TEST_LIST = environment.LOCKS["test"]
TESTS_NEED = (
    "pytest",
    "pytest-qt",
    "pytest-timeout",
    "iniconfig",
    "pluggy",
    "colorama",
    "pygments",
    "typing-extensions",
)
_MACHINE = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "win32",
    "extra": "",
}


def provide() -> Path:
    """Return the folder of libraries the program is built from."""
    once(SITE, (*PROGRAM_LISTS, Path(__file__)), lambda: _install(PROGRAM_LISTS, SITE, ()))
    return SITE


def provide_for_tests() -> Path:
    """Return the folder with what the tests import besides."""
    once(TESTING, (TEST_LIST, Path(__file__)), lambda: _install((TEST_LIST,), TESTING, TESTS_NEED))
    return TESTING


def _wanted(listed: Path) -> Iterator[tuple[str, str]]:
    """Return the name and the lines of every library in *listed* that Windows takes, with hashes, without condition."""
    text = listed.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith(("#", "-")):
            continue
        words, _space, hashes = line.partition("--hash=")
        requirement = Requirement(words.strip())
        marker = requirement.marker or Marker("sys_platform == 'win32'")
        if marker.evaluate(_MACHINE):
            yield requirement.name, f"{requirement.name}{requirement.specifier} --hash={hashes.strip()}"


def _install(lists: tuple[Path, ...], folder: Path, names: tuple[str, ...]) -> None:
    chosen = {name: line for listed in lists for name, line in _wanted(listed) if not names or name in names}
    # pip reads conditions for the machine it runs on, so the list it gets has none.
    plain = WORK / f"{folder.name}.txt"
    plain.write_text("\n".join(chosen.values()) + "\n", encoding="utf-8")
    machine = ["--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp"]
    checked = ["--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", plain]
    pip = [environment.PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    store = DOWNLOADS / "wheels"
    fetched = [*pip, "download", "--progress-bar", "off", *machine, *checked, "--find-links", store, "-d", store]
    placed = [*pip, "install", "--no-compile", "--no-index", "--find-links", store, *machine, *checked, "-t", folder]
    store.mkdir(parents=True, exist_ok=True)
    for command in (fetched, placed):
        outcome = run(command, seconds=900)
        if outcome.code != 0:
            raise Stop(f"{outcome.tail()}\n\nThe libraries for Windows could not be fetched. Run the command again.")
    # The starters in there are Linux programs, and the pages of manuals belong to them.
    for foreign in ("bin", "share"):
        shutil.rmtree(folder / foreign, ignore_errors=True)
