"""Who may vouch for whom: a colleague made well is let in, everything forged is refused.

The attacker here is the worst one: an insider who has the database key, so that checksum and MAC always fit.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from shelterdesk.errors import NotAllowed
from shelterdesk.vault import Compartment, KdfCost, OpenVault, VaultForged, open_vault, open_with_recovery
from shelterdesk.vault.chain import Forged, Trust, replay, sign_entry
from shelterdesk.vault.compartments import DATABASE, KEY_NAMES
from shelterdesk.vault.encoding import now
from shelterdesk.vault.grants import GIVEN_UP, GrantsEntry, seal_key
from shelterdesk.vault.members import MemberEntry, Standing
from shelterdesk.vault.slots import MemberKeys, SlotKind, close_with_passphrase, new_payload

from .colleagues import Colleague, entry_for, new_colleague, write
from .conftest import NAME, PASSPHRASE

NURSE_KEYS = ("house", "identity", "medical")


def trust_of(vault: OpenVault) -> Trust:
    return replay(vault.id, vault.header.chain, vault.unlocked.keys.fingerprint)


def key_of(vault: OpenVault, key_name: str) -> bytearray:
    return vault.unlocked.database_key if key_name == DATABASE else vault.ring._keys[Compartment(key_name)][1]


def invite(vault: OpenVault, somebody: Colleague, *key_names: str, roles: tuple[str, ...] = ("nurse",)) -> Trust:
    """Make *somebody* a member with *key_names*, properly, and write it."""
    sign = vault.unlocked.keys.sign
    trust = trust_of(vault)
    entry = sign_entry(vault.id, entry_for(vault, somebody, roles, previous=trust.head), sign)
    trust.admit(entry)
    pairs = [
        seal_key(vault.id, name, 1, key_of(vault, name), somebody.id, somebody.keys.seal_public)
        for name in (DATABASE, *key_names)
    ]
    grants = GrantsEntry(tuple(grant for grant, _ in pairs), vault.member.id, now(), trust.head)
    grants = sign_entry(vault.id, grants, sign)
    trust.admit(grants)
    write(vault, [entry, grants], {grant.ciphertext: sealed for grant, sealed in pairs}, somebody.slot(vault, "other"))
    return trust


def grants_by(
    vault: OpenVault, trust: Trust, by: Colleague, *given: tuple[str, int, bytearray, Colleague]
) -> GrantsEntry:
    grants = [seal_key(vault.id, name, gen, key, to.id, to.keys.seal_public)[0] for name, gen, key, to in given]
    return sign_entry(vault.id, GrantsEntry(tuple(grants), by.id, now(), trust.head), by.keys.sign)


def creator_of(vault: OpenVault) -> Colleague:
    return Colleague(NAME, vault.member.id, bytearray(), vault.unlocked.keys)


def recovery_of(vault: OpenVault) -> Colleague:
    entry = vault.unlocked.trust.recovery()
    assert entry is not None

    class Public:
        seal_public = entry.seal_public

    return Colleague("", entry.member, bytearray(), Public())  # type: ignore[arg-type]


@pytest.fixture
def nurse(vault: OpenVault) -> Colleague:
    return new_colleague(vault, "Nərgiz")


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


Forgery = Callable[[OpenVault, Trust, Colleague], MemberEntry | GrantsEntry]
other_key = bytearray(b"k" * 32)


def signed_by(vault: OpenVault, by: Colleague, entry: MemberEntry) -> MemberEntry:
    return sign_entry(vault.id, replace(entry, by=by.id), by.keys.sign)


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


def today(days: int = 0) -> str:
    return (datetime.now(UTC).date() + timedelta(days=days)).isoformat()


def lasting(
    vault: OpenVault, trust: Trust, by: Colleague, *given: tuple[str, int, bytearray, Colleague, str], at: str = ""
) -> GrantsEntry:
    """Return signed grants with last days."""
    grants = [
        seal_key(vault.id, name, gen, key, to.id, to.keys.seal_public, until=until)[0]
        for name, gen, key, to, until in given
    ]
    return sign_entry(vault.id, GrantsEntry(tuple(grants), by.id, at or now(), trust.head), by.keys.sign)


def admit_deputy(vault: OpenVault, trust: Trust, nurse: Colleague, until: str) -> None:
    """Let the nurse stand in for the lawyer until a day, as the director may."""
    trust.admit(lasting(vault, trust, creator_of(vault), ("legal", 1, key_of(vault, "legal"), nurse, until)))


def admit_suspended(vault: OpenVault, trust: Trust, nurse: Colleague) -> None:
    entry = entry_for(vault, nurse, generation=2, standing=Standing.SUSPENDED, previous=trust.head)
    trust.admit(sign_entry(vault.id, entry, vault.unlocked.keys.sign))


def admit_invited(vault: OpenVault, trust: Trust, friend: Colleague, *key_names: str) -> None:
    entry = entry_for(vault, friend, temporary=True, previous=trust.head)
    trust.admit(sign_entry(vault.id, entry, vault.unlocked.keys.sign))
    given = [(name, 1, key_of(vault, name), friend) for name in (DATABASE, *key_names)]
    trust.admit(grants_by(vault, trust, creator_of(vault), *given))


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
