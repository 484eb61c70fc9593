"""The program is ended in the middle of a sentence: what was typed is offered again after the next unlock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import notes, people
from shelterdesk.integrity import verify_desk
from shelterdesk.opening import create_desk
from shelterdesk.vault import KdfCost
from tests.journeys.conftest import ROOT, own_surroundings
from tests.journeys.story import STORY
from tests.journeys.walk import Walk, go_on_with_the_note, unlock
from tests.ui.sittings import session_of
from ui.session import Session


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A closed vault with the woman of the story in it."""
    folder = tmp_path / "desk-7F3A.vault"
    desk, _code = create_desk(
        folder,
        user_name=STORY.user,
        shown_as=STORY.shown_as,
        passphrase=STORY.passphrase,
        shelter=STORY.shelter,
        roles=("director", "social_worker"),
        cost=KdfCost.for_tests(),
    )
    people.add_person(desk, short_name=STORY.short_name, given_names=STORY.given, family_name=STORY.family)
    desk.close()
    return folder


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path, vault: Path) -> Iterator[Session]:
    """The session after the computer was started again."""
    with session_of(qapp, tmp_path / "settings.toml") as made:
        yield made


@pytest.mark.long
def test_a_sentence_begun_before_the_power_went_is_there_afterwards(
    qtbot: QtBot, session: Session, vault: Path, tmp_path: Path
) -> None:
    cut_the_power_while_typing(vault, tmp_path)

    session.start(vault)
    walk = Walk(session, tmp_path)
    unlock(walk)
    go_on_with_the_note(walk)

    assert session.seat is not None
    desk = session.seat.desk
    assert session.window is not None
    her = session.window.trail.here.person_id
    assert her is not None
    assert [note.house_text for note in notes.notes_of(desk, her)] == [STORY.draft]
    assert verify_desk(desk).whole


def cut_the_power_while_typing(vault: Path, folder: Path) -> None:
    """Start the program in a process of its own and end it as soon as it has kept the draft by itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.typing_when_it_stops", os.fspath(vault)],
        cwd=ROOT,
        env=own_surroundings(folder / "computer") | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    process.kill()
    _out, errors = process.communicate(timeout=20)
    assert said == "kept\n", errors
