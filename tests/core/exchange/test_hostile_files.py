"""Files that want something else than to be read: refused in words, cheaply, and nothing changed."""

from __future__ import annotations

import io
import random
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.desk import Desk
from shelterdesk.documents.protect import protect_office
from shelterdesk.exchange import sheets, workbooks
from shelterdesk.exchange.grid import UnreadableFile, letter
from shelterdesk.exchange.mapping import known_titles
from shelterdesk.exchange.sheets import PasswordNeeded, read_file, tables_of
from shelterdesk.schema import log_reading
from tests.core.exchange.lists import PLAIN, write_sheet
from tests.core.exchange.parts import packed, parts_of, refused


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A small whole workbook."""
    return write_sheet(tmp_path / "whole.xlsx", [["Name", "Born"], ["Aysel", 1990]])


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
        "password": "list.xlsx is protected with a password. Enter it here, or save the file without it and choose "
        "that.",
        "pdf": "list.xlsx is a PDF. Only spreadsheets (.xlsx, .xlsm, .csv) can be imported.",
        "empty": "list.xlsx is empty.",
        "program": "list.xlsx is no table: it is neither a workbook nor text.",
    }  # fmt: skip


def test_a_password_opens_its_workbook_in_memory_and_another_does_not(tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(protect_office(PLAIN.read_bytes(), "violin cloud harbour"))
    assert [grid.name for grid in read_file(file, "violin cloud harbour")] == [grid.name for grid in read_file(PLAIN)]
    with pytest.raises(PasswordNeeded, match="does not open"):
        read_file(file, "violin cloud")
    file.write_bytes(file.read_bytes()[:-3000])
    with pytest.raises(UnreadableFile):
        read_file(file, "violin cloud harbour")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["list.xlsx"]


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
