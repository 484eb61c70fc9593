"""Replacing keys: everything opens afterwards, nothing opens with what was known before, and nobody waits in vain."""

from __future__ import annotations

import shutil
import threading
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import LargeBinary, select

from shelterdesk import backups, drafts, house_settings, integrity, notes, people, person_reading, rotation, staff
from shelterdesk.desk import Busy, Desk
from shelterdesk.errors import NotAllowed, ShelterDeskError
from shelterdesk.exchange import remembered
from shelterdesk.fields import Kind
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Base, whole
from shelterdesk.schema.columns import SEALED, Sealed
from shelterdesk.schema.types import Id, new_id
from shelterdesk.vault import Compartment, KdfCost, KeyRing, SealBroken, Stopped, check_backup
from shelterdesk.vault.database import connect
from shelterdesk.vault.errors import NoRoomToRotate, RotationUnderWay
from tests.core.security.attackers import (
    HELD,
    NAME,
    SECRET,
    admit_eve,
    as_eve,
    found_in,
    kind_in,
    tell_secrets,
)
from tests.core.shelter_staff import Shelter
from tests.desks import PASSPHRASE, Clock

EVERYTHING = tuple(one.value for one in Compartment)
IN_THE_CLEAR = {
    "person.import_key",
    "log.commitments",
    "log.mac",
    "log.signature",
    "log_content.plain",
    "log_chain.key",
    "log_head.mac",
    "import_mapping.fingerprint",
    # Parts of files are sealed under keys of their own, which are never replaced.
    "file_part.sealed",
    # A letter is sealed to the keys of those who may read it; no compartment opens it.
    "feedback_letter.sealed",
}
"""Columns of bytes that hold no seal of a compartment."""


def fill(desk: Desk) -> Person:
    """Put something into every kind of place where something sealed can lie."""
    own = house_settings.add_own_field(desk, "person", "Scale", Kind.TEXT, Compartment.CLINICAL)
    person = tell_secrets(desk)
    people.change_person(desk, person, **{own.attribute: f"{SECRET} own"})
    keep_a_draft(desk, person)
    remembered.keep(desk, ["Name"], {"Name": "short_name"})
    return person


def keep_a_draft(desk: Desk, person: Person) -> None:
    values = {"kind": kind_in(Compartment.CLINICAL), "clinical_text": f"{SECRET} draft", "house_text": "slept well"}
    drafts.keep_draft(desk, new_id(), "note", new_id(), values, person_id=person.id)


def everything(desk: Desk) -> list[str]:
    """Return the spelling of all that can be read of people, notes, log, drafts and mappings."""
    seen: list[str] = []
    with desk.read() as db:
        for kind in (Person, notes.Note):
            for record in db.scalars(select(kind).options(*whole(kind)).order_by(kind.id)):
                seen += [f"{field.id}={field.read(record)}" for field in desk.fields(kind)]
        for row in log_reading.logged(db, limit=1000):
            seen += [f"{row.number} {change}" for change in row.changes]
    seen += [f"{draft.values}" for draft in drafts.my_drafts(desk)]
    return [*seen, f"{remembered.recall(desk, ['Name'])}", desk.vault.fold_key().hex()]


def rotate(desk: Desk, *names: str, **more: Any) -> rotation.Rotated:
    return rotation.rotate(desk, names or EVERYTHING, why="somebody left", **more)


def kept_keys(desk: Desk) -> KeyRing:
    """Return the keys of now as somebody keeps them who copied the memory."""
    keys = desk.vault.ring._keys
    return KeyRing(desk.vault.id, {one: (number, bytearray(key)) for one, (number, key) in keys.items()})


def cells(desk: Desk) -> Iterator[tuple[str, bytes, str, str, bytes]]:
    """Give compartment, row, field and value of every sealed cell."""
    with desk.vault.connection() as connection:
        for (table, column), place in rotation.places().items():
            field = f'"{place.field_in}"' if place.field_in else "''"
            compartment = f'"{place.compartment_in}"' if place.compartment_in else "''"
            rows = connection.execute(
                f'SELECT "{place.row}", {field}, {compartment}, "{column}" FROM "{table}" WHERE "{column}" IS NOT NULL'
            ).fetchall()
            for row, rest, said, value in rows:
                chosen = place.compartment or said.rpartition(".")[2]
                if chosen:
                    yield str(chosen), row, f"{place.field}{rest}", f"{table}.{column}", value


def tables_of(desk: Desk) -> dict[str, list[Any]]:
    """Return everything that lies in the database but the log, its keys and the state of the vault."""
    with desk.vault.connection() as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
            for name in tables
            if name not in ("vault_state", "log", "log_chain", "log_head", "log_content")
        }


# --- which places there are ---------------------------------------------------------------------------------------


