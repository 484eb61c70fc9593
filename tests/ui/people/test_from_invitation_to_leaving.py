"""One colleague from the invitation to leaving, through the unlock page and the settings, as two people live it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import rotation, staff
from shelterdesk.opening import create_desk
from shelterdesk.settings import Settings
from shelterdesk.vault import KdfCost
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.members import Standing
from tests.desks import PASSPHRASE, ROLES
from tests.ui.shots import settle
from ui import theme
from ui.place import Place
from ui.session import Session

OWN = "lantern pigeon walnut orbit"
LONG = 30_000


class Two:
    """Leyla and Nigar at one computer, one after the other."""

    def __init__(self, qtbot: QtBot, session: Session, folder: Path) -> None:
        self.qtbot, self.session, self.folder = qtbot, session, folder

    def sign_in(self, name: str, passphrase: str) -> None:
        self.session.start(self.folder)
        form: Any = self.session.front
        form.by_passphrase.user_name.setText(name)
        form.by_passphrase.passphrase.line.setText(passphrase)
        form.by_passphrase.unlock.click()
        self._arrive()

    def begin(self, name: str, code: str) -> None:
        self.session.start(self.folder)
        page: Any = self.session.front
        page.by_passphrase.set_up.click()
        form = page.by_set_up
        form.user_name.setText(name)
        form.code.line.setText(code)
        form.passphrase.first.line.setText(OWN)
        form.passphrase.again.line.setText(OWN)
        form.begin.click()
        self._arrive()

    def _arrive(self) -> None:
        self.qtbot.waitUntil(lambda: self.session.window is not None, timeout=LONG)
        assert self.session.seat is not None
        seat = self.session.seat
        self.qtbot.waitUntil(lambda: not seat.worker.is_busy(), timeout=LONG)
        settle()

    def page(self) -> Any:
        assert self.session.window is not None
        return self.session.window.page()

    def people(self, name: str = "") -> Any:
        assert self.session.window is not None
        self.session.window.go(Place("settings", section="people"))
        settle()
        section = self.page().sections["people"]
        if name:
            section.choose(next(one.id for one in section.members if one.user_name == name))
            settle()
        return section

    def known(self, name: str) -> staff.StaffMember:
        assert self.session.seat is not None
        return next(one for one in staff.everybody(self.session.seat.desk) if one.user_name == name)

    def lock(self) -> None:
        self.session.lock()
        settle()


@pytest.fixture
def two(qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    theme.apply(qapp, "light")
    monkeypatch.setattr(KdfCost, "default", KdfCost.for_tests)
    folder = tmp_path / "desk-7F3A.vault"
    desk, _code = create_desk(
        folder,
        user_name="leyla",
        shown_as="Leyla A.",
        passphrase=PASSPHRASE,
        shelter="House",
        roles=ROLES,
        cost=KdfCost.for_tests(),
    )
    desk.close()
    session = Session(qapp, Settings(tmp_path / "settings.toml"))
    yield Two(qtbot, session, folder)
    if session.seat is not None:
        session.lock()
    if session.front is not None:
        session.front.hide()
        session.front.deleteLater()
    session._worker.close()
    session.deleteLater()
    settle()


@pytest.mark.long
def test_from_invitation_to_leaving(two: Two, qtbot: QtBot) -> None:
    two.sign_in("leyla", PASSPHRASE)
    people = two.people()
    people.invite()
    people.panel.user_name.setText("nigar")
    people.panel.shown_as.setText("Nigar H.")
    people.panel.roles.boxes["psychologist"].setChecked(True)
    people.panel.save.click()
    settle()
    code = people.invitation.invitation.code
    two.lock()

    two.begin("nigar", code)
    assert "Welcome, Nigar H." in two.page().news.welcome.accessibleName()
    assert Compartment.CLINICAL in two.known("nigar").waits_for
    two.lock()

    two.sign_in("leyla", PASSPHRASE)
    people = two.people("nigar")
    people.act("hand_over")
    people.panel.keys.boxes["clinical"].setChecked(True)
    people.panel.save.click()
    settle()
    assert two.known("leyla").keys[4].ending
    two.lock()

    two.sign_in("nigar", OWN)
    qtbot.waitUntil(lambda: two.page().news.keys is None, timeout=LONG)
    assert two.session.seat is not None
    assert rotation.due(two.session.seat.desk) == {}
    assert Compartment.CLINICAL in two.known("nigar").opens
    assert Compartment.CLINICAL not in {key.compartment for key in two.known("leyla").keys}
    people = two.people("leyla")
    people.act("give")
    people.panel.keys.boxes["clinical"].setChecked(True)
    people.panel.save.click()
    settle()
    two.lock()

    two.sign_in("leyla", PASSPHRASE)
    people = two.people("nigar")
    people.act("suspend")
    people.panel.why.setText("Long leave")
    people.panel.save.click()
    settle()
    assert two.known("nigar").standing is Standing.SUSPENDED
    two.lock()

    two.session.start(two.folder)
    front: Any = two.session.front
    front.by_passphrase.user_name.setText("nigar")
    front.by_passphrase.passphrase.line.setText(OWN)
    front.by_passphrase.unlock.click()
    qtbot.waitUntil(front.by_passphrase.problem.isVisible, timeout=LONG)
    assert "suspended" in front.by_passphrase.problem.accessibleName()

    two.sign_in("leyla", PASSPHRASE)
    people = two.people("nigar")
    people.act("remove")
    people.panel.why.setText("Left for another town")
    people.panel.save.click()
    qtbot.waitUntil(lambda: people.panel is None, timeout=LONG)
    assert two.known("nigar").standing is Standing.REMOVED
    assert two.session.seat is not None
    assert rotation.due(two.session.seat.desk) == {}
    two.lock()
    two.session.start(two.folder)
    front = two.session.front
    front.by_passphrase.user_name.setText("nigar")
    front.by_passphrase.passphrase.line.setText(OWN)
    front.by_passphrase.unlock.click()
    qtbot.waitUntil(front.by_passphrase.problem.isVisible, timeout=LONG)
    assert two.session.window is None
