"""What leaves in the words of HTCDS and GBVIMS, and that the first of it comes in again as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from shelterdesk import (
    consents,
    exploitation,
    gbv_incidents,
    people,
    person_history,
    person_reading,
    referrals,
    restrictions,
    what_happened,
    who_harmed,
)
from shelterdesk.access import Right, Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed
from shelterdesk.exchange import htcds
from shelterdesk.exchange.standard_sheets import RECORDER, gbvims_table, htcds_table
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person
from tests.core.exchange.lists import write_sheet
from tests.core.exchange.planning import everybody, planned, run_import
from tests.core.seats import seat
from tests.core.told import told

WHY = "I fill it in from the referral papers"


@pytest.fixture
def ay(desk: Desk) -> Person:
    on = desk.today()
    made = people.add_person(
        desk, given_names="Aysel", family_name="Əliyeva", gender="woman", birth=PartialDate(1994, 5), birth_day=21,
        citizenships=frozenset({"AZ"}), civil_status="divorced",
    )  # fmt: skip
    what_happened.open_it(desk, made.id, WHY)
    people.change_person(
        desk, made, exploitation_types=frozenset({"forced_labour", "servitude"}), labour_sector="agriculture"
    )
    person_history.record_status(desk, made.id, since=on, status="identified", decided_by="police")
    person_history.record_phase(desk, made.id, since=on, phase="transition")
    consents.record_consent(desk, made.id, purpose="support", answer="given", answered_on=on)
    consents.record_consent(desk, made.id, purpose="statistics", answer="declined", answered_on=on)
    referrals.record_referral(desk, made.id, source="police", referred_on=on)
    exploitation.set_exploitation(
        desk, made.id, None, relationship="known", age_then=19, recruitment_sites=frozenset({"telegram"})
    )
    exploitation.record_event(desk, made.id, kind="recruitment", city="Gəncə")
    exploitation.record_event(desk, made.id, kind="transit", country="TR")
    who_harmed.record_who_harmed(desk, made.id, relationship="employer", main=True, roles=frozenset({"exploited"}))
    who_harmed.record_who_harmed(desk, made.id, relationship="friend_or_neighbour", gender="man")
    gbv_incidents.record_incident(
        desk, made.id, reported_on=on, happened=PartialDate(2026, 2), violence="sexual_assault", time_of_day="night",
        place_kind="her_home", goods_exchanged=False, persons=2, health="given_here", wants_legal="undecided",
    )  # fmt: skip
    return person_reading.read_person(desk, made.id)


def as_rows(table: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]) -> list[dict[str, str]]:
    titles, rows = table
    return [dict(zip(titles, row, strict=True)) for row in rows]


def test_a_person_under_the_names_of_the_standard(desk: Desk, ay: Person) -> None:
    (row,) = as_rows(htcds_table(desk))
    assert set(row) - {"code"} <= {one.name for one in htcds.FIELDS} | {"per_Organisation"}
    assert {name: row[name] for name in row if name[:4] in ("vic_", "hte_", "per_", "con_")} == {
        "con_Consent": "true",
        "vic_TraffickingStatus": "ActualVictimOfTrafficking",
        "vic_TraffickingStatusDecisionMakingOrg": "Police",
        "vic_RelationshipToTrafficker": "Acquainted",
        "vic_AgeWhenTrafficked": "19",
        "vic_RecruitmentWebsitesAndApps": "Telegram",
        "vic_TypeOfExploitation": "ForcedLabour;Servitude",
        "vic_ForcedLabourIndustry": "A_AgricultureForestryAndFishing",
        "per_RoleInProcess": "Exploiter",
        "hte_Type": "Transit",
        "hte_Country": "TR",
    }, "the newest place stands there whole, and who caused most of the harm"
    assert (row["code"], row["prs_FirstName"], row["prs_Birthdate"]) == (ay.code, "Aysel", "1994-05-21")
    assert (row["prs_Gender"], row["cas_Status"]) == ("Feminine", "Active")


def test_what_left_comes_in_again_as_it_was(desk: Desk, ay: Person, tmp_path: Path) -> None:
    titles, rows = htcds_table(desk)
    file = write_sheet(tmp_path / "again.xlsx", [list(titles[1:]), *(list(row[1:]) for row in rows)])
    plan = planned(desk, file)
    assert [problem.line() for problem in plan.problems] == []
    assert run_import(desk, plan).added == 1
    again = next(one for one in everybody(desk) if one.id != ay.id)
    what_happened.open_it(desk, again.id, WHY)
    assert again.exploitation_types == ay.exploitation_types
    assert again.born == ay.born
    found = exploitation.exploitation_of(desk, again.id)
    assert found is not None
    assert (found.relationship, found.age_then, found.recruitment_sites) == ("known", 19, {"telegram"})
    (event,) = exploitation.events_of(desk, again.id)
    assert (event.kind, event.country, event.city) == ("transit", "TR", None)


def test_incidents_as_the_recorder_lists_them(desk: Desk, ay: Person) -> None:
    assert len(RECORDER) == len(set(RECORDER)) == 42
    (row,) = as_rows(gbvims_table(desk))
    filled = {name: words for name, words in row.items() if words}
    assert filled == {
        "incident_id": f"{ay.code}-1",
        "survivor_code": ay.code,
        "date_of_interview": desk.today().isoformat(),
        "date_of_incident": "2026-02",
        "date_of_birth": "1994-05-21",
        "sex": "F",
        "country_of_origin": "Azerbaijan",
        "marital_status": "Divorced / Separated",
        "time_of_day": "Evening/Night (sunset to sunrise)",
        "location": "Client's Home",
        "gbv_type": "Sexual Assault",
        "goods_money_exchanged": "No",
        "number_primary_perpetrators": "2",
        "perpetrator.relationship": "Supervisor / Employer",
        "service.referred_from": "Police / Other Security Actor",
        "service.medical_referral": "Service provided by your agency",
        "service.wants_legal_action": "Undecided at time of report",
        "consent": "No",
    }
    assert "Aysel" not in told(gbvims_table(desk))


def test_who_may_not_open_what_happened_gets_none_of_it(desk: Desk, ay: Person) -> None:
    director = seat(desk, Role.DIRECTOR)
    director.rights -= {Right.SEE_WHAT_HAPPENED}
    (row,) = as_rows(htcds_table(director))
    assert row["prs_FirstName"] == "Aysel"
    assert not [name for name in row if name[:4] in ("hte_", "per_")]
    assert "vic_TypeOfExploitation" not in row
    with pytest.raises(NotAllowed):
        gbvims_table(director)
    for attempt in (htcds_table, gbvims_table):
        with pytest.raises(NotAllowed):
            attempt(seat(desk, Role.SOCIAL_WORKER))


def test_a_record_that_asks_why_stays_out(desk: Desk, ay: Person) -> None:
    restrictions.restrict(desk, ay.id, "x")
    desk.opened_with_reason.clear()
    restrictions.opened(desk, people.add_person(desk).id)
    for table in (htcds_table(desk), gbvims_table(desk)):
        assert ay.code not in told(table)
        assert "Aysel" not in told(table)
