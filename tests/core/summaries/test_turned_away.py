"""Requests for a place that had to be turned away, in the summary."""

from __future__ import annotations

from datetime import date

from shelterdesk import arrival_requests, rooms
from shelterdesk.desk import Desk
from shelterdesk.summaries.period import month
from shelterdesk.summaries.summary import summarise
from shelterdesk.summaries.table import PREVIOUS, SINCE_JANUARY, THIS

OCTOBER = month(date(2026, 10, 1))


def turned_away(desk: Desk, on: date, reason: str, **more: object) -> arrival_requests.ArrivalRequest:
    return arrival_requests.record_arrival_request(
        desk, received_on=on, decision="turned_away", decided_on=on, reason=reason, **more
    )


def test_requests_count_by_the_day_of_the_decision_and_by_reason(desk: Desk) -> None:
    site = rooms.sites_of(desk)[0].id
    turned_away(desk, date(2026, 10, 1), "full", site_id=site)
    turned_away(desk, date(2026, 10, 31), "no_fitting_bed", children=3)
    turned_away(desk, date(2026, 10, 9), "needs_care")
    turned_away(desk, date(2026, 9, 30), "full")
    mistake = turned_away(desk, date(2026, 10, 5), "full")
    arrival_requests.archive_arrival_request(desk, mistake.id)
    arrival_requests.record_arrival_request(
        desk, received_on=date(2026, 10, 7), decision="did_not_come", decided_on=date(2026, 10, 8)
    )
    arrival_requests.record_arrival_request(desk, received_on=date(2026, 10, 7))
    rows = summarise(desk, OCTOBER).rows()
    assert [rows["turned_away"].figures[column].value for column in (THIS, PREVIOUS, SINCE_JANUARY)] == [3, 1, 4]
    assert rows["turned_away"].figures[THIS].people == 3
    assert rows["turned_away.no_room"].figures[THIS].value == 2
    assert rows["turned_away.other"].figures[THIS].value == 1
    of_site = summarise(desk, OCTOBER, site_id=site).rows()
    assert of_site["turned_away"].figures[THIS].value == 1


def test_a_period_without_any_says_none(desk: Desk) -> None:
    assert summarise(desk, OCTOBER).rows()["turned_away"].figures[THIS].value == 0
