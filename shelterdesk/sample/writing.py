"""From rows to the vault, in one of two ways.

*Logged* writes records through the desk as people do: everything about every record stands in the log. *In bulk* is
for measuring with hundreds of thousands of rows: the same tables and seals, but one log row for the whole, which
says how many records came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from shelterdesk.desk import Desk
from shelterdesk.people import CodeCounter, Person, PersonCode
from shelterdesk.records import UNANSWERED
from shelterdesk.sample.rows import Row
from shelterdesk.schema.base import Base, Chosen, Record
from shelterdesk.schema.columns import Choices, Sealed

_BLOCK = 2000


def write_logged(db: Session, rows: Iterable[Row]) -> None:
    """Add the records of *rows* to a running write."""
    for row in rows:
        declared = {field.attribute: field for field in row.kind.declared}
        bare = {name: value for name, value in row.values.items() if name not in declared and name != UNANSWERED}
        record = row.kind(id=row.id, created_at=row.at, created_by=row.by, **bare)
        db.add(record)
        for attribute, value in row.values.items():
            if attribute in declared:
                declared[attribute].write(record, value)
        if row.values.get(UNANSWERED):
            record.unanswered = row.values[UNANSWERED]
        if isinstance(record, Person):
            db.add(PersonCode(person_id=record.id, code=record.code, site="", current=True))


def write_counters(db: Session, counters: Mapping[int, int]) -> None:
    """Leave the counters of codes where the next person will continue."""
    db.add_all(CodeCounter(year=year, last=last) for year, last in counters.items())


class Bulk:
    """Collects rows by table and writes them in blocks inside a running write."""

    def __init__(self, desk: Desk, db: Session) -> None:
        self._desk = desk
        self._db = db
        self._waiting: dict[type[Base], list[dict[str, Any]]] = {}
        self._shapes: dict[type[Record], Shape] = {}
        self.count = 0

    def add(self, rows: Iterable[Row]) -> None:
        """Take *rows*; full blocks are written at once."""
        for row in rows:
            shape = self._shapes.get(row.kind) or self._shapes.setdefault(row.kind, Shape(row.kind))
            self._put(row.kind, shape.columns_of(row, self._desk))
            for field_id, codes in shape.choices_of(row):
                for code in sorted(codes):
                    self._put(Chosen, {"record_id": row.id, "field_id": field_id, "code": code})
            if row.kind is Person:
                code = row.values["code"]
                self._put(PersonCode, {"person_id": row.id, "code": code, "site": "", "current": True})
            self.count += 1

    def finish(self) -> None:
        """Write what is left."""
        for kind in list(self._waiting):
            self._write(kind)

    def _put(self, kind: type[Base], columns: dict[str, Any]) -> None:
        waiting = self._waiting.setdefault(kind, [])
        waiting.append(columns)
        if len(waiting) >= _BLOCK:
            self._write(kind)

    def _write(self, kind: type[Base]) -> None:
        rows = self._waiting.pop(kind, [])
        if rows:
            self._db.execute(insert(kind.__table__), rows)  # pyright: ignore[reportArgumentType]


class Shape:
    """How the values of one kind of record become columns."""

    def __init__(self, kind: type[Record]) -> None:
        self._empty: dict[str, Any] = {column.name: None for column in kind.__table__.columns}
        self._plain: list[str] = []
        self._sealed: list[tuple[str, Sealed]] = []
        self._choices: list[tuple[str, str]] = []
        for name, value in vars(kind).items():
            if isinstance(value, Sealed):
                self._sealed.append((name, value))
            elif isinstance(value, Choices):
                self._choices.append((name, value.field.id))
        self._plain = [name for name in self._empty if not name.endswith("_sealed")]

    def columns_of(self, row: Row, desk: Desk) -> dict[str, Any]:
        """Return the columns of *row*, its texts sealed."""
        values = row.values
        columns = dict(self._empty)
        for name in self._plain:
            if name in values:
                columns[name] = values[name]
        for name, sealed in self._sealed:
            spelled = sealed.field.encode(values.get(name))
            if spelled and sealed.field.compartment is not None:
                ring = desk.vault.ring
                columns[sealed.column] = ring.seal(sealed.field.compartment, sealed.field.id, row.id, spelled.encode())
        columns |= {
            "id": row.id,
            "version": 1,
            "created_at": row.at,
            "created_by": row.by,
            "unanswered": values.get(UNANSWERED) or {},
        }
        return columns

    def choices_of(self, row: Row) -> list[tuple[str, Iterable[str]]]:
        """Return the fields with several choices that have any."""
        return [(field_id, row.values[name]) for name, field_id in self._choices if row.values.get(name)]
