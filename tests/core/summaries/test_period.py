"""Months, quarters, years, and their names."""

from __future__ import annotations

from datetime import date

import pytest

from shelterdesk.summaries.period import month, parse_period, quarter, year


def test_a_month_and_what_lies_around_it() -> None:
    october = month(date(2026, 10, 17))
    assert (october.first, october.last, october.days) == (date(2026, 10, 1), date(2026, 10, 31), 31)
    assert october.previous() == month(date(2026, 9, 30))
    assert october.next() == month(date(2026, 11, 1))
    assert month(date(2026, 1, 5)).previous() == month(date(2025, 12, 1))
    assert october.since_january().first == date(2026, 1, 1)
    assert october.since_january().last == october.last
    assert len(list(october.since_january().months())) == 10
    assert october.holds(date(2026, 10, 31))
    assert not october.holds(date(2026, 11, 1))


def test_quarters_and_years() -> None:
    assert quarter(date(2026, 11, 30)).first == date(2026, 10, 1)
    assert quarter(date(2026, 1, 1)).previous().id == "2025-Q4"
    assert year(date(2026, 5, 5)).previous().id == "2025"
    assert year(date(2024, 5, 5)).days == 366
    assert [one.id for one in quarter(date(2026, 5, 5)).months()] == ["2026-04", "2026-05", "2026-06"]


@pytest.mark.parametrize("words", ["2026-10", "2026-Q4", "2026"])
def test_ids_are_read_back(words: str) -> None:
    assert parse_period(words).id == words


@pytest.mark.parametrize("words", ["", "10.2026", "2026-13", "2026-Q5", "2026-1", "0000-01"])
def test_other_words_are_no_period(words: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_period(words)


def test_labels_in_a_language() -> None:
    october = month(date(2026, 10, 1))
    assert october.label("en") == "October 2026"
    assert october.label("ru") == "октябрь 2026 г."
    assert quarter(date(2026, 10, 1)).label("en") == "October – December 2026"
    assert october.since_january().label("en") == "January – October 2026"
    assert month(date(2026, 1, 1)).since_january().label("en") == "January 2026"
    assert year(october.first).label("en") == "2026"
    assert october.previous().short_label(october, "en") == "September"
    assert month(date(2025, 12, 1)).short_label(month(date(2026, 1, 1)), "en") == "December 2025"
    assert october.since_january().short_label(october, "en") == "Since January"


def test_since_january_has_no_neighbours() -> None:
    since = month(date(2026, 10, 1)).since_january()
    with pytest.raises(ValueError, match="before"):
        since.previous()
    with pytest.raises(ValueError, match="after"):
        since.next()
