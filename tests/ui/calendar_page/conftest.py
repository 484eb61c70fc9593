"""Two people and the calendar of this week in the window."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import people, stays
from shelterdesk.desk import Desk
from tests.ui.calendar_page.acting import TODAY
from tests.ui.shots import settle
from ui.pages.services.calendar.page import CalendarPage
from ui.place import Place
from ui.window import Window


@pytest.fixture
def ay(desk: Desk) -> UUID:
    person = people.add_person(desk, short_name="Aysel")
    stays.add_stay(desk, person.id, arrived_on=TODAY)
    return person.id


@pytest.fixture
def nur(desk: Desk) -> UUID:
    return people.add_person(desk, short_name="Nur").id


@pytest.fixture
def page(qtbot: QtBot, window: Window, ay: UUID, nur: UUID) -> CalendarPage:
    """The calendar of this week, with the keyboard in the line."""
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go(Place("services", list_id="calendar"))
    settle()
    shown: Any = window.page()
    found = shown.stack.currentWidget()
    assert isinstance(found, CalendarPage)
    assert QApplication.focusWidget() is found.card.line
    return found
