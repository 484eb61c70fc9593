"""The list of residents with real widgets: filter, order, keys, saved lists, folding, going from record to record."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk import people, person_reading, stays
from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.residents import ListRow
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from ui.pages.residents import ResidentsPage
from ui.place import Place
from ui.widgets.people_list import PeopleList, PersonRow
from ui.window import Window

Find = Callable[[str], UUID]


def open_list(window: Window, list_id: str = "here_now") -> ResidentsPage:
    window.go(Place("residents", list_id=list_id))
    settle()
    page = window.page()
    assert isinstance(page, ResidentsPage)
    return page


def names(page: ResidentsPage) -> list[str]:
    return [row.name for row in page.pane.people.rows()]


def test_the_list_follows_the_alphabet_and_shows_neutral_steps(qtbot: QtBot, sample_window: Window) -> None:
    page = open_list(sample_window)
    shown = names(page)
    assert shown.index("Dilnoza") < shown.index("Əminə") < shown.index("Iryna")
    aysel = next(row for row in page.pane.people.rows() if row.name == "Aysel M.")
    assert aysel == PersonRow(aysel.key, "Aysel M.", "47 days", aysel.code, "Appointment, Thu 19 Nov")
    assert aysel.code.startswith("R-2026-")
    jun = next(row for row in page.pane.people.rows() if row.name == "Jun R.")
    assert (jun.step, jun.step_tint) == ("No next step yet", "attention")
    assert page.record.empty.words.text() == "Choose somebody from the list."


@pytest.mark.parametrize("typed", ["amina", "Əmi", "AMINə"])
def test_typing_filters_in_any_spelling(qtbot: QtBot, sample_window: Window, typed: str) -> None:
    page = open_list(sample_window)
    whole = len(names(page))
    page.pane.filter.insert(typed)
    assert "Əminə" in names(page)
    assert len(names(page)) < whole
    assert page.pane.count.text().startswith(f"{len(names(page))} of")
    qtbot.keyClick(page.pane.filter, Qt.Key.Key_Escape)
    assert len(names(page)) == whole


def test_arrows_move_enter_opens_space_keeps_the_keyboard_in_the_list(
    qtbot: QtBot, sample_window: Window, sample_desk: Desk
) -> None:
    page = open_list(sample_window)
    people_list = page.pane.people
    page.pane.filter.setFocus()
    qtbot.keyClick(page.pane.filter, Qt.Key.Key_Down)
    assert people_list.hasFocus()
    first, second = people_list.keys()[:2]
    qtbot.keyClick(people_list, Qt.Key.Key_Down)
    assert page.record.person is None, "moving through the list opens nothing, so nothing is logged"
    qtbot.keyClick(people_list, Qt.Key.Key_Space)
    settle()
    assert page.record.person is not None
    assert page.record.person.id == second
    assert people_list.hasFocus()
    qtbot.keyClick(people_list, Qt.Key.Key_Up)
    qtbot.keyClick(people_list, Qt.Key.Key_Return)
    settle()
    assert page.record.person.id == first
    assert page.record.sections.hasFocus()
    assert acts_of(sample_desk, first)[0] == "open_record"
    assert acts_of(sample_desk, second)[0] == "open_record"


def test_a_visit_is_logged_once_however_many_sections(
    qtbot: QtBot, sample_window: Window, sample_desk: Desk, person_named: Find
) -> None:
    aysel = person_named("Aysel M.")
    before = acts_of(sample_desk, aysel).count("open_record")
    sample_window.go(Place("residents", person_id=aysel))
    page = sample_window.page()
    assert isinstance(page, ResidentsPage)
    for _ in range(3):
        sample_window.run("next_section")
    sample_window.run("refresh")
    settle()
    assert page.record.kind().id == "stay"
    assert acts_of(sample_desk, aysel).count("open_record") == before + 1
    sample_window.run("go_today")
    sample_window.run("back")
    assert acts_of(sample_desk, aysel).count("open_record") == before + 2
    assert sample_window.trail.here.section == "stay"


def test_next_and_previous_walk_the_list_and_stay_in_the_section(
    qtbot: QtBot, sample_window: Window, person_named: Find
) -> None:
    page = open_list(sample_window)
    keys = list(page.pane.people.keys())
    sample_window.go(Place("residents", "here_now", keys[0], "stay"))
    settle()
    texts = [one.text() for one in page.record.header.findChildren(QPushButton) if one.isVisible()]
    assert any("Next" in text for text in texts)
    assert page.record.standing.place == 1
    sample_window.run("next_record")
    settle()
    assert page.record.person is not None
    assert page.record.person.id == keys[1]
    assert page.record.kind().id == "stay"
    sample_window.run("previous_record")
    sample_window.run("previous_record")
    settle()
    assert page.record.person.id == keys[0]


def test_the_list_makes_room_and_comes_back_as_a_drawer(
    qtbot: QtBot, sample_window: Window, person_named: Find
) -> None:
    page = open_list(sample_window)
    assert page.pane.isVisible()
    sample_window.go(Place("residents", "here_now", person_named("Aysel M.")))
    settle()
    assert page.pane.isVisible(), "there is room for both at 1366"
    sample_window.resize(1093, 534)
    settle()
    assert not page.pane.isVisible()
    button = page.record.header.findChild(QPushButton, "show-list")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()
    assert page.pane.isVisible()
    assert page.pane.filter.hasFocus()
    assert page.pane.picker.isVisible(), "the sidebar is a rail now, so the saved lists are offered here"
    sample_window.run("cancel")
    assert not page.pane.isVisible()
    page.show_list()
    qtbot.keyClicks(page.pane.filter, "botir")
    qtbot.keyClick(page.pane.filter, Qt.Key.Key_Return)
    qtbot.keyClick(page.pane.people, Qt.Key.Key_Return)
    settle()
    assert page.record.person is not None
    assert page.record.person.id == person_named("Botir")
    assert not page.pane.isVisible()


def test_visitor_mode_masks_list_head_and_overview(qtbot: QtBot, sample_window: Window, person_named: Find) -> None:
    page = open_list(sample_window)
    sample_window.go(Place("residents", "here_now", person_named("Aysel M.")))
    sample_window.run("visitor_mode")
    settle()
    words = " ".join(row.words() for row in page.pane.people.rows())
    assert "Aysel" not in words
    assert "R-2026-" in words
    assert "Appointment" not in words
    shown = " ".join(label.text() for label in page.record.findChildren(QLabel) if label.isVisible())
    assert "Aysel" not in shown
    assert "court" not in shown
    assert "Aysel" not in page.record.header.findChild(QLabel, "record-name").text()


def test_archiving_can_be_undone(qtbot: QtBot, sample_window: Window, sample_desk: Desk, person_named: Find) -> None:
    page = open_list(sample_window)
    aysel = person_named("Aysel M.")
    sample_window.go(Place("residents", "here_now", aysel))
    sample_window.run("archive")
    settle()
    assert "Aysel M." not in names(page)
    assert page.banner.isVisible()
    page.pane.people.setFocus()
    sample_window.run("undo")
    settle()
    assert "Aysel M." in names(page)


def test_somebody_elses_change_shows_in_list_and_head(
    qtbot: QtBot, sample_window: Window, sample_desk: Desk, person_named: Find
) -> None:
    page = open_list(sample_window)
    botir = person_named("Botir")
    sample_window.go(Place("residents", "here_now", botir))
    person = person_reading.read_person(sample_desk, botir)
    people.change_person(sample_desk, person, short_name="Botir T.")
    settle()
    assert "Botir T." in names(page)
    assert page.record.header.findChild(QLabel, "record-name").text() == "Botir T."


def test_reception_sees_what_the_house_shares_and_no_record(
    qtbot: QtBot, desk: Desk, request: pytest.FixtureRequest
) -> None:
    person = people.add_person(desk, short_name="Marisol")
    stays.add_stay(desk, person.id, arrived_on=date(2026, 11, 1))
    desk.rights = rights_of(["reception"])
    window: Window = request.getfixturevalue("window")
    sidebar = window.frame.sidebar
    assert [one.key for one in (*sidebar._main, *sidebar._foot)] == [
        "today",
        "house_book",
        "services",
        "settings",
        "help",
    ]
    for place in (Place("residents", "here_now"), Place("residents", "here_now", person.id)):
        window.go(place)
        settle()
        assert window.trail.here.page == "today"
        assert "Records are opened by those who work with them" in window.page().banner.accessibleName()
    assert "open_record" not in acts_of(desk, person.id)


def test_ten_thousand_rows_are_filtered_without_being_made(qtbot: QtBot, qapp: QApplication) -> None:
    rows = [
        ListRow(uuid4(), f"R-2026-{n:05d}", f"Name {n}", True, 3, None, "", None, f"name {n} r-2026-{n:05d}")
        for n in range(10_000)
    ]
    made: list[UUID] = []
    by_id = {row.id: row for row in rows}

    def make(key: UUID) -> PersonRow:
        made.append(key)
        return PersonRow(key, by_id[key].name)

    people_list = PeopleList("Everybody")
    qtbot.addWidget(people_list)
    people_list.resize(300, 600)
    people_list.show()
    people_list.show_people([row.id for row in rows], make)
    settle()
    assert 0 < len(made) < 60
    begun = time.perf_counter()
    for typed in ("9", "99", "999"):
        people_list.show_people([row.id for row in rows if row.matches([typed])])
        settle()
    per_key = (time.perf_counter() - begun) / 3
    assert len(made) < 200
    assert per_key < 0.5, "a loaded machine is slow, but not as slow as making every row"


def test_lists_show_when_people_left(qtbot: QtBot, window: Window, desk: Desk, clock: Any) -> None:
    person = people.add_person(desk, short_name="Olha")
    today = desk.today()
    stays.add_stay(desk, person.id, arrived_on=today - timedelta(days=60), left_on=today - timedelta(days=3))
    page = open_list(window, "left_recently")
    assert [row.trailing for row in page.pane.people.rows()] == ["left 14 Nov"]
    assert page.pane.people.rows()[0].step == ""
