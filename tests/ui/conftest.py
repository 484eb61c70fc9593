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
from shelterdesk.shown_name import OWN
from shelterdesk.vault import Compartment, KdfCost
from tests.desks import TODAY, Clock, at_another_computer
from tests.ui.record_acts import record
from tests.ui.shots import settle
from tests.ui.sittings import seat_at, window_of
from ui import icons
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
    made = opened_copy(sample_vault, tmp_path, sample.USER_NAME, clock)
    yield made
    made.close()


@pytest.fixture
def night_clock(clock: Clock) -> Clock:
    """The clock of the night worker, who sits there in the morning too unless a folder sets it to the night."""
    return clock


@pytest.fixture
def night_desk(sample_vault: Path, tmp_path: Path, night_clock: Clock) -> Iterator[Desk]:
    """The desk of a real member of that house with the role of a night worker: the key of the house and no other."""
    made = opened_copy(sample_vault, tmp_path, "tural", night_clock)
    assert [one for one in Compartment if made.holds(one)] == [Compartment.HOUSE]
    yield made
    made.close()


def opened_copy(vault: Path, tmp_path: Path, user_name: str, clock: Clock) -> Desk:
    """Return the desk of somebody who signed in to a copy of the invented house."""
    folder = tmp_path / vault.name
    shutil.copytree(vault, folder)
    return open_desk(folder, user_name, sample.PASSPHRASE, clock=clock)


@pytest.fixture
def seat(qapp: QApplication, desk: Desk) -> Iterator[Seat]:
    """A seat at the empty ``desk``."""
    with seat_at(qapp, desk) as made:
        yield made


@pytest.fixture
def sample_seat(qapp: QApplication, sample_desk: Desk) -> Iterator[Seat]:
    """A seat at the ``sample_desk``."""
    with seat_at(qapp, sample_desk) as made:
        yield made


@pytest.fixture
def window(qtbot: QtBot, seat: Seat, tmp_path: Path) -> Iterator[Window]:
    """The window over the empty ``desk``."""
    with window_of(qtbot, seat, tmp_path / "settings.toml") as made:
        yield made


@pytest.fixture
def sample_window(qtbot: QtBot, sample_seat: Seat, tmp_path: Path) -> Iterator[Window]:
    """The window over the ``sample_desk``."""
    with window_of(qtbot, sample_seat, tmp_path / "settings.toml") as made:
        yield made


@pytest.fixture
def night(qtbot: QtBot, qapp: QApplication, night_desk: Desk, tmp_path: Path) -> Iterator[Window]:
    """The window over the ``night_desk``."""
    with seat_at(qapp, night_desk) as seat, window_of(qtbot, seat, tmp_path / "settings.toml") as made:
        yield made


@pytest.fixture
def rest(qtbot: QtBot, window: Window) -> Callable[[], None]:
    """Wait until the worker has nothing to do."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not window.seat.worker.is_busy(), timeout=60_000)
        settle()

    return wait


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
