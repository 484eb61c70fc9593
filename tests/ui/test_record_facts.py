"""Needs, consents and history of a record with real widgets, and what a role may not press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelterdesk import consents, people, person_history, person_reading, referrals, what_happened
from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from tests.desks import Clock
from tests.ui.record_acts import fill, record, words_on
from tests.ui.shots import settle
from ui.place import Place
from ui.window import Window

TODAY = date(2026, 11, 17)


def test_what_happened_is_folded_until_opened_on_purpose(
    qtbot: QtBot, go: Callable[..., Any], window: Window, desk: Desk, aysel: Person
) -> None:
    section = go("happened")
    assert "orced" not in words_on(section)
    section.reason.given.emit("She is my resident now")
    assert "orced labour:" not in words_on(section)
    section.exploited.card.open()
    assert "Forced labour" in words_on(section)
    other = people.add_person(desk, short_name="Botir", exploitation_types=frozenset({"forced_labour"}))
    window.go(Place("residents", person_id=other.id, section="happened"))
    settle()
    assert section.reason.isVisible(), "what happened is closed for the next person"
    assert "Forced labour" not in words_on(section)


def test_status_phase_worker_and_referral_are_added(
    go: Callable[..., Any], window: Window, desk: Desk, aysel: Person
) -> None:
    what_happened.open_it(desk, aysel.id, "I correct an entry")
    section = go("happened", "new_status")
    fill(section.editor.form, status="presumed", decided_by="police")
    if section.editor.form.row("decided_by").problem():
        pytest.fail(section.editor.form.row("decided_by").problem())
    window.run("save")
    settle()
    statuses = person_history.history_of(desk, person_history.StatusSince, aysel.id)
    assert [(one.status, one.since) for one in statuses] == [("presumed", TODAY)]
    section = go("needs", "new_phase")
    fill(section.editor.form, phase="transition")
    window.run("save")
    settle()
    assert record(window).head.phase == "transition"
    section = go("needs", "new_worker")
    fill(section.editor.form, member_id=desk.me.id)
    window.run("save")
    settle()
    assert record(window).head.worker == "Leyla A."
    section = go("consents", "new_referral")
    fill(section.editor.form, source="police", organisation="District office")
    window.run("save")
    settle()
    assert [one.organisation for one in referrals.referrals_of(desk, aysel.id)] == ["District office"]
    section.correct_referral(referrals.referrals_of(desk, aysel.id)[0].id)
    fill(section.editor.form, organisation="City office")
    window.run("save")
    settle()
    assert [one.organisation for one in referrals.referrals_of(desk, aysel.id)] == ["City office"]


def test_a_consent_is_given_and_taken_back(
    qtbot: QtBot, go: Callable[..., Any], window: Window, desk: Desk, aysel: Person, clock: Clock
) -> None:
    section = go("consents", "new_consent")
    fill(section.editor.form, purpose="support", answer="given")
    window.run("save")
    settle()
    assert record(window).head.missing_consents == ()
    assert not section.missing.isVisible()
    given = consents.consents_of(desk, aysel.id)[0]
    clock.now += timedelta(minutes=5)
    section.card.table.setFocus()
    section.card.table.go_to(given.id)
    assert section.withdraw.isVisible()
    qtbot.mouseClick(section.withdraw, Qt.MouseButton.LeftButton)
    settle()
    assert [one.answer for one in consents.consents_of(desk, aysel.id)] == ["withdrawn", "given"]
    assert record(window).head.missing_consents == ("support",)
    qtbot.mouseClick(window.page().banner.acts()[0], Qt.MouseButton.LeftButton)
    settle()
    assert record(window).head.missing_consents == ()


def test_history_tells_who_looked_and_what_changed_in_words(
    go: Callable[..., Any], window: Window, desk: Desk, aysel: Person
) -> None:
    people.change_person(desk, person_reading.read_person(desk, aysel.id), gender="woman", short_name="Aysel")
    section = go("history")
    rows = section.rows.rows()
    assert rows[0].header
    assert (rows[1].title, rows[1].trailing) == ("Opened the record", "Leyla A.")
    assert (rows[2].title, rows[2].detail) == ("Changed the record", "Short name, Gender")
    section.rows.opened.emit(rows[2].key)
    below = {row.title: row.second for row in section.rows.rows() if row.under}
    assert below == {"Short name": "Aysel M. → Aysel", "Gender": "Woman or girl"}
    window.run("visitor_mode")
    settle()
    assert {row.title: row.second for row in section.rows.rows() if row.under}["Short name"] == "•••"


def test_history_belongs_to_supervisors(desk: Desk, aysel: Person, request: pytest.FixtureRequest) -> None:
    desk.rights = rights_of(["social_worker"])
    window: Window = request.getfixturevalue("window")
    window.go(Place("residents", "here_now", aysel.id, "history"))
    settle()
    assert "history" not in [kind.id for kind in record(window).kinds]
    assert record(window).kind().id == "overview"


def test_a_nurse_reads_without_buttons_she_may_not_press(
    desk: Desk, aysel: Person, request: pytest.FixtureRequest
) -> None:
    desk.rights = rights_of(["nurse"])
    window: Window = request.getfixturevalue("window")
    window.go(Place("residents", "here_now", aysel.id))
    settle()
    overview = record(window).section()
    assert not overview.step_card.change.isVisible()
    window.go(Place("residents", "here_now", aysel.id, "stay", "leave"))
    settle()
    stay = record(window).section()
    assert stay.editor is None
    assert not stay.leave_button.isVisible()
    window.go(Place("residents", "here_now", aysel.id, "consents"))
    settle()
    assert not record(window).section().new.isVisible()
