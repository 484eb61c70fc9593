"""After locking, the memory of the window holds neither what was read nor what was typed to get in."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from shelterdesk.vault import restore_backup
from tests.core.proofs.test_earlier_schemas import FILES
from tests.core.proofs.test_memory_after_lock import Sitting
from tests.desks import PASSPHRASE
from tests.journeys.conftest import ROOT, own_surroundings

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="reads /proc, and asks the C library of GNU")

READ = "Xatir\u0259, "
"""Begins every text of the house."""
SHAPES = ("utf-8", "utf-16-le")


def wanted(words: str) -> dict[str, bytes]:
    return {f"{words!r} in {shape}": words.encode(shape) for shape in SHAPES}


@pytest.mark.long
def test_locking_leaves_nothing_of_the_records_in_the_memory_of_the_window(tmp_path: Path) -> None:
    vault = restore_backup(FILES[-1], tmp_path / "desk-7F3A.vault")
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.looking_around", os.fspath(vault)],
        cwd=ROOT,
        env=own_surroundings(tmp_path / "computer") | {"QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            window = Sitting(process)
            assert window.goes_on(PASSPHRASE) == "open"
            assert window.memory_holds(wanted(READ)), "the search finds what is there"
            assert window.goes_on() == "locked"
            assert window.memory_holds(wanted(READ) | wanted(PASSPHRASE)) == {}
        finally:
            process.kill()
