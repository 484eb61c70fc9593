"""What an import does, says and leaves alone, beyond the HTCDS workbooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from shelterdesk import house_settings
from shelterdesk.access import rights_of
from shelterdesk.consents import Consent, missing_purposes
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed
from shelterdesk.exchange.mapping import REASON_TITLE, Why, guess_mapping, remember_mapping
from shelterdesk.exchange.people_import import ImportCancelled, counts, plan_import, run_import
from shelterdesk.exchange.rejects import CannotWriteFile, write_rejects
from shelterdesk.exchange.targets import targets_of
from shelterdesk.fields import Kind
from shelterdesk.notes import Note
from shelterdesk.people import Person, PersonCode, add_person
from shelterdesk.person_history import StatusSince, WorkerSince
from shelterdesk.referrals import Referral
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import declared, whole
from shelterdesk.vault import Compartment
from tests.core.conftest import TUESDAY
from tests.core.exchange.lists import write_sheet
from tests.core.exchange.planning import guessed, planned, table_in


def everybody(desk: Desk) -> list[Person]:
    """Return all people on file in the order they came."""
    with desk.read() as db:
        return list(db.scalars(select(Person).options(*whole(Person)).order_by(Person.code)))


def people_on_file(desk: Desk) -> int:
    """Return how many people are on file."""
    with desk.read() as db:
        return db.scalar(select(func.count()).select_from(Person)) or 0


def all_of(desk: Desk, kind: Any) -> list[Any]:
    """Return all records of a kind."""
    with desk.read() as db:
        return list(db.scalars(select(kind).options(*whole(kind))))


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
    assert missing_purposes([]) == ["support"]


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


def test_status_is_read_by_what_stands_beneath_it(desk: Desk, tmp_path: Path) -> None:
    identified = write_sheet(
        tmp_path / "a.xlsx", [["Name", "Status"], ["Aysel Q", "identified"], ["Nigar Q", "presumed"]]
    )
    phase = write_sheet(tmp_path / "b.xlsx", [["Name", "Status"], ["Aysel Q", "closed"], ["Nigar Q", "reintegration"]])
    neither = write_sheet(tmp_path / "c.xlsx", [["Name", "Status"], ["Aysel Q", "green"], ["Nigar Q", "red"]])

    assert guessed(desk, identified)["Status"] == "status_since.status"
    assert guessed(desk, phase)["Status"] == "phase_since.phase"
    assert guessed(desk, neither)["Status"] is None


def test_much_alike_is_said_to_be_only_that(desk: Desk, tmp_path: Path) -> None:
    file = write_sheet(tmp_path / "a.xlsx", [["First name", "Familly name", "Nationalty"], ["Aysel", "Quliyeva", "AZ"]])
    choices = {choice.column.title: choice for choice in guess_mapping(desk, table_in(desk, file)).choices}

    assert (choices["Familly name"].target, choices["Familly name"].why) == ("person.family_name", Why.ALIKE)
    assert choices["Nationalty"].target == "person.citizenships"


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
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", [["Code", "Name"], [person.code, "Aysel Quliyeva"]]))

    assert [found.person_id for found in plan.on_file] == [person.id]


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
    assert list(counts(plan)) == ["1 new person", "0 already on file", "3 rows with problems"]
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


def test_people_who_came_since_the_plan_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    file = write_sheet(tmp_path / "a.xlsx", [["Name"], ["Aysel"], ["Nigar"]])
    first, second = planned(desk, file), planned(desk, file)
    run_import(desk, first)
    result = run_import(desk, second)

    assert (result.added, result.on_file, people_on_file(desk)) == (0, 2, 2)


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


def test_what_a_person_chose_is_remembered_for_the_next_sheet(desk: Desk, tmp_path: Path) -> None:
    file = write_sheet(tmp_path / "a.xlsx", [["Ad", "Rəng", "Sex"], ["Aysel", "qırmızı", "F"]])
    table = table_in(desk, file)
    mapping = guess_mapping(desk, table).with_target(1, "person.strengths").with_target(2, None)
    assert remember_mapping(desk, table, mapping)

    other = write_sheet(tmp_path / "b.xlsx", [["Sex", "Rəng", "Ad"], ["F", "mavi", "Nigar"]])
    again = guess_mapping(desk, table_in(desk, other))
    assert {choice.column.title: (choice.target, choice.why) for choice in again.choices} == {
        "Sex": (None, Why.REMEMBERED),
        "Rəng": ("person.strengths", Why.REMEMBERED),
        "Ad": ("import.full_name", Why.NAME),
    }
    assert remember_mapping(desk, table_in(desk, other), again.with_target(1, None))
    assert guess_mapping(desk, table_in(desk, file)).target_of(1) is None
    desk.vault.checkpoint()
    assert "Rəng".encode() not in (desk.vault.folder / "records.db").read_bytes()


def test_fields_of_the_shelter_and_its_own_words_are_read(desk: Desk, tmp_path: Path) -> None:
    house_settings.add_own_field(desk, "person", "Shoe size", Kind.NUMBER, None)
    house_settings.add_own_field(desk, "person", "Favourite song", Kind.TEXT, Compartment.HOUSE)
    house_settings.change_field(desk, "person.children", label="Little ones")
    house_settings.change_field(desk, "person.phone", hidden=True)
    rows = [["Name", "Shoe size", "Favourite song", "Little ones", "Phone"], ["Aysel", 38, "Sarı gəlin", 2, "050"]]
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", rows))
    run_import(desk, plan)
    (person,) = everybody(desk)
    size, song = desk.own_fields["person"]

    assert (size.read(person), song.read(person), person.children) == (38, "Sarı gəlin", 2)
    assert [left.column.title for left in plan.left_out] == ["Phone"]
    assert "person.phone" not in targets_of(desk)


def test_rules_of_the_forms_hold_for_imported_values(desk: Desk, tmp_path: Path) -> None:
    rows = [["Name", "Registered", "Born"], ["Aysel", "01.12.2026", 1990], ["Nigar", "01.11.2026", 1880]]
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", rows))

    assert [(problem.row, problem.line()) for problem in plan.problems] == [
        (2, "Registered: «On file since» cannot be after today, 17 November 2026"),
        (3, "Born: «1880»: check the year."),
    ]


class FewKeys:
    """A ring that holds some compartments only, as a colleague's does."""

    def __init__(self, ring: Any, *held: Compartment) -> None:
        self._ring, self._held = ring, frozenset(held)

    def holds(self, compartment: Compartment) -> bool:
        """Tell whether the compartment is one of the few."""
        return compartment in self._held

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ring, name)


