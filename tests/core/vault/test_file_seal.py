"""Sealed files: every part opens in its own place and nowhere else."""

from __future__ import annotations

import secrets
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.vault import SealBroken
from shelterdesk.vault.file_seal import KEY_BYTES, PART_BYTES, FileSeal, new_file_key, parts_for

VAULT, FILE, KEY = uuid4(), uuid4(), new_file_key()
CONTENT = secrets.token_bytes(2 * PART_BYTES + 100)


def seal(parts: int = 3) -> FileSeal:
    return FileSeal(VAULT, FILE, KEY, parts)


def test_a_file_goes_into_parts_of_one_mebibyte_and_comes_back() -> None:
    assert [parts_for(size) for size in (0, 1, PART_BYTES, PART_BYTES + 1)] == [1, 1, 1, 2]
    parts = list(seal().seal_all(CONTENT))
    assert [number for number, _part in parts] == [1, 2, 3]
    assert b"".join(seal().open(number, part) for number, part in parts) == CONTENT
    assert all(CONTENT[:64] not in part for _number, part in parts)


def test_two_seals_of_the_same_bytes_have_nothing_in_common() -> None:
    assert seal().seal(1, b"x" * 100) != seal().seal(1, b"x" * 100)
    assert new_file_key() != new_file_key()
    assert len(new_file_key()) == KEY_BYTES


@pytest.mark.parametrize(
    "other",
    [
        FileSeal(uuid4(), FILE, KEY, 3),
        FileSeal(VAULT, uuid4(), KEY, 3),
        FileSeal(VAULT, FILE, new_file_key(), 3),
        FileSeal(VAULT, FILE, KEY, 2),
    ],
    ids=["another vault", "another file", "another key", "another number of parts"],
)
def test_a_part_opens_nowhere_else(other: FileSeal) -> None:
    with pytest.raises(SealBroken):
        other.open(1, seal().seal(1, b"words"))


def test_parts_cannot_change_places() -> None:
    part = seal().seal(1, b"words")
    for place in (0, 2, 3):
        with pytest.raises(SealBroken):
            seal().open(place, part)


@given(st.integers(min_value=0, max_value=1 + 12 + 40 + 16 - 1), st.integers(min_value=0, max_value=7))
def test_one_flipped_bit_is_noticed(at: int, bit: int) -> None:
    part = bytearray(seal().seal(2, b"w" * 40))
    part[at] ^= 1 << bit
    with pytest.raises(SealBroken):
        seal().open(2, bytes(part))


@given(st.integers(min_value=0, max_value=68))
def test_a_cut_part_is_noticed(length: int) -> None:
    with pytest.raises(SealBroken):
        seal().open(2, seal().seal(2, b"w" * 40)[:length])


def test_a_key_of_another_length_is_none() -> None:
    with pytest.raises(SealBroken):
        FileSeal(VAULT, FILE, b"short", 1)
