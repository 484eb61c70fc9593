"""Settings → Removal of old records: the years, the list, asking, allowing, holding, and removing for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from shelterdesk import approvals, people, person_history, removal_holds, retention
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from tests.desks import Clock
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from ui.pages.settings.removal import RemovalPanel, RemovalSection
from ui.place import Place
from ui.window import Window


@pytest.fixture
def old(desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Somebody whose record was closed three years ago, in a house where one may allow what one asked for."""
    monkeypatch.setattr(approvals, "_works_in_a_small_house", lambda _desk: True)
    person = people.add_person(desk, short_name="Old one")
    person_history.record_phase(desk, person.id, phase="closed", since=desk.today())
    clock.now += timedelta(days=3 * 365)
    return person


def section_of(window: Window) -> RemovalSection:
    window.go(Place("settings", section="removal"))
    settle()
    page: Any = window.page()
    found = page.sections["removal"]
    assert isinstance(found, RemovalSection)
    return found


def panel_of(section: RemovalSection) -> RemovalPanel:
    panel = section.rows.panel()
    assert isinstance(panel, RemovalPanel)
    return panel


def words_in(widget: Any) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_nothing_is_due_until_the_years_are_said(window: Window, desk: Desk, old: Person) -> None:
    section = section_of(window)
    assert section.due == []
    assert "until you say" in section.empty.text()
    section.years.setText("many")
    section.store()
    assert "number of years" in section.problem.text()
    section.years.setText("2")
    section.store()
    assert retention.years(desk) == 2
    assert [one.person.id for one in section.due] == [old.id]
    window.go(Place("today"))
    settle()
    page: Any = window.page()
    assert any("due for removal" in row.title for row in page.news.rows())


def test_it_is_asked_for_allowed_and_removed_after_the_code_is_typed(window: Window, desk: Desk, old: Person) -> None:
    retention.set_years(desk, 2)
    section = section_of(window)
    section.toggle(old.id)
    panel_of(section)._ask()
    assert not panel_of(section).due.asked, "a reason is needed"
    panel_of(section).why.setText("Her time is over")
    panel_of(section)._ask()
    settle()
    assert "Her time is over" in words_in(panel_of(section))
    panel_of(section).findChild(object, "allow_removal").click()  # type: ignore[call-overload]
    settle()
    panel = panel_of(section)
    assert "cannot be undone" in words_in(panel)
    assert not panel.remove_button.isEnabled()
    panel.code.setText("R-2026-999")
    assert not panel.remove_button.isEnabled()
    panel.code.setText(old.code.lower())
    panel.remove_button.click()
    settle()
    assert section.due == []
    with desk.read(everybody=True) as db:
        assert old.id not in set(db.scalars(select(Person.id)))
    assert acts_of(desk)[0] == "remove_record"


def test_a_hold_stops_it_until_it_is_lifted(window: Window, desk: Desk, old: Person) -> None:
    retention.set_years(desk, 2)
    section = section_of(window)
    section.toggle(old.id)
    panel_of(section)._hold()
    settle()
    (one,) = removal_holds.holds_of(desk, old.id)
    assert one.reason == "court"
    assert section.due[0].held
    assert "Court case" in words_in(panel_of(section))
    panel_of(section).findChild(object, "lift_hold").click()  # type: ignore[call-overload]
    settle()
    assert not section.due[0].held


def test_visitors_read_no_name(window: Window, desk: Desk, old: Person) -> None:
    retention.set_years(desk, 2)
    window.seat.set_visitor(on=True)
    section = section_of(window)
    assert all("Old one" not in row.title for row in section.rows.rows())
    window.seat.set_visitor(on=False)
