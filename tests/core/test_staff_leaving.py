"""Colleagues who go: suspended and back, removed for good, and what becomes of their keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from shelterdesk import integrity, members, people, rotation, staff
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem, ShelterDeskError
from shelterdesk.opening import open_desk_with_recovery
from shelterdesk.schema.history import LogContent
from shelterdesk.vault import Compartment, WrongPassphrase, failures
from shelterdesk.vault.members import Standing
from tests.core.shelter_staff import CLINICAL, FIRST, HOUSE, IDENTITY, MEDICAL, Shelter, log_of, one
from tests.desks import Clock


@pytest.fixture
def shelter(vault_folder: Path, clock: Clock) -> Iterator[Shelter]:
    """A new vault, whose director holds every key and is at the desk."""
    made = Shelter(vault_folder, clock)
    made.found()
    yield made
    made.leave()


def test_a_suspended_colleague_is_told_and_may_come_back(shelter: Shelter) -> None:
    nigar, desk = shelter.hire("nigar", "nurse", keys=[MEDICAL]), shelter.sign_in()
    with pytest.raises(Problem):
        staff.suspend(desk, nigar, "")
    for act in (lambda: staff.suspend(desk, desk.me.id, "why"), lambda: staff.resume(desk, nigar)):
        with pytest.raises(NotAllowed):
            act()
    staff.suspend(desk, nigar, "lost her computer")
    assert one(desk, nigar).standing is Standing.SUSPENDED
    assert log_of(desk, "suspend") == [{"log.user_name": "nigar", "log.why": "lost her computer"}]
    assert staff.held_by_one(desk) == tuple(Compartment)
    shelter.leave()
    with pytest.raises(NotAllowed, match="suspended"):
        shelter.sign_in("nigar")
    desk = shelter.sign_in()
    staff.resume(desk, nigar)
    assert shelter.sign_in("nigar").vault.ring.compartments == {HOUSE, IDENTITY, MEDICAL}


def test_a_removed_colleague_opens_nothing_and_stays_readable(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "_pause_after", lambda _in_a_row: 0)
    nigar = shelter.hire("nigar", "nurse", keys=[MEDICAL])
    people.add_person(shelter.sign_in(), short_name="Ay")
    desk = shelter.sign_in()
    with pytest.raises(Problem):
        staff.remove(desk, nigar, " ")
    with pytest.raises(NotAllowed, match="yourself"):
        staff.remove(desk, desk.me.id, "why")
    told: list[tuple[int, int]] = []
    staff.remove(desk, nigar, "left the shelter", lambda done, whole: told.append((done, whole)))
    assert told
    assert one(desk, nigar).standing is Standing.REMOVED
    assert one(desk, nigar).keys == ()
    assert [who.id for who in staff.everybody(desk)][-1] == nigar
    assert nigar not in {who.id for who in members.colleagues(desk)}
    assert nigar in {who.id for who in members.colleagues(desk, former=True)}
    with desk.read() as db:
        assert members.shown_names(desk, db)[nigar] == "Nigar H."
    assert log_of(desk, "remove_member") == [{"log.user_name": "nigar", "log.why": "left the shelter"}]
    assert rotation.due(desk) == {}
    shelter.leave()
    with pytest.raises(WrongPassphrase):
        shelter.sign_in("nigar")
    desk = shelter.sign_in()
    assert integrity.verify_desk(desk).whole
    with pytest.raises(NotAllowed):
        staff.remove(desk, nigar, "again")
    assert staff.invite(desk, "nigar", "", ["nurse"]).member_id != nigar, "the sign-in name is free again"


def test_keys_the_remover_lacks_wait_for_a_holder(shelter: Shelter) -> None:
    nigar = shelter.hire("nigar", "psychologist", keys=[CLINICAL])
    shelter.hire("samira", "psychologist", keys=[CLINICAL])
    staff.hand_over(shelter.sign_in(), nigar, [CLINICAL])
    shelter.replace_due_keys("samira")
    desk = shelter.sign_in()
    staff.remove(desk, nigar, "left")
    assert rotation.due(desk) == {"clinical": (nigar,)}
    assert rotation.due_here(desk) == ()
    assert shelter.replace_due_keys("samira") == ("clinical",)
    assert rotation.due(shelter.sign_in()) == {}


def test_the_last_holder_and_the_last_manager_are_not_removed(shelter: Shelter) -> None:
    nigar = shelter.hire("nigar", "psychologist", keys=[CLINICAL])
    staff.hand_over(shelter.sign_in(), nigar, [CLINICAL])
    desk = shelter.sign_in()
    before = desk.vault.generation
    with pytest.raises(NotAllowed, match="Psychological"):
        staff.remove(desk, nigar, "left")
    assert desk.vault.generation == before
    shelter.leave()
    desk = shelter.sit(open_desk_with_recovery(shelter.folder, shelter.code, why="clearing up", clock=shelter.clock))
    for act in (staff.remove, staff.suspend):
        with pytest.raises(NotAllowed, match="manage people"):
            act(desk, shelter.ids[FIRST], "why")


def test_a_removal_that_is_stopped_changes_nothing(shelter: Shelter) -> None:
    nigar, desk = shelter.hire("nigar", "nurse"), shelter.sign_in()
    with pytest.raises(ShelterDeskError):
        staff.remove(desk, nigar, "left", cancelled=lambda: True)
    assert one(desk, nigar).standing is Standing.ACTIVE
    assert log_of(desk, "remove_member") == []
    assert shelter.sign_in("nigar").me.id == nigar


def test_reasons_are_sealed(shelter: Shelter) -> None:
    nigar, desk = shelter.hire("nigar", "nurse"), shelter.sign_in()
    staff.suspend(desk, nigar, "Canary-4711")
    staff.resume(desk, nigar)
    staff.remove(desk, nigar, "Canary-4712")
    with desk.read() as db:
        kept = [row.plain or b"" for row in db.query(LogContent)]
    assert not any(b"Canary" in content for content in kept)


def test_reasons_of_who_holds_no_key_are_read_by_holders_only(shelter: Shelter) -> None:
    nigar = shelter.hire("nigar", "nurse", keys=[MEDICAL])
    shelter.hire("admin", "administrator")
    desk = shelter.sign_in("admin")
    staff.suspend(desk, nigar, "Canary-4711")
    assert log_of(desk, "suspend")[0]["log.why"] == "sealed"
    with desk.read() as db:
        assert not any(b"Canary" in (row.plain or b"") for row in db.query(LogContent))
    desk = shelter.sign_in()
    assert log_of(desk, "suspend")[0]["log.why"] == "Canary-4711"
    staff.remove(desk, nigar, "left")
    assert log_of(desk, "suspend")[0]["log.why"] == "Canary-4711", "and after the key of the house was replaced"
    assert integrity.verify_desk(desk).whole
    assert integrity.verify_desk(shelter.sign_in("admin")).whole


def test_a_stranger_is_nobody(shelter: Shelter) -> None:
    desk: Desk = shelter.sign_in()
    stranger: UUID = uuid4()
    for act in (
        lambda: staff.rename(desk, stranger, "x", "X"),
        lambda: staff.new_setup_code(desk, stranger),
        lambda: staff.what_a_new_code_leaves_out(desk, stranger),
        lambda: staff.change_roles(desk, stranger, ["nurse"]),
        lambda: staff.remove(desk, stranger, "why"),
    ):
        with pytest.raises(NotAllowed):
            act()
