"""Who may what, and a vault with one of everything to try it on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shelterdesk import (
    alerts,
    appointments,
    consents,
    deadlines,
    episodes,
    legal_matters,
    milestones,
    needs,
    notes,
    partners,
    people,
    person_history,
    placements,
    plans,
    providers,
    referrals,
    referrals_out,
    risk,
    rooms,
    safety_plan,
    screenings,
    services,
    stays,
    tasks,
    to_do,
    wellbeing,
)
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.person_history import PhaseSince, RiskSince
from shelterdesk.vault import Compartment

H, I, CA, M, CL, L = Compartment  # noqa: E741

KEYS: dict[Role, set[Compartment]] = {
    Role.DIRECTOR: {H, I, CA},
    Role.CASE_MANAGER: {H, I, CA},
    Role.SOCIAL_WORKER: {H, I, CA},
    Role.PSYCHOLOGIST: {H, I, CA, CL},
    Role.NURSE: {H, I, M},
    Role.DOCTOR: {H, I, M},
    Role.LAWYER: {H, I, CA, L},
    Role.VOCATIONAL_OFFICER: {H, I},
    Role.RECEPTION: {H},
    Role.NIGHT_WORKER: {H},
    Role.REPORTING_OFFICER: set(),
    Role.ADMINISTRATOR: set(),
}
CASE_WORKERS = {Role.DIRECTOR, Role.CASE_MANAGER, Role.SOCIAL_WORKER}
PLANNERS = CASE_WORKERS | {Role.PSYCHOLOGIST, Role.LAWYER}
CARERS = PLANNERS | {Role.NURSE, Role.DOCTOR}
READERS = CARERS | {Role.VOCATIONAL_OFFICER}
DOOR = {Role.RECEPTION, Role.NIGHT_WORKER}
HOUSE = READERS | DOOR
PLACERS = CASE_WORKERS | {Role.VOCATIONAL_OFFICER}
SETTERS = {Role.DIRECTOR, Role.ADMINISTRATOR}
MANAGERS = {Role.DIRECTOR, Role.ADMINISTRATOR}
CLOSERS = {Role.DIRECTOR, Role.CASE_MANAGER}


@dataclass
class Stock:
    """What everybody tries their rights on."""

    person: people.Person
    stay: stays.Stay
    room: rooms.Room
    bed: UUID
    plan: plans.Plan
    milestone: milestones.Milestone
    work_milestone: milestones.Milestone
    step: plans.NextStep
    note: notes.Note
    partner: partners.Partner
    placement: placements.Placement
    appointment: appointments.Appointment
    consent: consents.Consent
    referral: referrals.Referral
    referral_out: referrals_out.ReferralOut
    service: services.Service
    rating: wellbeing.Rating
    move: UUID
    alert: alerts.Alert
    risk: RiskSince
    phase: PhaseSince
    safety: safety_plan.SafetyPlan
    deadline: deadlines.Deadline
    provider: providers.Provider
    task: tasks.Task
    need: needs.Need
    matter: legal_matters.LegalMatter
    matter_stage: legal_matters.MatterStage
    episode: episodes.Episode
    goal: episodes.EpisodeGoal
    screening: screenings.Screening


def own_task(stock: Stock) -> to_do.ToDo:
    """Return the task as the list of what is to be done shows it."""
    return to_do.ToDo(stock.task.id, "task", stock.person.id, "x", None)


def make_stock(desk: Desk) -> Stock:
    """Put one record of everything on file."""
    on = desk.today()
    room = rooms.add_room(desk, rooms.sites_of(desk)[0].id, 2, name="Blue", kind="women")
    bed, other = rooms.beds_of(desk)
    person = people.add_person(desk, short_name="Ay", given_names="Aysel")
    stay = stays.add_stay(desk, person.id, arrived_on=on, bed_id=bed.id)
    plan = plans.add_plan(desk, person.id)
    return Stock(
        person,
        stay,
        room,
        other.id,
        plan,
        milestones.add_milestone(desk, plan, domain="legal", words="Court"),
        milestones.add_milestone(desk, plan, domain="work", words="Course"),
        plans.set_next_step(desk, person.id, words="Call"),
        notes.add_note(desk, person.id, kind="house", written_on=on, house_text="x"),
        (partner := partners.add_partner(desk, name="Bakery")),
        placements.add_placement(desk, person.id, stage="looking", since=on, kind="work", partner_id=partner.id),
        appointments.add_appointment(desk, person.id, kind="talk", on=on),
        consents.record_consent(desk, person.id, purpose="support", answer="given", answered_on=on),
        referrals.record_referral(desk, person.id, source="police"),
        referrals_out.record_referral_out(desk, person.id, service="legal", organisation="Law clinic"),
        services.add_service(desk, person.id, kind="social_talk", given_on=on, outcome="took_place"),
        wellbeing.add_rating(desk, person.id, rated_on=on, mood=3),
        stays.move_bed(desk, stay, other.id, on).id,
        alerts.record_alert(desk, person.id, kind="allergy", words="x"),
        risk.record_risk(desk, person.id, level="high", review_on=on),
        person_history.record_phase(desk, person.id, phase="crisis", since=on),
        safety_plan.record_safety_plan(desk, person.id, concern="x", review_on=on),
        deadlines.record_deadline(desk, person.id, kind="court_date", until=on, words="x"),
        providers.add_provider(desk, kind="clinic", name="Clinic", agreement_until=on),
        tasks.add_task(desk, person.id, words="x", due_on=on),
        needs.record_need(desk, person.id, kind="child_care"),
        (matter := legal_matters.record_matter(desk, person.id, kind="labour_claim", subject="x")),
        legal_matters.record_stage(desk, matter, stage="prepared", words="x"),
        (episode := episodes.record_episode(desk, person.id, about="x")),
        episodes.add_goal(desk, episode, words="x"),
        screenings.record_screening(desk, person.id, scale="phq9", total=3, words="x"),
    )


Try = Callable[[Desk, Stock], Any]