def test_every_column_of_bytes_is_known_to_hold_seals_or_none() -> None:
    places = rotation.places()
    unknown = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, LargeBinary)
        and not isinstance(column.type, Id)
        and (table.name, column.name) not in places
    }
    assert unknown == IN_THE_CLEAR, "a new sealed column says what its seals bind, or it is lost at the next rotation"


def test_every_sealed_field_is_a_place_with_its_own_id_and_compartment() -> None:
    places = rotation.places()
    for kind in RECORDS.values():
        if kind.__module__.startswith("shelterdesk."):
            for sealed in (one for one in vars(kind).values() if isinstance(one, Sealed)):
                place = places[kind.__tablename__, sealed.column]
                assert (place.row, place.field, place.compartment) == ("id", sealed.field.id, sealed.compartment)
    for (table, _column), place in places.items():
        named = {place.row, place.field_in, place.compartment_in} - {""}
        assert named <= set(Base.metadata.tables[table].columns.keys())
        assert (place.compartment is None) == bool(place.compartment_in)
        assert place.field or place.field_in


def test_the_filled_vault_has_a_cell_in_every_place_beside_the_records(desk: Desk) -> None:
    fill(desk)
    found = {place for *_, place, _value in cells(desk)}
    beside = {
        f"{table}.{column}"
        for table, column in rotation.places()
        if not column.endswith("_sealed") or table == "import_mapping"
    }
    assert beside <= found
    assert {SEALED} == {SEALED for table, column in rotation.places()}


# --- what opens afterwards ----------------------------------------------------------------------------------------


