"""Replacing keys: everything opens afterwards, nothing opens with what was known before, and nobody waits in vain."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import LargeBinary

from shelterdesk import drafts, integrity, people, person_reading, rotation
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, ShelterDeskError
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Base
from shelterdesk.schema.columns import SEALED, Sealed
from shelterdesk.schema.types import Id, new_id
from shelterdesk.vault import Compartment, SealBroken
from tests.core.replaced_keys import IN_THE_CLEAR, cells, everything, fill, kept_keys, rotate, tables_of
from tests.core.security.attackers import (
    HELD,
    NAME,
    SECRET,
    admit_eve,
    as_eve,
    found_in,
)
from tests.desks import PASSPHRASE, Clock

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


@pytest.mark.long
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
