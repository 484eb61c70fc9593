"""A plan that is asked about, approved and given back, in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shelterdesk import approvals, drafts, people, plans, stays
from shelterdesk.desk import Desk
from shelterdesk.documents.plan_papers import plan_paper_of
from shelterdesk.people import Person
from shelterdesk.plans import Plan
from tests.desks import TODAY
from tests.ui.shots import settle
from ui.pages.resident.plan import PlanSection
from ui.pages.today import TodayPage
from ui.place import Place
from ui.window import Window


@pytest.fixture
def aysel(desk: Desk) -> Person:
    person = people.add_person(desk, short_name="Aysel M.")
    stays.add_stay(desk, person.id, arrived_on=TODAY)
    return person


@pytest.fixture
def plan(desk: Desk, aysel: Person) -> Plan:
    return plans.add_plan(desk, aysel.id)


@pytest.fixture
def section(window: Window, aysel: Person, plan: Plan) -> Callable[..., PlanSection]:
    def open_plan(doing: str = "", about: Any = None) -> PlanSection:
        window.go(Place("residents", "here_now", aysel.id, "plan", doing, about))
        settle()
        page: Any = window.page()
        found = page.record.section()
        assert isinstance(found, PlanSection)
        return found

    return open_plan


def save(section: PlanSection) -> None:
    assert section.editor is not None
    section.editor.save_button.click()
    settle()


def fact(section: PlanSection) -> str:
    labels = [label.text() for label in section.plan_card.facts.findChildren(type(section.approval.notice.words))]
    return labels[labels.index("Approved") + 1]


def test_asking_approving_giving_back_and_asking_again(section: Callable[..., PlanSection], desk: Desk) -> None:
    shown = section()
    assert not shown.approval.isVisible()
    assert fact(shown) == "not asked for"
    shown.plan_card.ask.click()
    assert shown.editor is not None
    shown.editor.form.set("request", "Is September realistic?")
    save(shown)
    assert shown.approval.isVisible()
    assert shown.approval.notice.words.text() == "Is September realistic?"
    assert not shown.plan_card.ask.isVisible()
    shown.approval.approve.click()
    settle()
    assert not shown.approval.isVisible()
    assert fact(shown) == "17 November, Leyla A."
    shown.plan_card.give_back.click()
    save(shown)
    assert shown.editor is not None, "it does not go back without words"
    shown.editor.form.set("answer", "Add who goes along.")
    save(shown)
    assert shown.approval.notice.title.text() == "Leyla A. gave this plan back"
    assert shown.approval.notice.words.text() == "Add who goes along."
    shown.approval.ask_again.click()
    save(shown)
    assert approvals.standing_of_plan(desk, plans.plans_of(desk, shown.plan.person_id)[0]).state == approvals.ASKED  # type: ignore[union-attr]
    shown.approval.take_back.click()
    settle()
    assert shown.approval.notice.title.text() == "Leyla A. gave this plan back", "what came back still stands"


def test_a_change_after_the_yes_is_named(section: Callable[..., PlanSection], desk: Desk, plan: Plan) -> None:
    approvals.approve(desk, approvals.ask(desk, approvals.PLAN, plan.person_id, plan.id))
    assert plan_paper_of(desk, plan.person_id, "en").approved == TODAY
    plans.set_goal(desk, plan, "safety", words="I feel safe")
    shown = section()
    assert fact(shown) == "17 November, changed since"
    assert shown.plan_card.ask.isVisible()
    assert plan_paper_of(desk, plan.person_id, "en").approved is None


def test_words_for_whoever_approves_are_a_draft(
    section: Callable[..., PlanSection], desk: Desk, plan: Plan, window: Window
) -> None:
    shown = section("ask_approval")
    assert shown.editor is not None
    shown.editor.form.editor("request").set_value("Half a sen")
    shown.editor.form.edited.emit()
    window.keep_drafts()
    [draft] = drafts.my_drafts(desk)
    shown.close_editor()
    shown = section("continue", draft.target_id)
    assert shown.editor is not None
    assert shown.editor.form.values()["request"] == "Half a sen"


def test_today_names_what_waits_and_what_came_back(
    window: Window, desk: Desk, plan: Plan, section: Callable[..., PlanSection]
) -> None:
    asked = approvals.ask(desk, approvals.PLAN, plan.person_id, plan.id)
    window.go(Place("today"))
    settle()
    page = window.page()
    assert isinstance(page, TodayPage)
    [row] = [row for row in page.desk_card.rows.rows() if row.title == "1 plan to approve"]
    assert row.detail == "Aysel M."
    approvals.give_back(desk, asked, "Not yet.")
    settle()
    assert "1 plan given back" in [row.title for row in page.desk_card.rows.rows()]
    page.desk_card.open_row(row.key)
    settle()
    assert section().approval.notice.words.text() == "Not yet."
