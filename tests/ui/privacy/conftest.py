"""A session in which somebody has signed in, with news from the system that the test makes up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import people
from shelterdesk.desk import Desk
from tests.ui.shots import settle
from tests.ui.sittings import session_of
from ui.place import Place
from ui.privacy import guard as guard_module
from ui.session import Session
from ui.window import Window


class Told:
    """A source of news; ``tell`` is what the program gave it to pass them on."""

    def __init__(self) -> None:
        self.tell: Callable[[str], None] | None = None
        self.stopped = False

    def start(self, tell: Callable[[str], None]) -> None:
        self.tell = tell

    def stop(self) -> None:
        self.stopped = True

    def say(self, reason: str) -> None:
        assert self.tell is not None
        self.tell(reason)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What the system tells, instead of the real one."""
    made = Told()
    monkeypatch.setattr(guard_module, "sources_of_this_system", lambda _app, _window: [made])
    return made


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, desk: Desk, tmp_path: Path, told: Told) -> Iterator[Session]:
    """A session in which somebody has signed in and opened a record."""
    person = people.add_person(desk, short_name="Aysel M.")
    with session_of(qapp, tmp_path / "settings.toml") as made:
        made._enter(desk)
        window = window_of(made)
        window.activateWindow()
        window.go(Place("residents", "everybody", person.id))
        qtbot.waitUntil(lambda: made.seat is not None and not made.seat.worker.is_busy())
        settle()
        yield made


def window_of(session: Session) -> Window:
    """Return the window, which is open."""
    assert session.window is not None
    return session.window


@pytest.fixture
def busy_session(qtbot: QtBot, qapp: QApplication, sample_desk: Desk, tmp_path: Path, told: Told) -> Iterator[Session]:
    """A session over the invented people."""
    with session_of(qapp, tmp_path / "settings.toml") as made:
        made._enter(sample_desk)
        window_of(made).activateWindow()
        qtbot.waitUntil(lambda: made.seat is not None and not made.seat.worker.is_busy())
        settle()
        yield made
