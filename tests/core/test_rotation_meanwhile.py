"""While keys are replaced: who reads, who writes, who waits, what stops it, and what is told."""

from __future__ import annotations

import shutil
import threading
from collections import namedtuple
from pathlib import Path

import pytest
from sqlalchemy import select

from shelterdesk import backups, integrity, notes, people, person_reading, rotation, staff
from shelterdesk.desk import Busy, Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS
from shelterdesk.vault import Compartment, KdfCost, Stopped, check_backup
from shelterdesk.vault.database import connect
from shelterdesk.vault.errors import NoRoomToRotate, RotationUnderWay
from tests.core.replaced_keys import everything, fill, rotate, tables_of
from tests.core.security.attackers import (
    NAME,
    SECRET,
    found_in,
)
from tests.core.shelter_staff import Shelter
from tests.desks import PASSPHRASE, Clock

# --- while it goes on ---------------------------------------------------------------------------------------------


class Watch:
    """What can be done while keys are replaced, tried at every step of it in another thread."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.steps: list[tuple[int, int]] = []
        self.read: list[int] = []
        self.outcomes: list[str] = []

    @property
    def refused(self) -> list[str]:
        """What was said where a write was refused."""
        return [words for words in self.outcomes if words]

    def __call__(self, done: int, whole: int) -> None:
        self.steps.append((done, whole))
        thread = threading.Thread(target=self._elsewhere)
        thread.start()
        thread.join()

    def _elsewhere(self) -> None:
        with self.desk.read() as db:
            self.read.append(len(db.scalars(select(Person)).all()))
        try:
            people.add_person(self.desk, short_name="Nur")
            self.outcomes.append("")
        except Busy as busy:
            self.outcomes.append(busy.text())


def test_reading_goes_on_and_writing_is_refused_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(desk)
    monkeypatch.setattr("shelterdesk.desk._TURN_SECONDS", 60.0)
    watch = Watch(desk)
    rotate(desk, progress=watch)
    assert len(watch.steps) > 5
    assert len(watch.read) == len(watch.steps), "at every step, before the copying and after"
    assert watch.refused
    during = [index for index, words in enumerate(watch.outcomes) if words]
    assert during == list(range(during[0], len(watch.steps))), "from the end of the backup on"
    assert {watch.read[index] for index in during} == {watch.read[during[0]]}
    people.add_person(desk, short_name="Ay")
    with desk.read() as db:
        assert len(db.scalars(select(Person)).all()) == watch.read[-1] + 1


def test_a_checkpoint_and_a_change_of_the_header_do_not_disturb_it(desk: Desk, vault_folder: Path) -> None:
    fill(desk)
    told: list[str] = []

    def elsewhere() -> None:
        desk.vault.checkpoint()
        try:
            desk.vault.change_passphrase(PASSPHRASE, "another one", KdfCost.for_tests())
        except RotationUnderWay as error:
            told.append(error.text())

    def meddle(_done: int, _whole: int) -> None:
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join()

    rotate(desk, progress=meddle)
    assert told
    assert integrity.verify_desk(desk).findings == []
    lock_desk(desk, "asked")
    assert found_in(vault_folder) == [], "the old passphrase still opens it"


def test_progress_goes_from_nothing_to_all_once(desk: Desk) -> None:
    fill(desk)
    steps: list[tuple[int, int]] = []
    rotate(desk, progress=lambda done, whole: steps.append((done, whole)))
    done = [part for part, _whole in steps]
    assert done == sorted(done)
    assert {whole for _part, whole in steps} == {1000}
    assert steps[-1] == (1000, 1000)


@pytest.mark.long
def test_stopped_at_any_step_everything_is_as_it_was(desk: Desk, vault_folder: Path) -> None:
    fill(desk)
    header = (vault_folder / "header.json").read_bytes()
    before, tables, key = everything(desk), tables_of(desk), bytes(desk.vault.unlocked.database_key)
    asked: list[int] = []

    def stop_at(last: int) -> bool:
        asked.append(last)
        return len(asked) > last

    rotations, last = 0, 0
    while not rotations and last < 200:
        asked.clear()
        try:
            rotate(desk, cancelled=lambda last=last: stop_at(last))
            rotations += 1
        except Stopped:
            assert (vault_folder / "header.json").read_bytes() == header
            assert sorted(one.name for one in vault_folder.glob("records*")) == [
                "records.db",
                "records.db-shm",
                "records.db-wal",
            ]
            assert bytes(desk.vault.unlocked.database_key) == key
            last += 1
    assert rotations == 1
    assert last > 8, "it was asked at every stage"
    assert [one for one in before if one not in everything(desk)] == []
    assert tables_of(desk).keys() == tables.keys()
    people.add_person(desk, short_name="Nur")
    assert integrity.verify_desk(desk).findings == []


def test_pages_hear_that_what_they_hold_is_old(desk: Desk) -> None:
    person = fill(desk)
    heard: list[frozenset[str]] = []
    desk.changed.subscribe(heard.append)
    rotate(desk)
    assert heard
    assert heard[-1] >= frozenset(RECORDS) | {"log"}
    note = notes.notes_of(desk, person.id)[0]
    assert note.kind
    changed = people.change_person(desk, person_reading.read_person(desk, person.id), short_name="Nur")
    assert changed.short_name == "Nur"


def test_a_record_read_before_is_closed_and_can_be_saved_all_the_same(desk: Desk) -> None:
    person = fill(desk)
    held = person_reading.read_person(desk, person.id)
    rotate(desk)
    assert desk.field(Person, "given_names").read(held).name == "CLOSED"
    people.change_person(desk, held, short_name="Nur")
    again = person_reading.read_person(desk, person.id)
    assert (again.short_name, again.given_names) == ("Nur", NAME)
    assert integrity.verify_desk(desk).findings == []


def test_the_switch_waits_for_who_is_reading(desk: Desk) -> None:
    person = fill(desk)
    entered, leave = threading.Event(), threading.Event()
    seen: list[str] = []

    def read_slowly() -> None:
        with desk.read() as db:
            held = db.get_one(Person, person.id)
            entered.set()
            leave.wait(20)
            seen.append(str(held.given_names))
            seen.append(str(db.scalars(select(notes.Note)).first().clinical_text))  # type: ignore[union-attr]

    reader = threading.Thread(target=read_slowly)
    reader.start()
    assert entered.wait(20)
    rotating = threading.Thread(target=lambda: rotate(desk))
    rotating.start()
    rotating.join(1.5)
    assert rotating.is_alive()
    assert desk.vault.database_path.name == "records.db"
    leave.set()
    reader.join()
    rotating.join()
    assert seen == [NAME, f"{SECRET} two"]
    assert desk.vault.database_path.name == "records-2.db"


def test_somebody_who_never_stops_reading_is_not_waited_for_for_ever(
    desk: Desk, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(desk)
    monkeypatch.setattr("shelterdesk.desk._READERS_SECONDS", 0.1)
    told: list[Busy] = []

    def rotating() -> None:
        try:
            rotate(desk)
        except Busy as error:
            told.append(error)

    with desk.read():
        thread = threading.Thread(target=rotating)
        thread.start()
        thread.join()
    assert len(told) == 1
    assert [one.name for one in vault_folder.glob("records*.db")] == ["records.db"]
    rotate(desk)
    assert integrity.verify_desk(desk).findings == []


def test_locking_ends_it_and_leaves_the_old_state(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    fill(desk)
    reached, locking = threading.Event(), threading.Event()
    told: list[Stopped] = []

    def wait_for_the_lock(done: int, _whole: int) -> None:
        if done > 500:
            reached.set()
            locking.wait(20)
            desk.vault._turnstile._stopping.wait(20)

    def rotating() -> None:
        try:
            rotate(desk, progress=wait_for_the_lock)
        except Stopped as error:
            told.append(error)

    thread = threading.Thread(target=rotating)
    thread.start()
    assert reached.wait(20)
    locking.set()
    lock_desk(desk, "asked")
    thread.join(20)
    assert len(told) == 1
    assert [one.name for one in vault_folder.glob("records*")] == ["records.db"]
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    assert integrity.verify_desk(again).findings == []
    lock_desk(again, "asked")


def test_without_room_it_is_told_before_anything_is_written(
    desk: Desk, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(desk)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9 - 5_000_000, 5_000_000))
    with pytest.raises(NoRoomToRotate) as told:
        rotate(desk)
    assert "5 MB are free" in told.value.text()
    assert "Nothing was changed" in told.value.text()
    assert [one.name for one in vault_folder.glob("records*.db")] == ["records.db"]


# --- what goes along ----------------------------------------------------------------------------------------------


def test_a_backup_of_before_is_made_first_and_backups_of_after_are_whole(desk: Desk, tmp_path: Path) -> None:
    fill(desk)
    generation = desk.vault.generation
    rotate(desk)
    (before,) = desk.vault.folder.parent.rglob("*.dbk")
    assert check_backup(before, user_name="leyla", passphrase=PASSPHRASE).generation == generation
    made = backups.back_up(desk, tmp_path / "later")
    outline = check_backup(made, desk.vault)
    assert outline.opened
    assert outline.generation == generation + 1


def test_acts_told_and_the_closing_row_stand_in_the_log_in_one_step(desk: Desk) -> None:
    with desk.read() as db:
        before = log_reading.logged(db, limit=1)[0].number
    rotate(desk, told=[(Act.REMOVE_MEMBER, {"log.user_name": "eve"})])
    with desk.read() as db:
        rows = [row for row in log_reading.logged(db)[::-1] if row.number > before]
    assert [row.act for row in rows] == [Act.REMOVE_MEMBER.code, Act.ROTATE.code]
    assert rows[0].changes[0].after == "eve"
    people.add_person(desk, short_name="Nur")
    assert integrity.verify_desk(desk).findings == []


def test_what_is_due_is_named_and_only_what_is_held_is_due_here(vault_folder: Path, clock: Clock) -> None:
    shelter = Shelter(vault_folder, clock)
    assert rotation.due(shelter.found()) == {}
    shelter.hire("nigar", "director")
    aysel = shelter.hire("aysel", "psychologist", keys=[Compartment.CLINICAL])
    nigar = shelter.sign_in("nigar")
    staff.remove(nigar, aysel, "left")
    assert rotation.due(nigar) == {"clinical": (aysel,)}
    assert rotation.due_here(nigar) == ()
    assert shelter.replace_due_keys("leyla") == ("clinical",)
    assert rotation.due(shelter.sign_in("nigar")) == {}
    shelter.leave()


def test_keys_renewed_while_preparing_count_as_replaced(desk: Desk) -> None:
    fill(desk)
    before = everything(desk)
    done = rotate(desk, "house", prepare=lambda change: change.renew(["case", "legal"]))
    assert done.keys == ("database", "case", "house", "legal")
    assert {one: desk.vault.ring.key_of(one)[0] for one in (Compartment.CASE, Compartment.CLINICAL)} == {
        Compartment.CASE: 2,
        Compartment.CLINICAL: 1,
    }
    assert [one for one in before if one not in everything(desk)] == []
    with desk.read() as db:
        (closing,) = [row for row in log_reading.logged(db) if row.act == Act.ROTATE.code]
    assert closing.changes[0].after == "database, case, house, legal"


def test_old_keys_are_wiped(desk: Desk) -> None:
    fill(desk)
    unlocked = desk.vault.unlocked
    ring, database = unlocked.ring, unlocked.database_key
    keys = [key for _generation, key in ring._keys.values()]
    rotate(desk, "case")
    assert not any(database)
    assert not any(any(key) for key in keys)
    assert ring.compartments == frozenset()


def test_old_database_keys_open_no_new_file(desk: Desk) -> None:
    key, salt = bytearray(desk.vault.unlocked.database_key), desk.vault.header.salt
    rotate(desk)
    for one in (salt, desk.vault.header.salt):
        with pytest.raises(ShelterDeskError):
            connect(desk.vault.database_path, key, one)
