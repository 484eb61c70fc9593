"""The log on screen: rows, filters, what opens below, the check, and her part on paper; with the keyboard."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from shelterdesk import log_check, people, person_reading, record_log
from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.documents.log_part import Detail
from shelterdesk.documents.plan_papers import note_paper
from shelterdesk.integrity import Report
from shelterdesk.log_families import BY_ID
from shelterdesk.people import Person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import LogRow
from tests.desks import Clock
from tests.ui.conftest import acts_of
from tests.ui.record_acts import record, words_on
from tests.ui.shots import settle
from ui.dialogs.print_log import PrintLogDialog
from ui.pages.settings.log import LogSection
from ui.pages.settings.log.opened import OpenedLine
from ui.place import Place
from ui.window import Window


@pytest.fixture
def done(desk: Desk, aysel: Person) -> Person:
    """Aysel's record was opened, changed and printed; somebody else failed to sign in."""
    person = person_reading.open_person(desk, aysel.id)
    people.change_person(desk, person, gender="woman", short_name="Aysel", must_know="No penicillin\nNo calls")
    note_paper(desk, aysel.id, for_the_file=True, how="print", for_whom="Rahib", why="the plan made together")
    with desk.write(Act.SIGN_IN_FAILED, facts={"log.user_name": "leyla", "log.when": desk.now().isoformat()}):
        pass
    return aysel


@pytest.fixture
def log(qtbot: QtBot, window: Window, done: Person) -> LogSection:
    """The section, on screen with the keyboard in its rows."""
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.waitUntil(lambda: bool(window.seat.index.entries))
    window.go(Place("settings", section="log"))
    settle()
    page: Any = window.page()
    section = page.sections["log"]
    assert isinstance(section, LogSection)
    section.table.setFocus()
    return section


def rows(log: LogSection) -> list[tuple[str, ...]]:
    """Return who, what was done, record and the last cell of each row."""
    found = []
    for line in log.lines:
        cells = log._row(line).cells
        found.append(tuple(cell.words for cell in cells[1:]))
    return found


def choose(log: LogSection, **values: Any) -> None:
    """Choose in the filter as a person would."""
    for name, value in values.items():
        field = getattr(log.filters, name)
        field.set_value(value)
        field.chosen.emit(value)
    settle()


def number_of(log: LogSection, code: str) -> int:
    return next(line.number for line in log.lines if line.code == code)


# --- rows ---------------------------------------------------------------------------------------------------------


def test_rows_say_who_did_what_to_which_record_and_what_left(log: LogSection, done: Person) -> None:
    failed, printed, changed, opened = rows(log)[:4]
    assert failed[:3] == ("–", "A sign-in failed", "")
    assert failed[3].startswith("leyla")
    printed_words = "Plan for the file  ·  on paper  ·  Rahib  ·  the plan made together"
    assert printed == ("Leyla A.", "Printed", done.code, printed_words)
    assert changed == ("Leyla A.", "Changed the record", done.code, "Short name, What every shift must know, Gender")
    assert opened == ("Leyla A.", "Opened the record", done.code, "")


def test_days_head_their_rows(log: LogSection, clock: Clock, done: Person, desk: Desk) -> None:
    clock.now += timedelta(days=1)
    person_reading.open_person(desk, done.id)
    log.show_now()
    shown = log.table.model()
    heads = [shown.index(number, 0).data(Qt.ItemDataRole.AccessibleTextRole) for number in range(shown.rowCount())]
    assert [one for one in heads if "November" in str(one)] == [
        "Wednesday 18 November 2026",
        "Tuesday 17 November 2026",
    ]


def test_enter_opens_what_was_and_became_and_escape_closes_it(qtbot: QtBot, log: LogSection, window: Window) -> None:
    log.table.go_to(number_of(log, "change_person"))
    qtbot.keyClick(log.table, Qt.Key.Key_Return)
    settle()
    panel = log.table.editor()
    assert isinstance(panel, OpenedLine)
    said = words_on(panel).splitlines()
    assert {"Before", "After", "Aysel M.", "Aysel", "Woman or girl"} <= set(said)
    assert "No penicillin" in said
    window.run("cancel")
    settle()
    assert log.table.editor() is None
    qtbot.keyClick(log.table, Qt.Key.Key_Return)
    qtbot.keyClick(log.table, Qt.Key.Key_Return)
    settle()
    assert log.table.editor() is None, "Enter closes it again"


def test_visitor_mode_masks_names_and_values(qtbot: QtBot, log: LogSection, window: Window) -> None:
    window.run("visitor_mode")
    settle()
    assert {row[0] for row in rows(log)} == {"•••", "–"}
    assert rows(log)[1][3] == "Plan for the file  ·  on paper  ·  •••  ·  •••"
    log.unfold(number_of(log, "change_person"))
    settle()
    panel = log.table.editor()
    said = words_on(panel)
    assert "penicillin" not in said
    assert "Aysel" not in said
    assert "Woman or girl" in said, "a coded fact names nobody"
    offered = [log.filters.person.itemText(number) for number in range(log.filters.person.count())]
    assert not any("Aysel" in words for words in offered)
    window.run("visitor_mode")
    settle()


