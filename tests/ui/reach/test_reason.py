"""A restricted record asks in its own place why it is opened; what it leads to waits until it is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from shelterdesk import people, person_history, restrictions, role_limits, services
from shelterdesk.access import Caseload, Role
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from tests.ui.record_acts import record, words_on
from tests.ui.shots import settle
from ui.pages.residents import ResidentsPage
from ui.pages.services.page import ServicesPage
from ui.place import Place
from ui.widgets.chip import Chip
from ui.window import Window


@pytest.fixture
def asked(window: Window, restricted: Person) -> Any:
    """The card that asks, on screen."""
    window.go(Place("residents", "here_now", restricted.id, "notes"))
    settle()
    return record(window).reason


def test_the_record_asks_in_its_own_place(window: Window, asked: Any, restricted: Person) -> None:
    view = record(window)
    assert asked.isVisible()
    assert not view.header.isVisible()
    assert view.person is None
    assert view.section() is None
    assert not any(dialog.isVisible() for dialog in window.findChildren(QDialog))
    assert asked.line.hasFocus()
    said = words_on(asked)
    assert "This record asks why it is opened" in said
    assert "Aysel M." in said
    assert [chip.chip().words for chip in asked.findChildren(Chip)] == [restricted.code]
    page = window.page()
    assert isinstance(page, ResidentsPage)
    assert page.pane.chosen_id == restricted.id
    assert "edit" not in page.commands()
    assert "archive" not in page.commands()


def test_words_of_ones_own_open_it_where_one_wanted_to_go(
    qtbot: QtBot, window: Window, asked: Any, desk: Desk, restricted: Person
) -> None:
    qtbot.keyClicks(asked.line, "She asked me to look up her appointment")
    qtbot.keyClick(asked.line, Qt.Key.Key_Return)
    settle()
    assert not asked.isVisible()
    assert record(window).kind().id == "notes"
    assert "Asks why" in [chip.chip().words for chip in record(window).header.findChildren(Chip)]
    assert record(window).sections.hasFocus()
    assert reasons(desk) == ["She asked me to look up her appointment"]


def reasons(desk: Desk) -> list[str | None]:
    with desk.read() as db:
        rows = [row for row in log_reading.logged(db) if row.act == Act.OPEN_RECORD.code]
    return [change.after for row in rows for change in row.changes]


def test_a_suggestion_is_taken_and_opens_with_one_more_key(qtbot: QtBot, asked: Any, desk: Desk) -> None:
    assert [offer.words() for offer in asked.offers] == [
        "She is my resident now",
        "Emergency on shift",
        "My supervisor asked me to",
        "I correct an entry",
    ]
    asked.offers[1].click()
    assert asked.line.text() == "Emergency on shift"
    assert asked.open_button.hasFocus()
    qtbot.keyClick(asked.open_button, Qt.Key.Key_Space)
    settle()
    assert reasons(desk) == ["Emergency on shift"]


def test_no_reason_opens_nothing(qtbot: QtBot, window: Window, asked: Any, desk: Desk) -> None:
    qtbot.keyClicks(asked.line, "  ")
    asked.open_button.click()
    assert asked.row.problem() == "Write why you open it, or choose one of the reasons"
    assert asked.line.hasFocus()
    assert record(window).person is None
    assert reasons(desk) == []
    qtbot.keyClicks(asked.line, "x")
    assert asked.row.problem() == ""


def test_it_is_asked_once_in_a_sitting(window: Window, asked: Any, restricted: Person) -> None:
    asked.offers[0].click()
    asked.open_button.click()
    settle()
    window.go(Place("today"))
    window.go(Place("residents", "here_now", restricted.id))
    settle()
    assert not asked.isVisible()
    assert record(window).kind().id == "overview"


def test_the_next_record_is_reached_past_one_that_asks(window: Window, desk: Desk, restricted: Person) -> None:
    other = people.add_person(desk, short_name="Zarina")
    window.go(Place("residents", "everybody", restricted.id))
    settle()
    page = window.page()
    assert isinstance(page, ResidentsPage)
    page.step(1 if page.pane.keys[0] == restricted.id else -1)
    settle()
    assert record(window).person.id == other.id
    assert not record(window).reason.isVisible()


def test_visitor_mode_masks_whom_it_asks_about(window: Window, restricted: Person) -> None:
    window.seat.set_visitor(on=True)
    window.go(Place("residents", "here_now", restricted.id))
    settle()
    assert "Aysel" not in words_on(record(window).reason)


def test_a_form_for_her_waits_until_the_record_is_open(window: Window, restricted: Person) -> None:
    window.go(Place("services", doing="new_service", person_id=restricted.id))
    settle()
    assert isinstance(window.page(), ResidentsPage)
    record(window).reason.given.emit("Emergency on shift")
    settle()
    window.go(Place("services", doing="new_service", person_id=restricted.id))
    settle()
    assert isinstance(window.page(), ServicesPage)


def test_a_service_for_her_is_written_without_telling_the_earlier_ones(
    window: Window, desk: Desk, restricted: Person
) -> None:
    services.add_service(
        desk, restricted.id, kind="social_talk", given_on=desk.today(), outcome="took_place", team_note="Xatirə-4711"
    )
    window.go(Place("services", doing="new_service"))
    settle()
    page: Any = window.page()
    page.form.form.person_id = restricted.id
    page.form._show_beside()
    settle()
    assert "Xatirə-4711" not in words_on(page.form)
    assert "for Aysel M." in words_on(page.form)


# --- closed while it is open --------------------------------------------------------------------------------------


def test_a_record_closed_to_oneself_goes_from_the_screen_and_from_the_search(
    qtbot: QtBot, window: Window, go: Callable[..., Any], desk: Desk, aysel: Person, colleague: UUID
) -> None:
    accepted(desk, colleague)
    go("needs")
    restrictions.close_to(desk, aysel.id, desk.me.id, "My niece")
    settle()
    qtbot.waitUntil(lambda: not window.seat.worker.is_busy())
    view = record(window)
    assert view.person is None
    assert "This record is closed to you" in words_on(view)
    assert "Aysel" not in words_on(view)
    page = window.page()
    assert isinstance(page, ResidentsPage)
    assert aysel.id not in page.pane.keys
    assert window.seat.index.find("Aysel") == []
    window.go(Place("residents", "here_now", aysel.id))
    settle()
    assert "This record is closed to you" in words_on(record(window))


def accepted(desk: Desk, member_id: UUID) -> None:
    """Let *member_id* count as somebody who keeps records open: keys come with the set-up code."""
    assert member_id in {holder.id for holder in desk.vault.holders("case")}


def test_whom_one_gives_to_a_colleague_goes_where_a_role_reaches_its_own(
    window: Window, go: Callable[..., Any], desk: Desk, aysel: Person, colleague: UUID
) -> None:
    for role in (Role.DIRECTOR, Role.SOCIAL_WORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.NURSE):
        role_limits.set_caseload(desk, role, Caseload.MINE)
    person_history.assign_worker(desk, aysel.id, desk.me.id)
    go("overview")
    person_history.assign_worker(desk, aysel.id, colleague)
    settle()
    assert record(window).person is None
    assert "This record is closed to you" in words_on(record(window))
    focused = QApplication.focusWidget()
    assert focused is None or window.isAncestorOf(focused)
