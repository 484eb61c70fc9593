"""From cells to values: any type, any spelling, and words for what cannot be read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk import vocab
from shelterdesk.exchange.choices import find_code, find_codes
from shelterdesk.exchange.grid import CellFault, CellValue
from shelterdesk.exchange.values import NoAnswer, Reading, Unread, as_text, read_value
from shelterdesk.exchange.whole_names import short_name_from, split_name
from shelterdesk.fields import Field, Kind
from shelterdesk.partial_date import PartialDate

TODAY = date(2026, 11, 17)
READING = Reading(TODAY, {})
BORN = Field("person.birth", "Born", Kind.PARTIAL_DATE, attribute="birth", in_future=False)
FIELDS = {
    kind: Field(f"person.{kind.value}", kind.value, kind, choices=vocab.COUNTRIES if "choice" in kind.value else None)
    for kind in Kind
}

cells = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.builds(CellFault, st.sampled_from(["", "#REF!", "#N/A"])),
)


def read(field: Field, cell: CellValue) -> Any:
    """Read one cell with fresh memory."""
    return read_value(field, cell, Reading(TODAY, {}))


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (date(1994, 5, 21), "1994-05-21"),
        (datetime(1994, 5, 21, 8, tzinfo=UTC), "1994-05-21"),
        ("21.05.1994", "1994-05-21"),
        ("21/5/94", "1994-05-21"),
        ("5/21/1994", "1994-05-21"),
        ("1994-05-21 00:00:00", "1994-05-21"),
        ("21 мая 1994 г.", "1994-05-21"),
        ("21 may 1994-cü il", "1994-05-21"),
        ("May 1994", "1994-05"),
        ("05.1994", "1994-05"),
        (1994, "1994"),
        (1994.0, "1994"),
        ("1994", "1994"),
        ("1994 г.р.", "1994"),
        ("1994г.р.", "1994"),
        ("21.05.1994г.", "1994-05-21"),
        ("21.05.1994г. р.", "1994-05-21"),
        ("21 мая 1994года", "1994-05-21"),
        ("təxminən 1994", "~1994"),
        ("00.05.1994", "1994-05"),
        (34475, "1994-05-21"),
        (19940521, "1994-05-21"),
    ],
)
def test_births_in_every_form(cell: CellValue, meant: str) -> None:
    assert read(BORN, cell) == PartialDate.parse(meant)


@pytest.mark.parametrize(
    "cell", ["yesterday", "soon", 7, -3, 1.5, True, "32.13.1994", time(9), 123456789, "21.05.1866", "+3"]
)
def test_what_is_no_birth_is_said_in_words(cell: CellValue) -> None:
    with pytest.raises(Unread) as said:
        read(BORN, cell)

    assert said.value.text().startswith("«")


@pytest.mark.parametrize("cell", ["-", "—", "?", "…", None])
def test_marks_of_emptiness_are_nothing(cell: CellValue) -> None:
    assert all(read(field, cell) is None for field in FIELDS.values())


@pytest.mark.parametrize(
    ("cell", "code"), [("unknown", "not_known"), ("Bilinmir", "not_known"), ("n/a", "does_not_apply")]
)
def test_why_not_is_an_answer(cell: str, code: str) -> None:
    assert read(BORN, cell) == NoAnswer(code)
    assert read(FIELDS[Kind.TEXT], cell) == NoAnswer(code)
    assert read(FIELDS[Kind.CHOICE], cell) == code


def test_faults_are_said_in_words() -> None:
    with pytest.raises(Unread, match="shows the error #REF!"):
        read(BORN, CellFault("#REF!"))
    with pytest.raises(Unread, match="formula whose result was not saved"):
        read(BORN, CellFault())


@pytest.mark.parametrize(
    ("codes", "cell", "found"),
    [
        (vocab.SECTORS, "Water supply; sewerage, waste management and remediation", {"water"}),
        (
            vocab.SECTORS,
            "Water supply; sewerage, waste management and remediation; Construction",
            {"water", "construction"},
        ),
        (vocab.CONTROL_METHODS, "Threatens children/family;Debt bondage ;", {"threats_to_family", "debt_bondage"}),
        (vocab.CONTROL_METHODS, "ThreatensChildrenFamily DebtBondage", {"threats_to_family", "debt_bondage"}),
        (vocab.COUNTRIES, "Trinidad and Tobago, AZ", {"TT", "AZ"}),
        (vocab.COUNTRIES, "AZ/RU", {"AZ", "RU"}),
        (vocab.COUNTRIES, "Korea, Republic of; Iran (Islamic Republic of)", {"KR", "IR"}),
        (vocab.COUNTRIES, "Azerbaycan və Gurcustan", {"AZ", "GE"}),
        (vocab.COUNTRIES, "Узбекистан\nТаджикистан", {"UZ", "TJ"}),
        (vocab.LANGUAGE_NAMES, "azərbaycan, rus və ingilis", {"az", "ru", "en"}),
        (vocab.LANGUAGE_NAMES, "русский и таджикский", {"ru", "tg"}),
        (vocab.LANGUAGE_NAMES, "aze; rus", {"az", "ru"}),
    ],
)
def test_several_choices_in_one_cell(codes: vocab.CodeList, cell: str, found: set[str]) -> None:
    assert find_codes(codes, cell) == (found, ())


@pytest.mark.parametrize("cell", ["", " ", ";", "?; -", " / "])
def test_separators_alone_say_nothing(cell: str) -> None:
    assert read(FIELDS[Kind.CHOICES], cell) is None


def test_the_piece_that_is_no_choice_is_named() -> None:
    assert find_codes(vocab.COUNTRIES, "AZ; Narnia; TR") == ({"AZ", "TR"}, ("Narnia",))
    with pytest.raises(Unread, match="«Narnia» is none of the choices"):
        read(FIELDS[Kind.CHOICES], "AZ; Narnia")


def test_every_choice_is_read_back_from_each_of_its_spellings() -> None:
    for codes in vocab.every_list():
        for entry in codes:
            spellings = {
                entry.code,
                codes.label(entry.code, "en"),
                codes.label(entry.code, "az"),
                codes.label(entry.code, "ru"),
            }
            for words in spellings:
                assert find_code(codes, f" {words} ") is not None, (codes.name, words)
                assert find_code(codes, entry.code) == entry.code, (codes.name, entry.code)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.FLAG, "bəli", True),
        (Kind.FLAG, 0, False),
        (Kind.FLAG, True, True),
        (Kind.FLAG, "x", True),
        (Kind.NUMBER, "2 uşaq", 2),
        (Kind.NUMBER, 3.0, 3),
        (Kind.MINUTES, "1:30", 90),
        (Kind.TIME, "9.30", time(9, 30)),
        (Kind.TIME, time(14, 5, 0, 7), time(14, 5)),
        (Kind.MONEY, "120,50 AZN", 12050),
        (Kind.DAY, "03.11.2026", date(2026, 11, 3)),
        (Kind.TEXT, 994501234567, "994501234567"),
        (Kind.TEXT, "one\ntwo", "one, two"),
        (Kind.LONG_TEXT, "one\ntwo", "one\ntwo"),
        (Kind.TEXT, date(2026, 11, 3), "2026-11-03"),
    ],
)
def test_other_kinds_of_values(kind: Kind, cell: CellValue, value: object) -> None:
    assert read(FIELDS[kind], cell) == value


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        (Kind.FLAG, "perhaps"), (Kind.NUMBER, "many"), (Kind.NUMBER, "2,5"), (Kind.NUMBER, -1), (Kind.NUMBER, "2 or 3"),
        (Kind.MINUTES, "long"), (Kind.TIME, "25:99"), (Kind.MONEY, "much"), (Kind.DAY, "1994"),
        (Kind.DAY, "about 3.11.2026"),
    ],
)  # fmt: skip
def test_other_kinds_say_what_would_do(kind: Kind, cell: CellValue) -> None:
    with pytest.raises(Unread) as said:
        read(FIELDS[kind], cell)

    assert as_text(cell) in said.value.text()


@pytest.mark.parametrize(
    ("words", "family_first", "given", "family"),
    [
        ("Əliyeva Gülnarə Rauf qızı", True, "Gülnarə Rauf qızı", "Əliyeva"),
        ("Əliyeva Gülnarə Rauf qızı", False, "Gülnarə Rauf qızı", "Əliyeva"),
        ("Gülnarə Əliyeva", True, "Gülnarə", "Əliyeva"),
        ("Gülnarə Əliyeva", False, "Gülnarə", "Əliyeva"),
        ("Əliyeva Gülnarə", False, "Gülnarə", "Əliyeva"),
        ("Petrenko, Oksana", False, "Oksana", "Petrenko"),
        ("Иванова Светлана Петровна", True, "Светлана Петровна", "Иванова"),
        ("María José Ruiz", False, "María José", "Ruiz"),
        ("Nguyễn Thị Hoa", True, "Thị Hoa", "Nguyễn"),
        ("Aysel", True, "Aysel", None),
    ],
)
def test_whole_names_are_divided(words: str, family_first: bool, given: str, family: str | None) -> None:
    names = split_name(words, family_first=family_first)

    assert (names.given, names.family) == (given, family)


def test_short_names_say_as_little_as_will_do() -> None:
    assert short_name_from("Gülnarə Rauf qızı", "əliyeva") == "Gülnarə Ə."
    assert short_name_from("Aysel", None) == "Aysel"
    assert short_name_from(None, "Əliyeva") is None


@given(st.sampled_from(list(Kind)), cells)
def test_every_cell_is_read_or_refused_in_words(kind: Kind, cell: CellValue) -> None:
    """Whatever a sheet holds, reading ends in a value of the kind or in words, never in another error."""
    field = FIELDS[kind]
    try:
        value = read(field, cell)
    except Unread as said:
        value, words = None, said.text()
    else:
        words = "read"

    assert words
    if value is not None and not isinstance(value, NoAnswer):
        assert field.decode(field.encode(value)) == value


@given(st.dates(date(1930, 1, 1), TODAY), st.integers(0, 4))
def test_a_day_is_the_same_day_however_it_is_written(day: date, way: int) -> None:
    serial = (day - date(1899, 12, 30)).days
    written = (
        day,
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day}/{day.month:02d}/{day.year}",
        serial,
    )

    assert read(BORN, written[way]) == PartialDate.of(day)
    assert read(FIELDS[Kind.DAY], written[way]) == day


@given(
    st.sets(st.sampled_from(vocab.country_codes()), min_size=1, max_size=4), st.sampled_from(["; ", ";", "\n", ", "])
)
def test_countries_by_name_in_any_language_come_back(codes: set[str], separator: str) -> None:
    for language in ("az", "en", "ru"):
        cell = separator.join(vocab.country_name(code, language) for code in sorted(codes))
        assert find_codes(vocab.COUNTRIES, cell) == (codes, ()), cell


def test_serial_numbers_are_days_only_where_days_can_be_meant() -> None:
    assert read(BORN, (TODAY - date(1899, 12, 30)).days) == PartialDate.of(TODAY)
    assert read(BORN, 2026) == PartialDate(2026)
    assert TODAY - timedelta(days=3000) > date(1908, 1, 1)
