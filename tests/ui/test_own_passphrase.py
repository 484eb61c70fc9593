"""Changing one's own passphrase: advice in words, paste allowed, and the old one gone afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk.desk import Desk
from tests.desks import PASSPHRASE
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from ui.place import Place
from ui.window import Window

NEW = "lantern pigeon walnut orbit"


@pytest.fixture
def me(qtbot: QtBot, window: Window) -> Any:
    """The section about oneself, on screen."""
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go(Place("settings", section="me"))
    settle()
    page: Any = window.page()
    return page.sections["me"]


def test_it_is_changed_by_keyboard_and_paste(qtbot: QtBot, me: Any, desk: Desk) -> None:
    me.old.setFocus()
    qtbot.keyClicks(me.old.line, PASSPHRASE)
    QApplication.clipboard().setText(NEW)
    me.new.first.line.setFocus()
    qtbot.keyClick(me.new.first.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert me.new.text() == NEW
    qtbot.keyClicks(me.new.again.line, NEW)
    qtbot.keyClick(me.new.again.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: me.new.text() == "", timeout=20_000)
    assert desk.vault.is_own_passphrase(NEW)
    assert not desk.vault.is_own_passphrase(PASSPHRASE)
    assert "change_passphrase" in acts_of(desk)


def test_a_wrong_old_one_is_told_at_its_field_and_changes_nothing(qtbot: QtBot, me: Any, desk: Desk) -> None:
    qtbot.keyClicks(me.old.line, "not this one")
    for field in (me.new.first, me.new.again):
        qtbot.keyClicks(field.line, NEW)
    me.change.click()
    qtbot.waitUntil(lambda: me.old_row.problem() != "", timeout=20_000)
    assert desk.vault.is_own_passphrase(PASSPHRASE)


def test_ones_own_name_and_the_shelters_are_advised_against(qtbot: QtBot, me: Any) -> None:
    qtbot.keyClicks(me.new.first.line, "leyla house")
    assert me.new.strength.text() in ("Very easy to guess", "Easy to guess")
    assert "name" in me.new.advice.text()
    me.new.suggest.click()
    assert me.new.first.is_shown()
    assert len(me.new.text().split()) >= 4
    assert me.new.strength.text() in ("Good", "Strong")


def test_two_that_differ_are_not_taken(qtbot: QtBot, me: Any, desk: Desk) -> None:
    qtbot.keyClicks(me.old.line, PASSPHRASE)
    qtbot.keyClicks(me.new.first.line, NEW)
    qtbot.keyClicks(me.new.again.line, NEW + "s")
    me.change.click()
    assert "not the same" in me.problem.text()
    assert desk.vault.is_own_passphrase(PASSPHRASE)
