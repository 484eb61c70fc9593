from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk import formats
from shelterdesk.partial_date import PartialDate

TODAY = date(2026, 11, 17)
LANGUAGES = ("az", "en", "ru")
STYLES = ("long", "short", "numeric", "day_month", "day_month_short", "weekday_day_month", "weekday_long")
BAKU = ZoneInfo("Asia/Baku")


@pytest.mark.parametrize(
    ("language", "style", "shown"),
    [
        ("en", "long", "21 November 2026"),
        ("az", "long", "21 noyabr 2026"),
        ("ru", "long", "21 ноября 2026 г."),
        ("en", "short", "21 Nov 2026"),
        ("en", "numeric", "21.11.2026"),
        ("az", "numeric", "21.11.2026"),
        ("en", "day_month", "21 November"),
        ("ru", "day_month", "21 ноября"),
        ("en", "day_month_short", "21 Nov"),
        ("en", "weekday_day_month", "Saturday 21 November"),
        ("az", "weekday_day_month", "21 noyabr, şənbə"),
        ("ru", "weekday_day_month", "суббота, 21 ноября"),
        ("en", "weekday_long", "Saturday 21 November 2026"),
        ("en", "weekday", "Saturday"),
        ("ru", "weekday_short", "сб"),
    ],
)
def test_days(language: str, style: formats.DayStyle, shown: str) -> None:
    assert formats.day(date(2026, 11, 21), language, style) == shown


def test_months_and_spans() -> None:
    assert formats.month(date(2026, 10, 1), "en") == "October 2026"
    assert formats.month(date(2026, 10, 1), "az") == "oktyabr 2026"
    assert formats.month(date(2026, 10, 1), "ru") == "октябрь 2026 г."
    assert formats.span(date(2026, 11, 3), date(2026, 11, 21), "en") == "3 – 21 November 2026"
    assert formats.span(date(2026, 10, 3), date(2026, 11, 21), "en") == "3 October – 21 November 2026"
    assert formats.span(date(2025, 10, 3), date(2026, 11, 21), "en") == "3 October 2025 – 21 November 2026"
    assert formats.span(TODAY, TODAY, "en") == "17 November 2026"


def test_partial_dates_show_what_is_known() -> None:
    assert formats.partial(PartialDate(1987), "ru") == "1987"
    assert formats.partial(PartialDate(1987, 5), "en") == "May 1987"
    assert formats.partial(PartialDate(1987, 5, 21), "az") == "21 may 1987"
    assert formats.partial(PartialDate(1987, about=True), "en") == "about 1987"


def test_moments_stand_in_the_zone_of_the_vault() -> None:
    late = datetime(2026, 11, 21, 21, 5, tzinfo=UTC)
    assert formats.moment(late, BAKU, "en") == "22 November 2026, 01:05"
    assert formats.clock(late, BAKU, "ru") == "01:05"
    with pytest.raises(ValueError, match="zone"):
        formats.moment(datetime(2026, 11, 21, 21, 5), BAKU, "en")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (TODAY, "Today"),
        (date(2026, 11, 18), "Tomorrow"),
        (date(2026, 11, 16), "Yesterday"),
        (date(2026, 11, 20), "in 3 days"),
        (date(2026, 11, 14), "3 days past"),
        (date(2026, 12, 24), "24 December"),
        (date(2027, 12, 24), "24 December 2027"),
    ],
)
def test_days_beside_today(day: date, shown: str) -> None:
    assert formats.relative_day(day, TODAY, "en") == shown


def test_plurals() -> None:
    assert formats.days_past(1, "en") == "1 day past"
    assert formats.days_past(5, "en") == "5 days past"
    assert formats.days_here(47, "en") == "47 days here"


