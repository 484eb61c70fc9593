"""Who manages people and holds no compartment makes no key for themselves, by whatever they may do to colleagues."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelterdesk import recovery, rotation, staff
from shelterdesk.errors import NotAllowed
from shelterdesk.notices import NoticeKind, notices
from shelterdesk.vault import Compartment, open_vault
from shelterdesk.vault.chain import Forged
from shelterdesk.vault.changes import Change
from shelterdesk.vault.header import read_header
from shelterdesk.vault.recovery import read_code, read_setup_code
from shelterdesk.vault.slots import SlotKind, open_with_random_secret
from shelterdesk.vault.unlocking import slot_of, unlock, unlock_with_recovery_secret
from tests.core.shelter_staff import CASE, CLINICAL, HOUSE, IDENTITY, Shelter
from tests.desks import ROLES, Clock


@pytest.fixture
def shelter(vault_folder: Path, clock: Clock) -> Iterator[Shelter]:
    """A psychologist, an administrator who wants to read, and Leyla who holds everything."""
    made = Shelter(vault_folder, clock)
    made.found(ROLES)
    made.hire("nigar", "psychologist", keys=[CLINICAL])
    made.hire("admin", "administrator")
    yield made
    made.leave()


def opened_by_sheet(shelter: Shelter, code: str) -> frozenset[Compartment]:
    """Open a copy of the header with a recovery code, as nobody ever learns of."""
    found = unlock_with_recovery_secret(read_header(shelter.folder), "copy", read_code(code))
    assert found is not None
    return found.ring.compartments


def opened_by_slip(shelter: Shelter, user_name: str, code: str) -> frozenset[Compartment]:
    """Open a copy of the header with a set-up code that stays unused in the vault itself."""
    header = read_header(shelter.folder)
    slot = slot_of(header, user_name, SlotKind.SETUP)
    assert slot is not None
    payload = open_with_random_secret(header.vault, slot, read_setup_code(code))
    assert payload is not None
    return unlock(header, "copy", slot.member, payload, redeeming=True).ring.compartments


def test_a_recovery_code_of_their_own_gets_no_key_unasked(shelter: Shelter) -> None:
    code = recovery.new_recovery_sheet(shelter.sign_in("admin"))
    for name in ("nigar", "leyla", "admin"):
        shelter.sign_in(name)
        assert opened_by_sheet(shelter, code) == frozenset(), f"{name} signed in"
    rotation.rotate(shelter.sign_in("nigar"), ["clinical", "case"], why="due")
    staff.remove(shelter.sign_in(), shelter.ids["nigar"], "left")
    assert opened_by_sheet(shelter, code) == frozenset(), "keys were replaced"
    again = recovery.renew_recovery_code(shelter.sign_in("admin"), code)
    shelter.sign_in()
    assert opened_by_sheet(shelter, again) == frozenset(), "made with a code that opened nothing"


def test_holders_are_asked_before_a_recovery_code_opens_what_they_hold(shelter: Shelter) -> None:
    code = recovery.new_recovery_sheet(shelter.sign_in("admin"))
    desk = shelter.sign_in("nigar")
    (asked,) = [one for one in notices(desk) if one.kind is NoticeKind.RECOVERY_LACKS]
    assert asked.can_act
    assert asked.compartments == {HOUSE, IDENTITY, CASE, CLINICAL}
    recovery.let_recovery_open(desk)
    assert NoticeKind.RECOVERY_LACKS not in {one.kind for one in notices(desk)}
    assert opened_by_sheet(shelter, code) == {HOUSE, IDENTITY, CASE, CLINICAL}
    rotation.rotate(desk, ["clinical"], why="due")
    assert CLINICAL in opened_by_sheet(shelter, code), "what was let is reached by new keys"


def test_a_slip_they_handed_out_never_opens_more_than_they_hold(shelter: Shelter) -> None:
    invitation = staff.invite(shelter.sign_in("admin"), "rauf", "Rauf B.", ["social_worker"])
    desk = shelter.sign_in()
    assert not [one for one in notices(desk) if one.kind is NoticeKind.WAITS_FOR_KEYS and one.names == ("rauf",)]
    staff.rename(desk, invitation.member_id, "rauf", "Rauf C.")
    staff.change_roles(desk, invitation.member_id, ["case_manager"])
    for keys in ([HOUSE], [HOUSE, IDENTITY, CASE]):
        with pytest.raises(NotAllowed, match="once this person has chosen a passphrase"):
            staff.give(desk, invitation.member_id, keys)
    shelter.leave()
    assert opened_by_slip(shelter, "rauf", invitation.code) == frozenset()
    shelter.accept("rauf", invitation.code)
    staff.give(shelter.sign_in(), invitation.member_id, [HOUSE, IDENTITY, CASE])


def test_a_slip_of_who_holds_the_keys_may_be_given_more_of_them(shelter: Shelter) -> None:
    invitation = staff.invite(shelter.sign_in(), "rauf", "Rauf B.", ["night_worker"])
    staff.give(shelter.sign_in("nigar"), invitation.member_id, [IDENTITY])
    shelter.leave()
    assert opened_by_slip(shelter, "rauf", invitation.code) == {HOUSE, IDENTITY}


def test_a_colleague_whose_passphrase_they_take_away_holds_nothing_for_them(shelter: Shelter) -> None:
    code = staff.new_setup_code(shelter.sign_in("admin"), shelter.ids["nigar"]).code
    with pytest.raises(NotAllowed):
        staff.give(shelter.sign_in(), shelter.ids["nigar"], [CASE])
    shelter.leave()
    assert opened_by_slip(shelter, "nigar", code) == frozenset()
    assert shelter.accept("nigar", code).vault.ring.compartments == frozenset()


def test_nobody_is_put_behind_a_code_with_what_they_hold(shelter: Shelter) -> None:
    """The psychologist would be locked out, and her keys could never be replaced: none may lie behind a code."""
    shelter.leave()
    with open_vault(shelter.folder, "admin", shelter.words["admin"]) as vault:
        with pytest.raises(Forged):
            Change(vault).change_member(shelter.ids["nigar"], temporary=True)
        assert Change(vault).trust.holds(shelter.ids["nigar"], "clinical")
