"""Psychological work in summaries: begun, ended, and what goes on; never what was said."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shelterdesk.desk import Desk
from shelterdesk.episodes import Episode
from shelterdesk.summaries.disclosure import months_needed, protect
from shelterdesk.summaries.period import month, year
from shelterdesk.summaries.summary import summarise
from shelterdesk.summaries.table import PREVIOUS, SINCE_JANUARY, THIS, Summary

from .conftest import House

OCTOBER = month(date(2026, 10, 1))
MEASURES = ("episodes_first", "episodes_begun", "episodes_ended", "episodes_last")


def episode(person: UUID, begun: date, ended: date | None = None, how: str | None = None) -> Episode:
    return Episode(person_id=person, begun_on=begun, ended_on=ended, how_ended=how)


def values(summary: Summary, row: str) -> list[float | None]:
    return [figure.value for figure in summary.rows()[row].figures]


def test_episodes_are_counted_by_the_days_they_began_and_ended(desk: Desk, house: House) -> None:
    one, two = house.person(), house.person()
    taken_off = episode(two, date(2026, 10, 6))
    taken_off.archived_at = desk.now()
    house.put(
        episode(one, date(2025, 3, 1)),
        episode(one, date(2026, 9, 30), date(2026, 10, 1), "goals_reached"),
        episode(one, date(2026, 10, 1), date(2026, 10, 31), "left"),
        episode(two, date(2026, 10, 31)),
        episode(two, date(2026, 10, 5), date(2026, 10, 5), "other.own_1"),
        episode(two, date(2026, 11, 1)),
        taken_off,
    )
    summary = summarise(desk, OCTOBER)
    assert [values(summary, row)[THIS] for row in MEASURES] == [2, 3, 3, 2]
    assert [values(summary, row)[PREVIOUS] for row in MEASURES] == [1, 1, 0, 2]
    assert [values(summary, row)[SINCE_JANUARY] for row in MEASURES] == [1, 4, 3, 2]
    endings = {code: values(summary, f"episodes_ended.result.{code}")[THIS] for code in ("goals_reached", "other")}
    assert endings == {"goals_reached": 1, "other": 1}, "an own ending counts as what it is a kind of"
    assert all("screening" not in row and "scale" not in row for row in summary.rows())
    for period in (OCTOBER, month(desk.today()), year(date(2026, 1, 1))):
        rows = summarise(desk, period).rows()
        for column in (THIS, PREVIOUS, SINCE_JANUARY):
            first, begun, ended, last = (rows[row].figures[column].value or 0 for row in MEASURES)
            assert first + begun - ended == last


def test_work_with_few_people_is_covered_and_cannot_be_worked_out(desk: Desk, house: House) -> None:
    for number in range(9):
        ended = (date(2026, 10, 9), "left") if number < 2 else (None, None)
        house.put(episode(house.person(), date(2026, 9, 1 + number), *ended))
    summary = summarise(desk, OCTOBER)
    shown = protect(summary, [summarise(desk, one) for one in months_needed(summary)]).rows()
    assert shown["episodes_ended"].figures[THIS].value is None, "two people stand behind it"
    told = [row for row in MEASURES if shown[row].figures[THIS].value is not None]
    assert len(told) <= 2, "with three of the four the last one could be worked out"
