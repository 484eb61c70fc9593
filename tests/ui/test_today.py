"""Today with real widgets: what is shown, done with keys, undone, masked, and where rows lead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk import drafts, milestones, people, plans, rooms, stays
from shelterdesk.desk import Desk
from shelterdesk.milestones import Milestone
from shelterdesk.schema.types import new_id
from tests.desks import Clock
from tests.ui.shots import settle
from ui.pages.today import TodayPage
from ui.place import Place
from ui.seat import Seat
from ui.widgets.rows import Row, RowList
from ui.window import Window

TODAY = date(2026, 11, 17)


def page_of(window: Window) -> TodayPage:
    page = window.page()
    assert isinstance(page, TodayPage)
    return page


def rows_in(rows: RowList) -> list[str]:
    return [row.words() for row in rows.rows()]


def places(seat: Seat) -> list[Place]:
    found: list[Place] = []
    seat.place_wanted.connect(found.append)
    return found


@pytest.fixture
def waiting(desk: Desk) -> list[Milestone]:
    """Two open milestones past their day, of one resident."""
    person = people.add_person(desk, short_name="Aysel M.")
    stays.add_stay(desk, person.id, arrived_on=TODAY - timedelta(days=47))
    plan = plans.add_plan(desk, person.id)
    return [
        milestones.add_milestone(
            desk, plan, domain="health", words=words, due_on=TODAY - timedelta(days=days), status="under_way"
        )
        for words, days in (("Eye test", 5), ("Dentist", 2))
    ]


def state(desk: Desk, milestone: Milestone) -> Any:
    with desk.read() as db:
        return db.get_one(Milestone, milestone.id)


def test_an_empty_vault_offers_first_steps_and_friendly_lines(qtbot: QtBot, window: Window) -> None:
    page = page_of(window)
    words = [button.accessibleName() for button in page.findChildren(QPushButton) if button.isVisible()]
    assert "Set up rooms and beds" in words
    assert "Import residents…" in words
    assert page.next.empty.isVisible()
    assert page.waiting.empty.isVisible()
    assert rows_in(page.desk_card.rows) == ["No backup yet, one is due"]


def test_space_marks_done_and_undo_takes_it_back(
    qtbot: QtBot, waiting: list[Milestone], window: Window, desk: Desk
) -> None:
    page = page_of(window)
    rows = page.waiting.rows
    assert [row.chip.words for row in rows.rows() if row.chip] == ["5 days past", "2 days past"]
    rows.setFocus()
    rows.go_to(waiting[0].id)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    settle()
    assert state(desk, waiting[0]).status == "done"
    assert state(desk, waiting[0]).done_on == TODAY
    assert [row.key for row in rows.rows()] == [waiting[1].id]
    assert rows.current_key() == waiting[1].id
    assert page.banner.isVisible()
    qtbot.mouseClick(page.banner.acts()[0], Qt.MouseButton.LeftButton)
    settle()
    assert state(desk, waiting[0]).status == "under_way"
    assert state(desk, waiting[0]).done_on is None
    assert [row.key for row in rows.rows()] == [one.id for one in waiting]


def test_m_moves_a_milestone_where_it_stands(
    qtbot: QtBot, waiting: list[Milestone], window: Window, desk: Desk
) -> None:
    page = page_of(window)
    rows = page.waiting.rows
    rows.setFocus()
    rows.go_to(waiting[1].id)
    qtbot.keyClick(rows, "m")
    assert page.waiting.list.is_moving()
    line = window.focusWidget()
    qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, "+3")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    assert state(desk, waiting[1]).due_on == TODAY + timedelta(days=3)
    assert [row.key for row in rows.rows()] == [waiting[0].id]
    assert window.trail.here.page == "today"
    window.run("undo")
    settle()
    assert state(desk, waiting[1]).due_on == TODAY - timedelta(days=2)


def test_a_day_nobody_can_read_is_not_taken(qtbot: QtBot, waiting: list[Milestone], window: Window, desk: Desk) -> None:
    page = page_of(window)
    page.waiting.list.begin_moving(waiting[0].id)
    line = window.focusWidget()
    qtbot.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, "soon")
    window.run("save")
    assert page.waiting.list.is_moving()
    assert state(desk, waiting[0]).due_on == TODAY - timedelta(days=5)
    window.run("cancel")
    assert not page.waiting.list.is_moving()


def test_people_show_beds_arrivals_and_who_has_no_next_step(qtbot: QtBot, desk: Desk, window: Window) -> None:
    site = rooms.sites_of(desk)[0]
    rooms.add_room(desk, site.id, 3, name="Room 1")
    bed = rooms.beds_of(desk)[0]
    person = people.add_person(desk, short_name="Əminə")
    stays.add_stay(desk, person.id, arrived_on=TODAY - timedelta(days=5), expected_until=TODAY, bed_id=bed.id)
    settle()
    page = page_of(window)
    assert page.people.aside.text() == "1 of 3 beds used"
    assert page.people.beds.accessibleName() == "1 of 3 beds used"
    assert rows_in(page.people.rows) == ["Əminə arrived on Thursday, 5 days here", "Əminə, no next step yet"]
    wanted = places(window.seat)
    page.people.rows.acted.emit(page.people.rows.rows()[1].key)
    assert wanted == [Place("residents", person_id=person.id, section="overview", doing="next_step")]


def test_nobody_can_see_who_is_about_to_leave(qtbot: QtBot, desk: Desk, window: Window) -> None:
    person = people.add_person(desk, short_name="Nərmin")
    stays.add_stay(desk, person.id, arrived_on=TODAY - timedelta(days=90), expected_until=TODAY + timedelta(days=1))
    plans.set_next_step(desk, person.id, words="College visit", kind="office")
    settle()
    (shown,) = rows_in(page_of(window).people.rows)
    assert shown == "Nərmin, no contact for 90 days", "and not a word of the day on which she leaves"


def test_drafts_are_continued_where_they_were_begun(qtbot: QtBot, desk: Desk, window: Window, clock: Clock) -> None:
    person = people.add_person(desk, short_name="Botir")
    draft_id = new_id()
    drafts.keep_draft(desk, draft_id, "service", new_id(), {"kind": "legal_advice"}, person_id=person.id)
    page = page_of(window)
    window.run("refresh")
    assert rows_in(page.desk_card.rows)[0] == "1 unfinished draft, latest 10:00"
    wanted: list[Place] = []
    window.seat.place_wanted.disconnect(window.go)
    window.seat.place_wanted.connect(wanted.append)
    page.desk_card.rows.acted.emit(page.desk_card.rows.rows()[0].key)
    assert wanted == [Place("services", person_id=person.id, doing="new_service", about=draft_id)]
    clock.now += timedelta(minutes=1)
    drafts.keep_draft(desk, new_id(), "stay", new_id(), {"arrived_on": TODAY}, person_id=person.id)
    window.run("refresh")
    rows = page.desk_card.rows
    rows.setFocus()
    rows.go_to("drafts")
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert [row.title for row in rows.rows() if row.under] == ["Stay", "Service"]


def test_visitor_mode_masks_every_name(qtbot: QtBot, sample_window: Window) -> None:
    page = page_of(sample_window)

    def shown() -> str:
        cards = (page.next, page.waiting, page.people, page.desk_card)
        return " ".join(" ".join(rows_in(card.rows)) for card in cards)

    assert "Aysel M." in shown()
    sample_window.run("visitor_mode")
    settle()
    for name in ("Aysel", "Olha", "Marisol", "Sherzod", "Əminə", "Jun", "Botir"):
        assert name not in shown()
    sample_window.run("visitor_mode")
    settle()
    assert "Aysel M." in shown()


def test_rows_open_their_records(qtbot: QtBot, sample_window: Window, person_named: Any) -> None:
    page = page_of(sample_window)
    first: Row = page.next.rows.rows()[1]
    assert first.current
    assert first.key.place == Place("residents", person_id=person_named("Aysel M."))
    page.next.rows.setFocus()
    page.next.rows.go_to(first.key)
    qtbot.keyClick(page.next.rows, Qt.Key.Key_Return)
    settle()
    assert sample_window.trail.here.page == "residents"
    assert sample_window.trail.here.person_id == person_named("Aysel M.")


def test_group_of_one_hour_is_one_row(qtbot: QtBot, sample_window: Window) -> None:
    groups = [row for row in page_of(sample_window).next.rows.rows() if row.icon == "users-round"]
    assert [row.second for row in groups] == ["6 residents"]


def test_narrow_windows_get_one_column(qtbot: QtBot, sample_window: Window) -> None:
    page = page_of(sample_window)
    assert page.people.x() > page.next.x()
    page.resize(640, 700)
    settle()
    assert page.people.x() == page.next.x()
    assert page.waiting.y() < page.people.y()
