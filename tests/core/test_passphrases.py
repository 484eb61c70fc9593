from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk import passphrases
from shelterdesk.passphrases import advise


@pytest.mark.parametrize(
    "passphrase",
    [
        "", "123456", "password", "P@ssw0rd!", "qwertyuiop", "aaaaaaaaaaaa", "21051987", "Gülnarə1987", "Azərbaycan",
        "Мамедова", "пароль", "gfhjkm", "йцукен", "Quliyeva2026", "siginacaq1",
    ],
)  # fmt: skip
def test_what_everybody_tries_first_is_easy(passphrase: str) -> None:
    advice = advise(passphrase)
    assert advice.score == 0
    assert not advice.enough
    assert advice.label == passphrases.SCORES[0]
    assert advice.suggestions


@pytest.mark.parametrize(
    "passphrase",
    ["dördüncü gün yağış yağdı", "Mənim balaca evim dənizin kənarındadır", "синий чайник едет в горы медленно"],
)
def test_sentences_of_ones_own_are_hard(passphrase: str) -> None:
    advice = advise(passphrase)
    assert advice.enough
    assert advice.suggestions in {(), (passphrases._ONE_MORE,)}
    assert advice.warning == ""
    assert advice.several_words


def test_ones_own_name_is_known_to_whoever_guesses() -> None:
    assert advise("Rəşad Turanbəyli", ["Rəşad Turanbəyli"]).score < advise("Rəşad Turanbəyli").score
    assert advise("Rəşad Turan", ["Rəşad Turan"]).warning == passphrases._OWN


@pytest.mark.parametrize(
    ("passphrase", "warning"),
    [
        ("password", passphrases._COMMON),
        ("aaaaaaaaaaaa", passphrases._REPEAT),
        ("21051987", passphrases._DATE),
        ("quliyeva", passphrases._NAME),
    ],
)
def test_the_reason_is_named(passphrase: str, warning: str) -> None:
    assert advise(passphrase).warning == warning


def test_habits_that_do_not_help_are_named() -> None:
    suggestions = advise("P@ssw0rd!").suggestions
    assert passphrases._SWAPS in suggestions
    assert passphrases._CAPITALS in suggestions
    assert passphrases._TOO_SHORT in suggestions


def test_proposed_words_count_for_what_they_are_worth() -> None:
    words = passphrases.suggest().split()
    assert len(words) == 6
    assert advise(" ".join(words)).score == 4
    assert advise("-".join(words[:4])).score <= 3
    assert advise("turtle-kiosk-screw-perfume").score <= 3, "folding spells «kiosk» otherwise"
    assert advise(" ".join(words[:2])).score == 0


def test_names_and_dates_are_seen_in_a_long_passphrase() -> None:
    assert not advise("mavi qapı Gülnarə uzaq dəniz").no_names
    assert not advise("mavi qapı 21.05.1987 uzaq dəniz").no_names
    assert advise("velvet orbit gravel teapot").no_names
    assert not advise("velvet orbit").several_words


def test_two_proposals_differ() -> None:
    assert passphrases.suggest() != passphrases.suggest()


def test_nothing_is_kept_between_calls() -> None:
    advise("Bənövşə 4711", ["Bənövşə"])
    assert "own" not in passphrases._dictionaries()
    assert "user_inputs" not in passphrases._dictionaries()


@given(st.text(max_size=120))
def test_any_text_gets_advice(passphrase: str) -> None:
    advice = advise(passphrase, ["Leyla A."])
    assert 0 <= advice.score <= 4
    assert advice.label == passphrases.SCORES[advice.score]
    assert advice.holds
    assert bool(advice.suggestions) == (advice.score < 4)
