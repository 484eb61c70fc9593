"""Two people at one desk: each finds what she typed, and sees nothing of what the other did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import drafts, people, staff
from shelterdesk.desk import Desk
from shelterdesk.opening import accept_invitation
from shelterdesk.vault import KdfCost
from tests.desks import PASSPHRASE, Clock
from tests.ui.privacy.conftest import Told, window_of
from tests.ui.privacy.covering import reason_in_log, why_shown
from tests.ui.shots import settle
from tests.ui.sittings import session_of
from ui.pages.unlock import UnlockPage
from ui.place import Place
from ui.session import Session

HERS = "lantern pigeon walnut gravel"
WORDS = {"leyla": "Ysoldemar has the blue suitcase", "nigar": "Kvitka comes on Thursday"}


@pytest.fixture
def session(
    qtbot: QtBot, qapp: QApplication, desk: Desk, clock: Clock, tmp_path: Path, told: Told
) -> Iterator[Session]:
    """The unlock page of a vault in which two people work."""
    people.add_person(desk, short_name="Aysel M.")
    folder = desk.vault.folder
    code = staff.invite(desk, "nigar", "Nigar H.", ("social_worker",)).code
    desk.close()
    accept_invitation(folder, "nigar", code, HERS, cost=KdfCost.for_tests(), clock=clock).close()
    with session_of(qapp, tmp_path / "settings.toml") as made:
        made.start(folder)
        yield made


@pytest.fixture
def sign_in(qtbot: QtBot, session: Session) -> Callable[[str], None]:
    """Type name and passphrase on the unlock page."""

    def sign_in(name: str) -> None:
        page = session.front
        assert isinstance(page, UnlockPage)
        assert page.by_passphrase.user_name.text() == "", "nobody's name stands there"
        qtbot.keyClicks(page.by_passphrase.user_name, name)
        qtbot.keyClicks(page.by_passphrase.passphrase.line, {"leyla": PASSPHRASE, "nigar": HERS}[name])
        qtbot.keyClick(page.by_passphrase.passphrase.line, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
        settle()

    return sign_in


def begin_a_note(qtbot: QtBot, session: Session, name: str) -> None:
    window = window_of(session)
    window.go(Place("services", doing="new_note"))
    settle()
    page: Any = window.page()
    form = page.form.form
    qtbot.keyClicks(form.editor(form.attribute()).panel.area, WORDS[name])


def offered(session: Session) -> list[object]:
    assert session.seat is not None
    return [value for draft in drafts.my_drafts(session.seat.desk) for value in draft.values.values()]


def test_each_finds_her_own_sentence(
    qtbot: QtBot, session: Session, sign_in: Callable[[str], None], vault_folder: Path
) -> None:
    for name in ("leyla", "nigar"):
        sign_in(name)
        begin_a_note(qtbot, session, name)
        window_of(session).run("change_person")
        assert "change the person" in why_shown(session)
    assert reason_in_log(session, vault_folder) == "person"
    for name, other in (("leyla", "nigar"), ("nigar", "leyla")):
        sign_in(name)
        found = offered(session)
        assert WORDS[name] in found
        assert WORDS[other] not in found
        window_of(session).run("change_person")


@pytest.mark.long
def test_the_cover_offers_it_to_who_comes_next(qtbot: QtBot, session: Session, sign_in: Callable[[str], None]) -> None:
    sign_in("leyla")
    begin_a_note(qtbot, session, "leyla")
    session.cover()
    settle()
    assert session.guard is not None
    assert session.guard.cover_sheet is not None
    qtbot.mouseClick(session.guard.cover_sheet.person, Qt.MouseButton.LeftButton)
    assert "change the person" in why_shown(session)
    sign_in("nigar")
    assert offered(session) == []
    window_of(session).run("change_person")
    sign_in("leyla")
    assert WORDS["leyla"] in offered(session)