def test_earlier_goes_on_and_the_place_is_kept(
    qtbot: QtBot, log: LogSection, desk: Desk, done: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_log, "PAGE", 5)
    log.show_now()
    settle()
    assert len(log.lines) == 5
    assert log.count.text() == "5 entries, newest first"
    log.table.go_to(log.lines[2].number)
    log.earlier.setFocus()
    qtbot.keyClick(log.earlier, Qt.Key.Key_Space)
    settle()
    assert len(log.lines) == 10
    assert log.table.current_key() == log.lines[2].number
    while log.earlier.isVisible():
        log.show_earlier()
    assert [line.number for line in log.lines] == list(range(log.lines[0].number, 0, -1))


# --- the filter ---------------------------------------------------------------------------------------------------


def test_the_filter_narrows_and_is_taken_back(qtbot: QtBot, log: LogSection, desk: Desk, done: Person) -> None:
    other = people.add_person(desk, short_name="Nur")
    log.show_now()
    assert not log.filters.clear.isVisible()
    choose(log, person=done.id)
    assert {line.person for line in log.lines} == {done.code}
    choose(log, act=frozenset({"open_record"}))
    assert {line.code for line in log.lines} == {"open_record"}
    choose(log, kind="stay")
    assert not log.table.isVisible()
    assert log.empty.text() == "Nothing in the log fits this."
    qtbot.mouseClick(log.filters.clear, Qt.MouseButton.LeftButton)
    settle()
    assert other.code in {line.person for line in log.lines}
    assert log.lines[0].code == "add_person"


def test_days_are_chosen_from_to(log: LogSection, desk: Desk, clock: Clock, done: Person) -> None:
    clock.now += timedelta(days=10)
    person_reading.open_person(desk, done.id)
    choose(log, days="week")
    assert [line.code for line in log.lines] == ["open_record"]
    assert not log.filters.between.isVisible()
    choose(log, days="from_to")
    assert log.filters.between.isVisible()
    log.filters.last.set_value(desk.today() - timedelta(days=1))
    log.filters.last.changed.emit(None)
    assert {desk.day_of(line.at) for line in log.lines} == {desk.today() - timedelta(days=10)}


def test_a_failed_sign_in_is_found_and_is_nobodys(log: LogSection, desk: Desk) -> None:
    choose(log, act=BY_ID["failed"].acts)
    assert [line.code for line in log.lines] == ["sign_in_failed"]
    choose(log, member=desk.me.id)
    assert log.lines == []


def test_from_a_row_to_its_record_and_to_the_rows_of_its_person(
    log: LogSection, window: Window, desk: Desk, done: Person
) -> None:
    people.add_person(desk, short_name="Nur")
    log.show_now()
    log.unfold(number_of(log, "print"))
    panel = log.table.editor()
    assert isinstance(panel, OpenedLine)
    panel.only_person_wanted.emit()
    settle()
    assert {line.person for line in log.lines} == {done.code}
    assert log.filters.person.value() == done.id
    log.unfold(number_of(log, "print"))
    panel = log.table.editor()
    assert isinstance(panel, OpenedLine)
    panel.record_wanted.emit()
    settle()
    assert record(window).kind().id == "history"
    assert window.trail.here.person_id == done.id


# --- the check ----------------------------------------------------------------------------------------------------


def test_the_check_says_in_a_sentence_that_the_log_is_whole(qtbot: QtBot, log: LogSection, window: Window) -> None:
    log.begin_check.setFocus()
    qtbot.keyClick(log.begin_check, Qt.Key.Key_Space)
    qtbot.waitUntil(log.check.result.isVisible)
    assert log.check.result.kind() == "done"
    assert f"{log.lines[0].number} rows fit each other" in log.check.result.accessibleName()
    assert not log.check.progress.isVisible()
    window.go(Place("settings", section="me"))
    window.go(Place("settings", section="log"))
    settle()
    assert not log.check.isVisible(), "what an earlier check found does not stay"


def test_the_check_names_the_row_and_leads_to_it(qtbot: QtBot, log: LogSection, desk: Desk) -> None:
    number = number_of(log, "open_record")
    with desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(update(LogRow).where(LogRow.number == number).values(act="lock"))
    log.check.begin()
    qtbot.waitUntil(log.check.result.isVisible)
    assert log.check.result.kind() == "error"
    assert f"Row {number} of the log was altered." in log.check.result.accessibleName()
    assert "Looking changed nothing." in log.check.result.accessibleName()
    choose(log, act=frozenset({"print"}))
    qtbot.mouseClick(log.check.result.links()[0], Qt.MouseButton.LeftButton)
    settle()
    assert log.lines[0].number == number
    assert log.table.current_key() == number
    assert log.table.hasFocus()


