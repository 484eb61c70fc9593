"""Somebody with a record of everything, and somebody else."""

from __future__ import annotations

from datetime import time

import pytest

from shelterdesk import (
    alerts,
    approvals,
    authority_requests,
    consents,
    deadlines,
    drafts,
    milestones,
    notes,
    people,
    person_reading,
    placements,
    plans,
    referrals_out,
    restrictions,
    risk,
    safety_plan,
    services,
)
from shelterdesk.appointments import add_appointment
from shelterdesk.desk import Desk
from shelterdesk.house_book import handovers, incidents, medicine, roll_calls, shifts
from shelterdesk.people import Person
from shelterdesk.schema.types import new_id
from tests.core.access_stock import Stock
from tests.core.reach.looks import CANARY


@pytest.fixture
def ay(desk: Desk, stock: Stock) -> Person:
    """Somebody with a record of everything, all of it with words nobody else has."""
    on = desk.today()
    person = people.change_person(
        desk,
        person_reading.read_person(desk, stock.person.id),
        short_name=CANARY,
        given_names=CANARY,
        family_name=CANARY,
    )
    notes.add_note(desk, person.id, kind="social", written_on=on, case_text=CANARY)
    milestones.add_milestone(desk, stock.plan, domain="safety", words=CANARY, due_on=on)
    plans.change_plan(desk, plans.plans_of(desk, person.id)[0], agreed_on=on, review_on=on)
    placements.add_placement(
        desk, person.id, stage="working", since=on, kind="work", partner_id=stock.partner.id, check_in_on=on
    )
    add_appointment(desk, person.id, kind="court", on=on, at=time(10), member_id=desk.me.id, place=CANARY)
    drafts.keep_draft(desk, new_id(), "note", new_id(), {"case_text": CANARY}, person_id=person.id)
    now = shifts.shift_now(desk)
    handovers.add_line(desk, now, kind="know", words=CANARY, person_id=person.id)
    roll_calls.save_roll(desk, now, {person.id: roll_calls.Mark("out", words=CANARY)})
    medicine.add_medicine(desk, person.id, at=time(9), what=CANARY)
    seen = incidents.record_incident(desk, kind="missing", title=CANARY, words=CANARY, person_id=person.id)
    incidents.add_step(desk, seen, told="police", whom=CANARY, words=CANARY)
    found = incidents.record_incident(desk, kind="quarrel", title=CANARY, person_id=person.id)
    incidents.close_incident(desk, found, ending=CANARY)
    approvals.ask(desk, "plan", person.id, stock.plan.id, request=CANARY)
    authority_requests.record_request(
        desk, person_id=person.id, received_on=on, body="police", body_name=CANARY, asked=CANARY
    )
    services.add_service(
        desk, person.id, kind="social_talk", given_on=on, outcome="took_place", case_note=CANARY, team_note=CANARY
    )
    consents.record_consent(desk, person.id, purpose="share_partner", recipient=CANARY, answer="given", answered_on=on)
    referrals_out.record_referral_out(
        desk, person.id, service="legal", organisation=CANARY, details=CANARY, state="sent", follow_up_on=on
    )
    alerts.record_alert(desk, person.id, kind="must_not_know", words=CANARY)
    risk.record_risk(desk, person.id, level="high", review_on=on, why=CANARY)
    safety_plan.record_safety_plan(desk, person.id, concern=CANARY, review_on=on)
    deadlines.record_deadline(
        desk, person.id, kind="court_date", until=on, at=time(11), member_id=desk.me.id, place=CANARY, words=CANARY
    )
    deadlines.record_deadline(desk, person.id, kind="protection_order", until=on, words=CANARY)
    return person_reading.read_person(desk, person.id)


@pytest.fixture
def nur(desk: Desk) -> Person:
    """Somebody else, who stays visible."""
    return people.add_person(desk, short_name="Nur", given_names="Nuray", family_name="Quliyeva", phone="0501112233")


@pytest.fixture
def restricted(desk: Desk, stock: Stock, ay: Person) -> Person:
    """The same record, which now asks why it is opened."""
    restrictions.restrict(desk, ay.id, "Her brother is with the police")
    return ay
