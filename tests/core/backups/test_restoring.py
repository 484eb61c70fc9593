"""Checking and putting back: in plain facts, beside the vault first, and without letting anybody in again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shelterdesk import backups, integrity, lineage, log_check, people, restoring, staff
from shelterdesk.access import Role, rights_of
from shelterdesk.backup_facts import Comparison, compare, look_into
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed
from shelterdesk.lineage import Kinship
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.schema.upgrade import NEWEST
from shelterdesk.vault import (
    BackupDamaged,
    BackupOfOthers,
    Compartment,
    DiskFull,
    VaultDamaged,
    VaultForged,
    WrongPassphrase,
    backup_opening,
    by_passphrase,
    by_recovery_code,
    check_backup,
)
from shelterdesk.vault.members import Standing
from tests.core.shelter_staff import CASE, HOUSE, IDENTITY, Shelter, one
from tests.desks import Clock


@pytest.fixture
def shelter(vault_folder: Path, clock: Clock) -> Iterator[Shelter]:
    """A director at the desk of a vault with Aysel in it."""
    made = Shelter(vault_folder, clock)
    people.add_person(made.found(("director", "social_worker")), short_name="Aysel M.", given_names="Aysel")
    yield made
    made.leave()


def short_names(desk: Desk) -> set[str]:
    with desk.read() as db:
        return {one.short_name or "" for one in db.query(Person)}


def backed_up(shelter: Shelter, name: str = "leyla") -> Path:
    return backups.back_up(shelter.sign_in(name), shelter.folder.parent / "stick")


def at_place(shelter: Shelter, comparison: Comparison, name: str = "leyla") -> Path | None:
    """Put a backup back as the window does."""
    desk = shelter.sign_in(name)
    prepared = restoring.prepare(desk, comparison)
    shelter.leave()
    return restoring.put_in_place(prepared, shelter.clock())  # type: ignore[arg-type]


def test_a_backup_is_told_in_plain_facts_beside_the_vault(shelter: Shelter, clock: Clock) -> None:
    shelter.hire("nigar", "social_worker", keys=(HOUSE, IDENTITY))
    file = backed_up(shelter)
    then = clock.now
    clock.now += timedelta(days=2)
    desk = shelter.sign_in()
    people.add_person(desk, short_name="Rəna Q.")
    found = compare(desk, file)
    assert (found.then.made, found.then.people, found.then.last_entry) == (then, 1, then)
    assert found.then.may_sign_in == ("leyla", "nigar")
    assert (found.then.tables, found.then.older_tables, found.then.newer_tables) == (NEWEST, False, False)
    assert found.now
    assert (found.now.people, found.now.last_entry) == (2, clock.now)
    assert (found.kinship, found.parted, found.returning) == (Kinship.OLDER, then, ())
    assert found.entries_since == 4, "the backup, the lock, the sign-in, Rəna"
    assert found.outline.opened
    assert found.entitled


def test_a_backup_from_before_the_keys_were_replaced_opens_for_who_was_entitled_then(
    shelter: Shelter, clock: Clock
) -> None:
    shelter.hire("nigar", "social_worker", keys=(HOUSE, IDENTITY, CASE))
    gone = shelter.hire("omar", "social_worker", keys=(HOUSE,))
    file = backed_up(shelter)
    staff.remove(shelter.sign_in(), gone, "left")
    shelter.hire("rena", "social_worker", keys=(HOUSE,))
    for name in ("leyla", "nigar"):
        assert check_backup(file, shelter.sign_in(name).vault).opened
    with pytest.raises(BackupOfOthers, match="leyla, nigar, omar"):
        check_backup(file, shelter.sign_in("rena").vault)
    assert check_backup(file, user_name="omar", passphrase=shelter.words["omar"]).opened, "a limit that is told"


def test_one_altered_bit_of_an_old_backup_is_noticed_too(shelter: Shelter) -> None:
    gone = shelter.hire("omar", "social_worker", keys=(HOUSE,))
    file = backed_up(shelter)
    desk = shelter.sign_in()
    staff.remove(desk, gone, "left")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.raises(BackupDamaged):
        compare(desk, file)


def test_the_restored_vault_takes_the_place_and_the_other_is_kept(shelter: Shelter, clock: Clock) -> None:
    file = backed_up(shelter)
    clock.now += timedelta(days=2)
    desk = shelter.sign_in()
    people.add_person(desk, short_name="Rəna Q.")
    kept = at_place(shelter, compare(desk, file))
    assert kept == shelter.folder.with_name("desk-7F3A-kept-2026-11-19.vault")
    assert not list(shelter.folder.parent.glob("*.restored-*"))
    desk = shelter.sign_in()
    assert short_names(desk) == {"Aysel M."}
    assert integrity.verify_desk(desk).whole
    assert log_check.check_log(desk).whole
    shelter.leave()
    lineage.forget(desk.vault.id)
    with_rena = open_desk(kept, "leyla", shelter.words["leyla"], clock=clock)
    assert short_names(with_rena) == {"Aysel M.", "Rəna Q."}
    with_rena.close()


def test_backups_of_the_time_left_behind_do_not_make_the_log_look_cut(shelter: Shelter, clock: Clock) -> None:
    file = backed_up(shelter)
    clock.now += timedelta(days=2)
    desk = shelter.sign_in()
    people.add_person(desk, short_name="Rəna Q.")
    backups.back_up_everywhere(desk)
    at_place(shelter, compare(desk, file))
    desk = shelter.sign_in()
    assert log_check.check_log(desk).whole
    clock.now += timedelta(days=1)
    backups.back_up_everywhere(desk)
    assert log_check.check_log(desk).whole


@pytest.mark.long
def test_who_was_removed_since_is_shown_and_removed_again(shelter: Shelter) -> None:
    gone = shelter.hire("omar", "social_worker", keys=(HOUSE, CASE))
    kept_on = shelter.hire("nigar", "social_worker", keys=(HOUSE, CASE))
    file = backed_up(shelter)
    desk = shelter.sign_in()
    staff.remove(desk, gone, "left")
    found = compare(desk, file)
    (omar,) = found.returning
    assert (omar.user_name, omar.standing, omar.may_sign_in) == ("omar", Standing.REMOVED, True)
    assert set(omar.keys) == {"database", "house", "case", "identity"}
    at_place(shelter, found)
    desk = shelter.sign_in()
    assert one(desk, gone).standing is Standing.REMOVED
    assert one(desk, kept_on).standing is Standing.ACTIVE
    assert short_names(desk) == {"Aysel M."}
    assert integrity.verify_desk(desk).whole
    shelter.leave()
    with pytest.raises((WrongPassphrase, VaultForged, NotAllowed)):
        open_desk(shelter.folder, "omar", shelter.words["omar"])
    nigar = shelter.sign_in("nigar")
    assert nigar.holds(Compartment.CASE)


def test_keys_taken_back_and_suspensions_are_taken_again_and_others_keep_what_they_had(shelter: Shelter) -> None:
    nigar = shelter.hire("nigar", "social_worker", keys=(HOUSE, CASE))
    omar = shelter.hire("omar", "social_worker", keys=(HOUSE, CASE))
    file = backed_up(shelter)
    desk = shelter.sign_in()
    staff.take_back(desk, nigar, [CASE], "moves to the gate")
    staff.suspend(desk, omar, "away")
    found = compare(desk, file)
    assert {(who.user_name, who.may_sign_in) for who in found.returning} == {("nigar", False), ("omar", True)}
    at_place(shelter, found)
    desk = shelter.sign_in()
    assert one(desk, omar).standing is Standing.SUSPENDED
    assert one(desk, nigar).opens == {HOUSE, IDENTITY}
    assert shelter.sign_in("nigar").holds(HOUSE)
    assert not shelter.sign_in("nigar").holds(CASE)


def test_only_who_manages_people_puts_back_what_lets_somebody_in(shelter: Shelter) -> None:
    shelter.hire("nigar", "administrator", "social_worker", keys=(HOUSE,))
    gone = shelter.hire("omar", "social_worker", keys=(HOUSE,))
    file = backed_up(shelter)
    desk = shelter.sign_in()
    staff.remove(desk, gone, "left")
    staff.change_roles(desk, shelter.ids["nigar"], ["administrator"])
    found = compare(desk, file)
    desk.rights = rights_of([Role.SOCIAL_WORKER.value])
    with pytest.raises(NotAllowed):
        restoring.prepare(desk, found)
    assert not list(shelter.folder.parent.glob("*.restored-*"))


def test_a_copy_that_parted_is_named_with_the_day(shelter: Shelter, clock: Clock) -> None:
    other = shelter.folder.with_name("desk-0002.vault")
    shelter.leave()
    shutil.copytree(shelter.folder, other)
    parted = clock.now
    clock.now += timedelta(days=1)
    there = open_desk(other, "leyla", shelter.words["leyla"], clock=clock)
    people.add_person(there, short_name="Jun R.")
    file = backups.back_up(there, shelter.folder.parent / "stick")
    lock_desk(there, "asked")
    lineage.forget(there.vault.id)
    clock.now += timedelta(seconds=1)
    desk = shelter.sign_in()
    people.add_person(desk, short_name="Rəna Q.")
    found = compare(desk, file)
    assert (found.kinship, found.parted) == (Kinship.FORKED, parted)


def test_preparing_that_fails_leaves_the_vault_and_nothing_beside_it(
    shelter: Shelter, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backed_up(shelter)
    desk = shelter.sign_in()
    found = compare(desk, file)
    before = sorted(shelter.folder.parent.rglob("*"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for module, name in ((backup_opening, "sync_file"), (restoring.integrity, "verify_desk")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, name, full)
            with pytest.raises((DiskFull, OSError)):
                restoring.prepare(desk, found)
        assert sorted(shelter.folder.parent.rglob("*")) == before
    people.add_person(desk, short_name="Rəna Q.")


def test_the_power_may_go_between_the_two_renamings(shelter: Shelter, monkeypatch: pytest.MonkeyPatch) -> None:
    file = backed_up(shelter)
    desk = shelter.sign_in()
    prepared = restoring.prepare(desk, compare(desk, file))
    shelter.leave()
    real, calls = Path.rename, []

    def once(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", once)
        with pytest.raises(KeyboardInterrupt):
            restoring.put_in_place(prepared, shelter.clock())  # type: ignore[arg-type]
    assert not shelter.folder.exists()
    restoring.finish(shelter.folder)
    assert short_names(shelter.sign_in()) == {"Aysel M."}
    restoring.finish(shelter.folder)


def test_finishing_takes_nothing_that_is_no_vault(tmp_path: Path) -> None:
    strange = tmp_path / "desk-7F3A.vault.restored-00000000"
    strange.mkdir()
    (strange / "header.json").write_text("{}")
    restoring.finish(tmp_path / "desk-7F3A.vault")
    assert not (tmp_path / "desk-7F3A.vault").exists()


def test_giving_up_deletes_only_what_was_put_beside(shelter: Shelter) -> None:
    file = backed_up(shelter)
    desk = shelter.sign_in()
    prepared = restoring.prepare(desk, compare(desk, file))
    assert prepared.beside.is_dir()
    restoring.give_up(prepared)
    assert not prepared.beside.exists()
    assert short_names(desk) == {"Aysel M."}


def test_a_vault_that_does_not_open_is_kept_and_replaced_with_the_words_of_that_day(
    shelter: Shelter, clock: Clock
) -> None:
    gone = shelter.hire("omar", "social_worker", keys=(HOUSE,))
    file = backed_up(shelter)
    staff.remove(shelter.sign_in(), gone, "left")
    shelter.leave()
    database = next(shelter.folder.glob("records*.db"))
    database.write_bytes(bytes(len(database.read_bytes())))
    with pytest.raises(VaultDamaged):
        open_desk(shelter.folder, "leyla", shelter.words["leyla"])
    unlock = by_passphrase("leyla", shelter.words["leyla"])
    found = look_into(file, unlock, shelter.folder)
    assert found.now is None
    assert found.people_known, "the header still tells who was removed"
    assert [who.user_name for who in found.returning] == ["omar"]
    prepared = restoring.prepare_without(shelter.folder, found, unlock, clock=clock)
    kept = restoring.put_in_place(prepared, clock.now)
    assert kept
    assert set((kept / database.name).read_bytes()) == {0}, "damaged as it was, for whoever can do more"
    desk = shelter.sign_in()
    assert short_names(desk) == {"Aysel M."}
    assert one(desk, gone).standing is Standing.REMOVED


def test_on_a_new_computer_there_is_nothing_to_compare_with(shelter: Shelter, clock: Clock, tmp_path: Path) -> None:
    file = backed_up(shelter)
    shelter.leave()
    new = tmp_path / "new" / "desk-7F3A.vault"
    for unlock in (by_passphrase("leyla", shelter.words["leyla"]), by_recovery_code(shelter.code)):
        found = look_into(file, unlock, new)
        assert (found.now, found.returning, found.people_known) == (None, (), False)
    prepared = restoring.prepare_without(new, found, unlock, clock=clock)
    assert restoring.put_in_place(prepared, clock.now) is None
    desk = open_desk(new, "leyla", shelter.words["leyla"], clock=clock)
    assert short_names(desk) == {"Aysel M."}
    desk.close()
    with pytest.raises(WrongPassphrase):
        look_into(file, by_passphrase("leyla", "wrong"), new)


def test_who_had_no_access_then_may_check_and_not_put_back(shelter: Shelter) -> None:
    file = backed_up(shelter)
    shelter.hire("nigar", "administrator", keys=(HOUSE,))
    desk = shelter.sign_in("nigar")
    found = compare(desk, file)
    assert found.outline.opened
    assert not found.entitled
    with pytest.raises(NotAllowed, match="no access"):
        restoring.prepare(desk, found)


def test_what_a_killed_program_prepared_is_cleared_the_next_day(shelter: Shelter) -> None:
    file = backed_up(shelter)
    desk = shelter.sign_in()
    prepared = restoring.prepare(desk, compare(desk, file))
    shelter.leave()
    restoring.finish(shelter.folder)
    assert prepared.beside.exists(), "somebody may be preparing it right now"
    os.utime(prepared.beside, (1, 1))
    restoring.finish(shelter.folder)
    assert not prepared.beside.exists()
    assert short_names(shelter.sign_in()) == {"Aysel M."}
