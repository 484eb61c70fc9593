"""While the window has the records open, the command line is told so; afterwards it works again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shelterdesk import people
from shelterdesk.opening import create_desk, lock_desk
from shelterdesk.vault import KdfCost, VaultInUse, open_vault
from tests.journeys.conftest import ROOT, own_surroundings
from tests.journeys.story import STORY

IN_USE = "already open in another window"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A closed vault with the woman of the story in it."""
    desk, _code = create_desk(
        tmp_path / "desk-7F3A.vault",
        user_name=STORY.user,
        passphrase=STORY.passphrase,
        shelter=STORY.shelter,
        roles=("director", "social_worker"),
        cost=KdfCost.for_tests(),
    )
    people.add_person(desk, short_name=STORY.short_name, given_names=STORY.given, family_name=STORY.family)
    lock_desk(desk, "asked")
    return desk.vault.folder


def command(vault: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """List the residents by command line."""
    words = [sys.executable, "-m", "shelterdesk.cli", "residents", "--vault", os.fspath(vault), "--user", STORY.user]
    surroundings = own_surroundings(folder) | {"SHELTERDESK_PASSPHRASE": STORY.passphrase}
    return subprocess.run(
        words, cwd=ROOT, env=surroundings, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )


@contextmanager
def a_window(vault: Path, folder: Path) -> Iterator[None]:
    """Have the program open in the middle of a sentence, and end it afterwards."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.typing_when_it_stops", os.fspath(vault)],
        cwd=ROOT,
        env=own_surroundings(folder) | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "kept\n"
            yield
            assert process.poll() is None, "the window goes on"
        finally:
            process.kill()


@pytest.mark.long
def test_the_command_line_is_told_that_the_window_has_the_records(vault: Path, tmp_path: Path) -> None:
    computer = tmp_path / "computer"
    with a_window(vault, computer):
        told = command(vault, computer)
        assert told.returncode == 1
        assert IN_USE in told.stderr
        assert STORY.short_name not in told.stdout
        with pytest.raises(VaultInUse):
            open_vault(vault, STORY.user, STORY.passphrase)
    after = command(vault, computer)
    assert (after.returncode, after.stderr) == (0, "")
    assert STORY.short_name in after.stdout
