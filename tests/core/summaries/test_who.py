"""Which line of a summary somebody is counted on."""

from __future__ import annotations

from datetime import date

import pytest

from shelterdesk.summaries.who import NO_STATUS, Crowd

OCTOBER = date(2026, 10, 15)


def crowd(gender: str | None, birth: str | None) -> Crowd:
    return Crowd.of([("a", gender, birth, None)], [])


@pytest.mark.parametrize(
    ("gender", "birth", "line"),
    [
        ("woman", "1994", "women"),
        ("trans_woman", "1994-03~", "women"),
        ("woman", "2008-09", "women"),
        ("woman", "2008-10", "girls"),  # she is 18 for certain only from the 31st
        ("woman", "2008", "girls"),
        ("man", "2007", "men"),
        ("trans_man", "2020-01", "boys"),
        ("non_binary", "1990", "another"),
        ("own_words", None, "another"),
        ("woman", None, "not_known"),
        (None, "1990", "not_known"),
        ("prefers_not", "1990", "not_known"),
    ],
)
def test_lines_by_gender_and_age(gender: str | None, birth: str | None, line: str) -> None:
    assert crowd(gender, birth).sex_age("a", OCTOBER) == line


def test_the_eighteenth_birthday_itself_is_adult() -> None:
    born = crowd("woman", "2008-10-15")
    assert born.sex_age("a", date(2026, 10, 14)) == "girls"
    assert born.sex_age("a", date(2026, 10, 15)) == "women"


def test_born_on_29_february_is_adult_from_1_march() -> None:
    born = crowd("man", "2008-02-29")
    assert born.sex_age("a", date(2026, 2, 28)) == "boys"
    assert born.sex_age("a", date(2026, 3, 1)) == "men"


def test_status_as_it_stood() -> None:
    known = Crowd.of(
        [("a", None, None, None)],
        [("a", date(2026, 9, 1), 1, "potential"), ("a", date(2026, 10, 15), 2, "presumed"),
         ("a", date(2026, 10, 15), 3, "identified")],
    )  # fmt: skip
    assert known.status("a", date(2026, 8, 31)) == NO_STATUS
    assert known.status("a", date(2026, 10, 14)) == "potential"
    assert known.status("a", OCTOBER) == "identified"
    assert known.status("nobody", OCTOBER) == NO_STATUS


def test_merged_records_are_one_person_with_the_history_of_both() -> None:
    known = Crowd.of(
        [("a", None, None, "b"), ("b", "woman", "1990", "c"), ("c", "man", "1980", None)],
        [("a", date(2026, 9, 20), 5, "identified"), ("c", date(2026, 9, 1), 1, "potential")],
    )
    assert known.counted("a") == known.counted("b") == known.counted("c") == "c"
    assert known.sex_age(known.counted("a"), OCTOBER) == "men"
    assert known.status("c", OCTOBER) == "identified"
