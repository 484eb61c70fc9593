"""What happened in lists: under the names of the HTCDS, of GBVIMS and ours; only who may open it brings it in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shelterdesk import exploitation, gbv_incidents, what_happened, who_harmed
from shelterdesk.access import Right
from shelterdesk.desk import Desk
from shelterdesk.exchange import htcds
from shelterdesk.exchange.targets import WHAT_HAPPENED, targets_of
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from tests.core.exchange.lists import write_sheet
from tests.core.exchange.planning import everybody, guessed, planned, run_import

HTCDS = {
    "prs_FirstName": "Aysel",
    "prs_SecondName": "Əliyeva",
    "vic_TraffickingStatus": "Actual victim of trafficking",
    "vic_TypeOfExploitation": "Forced labour; Servitude",
    "vic_RelationshipToTrafficker": "Acquainted",
    "vic_AgeWhenTrafficked": 19,
    "vic_RecruitmentWebsitesAndApps": "Telegram; TikTok",
    "vic_LocationOfRecruitment": "Agency in Gəncə",
    "vic_TypeOfSexExploitation": "Private Sexual Services",
    "vic_LocationOfExploitation": "Farm near Kürdəmir",
    "vic_ExploitationWebsitesAndApps": "4Sale",
    "vic_Vulnerabilities": "Poverty; Migration",
    "vic_DetailsOfVulnerabilities": "No papers",
    "per_RoleInProcess": "Recruiter Or Intermediary; Exploiter",
    "per_RoleDetails": "Kept the pay",
    "per_Organisation": "A farm",
    "hte_Type": "Transit",
    "hte_Date": "2025-03",
    "hte_Country": "Azerbaijan",
    "hte_State": "Aran",
    "hte_City": "Kürdəmir",
    "hte_Street": "Old road 3",
    "hte_Description": "Two days in a van",
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return write_sheet(tmp_path / "htcds.xlsx", [list(HTCDS), list(HTCDS.values())])


def brought_in(desk: Desk, file: Path) -> Person:
    plan = planned(desk, file)
    assert [problem.line() for problem in plan.problems] == []
    assert run_import(desk, plan).added == 1
    (person,) = everybody(desk)
    return person


def test_every_field_of_the_standard_about_harm_has_its_place(desk: Desk) -> None:
    targets = targets_of(desk)
    named = {one.name: one.target for one in htcds.FIELDS}
    for name in HTCDS:
        assert named[name] in targets, name
    for kind, _group in WHAT_HAPPENED:
        for field in kind.declared:
            standard, _space, name = field.standard.partition(" ")
            if standard == "HTCDS":
                assert named[name] == field.id


def test_a_row_of_the_standard_comes_in_whole(desk: Desk, file: Path) -> None:
    person = brought_in(desk, file)
    what_happened.open_it(desk, person.id, "I fill it in from the referral papers")
    assert person.exploitation_types == {"forced_labour", "servitude"}
    found = exploitation.exploitation_of(desk, person.id)
    assert found is not None
    assert (found.relationship, found.age_then) == ("known", 19)
    assert found.recruitment_sites == {"telegram", "tiktok"}
    assert (found.recruitment_place, found.exploitation_place) == ("Agency in Gəncə", "Farm near Kürdəmir")
    assert found.sexual_kinds == {"private_services"}
    assert found.exploitation_sites == {"four_sale"}
    assert (found.vulnerabilities, found.vulnerability_words) == ({"poverty", "migration"}, "No papers")
    (event,) = exploitation.events_of(desk, person.id)
    assert (event.kind, event.since, event.country) == ("transit", PartialDate(2025, 3), "AZ")
    assert (event.region, event.city, event.street) == ("Aran", "Kürdəmir", "Old road 3")
    assert event.description == "Two days in a van"
    (one,) = who_harmed.who_harmed(desk, person.id)
    assert (one.roles, one.role_words, one.organisation) == ({"recruiter", "exploited"}, "Kept the pay", "A farm")
    assert not gbv_incidents.incidents_of(desk, person.id)
    assert exploitation.signs_of(desk, person.id) is None


def test_who_may_not_open_it_brings_the_rest_in_and_is_told(desk: Desk, file: Path) -> None:
    desk.rights -= {Right.SEE_WHAT_HAPPENED}
    plan = planned(desk, file)
    left = {one.column.title: one.why.text() for one in plan.left_out}
    about_harm = {name for name in HTCDS if name[:4] in ("per_", "hte_", "vic_")} - {"vic_TraffickingStatus"}
    assert set(left) == about_harm
    assert set(left.values()) == {"only who may open what happened can write it"}
    person = brought_in(desk, file)
    assert person.given_names == "Aysel"
    assert person.exploitation_types == frozenset()
    with desk.read() as db:
        assert not any(db.query(kind).count() for kind, _group in WHAT_HAPPENED)


def test_incidents_under_the_names_and_values_of_gbvims(desk: Desk, tmp_path: Path) -> None:
    row: dict[str, Any] = {
        "survivor_code": "B-17",
        "date_of_interview": "2026-03-05",
        "date_of_incident": "2026-02",
        "time_of_day": "Evening/Night (sunset to sunrise)",
        "gbv_type": "Sexual Assault",
        "goods_money_exchanged": "No",
        "abduction_type": "None",
        "number_primary_perpetrators": 2,
        "perpetrator.relationship": "No relation",
        "perpetrator.age_group": "26-40",
        "service.medical_referral": "Service provided by your agency",
    }
    file = write_sheet(tmp_path / "gbvims.xlsx", [list(row), list(row.values())])
    person = brought_in(desk, file)
    what_happened.open_it(desk, person.id, "I fill it in")
    (incident,) = gbv_incidents.incidents_of(desk, person.id)
    assert (incident.violence, incident.time_of_day, incident.abduction) == ("sexual_assault", "night", "none")
    assert (incident.happened, incident.persons, incident.goods_exchanged) == (PartialDate(2026, 2), 2, False)
    assert incident.health == "given_here"
    (one,) = who_harmed.who_harmed(desk, person.id)
    assert (one.relationship, one.age_group) == ("stranger", "adult")


def test_everyday_words_are_not_taken_for_what_happened(desk: Desk, tmp_path: Path) -> None:
    titles = ["Name", "City", "Country", "Street", "Gender", "Location", "District", "Police", "Health", "Legal",
              "Description", "Since", "Relationship", "Occupation", "Organisation", "Age", "Kind"]  # fmt: skip
    file = write_sheet(tmp_path / "list.xlsx", [titles, ["Aysel", *(["x"] * (len(titles) - 1))]])
    meant = guessed(desk, file)
    about = {kind.__tablename__ for kind, _group in WHAT_HAPPENED}
    assert {title: target for title, target in meant.items() if target and target.split(".")[0] in about} == {}
