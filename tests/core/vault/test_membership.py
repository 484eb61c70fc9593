"""Inviting, redeeming, granting, handing over, suspending: each act opens what it says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine

from shelterdesk.errors import NotAllowed, Problem
from shelterdesk.vault import (
    Compartment,
    DiskFull,
    KdfCost,
    OpenVault,
    RecoveryCodeMistyped,
    SetupCodeRunOut,
    VaultForged,
    WrongPassphrase,
    WrongSetupCode,
    failures,
    inspect_vault,
    membership,
    open_vault,
    store,
    verify_vault,
)
from shelterdesk.vault.chain import replay
from shelterdesk.vault.changes import Change
from shelterdesk.vault.compartments import DATABASE, NEVER_BEHIND_A_SETUP_CODE
from shelterdesk.vault.grants import open_key
from shelterdesk.vault.header import HEADER_FILE, read_header
from shelterdesk.vault.recovery import read_setup_code, write_code
from shelterdesk.vault.slots import MemberKeys, SlotKind, open_with_random_secret
from shelterdesk.vault.unlocking import slot_of, unlock

from .conftest import NAME, PASSPHRASE

HOUSE, IDENTITY, CASE, MEDICAL, CLINICAL, LEGAL = Compartment
NIGAR, WORDS = "Nigar", "teapot ladder orange nine"
TODAY = datetime.now(UTC).date()
Reopen = Callable[..., OpenVault]


@pytest.fixture
def reopen(vault: OpenVault, folder: Path) -> Iterator[Reopen]:
    """Lock the vault and open it as somebody."""
    opened = [vault]

    def sign_in(name: str = NAME, passphrase: str = PASSPHRASE) -> OpenVault:
        opened[-1].close()
        opened.append(open_vault(folder, name, passphrase))
        return opened[-1]

    yield sign_in
    opened[-1].close()


def redeemed(folder: Path, code: str, name: str = NIGAR, passphrase: str = WORDS) -> OpenVault:
    return membership.redeem(folder, name, code, passphrase, cost=KdfCost.for_tests())


def with_nigar(vault: OpenVault, folder: Path, *roles: str) -> UUID:
    """Invite and redeem, and give Nigar everything; leaves the vault closed."""
    member, code = membership.invite(vault, NIGAR, roles or ("psychologist",), Compartment, TODAY)
    vault.close()
    redeemed(folder, code).close()
    with open_vault(folder, NAME, PASSPHRASE) as again:
        membership.give(again, member, NEVER_BEHIND)
    return member


NEVER_BEHIND = [Compartment(name) for name in sorted(NEVER_BEHIND_A_SETUP_CODE)]


# --- set-up codes ---------------------------------------------------------------------------------------------------


def test_a_set_up_code_becomes_a_passphrase(vault: OpenVault, folder: Path) -> None:
    member, code = membership.invite(vault, "  nigar ", ("psychologist",), Compartment, TODAY)
    assert len(code.split("-")) == 6
    assert len(read_setup_code(code)) * 8 >= 100
    vault.close()
    outline = inspect_vault(folder)
    assert (outline.user_names, outline.invited) == ((NAME, "nigar"), ("nigar",))
    with redeemed(folder, code.lower()) as hers:
        assert hers.member.id == member
        assert not hers.member.temporary
        assert hers.ring.compartments == {HOUSE, IDENTITY, CASE}
        assert verify_vault(hers) == []
    assert inspect_vault(folder).invited == ()
    with open_vault(folder, NIGAR, WORDS) as hers:
        assert hers.ring.compartments == {HOUSE, IDENTITY, CASE}
        assert hers.is_own_passphrase(WORDS)


def test_redeeming_is_one_write_that_leaves_nothing_to_the_code(vault: OpenVault, folder: Path) -> None:
    member, code = membership.invite(vault, NIGAR, ("nurse",), Compartment, TODAY)
    before, fingerprint = vault.header, vault.unlocked.keys.fingerprint
    vault.close()
    slot = slot_of(before, NIGAR, SlotKind.SETUP)
    assert slot is not None
    payload = open_with_random_secret(before.vault, slot, read_setup_code(code))
    assert payload is not None
    lent = MemberKeys(payload)
    redeemed(folder, code).close()
    after = read_header(folder)
    assert after.generation == before.generation + 1
    assert [slot.kind for slot in after.slots if slot.member == member] == [SlotKind.PASSPHRASE]
    trust = replay(after.vault, after.chain, fingerprint)
    assert trust.members[member].seal_public != lent.seal_public
    for state in trust.keys.values():
        for grant in state.given.values():
            sealed = after.sealed_keys.get(grant.ciphertext)
            if sealed is not None:
                with pytest.raises(ValueError, match="does not open"):
                    open_key(after.vault, grant, sealed, lent.seal)


def test_the_keys_behind_a_code_open_nothing_but_for_redeeming(vault: OpenVault, folder: Path) -> None:
    member, code = membership.invite(vault, NIGAR, ("nurse",), Compartment, TODAY)
    header = vault.header
    slot = slot_of(header, NIGAR, SlotKind.SETUP)
    assert slot is not None
    payload = open_with_random_secret(header.vault, slot, read_setup_code(code))
    assert payload is not None
    with pytest.raises(NotAllowed, match="set-up code"):
        unlock(header, HEADER_FILE, member, bytearray(payload))
    assert unlock(header, HEADER_FILE, member, payload, redeeming=True).entry.temporary
    vault.close()
    with pytest.raises(WrongPassphrase):
        open_vault(folder, NIGAR, code)


@pytest.mark.usefixtures("impatient")
def test_a_code_works_once_and_for_one_name(vault: OpenVault, folder: Path) -> None:
    _, code = membership.invite(vault, NIGAR, ("nurse",), Compartment, TODAY)
    _, other = membership.invite(vault, "Rauf", ("lawyer",), Compartment, TODAY)
    vault.close()
    for name, wrong in ((NIGAR, other), (NAME, code), ("nobody", code)):
        with pytest.raises(WrongSetupCode):
            redeemed(folder, wrong, name)
    redeemed(folder, code).close()
    with pytest.raises(WrongSetupCode):
        redeemed(folder, code)
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert [one.user_name for one in again.failed_sign_ins()] == [NIGAR, "", "", ""]


def test_wrong_codes_slow_down_and_mistyped_ones_do_not_count(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(store.time, "sleep", waited.append)
    _, code = membership.invite(vault, NIGAR, ("nurse",), Compartment, TODAY)
    vault.close()
    mistyped = ("1" if code[0] == "0" else "0") + code[1:]
    with pytest.raises(RecoveryCodeMistyped) as told:
        redeemed(folder, mistyped)
    assert told.value.groups == (1,)
    assert failures.failed_sign_ins(folder) == []
    for pause in (1, 2):
        with pytest.raises(WrongSetupCode) as wrong:
            redeemed(folder, write_code(bytes(15)))
        assert wrong.value.wait_seconds == pause
    redeemed(folder, code).close()
    assert waited[0] == 0
    assert 0 < waited[1] <= 1 < waited[2] <= 2


def test_a_code_ends_with_its_day_and_is_emptied_then(reopen: Reopen, vault: OpenVault, folder: Path) -> None:
    _, code = membership.invite(vault, NIGAR, ("nurse",), Compartment, TODAY)
    vault.close()
    with time_machine.travel(datetime.now(UTC) + timedelta(days=1), tick=False):
        with pytest.raises(SetupCodeRunOut):
            redeemed(folder, code)
        assert failures.failed_sign_ins(folder) == []
        again = reopen()
        assert membership.empty_codes_that_ran_out(again)
        assert not membership.empty_codes_that_ran_out(again)
        (nigar,) = [one for one in membership.memberships(again) if one.member.temporary]
        assert nigar.code_until == TODAY
        again.close()
    with pytest.raises(SetupCodeRunOut):
        redeemed(folder, code)


def test_a_power_cut_while_redeeming_leaves_the_code_or_the_passphrase(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, code = membership.invite(vault, NIGAR, ("nurse",), Compartment, TODAY)
    vault.close()

    def full(folder: Path, *_headers: object) -> None:
        raise DiskFull(folder)

    with monkeypatch.context() as patch:
        patch.setattr(store, "exchange_header", full)
        with pytest.raises(DiskFull):
            redeemed(folder, code)
    real = store.exchange_header

    def dies_after(*how: Any) -> None:
        real(*how)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store, "exchange_header", dies_after)
        with pytest.raises(KeyboardInterrupt):
            redeemed(folder, code)
    with open_vault(folder, NIGAR, WORDS) as hers:
        assert hers.ring.compartments == {HOUSE, IDENTITY, CASE}
        assert verify_vault(hers) == []


def test_names_are_unique_among_who_is_here(vault: OpenVault) -> None:
    with pytest.raises(Problem, match="Somebody else"):
        membership.invite(vault, NAME.upper(), ("nurse",), [], TODAY)
    with pytest.raises(Problem):
        membership.invite(vault, "  ", ("nurse",), [], TODAY)


@pytest.mark.usefixtures("impatient")
def test_a_forgotten_passphrase_is_replaced_and_what_cannot_be_lent_is_named(
    reopen: Reopen, vault: OpenVault, folder: Path
) -> None:
    member = with_nigar(vault, folder)
    again = reopen()
    assert membership.lent_by_code(again, Compartment) == {HOUSE, IDENTITY, CASE}
    code = membership.renew_code(again, member, [], TODAY)
    (nigar,) = [one for one in membership.memberships(again) if one.member.id == member]
    assert nigar.holds == {HOUSE, IDENTITY, CASE}
    again.close()
    with pytest.raises(WrongPassphrase):
        open_vault(folder, NIGAR, WORDS)
    with redeemed(folder, code, passphrase="new words for nigar") as hers:
        assert hers.ring.compartments == {HOUSE, IDENTITY, CASE}
        assert hers.member.id == member
    again = reopen()
    membership.give(again, member, [CLINICAL])
    assert reopen(NIGAR, "new words for nigar").ring.compartments == {HOUSE, IDENTITY, CASE, CLINICAL}


def test_a_new_code_keeps_a_deputys_last_day(reopen: Reopen, vault: OpenVault, folder: Path) -> None:
    member, code = membership.invite(vault, NIGAR, ("nurse",), [HOUSE], TODAY)
    vault.close()
    redeemed(folder, code).close()
    again = reopen()
    until = TODAY + timedelta(days=3)
    membership.give(again, member, [CASE], until)
    code = membership.renew_code(again, member, [], TODAY)
    again.close()
    redeemed(folder, code).close()
    (nigar,) = [one for one in membership.memberships(reopen()) if one.member.id == member]
    assert {held.compartment: held.until for held in nigar.holdings} == {HOUSE: None, CASE: until}


# --- granting -------------------------------------------------------------------------------------------------------


def test_only_a_holder_passes_a_key_on(reopen: Reopen, vault: OpenVault, folder: Path) -> None:
    member, code = membership.invite(vault, NIGAR, ("nurse",), [HOUSE], TODAY)
    vault.close()
    with redeemed(folder, code) as hers:
        creator = hers.members[0].id
        with pytest.raises(NotAllowed):
            membership.give(hers, creator, [CASE])
        for act in (membership.suspend, membership.resume, lambda v, m: membership.set_roles(v, m, ["nurse"])):
            with pytest.raises(NotAllowed):
                act(hers, creator)
        with pytest.raises(NotAllowed):
            membership.invite(hers, "Friend", ("nurse",), [], TODAY)
    membership.give(reopen(), member, [CASE])
    assert reopen(NIGAR, WORDS).ring.compartments == {HOUSE, CASE}


def test_a_deputy_passes_nothing_on_beyond_the_last_day(reopen: Reopen, vault: OpenVault, folder: Path) -> None:
    member, code = membership.invite(vault, NIGAR, ("nurse",), [HOUSE], TODAY)
    third, other = membership.invite(vault, "Rauf", ("lawyer",), [HOUSE], TODAY)
    vault.close()
    redeemed(folder, code).close()
    redeemed(folder, other, "Rauf", "words of rauf here").close()
    until = TODAY + timedelta(days=2)
    membership.give(reopen(), member, [LEGAL], until)
    deputy = reopen(NIGAR, WORDS)
    membership.give(deputy, third, [LEGAL])
    (rauf,) = [one for one in membership.memberships(deputy) if one.member.id == third]
    assert [held.until for held in rauf.holdings if held.compartment is LEGAL] == [until]
    assert membership.keepers(deputy, LEGAL) == (deputy.members[0].id,)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=3), tick=False):
        for name, words in ((NIGAR, WORDS), ("Rauf", "words of rauf here")):
            assert LEGAL not in reopen(name, words).ring.compartments
        again = reopen()
        assert membership.to_be_replaced(again) == {LEGAL: (member, third)}


def test_a_deputy_whose_day_passes_while_signed_in_passes_nothing_on(
    reopen: Reopen, vault: OpenVault, folder: Path
) -> None:
    member, code = membership.invite(vault, NIGAR, ("nurse",), [HOUSE], TODAY)
    vault.close()
    redeemed(folder, code).close()
    membership.give(reopen(), member, [LEGAL], TODAY)
    deputy = reopen(NIGAR, WORDS)
    assert deputy.ring.holds(LEGAL)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=2), tick=False):
        with pytest.raises(NotAllowed):
            membership.give(deputy, deputy.members[0].id, [LEGAL])
        assert Change(deputy).usable == (DATABASE, HOUSE.value)


def test_a_deputy_lends_nothing_that_would_end_with_them(reopen: Reopen, vault: OpenVault, folder: Path) -> None:
    member = with_nigar(vault, folder, "director")
    third, code = membership.invite(reopen(), "Rauf", ("lawyer",), [HOUSE, CASE], TODAY)
    reopen().close()
    redeemed(folder, code, "Rauf", "words of rauf here").close()
    again = reopen()
    membership.hand_over(again, third, [CASE])
    membership.give(reopen("Rauf", "words of rauf here"), again.members[0].id, [CASE], TODAY + timedelta(days=2))
    again = reopen()
    assert again.ring.holds(CASE)
    assert not membership.holds_for_good(again, CASE)
    assert membership.lent_by_code(again, [HOUSE, CASE]) == {HOUSE}
    membership.renew_code(again, third, [], TODAY)
    (rauf,) = [one for one in membership.memberships(again) if one.member.id == third]
    assert rauf.holds == {HOUSE}
    assert membership.keepers(again, CASE) == (member,)


def test_handing_over_ends_at_once_what_one_holds(reopen: Reopen, vault: OpenVault, folder: Path) -> None:
    member = with_nigar(vault, folder)
    again = reopen()
    me = again.member.id
    row = again.id
    sealed = again.ring.seal(CLINICAL, "a.b", row, b"kept")
    membership.hand_over(again, member, [CLINICAL])
    assert not again.ring.holds(CLINICAL)
    (mine,) = [one for one in membership.memberships(again) if one.member.id == me]
    assert [(held.until, held.over) for held in mine.holdings if held.compartment is CLINICAL] == [(None, True)]
    assert membership.to_be_replaced(again) == {CLINICAL: (me,)}
    with pytest.raises(NotAllowed):
        membership.give(again, member, [CLINICAL])
    with time_machine.travel(datetime(2001, 1, 1, tzinfo=UTC), tick=False):
        # A clock that was set back brings back nothing that was handed over.
        assert not reopen().ring.holds(CLINICAL)
    assert reopen(NIGAR, WORDS).ring.open(CLINICAL, "a.b", row, sealed) == b"kept"
    assert membership.keepers(reopen(), CLINICAL) == (member,)


# --- suspending, names, roles ---------------------------------------------------------------------------------------


def test_a_suspended_member_is_told_and_comes_back_with_everything(
    reopen: Reopen, vault: OpenVault, folder: Path
) -> None:
    member = with_nigar(vault, folder)
    membership.suspend(reopen(), member)
    reopen().close()
    assert inspect_vault(folder).user_names == (NAME,)
    with pytest.raises(NotAllowed, match="suspended"):
        open_vault(folder, NIGAR, WORDS)
    assert membership.keepers(reopen(), CLINICAL) == (reopen().member.id,)
    membership.resume(reopen(), member)
    assert reopen(NIGAR, WORDS).ring.compartments == frozenset(Compartment)


def test_names_and_roles_change_by_a_managers_hand(reopen: Reopen, vault: OpenVault, folder: Path) -> None:
    member = with_nigar(vault, folder)
    again = reopen()
    membership.set_name(again, member, "Nigar H.")
    membership.set_roles(again, member, ["lawyer", "nurse"])
    hers = reopen("nigar h.", WORDS)
    assert (hers.member.user_name, hers.member.roles) == ("Nigar H.", ("lawyer", "nurse"))
    with pytest.raises(Problem):
        membership.set_name(reopen(), member, NAME)


def test_a_removed_member_is_gone_from_header_and_chain(reopen: Reopen, vault: OpenVault, folder: Path) -> None:
    """The keys are replaced elsewhere; here, that a change without it holds what remains."""
    member = with_nigar(vault, folder)
    again = reopen()
    assert membership.replaceable_keys_of(again, member) == (DATABASE, *(one.value for one in Compartment))
    change = Change(again)
    membership.remove(change, member)
    assert not any(change.trust.holds(member, one) for one in (DATABASE, *Compartment))
    assert set(change.trust.due()) == {DATABASE, *(one.value for one in Compartment)}
    assert not any(slot.member == member for slot in change.header().slots)
    again.commit(change)
    reopen().close()
    with pytest.raises(WrongPassphrase):
        open_vault(folder, NIGAR, WORDS)


def test_an_insiders_passphrase_slot_for_borrowed_keys_opens_nothing(vault: OpenVault, folder: Path) -> None:
    """Whoever holds the key of the database, and a code, still needs to redeem it under everybody's eyes."""
    from shelterdesk.vault.slots import close_with_passphrase

    member, code = membership.invite(vault, NIGAR, ("nurse",), Compartment, TODAY)
    slot = slot_of(vault.header, NIGAR, SlotKind.SETUP)
    assert slot is not None
    payload = open_with_random_secret(vault.id, slot, read_setup_code(code))
    assert payload is not None
    change = Change(vault)
    change.use_slots(
        member,
        slot,
        close_with_passphrase(vault.id, member, payload, "mine", KdfCost.for_tests(), SlotKind.PASSPHRASE),
    )
    vault.commit(change)
    vault.close()
    with pytest.raises(NotAllowed, match="set-up code"):
        open_vault(folder, NIGAR, "mine")


def test_a_set_up_slot_of_other_keys_is_refused(vault: OpenVault, folder: Path) -> None:
    member, code = membership.invite(vault, NIGAR, ("nurse",), Compartment, TODAY)
    _, other = membership.invite(vault, "Rauf", ("nurse",), Compartment, TODAY)
    slot = slot_of(vault.header, "Rauf", SlotKind.SETUP)
    assert slot is not None
    payload = open_with_random_secret(vault.id, slot, read_setup_code(other))
    assert payload is not None
    from shelterdesk.vault.slots import close_with_setup_secret

    change = Change(vault)
    change.use_slots(
        member, close_with_setup_secret(vault.id, member, payload, read_setup_code(code), date.max.isoformat())
    )
    vault.commit(change)
    vault.close()
    with pytest.raises(VaultForged):
        redeemed(folder, code)
