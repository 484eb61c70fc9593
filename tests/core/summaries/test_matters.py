"""Legal matters in summaries: opened, ended, and those that go on, by kind and by result."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from shelterdesk.desk import Desk
from shelterdesk.legal_matters import LegalMatter
from shelterdesk.rooms import add_site
from shelterdesk.summaries.disclosure import months_needed, protect
from shelterdesk.summaries.period import month, year
from shelterdesk.summaries.summary import summarise
from shelterdesk.summaries.table import PREVIOUS, SINCE_JANUARY, THIS, Summary

from .conftest import House

OCTOBER = month(date(2026, 10, 1))
MEASURES = ("matters_first", "matters_opened", "matters_ended", "matters_last")


def matter(person: UUID, opened: date, ended: date | None = None, **values: Any) -> LegalMatter:
    given: dict[str, Any] = {"kind": "labour_claim"} | values
    if ended is not None:
        given = {"result": "settled"} | given
    return LegalMatter(person_id=person, opened_on=opened, ended_on=ended, **given)


def values(summary: Summary, row: str) -> list[float | None]:
    return [figure.value for figure in summary.rows()[row].figures]


def put_some(desk: Desk, house: House) -> None:
    one, two = house.person(), house.person()
    house.put(
        matter(one, date(2025, 3, 1)),
        matter(one, date(2026, 9, 30), date(2026, 10, 1), kind="documents", result="given"),
        matter(one, date(2026, 10, 1), date(2026, 10, 31), result="against"),
        matter(two, date(2026, 10, 31), kind="documents.own_3"),
        matter(two, date(2026, 10, 5), date(2026, 10, 5)),
        matter(two, date(2026, 10, 6), archived_at=desk.now()),
        matter(two, date(2026, 11, 1)),
    )


def test_matters_are_counted_by_the_days_they_were_opened_and_ended(desk: Desk, house: House) -> None:
    put_some(desk, house)
    summary = summarise(desk, OCTOBER)
    assert [values(summary, row)[THIS] for row in MEASURES] == [2, 3, 3, 2]
    assert [values(summary, row)[PREVIOUS] for row in MEASURES] == [1, 1, 0, 2]
    assert [values(summary, row)[SINCE_JANUARY] for row in MEASURES] == [1, 4, 3, 2]
    assert [summary.rows()[row].figures[THIS].people for row in MEASURES] == [1, 2, 2, 2]
    assert [values(summary, f"{row}.documents")[THIS] for row in MEASURES] == [1, 1, 1, 1], "own kinds as their kind"
    results = {row.id: row.figures[THIS].value for row in summary.rows().values() if row.split == "result"}
    assert {code: results[f"matters_ended.result.{code}"] for code in ("given", "against", "settled")} == {
        "given": 1, "against": 1, "settled": 1,
    }  # fmt: skip


def test_a_kind_nobody_knows_counts_as_another_and_no_result_as_not_recorded(desk: Desk, house: House) -> None:
    house.put(matter(house.person(), date(2026, 10, 2), date(2026, 10, 3), kind="from_a_newer_program", result=None))
    summary = summarise(desk, OCTOBER)
    assert values(summary, "matters_ended.other")[THIS] == 1
    assert values(summary, "matters_ended.result.none")[THIS] == 1


def test_the_balance_holds_in_every_column_as_a_whole_and_by_kind(desk: Desk, house: House) -> None:
    put_some(desk, house)
    for period in (OCTOBER, month(desk.today()), year(date(2026, 1, 1))):
        summary = summarise(desk, period)
        rows = summary.rows()
        checked = [one for one in summary.balances if one.first.startswith("matters_")]
        assert len(checked) == 3
        for one in checked:
            for column in (THIS, PREVIOUS, SINCE_JANUARY):
                first, opened, ended, last = (
                    rows[row].figures[column].value or 0 for row in (one.first, *one.plus, *one.minus, one.last)
                )
                assert first + opened - ended == last, (one.first, column)


def test_a_site_counts_the_matters_of_its_own_people(desk: Desk, house: House) -> None:
    other = add_site(desk, code="N", name="North")
    house.put(matter(house.person(), date(2026, 10, 2)), matter(house.person(site_id=other.id), date(2026, 10, 3)))
    assert values(summarise(desk, OCTOBER), "matters_opened")[THIS] == 2
    assert values(summarise(desk, OCTOBER, site_id=other.id), "matters_opened")[THIS] == 1


def test_matters_of_few_people_are_covered_and_cannot_be_worked_out(desk: Desk, house: House) -> None:
    for number in range(9):
        house.put(matter(house.person(), date(2026, 9, 1 + number), date(2026, 10, 9) if number < 2 else None))
    summary = summarise(desk, OCTOBER)
    shown = protect(summary, [summarise(desk, one) for one in months_needed(summary)]).rows()
    assert shown["matters_ended"].figures[THIS].value is None, "two people stand behind it"
    told = [row for row in MEASURES if shown[row].figures[THIS].value is not None]
    assert len(told) <= 2, "with three of the four the last one could be worked out"
    assert shown["matters_first"].figures[THIS].value == shown["matters_last"].figures[PREVIOUS].value
