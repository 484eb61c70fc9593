"""The recovery secret in pieces: enough of them give it back, fewer do not, and mixed ones are noticed."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.vault.errors import PiecesUnfit, RecoveryCodeMistyped
from shelterdesk.vault.pieces import MOST_PIECES, Piece, combine, interpolate, read_piece, split, write_piece
from shelterdesk.vault.recovery import read_code

secrets = st.binary(min_size=20, max_size=20)
sizes = st.integers(2, MOST_PIECES).flatmap(lambda most: st.tuples(st.integers(2, most), st.just(most)))


def times(one: int, other: int) -> int:
    """Multiply in Rijndael's field the slow way, bit by bit."""
    product = 0
    while other:
        product ^= one if other & 1 else 0
        one = one << 1 ^ (0b100011011 if one & 128 else 0)
        other >>= 1
    return product


@given(secrets, sizes, st.data())
def test_any_so_many_pieces_give_the_secret_back(secret: bytes, size: tuple[int, int], data: st.DataObject) -> None:
    needed, pieces = size
    made = split(secret, needed=needed, pieces=pieces)
    assert [piece.number for piece in made] == list(range(pieces))
    chosen = data.draw(st.permutations(made))[: data.draw(st.integers(needed, pieces))]
    assert combine(chosen) == secret


def test_every_pair_of_three_is_enough() -> None:
    secret = bytes(range(20))
    for pair in combinations(split(secret, needed=2, pieces=3), 2):
        assert combine(pair) == secret


SECRET = "6465666768696a6b6c6d6e6f7071727374757677"


@pytest.mark.parametrize(
    ("needed", "values", "secret"),
    [
        # The vector «Basic sharing 2-of-3» of SLIP-0039; the scheme enciphers its secret afterwards, which we do not.
        (
            2,
            {2: "08fb14b66e692e25dfe2edf53289ed62", 0: "06ab48fef4bedc8ce58baeef0a73f76e"},
            "cdc017fddc829e791b1371780be0605a",
        ),
        # Two splittings by its reference implementation.
        (2, {0: "b3bda20972f6af321e930895f460e6fa99a33b69", 1: "ff45114d711b0054118eacf806a7cf847bf3f61a"}, SECRET),
        (
            3,
            {
                1: "b16921779f1206a693a2ea74470957d8739b03f6",
                3: "1797c5ba8856c4d23114c2983a1c03012d9b03a3",
                4: "921c284f44c1b7c03c0c8724e836c2376d35cf68",
            },
            SECRET,
        ),
    ],
)
def test_pieces_made_elsewhere_by_the_same_scheme_fit(needed: int, values: dict[int, str], secret: str) -> None:
    assert combine([Piece(0, needed, x, bytes.fromhex(value)) for x, value in values.items()]).hex() == secret


@given(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))
def test_the_field_is_rijndaels(zero: int, slope: int, at: int) -> None:
    line = {x: bytes([zero ^ times(slope, x)]) for x in (3, 200)}
    assert interpolate(line, at) == bytes([zero ^ times(slope, at)])


def test_one_piece_fewer_says_nothing() -> None:
    """Whatever the secret is, one piece alone fits to every other secret just as well."""
    made = split(bytes(20), needed=2, pieces=3)[0]
    for other in (b"\1" * 20, b"\xff" * 20):
        line = {made.number: made.value, 255: other}
        assert interpolate({1: interpolate(line, 1), made.number: made.value}, 255) == other
    values = {split(bytes(20), needed=2, pieces=3)[0].value for _ in range(50)}
    assert len(values) == 50


@given(secrets, st.integers(0, 1), st.integers(0, 19), st.integers(1, 255))
def test_an_altered_piece_is_noticed(secret: bytes, which: int, place: int, change: int) -> None:
    made = split(secret, needed=2, pieces=2)
    value = bytearray(made[which].value)
    value[place] ^= change
    made[which] = replace(made[which], value=bytes(value))
    with pytest.raises(PiecesUnfit, match="do not fit"):
        combine(made)


def test_what_is_missing_is_said() -> None:
    one, other = (split(bytes(20), needed=3, pieces=5) for _ in range(2))
    with pytest.raises(PiecesUnfit, match="3 different pieces are needed; there are 2"):
        combine([one[0], one[1], one[0]])
    with pytest.raises(PiecesUnfit, match="2 different pieces"):
        combine([])
    other = [replace(piece, set=one[0].set ^ 1) for piece in other]
    with pytest.raises(PiecesUnfit, match="do not belong together"):
        combine([one[0], one[1], other[2]])


@pytest.mark.parametrize(("needed", "pieces"), [(1, 3), (4, 3), (2, MOST_PIECES + 1), (0, 0)])
def test_senseless_numbers_are_refused(needed: int, pieces: int) -> None:
    with pytest.raises(ValueError, match="pieces"):
        split(bytes(20), needed=needed, pieces=pieces)


@given(secrets, sizes)
def test_a_piece_reads_back_as_it_was_printed(secret: bytes, size: tuple[int, int]) -> None:
    for piece in split(secret, needed=size[0], pieces=size[1]):
        code = write_piece(piece)
        assert len(code.split("-")) == 9
        assert read_piece(code.lower().replace("0", "o")) == piece


def test_a_piece_is_taken_for_no_recovery_code_and_typing_errors_are_located() -> None:
    code = write_piece(split(bytes(20), needed=2, pieces=3)[0])
    with pytest.raises(RecoveryCodeMistyped) as told:
        read_code(code)
    assert told.value.groups == ()
    groups = code.split("-")
    groups[4] = ("1" if groups[4][0] == "0" else "0") + groups[4][1:]
    with pytest.raises(RecoveryCodeMistyped) as told:
        read_piece("-".join(groups))
    assert told.value.groups == (5,)
