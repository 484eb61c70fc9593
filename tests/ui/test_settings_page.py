"""Settings by keyboard: an editor that is open hears its keys before the menus of the window do."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk import rooms
from shelterdesk.desk import Desk
from tests.ui.shots import settle
from ui.place import Place
from ui.widgets.buttons import Button
from ui.widgets.inline_editor import InlineEditor
from ui.window import Window


@pytest.fixture
def house(qtbot: QtBot, window: Window) -> QWidget:
    """The section about rooms, on screen."""
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go(Place("settings", section="house"))
    settle()
    page: Any = window.page()
    return page.sections["house"]


def open_room(house: QWidget) -> None:
    add = next(one for one in house.findChildren(Button) if one.words() == "Add a room")
    add.setFocus()
    add.click()
    settle()


def typed_into() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_a_room_is_added_with_the_keyboard(qtbot: QtBot, house: QWidget, desk: Desk) -> None:
    before = len(rooms.rooms_of(desk))
    open_room(house)
    qtbot.keyClicks(typed_into(), "Blue")
    qtbot.keyClick(typed_into(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert [room.name for room in rooms.rooms_of(desk)[before:]] == ["Blue"]


def test_escape_closes_the_editor_and_changes_nothing(qtbot: QtBot, house: QWidget, desk: Desk) -> None:
    before = len(rooms.rooms_of(desk))
    open_room(house)
    qtbot.keyClicks(typed_into(), "Blue")
    qtbot.keyClick(typed_into(), Qt.Key.Key_Escape)
    settle()
    assert not any(one.isVisible() for one in house.findChildren(InlineEditor))
    assert house.isAncestorOf(typed_into())
    assert len(rooms.rooms_of(desk)) == before


@pytest.mark.parametrize("beds", ["²", "999999", "two", "-1", ""])
def test_beds_are_a_small_whole_number(qtbot: QtBot, house: Any, desk: Desk, beds: str) -> None:
    before = len(rooms.rooms_of(desk))
    open_room(house)
    qtbot.keyClicks(typed_into(), "Blue")
    qtbot.keyClick(typed_into(), Qt.Key.Key_Tab)
    line: Any = typed_into()
    line.setText(beds)
    qtbot.keyClick(line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert house.problem.text() == "«Beds»: enter a whole number up to 99"
    assert len(rooms.rooms_of(desk)) == before


def test_pressing_add_again_throws_nothing_away(qtbot: QtBot, house: Any, desk: Desk) -> None:
    open_room(house)
    qtbot.keyClicks(typed_into(), "Blue")
    house.add_room.click()
    house.add_project.click()
    settle()
    line: Any = typed_into()
    assert line.text() == "Blue"
    assert house.problem.text().startswith("Save or cancel")
    qtbot.keyClick(line, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert "Blue" in [room.name for room in rooms.rooms_of(desk)]
    house.add_room.click()
    house.add_project.click()
    settle()
    assert house.problem.text() == "", "an editor nobody typed into makes room"
