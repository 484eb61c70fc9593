"""Who is on file already: rows and codes known again, names that may be the same person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import select

from shelterdesk.desk import Desk
from shelterdesk.exchange.mapping import guess_mapping
from shelterdesk.exchange.people_import import plan_import
from shelterdesk.people import PersonCode, add_person
from tests.core.exchange.lists import write_sheet
from tests.core.exchange.planning import people_on_file, planned, run_import, table_in


def test_the_same_file_adds_nobody_twice(desk: Desk, tmp_path: Path) -> None:
    rows = [["Name", "Gender"], ["Aysel Q", "F"], ["Aysel Q", "F"], ["Nigar M", "F"]]
    run_import(desk, planned(desk, write_sheet(tmp_path / "a.xlsx", rows)))
    assert people_on_file(desk) == 3

    again = planned(desk, tmp_path / "a.xlsx")
    assert (len(again.new), [found.row for found in again.on_file]) == (0, [2, 3, 4])
    assert {found.why.text() for found in again.on_file} == {"the same row was imported before"}
    shuffled = [
        ["Gender", "№", "Name"],
        ["F", 9, "Nigar M"],
        ["F", 10, " Aysel\u00a0 Q "],
        ["F", 11, "Aysel Q"],
        ["F", 12, "Aysel Q"],
    ]
    more = planned(desk, write_sheet(tmp_path / "b.xlsx", shuffled))
    assert ([new.row for new in more.new], len(more.on_file)) == ([5], 3)


def test_the_same_list_as_text_is_the_same_list(desk: Desk, tmp_path: Path) -> None:
    rows = [["Name", "Born", "Children"], ["Aysel Q", date(1994, 5, 21), 2]]
    run_import(desk, planned(desk, write_sheet(tmp_path / "a.xlsx", rows)))
    (tmp_path / "a.csv").write_text("Name,Born,Children\nAysel Q,21.05.1994,2\n", encoding="utf-8")

    assert len(planned(desk, tmp_path / "a.csv").on_file) == 1


def test_a_code_of_the_list_tells_people_apart_however_the_row_changes(desk: Desk, tmp_path: Path) -> None:
    run_import(desk, planned(desk, write_sheet(tmp_path / "a.xlsx", [["Code", "Name"], ["K-1", "Aysel Quliyeva"]])))
    changed = [
        ["Code", "Name", "Phone"],
        ["k-1", "Aysəl Quliyeva", "050"],
        ["K-2", "Nigar"],
        ["K-2", "Rəna"],
        ["K-1", "Oksana Petrenko"],
    ]
    plan = planned(desk, write_sheet(tmp_path / "b.xlsx", changed))

    assert [(found.row, found.why.text()) for found in plan.on_file] == [(2, "has the same code, «k-1»")]
    assert [new.row for new in plan.new] == [3]
    assert [(rejected.row.number, rejected.reason()) for rejected in plan.rejected] == [
        (4, "The code «K-2» stands in row 3 too. Each person needs her own."),
        (5, "The code «K-1» belongs to R-2026-001, who has another name. Change it, or leave that column out."),
    ]


def test_a_code_of_ours_is_known_in_a_list_that_came_from_us(desk: Desk, tmp_path: Path) -> None:
    person = add_person(desk, given_names="Aysel", family_name="Quliyeva")
    rows = [["Code", "Name", "Gender"], [person.code, "Aysel Quliyeva", "F"], [person.code, "Oksana", "F"]]
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", [*rows, [person.code, None, "F"]]))

    assert [(found.row, found.person_id) for found in plan.on_file] == [(2, person.id)]
    assert [(problem.row, problem.text()[:31]) for problem in plan.problems] == [
        (3, "«R-2026-001» is a code of ours,"),
        (4, "«R-2026-001» is a code of ours,"),
    ]


def test_the_same_rows_are_known_when_their_codes_are_read_only_now(desk: Desk, tmp_path: Path) -> None:
    file = write_sheet(tmp_path / "a.xlsx", [["Code", "Name"], ["K-1", "Aysel"], ["K-2", "Nigar"]])
    table = table_in(desk, file)
    run_import(desk, plan_import(desk, table, guess_mapping(desk, table).with_target(0, None)))

    assert [found.why.text() for found in planned(desk, file).on_file] == ["the same row was imported before"] * 2


def test_words_in_place_of_a_code_are_not_kept_unsealed(desk: Desk, tmp_path: Path) -> None:
    run_import(
        desk, planned(desk, write_sheet(tmp_path / "a.xlsx", [["Code", "Gender"], ["the sister of Nigar", "F"]]))
    )

    with desk.read() as db:
        assert db.scalars(select(PersonCode.code).where(PersonCode.site == "import")).all() == []
    assert people_on_file(desk) == 1


def test_who_may_already_be_on_file_is_named_and_comes_in(desk: Desk, tmp_path: Path) -> None:
    known = add_person(desk, given_names="Хадиджа", family_name="Кулиева")
    rows = [
        ["First name", "Last name", "Born"],
        ["Xədicə", "Quliyeva", 1990],
        ["Xədicə", "Quliyeva", 1970],
        ["Nigar", "M", 1990],
    ]
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", rows))

    assert [(hint.row, hint.person_id, hint.shown, hint.why.text()) for hint in plan.alike] == [
        (2, known.id, known.code, "same name"),
        (3, known.id, known.code, "same name"),
    ]
    assert len(plan.new) == 3


def test_people_who_came_since_the_plan_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    file = write_sheet(tmp_path / "a.xlsx", [["Name"], ["Aysel"], ["Nigar"]])
    first, second = planned(desk, file), planned(desk, file)
    run_import(desk, first)
    result = run_import(desk, second)

    assert (result.added, result.on_file, people_on_file(desk)) == (0, 2, 2)
