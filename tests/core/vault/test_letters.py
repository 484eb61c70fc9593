"""Letters: somebody without the key writes, only holders read, and only in the letter's own place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelterdesk.errors import NoKey
from shelterdesk.vault import Compartment, OpenVault, SealBroken, VaultForged, open_vault
from shelterdesk.vault.chain import Forged, sign_entry
from shelterdesk.vault.changes import Change
from shelterdesk.vault.encoding import now
from shelterdesk.vault.grants import GrantsEntry, seal_key
from shelterdesk.vault.letters import LETTER_BOXES, letter_box
from shelterdesk.vault.seal import KeyRing

from .colleagues import new_colleague
from .conftest import NAME, PASSPHRASE

HOUSE, CASE = Compartment.HOUSE, Compartment.CASE
VAULT, ROW = uuid4(), uuid4()
KEY, NEXT = b"k" * 32, b"n" * 32
FIELD = "log:log.why"


def holder(key: bytes = KEY, generation: int = 1, vault: UUID = VAULT) -> KeyRing:
    return KeyRing(vault, {HOUSE: (generation, bytearray(key))})


def writer(key: bytes = KEY, generation: int = 1) -> KeyRing:
    return KeyRing(VAULT, {}, {HOUSE: (generation, letter_box(VAULT, HOUSE.value, key))})


@given(st.binary(max_size=300))
def test_who_holds_nothing_writes_and_a_holder_reads(plain: bytes) -> None:
    ring = writer()
    assert ring.takes(HOUSE)
    assert not ring.holds(HOUSE)
    letter = ring.post(HOUSE, FIELD, ROW, plain)
    assert holder().open(HOUSE, FIELD, ROW, letter) == plain
    with pytest.raises(NoKey):
        ring.open(HOUSE, FIELD, ROW, letter)
    with pytest.raises(NoKey):
        ring.seal(HOUSE, FIELD, ROW, plain)


def test_a_holder_seals_as_always() -> None:
    sealed = holder().post(HOUSE, FIELD, ROW, b"x")
    assert sealed[:1] == b"\x01"
    assert holder().open(HOUSE, FIELD, ROW, sealed) == b"x"


def test_a_compartment_that_takes_no_letters_stays_closed() -> None:
    assert {"house"} == LETTER_BOXES
    assert letter_box(VAULT, "case", KEY) == b""
    with pytest.raises(NoKey):
        writer().post(CASE, FIELD, ROW, b"x")
    assert not writer().takes(CASE)


def test_a_letter_opens_in_its_own_place_only() -> None:
    letter = writer().post(HOUSE, FIELD, ROW, b"x")
    for field, row in (("log:log.for_whom", ROW), (FIELD, uuid4())):
        with pytest.raises(SealBroken):
            holder().open(HOUSE, field, row, letter)
    for ring in (holder(NEXT), holder(generation=2), holder(vault=uuid4())):
        with pytest.raises(SealBroken):
            ring.open(HOUSE, FIELD, ROW, letter)
    for place in range(len(letter)):
        altered = bytearray(letter)
        altered[place] ^= 1
        with pytest.raises(SealBroken):
            holder().open(HOUSE, FIELD, ROW, bytes(altered))
    for short in range(len(letter)):
        with pytest.raises(SealBroken):
            holder().open(HOUSE, FIELD, ROW, letter[:short])


def test_a_letter_is_sealed_anew_like_everything_else() -> None:
    letter = writer().post(HOUSE, FIELD, ROW, b"kept")
    anew = holder().sealer_to(holder(NEXT, 2), HOUSE)
    sealed = anew(FIELD, ROW.bytes, letter)
    assert sealed is not None
    assert holder(NEXT, 2).open(HOUSE, FIELD, ROW, sealed) == b"kept"
    assert anew(FIELD, uuid4().bytes, letter) is None
    assert anew(FIELD, ROW.bytes, letter[:-1]) is None


def test_every_member_knows_where_letters_go(vault: OpenVault, folder: Path) -> None:
    nobody = new_colleague(vault, "Admin")
    change = Change(vault)
    change.new_member(nobody.id, "Admin", ["administrator"], nobody.keys, temporary=False)
    change.give(["database"], nobody.id)
    change.use_slots(nobody.id, nobody.slot(vault, "other"))
    vault.commit(change)
    vault.close()
    with open_vault(folder, "Admin", "other") as hers:
        assert hers.ring.compartments == frozenset()
        letter = hers.ring.post(HOUSE, FIELD, ROW, b"a reason")
    with open_vault(folder, NAME, PASSPHRASE) as creators:
        assert creators.ring.open(HOUSE, FIELD, ROW, letter) == b"a reason"


def test_a_letter_box_of_somebody_elses_is_refused(vault: OpenVault, folder: Path) -> None:
    key = vault.ring.key_of(HOUSE)[1]
    recovery = vault.unlocked.trust.recovery()
    assert recovery is not None
    grant, sealed = seal_key(vault.id, HOUSE.value, 1, key, recovery.member, recovery.seal_public)
    change = Change(vault)
    other = replace(grant, letter_box=letter_box(vault.id, HOUSE.value, NEXT))
    entry = GrantsEntry((other,), vault.member.id, now(), change.trust.head)
    with pytest.raises(Forged, match="letters"):
        change.trust.admit(sign_entry(vault.id, entry, vault.unlocked.keys.sign))
    # Where the first grant of a key already names another box, its holders notice.
    state = vault.unlocked.trust.keys[HOUSE.value]
    first = vault.header.chain[2]
    assert isinstance(first, GrantsEntry)
    assert state.letter_box == letter_box(vault.id, HOUSE.value, key)
    forged = replace(
        first,
        grants=tuple(replace(one, letter_box=other.letter_box) if one.key == "house" else one for one in first.grants),
    )
    forged = sign_entry(vault.id, forged, vault.unlocked.keys.sign)
    vault.replace_header(replace(vault.header, chain=(*vault.header.chain[:2], forged)))
    vault.close()
    with pytest.raises(VaultForged) as told:
        open_vault(folder, NAME, PASSPHRASE)
    assert "letter box" in told.value.reason
    assert sealed


def test_a_vault_without_letter_boxes_gets_one_with_the_next_grant(vault: OpenVault) -> None:
    change = Change(vault)
    trust = change.trust
    trust.keys[HOUSE.value].letter_box = b""
    nobody = new_colleague(vault, "Night")
    change.new_member(nobody.id, "Night", ["night_worker"], nobody.keys, temporary=False)
    change.give(["house"], nobody.id)
    assert trust.keys[HOUSE.value].letter_box == letter_box(vault.id, "house", vault.ring.key_of(HOUSE)[1])
