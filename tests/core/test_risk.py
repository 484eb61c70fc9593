"""Risk levels and safety plans: the newest holds, is looked at again, and can be corrected."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from shelterdesk import people, person_history, risk, safety_plan
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems, StaleRecord
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, RiskSince, WorkerSince, current_on, history_of
from shelterdesk.schema import log_reading
from tests.core.seats import seat
from tests.desks import TODAY

DAY = timedelta(days=1)


@pytest.fixture
def ay(desk: Desk) -> Person:
    return people.add_person(desk, short_name="Ay")


def levels(desk: Desk, on: date) -> list[str]:
    with desk.read() as db:
        return list(current_on(db, RiskSince, "level", on).values())


def reviews(desk: Desk, until: date) -> list[date]:
    with desk.read() as db:
        return [one.on for one in risk.due_reviews(db, desk.today(), until)]


# --- risk ---------------------------------------------------------------------------------------------------------


def test_any_day_is_told_as_it_stood(desk: Desk, ay: Person) -> None:
    risk.record_risk(desk, ay.id, level="high", since=TODAY - 20 * DAY)
    risk.record_risk(desk, ay.id, level="medium", since=TODAY - 5 * DAY)
    assert [levels(desk, TODAY - back * DAY) for back in (21, 20, 6, 5, 0)] == [
        [], ["high"], ["high"], ["medium"], ["medium"],
    ]  # fmt: skip
    now = risk.risk_of(desk, ay.id)
    assert now is not None
    assert now.level == "medium"


def test_somebody_looks_again_as_soon_as_the_level_asks_for_it(desk: Desk, ay: Person) -> None:
    assert risk.record_risk(desk, ay.id, level="high").review_on == TODAY + 7 * DAY
    risk.put_review_days(desk, {**risk.review_days(desk), "high": 3})
    assert risk.record_risk(desk, ay.id, level="high").review_on == TODAY + 3 * DAY
    assert risk.record_risk(desk, ay.id, level="high", review_on=TODAY + DAY).review_on == TODAY + DAY
    assert risk.record_risk(desk, ay.id, level="not_known").review_on is None
    with pytest.raises(Problems):
        risk.put_review_days(desk, {"high": 0})


def test_only_the_level_that_holds_is_looked_at_again(desk: Desk, ay: Person) -> None:
    risk.record_risk(desk, ay.id, level="high", since=TODAY - 30 * DAY)
    assert reviews(desk, TODAY) == [TODAY - 23 * DAY]
    risk.record_risk(desk, ay.id, level="low", since=TODAY)
    assert reviews(desk, TODAY) == []
    assert reviews(desk, TODAY + 90 * DAY) == [TODAY + 90 * DAY]


def test_of_two_levels_of_one_day_the_one_written_last_is_looked_at_again(desk: Desk, ay: Person) -> None:
    risk.record_risk(desk, ay.id, level="high", since=TODAY, review_on=TODAY)
    risk.record_risk(desk, ay.id, level="low", since=TODAY, review_on=TODAY + DAY)
    assert reviews(desk, TODAY + DAY) == [TODAY + DAY]


def test_a_review_cannot_lie_before_the_level(desk: Desk, ay: Person) -> None:
    with pytest.raises(Problems) as caught:
        risk.record_risk(desk, ay.id, level="low", review_on=TODAY - DAY)
    assert [one.field for one in caught.value.problems] == ["risk_since.review_on"]


# --- corrections --------------------------------------------------------------------------------------------------


def test_a_change_adds_a_row_and_a_correction_edits_one(desk: Desk, ay: Person) -> None:
    high = risk.record_risk(desk, ay.id, level="high", since=TODAY - 9 * DAY)
    risk.correct_risk(desk, high, level="medium", since=TODAY - 8 * DAY)
    assert [(one.level, one.since) for one in history_of(desk, RiskSince, ay.id)] == [("medium", TODAY - 8 * DAY)]
    with pytest.raises(StaleRecord):
        risk.correct_risk(desk, high, level="low")
    crisis = person_history.record_phase(desk, ay.id, since=TODAY - DAY, phase="crisis")
    person_history.correct_phase(desk, crisis, phase="transition")
    assert [one.phase for one in history_of(desk, PhaseSince, ay.id)] == ["transition"]
    mine = person_history.assign_worker(desk, ay.id, desk.me.id)
    person_history.correct_worker(desk, mine, member_id=None)
    assert [one.member_id for one in history_of(desk, WorkerSince, ay.id)] == [None]
    with desk.read() as db:
        acts = [row.act for row in log_reading.logged(db, person_id=ay.id)]
    assert acts[0] == "correct_worker"
    assert {"correct_risk", "correct_phase"} <= set(acts)


def test_a_row_of_somebody_else_goes_and_comes_back(desk: Desk, ay: Person) -> None:
    wrong = risk.record_risk(desk, ay.id, level="high", since=TODAY - 9 * DAY)
    person_history.take_off(desk, wrong)
    assert levels(desk, TODAY) == []
    assert reviews(desk, TODAY + 99 * DAY) == []
    person_history.take_off(desk, wrong, archived=False)
    assert levels(desk, TODAY) == ["high"]


# --- safety plan --------------------------------------------------------------------------------------------------


def plan_reviews(desk: Desk, until: date) -> list[date]:
    with desk.read() as db:
        return [one.on for one in safety_plan.due_plan_reviews(db, until)]


def test_the_newest_plan_holds_and_the_older_ones_stay(desk: Desk, ay: Person) -> None:
    old = safety_plan.record_safety_plan(
        desk, ay.id, made_on=TODAY - 9 * DAY, concern="He waits at the school", review_on=TODAY
    )
    assert plan_reviews(desk, TODAY) == [TODAY]
    new = safety_plan.record_safety_plan(desk, ay.id, with_her=True, review_on=TODAY + 30 * DAY)
    assert [one.id for one in safety_plan.safety_plans_of(desk, ay.id)] == [new.id, old.id]
    assert plan_reviews(desk, TODAY) == []
    safety_plan.archive_safety_plan(desk, new.id)
    assert plan_reviews(desk, TODAY) == [TODAY]


def test_who_wants_no_plan_is_asked_again_by_nobody(desk: Desk, ay: Person) -> None:
    one = safety_plan.record_safety_plan(desk, ay.id, state="declined", review_on=TODAY)
    assert plan_reviews(desk, TODAY) == []
    safety_plan.change_safety_plan(desk, one, state="begun")
    assert plan_reviews(desk, TODAY) == [TODAY]
    with pytest.raises(Problems):
        safety_plan.record_safety_plan(desk, ay.id, reviewed_on=TODAY - DAY)


@pytest.mark.parametrize("role", [Role.NURSE, Role.VOCATIONAL_OFFICER, Role.NIGHT_WORKER])
def test_who_does_no_case_work_writes_neither(desk: Desk, ay: Person, role: Role) -> None:
    colleague = seat(desk, role)
    with pytest.raises(NotAllowed):
        risk.record_risk(colleague, ay.id, level="low")
    with pytest.raises(NotAllowed):
        safety_plan.record_safety_plan(colleague, ay.id)
