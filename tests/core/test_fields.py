"""Fields: spelling of values for seals, log and drafts, and the rules of forms."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk import vocab
from shelterdesk.errors import Problems
from shelterdesk.fields import CLOSED, Field, Kind, check
from shelterdesk.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate

TODAY = date(2026, 11, 17)
SINGLE_LINE = st.text(st.characters(exclude_categories=["Cs"]))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
    parts = draw(st.integers(1, 3))
    return PartialDate(
        day.year, day.month if parts > 1 else None, day.day if parts > 2 else None, about=draw(st.booleans())
    )


VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: SINGLE_LINE,
    Kind.LONG_TEXT: st.text(st.characters(exclude_categories=["Cs"])),
    Kind.DAY: st.dates(),
    Kind.PARTIAL_DATE: partial_dates(),
    Kind.TIME: st.times(),
    Kind.CHOICE: st.sampled_from([code.code for code in vocab.GENDERS]),
    Kind.CHOICES: st.frozensets(st.sampled_from([code.code for code in vocab.EXPLOITATION_TYPES]), min_size=1),
    Kind.FLAG: st.booleans(),
    Kind.NUMBER: st.integers(),
    Kind.MINUTES: st.integers(0),
    Kind.MONEY: st.integers(0),
    Kind.LINK: st.uuids(),
}


def test_every_kind_has_values_to_try() -> None:
    assert set(VALUES) == set(Kind)


@given(st.sampled_from(sorted(Kind)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind])))
def test_what_is_spelled_is_read_again(one: tuple[Kind, Any]) -> None:
    kind, value = one
    field = Field("person.field", "Field", kind)
    spelled = field.encode(value)
    assert isinstance(spelled, str)
    assert field.decode(spelled) == value


@pytest.mark.parametrize("kind", sorted(Kind))
def test_nothing_is_spelled_as_nothing(kind: Kind) -> None:
    field = Field("person.field", "Field", kind)
    assert field.encode(None) is None
    assert field.decode(None) is None


def test_no_choice_at_all_is_spelled_as_nothing() -> None:
    assert Field("person.field", "Field", Kind.CHOICES).encode(frozenset()) is None


@pytest.mark.parametrize(
    ("kind", "spelled"),
    [
        (Kind.DAY, "2026-02-30"),
        (Kind.TIME, "25:00"),
        (Kind.FLAG, "yes"),
        (Kind.NUMBER, "three"),
        (Kind.PARTIAL_DATE, "May"),
        (Kind.LINK, "x"),
    ],
)
def test_other_spellings_are_refused(kind: Kind, spelled: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Field("person.field", "Field", kind).decode(spelled)


def problems(field: Field, **values: Any) -> list[str]:
    try:
        check([field], values, TODAY)
    except Problems as found:
        return [one.text("en") for one in found.problems]
    return []


@pytest.mark.parametrize("empty", [None, "", " \n", frozenset()])
def test_what_is_needed_is_asked_for(empty: Any) -> None:
    field = Field("person.name", "Name", Kind.TEXT, "name", required=True)
    assert problems(field, name=empty) == ["Enter «Name»"]
    assert problems(field, name="Ay") == []
    assert problems(field) == [], "a form without the field is not asked for it"
    assert problems(field, name=CLOSED) == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (Field("a.b", "Gender", Kind.CHOICE, "b", choices=vocab.GENDERS), "martian", "choose one from the list"),
        (Field("a.b", "Kinds", Kind.CHOICES, "b", choices=vocab.GENDERS), frozenset({"x"}), "choose from the list"),
        (Field("a.b", "Number", Kind.NUMBER, "b"), -1, "less than zero"),
        (Field("a.b", "Number", Kind.NUMBER, "b"), 2**63, "too large"),
        (Field("a.b", "Day", Kind.DAY, "b"), date(1899, 12, 31), "check the year"),
        (Field("a.b", "Day", Kind.DAY, "b"), date(2206, 1, 1), "check the year"),
        (Field("a.b", "Day", Kind.DAY, "b", in_future=False), date(2026, 11, 18), "after today, 17 November 2026"),
        (Field("a.b", "Born", Kind.PARTIAL_DATE, "b", in_future=False), PartialDate(2026, 12), "after today"),
        (Field("a.b", "Own", Kind.TEXT, "b", rule=lambda value, _values: "«{label}»: no"), "x", "«Own»: no"),
    ],
)
def test_wrong_values_are_named(field: Field, value: Any, words: str) -> None:
    (said,) = problems(field, b=value)
    assert words in said


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field("a.b", "Day", Kind.DAY, "b", in_future=False), TODAY),
        (Field("a.b", "Day", Kind.DAY, "b"), date(2027, 1, 1)),
        (Field("a.b", "Born", Kind.PARTIAL_DATE, "b", in_future=False), PartialDate(2026)),
        (Field("a.b", "Gender", Kind.CHOICE, "b", choices=vocab.GENDERS), vocab.NOT_KNOWN),
    ],
)
def test_right_values_pass(field: Field, value: Any) -> None:
    assert problems(field, b=value) == []


def test_problems_come_in_the_order_of_the_fields() -> None:
    fields = [Field(f"a.{name}", name, Kind.TEXT, name, required=True) for name in ("one", "two", "three")]
    with pytest.raises(Problems) as found:
        check(fields, {"three": None, "one": None, "two": ""}, TODAY)
    assert [one.field for one in found.value.problems] == ["a.one", "a.two", "a.three"]


def test_a_rule_sees_the_whole_form() -> None:
    field = Field("a.b", "B", Kind.NUMBER, "b", rule=lambda value, values: None if value > values["a"] else "no")
    assert problems(field, a=1, b=2) == []
    assert problems(field, a=2, b=2) == ["no"]


def test_shown_values_speak_the_language_asked_for() -> None:
    gender = Field("a.b", "B", Kind.CHOICE, choices=vocab.GENDERS)
    code = next(iter(vocab.GENDERS)).code
    assert gender.show(code, "en") == vocab.GENDERS.label(code, "en")
    assert Field("a.b", "B", Kind.FLAG).show(True, "en") == "Yes"
    assert Field("a.b", "B", Kind.TIME).show(time(9, 5)) == "09:05"
    assert Field("a.b", "B", Kind.LINK).show(UUID(int=1), "en", {UUID(int=1): "Bed 3"}) == "Bed 3"
    assert Field("a.b", "B", Kind.TEXT).show(CLOSED) == ""
