"""Plans, goals, milestones and next steps; notes, consents and services beside them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from shelterdesk import (
    appointments,
    consents,
    due,
    house_settings,
    milestones,
    notes,
    people,
    person_history,
    plans,
    services,
    to_do,
    today,
)
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey, Problems, StaleRecord
from shelterdesk.fields import CLOSED
from shelterdesk.people import Person
from shelterdesk.plans import Goal, NextStep, Plan
from tests.core.seats import seat
from tests.desks import Clock

TODAY = date(2026, 11, 17)


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody on file."""
    return people.add_person(desk, short_name="Ay")


@pytest.fixture
def plan(desk: Desk, ay: Person) -> Plan:
    """Her plan."""
    return plans.add_plan(desk, ay.id, agreed_on=TODAY)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


# --- plans and goals ----------------------------------------------------------------------------------------------


def test_numbers_of_plans_are_never_given_twice(desk: Desk, ay: Person, plan: Plan) -> None:
    second = plans.add_plan(desk, ay.id)
    plans.archive_plan(desk, second.id)
    third = plans.add_plan(desk, ay.id)
    assert (plan.number, second.number, third.number) == (1, 2, 3)
    plans.archive_plan(desk, second.id, archived=False)
    assert [one.number for one in plans.plans_of(desk, ay.id)] == [3, 2, 1]
    assert milestones.begin_plan_from(desk, third).number == 4
    other = people.add_person(desk)
    assert plans.add_plan(desk, other.id).number == 1


def test_a_plan_has_one_goal_in_each_domain(desk: Desk, plan: Plan) -> None:
    first = plans.set_goal(desk, plan, "health", words="I sleep well")
    again = plans.set_goal(desk, plan, "health", words="I sleep well and feel stronger")
    assert first.id == again.id
    plans.set_goal(desk, plan, "safety", words="I feel safe")
    assert [(goal.domain, goal.words) for goal in plans.goals_of(desk, plan.id)] == [
        ("safety", "I feel safe"),
        ("health", "I sleep well and feel stronger"),
    ]


@pytest.mark.parametrize(("domain", "values"), [("magic", {}), ("health", {"kind": "magic"})])
def test_a_goal_is_checked(desk: Desk, plan: Plan, domain: str, values: dict[str, Any]) -> None:
    with pytest.raises(Problems):
        plans.set_goal(desk, plan, domain, words="x", **values)
    assert plans.goals_of(desk, plan.id) == []


def test_review_is_not_before_the_agreement(desk: Desk, plan: Plan) -> None:
    with pytest.raises(Problems):
        plans.change_plan(desk, plan, review_on=ago(1))


# --- milestones ---------------------------------------------------------------------------------------------------


def test_the_day_follows_the_status(desk: Desk, clock: Clock, plan: Plan) -> None:
    one = milestones.add_milestone(desk, plan, domain="legal", words="Court", done_on=ago(3))
    assert (one.status, one.done_on) == ("planned", None)
    one = milestones.change_milestone(desk, one, status="done", done_on=ago(3))
    assert one.done_on == ago(3)
    clock.now += timedelta(days=2)
    one = milestones.change_milestone(desk, one, status="done", words="Court hearing")
    assert one.done_on == ago(3), "the day that was noted stays"
    one = milestones.change_milestone(desk, one, words="Hearing")
    assert one.done_on == ago(3)
    one = milestones.mark_done(desk, one, done=False)
    assert (one.status, one.done_on) == ("under_way", None)
    one = milestones.change_milestone(desk, one, done_on=ago(1))
    assert one.done_on is None
    one = milestones.mark_done(desk, one)
    assert one.done_on == desk.today()
    one = milestones.change_milestone(desk, one, status="put_off")
    assert one.done_on is None
    done = milestones.add_milestone(desk, plan, domain="legal", words="Paper", status="done")
    assert done.done_on == desk.today()


def test_a_milestone_begins_its_goal(desk: Desk, plan: Plan) -> None:
    first = milestones.add_milestone(desk, plan, domain="legal", words="Court")
    second = milestones.add_milestone(desk, plan, domain="legal", words="Passport")
    assert first.goal_id == second.goal_id
    (goal,) = plans.goals_of(desk, plan.id)
    assert (goal.id, goal.words) == (first.goal_id, None)


