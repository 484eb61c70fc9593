"""Every field everywhere: whatever is declared once can be read, written, sealed, logged, drafted and listed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import Boolean, Date, Integer, LargeBinary, String, Time

from shelterdesk import drafts, features, people
from shelterdesk.desk import Desk
from shelterdesk.fields import Field, Kind
from shelterdesk.partial_date import PartialDate
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Record, whole
from shelterdesk.schema.columns import Choices, Sealed
from shelterdesk.schema.types import Id, PartialDay, new_id
from shelterdesk.vault import Compartment

KINDS = [kind for kind in RECORDS.values() if kind.__module__ in {module.__name__ for module in features.MODULES}]
FIELDS = [(kind, field) for kind in KINDS for field in kind.declared]
COUNTED_TEXT = {"person.code", "site.code", "project.code"}
"""Short codes the program or the shelter gives out; nothing else may be text and not sealed."""
COLUMNS: dict[Kind, type[Any]] = {
    Kind.TEXT: String,
    Kind.DAY: Date,
    Kind.PARTIAL_DATE: PartialDay,
    Kind.TIME: Time,
    Kind.CHOICE: String,
    Kind.FLAG: Boolean,
    Kind.NUMBER: Integer,
    Kind.MINUTES: Integer,
    Kind.MONEY: Integer,
    Kind.LINK: Id,
}


def name_of(one: object) -> str:
    return one.id if isinstance(one, Field) else getattr(one, "__tablename__", "")


def a_value(field: Field, link: Any = None) -> Any:
    """Return some value *field* may hold."""
    match field.kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            return "Xatirə-4711"
        case Kind.DAY:
            return date(2026, 3, 2)
        case Kind.PARTIAL_DATE:
            return PartialDate(1994, 5)
        case Kind.TIME:
            return time(9, 15)
        case Kind.CHOICE:
            assert field.choices is not None
            return next(iter(field.choices)).code
        case Kind.CHOICES:
            assert field.choices is not None
            return frozenset([code.code for code in field.choices][:2])
        case Kind.FLAG:
            return True
        case Kind.LINK:
            return link or new_id()
        case _:
            return 3


def test_every_module_with_records_is_a_feature() -> None:
    missing = {
        kind.__module__ for kind in RECORDS.values() if kind.__module__.startswith("shelterdesk.") and kind not in KINDS
    }
    assert missing == set()
    assert len(FIELDS) > 100


def test_ids_are_permanent_unique_and_say_where_they_belong() -> None:
    ids = Counter(field.id for _kind, field in FIELDS)
    assert [field_id for field_id, times in ids.items() if times > 1] == []
    for kind, field in FIELDS:
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", field.id), field.id
        assert field.record == kind.__tablename__, field.id
        assert len(field.id) <= 80


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=name_of)
def test_a_field_is_declared_whole(kind: type[Record], field: Field) -> None:
    assert field.label.strip() == field.label != ""
    assert field.attribute
    assert hasattr(kind, field.attribute)
    assert (field.choices is not None) == (field.kind in (Kind.CHOICE, Kind.CHOICES))
    assert (field.target != "") == (field.kind is Kind.LINK)
    if field.companion:
        day = next(one for one in kind.declared if one.attribute == field.companion)
        assert day.compartment is not None
    if field.standard:
        assert re.match(r"(HTCDS|GBVIMS) \S+", field.standard)


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=name_of)
def test_free_text_is_sealed_and_counted_facts_are_not(kind: type[Record], field: Field) -> None:
    descriptor = vars(kind)[field.attribute]
    if isinstance(descriptor, Sealed):
        assert isinstance(field.compartment, Compartment)
        assert isinstance(kind.__table__.c[descriptor.column].type, LargeBinary)
        return
    assert field.compartment is None
    assert field.kind is not Kind.LONG_TEXT
    if field.kind is Kind.TEXT:
        assert field.id in COUNTED_TEXT
    if not isinstance(descriptor, Choices):
        assert isinstance(kind.__table__.c[field.attribute].type, COLUMNS[field.kind])


@pytest.mark.parametrize("kind", KINDS, ids=name_of)
def test_no_column_holds_text_that_is_no_field(kind: type[Record]) -> None:
    declared = {field.attribute for field in kind.declared}
    text_columns = {column.key for column in kind.__table__.columns if isinstance(column.type, String)}
    assert text_columns <= declared


def test_the_desk_gives_every_field_in_order(desk: Desk) -> None:
    for kind in KINDS:
        assert desk.fields(kind) == kind.declared
        assert desk.writable(desk.fields(kind)) == kind.declared, "the maker of a vault holds every key"
        for field in kind.declared:
            assert desk.field(kind, field.attribute) == field


def test_every_field_is_written_read_logged_and_drafted(desk: Desk) -> None:
    """All fields of one record of each kind, through one write, and each of them once more alone."""
    person = people.add_person(desk)
    made: dict[str, Record] = {"person": person, "member": person}
    for kind in sorted(KINDS, key=lambda one: (one.__tablename__ == "person", _depth(one))):
        record = _new(kind, made)
        values = {field.attribute: a_value(field, _linked(field, made)) for field in kind.declared}
        with desk.write(Act.INVENT) as db:
            db.add(record)
            for field in kind.declared:
                field.write(record, values[field.attribute])
        made[kind.__tablename__] = record
        with desk.read() as db:
            kept = db.get_one(kind, record.id, options=whole(kind))
        with desk.read() as db:
            (row,) = [one for one in log_reading.logged(db, limit=50) if one.record_id == record.id]
        logged = {change.field_id: change.after for change in row.changes}
        drafts.keep_draft(desk, new_id(), kind.__tablename__, new_id(), values)
        drafted = drafts.my_drafts(desk)[0].values
        for field in kind.declared:
            value = values[field.attribute]
            assert field.read(kept) == value, field.id
            assert logged[field.id] == field.encode(value), field.id
            assert field.decode(logged[field.id]) == value, field.id
            assert drafted[field.attribute] == value, field.id
            if field.kind is not Kind.LINK:
                assert field.show(value, "en"), field.id
        drafts.drop_draft(desk, drafts.my_drafts(desk)[0].id)
        with desk.write(Act.INVENT) as db:
            again = db.get_one(kind, record.id, options=whole(kind))
            for field in kind.declared:
                if not _needed(kind, field):
                    field.write(again, None)
        with desk.read() as db:
            emptied = db.get_one(kind, record.id, options=whole(kind))
            for field in kind.declared:
                if not _needed(kind, field):
                    assert not field.read(emptied), field.id


def _needed(kind: type[Record], field: Field) -> bool:
    column = kind.__table__.columns.get(field.attribute)
    return column is not None and not column.nullable


def _depth(kind: type[Record]) -> int:
    keys = [key for key in kind.__table__.foreign_keys if key.column.table is not kind.__table__]
    return 1 + max((_depth(RECORDS[key.column.table.name]) for key in keys), default=0)


def _linked(field: Field, made: dict[str, Record]) -> Any:
    return made[field.target].id if field.target in made else None


def _new(kind: type[Record], made: dict[str, Record]) -> Record:
    bare: dict[str, Any] = {}
    for column in kind.__table__.columns:
        for key in column.foreign_keys:
            if not column.nullable:
                bare[column.key] = made[key.column.table.name].id
        if column.key in ("number", "position"):
            bare[column.key] = 7
    return kind(**bare)
