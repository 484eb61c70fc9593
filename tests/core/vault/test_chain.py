"""Who may vouch for whom: a colleague made well is let in, everything forged is refused.

The attacker here is the worst one: an insider who has the database key, so that checksum and MAC always fit.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from shelterdesk.errors import NotAllowed
from shelterdesk.vault import Compartment, KdfCost, OpenVault, VaultForged, open_vault, open_with_recovery
from shelterdesk.vault.chain import Forged, replay, sign_entry
from shelterdesk.vault.compartments import KEY_NAMES
from shelterdesk.vault.encoding import now
from shelterdesk.vault.grants import GIVEN_UP, GrantsEntry, seal_key
from shelterdesk.vault.members import Standing
from shelterdesk.vault.slots import SlotKind, close_with_passphrase

from .colleagues import Colleague, entry_for, new_colleague, write
from .conftest import NAME, PASSPHRASE
from .entries import (
    NURSE_KEYS,
    admit_deputy,
    creator_of,
    grants_by,
    invite,
    key_of,
    lasting,
    other_key,
    recovery_of,
    signed_by,
    today,
    trust_of,
)


def test_a_colleague_opens_exactly_what_was_granted(
    made: tuple[OpenVault, str], folder: Path, nurse: Colleague
) -> None:
    vault, code = made
    row = uuid4()
    sealed = {c: vault.ring.seal(c, "a.b", row, c.value.encode()) for c in Compartment}
    invite(vault, nurse, *NURSE_KEYS)
    vault.close()
    with open_vault(folder, "nərgiz", "other") as hers:
        assert hers.ring.compartments == {Compartment(name) for name in NURSE_KEYS}
        assert hers.member.roles == ("nurse",)
        assert [member.user_name for member in hers.members] == [NAME, "Nərgiz"]
        assert [holder.user_name for holder in hers.holders("medical")] == [NAME, "Nərgiz"]
        assert [holder.user_name for holder in hers.holders("clinical")] == [NAME]
        assert hers.ring.open(Compartment.MEDICAL, "a.b", row, sealed[Compartment.MEDICAL]) == b"medical"
        assert hers.verify(vault.member.id, b"x", hers.sign(b"x")) is False
        assert hers.verify(hers.member.id, b"x", hers.sign(b"x"))
    with open_vault(folder, NAME, PASSPHRASE) as creators:
        assert creators.ring.compartments == frozenset(Compartment)
    with open_with_recovery(folder, code) as recovered:
        assert recovered.ring.compartments == frozenset(Compartment)


def test_a_deputy_is_let_go_after_the_last_day(vault: OpenVault, folder: Path, nurse: Colleague) -> None:
    trust = invite(vault, nurse, "house")
    today = datetime.now(UTC).date()
    for key_name, until in (("case", today + timedelta(days=1)), ("legal", today - timedelta(days=1))):
        grant, sealed = seal_key(
            vault.id, key_name, 1, key_of(vault, key_name), nurse.id, nurse.keys.seal_public, until=until.isoformat()
        )
        entry = sign_entry(
            vault.id, GrantsEntry((grant,), vault.member.id, now(), trust.head), vault.unlocked.keys.sign
        )
        trust.admit(entry)
        write(vault, [entry], {grant.ciphertext: sealed})
    vault.close()
    with open_vault(folder, "Nərgiz", "other") as hers:
        assert hers.ring.compartments == {Compartment.HOUSE, Compartment.CASE}


def test_suspended_and_removed_members_do_not_get_in(vault: OpenVault, folder: Path, nurse: Colleague) -> None:
    trust = invite(vault, nurse, *NURSE_KEYS)
    suspended = entry_for(vault, nurse, generation=2, standing=Standing.SUSPENDED, previous=trust.head)
    write(vault, [sign_entry(vault.id, suspended, vault.unlocked.keys.sign)], {})
    vault.close()
    with pytest.raises(NotAllowed):
        open_vault(folder, "Nərgiz", "other")


def test_a_rotation_reaches_holders_and_the_recovery_secret(vault: OpenVault, nurse: Colleague) -> None:
    trust = invite(vault, nurse, *NURSE_KEYS)
    new_key = bytearray(secrets.token_bytes(32))
    to = [nurse, recovery_of(vault), creator_of(vault)]
    trust.admit(grants_by(vault, trust, nurse, *(("medical", 2, new_key, one) for one in to)))
    assert trust.keys["medical"].generation == 2
    assert set(trust.keys["medical"].holders) == {one.id for one in to}
    assert trust.keys["house"].generation == 1


def test_a_deputy_replaces_a_key_for_everybody_and_keeps_the_own_last_day(vault: OpenVault, nurse: Colleague) -> None:
    trust = invite(vault, nurse, *NURSE_KEYS)
    admit_deputy(vault, trust, nurse, today(1))
    to = ((nurse, today(1)), (recovery_of(vault), ""), (creator_of(vault), ""))
    trust.admit(lasting(vault, trust, nurse, *(("legal", 2, other_key, one, until) for one, until in to)))
    assert trust.keys["legal"].holders[nurse.id].until == today(1)
    assert not trust.keys["legal"].holders[vault.member.id].until


def test_who_manages_people_leaves_a_holder_out(vault: OpenVault, nurse: Colleague) -> None:
    trust = invite(vault, nurse, *NURSE_KEYS)
    to = (creator_of(vault), recovery_of(vault))
    trust.admit(grants_by(vault, trust, creator_of(vault), *(("medical", 2, other_key, one) for one in to)))
    assert not trust.holds(nurse.id, "medical")


def test_whose_time_is_over_is_left_out_of_a_new_key_by_anybody(vault: OpenVault, nurse: Colleague) -> None:
    trust = invite(vault, nurse, *NURSE_KEYS)
    own = ("medical", 1, key_of(vault, "medical"), creator_of(vault), GIVEN_UP)
    trust.admit(lasting(vault, trust, creator_of(vault), own))
    to = (nurse, recovery_of(vault))
    trust.admit(grants_by(vault, trust, nurse, *(("medical", 2, other_key, one) for one in to)))
    assert trust.due() == {}


def test_keys_behind_a_setup_code_are_never_professional(vault: OpenVault, nurse: Colleague) -> None:
    trust = trust_of(vault)
    entry = entry_for(vault, nurse, temporary=True, previous=trust.head)
    trust.admit(sign_entry(vault.id, entry, vault.unlocked.keys.sign))
    trust.admit(grants_by(vault, trust, creator_of(vault), ("house", 1, key_of(vault, "house"), nurse)))
    for key_name in ("clinical", "legal", "medical"):
        with pytest.raises(Forged):
            trust.admit(grants_by(vault, trust, creator_of(vault), (key_name, 1, key_of(vault, key_name), nurse)))
    # First use: the person's own keys take the place of those behind the code, by the person's own signature.
    own = new_colleague(vault, nurse.user_name)
    own.id = nurse.id
    trust.admit(signed_by(vault, nurse, entry_for(vault, own, generation=2, previous=trust.head)))
    assert trust.holds(nurse.id, "house")
    trust.admit(grants_by(vault, trust, creator_of(vault), ("medical", 1, key_of(vault, "medical"), own)))


def test_a_setup_slot_is_kept_in_the_header(vault: OpenVault, folder: Path, nurse: Colleague) -> None:
    trust = trust_of(vault)
    entry = entry_for(vault, nurse, temporary=True, previous=trust.head)
    slot = close_with_passphrase(
        vault.id, nurse.id, nurse.payload, "code", KdfCost.for_tests(), SlotKind.SETUP, "2026-12-01"
    )
    write(vault, [sign_entry(vault.id, entry, vault.unlocked.keys.sign)], {}, slot)
    vault.close()
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert again.header.slots[-1] == slot
        assert again.header.slots[-1].until == "2026-12-01"


def test_who_renews_a_colleagues_keys_does_not_inherit_what_they_held(vault: OpenVault, nurse: Colleague) -> None:
    trust = invite(vault, nurse, *NURSE_KEYS)
    renewed = new_colleague(vault, nurse.user_name)
    renewed.id = nurse.id
    entry = entry_for(vault, renewed, generation=2, temporary=True, previous=trust.head)
    trust.admit(sign_entry(vault.id, entry, vault.unlocked.keys.sign))
    assert not any(trust.holds(nurse.id, key_name) for key_name in KEY_NAMES)
    assert trust.sign_keys(nurse.id) == (nurse.keys.sign_public, renewed.keys.sign_public)


def test_a_chain_that_starts_elsewhere_is_refused(vault: OpenVault, folder: Path) -> None:
    attacker = new_colleague(vault, NAME)
    attacker.id = vault.member.id
    first = entry_for(vault, attacker, ["director"], previous=bytes(32))
    first = sign_entry(vault.id, first, attacker.keys.sign)
    with pytest.raises(Forged, match="does not start"):
        replay(vault.id, [first], vault.unlocked.keys.fingerprint)
    with pytest.raises(Forged, match="empty"):
        replay(vault.id, [], vault.unlocked.keys.fingerprint)
    vault.replace_header(replace(vault.header, chain=(first,)))
    vault.close()
    with pytest.raises(VaultForged):
        open_vault(folder, NAME, PASSPHRASE)


def test_no_entry_can_be_taken_out_of_the_middle(vault: OpenVault, nurse: Colleague) -> None:
    invite(vault, nurse, *NURSE_KEYS)
    chain = vault.header.chain
    for gone in range(len(chain) - 1):
        with pytest.raises(Forged):
            replay(vault.id, chain[:gone] + chain[gone + 1 :], vault.unlocked.keys.fingerprint)


def test_an_outsiders_edit_is_noticed(vault: OpenVault, folder: Path) -> None:
    edited = replace(vault.header, name="desk-0000")
    vault.close()
    for file in ("header.json", "header-copy.json"):
        (folder / file).write_bytes(edited.encoded())
    with pytest.raises(VaultForged, match="entitled"):
        open_vault(folder, NAME, PASSPHRASE)


def test_a_granted_key_that_was_exchanged_is_refused(vault: OpenVault, folder: Path) -> None:
    grant = vault.unlocked.trust.keys["case"].holders[vault.member.id]
    without = {name: sealed for name, sealed in vault.header.sealed_keys.items() if name != grant.ciphertext}
    vault.replace_header(replace(vault.header, sealed_keys=without))
    vault.close()
    with pytest.raises(VaultForged):
        open_vault(folder, NAME, PASSPHRASE)
