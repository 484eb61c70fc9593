"""Requests by authorities on screen: recorded, answered, approved, printed and taken out, with drafts kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from shelterdesk import authority_requests, drafts, restrictions
from shelterdesk.access import rights_of
from shelterdesk.authority_requests import AuthorityRequest
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from tests.desks import TODAY
from tests.ui.conftest import acts_of
from tests.ui.record_acts import fill, record, words_on
from tests.ui.shots import settle
from ui.draft_places import place_of
from ui.forms.request_form import RequestPanel
from ui.forms.requests_card import RequestsCard
from ui.pages.settings.requests import RequestsSection
from ui.place import Place
from ui.printing.preview import PreviewDialog
from ui.window import Window

Go = Callable[..., Any]


def asked(desk: Desk, **values: Any) -> AuthorityRequest:
    about = {} if "person_id" in values else {"about": "nobody"}
    return authority_requests.record_request(desk, **({"received_on": TODAY, "body": "police"} | about | values))


def section_of(window: Window, doing: str = "") -> RequestsSection:
    window.go(Place("settings", section="requests", doing=doing))
    settle()
    page: Any = window.page()
    found = page.sections["requests"]
    assert isinstance(found, RequestsSection)
    return found


def shown(card: RequestsCard) -> list[tuple[str, ...]]:
    """Return the words of each row, a chip by its words."""
    found = []
    for one in card._asked.values():
        cells = card._row(one).cells
        found.append(tuple(cell.chip.words if cell.chip else cell.words for cell in cells))
    return found


def press(qtbot: QtBot, panel: Any, name: str) -> None:
    button = panel.findChild(QPushButton, name)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    settle()


# --- in the record ------------------------------------------------------------------------------------------------


def test_a_request_is_recorded_in_the_record_with_the_keyboard(
    qtbot: QtBot, go: Go, window: Window, desk: Desk, aysel: Person
) -> None:
    section = go("consents")
    assert section.requests.empty.isVisible()
    section.requests.add_button.setFocus()
    qtbot.keyClick(section.requests.add_button, Qt.Key.Key_Space)
    settle()
    form = section.requests.editor.form
    assert form.isAncestorOf(QApplication.focusWidget())
    assert not form.has("person_id"), "it is about whose record it is"
    fill(form, body="police", asked_by="Captain Rəhimov", asked="Whether she is here.", due_on=TODAY)
    window.run("save")
    settle()
    (made,) = authority_requests.requests_of(desk, aysel.id)
    assert (made.body, made.asked_by, made.about, made.person_id) == ("police", "Captain Rəhimov", "on_file", aysel.id)
    assert shown(section.requests) == [("17 Nov 2026", "Police", "–", "17 Nov 2026", "Waiting")]
    assert section.requests.editor is None
    assert section.requests.table.hasFocus()


def test_the_menu_begins_one_where_somebody_is(go: Go, window: Window, aysel: Person) -> None:
    go("overview")
    window.run("new_request")
    settle()
    assert record(window).kind().id == "consents"
    assert record(window).section().requests.is_editing()
    window.go(Place("today"))
    window.run("new_request")
    settle()
    page: Any = window.page()
    assert page.sections["requests"].card.is_editing()
    assert page.sections["requests"].card.editor.form.has("person_id")


def test_an_answer_is_given_and_approved(qtbot: QtBot, go: Go, window: Window, desk: Desk, aysel: Person) -> None:
    made = asked(desk, person_id=aysel.id, due_on=TODAY, received_on=TODAY - timedelta(days=2))
    card: RequestsCard = go("consents").requests
    card.table.setFocus()
    card.table.go_to(made.id)
    qtbot.keyClick(card.table, Qt.Key.Key_Return)
    settle()
    panel = card.table.editor()
    assert isinstance(panel, RequestPanel)
    assert panel.findChild(QPushButton, "approve_request") is None
    press(qtbot, panel, "edit_request")
    assert card.editor is not None
    assert not card.editor.form.row("without_consent").isVisible()
    fill(card.editor.form, answer="part")
    assert card.editor.form.row("without_consent").isVisible(), "she has not agreed"
    window.run("save")
    settle()
    problem = card.editor.form.row("given").problem()
    assert problem == "Write what was given"
    fill(card.editor.form, given="Her code and two days.")
    window.run("save")
    settle()
    problem = card.editor.form.row("without_consent").problem()
    assert problem.startswith("She has not agreed to this")
    fill(card.editor.form, without_consent="Order 12/2026")
    window.run("save")
    settle()
    assert shown(card)[0][-1] == "to be approved"
    card.toggle(made.id)
    settle()
    press(qtbot, card.table.editor(), "approve_request")
    assert shown(card)[0][-1] == "Given in part"
    (kept,) = authority_requests.requests_of(desk, aysel.id)
    assert (kept.given, kept.approved_by) == ("Her code and two days.", desk.me.id)
    assert {"record_request", "answer_request", "approve_answer"} <= set(acts_of(desk, aysel.id))


def test_one_taken_out_comes_back(qtbot: QtBot, go: Go, window: Window, desk: Desk, aysel: Person) -> None:
    made = asked(desk, person_id=aysel.id)
    card: RequestsCard = go("consents").requests
    card.toggle(made.id)
    settle()
    window.run("archive")
    settle()
    assert authority_requests.requests_of(desk, aysel.id) == []
    assert card.empty.isVisible()
    qtbot.mouseClick(window.page().banner.acts()[0], Qt.MouseButton.LeftButton)
    settle()
    assert len(shown(card)) == 1


def test_visitor_mode_masks_names_and_words(go: Go, window: Window, desk: Desk, aysel: Person) -> None:
    made = asked(desk, person_id=aysel.id, body_name="District office", asked_by="Captain Rəhimov", asked="Her record.")
    section = go("consents")
    window.run("visitor_mode")
    settle()
    card = section.requests
    assert card._row(card._asked[made.id]).cells[1].detail == "•••"
    card.toggle(made.id)
    settle()
    said = words_on(card.table.editor())
    for secret in ("District", "Rəhimov", "Her record"):
        assert secret not in said
    assert "Police" in said
    window.run("visitor_mode")
    settle()


def test_only_one_form_is_open(go: Go, window: Window, desk: Desk, aysel: Person) -> None:
    section = go("consents", "new_consent")
    fill(section.editor.form, purpose="health")
    section.requests.begin()
    settle()
    assert section.editor is None
    assert [draft.record for draft in drafts.my_drafts(desk)] == ["consent"]
    fill(section.requests.editor.form, body="court")
    section.record()
    settle()
    assert section.requests.editor is None
    assert {draft.record for draft in drafts.my_drafts(desk)} == {"consent", "authority_request"}


@pytest.mark.parametrize("role", ["nurse", "vocational_officer"])
def test_who_does_no_social_work_sees_none(
    desk: Desk, aysel: Person, role: str, request: pytest.FixtureRequest
) -> None:
    asked(desk, person_id=aysel.id)
    desk.rights = rights_of([role])
    window: Window = request.getfixturevalue("window")
    window.go(Place("residents", "here_now", aysel.id, "consents"))
    settle()
    assert not record(window).section().requests.isVisible()
    window.go(Place("settings", section="requests"))
    settle()
    page: Any = window.page()
    assert "requests" not in page.sections


# --- in the list of all -------------------------------------------------------------------------------------------


def test_one_about_nobody_on_file_is_recorded_in_the_list(window: Window, desk: Desk, aysel: Person) -> None:
    section = section_of(window, "new_request")
    editor = section.card.editor
    assert editor is not None
    fill(editor.form, body="advocate", about="nobody", answer="declined", given="We say of nobody who is here.")
    window.run("save")
    settle()
    (only,) = authority_requests.all_requests(desk)
    assert (only.request.person_id, only.request.answer, only.request.answered_on) == (None, "declined", TODAY)
    assert shown(section.card) == [("17 Nov 2026", "Lawyer of somebody else", "Nobody on file", "–", "Declined")]


def test_one_about_somebody_is_found_in_her_record_too(qtbot: QtBot, window: Window, desk: Desk, aysel: Person) -> None:
    qtbot.waitUntil(lambda: bool(window.seat.index.entries))
    section = section_of(window, "new_request")
    editor = section.card.editor
    assert editor is not None
    fill(editor.form, body="court", about="on_file")
    window.run("save")
    settle()
    assert editor.form.row("person_id").problem() == "Choose the person, or choose «Nobody on file» above"
    fill(editor.form, person_id=aysel.id)
    window.run("save")
    settle()
    assert [one.body for one in authority_requests.requests_of(desk, aysel.id)] == ["court"]
    assert shown(section.card)[0][2] == "Aysel M."


def test_it_opens_with_what_is_not_finished(window: Window, desk: Desk, aysel: Person) -> None:
    late = asked(desk, received_on=TODAY - timedelta(days=9), due_on=TODAY - timedelta(days=2))
    asked(desk, answer="declined")
    given = asked(desk, answer="given", given="One page.")
    section = section_of(window)
    assert section.which.value() == "open"
    assert set(section.card._asked) == {late.id, given.id}
    assert section.count.text() == "2 are not finished"
    assert {row[-1] for row in shown(section.card)} == {"past its day", "to be approved"}
    section.which.set_value("all")
    section.which.chosen.emit("all")
    assert len(section.card._asked) == 3


def test_one_of_a_record_that_asks_why_leads_to_the_question(window: Window, desk: Desk, aysel: Person) -> None:
    made = asked(desk, person_id=aysel.id, body_name="District office", asked="Her record.")
    restrictions.restrict(desk, aysel.id, "known in town")
    with desk.read(everybody=True) as db:
        desk.opened_with_reason.clear()
        restrictions.load(desk, db)
    section = section_of(window)
    assert section.card._row(section.card._asked[made.id]).cells[1].detail == ""
    section.card.toggle(made.id)
    settle()
    assert section.card.table.editor() is None
    assert (window.trail.here.page, window.trail.here.person_id) == ("residents", aysel.id)
    assert record(window).section() is None, "it asks why first"


def test_today_says_that_something_waits_and_neither_who_nor_about_whom(
    window: Window, desk: Desk, aysel: Person
) -> None:
    late = asked(desk, person_id=aysel.id, received_on=TODAY - timedelta(days=9), due_on=TODAY - timedelta(days=2))
    asked(desk)
    asked(desk, answer="given", given="One page.")
    window.go(Place("today"))
    window.page().refresh()
    settle()
    today: Any = window.page()
    rows = {row.title: row for row in today.desk_card.rows.rows()}
    waits = rows["2 requests to answer"]
    assert (waits.detail, waits.detail_tint) == ("2 days past", "attention")
    assert "1 answer to approve" in rows
    assert not any(word in f"{waits}" for word in ("olice", "Aysel"))
    today.desk_card.rows.opened.emit(waits.key)
    settle()
    page: Any = window.page()
    panel = page.sections["requests"].card.table.editor()
    assert isinstance(panel, RequestPanel)
    assert panel.request.id == late.id


# --- drafts and paper ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("in_record", [True, False])
def test_a_draft_is_kept_and_continued_where_it_was_begun(
    window: Window, go: Go, desk: Desk, aysel: Person, in_record: bool
) -> None:
    card = go("consents", "new_request").requests if in_record else section_of(window, "new_request").card
    fill(card.editor.form, body="court", asked="Her whole record.")
    window.go(Place("today"))
    settle()
    (draft,) = drafts.my_drafts(desk)
    assert draft.record == "authority_request"
    place = place_of(draft)
    assert place is not None
    assert place.page == ("residents" if in_record else "settings")
    card.close_editor()
    window.go(place)
    settle()
    form = card.editor.form
    assert (form.editor("body").value(), form.editor("asked").value()) == ("court", "Her whole record.")
    if not in_record:
        fill(form, about="nobody")
    window.run("save")
    settle()
    assert [one.request.asked for one in authority_requests.all_requests(desk)] == ["Her whole record."]
    assert drafts.my_drafts(desk) == []


def test_a_draft_of_an_answer_is_continued_on_its_request(go: Go, window: Window, desk: Desk, aysel: Person) -> None:
    made = asked(desk, person_id=aysel.id)
    card: RequestsCard = go("consents").requests
    card.begin(made)
    assert card.editor is not None
    fill(card.editor.form, answer="declined", given="No paper.")
    card.close_editor()
    place = place_of(drafts.my_drafts(desk)[0])
    assert place is not None
    window.go(place)
    settle()
    window.run("save")
    settle()
    (kept,) = authority_requests.requests_of(desk, aysel.id)
    assert (kept.id, kept.answer, kept.given) == (made.id, "declined", "No paper.")


def test_somebody_faster_is_told_and_the_words_are_kept(go: Go, window: Window, desk: Desk, aysel: Person) -> None:
    made = asked(desk, person_id=aysel.id)
    card: RequestsCard = go("consents").requests
    card.begin(made)
    authority_requests.change_request(desk, made, due_on=TODAY)
    assert card.editor is not None
    fill(card.editor.form, answer="declined", given="No paper.")
    window.run("save")
    settle()
    assert "Somebody saved this" in words_on(card.editor)
    assert drafts.my_drafts(desk)[0].values["given"] == "No paper."
    card.close_editor()


def test_it_is_looked_at_before_it_is_printed(qtbot: QtBot, go: Go, window: Window, desk: Desk, aysel: Person) -> None:
    made = asked(desk, person_id=aysel.id, asked="Her record.")
    card: RequestsCard = go("consents").requests
    card.toggle(made.id)
    settle()
    window.run("print")
    settle()
    dialog = window.findChild(PreviewDialog, "print_request")
    assert dialog is not None
    assert dialog.findChild(QPushButton, "save_word") is None
    assert dialog.preview.page_count == 1
    assert "print" not in acts_of(desk, aysel.id), "looking is not leaving"
    dialog.reject()
    settle()
