"""Reading files: what a sheet holds, where its header is, and files that want something else than to be read."""

from __future__ import annotations

import io
import random
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.desk import Desk
from shelterdesk.documents.protect import protect_office
from shelterdesk.exchange import grid, sheets, workbooks
from shelterdesk.exchange.delimited import decode, read_delimited
from shelterdesk.exchange.grid import CellFault, UnreadableFile, letter, tidy
from shelterdesk.exchange.mapping import known_titles
from shelterdesk.exchange.sheets import Table, read_file, table_of, tables_of
from shelterdesk.schema import log_reading
from tests.core.exchange.lists import PLAIN, write_sheet
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


def refused(read: Callable[[], object]) -> str:
    """Return the words a file was refused with; of one that was read, a name that fits any."""
    try:
        read()
    except UnreadableFile as error:
        return error.text()
    return "a.csv a.xlsx"


def parts_of(file: Path) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(file: Path, parts: dict[str, bytes]) -> Path:
    """Write *parts* as a workbook."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


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
    rows = read_delimited(words.encode(encoding), "a.csv").rows

    assert [list(row.cells.values()) for row in rows] == [[cell for cell in line if cell] for line in lines]


def test_the_turkish_code_page_is_told_from_the_cyrillic_one() -> None:
    assert "Şükürova" in decode("Ad;Soyad\nGülsen;Şükürova\nÇiçek;Ağayeva".encode("cp1254"), "a.csv")
    assert "Шукюрова" in decode("Имя;Фамилия\nГюльшан;Шукюрова".encode("cp1251"), "a.csv")


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


# --- files that are no list ---------------------------------------------------------------------------------------


def bomb() -> bytes:
    """Return a workbook of which one part unpacks to far more than a list of people has."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts_of(PLAIN).items():
            archive.writestr(name, content)
        archive.writestr("xl/worksheets/sheet9.xml", b" " * (200 * 1024 * 1024))
    return held.getvalue()


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the plain workbook with one part changed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts_of(PLAIN).items():
            archive.writestr(part, change(content) if part == name else content)
    return held.getvalue()


def doctype(content: bytes) -> bytes:
    """Put declarations of entities before a part."""
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(9))
    return content.replace(b"?>", b"?><!DOCTYPE w [" + entities + b"]>", 1).replace(b"<v>1</v>", b"<v>&l8;</v>", 1)


def wide(content: bytes) -> bytes:
    """Fill one row to the last column a sheet can have and beyond."""
    cells = b"".join(b'<c r="%s4"><v>1</v></c>' % letter(column).encode() for column in range(16_384))
    return content.replace(b"<sheetData>", b'<sheetData><row r="4">' + cells + b"</row>", 1)


def million_columns(content: bytes) -> bytes:
    """Fill one row with a million cells that do not say where they stand."""
    return content.replace(b"<sheetData>", b"<sheetData><row>" + b"<c><v>1</v></c>" * 1_000_000 + b"</row>", 1)


def many_rows(content: bytes) -> bytes:
    """Fill more rows than a list of people has."""
    return content.replace(b"<sheetData>", b"<sheetData>" + b"<row><c><v>1</v></c></row>" * 40_000, 1)


SHEET = "xl/worksheets/sheet1.xml"
BEYOND = b'<worksheet><sheetData><row><c r="ABCDEFG9"/></row></sheetData></worksheet>'
ENDLESS_STYLES = b"<styleSheet><cellXfs>" + b"<xf/>" * 900_000 + b"</cellXfs></styleSheet>"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb": bomb,
    "billion laughs": lambda: with_part(SHEET, doctype),
    "declaration in strings": lambda: with_part("xl/sharedStrings.xml", doctype),
    "all columns": lambda: with_part(SHEET, wide),
    "a million columns": lambda: with_part(SHEET, million_columns),
    "too many rows": lambda: with_part(SHEET, many_rows),
    "column beyond the last": lambda: with_part(SHEET, lambda _: BEYOND),
    "string that is not there": lambda: with_part("xl/sharedStrings.xml", lambda _: b"<sst/>"),
    "endless styles": lambda: with_part("xl/styles.xml", lambda _: ENDLESS_STYLES),
    "no xml": lambda: with_part(SHEET, lambda _: b"\x00\xff\x00"),
    "cut off": lambda: PLAIN.read_bytes()[:9000],
    "one bit": lambda: bytes(byte ^ (4 if place == 3000 else 0) for place, byte in enumerate(PLAIN.read_bytes())),
    "no workbook": lambda: with_part("_rels/.rels", lambda _: b"<Relationships/>"),
    "zip of nothing": lambda: b"PK\x05\x06" + bytes(18),
    "old workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "password": lambda: protect_office(PLAIN.read_bytes(), "violin cloud harbour"),
    "pdf": lambda: b"%PDF-1.7\n1 0 obj",
    "program": lambda: b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" * 90,
    "empty": lambda: b"  \n",
    "one endless line": lambda: b"a" * 300_000,
    "a million columns of text": lambda: b"," .join([b"x"] * 1_000_000),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_changes_nothing(desk: Desk, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(HOSTILE[kind]())
    with desk.read() as db:
        before = log_reading.log_head(db)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile) as refused:
            tables_of(read_file(file), known_titles(desk))
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert refused.value.text().endswith(".")
    assert "Traceback" not in refused.value.text()
    assert most < 400 * 1024 * 1024
    with desk.read() as db:
        assert log_reading.log_head(db) == before


