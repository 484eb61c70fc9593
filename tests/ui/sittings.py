"""Seats, windows and sessions that begin and end in the same way whatever a test does with them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.desk import Desk
from shelterdesk.settings import Settings
from tests.ui.shots import settle
from ui import theme
from ui.seat import Seat
from ui.session import Session
from ui.window import Window


@contextmanager
def seat_at(qapp: QApplication, desk: Desk) -> Iterator[Seat]:
    theme.apply(qapp, "light")
    made = Seat(desk)
    yield made
    made.close()
    made.deleteLater()
    settle()


@contextmanager
def window_of(qtbot: QtBot, seat: Seat, settings: Path) -> Iterator[Window]:
    made = Window(seat, Settings(settings))
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: not seat.worker.is_busy())
    settle()
    yield made
    made.hide()
    made.deleteLater()
    settle()


@contextmanager
def session_of(qapp: QApplication, settings: Path) -> Iterator[Session]:
    """A session that has not started yet; whoever is signed in at the end leaves."""
    theme.apply(qapp, "light")
    made = Session(qapp, Settings(settings))
    yield made
    if made.seat is not None:
        made._leave("closed")
    made._worker.close()
    if made.front is not None:
        made.front.hide()
        made.front.deleteLater()
    made.deleteLater()
    settle()
