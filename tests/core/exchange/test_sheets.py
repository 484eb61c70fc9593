"""Reading files: what a sheet holds and where its header is."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.desk import Desk
from shelterdesk.exchange import delimited, grid
from shelterdesk.exchange.delimited import decode, read_delimited
from shelterdesk.exchange.grid import CellFault, letter, tidy
from shelterdesk.exchange.mapping import known_titles
from shelterdesk.exchange.sheets import Table, read_file, table_of, tables_of
from tests.core.exchange.lists import PLAIN, write_sheet
from tests.core.exchange.parts import packed, parts_of, refused
from tests.core.exchange.planning import table_in

# Cells know no time zone.
AFTERNOON = datetime(2026, 11, 1, 14, 30)  # noqa: DTZ001
EVENING = datetime(2000, 1, 1, 18)  # noqa: DTZ001
APPLE_EPOCH = datetime(1904, 1, 1)  # noqa: DTZ001
TITLES = {"name", "born", "gender", "ad", "prs_firstname", "prs_gender"}


def knows(title: str) -> bool:
    """Stand in for the names of our fields."""
    return title.casefold() in TITLES


def table(rows: list[list[Any]]) -> Table:
    """Return the table in rows given as they stand, without a file."""
    found = [grid.GridRow(number, dict(enumerate(row))) for number, row in enumerate(rows, start=1)]
    made = table_of(grid.Grid("Sheet", tuple(found)), knows)
    assert made is not None
    return made


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A small whole workbook."""
    return write_sheet(tmp_path / "whole.xlsx", [["Name", "Born"], ["Aysel", 1990]])


# --- what cells hold ----------------------------------------------------------------------------------------------


def test_cells_keep_their_types(tmp_path: Path) -> None:
    values = ["Aysel", 12, 1.5, True, date(1994, 5, 21), AFTERNOON, time(9, 15), "=1+1", "#REF!"]
    file = write_sheet(tmp_path / "a.xlsx", [values])
    book = openpyxl.load_workbook(file)
    book.worksheets[0]["I1"].data_type = "e"
    book.save(file)
    (row,) = read_file(file)[0].rows

    assert list(row.cells.values()) == [*values[:7], CellFault(), CellFault("#REF!")]
    assert [type(value) for value in row.cells.values()][3] is bool


def test_the_result_of_a_formula_is_read_and_never_the_formula(tmp_path: Path, workbook: Path) -> None:
    parts = parts_of(workbook)
    sheet = parts["xl/worksheets/sheet1.xml"].replace(
        b'<c r="B2" t="n"><v>1990</v></c>', b'<c r="B2"><f>DDE("cmd";"/c calc")</f><v>1991</v></c>'
    )
    assert b"DDE" in sheet
    (row,) = read_file(packed(tmp_path / "b.xlsx", parts | {"xl/worksheets/sheet1.xml": sheet}))[0].rows[1:]

    assert row.cells[1] == 1991


def test_dates_of_both_calendars_and_the_leap_day_that_never_was(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for place, serial in (("A1", 1), ("B1", 59), ("C1", 61), ("D1", 36526.75), ("E1", 0), ("F1", 0.5), ("G1", 9e9)):
        book.active[place] = serial
        book.active[place].number_format = "dd.mm.yyyy"
    book.save(tmp_path / "a.xlsx")
    (row,) = read_file(tmp_path / "a.xlsx")[0].rows

    assert list(row.cells.values()) == [
        date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), EVENING, time(12), 9_000_000_000
    ]  # fmt: skip
    book.epoch = APPLE_EPOCH
    book.save(tmp_path / "b.xlsx")
    assert read_file(tmp_path / "b.xlsx")[0].rows[0].cells[2] == date(1904, 3, 2)


