"""Needs & safety and Dates & deadlines with the keyboard: changing, correcting, taking off, seeing to, extending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import alerts, contacts, deadlines, drafts, not_recorded, people, person_history, person_reading, risk
from shelterdesk import safety_plan as plans
from shelterdesk.access import Role
from shelterdesk.contacts import Contact
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, RiskSince
from tests.core.seats import seat as at_desk
from tests.desks import TODAY
from tests.ui.record_acts import fill
from tests.ui.shots import settle
from ui.pages.heed_card import HeedCard
from ui.place import Place
from ui.seat import Seat
from ui.window import Window

DAY = timedelta(days=1)
Go = Callable[..., Any]


def titles(rows: Any) -> list[str]:
    return [row.title for row in rows.rows()]


# --- needs --------------------------------------------------------------------------------------------------------


def test_what_every_shift_must_know_is_put_down_ended_and_put_back(
    qtbot: QtBot, window: Window, go: Go, desk: Desk, aysel: Person
) -> None:
    section = go("needs", "new_alert")
    fill(section.editor.form, kind="allergy", words="penicillin")
    window.run("save")
    settle()
    assert titles(section.alerts.rows) == ["Allergy: penicillin (since 17 Nov 2026)"]
    rows = section.alerts.rows
    rows.setFocus()
    rows.go_to(rows.rows()[0].key)
    qtbot.keyClick(rows, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert alerts.alerts_of(desk, aysel.id)[0].until == TODAY
    window.run("undo")
    settle()
    assert alerts.alerts_of(desk, aysel.id)[0].until is None
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    settle()
    fill(section.editor.form, words="peanuts", until=TODAY + DAY)
    window.run("save")
    settle()
    assert titles(rows) == ["Allergy: peanuts (until 18 Nov 2026)"]


def test_a_line_that_stands_says_whether_it_changed_or_was_wrong(
    window: Window, go: Go, desk: Desk, aysel: Person
) -> None:
    section = go("needs", "new_risk")
    fill(section.editor.form, level="high", since=TODAY - 9 * DAY, why="He waits at the school")
    window.run("save")
    settle()
    [first] = person_history.history_of(desk, RiskSince, aysel.id)
    assert first.review_on == TODAY - 2 * DAY

    section.risk.opened.emit(first.id)
    assert not section.editor.is_change(), "what was pressed stands before one"
    fill(section.editor.form, level="medium")
    window.run("save")
    settle()
    assert [one.level for one in person_history.history_of(desk, RiskSince, aysel.id)] == ["medium"]

    section.risk.opened.emit(first.id)
    section.editor.which.buttons()[1].click()
    assert section.editor.is_change()
    assert section.editor.form.editor("since").value() == TODAY
    assert section.editor.form.editor("why").value() is None
    fill(section.editor.form, level="low")
    window.run("save")
    settle()
    assert [(one.level, one.since) for one in person_history.history_of(desk, RiskSince, aysel.id)] == [
        ("low", TODAY),
        ("medium", TODAY - 9 * DAY),
    ]


def test_what_was_typed_stays_when_it_turns_out_to_be_a_change(go: Go, desk: Desk, aysel: Person) -> None:
    row = person_history.record_phase(desk, aysel.id, since=TODAY - 9 * DAY, phase="crisis")
    section = go("needs")
    section.phase.opened.emit(row.id)
    fill(section.editor.form, phase="transition")
    section.editor.which.buttons()[1].click()
    assert section.editor.form.editor("phase").value() == "transition"
    assert section.editor.form.target_id != row.id
    section.editor.save()
    settle()
    found = person_history.history_of(desk, PhaseSince, aysel.id)
    assert [(one.phase, one.since) for one in found] == [("transition", TODAY), ("crisis", TODAY - 9 * DAY)]


def test_a_draft_of_a_correction_goes_on_as_a_correction(window: Window, go: Go, desk: Desk, aysel: Person) -> None:
    row = risk.record_risk(desk, aysel.id, level="high")
    section = go("needs")
    section.risk.opened.emit(row.id)
    fill(section.editor.form, why="Her uncle called")
    section.keep_drafts()
    section.close_editor()
    [draft] = drafts.my_drafts(desk)
    section = go("needs", "continue", draft.id)
    assert section.editor.form.editor("why").value() == "Her uncle called"
    window.run("save")
    settle()
    [kept] = person_history.history_of(desk, RiskSince, aysel.id)
    assert (kept.why, kept.level) == ("Her uncle called", "high")


def test_an_entry_of_somebody_else_is_taken_off_and_put_back(window: Window, go: Go, desk: Desk, aysel: Person) -> None:
    row = risk.record_risk(desk, aysel.id, level="high")
    section = go("needs")
    section.risk.opened.emit(row.id)
    link = next(one for one in section.editor.children() if one.objectName() == "take-off")
    link.click()
    settle()
    assert risk.risk_of(desk, aysel.id) is None
    window.run("undo")
    settle()
    assert risk.risk_of(desk, aysel.id) is not None


def test_a_safety_plan_is_folded_made_looked_at_and_folded_for_the_next(
    window: Window, go: Go, desk: Desk, aysel: Person
) -> None:
    section = go("needs", "new_safety_plan")
    fill(section.editor.form, concern="He waits at the school", with_her=True)
    window.run("save")
    settle()
    [made] = plans.safety_plans_of(desk, aysel.id)
    assert (made.state, made.with_her, made.review_on) == ("made", True, TODAY + 30 * DAY)
    plans.change_safety_plan(desk, made, made_on=TODAY - 10 * DAY, review_on=TODAY)
    section = go("needs")
    section.plan.looked.click()
    settle()
    [seen] = plans.safety_plans_of(desk, aysel.id)
    assert (seen.reviewed_on, seen.review_on) == (TODAY, TODAY + 10 * DAY)
    other = people.add_person(desk, short_name="Nur")
    section.plan.open_up()
    window.go(Place("residents", "everybody", other.id, "needs"))
    settle()
    window.go(Place("residents", "everybody", aysel.id, "needs"))
    settle()
    assert not section.plan.fold.isChecked()


# --- dates --------------------------------------------------------------------------------------------------------


def test_the_end_is_proposed_until_somebody_types_one(go: Go, desk: Desk, aysel: Person) -> None:
    section = go("dates", "new_protection_order")
    form = section.editor.form
    assert form.row("until").label.text() == "Holds until"
    fill(form, since=TODAY)
    form._propose()
    assert form.editor("until").value() == TODAY + 29 * DAY
    form.set("until", TODAY + 5 * DAY)
    fill(form, since=TODAY - DAY)
    form._propose()
    assert form.editor("until").value() == TODAY + 5 * DAY


def test_a_date_is_recorded_opened_seen_to_and_extended(window: Window, go: Go, desk: Desk, aysel: Person) -> None:
    section = go("dates", "new_protection_order")
    fill(section.editor.form, state="stands", since=TODAY, until=TODAY + 5 * DAY, organisation="District court")
    window.run("save")
    settle()
    [order] = deadlines.deadlines_of(desk, aysel.id)
    assert (order.kind, order.until) == ("protection_order", TODAY + 5 * DAY)
    section.toggle(order.id)
    panel = section.table.editor()
    assert panel.findChild(object, "seen-to") is not None
    panel.seen_wanted.emit()
    settle()
    assert deadlines.deadlines_of(desk, aysel.id)[0].prepared_on == TODAY
    window.run("undo")
    settle()
    [order] = deadlines.deadlines_of(desk, aysel.id)
    assert order.prepared_on is None
    section.extend(order)
    assert section.editor.form.editor("since").value() == TODAY + 6 * DAY
    window.run("save")
    settle()
    again = next(one for one in deadlines.deadlines_of(desk, aysel.id) if one.extends_id == order.id)
    assert again.state == "asked"
    section.take_off(again)
    settle()
    assert len(deadlines.deadlines_of(desk, aysel.id)) == 1


def test_a_court_date_without_a_day_says_so_at_its_row(go: Go, desk: Desk, aysel: Person) -> None:
    section = go("dates", "new_court_date")
    fill(section.editor.form, at=time(10))
    assert not section.editor.save()
    assert section.editor.form.row("until").problem() == "Enter the day of the court date"
    assert deadlines.deadlines_of(desk, aysel.id) == []


# --- overview and Today -------------------------------------------------------------------------------------------


def test_the_overview_tells_risk_and_alerts_and_what_is_missing(go: Go, desk: Desk, aysel: Person) -> None:
    risk.record_risk(desk, aysel.id, level="high", since=TODAY - 9 * DAY)
    alerts.record_alert(desk, aysel.id, kind="allergy", words="penicillin")
    section = go("overview")
    told = titles(section.safety.rows)
    assert told[:3] == ["High risk", "Allergy: penicillin", "No visits"]
    assert section.safety.rows.rows()[0].detail == "look again: 2 days past"
    assert section.missing.words.text().startswith("Not recorded yet: worker")
    not_recorded.leave_out(desk, [not_recorded.WORKER.id])
    section.refresh()
    assert section.missing.words.text().startswith("Not recorded yet: born")
    section.missing.add.click()
    settle()


def test_how_to_reach_her_is_asked_as_a_contact(go: Go, desk: Desk, aysel: Person) -> None:
    def missing() -> set[str]:
        person = person_reading.read_person(desk, aysel.id)
        return {one.id for one in not_recorded.not_recorded(desk, person)}

    asked = {not_recorded.REACHED.id, not_recorded.EMERGENCY.id}
    before = missing()
    assert not_recorded.EMERGENCY.id in before
    section = go("personal", not_recorded.EMERGENCY.doing)
    assert section.editor.form.kind is Contact
    assert section.editor.form.editor("emergency").value() is True
    fill(section.editor.form, kind="relative", name="Sevinc")
    assert section.editor.save()
    settle()
    assert before - missing() == {not_recorded.EMERGENCY.id}
    person = person_reading.read_person(desk, aysel.id)
    people.change_person(desk, person, phone=None)
    assert missing() & asked == {not_recorded.REACHED.id}
    contacts.record_contact(desk, aysel.id, kind="herself", safe="no")
    assert not missing() & asked, "that nobody may call is an answer"


def test_who_visits_reads_no_level_and_no_words(window: Window, go: Go, desk: Desk, aysel: Person) -> None:
    risk.record_risk(desk, aysel.id, level="high")
    alerts.record_alert(desk, aysel.id, kind="must_not_know", words="Elçin")
    window.run("visitor_mode")
    settle()
    section = go("overview")
    shown = " ".join(titles(section.safety.rows))
    assert "High" not in shown
    assert "Elçin" not in shown
    assert "Elçin" not in " ".join(titles(go("needs").alerts.rows))


def test_space_on_today_sees_to_a_date_and_undo_takes_it_back(
    qtbot: QtBot, window: Window, desk: Desk, aysel: Person
) -> None:
    paper = deadlines.record_deadline(desk, aysel.id, kind="residence_permit", until=TODAY + 20 * DAY)
    risk.record_risk(desk, aysel.id, level="high", since=TODAY - 9 * DAY)
    window.go(Place("today"))
    settle()
    rows = window.page().waiting.rows
    assert [(row.title, row.checked) for row in rows.rows()] == [
        ("Look at safety again", None),
        ("A paper ends", False),
    ]
    rows.setFocus()
    rows.go_to(paper.id)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    settle()
    assert titles(window.page().waiting.rows) == ["Look at safety again"]
    window.run("undo")
    settle()
    assert len(window.page().waiting.rows.rows()) == 2
    window.page().waiting.list.open(paper.id)
    settle()
    assert window.page().record.kind().id == "dates"
    assert window.page().record.section().table.editor() is not None


# --- settings -----------------------------------------------------------------------------------------------------


def test_the_settings_hold_as_soon_as_a_number_is_left(qtbot: QtBot, window: Window, desk: Desk, aysel: Person) -> None:
    window.go(Place("settings", section="deadlines"))
    settle()
    section = window.page().sections["deadlines"]
    line = section.remind["court_date"].line
    assert line.text() == "7"
    line.selectAll()
    qtbot.keyClicks(line, "12")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    assert deadlines.lengths_of(desk).remind["court_date"] == 12
    line.selectAll()
    qtbot.keyClicks(line, "soon")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert section.remind["court_date"].row.problem()
    assert deadlines.lengths_of(desk).remind["court_date"] == 12
    section.show_now()
    section.reflection.buttons()[1].click()
    settle()
    assert deadlines.lengths_of(desk).reflection
    section.asked["risk"].click()
    settle()
    assert not_recorded.left_out(desk) == {"risk"}
    person = person_reading.read_person(desk, aysel.id)
    assert "risk" not in {one.id for one in not_recorded.not_recorded(desk, person)}


def test_who_opens_no_records_reads_on_today_what_to_heed(qapp: QApplication, desk: Desk, aysel: Person) -> None:
    alerts.record_alert(desk, aysel.id, kind="must_not_know", words="Elçin")
    seat = Seat(at_desk(desk, Role.NIGHT_WORKER))
    card = HeedCard(seat)
    card.refresh()
    assert titles(card.rows) == ["Aysel M.", "Must not be told, or let in: Elçin"]
    card.deleteLater()
    seat.close()
    seat.deleteLater()
