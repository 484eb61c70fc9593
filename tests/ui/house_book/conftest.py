"""The house book in the windows of a director and of a real night worker, at ten in the morning and at night."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import sample
from shelterdesk.desk import Desk
from shelterdesk.opening import open_desk
from shelterdesk.settings import Settings
from shelterdesk.vault import Compartment
from tests.desks import Clock
from tests.ui.shots import settle
from ui import theme
from ui.place import Place
from ui.seat import Seat
from ui.window import Window


@pytest.fixture
def book(sample_window: Window) -> Any:
    """The page in the window of the director."""
    sample_window.go(Place("house_book"))
    settle()
    return sample_window.page()


@pytest.fixture
def night_desk(sample_vault: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """The desk of a real member who holds the key of the house and no other."""
    folder = tmp_path / sample_vault.name
    shutil.copytree(sample_vault, folder)
    made = open_desk(folder, "tural", sample.PASSPHRASE, clock=clock)
    assert [one for one in Compartment if made.holds(one)] == [Compartment.HOUSE]
    yield made
    made.close()


@pytest.fixture
def night(qtbot: QtBot, qapp: QApplication, night_desk: Desk, tmp_path: Path) -> Iterator[Window]:
    """The night worker's window."""
    theme.apply(qapp, "light")
    seat = Seat(night_desk)
    made = Window(seat, Settings(tmp_path / "settings.toml"))
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: not seat.worker.is_busy())
    settle()
    yield made
    made.hide()
    seat.close()
    made.deleteLater()
    seat.deleteLater()
    settle()