@pytest.mark.parametrize(
    ("language", "shown", "price", "share"),
    [
        ("en", "12,345.6", "5,050.50\u00a0AZN", "64%"),
        ("az", "12.345,6", "5.050,50\u00a0AZN", "64%"),
        ("ru", "12\u00a0345,6", "5\u00a0050,50\u00a0AZN", "64\u00a0%"),
    ],
)
def test_numbers(language: str, shown: str, price: str, share: str) -> None:
    assert formats.number(12345.6, language) == shown
    assert formats.money(505050, "AZN", language) == price
    assert formats.percent(0.643, language) == share


def test_whole_amounts_go_without_decimals() -> None:
    assert formats.money(40000, "AZN", "en") == "400\u00a0AZN"
    assert formats.money(-1250, "AZN", "en") == "-12.50\u00a0AZN"
    assert formats.money(700, "JPY", "en") == "700\u00a0JPY"


@given(st.integers(-(10**9), 10**9), st.sampled_from(LANGUAGES), st.sampled_from(["AZN", "EUR", "JPY"]))
def test_money_is_read_back(minor: int, language: str, currency: str) -> None:
    assert formats.parse_money(formats.money(minor, currency, language), currency, language) == minor


@pytest.mark.parametrize(
    ("words", "language", "value"),
    [
        ("12.345,6", "az", "12345.6"),
        ("12,345", "en", "12345"),
        ("12,345", "az", "12.345"),
        ("1 234,50", "ru", "1234.50"),
        ("1.234.567", "en", "1234567"),
        ("7", "az", "7"),
        ("-3,5", "ru", "-3.5"),
    ],
)
def test_sloppy_numbers(words: str, language: str, value: str) -> None:
    assert formats.parse_number(words, language) == Decimal(value)


@pytest.mark.parametrize("words", ["abc", "1e5", "--3", "12 EUR", "٣"])
def test_no_numbers(words: str) -> None:
    with pytest.raises(ValueError, match="number"):
        formats.parse_number(words, "en")


def test_money_words() -> None:
    assert formats.parse_money("400 AZN", "AZN") == 40000
    assert formats.parse_money("50,5 ₼", "AZN", "az") == 5050
    assert formats.parse_money("", "AZN") is None
    with pytest.raises(ValueError, match="decimals"):
        formats.parse_money("1.2345", "AZN", "en")


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "0 min"), (50, "50 min"), (60, "1 h"), (90, "1 h 30 min"), (1505, "25 h 5 min")]
)
def test_durations(minutes: int, shown: str) -> None:
    assert formats.duration(minutes, "en") == shown
    assert formats.parse_minutes(shown) == minutes


@pytest.mark.parametrize(
    ("words", "minutes"), [("50", 50), ("1:30", 90), ("1h 30", 90), ("1,5 h", 90), ("2 saat", 120), ("30 мин", 30)]
)
def test_sloppy_durations(words: str, minutes: int) -> None:
    assert formats.parse_minutes(words) == minutes
    assert formats.parse_minutes(" ") is None
    with pytest.raises(ValueError, match="time"):
        formats.parse_minutes("long")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("21.11.26", date(2026, 11, 21)),
        ("21/11/2026", date(2026, 11, 21)),
        ("2026-11-21", date(2026, 11, 21)),
        ("2026-11-21 00:00:00", date(2026, 11, 21)),
        ("21 noy", date(2026, 11, 21)),
        ("21 NOYABR 2026", date(2026, 11, 21)),
        ("5 İyun 2026", date(2026, 6, 5)),
        ("21 ноября", date(2026, 11, 21)),
        ("21 ноября 2026 г.", date(2026, 11, 21)),
        ("November 21, 2026", date(2026, 11, 21)),
        ("Tue, 17 November 2026", date(2026, 11, 17)),
        ("11/21/2026", date(2026, 11, 21)),
        ("t", TODAY),
        ("Bu gün", TODAY),
        ("сегодня", TODAY),
        ("yesterday", date(2026, 11, 16)),
        ("+3", date(2026, 11, 20)),
        ("-1w", date(2026, 11, 10)),
        ("−1w", date(2026, 11, 10)),
        ("+2m", date(2027, 1, 17)),
        ("21", date(2026, 11, 21)),
        ("21.11", date(2026, 11, 21)),
        ("3 jan", date(2027, 1, 3)),
        ("", None),
        ("  ", None),
    ],
)
def test_typed_days(words: str, day: date | None) -> None:
    assert formats.parse_day(words, TODAY) == day


