"""The recovery code: typing errors are noticed and located."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shelterdesk.vault import RecoveryCodeMistyped
from shelterdesk.vault.recovery import new_secret, read_code, write_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
secrets = st.binary(min_size=20, max_size=20)


@given(secrets)
def test_a_code_reads_back_however_it_is_typed(secret: bytes) -> None:
    code = write_code(secret)
    assert len(code.split("-")) == 8
    assert set(code) <= {*ALPHABET, "-"}
    confused = code.replace("0", "O").replace("1", "l")
    cyrillic = code.translate(str.maketrans("ABCEHKMPTXY", "АВСЕНКМРТХУ"))
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", "  "), f" {code}\n", confused, cyrillic):
        assert read_code(typed) == secret


@given(secrets, st.integers(0, 39), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_located(secret: bytes, place: int, letter: str) -> None:
    letters = write_code(secret).replace("-", "")
    assume(letters[place] != letter)
    with pytest.raises(RecoveryCodeMistyped) as told:
        read_code(letters[:place] + letter + letters[place + 1 :])
    assert told.value.groups == (place // 5 + 1,)
    assert str(place // 5 + 1) in str(told.value)


@given(secrets, st.integers(0, 38))
def test_two_neighbours_exchanged_are_noticed(secret: bytes, place: int) -> None:
    letters = write_code(secret).replace("-", "")
    assume(letters[place] != letters[place + 1])
    with pytest.raises(RecoveryCodeMistyped) as told:
        read_code(letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :])
    assert set(told.value.groups) <= {place // 5 + 1, (place + 1) // 5 + 1}
    assert told.value.groups


@given(secrets, st.integers(0, 7), st.integers(0, 7))
def test_groups_in_the_wrong_order_are_noticed(secret: bytes, one: int, other: int) -> None:
    assume(one != other)
    groups = write_code(secret).split("-")
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(RecoveryCodeMistyped) as told:
        read_code("-".join(groups))
    assert told.value.groups == tuple(sorted((one + 1, other + 1)))


@given(secrets, st.integers(0, 39))
def test_a_missing_character_is_located_where_gaps_are_typed(secret: bytes, place: int) -> None:
    groups = write_code(secret).split("-")
    group = groups[place // 5]
    groups[place // 5] = group[: place % 5] + group[place % 5 + 1 :]
    with pytest.raises(RecoveryCodeMistyped) as told:
        read_code("-".join(groups))
    assert told.value.groups == (place // 5 + 1,)


@pytest.mark.parametrize("typed", ["", "-", "ABCDE", "ABCDE-" * 7, "A" * 45, "U" * 40, "\u0660" * 40, "ß" * 40])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(RecoveryCodeMistyped):
        read_code(typed)


def test_secrets_are_long_and_new() -> None:
    assert len(new_secret()) == 20
    assert new_secret() != new_secret()
