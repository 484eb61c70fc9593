"""The night worker of the invented house, who holds only the key of the house, at the window at 3:12."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

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
from ui.pages.arrival.page import ArrivalPage
from ui.seat import Seat
from ui.window import Window

NIGHT = datetime(2026, 11, 17, 23, 12, tzinfo=UTC)
"""3:12 in Baku on Wednesday 18 November 2026."""


@pytest.fixture
def night_desk(sample_vault: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """The desk of a real member with the role of a night worker."""
    clock.now = NIGHT
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


@pytest.fixture
def page(night: Window) -> ArrivalPage:
    """The page of a new arrival."""
    night.run("new_arrival")
    settle()
    shown = night.page()
    assert isinstance(shown, ArrivalPage)
    return shown