def test_each_kind_of_file_says_what_to_do(tmp_path: Path) -> None:
    said: dict[str, str] = {}
    for kind in ("old workbook", "password", "pdf", "empty", "program"):
        file = tmp_path / "list.xlsx"
        file.write_bytes(HOSTILE[kind]())
        with pytest.raises(UnreadableFile) as refused:
            read_file(file)
        said[kind] = refused.value.text()

    assert said == {
        "old workbook": "list.xlsx is in the old .xls format. Open it, save it as .xlsx, and choose that file.",
        "password": "list.xlsx is protected with a password. Open it, save it without the password, and choose that "
        "file.",
        "pdf": "list.xlsx is a PDF. Only spreadsheets (.xlsx, .xlsm, .csv) can be imported.",
        "empty": "list.xlsx is empty.",
        "program": "list.xlsx is no table: it is neither a workbook nor text.",
    }  # fmt: skip


def test_a_file_that_is_missing_or_too_large_or_a_folder_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(UnreadableFile, match="There is no file"):
            read_file(path)
    monkeypatch.setattr(sheets, "LARGEST_FILE", 10)
    with pytest.raises(UnreadableFile, match="larger than 50 MB"):
        read_file(PLAIN)


def test_a_sheet_far_down_and_right_costs_nothing(tmp_path: Path, workbook: Path) -> None:
    """The size a sheet declares and its last row may be a million rows away from the first."""
    parts = parts_of(workbook)
    sheet = parts[SHEET].replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>7</v></c></row></sheetData>')
    rows = read_file(packed(tmp_path / "b.xlsx", parts | {SHEET: sheet}))[0].rows

    assert [(row.number, len(row.cells)) for row in rows] == [(1, 2), (2, 2), (1_048_576, 1)]


def test_macros_and_links_to_other_files_are_not_looked_at(tmp_path: Path, workbook: Path) -> None:
    parts = parts_of(workbook)
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 AutoOpen"
    relations = parts["xl/_rels/workbook.xml.rels"]
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    outside = (
        b'<Relationship Id="rId99" Type="' + kind + b'/worksheet" Target="file:///etc/passwd" TargetMode="External"/>'
        b"</Relationships>"
    )
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(b"</Relationships>", outside)
    sheet = b'<sheet xmlns:r="' + kind + b'" name="x" sheetId="9" r:id="rId99"/></sheets>'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", sheet)

    assert [found.name for found in read_file(packed(tmp_path / "b.xlsm", parts))] == ["Siyahı"]


@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=4))
def test_a_workbook_with_any_damage_is_read_or_refused_in_words(place: int, noise: bytes) -> None:
    data = bytearray(PLAIN.read_bytes())
    at = place % len(data)
    data[at : at + len(noise)] = noise
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "a.xlsx" in refused(lambda: workbooks.read_workbook(bytes(data), "a.xlsx"))


def test_a_sheet_of_random_parts_is_read_or_refused_in_words(workbook: Path) -> None:
    chance = random.Random(7)
    parts = parts_of(workbook)
    pieces = [
        b"<row>",
        b"</row>",
        b"<c>",
        b'<c t="s">',
        b'<c t="d">',
        b"</c>",
        b"<v>",
        b"</v>",
        b"5",
        b"<f>",
        b"</f>",
        b'<row r="x">',
    ]
    for _ in range(400):
        inner = b"".join(chance.choice(pieces) for _ in range(12))
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for name, content in parts.items():
                archive.writestr(
                    name, b"<worksheet><sheetData>" + inner + b"</sheetData></worksheet>" if name == SHEET else content
                )
        assert "a.xlsx" in refused(lambda: workbooks.read_workbook(held.getvalue(), "a.xlsx"))  # noqa: B023 - called now


def test_the_published_workbook_is_read_whole(desk: Desk) -> None:
    found = table_in(desk, PLAIN)

    assert (found.sheet, len(found.rows), len(found.columns)) == ("Sheet1", 1000, 39)
