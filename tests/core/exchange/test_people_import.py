"""What an import does, says and leaves alone, beyond the HTCDS workbooks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from shelterdesk.consents import Consent, missing_purposes
from shelterdesk.desk import Desk
from shelterdesk.exchange.mapping import guess_mapping
from shelterdesk.exchange.people_import import ImportCancelled, plan_import
from shelterdesk.exchange.taken_back import take_people_back
from shelterdesk.notes import Note, add_note
from shelterdesk.people import Person, PersonCode, change_person
from shelterdesk.person_history import StatusSince, WorkerSince
from shelterdesk.person_reading import read_person
from shelterdesk.referrals import Referral
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import declared
from tests.core.exchange.lists import write_sheet
from tests.core.exchange.planning import all_of, everybody, people_on_file, planned, run_import, table_in
from tests.desks import TUESDAY, Clock


def test_a_list_in_azerbaijani_is_understood(desk: Desk, tmp_path: Path) -> None:
    file = write_sheet(
        tmp_path / "siyahi.xlsx",
        [
            ["Sığınacaqda yaşayanların siyahısı"],
            ["Tarix:", date(2026, 11, 1)],
            [],
            ["№", "Soyadı, adı, ata adı", "Doğum tarixi", "Cinsi", "Vətəndaşlığı", "Bildiyi dillər", "Ailə vəziyyəti",
             "Uşaqların sayı", "Telefon", "Qəbul tarixi", "Kim yönləndirib", "İstismar növü", "Razılıq", "Sosial işçi",
             "Qeyd"],
            [1, "Əliyeva Gülnarə Rauf qızı", "21 may 1994", "qadın", "Azərbaycan", "azərbaycan, rus", "subay", "2 uşaq",
             "050 123 45 67", "03.11.2026", "Polis", "məcburi əmək; cinsi istismar", "bəli", "Leyla A.", "Sakitdir"],
            [2, "Rzayev Elçin", 1988, "kişi", "Türkiyə", "türk", "evli", 0, None, date(2026, 11, 5), "Qaynar xətt",
             None,
             None, None, None],
            [3],
            ["Cəmi: 2"],
        ],
    )  # fmt: skip
    plan = planned(desk, file)

    assert [problem.line() for problem in plan.problems] == []
    assert (len(plan.new), plan.skipped.empty, plan.skipped.totals) == (2, 1, 1)
    assert plan.left_out == ()
    run_import(desk, plan)
    first, second = everybody(desk)
    assert (first.given_names, first.family_name, first.short_name) == ("Gülnarə Rauf qızı", "Əliyeva", "Gülnarə Ə.")
    assert (str(first.born), first.gender, first.civil_status, first.children) == ("1994-05-21", "woman", "single", 2)
    assert (first.citizenships, first.languages) == ({"AZ"}, {"az", "ru"})
    assert (first.phone, first.registered_on) == ("050 123 45 67", date(2026, 11, 3))
    assert first.exploitation_types == {"forced_labour", "sexual"}
    assert (second.given_names, second.family_name, str(second.born)) == ("Elçin", "Rzayev", "1988")
    assert (second.children, second.civil_status, second.registered_on) == (0, "married", date(2026, 11, 5))
    assert {referral.source for referral in all_of(desk, Referral)} == {"police", "hotline"}
    assert [worker.member_id for worker in all_of(desk, WorkerSince)] == [desk.me.id]
    assert [(note.kind, note.case_text) for note in all_of(desk, Note)] == [("social", "Sakitdir")]
    assert [(consent.purpose, consent.answer) for consent in all_of(desk, Consent)] == [("support", "given")]
    assert missing_purposes([], desk.today()) == ["support"]


def test_a_list_in_russian_is_understood(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "список.csv"
    file.write_bytes(
        "ФИО;Дата рождения;Пол;Гражданство;Языки;Статус;Номер дела;Дата поступления;Примечание\r\n"
        "Иванова Светлана Петровна;около 1990;ж;Россия, Азербайджан;русский и азербайджанский;предполагаемая;А-17/25;"
        "3 ноября 2025 г.;«Любит шить; поёт»\r\n".encode("cp1251")
    )
    plan = planned(desk, file)

    assert [problem.line() for problem in plan.problems] == []
    run_import(desk, plan)
    (person,) = everybody(desk)
    assert (person.given_names, person.family_name, str(person.born)) == ("Светлана Петровна", "Иванова", "~1990")
    assert (person.citizenships, person.languages) == ({"RU", "AZ"}, {"ru", "az"})
    assert (person.registered_on, person.code) == (date(2025, 11, 3), "R-2025-001")
    assert [(row.status, row.since) for row in all_of(desk, StatusSince)] == [("presumed", date(2025, 11, 3))]
    with desk.read() as db:
        kept = db.execute(select(PersonCode.code, PersonCode.site, PersonCode.current).order_by(PersonCode.code)).all()
    assert [tuple(row) for row in kept] == [("R-2025-001", "", True), ("А-17/25", "import", False)]


def test_stopping_leaves_everything_as_it_was(desk: Desk, tmp_path: Path) -> None:
    rows = [["Name"], *([f"Person {number}"] for number in range(450))]
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", rows))
    seen: list[tuple[int, int]] = []
    with desk.read() as db:
        before = log_reading.log_head(db)
    with pytest.raises(ImportCancelled):
        run_import(
            desk, plan, progress=lambda done, total: seen.append((done, total)), cancelled=lambda: len(seen) > 12
        )

    assert (people_on_file(desk), seen[-1]) == (0, (260, 450))
    with desk.read() as db:
        assert log_reading.log_head(db) == before
    assert run_import(desk, plan, cancelled=lambda: False).codes[0] == "R-2026-001"


def test_the_log_keeps_one_row_for_the_import_and_one_for_each_record(desk: Desk, tmp_path: Path) -> None:
    told: list[frozenset[str]] = []
    desk.changed.subscribe(told.append)
    plan = planned(
        desk, write_sheet(tmp_path / "a.xlsx", [["Name", "Status"], ["Aysel Q", "identified"], ["Nigar M", ""]])
    )
    run_import(desk, plan)

    assert told == [frozenset({"person", "status_since"})]
    with desk.read() as db:
        rows = log_reading.logged(db, limit=4)
        log_reading.verify_log(db)
    assert {row.act for row in rows} == {Act.IMPORT.code}
    assert sorted(row.record for row in rows) == ["", "person", "person", "status_since"]
    event = next(row for row in rows if row.record == "")
    assert {change.field_id: change.after for change in event.changes} == {
        "log.what": "spreadsheet",
        "log.count": "2 + 0 + 0",
    }


def test_a_person_may_have_nothing_but_a_code_or_a_name(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["Code", "First name", "Gender", "Born"],
        ["K-1"],
        [None, "Aysel"],
        [None, None, "F"],
        [None, None, "F", 1990],
    ]
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", rows))

    assert [new.row for new in plan.new] == [2, 3, 5]
    assert [(rejected.row.number, rejected.reason()) for rejected in plan.rejected] == [
        (4, "The row does not say whom it is about: it has no name and no code.")
    ]


def test_a_name_in_merged_cells_is_not_two_people(desk: Desk, tmp_path: Path) -> None:
    file = write_sheet(
        tmp_path / "a.xlsx",
        [["Worker", "Name", "Phone"], ["Leyla A.", "Aysel", "050"], [None, None, "055"], [None, "Nigar", "070"]],
    )
    book = openpyxl.load_workbook(file)
    book.worksheets[0].merge_cells("A2:A4")
    book.worksheets[0].merge_cells("B2:B3")
    book.save(file)
    plan = planned(desk, file)

    assert [new.row for new in plan.new] == [2, 4]
    assert {new.draft.of(WorkerSince)["member_id"] for new in plan.new} == {desk.me.id}
    assert [rejected.reason() for rejected in plan.rejected] == [
        "The name stands in a cell merged with row 2. Give this row its own name, or take the row out."
    ]


def test_notes_say_which_column_they_come_from_unless_it_is_called_notes(desk: Desk, tmp_path: Path) -> None:
    for name, titles in (
        ("a", ["Name", "Notes"]),
        ("b", ["Name", "Reason for Case Closure"]),
        ("c", ["Name", "Notes", "Qeyd"]),
    ):
        file = write_sheet(tmp_path / f"{name}.xlsx", [titles, [f"Aysel {name}", "moved", "calm"]])
        table = table_in(desk, file)
        mapping = guess_mapping(desk, table)
        for column in table.columns[1:3]:
            mapping = mapping.with_target(column.index, "note.case_text")
        run_import(desk, plan_import(desk, table, mapping))

    assert {note.case_text for note in all_of(desk, Note)} == {
        "Notes: moved\nC: calm",
        "Reason for Case Closure: moved\nC: calm",
        "Notes: moved\nQeyd: calm",
    }


def test_a_reason_for_closing_is_kept_with_its_title(desk: Desk, tmp_path: Path) -> None:
    rows = [["Name", "cas_ReasonForCaseClosure"], ["Aysel", "moved"]]
    run_import(desk, planned(desk, write_sheet(tmp_path / "a.xlsx", rows)))
    run_import(desk, planned(desk, write_sheet(tmp_path / "b.xlsx", [["Name", "Notes"], ["Nigar", "calm"]])))

    assert {note.case_text for note in all_of(desk, Note)} == {"cas_ReasonForCaseClosure: moved", "calm"}


def test_a_referral_day_of_which_only_the_year_is_known_stays_in_words(desk: Desk, tmp_path: Path) -> None:
    rows = [["Name", "Referral date", "Referred by"], ["Aysel", "2025", "Auntie of a friend"]]
    run_import(desk, planned(desk, write_sheet(tmp_path / "a.xlsx", rows)))
    (referral,) = all_of(desk, Referral)

    assert (referral.referred_on, referral.source, referral.organisation) == (None, None, "Auntie of a friend")
    assert referral.details == "Referred on: 2025"
    assert everybody(desk)[0].registered_on == TUESDAY.date()


def test_an_age_is_about_a_year_of_birth(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["Name", "Age", "Registered"],
        ["Aysel", "23 yaş", "01.02.2024"],
        ["Nigar", 30, None],
        ["Rəna", "old", None],
    ]
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", rows))
    run_import(desk, plan)

    assert [str(person.birth) for person in everybody(desk)] == ["~2001", "~1996"]
    assert plan.rejected[0].reason() == "«old» is no age. Enter a number of years."


def test_why_there_is_no_answer_is_kept(desk: Desk, tmp_path: Path) -> None:
    rows = [["Name", "Born", "Phone", "Gender", "Education"], ["Aysel", "unknown", "n/a", "naməlum", "-"]]
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", rows))
    run_import(desk, plan)
    (person,) = everybody(desk)

    assert person.unanswered == {"person.birth": "not_known", "person.phone": "does_not_apply"}
    assert (person.gender, person.education, person.phone) == ("not_known", None, None)


def test_two_columns_that_disagree_are_a_problem(desk: Desk, tmp_path: Path) -> None:
    file = write_sheet(tmp_path / "a.xlsx", [["Name", "Gender", "Sex"], ["Aysel", "F", "F"], ["Nigar", "F", "M"]])
    table = table_in(desk, file)
    mapping = guess_mapping(desk, table).with_target(2, "person.gender")
    plan = plan_import(desk, table, mapping)

    assert [new.row for new in plan.new] == [2]
    assert plan.rejected[0].reason() == "Sex: Two columns say different things about «Gender»: «F» and «M»."


def test_rules_of_the_forms_hold_for_imported_values(desk: Desk, tmp_path: Path) -> None:
    rows = [["Name", "Registered", "Born"], ["Aysel", "01.12.2026", 1990], ["Nigar", "01.11.2026", 1880]]
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", rows))

    assert [(problem.row, problem.line()) for problem in plan.problems] == [
        (2, "Registered: «On file since» cannot be after today, 17 November 2026"),
        (3, "Born: «1880»: check the year."),
    ]


def test_the_one_site_is_theirs(desk: Desk, tmp_path: Path) -> None:
    run_import(desk, planned(desk, write_sheet(tmp_path / "a.xlsx", [["Name"], ["Aysel"]])))

    assert declared(Person, "site_id").read(everybody(desk)[0]) is not None


def test_hidden_rows_come_in_and_are_counted(desk: Desk, tmp_path: Path) -> None:
    file = write_sheet(tmp_path / "a.xlsx", [["Name"], ["Aysel"], ["Nigar"]])
    book = openpyxl.load_workbook(file)
    book.worksheets[0].row_dimensions[3].hidden = True
    book.save(file)
    plan = planned(desk, file)

    assert len(plan.new) == 2
    assert [notice.text() for notice in plan.notices] == ["Hidden rows are read as well: 1."]


def test_who_did_not_agree_is_pointed_out(desk: Desk, tmp_path: Path) -> None:
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", [["Name", "Consent"], ["Aysel", "нет"], ["Nigar", ""]]))

    assert "did not agree to support and a record: 1" in plan.notices[0].text()


def test_the_parts_of_a_note_come_in_as_one_note_for_each_key(desk: Desk, tmp_path: Path) -> None:
    rows = [
        ["Name", "Presenting", "Plan", "Psychological notes", "Agreed", "Next hearing"],
        ["Aysel", "Tired", "Again on Tuesday", "She asked for mornings", "Two photos on Friday", "03.12.2026"],
    ]
    run_import(desk, planned(desk, write_sheet(tmp_path / "notes.xlsx", rows)))
    found = {note.kind: note for note in all_of(desk, Note)}
    assert set(found) == {"psychological", "social", "legal"}
    one = found["psychological"]
    assert (one.clinical_presenting, one.clinical_plan) == ("Tired", "Again on Tuesday")
    assert one.clinical_text == "Psychological notes: She asked for mornings"
    assert found["social"].case_agreed == "Two photos on Friday"
    assert found["legal"].legal_next_hearing == date(2026, 12, 3)


def test_who_came_in_is_taken_out_again_unless_somebody_wrote_since(desk: Desk, tmp_path: Path, clock: Clock) -> None:
    names = ("Aytən", "Bəyim", "Cəmilə", "Dilarə")
    rows = [["Ad", "Soyad", "Telefon", "Doğum tarixi"]]
    rows += [[name, "Əliyeva", f"05012345{place}7", f"{19 + place}.05.1994"] for place, name in enumerate(names)]
    file = write_sheet(tmp_path / "list.xlsx", rows)
    result = run_import(desk, planned(desk, file))
    assert len(result.people) == 4
    clock.now += timedelta(minutes=10)
    first, second = everybody(desk)[:2]
    add_note(desk, first.id, kind="house", written_on=desk.today(), house_text="She called.")
    change_person(desk, read_person(desk, second.id), phone="+994500000000")
    assert take_people_back(desk, result.people) == 2
    assert [one.archived_at is None for one in everybody(desk)] == [True, True, False, False]
    assert take_people_back(desk, result.people) == 0, "once is enough"
    again = planned(desk, file)
    assert len(again.new) == 2, "the same list brings them in again"
    assert again.alike == (), "and reminds of nobody who was taken out"
    table = table_in(desk, file)
    compared = plan_import(desk, table, guess_mapping(desk, table), alike_are_same=True)
    assert len(compared.new) == 2


def test_given_names_stay_whole_where_the_family_name_has_a_column_of_its_own(desk: Desk, tmp_path: Path) -> None:
    rows = [["Name", "Surname"], ["Anna Maria", "Rossi"], ["Aysel Quliyeva", "quliyeva"], ["Ali", "Ali"]]
    run_import(desk, planned(desk, write_sheet(tmp_path / "list.xlsx", rows)))

    assert [(one.given_names, one.family_name) for one in everybody(desk)] == [
        ("Anna Maria", "Rossi"), ("Aysel", "quliyeva"), ("Ali", "Ali"),
    ]  # fmt: skip