def test_months_end_where_the_month_ends() -> None:
    assert formats.parse_day("+1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert formats.parse_day("31", date(2026, 2, 10)) == date(2026, 1, 31)


@pytest.mark.parametrize(
    "words", ["31.02.2026", "hello", "May 1987", "1987", "about 1.5.2026", "32", "1.1.1700", "+9999y"]
)
def test_what_is_no_day(words: str) -> None:
    with pytest.raises(ValueError, match=r"date|year|month|day"):
        formats.parse_day(words, TODAY)


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        ("21.5.1987", "1987-05-21"),
        ("21.05.1987 г.р.", "1987-05-21"),
        ("21 мая 1987 года", "1987-05-21"),
        ("1987-05-21T00:00:00", "1987-05-21"),
        ("5/21/1987", "1987-05-21"),
        ("19870521", "1987-05-21"),
        ("21-May-87", "1987-05-21"),
        ("12.03.05", "2005-03-12"),
        ("May 1987", "1987-05"),
        ("май 1987", "1987-05"),
        ("may 1987", "1987-05"),
        ("05.1987", "1987-05"),
        ("1987/5", "1987-05"),
        ("00.05.1987", "1987-05"),
        ("??.05.1987", "1987-05"),
        ("00.00.1987", "1987"),
        ("1987", "1987"),
        ("1987 г.", "1987"),
        ("1987-ci il", "1987"),
        ("mart 1990-cı il", "1990-03"),
        ("около 1987", "~1987"),
        ("(около 1987 года)", "~1987"),
        ("about 1987", "~1987"),
        ("təxminən 1987", "~1987"),
        ("1987-ci ildə təxminən", "~1987"),
        ("ca. 1987", "~1987"),
        ("1987?", "~1987"),
        ("~1987-05", "~1987-05"),
    ],
)
def test_typed_partial_dates(words: str, stored: str) -> None:
    assert str(formats.parse_partial(words)) == stored


@pytest.mark.parametrize(
    "words", ["not known", "87", "1985-1987", "15.13.1987", "21 May", "0000", "99999", "30.02.1987"]
)
def test_what_is_no_partial_date(words: str) -> None:
    with pytest.raises(ValueError, match=r"date|year|month|day"):
        formats.parse_partial(words)


def test_nothing_is_no_partial_date() -> None:
    assert formats.parse_partial(" \u00a0") is None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(LANGUAGES), st.sampled_from(STYLES))
def test_shown_days_are_read_back(day: date, language: str, style: formats.DayStyle) -> None:
    near = TODAY + timedelta(days=day.toordinal() % 300 - 150)
    value = near if "y" not in formats._PATTERNS["en"].get(style, "y") else day
    assert formats.parse_day(formats.day(value, language, style), TODAY) == value


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 2), st.booleans(), st.sampled_from(LANGUAGES))
def test_partial_dates_are_read_back(day: date, known: int, about: bool, language: str) -> None:
    value = PartialDate(day.year, day.month if known else None, day.day if known == 2 else None, about)
    assert formats.parse_partial(formats.partial(value, language)) == value
    assert formats.parse_partial(str(value)) == value


@given(st.text(max_size=30) | st.from_regex(r"[0-9./\- xt?~+dwmy]{1,14}", fullmatch=True))
def test_any_text_is_a_day_or_a_value_error(words: str) -> None:
    for read in (lambda: formats.parse_day(words, TODAY), lambda: formats.parse_partial(words)):
        try:
            read()
        except ValueError:
            continue
