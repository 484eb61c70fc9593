"""Referrals to others in lists, under the names of the HTCDS."""

from __future__ import annotations

from pathlib import Path

from shelterdesk import referrals, referrals_out
from shelterdesk.desk import Desk
from shelterdesk.exchange import htcds
from tests.core.exchange.lists import write_sheet
from tests.core.exchange.planning import everybody, planned, run_import
from tests.desks import TODAY

ROW = {
    "prs_FirstName": "Aysel",
    "cas_ReferringOrganisation": "Hotline 860",
    "cas_ReferredOrganisation": "City clinic",
    "cas_ReferredPrimaryCaseWorker": "Dr. Sevil",
    "cas_ReasonForOutgoingReferral": "Additional Services Required",
    "cas_OutgoingReferralDate": TODAY,
    "cas_OutgoingReferralDetails": "A check of her eyes",
}


def test_a_list_brings_who_was_sent_to_whom(desk: Desk, tmp_path: Path) -> None:
    plan = planned(desk, write_sheet(tmp_path / "htcds.xlsx", [list(ROW), list(ROW.values())]))
    assert [problem.line() for problem in plan.problems] == []
    assert run_import(desk, plan).added == 1
    (person,) = everybody(desk)
    (one,) = referrals_out.referrals_out_of(desk, person.id)
    assert (one.organisation, one.contact, one.details) == ("City clinic", "Dr. Sevil", "A check of her eyes")
    assert (one.reason, one.sent_on, one.state, one.consent) == ("more_services", TODAY, "sent", None)
    assert [found.organisation for found in referrals.referrals_of(desk, person.id)] == ["Hotline 860"]


def test_without_a_day_and_a_name_it_is_prepared_and_says_so(desk: Desk, tmp_path: Path) -> None:
    head, row = ["prs_FirstName", "cas_OutgoingReferralDetails"], ["Aysel", "Legal help"]
    assert run_import(desk, planned(desk, write_sheet(tmp_path / "a.xlsx", [head, row]))).added == 1
    (person,) = everybody(desk)
    (one,) = referrals_out.referrals_out_of(desk, person.id)
    assert (one.state, one.organisation, one.service) == ("prepared", "Not named in the list", "other")


def test_every_outgoing_field_of_the_standard_has_its_place() -> None:
    places = {
        named.name: named.target for named in htcds.FIELDS if "Outgoing" in named.name or "Referred" in named.name
    }
    assert len(places) == 5
    assert all(target.startswith("referral_out.") for target in places.values())
