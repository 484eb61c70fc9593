"""Calls for a place: undecided, expected, turned away with a reason, and who may read them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from shelterdesk import arrival_requests as calls
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problems
from shelterdesk.schema import log_reading
from tests.core.seats import seat

TODAY = date(2026, 11, 17)


def acts_of(desk: Desk) -> list[str]:
    with desk.read() as db:
        return [row.act for row in log_reading.logged(db) if row.record == "arrival_request"]


def test_a_call_is_of_today_and_undecided_and_the_first_expected_comes_first(desk: Desk) -> None:
    night = seat(desk, Role.NIGHT_WORKER)
    late = calls.record_arrival_request(night, name_used="Vəfa", decision="expected", expected_on=TODAY)
    first = calls.record_arrival_request(
        night,
        name_used="Lalə",
        safe_number="050 000 00 00, only her sister answers",
        meeting_point="Pharmacy",
        expected_on=TODAY,
        expected_at=time(4),
    )
    some_day = calls.record_arrival_request(night)
    assert (some_day.received_on, some_day.decision, some_day.decided_on) == (TODAY, "open", None)
    assert [one.id for one in calls.waiting_requests(night)] == [first.id, late.id, some_day.id]
    assert calls.waiting_requests(night)[0].meeting_point == "Pharmacy"
    assert acts_of(desk) == ["record_arrival_request"] * 3


def test_turning_away_asks_for_the_reason_and_nothing_else(desk: Desk) -> None:
    with pytest.raises(Problems) as caught:
        calls.record_arrival_request(desk, decision="turned_away")
    assert [one.field for one in caught.value.problems] == ["arrival_request.reason"]
    made = calls.record_arrival_request(desk, decision="turned_away", reason="full", went_to="other_shelter")
    assert made.decided_on == TODAY
    assert calls.waiting_requests(desk) == []
    assert [one.id for one in calls.decided_requests(desk)] == [made.id]
    assert acts_of(desk) == ["turn_away"]


def test_a_decision_that_changes_leaves_nothing_of_the_other_behind(desk: Desk) -> None:
    made = calls.record_arrival_request(desk, decision="turned_away", reason="full", went_to="nowhere")
    comes = calls.change_arrival_request(desk, made, decision="expected")
    assert (comes.decided_on, comes.reason, comes.went_to) == (None, None, None)
    away = calls.change_arrival_request(desk, comes, decision="did_not_come")
    assert (away.decision, away.decided_on) == ("did_not_come", TODAY)
    assert acts_of(desk) == ["change_arrival_request", "change_arrival_request", "turn_away"]


def test_not_known_is_no_decision(desk: Desk) -> None:
    with pytest.raises(Problems) as caught:
        calls.record_arrival_request(desk, decision="not_known")
    assert [one.field for one in caught.value.problems] == ["arrival_request.decision"]


def test_nobody_is_expected_before_the_call(desk: Desk) -> None:
    with pytest.raises(Problems) as caught:
        calls.record_arrival_request(desk, expected_on=TODAY - timedelta(days=1))
    assert [one.field for one in caught.value.problems] == ["arrival_request.expected_on"]


def test_a_mistake_is_taken_off_the_lists_and_put_back(desk: Desk) -> None:
    made = calls.record_arrival_request(desk, decision="turned_away", reason="full")
    calls.archive_arrival_request(desk, made.id)
    assert calls.decided_requests(desk) == []
    calls.archive_arrival_request(desk, made.id, archived=False)
    assert [one.id for one in calls.decided_requests(desk)] == [made.id]


def test_what_was_decided_long_ago_is_not_listed(desk: Desk) -> None:
    before = TODAY - timedelta(days=31)
    made = calls.record_arrival_request(
        desk, received_on=before, decision="turned_away", reason="full", decided_on=before
    )
    assert calls.decided_requests(desk) == []
    assert calls.read_request(desk, made.id).reason == "full"


def test_only_the_house_reads_calls(desk: Desk) -> None:
    made = calls.record_arrival_request(desk, name_used="Lalə")
    for role in (Role.REPORTING_OFFICER, Role.ADMINISTRATOR):
        other = seat(desk, role)
        for look in (
            calls.waiting_requests,
            calls.decided_requests,
            lambda at: calls.read_request(at, made.id),
        ):
            with pytest.raises(NotAllowed):
                look(other)
    nurse = seat(desk, Role.NURSE)
    assert [one.name_used for one in calls.waiting_requests(nurse)] == ["Lalə"]
    with pytest.raises(NotAllowed):
        calls.change_arrival_request(nurse, made, decision="expected")
