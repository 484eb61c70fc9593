"""The PIN: six digits in memory, three tries, gone with the lock."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.errors import Problem
from tests.ui.acting import gathered_calls
from ui.privacy.session_pin import TRIES, SessionPin, check_pin

PIN = "480263"


@pytest.mark.parametrize("typed", ["", "48026", "4802634", "48026a", "٤٨٠٢٦٣", "²²²²²²", "000000", "123456", "987654"])
def test_what_is_no_pin_or_the_first_guess_is_not_taken(typed: str) -> None:
    pin = SessionPin()
    with pytest.raises(Problem):
        pin.choose(typed)
    assert not pin.is_set()
    assert not pin.fits(typed)


@given(st.text("0123456789", min_size=6, max_size=6))
def test_any_other_six_digits_are_taken_and_fit_only_themselves(digits: str) -> None:
    pin = SessionPin()
    try:
        check_pin(digits)
    except Problem:
        return
    pin.choose(digits)
    assert pin.fits(digits)
    assert not pin.fits(digits[::-1] if digits != digits[::-1] else "135791")


def test_three_wrong_answers_use_it_up() -> None:
    pin = SessionPin()
    pin.choose(PIN)
    for left in (2, 1):
        assert not pin.fits("111112")
        assert pin.tries_left == left
    assert pin.fits(PIN)
    assert pin.tries_left == TRIES, "coming back gives the tries back"
    for _ in range(TRIES):
        assert not pin.fits("")
    assert pin.tries_left == 0
    assert not pin.fits(PIN), "not even the right one, once they are used up"


def test_dropping_overwrites_the_digits_and_tells() -> None:
    pin = SessionPin()
    told = gathered_calls(pin.changed)
    pin.choose(PIN)
    held = pin._digits
    pin.drop()
    pin.drop()
    assert bytes(held) == bytes(6)
    assert not pin.is_set()
    assert told == [True, True]