def test_a_check_can_be_stopped(qtbot: QtBot, log: LogSection, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, stopped = log_check.check_log, threading.Event()

    def slow(desk: Desk, progress: log_check.Progress) -> Report:
        def told(done: int, rows: int) -> None:
            assert stopped.wait(10)
            progress(done, rows)

        return whole(desk, told)

    monkeypatch.setattr(log_check, "check_log", slow)
    log.check.begin()
    settle()
    assert log.check.progress.stop.isVisible()
    qtbot.mouseClick(log.check.progress.stop, Qt.MouseButton.LeftButton)
    stopped.set()
    qtbot.waitUntil(lambda: not log.check.isVisible())
    monkeypatch.undo()
    log.check.begin()
    assert log.check.progress.stop.isEnabled()
    qtbot.waitUntil(log.check.result.isVisible)
    assert log.check.result.kind() == "done"


# --- who ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["social_worker", "administrator", "reporting_officer", "nurse"])
def test_the_log_belongs_to_directors(desk: Desk, role: str, request: pytest.FixtureRequest) -> None:
    desk.rights = rights_of([role])
    window: Window = request.getfixturevalue("window")
    window.go(Place("settings", section="log"))
    settle()
    page: Any = window.page()
    assert "log" not in page.sections
    assert page.list.current() == "me"


# --- her part on paper --------------------------------------------------------------------------------------------


def text_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


@pytest.fixture
def dialog(qtbot: QtBot, log: LogSection, window: Window, done: Person) -> PrintLogDialog:
    assert not log.print_part.isVisible(), "a paper is about one person"
    choose(log, person=done.id)
    assert log.print_part.isVisible()
    window.run("print")
    settle()
    made = window.findChild(PrintLogDialog)
    assert made is not None
    return made


def test_her_sheet_is_bare_and_logged(dialog: PrintLogDialog, desk: Desk, done: Person, tmp_path: Path) -> None:
    assert dialog.file_name() == "who-looked-2026-11-17"
    target = tmp_path / "who-looked.pdf"
    assert dialog.save(target)
    said = text_of(target)
    for wanted in (done.code, "Looked at it", "Colleague A", "This sheet is mine"):
        assert wanted in said
    for secret in ("Aysel", "Leyla", "House", "penicillin", "Rahib", "Printed", "Personal details"):
        assert secret not in said, secret
    line = record_log.log_of(desk, done.id, language="en")[0]
    assert line.code == "export"
    assert [field.after for field in line.fields] == [
        "Her part of the log, for herself", "as a PDF file", "herself", "She asked who looked at her record",
    ]  # fmt: skip
    dialog.reject()


def test_for_the_file_it_says_more_and_names_colleagues(
    qtbot: QtBot, dialog: PrintLogDialog, done: Person, tmp_path: Path
) -> None:
    dialog.hers.setFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    settle()
    assert dialog.file.isChecked()
    assert dialog.names.isChecked()
    assert dialog.detail.value() is Detail.FIELDS
    assert dialog.file_name() == f"log-{done.code}-2026-11-17"
    assert dialog.save(tmp_path / "log.pdf")
    said = text_of(tmp_path / "log.pdf")
    for wanted in ("Leyla A.", "Changed the record", "What every shift must know", "Confidential", "Rahib"):
        assert wanted in said
    for secret in ("Aysel", "penicillin"):
        assert secret not in said
    dialog.reject()


def test_the_paper_follows_the_choices(dialog: PrintLogDialog, desk: Desk, tmp_path: Path) -> None:
    dialog.detail.set_value(Detail.VALUES)
    dialog.detail.chosen.emit(Detail.VALUES)
    dialog.language.set_value("ru")
    dialog.language.chosen.emit("ru")
    assert dialog.save(tmp_path / "log.pdf")
    said = text_of(tmp_path / "log.pdf")
    assert "ноября" in said
    assert "Aysel" not in said
    dialog.first.set_value(desk.today() + timedelta(days=1))
    dialog.first.changed.emit(None)
    assert dialog.preview.page_count == 1
    dialog.reject()


def test_what_cannot_be_written_is_told_and_not_logged(
    dialog: PrintLogDialog, desk: Desk, done: Person, tmp_path: Path
) -> None:
    assert not dialog.save(tmp_path / "missing" / "log.pdf")
    assert dialog.banner.kind() == "error"
    assert "export" not in acts_of(desk, done.id)
    dialog.reject()


def test_closing_leaves_no_page_behind(dialog: PrintLogDialog) -> None:
    dialog.close()
    assert dialog.document.blocks == ()
    assert dialog.preview.page_count == 0


def test_the_record_offers_it_too(qtbot: QtBot, window: Window, done: Person) -> None:
    window.go(Place("residents", "here_now", done.id, "history"))
    settle()
    section = record(window).section()
    button = section.findChild(QPushButton, "print_log_part")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    settle()
    dialog = window.findChild(PrintLogDialog)
    assert dialog is not None
    assert any(label.text() == f"Log about {done.code}" for label in dialog.findChildren(QLabel))
    dialog.reject()
