"""The workbooks of the Human Trafficking Case Data Standard: recognised empty, imported full, imported twice."""

from __future__ import annotations

import csv
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk.consents import Consent
from shelterdesk.desk import Desk
from shelterdesk.exchange import htcds
from shelterdesk.exchange.mapping import Why, guess_mapping
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person, PersonCode
from shelterdesk.person_history import PhaseSince, StatusSince, WorkerSince
from shelterdesk.referrals import Referral
from shelterdesk.schema import log_reading
from shelterdesk.schema.base import whole
from tests.core.exchange.lists import PLAIN, VALIDATED, Meant, fill_htcds
from tests.core.exchange.planning import guessed, planned, run_import, table_in
from tests.desks import TUESDAY

TODAY = TUESDAY.date()
TAKEN = {
    "Case Owner": "worker_since.member",
    "First Name": "person.given_names",
    "Second Name": "person.family_name",
    "Consent": "consent.answer",
    "Birthdate": "person.birth",
    "Gender": "person.gender",
    "Citizenship": "person.citizenships",
    "Home Phone": "person.phone",
    "Mobile Phone": "person.phone",
    "Trafficking Status": "status_since.status",
    "Trafficking Status Decision Making Organization": "status_since.decided_by",
    "Method of Recruitment": "person.recruitment_methods",
    "Location of Recruitment": "exploitation.recruitment_place",
    "Location of Exploitation": "exploitation.exploitation_place",
    "Type of Sex Exploitation": "exploitation.sexual_kinds",
    "Methods of Control": "person.control_methods",
    "Type of Exploitation": "person.exploitation_types",
    "Forced Labour Industry": "person.labour_sector",
    "Status": "phase_since.phase",
    "Referred Organisation": "referral_out.organisation",
    "Referred Primary Case Worker": "referral_out.contact",
    "Reason for Outgoing Referral": "referral_out.reason",
    "Outgoing Referral Date": "referral_out.sent_on",
    "Outgoing Referral Details": "referral_out.details",
    "Referring Organisation": "referral.organisation",
    "Incoming Referral Date": "referral.referred_on",
    "Referring Primary Case Worker": "referral.contact",
    "Reason for Incoming Referral": "referral.reason",
    "Incoming Referral Details": "referral.details",
    "Reason for Case Closure": "note.case_text",
}


@pytest.mark.parametrize("workbook", [PLAIN, VALIDATED], ids=["plain", "validated"])
def test_an_empty_workbook_is_recognised_by_what_people_see(desk: Desk, workbook: Path) -> None:
    table = table_in(desk, workbook)
    mapping = guess_mapping(desk, table)

    assert table.header_row == 2
    assert mapping.standard == "HTCDS 2.0"
    assert {choice.column.title: choice.target for choice in mapping.choices if choice.target} == TAKEN
    assert [choice.column.letter for choice in mapping.choices if choice.why is Why.ROW_NUMBER] == ["A"]
    left = {choice.column.title for choice in mapping.choices if choice.why is Why.NO_FIELD}
    assert {"Mailing Street", "Mailing City", "Email", "Salutation"} <= left
    plan = planned(desk, workbook)
    assert (len(plan.new), len(plan.rejected), plan.skipped.empty) == (0, 0, 1000)


def test_the_hidden_row_above_is_not_believed(desk: Desk) -> None:
    """In the published workbooks five technical names stand over other columns than they belong to."""
    columns = {column.title: column.hint for column in table_in(desk, PLAIN).columns}

    assert columns["Mailing Street"] == "prs_MailingCity"
    assert columns["Reason for Outgoing Referral"] == ""
    fields = {column.title: field.name for column in table_in(desk, PLAIN).columns if (field := htcds.field_of(column))}
    assert fields["Mailing Street"] == "prs_MailingStreet"
    assert fields["Reason for Outgoing Referral"] == "cas_ReasonForOutgoingReferral"