def test_everything_opens_afterwards_and_is_found_whole(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    fill(desk)
    before = everything(desk)
    assert any(SECRET in one for one in before)
    done = rotate(desk)
    assert (done.keys[0], done.broken) == ("database", 0)
    assert done.cells == len(list(cells(desk))) - 1, "all there was but the reason of the closing row"
    assert [one for one in before if one not in everything(desk)] == []
    assert integrity.verify_desk(desk).findings == []
    people.add_person(desk, short_name="Nur")
    lock_desk(desk, "asked")
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    assert [one for one in before if one not in everything(again)] == []
    lock_desk(again, "asked")
    assert found_in(vault_folder) == []


def test_nothing_but_seals_changes(desk: Desk) -> None:
    fill(desk)
    before = tables_of(desk)
    rotate(desk)
    after = tables_of(desk)
    assert before.keys() == after.keys()
    sealed = {table for table, _column in rotation.places()}
    for name in before:
        assert len(before[name]) == len(after[name])
        if name not in sealed:
            assert before[name] == after[name]


def test_no_cell_opens_with_the_old_keys_and_every_cell_with_the_new(desk: Desk) -> None:
    fill(desk)
    old = kept_keys(desk)
    rotate(desk)
    seen = 0
    for compartment, row, field, _place, value in cells(desk):
        seat = Compartment(compartment), field, UUID(bytes=row), value
        assert desk.vault.ring.open(*seat)
        with pytest.raises(SealBroken):
            old.open(*seat)
        seen += 1
    assert seen > 15


def test_values_of_before_put_back_are_refused(desk: Desk) -> None:
    person = fill(desk)
    with desk.vault.connection() as connection:
        (old,) = connection.execute("SELECT given_names_sealed FROM person").fetchone()
    rotate(desk)
    assert person_reading.read_person(desk, person.id).given_names == NAME
    with desk.vault.connection() as connection:
        connection.execute("UPDATE person SET given_names_sealed = ?", (old,))
    with pytest.raises(SealBroken):
        _ = person_reading.read_person(desk, person.id).given_names
    assert [one.where for one in integrity.verify_desk(desk).findings] == ["seals"]


def test_keys_that_stay_keep_their_cells_as_they_are(desk: Desk) -> None:
    fill(desk)
    before = {(field, row): (one, value) for one, row, field, _place, value in cells(desk)}
    done = rotate(desk, "case")
    assert done.keys == ("database", "case")
    changed = set()
    for compartment, row, field, _place, value in cells(desk):
        known = before.get((field, row))
        if known is not None and known[1] != value:
            changed.add(compartment)
    assert changed == {"case"}
    assert desk.vault.ring.key_of(Compartment.CLINICAL)[0] == 1
    assert desk.vault.ring.key_of(Compartment.CASE)[0] == 2
    assert integrity.verify_desk(desk).findings == []


def test_the_key_of_the_database_alone_is_replaced_too(desk: Desk) -> None:
    fill(desk)
    before = everything(desk)
    key = bytes(desk.vault.unlocked.database_key)
    salt = desk.vault.header.salt
    assert rotate(desk, "database").cells == 0
    assert bytes(desk.vault.unlocked.database_key) != key
    assert desk.vault.header.salt != salt
    assert [one for one in before if one not in everything(desk)] == []


def test_keys_can_be_replaced_again_and_again(desk: Desk, vault_folder: Path) -> None:
    fill(desk)
    before = everything(desk)
    names = []
    for _ in range(3):
        rotate(desk)
        people.add_person(desk, short_name="Nur")
        names.append(desk.vault.database_path.name)
    assert names == ["records-2.db", "records-3.db", "records-4.db"]
    assert [one for one in before if one not in everything(desk)] == []
    lock_desk(desk, "asked")
    assert sorted(one.name for one in vault_folder.glob("records*")) == ["records-4.db"]
    assert found_in(vault_folder) == []


def test_what_a_colleague_drafted_opens_for_them_afterwards(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    person = fill(desk)
    admit_eve(desk.vault, *HELD)
    lock_desk(desk, "asked")
    eve = as_eve(vault_folder, clock)
    values = {"kind": "house", "written_on": eve.today(), "house_text": "she slept well"}
    drafts.keep_draft(eve, new_id(), "note", new_id(), values, person_id=person.id)
    lock_desk(eve, "asked")
    desk = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    rotate(desk)
    lock_desk(desk, "asked")
    eve = as_eve(vault_folder, clock)
    (draft,) = drafts.my_drafts(eve)
    assert draft.values["house_text"] == "she slept well"
    assert eve.vault.ring.compartments == frozenset(HELD)
    lock_desk(eve, "asked")


def test_who_lacks_a_key_leaves_its_cells_and_replaces_the_others(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    fill(desk)
    before = everything(desk)
    admit_eve(desk.vault, *HELD)
    lock_desk(desk, "asked")
    eve = as_eve(vault_folder, clock)
    with pytest.raises(NotAllowed):
        rotate(eve, "clinical")
    assert eve.vault.database_path.name == "records.db"
    rotate(eve, *HELD)
    assert integrity.verify_desk(eve).findings == []
    lock_desk(eve, "asked")
    desk = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    assert [one for one in before if one not in everything(desk)] == [], "the psychologist still reads everything"
    lock_desk(desk, "asked")
    assert found_in(vault_folder) == []


def test_what_lies_in_another_compartment_than_its_field_goes_with_that_one(
    desk: Desk, vault_folder: Path, clock: Clock
) -> None:
    """Who lacks the key of reasons seals theirs for the house; only the row itself says so."""
    admit_eve(desk.vault, Compartment.HOUSE)
    lock_desk(desk, "asked")
    eve = as_eve(vault_folder, clock)
    rotation.rotate(eve, ["house"], why="by a night worker")
    lock_desk(eve, "asked")
    desk = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    rotate(desk, "identity")
    rotate(desk, "house")
    with desk.vault.connection() as connection:
        kept = connection.execute("SELECT compartment FROM log_content WHERE field_id = 'log.why'").fetchall()
    assert sorted(kept) == [("house",), ("identity",), ("identity",)]
    with desk.read() as db:
        reasons = [
            change.after for row in log_reading.logged(db) for change in row.changes if change.field_id == "log.why"
        ]
    assert reasons == ["somebody left", "somebody left", "by a night worker"]
    lock_desk(desk, "asked")
    assert found_in(vault_folder) == []


# --- what did not open before -------------------------------------------------------------------------------------


def test_broken_cells_are_left_as_they_are_counted_and_logged(desk: Desk) -> None:
    person = fill(desk)
    with desk.vault.connection() as connection:
        (sealed,) = connection.execute("SELECT family_name_sealed FROM person").fetchone()
        flipped = sealed[:-1] + bytes([sealed[-1] ^ 1])
        connection.execute("UPDATE person SET family_name_sealed = ?", (flipped,))
        connection.execute("UPDATE draft_field SET sealed = 'no bytes' WHERE field_id = 'note.house_text'")
        connection.execute("UPDATE extra_values SET sealed = x'00'")
    done = rotate(desk)
    assert done.broken == 3
    with desk.vault.connection() as connection:
        assert connection.execute("SELECT family_name_sealed FROM person").fetchone() == (flipped,)
        assert ("no bytes",) in connection.execute("SELECT sealed FROM draft_field").fetchall()
        assert connection.execute("SELECT sealed FROM extra_values").fetchone() == (b"\0",)
    assert person_reading.read_person(desk, person.id).given_names == NAME
    with desk.read() as db:
        (closing,) = [row for row in log_reading.logged(db) if row.act == Act.ROTATE.code]
    assert {change.field_id: change.after for change in closing.changes} == {
        "log.what": "database, case, clinical, house, identity, legal, medical",
        "log.why": "somebody left",
        "log.unreadable": "3",
    }


def test_a_damaged_database_is_not_copied_into_a_new_one(
    desk: Desk, vault_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(desk)
    monkeypatch.setattr("shelterdesk.vault.rotation.faults_in", lambda connection: ["row 1 missing from index"])
    with pytest.raises(ShelterDeskError) as told:
        rotate(desk)
    assert "records.db" in told.value.text()
    assert [one.name for one in vault_folder.glob("records*.db")] == ["records.db"]


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
