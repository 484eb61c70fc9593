"""Services → Tasks and Caseload: marked, moved, written and handed over with the keyboard."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shelterdesk import drafts, needs, people, person_history, stays, tasks, to_do
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from shelterdesk.person_history import WorkerSince, history_of
from tests.ui.shots import settle
from ui.pages.services.caseload import CaseloadPage
from ui.pages.services.tasks import TasksPage
from ui.place import Place
from ui.window import Window

TODAY = date(2026, 11, 17)
DAY = timedelta(days=1)
KEY = Qt.Key
TASKS, CASELOAD = Place("services", list_id="tasks"), Place("services", list_id="caseload")


@pytest.fixture(autouse=True)
def in_front(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()


@pytest.fixture
def aysel(desk: Desk) -> Person:
    person = people.add_person(desk, short_name="Aysel M.")
    stays.add_stay(desk, person.id, arrived_on=TODAY - 20 * DAY)
    return person


def tasks_page(window: Window, place: Place = TASKS) -> TasksPage:
    window.go(place)
    settle()
    shown: Any = window.page()
    return shown.pages["tasks"]


def caseload_page(window: Window) -> CaseloadPage:
    window.go(CASELOAD)
    settle()
    shown: Any = window.page()
    return shown.pages["caseload"]


def titles(page: TasksPage) -> list[str]:
    return [row.title for row in page.rows.rows()]


def press(widget: Any, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(widget, key)
    settle()


def test_rows_stand_under_when_they_are_due(window: Window, desk: Desk, aysel: Person) -> None:
    tasks.add_task(desk, aysel.id, words="Call the school", due_on=TODAY - DAY)
    tasks.add_task(desk, words="Order shoes", due_on=TODAY + DAY)
    tasks.add_task(desk, words="Some day")
    page = tasks_page(window)
    assert titles(page) == [
        "Past their day", "Call the school", "This week", "Order shoes", "Later", "Some day",
    ]  # fmt: skip
    page.filter.setText("aysel")
    assert titles(page) == ["Past their day", "Call the school"]
    page.filter.setText("nobody has this")
    assert page.empty.isVisible()
    window.run("visitor_mode")
    page.filter.clear()
    settle()
    assert "Call the school" not in " ".join(titles(page))


def test_space_marks_done_and_the_banner_opens_it_again(window: Window, desk: Desk) -> None:
    task = tasks.add_task(desk, words="Order shoes", due_on=TODAY)
    page = tasks_page(window)
    page.rows.setFocus()
    press(page.rows, KEY.Key_Space)
    assert page.empty.isVisible()
    page.state.set_value("done")
    page.refresh()
    assert [row.title for row in page.rows.rows()] == ["Order shoes"]
    window.run("undo")
    settle()
    assert to_do.to_dos(desk)[0].id == task.id


def test_m_moves_a_task_where_it_stands(window: Window, desk: Desk) -> None:
    tasks.add_task(desk, words="Order shoes", due_on=TODAY)
    page = tasks_page(window)
    page.rows.setFocus()
    QTest.keyClicks(page.rows, "m")
    assert page.rows.is_moving()
    settle()
    row = page.rows.currentIndex()
    assert page.rows.indexWidget(row).geometry() == page.rows.visualRect(row), "nothing of the row looks out beside it"
    line = window.focusWidget()
    QTest.keyClick(line, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, KEY.Key_Delete)
    QTest.keyClicks(line, "+3")
    press(line, KEY.Key_Return)
    assert [one.on for one in to_do.to_dos(desk)] == [TODAY + 3 * DAY]
    window.run("undo")
    settle()
    assert [one.on for one in to_do.to_dos(desk)] == [TODAY]


def test_a_task_is_written_kept_as_a_draft_and_saved(window: Window, desk: Desk) -> None:
    page = tasks_page(window, TASKS.with_(doing="new_task"))
    assert page.editor is not None
    QTest.keyClicks(window.focusWidget(), "Call the notary")
    page.keep_drafts()
    (kept,) = drafts.my_drafts(desk)
    window.go(Place("today"))
    again = tasks_page(window, TASKS.with_(doing="new_task", about=kept.id))
    assert again.editor is not None
    assert again.editor.form.values()["words"] == "Call the notary"
    window.run("save")
    settle()
    (one,) = to_do.to_dos(desk)
    assert (one.words, one.member_id) == ("Call the notary", desk.me.id)
    assert drafts.my_drafts(desk) == []
    window.run("undo")
    settle()
    assert to_do.to_dos(desk) == []


def test_a_task_without_words_says_what_is_missing(window: Window, desk: Desk) -> None:
    page = tasks_page(window, TASKS.with_(doing="new_task"))
    window.run("save")
    assert page.editor is not None
    assert "What is to be done" in page.editor.form.row("words").problem()
    assert to_do.to_dos(desk) == []


def test_enter_opens_a_task_and_takes_it_out_again(window: Window, desk: Desk) -> None:
    tasks.add_task(desk, words="Order shoes")
    page = tasks_page(window)
    page.rows.setFocus()
    press(page.rows, KEY.Key_Return)
    assert page.editor is not None
    window.run("cancel")
    page.rows.setFocus()
    window.run("archive")
    settle()
    assert to_do.to_dos(desk) == []
    window.run("undo")
    settle()
    assert [one.words for one in to_do.to_dos(desk)] == ["Order shoes"]


def test_people_are_handed_over_and_back(window: Window, desk: Desk, aysel: Person) -> None:
    person_history.assign_worker(desk, aysel.id, desk.me.id, TODAY - 9 * DAY)
    page = caseload_page(window)
    assert [row.title for row in page.rows.rows()] == ["Aysel M."]
    assert not page.to.isEnabled()
    page.rows.setFocus()
    press(page.rows, KEY.Key_Space)
    assert page.chosen == {aysel.id}
    page.choose_all()
    assert page.chosen == set(), "everybody was chosen already"
    page.choose_all()
    page.to.chosen.emit(None)
    assert page.chosen == {aysel.id}, "nobody was named yet"
    person_history.assign_worker(desk, aysel.id, None, TODAY - DAY)
    page.table.go_to("nobody")
    page.choose_all()
    page.to.chosen.emit(desk.me.id)
    settle()
    assert history_of(desk, WorkerSince, aysel.id)[0].member_id == desk.me.id
    window.run("undo")
    settle()
    assert history_of(desk, WorkerSince, aysel.id)[0].member_id is None


def test_a_need_is_written_where_safety_stands(window: Window, desk: Desk, aysel: Person) -> None:
    window.go(Place("residents", person_id=aysel.id, section="needs", doing="new_need"))
    settle()
    page: Any = window.page()
    section = page.record.section()
    section.editor.form.set("kind", "psychiatric_consultation")
    section.editor.form.set("state", "not_available")
    window.run("save")
    assert "why" in section.editor.form.row("why").problem()
    section.editor.form.set("why", "full")
    window.run("save")
    settle()
    (need,) = needs.needs_of(desk, aysel.id)
    assert (need.state, need.ended_on) == ("not_available", TODAY)
    assert len(section.help.needs) == 1


def test_the_keyboard_comes_along_from_page_to_page(desk: Desk, window: Window) -> None:
    tasks.add_task(desk, words="Order shoes", due_on=TODAY)
    for list_id in ("register", "tasks", "caseload"):
        window.go(Place("services", list_id=list_id))
        settle()
    page: Any = window.page()
    shown = page.stack.currentWidget()
    assert shown.table.hasFocus(), "not the first button of the page"
