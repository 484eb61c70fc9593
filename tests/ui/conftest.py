"""Desks, seats and windows for the tests of pages. The clock stands at 10:00 in Baku on Tuesday 17 November 2026."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import people, rooms, sample, stays
from shelterdesk.desk import Desk
from shelterdesk.opening import open_desk
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.settings import Settings
from shelterdesk.shown_name import OWN
from shelterdesk.vault import KdfCost
from tests.desks import TODAY, Clock, at_another_computer
from tests.ui.record_acts import record
from tests.ui.shots import settle
from ui import icons, theme
from ui.place import Place
from ui.seat import Seat
from ui.window import Window


@pytest.fixture(autouse=True)
def own_mark() -> Iterator[None]:
    """Let the next test begin under the program's own mark, whatever neutral one this test showed."""
    yield
    icons.show_mark(OWN.mark)


@pytest.fixture(scope="session")
def sample_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault of invented people, made once; tests open copies of it."""
    folder = tmp_path_factory.mktemp("sample") / "desk-5A3B.vault"
    with at_another_computer(tmp_path_factory):
        made, _code = sample.create_demo(folder, residents=24, cost=KdfCost.for_tests(), clock=Clock())
        made.close()
    return folder


@pytest.fixture
def sample_desk(sample_vault: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """A desk with invented people: Aysel M. with court on Thursday, Jun R. without a next step, and others."""
    folder = tmp_path / sample_vault.name
    shutil.copytree(sample_vault, folder)
    made = open_desk(folder, sample.USER_NAME, sample.PASSPHRASE, clock=clock)
    yield made
    made.close()


def _seat(qapp: QApplication, desk: Desk) -> Iterator[Seat]:
    theme.apply(qapp, "light")
    made = Seat(desk)
    yield made
    made.close()
    made.deleteLater()
    settle()


@pytest.fixture
def seat(qapp: QApplication, desk: Desk) -> Iterator[Seat]:
    """A seat at the empty ``desk``."""
    yield from _seat(qapp, desk)


@pytest.fixture
def sample_seat(qapp: QApplication, sample_desk: Desk) -> Iterator[Seat]:
    """A seat at the ``sample_desk``."""
    yield from _seat(qapp, sample_desk)


def _window(qtbot: QtBot, seat: Seat, tmp_path: Path) -> Iterator[Window]:
    made = Window(seat, Settings(tmp_path / "settings.toml"))
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: not seat.worker.is_busy())
    settle()
    yield made
    made.hide()
    made.deleteLater()
    settle()


@pytest.fixture
def window(qtbot: QtBot, seat: Seat, tmp_path: Path) -> Iterator[Window]:
    """The window over the empty ``desk``."""
    yield from _window(qtbot, seat, tmp_path)


@pytest.fixture
def sample_window(qtbot: QtBot, sample_seat: Seat, tmp_path: Path) -> Iterator[Window]:
    """The window over the ``sample_desk``."""
    yield from _window(qtbot, sample_seat, tmp_path)


@pytest.fixture
def person_named(sample_desk: Desk) -> Callable[[str], UUID]:
    """Find one of the invented people by the short name."""

    def find(name: str) -> UUID:
        with sample_desk.read() as db:
            return next(one.id for one in db.query(people.Person) if one.shown_name == name)

    return find


@pytest.fixture
def aysel(desk: Desk) -> Person:
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 3, name="Room 1")
    made = people.add_person(
        desk,
        short_name="Aysel M.",
        given_names="Aysel",
        phone="+994 50 000 00 00",
        strengths="Sews very well\nClose to her sister",
        safety="No visits",
        exploitation_types=frozenset({"forced_labour"}),
    )
    bed = rooms.beds_of(desk)[0]
    stays.add_stay(desk, made.id, arrived_on=TODAY - timedelta(days=47), bed_id=bed.id)
    return made


@pytest.fixture
def go(window: Window, aysel: Person) -> Callable[..., Any]:
    """Open a section of Aysel's record and return it."""

    def open_section(section: str, doing: str = "", about: UUID | None = None) -> Any:
        window.go(Place("residents", "here_now", aysel.id, section, doing, about))
        settle()
        return record(window).section()

    return open_section


def acts_of(desk: Desk, person_id: UUID | None = None) -> list[str]:
    """Return the acts of the log, newest first."""
    with desk.read() as db:
        return [row.act for row in log_reading.logged(db, person_id=person_id)]
