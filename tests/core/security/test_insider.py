"""Who has a passphrase learns of names, narrative and notes only what their keys open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from shelterdesk import drafts, group_sessions, house_settings, notes, people, record_log, search, services
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey, ShelterDeskError
from shelterdesk.exchange.mapping import ColumnMapping
from shelterdesk.exchange.recognition import Keys
from shelterdesk.exchange.sheets import Table
from shelterdesk.fields import CLOSED, Kind
from shelterdesk.group_sessions import Attendee
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.schema import log_reading
from shelterdesk.schema.base import RECORDS, whole
from shelterdesk.schema.types import new_id
from shelterdesk.vault import Compartment
from shelterdesk.vault.errors import SealBroken
from tests.core.security.attackers import (
    HELD,
    NAME,
    SECRET,
    admit_eve,
    as_eve,
    found_in,
    kind_in,
    tamper,
    tell_secrets,
)
from tests.desks import PASSPHRASE, Clock


@pytest.fixture
def eve(desk: Desk, vault_folder: Path, clock: Clock) -> Iterator[Desk]:
    """The desk of a colleague without the key of psychological notes, after a psychologist has worked."""
    person = tell_secrets(desk)
    values = {"kind": kind_in(Compartment.CLINICAL), "clinical_text": f"{SECRET} draft"}
    drafts.keep_draft(desk, new_id(), "note", new_id(), values, person_id=person.id)
    session = {"kind": "psychological_session", "given_on": desk.today(), "outcome": "took_place"}
    parts = {"clinical_note": f"{SECRET} said", "clinical_risk": f"{SECRET} risk", "clinical_plan": f"{SECRET} plan"}
    given = services.add_service(desk, person.id, **session, **parts, team_note="Came in time")
    services.change_service(desk, given, clinical_note=f"{SECRET} corrected", why=f"{SECRET} why")
    together = [Attendee(person.id, remark=f"{SECRET} in the group")]
    group_sessions.add_group(desk, together, remarks_in="clinical_note", **session | {"kind": "psychological_group"})
    own = house_settings.add_own_field(desk, "person", "Scale", Kind.TEXT, Compartment.CLINICAL)
    people.change_person(desk, person, **{own.attribute: f"{SECRET} own"})
    admit_eve(desk.vault, *HELD)
    lock_desk(desk, "asked")
    opened = as_eve(vault_folder, clock)
    yield opened
    opened.close()


def test_the_decrypted_database_holds_no_text_of_a_compartment(eve: Desk) -> None:
    with eve.vault.connection() as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = [
            cell if isinstance(cell, bytes) else str(cell).encode()
            for table in tables
            for row in connection.execute(f'SELECT * FROM "{table}"')
            for cell in row
        ]
    assert len(cells) > 100
    assert not [cell for cell in cells if SECRET.encode() in cell or NAME.encode() in cell]


def test_no_way_of_reading_gives_the_text_of_a_missing_key(eve: Desk) -> None:
    assert eve.vault.ring.compartments == frozenset(HELD)
    seen: list[str] = []
    with eve.read() as db:
        seen.append(repr(log_reading.logged(db)))
        for kind in RECORDS.values():
            for record in db.scalars(select(kind).options(*whole(kind))):
                seen.append(repr([(field.id, field.read(record)) for field in eve.fields(kind)]))
                seen.append(repr(vars(record)))
    (person,) = search.build_index(eve).entries
    seen.append(repr(person))
    seen.append(repr(drafts.my_drafts(eve)))
    seen.append(repr(record_log.log_of(eve, person.id)))
    notes_there = notes.notes_of(eve, person.id)
    assert not [text for text in seen if SECRET in text]
    assert any(NAME in text for text in seen), "the search would find what is readable"
    closed = next(note for note in notes_there if note.kind == kind_in(Compartment.CLINICAL))
    assert eve.field(notes.Note, "clinical_text").read(closed) is CLOSED
    there = services.services_of(eve, person.id)
    assert {eve.field(services.Service, "clinical_note").read(one) for one in there} == {CLOSED}
    assert {one.team_note for one in there} == {"Came in time", None}, "what is for the team is read"


def test_errors_of_a_missing_key_quote_nothing(eve: Desk) -> None:
    (person,) = search.build_index(eve).entries
    closed = next(n for n in notes.notes_of(eve, person.id) if n.kind == kind_in(Compartment.CLINICAL))
    attempts = (
        lambda: closed.clinical_text,
        lambda: notes.change_note(eve, closed, clinical_text="mine"),
        lambda: notes.change_note(eve, closed, kind=kind_in(Compartment.CASE)),
        lambda: notes.archive_note(eve, closed.id),
        lambda: eve.vault.ring.open(Compartment.CLINICAL, "note.clinical_text", closed.id, bytes(99)),
    )
    for attempt in attempts:
        with pytest.raises(ShelterDeskError) as told:
            attempt()
        assert isinstance(told.value, NoKey)
        assert SECRET not in repr(told.value) + told.value.text()


def test_guesses_of_names_cannot_be_tried_without_the_key_of_names(
    desk: Desk, vault_folder: Path, clock: Clock
) -> None:
    admit_eve(desk.vault, Compartment.HOUSE)
    secret = desk.vault.fold_key()
    lock_desk(desk, "asked")
    eve = as_eve(vault_folder, clock)
    with pytest.raises(NoKey):
        eve.vault.fold_key()
    with eve.vault.connection() as connection:
        (kept,) = connection.execute("SELECT value FROM vault_state WHERE name = 'fold_key'").fetchone()
    assert secret.hex() not in kept
    assert Keys(eve, Table("list", 1, (), ()), ColumnMapping(()))._secret != secret, "nobody is known again"
    eve.close()


@pytest.mark.parametrize("compartment", [None, "case"])
def test_an_own_field_cannot_be_moved_to_another_compartment(
    desk: Desk, vault_folder: Path, clock: Clock, compartment: str | None
) -> None:
    house_settings.add_own_field(desk, "person", "Scale", Kind.TEXT, Compartment.CLINICAL)
    lock_desk(desk, "asked")
    tamper(vault_folder, lambda c: c.execute("UPDATE own_field SET compartment = ?", (compartment,)))
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    assert again.own_fields == {}, "what a psychologist types must not go where Eve reads"
    lock_desk(again, "asked")
    assert found_in(vault_folder)


def test_an_own_field_of_free_text_is_always_sealed(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    house_settings.add_own_field(desk, "person", "Size", Kind.NUMBER, None)
    lock_desk(desk, "asked")
    tamper(vault_folder, lambda c: c.execute("UPDATE own_field SET kind = 'long_text'"))
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    assert again.own_fields == {}
    again.close()


def test_clear_text_beside_a_seal_is_not_taken_for_it(desk: Desk, vault_folder: Path, clock: Clock) -> None:
    own = house_settings.add_own_field(desk, "person", "Scale", Kind.TEXT, Compartment.CLINICAL)
    person = people.add_person(desk, short_name="Ay", **{own.attribute: "true words"})
    draft_id = new_id()
    values = {"kind": kind_in(Compartment.CLINICAL), "clinical_text": "true words"}
    drafts.keep_draft(desk, draft_id, "note", new_id(), values, person_id=person.id)
    lock_desk(desk, "asked")

    def forge(connection: object) -> None:
        connection.execute("UPDATE extra_values SET sealed = NULL, value = 'forged'")  # type: ignore[attr-defined]
        connection.execute(  # type: ignore[attr-defined]
            "UPDATE draft_field SET sealed = NULL, compartment = NULL, value = 'forged' WHERE sealed IS NOT NULL"
        )

    tamper(vault_folder, forge)
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    with again.read() as db:
        record = db.get_one(Person, person.id, options=whole(Person))
        with pytest.raises(SealBroken):
            record.extra(again.field(Person, own.attribute))
    (draft,) = drafts.my_drafts(again)
    assert draft.values == {"kind": kind_in(Compartment.CLINICAL)}
    lock_desk(again, "asked")
    assert found_in(vault_folder)