def test_inline_texts_rubies_and_escaped_signs(tmp_path: Path) -> None:
    parts = parts_of(PLAIN)
    parts["xl/sharedStrings.xml"] = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Name</t></si>'
        b"<si><r><t>Ay</t></r><r><t>sel_x000D_</t></r><rPh><t>not said</t></rPh></si><si><t>Born</t></si></sst>"
    )
    parts["xl/worksheets/sheet1.xml"] = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row><c t="s"><v>0</v></c><c t="s"><v>2</v></c></row>'
        b'<row><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>19</t></r><r><t>90</t></r></is></c></row>'
        b"</sheetData></worksheet>"
    )
    rows = read_file(packed(tmp_path / "b.xlsx", parts))[0].rows

    assert [dict(grid.filled(row)) for row in rows] == [{0: "Name", 1: "Born"}, {0: "Aysel", 1: "1990"}]
    assert [row.number for row in rows] == [1, 2]


def test_merged_cells_count_for_every_row_they_cover(tmp_path: Path) -> None:
    file = write_sheet(
        tmp_path / "a.xlsx", [["Worker", "Name"], ["Leyla", "Aysel"], [None, "Nigar"], [None, None, "x"]]
    )
    book = openpyxl.load_workbook(file)
    book.worksheets[0].merge_cells("A2:A4")
    book.save(file)
    rows = read_file(file)[0].rows

    assert [row.cells.get(0) for row in rows] == ["Worker", "Leyla", "Leyla", "Leyla"]
    assert [dict(row.shared) for row in rows] == [{}, {}, {0: 2}, {0: 2}]


def test_hidden_sheets_and_rows_are_known_as_such(tmp_path: Path, desk: Desk) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["Name", "Born", "Gender", "Citizenship"])
    first.append(["secret", 1990])
    first.sheet_state = "hidden"
    second = book.create_sheet("Shown")
    second.append(["Name", "Born"])
    second.append(["Aysel", 1990])
    book.save(tmp_path / "a.xlsx")

    assert [found.sheet for found in tables_of(read_file(tmp_path / "a.xlsx"), known_titles(desk))] == [
        "Shown",
        "Sheet",
    ]


def test_letters_of_columns() -> None:
    assert [letter(column) for column in (0, 25, 26, 51, 701, 702)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Aysel\u00a0 Məmmədova ", "Aysel Məmmədova"),
        ("\u200bAy\u00adsel\ufeff", "Aysel"),
        ("\u202eAy\u2066sel\u202c\u2069\u061c", "Aysel"),
        ("one \r\n\r\n two\t2", "one\ntwo 2"),
        (" \u00a0\u202f\n", None),
        ("I\u0307sa", "İsa"),
        ("a\x00b\x1fc", "a b c"),
    ],
)
def test_stray_signs_are_taken_off(typed: str, kept: str | None) -> None:
    assert tidy(typed) == kept


@given(st.text())
def test_tidying_twice_is_tidying_once(words: str) -> None:
    once = tidy(words)

    assert tidy(once) == once
    assert once is None or (once.strip() == once and "\u00a0" not in once)


# --- where the header is ------------------------------------------------------------------------------------------


def test_titles_above_the_header_are_passed_over() -> None:
    found = table(
        [["List of residents"], ["Date:", date(2026, 1, 1)], [], ["No", "Name", "Born"], [1, "Aysel", 1990], [2]]
    )

    assert (found.header_row, [column.title for column in found.columns]) == (4, ["No", "Name", "Born"])
    assert [row.number for row in found.rows] == [5, 6]


def test_an_unknown_header_is_the_first_row_of_nothing_but_texts() -> None:
    found = table([["Siyahı"], ["Rəng", "Ölçü", "Sayı"], ["qırmızı", "38", 4], ["mavi", "39", 5]])

    assert (found.header_row, len(found.rows)) == (2, 2)


def test_technical_names_above_are_hints_for_columns_without_a_title() -> None:
    found = table([["prs_FirstName", "prs_Gender", "x"], ["Name", None, "Born"], ["Aysel", "F", 1990]])

    assert found.header_row == 2
    assert [(column.title, column.hint) for column in found.columns] == [
        ("Name", "prs_FirstName"), ("", "prs_Gender"), ("Born", "x")
    ]  # fmt: skip


def test_a_title_of_several_lines_is_one_title() -> None:
    found = table([["Name\n(as in  the passport)", "Born"], ["A", 1]])

    assert found.columns[0].title == "Name (as in the passport)"