@pytest.mark.parametrize(
    ("workbook", "many", "name"),
    [
        (PLAIN, False, "plain.xlsx"),
        pytest.param(VALIDATED, False, "validated.xlsx", marks=pytest.mark.long),
        pytest.param(PLAIN, True, "many.xlsm", marks=pytest.mark.long),
    ],
    ids=["plain", "validated", "multi-select"],
)
def test_three_hundred_rows_come_in_as_they_are_meant(
    desk: Desk, tmp_path: Path, workbook: Path, many: bool, name: str
) -> None:
    file = tmp_path / name
    meant = fill_htcds(workbook, file, many=many)
    plan = planned(desk, file)

    assert [problem.line() for problem in plan.problems] == []
    assert [new.row for new in plan.new] == [one.row for one in meant]
    assert plan.skipped.empty > 600
    result = run_import(desk, plan)
    assert (result.added, result.on_file, result.rejected) == (300, 0, 0)
    with desk.read() as db:
        people = {person.code: person for person in db.scalars(select(Person).options(*whole(Person)))}
        assert len(people) == 300
        for code, one in zip(result.codes, meant, strict=True):
            compare(db, desk, people[code], one)
        log_reading.verify_log(db)
    again = planned(desk, file)
    assert (len(again.new), len(again.on_file), len(again.rejected)) == (0, 300, 0)
    assert run_import(desk, again).added == 0
    with desk.read() as db:
        assert db.scalar(select(func.count()).select_from(Person)) == 300


def compare(db: Session, desk: Desk, person: Person, meant: Meant) -> None:
    """Check every value of one imported person against what her row means."""
    want = meant.values
    where = f"row {meant.row}"
    assert person.given_names == meant.given, where
    assert person.family_name == meant.family, where
    first = meant.given.split()[0]
    assert person.short_name == (f"{first} {meant.family[0].upper()}." if meant.family else first), where
    assert person.birth == PartialDate.parse(want["birth"]), where
    assert person.birth_day == want["birth_day"], where
    for attribute in (
        "gender",
        "citizenships",
        "exploitation_types",
        "control_methods",
        "recruitment_methods",
        "phone",
    ):
        assert getattr(person, attribute) == want[attribute], (where, attribute)
    assert person.labour_sector == want["labour_sector"], where
    assert person.registered_on == want["referred_on"], where
    assert person.code.startswith(f"R-{want['referred_on'].year}-"), where
    status = only(db, StatusSince, person)
    assert (status.status, status.decided_by, status.since) == (want["status"], want["decided_by"], want["referred_on"])
    referral = only(db, Referral, person)
    assert (referral.referred_on, referral.reason) == (want["referred_on"], want["reason"]), where
    assert (referral.organisation, referral.details) == (want["organisation"], want["details"]), where
    assert referral.source == {"Police": "police"}.get(want["organisation"]), where
    consent = only(db, Consent, person)
    if want["consent"] is None:
        assert consent is None, where
    else:
        assert (consent.purpose, consent.answer) == ("support", want["consent"]), where
    phase = only(db, PhaseSince, person)
    if want["phase"] is None:
        assert phase is None, where
    else:
        assert (phase.phase, phase.since) == (want["phase"], TODAY), where
    worker = only(db, WorkerSince, person)
    assert (worker is not None and worker.member_id == desk.me.id) == want["worker"], where
    if worker is not None:
        assert worker.since == want["referred_on"], where


def only(db: Session, kind: Any, person: Person) -> Any:
    """Return the one record of *kind* a person has, or None."""
    found = db.scalars(select(kind).where(kind.person_id == person.id)).all()
    assert len(found) <= 1
    return found[0] if found else None