def test_a_milestone_needs_words_and_a_domain(desk: Desk, plan: Plan) -> None:
    with pytest.raises(Problems) as found:
        milestones.add_milestone(desk, plan, domain="magic")
    assert [one.field for one in found.value.problems] == ["milestone.domain", "milestone.words"]
    with desk.read() as db:
        assert db.execute(select(func.count()).select_from(Goal)).scalar_one() == 0


def test_milestones_stand_by_domain_and_day(desk: Desk, plan: Plan) -> None:
    for domain, words, day in (
        ("work", "d", None),
        ("legal", "c", None),
        ("legal", "b", ago(-2)),
        ("safety", "a", None),
    ):
        milestones.add_milestone(desk, plan, domain=domain, words=words, due_on=day)
    assert [one.words for one in milestones.milestones_of(desk, plan.id)] == ["a", "b", "c", "d"]


def waiting(desk: Desk) -> set[str]:
    """Return what waits, which every page has to agree about."""
    listed = {one.milestone.id: one.milestone.words for one in due.milestones_due(desk, "past")}
    assert {one.id for one in today.read_today(desk).waiting} == set(listed)
    assert {one.id for one in to_do.to_dos(desk) if to_do.when_of(one, TODAY) == "past"} == set(listed)
    return set(listed.values())


def test_only_the_plan_at_work_waits(desk: Desk, ay: Person, plan: Plan) -> None:
    milestones.add_milestone(desk, plan, domain="legal", words="Court", due_on=ago(1))
    assert waiting(desk) == {"Court"}
    second = milestones.begin_plan_from(desk, plan)
    assert waiting(desk) == {"Court"}
    assert len(today.read_today(desk).waiting) == 1, "the copy in the plan before does not wait as well"
    (copy,) = milestones.milestones_of(desk, second.id)
    milestones.mark_done(desk, copy)
    assert waiting(desk) == set()
    plans.archive_plan(desk, second.id)
    assert waiting(desk) == {"Court"}
    person_history.record_phase(desk, ay.id, since=TODAY, phase="closed")
    assert waiting(desk) == set()
    person_history.record_phase(desk, ay.id, since=TODAY, phase="follow_up")
    assert waiting(desk) == {"Court"}
    people.archive_person(desk, ay.id)
    assert waiting(desk) == set()


# --- next steps ---------------------------------------------------------------------------------------------------


def test_the_newest_step_that_is_not_done_holds(desk: Desk, ay: Person) -> None:
    assert plans.next_step_of(desk, ay.id) is None
    plans.set_next_step(desk, ay.id, words="Call")
    second = plans.set_next_step(desk, ay.id, words="Write", kind="office")
    holding = plans.next_step_of(desk, ay.id)
    assert holding is not None
    assert (holding.id, holding.words) == (second.id, "Write")
    with desk.read() as db:
        still_open = select(func.count()).select_from(NextStep).where(NextStep.archived_at.is_(None))
        assert db.execute(still_open).scalar_one() == 1
    plans.change_next_step(desk, second, done_on=TODAY)
    assert plans.next_step_of(desk, ay.id) is None


def test_a_step_that_is_refused_leaves_the_one_before(desk: Desk, ay: Person) -> None:
    first = plans.set_next_step(desk, ay.id, words="Call")
    with pytest.raises(Problems):
        plans.set_next_step(desk, ay.id, words=" ")
    holding = plans.next_step_of(desk, ay.id)
    assert holding is not None
    assert holding.id == first.id


# --- consents -----------------------------------------------------------------------------------------------------


def missing(desk: Desk, person: Person) -> list[str]:
    return consents.missing_purposes(consents.consents_of(desk, person.id), desk.today())


def test_support_is_missing_until_it_is_given(desk: Desk, clock: Clock, ay: Person) -> None:
    assert missing(desk, ay) == ["support"]
    consents.record_consent(desk, ay.id, purpose="support", answer="not_asked")
    assert missing(desk, ay) == ["support"]
    consents.record_consent(desk, ay.id, purpose="support", answer="given", answered_on=ago(40))
    assert missing(desk, ay) == [], "an answer counts, even one older than the row that says nobody asked"
    clock.now += timedelta(hours=1)
    consents.record_consent(desk, ay.id, purpose="support", answer="withdrawn")
    assert missing(desk, ay) == ["support"], "taken back without a day is taken back"
    clock.now += timedelta(days=1)
    consents.record_consent(desk, ay.id, purpose="support", answer="given", answered_on=desk.today())
    assert missing(desk, ay) == []
    consents.record_consent(desk, ay.id, purpose="interview", answer="not_asked")
    assert missing(desk, ay) == ["interview"]


