"""Several sheets of one workbook, joined by a code: all of it comes in at once, or says why not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from shelterdesk import people, rooms, stays
from shelterdesk.access import Right, rights_of
from shelterdesk.desk import Desk
from shelterdesk.exchange.book import parts_of, with_kind, with_mapping
from shelterdesk.exchange.book_import import counts, plan_book, run_book
from shelterdesk.exchange.people_import import ImportCancelled
from shelterdesk.exchange.rejects import write_rejects
from shelterdesk.exchange.sheets import read_file
from shelterdesk.exchange.taken_back import take_people_back
from shelterdesk.partners import Partner
from shelterdesk.placements import Placement, StageSince
from shelterdesk.plans import Goal, Plan
from shelterdesk.schema import log_reading
from shelterdesk.services import Service
from shelterdesk.stays import BedSince, Stay
from tests.core.exchange.books import planned_book, write_book
from tests.core.exchange.planning import all_of, everybody

HOUSE = {
    "Residents": [["Code", "First name", "Surname"], ["T-1", "Səbinə", "Abbasova"], ["T-2", "Mariam", "Beridze"]],
    "Stays": [
        ["Person", "Arrival date", "Date of leaving"],
        ["t1", "03.10.2026", None],
        ["T-2", "12.09.2026", "01.11.2026"],
    ],
    "Services": [
        ["Code", "Service", "Date", "Given by", "Duration", "Notes"],
        ["T-1", "Legal advice", "05.10.2026", "Leyla A.", "1:30", "Asked about papers"],
        ["T-2", "Legal advice", "06.10.2026", "Somebody Else", 45, None],
    ],
    "Partners": [["Name", "Sector"], ["Atelier", None]],
    "Placements": [
        ["Code", "Type", "Job", "Employer", "Start date"],
        ["T-2", "Work", "Seamstress", "Atelier", date(2026, 10, 20)],
    ],
    "Prices": [["Bread", "Milk"], [1, 2]],
}  # fmt: skip


def test_people_and_what_hangs_on_them_come_in_together(desk: Desk, tmp_path: Path) -> None:
    plan = planned_book(desk, write_book(tmp_path / "house.xlsx", HOUSE))

    assert {part.table.sheet: part.kind for part in plan.parts} == {
        "Residents": "person", "Stays": "stay", "Services": "service", "Partners": "partner",
        "Placements": "placement", "Prices": "",
    }  # fmt: skip
    assert plan.problems == ()
    assert list(counts(plan))[:2] == ["2 new people", "6 entries of other sheets"]
    assert [notice.text() for notice in plan.notices] == [
        "Nothing here is called «Somebody Else» under «Given by»; entries that come in without it: 1."
    ]
    result = run_book(desk, plan)
    assert (result.added, result.records) == (2, 6)
    first, second = everybody(desk)
    assert (first.short_name, second.short_name) == ("Səbinə A.", "Mariam B.")
    assert {(one.person_id, one.arrived_on, one.left_on) for one in all_of(desk, Stay)} == {
        (first.id, date(2026, 10, 3), None),
        (second.id, date(2026, 9, 12), date(2026, 11, 1)),
    }
    hers, other = sorted(all_of(desk, Service), key=lambda one: one.given_on)
    assert (hers.person_id, hers.minutes, hers.case_note, hers.given_by) == (
        first.id, 90, "Asked about papers", desk.me.id,
    )  # fmt: skip
    assert (hers.outcome, other.given_by) == ("took_place", None)
    (placement,), (stage,), (partner,) = (all_of(desk, kind) for kind in (Placement, StageSince, Partner))
    assert (placement.person_id, placement.partner_id, placement.post) == (second.id, partner.id, "Seamstress")
    assert (stage.placement_id, stage.stage) == (placement.id, "working")
    with desk.read() as db:
        rows = log_reading.logged(db, limit=100)
    assert len({row.at for row in rows if row.act == "import"}) == 1


def test_nothing_is_half_imported(desk: Desk, tmp_path: Path) -> None:
    plan = planned_book(desk, write_book(tmp_path / "house.xlsx", HOUSE))
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return True

    with pytest.raises(ImportCancelled):
        run_book(desk, plan, cancelled=stop)
    assert asked
    assert everybody(desk) == []
    assert all_of(desk, Partner) == []


def test_a_row_without_a_person_is_named_with_its_sheet_and_can_be_mended(desk: Desk, tmp_path: Path) -> None:
    sheets = dict(HOUSE)
    sheets["Residents"] = [*HOUSE["Residents"], ["T-3", "Olena", "Kovalenko"]]
    sheets["Residents"][0] = ["Code", "First name", "Surname", "Date of birth"]
    sheets["Residents"][3] = ["T-3", "Olena", "Kovalenko", "32.13.1990"]
    sheets["Stays"] = [
        *HOUSE["Stays"], ["T-9", "01.10.2026", None], [None, "01.10.2026", None], ["T-3", "01.10.2026", None],
        ["T-1", "soon", None],
    ]  # fmt: skip
    plan = planned_book(desk, write_book(tmp_path / "house.xlsx", sheets))

    assert [(one.sheet, one.row, one.text()) for one in plan.problems if one.sheet] == [
        ("Stays", 4, "Nobody has the code «T-9», neither in this workbook nor on file."),
        ("Stays", 5, "The row does not say whose it is: it has no code of a person."),
        ("Stays", 6, "«T-3» stands in row 4 of the list of people, which has a problem of its own. Mend that first."),
        ("Stays", 7, "«soon» is no whole day. Enter day, month and year."),
    ]
    run_book(desk, plan)
    rejects = tmp_path / "mend.xlsx"
    assert write_rejects(plan, rejects) == 5
    book = openpyxl.load_workbook(rejects)
    assert book.sheetnames == ["Residents", "Stays"]
    book["Residents"]["D2"] = "1990"
    book["Stays"]["A2"] = "T-1"
    book.save(rejects)
    again = plan_book(desk, parts_of(desk, read_file(rejects)), compare=True)
    assert [new.name for new in again.new] == ["Olena K."]
    assert [draft.code for draft in again.records] == ["T-3"]
    assert [(change.code, change.kind) for change in again.changes] == [("R-2026-001", "stay")]


def test_a_bed_finds_the_stay_of_its_day_and_a_goal_begins_the_plan(desk: Desk, tmp_path: Path) -> None:
    rooms.add_room(desk, rooms.sites_of(desk)[0].id, 2, name="3")
    file = write_book(
        tmp_path / "house.xlsx",
        {
            "Residents": [["Code", "First name"], ["T-1", "Aysel"]],
            "Stay": [
                ["Person", "Day of arrival", "Day of leaving"],
                ["T-1", "01.02.2026", "01.03.2026"],
                ["T-1", "01.05.2026", None],
            ],
            "Bed": [["Person", "Since", "Bed"], ["T-1", "05.05.2026", "3-2"], ["T-1", "01.04.2026", "3-1"]],
            "Goals": [["Person", "Domain", "Goal"], ["T-1", "Housing", "A room of my own"]],
        },
    )  # fmt: skip
    plan = planned_book(desk, file)

    assert [(one.sheet, one.row, one.text()) for one in plan.problems] == [
        ("Bed", 3, "There is no entry «Stay» of this person that it could belong to.")
    ]
    run_book(desk, plan)
    (bed,), (goal,), (begun,) = (all_of(desk, kind) for kind in (BedSince, Goal, Plan))
    later = next(stay for stay in all_of(desk, Stay) if stay.arrived_on == date(2026, 5, 1))
    assert bed.stay_id == later.id
    assert (goal.plan_id, goal.words, begun.number) == (begun.id, "A room of my own", 1)


def test_a_list_of_people_says_one_entry_of_each_section(desk: Desk, tmp_path: Path) -> None:
    titles = [
        "First name", "Arrival date", "Date of leaving", "Reason for leaving", "Risk level", "Contact: Name",
        "Contact: When, and what to say", "Passport valid until",
    ]  # fmt: skip
    row = ["Aysel", "01.02.2026", "01.03.2026", "Plan reached", "High", "Her aunt", "After six", "01.01.2030"]
    plan = planned_book(desk, write_book(tmp_path / "list.xlsx", {"List": [titles, row]}))

    assert [problem.line() for problem in plan.problems] == []
    draft = plan.new[0].draft.values
    assert draft["stay"] == {
        "arrived_on": date(2026, 2, 1), "left_on": date(2026, 3, 1), "leaving_reason": "plan_reached",
    }  # fmt: skip
    assert draft["risk_since"]["level"] == "high"
    assert draft["contact"] == {"kind": "other", "name": "Her aunt", "when": "After six"}
    assert draft["identity_document"] == {"kind": "other", "expires_on": date(2030, 1, 1)}
    run_book(desk, plan)
    assert len(stays.stays_of(desk, everybody(desk)[0].id)) == 1


def test_what_a_sheet_of_its_own_says_is_not_taken_from_the_list_as_well(desk: Desk, tmp_path: Path) -> None:
    residents = [["Code", "First name", "Date of leaving"], ["T-1", "Aysel", "01.11.2026"], ["T-2", "Mariam", None]]
    sheets = {**HOUSE, "Residents": residents}
    plan = planned_book(desk, write_book(tmp_path / "house.xlsx", sheets))

    assert [(left.column.shown, left.why.text()) for left in plan.left_out] == [
        ("Date of leaving", "another sheet says this")
    ]
    assert all("stay" not in new.draft.values for new in plan.new)


def test_what_a_sheet_is_can_be_chosen_and_only_one_holds_the_people(desk: Desk, tmp_path: Path) -> None:
    file = write_book(tmp_path / "a.xlsx", {
        "2025": [["Code", "First name", "Surname"], ["A-1", "Aysel", "M"]],
        "2026": [["Code", "First name", "Surname"], ["A-2", "Leyla", "K"], ["A-3", "Nino", "L"]],
        "Sheet3": [["Code", "Date", "What"], ["A-1", "01.11.2026", "Legal advice"]],
    })  # fmt: skip
    parts = parts_of(desk, read_file(file))
    by_name = {part.table.sheet: part for part in parts}
    assert [by_name[name].kind for name in ("2026", "2025")] == ["person", ""]
    chosen = {part.table.sheet: part.kind for part in with_kind(desk, parts, by_name["2025"].table, "person")}
    assert (chosen["2025"], chosen["2026"]) == ("person", "")
    assert {part.table.sheet: part.kind for part in with_kind(desk, parts, by_name["Sheet3"].table, "service")}[
        "Sheet3"
    ] == "service"


def test_a_sheet_the_role_does_not_include_stays_out(desk: Desk, tmp_path: Path) -> None:
    file = write_book(tmp_path / "house.xlsx", HOUSE)
    desk.rights = rights_of(["social_worker"]) - {Right.KEEP_PLACEMENTS}
    plan = planned_book(desk, file)

    assert {draft.kind.__tablename__ for draft in plan.records} == {"stay", "service"}
    assert ("Placements", "your role does not include it") in {
        (left.column.shown, left.why.text()) for left in plan.left_out
    }


def test_codes_on_file_join_rows_of_a_workbook_without_people(desk: Desk, tmp_path: Path) -> None:
    person = people.add_person(desk, short_name="Aysel")
    file = write_book(
        tmp_path / "services.xlsx",
        {"Services": [["Code", "Service", "Date"], [person.code, "Legal advice", "01.11.2026"]]},
    )
    plan = planned_book(desk, file)
    assert (plan.people, plan.brings, plan.waiting) == (None, 0, 1)
    compared = planned_book(desk, file, compare=True)
    run_book(desk, compared, [change.number for change in compared.changes])
    assert [one.person_id for one in all_of(desk, Service)] == [person.id]


def test_a_hidden_sheet_stays_out_until_somebody_chooses_it(desk: Desk, tmp_path: Path) -> None:
    file = write_book(tmp_path / "house.xlsx", HOUSE)
    book = openpyxl.load_workbook(file)
    book["Services"].sheet_state = "hidden"
    book.save(file)
    kinds = {part.table.sheet: part.kind for part in parts_of(desk, read_file(file))}
    assert (kinds["Residents"], kinds["Stays"], kinds["Services"]) == ("person", "stay", "")


def test_columns_that_say_one_thing_are_read_in_every_sheet_as_in_the_list_of_people(
    desk: Desk, tmp_path: Path
) -> None:
    rows = {
        "Residents": HOUSE["Residents"],
        "Services": [
            ["Code", "Service", "Date", "Notes", "Remarks", "Day"],
            ["T-1", "Legal advice", "05.10.2026", "not known", "Asked about papers", None],
            ["T-1", "Legal advice", "06.10.2026", "not known", None, None],
            ["T-1", "Legal advice", "07.10.2026", "Came late", "Left early", None],
            ["T-2", "Legal advice", "08.10.2026", None, None, "09.10.2026"],
        ],
    }
    parts = parts_of(desk, read_file(write_book(tmp_path / "house.xlsx", rows)))
    sheet = next(part for part in parts if part.kind == "service")
    mapping = sheet.mapping.with_target(3, "service.case_note").with_target(4, "service.case_note")
    plan = plan_book(desk, with_mapping(parts, sheet.table, mapping.with_target(5, "service.given_on")))

    assert [(problem.row, problem.line("en")) for problem in plan.problems] == [
        (5, "Day: Two columns say different things about «Date given»: «08.10.2026» and «09.10.2026».")
    ]
    run_book(desk, plan)
    told = sorted(all_of(desk, Service), key=lambda one: one.given_on)
    assert [one.case_note for one in told] == [
        "Remarks: Asked about papers",
        None,
        "Notes: Came late\nRemarks: Left early",
    ]
    assert [one.unanswered for one in told] == [{}, {"service.case_note": "not_known"}, {}]


def test_a_code_is_hers_who_came_in_again_and_of_nobody_who_was_taken_out(desk: Desk, tmp_path: Path) -> None:
    file = write_book(tmp_path / "house.xlsx", {"Residents": HOUSE["Residents"]})
    later = write_book(tmp_path / "later.xlsx", {"Services": HOUSE["Services"]})
    take_people_back(desk, run_book(desk, planned_book(desk, file)).people)
    assert [problem.text("en") for problem in planned_book(desk, later).problems] == [
        f"Nobody has the code «{code}», neither in this workbook nor on file." for code in ("T-1", "T-2")
    ]
    anew = run_book(desk, planned_book(desk, file)).people
    plan = planned_book(desk, later, compare=True)
    assert plan.problems == ()
    assert {change.person_id for change in plan.changes} == set(anew)


def test_a_second_list_of_people_does_not_stay_out_unsaid(desk: Desk, tmp_path: Path) -> None:
    titles = ["Code", "First name", "Surname"]
    years = {
        "2025": [titles, ["T-1", "Leyla", "Abbasova"], ["T-2", "Nigar", "Abbasova"]],
        "2024": [titles, ["T-3", "Aysel", "Abbasova"]],
    }
    parts = parts_of(desk, read_file(write_book(tmp_path / "years.xlsx", {**years, "Prices": HOUSE["Prices"]})))
    told = "People of one sheet come in at a time. Import the file again for these sheets: «{}»."
    assert [notice.text("en") for notice in plan_book(desk, parts).notices] == [told.format("2024")]
    second = next(part for part in parts if part.table.sheet == "2024")
    plan = plan_book(desk, with_kind(desk, parts, second.table, "person"))
    assert [notice.text("en") for notice in plan.notices] == [told.format("2025")]
    chosen = with_kind(desk, parts, second.table, "")
    assert plan_book(desk, chosen).notices == (), "whoever left it out knows"
