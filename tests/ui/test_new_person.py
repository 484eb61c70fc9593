"""Taking somebody in by keyboard, problems at their fields, the hint beside the form, drafts, undo."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from shelterdesk import bed_use, drafts, people, referrals, residents, rooms, stays
from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from tests.ui.shots import settle
from ui.pages.resident.new_person import NewPersonPage
from ui.pages.residents import ResidentsPage
from ui.window import Window

TODAY = date(2026, 11, 17)


@pytest.fixture
def beds(desk: Desk) -> list[rooms.Bed]:
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 2, name="Room 1")
    return rooms.beds_of(desk)


def open_form(window: Window) -> NewPersonPage:
    window.run("new_person")
    settle()
    page = window.page()
    assert isinstance(page, ResidentsPage)
    assert page.form is not None
    return page.form


def everybody(desk: Desk) -> list[Person]:
    with desk.read() as db:
        return list(db.scalars(select(Person).order_by(Person.code)))


def type_here(qtbot: QtBot, words: str) -> None:
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, words)


def tab(qtbot: QtBot) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Tab)


def test_a_resident_is_taken_in_with_the_keyboard_alone(
    qtbot: QtBot, beds: list[rooms.Bed], window: Window, desk: Desk
) -> None:
    form = open_form(window)
    type_here(qtbot, "Lala")
    tab(qtbot)
    tab(qtbot)
    assert form.isAncestorOf(QApplication.focusWidget())
    type_here(qtbot, "-1")
    visited: list[QWidget] = []
    while not any(button.hasFocus() for button in form.beds.choice.free_buttons()):
        tab(qtbot)
        visited.append(QApplication.focusWidget())
        if visited[-1] is form.form.row("birth").editor:
            type_here(qtbot, "about 1994")
        assert len(visited) < 7, "Tab follows reading order: came from, gender, born, languages, interpreter, bed"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert form.beds.said.text() == "Room 1, bed 1"
    while not form.strip.save.hasFocus():
        tab(qtbot)
        assert form.isAncestorOf(QApplication.focusWidget()), "the last field leads to Save"
    qtbot.keyClick(form.strip.save, Qt.Key.Key_Space)
    settle()
    made = everybody(desk)
    assert [one.short_name for one in made] == ["Lala"]
    assert made[0].birth == PartialDate(1994, about=True)
    stay = stays.stays_of(desk, made[0].id)[0]
    assert stay.arrived_on == TODAY - timedelta(days=1)
    assert bed_use.bed_names(desk, [made[0].id], TODAY) == {made[0].id: "Room 1-1"}
    assert residents.list_rows(desk, "mine")[0].id == made[0].id
    page = window.page()
    assert isinstance(page, ResidentsPage)
    assert page.form is None
    assert page.record.person is not None
    assert page.record.person.id == made[0].id
    assert page.pane.people.hasFocus()
    assert drafts.my_drafts(desk) == []


def test_undo_takes_a_new_resident_off_the_lists_and_out_of_the_bed(
    qtbot: QtBot, beds: list[rooms.Bed], window: Window, desk: Desk
) -> None:
    form = open_form(window)
    type_here(qtbot, "Lala")
    form.beds.set_value(beds[0].id)
    window.run("save")
    settle()
    assert residents.list_counts(desk)["here_now"] == 1
    window.page().banner.acts()[0].click()
    settle()
    assert residents.list_counts(desk)["here_now"] == 0
    assert all(use.person_id is None for use in bed_use.beds_on(desk, TODAY))


def test_supported_without_living_here(qtbot: QtBot, beds: list[rooms.Bed], window: Window, desk: Desk) -> None:
    form = open_form(window)
    type_here(qtbot, "Vəfa"[:1])
    form.form.editor("lives_here").set_value(False)
    form.form.edited.emit()
    assert not form.form.row("arrived_on").isVisible()
    assert not form.form.row("bed_id").isVisible()
    form.form.set("source", "police")
    form.form.row("referred_on").editor.setFocus()
    type_here(qtbot, "1994")
    type_here(qtbot, " ")
    window.run("save")
    settle()
    made = everybody(desk)[0]
    assert stays.stays_of(desk, made.id) == []
    assert [one.source for one in referrals.referrals_of(desk, made.id)] == ["police"]
    assert window.trail.here.list_id == "without_stay"


def test_problems_stand_at_their_fields_and_nothing_is_saved(
    qtbot: QtBot, beds: list[rooms.Bed], window: Window, desk: Desk
) -> None:
    form = open_form(window)
    type_here(qtbot, "Lala")
    form.form.set("arrived_on", None)
    form.form.set("birth", PartialDate(2031))
    window.run("save")
    assert form.form.row("arrived_on").problem() == "Enter «Day of arrival»"
    assert "cannot be after today" in form.form.row("birth").problem()
    assert "2 things to change" in form.banner.accessibleName()
    assert everybody(desk) == []
    assert form.form.row("arrived_on").editor.hasFocus()
    form.form.row("birth").editor.setFocus()
    type_here(qtbot, "1994")
    assert form.form.row("birth").problem() == ""


def test_a_bed_that_is_taken_is_refused(qtbot: QtBot, beds: list[rooms.Bed], window: Window, desk: Desk) -> None:
    form = open_form(window)
    form.beds.set_value(beds[0].id)
    somebody = people.add_person(desk, short_name="Botir")
    stays.add_stay(desk, somebody.id, arrived_on=TODAY, bed_id=beds[0].id)
    window.run("save")
    assert "taken" in form.form.row("bed_id").problem()
    assert [one.short_name for one in everybody(desk)] == ["Botir"]


def test_the_hint_shows_who_may_be_on_file_and_never_blocks(qtbot: QtBot, window: Window, desk: Desk) -> None:
    known = people.add_person(desk, short_name="Gulnara", birth=PartialDate(1990))
    qtbot.waitUntil(lambda: len(window.seat.index.entries) == 1)
    form = open_form(window)
    assert not form.hint.isVisible()
    type_here(qtbot, "Gulnare")
    qtbot.waitUntil(form.hint.isVisible)
    assert (form.hint.name.text(), form.hint.code.text()) == ("Gulnara", known.code)
    qtbot.mouseClick(form.hint.other, Qt.MouseButton.LeftButton)
    assert not form.hint.isVisible()
    type_here(qtbot, "Gulnara")
    qtbot.wait(250)
    assert not form.hint.isVisible(), "«Not her» is asked once"
    window.run("save")
    settle()
    assert [one.short_name for one in everybody(desk)] == ["Gulnara", "Gulnara"]


def test_it_is_her_leads_to_a_new_arrival_and_keeps_the_draft(qtbot: QtBot, window: Window, desk: Desk) -> None:
    known = people.add_person(desk, short_name="Gulnara")
    qtbot.waitUntil(lambda: len(window.seat.index.entries) == 1)
    form = open_form(window)
    type_here(qtbot, "Gulnara")
    qtbot.waitUntil(form.hint.isVisible)
    qtbot.mouseClick(form.hint.her, Qt.MouseButton.LeftButton)
    settle()
    page = window.page()
    assert isinstance(page, ResidentsPage)
    assert page.record.person is not None
    assert page.record.person.id == known.id
    assert page.record.kind().id == "stay"
    section = page.record.section()
    assert section.editor.isVisible()
    assert [draft.values["short_name"] for draft in drafts.my_drafts(desk)] == ["Gulnara"]


def test_what_was_typed_survives_leaving_and_locking(
    qtbot: QtBot, beds: list[rooms.Bed], window: Window, desk: Desk
) -> None:
    form = open_form(window)
    type_here(qtbot, "Lala")
    form.beds.set_value(beds[1].id)
    form.form.set("source", "police")
    window.run("go_today")
    settle()
    row = window.page().desk_card.rows.rows()[0]
    assert row.title == "1 unfinished draft"
    window.page().desk_card.rows.acted.emit(row.key)
    settle()
    again = window.page().form
    assert again.form.editor("short_name").value() == "Lala"
    assert again.beds.value() == beds[1].id
    assert again.form.editor("source").value() == "police"
    window.run("save")
    settle()
    assert drafts.my_drafts(desk) == []
    assert [one.short_name for one in everybody(desk)] == ["Lala"]


def test_cancel_can_be_taken_back(qtbot: QtBot, window: Window, desk: Desk) -> None:
    open_form(window)
    type_here(qtbot, "Lala")
    window.run("cancel")
    settle()
    assert window.page().form is None
    assert drafts.my_drafts(desk) == []
    window.page().banner.acts()[0].click()
    settle()
    assert window.page().form.form.editor("short_name").value() == "Lala"


def test_save_and_add_another_keeps_the_day(qtbot: QtBot, window: Window, desk: Desk) -> None:
    form = open_form(window)
    type_here(qtbot, "Lala")
    form.form.set("arrived_on", TODAY - timedelta(days=2))
    window.run("save_and_add")
    settle()
    assert window.page().form is form
    assert form.form.editor("short_name").value() is None
    assert form.form.editor("arrived_on").value() == TODAY - timedelta(days=2)
    assert QApplication.focusWidget() is form.form.row("short_name").editor
    assert "is on file" in form.banner.accessibleName()
    type_here(qtbot, "Vefa")
    window.run("save")
    settle()
    assert [one.short_name for one in everybody(desk)] == ["Lala", "Vefa"]


def test_who_opens_no_records_has_the_arrival_instead(desk: Desk, request: pytest.FixtureRequest) -> None:
    desk.rights = rights_of(["night_worker"])
    window: Window = request.getfixturevalue("window")
    offered = {command.id for command in window.usable_commands()}
    assert "new_arrival" in offered
    assert "new_person" not in offered
    window.run("new_person")
    assert window.trail.here.page == "today"
