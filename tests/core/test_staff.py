"""Who works with the vault: inviting, roles, keys, suspending and removing, with the rights it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from shelterdesk import integrity, members, people, person_reading, rotation, staff
from shelterdesk.errors import NotAllowed, Problem, Problems
from shelterdesk.opening import accept_invitation, open_desk_with_recovery
from shelterdesk.vault import Compartment, KdfCost, SetupCodeRunOut, WrongPassphrase, WrongSetupCode, failures
from tests.core.shelter_staff import CASE, CLINICAL, FIRST, HOUSE, IDENTITY, LEGAL, MEDICAL, Shelter, log_of, one
from tests.desks import Clock

TODAY = datetime.now(UTC).date()


@pytest.fixture
def shelter(vault_folder: Path, clock: Clock) -> Iterator[Shelter]:
    """A new vault, whose director holds every key and is at the desk."""
    made = Shelter(vault_folder, clock)
    made.found()
    yield made
    made.leave()


def later(days: int) -> Any:
    return time_machine.travel(datetime.now(UTC) + timedelta(days=days), tick=False)


# --- inviting -------------------------------------------------------------------------------------------------------


def test_an_invited_psychologist_gets_what_can_be_lent_and_waits_for_the_rest(shelter: Shelter) -> None:
    desk = shelter.sign_in()
    invitation = staff.invite(desk, " nigar ", "Nigar H.", ["psychologist"], days=3)
    assert (invitation.user_name, invitation.until) == ("nigar", TODAY + timedelta(days=3))
    assert invitation.gets == {HOUSE, IDENTITY, CASE}
    assert invitation.waits_for == {CLINICAL}
    nigar = one(desk, invitation.member_id)
    assert (nigar.name, nigar.roles, nigar.invited, nigar.invited_until) == (
        "Nigar H.",
        ("psychologist",),
        True,
        invitation.until,
    )
    assert nigar.last_sign_in is None
    desk = shelter.accept("nigar", invitation.code)
    assert desk.me.id == invitation.member_id
    assert desk.vault.ring.compartments == {HOUSE, IDENTITY, CASE}
    assert integrity.verify_desk(desk).whole
    me, leyla = staff.everybody(desk)
    assert (me.is_me, me.invited, me.opens, me.waits_for) == (True, False, {HOUSE, IDENTITY, CASE}, {CLINICAL})
    assert me.last_sign_in is not None
    assert (leyla.name, leyla.opens) == ("Leyla A.", frozenset(Compartment))
    (row,) = log_of(desk, "invite")
    assert row["log.user_name"] == "nigar"
    assert row["log.what"] == "psychologist"
    assert row["log.how"] == "case, house, identity"
    assert log_of(desk, "accept_invitation") == [{"log.user_name": "nigar"}]


def test_an_invitation_needs_a_role_and_a_name_nobody_has(shelter: Shelter) -> None:
    desk = shelter.sign_in()
    before = desk.vault.generation
    with pytest.raises(Problem) as told:
        staff.invite(desk, "nigar", "Nigar H.", [])
    assert told.value.field == "roles"
    with pytest.raises(Problem) as told:
        staff.invite(desk, "nigar", "Nigar H.", ["emperor"])
    assert told.value.field == "roles"
    with pytest.raises(Problem) as told:
        staff.invite(desk, "LEYLA", "", ["nurse"])
    assert told.value.field == "user_name"
    for days in (0, 32):
        with pytest.raises(Problem) as told:
            staff.invite(desk, "nigar", "Nigar H.", ["nurse"], days=days)
        assert told.value.field == "days"
    assert desk.vault.generation == before
    assert staff.invite(desk, "nigar", "", ["nurse"]).user_name == "nigar"
    assert [who.name for who in staff.everybody(desk)] == ["Leyla A.", "nigar"]


def test_a_code_that_ran_out_is_told_and_made_anew(shelter: Shelter) -> None:
    desk = shelter.sign_in()
    invitation = staff.invite(desk, "nigar", "Nigar H.", ["nurse"], days=1)
    with later(3):
        shelter.leave()
        with pytest.raises(SetupCodeRunOut):
            shelter.accept("nigar", invitation.code)
        desk = shelter.sign_in()
        assert one(desk, invitation.member_id).code_ran_out
        again = staff.new_setup_code(desk, invitation.member_id, days=2)
        assert again.member_id == invitation.member_id
        assert again.gets == {HOUSE, IDENTITY}
        assert again.waits_for == {MEDICAL}
        assert not one(desk, invitation.member_id).code_ran_out
        desk = shelter.accept("nigar", again.code)
        assert desk.vault.ring.compartments == {HOUSE, IDENTITY}


def test_wrong_set_up_codes_stand_in_the_log(shelter: Shelter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "_pause_after", lambda _in_a_row: 0)
    desk = shelter.sign_in()
    first = staff.invite(desk, "nigar", "", ["nurse"])
    second = staff.invite(desk, "rauf", "", ["lawyer"])
    shelter.leave()
    with pytest.raises(WrongSetupCode):
        shelter.accept("nigar", second.code)
    desk = shelter.accept("nigar", first.code)
    assert [row["log.user_name"] for row in log_of(desk, "sign_in_failed")] == ["nigar"]


def test_an_empty_passphrase_leaves_the_code_as_it_is(shelter: Shelter) -> None:
    invitation = staff.invite(shelter.sign_in(), "nigar", "", ["nurse"])
    shelter.leave()
    with pytest.raises(Problem):
        accept_invitation(shelter.folder, "nigar", invitation.code, "  ", cost=KdfCost.for_tests())
    assert shelter.accept("nigar", invitation.code).me.user_name == "nigar"


# --- who may --------------------------------------------------------------------------------------------------------


def test_changing_people_takes_the_right_to_manage_them(shelter: Shelter) -> None:
    nigar = shelter.hire("nigar", "psychologist")
    desk = shelter.sign_in("nigar")
    acts: list[Callable[[], object]] = [
        lambda: staff.invite(desk, "friend", "", ["nurse"]),
        lambda: staff.new_setup_code(desk, shelter.ids[FIRST]),
        lambda: staff.change_roles(desk, nigar, ["director"]),
        lambda: staff.rename(desk, nigar, "boss", "Boss"),
        lambda: staff.suspend(desk, shelter.ids[FIRST], "why"),
        lambda: staff.resume(desk, shelter.ids[FIRST]),
        lambda: staff.remove(desk, shelter.ids[FIRST], "why"),
        lambda: staff.take_back(desk, shelter.ids[FIRST], [HOUSE], "why"),
    ]
    before = desk.vault.generation
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert desk.vault.generation == before


def test_passing_a_key_on_takes_holding_it_and_nothing_else(shelter: Shelter) -> None:
    shelter.hire("nigar", "psychologist", keys=[CLINICAL])
    other = shelter.hire("samira", "psychologist")
    admin = shelter.hire("admin", "administrator")
    staff.give(shelter.sign_in("nigar"), other, [CLINICAL])
    assert CLINICAL in shelter.sign_in("samira").vault.ring.compartments
    desk = shelter.sign_in("admin")
    assert desk.vault.ring.compartments == frozenset()
    with pytest.raises(NotAllowed, match="Psychological, Legal"):
        staff.give(desk, other, [LEGAL, CLINICAL])
    invitation = staff.invite(desk, "rauf", "Rauf B.", ["lawyer"])
    assert invitation.gets == frozenset()
    assert invitation.waits_for == {HOUSE, IDENTITY, CASE, LEGAL}
    assert one(desk, invitation.member_id).name == "rauf", "a name colleagues see takes the key of the house"
    assert shelter.accept("rauf", invitation.code).vault.ring.compartments == frozenset()
    assert one(shelter.sign_in(), admin).opens == frozenset()


# --- keys -----------------------------------------------------------------------------------------------------------


def test_keys_are_given_to_who_works_here(shelter: Shelter) -> None:
    nigar = shelter.hire("nigar", "nurse")
    desk = shelter.sign_in()
    staff.give(desk, nigar, [MEDICAL, HOUSE])
    assert one(desk, nigar).opens == {HOUSE, IDENTITY, MEDICAL}
    assert log_of(desk, "grant")[-1] == {"log.user_name": "nigar", "log.what": "medical"}
    before = desk.vault.generation
    staff.give(desk, nigar, [MEDICAL])
    assert desk.vault.generation == before, "what is held already is not given again"
    for wrong in (desk.me.id, uuid4()):
        with pytest.raises(NotAllowed):
            staff.give(desk, wrong, [HOUSE])
    invitation = staff.invite(desk, "rauf", "", ["lawyer"])
    with pytest.raises(NotAllowed, match="chosen a passphrase"):
        staff.give(desk, invitation.member_id, [LEGAL])
    staff.suspend(desk, nigar, "on leave")
    with pytest.raises(NotAllowed):
        staff.give(desk, nigar, [CASE])


def test_a_key_that_was_handed_over_is_replaced_by_the_new_holder(shelter: Shelter) -> None:
    shelter.hire("nigar", "psychologist")
    nigar, desk = shelter.ids["nigar"], shelter.sign_in()
    invitation = staff.invite(desk, "rauf", "", ["lawyer"])
    with pytest.raises(NotAllowed):
        staff.hand_over(desk, invitation.member_id, [CASE])
    staff.hand_over(desk, nigar, [CLINICAL])
    assert not desk.holds(CLINICAL)
    me = one(desk, desk.me.id)
    assert [(key.until, key.ending) for key in me.keys if key.compartment is CLINICAL] == [(None, True)]
    assert [who.user_name for who in staff.holders(desk)[CLINICAL]] == [FIRST, "nigar"]
    assert log_of(desk, "hand_over") == [{"log.user_name": "nigar", "log.what": "clinical"}]
    assert rotation.due_here(desk) == ()
    assert shelter.replace_due_keys("nigar") == ("clinical",)
    desk = shelter.sign_in()
    assert [who.user_name for who in staff.holders(desk)[CLINICAL]] == ["nigar"]
    assert CLINICAL not in desk.vault.ring.compartments
    assert CLINICAL in staff.held_by_one(desk)
    assert integrity.verify_desk(desk).whole


def test_a_deputy_holds_a_key_until_the_day_and_it_is_replaced_afterwards(shelter: Shelter) -> None:
    nigar, desk = shelter.hire("nigar", "nurse"), shelter.sign_in()
    until = TODAY + timedelta(days=5)
    for wrong, why, field in ((until, " ", "why"), (TODAY - timedelta(days=1), "leave", "until")):
        with pytest.raises(Problem) as told:
            staff.deputise(desk, nigar, [LEGAL], wrong, why)
        assert told.value.field == field
    staff.deputise(desk, nigar, [LEGAL, HOUSE], until, "Rauf is on leave")
    assert [(k.compartment, k.until) for k in one(desk, nigar).keys if k.until] == [(LEGAL, until)]
    with pytest.raises(Problem, match="longer"):
        staff.deputise(desk, nigar, [LEGAL], until - timedelta(days=1), "shorter")
    (row,) = log_of(desk, "deputise")
    assert row == {
        "log.user_name": "nigar",
        "log.what": "legal",
        "log.until": until.isoformat(),
        "log.why": "Rauf is on leave",
    }
    assert LEGAL in staff.held_by_one(desk), "a deputy is no holder to rely on"
    assert shelter.sign_in("nigar").holds(LEGAL)
    with later(7):
        desk = shelter.sign_in("nigar")
        assert not desk.holds(LEGAL)
        (key,) = [key for key in one(desk, nigar).keys if key.compartment is LEGAL]
        assert key.ending
        assert shelter.replace_due_keys(FIRST) == ("legal",)
        assert not any(key.compartment is LEGAL for key in one(shelter.sign_in(), nigar).keys)


def test_a_deputy_passes_a_key_on_for_no_longer_than_the_own_day(shelter: Shelter) -> None:
    nigar, other = shelter.hire("nigar", "nurse"), shelter.hire("samira", "nurse")
    until = TODAY + timedelta(days=5)
    staff.deputise(shelter.sign_in(), nigar, [LEGAL], until, "Rauf is on leave")
    desk = shelter.sign_in("nigar")
    with pytest.raises(NotAllowed, match="deputy"):
        staff.hand_over(desk, other, [LEGAL])
    with pytest.raises(Problem, match="deputy yourself"):
        staff.deputise(desk, other, [LEGAL], until + timedelta(days=1), "for longer")
    staff.give(desk, other, [LEGAL])
    assert [key.until for key in one(desk, other).keys if key.compartment is LEGAL] == [until]


def test_a_key_taken_back_is_replaced_at_once(shelter: Shelter) -> None:
    nigar = shelter.hire("nigar", "nurse", keys=[CASE])
    desk = shelter.sign_in()
    ay = people.add_person(desk, short_name="Ay")
    with pytest.raises(Problem):
        staff.take_back(desk, nigar, [CASE], "")
    staff.take_back(desk, nigar, [CASE, LEGAL], "no social work any more")
    assert desk.vault.database_path.name == "records-2.db"
    assert one(desk, nigar).opens == {HOUSE, IDENTITY}
    assert log_of(desk, "take_back") == [
        {"log.user_name": "nigar", "log.what": "case", "log.why": "no social work any more"}
    ]
    assert person_reading.person_by_code(desk, ay.code).short_name == "Ay"
    before = desk.vault.database_path
    staff.take_back(desk, nigar, [CASE], "once more")
    assert desk.vault.database_path == before
    desk = shelter.sign_in("nigar")
    assert desk.vault.ring.compartments == {HOUSE, IDENTITY}
    assert person_reading.person_by_code(desk, ay.code).short_name == "Ay"
    assert integrity.verify_desk(shelter.sign_in()).whole


def test_a_key_is_taken_back_by_who_holds_it_and_never_from_the_last(shelter: Shelter) -> None:
    nigar = shelter.hire("nigar", "psychologist", keys=[CLINICAL])
    staff.hand_over(shelter.sign_in(), nigar, [CLINICAL])
    shelter.replace_due_keys("nigar")
    with pytest.raises(NotAllowed, match="Psychological"):
        staff.take_back(shelter.sign_in(), nigar, [CLINICAL], "why")
    shelter.leave()
    desk = shelter.sit(open_desk_with_recovery(shelter.folder, shelter.code, why="taking back", clock=shelter.clock))
    with pytest.raises(NotAllowed, match="Nobody else holds the key for good: Psychological"):
        staff.take_back(desk, nigar, [CLINICAL], "why")


def test_who_holds_a_key_alone_is_known(shelter: Shelter) -> None:
    desk = shelter.sign_in()
    assert staff.held_by_one(desk) == tuple(Compartment)
    shelter.hire("nigar", "nurse", keys=[MEDICAL])
    invitation = staff.invite(shelter.sign_in(), "rauf", "", ["social_worker"])
    desk = shelter.sign_in()
    assert staff.held_by_one(desk) == (CASE, CLINICAL, LEGAL), "who still has a set-up code is nobody to rely on"
    shelter.accept("rauf", invitation.code)
    assert staff.held_by_one(shelter.sign_in()) == (CLINICAL, LEGAL)


# --- roles and names ------------------------------------------------------------------------------------------------


def test_roles_change_without_keys(shelter: Shelter) -> None:
    nigar, desk = shelter.hire("nigar", "nurse", keys=[MEDICAL]), shelter.sign_in()
    staff.change_roles(desk, nigar, ["lawyer", "psychologist"])
    found = one(desk, nigar)
    assert set(found.roles) == {"psychologist", "lawyer"}
    assert found.waits_for == {CASE, CLINICAL, LEGAL}
    assert found.beyond_roles == {MEDICAL}
    assert log_of(desk, "change_roles") == [{"log.user_name": "nigar", "log.what": "lawyer, psychologist"}]
    desk = shelter.sign_in("nigar")
    assert set(desk.me.roles) == {"psychologist", "lawyer"}
    assert desk.vault.ring.compartments == {HOUSE, IDENTITY, MEDICAL}


def test_somebody_always_manages_people(shelter: Shelter) -> None:
    desk = shelter.sign_in()
    with pytest.raises(NotAllowed, match="manage people"):
        staff.change_roles(desk, desk.me.id, ["nurse"])
    nigar = shelter.hire("nigar", "director")
    desk = shelter.sign_in("nigar")
    staff.suspend(desk, shelter.ids[FIRST], "on leave")
    with pytest.raises(NotAllowed, match="manage people"):
        staff.change_roles(desk, nigar, ["nurse"])
    staff.resume(desk, shelter.ids[FIRST])
    staff.change_roles(desk, shelter.ids[FIRST], ["social_worker"])
    invitation = staff.invite(desk, "rauf", "", ["administrator"])
    with pytest.raises(NotAllowed, match="manage people"):
        staff.change_roles(desk, nigar, ["nurse"])
    shelter.accept("rauf", invitation.code)
    staff.change_roles(shelter.sign_in("nigar"), nigar, ["nurse"])
    assert shelter.sign_in("nigar").me.roles == ("nurse",)


def test_names_change_for_signing_in_and_for_colleagues(shelter: Shelter) -> None:
    nigar, desk = shelter.hire("nigar", "nurse"), shelter.sign_in()
    with pytest.raises(Problem):
        staff.rename(desk, nigar, FIRST, "Nigar")
    staff.rename(desk, nigar, "nigar.q", "Nigar Q.")
    assert (one(desk, nigar).user_name, one(desk, nigar).name) == ("nigar.q", "Nigar Q.")
    staff.rename(desk, nigar, "nigar.q", "")
    assert one(desk, nigar).name == "Nigar Q.", "an empty name changes nothing"
    with pytest.raises(Problems):
        members.check_shown_name(desk, "  ")
    shelter.words["nigar.q"] = shelter.words.pop("nigar")
    assert shelter.sign_in("nigar.q").me.id == nigar


# --- forgotten passphrases ------------------------------------------------------------------------------------------


def test_a_forgotten_passphrase_costs_only_what_nobody_there_can_give(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "_pause_after", lambda _in_a_row: 0)
    nigar = shelter.hire("nigar", "psychologist", keys=[CLINICAL])
    other = shelter.hire("samira", "psychologist", keys=[CLINICAL])
    rauf = shelter.hire("rauf", "reception")
    staff.hand_over(shelter.sign_in(), nigar, [CLINICAL])
    desk = shelter.sign_in()
    assert staff.what_a_new_code_leaves_out(desk, nigar) == {CLINICAL}
    assert staff.what_a_new_code_leaves_out(desk, rauf) == frozenset()
    invitation = staff.new_setup_code(desk, nigar)
    assert (invitation.gets, invitation.waits_for) == ({HOUSE, IDENTITY, CASE}, {CLINICAL})
    assert one(desk, nigar).invited
    assert log_of(desk, "new_setup_code")[0]["log.user_name"] == "nigar"
    shelter.leave()
    with pytest.raises(WrongPassphrase):
        shelter.sign_in("nigar")
    shelter.accept("nigar", invitation.code)
    staff.give(shelter.sign_in("samira"), nigar, [CLINICAL])
    assert shelter.sign_in("nigar").holds(CLINICAL)
    assert one(shelter.sign_in(), other).opens >= {CLINICAL}


def test_a_new_code_is_for_others_who_work_here(shelter: Shelter) -> None:
    nigar, desk = shelter.hire("nigar", "nurse"), shelter.sign_in()
    with pytest.raises(NotAllowed, match="yourself"):
        staff.new_setup_code(desk, desk.me.id)
    staff.suspend(desk, nigar, "on leave")
    with pytest.raises(NotAllowed):
        staff.new_setup_code(desk, nigar)


def test_the_only_director_gets_a_new_code_by_the_recovery_sheet(shelter: Shelter) -> None:
    shelter.leave()
    desk = shelter.sit(open_desk_with_recovery(shelter.folder, shelter.code, why="forgotten", clock=shelter.clock))
    invitation = staff.new_setup_code(desk, shelter.ids[FIRST])
    assert invitation.waits_for == {MEDICAL, CLINICAL, LEGAL}
    shelter.accept(FIRST, invitation.code)
    shelter.leave()
    desk = shelter.sit(open_desk_with_recovery(shelter.folder, shelter.code, why="once more", clock=shelter.clock))
    staff.give(desk, shelter.ids[FIRST], list(Compartment))
    assert shelter.sign_in().vault.ring.compartments == frozenset(Compartment)
