"""Where the keyboard is: in the words of a note from the first moment, at what was saved, in the list of a pane."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk import milestones, notes, plans
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from shelterdesk.plans import Plan
from tests.desks import TODAY
from tests.ui.shots import settle
from ui.place import Place
from ui.window import Window

GoTo = Callable[..., Any]


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.fixture
def plan(desk: Desk, aysel: Person) -> Plan:
    made = plans.add_plan(desk, aysel.id, agreed_on=TODAY)
    plans.set_goal(desk, made, "health", words="I sleep well")
    milestones.add_milestone(desk, made, domain="health", words="Eye test", due_on=TODAY)
    return made


def test_a_new_note_begins_in_its_words(qtbot: QtBot, window: Window, go: GoTo, aysel: Person) -> None:
    section = go("notes", "new_note")
    qtbot.keyClicks(focused(), "Slept well")
    form = section.editor.form
    assert form.editor(form.attribute()).value() == "Slept well"
    window.run("cancel")
    window.go(Place("services", person_id=aysel.id, doing="new_note"))
    settle()
    page: Any = window.page()
    qtbot.keyClicks(focused(), "Ate little")
    assert page.form.form.editor(page.form.form.attribute()).value() == "Ate little"


def test_a_note_about_nobody_yet_begins_with_whom(window: Window, aysel: Person) -> None:
    window.go(Place("services", doing="new_note"))
    settle()
    page: Any = window.page()
    assert page.form.form.row("person_id").isAncestorOf(focused())


def current_row(window: Window) -> Any:
    rows = focused()
    assert isinstance(rows, QAbstractItemView), rows
    return rows.current_key()  # type: ignore[attr-defined]


def test_the_keyboard_stays_at_a_milestone_that_was_saved(window: Window, go: GoTo, desk: Desk, plan: Plan) -> None:
    section = go("plan", "new_milestone")
    form = section.editor.form
    form.set("domain", "health")
    form.set("words", "Dentist")
    window.run("save")
    settle()
    saved = next(one for one in milestones.milestones_of(desk, plan.id) if one.words == "Dentist")
    assert current_row(window) == saved.id
    section.edit_milestone(saved.id)
    settle()
    window.run("save")
    settle()
    assert current_row(window) == saved.id


@pytest.mark.parametrize(("act", "where"), [("edit_plan", "plan_card"), ("edit_next_step", "step_card")])
def test_the_keyboard_stays_at_the_card_that_was_saved(
    window: Window, go: GoTo, plan: Plan, act: str, where: str
) -> None:
    section = go("plan")
    getattr(section, act)()
    if act == "edit_next_step":
        section.editor.form.set("words", "Talk about school")
    settle()
    window.run("save")
    settle()
    assert getattr(section, where).isAncestorOf(focused())


def test_the_keyboard_stays_at_a_goal_that_was_saved(window: Window, go: GoTo, plan: Plan) -> None:
    section = go("plan")
    section.edit_goal("health")
    settle()
    window.run("save")
    settle()
    assert focused() is section.blocks["health"].heading


def test_the_keyboard_stays_at_a_note_that_was_saved(qtbot: QtBot, window: Window, go: GoTo, desk: Desk) -> None:
    go("notes", "new_note")
    qtbot.keyClicks(focused(), "Slept well")
    window.run("save")
    settle()
    person_id = window.trail.here.person_id
    assert isinstance(person_id, UUID)
    assert current_row(window) == notes.notes_of(desk, person_id)[0].id


def test_the_next_pane_is_entered_at_its_list(qtbot: QtBot, window: Window, aysel: Person) -> None:
    window.go(Place("residents", "everybody", aysel.id))
    settle()
    window.top_bar.search.setFocus()
    seen: list[tuple[bool, bool]] = []
    for _ in range(2):
        qtbot.keyClick(focused(), Qt.Key.Key_F6)
        settle()
        in_sidebar = window.frame.sidebar.isAncestorOf(focused())
        seen.append((in_sidebar, isinstance(focused(), QAbstractItemView)))
    assert seen == [(True, True), (False, True)]
    qtbot.keyClick(focused(), Qt.Key.Key_F6)
    assert window.top_bar.isAncestorOf(focused())
