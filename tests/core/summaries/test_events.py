"""What befell people and the house: nights away, follow-ups, referrals out, alerts, violence told, incidents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from shelterdesk.absences import Absence
from shelterdesk.alerts import Alert
from shelterdesk.appointments import Appointment
from shelterdesk.desk import Desk
from shelterdesk.follow_ups import FollowUp
from shelterdesk.gbv_incidents import GbvIncident
from shelterdesk.house_book.incidents import HouseIncident
from shelterdesk.needs import Need
from shelterdesk.referrals_out import ReferralOut
from shelterdesk.rooms import add_site, sites_of
from shelterdesk.summaries.disclosure import months_needed, protect
from shelterdesk.summaries.period import month
from shelterdesk.summaries.presences import Presence, nights_away
from shelterdesk.summaries.summary import summarise
from shelterdesk.summaries.table import PREVIOUS, SINCE_JANUARY, THIS, Summary

from .conftest import House

OCTOBER = month(date(2026, 10, 1))


def october(number: int) -> date:
    return date(2026, 10, number)


def values(summary: Summary, row: str) -> list[float | None]:
    return [figure.value for figure in summary.rows()[row].figures]


def people(summary: Summary, row: str) -> int | None:
    return summary.rows()[row].figures[THIS].people


@pytest.mark.parametrize(
    ("absences", "nights"),
    [
        ([(october(3), october(5))], 2),
        ([(october(3), october(5)), (october(4), october(6))], 3),
        ([(date(2026, 9, 28), october(2))], 1),
        ([(october(30), None)], 2),
        ([(october(5), october(5))], 0),
        ([(date(2026, 8, 1), None)], 0),
    ],
)
def test_a_night_away_counts_once_and_the_day_of_coming_back_does_not(
    absences: list[tuple[date, date | None]], nights: int
) -> None:
    present = [Presence("her", date(2026, 9, 20), None, None, returning=False)]
    away = nights_away(present, (("her", *one) for one in absences), october(1), october(31))
    assert away.get("her", 0) == nights


def test_who_did_not_come_back_is_away_until_she_left_and_not_in_her_next_stay(desk: Desk, house: House) -> None:
    person, other = house.person(), house.person()
    house.stay(person, date(2026, 9, 1), october(10))
    house.stay(person, october(20))
    house.stay(other, date(2026, 9, 1))
    house.put(Absence(person_id=person, since=october(6)))
    house.put(Absence(person_id=other, since=date(2026, 9, 30), back_on=october(2)))
    house.put(Absence(person_id=other, since=october(15), back_on=october(16), archived_at=desk.now()))
    summary = summarise(desk, OCTOBER)
    assert values(summary, "bed_nights.away") == [4 + 1, 1, 4 + 2]
    assert people(summary, "bed_nights.away") == 2
    for column in (THIS, PREVIOUS, SINCE_JANUARY):
        here, away, both = (values(summary, row)[column] or 0 for row in (
            "bed_nights.here", "bed_nights.away", "bed_nights",
        ))  # fmt: skip
        assert here + away == both


def test_help_that_was_needed_and_was_not_to_be_had(desk: Desk, house: House) -> None:
    one, two = house.person(), house.person()
    cost: dict[str, Any] = {"state": "not_available", "why": "cost", "ended_on": october(9)}
    full: dict[str, Any] = {"state": "not_available", "why": "full", "ended_on": october(3)}
    house.put(
        Need(person_id=one, kind="child_care", since=october(1), state="open"),
        Need(person_id=one, kind="dental_care", since=october(2), **cost),
        Need(person_id=two, kind="tests", since=date(2026, 9, 9), **full),
        Need(person_id=two, kind="tests.own_1", since=october(4), state="met", ended_on=october(8)),
        Need(person_id=two, kind="tests", since=october(4), state="open", archived_at=desk.now()),
    )
    summary = summarise(desk, OCTOBER)
    assert values(summary, "needs") == [3, 1, 4]
    assert values(summary, "needs.health") == [2, 1, 3]
    assert values(summary, "needs.social") == [1, 0, 1]
    assert values(summary, "needs_unmet") == [2, 0, 2]
    assert values(summary, "needs_unmet.cost")[THIS] == 1
    assert people(summary, "needs_unmet") == 2


def test_follow_ups_held_tried_and_missed(desk: Desk, house: House) -> None:
    one, two = house.person(), house.person()
    house.put(
        FollowUp(person_id=one, on=october(1), result="spoke"),
        FollowUp(person_id=one, on=october(9), result="not_reached"),
        FollowUp(person_id=two, on=october(31), result="through_someone"),
        FollowUp(person_id=two, on=date(2026, 9, 30), result="declined"),
        FollowUp(person_id=two, on=october(3), result="spoke", archived_at=desk.now()),
        Appointment(person_id=one, kind="follow_up", on=october(20), state="planned"),
        Appointment(person_id=two, kind="follow_up", on=october(21), state="given"),
        Appointment(person_id=two, kind="other", on=october(22), state="planned"),
        Appointment(person_id=two, kind="follow_up", on=desk.today(), state="planned"),
    )
    summary = summarise(desk, OCTOBER)
    assert values(summary, "follow_ups") == [3, 1, 4]
    assert values(summary, "follow_ups.reached") == [2, 0, 2]
    assert values(summary, "follow_ups.not_reached") == [1, 1, 2]
    assert values(summary, "follow_ups_missed") == [1, 0, 1]
    assert people(summary, "follow_ups") == 2
    now = summarise(desk, month(desk.today()))
    assert values(now, "follow_ups_missed")[THIS] == 0, "today is not over"


def test_what_was_agreed_and_not_attended_by_reason(desk: Desk, house: House) -> None:
    one, two = house.person(), house.person()
    missed: dict[str, Any] = {"kind": "session", "state": "not_attended"}
    house.put(
        Appointment(person_id=one, on=october(1), cancel_why="unwell", **missed),
        Appointment(person_id=one, on=october(2), cancel_why="other.own_1", **missed),
        Appointment(person_id=two, on=october(31), **missed),
        Appointment(person_id=two, on=date(2026, 9, 30), cancel_why="unwell", **missed),
        Appointment(person_id=two, on=october(3), archived_at=desk.now(), **missed),
        Appointment(person_id=None, on=october(3), **missed),
        Appointment(person_id=two, kind="follow_up", on=october(4), state="not_attended"),
        *(Appointment(person_id=two, kind="clinic", on=october(5), state=state) for state in ("given", "moved")),
    )
    summary = summarise(desk, OCTOBER)
    assert values(summary, "not_attended") == [3, 1, 4]
    assert values(summary, "not_attended.unwell") == [1, 1, 2]
    assert [values(summary, f"not_attended.{why}")[THIS] for why in ("other", "none")] == [1, 1]
    assert people(summary, "not_attended") == 2


def test_referrals_out_count_once_sent_by_how_they_stand(desk: Desk, house: House) -> None:
    person = house.person()
    for state, sent in (
        ("prepared", None),
        ("withdrawn", None),
        ("sent", october(2)),
        ("done", october(31)),
        ("done", date(2026, 9, 1)),
    ):
        house.put(ReferralOut(person_id=person, service="health", state=state, sent_on=sent))
    summary = summarise(desk, OCTOBER)
    assert values(summary, "referrals_out") == [2, 1, 3]
    assert values(summary, "referrals_out.sent") == [1, 0, 1]
    assert values(summary, "referrals_out.done") == [1, 1, 2]
    assert "referrals_out.prepared" not in summary.rows()


def test_alerts_and_incidents_by_kind_and_own_kinds_as_what_they_are(desk: Desk, house: House) -> None:
    one, two = house.person(), house.person()
    house.merge(two, one)
    house.put(
        Alert(person_id=one, kind="allergy", since=october(3)),
        Alert(person_id=two, kind="looked_for", since=october(4), until=october(5)),
        Alert(person_id=one, kind="other", since=date(2026, 9, 4)),
        GbvIncident(person_id=one, reported_on=october(4), violence="rape"),
        GbvIncident(person_id=one, reported_on=october(4)),
        GbvIncident(person_id=one, violence="rape"),
        HouseIncident(kind="threat", happened_on=october(5)),
        HouseIncident(kind="threat.own_1", happened_on=october(5), person_id=one),
        HouseIncident(kind="fire", happened_on=october(6), person_id=two),
        HouseIncident(kind="fire", happened_on=october(6), archived_at=desk.now()),
    )
    summary = summarise(desk, OCTOBER)
    assert values(summary, "alerts") == [2, 1, 3]
    assert [values(summary, f"alerts.{kind}")[THIS] for kind in ("health", "safety")] == [1, 1]
    assert people(summary, "alerts") == 1, "two records of one person"
    assert values(summary, "violence")[THIS] == 2
    assert values(summary, "violence.rape")[THIS] == 1
    assert values(summary, "violence.none")[THIS] == 1
    assert values(summary, "house_incidents")[THIS] == 3
    assert values(summary, "house_incidents.threat")[THIS] == 2
    assert people(summary, "house_incidents") == 2, "the one that concerns nobody by name, and hers"


def test_one_site_counts_its_own(desk: Desk, house: House) -> None:
    first, other = sites_of(desk)[0], add_site(desk, code="B", name="Other")
    here, there = house.person(site_id=first.id), house.person(site_id=other.id)
    house.put(
        FollowUp(person_id=here, on=october(1), result="spoke"),
        FollowUp(person_id=there, on=october(2), result="spoke"),
        HouseIncident(kind="fire", happened_on=october(6)),
        HouseIncident(kind="fire", happened_on=october(6), person_id=there),
    )
    summary = summarise(desk, OCTOBER, site_id=other.id)
    assert values(summary, "follow_ups")[THIS] == 1
    assert values(summary, "house_incidents")[THIS] == 1


def test_what_few_people_stand_behind_does_not_leave(desk: Desk, house: House) -> None:
    for number in range(7):
        person = house.person()
        house.put(
            GbvIncident(
                person_id=person, reported_on=october(4), violence="rape" if number == 0 else "physical_assault"
            )
        )
    exact = summarise(desk, OCTOBER)
    covered = protect(exact, [summarise(desk, one) for one in months_needed(exact)]).rows()
    assert covered["violence"].figures[THIS].value == 7
    assert covered["violence.rape"].figures[THIS].value is None
    assert covered["violence.physical_assault"].figures[THIS].value is None, (
        "seven minus what is told would give it away"
    )
