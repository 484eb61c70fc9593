"""One incident has exactly one type: the first «yes» in the fixed order decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk import vocab
from shelterdesk.violence_types import NOT_GBV, QUESTIONS, answers_for, asked_next, type_of

TYPES = [code.code for code in vocab.VIOLENCE_TYPES]
ANSWERED = st.lists(st.booleans(), min_size=len(QUESTIONS), max_size=len(QUESTIONS))
BEGUN = st.lists(st.one_of(st.none(), st.booleans()), max_size=len(QUESTIONS) + 2)


def test_the_questions_stand_in_the_order_of_gbvims() -> None:
    assert [question.type for question in QUESTIONS] == [
        "rape",
        "sexual_assault",
        "physical_assault",
        "forced_marriage",
        "denial_of_resources",
        "psychological_abuse",
    ]
    assert [*(question.type for question in QUESTIONS), NOT_GBV] == TYPES
    assert all(question.words.endswith("?") and question.help for question in QUESTIONS)


@given(ANSWERED)
def test_whatever_is_answered_there_is_exactly_one_type(answers: list[bool]) -> None:
    found = type_of(answers)
    assert found in TYPES
    assert [one for one in TYPES if type_of(answers) == one] == [found]
    first_yes = next((number for number, answer in enumerate(answers) if answer), None)
    assert found == (NOT_GBV if first_yes is None else QUESTIONS[first_yes].type)


@given(ANSWERED, st.integers(0, len(QUESTIONS) - 1), ANSWERED)
def test_what_comes_after_the_first_yes_changes_nothing(before: list[bool], place: int, after: list[bool]) -> None:
    answers = [False] * place + [True]
    assert type_of(answers + after) == type_of(answers + before) == QUESTIONS[place].type


@given(BEGUN)
def test_a_type_is_decided_or_the_next_question_is_asked_never_both(answers: list[bool | None]) -> None:
    asked = asked_next(answers)
    assert (type_of(answers) is None) == (asked is not None)
    if asked is not None:
        assert 0 <= asked < len(QUESTIONS)
        assert all(answer is False for answer in answers[:asked])


@given(BEGUN, st.booleans())
def test_answering_what_is_asked_always_comes_to_an_end(answers: list[bool | None], answer: bool) -> None:
    given_now = list(answers[: len(QUESTIONS)])
    for _step in range(len(QUESTIONS) + 1):
        asked = asked_next(given_now)
        if asked is None:
            break
        given_now = [*given_now[:asked], answer, *given_now[asked + 1 :]]
    assert type_of(given_now) in TYPES


@pytest.mark.parametrize("violence", TYPES)
def test_a_type_gives_its_answers_back(violence: str) -> None:
    assert type_of(answers_for(violence)) == violence


def test_nothing_decided_gives_no_answers_and_other_codes_have_none() -> None:
    assert set(answers_for(None)) == {None}
    assert type_of(answers_for(None)) is None
    with pytest.raises(ValueError, match="not_known"):
        answers_for("not_known")
