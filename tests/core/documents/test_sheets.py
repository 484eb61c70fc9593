from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.documents.sheets import CellKind, Sheet, SheetColumn, Workbook, write_csv, write_xlsx

COLUMNS = (
    SheetColumn("Measure"),
    SheetColumn("October", CellKind.NUMBER),
    SheetColumn("Share", CellKind.PERCENT),
    SheetColumn("Cost", CellKind.MONEY),
    SheetColumn("Day", CellKind.DAY),
)
ROWS = (
    ("People", None, None, None, None),
    ("Arrived", 4, 0.25, Decimal("12.50"), date(2026, 10, 3)),
    ("Left", "<5", "hidden", None, None),
    ('=HYPERLINK("http://x")', 1, None, None, None),
)
BOOK = Workbook(
    "en",
    "summary",
    (Sheet("October 2026", COLUMNS, ROWS, frozenset({0})),),
    ("Protected",),
    (("Arrived", "Stays that began."),),
)


def xlsx(book: Workbook) -> bytes:
    stream = io.BytesIO()
    write_xlsx(book, stream)
    return stream.getvalue()


def csv_rows(sheet: Sheet) -> list[list[str]]:
    stream = io.BytesIO()
    write_csv(sheet, stream)
    assert stream.getvalue().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"), newline="")))


def test_cells_keep_their_types_and_looks() -> None:
    page = openpyxl.load_workbook(io.BytesIO(xlsx(BOOK)))["October 2026"]
    assert page["B3"].value == 4
    assert page["B3"].number_format == "#,##0"
    assert page["C3"].number_format == "0 %"
    assert page["D3"].value == 12.5
    assert page["E3"].value == datetime(2026, 10, 3)  # noqa: DTZ001 - a sheet knows no time zone
    assert page["B4"].value == "<5"
    assert page["B4"].data_type == "s"
    assert page["A2"].font.bold
    assert not page["A3"].font.bold
    assert page.freeze_panes == "B2"


def test_a_text_that_looks_like_a_formula_stays_text() -> None:
    page = openpyxl.load_workbook(io.BytesIO(xlsx(BOOK)))["October 2026"]
    assert page["A5"].data_type == "s"
    assert page["A5"].value == '=HYPERLINK("http://x")'
    with zipfile.ZipFile(io.BytesIO(xlsx(BOOK))) as package:
        assert b"<f>" not in b"".join(package.read(name) for name in package.namelist())


def test_definitions_and_marks_stand_on_their_own_sheet() -> None:
    page = openpyxl.load_workbook(io.BytesIO(xlsx(BOOK)))["What is counted"]
    values = [tuple(row) for row in page.iter_rows(values_only=True)]
    assert values[0] == ("Protected", None)
    assert values[-1] == ("Arrived", "Stays that began.")


def test_the_same_workbook_gives_the_same_bytes_and_names_nobody() -> None:
    assert xlsx(BOOK) == xlsx(BOOK)
    properties = openpyxl.load_workbook(io.BytesIO(xlsx(BOOK))).properties
    assert properties.title == "summary"
    assert not properties.creator
    assert not properties.lastModifiedBy


def test_sheet_names_are_made_fit() -> None:
    long = "Services / kinds: all [of them] and more"
    sheets = tuple(Sheet(name, (SheetColumn("A"),), (("x",),)) for name in (long, long, "", "a"))
    names = openpyxl.load_workbook(io.BytesIO(xlsx(Workbook("en", "x", sheets)))).sheetnames
    assert len(set(names)) == 4
    assert all(len(name) <= 31 for name in names)


def test_csv_is_plain_typed_and_guarded() -> None:
    rows = csv_rows(BOOK.sheets[0])
    assert rows[0] == ["Measure", "October", "Share", "Cost", "Day"]
    assert rows[2] == ["Arrived", "4", "0.25", "12.50", "2026-10-03"]
    assert rows[4][0] == '\'=HYPERLINK("http://x")'


def test_csv_keeps_negative_numbers_and_writes_moments() -> None:
    sheet = Sheet(
        "s",
        (SheetColumn("a"), SheetColumn("b"), SheetColumn("c")),
        ((-5, True, datetime(2026, 1, 2, 3, 4, tzinfo=UTC)),),
    )
    assert csv_rows(sheet)[1] == ["-5", "1", "2026-01-02 03:04+00:00"]


@given(st.text(alphabet="=+-@|%\t\r\n ;,\"'aşИ1", max_size=12))
def test_no_text_begins_like_a_formula_in_csv(words: str) -> None:
    got = csv_rows(Sheet("s", (SheetColumn("a"), SheetColumn("b")), ((words, 1),)))[1][0]
    assert not got.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "|", "%"))
    assert got in {words, f"'{words}"}


def test_rows_of_the_wrong_length_are_a_bug() -> None:
    with pytest.raises(ValueError, match="zip"):
        xlsx(Workbook("en", "x", (Sheet("s", (SheetColumn("a"),), (("x", "y"),)),)))
