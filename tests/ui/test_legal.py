"""«Legal matters» of a record: the thread, its forms by keyboard, and what is shown to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from shelterdesk import deadlines, drafts, legal_matters, legal_threads, notes, people, stays
from shelterdesk.desk import Desk
from shelterdesk.legal_matters import LegalMatter
from shelterdesk.people import Person
from shelterdesk.vault import Compartment
from tests.ui.shots import settle
from ui.dialogs.print_legal import PrintLegalDialog
from ui.draft_places import place_of, words_for
from ui.pages.resident.legal import LegalSection
from ui.place import Place
from ui.window import Window

TODAY = date(2026, 11, 17)
DAY = timedelta(days=1)
KEY = Qt.Key
Go = Callable[..., LegalSection]


@pytest.fixture
def aysel(desk: Desk) -> Person:
    person = people.add_person(desk, short_name="Aysel M.")
    stays.add_stay(desk, person.id, arrived_on=date(2026, 10, 1))
    return person


@pytest.fixture
def matter(desk: Desk, aysel: Person) -> LegalMatter:
    return legal_matters.record_matter(
        desk, aysel.id, kind="labour_claim", subject="Seven months", opened_on=TODAY - 30 * DAY, stage="prepared",
        words="He hides the pay slips.",
    )  # fmt: skip


@pytest.fixture
def go(qtbot: QtBot, window: Window, aysel: Person) -> Go:
    with qtbot.waitActive(window):
        window.activateWindow()

    def go(doing: str = "", about: UUID | None = None) -> LegalSection:
        window.go(Place("residents", "here_now", aysel.id, "legal", doing, about))
        settle()
        page: Any = window.page()
        found = page.record.section()
        assert isinstance(found, LegalSection)
        return found

    return go


def titles(section: LegalSection) -> list[str]:
    rows = section.thread_card.rows
    return [row.title for row in (*rows.above.rows(), *rows.below.rows())]


def everything_in(widget: Any) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    boxes = [box.toPlainText() for box in widget.findChildren(QPlainTextEdit)]
    return "\n".join(labels + boxes)


def lose_key(desk: Desk, compartment: Compartment) -> None:
    ring = desk.vault.ring
    ring._boxes.pop(compartment)
    ring._keys.pop(compartment)


def banner(window: Window) -> str:
    page: Any = window.page()
    return page.banner.accessibleName()


def type_in(qtbot: QtBot, words: str) -> None:
    found = QApplication.focusWidget()
    assert found is not None
    qtbot.keyClicks(found, words)


def test_a_matter_is_put_down_by_keyboard_and_taken_back(
    qtbot: QtBot, desk: Desk, go: Go, aysel: Person, window: Window
) -> None:
    section = go()
    assert section.empty_card.isVisible()
    section.new_button.setFocus()
    qtbot.keyClick(section.new_button, KEY.Key_Space)
    settle()
    window.run("save")
    form: Any = section.editor.form  # type: ignore[union-attr]
    assert form.row("kind").problem() == "Enter «Kind of matter»"
    form.editor("kind").set_value("documents")
    form.editor("kind").choice.chosen.emit("documents")
    offered = form.editor("first_stage").choice
    words = [offered.itemText(number) for number in range(offered.count())]
    assert "Ready to be collected" in words
    assert "Under investigation" not in words, "the stages follow the kind"
    form.set("first_stage", "filed")
    form.row("subject").editor.setFocus()
    type_in(qtbot, "A passport")
    window.run("save")
    settle()
    (made,) = legal_matters.matters_of(desk, aysel.id)
    assert (made.kind, made.subject, made.opened_on, made.member_id) == ("documents", "A passport", TODAY, desk.me.id)
    assert banner(window) == "Matter saved"
    assert titles(section) == ["So far", "Application or claim handed in"]
    assert section.rows.hasFocus()
    window.run("undo")
    settle()
    assert legal_matters.matters_of(desk, aysel.id) == []


def test_the_thread_holds_stages_dates_and_notes_in_the_order_of_days(
    desk: Desk, go: Go, aysel: Person, matter: LegalMatter
) -> None:
    legal_matters.record_stage(desk, matter, stage="filed", since=TODAY - 9 * DAY, words="By post.")
    legal_threads.add_date(desk, matter, until=TODAY + 2 * DAY, at=time(10), organisation="District court")
    legal_threads.add_date(desk, matter, until=TODAY - 5 * DAY, state="over")
    notes.add_note(
        desk, aysel.id, kind="legal", written_on=TODAY - 7 * DAY, legal_text="He is afraid.", matter_id=matter.id
    )
    section = go()
    assert titles(section) == [
        "Ahead", "Court date, 10:00", "So far", "Court date", "Legal note", "Application or claim handed in",
        "Being prepared",
    ]  # fmt: skip
    (row,) = section.rows.rows()
    assert (row.title, row.detail, row.trailing) == ("Claim for wages or work", "Seven months", "in 2 days, 10:00")
    assert row.chip is not None
    assert row.chip.words == "Application or claim handed in"
    assert "He is afraid." not in everything_in(section), "a note opens on purpose"
    section.thread_card.toggle(notes.notes_of(desk, aysel.id)[0].id)
    settle()
    assert "He is afraid." in everything_in(section)


def test_letters_on_the_thread_open_its_forms(
    qtbot: QtBot, desk: Desk, go: Go, aysel: Person, matter: LegalMatter, window: Window
) -> None:
    section = go()
    rows = section.thread_card.rows.above
    rows.setFocus()
    qtbot.keyClick(rows, KEY.Key_S)
    settle()
    form: Any = section.editor.form  # type: ignore[union-attr]
    form.set("stage", "filed")
    window.run("save")
    settle()
    (thread,) = legal_threads.threads_of(desk, aysel.id)
    assert thread.stage is not None
    assert (thread.stage.stage, thread.stage.since) == ("filed", TODAY)
    assert section.thread_card.rows.current_key() == thread.stage.id
    qtbot.keyClick(section.thread_card.rows.above, KEY.Key_N)
    settle()
    form = section.editor.form  # type: ignore[union-attr]
    assert (form.editor("kind").value(), form.editor("matter_id").value()) == ("legal", matter.id)
    form.row("legal_text").editor.setFocus()
    type_in(qtbot, "Spoke of the hearing.")
    window.run("save")
    settle()
    (note,) = notes.notes_of(desk, aysel.id)
    assert (note.kind, note.matter_id, note.legal_text) == ("legal", matter.id, "Spoke of the hearing.")
    qtbot.keyClick(section.thread_card.rows.above, KEY.Key_E)
    settle()
    assert section.editor is not None
    window.run("cancel")


def test_a_hearing_added_here_stands_among_the_dates_and_is_seen_to(
    desk: Desk, go: Go, aysel: Person, matter: LegalMatter, window: Window
) -> None:
    section = go()
    section.add_date()
    settle()
    form: Any = section.editor.form  # type: ignore[union-attr]
    assert form.editor("matter_id").value() == matter.id
    form.set("until", TODAY + 3 * DAY)
    window.run("save")
    settle()
    (made,) = deadlines.deadlines_of(desk, aysel.id)
    assert (made.kind, made.matter_id, made.until) == ("court_date", matter.id, TODAY + 3 * DAY)
    section.thread_card.toggle(made.id)
    panel: Any = section.thread_card.rows.panel()
    panel.seen_wanted.emit()
    settle()
    assert deadlines.deadlines_of(desk, aysel.id)[0].prepared_on == TODAY
    section.thread_card.wanted.emit("archive_date", made.id)
    settle()
    assert deadlines.deadlines_of(desk, aysel.id) == []
    window.run("undo")
    settle()
    assert titles(section)[:2] == ["Ahead", "Court date"]


def test_a_hearing_that_only_a_note_names_is_put_among_the_dates(
    desk: Desk, go: Go, aysel: Person, matter: LegalMatter, window: Window
) -> None:
    note = notes.add_note(
        desk, aysel.id, kind="legal", written_on=TODAY, legal_text="x", legal_next_hearing=TODAY + 9 * DAY,
        matter_id=matter.id,
    )  # fmt: skip
    section = go()
    assert [row.action for row in section.hearing_rows.rows()] == ["Add it"]
    section.hearing_rows.acted.emit(note.id)
    settle()
    window.run("save")
    settle()
    assert [one.until for one in deadlines.deadlines_of(desk, aysel.id)] == [TODAY + 9 * DAY]
    assert not section.hearing_card.isVisible()


def test_a_matter_ends_and_goes_on(desk: Desk, go: Go, aysel: Person, matter: LegalMatter, window: Window) -> None:
    section = go()
    section.end()
    settle()
    window.run("save")
    form: Any = section.editor.form  # type: ignore[union-attr]
    assert form.row("result").problem() == "Choose how the matter ended"
    form.set("result", "settled")
    form.set("awarded", 150_000)
    window.run("save")
    settle()
    (ended,) = legal_matters.matters_of(desk, aysel.id)
    assert (ended.ended_on, ended.result, ended.awarded) == (TODAY, "settled", 150_000)
    assert "1,500\N{NO-BREAK SPACE}AZN" in everything_in(section.thread_card)
    assert not section.thread_card.buttons["new_stage"].isVisible()
    section.thread_card.buttons["reopen"].click()
    settle()
    assert legal_matters.matters_of(desk, aysel.id)[0].is_open
    window.run("undo")
    settle()
    assert legal_matters.matters_of(desk, aysel.id)[0].result == "settled"


def test_a_stage_is_corrected_in_its_place_and_taken_off(
    desk: Desk, go: Go, aysel: Person, matter: LegalMatter, window: Window
) -> None:
    section = go()
    stage = section.threads[0].stages[0]
    section.thread_card.toggle(stage.id)
    section.thread_card.wanted.emit("edit_stage", stage.id)
    settle()
    form: Any = section.editor.form  # type: ignore[union-attr]
    form.set("stage", "talks")
    window.run("save")
    settle()
    assert titles(section) == ["So far", "Talks or mediation"]
    section.thread_card.rows.setFocus()
    window.run("undo")
    settle()
    assert titles(section) == ["So far", "Being prepared"]
    section.thread_card.wanted.emit("archive_stage", stage.id)
    settle()
    assert titles(section) == []


def test_without_the_key_only_coded_facts_are_shown(desk: Desk, go: Go, aysel: Person, matter: LegalMatter) -> None:
    # Written in its parts alone.
    notes.add_note(desk, aysel.id, kind="legal", written_on=TODAY, legal_next_hearing=TODAY + DAY, matter_id=matter.id)
    lose_key(desk, Compartment.LEGAL)
    section = go()
    shown = everything_in(section)
    assert "sealed" in shown
    for words in ("Seven months", "pay slips"):
        assert words not in shown
    assert [row.detail for row in section.rows.rows()] == [""]
    assert [row.detail for row in section.thread_card.rows.rows() if row.title == "Legal note"] == ["sealed"]
    assert not section.hearing_card.isVisible()
    assert not section.new_button.isVisible()
    buttons = section.thread_card.buttons
    assert {name for name, button in buttons.items() if button.isVisible()} == {"new_date"}


def test_visitors_read_neither_subject_nor_names(desk: Desk, go: Go, matter: LegalMatter, window: Window) -> None:
    legal_threads.add_date(desk, matter, until=TODAY + DAY, organisation="District court")
    section = go()
    window.seat.set_visitor(on=True)
    settle()
    section = go()
    shown = everything_in(section) + "".join(row.words() for row in section.thread_card.rows.rows())
    for words in ("Seven months", "pay slips", "District court"):
        assert words not in shown
    window.seat.set_visitor(on=False)


def test_a_draft_of_a_stage_goes_on_in_its_thread(
    desk: Desk, go: Go, aysel: Person, matter: LegalMatter, window: Window
) -> None:
    other = legal_matters.record_matter(desk, aysel.id, kind="other")
    section = go("", matter.id)
    section.next_stage()
    settle()
    form: Any = section.editor.form  # type: ignore[union-attr]
    form.set("stage", "filed")
    form.row("words").editor.setPlainText("By post.")
    window.go(Place("today"))
    settle()
    (draft,) = drafts.my_drafts(desk)
    assert words_for(draft) == "A matter", "Today lies open"
    section = go("", other.id)
    place = place_of(draft)
    assert place is not None
    window.go(place)
    settle()
    page: Any = window.page()
    section = page.record.section()
    assert section.thread().matter.id == matter.id
    assert section.editor.form.values()["words"] == "By post."
    window.run("save")
    settle()
    assert [one.stage for one in legal_matters.stages_of(desk, aysel.id)[matter.id]] == ["filed", "prepared"]


def test_a_draft_of_a_stage_never_goes_into_another_matter(
    desk: Desk, go: Go, aysel: Person, matter: LegalMatter, window: Window
) -> None:
    legal_matters.record_matter(desk, aysel.id, kind="other")
    section = go("", matter.id)
    section.next_stage()
    settle()
    form: Any = section.editor.form  # type: ignore[union-attr]
    form.set("stage", "filed")
    form.row("words").editor.setPlainText("By post.")
    section.keep_drafts()
    section.close_editor()
    legal_matters.archive_matter(desk, matter.id)
    (draft,) = drafts.my_drafts(desk)
    place = place_of(draft)
    assert place is not None
    window.go(place)
    settle()
    page: Any = window.page()
    assert page.record.section().editor is None
    assert [one.id for one in drafts.my_drafts(desk)] == [draft.id], "what was typed is not lost"


def test_the_paper_holds_what_is_ticked(desk: Desk, go: Go, aysel: Person, matter: LegalMatter) -> None:
    legal_matters.record_matter(desk, aysel.id, kind="documents", subject="A passport")
    section = go("", matter.id)
    section.print_threads()
    settle()
    (dialog,) = section.findChildren(PrintLegalDialog)
    assert dialog.chosen() == {matter.id}
    assert "Seven months" in str(dialog.make("en"))
    assert "passport" not in str(dialog.make("en"))
    dialog.matters[matter.id].setChecked(False)
    assert not dialog.is_ready()
    dialog.close()
