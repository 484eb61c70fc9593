"""The section about colleagues and keys, over a vault with real members."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import staff
from shelterdesk.desk import Desk
from shelterdesk.opening import accept_invitation, create_desk, open_desk
from shelterdesk.settings import Settings
from shelterdesk.staff import StaffMember
from shelterdesk.vault import KdfCost
from tests.desks import PASSPHRASE, ROLES, at_another_computer
from tests.ui.shots import settle
from tests.ui.sittings import seat_at
from ui.place import Place
from ui.seat import Seat
from ui.window import Window


@pytest.fixture(scope="session")
def staffed_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault, made once: Leyla, who holds everything, Nigar, psychologist, and Tural, night worker."""
    folder = tmp_path_factory.mktemp("staffed") / "desk-7F3A.vault"
    with at_another_computer(tmp_path_factory):
        cost = KdfCost.for_tests()
        desk, _code = create_desk(
            folder,
            user_name="leyla",
            shown_as="Leyla A.",
            passphrase=PASSPHRASE,
            shelter="House",
            roles=ROLES,
            cost=cost,
        )
        codes = {
            "nigar": staff.invite(desk, "nigar", "Nigar H.", ("psychologist",)).code,
            "tural": staff.invite(desk, "tural", "Tural M.", ("night_worker",)).code,
        }
        desk.close()
        for name, code in codes.items():
            accept_invitation(folder, name, code, PASSPHRASE, cost=cost).close()
    return folder


@pytest.fixture
def house(staffed_vault: Path, tmp_path: Path) -> Path:
    """A copy of it, closed."""
    folder = tmp_path / staffed_vault.name
    shutil.copytree(staffed_vault, folder)
    return folder


@pytest.fixture
def desk(house: Path) -> Iterator[Desk]:
    """Leyla is signed in."""
    made = open_desk(house, "leyla", PASSPHRASE)
    yield made
    made.close()


@pytest.fixture
def seat(qapp: QApplication, desk: Desk) -> Iterator[Seat]:
    """Leyla's seat."""
    with seat_at(qapp, desk) as made:
        yield made


@pytest.fixture
def people(qtbot: QtBot, seat: Seat, tmp_path: Path) -> Iterator[Any]:
    """The section, on screen."""
    window = Window(seat, Settings(tmp_path / "settings.toml"))
    window.resize(1366, 900)
    window.show()
    qtbot.waitUntil(lambda: not seat.worker.is_busy())
    window.go(Place("settings", section="people"))
    settle()
    with qtbot.waitActive(window):
        window.activateWindow()
    settle()
    page: Any = window.page()
    yield page.sections["people"]
    window.hide()
    window.deleteLater()
    settle()


@pytest.fixture
def member(desk: Desk) -> Callable[[str], StaffMember]:
    """Find a colleague by the sign-in name, as things stand now."""
    return lambda name: next(one for one in staff.everybody(desk) if one.user_name == name)


@pytest.fixture
def on(people: Any, member: Callable[[str], StaffMember]) -> Callable[..., Any]:
    """Choose a colleague and open the panel of an act."""

    def choose(name: str, act: str = "") -> Any:
        people.choose(member(name).id)
        settle()
        if act:
            button = people.card.buttons[act]
            button.setFocus()
            button.click()
            settle()
        return people.panel

    return choose
