"""The tables: as the revisions make them, with sealed texts, several choices, own fields, reasons and versions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, func, inspect, select, text, update
from sqlalchemy.exc import IntegrityError, InvalidRequestError

from shelterdesk import house_settings, people, person_reading, records, rooms, stays
from shelterdesk.access import Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey, Problems, StaleRecord
from shelterdesk.fields import CLOSED, Kind
from shelterdesk.opening import lock_desk
from shelterdesk.people import Person
from shelterdesk.records import UNANSWERED
from shelterdesk.schema import upgrade
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Base, Chosen, ExtraValue, Record, whole
from shelterdesk.schema.columns import Choices, Sealed
from shelterdesk.schema.types import new_id
from shelterdesk.vault import Compartment, SealBroken
from tests.core.seats import seat

CANARY = "Xatirə-4711"


@pytest.fixture
def ay(desk: Desk) -> Person:
    """Somebody on file."""
    return people.add_person(desk, short_name="Ay", given_names=CANARY, languages={"az", "ru"})


# --- revisions ----------------------------------------------------------------------------------------------------


def test_the_revisions_make_the_tables_of_the_models(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'plain.db'}")
    upgrade.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = [one for one in compare_metadata(context, Base.metadata) if "schema_revision" not in str(one)]
        assert found == []
        assert upgrade.revision_of(connection) == upgrade.NEWEST
    engine.dispose()


def test_every_table_of_a_vault_is_made_by_a_revision(desk: Desk) -> None:
    made = set(inspect(desk.engine).get_table_names())
    assert made == set(Base.metadata.tables) | {"schema_revision", "vault_state"}


def test_a_failed_revision_leaves_the_tables_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(operations: Any) -> None:
        operations.execute("CREATE TABLE half (id INTEGER)")
        raise RuntimeError("the power went")

    engine = create_engine(f"sqlite:///{tmp_path / 'plain.db'}")
    upgrade.upgrade(engine)
    monkeypatch.setattr(upgrade, "REVISIONS", (*upgrade.REVISIONS, fails))
    monkeypatch.setattr(upgrade, "NEWEST", upgrade.NEWEST + 1)
    with pytest.raises(RuntimeError, match="the power went"):
        upgrade.upgrade(engine)
    with engine.connect() as connection:
        assert upgrade.revision_of(connection) == upgrade.NEWEST - 1
    engine.dispose()


def test_a_revision_that_breaks_a_link_is_refused(desk: Desk, ay: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    stays.add_stay(desk, ay.id, arrived_on=desk.today())

    def breaks(operations: Any) -> None:
        operations.execute("DELETE FROM person")

    monkeypatch.setattr(upgrade, "REVISIONS", (*upgrade.REVISIONS, breaks))
    monkeypatch.setattr(upgrade, "NEWEST", upgrade.NEWEST + 1)
    with pytest.raises(RuntimeError, match="link"):
        upgrade.upgrade(desk.engine)
    assert person_reading.person_by_code(desk, ay.code).id == ay.id


def test_ids_grow(desk: Desk) -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(set(made))
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}


# --- sealed texts -------------------------------------------------------------------------------------------------


def raw(desk: Desk, table: str) -> list[dict[str, Any]]:
    with desk.engine.connect() as connection:
        return [dict(row) for row in connection.execute(text(f"SELECT * FROM {table}")).mappings()]


def test_a_raw_row_holds_no_text(desk: Desk, ay: Person) -> None:
    for table in inspect(desk.engine).get_table_names():
        for row in raw(desk, table):
            for value in row.values():
                as_bytes = value if isinstance(value, bytes) else str(value).encode()
                assert CANARY.encode() not in as_bytes, table
    assert person_reading.person_by_code(desk, ay.code).given_names == CANARY


def test_the_same_text_twice_gives_two_seals(desk: Desk) -> None:
    people.add_person(desk, short_name="Ay")
    people.add_person(desk, short_name="Ay")
    seals = {row["short_name_sealed"] for row in raw(desk, "person")}
    assert len(seals) == 2


@pytest.mark.parametrize("where", ["another row", "another field", "altered"])
def test_a_seal_opens_in_its_own_place_only(desk: Desk, ay: Person, where: str) -> None:
    other = people.add_person(desk, short_name="Nur")
    moved = {
        "another row": {"short_name_sealed": other.short_name_sealed},  # type: ignore[attr-defined]
        "another field": {"short_name_sealed": ay.given_names_sealed},  # type: ignore[attr-defined]
        "altered": {"short_name_sealed": ay.short_name_sealed[:-1] + b"\0"},  # type: ignore[attr-defined]
    }[where]
    with desk.engine.execution_options(writes=True).begin() as connection:
        connection.execute(update(Person).where(Person.id == ay.id).values(moved))
    with desk.read() as db, pytest.raises(SealBroken):
        _ = db.get_one(Person, ay.id).short_name


def test_who_lacks_the_key_reads_closed_and_cannot_write(desk: Desk, ay: Person) -> None:
    reception = seat(desk, Role.RECEPTION)
    with reception.read() as db:
        found = db.get_one(Person, ay.id, options=whole(Person))
    fields = {field.attribute: field for field in reception.fields(Person)}
    assert fields["short_name"].read(found) == "Ay"
    assert fields["given_names"].read(found) is CLOSED
    assert not CLOSED
    with pytest.raises(NoKey):
        _ = found.given_names
    for value in ("Somebody else", None):
        with pytest.raises(NoKey), reception.write(Act.CHANGE_PERSON) as db:
            db.get_one(Person, ay.id).given_names = value
    assert person_reading.person_by_code(desk, ay.code).given_names == CANARY


def test_after_locking_a_record_that_is_still_held_reads_closed(desk: Desk, ay: Person) -> None:
    lock_desk(desk, "idle")
    for field in Person.declared:
        value = field.read(ay)
        assert (value is CLOSED) == (field.attribute in ("short_name", "given_names")), field.id
    assert ay.languages == {"az", "ru"}


def test_a_record_is_whole_as_soon_as_it_is_added(desk: Desk) -> None:
    made = people.add_person(desk, short_name="Ay")
    for field in desk.fields(Person):
        field.read(made)
    assert made.languages == frozenset()


def test_the_text_set_last_is_sealed(desk: Desk) -> None:
    site = rooms.sites_of(desk)[0]
    room = rooms.Room(site_id=site.id, name="Blue")
    with desk.write(Act.CHANGE_HOUSE) as db:
        db.add(room)
        room.name = "Green"
    with desk.read() as db:
        assert db.get_one(rooms.Room, room.id).name == "Green"


def test_saving_the_same_text_again_changes_nothing(desk: Desk, ay: Person) -> None:
    before = raw(desk, "person")
    people.change_person(desk, ay, given_names=CANARY, languages={"ru", "az"})
    assert raw(desk, "person") == before


def test_a_forgotten_load_is_told(desk: Desk, ay: Person) -> None:
    with desk.read() as db, pytest.raises(InvalidRequestError):
        _ = db.get_one(Person, ay.id).languages


def kinds() -> Iterator[type[Record]]:
    yield from (kind for kind in RECORDS.values() if kind.__module__.startswith("shelterdesk."))


@pytest.mark.parametrize("kind", list(kinds()), ids=lambda kind: kind.__tablename__)
def test_every_record_loads_whole(desk: Desk, kind: type[Record]) -> None:
    with desk.read() as db:
        db.scalars(select(kind).options(*whole(kind))).all()
    descriptors = [value for value in vars(kind).values() if isinstance(value, Sealed | Choices)]
    assert all(one.field in kind.declared for one in descriptors)


# --- several choices, own fields, reasons -------------------------------------------------------------------------


def test_several_choices_are_rows_that_stay_when_they_stay(desk: Desk, ay: Person) -> None:
    changed = people.change_person(desk, ay, languages={"ru", "en"})
    assert changed.languages == {"ru", "en"}
    assert person_reading.person_by_code(desk, ay.code).languages == {"ru", "en"}
    emptied = people.change_person(desk, changed, languages=None)
    assert emptied.languages == frozenset()
    with desk.read() as db:
        assert db.execute(select(func.count()).select_from(Chosen)).scalar_one() == 0


@pytest.mark.parametrize(
    ("kind", "compartment", "value", "other"),
    [
        (Kind.TEXT, Compartment.IDENTITY, CANARY, "other"),
        (Kind.LONG_TEXT, Compartment.HOUSE, CANARY, "other\nlines"),
        (Kind.NUMBER, None, 3, 4),
        (Kind.FLAG, None, True, False),
        (Kind.NUMBER, Compartment.HOUSE, 0, 4),
    ],
)
def test_own_fields_keep_values(
    desk: Desk, ay: Person, kind: Kind, compartment: Compartment | None, value: Any, other: Any
) -> None:
    field = house_settings.add_own_field(desk, "person", "Shoe size", kind, compartment)
    assert field in desk.fields(Person)
    assert field.read(person_reading.person_by_code(desk, ay.code)) is None
    first = people.change_person(desk, person_reading.person_by_code(desk, ay.code), **{field.attribute: value})
    assert field.read(person_reading.person_by_code(desk, ay.code)) == value
    (row,) = raw(desk, "extra_values")
    assert (row["sealed"] is None) == (compartment is None)
    assert (row["value"] is None) == (compartment is not None)
    assert CANARY.encode() not in (row["sealed"] or b"")
    second = people.change_person(desk, first, **{field.attribute: other})
    assert field.read(person_reading.person_by_code(desk, ay.code)) == other
    people.change_person(desk, second, **{field.attribute: None})
    assert raw(desk, "extra_values") == []


def test_own_fields_of_a_new_record_are_kept(desk: Desk) -> None:
    field = house_settings.add_own_field(desk, "person", "Shoe size", Kind.TEXT, Compartment.IDENTITY)
    made = people.add_person(desk, short_name="Ay", **{field.attribute: "38"})
    assert field.read(made) == "38"
    assert field.read(person_reading.person_by_code(desk, made.code)) == "38"


def test_an_own_field_needs_its_key_too(desk: Desk, ay: Person) -> None:
    field = house_settings.add_own_field(desk, "person", "Shoe size", Kind.TEXT, Compartment.IDENTITY)
    people.change_person(desk, person_reading.person_by_code(desk, ay.code), **{field.attribute: "38"})
    reception = seat(desk, Role.RECEPTION)
    with reception.read() as db:
        found = db.get_one(Person, ay.id, options=whole(Person))
    assert field.read(found) is CLOSED
    assert field not in reception.writable(reception.fields(Person))
    with pytest.raises(NoKey), reception.write(Act.CHANGE_PERSON) as db:
        field.write(db.get_one(Person, ay.id, options=whole(Person)), "39")
    with pytest.raises(NoKey), reception.write(Act.ADD_PERSON) as db:
        people.new_person(db, reception, {field.attribute: "39"})


def test_an_own_value_in_another_row_does_not_open(desk: Desk, ay: Person) -> None:
    field = house_settings.add_own_field(desk, "person", "Shoe size", Kind.TEXT, Compartment.IDENTITY)
    other = people.add_person(desk, **{field.attribute: "41"})
    people.change_person(desk, person_reading.person_by_code(desk, ay.code), **{field.attribute: "38"})
    with desk.engine.execution_options(writes=True).begin() as connection:
        sealed = connection.execute(select(ExtraValue.sealed).where(ExtraValue.record_id == other.id)).scalar_one()
        connection.execute(update(ExtraValue).where(ExtraValue.record_id == ay.id).values(sealed=sealed))
    read = person_reading.person_by_code(desk, ay.code)
    assert field.read(read) is CLOSED
    with pytest.raises(SealBroken), desk.read() as db:
        db.get_one(Person, ay.id, options=whole(Person)).extra(field)


def test_a_field_without_a_value_may_say_why(desk: Desk, ay: Person) -> None:
    saved = people.change_person(desk, ay, **{UNANSWERED: {"person.phone": "prefers_not", "person.birth": "not_known"}})
    again = person_reading.person_by_code(desk, ay.code)
    assert again.unanswered == {"person.phone": "prefers_not", "person.birth": "not_known"}
    people.change_person(desk, saved, **{UNANSWERED: {"person.birth": None}})
    assert person_reading.person_by_code(desk, ay.code).unanswered == {"person.phone": "prefers_not"}


def test_an_answer_ends_its_reason(desk: Desk, ay: Person) -> None:
    saved = people.change_person(desk, ay, **{UNANSWERED: {"person.phone": "prefers_not"}})
    saved = people.change_person(desk, saved, phone="050 123 45 67")
    assert saved.unanswered == {}
    saved = people.change_person(desk, saved, **{UNANSWERED: {"person.phone": "not_known"}})
    assert saved.unanswered == {}, "what is known needs no reason"


# --- versions -----------------------------------------------------------------------------------------------------


CHANGES: list[dict[str, Any]] = [
    {"short_name": "Nur"},
    {"gender": "woman"},
    {"languages": {"en"}},
    {"own_1": "38"},
    {UNANSWERED: {"person.phone": "prefers_not"}},
]


@pytest.mark.parametrize("first", CHANGES)
def test_whoever_saves_second_is_told_and_both_are_kept(desk: Desk, first: dict[str, Any]) -> None:
    house_settings.add_own_field(desk, "person", "Shoe size", Kind.TEXT, Compartment.IDENTITY)
    ay = people.add_person(desk, short_name="Ay", own_1="37")
    mine, theirs = person_reading.person_by_code(desk, ay.code), person_reading.person_by_code(desk, ay.code)
    people.change_person(desk, theirs, **first)
    with pytest.raises(StaleRecord):
        people.change_person(desk, mine, must_know="No penicillin")
    kept = person_reading.person_by_code(desk, ay.code)
    assert kept.must_know is None
    assert kept.version == mine.version + 1
    assert mine.must_know is None, "what was read is not touched by a failed save"


def test_an_own_value_changed_twice_raises_the_version_twice(desk: Desk) -> None:
    house_settings.add_own_field(desk, "person", "Shoe size", Kind.TEXT, Compartment.IDENTITY)
    ay = people.add_person(desk, own_1="37")
    saved = people.change_person(desk, ay, own_1="38")
    people.change_person(desk, saved, own_1="39")
    assert person_reading.person_by_code(desk, ay.code).version == 3


def test_links_must_lead_somewhere(desk: Desk) -> None:
    with pytest.raises(IntegrityError), desk.write(Act.ADD_STAY) as db:
        db.add(stays.Stay(person_id=new_id(), arrived_on=desk.today()))


def test_a_short_code_that_is_taken_is_a_problem_not_a_crash(desk: Desk) -> None:
    rooms.add_project(desk, code="EU-1", name="European")
    other = rooms.add_project(desk, code="EU-2")
    with pytest.raises(Problems, match="eu-1"):
        rooms.add_project(desk, code=" eu-1 ")
    with pytest.raises(Problems, match="EU-1"):
        rooms.change_house(desk, other, code="EU-1")
    rooms.change_house(desk, other, code="EU-2", name="Second")
    with pytest.raises(Problems, match="taken"):
        rooms.add_site(desk, code="A")
    assert records.complete(desk, rooms.Project, {}) == {"code": None, "name": None}