def ending(desk: Desk) -> list[date]:
    return [one.until for one in today.read_today(desk).consents_ending]


def test_a_consent_that_was_renewed_or_taken_back_does_not_end(desk: Desk, clock: Clock, ay: Person) -> None:
    until = TODAY + timedelta(days=10)
    values = {"purpose": "share_partner", "recipient": "Clinic", "answered_on": ago(300)}
    first = consents.record_consent(desk, ay.id, answer="given", until=until, **values)
    consents.record_consent(desk, ay.id, answer="given", until=until, **(values | {"recipient": "Court"}))
    assert ending(desk) == [until, until]
    clock.now += timedelta(hours=1)
    renewed = values | {"answered_on": TODAY}
    consents.record_consent(desk, ay.id, answer="given", until=TODAY + timedelta(days=300), **renewed)
    assert ending(desk) == [until]
    consents.record_consent(desk, ay.id, answer="withdrawn", **(renewed | {"recipient": "Court"}))
    assert ending(desk) == []
    assert consents.consents_of(desk, ay.id)[-1].until == first.until


# --- notes and services -------------------------------------------------------------------------------------------


def test_a_note_lies_in_the_compartment_of_its_kind(desk: Desk, ay: Person) -> None:
    field = notes.text_field(desk, "health")
    note = notes.add_note(desk, ay.id, kind="health", written_on=TODAY, **{field.attribute: "Iron"})
    assert notes.notes_of(desk, ay.id)[0].medical_text == "Iron"
    (read,) = notes.notes_of(seat(desk, Role.SOCIAL_WORKER), ay.id)
    assert field.read(read) is CLOSED
    assert "health" not in notes.kinds_for(seat(desk, Role.SOCIAL_WORKER))
    notes.archive_note(desk, note.id)
    assert notes.notes_of(desk, ay.id) == []
    notes.archive_note(desk, note.id, archived=False)
    assert len(notes.notes_of(desk, ay.id)) == 1
    with pytest.raises(Problems):
        notes.add_note(desk, ay.id, kind="poem", written_on=TODAY)


def test_a_service_brings_its_next_appointment(desk: Desk, ay: Person) -> None:
    values: dict[str, Any] = {"kind": "legal_advice", "given_on": TODAY, "outcome": "took_place"}
    with pytest.raises(Problems) as found:
        services.add_service(desk, ay.id, next_on=TODAY, **(values | {"outcome": None}))
    assert [one.field for one in found.value.problems] == ["service.outcome", "service.next_on"]
    assert services.services_of(desk, ay.id) == []
    services.add_service(desk, ay.id, next_on=TODAY + timedelta(days=7), next_words="Bring passport", **values)
    (next_one,) = appointments.appointments_of(desk, ay.id, TODAY)
    assert (next_one.on, next_one.words, next_one.state) == (TODAY + timedelta(days=7), "Bring passport", "planned")
    assert services.last_given(desk).kind == "legal_advice"  # type: ignore[union-attr]
    assert services.last_given(seat(desk, Role.NURSE)) is None


def test_what_the_shelter_needs_is_asked_for_everywhere(desk: Desk, ay: Person, plan: Plan) -> None:
    house_settings.change_field(desk, "service.team_note", required=True)
    house_settings.change_field(desk, "milestone.due_on", required=True)
    with pytest.raises(Problems) as found:
        services.add_service(desk, ay.id, kind="legal_advice", given_on=TODAY, outcome="took_place")
    assert [one.field for one in found.value.problems] == ["service.team_note"]
    with pytest.raises(Problems) as found:
        milestones.add_milestone(desk, plan, domain="legal", words="Court")
    assert [one.field for one in found.value.problems] == ["milestone.due_on"]


def test_a_restricted_note_is_refused_whole(desk: Desk, ay: Person) -> None:
    values: dict[str, Any] = {"kind": "legal_advice", "given_on": TODAY, "outcome": "took_place", "legal_note": "x"}
    with pytest.raises(NoKey):
        services.add_service(seat(desk, Role.SOCIAL_WORKER), ay.id, **values)
    assert services.services_of(desk, ay.id) == []
    made = services.add_service(seat(desk, Role.LAWYER), ay.id, **values)
    changed = services.change_service(seat(desk, Role.SOCIAL_WORKER), made, minutes=30, legal_note=CLOSED)
    assert (changed.minutes, services.service_with(desk, made.id).legal_note) == (30, "x")
    with pytest.raises(StaleRecord):
        services.change_service(desk, made, minutes=60)
