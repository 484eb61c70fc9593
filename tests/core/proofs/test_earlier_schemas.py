"""A vault of every schema that was ever in use opens with today's program, and nothing of it is lost.

``tests/data/vault-schema-N.dbk`` is a backup the program of revision N made of a house of invented people: one person
of the demonstration, one record of every kind with every field filled, somebody archived, own fields, a remembered
import, unfinished forms, and a nurse who was let in, mistyped her passphrase and wrote a medical note the next day.
``vault-schema-N.json`` beside it is what that program read from it, by permanent field ids. Both are made once, with
the last program that wrote the revision and the cheap key stretching of tests, and never again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from shelterdesk import drafts, integrity, notes, vocab
from shelterdesk.desk import Desk
from shelterdesk.exchange import remembered
from shelterdesk.opening import lock_desk, open_desk, open_desk_with_recovery
from shelterdesk.people import Person
from shelterdesk.schema import log_reading, upgrade
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, whole
from shelterdesk.vault import check_backup, restore_backup
from tests.desks import PASSPHRASE, Clock

DATA = Path(__file__).parents[2] / "data"
FILES = sorted(DATA.glob("vault-schema-*.dbk"))
NURSES_PASSPHRASE = "lantern orbit pickle sunday"

Opening = Callable[[Path, dict[str, Any]], Desk]


def number_of(file: Path) -> int:
    return int(file.stem.rsplit("-", 1)[1])


def told_then(file: Path) -> dict[str, Any]:
    """Return what the program of that day read from the vault."""
    return json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))


def by_the_director(folder: Path, _then: dict[str, Any]) -> Desk:
    return open_desk(folder, "leyla", PASSPHRASE, clock=Clock())


def by_the_nurse(folder: Path, _then: dict[str, Any]) -> Desk:
    return open_desk(folder, "rena", NURSES_PASSPHRASE, clock=Clock())


def by_the_recovery_sheet(folder: Path, then: dict[str, Any]) -> Desk:
    return open_desk_with_recovery(folder, then["recovery_code"], why="Passphrase lost", clock=Clock())


@pytest.fixture(params=FILES, ids=lambda file: file.stem)
def file(request: pytest.FixtureRequest) -> Path:
    """The backup of one earlier schema."""
    return request.param


@pytest.fixture
def restored(file: Path, vault_folder: Path) -> Path:
    """The vault in it, as somebody restores it who has nothing else left."""
    return restore_backup(file, vault_folder)


def lost(desk: Desk, then: dict[str, Any]) -> list[str]:
    """Return every value that does not read today as it read then, except what the reader has no key for."""
    found: list[str] = []
    for name, records in then["records"].items():
        kind = RECORDS[name]
        fields = {field.id: field for field in (*kind.declared, *desk.own_fields.get(name, ()))}
        with desk.read() as db:
            kept = {one.id: one for one in db.scalars(select(kind).options(*whole(kind))).unique()}
        for record_id, values in records.items():
            record = kept.get(UUID(record_id))
            if record is None:
                found.append(f"{name} {record_id}")
                continue
            if "archived_at" in values and record.archived_at is None:
                found.append(f"{name} {record_id} is no longer archived")
            for field_id, spelled in values.items():
                field = fields.get(field_id)
                if field_id == "archived_at" or (field is not None and not desk.holds(field.compartment)):
                    continue
                if field is None or field.encode(field.read(record)) != spelled:
                    found.append(f"{field_id} of {record_id}")
    return found


def test_every_schema_before_this_one_has_its_vault() -> None:
    assert [number_of(file) for file in FILES][:1] == [1]
    then = told_then(FILES[0])["records"]
    assert all(then.values()), "one record of every kind at least"
    fields = {field_id for records in then.values() for values in records.values() for field_id in values}
    held = {field.compartment for kind in RECORDS.values() for field in kind.declared if field.id in fields}
    assert len(held) == 7, "a value in every compartment, and some that are not sealed"


@pytest.mark.parametrize("way", [by_the_director, by_the_nurse, by_the_recovery_sheet], ids=lambda way: way.__name__)
def test_an_earlier_vault_opens_whole_whoever_comes_first(
    file: Path, restored: Path, vault_folder: Path, way: Opening
) -> None:
    then = told_then(file)
    lock_desk(way(restored, then), "asked")
    desk = by_the_director(restored, then)
    try:
        assert lost(desk, then) == []
        report = integrity.verify_desk(desk)
        assert report.findings == []
        assert upgrade.check_revision(desk.engine) == 0
        with desk.read() as db:
            rows = log_reading.logged(db, limit=10_000)
        assert any(row.act == Act.CREATE_VAULT.code for row in rows)
        migrated = [row for row in rows if row.act == Act.MIGRATE.code]
        assert len(migrated) == (1 if number_of(file) < upgrade.NEWEST else 0)
    finally:
        lock_desk(desk, "asked")
    backups = list((vault_folder.parent / "before-update").glob("*.dbk"))
    assert len(backups) == len(migrated), "the change of tables is preceded by a backup"
    for made in backups:
        assert check_backup(made, user_name="leyla", passphrase=PASSPHRASE).opened


def test_what_was_unfinished_is_offered_and_work_goes_on(file: Path, restored: Path) -> None:
    then = told_then(file)
    desk = by_the_director(restored, then)
    try:
        kept = {draft.id.hex: draft for draft in drafts.my_drafts(desk)}
        for draft in then["drafts"]:
            assert {name: str(value) for name, value in kept[draft["id"]].values.items()} == draft["values"]
        assert remembered.recall(desk, ["Ad", "Soyad"]) == {"Ad": "person.given_names", "Soyad": "person.family_name"}
        with desk.read() as db:
            person = db.scalars(select(Person).order_by(Person.id)).first()
        assert person is not None
        kind = next(code.code for code in vocab.NOTE_KINDS if code.group == "house")
        notes.add_note(desk, person.id, kind=kind, written_on=desk.today(), house_text="written today")
        assert integrity.verify_desk(desk).findings == []
    finally:
        lock_desk(desk, "asked")


def test_who_lacked_a_key_lacks_it_still(file: Path, restored: Path) -> None:
    desk = by_the_nurse(restored, told_then(file))
    try:
        assert {one.value for one in desk.vault.ring.compartments} == {"house", "identity", "medical"}
    finally:
        lock_desk(desk, "asked")
