"""Sealed values open in their own place and nowhere else."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shelterdesk.errors import NoKey
from shelterdesk.vault import Compartment, KeyRing, SealBroken

VAULT, OTHER_VAULT = uuid4(), uuid4()
KEYS = {compartment: bytearray([place + 1] * 32) for place, compartment in enumerate(Compartment)}

compartments = st.sampled_from(list(Compartment))
fields = st.text(min_size=1, max_size=40)
rows = st.uuids()


def ring(vault: UUID = VAULT, generation: int = 1) -> KeyRing:
    return KeyRing(vault, {compartment: (generation, bytearray(key)) for compartment, key in KEYS.items()})


@given(compartments, fields, rows, st.binary(max_size=2000))
def test_what_was_sealed_opens_in_its_place(compartment: Compartment, field: str, row: UUID, plain: bytes) -> None:
    sealed = ring().seal(compartment, field, row, plain)
    assert ring().open(compartment, field, row, sealed) == plain
    assert len(sealed) == len(plain) + 33
    assert plain not in sealed or len(plain) < 4
    assert ring().seal(compartment, field, row, plain) != sealed


@given(compartments, compartments, fields, fields, rows, rows)
def test_a_moved_value_does_not_open(
    here: Compartment, there: Compartment, field: str, other_field: str, row: UUID, other_row: UUID
) -> None:
    assume((here, field, row) != (there, other_field, other_row))
    sealed = ring().seal(here, field, row, b"text")
    with pytest.raises(SealBroken):
        ring().open(there, other_field, other_row, sealed)


@given(compartments, fields, rows)
def test_another_vault_or_generation_does_not_open_it(compartment: Compartment, field: str, row: UUID) -> None:
    sealed = ring().seal(compartment, field, row, b"text")
    for other in (ring(OTHER_VAULT), ring(generation=2)):
        with pytest.raises(SealBroken):
            other.open(compartment, field, row, sealed)
    # The generation is authenticated too: writing the new number over the old one does not help.
    with pytest.raises(SealBroken):
        ring(generation=2).open(compartment, field, row, sealed[:1] + (2).to_bytes(4, "big") + sealed[5:])


@given(st.binary(max_size=60), st.data())
def test_an_altered_or_shortened_value_does_not_open(plain: bytes, data: st.DataObject) -> None:
    row = uuid4()
    sealed = ring().seal(Compartment.CASE, "note.text", row, plain)
    place = data.draw(st.integers(0, len(sealed) - 1))
    bit = data.draw(st.integers(0, 7))
    altered = bytearray(sealed)
    altered[place] ^= 1 << bit
    for broken in (bytes(altered), sealed[:place], sealed + b"\0"):
        with pytest.raises(SealBroken):
            ring().open(Compartment.CASE, "note.text", row, broken)


def test_places_are_not_confused_by_where_names_end() -> None:
    row = uuid4()
    sealed = ring().seal(Compartment.CASE, "ab", row, b"text")
    for field in ("a", "abc", "ab" + row.bytes.decode("latin-1"), ""):
        with pytest.raises(SealBroken):
            ring().open(Compartment.CASE, field, row, sealed)


def test_without_the_key_there_is_neither_reading_nor_writing() -> None:
    both = KeyRing.for_tests(Compartment.HOUSE, Compartment.CASE)
    row = uuid4()
    sealed = both.seal(Compartment.CASE, "a.b", row, b"text")
    assert both.compartments == {Compartment.HOUSE, Compartment.CASE}
    assert not both.holds(Compartment.MEDICAL)
    for use in (
        lambda: both.seal(Compartment.MEDICAL, "a", row, b""),
        lambda: both.open(Compartment.LEGAL, "a", row, sealed),
    ):
        with pytest.raises(NoKey):
            use()
    both.wipe()
    with pytest.raises(NoKey):
        both.open(Compartment.CASE, "a.b", row, sealed)
