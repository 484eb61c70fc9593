"""The first sign-in with a set-up code, and the way in without a passphrase, at the real unlock page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import staff
from shelterdesk.opening import accept_invitation, create_desk, open_desk
from shelterdesk.vault import KdfCost
from tests.ui.shots import settle
from tests.ui.sittings import session_of
from ui.pages.unlock import UnlockPage
from ui.session import Session

PASSPHRASE = "violin cloud harbour mustard"
OWN = "lantern pigeon walnut orbit"


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session that has not started yet."""
    monkeypatch.setattr(KdfCost, "default", KdfCost.for_tests)
    with session_of(qapp, tmp_path / "settings.toml") as made:
        yield made


@pytest.fixture
def vault(tmp_path: Path) -> tuple[Path, str, str]:
    """A closed vault with Nigar invited: folder, set-up code and recovery code."""
    folder = tmp_path / "desk-7F3A.vault"
    desk, recovery = create_desk(
        folder,
        user_name="leyla",
        shown_as="Leyla A.",
        passphrase=PASSPHRASE,
        shelter="House",
        roles=("director", "social_worker"),
        cost=KdfCost.for_tests(),
    )
    code = staff.invite(desk, "nigar", "Nigar H.", ("psychologist",)).code
    desk.close()
    return folder, code, recovery


@pytest.fixture
def page(session: Session, vault: tuple[Path, str, str]) -> Any:
    """The unlock page."""
    session.start(vault[0])
    assert isinstance(session.front, UnlockPage)
    settle()
    return session.front


def fill_set_up(qtbot: QtBot, page: Any, name: str, code: str, words: str = OWN, again: str = OWN) -> Any:
    page.by_passphrase.set_up.click()
    form = page.by_set_up
    settle()
    for line, typed in (
        (form.user_name, name),
        (form.code.line, code),
        (form.passphrase.first.line, words),
        (form.passphrase.again.line, again),
    ):
        line.setFocus()
        qtbot.keyClicks(line, typed)
    return form


def test_a_colleague_begins_with_the_code_and_is_greeted(
    qtbot: QtBot, session: Session, page: Any, vault: tuple[Path, str, str]
) -> None:
    form = fill_set_up(qtbot, page, "nigar", vault[1].lower().replace("-", " "))
    assert form.code.is_complete()
    qtbot.keyClick(form.passphrase.again.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
    assert session.seat is not None
    assert session.seat.desk.me.user_name == "nigar"
    session.lock()
    again = open_desk(vault[0], "nigar", OWN)
    again.close()


def test_a_mistyped_group_is_named_while_typing(qtbot: QtBot, page: Any, vault: tuple[Path, str, str]) -> None:
    page.by_passphrase.set_up.click()
    form = page.by_set_up
    groups = vault[1].split("-")
    wrong = groups[1][:-1] + ("0" if groups[1][-1] != "0" else "1")
    form.code.line.setFocus()
    qtbot.keyClicks(form.code.line, f"{groups[0]} {wrong}")
    assert "Group 2" in form.code.state._words.text()
    form.code.clear()
    qtbot.keyClicks(form.code.line, f"{groups[0]} {groups[1]}")
    assert form.code.state._words.text() == "2 of 6 groups"
    assert not form.code.is_complete()


def test_what_is_missing_is_said_and_nothing_is_used_up(
    qtbot: QtBot, session: Session, page: Any, vault: tuple[Path, str, str]
) -> None:
    form = fill_set_up(qtbot, page, "nigar", vault[1], again="something else")
    form.begin.click()
    assert "not the same" in form.problem.accessibleName()
    form.user_name.clear()
    form.begin.click()
    assert "user name" in form.problem.accessibleName()
    assert session.window is None


def test_a_code_of_another_name_is_told_at_the_form(
    qtbot: QtBot, session: Session, page: Any, vault: tuple[Path, str, str]
) -> None:
    form = fill_set_up(qtbot, page, "somebody", vault[1])
    form.begin.click()
    qtbot.waitUntil(form.problem.isVisible, timeout=20_000)
    assert form.isVisible()
    assert form.code.text()
    assert session.window is None


def test_the_recovery_sheet_asks_why_and_leads_to_the_people(
    qtbot: QtBot, session: Session, page: Any, vault: tuple[Path, str, str]
) -> None:
    page.by_passphrase.recovery.click()
    form = page.by_recovery
    settle()
    form.code.line.setFocus()
    qtbot.keyClicks(form.code.line, vault[2])
    form.open.click()
    assert "why" in form.problem.accessibleName()
    form.why.setFocus()
    qtbot.keyClicks(form.why, "Leyla forgot her passphrase")
    qtbot.keyClick(form.why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
    settle()
    assert session.window is not None
    assert session.seat is not None
    assert session.seat.desk.me.is_recovery
    settings: Any = session.window.page()
    assert settings.list.current() == "people"
    # Whoever forgot the passphrase gets a new code, and nothing is lost.
    people = settings.sections["people"]
    leyla = next(one for one in people.members if one.user_name == "leyla")
    people.choose(leyla.id)
    settle()
    people.card.buttons["new_code"].click()
    settle()
    people.panel.save.click()
    settle()
    code = people.invitation.invitation.code
    session.lock()
    accept_invitation(vault[0], "leyla", code, OWN, cost=KdfCost.for_tests()).close()
    again = open_desk(vault[0], "leyla", OWN)
    assert {one.value for one in again.vault.ring.compartments} == {"house", "identity", "case"}
    again.close()


def test_pieces_are_typed_one_below_the_other(qtbot: QtBot, page: Any) -> None:
    page.by_passphrase.recovery.click()
    form = page.by_recovery
    form.kind.chosen.emit("pieces")
    form.kind.set_value("pieces")
    form._show_kind()
    settle()
    assert [one.isVisible() for one in form.pieces] == [True, True]
    form.more.click()
    assert len(form.pieces) == 3
    form.open.click()
    assert "whole" in form.problem.accessibleName()
