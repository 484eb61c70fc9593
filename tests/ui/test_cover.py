"""Under the cover no key reaches what was shown: no shortcut, no search, no menu, no field."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import people, residents
from shelterdesk.desk import Desk
from tests.desks import PASSPHRASE
from tests.ui.shots import settle
from tests.ui.sittings import session_of
from ui.place import Place
from ui.session import Session
from ui.window import Window


@pytest.fixture
def session(qtbot: QtBot, qapp: QApplication, desk: Desk, tmp_path: Path) -> Iterator[Session]:
    """A session in which somebody has signed in and opened a record."""
    person = people.add_person(desk, short_name="Aysel M.")
    with session_of(qapp, tmp_path / "settings.toml") as made:
        made._enter(desk)
        window = made.window
        assert window is not None
        window.activateWindow()
        window.go(Place("residents", "everybody", person.id))
        qtbot.waitUntil(lambda: not made.seat.worker.is_busy())
        settle()
        yield made


def window_of(session: Session) -> Window:
    assert session.window is not None
    return session.window


def press(qtbot: QtBot, keys: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, keys, Qt.KeyboardModifier.ControlModifier)


def test_no_key_reaches_what_lies_under_the_cover(qtbot: QtBot, session: Session, desk: Desk) -> None:
    window = window_of(session)
    session.cover()
    settle()
    cover = session.guard.cover_sheet
    assert cover is not None
    assert QApplication.focusWidget() is cover.passphrase.line
    window.run("archive")
    window.run("command_box")
    window.run("go_today")
    press(qtbot, "k")
    assert not window.box.is_open()
    assert window.trail.here.page == "residents"
    assert residents.list_counts(desk)["archived"] == 0
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert cover.isAncestorOf(QApplication.focusWidget())


def test_an_open_search_is_gone_with_the_cover(qtbot: QtBot, session: Session) -> None:
    window = window_of(session)
    window.box.open()
    qtbot.keyClicks(window.top_bar.search, "ays")
    assert window.box.is_open()
    session.cover()
    settle()
    assert not window.box.is_open()
    assert window.top_bar.search.text() == ""


def test_coming_back_gives_the_keyboard_to_where_it_was(qtbot: QtBot, session: Session) -> None:
    window = window_of(session)
    page = window.page()
    page.pane.filter.setFocus()
    session.cover()
    settle()
    cover = session.guard.cover_sheet
    assert cover is not None
    qtbot.keyClicks(cover.passphrase.line, PASSPHRASE[:-1])
    qtbot.keyClick(cover.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(cover.problem.isVisible, timeout=10_000)
    assert not page.pane.filter.isEnabled()
    cover.passphrase.line.setFocus()
    cover.passphrase.clear()
    qtbot.keyClicks(cover.passphrase.line, PASSPHRASE)
    qtbot.keyClick(cover.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not cover.isVisible(), timeout=10_000)
    settle()
    assert page.pane.filter.hasFocus()
    window.run("go_today")
    assert window.trail.here.page == "today"


def test_locking_works_from_under_the_cover(qtbot: QtBot, session: Session) -> None:
    session.cover()
    settle()
    window_of(session).run("lock")
    settle()
    assert session.window is None
    assert session.front is not None


def test_after_a_wrong_passphrase_the_next_try_can_be_typed_at_once(qtbot: QtBot, session: Session) -> None:
    session.cover()
    cover = session.guard.cover_sheet
    assert cover is not None
    qtbot.keyClicks(cover.passphrase.line, "not this one")
    qtbot.keyClick(cover.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(cover.problem.isVisible)
    settle()
    assert cover.passphrase.text() == ""
    assert QApplication.focusWidget() is cover.passphrase.line
    assert cover.problem.height() >= cover.problem.heightForWidth(cover.problem.width())
    qtbot.keyClicks(cover.passphrase.line, PASSPHRASE)
    qtbot.keyClick(cover.passphrase.line, Qt.Key.Key_Return)
    qtbot.waitUntil(cover.isHidden)
