"""Bringing in a spreadsheet without the window: counts, rejects, exit codes, twice the same file."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.core.cli.terminal import Terminal, at

ROWS = """First name,Family name,Gender,Date of birth,Citizenship
Aysel,Məmmədova,Female,1998-05-21,AZ
Олена,Коваль,F,about 1990,Ukraine
Jun,Ren,Male,13.13.1999,China
,,,,
Sevda,Əliyeva,Female,1987,Azerbaijan
"""
GOOD, BAD = 3, 1


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "our list.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


def test_good_rows_come_in_and_the_others_are_written_out(
    vault: Path, run: Terminal, sheet: Path, tmp_path: Path
) -> None:
    mend = tmp_path / "mend.xlsx"

    said = run("import", sheet, "--rejects", mend, "--json", *at(vault))

    assert said.code == 1, said.err
    assert (said.json["added"], said.json["rejected"], said.json["written"]) == (GOOD, BAD, True)
    assert [one["row"] for one in said.json["problems"]] == [4]
    names = [row["given_names"] for row in run("residents", "--json", "--why", "tried", *at(vault)).json]
    assert sorted(names) == sorted(["Aysel", "Олена", "Sevda"])
    rows = list(load_workbook(mend).worksheets[0].iter_rows(values_only=True))
    assert "Jun" in rows[1]
    assert str(sheet) in said.err
    assert str(mend) in said.err


def test_the_same_file_twice_adds_nobody(vault: Path, run: Terminal, sheet: Path) -> None:
    run("import", sheet, *at(vault))

    again = run("import", sheet, "--json", *at(vault))

    assert (again.json["added"], again.json["on_file"]) == (0, GOOD)
    assert len(run("residents", "--json", "--why", "tried", *at(vault)).json) == GOOD


@pytest.mark.parametrize("option", ["--dry-run", "--all-or-nothing"])
def test_nothing_is_written_when_it_was_not_wanted(vault: Path, run: Terminal, sheet: Path, option: str) -> None:
    said = run("import", sheet, option, *at(vault))

    assert said.code == 1
    assert "Nothing was written." in said.out
    assert "Row 4" in said.err
    assert run("residents", "--json", "--why", "tried", *at(vault)).json == []


def test_a_clean_list_ends_with_zero(vault: Path, run: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("\n".join(line for line in ROWS.splitlines() if "13.13" not in line), encoding="utf-8")

    said = run("import", file, "--all-or-nothing", *at(vault))

    assert said.code == 0
    assert f"Added: {GOOD}" in said.out


def test_what_is_no_list_ends_with_one(vault: Path, run: Terminal, tmp_path: Path) -> None:
    none = run("import", tmp_path / "none.xlsx", *at(vault))
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and then nothing")

    assert none.code == 1
    assert "There is no file" in none.err
    assert run("import", broken, *at(vault)).code == 1
    assert run("residents", "--json", "--why", "tried", *at(vault)).json == []


def test_the_rejects_never_overwrite_the_list(vault: Path, run: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"anything")

    said = run("import", file, "--rejects", file, *at(vault))

    assert said.code == 2
    assert file.read_bytes() == b"anything"
