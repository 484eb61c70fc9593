"""The sections of a record with real widgets: editing in place, drafts, problems, undo, masks, what keys open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shelterdesk import appointments, bed_use, drafts, people, person_reading, plans, rooms, stays
from shelterdesk.desk import CannotSave, Desk
from shelterdesk.people import Person
from tests.ui.record_acts import fill, record, words_on
from tests.ui.shots import settle
from ui.place import Place
from ui.record_sections import SECTIONS
from ui.widgets.masked_value import MaskedValue
from ui.window import Window

TODAY = date(2026, 11, 17)


def test_every_section_opens(window: Window, go: Callable[..., Any]) -> None:
    shown = [kind.id for kind in record_kinds(go, window)]
    assert shown == [kind.id for kind in SECTIONS]
    for section in shown:
        go(section)
        assert record(window).kind().id == section
        assert record(window).sections.current() == section


def record_kinds(go: Callable[..., Any], window: Window) -> Any:
    go("overview")
    return record(window).kinds


def test_overview_shows_what_is_and_what_is_not(go: Callable[..., Any], window: Window) -> None:
    section = go("overview")
    shown = words_on(record(window))
    assert "47 days here, since 1 October 2026" in shown
    assert "No consent yet: support" in " ".join(
        chip.accessibleName() for chip in record(window).header.findChildren(object) if hasattr(chip, "chip")
    )
    assert section.step_card.words.text() == "No next step yet"
    assert [row.title for row in section.strengths.rows.rows()] == ["Sews very well", "Close to her sister"]
    assert section.missing.words.text().startswith("Not recorded yet: risk level, worker, born")
    assert "forced" not in shown.casefold()


def test_the_next_step_is_set_changed_done_and_undone(
    qtbot: QtBot, go: Callable[..., Any], window: Window, desk: Desk, aysel: Person
) -> None:
    section = go("overview", "next_step")
    line = section.editor.form.row("words").editor
    assert line.hasFocus()
    window.run("save")
    assert section.editor.form.row("words").problem() == "Enter «Next step»"
    qtbot.keyClicks(line, "Go to the bank")
    fill(section.editor.form, kind="office", on=TODAY + timedelta(days=2))
    window.run("save")
    settle()
    assert section.editor is None
    assert section.isAncestorOf(QApplication.focusWidget())
    assert section.step_card.words.text() == "Go to the bank, Thursday 19 November"
    assert [row.step for row in window.page().pane.people.rows()] == ["Appointment, Thu 19 Nov"]
    qtbot.mouseClick(section.step_card.change, Qt.MouseButton.LeftButton)
    fill(section.editor.form, on=TODAY)
    window.run("save")
    settle()
    assert section.step_card.words.text() == "Go to the bank, Tuesday 17 November"
    qtbot.mouseClick(section.step_card.done, Qt.MouseButton.LeftButton)
    settle()
    assert plans.next_step_of(desk, aysel.id) is None
    assert section.step_card.words.text() == "No next step yet"
    qtbot.mouseClick(window.page().banner.acts()[0], Qt.MouseButton.LeftButton)
    settle()
    assert section.step_card.words.text() == "Go to the bank, Tuesday 17 November"


def test_masked_values_show_only_when_asked_for(go: Callable[..., Any], window: Window) -> None:
    section = go("overview")
    rows = section.safety.rows
    assert "000" not in " ".join(row.words() for row in rows.rows())
    phone = next(row for row in rows.rows() if row.key == "phone")
    assert phone.sensitive
    rows.acted.emit("phone")
    assert "+994 50 000 00 00" in next(row.title for row in rows.rows() if row.key == "phone")
    section.safety.mask()
    assert "000" not in " ".join(row.words() for row in rows.rows())
    window.run("show_masked")
    assert "000" in " ".join(row.title for row in rows.rows())
    window.run("go_today")
    window.run("back")
    assert "000" not in " ".join(row.words() for row in rows.rows())
    window.run("visitor_mode")
    settle()
    window.run("show_masked")
    shown = " ".join(row.words() for row in rows.rows())
    assert "000" not in shown
    assert "No visits" not in shown


def test_personal_details_are_masked_and_edited_in_place(
    qtbot: QtBot, go: Callable[..., Any], window: Window, desk: Desk, aysel: Person
) -> None:
    section = go("personal")
    masked = [one for one in section.findChildren(MaskedValue) if one.isVisible()]
    assert len(masked) == 2
    assert "+994" not in words_on(section)
    window.run("edit")
    settle()
    assert section.form.row("short_name").editor.hasFocus()
    assert section.strip.isVisible()
    assert not section.form.has("exploitation_types")
    fill(section.form, short_name="Aysel", gender="woman", languages=frozenset({"az", "ru"}))
    window.run("save")
    settle()
    assert section.form is None
    assert not section.strip.isVisible()
    assert section.edit_button.hasFocus()
    now = person_reading.read_person(desk, aysel.id)
    assert (now.short_name, now.gender, now.languages) == ("Aysel", "woman", {"az", "ru"})
    assert now.phone == "+994 50 000 00 00"
    assert "Woman or girl" in words_on(section)
    assert record(window).header.findChild(QLabel, "record-name").text() == "Aysel"


def test_a_problem_stands_at_its_field_and_the_text_is_kept(
    qtbot: QtBot, go: Callable[..., Any], window: Window, desk: Desk, aysel: Person
) -> None:
    section = go("personal", "edit")
    born = section.form.row("birth").editor
    born.setFocus()
    qtbot.keyClicks(born, "sometime")
    window.run("save")
    assert "Enter a year" in section.form.row("birth").problem()
    assert born.hasFocus()
    assert section.problems.isVisible()
    born.clear()
    qtbot.keyClicks(born, "1994")
    assert section.form.row("birth").problem() == ""
    window.run("save")
    settle()
    assert str(person_reading.read_person(desk, aysel.id).birth) == "1994"


def test_a_draft_survives_leaving_and_is_continued(
    qtbot: QtBot, go: Callable[..., Any], window: Window, desk: Desk, aysel: Person
) -> None:
    section = go("personal", "edit")
    qtbot.keyClicks(section.form.row("must_know").editor, "Peanuts")
    window.keep_drafts()
    draft = drafts.my_drafts(desk)[0]
    assert (draft.record, draft.person_id, draft.values["must_know"]) == ("person", aysel.id, "Peanuts")
    window.run("go_today")
    key = window.page().desk_card.rows.rows()[0].key
    assert key == Place("residents", person_id=aysel.id, section="personal", doing="continue", about=draft.id)
    window.page().desk_card.rows.acted.emit(key)
    settle()
    assert record(window).section().form.editor("must_know").value() == "Peanuts"
    window.run("save")
    settle()
    assert person_reading.read_person(desk, aysel.id).must_know == "Peanuts"
    assert drafts.my_drafts(desk) == []


def test_a_draft_of_another_session_is_continued(
    go: Callable[..., Any], window: Window, desk: Desk, aysel: Person
) -> None:
    values = {"words": "Go to the bank", "kind": "office"}
    draft_id, target = aysel.id, rooms.beds_of(desk)[1].id
    drafts.keep_draft(desk, draft_id, "next_step", target, values, person_id=aysel.id)
    section = go("overview", "continue", target)
    assert section.editor.form.editor("words").value() == "Go to the bank"
    window.run("save")
    settle()
    step = plans.next_step_of(desk, aysel.id)
    assert step is not None
    assert step.words == "Go to the bank"
    assert drafts.my_drafts(desk) == []


def test_cancelled_typing_can_be_had_back(
    qtbot: QtBot, go: Callable[..., Any], window: Window, desk: Desk, aysel: Person
) -> None:
    section = go("personal", "edit")
    qtbot.keyClicks(section.form.row("must_know").editor, "Peanuts")
    window.run("cancel")
    settle()
    assert section.form is None
    assert person_reading.read_person(desk, aysel.id).must_know is None
    window.page().banner.acts()[0].click()
    settle()
    assert section.form.editor("must_know").value() == "Peanuts"


def test_somebody_else_was_faster_and_nothing_is_lost(
    qtbot: QtBot, go: Callable[..., Any], window: Window, desk: Desk, aysel: Person
) -> None:
    section = go("personal", "edit")
    qtbot.keyClicks(section.form.row("must_know").editor, "Peanuts")
    seen = section.person
    people.change_person(desk, person_reading.read_person(desk, aysel.id), short_name="Aysel")
    section.person = seen
    window.run("save")
    assert "Somebody saved this" in section.problems.accessibleName()
    assert section.form.editor("must_know").value() == "Peanuts"
    assert drafts.my_drafts(desk)[0].values["must_know"] == "Peanuts"


def test_moving_to_another_bed_and_back(go: Callable[..., Any], window: Window, desk: Desk, aysel: Person) -> None:
    section = go("stay", "move")
    window.run("save")
    assert section.editor.form.row("bed_id").problem() == "Choose a bed"
    second = rooms.beds_of(desk)[1]
    fill(section.editor.form, bed_id=second.id)
    window.run("save")
    settle()
    assert bed_use.bed_names(desk, [aysel.id], TODAY) == {aysel.id: "Room 1-2"}
    assert "Room 1-2" in words_on(section)
    window.page().banner.acts()[0].click()
    settle()
    assert bed_use.bed_names(desk, [aysel.id], TODAY) == {aysel.id: "Room 1-1"}


def test_leaving_needs_day_and_reason_and_can_be_undone(
    go: Callable[..., Any], window: Window, desk: Desk, aysel: Person
) -> None:
    section = go("stay", "leave")
    assert section.editor.form.editor("left_on").value() == TODAY
    window.run("save")
    assert section.editor.form.row("leaving_reason").problem() == "Enter «Reason for leaving»"
    fill(section.editor.form, leaving_reason="own_choice", words="With her sister")
    window.run("save")
    settle()
    stay = stays.stays_of(desk, aysel.id)[0]
    assert (stay.left_on, stay.leaving_reason) == (TODAY, "own_choice")
    assert section.arrive_button.isVisible()
    assert not section.leave_button.isVisible()
    window.page().banner.acts()[0].click()
    settle()
    stay = stays.stays_of(desk, aysel.id)[0]
    assert (stay.left_on, stay.leaving_reason, stay.words) == (None, None, None)


def test_a_second_arrival_after_leaving(go: Callable[..., Any], window: Window, desk: Desk, aysel: Person) -> None:
    stays.close_stay(
        desk, stays.stays_of(desk, aysel.id)[0], left_on=TODAY - timedelta(days=10), leaving_reason="own_choice"
    )
    section = go("stay", "new_stay")
    fill(section.editor.form, arrived_on=TODAY - timedelta(days=20))
    window.run("save")
    assert "Another stay of the same person" in section.editor.form.row("arrived_on").problem()
    fill(section.editor.form, arrived_on=TODAY)
    window.run("save")
    settle()
    assert [one.arrived_on for one in stays.stays_of(desk, aysel.id)] == [TODAY, TODAY - timedelta(days=47)]
    assert len(section._stays) == 2


def test_section_keys_and_tab_reach_the_content(qtbot: QtBot, go: Callable[..., Any], window: Window) -> None:
    go("overview")
    record(window).sections.setFocus()
    qtbot.keyClick(record(window).sections, Qt.Key.Key_Down)
    assert record(window).kind().id == "personal"
    qtbot.keyClick(record(window).sections, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert record(window).section().isAncestorOf(focused)


def test_nothing_is_shown_as_a_window_of_its_own(go: Callable[..., Any], window: Window, qapp: QApplication) -> None:
    before = set(qapp.topLevelWidgets())
    shown: list[str] = []
    for kind in ("overview", "personal", "stay", "needs", "consents", "history"):
        go(kind)
        shown += [type(one).__name__ for one in qapp.topLevelWidgets() if one.isVisible() and one not in before]
    assert shown == []


def test_an_appointment_is_added_and_moved_on_the_overview(
    qtbot: QtBot, go: Callable[..., Any], window: Window, desk: Desk, aysel: Person
) -> None:
    section = go("overview")
    qtbot.mouseClick(section.coming.act, Qt.MouseButton.LeftButton)
    fill(section.editor.form, kind="clinic", on=TODAY + timedelta(days=7))
    qtbot.keyClicks(section.editor.form.row("at").editor, "930")
    window.run("save")
    settle()
    found = [one for one in appointments.appointments_of(desk, aysel.id, TODAY) if one.kind == "clinic"]
    assert [(one.on, one.at) for one in found] == [(TODAY + timedelta(days=7), time(9, 30))]
    assert "Clinic visit, 09:30" in [row.title for row in section.coming.rows.rows()]
    section.coming.appointment_wanted.emit(found[0].id)
    fill(section.editor.form, on=TODAY + timedelta(days=9))
    window.run("save")
    settle()
    assert appointments.appointment_with(desk, found[0].id).on == TODAY + timedelta(days=9)


def test_a_draft_that_cannot_be_kept_now_is_kept_later(
    go: Callable[..., Any], window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = go("overview", "next_step")
    form = section.editor.form
    fill(form, words="Go to the bank")

    def refuse(*_values: Any, **_named: Any) -> None:
        raise CannotSave("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(drafts, "keep_draft", refuse)
        form.keep_draft()
    assert window.page().banner.accessibleName() == "The disk is full."
    assert form.values()["words"] == "Go to the bank"
    form.keep_draft()
    assert [draft.values["words"] for draft in drafts.my_drafts(window.seat.desk)] == ["Go to the bank"]
    section.editor.cancel()
