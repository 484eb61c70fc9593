"""Writing notes in parts, correcting locked ones, raising flags and printing, in the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelterdesk import alerts, drafts, note_lock, note_versions, notes, people, services, stays
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from tests.desks import TODAY, Clock
from tests.ui.shots import settle
from ui.dialogs.print_notes import PrintNotesDialog
from ui.forms.note_form import EXTRA
from ui.forms.service_form import EXTRA as OF_SERVICES
from ui.forms.service_form import ServiceForm
from ui.pages.resident.notes import NotesSection
from ui.pages.resident.services import ServicesSection
from ui.pages.settings.notes import NotesSection as NoteSettings
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.masked_value import DOTS
from ui.window import Window

KEY = Qt.Key
LATER = timedelta(days=7)


@pytest.fixture
def aysel(desk: Desk) -> Person:
    person = people.add_person(desk, short_name="Aysel M.")
    stays.add_stay(desk, person.id, arrived_on=date(2026, 10, 1))
    return person


@pytest.fixture
def go(qtbot: QtBot, window: Window, aysel: Person) -> Callable[..., Any]:
    with qtbot.waitActive(window):
        window.activateWindow()

    def there(section: str = "notes", **more: Any) -> Any:
        window.go(replace(Place("residents", "here_now", aysel.id, section), **more))
        settle()
        page: Any = window.page()
        return page.record.section()

    return there


def choose(form: Any, kind: str) -> None:
    form.set("kind", kind)
    form.editor("kind").choice.chosen.emit(kind)
    settle()


def words_in(widget: Any) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def a_note(desk: Desk, person: Person, **more: Any) -> notes.Note:
    said = {"kind": "psychological", "written_on": TODAY, "clinical_text": "She slept badly."}
    return notes.add_note(desk, person.id, **said | more)


def test_the_parts_are_typed_one_after_the_other(
    qtbot: QtBot, desk: Desk, go: Callable[..., NotesSection], aysel: Person, window: Window
) -> None:
    shown = go(doing="new_note")
    assert shown.editor is not None
    form: Any = shown.editor.form
    choose(form, "psychological")
    box = form.boxes.box("clinical_text")
    box.first_stop().setFocus()
    for words in ("Tired.", "Breathing.", "", "Tuesday again."):
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClicks(focused, words)
        qtbot.keyClick(focused, KEY.Key_Tab)
    window.run("save")
    settle()
    (one,) = notes.notes_of(desk, aysel.id)
    assert (one.clinical_presenting, one.clinical_intervention, one.clinical_risk, one.clinical_plan) == (
        "Tired.", "Breathing.", None, "Tuesday again.",
    )  # fmt: skip
    assert one.clinical_text is None, "a note may stand in its parts alone"


@pytest.mark.parametrize(
    ("kind", "last"), [("social", "case_text"), ("psychological", "clinical_text"), ("legal", "legal_text")]
)
def test_tab_leads_through_the_parts_into_the_text_and_only_then_to_buttons(
    qtbot: QtBot, go: Callable[..., NotesSection], kind: str, last: str
) -> None:
    form: Any = go(doing="new_note").editor.form  # type: ignore[union-attr]
    choose(form, kind)
    box = form.boxes.box(last)
    box.first_stop().setFocus()
    passed: list[QWidget] = []
    for _stop in range(2 * len(box.parts) + 2):
        focused = QApplication.focusWidget()
        assert focused is not None
        assert not isinstance(focused, LinkButton), "words with a space in them would press it"
        passed.append(focused)
        if focused is box.box.panel.area:
            break
        qtbot.keyClick(focused, KEY.Key_Tab)
    for field, editor in box.editors():
        assert any(editor.widget is one or editor.widget.isAncestorOf(one) for one in passed), field.id
    assert passed[-1] is box.box.panel.area


def test_words_in_parts_follow_the_note_into_another_compartment(
    desk: Desk, go: Callable[..., NotesSection], aysel: Person, window: Window
) -> None:
    shown = go(doing="new_note")
    form: Any = shown.editor.form  # type: ignore[union-attr]
    choose(form, "psychological")
    form.set("clinical_presenting", "Tired.")
    form.set("clinical_text", "Wants mornings.")
    choose(form, "supervision")
    box = form.boxes.box("clinical_text")
    assert not box.is_unfolded()
    assert form.editor("clinical_text").value() == "Presenting: Tired.\nWants mornings."
    choose(form, "legal")
    assert form.editor("clinical_text").value() is None
    assert form.editor("legal_text").value() == "Presenting: Tired.\nWants mornings."
    form.set("legal_next_hearing", date(2026, 12, 3))
    window.run("save")
    settle()
    (one,) = notes.notes_of(desk, aysel.id)
    assert (one.clinical_text, one.clinical_presenting) == (None, None), "nothing stays behind for other readers"
    assert (one.legal_text, one.legal_next_hearing) == ("Presenting: Tired.\nWants mornings.", date(2026, 12, 3))


def test_a_locked_note_asks_why_before_anything_is_saved(
    desk: Desk, go: Callable[..., NotesSection], aysel: Person, window: Window, clock: Clock
) -> None:
    one = a_note(desk, aysel)
    clock.now += LATER
    shown = go(about=one.id)
    assert "Locked since 24 November 2026" in words_in(shown)
    shown.archive(one.id)
    assert len(notes.notes_of(desk, aysel.id)) == 1
    shown.edit(one.id)
    settle()
    form: Any = shown.editor.form  # type: ignore[union-attr]
    assert not form.boxes.box("clinical_text").is_unfolded(), "it is corrected as it was written"
    form.set("clinical_text", "She slept well.")
    window.run("save")
    assert form.row("why").problem() == "This note is locked. Say why it is amended."
    assert notes.notes_of(desk, aysel.id)[0].clinical_text == "She slept badly."
    form.set("why", "She read it with me")
    window.run("save")
    settle()
    (one,) = notes.notes_of(desk, aysel.id)
    assert one.clinical_text == "She slept well."
    shown.rows.setFocus()
    window.run("undo")
    settle()
    (one,) = notes.notes_of(desk, aysel.id)
    assert one.clinical_text == "She slept badly."
    assert len(note_versions.versions_of(desk, one)) == 3, "what was undone stays as a version too"


def test_earlier_versions_stand_below_the_note_with_their_reasons(
    desk: Desk, go: Callable[..., NotesSection], aysel: Person, window: Window
) -> None:
    one = a_note(desk, aysel, clinical_plan="Tuesday again")
    one = notes.change_note(desk, one, clinical_text="She slept well.", why="Two sessions mixed up")
    shown = go(about=one.id)
    row = shown.rows.above.rows()[1]
    assert row.detail == "Readable by psychologists only · corrected"
    panel: Any = shown.rows.panel()
    assert "Two sessions mixed up" in words_in(panel)
    assert "She slept badly." not in words_in(panel)
    panel.findChild(LinkButton, "earlier_versions").click()
    settle()
    said = words_in(panel)
    assert "She slept badly." in said
    assert "Version 1, 17 November 2026, 10:00 by Leyla A." in said
    window.seat.set_visitor(on=True)
    settle()
    said = words_in(shown)
    assert "slept" not in said
    assert "mixed up" not in said
    assert DOTS in said
    window.seat.set_visitor(on=False)


def test_a_flag_is_raised_beside_the_note_and_said_so(
    qtbot: QtBot, desk: Desk, go: Callable[..., NotesSection], aysel: Person, window: Window
) -> None:
    shown = go(doing="new_note")
    form: Any = shown.editor.form  # type: ignore[union-attr]
    choose(form, "house")
    assert not form.flags.link.isVisible(), "every shift reads a house note anyway"
    choose(form, "psychological")
    assert not form.row("flags").isVisible()
    form.flags.link.setFocus()
    qtbot.keyClick(form.flags.link, KEY.Key_Space)
    settle()
    assert form.row("flags").isVisible()
    assert not form.row("flag_words").isVisible()
    form.editor("flags").field._add("may_harm_herself")
    settle()
    assert form.row("flag_words").isVisible()
    form.set("flag_words", "Look in at night")
    form.set("clinical_text", "She spoke of it.")
    window.run("save")
    settle()
    assert window.page().banner.accessibleName() == "Note saved. Every shift reads the flag now."  # type: ignore[union-attr]
    (alert,) = alerts.alerts_of(desk, aysel.id)
    assert (alert.kind, alert.words) == ("may_harm_herself", "Look in at night")
    window.run("undo")
    settle()
    assert (notes.notes_of(desk, aysel.id), alerts.alerts_of(desk, aysel.id)) == ([], [])


def test_supervision_speaks_of_a_session_and_names_it(
    desk: Desk, go: Callable[..., Any], aysel: Person, window: Window
) -> None:
    given = {"kind": "psychological_session", "given_on": TODAY, "outcome": "took_place", "clinical_note": "Sleep."}
    session = services.add_service(desk, aysel.id, **given)
    shown: ServicesSection = go("services", about=session.id)
    shown.supervise(session.id)
    settle()
    page: Any = window.page()
    section: NotesSection = page.record.section()
    form: Any = section.editor.form  # type: ignore[union-attr]
    assert form.editor("kind").value() == "supervision"
    form.set("clinical_text", "Go slower.")
    window.run("save")
    settle()
    (one,) = notes.supervisions_of(desk, aysel.id, session.id)
    section.toggle(one.id)
    settle()
    assert "Psychological session, 17 November 2026" in words_in(section.rows.panel())


def test_a_draft_from_supervision_remembers_what_it_speaks_of(
    desk: Desk, go: Callable[..., Any], aysel: Person, window: Window
) -> None:
    spoken_of = a_note(desk, aysel)
    section: NotesSection = go()
    section.supervise(spoken_of.id)
    settle()
    form: Any = section.editor.form  # type: ignore[union-attr]
    form.set("clinical_text", "Go slower.")
    window.go(Place("today"))
    settle()
    (draft,) = drafts.my_drafts(desk, extra_fields=EXTRA)
    assert draft.values["about_id"] == spoken_of.id
    window.go(Place("services", doing="new_note", about=draft.id))
    settle()
    window.run("save")
    settle()
    (one,) = notes.supervisions_of(desk, aysel.id, spoken_of.id)
    assert one.clinical_text == "Go slower."


def test_a_service_with_locked_notes_asks_in_its_form_why_it_is_taken_out(
    desk: Desk, go: Callable[..., Any], aysel: Person, window: Window, clock: Clock
) -> None:
    given = {"kind": "psychological_session", "given_on": TODAY, "outcome": "took_place", "clinical_note": "Sleep."}
    session = services.add_service(desk, aysel.id, **given)
    clock.now += LATER
    shown: ServicesSection = go("services")
    shown.archive(session.id)
    settle()
    page: Any = window.page()
    assert page.banner.accessibleName().startswith("Its notes are locked.")
    window.run("archive")
    settle()
    (form,) = [one for one in page.findChildren(ServiceForm) if one.isVisible()]
    assert form.row("why").problem().startswith("The notes of this service are locked.")
    form.set("why", "In the wrong record")
    window.run("archive")
    settle()
    assert services.services_of(desk, aysel.id) == []


def test_a_draft_of_a_correction_keeps_its_reason_and_flag_sealed(
    desk: Desk, go: Callable[..., NotesSection], aysel: Person, window: Window
) -> None:
    one = a_note(desk, aysel)
    shown = go()
    shown.edit(one.id)
    settle()
    form: Any = shown.editor.form  # type: ignore[union-attr]
    form.set("why", "Two sessions mixed up")
    form.editor("flags").field._add("not_alone")
    form.editor("why").line.textEdited.emit("")
    window.go(Place("today"))
    settle()
    (draft,) = drafts.my_drafts(desk, extra_fields=EXTRA)
    assert (draft.values["why"], draft.values["flags"]) == ("Two sessions mixed up", {"not_alone"})
    with desk.read() as db:
        rows = {row.field_id: row for row in db.query(drafts.DraftField)}
    assert (rows["note_version.why"].compartment, rows["note_version.why"].value) == ("clinical", None)
    assert (rows["note.flags"].compartment, rows["note.flags"].value) == ("house", None)


def test_the_service_form_folds_its_parts_and_asks_why_once_locked(
    desk: Desk, seat: Seat, aysel: Person, clock: Clock
) -> None:
    form = ServiceForm(seat, None, aysel.id)
    form.set("kind", "psychological_session")
    form._follow_kind()
    box = form.boxes.box("clinical_note")
    assert box is not None
    assert not box.is_unfolded()
    box.unfold(on=True)
    form.set("clinical_plan", "Tuesday again")
    form.set("flags", frozenset({"not_alone"}))
    session = form.store()
    assert session.clinical_plan == "Tuesday again"
    assert [one.kind for one in alerts.alerts_of(desk, aysel.id)] == ["not_alone"]
    form.deleteLater()
    clock.now += LATER
    again = ServiceForm(seat, session)
    found = again.boxes.box("clinical_note")
    assert found is not None
    assert found.is_unfolded()
    again.set("clinical_plan", "Thursday")
    again.set("why", "A slip of the pen")
    assert again.store().clinical_plan == "Thursday"
    assert {field.id for field in OF_SERVICES} >= {"note.flags", "note_version.why"}
    again.deleteLater()


def test_the_days_until_notes_lock_are_a_setting(desk: Desk, seat: Seat) -> None:
    section = NoteSettings(seat)
    section.show_now()
    assert section.days.text() == "7"
    for typed, kept in (("14", 14), ("a week", 14), ("99999", 14), ("", 0)):
        section.days.setText(typed)
        section.store()
        assert note_lock.lock_days(desk) == kept
        assert bool(section.row.problem()) == (typed not in ("14", ""))
    section.deleteLater()


def test_notes_are_printed_by_kind(desk: Desk, window: Window, aysel: Person, go: Callable[..., NotesSection]) -> None:
    a_note(desk, aysel)
    shown = go()
    assert "print" in shown.commands()
    dialog = PrintNotesDialog(window.seat, aysel.id, window)
    assert not dialog.is_ready()
    dialog.kinds["psychological"].setChecked(True)
    assert dialog.is_ready()
    assert any("She slept badly." in str(block) for block in dialog.document.blocks)
    dialog.since.set_value(TODAY + timedelta(days=1))
    dialog.show_paper()
    assert not any("She slept badly." in str(block) for block in dialog.document.blocks)
    dialog.done(0)
    settle()
