"""Whatever lies over the window, it is covered at once and locked for good; no loop of a dialog keeps anything open.

Run on a real screen by ``tests/journeys`` as well, where windows, keyboard grabs and paints are real.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.privacy.conftest import Told, window_of
from tests.ui.privacy.openings import OPENINGS, how_many, lying_above
from tests.ui.shots import settle
from ui.pages.unlock import UnlockPage
from ui.session import Session

CONTROL = Qt.KeyboardModifier.ControlModifier
GENEROUS = 0.3
"""Seconds of work; the aim is a tenth of a second by the clock, which stands still for nobody on a busy machine."""
TIMES = os.environ.get("SHELTERDESK_TIMES")
"""Where somebody wants to read how long it took."""


@pytest.fixture(autouse=True)
def errors(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What nobody caught, also long after the window is gone."""
    found: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: found.append("".join(traceback.format_exception(*error))))
    yield found
    assert not found, "".join(found)


def within(qtbot: QtBot, session: Session, name: str, act: Callable[[], Any]) -> Any:
    """Open *name*, call *act* while it is open, wherever the loop runs then, and come back after it is closed."""
    window, answers = window_of(session), []
    poll = QTimer()
    poll.setInterval(25)

    def look() -> None:
        if len(lying_above(window)) >= how_many(name):
            poll.stop()
            QApplication.sendPostedEvents()
            answers.append(act())

    poll.timeout.connect(look)
    poll.start()
    try:
        OPENINGS[name](window)
        qtbot.waitUntil(lambda: bool(answers), timeout=15_000)
    finally:
        poll.stop()
        poll.deleteLater()
    settle()
    return answers[0]


def keyboard() -> QWidget:
    """Return what a key pressed now would reach."""
    popup = QApplication.activePopupWidget()
    found = popup or QApplication.focusWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
    assert found is not None
    return found


def note_time(what: str, seconds: float) -> None:
    if TIMES:
        with Path(TIMES).open("a", encoding="utf-8") as stream:
            stream.write(f"{seconds * 1000:7.1f} ms  {what}\n")


@pytest.mark.parametrize("name", OPENINGS)
@pytest.mark.long
def test_one_key_covers_it_at_once(qtbot: QtBot, busy_session: Session, name: str) -> None:
    session, window = busy_session, window_of(busy_session)

    def hide() -> float:
        begun, worked = time.perf_counter(), time.process_time()
        QTest.keyClick(keyboard(), Qt.Key.Key_H, CONTROL)
        note_time(f"cover from {name}", time.perf_counter() - begun)
        taken = time.process_time() - worked
        assert session.guard is not None
        assert session.guard.is_covered()
        assert lying_above(window) == [], "nothing is left above the sheet when the key has been heard"
        assert window.windowTitle() == "Desk"
        return taken

    assert within(qtbot, session, name, hide) < GENEROUS
    assert session.seat is not None
    assert session.guard is not None
    window.showNormal()
    session.guard._take_off()
    settle()
    assert lying_above(window) == [], "closed, not put away"


@pytest.mark.parametrize("name", OPENINGS)
def test_the_system_locks_it_with_everything_open(qtbot: QtBot, busy_session: Session, told: Told, name: str) -> None:
    session, window = busy_session, window_of(busy_session)
    assert session.seat is not None
    ring = session.seat.desk.vault.ring

    def lock() -> float:
        begun = time.perf_counter()
        told.say("screen")
        taken = time.perf_counter() - begun
        assert ring.compartments == frozenset()
        assert not window.isVisible()
        front = session.front
        assert isinstance(front, UnlockPage)
        assert lying_above(front) == []
        return taken

    note_time(f"lock  from {name}", within(qtbot, session, name, lock))
    qtbot.wait(200)
    assert session.front is not None
    assert lying_above(session.front) == [], "what came back from its loop opened nothing again"


@pytest.mark.parametrize("name", ["menu_with_its_own_loop", "papers_of_a_plan", "folder_window_with_its_own_loop"])
def test_the_key_for_locking_works_there_too(qtbot: QtBot, busy_session: Session, name: str) -> None:
    session = busy_session
    within(qtbot, session, name, lambda: QTest.keyClick(keyboard(), Qt.Key.Key_L, CONTROL))
    assert session.window is None
    assert isinstance(session.front, UnlockPage)


@pytest.mark.parametrize("name", ["menu_with_its_own_loop", "preview", "message_with_its_own_loop"])
def test_an_open_dialog_does_not_count_as_somebody_working(qtbot: QtBot, busy_session: Session, name: str) -> None:
    session = busy_session
    assert session.guard is not None
    idle = session.guard.idle
    within(qtbot, session, name, lambda: idle.look(idle._last + 15 * 60))
    assert session.window is None
