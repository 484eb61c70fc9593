"""Wheels for the Windows Python, fetched on Linux by hash from the same lists as everywhere."""

from __future__ import annotations

import shutil
from pathlib import Path

from installer import environment
from installer.console import FETCH_AGAIN, expect, run
from installer.windows.made import once
from installer.windows.places import DOWNLOADS, PYTHON, TESTING, WORK

SITE = PYTHON / "Lib" / "site-packages"
PROGRAM_LISTS = (environment.LOCKS["run"], environment.LOCKS["build"])
TEST_LIST = environment.LOCKS["test"]
TESTS_NEED = (
    "colorama",
    "iniconfig",
    "pluggy",
    "pygments",
    "pytest",
    "pytest-qt",
    "pytest-timeout",
    "typing-extensions",
)


def provide() -> Path:
    """Return the folder of libraries the program is built from."""
    once(SITE, (*PROGRAM_LISTS, Path(__file__)), lambda: _install(PROGRAM_LISTS, SITE, ()))
    return SITE


def provide_for_tests() -> Path:
    """Return the folder with what the tests import besides."""
    once(TESTING, (TEST_LIST, Path(__file__)), lambda: _install((TEST_LIST,), TESTING, TESTS_NEED))
    return TESTING


def _install(lists: tuple[Path, ...], folder: Path, names: tuple[str, ...]) -> None:
    # pip reads conditions for the machine it runs on, so the list it gets has none.
    plain = WORK / f"{folder.name}.txt"
    words = [environment.PYTHON, "-m", "installer.windows.conditions", plain, ",".join(names), *lists]
    expect(run(words, seconds=60), "The lists of libraries could not be read.")
    machine = ["--platform", "win_amd64", "--python-version", "3.11", "--implementation", "cp"]
    checked = ["--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", plain]
    pip = [environment.PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    store = DOWNLOADS / "wheels"
    fetched = [*pip, "download", "--progress-bar", "off", *machine, *checked, "--find-links", store, "-d", store]
    placed = [*pip, "install", "--no-compile", "--no-index", "--find-links", store, *machine, *checked, "-t", folder]
    store.mkdir(parents=True, exist_ok=True)
    # What an earlier build fetched needs no network; pip would ask for each library in vain before it took them.
    if run(placed, seconds=900).code != 0:
        expect(run(fetched, seconds=900), f"The libraries for Windows could not be fetched. {FETCH_AGAIN}")
        expect(run(placed, seconds=900), "The libraries for Windows could not be put in place.")
    # The starters in there are Linux programs, and the pages of manuals belong to them.
    for foreign in ("bin", "share"):
        shutil.rmtree(folder / foreign, ignore_errors=True)
