"""The table of roles in the security design, tried at the core: each role, each right, each compartment."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from sqlalchemy import inspect

from shelterdesk import (
    access,
    arrivals,
    notes,
    people,
    person_reading,
    search,
    stays,
    today,
)
from shelterdesk.access import ROLE_COMPARTMENTS, ROLE_RIGHTS, Right, Role
from shelterdesk.desk import Desk
from shelterdesk.errors import NoKey, NotAllowed, Problems, StaleRecord
from shelterdesk.fields import CLOSED, Kind
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, whole
from shelterdesk.vault import Compartment
from tests.core.access_acts import EVERY, WRITES
from tests.core.access_stock import HOUSE, KEYS, Stock
from tests.core.seats import seat


def test_the_program_gives_the_keys_of_the_table() -> None:
    assert {role: set(keys) for role, keys in ROLE_COMPARTMENTS.items()} == KEYS
    assert set(ROLE_RIGHTS) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_each_role_does_what_its_row_says_and_nothing_else(desk: Desk, stock: Stock, role: Role) -> None:
    allowed: set[str] = set()
    mine = seat(desk, role)
    for name, (attempt, _roles) in EVERY.items():
        try:
            # What an earlier attempt of this role changed may stand in the way; that is no question of rights.
            with suppress(Problems, StaleRecord):
                attempt(mine, stock)
            allowed.add(name)
        except NotAllowed:
            continue
    assert allowed == {name for name, (_attempt, roles) in EVERY.items() if role in roles}


@pytest.mark.parametrize("name", WRITES)
def test_every_write_works_for_who_may(desk: Desk, stock: Stock, name: str) -> None:
    attempt, roles = WRITES[name]
    if name in ("stays.add_stay", "arrivals.take_in with a stay", "room_beds.set_beds", "room_beds.give_up_room"):
        stays.close_stay(desk, stock.stay, left_on=desk.today(), leaving_reason="own_choice")
    attempt(seat(desk, min(roles - {Role.DIRECTOR} or roles)), stock)


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_its_compartments_and_no_other(desk: Desk, stock: Stock, role: Role) -> None:
    """Every sealed field of every record, filled by who holds all keys, read with the keys of one role."""
    with desk.write(Act.INVENT) as db:
        for kind in RECORDS.values():
            if not kind.__module__.startswith("shelterdesk."):
                continue
            for record in db.query(kind).options(*whole(kind)):
                for field in kind.declared:
                    if field.compartment is not None:
                        field.write(
                            record,
                            {Kind.NUMBER: 7, Kind.MONEY: 7, Kind.DAY: date(2026, 12, 3)}.get(field.kind, "words"),
                        )
    mine = seat(desk, role)
    seen: set[Compartment] = set()
    closed: set[Compartment] = set()
    with mine.read() as db:
        for kind in RECORDS.values():
            if kind.__module__.startswith("shelterdesk."):
                for record in db.query(kind).options(*whole(kind)):
                    for field in (one for one in kind.declared if one.compartment is not None):
                        assert field.compartment is not None
                        (closed if field.read(record) is CLOSED else seen).add(field.compartment)
    assert seen == KEYS[role]
    assert closed == set(Compartment) - KEYS[role]
    assert mine.vault.ring.compartments == KEYS[role]


@pytest.mark.parametrize("role", Role)
def test_nobody_writes_what_they_cannot_read(desk: Desk, stock: Stock, role: Role) -> None:
    mine = seat(desk, role)
    texts = [
        (record, field)
        for record in vars(stock).values()
        if inspect(record, raiseerr=False) is not None
        for field in type(record).declared
        if field.compartment is not None
    ]
    assert {field.compartment for _record, field in texts} == set(Compartment)
    for record, field in texts:
        assert field.compartment is not None
        value = {Kind.NUMBER: 8, Kind.MONEY: 8, Kind.DAY: date(2026, 12, 4)}.get(field.kind, "new words")
        if field.compartment in KEYS[role]:
            _write(mine, record, field, value)
        else:
            with pytest.raises(NoKey):
                _write(mine, record, field, value)
            assert field not in mine.writable(mine.fields(type(record)))


def _write(desk: Desk, record: Any, field: Any, value: Any) -> None:
    with desk.write(Act.UNDO) as db:
        field.write(db.get_one(type(record), record.id, options=whole(type(record))), value)


def test_roles_add_up_and_unknown_roles_give_nothing() -> None:
    both = access.rights_of(["reception", "reporting_officer"])
    assert both == ROLE_RIGHTS[Role.RECEPTION] | ROLE_RIGHTS[Role.REPORTING_OFFICER]
    assert access.rights_of(["emperor", ""]) == frozenset()
    assert access.rights_of([role.value for role in Role]) == frozenset(Right)


@pytest.mark.parametrize("role", Role)
def test_pages_for_everybody_work_for_every_role(desk: Desk, stock: Stock, role: Role) -> None:
    mine = seat(desk, role)
    read = today.read_today(mine)
    index = search.build_index(mine)
    found = {entry.name for entry in index.entries}
    if role in HOUSE:
        assert read.people_on_file == 1
        assert found == {"Ay"}
    else:
        assert read.beds == ()
        assert found == set()


def test_reception_takes_in_without_a_legal_name(desk: Desk, stock: Stock) -> None:
    reception = seat(desk, Role.RECEPTION)
    asked = {field.attribute for field in reception.writable(reception.fields(people.Person))}
    assert "given_names" not in asked
    assert "birth_day" not in asked
    made = arrivals.take_in(reception, {"short_name": "Nur", "gender": "woman"}, referral={"source": "police"})
    assert person_reading.person_by_code(desk, made.code).short_name == "Nur"
    for values in ({"given_names": "Nuray"}, {"document_number": "AA1"}):
        with pytest.raises(NoKey):
            arrivals.take_in(reception, values)
    with pytest.raises(NoKey):
        arrivals.take_in(reception, {}, referral={"organisation": "Police of Baku"})
    arrivals.take_back(reception, made.id)
    with pytest.raises(NotAllowed):
        arrivals.take_back(reception, stock.person.id)


def test_a_note_belongs_to_who_holds_its_key(desk: Desk, stock: Stock) -> None:
    written = notes.add_note(
        desk, stock.person.id, kind="psychological", written_on=desk.today(), clinical_text="words"
    )
    nurse = seat(desk, Role.NURSE)
    assert notes.kinds_for(nurse) == ["house", "health", "work"]
    for attempt in (
        lambda: notes.add_note(nurse, stock.person.id, kind="psychological", written_on=nurse.today()),
        lambda: notes.change_note(nurse, written, written_on=nurse.today()),
        lambda: notes.change_note(nurse, stock.note, kind="psychological"),
        lambda: notes.archive_note(nurse, written.id),
    ):
        with pytest.raises(NoKey):
            attempt()
    notes.archive_note(seat(desk, Role.PSYCHOLOGIST), written.id)
