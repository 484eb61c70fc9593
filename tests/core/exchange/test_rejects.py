"""Rows with problems: named, written to a workbook, mended, imported again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from shelterdesk.desk import Desk
from shelterdesk.exchange.book_import import counts
from shelterdesk.exchange.mapping import REASON_TITLE, Why
from shelterdesk.exchange.rejects import CannotWriteFile, write_rejects
from tests.core.exchange.lists import write_sheet
from tests.core.exchange.planning import people_on_file, planned, run_import, whole


def test_rows_with_problems_are_mended_and_come_in_later(desk: Desk, tmp_path: Path) -> None:
    source = write_sheet(
        tmp_path / "a.xlsx",
        [
            ["№", "Name", "Born", "Gender", "Favourite colour", "Consent"],
            [1, "Aysel Q", 1990, "F", "red", "yes"],
            [2, "Nigar M", "the day before", "F", None, "perhaps"],
            [3, "Rəna K", date(2027, 1, 1), "F", "=SUM(A1)", None],
            [4, "Oksana P", 1991, "purple", None, "no"],
        ],
    )
    plan = planned(desk, source)
    assert list(counts(whole(plan))) == ["1 new person", "0 already on file", "3 rows with problems"]
    assert [(problem.row, problem.column and problem.column.letter, problem.field_id) for problem in plan.problems] == [
        (3, "C", "person.birth"),
        (3, "F", "consent.answer"),
        (4, "C", "person.birth"),
        (5, "D", "person.gender"),
    ]
    assert plan.rejected[0].reason().startswith("Born: «the day before» is no date.")
    run_import(desk, plan)

    mend = tmp_path / "mend.xlsx"
    assert write_rejects(plan, mend) == 3
    book = openpyxl.load_workbook(mend)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [
        "№",
        "Name",
        "Born",
        "Gender",
        "Favourite colour",
        "Consent",
        REASON_TITLE,
    ]
    assert (sheet["E3"].data_type, sheet["A2"].value, sheet["C3"].value.year) == ("n", 2, 2027)
    assert "«purple» is none of the choices of «Gender»" in sheet["G4"].value
    untouched = planned(desk, mend)
    assert (len(untouched.new), len(untouched.rejected)) == (0, 3)

    sheet["C2"], sheet["F2"], sheet["C3"] = "21.05.1994", "yes", "1987"
    book.save(mend)
    mended = planned(desk, mend)
    assert [choice.why for choice in mended.mapping.choices if choice.column.title == REASON_TITLE] == [Why.REASON]
    assert ([new.row for new in mended.new], len(mended.rejected)) == ([2, 3], 1)
    run_import(desk, mended)
    assert (people_on_file(desk), len(planned(desk, mend).new), len(planned(desk, source).new)) == (3, 0, 0)


def test_the_workbook_of_rejects_cannot_run_anything(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text('Name,Born\n"=HYPERLINK(""http://x"")",never\n', encoding="utf-8")
    write_rejects(planned(desk, file), tmp_path / "mend.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "mend.xlsx").worksheets[0]["A2"]

    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')


def test_rejects_that_cannot_be_written_say_so(desk: Desk, tmp_path: Path) -> None:
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", [["Name", "Born"], ["Aysel", "never"]]))

    with pytest.raises(CannotWriteFile, match=r"mend.xlsx cannot be written"):
        write_rejects(plan, tmp_path / "no such folder" / "mend.xlsx")
