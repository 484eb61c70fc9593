"""Workbooks of several sheets and changes about people on file, with real widgets and the real worker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from shelterdesk import person_reading, services
from shelterdesk.desk import Desk
from shelterdesk.documents.protect import protect_office
from shelterdesk.people import Person
from tests.core.exchange.books import write_book
from tests.ui.acting import opened
from tests.ui.shots import settle
from tests.ui.tables import lines_of
from ui.pages.import_people.page import ImportPage
from ui.place import Place
from ui.window import Window


@pytest.fixture
def page(window: Window) -> ImportPage:
    return opened(window, Place("import"))


@pytest.fixture
def book(tmp_path: Path, aysel: Person) -> Path:
    """One new person, one on file with another phone, a service for each, and a sheet of prices."""
    return write_book(
        tmp_path / "house.xlsx",
        {
            "Residents": [
                ["Code", "First name", "Surname", "Phone", "Languages"],
                ["T-1", "Mariam", "Beridze", None, None],
                [aysel.code, "Aysel", None, "050 2", "az"],
            ],
            "Services": [
                ["Code", "Service", "Date"], ["T-1", "Legal advice", "05.10.2026"],
                [aysel.code, "Legal advice", "06.10.2026"],
            ],
            "Prices": [["Bread", "Milk"], [1, 2]],
        },
    )  # fmt: skip


def test_sheets_say_what_they_hold_and_can_be_chosen(page: ImportPage, rest: Callable[[], None], book: Path) -> None:
    page.read(book)
    rest()
    columns = page.columns
    assert [columns.sheet.itemText(number) for number in range(columns.sheet.count())] == [
        "Residents, 2 rows", "Services, 2 rows", "Prices, stays out",
    ]  # fmt: skip
    assert (columns.kind.value(), columns.kind.accessibleName()) == ("person", "Each row is")
    prices = next(part.table for part in page.list.parts if part.table.sheet == "Prices") if page.list else None
    columns.sheet.set_value(prices)
    columns.sheet.chosen.emit(prices)
    assert (columns.kind.value(), columns.nothing.isVisible(), columns.fields) == ("", True, {})
    columns.kind.set_value("service")
    columns.kind.chosen.emit("service")
    assert not columns.nothing.isVisible()
    assert {field.accessibleName(): field.value() for field in columns.fields.values()} == {"Bread": None, "Milk": None}
    columns.kind.chosen.emit("")
    page.go_on()
    rest()
    assert [button.text() for button in page.review.choice.buttons()] == [
        "1 new", "1 entry", "1 on file already", "0 rows with problems",
    ]  # fmt: skip
    assert page.strip.decide.save.words() == "Import 1 person and 1 entry"
    page.review.show_rows("records")
    assert lines_of(page.review.table) == ["2 | Service | T-1 | Legal advice · 5 October 2026 · Took place"]


def test_changes_are_ticked_with_the_keyboard_taken_and_undone(
    desk: Desk, window: Window, page: ImportPage, rest: Callable[[], None], book: Path, aysel: Person
) -> None:
    page.read(book)
    rest()
    page.go_on()
    rest()
    page.review.compare_wanted.emit()
    rest()
    changes = page.review.changes
    assert changes.isVisible()
    assert lines_of(changes.table) == [
        f"Not ticked | {aysel.code} | Languages spoken | — | Azerbaijani",
        f"Not ticked | {aysel.code} | Phone | +994 50 000 00 00 | 050 2",
        f"Not ticked | {aysel.code} | New: Service | — | Legal advice · 6 October 2026 · Took place",
    ]
    assert changes.count.text() == "Nothing is taken until you tick it."
    assert changes.table.hasFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(changes.table, key)
    assert changes.count.text() == "2 changes are taken"
    assert changes.whole.text() == f"Row 3. Added to {aysel.code}: Legal advice · 6 October 2026 · Took place"
    assert page.strip.decide.save.words() == "Import with the ticked changes"
    window.run("save")
    rest()
    assert page.done.done.title.text() == "1 person was imported, with 1 entry of other sheets"
    assert page.done.changes.title.text() == "2 changes were taken"
    now = person_reading.read_person(desk, aysel.id)
    assert (now.phone, now.languages) == ("050 2", frozenset())
    assert len(services.services_of(desk, aysel.id)) == 1
    window.run("undo")
    rest()
    assert person_reading.read_person(desk, aysel.id).phone == "+994 50 000 00 00"
    assert services.services_of(desk, aysel.id) == []
    assert page.banner.isVisible()
    assert not page.done.changes.isVisible()


def test_values_are_masked_from_visitors_and_all_are_ticked_at_once(
    window: Window, page: ImportPage, rest: Callable[[], None], book: Path
) -> None:
    page.read(book)
    rest()
    page.go_on()
    rest()
    page.look(compare=True)
    rest()
    QTest.keyClick(page.review.changes.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.review.changes.ticked) == 3
    window.run("visitor_mode")
    settle()
    shown = " ".join(lines_of(page.review.changes.table)) + page.review.changes.whole.text()
    assert "050 2" not in shown
    assert "Legal advice" not in shown
    assert len(page.review.changes.ticked) == 3
    window.run("visitor_mode")
    page.review.changes.tick_none()
    assert page.strip.decide.save.words() == "Import 1 person and 1 entry"


def test_how_the_text_was_read_is_told(page: ImportPage, rest: Callable[[], None], tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("Имя;Фамилия;Родилась\nСветлана;Иванова;1994\n".encode("cp1251"))
    page.read(file)
    rest()
    assert page.columns.encoding.value() == "Windows-1251"
    assert not page.columns.sheet.isVisible()


def test_how_the_text_is_read_can_be_chosen_by_hand(page: ImportPage, rest: Callable[[], None], tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes("Ad;Soyad;Doğulub\nGülşən;Əli;1994\n".replace("Ə", "E").replace("ə", "e").encode("cp1254"))
    page.read(file)
    rest()
    page.columns.encoding.chosen.emit("Windows-1251")
    rest()
    assert page.list is not None
    assert "Gьlюen" in str(page.list.table.rows[0].values)
    page.columns.encoding.chosen.emit("UTF-8")
    rest()
    assert "is not written as UTF-8" in page.banner.accessibleName()
    assert page.columns.encoding.value() == "Windows-1251", "it stays as it was read"
    page.columns.encoding.chosen.emit("Windows-1254")
    rest()
    assert "Gülşen" in str(page.list.table.rows[0].values)
    assert not page.banner.isVisible()


def test_what_was_chosen_by_hand_stays_when_the_text_is_read_otherwise(
    page: ImportPage, rest: Callable[[], None], tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    lines = ("Name;Surname;Phone;Code;Sex", "Имя;Ad;Kod;Комната;Kod", "Светлана;Айна;7;2;a", "Анна;Ольга;8;3;b")
    file.write_bytes("\n".join(lines).encode("cp1251"))
    page.read(file)
    rest()
    page.columns.header_wanted.emit(2)
    assert page.list is not None
    chosen = {0: "person.short_name", 1: None, 3: "note.house_text", 4: "person.strengths"}
    for column in page.list.table.columns:
        if column.index in chosen:
            page.columns.changed.emit(column, chosen[column.index])
    for encoding, title in (("Windows-1254", "Èìÿ"), ("Windows-1251", "Имя")):
        page.columns.encoding.chosen.emit(encoding)
        rest()
        assert page.list.table.column(0).title == title
        assert page.list.table.header_row == 2
        for index, target in chosen.items():
            assert page.columns.fields[index].value() == target
            assert page.columns._why[index].text() == ("chosen by you" if target else "left out by you")
        assert page.columns._why[2].text() not in ("chosen by you", "left out by you")
    for kind in ("service", ""):
        page.columns.kind_wanted.emit(kind)
        page.columns.encoding.chosen.emit("Windows-1254")
        rest()
        assert page.list.part.kind == kind


def test_a_protected_workbook_asks_for_its_password_here(
    page: ImportPage, rest: Callable[[], None], book: Path
) -> None:
    book.write_bytes(protect_office(book.read_bytes(), "violin cloud harbour"))
    page.read(book)
    rest()
    assert page.choose.password.isVisible()
    assert page.choose.protected.title.text().startswith("house.xlsx is protected with a password.")
    QTest.keyClicks(page.choose.password.line, "violin")
    page.choose.open.click()
    rest()
    assert page.choose.protected.title.text() == "This password does not open house.xlsx. Enter it again."
    assert page.choose.password.text() == ""
    QTest.keyClicks(page.choose.password.line, "violin cloud harbour")
    QTest.keyClick(page.choose.password.line, Qt.Key.Key_Return)
    rest()
    assert page.columns.isVisible()
    page.begin_anew()
    assert not page.choose.password.isVisible()
