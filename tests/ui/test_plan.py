"""The plan of a record with the keyboard: marking, moving, editing in place, paper words, undo, drafts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk import drafts, milestones, people, plans, stays, wellbeing
from shelterdesk.desk import Desk
from shelterdesk.documents.plan_papers import note_paper
from shelterdesk.milestones import Milestone
from shelterdesk.people import Person
from shelterdesk.plans import Plan
from tests.ui.shots import settle
from ui.forms.paper_words import PaperWordsEditor
from ui.pages.resident.plan import PlanSection
from ui.place import Place
from ui.widgets.rows import RowList
from ui.window import Window

TODAY = date(2026, 11, 17)
KEY = Qt.Key


@pytest.fixture
def aysel(desk: Desk) -> Person:
    person = people.add_person(desk, short_name="Aysel M.")
    stays.add_stay(desk, person.id, arrived_on=TODAY - timedelta(days=47))
    return person


@pytest.fixture
def plan(desk: Desk, aysel: Person) -> Plan:
    made = plans.add_plan(desk, aysel.id, agreed_on=TODAY - timedelta(days=30), review_on=TODAY + timedelta(days=25))
    plans.set_goal(desk, made, "health", words="I sleep well", paper_words="I sleep well")
    for words, days, status in (("Health check", -40, "done"), ("Eye test", -5, "planned"), ("Dentist", 3, "planned")):
        milestones.add_milestone(
            desk, made, domain="health", words=words, due_on=TODAY + timedelta(days=days), status=status
        )
    return made


@pytest.fixture
def section(qtbot: QtBot, window: Window, aysel: Person) -> Callable[..., PlanSection]:
    with qtbot.waitActive(window):
        window.activateWindow()

    def open_plan(doing: str = "", about: UUID | None = None) -> PlanSection:
        window.go(Place("residents", "here_now", aysel.id, "plan", doing, about))
        settle()
        page: Any = window.page()
        found = page.record.section()
        assert isinstance(found, PlanSection)
        return found

    return open_plan


def rows_of(section: PlanSection, domain: str = "health") -> RowList:
    return section.blocks[domain].rows.above


def on_row(qtbot: QtBot, section: PlanSection, words: str) -> RowList:
    rows = rows_of(section)
    rows.go_to(next(row.key for row in rows.rows() if row.title == words))
    rows.setFocus()
    settle()
    return rows


def stored(desk: Desk, plan: Plan, words: str) -> Milestone:
    return next(one for one in milestones.milestones_of(desk, plan.id) if one.words == words)


def undo(window: Window) -> None:
    window.run("undo")
    settle()


def focused() -> Any:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def retype(qtbot: QtBot, text: str) -> None:
    focused().selectAll()
    qtbot.keyClicks(focused(), text)


def test_goals_show_their_progress_and_what_is_past_its_day(
    section: Callable[..., PlanSection], plan: Plan, window: Window
) -> None:
    shown = section()
    block = shown.blocks["health"]
    assert block.is_open()
    assert not shown.blocks["legal"].is_open()
    assert block.heading.accessibleDescription() == "I sleep well"
    assert shown.aside.text() == "1 of 3 done"
    chips = {row.title: row.chip.words for row in rows_of(shown).rows() if row.chip}
    assert chips == {"Health check": "Done", "Eye test": "5 days past", "Dentist": "Planned"}


def test_space_marks_done_and_undo_opens_it_again_as_it_was(
    qtbot: QtBot, desk: Desk, section: Callable[..., PlanSection], plan: Plan, window: Window
) -> None:
    rows = on_row(qtbot, section(), "Eye test")
    qtbot.keyClick(rows, KEY.Key_Space)
    settle()
    done = stored(desk, plan, "Eye test")
    assert (done.status, done.done_on) == ("done", TODAY)
    assert window.page().banner.accessibleName() == "Marked done"  # type: ignore[union-attr]
    undo(window)
    again = stored(desk, plan, "Eye test")
    assert (again.status, again.done_on) == ("planned", None)


def test_m_moves_to_a_typed_day_and_undo_moves_back(
    qtbot: QtBot, desk: Desk, section: Callable[..., PlanSection], plan: Plan, window: Window
) -> None:
    rows = on_row(qtbot, section(), "Eye test")
    qtbot.keyClick(rows, KEY.Key_M)
    settle()
    retype(qtbot, "24.11.26")
    window.run("save")
    settle()
    assert stored(desk, plan, "Eye test").due_on == TODAY + timedelta(days=7)
    undo(window)
    assert stored(desk, plan, "Eye test").due_on == TODAY - timedelta(days=5)


def test_enter_edits_in_place_and_a_missing_word_is_told_at_its_field(
    qtbot: QtBot, desk: Desk, section: Callable[..., PlanSection], plan: Plan, window: Window
) -> None:
    shown = section()
    rows = on_row(qtbot, shown, "Eye test")
    qtbot.keyClick(rows, KEY.Key_Return)
    settle()
    assert shown.editor is not None
    assert shown.blocks["health"].rows.isAncestorOf(shown.editor)
    retype(qtbot, " ")
    window.run("save")
    row = shown.editor.form.row("words")
    assert row.problem() == "Enter «Milestone»"
    assert row.isAncestorOf(focused())
    retype(qtbot, "New glasses")
    window.run("save")
    settle()
    assert shown.editor is None
    assert stored(desk, plan, "New glasses").due_on == TODAY - timedelta(days=5)
    undo(window)
    assert stored(desk, plan, "Eye test")


def test_paper_words_stay_a_proposal_until_the_worker_agrees(
    qtbot: QtBot, desk: Desk, section: Callable[..., PlanSection], plan: Plan, window: Window
) -> None:
    shown = section("new_milestone")
    assert shown.editor is not None
    form: Any = shown.editor.form
    form.set("domain", "legal")
    form.edited.emit()
    form.set("kind", "court_hearing")
    form.edited.emit()
    editor = form.editor("paper_words")
    assert isinstance(editor, PaperWordsEditor)
    assert form.values()["words"] == "Court hearing"
    assert editor.proposal() == "Appointment"
    assert editor.chip.isVisible()
    assert form.values()["paper_words"] is None
    window.run("save")
    settle()
    saved = stored(desk, plan, "Court hearing")
    assert (saved.domain, saved.paper_words) == ("legal", None)
    shown.edit_milestone(saved.id)
    settle()
    use = shown.editor.findChild(QPushButton, "use_proposal")
    use.setFocus()
    qtbot.keyClick(use, KEY.Key_Space)
    assert not use.isVisible()
    window.run("save")
    settle()
    assert stored(desk, plan, "Court hearing").paper_words == "Appointment"


def test_escape_leaves_the_milestone_alone_and_offers_the_words_back(
    qtbot: QtBot, desk: Desk, section: Callable[..., PlanSection], plan: Plan, window: Window
) -> None:
    shown = section()
    rows = on_row(qtbot, shown, "Dentist")
    qtbot.keyClick(rows, KEY.Key_Return)
    retype(qtbot, "Somebody else")
    window.run("cancel")
    settle()
    assert shown.editor is None
    assert stored(desk, plan, "Dentist")
    assert drafts.my_drafts(desk) == []


def test_leaving_keeps_a_draft_that_is_continued_where_it_was(
    qtbot: QtBot, desk: Desk, section: Callable[..., PlanSection], plan: Plan, window: Window
) -> None:
    shown = section()
    rows = on_row(qtbot, shown, "Dentist")
    qtbot.keyClick(rows, KEY.Key_Return)
    retype(qtbot, "Dentist in the morning")
    window.go(Place("today"))
    settle()
    kept = drafts.my_drafts(desk)
    assert [one.values["words"] for one in kept] == ["Dentist in the morning"]
    again = section("continue", kept[0].target_id)
    assert again.editor is not None
    assert again.editor.form.values()["words"] == "Dentist in the morning"
    window.run("save")
    settle()
    assert stored(desk, plan, "Dentist in the morning")
    assert drafts.my_drafts(desk) == []


def test_a_first_plan_is_begun_and_the_next_takes_over_what_is_not_done(
    qtbot: QtBot, desk: Desk, section: Callable[..., PlanSection], aysel: Person, window: Window
) -> None:
    shown = section()
    assert shown.empty_card.isVisible()
    shown.empty.button.setFocus()
    qtbot.keyClick(shown.empty.button, KEY.Key_Space)
    settle()
    window.run("save")
    settle()
    first = plans.plans_of(desk, aysel.id)[0]
    assert (first.number, first.agreed_on, first.review_on) == (1, TODAY, date(2027, 1, 17))
    milestones.add_milestone(desk, first, domain="work", words="Course", paper_words="First lesson")
    milestones.add_milestone(desk, first, domain="work", words="Talk", status="done")
    settle()
    shown.plan_card.new.setFocus()
    qtbot.keyClick(shown.plan_card.new, KEY.Key_Space)
    settle()
    window.run("save")
    settle()
    second = plans.plans_of(desk, aysel.id)[0]
    assert second.number == 2
    carried = milestones.milestones_of(desk, second.id)
    assert [(one.words, one.paper_words) for one in carried] == [("Course", "First lesson")]
    assert len(milestones.milestones_of(desk, first.id)) == 2
    undo(window)
    assert plans.plans_of(desk, aysel.id)[0].id == first.id


def test_goal_and_next_step_are_written_with_words_for_her_paper(
    qtbot: QtBot, desk: Desk, section: Callable[..., PlanSection], plan: Plan, aysel: Person, window: Window
) -> None:
    shown = section()
    shown.edit_goal("work")
    form: Any = shown.editor.form  # type: ignore[union-attr]
    form.set("kind", "earn")
    form.edited.emit()
    form.editor("paper_words").use.click()
    window.run("save")
    settle()
    goal = next(one for one in plans.goals_of(desk, plan.id) if one.domain == "work")
    assert (goal.words, goal.paper_words) == ("I earn my living with my skills", "I use what I am good at")
    shown.edit_next_step()
    form = shown.editor.form  # type: ignore[union-attr]
    for name, value in (("words", "Go to court together"), ("kind", "court"), ("on", TODAY + timedelta(days=2))):
        form.set(name, value)
    window.run("save")
    settle()
    step = plans.next_step_of(desk, aysel.id)
    assert step is not None
    assert step.words == "Go to court together"
    assert shown.step_card.paper.text() == "On her sheet: Appointment"
    shown.step_card.done.setFocus()
    qtbot.keyClick(shown.step_card.done, KEY.Key_Space)
    settle()
    assert plans.next_step_of(desk, aysel.id) is None
    undo(window)
    assert plans.next_step_of(desk, aysel.id) is not None


def test_a_round_of_ratings_is_added_and_drawn(
    qtbot: QtBot, desk: Desk, section: Callable[..., PlanSection], plan: Plan, aysel: Person, window: Window
) -> None:
    wellbeing.add_rating(desk, aysel.id, rated_on=TODAY - timedelta(days=45), mood=2, safety=3)
    shown = section()
    shown.add_round()
    form: Any = shown.editor.form  # type: ignore[union-attr]
    form.set("mood", 4)
    form.set("safety", 5)
    window.run("save")
    settle()
    assert [(one.mood, one.safety) for one in wellbeing.ratings_of(desk, aysel.id)] == [(2, 3), (4, 5)]
    chart = shown.wellbeing_card.chart
    qtbot.waitUntil(lambda: not chart.pixmap().isNull(), timeout=20_000)
    assert "Mood: Arrival 2, Now 4." in chart.accessibleName()


def test_the_plan_says_when_its_paper_was_printed(
    desk: Desk, section: Callable[..., PlanSection], plan: Plan, aysel: Person
) -> None:
    shown = section()
    assert "For the file: not printed yet" in names_in(shown)
    note_paper(desk, aysel.id, for_the_file=True, how="print")
    settle()
    assert "For the file: printed 17 November" in names_in(shown)


def names_in(section: PlanSection) -> list[str]:
    return [one.accessibleName() for one in section.plan_card.facts.children() if hasattr(one, "accessibleName")]
