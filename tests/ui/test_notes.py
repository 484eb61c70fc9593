"""Notes of a record: folded, opened on purpose, written in place for those who can read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from shelterdesk import drafts, notes, people, stays
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from shelterdesk.vault import Compartment
from tests.ui.shots import settle
from ui.pages.resident.notes import NotesSection
from ui.pages.services.entry import NoteEntry
from ui.pages.services.page import ServicesPage
from ui.place import Place
from ui.window import Window

TODAY = date(2026, 11, 17)
KEY = Qt.Key


@pytest.fixture
def aysel(desk: Desk) -> Person:
    person = people.add_person(desk, short_name="Aysel M.")
    stays.add_stay(desk, person.id, arrived_on=date(2026, 10, 1))
    return person


@pytest.fixture
def section(qtbot: QtBot, window: Window, aysel: Person) -> Callable[..., NotesSection]:
    with qtbot.waitActive(window):
        window.activateWindow()

    def go(doing: str = "", about: UUID | None = None) -> NotesSection:
        window.go(Place("residents", "here_now", aysel.id, "notes", doing, about))
        settle()
        page: Any = window.page()
        found = page.record.section()
        assert isinstance(found, NotesSection)
        return found

    return go


def lose_key(desk: Desk, compartment: Compartment) -> None:
    ring = desk.vault.ring
    ring._boxes.pop(compartment)
    ring._keys.pop(compartment)


def everything_in(widget: Any) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel)]
    boxes = [box.toPlainText() for box in widget.findChildren(QPlainTextEdit)]
    return "\n".join(labels + boxes)


def focused() -> Any:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_a_note_says_what_it_says_only_after_it_was_opened(
    qtbot: QtBot, desk: Desk, section: Callable[..., NotesSection], aysel: Person, window: Window
) -> None:
    notes.add_note(desk, aysel.id, kind="psychological", written_on=TODAY, clinical_text="She spoke of the journey.")
    shown = section()
    rows = shown.rows.above
    rows.setFocus()
    row = rows.current_row()
    assert row is not None
    assert (row.title, row.detail) == ("Psychological note", "Readable by psychologists only")
    assert "journey" not in everything_in(shown)
    qtbot.keyClick(rows, KEY.Key_Return)
    settle()
    assert "She spoke of the journey." in everything_in(shown)
    window.run("cancel")
    settle()
    assert "journey" not in everything_in(shown)


def test_without_the_key_a_note_is_sealed_and_cannot_be_edited(
    desk: Desk, section: Callable[..., NotesSection], aysel: Person
) -> None:
    one = notes.add_note(desk, aysel.id, kind="psychological", written_on=TODAY, clinical_text="The journey.")
    lose_key(desk, Compartment.CLINICAL)
    shown = section("", one.id)
    row = shown.rows.above.rows()[1]
    assert (row.icon, row.detail) == ("lock", "sealed")
    assert "Sealed. You do not hold the key of these words." in everything_in(shown)
    assert "journey" not in everything_in(shown)
    shown.edit(one.id)
    assert shown.editor is None
    shown.add()
    assert shown.editor is not None
    form: Any = shown.editor.form
    offered = form.editor("kind").choice
    assert "Psychological note" not in [offered.itemText(number) for number in range(offered.count())]
    assert not form.has("clinical_text")
    shown.editor.cancel()


def test_a_note_is_written_in_place_changed_and_undone(
    qtbot: QtBot, desk: Desk, section: Callable[..., NotesSection], aysel: Person, window: Window
) -> None:
    shown = section()
    shown.new_button.setFocus()
    qtbot.keyClick(shown.new_button, KEY.Key_Space)
    settle()
    assert shown.editor is not None
    form: Any = shown.editor.form
    form.set("kind", "house")
    form.editor("kind").choice.chosen.emit("house")
    window.run("save")
    assert form.row("house_text").problem() == "Enter the text of the note"
    form.row("house_text").editor.setFocus()
    qtbot.keyClicks(focused(), "Slept late.")
    assert "Readable by everybody on shift" in form.row("house_text").editor.accessibleDescription()
    window.run("save")
    settle()
    written = notes.notes_of(desk, aysel.id)
    assert [(one.kind, one.house_text) for one in written] == [("house", "Slept late.")]
    assert window.page().banner.accessibleName() == "Note saved"  # type: ignore[union-attr]
    shown.edit(written[0].id)
    settle()
    form = shown.editor.form
    form.set("kind", "social")
    form.editor("kind").choice.chosen.emit("social")
    window.run("save")
    settle()
    changed = notes.notes_of(desk, aysel.id)[0]
    assert (changed.kind, changed.house_text, changed.case_text) == ("social", None, "Slept late.")
    shown.rows.setFocus()
    window.run("undo")
    settle()
    again = notes.notes_of(desk, aysel.id)[0]
    assert (again.kind, again.house_text, again.case_text) == ("house", "Slept late.", None)


def test_a_note_taken_out_comes_back_with_undo(
    desk: Desk, section: Callable[..., NotesSection], aysel: Person, window: Window
) -> None:
    one = notes.add_note(desk, aysel.id, kind="house", written_on=TODAY, house_text="Slept late.")
    shown = section()
    shown.rows.focus_row(one.id)
    window.run("archive")
    settle()
    assert notes.notes_of(desk, aysel.id) == []
    assert shown.empty_card.isVisible()
    shown.setFocus()
    window.run("undo")
    settle()
    assert len(notes.notes_of(desk, aysel.id)) == 1


def test_a_draft_of_a_note_is_sealed_and_continued_on_its_page(
    qtbot: QtBot, desk: Desk, section: Callable[..., NotesSection], aysel: Person, window: Window
) -> None:
    shown = section("new_note")
    form: Any = shown.editor.form  # type: ignore[union-attr]
    form.set("kind", "legal")
    form.editor("kind").choice.chosen.emit("legal")
    form.row("legal_text").editor.setFocus()
    qtbot.keyClicks(focused(), "Ask about the letter.")
    window.go(Place("today"))
    settle()
    kept = drafts.my_drafts(desk)
    assert [one.values["legal_text"] for one in kept] == ["Ask about the letter."]
    window.go(Place("services", person_id=aysel.id, doing="new_note", about=kept[0].target_id))
    settle()
    page: Any = window.page()
    assert isinstance(page, ServicesPage)
    assert isinstance(page.form, NoteEntry)
    assert page.form.form.values()["legal_text"] == "Ask about the letter."
    assert page.form.save()
    settle()
    assert notes.notes_of(desk, aysel.id)[0].legal_text == "Ask about the letter."
    assert drafts.my_drafts(desk) == []
