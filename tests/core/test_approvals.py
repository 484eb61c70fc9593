"""Approval: asked for, given, given back with words, taken back, and no longer true after a change."""

from __future__ import annotations

import pytest

from shelterdesk import approvals, milestones, plans
from shelterdesk.access import Role
from shelterdesk.approvals import Approval, Standing
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.people import Person, add_person, archive_person
from shelterdesk.plans import Plan
from shelterdesk.record_log import log_of
from shelterdesk.today import read_today
from tests.core.seats import seat


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody on file."""
    return add_person(desk, short_name="Ay")


@pytest.fixture
def plan(desk: Desk, ay: Person) -> Plan:
    """Her plan."""
    return plans.add_plan(desk, ay.id)


@pytest.fixture
def worker(desk: Desk) -> Desk:
    """A social worker at the same vault."""
    return seat(desk, Role.SOCIAL_WORKER)


def ask(desk: Desk, plan: Plan, **values: str) -> Approval:
    return approvals.ask(desk, approvals.PLAN, plan.person_id, plan.id, **values)


def standing(desk: Desk, plan: Plan) -> Standing:
    return approvals.standing_of_plan(desk, plan)


def test_a_plan_begins_without_approval(desk: Desk, plan: Plan) -> None:
    assert standing(desk, plan) == Standing()
    assert not standing(desk, plan).holds
    assert approvals.waiting(desk) == []


def test_who_may_approve_sees_it_with_words_and_says_yes(desk: Desk, worker: Desk, ay: Person, plan: Plan) -> None:
    ask(worker, plan, request="Is September realistic?")
    [waiting] = approvals.waiting(desk)
    assert (waiting.person, waiting.by_me, waiting.approval.request) == ("Ay", False, "Is September realistic?")
    assert [one.approval.id for one in read_today(desk).to_approve] == [waiting.approval.id]
    approvals.approve(desk, waiting.approval)
    now = standing(worker, plan)
    assert now.holds
    assert now.approval is not None
    assert (now.approval.decided_by, now.approval.decided_on) == (desk.me.id, desk.today())
    assert now.approval.own is None
    assert approvals.waiting(desk) == []
    assert [row.act for row in log_of(desk, ay.id)][:2] == ["Approved", "Asked for approval"]


def test_it_is_given_back_with_words_and_asked_for_again(desk: Desk, worker: Desk, plan: Plan) -> None:
    asked = ask(worker, plan)
    with pytest.raises(Problems):
        approvals.give_back(desk, asked, "  ")
    approvals.give_back(desk, asked, "Add who goes along.")
    [returned] = approvals.given_back(worker)
    assert returned.approval.answer == "Add who goes along."
    assert approvals.given_back(desk) == []
    assert [one.approval.id for one in read_today(worker).given_back] == [returned.approval.id]
    ask(worker, plan)
    assert approvals.given_back(worker) == []
    assert standing(worker, plan).state == approvals.ASKED


def test_nobody_asks_twice(worker: Desk, plan: Plan) -> None:
    ask(worker, plan)
    with pytest.raises(NotAllowed):
        ask(worker, plan)


def test_only_who_asked_takes_it_back(desk: Desk, worker: Desk, plan: Plan) -> None:
    asked = ask(worker, plan)
    with pytest.raises(NotAllowed):
        approvals.withdraw(desk, asked)
    approvals.withdraw(worker, asked)
    assert standing(worker, plan) == Standing()
    with pytest.raises(StaleRecord):
        approvals.approve(desk, asked)


def test_two_who_decide_at_once_do_not_overwrite_each_other(desk: Desk, worker: Desk, plan: Plan) -> None:
    asked = ask(worker, plan)
    approvals.give_back(desk, asked, "Not yet.")
    with pytest.raises(StaleRecord):
        approvals.approve(desk, asked)
    assert standing(worker, plan).state == approvals.RETURNED


def test_who_lacks_the_right_decides_nothing(desk: Desk, worker: Desk, plan: Plan) -> None:
    asked = ask(desk, plan)
    assert not approvals.may_decide(worker, asked)
    assert approvals.waiting(worker) == []
    for attempt in (lambda: approvals.approve(worker, asked), lambda: approvals.give_back(worker, asked, "No.")):
        with pytest.raises(NotAllowed):
            attempt()
    assert standing(desk, plan).state == approvals.ASKED


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.NURSE, Role.REPORTING_OFFICER, Role.ADMINISTRATOR])
def test_who_does_no_case_work_asks_for_nothing(desk: Desk, plan: Plan, role: Role) -> None:
    with pytest.raises(NotAllowed):
        ask(seat(desk, role), plan)


def test_in_a_house_of_two_the_director_approves_her_own_and_it_says_so(desk: Desk, plan: Plan) -> None:
    approvals.approve(desk, ask(desk, plan))
    now = standing(desk, plan)
    assert now.holds
    assert now.approval is not None
    assert now.approval.own is True


def test_where_three_people_work_nobody_approves_their_own(
    desk: Desk, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ask(desk, plan)
    monkeypatch.setattr(type(desk.vault), "members", property(lambda vault: (vault.member,) * 3))
    assert not approvals.may_decide(desk, asked)
    assert approvals.waiting(desk) == []
    with pytest.raises(NotAllowed):
        approvals.approve(desk, asked)


def test_work_along_the_plan_leaves_it_approved_and_a_new_goal_does_not(desk: Desk, plan: Plan) -> None:
    step = milestones.add_milestone(desk, plan, domain="safety", words="Moves in")
    approvals.approve(desk, ask(desk, plan))
    milestones.mark_done(desk, step, done=True)
    assert standing(desk, plan).holds
    plans.set_goal(desk, plan, "safety", words="I feel safe")
    now = standing(desk, plan)
    assert (now.state, now.changed, now.holds) == (approvals.APPROVED, True, False)
    approvals.approve(desk, ask(desk, plan))
    assert standing(desk, plan).holds


def test_a_new_milestone_and_other_words_take_it_away(desk: Desk, plan: Plan) -> None:
    approvals.approve(desk, ask(desk, plan))
    step = milestones.add_milestone(desk, plan, domain="safety", words="Moves in")
    assert standing(desk, plan).changed
    approvals.approve(desk, ask(desk, plan))
    milestones.change_milestone(desk, step, words="Moves out")
    assert standing(desk, plan).changed


def test_archived_people_wait_for_nothing(desk: Desk, ay: Person, plan: Plan) -> None:
    ask(desk, plan)
    archive_person(desk, ay.id)
    assert approvals.waiting(desk) == []
    archive_person(desk, ay.id, archived=False)
    assert len(approvals.waiting(desk)) == 1
