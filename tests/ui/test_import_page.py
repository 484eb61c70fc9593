"""Importing with real widgets and the real worker: mapping, review, rejects and back, cancel, clear copies, masks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import residents
from shelterdesk.access import rights_of
from shelterdesk.desk import Desk
from shelterdesk.exchange import people_import
from tests.core.exchange.lists import PLAIN, fill_htcds
from tests.ui.acting import opened
from tests.ui.conftest import acts_of
from tests.ui.shots import settle
from tests.ui.tables import lines_of
from ui import file_windows
from ui.pages.import_people.page import ImportPage
from ui.place import Place
from ui.window import Window

LIST = """№;Ad Soyad;Doğum tarixi;Vətəndaşlıq;Telefon;Otaq
1;Leyla Məmmədova;12.05.1994;Azərbaycan;+994501112233;3
2;Dilnoza Karimova;1999;Özbəkistan;;2
3;Оксана Петренко;32.13.1987;Украина;+380671234567;1
"""


@pytest.fixture
def page(window: Window) -> ImportPage:
    """The page, freshly opened."""
    return opened(window, Place("import"))


@pytest.fixture
def own_list(tmp_path: Path) -> Path:
    """A list of no standard, with one row nobody can read."""
    file = tmp_path / "siyahı.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def names_on_file(desk: Desk) -> list[str]:
    return sorted(row.name for row in residents.list_rows(desk, "everybody"))


def test_what_cannot_be_read_is_said_at_the_place(page: ImportPage, rest: Callable[[], None], tmp_path: Path) -> None:
    empty, paper, titles = tmp_path / "empty.csv", tmp_path / "list.pdf", tmp_path / "titles.csv"
    empty.write_bytes(b"")
    paper.write_bytes(b"%PDF-1.7 ...")
    titles.write_text("Ad;Soyad\n", encoding="utf-8")
    for file, words in (
        (empty, "empty.csv is empty."),
        (paper, "list.pdf is a PDF. Only spreadsheets (.xlsx, .xlsm, .csv) can be imported."),
        (titles, "There is no list in titles.csv: no row with titles and people beneath it."),
        (tmp_path / "gone.xlsx", "There is no file gone.xlsx."),
    ):
        page.read(file)
        assert page.strip.is_working()
        rest()
        assert page.choose.problem.title.text() == words
        assert page.choose.problem.isVisible()
        assert not page.strip.isVisible()
        assert page.choose.button.isEnabled()
    assert page.choose.button.words() == "Choose another file…"


def test_columns_are_guessed_changed_and_remembered(
    desk: Desk, window: Window, page: ImportPage, rest: Callable[[], None], own_list: Path
) -> None:
    page.read(own_list)
    rest()
    assert page.columns.isVisible()
    shown = {field.accessibleName(): field.currentText() for field in page.columns.fields.values()}
    assert shown == {
        "№": "Leave out",
        "Ad Soyad": "Whole name, given name first",
        "Doğum tarixi": "Born",
        "Vətəndaşlıq": "Citizenships",
        "Telefon": "Phone",
        "Otaq": "Leave out",
    }
    room = page.columns.fields[5]
    assert QApplication.focusWidget() in (room, room.lineEdit())
    room.set_value("note.house_text")
    room.chosen.emit("note.house_text")
    assert page.columns._why[5].text() == "chosen by you"
    window.run("save")
    rest()
    assert page.review.isVisible()
    assert page.strip.decide.save.words() == "Import 2 people"
    window.run("save")
    rest()
    assert page.done.isVisible()
    assert names_on_file(desk) == ["Dilnoza K.", "Leyla M."]
    page.begin_anew()
    page.read(own_list)
    rest()
    assert page.columns.fields[5].value() == "note.house_text"
    assert page.columns._why[5].text() == "as last time"


def test_the_same_file_twice_adds_nobody(
    desk: Desk, page: ImportPage, rest: Callable[[], None], own_list: Path
) -> None:
    for _time in range(2):
        page.begin_anew()
        page.read(own_list)
        rest()
        page.go_on()
        rest()
        page.go_on()
        rest()
    assert len(names_on_file(desk)) == 2
    assert page.review.isVisible()
    assert not page.strip.decide.save.isVisible()
    page.review.show_rows("on_file")
    assert [line.split(" | ")[2] for line in lines_of(page.review.table)] == ["the same row was imported before"] * 2


def test_who_came_in_by_a_wrong_list_is_taken_out_again(
    desk: Desk, page: ImportPage, window: Window, rest: Callable[[], None], own_list: Path
) -> None:
    page.read(own_list)
    rest()
    for _step in range(2):
        window.run("save")
        rest()
    assert len(names_on_file(desk)) == 2
    page.setFocus()
    window.run("undo")
    rest()
    assert len(residents.list_rows(desk, "archived")) == 2
    assert page.banner.accessibleName() == "2 people were taken out again"


def test_another_row_can_hold_the_titles(page: ImportPage, rest: Callable[[], None], tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("A;B\nx;y\nAd Soyad;Telefon\nLeyla Məmmədova;+994501112233\n", encoding="utf-8")
    page.read(file)
    rest()
    page.columns.header.setText("1")
    page.columns.header.editingFinished.emit()
    assert [field.accessibleName() for field in page.columns.fields.values()] == ["A", "B"]
    page.columns.header.setText("9")
    page.columns.header.editingFinished.emit()
    assert page.banner.isVisible()
    assert page.columns.header.text() == "1"
    page.columns.header.setText("3")
    page.columns.header.editingFinished.emit()
    assert not page.banner.isVisible()
    assert [field.accessibleName() for field in page.columns.fields.values()] == ["Ad Soyad", "Telefon"]


def test_the_htcds_workbook_comes_in_and_its_rejects_are_mended(
    desk: Desk, window: Window, page: ImportPage, rest: Callable[[], None], tmp_path: Path, monkeypatch
) -> None:
    source, rejects = tmp_path / "residents.xlsx", tmp_path / "rows-to-mend"
    fill_htcds(PLAIN, source, many=True, rows=30)
    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[2] if cell.value == "Birthdate")
    rows = [row for row in range(3, sheet.max_row + 1) if sheet.cell(row, column).value is not None][:2]
    for row in rows:
        sheet.cell(row, column).value = "32.13.1990"
    book.save(source)
    page.read(source)
    rest()
    assert page.standard.isVisible()
    assert page.review.isVisible()
    assert [button.text() for button in page.review.choice.buttons()] == [
        "28 new", "0 on file already", "2 rows with problems",
    ]  # fmt: skip
    assert lines_of(page.review.table)[0].startswith(f"{rows[0]} | Birthdate | «32.13.1990» is no date.")
    before = source.read_bytes()
    page.write_rejects(source)
    assert page.banner.kind() == "error"
    assert source.read_bytes() == before, "the list is not written over with its own rejects"
    monkeypatch.setattr(file_windows, "choose_target", lambda *_what: rejects.with_suffix(".xlsx"))
    page.review.save_rejects.click()
    assert page.banner.kind() == "done"
    written = rejects.with_suffix(".xlsx")
    assert written.is_file()
    assert names_on_file(desk) == []
    assert page.strip.decide.save.words() == "Import 28 people"
    page.strip.decide.save.click()
    rest()
    assert len(names_on_file(desk)) == 28
    assert page.done.done.title.text() == "28 people were imported"
    assert page.done.problems.title.text() == "2 rows were left out"
    assert [row.copy.path for row in page.done.copy_rows] == [source, written]
    assert "import" in acts_of(desk)
    book = openpyxl.load_workbook(written)
    sheet = book.worksheets[0]
    titles = [cell.value for cell in sheet[1]]
    assert titles[-1] == "Why this row was left out"
    for row in (2, 3):
        sheet.cell(row, titles.index("Birthdate") + 1).value = "21.05.1994"
    book.save(written)
    page.done.another.click()
    page.read(written)
    rest()
    if page.columns.isVisible():
        page.go_on()
        rest()
    assert page.review.choice.buttons()[0].text() == "2 new"
    page.go_on()
    rest()
    assert len(names_on_file(desk)) == 30


def test_cancel_means_nothing_happened(
    qtbot: QtBot, desk: Desk, page: ImportPage, rest: Callable[[], None], own_list: Path, monkeypatch
) -> None:
    page.read(own_list)
    rest()
    page.go_on()
    rest()
    reached, go_on = Event(), Event()
    put = people_import._put_on_file

    def slowly(*what):
        reached.set()
        go_on.wait(20)
        return put(*what)

    monkeypatch.setattr(people_import, "_put_on_file", slowly)
    page.go_on()
    qtbot.waitUntil(reached.is_set)
    assert page.strip.is_working()
    page.strip.stop.click()
    assert not page.strip.stop.isVisible()
    go_on.set()
    rest()
    assert names_on_file(desk) == []
    assert page.banner.accessibleName() == "The import was stopped. Nothing was changed."
    assert page.strip.decide.save.isVisible()
    assert page.review.isEnabled()
    monkeypatch.undo()
    page.go_on()
    rest()
    assert len(names_on_file(desk)) == 2


def test_escape_stops_reading_and_a_late_answer_is_dropped(
    window: Window, page: ImportPage, rest: Callable[[], None], own_list: Path
) -> None:
    page.read(own_list)
    window.run("cancel")
    assert page.choose.isVisible()
    assert page.banner.isVisible()
    rest()
    assert page.choose.isVisible()
    assert page.list is None


def test_a_clear_copy_goes_only_after_a_second_word(page: ImportPage, rest: Callable[[], None], own_list: Path) -> None:
    page.read(own_list)
    rest()
    page.go_on()
    rest()
    page.go_on()
    rest()
    (copy,) = page.done.copy_rows
    copy.delete.click()
    assert copy.really.isVisible()
    assert own_list.is_file()
    copy.keep.click()
    assert not copy.really.isVisible()
    copy.delete.click()
    copy.really.click()
    settle()
    assert not own_list.exists()
    assert page.done.copy_rows == []
    assert page.done.gone == ["siyahı.csv was overwritten and deleted."]


def test_visitor_mode_masks_names_and_values(
    window: Window, page: ImportPage, rest: Callable[[], None], own_list: Path
) -> None:
    page.read(own_list)
    rest()
    page.go_on()
    rest()
    page.review.show_rows("new")
    assert "Leyla M." in lines_of(page.review.table)[0]
    window.seat.set_visitor(on=True)
    settle()
    page.review.show_rows("new")
    assert "Leyla" not in " ".join(lines_of(page.review.table))
    page.review.show_rows("problems")
    assert "32.13.1987" not in " ".join(lines_of(page.review.table))
    page.show_columns()
    settle()
    labels = " ".join(label.text() for label in page.columns.findChildren(type(page.file_name)))
    assert "Məmmədova" not in labels
    assert "siyahı" not in page.file_name.text()


def test_who_may_not_import_is_told(window: Window, desk: Desk) -> None:
    desk.rights = rights_of(["nurse"])
    window.seat.go(Place("import"))
    page = window.page()
    assert isinstance(page, ImportPage)
    assert not page.choose.button.isVisible()
    assert page.choose.problem.title.text() == "Your role does not include importing."


def test_the_file_dialog_leads_to_the_list(
    qtbot: QtBot, page: ImportPage, rest: Callable[[], None], own_list: Path, monkeypatch
) -> None:
    monkeypatch.setattr(file_windows, "choose_file", lambda *_what: own_list)
    assert QApplication.focusWidget() is page.choose.button
    qtbot.keyClick(page.choose.button, Qt.Key.Key_Space)
    rest()
    assert page.columns.isVisible()


@pytest.mark.long
def test_five_thousand_rows_stay_usable(
    qtbot: QtBot, desk: Desk, window: Window, page: ImportPage, tmp_path: Path
) -> None:
    file = tmp_path / "long.csv"
    rows = [f"{n};Leyla {n} Məmmədova;12.05.{1950 + n % 50};Azərbaycan" for n in range(5000)]
    file.write_text("№;Ad Soyad;Doğum tarixi;Vətəndaşlıq\n" + "\n".join(rows), encoding="utf-8")
    page.read(file)
    qtbot.waitUntil(page.columns.isVisible, timeout=60_000)
    page.go_on()
    qtbot.waitUntil(page.review.isVisible, timeout=120_000)
    assert page.review.table.model().rowCount() == 5000
    page.go_on()
    qtbot.waitUntil(page.done.isVisible, timeout=240_000)
    assert len(names_on_file(desk)) == 5000