def test_workers_who_are_nobody_here_are_named(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "plain.xlsx"
    meant = fill_htcds(PLAIN, file, many=False, rows=40)
    without = sum(1 for one in meant if not one.values["worker"])
    notices = " ".join(notice.text() for notice in planned(desk, file).notices)

    assert f"«Somebody Else»; people who come in without a worker because of this: {without}." in notices


def test_columns_without_a_place_are_named(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "plain.xlsx"
    fill_htcds(PLAIN, file, many=False, rows=3)
    plan = planned(desk, file)

    assert [(left.column.title, left.why.text()) for left in plan.left_out] == [
        ("Email", "there is no such field in ShelterDesk")
    ]


def test_an_export_of_the_survey_form_is_recognised_by_its_own_names(desk: Desk, tmp_path: Path) -> None:
    """Its names differ from the standard's in three places, its values are system names with spaces between them."""
    file = tmp_path / "kobo.csv"
    titles = [
        "start", "data/con_Consent", "data/prs_First_Name", "data/prs_Second_Name", "data/prs_Birthdate",
        "data/prs_Gender",
        "data/prs_Citizenship", "data/vic_TraffickingStatus", "data/vic_Methods_of_Control",
        "data/vic_TypeOfExploitation",
        "data/cas_ReasonForIncomingReferral", "data/prs_Title", "_uuid",
    ]  # fmt: skip
    row = [
        "2026-10-01T10:00:00", "TRUE", "Aysel", "Məmmədova", "1994-05-21", "Feminine", "AZ",
        "ActualVictimOfTrafficking",
        "DebtBondage WithholdsDocuments", "ForcedLabour ForcedBegging", "Nowhere else to go", "", "c0ffee-1",
    ]  # fmt: skip
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([titles, row])
    plan = planned(desk, file)

    assert plan.mapping.standard == "HTCDS 2.0"
    assert [problem.line() for problem in plan.problems] == []
    run_import(desk, plan)
    with desk.read() as db:
        person = db.scalars(select(Person).options(*whole(Person))).one()
        assert (person.given_names, person.family_name, str(person.born)) == ("Aysel", "Məmmədova", "1994-05-21")
        assert person.control_methods == {"debt_bondage", "withholds_documents"}
        assert person.exploitation_types == {"forced_labour", "forced_begging"}
        referral = db.scalars(select(Referral)).one()
        assert (referral.reason, referral.details) == (None, "Reason for the referral: Nowhere else to go")
        assert db.scalar(select(PersonCode.code).where(PersonCode.site == "import")) == "c0ffee-1"


def test_the_second_second_name_of_the_survey_form_is_a_title(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "labels.csv"
    titles = [
        "First Name", "Second Name", "Birthdate", "Gender", "Second Name", "Trafficking Status",
        "Method of Recruitment",
        "Methods of Control", "Type of Exploitation",
    ]  # fmt: skip
    file.write_text(";".join(titles) + "\nAysel;Əliyeva;1990;F;Dr;;;;\n", encoding="utf-8")
    table = table_in(desk, file)
    mapping = guess_mapping(desk, table)

    assert mapping.target_of(1) == "person.family_name"
    assert mapping.target_of(4) is None


def test_technical_names_in_plain_sight_above_the_labels_are_no_row(desk: Desk, tmp_path: Path) -> None:
    """A workbook saved as .csv shows the row that was hidden."""
    file = tmp_path / "saved.csv"
    file.write_text(
        ",cas_CaseOwner,prs_FirstName,prs_SecondName,vic_TraffickingStatus,vic_TypeOfExploitation,prs_Gender,"
        "prs_Birthdate,cas_Status\n"
        ",Case Owner,First Name,Second Name,Trafficking Status,Type of Exploitation,Gender,Birthdate,Status\n"
        "1,,Aysel,Əliyeva,,,,1990,\n2,,,,,,,,\n",
        encoding="utf-8",
    )
    table = table_in(desk, file)

    assert (table.header_row, [row.number for row in table.rows]) == (2, [3, 4])
    assert len(planned(desk, file).new) == 1


def test_a_list_with_some_of_the_same_words_is_no_workbook_of_the_standard(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("First Name,Second Name,Birthdate,Gender,Citizenship,Email,Status\nA,B,1990,F,AZ,,\n")

    assert not htcds.is_htcds(table_in(desk, file))
    assert guessed(desk, file)["Second Name"] == "person.family_name"


def test_a_copy_of_a_workbook_leaves_the_original_alone(desk: Desk, tmp_path: Path) -> None:
    file = Path(shutil.copy(PLAIN, tmp_path / "plain.xlsx"))
    before = file.read_bytes()
    planned(desk, file)

    assert file.read_bytes() == before


@pytest.mark.long
def test_five_thousand_rows_stay_usable(desk: Desk, tmp_path: Path) -> None:
    """Processor time, because other programs may run beside the test: the aim is a minute on a slow office PC."""
    file = tmp_path / "large.xlsx"
    fill_htcds(VALIDATED, file, many=True, rows=5000)
    told: list[int] = []
    began = time.process_time()
    plan = planned(desk, file)
    result = run_import(desk, plan, progress=lambda done, _total: told.append(done))

    assert time.process_time() - began < 60
    assert (result.added, told[-1]) == (5000, 5000)
    assert told == sorted(told)
    assert 250 <= len(told) <= 260, "often enough to see it move, and not for every row"
    assert len(planned(desk, file).on_file) == 5000
