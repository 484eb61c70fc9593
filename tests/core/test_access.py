"""The table of roles in the security design, tried at the core: each role, each right, each compartment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import inspect

from shelterdesk import (
    absences,
    access,
    alerts,
    appointments,
    arrivals,
    backups,
    bed_holds,
    bed_use,
    belongings,
    booking,
    calendar,
    caseload,
    catalogue,
    clashes,
    consents,
    deadlines,
    due,
    follow_ups,
    holidays,
    house_settings,
    leaving,
    milestones,
    needs,
    note_lock,
    note_versions,
    notes,
    partners,
    people,
    person_history,
    person_reading,
    placements,
    plans,
    providers,
    record_log,
    referrals,
    referrals_out,
    residents,
    restrictions,
    risk,
    role_limits,
    room_beds,
    rooms,
    safety_plan,
    search,
    services,
    sharing,
    stay_problems,
    stays,
    tasks,
    to_do,
    today,
    visits,
    wellbeing,
)
from shelterdesk.access import ROLE_COMPARTMENTS, ROLE_RIGHTS, Caseload, Right, Role
from shelterdesk.desk import Desk
from shelterdesk.documents import consent_forms, referral_letter, tomorrow
from shelterdesk.errors import NoKey, NotAllowed, Problems, StaleRecord
from shelterdesk.fields import CLOSED, Kind
from shelterdesk.house_book import book, feedback, handovers, incidents, medicine, roll_calls, shifts
from shelterdesk.person_history import PhaseSince, RiskSince
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, whole
from shelterdesk.vault import Compartment
from tests.core.seats import seat

# --- the table, written out once more -----------------------------------------------------------------------------

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


def own_task(stock: Stock) -> to_do.ToDo:
    """Return the task as the list of what is to be done shows it."""
    return to_do.ToDo(stock.task.id, "task", stock.person.id, "x", None)


@pytest.fixture
def stock(desk: Desk) -> Stock:
    """One record of everything."""
    return make_stock(desk)


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
    )


Try = Callable[[Desk, Stock], Any]

WRITES: dict[str, tuple[Try, set[Role]]] = {
    "people.add_person": (lambda d, s: people.add_person(d), CASE_WORKERS | DOOR),
    "people.change_person": (lambda d, s: people.change_person(d, s.person, gender="man"), CARERS),
    "people.archive_person": (lambda d, s: people.archive_person(d, s.person.id), CARERS),
    "person_reading.open_person": (lambda d, s: person_reading.open_person(d, s.person.id), READERS),
    "person_history.record_status": (
        lambda d, s: person_history.record_status(d, s.person.id, status="presumed", since=d.today()),
        PLANNERS,
    ),
    "person_history.record_phase": (
        lambda d, s: person_history.record_phase(d, s.person.id, phase="crisis", since=d.today()),
        PLANNERS,
    ),
    "person_history.assign_worker": (lambda d, s: person_history.assign_worker(d, s.person.id, d.me.id), PLANNERS),
    "person_history.correct_phase": (
        lambda d, s: person_history.correct_phase(d, s.phase, phase="transition"),
        PLANNERS,
    ),
    "person_history.take_off": (lambda d, s: person_history.take_off(d, s.phase), PLANNERS),
    "risk.record_risk": (lambda d, s: risk.record_risk(d, s.person.id, level="low"), PLANNERS),
    "risk.correct_risk": (lambda d, s: risk.correct_risk(d, s.risk, level="low"), PLANNERS),
    "risk.put_review_days": (lambda d, s: risk.put_review_days(d, {"high": 3}), SETTERS),
    "safety_plan.record_safety_plan": (
        lambda d, s: safety_plan.record_safety_plan(d, s.person.id, state="later"),
        PLANNERS,
    ),
    "safety_plan.change_safety_plan": (
        lambda d, s: safety_plan.change_safety_plan(d, s.safety, with_her=True),
        PLANNERS,
    ),
    "safety_plan.archive_safety_plan": (lambda d, s: safety_plan.archive_safety_plan(d, s.safety.id), PLANNERS),
    "tasks.add_task": (lambda d, s: tasks.add_task(d, s.person.id, words="x"), HOUSE),
    "tasks.change_task": (lambda d, s: tasks.change_task(d, s.task, due_on=d.today()), HOUSE),
    "tasks.mark_task": (lambda d, s: tasks.mark_task(d, s.task), HOUSE),
    "tasks.archive_task": (lambda d, s: tasks.archive_task(d, s.task.id), HOUSE),
    "to_do.mark": (lambda d, s: to_do.mark(d, own_task(s)), HOUSE),
    "to_do.move": (lambda d, s: to_do.move(d, own_task(s), d.today()), HOUSE),
    "needs.record_need": (lambda d, s: needs.record_need(d, s.person.id, kind="child_care"), PLANNERS),
    "needs.change_need": (lambda d, s: needs.change_need(d, s.need, state="met"), PLANNERS),
    "needs.archive_need": (lambda d, s: needs.archive_need(d, s.need.id), PLANNERS),
    "caseload.put_contact_days": (lambda d, s: caseload.put_contact_days(d, 7), SETTERS),
    "deadlines.record_deadline": (
        lambda d, s: deadlines.record_deadline(d, s.person.id, kind="other", until=d.today()),
        PLANNERS,
    ),
    "deadlines.change_deadline": (lambda d, s: deadlines.change_deadline(d, s.deadline, state="over"), PLANNERS),
    "deadlines.see_to": (lambda d, s: deadlines.see_to(d, s.deadline), PLANNERS),
    "deadlines.archive_deadline": (lambda d, s: deadlines.archive_deadline(d, s.deadline.id), PLANNERS),
    "deadlines.put_lengths": (lambda d, s: deadlines.put_lengths(d, deadlines.Lengths()), SETTERS),
    "alerts.record_alert": (
        lambda d, s: alerts.record_alert(d, s.person.id, kind="hurt"),
        CARERS | CASE_WORKERS | DOOR,
    ),
    "alerts.change_alert": (
        lambda d, s: alerts.change_alert(d, s.alert, until=d.today()),
        CARERS | CASE_WORKERS | DOOR,
    ),
    "alerts.archive_alert": (lambda d, s: alerts.archive_alert(d, s.alert.id), CARERS | CASE_WORKERS | DOOR),
    "arrivals.take_in": (lambda d, s: arrivals.take_in(d, {"short_name": "Nur"}), CASE_WORKERS | DOOR),
    "arrivals.take_in with a stay": (
        lambda d, s: arrivals.take_in(d, {"short_name": "Nur"}, stay={"arrived_on": d.today()}),
        CASE_WORKERS | DOOR,
    ),
    "arrivals.take_back": (lambda d, s: arrivals.take_back(d, s.person.id), CASE_WORKERS),
    "stays.add_stay": (lambda d, s: stays.add_stay(d, s.person.id, arrived_on=d.today()), CASE_WORKERS | DOOR),
    "stays.change_stay": (lambda d, s: stays.change_stay(d, s.stay, came_from="this_city"), CASE_WORKERS | DOOR),
    "stays.close_stay": (
        lambda d, s: stays.close_stay(d, s.stay, left_on=d.today(), leaving_reason="own_choice"),
        CASE_WORKERS | DOOR,
    ),
    "stays.archive_stay": (lambda d, s: stays.archive_stay(d, s.stay.id), CASE_WORKERS | DOOR),
    "stays.move_bed": (lambda d, s: stays.move_bed(d, s.stay, s.bed, d.today()), CASE_WORKERS | DOOR),
    "stays.take_back_move": (lambda d, s: stays.take_back_move(d, s.move), CASE_WORKERS | DOOR),
    "services.add_service": (
        lambda d, s: services.add_service(d, s.person.id, kind="social_talk", given_on=d.today(), outcome="took_place"),
        CARERS,
    ),
    "services.change_service": (lambda d, s: services.change_service(d, s.service, minutes=5), CARERS),
    "services.archive_service": (lambda d, s: services.archive_service(d, s.service.id), CARERS),
    "appointments.add_appointment": (
        lambda d, s: appointments.add_appointment(d, s.person.id, kind="talk", on=d.today()),
        HOUSE,
    ),
    "handovers.add_line": (
        lambda d, s: handovers.add_line(d, shifts.shift_now(d), kind="know", words="x", person_id=s.person.id),
        HOUSE,
    ),
    "roll_calls.save_roll": (
        lambda d, s: roll_calls.save_roll(d, shifts.shift_now(d), {s.person.id: roll_calls.Mark("out")}),
        HOUSE,
    ),
    "medicine.add_medicine": (
        lambda d, s: medicine.add_medicine(d, s.person.id, at=time(8), what="1 tablet"),
        HOUSE,
    ),
    "incidents.record_incident": (
        lambda d, s: incidents.record_incident(d, kind="missing", person_id=s.person.id),
        HOUSE,
    ),
    "appointments.change_appointment": (
        lambda d, s: appointments.change_appointment(d, s.appointment, kind="court"),
        HOUSE,
    ),
    "appointments.add_appointments": (
        lambda d, s: appointments.add_appointments(d, (s.person.id,), (d.today(),), kind="talk"),
        HOUSE,
    ),
    "appointments.change_meeting": (
        lambda d, s: appointments.change_meeting(d, [s.appointment], kind="court"),
        HOUSE,
    ),
    "appointments.mark": (lambda d, s: appointments.mark(d, [s.appointment], "given"), HOUSE),
    "appointments.move": (lambda d, s: appointments.move(d, [s.appointment], room="garden"), HOUSE),
    "appointments.take_back_move": (lambda d, s: appointments.take_back_move(d, [s.appointment]), HOUSE),
    "appointments.archive_appointments": (
        lambda d, s: appointments.archive_appointments(d, [s.appointment.id]),
        HOUSE,
    ),
    "booking.book": (
        lambda d, s: booking.book(d, booking.Booking(d.today(), "talk", people=(s.person.id,))),
        HOUSE,
    ),
    "holidays.put_holidays": (lambda d, s: holidays.put_holidays(d, []), SETTERS),
    "holidays.put_hours": (lambda d, s: holidays.put_hours(d, time(8), time(16)), SETTERS),
    "consents.record_consent": (
        lambda d, s: consents.record_consent(d, s.person.id, purpose="support", answer="withdrawn"),
        PLANNERS,
    ),
    "consents.change_consent": (lambda d, s: consents.change_consent(d, s.consent, answer="withdrawn"), PLANNERS),
    "referrals.record_referral": (lambda d, s: referrals.record_referral(d, s.person.id), PLANNERS),
    "referrals.change_referral": (lambda d, s: referrals.change_referral(d, s.referral, source="ngo"), PLANNERS),
    "referrals.archive_referral": (lambda d, s: referrals.archive_referral(d, s.referral.id), PLANNERS),
    "referrals_out.record_referral_out": (
        lambda d, s: referrals_out.record_referral_out(d, s.person.id, service="legal", organisation="Law clinic"),
        PLANNERS,
    ),
    "referrals_out.change_referral_out": (
        lambda d, s: referrals_out.change_referral_out(d, s.referral_out, contact="Somebody"),
        PLANNERS,
    ),
    "referrals_out.archive_referral_out": (
        lambda d, s: referrals_out.archive_referral_out(d, s.referral_out.id),
        PLANNERS,
    ),
    "consents.archive_consent": (lambda d, s: consents.archive_consent(d, s.consent.id), PLANNERS),
    "providers.add_provider": (lambda d, s: providers.add_provider(d, name="Hospital"), CARERS),
    "providers.change_provider": (lambda d, s: providers.change_provider(d, s.provider, cost="free"), CARERS),
    "providers.archive_provider": (lambda d, s: providers.archive_provider(d, s.provider.id), CARERS),
    "catalogue.change_entry": (lambda d, s: catalogue.change_entry(d, "food", minutes=5, roles=()), SETTERS),
    "catalogue.restore_entry": (lambda d, s: catalogue.restore_entry(d, "food"), SETTERS),
    "partners.add_partner": (lambda d, s: partners.add_partner(d, name="Hotel"), PLACERS),
    "partners.change_partner": (lambda d, s: partners.change_partner(d, s.partner, staff=5), PLACERS),
    "placements.add_placement": (
        lambda d, s: placements.add_placement(d, s.person.id, stage="looking", since=d.today(), kind="work"),
        PLACERS,
    ),
    "placements.change_placement": (
        lambda d, s: placements.change_placement(d, s.placement, check_in_on=d.today()),
        PLACERS,
    ),
    "placements.move_placement": (
        lambda d, s: placements.move_placement(d, s.placement, "working", d.today()),
        PLACERS,
    ),
    "plans.add_plan": (lambda d, s: plans.add_plan(d, s.person.id), PLANNERS),
    "plans.change_plan": (lambda d, s: plans.change_plan(d, s.plan, agreed_on=d.today()), PLANNERS),
    "plans.archive_plan": (lambda d, s: plans.archive_plan(d, s.plan.id), PLANNERS),
    "plans.set_goal": (lambda d, s: plans.set_goal(d, s.plan, "legal", words="I am safe"), PLANNERS),
    "plans.set_goal of work": (
        lambda d, s: plans.set_goal(d, s.plan, "work", words="I earn money"),
        PLANNERS | {Role.VOCATIONAL_OFFICER},
    ),
    "plans.set_next_step": (lambda d, s: plans.set_next_step(d, s.person.id, words="Call"), PLANNERS),
    "plans.change_next_step": (lambda d, s: plans.change_next_step(d, s.step, words="Write"), PLANNERS),
    "milestones.add_milestone": (
        lambda d, s: milestones.add_milestone(d, s.plan, domain="legal", words="Court"),
        PLANNERS,
    ),
    "milestones.add_milestone of work": (
        lambda d, s: milestones.add_milestone(d, s.plan, domain="work", words="Course"),
        PLANNERS | {Role.VOCATIONAL_OFFICER},
    ),
    "milestones.begin_plan_from": (lambda d, s: milestones.begin_plan_from(d, s.plan), PLANNERS),
    "milestones.change_milestone": (lambda d, s: milestones.change_milestone(d, s.milestone, words="x"), PLANNERS),
    "milestones.change_milestone of work": (
        lambda d, s: milestones.change_milestone(d, s.work_milestone, words="x"),
        PLANNERS | {Role.VOCATIONAL_OFFICER},
    ),
    "milestones.change_milestone out of work": (
        lambda d, s: milestones.change_milestone(d, s.work_milestone, domain="legal"),
        PLANNERS,
    ),
    "milestones.mark_done": (lambda d, s: milestones.mark_done(d, s.milestone), PLANNERS),
    "milestones.archive_milestone": (lambda d, s: milestones.archive_milestone(d, s.milestone.id), PLANNERS),
    "milestones.archive_milestone of work": (
        lambda d, s: milestones.archive_milestone(d, s.work_milestone.id),
        PLANNERS | {Role.VOCATIONAL_OFFICER},
    ),
    "notes.add_note": (
        lambda d, s: notes.add_note(d, s.person.id, kind="house", written_on=d.today(), house_text="x"),
        READERS,
    ),
    "notes.change_note": (lambda d, s: notes.change_note(d, s.note, house_text="y"), READERS),
    "note_lock.set_lock_days": (lambda d, s: note_lock.set_lock_days(d, 14), SETTERS),
    "notes.archive_note": (lambda d, s: notes.archive_note(d, s.note.id), READERS),
    "wellbeing.add_rating": (lambda d, s: wellbeing.add_rating(d, s.person.id, rated_on=d.today()), PLANNERS),
    "wellbeing.archive_rating": (lambda d, s: wellbeing.archive_rating(d, s.rating.id), PLANNERS),
    "rooms.add_site": (lambda d, s: rooms.add_site(d, code="B"), SETTERS),
    "absences.add_absence": (lambda d, s: absences.add_absence(d, s.person.id, since=d.today()), CASE_WORKERS | DOOR),
    "visits.add_visit": (lambda d, s: visits.add_visit(d, s.person.id, on=d.today()), CASE_WORKERS | DOOR),
    "belongings.take_in": (lambda d, s: belongings.take_in(d, s.person.id, kind="keys"), CASE_WORKERS | DOOR),
    "stays.hold_bed": (lambda d, s: stays.hold_bed(d, rooms.beds_of(d)[0].id, d.today()), CASE_WORKERS | DOOR),
    "leaving.tick": (lambda d, s: leaving.tick(d, s.stay, frozenset({"keys_returned"})), CASE_WORKERS | DOOR),
    "follow_ups.record_follow_up": (
        lambda d, s: follow_ups.record_follow_up(d, s.person.id, on=d.today(), result="spoke"),
        PLANNERS,
    ),
    "room_beds.give_up_room": (lambda d, s: room_beds.give_up_room(d, s.room), SETTERS),
    "room_beds.set_beds": (lambda d, s: room_beds.set_beds(d, s.room, 0), SETTERS),
    "rooms.add_project": (lambda d, s: rooms.add_project(d, code="EU"), SETTERS),
    "rooms.change_house": (lambda d, s: rooms.change_house(d, s.room, kind="women"), SETTERS),
    "house_settings.put": (lambda d, s: house_settings.put(d, "currency", "EUR"), SETTERS),
    "house_settings.change_field": (lambda d, s: house_settings.change_field(d, "person.gender", hidden=True), SETTERS),
    "house_settings.add_own_field": (
        lambda d, s: house_settings.add_own_field(d, "person", "Size", Kind.NUMBER, None),
        SETTERS,
    ),
    "restrictions.restrict": (lambda d, s: restrictions.restrict(d, s.person.id, "x"), CLOSERS),
    "restrictions.lift": (lambda d, s: restrictions.lift(d, s.person.id), CLOSERS),
    "restrictions.close_to": (lambda d, s: restrictions.close_to(d, s.person.id, s.person.id), CLOSERS),
    "restrictions.open_to": (lambda d, s: restrictions.open_to(d, s.person.id, s.person.id), CLOSERS),
    "restrictions.set_team": (lambda d, s: restrictions.set_team(d, d.me.id, "Early"), {Role.DIRECTOR}),
    "role_limits.allow": (
        lambda d, s: role_limits.allow(d, Role.DOCTOR, Right.GIVE_SERVICES, allowed=True),
        MANAGERS,
    ),
    "role_limits.set_caseload": (lambda d, s: role_limits.set_caseload(d, Role.DOCTOR, Caseload.ALL), MANAGERS),
    "backups.back_up": (lambda d, s: backups.back_up_everywhere(d), CASE_WORKERS | {Role.ADMINISTRATOR}),
}
READS: dict[str, tuple[Try, set[Role]]] = {
    "person_reading.person_by_code": (lambda d, s: person_reading.person_by_code(d, s.person.code), READERS),
    "person_reading.read_person": (lambda d, s: person_reading.read_person(d, s.person.id), READERS),
    "person_history.history_of": (
        lambda d, s: person_history.history_of(d, person_history.StatusSince, s.person.id),
        READERS,
    ),
    "services.services_of": (lambda d, s: services.services_of(d, s.person.id), READERS),
    "services.services_between": (lambda d, s: services.services_between(d, d.today(), d.today()), READERS),
    "services.service_with": (lambda d, s: services.service_with(d, s.service.id), READERS),
    "services.last_given": (lambda d, s: services.last_given(d), READERS),
    "consents.consents_of": (lambda d, s: consents.consents_of(d, s.person.id), READERS),
    "referrals.referrals_of": (lambda d, s: referrals.referrals_of(d, s.person.id), READERS),
    "referrals_out.referrals_out_of": (lambda d, s: referrals_out.referrals_out_of(d, s.person.id), READERS),
    "sharing.may_share": (lambda d, s: sharing.may_share(d, s.person.id, "health", "Clinic"), READERS),
    "referral_letter.parts_of": (lambda d, s: referral_letter.parts_of(d, s.referral_out, "en"), PLANNERS),
    "consent_forms.form_facts": (lambda d, s: consent_forms.form_facts(d, s.person.id, "en"), PLANNERS),
    "providers.providers_of": (lambda d, s: providers.providers_of(d), READERS),
    "providers.provider_with": (lambda d, s: providers.provider_with(d, s.provider.id), READERS),
    "providers.directory": (lambda d, s: providers.directory(d), READERS),
    "providers.taken_out": (lambda d, s: providers.taken_out(d), READERS),
    "providers.ending_agreements": (lambda d, s: providers.ending_agreements(d), READERS),
    "partners.partners_of": (lambda d, s: partners.partners_of(d), READERS),
    "partners.partner_with": (lambda d, s: partners.partner_with(d, s.partner.id), READERS),
    "placements.placements_of": (lambda d, s: placements.placements_of(d, s.person.id), READERS),
    "placements.all_placements": (lambda d, s: placements.all_placements(d), READERS),
    "plans.plans_of": (lambda d, s: plans.plans_of(d, s.person.id), READERS),
    "plans.goals_of": (lambda d, s: plans.goals_of(d, s.plan.id), READERS),
    "plans.next_step_of": (lambda d, s: plans.next_step_of(d, s.person.id), READERS),
    "milestones.milestones_of": (lambda d, s: milestones.milestones_of(d, s.plan.id), READERS),
    "due.milestones_due": (lambda d, s: due.milestones_due(d, "past"), READERS),
    "due.plans_to_review": (lambda d, s: due.plans_to_review(d), READERS),
    "due.papers_to_print": (lambda d, s: due.papers_to_print(d), READERS),
    "due.reminders": (lambda d, s: due.reminders(d), READERS),
    "tasks.find_task": (lambda d, s: tasks.find_task(d, s.task.id), HOUSE),
    "tasks.open_tasks_of": (lambda d, s: tasks.open_tasks_of(d, s.person.id), HOUSE),
    "to_do.to_dos": (lambda d, s: to_do.to_dos(d), HOUSE),
    "to_do.waiting": (lambda d, s: to_do.waiting(d, 7), READERS),
    "needs.needs_of": (lambda d, s: needs.needs_of(d, s.person.id), READERS),
    "caseload.read_caseload": (lambda d, s: caseload.read_caseload(d), READERS),
    "caseload.silent_residents": (lambda d, s: caseload.silent_residents(d), READERS),
    "alerts.alerts_of": (lambda d, s: alerts.alerts_of(d, s.person.id), HOUSE),
    "alerts.every_alert_of": (lambda d, s: alerts.every_alert_of(d, s.person.id), HOUSE),
    "risk.risk_of": (lambda d, s: risk.risk_of(d, s.person.id), READERS),
    "safety_plan.safety_plans_of": (lambda d, s: safety_plan.safety_plans_of(d, s.person.id), READERS),
    "deadlines.deadlines_of": (lambda d, s: deadlines.deadlines_of(d, s.person.id), READERS),
    "deadlines.kinds_for": (lambda d, s: deadlines.kinds_for(d, s.person.id), READERS),
    "note_versions.versions_of": (lambda d, s: note_versions.versions_of(d, s.note), READERS),
    "note_versions.corrections_of": (lambda d, s: note_versions.corrections_of(d, s.person.id), READERS),
    "notes.supervisions_of": (lambda d, s: notes.supervisions_of(d, s.person.id, s.note.id), READERS),
    "notes.notes_of": (lambda d, s: notes.notes_of(d, s.person.id), READERS),
    "wellbeing.ratings_of": (lambda d, s: wellbeing.ratings_of(d, s.person.id), READERS),
    "stays.stays_of": (lambda d, s: stays.stays_of(d, s.person.id), HOUSE),
    "medicine.medicines_of": (lambda d, s: medicine.medicines_of(d, s.person.id), HOUSE),
    "book.read_book": (lambda d, s: book.read_book(d, shifts.shift_now(d)), HOUSE),
    "feedback.my_feedback": (lambda d, s: feedback.my_feedback(d), HOUSE),
    "stays.moves_of": (lambda d, s: stays.moves_of(d, s.person.id), HOUSE),
    "bed_use.beds_on": (lambda d, s: bed_use.beds_on(d, d.today()), HOUSE),
    "bed_use.without_bed": (lambda d, s: bed_use.without_bed(d, d.today()), HOUSE),
    "absences.absences_of": (lambda d, s: absences.absences_of(d, s.person.id), HOUSE),
    "absences.away_on": (lambda d, s: absences.away_on(d, d.today()), HOUSE),
    "visits.visits_of": (lambda d, s: visits.visits_of(d, s.person.id), HOUSE),
    "visits.visits_on": (lambda d, s: visits.visits_on(d, d.today()), HOUSE),
    "belongings.belongings_of": (lambda d, s: belongings.belongings_of(d, s.person.id), HOUSE),
    "bed_holds.holds_on": (lambda d, s: bed_holds.holds_on(d, d.today()), HOUSE),
    "stay_problems.problems_of_stays": (lambda d, s: stay_problems.problems_of_stays(d), HOUSE),
    "follow_ups.planned_of": (lambda d, s: follow_ups.planned_of(d, s.person.id), HOUSE),
    "follow_ups.follow_ups_of": (lambda d, s: follow_ups.follow_ups_of(d, s.person.id), READERS),
    "bed_use.bed_names": (lambda d, s: bed_use.bed_names(d, [s.person.id], d.today()), HOUSE),
    "residents.list_counts": (lambda d, s: residents.list_counts(d), HOUSE),
    "residents.list_rows": (lambda d, s: residents.list_rows(d, "everybody"), HOUSE),
    "residents.rows_of": (lambda d, s: residents.rows_of(d, [s.person.id]), HOUSE),
    "residents.head_of": (lambda d, s: residents.head_of(d, s.person), HOUSE),
    "appointments.appointments_of": (lambda d, s: appointments.appointments_of(d, s.person.id, d.today()), HOUSE),
    "appointments.meeting_of": (lambda d, s: appointments.meeting_of(d, s.appointment), HOUSE),
    "appointments.later_of_series": (lambda d, s: appointments.later_of_series(d, s.appointment), HOUSE),
    "calendar.read_days": (lambda d, s: calendar.read_days(d, d.today(), d.today()), HOUSE),
    "clashes.clashes": (lambda d, s: clashes.clashes(d, clashes.Wanted(d.today(), time(9))), HOUSE),
    "clashes.free_times": (lambda d, s: clashes.free_times(d, clashes.Wanted(d.today(), time(9))), HOUSE),
    "clashes.free_members": (
        lambda d, s: clashes.free_members(d, clashes.Wanted(d.today(), time(9)), [d.me.id]),
        HOUSE,
    ),
    "booking.lexicon_of": (lambda d, s: booking.lexicon_of(d), HOUSE),
    "tomorrow.tomorrow_rows": (lambda d, s: tomorrow.tomorrow_rows(d, d.today()), HOUSE),
    "appointments.appointments_between": (
        lambda d, s: appointments.appointments_between(d, d.today(), d.today()),
        HOUSE,
    ),
    "restrictions.restriction_of": (lambda d, s: restrictions.restriction_of(d, s.person.id), READERS),
    "restrictions.who_knows": (lambda d, s: restrictions.who_knows(d, s.person.id), CLOSERS),
    "restrictions.teams": (lambda d, s: restrictions.teams(d), MANAGERS),
    "role_limits.limits": (lambda d, s: role_limits.limits(d), MANAGERS),
    "record_log.log_of": (lambda d, s: record_log.log_of(d, s.person.id), {Role.DIRECTOR}),
}
EVERY = WRITES | READS | {"rooms.add_first_site": (lambda d, s: rooms.add_first_site(d, ""), set[Role]())}


def test_the_program_gives_the_keys_of_the_table() -> None:
    assert {role: set(keys) for role, keys in ROLE_COMPARTMENTS.items()} == KEYS
    assert set(ROLE_RIGHTS) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_each_role_does_what_its_row_says_and_nothing_else(desk: Desk, stock: Stock, role: Role) -> None:
    allowed: set[str] = set()
    mine = seat(desk, role)
    for name, (attempt, _roles) in EVERY.items():
        try:
            # What an earlier attempt of this role changed may stand in the way; that is no question of rights.
            with suppress(Problems, StaleRecord):
                attempt(mine, stock)
            allowed.add(name)
        except NotAllowed:
            continue
    assert allowed == {name for name, (_attempt, roles) in EVERY.items() if role in roles}


@pytest.mark.parametrize("name", WRITES)
def test_every_write_works_for_who_may(desk: Desk, stock: Stock, name: str) -> None:
    attempt, roles = WRITES[name]
    if name in ("stays.add_stay", "arrivals.take_in with a stay", "room_beds.set_beds", "room_beds.give_up_room"):
        stays.close_stay(desk, stock.stay, left_on=desk.today(), leaving_reason="own_choice")
    attempt(seat(desk, min(roles - {Role.DIRECTOR} or roles)), stock)


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_its_compartments_and_no_other(desk: Desk, stock: Stock, role: Role) -> None:
    """Every sealed field of every record, filled by who holds all keys, read with the keys of one role."""
    with desk.write(Act.INVENT) as db:
        for kind in RECORDS.values():
            if not kind.__module__.startswith("shelterdesk."):
                continue
            for record in db.query(kind).options(*whole(kind)):
                for field in kind.declared:
                    if field.compartment is not None:
                        field.write(record, {Kind.NUMBER: 7, Kind.DAY: date(2026, 12, 3)}.get(field.kind, "words"))
    mine = seat(desk, role)
    seen: set[Compartment] = set()
    closed: set[Compartment] = set()
    with mine.read() as db:
        for kind in RECORDS.values():
            if kind.__module__.startswith("shelterdesk."):
                for record in db.query(kind).options(*whole(kind)):
                    for field in (one for one in kind.declared if one.compartment is not None):
                        assert field.compartment is not None
                        (closed if field.read(record) is CLOSED else seen).add(field.compartment)
    assert seen == KEYS[role]
    assert closed == set(Compartment) - KEYS[role]
    assert mine.vault.ring.compartments == KEYS[role]


@pytest.mark.parametrize("role", Role)
def test_nobody_writes_what_they_cannot_read(desk: Desk, stock: Stock, role: Role) -> None:
    mine = seat(desk, role)
    texts = [
        (record, field)
        for record in vars(stock).values()
        if inspect(record, raiseerr=False) is not None
        for field in type(record).declared
        if field.compartment is not None
    ]
    assert {field.compartment for _record, field in texts} == set(Compartment)
    for record, field in texts:
        assert field.compartment is not None
        value = {Kind.NUMBER: 7, Kind.DAY: date(2026, 12, 4)}.get(field.kind, "new words")
        if field.compartment in KEYS[role]:
            _write(mine, record, field, value)
        else:
            with pytest.raises(NoKey):
                _write(mine, record, field, value)
            assert field not in mine.writable(mine.fields(type(record)))


def _write(desk: Desk, record: Any, field: Any, value: Any) -> None:
    with desk.write(Act.UNDO) as db:
        field.write(db.get_one(type(record), record.id, options=whole(type(record))), value)


def test_roles_add_up_and_unknown_roles_give_nothing() -> None:
    both = access.rights_of(["reception", "reporting_officer"])
    assert both == ROLE_RIGHTS[Role.RECEPTION] | ROLE_RIGHTS[Role.REPORTING_OFFICER]
    assert access.rights_of(["emperor", ""]) == frozenset()
    assert access.rights_of([role.value for role in Role]) == frozenset(Right)


@pytest.mark.parametrize("role", Role)
def test_pages_for_everybody_work_for_every_role(desk: Desk, stock: Stock, role: Role) -> None:
    mine = seat(desk, role)
    read = today.read_today(mine)
    index = search.build_index(mine)
    found = {entry.name for entry in index.entries}
    if role in HOUSE:
        assert read.people_on_file == 1
        assert found == {"Ay"}
    else:
        assert read.beds == ()
        assert found == set()


def test_reception_takes_in_without_a_legal_name(desk: Desk, stock: Stock) -> None:
    reception = seat(desk, Role.RECEPTION)
    asked = {field.attribute for field in reception.writable(reception.fields(people.Person))}
    assert "given_names" not in asked
    assert "birth_day" not in asked
    made = arrivals.take_in(reception, {"short_name": "Nur", "gender": "woman"}, referral={"source": "police"})
    assert person_reading.person_by_code(desk, made.code).short_name == "Nur"
    for values in ({"given_names": "Nuray"}, {"document_number": "AA1"}):
        with pytest.raises(NoKey):
            arrivals.take_in(reception, values)
    with pytest.raises(NoKey):
        arrivals.take_in(reception, {}, referral={"organisation": "Police of Baku"})
    arrivals.take_back(reception, made.id)
    with pytest.raises(NotAllowed):
        arrivals.take_back(reception, stock.person.id)


def test_a_note_belongs_to_who_holds_its_key(desk: Desk, stock: Stock) -> None:
    written = notes.add_note(
        desk, stock.person.id, kind="psychological", written_on=desk.today(), clinical_text="words"
    )
    nurse = seat(desk, Role.NURSE)
    assert notes.kinds_for(nurse) == ["house", "health", "work"]
    for attempt in (
        lambda: notes.add_note(nurse, stock.person.id, kind="psychological", written_on=nurse.today()),
        lambda: notes.change_note(nurse, written, written_on=nurse.today()),
        lambda: notes.change_note(nurse, stock.note, kind="psychological"),
        lambda: notes.archive_note(nurse, written.id),
    ):
        with pytest.raises(NoKey):
            attempt()
    notes.archive_note(seat(desk, Role.PSYCHOLOGIST), written.id)
