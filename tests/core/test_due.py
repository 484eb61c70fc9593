"""What is due: whose plans are still looked at again, and that Today counts the same ones."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from shelterdesk import due, people, person_history, plans, stays
from shelterdesk.desk import Desk
from shelterdesk.today import read_today

TODAY = date(2026, 11, 17)


def somebody(desk: Desk, name: str, *, arrived: date | None = None, left: date | None = None) -> UUID:
    """Put somebody on file whose plan was to be looked at again five days ago."""
    person = people.add_person(desk, short_name=name)
    if arrived is not None:
        stay = stays.add_stay(desk, person.id, arrived_on=arrived)
        if left is not None:
            stays.close_stay(desk, stay, left_on=left, leaving_reason="plan_reached")
    plans.add_plan(desk, person.id, agreed_on=TODAY - timedelta(days=60), review_on=TODAY - timedelta(days=5))
    return person.id


def names(found: list[due.DuePlan]) -> set[str]:
    return {one.person for one in found}


def test_plans_of_those_who_left_or_whose_support_is_over_are_not_listed(desk: Desk) -> None:
    somebody(desk, "Here", arrived=date(2026, 9, 1))
    somebody(desk, "Never lived here")
    somebody(desk, "Left", arrived=date(2025, 9, 1), left=date(2026, 1, 2))
    closed = somebody(desk, "Closed")
    person_history.record_phase(desk, closed, phase="closed", since=date(2026, 11, 1))
    people.archive_person(desk, somebody(desk, "Archived", arrived=date(2026, 9, 1)))
    assert names(due.plans_to_review(desk)) == {"Here", "Never lived here"}
    assert names(due.papers_to_print(desk)) == {"Here", "Never lived here"}
    assert read_today(desk).plans_to_review == 2


def test_who_came_back_is_listed_again(desk: Desk) -> None:
    back = somebody(desk, "Back", arrived=date(2025, 9, 1), left=date(2026, 1, 2))
    assert due.plans_to_review(desk) == []
    stays.add_stay(desk, back, arrived_on=date(2026, 11, 10))
    assert names(due.plans_to_review(desk)) == {"Back"}
    assert read_today(desk).first_to_review == back


def test_who_leaves_today_is_not_listed_and_who_leaves_later_is(desk: Desk) -> None:
    somebody(desk, "Today", arrived=date(2026, 9, 1), left=TODAY)
    stay = stays.add_stay(desk, somebody(desk, "Soon"), arrived_on=date(2026, 9, 1))
    stays.change_stay(desk, stay, expected_until=TODAY + timedelta(days=3))
    assert names(due.plans_to_review(desk)) == {"Soon"}
