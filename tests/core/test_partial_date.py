from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.day_texts import parse_partial
from shelterdesk.partial_date import PartialDate, completed_years

DAYS = st.dates(date(1860, 1, 1), date(2140, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(DAYS)
    known = draw(st.sampled_from(["year", "month", "day"]))
    return PartialDate(
        day.year,
        day.month if known != "year" else None,
        day.day if known == "day" else None,
        draw(st.booleans()),
    )


@given(partial_dates())
def test_stored_text_is_read_back(value: PartialDate) -> None:
    assert PartialDate.parse(str(value)) == value


@given(partial_dates(), DAYS)
def test_ages_enclose_the_true_age(value: PartialDate, day: date) -> None:
    assert value.earliest() <= value.latest()
    ages = value.ages_on(day)
    if day < value.earliest():
        assert ages is None
        assert value.age_on(day) is None
    else:
        assert ages is not None
        least, highest = ages
        assert 0 <= least <= highest <= least + 1
        assert value.age_on(day) == least


@given(DAYS, DAYS)
def test_age_of_a_whole_day_counts_birthdays(born: date, day: date) -> None:
    age = PartialDate.of(born).age_on(day)
    if age is not None:
        birthdays = sum(
            1
            for year in range(born.year + 1, day.year + 1)
            if (year, born.month, born.day) <= (day.year, day.month, day.day)
        )
        assert age == birthdays


@given(st.lists(partial_dates(), min_size=2, max_size=6))
def test_order_agrees_with_the_first_possible_day(values: list[PartialDate]) -> None:
    ordered = sorted(values)
    assert [value.earliest() for value in ordered] == sorted(value.earliest() for value in values)


@given(partial_dates(), partial_dates())
def test_meaning_the_same_day_is_mutual(one: PartialDate, other: PartialDate) -> None:
    assert one.may_be(one)
    assert one.may_be(other) == other.may_be(one)


def test_one_may_still_be_a_child() -> None:
    assert PartialDate(2008).age_on(date(2026, 6, 1)) == 17
    assert PartialDate(2008).ages_on(date(2026, 6, 1)) == (17, 18)
    assert PartialDate(2008, 5).age_on(date(2026, 6, 1)) == 18
    assert completed_years(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert completed_years(date(2008, 2, 29), date(2026, 3, 1)) == 18


def test_about_widens_by_a_year() -> None:
    assert PartialDate(1987, about=True).may_be(PartialDate(1988, 3))
    assert not PartialDate(1987).may_be(PartialDate(1988, 3))
    assert PartialDate(1987, 5, 21).exact() == date(1987, 5, 21)
    assert PartialDate(1987, 5, 21, about=True).exact() is None
    assert PartialDate(1987, 5).exact() is None


@pytest.mark.parametrize(
    "stored",
    ["", "87", "1987-5", "1987-13", "1987-02-30", "1987-05-21 ", "~", "1987-05-", "about 1987", "0987", "١٩٨٧"],
)
def test_foreign_text_is_refused(stored: str) -> None:
    with pytest.raises(ValueError, match=r"date|year|month|day"):
        PartialDate.parse(stored)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(1987, None, 3)


def test_zeros_alone_are_no_date() -> None:
    with pytest.raises(ValueError, match="year"):
        parse_partial("00.00.00", date(2026, 11, 17))
