"""What an insider may forge in the chain of people and keys, and that none of it is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shelterdesk.vault import OpenVault, VaultForged, open_vault
from shelterdesk.vault.chain import Forged, Trust, sign_entry
from shelterdesk.vault.compartments import DATABASE
from shelterdesk.vault.grants import GIVEN_UP, GrantsEntry
from shelterdesk.vault.members import MemberEntry, Standing
from shelterdesk.vault.slots import MemberKeys, new_payload

from .colleagues import Colleague, entry_for, new_colleague, write
from .conftest import NAME, PASSPHRASE
from .entries import (
    NURSE_KEYS,
    admit_deputy,
    admit_invited,
    admit_suspended,
    creator_of,
    grants_by,
    invite,
    key_of,
    lasting,
    other_key,
    recovery_of,
    signed_by,
    today,
)

Forgery = Callable[[OpenVault, Trust, Colleague], MemberEntry | GrantsEntry]


def a_friend_let_in_by_the_nurse(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    return signed_by(vault, nurse, entry_for(vault, new_colleague(vault, "Friend"), previous=trust.head))


def a_friend_in_the_directors_name(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    entry = entry_for(vault, new_colleague(vault, "Friend"), previous=trust.head)
    return sign_entry(vault.id, entry, nurse.keys.sign)


def a_friend_vouching_for_herself(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    friend = new_colleague(vault, "Friend")
    return signed_by(vault, friend, entry_for(vault, friend, ["director"], previous=trust.head))


def a_role_widened_by_oneself(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    return signed_by(vault, nurse, entry_for(vault, nurse, ["director"], generation=2, previous=trust.head))


def a_name_changed_by_oneself(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    entry = entry_for(vault, nurse, generation=2, previous=trust.head, user_name="Director")
    return signed_by(vault, nurse, entry)


def a_second_member_of_the_same_name(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    entry = entry_for(vault, new_colleague(vault, "AYGÜN"), previous=trust.head)
    return sign_entry(vault.id, entry, vault.unlocked.keys.sign)


def an_old_entry_once_more(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    return next(e for e in vault.header.chain if isinstance(e, MemberEntry) and e.member == nurse.id)


def an_entry_out_of_count(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    return sign_entry(vault.id, entry_for(vault, nurse, generation=3, previous=trust.head), vault.unlocked.keys.sign)


def the_recovery_key_replaced_by_the_nurse(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    entry = trust.recovery()
    assert entry is not None
    own = MemberKeys(new_payload())
    entry = replace(entry, generation=2, sign_public=own.sign_public, seal_public=own.seal_public, previous=trust.head)
    return signed_by(vault, nurse, entry)


def a_key_the_nurse_does_not_hold(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    return grants_by(vault, trust, nurse, ("clinical", 1, other_key, creator_of(vault)))


def a_key_of_her_own_making(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    return grants_by(vault, trust, nurse, ("medical", 1, other_key, creator_of(vault)))


def a_rotation_by_no_holder(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    to = (nurse, creator_of(vault), recovery_of(vault))
    return grants_by(vault, trust, nurse, *(("clinical", 2, other_key, one) for one in to))


def a_rotation_that_skips_a_generation(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    to = (nurse, creator_of(vault), recovery_of(vault))
    return grants_by(vault, trust, nurse, *(("medical", 3, other_key, one) for one in to))


def a_rotation_without_the_recovery_secret(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    to = (nurse, creator_of(vault))
    return grants_by(vault, trust, nurse, *(("medical", 2, other_key, one) for one in to))


def a_rotation_for_somebody_else(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    to = (creator_of(vault), recovery_of(vault))
    return grants_by(vault, trust, nurse, *(("medical", 2, other_key, one) for one in to))


def a_key_for_nobody_of_the_vault(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    return grants_by(vault, trust, nurse, ("medical", 1, key_of(vault, "medical"), new_colleague(vault, "Friend")))


def a_grant_in_the_directors_name(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    entry = grants_by(vault, trust, nurse, ("clinical", 1, key_of(vault, "clinical"), nurse))
    return sign_entry(vault.id, replace(entry, by=vault.member.id), nurse.keys.sign)


def a_grant_that_says_nothing(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    return grants_by(vault, trust, nurse)


# --- set-up codes, deputies, handing over and suspending ----------------------------------------------------------


def a_last_day_moved_by_the_deputy(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    admit_deputy(vault, trust, nurse, today(1))
    return lasting(vault, trust, nurse, ("legal", 1, key_of(vault, "legal"), nurse, today(2)))


def a_last_day_dropped_by_the_deputy(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    admit_deputy(vault, trust, nurse, today(1))
    return lasting(vault, trust, nurse, ("legal", 1, key_of(vault, "legal"), nurse, ""))


def a_last_day_dropped_by_replacing_the_key(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    admit_deputy(vault, trust, nurse, today(1))
    to = (nurse, recovery_of(vault), creator_of(vault))
    return lasting(vault, trust, nurse, *(("legal", 2, other_key, one, "") for one in to))


def a_friend_let_in_for_longer_than_the_deputy(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    admit_deputy(vault, trust, nurse, today(1))
    friend = new_colleague(vault, "Friend")
    trust.admit(sign_entry(vault.id, entry_for(vault, friend, previous=trust.head), vault.unlocked.keys.sign))
    return lasting(vault, trust, nurse, ("legal", 1, key_of(vault, "legal"), friend, ""))


def a_key_passed_on_after_the_last_day(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    admit_deputy(vault, trust, nurse, today(-1))
    return lasting(vault, trust, nurse, ("legal", 1, key_of(vault, "legal"), nurse, today(-1)))


def a_key_taken_again_after_handing_it_over(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    trust.admit(lasting(vault, trust, nurse, ("medical", 1, key_of(vault, "medical"), nurse, GIVEN_UP)))
    # However far the signer dates it back.
    return lasting(vault, trust, nurse, ("medical", 1, key_of(vault, "medical"), nurse, ""), at="1970-01-01T00:00:00Z")


def a_colleague_cut_short(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    return lasting(vault, trust, nurse, ("medical", 1, key_of(vault, "medical"), creator_of(vault), GIVEN_UP))


def a_colleague_left_out_of_a_new_key(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    return grants_by(vault, trust, nurse, *(("medical", 2, other_key, one) for one in (nurse, recovery_of(vault))))


def a_colleague_cut_short_by_a_new_key(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    to = ((nurse, ""), (recovery_of(vault), ""), (creator_of(vault), today(1)))
    return lasting(vault, trust, nurse, *(("medical", 2, other_key, one, until) for one, until in to))


def a_key_for_the_recovery_secret_for_a_while(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    return lasting(vault, trust, nurse, ("medical", 1, key_of(vault, "medical"), recovery_of(vault), today(1)))


def the_key_of_the_records_for_a_while(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    return lasting(vault, trust, nurse, (DATABASE, 1, key_of(vault, DATABASE), nurse, today(1)))


def a_suspended_member_resumes_herself(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    admit_suspended(vault, trust, nurse)
    return signed_by(vault, nurse, entry_for(vault, nurse, generation=3, previous=trust.head))


def a_suspended_member_passes_a_key_on(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    admit_suspended(vault, trust, nurse)
    return grants_by(vault, trust, nurse, ("medical", 1, key_of(vault, "medical"), creator_of(vault)))


def a_colleague_suspended_by_the_nurse(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    entry = replace(
        trust.members[vault.member.id], generation=2, standing=Standing.SUSPENDED, previous=trust.head, signature=b""
    )
    return signed_by(vault, nurse, entry)


def a_member_who_suspends_herself(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    entry = entry_for(vault, nurse, generation=2, standing=Standing.SUSPENDED, previous=trust.head)
    return signed_by(vault, nurse, entry)


def a_director_who_removes_herself(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    known = trust.members[vault.member.id]
    entry = replace(known, generation=2, standing=Standing.REMOVED, previous=trust.head, signature=b"")
    return sign_entry(vault.id, entry, vault.unlocked.keys.sign)


def a_vault_nobody_manages(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    known = trust.members[vault.member.id]
    entry = replace(known, generation=2, roles=("nurse",), previous=trust.head, signature=b"")
    return sign_entry(vault.id, entry, vault.unlocked.keys.sign)


def a_director_behind_a_code_with_all_she_holds(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    known = trust.members[vault.member.id]
    entry = replace(known, generation=2, temporary=True, previous=trust.head, signature=b"")
    return sign_entry(vault.id, entry, vault.unlocked.keys.sign)


def a_removed_member_comes_back(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    removed = entry_for(vault, nurse, generation=2, standing=Standing.REMOVED, previous=trust.head)
    trust.admit(sign_entry(vault.id, removed, vault.unlocked.keys.sign))
    entry = entry_for(vault, nurse, generation=3, previous=trust.head)
    return sign_entry(vault.id, entry, vault.unlocked.keys.sign)


def a_key_granted_to_who_was_removed(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    removed = entry_for(vault, nurse, generation=2, standing=Standing.REMOVED, previous=trust.head)
    trust.admit(sign_entry(vault.id, removed, vault.unlocked.keys.sign))
    return grants_by(vault, trust, creator_of(vault), ("house", 1, key_of(vault, "house"), nurse))


def the_recovery_key_taken_away(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    entry = trust.recovery()
    assert entry is not None
    entry = replace(entry, generation=2, standing=Standing.SUSPENDED, by=vault.member.id, previous=trust.head)
    return sign_entry(vault.id, entry, vault.unlocked.keys.sign)


def a_second_recovery_key(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    friend = new_colleague(vault, "")
    entry = entry_for(vault, friend, (), recovery=True, previous=trust.head)
    return sign_entry(vault.id, entry, vault.unlocked.keys.sign)


def a_code_redeemed_with_another_role(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    friend = new_colleague(vault, "Friend")
    admit_invited(vault, trust, friend, "house")
    return signed_by(vault, friend, entry_for(vault, friend, ["director"], generation=2, previous=trust.head))


def a_code_redeemed_by_a_colleague(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    friend, own = new_colleague(vault, "Friend"), new_colleague(vault, "Friend")
    admit_invited(vault, trust, friend, "house")
    own.id = friend.id
    return signed_by(vault, nurse, entry_for(vault, own, generation=2, previous=trust.head))


def keys_passed_on_from_behind_a_code(vault: OpenVault, trust: Trust, nurse: Colleague) -> GrantsEntry:
    friend = new_colleague(vault, "Friend")
    admit_invited(vault, trust, friend, "case")
    return grants_by(vault, trust, friend, ("case", 1, key_of(vault, "case"), nurse))


def a_friend_let_in_from_behind_a_directors_code(vault: OpenVault, trust: Trust, nurse: Colleague) -> MemberEntry:
    boss, friend = new_colleague(vault, "Boss"), new_colleague(vault, "Friend")
    entry = entry_for(vault, boss, ["director"], temporary=True, previous=trust.head)
    trust.admit(sign_entry(vault.id, entry, vault.unlocked.keys.sign))
    return signed_by(vault, boss, entry_for(vault, friend, previous=trust.head))


FORGERIES: list[Forgery] = [
    a_friend_let_in_by_the_nurse,
    a_friend_in_the_directors_name,
    a_friend_vouching_for_herself,
    a_role_widened_by_oneself,
    a_name_changed_by_oneself,
    a_second_member_of_the_same_name,
    an_old_entry_once_more,
    an_entry_out_of_count,
    the_recovery_key_replaced_by_the_nurse,
    a_key_the_nurse_does_not_hold,
    a_key_of_her_own_making,
    a_rotation_by_no_holder,
    a_rotation_that_skips_a_generation,
    a_rotation_without_the_recovery_secret,
    a_rotation_for_somebody_else,
    a_key_for_nobody_of_the_vault,
    a_grant_in_the_directors_name,
    a_grant_that_says_nothing,
    a_last_day_moved_by_the_deputy,
    a_last_day_dropped_by_the_deputy,
    a_last_day_dropped_by_replacing_the_key,
    a_friend_let_in_for_longer_than_the_deputy,
    a_key_passed_on_after_the_last_day,
    a_key_taken_again_after_handing_it_over,
    a_colleague_cut_short,
    a_colleague_left_out_of_a_new_key,
    a_colleague_cut_short_by_a_new_key,
    a_key_for_the_recovery_secret_for_a_while,
    the_key_of_the_records_for_a_while,
    a_suspended_member_resumes_herself,
    a_suspended_member_passes_a_key_on,
    a_colleague_suspended_by_the_nurse,
    a_member_who_suspends_herself,
    a_director_who_removes_herself,
    a_vault_nobody_manages,
    a_director_behind_a_code_with_all_she_holds,
    a_removed_member_comes_back,
    a_key_granted_to_who_was_removed,
    the_recovery_key_taken_away,
    a_second_recovery_key,
    a_code_redeemed_with_another_role,
    a_code_redeemed_by_a_colleague,
    keys_passed_on_from_behind_a_code,
    a_friend_let_in_from_behind_a_directors_code,
]


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.__name__)
def test_what_an_insider_forges_is_refused(vault: OpenVault, folder: Path, nurse: Colleague, forgery: Forgery) -> None:
    trust = invite(vault, nurse, *NURSE_KEYS)
    before: list[MemberEntry | GrantsEntry] = []
    admit = trust.admit
    trust.admit = lambda entry: (admit(entry), before.append(entry))[0]  # type: ignore[method-assign]
    forged = forgery(vault, trust, nurse)
    with pytest.raises(Forged) as refused:
        admit(forged)
    write(vault, [*before, forged], {})
    vault.close()
    with pytest.raises(VaultForged) as told:
        open_vault(folder, NAME, PASSPHRASE)
    assert told.value.reason == str(refused.value)
