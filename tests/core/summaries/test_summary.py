"""A summary of a month, counted from a vault."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from shelterdesk.access import Role, rights_of
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed
from shelterdesk.milestones import Milestone
from shelterdesk.people import archive_person
from shelterdesk.placements import Placement, StageSince
from shelterdesk.plans import Goal, Plan
from shelterdesk.referrals import Referral
from shelterdesk.rooms import add_room, add_site, sites_of
from shelterdesk.stays import Stay, archive_stay
from shelterdesk.summaries import measures
from shelterdesk.summaries.period import Period, month, quarter
from shelterdesk.summaries.summary import summarise
from shelterdesk.summaries.table import PREVIOUS, SINCE_JANUARY, THIS, ChartLine, Summary

from .conftest import House

OCTOBER = month(date(2026, 10, 1))


def october(number: int) -> date:
    return date(2026, 10, number)


def values(summary: Summary, row: str) -> list[float | None]:
    return [figure.value for figure in summary.rows()[row].figures]


def people(summary: Summary, row: str) -> list[int | None]:
    return [figure.people for figure in summary.rows()[row].figures]


def test_movements_of_a_month(desk: Desk, house: House) -> None:
    staying, leaving, coming, back = (house.person() for _ in range(4))
    house.stay(staying, date(2026, 3, 1))
    house.stay(leaving, date(2026, 9, 20), october(5), leaving_reason="own_choice")
    house.stay(coming, october(30))
    house.stay(back, date(2026, 2, 1), date(2026, 2, 11), leaving_reason="plan_reached")
    house.stay(back, october(1), october(31), leaving_reason="no_longer_listed")
    summary = summarise(desk, OCTOBER)

    assert values(summary, "here_first") == [2, 1, 0]
    assert values(summary, "arrived") == [2, 1, 5]
    assert values(summary, "arrived.new") == [1, 1, 4]
    assert values(summary, "arrived.returning") == [1, 0, 1]
    assert values(summary, "left") == [2, 0, 3]
    assert values(summary, "left.planned") == [0, 0, 1]
    assert values(summary, "left.own_choice") == [1, 0, 1]
    assert values(summary, "left.other") == [1, 0, 1]
    assert values(summary, "here_last") == [2, 2, 2]
    # 31 nights, 4 of her who left on the 5th, 2 of her who came on the 30th, 30 of her who left on the last day.
    assert values(summary, "bed_nights")[THIS] == 31 + 4 + 2 + 30
    assert people(summary, "bed_nights")[THIS] == 4
    assert values(summary, "supported.stayed")[THIS] == 4


def test_balances_and_same_cells_hold(desk: Desk, house: House) -> None:
    for number in range(6):
        person = house.person(birth="2008-10" if number % 2 else "1990")
        house.stay(person, date(2026, 1 + number, 3), october(2 + number) if number < 4 else None)
        house.stay(person, october(20), None)
    for period in (OCTOBER, month(date(2026, 1, 1)), quarter(date(2026, 10, 1))):
        summary = summarise(desk, period)
        rows = summary.rows()
        for balance in summary.balances:
            if balance.exact:
                for column in (THIS, PREVIOUS, SINCE_JANUARY):
                    first, last = rows[balance.first].figures[column].value, rows[balance.last].figures[column].value
                    came = sum(rows[row].figures[column].value or 0 for row in balance.plus)
                    went = sum(rows[row].figures[column].value or 0 for row in balance.minus)
                    assert (first or 0) + came - went == last
        for (row, column), (other, beside) in summary.same:
            if "." not in row:
                assert rows[row].figures[column] == rows[other].figures[beside]


def test_parts_add_up_in_every_column(desk: Desk, house: House) -> None:
    genders = ["woman", "man", "trans_woman", "non_binary", None, "woman"]
    for number, gender in enumerate(genders):
        person = house.person(gender, ["1990", "2015", "2008"][number % 3])
        house.stay(person, date(2026, 5 + number, 1), date(2026, 10, 3 + number), leaving_reason="hospital")
        house.service(person, october(1 + number), ["social_talk", "legal_advice", "own_kind"][number % 3], minutes=45)
        house.status(person, october(2), "presumed" if number else "identified")
        house.put(Referral(person_id=person, referred_on=october(3), source=["police", None, "not_known"][number % 3]))
    rows = summarise(desk, OCTOBER).rows()
    splits = {(row.part_of, row.split) for row in rows.values() if row.part_of}
    assert {split for _whole, split in splits} == {
        "sex_age", "status", "returning", "reason", "stay", "kind", "source", "away"
    }  # fmt: skip
    for whole, split in splits:
        parts = [row for row in rows.values() if (row.part_of, row.split) == (whole, split)]
        for column in (THIS, PREVIOUS, SINCE_JANUARY):
            total = sum(part.figures[column].value or 0 for part in parts)
            assert total == pytest.approx(rows[whole].figures[column].value)
    assert rows["services.other"].figures[THIS].value == 2
    assert rows["referrals.none"].figures[THIS].value == 4


def test_age_and_status_are_those_of_the_day(desk: Desk, house: House) -> None:
    girl = house.person("woman", "2008-09")
    house.stay(girl, date(2026, 9, 10), october(20), leaving_reason="own_choice")
    house.status(girl, date(2026, 9, 1), "potential")
    house.status(girl, october(15), "identified")
    summary = summarise(desk, OCTOBER)
    assert values(summary, "arrived.girls") == [0, 1, 1]
    assert values(summary, "left.women") == [1, 0, 1]
    assert values(summary, "arrived.status.potential") == [0, 1, 1]
    assert values(summary, "left.status.identified") == [1, 0, 1]
    assert values(summary, "supported.status.identified")[THIS] == 1
    assert values(summary, "supported.status.potential")[PREVIOUS] == 1


def test_services_that_took_place(desk: Desk, house: House) -> None:
    one, two = house.person(), house.person("man")
    house.service(one, october(1), minutes=50)
    house.service(one, october(31), outcome="shorter", minutes=10)
    house.service(two, october(2))
    house.service(two, october(3), outcome="declined", minutes=60)
    house.service(two, october(4), outcome="not_held", minutes=60)
    house.service(two, date(2026, 9, 30), "legal_advice", minutes=30)
    house.service(two, october(5), minutes=500, archived_at=datetime(2026, 10, 6, tzinfo=UTC))
    summary = summarise(desk, OCTOBER)
    assert values(summary, "services") == [3, 1, 4]
    assert people(summary, "services") == [2, 1, 2]
    assert values(summary, "services.social") == [3, 0, 3]
    assert people(summary, "services.social") == [2, 0, 2]
    assert values(summary, "hours") == [1.0, 0.5, 1.5]
    assert people(summary, "hours") == [1, 1, 2]
    assert values(summary, "supported") == [2, 1, 2]
    assert values(summary, "supported.not_stayed") == [2, 1, 2]
    assert "services.health" not in summary.rows()


def test_milestones_courses_and_work(desk: Desk, house: House) -> None:
    person, other = house.person(), house.person()
    plan = Plan(person_id=person, number=1, agreed_on=date(2026, 1, 5))
    goal = Goal(plan_id=plan.id, person_id=person, domain="safety")
    about = {"plan_id": plan.id, "goal_id": goal.id, "person_id": person, "domain": "safety"}
    house.put(plan)
    house.put(goal)
    house.put(
        Milestone(**about, status="done", done_on=october(1), words="One"),
        Milestone(**about, status="done", done_on=date(2026, 9, 30), words="Two"),
        Milestone(**about, status="under_way", words="Three"),
    )
    for kind, started, stages, ended in (
        ("work", october(3), ("applied", "trial"), None),
        ("trial", october(4), ("trial", "ended"), october(5)),
        ("course", october(5), ("working",), None),
        ("work", october(6), ("applied",), None),
        ("work", october(7), ("applied", "ended"), october(7)),
        ("volunteering", october(8), ("working",), None),
        ("work", date(2026, 12, 1), ("working",), None),
    ):
        reason = "did_not_begin" if stages == ("applied", "ended") else None
        placement = Placement(person_id=other, kind=kind, started_on=started, ended_on=ended, end_reason=reason)
        house.put(placement)
        house.put(*(StageSince(placement_id=placement.id, person_id=other, since=started, stage=one) for one in stages))
    summary = summarise(desk, OCTOBER)
    assert values(summary, "milestones") == [1, 1, 2]
    assert values(summary, "work") == [2, 0, 2]
    assert people(summary, "work") == [1, 0, 1]
    assert values(summary, "courses") == [1, 0, 1]
    assert values(summary, "supported") == [1, 1, 1]


def test_what_was_recorded_by_mistake_does_not_count_but_archived_people_do(desk: Desk, house: House) -> None:
    person = house.person()
    wrong = Stay(person_id=person, arrived_on=october(1), left_on=october(4))
    house.put(wrong)
    house.stay(person, october(10), october(12))
    archive_stay(desk, wrong.id)
    archive_person(desk, person)
    summary = summarise(desk, OCTOBER)
    assert values(summary, "arrived")[THIS] == 1
    assert values(summary, "bed_nights")[THIS] == 2


def test_merged_people_count_once(desk: Desk, house: House) -> None:
    kept, double = house.person("woman", "1990"), house.person(None, None)
    house.stay(kept, october(1), october(10), leaving_reason="own_choice")
    house.stay(double, october(8), october(15), leaving_reason="plan_reached")
    for person in (kept, double):
        house.service(person, october(9), minutes=30)
        house.service(person, october(10), "legal_advice", minutes=None)
    apart = summarise(desk, OCTOBER)
    assert values(apart, "supported")[THIS] == people(apart, "services.social")[THIS] == 2
    house.merge(double, kept)
    joined = summarise(desk, OCTOBER)
    assert values(joined, "supported")[THIS] == 1
    assert values(joined, "supported.women")[THIS] == 1
    assert [values(joined, row)[THIS] for row in ("arrived", "left", "left.planned")] == [1, 1, 1]
    assert values(joined, "bed_nights")[THIS] == 14
    assert values(joined, "services")[THIS] == 4
    for row, number in (("services", 1), ("services.social", 1), ("services.legal", 1), ("hours.social", 1),
                        ("hours.legal", 0)):  # fmt: skip
        assert people(joined, row)[THIS] == number


def test_a_running_month_counts_up_to_today(desk: Desk, house: House) -> None:
    person = house.person()
    house.stay(person, date(2026, 11, 2))
    november = month(desk.today())
    summary = summarise(desk, november)
    assert summary.until == date(2026, 11, 17)
    assert values(summary, "bed_nights")[THIS] == 16
    assert values(summary, "beds_used")[THIS] == pytest.approx(16 / 17)
    assert summarise(desk, OCTOBER).until is None
    ahead = summarise(desk, november.next())
    assert values(ahead, "bed_nights")[THIS] == 0
    assert values(ahead, "here_first")[THIS] == values(ahead, "here_last")[THIS] == 1
    assert values(ahead, "beds_used")[THIS] is None


def test_occupancy_and_the_line_of_beds(desk: Desk, house: House) -> None:
    add_room(desk, sites_of(desk)[0].id, beds=4, name="1")
    house.stay(house.person(), date(2026, 9, 16))
    summary = summarise(desk, OCTOBER)
    assert values(summary, "occupancy")[:2] == [pytest.approx(0.25), pytest.approx(15 / 120)]
    (line,) = (one for one in summary.series if isinstance(one, ChartLine))
    assert [point.month.id for point in line.points] == [f"2026-{number:02d}" for number in range(5, 11)]
    assert [point.figure.value for point in line.points] == [0, 0, 0, 0, pytest.approx(0.5), 1]
    assert [point.same_as for point in line.points[-2:]] == [("beds_used", PREVIOUS), ("beds_used", THIS)]
    assert line.capacity == 4


def test_one_site_alone(desk: Desk, house: House) -> None:
    here, there = sites_of(desk)[0], add_site(desk, code="B", name="Second house")
    one, two = house.person(site_id=here.id), house.person(site_id=there.id)
    house.stay(one, october(2), site_id=here.id)
    house.stay(two, october(2), site_id=there.id)
    house.service(two, october(3))
    assert values(summarise(desk, OCTOBER), "arrived")[THIS] == 2
    alone = summarise(desk, OCTOBER, site_id=here.id)
    assert values(alone, "arrived")[THIS] == 1
    assert values(alone, "services")[THIS] == 0
    assert values(summarise(desk, OCTOBER, site_id=there.id), "services")[THIS] == 1


def test_a_reporting_officer_needs_no_keys(desk: Desk, house: House) -> None:
    house.stay(house.person(short_name="Nərgiz"), october(2))
    desk.vault.ring.wipe()
    desk.rights = rights_of([Role.REPORTING_OFFICER])
    assert values(summarise(desk, OCTOBER), "arrived")[THIS] == 1


@pytest.mark.parametrize("role", [Role.NIGHT_WORKER, Role.NURSE, Role.ADMINISTRATOR])
def test_others_do_not_see_summaries(desk: Desk, role: Role) -> None:
    desk.rights = rights_of([role])
    with pytest.raises(NotAllowed):
        summarise(desk, OCTOBER)


def test_an_empty_house_has_a_summary(desk: Desk) -> None:
    summary = summarise(desk, OCTOBER)
    assert values(summary, "here_first") == [0, 0, 0]
    assert values(summary, "services") == [0, 0, 0]
    assert values(summary, "occupancy") == [None, None, None]
    assert all(row.definition for row in summary.rows().values())


def test_counting_reads_indexes_only(desk: Desk) -> None:
    """Every table is read through a covering index; only beds and services of merged people are few enough not to."""
    with desk.read() as db:
        for name, statement in measures.statements(OCTOBER).items():
            if name in {"beds", "shared"}:
                continue
            compiled = statement.compile(db.get_bind(), compile_kwargs={"render_postcompile": True})
            plan = db.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {compiled}", tuple(compiled.params[key] for key in compiled.positiontup or ())
            )
            reads = [row[3] for row in plan if row[3].startswith(("SCAN", "SEARCH"))]
            assert reads, name
            assert all("COVERING INDEX" in read or "subquery" in read for read in reads), (name, reads)


@pytest.mark.parametrize("period", [OCTOBER, quarter(date(2026, 10, 1))])
def test_statements_are_plain_sql(period: Period) -> None:
    """They compile for a plain SQLite copy and for PostgreSQL."""
    assert sqlite3.sqlite_version_info >= (3, 35)
    for statement in measures.statements(period).values():
        for dialect in (sqlite.dialect(), postgresql.dialect()):
            assert "SELECT" in str(statement.compile(dialect=dialect))
