"""The program on a real screen: the whole walk with its pictures, and a start as a user would, typed from outside.

Pictures go to the folder named by SHELTERDESK_SHOTS, where that is set, for somebody to look at.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from shelterdesk import people
from shelterdesk.desk import Desk
from shelterdesk.opening import create_desk, open_desk
from shelterdesk.schema import log_reading
from shelterdesk.vault import KdfCost
from tests.journeys.conftest import ROOT, Display, Walked, own_surroundings
from tests.journeys.story import STORY

STATIONS = 32
LEAST_COLOURS = 12
PATIENCE = 40.0
LONG_ENOUGH = 0.6
"""Seconds after which a page that was asked for is on screen also on a slow computer."""


@pytest.mark.long
def test_the_walk_comes_to_its_end_and_every_station_shows_something(walked: Walked, display: Display) -> None:
    keep_for_looking(walked.pictures)
    assert walked.code == 0, walked.said
    assert len(walked.pictures) >= STATIONS
    for picture in walked.pictures:
        image = QImage(os.fspath(picture))
        assert (image.width(), image.height()) == (1366, 768)
        assert len(colours_of(image)) > LEAST_COLOURS, f"{picture.name} is empty"


@pytest.mark.long
def test_the_program_says_nothing_on_its_way(walked: Walked) -> None:
    assert walked.said == ""


def colours_of(image: QImage) -> set[int]:
    """Return the colours of every eighth point."""
    return {image.pixel(x, y) for x in range(0, image.width(), 8) for y in range(0, image.height(), 8)}


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A closed vault with one person in it."""
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
    people.add_person(desk, short_name="Aysel", given_names=STORY.given)
    desk.close()
    return folder


class Running:
    """The program as a user starts it."""

    def __init__(self, display: Display, process: subprocess.Popen[str]) -> None:
        self.display, self.process = display, process

    def windows(self) -> frozenset[str]:
        """Return the ids of the windows on screen."""
        command = ["xdotool", "search", "--onlyvisible", "--name", "^(ShelterDesk|Desk)$"]
        surroundings = os.environ | {"DISPLAY": self.display.name}
        told = subprocess.run(command, capture_output=True, text=True, env=surroundings, timeout=30, check=False)
        return frozenset(told.stdout.split())

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until *holds*."""
        begun = time.monotonic()
        while not holds():
            assert self.process.poll() is None, f"the program ended while waiting for {what}"
            assert time.monotonic() - begun < PATIENCE, f"waited {PATIENCE:.0f} s for {what}"
            time.sleep(0.1)
        time.sleep(LONG_ENOUGH)

    def click_beside(self) -> None:
        """Click where nothing is pressed. Without a window manager that is what gives the keyboard to a window."""
        self.display.type_keys("mousemove", "200", "757", "click", "1")
        time.sleep(LONG_ENOUGH)

    def picture(self, name: str) -> None:
        """Keep a picture of the screen where somebody wants to look at it."""
        folder, program = os.environ.get("SHELTERDESK_SHOTS"), shutil.which("import")
        if folder and program:
            target = Path(folder) / f"user-{name}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            command = [program, "-display", self.display.name, "-window", "root", os.fspath(target)]
            subprocess.run(command, check=True, timeout=60)


@pytest.fixture
def running(display: Display, vault: Path, tmp_path: Path) -> Iterator[Running]:
    """The program started on *vault*."""
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is missing: python3 installer test installs it where that is allowed")
    process = subprocess.Popen(
        [sys.executable, "-m", "ui.app", "--vault", os.fspath(vault)],
        cwd=ROOT,
        env=own_surroundings(tmp_path) | display.surroundings(),
        stderr=subprocess.PIPE,
        text=True,
    )
    yield Running(display, process)
    if process.poll() is None:
        process.kill()
    process.communicate(timeout=20)


@pytest.mark.long
def test_a_user_unlocks_searches_locks_and_quits(running: Running, display: Display, vault: Path) -> None:
    running.until(lambda: bool(running.windows()), "the unlock page")
    front = running.windows()
    running.click_beside()
    display.type_keys("type", "--delay", "25", STORY.user)
    display.type_keys("key", "Return")
    display.type_keys("type", "--delay", "25", STORY.passphrase)
    running.picture("1-unlock")
    display.type_keys("key", "Return")
    running.until(lambda: bool(running.windows() - front), "the window after unlocking")
    running.picture("2-today")
    inside = running.windows()
    running.click_beside()
    display.type_keys("key", "ctrl+k")
    display.type_keys("type", "--delay", "40", "ays")
    time.sleep(LONG_ENOUGH)
    running.picture("3-search")
    display.type_keys("key", "Return")
    time.sleep(LONG_ENOUGH)
    running.picture("4-record")
    display.type_keys("key", "ctrl+l")
    running.until(lambda: bool(running.windows() - inside), "the unlock page after locking")
    running.picture("5-locked")
    running.click_beside()
    display.type_keys("key", "ctrl+q")
    begun = time.monotonic()
    while running.process.poll() is None:
        assert time.monotonic() - begun < PATIENCE, "Ctrl+Q does not end the program"
        time.sleep(0.1)
    assert running.process.returncode == 0
    desk = open_desk(vault, STORY.user, STORY.passphrase)
    try:
        # Backups are made by themselves meanwhile.
        acts = [act for act in acts_of(desk) if act != "backup"]
        assert acts[:5] == ["sign_in", "lock", "open_record", "sign_in", "add_person"]
    finally:
        desk.close()


def acts_of(desk: Desk) -> list[str]:
    """Return the acts of the log, newest first."""
    with desk.read() as db:
        return [row.act for row in log_reading.logged(db)]


def keep_for_looking(pictures: list[Path]) -> None:
    """Copy pictures to where somebody wants to look at them."""
    folder = os.environ.get("SHELTERDESK_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for picture in pictures:
            shutil.copy(picture, folder)
