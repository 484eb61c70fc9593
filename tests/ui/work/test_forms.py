"""The forms of placements and partners: what is missing, what to think of before saving, where they lead."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import consents, partners, placements
from shelterdesk.desk import Desk
from shelterdesk.placements import Placement
from shelterdesk.work import read_work
from tests.ui.shots import settle
from tests.ui.work.boards import TODAY, board_of, placement_form, words_in, work_page
from ui.pages.work.page import WorkPage
from ui.pages.work.partner_list import PartnerListPage
from ui.pages.work.partner_page import PartnerPage
from ui.place import Place
from ui.window import Window


def test_a_second_resident_at_one_partner_is_said_before_saving(
    desk: Desk, window: Window, aysel: UUID, trial: Placement, bakery: UUID
) -> None:
    work_page(window, doing="new_placement", person_id=aysel)
    form = placement_form(window)
    form.form.editor("partner_id").set_value(bakery)
    form.form.edited.emit()
    titles = [notice.title.text() for notice in form.notices]
    assert titles == [
        "Another resident is there already",
        "Not as it should be at the last visit",
        "No consent yet: employer or school",
    ]
    assert form.notices[0].words.text().startswith("Iryna, trial\n")
    assert form.form.editor("sector").value() == "accommodation_food"
    agreed = {"purpose": "share_employer", "answer": "given", "answered_on": TODAY}
    consents.record_consent(desk, aysel, recipient="Another Bakery", **agreed)
    form._shown_for = None
    form.form.edited.emit()
    assert "No consent yet: employer or school" in [notice.title.text() for notice in form.notices]
    consents.record_consent(desk, aysel, recipient="Sarı Sünbül Bakery", **agreed)
    form._shown_for = None
    form.form.edited.emit()
    assert "No consent yet: employer or school" not in [notice.title.text() for notice in form.notices]


def test_a_new_placement_says_all_that_is_missing_and_saves_with_undo(
    desk: Desk, window: Window, aysel: UUID, bakery: UUID
) -> None:
    work_page(window, doing="new_placement")
    form = placement_form(window)
    form.form.set("since", None)
    window.run("save")
    assert [link.text() for link in form.banner.links()] == ["Enter «Resident»", "Enter «Kind»", "Enter «Since»"]
    assert QApplication.focusWidget() is form.form.row("person_id").editor
    form.form.set("person_id", aysel)
    form.form.set("kind", "work")
    form.form.set("since", TODAY + timedelta(days=8))
    form.form.set("stage", "trial")
    window.run("save")
    settle()
    page = window.page()
    assert isinstance(page, WorkPage)
    (row,) = read_work(desk).rows
    assert (row.person_id, row.stage, row.placement.started_on) == (aysel, "trial", TODAY + timedelta(days=8))
    assert page.board.table.current_key() == row.placement.id
    assert words_in(page.board.table)[1].endswith("from 25 Nov | no date yet")
    page.board.banner.acts()[0].click()
    settle()
    assert read_work(desk).rows == ()


def test_a_placement_begun_in_the_record_leads_back_there(window: Window, aysel: UUID) -> None:
    work_page(window, doing="new_placement", person_id=aysel)
    form = placement_form(window)
    assert not form.form.has("person_id")
    places: list[Place] = []
    window.seat.place_wanted.connect(places.append)
    window.run("cancel")
    settle()
    assert places == [Place("residents", person_id=aysel, section="work")]


def test_editing_keeps_what_was_not_touched(desk: Desk, window: Window, trial: Placement) -> None:
    board = board_of(window)
    window.run("edit")
    settle()
    form = placement_form(window)
    assert form.form.editor("post").value() == "Early shift"
    form.form.set("post", "Late shift")
    window.run("save")
    settle()
    assert board.isVisible()
    again = placements.placement_with(desk, trial.id)
    assert (again.post, again.partner_id, again.check_in_on) == ("Late shift", trial.partner_id, trial.check_in_on)


def test_partners_show_who_is_there_and_are_edited(
    qtbot: QtBot, desk: Desk, window: Window, trial: Placement, bakery: UUID
) -> None:
    page = work_page(window, list_id="partners")
    assert page.currentWidget() is page.partners
    listed = page.partners
    assert isinstance(listed, PartnerListPage)
    assert words_in(listed.table) == ["Sarı Sünbül Bakery | 1 | 25 Feb 2027 | 5 Jun 2027"]
    qtbot.keyClick(listed.table, Qt.Key.Key_Return)
    settle()
    form = page.form
    assert isinstance(form, PartnerPage)
    form.form.set("name", "")
    window.run("save")
    assert form.form.row("name").problem() == "Enter «Name»"
    form.form.set("name", "Sarı Sünbül")
    window.run("save")
    settle()
    assert words_in(listed.table)[0].startswith("Sarı Sünbül | ")
    assert listed.table.current_key() == bakery
    assert partners.partner_with(desk, bakery).contact == "Rauf, 055 000 00 11"


def test_a_partner_of_the_same_name_is_said_while_typing(window: Window, bakery: UUID) -> None:
    page = work_page(window, doing="new_partner")
    form = page.form
    assert isinstance(form, PartnerPage)
    assert not form.alike.isVisible()
    form.form.set("name", "sari sunbul bakery")
    form.form.edited.emit()
    assert form.alike.isVisible()
    assert "Sarı Sünbül Bakery" in form.alike.title.text()