def test_a_person_may_say_where_the_header_is() -> None:
    rows = tuple(
        grid.GridRow(number, dict(enumerate(row)))
        for number, row in enumerate([["Name", "Born"], ["a", "b"], ["c"]], 1)
    )
    found = table_of(grid.Grid("S", rows), knows, header_row=2)

    assert found is not None
    assert ([column.title for column in found.columns], len(found.rows)) == (["a", "b"], 1)


def test_a_sheet_of_nothing_has_no_table() -> None:
    assert table_of(grid.Grid("S", (grid.GridRow(1, {0: "  "}),)), knows) is None


# --- .csv ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_csv_in_every_way_of_writing(delimiter: str, encoding: str) -> None:
    lines = [
        ["Имя", "Родилась", "Языки"],
        ["Светлана", "21.05.1994", f"русский{delimiter} узбекский"],
        ["Анна", "1990", ""],
    ]
    words = "\r\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line) for line in lines)
    found = read_delimited(words.encode(encoding), "a.csv")
    rows = found.rows

    assert found.encoding == {"utf-8-sig": "UTF-8", "utf-16-le": "UTF-16", "cp1251": "Windows-1251"}.get(
        encoding, encoding.upper()
    )
    assert [list(row.cells.values()) for row in rows] == [[cell for cell in line if cell] for line in lines]


def test_the_turkish_code_page_is_told_from_the_cyrillic_one() -> None:
    assert "Şükürova" in decode("Ad;Soyad\nGülsen;Şükürova\nÇiçek;Ağayeva".encode("cp1254"), "a.csv")[0]
    assert "Шукюрова" in decode("Имя;Фамилия\nГюльшан;Шукюрова".encode("cp1251"), "a.csv")[0]


@pytest.mark.parametrize(("encoding", "codec"), delimited.ENCODINGS.items())
def test_a_chosen_way_of_writing_is_used(encoding: str, codec: str) -> None:
    words = "Name;City\nLeyla;Baku\n"
    found = read_delimited(words.encode(codec), "a.csv", encoding)
    assert (found.encoding, found.rows[1].cells[0]) == (encoding, "Leyla")
    assert "a.csv" in refused(lambda: read_delimited(b"Name\x98\n\xff", "a.csv", "UTF-8"))


@pytest.mark.parametrize("last", ["Nigar;well", 'Nigar;said "no" to it'])
def test_a_quotation_mark_that_is_not_closed_swallows_nobody_unseen(last: str) -> None:
    rows = f'Ad;Qeyd\nAysel;"calm\nand well"\nLeyla;"open\n{last}\nAytən;"here" now\n'
    with pytest.raises(grid.UnreadableFile) as found:
        read_delimited(rows.encode(), "list.csv")
    assert found.value.text("en").startswith("In row 3 of list.csv a quotation mark is opened and not closed")
    closed = read_delimited(rows.replace('"open', "open").encode(), "list.csv")
    assert [row.cells[1] for row in closed.rows[1:]] == ["calm\nand well", "open", last[6:], "here now"]


def test_an_apostrophe_that_guards_a_formula_is_no_part_of_the_text() -> None:
    (_, row) = read_delimited(b"Name,Phone\n'=cmd,'+994501234567\n", "a.csv").rows

    assert list(row.cells.values()) == ["=cmd", "+994501234567"]


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2, max_size=5),
        min_size=1,
        max_size=8,
    )
)
def test_any_table_of_texts_is_read_or_refused_in_words(rows: list[list[str]]) -> None:
    words = "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    found: list[grid.Grid] = []

    assert "a.csv" in refused(lambda: found.append(read_delimited(words.encode("utf-8-sig"), "a.csv")))
    assert all(len(one.rows) <= len(rows) for one in found)


def test_the_published_workbook_is_read_whole(desk: Desk) -> None:
    found = table_in(desk, PLAIN)

    assert (found.sheet, len(found.rows), len(found.columns)) == ("Sheet1", 1000, 39)
