"""Plans of all people: what is due when, marked and moved with the keyboard, and what waits to be printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import milestones, people, person_history, plans
from shelterdesk.desk import Desk
from shelterdesk.documents.plan_papers import note_paper
from shelterdesk.milestones import Milestone
from shelterdesk.people import Person
from tests.ui.shots import settle
from ui.dialogs.print_papers import PrintPlanDialog
from ui.pages.plans import PlansPage
from ui.place import Place
from ui.window import Window

TODAY = date(2026, 11, 17)
KEY = Qt.Key


@pytest.fixture
def aysel(desk: Desk) -> Person:
    person = people.add_person(desk, short_name="Aysel M.")
    plan = plans.add_plan(desk, person.id, agreed_on=date(2026, 10, 12), review_on=TODAY - timedelta(days=2))
    for kind, words, days, status in (
        ("court_hearing", "Court hearing", -3, "planned"),
        ("eye_test", "Eye test", -1, "under_way"),
        ("dental_care", "Dental care", 2, "planned"),
        ("passport", "Passport", 30, "planned"),
        ("health_check", "First health check", -20, "done"),
    ):
        domain = "legal" if kind in ("court_hearing", "passport") else "health"
        due = TODAY + timedelta(days=days)
        milestones.add_milestone(desk, plan, domain=domain, kind=kind, words=words, due_on=due, status=status)
    return person


@pytest.fixture
def page(qtbot: QtBot, window: Window, aysel: Person) -> PlansPage:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.go(Place("plans"))
    settle()
    shown: Any = window.page()
    assert isinstance(shown, PlansPage)
    return shown


def titles(page: PlansPage) -> list[str]:
    return [row.title for row in page.rows.rows() if not row.header]


def stored(desk: Desk, words: str) -> Milestone:
    with desk.read() as db:
        found = [one for one in db.query(Milestone) if one.words == words]
    return found[0]


def test_each_choice_shows_its_milestones_in_neutral_words(page: PlansPage) -> None:
    assert page.when.value() == "past"
    assert titles(page) == ["Appointment", "Eye test"]
    assert [row.second for row in page.rows.rows()] == ["Aysel M.", "Aysel M."]
    found = {}
    for when in ("this_week", "later", "done"):
        button = page.when.buttons()[("past", "this_week", "later", "done").index(when)]
        button.click()
        settle()
        found[when] = titles(page)
    assert found == {"this_week": ["Dental care"], "later": ["Passport"], "done": ["First health check"]}


def test_space_marks_done_and_m_moves_both_undone(qtbot: QtBot, desk: Desk, page: PlansPage, window: Window) -> None:
    rows = page.rows.above
    rows.setFocus()
    qtbot.keyClick(rows, KEY.Key_Space)
    settle()
    assert stored(desk, "Court hearing").status == "done"
    assert titles(page) == ["Eye test"]
    window.run("undo")
    settle()
    assert stored(desk, "Court hearing").status == "planned"
    rows.go_to(stored(desk, "Eye test").id)
    rows.setFocus()
    qtbot.keyClick(rows, KEY.Key_M)
    settle()
    line: Any = QApplication.focusWidget()
    line.selectAll()
    qtbot.keyClicks(line, "20.11.2026")
    window.run("save")
    settle()
    assert stored(desk, "Eye test").due_on == date(2026, 11, 20)
    assert page.banner.accessibleName() == "Moved to Friday 20 November"
    page.rows.setFocus()
    window.run("undo")
    settle()
    assert stored(desk, "Eye test").due_on == TODAY - timedelta(days=1)


def test_enter_opens_the_plan_at_its_milestone(
    qtbot: QtBot, desk: Desk, page: PlansPage, window: Window, aysel: Person
) -> None:
    rows = page.rows.above
    rows.setFocus()
    qtbot.keyClick(rows, KEY.Key_Return)
    settle()
    assert window.trail.here.person_id == aysel.id
    assert window.trail.here.section == "plan"
    shown: Any = window.page()
    assert shown.record.section().blocks["legal"].is_open()


def test_typing_filters_by_name_and_step(
    qtbot: QtBot, desk: Desk, page: PlansPage, make_other: Callable[[], Person]
) -> None:
    make_other()
    page.refresh()
    assert len(titles(page)) == 3
    qtbot.keyClicks(page.filter, "botir")
    assert titles(page) == ["Bank account"]
    page.filter.clear()
    qtbot.keyClicks(page.filter, "nobody")
    assert page.empty.words.text() == "Nothing fits this filter."


@pytest.fixture
def make_other(desk: Desk) -> Callable[[], Person]:
    def make() -> Person:
        person = people.add_person(desk, short_name="Botir")
        plan = plans.add_plan(desk, person.id)
        milestones.add_milestone(
            desk, plan, domain="housing", kind="bank_account", words="Bank account", due_on=TODAY - timedelta(days=4)
        )
        return person

    return make


def test_plans_wait_for_a_look_and_for_their_paper(desk: Desk, page: PlansPage, aysel: Person, window: Window) -> None:
    assert [(row.title, row.chip.words) for row in page.review.rows() if row.chip] == [("Aysel M.", "2 days past")]
    assert [row.title for row in page.to_print.rows()] == ["Aysel M."]
    page.to_print.acted.emit(aysel.id)
    settle()
    dialog = window.findChild(PrintPlanDialog)
    assert dialog is not None
    dialog.reject()
    note_paper(desk, aysel.id, for_the_file=True, how="print")
    settle()
    assert [row.title for row in page.to_print.rows()] == ["No plan waits for its paper."]


def test_support_that_is_over_is_not_due_any_more_and_visitors_see_no_name(
    desk: Desk, page: PlansPage, aysel: Person, window: Window
) -> None:
    window.seat.set_visitor(on=True)
    settle()
    assert {row.second for row in page.rows.rows()} == {"•••"}
    person_history.record_phase(desk, aysel.id, phase="closed", since=TODAY)
    settle()
    assert titles(page) == []
    assert page.empty.words.text() == "Nothing is past its day."