def test_columns_whose_key_is_missing_are_left_out_by_name(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = FewKeys(desk.vault.ring, Compartment.HOUSE, Compartment.IDENTITY)
    monkeypatch.setattr(type(desk.vault), "ring", property(lambda _vault: few))
    rows = [
        ["Name", "Comments", "Safety", "Born", "Referred by"],
        ["Aysel Q", "case text", "no calls", "21.05.1994", "Auntie"],
    ]
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", rows))
    run_import(desk, plan)

    assert [(left.column.title, left.why.text()) for left in plan.left_out] == [
        ("Comments", "only who holds the key «Social work» can write it"),
        ("Safety", "only who holds the key «Social work» can write it"),
    ]
    (person,) = everybody(desk)
    assert (person.safety_sealed, person.given_names, person.birth_day) == (None, "Aysel", 21)
    assert all_of(desk, Note) == []


def test_without_the_key_of_names_only_the_short_name_comes_in(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = FewKeys(desk.vault.ring, Compartment.HOUSE)
    monkeypatch.setattr(type(desk.vault), "ring", property(lambda _vault: few))
    rows = [
        ["Short name", "First name", "Born", "Referral date", "Reason for referral"],
        ["Ay", "Aysel", "21.05.1994", "2025", "x"],
    ]
    file = write_sheet(tmp_path / "a.xlsx", rows)
    plan = planned(desk, file)
    run_import(desk, plan)

    assert [left.column.title for left in plan.left_out] == ["First name"]
    (person,) = everybody(desk)
    assert (person.short_name, str(person.birth), person.birth_day_sealed) == ("Ay", "1994-05", None)
    assert person.given_names_sealed is None
    assert any("you do not hold the key for the day" in notice.text() for notice in plan.notices)
    assert not remember_mapping(desk, plan.table, plan.mapping)


def test_who_may_not_import_cannot_even_plan(desk: Desk, tmp_path: Path) -> None:
    plan = planned(desk, write_sheet(tmp_path / "a.xlsx", [["Name"], ["Aysel"]]))
    desk.rights = rights_of(("nurse",))

    with pytest.raises(NotAllowed):
        plan_import(desk, plan.table, plan.mapping)
    with pytest.raises(NotAllowed):
        run_import(desk, plan)
    with pytest.raises(NotAllowed):
        remember_mapping(desk, plan.table, plan.mapping)
    assert people_on_file(desk) == 0


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
