"""What a list would change about people on file: field by field, old and new, taken only where somebody ticks it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk import what_happened
from shelterdesk.access import Right, require
from shelterdesk.errors import Problems
from shelterdesk.exchange.kinds import KEPT_AS_WRITTEN, NOTE_FIELDS, PERSON, SINGLE, known_by
from shelterdesk.exchange.people_import import add_stage
from shelterdesk.fields import CLOSED, Field, Kind, check
from shelterdesk.names import names_for
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import with_day
from shelterdesk.placements import Placement
from shelterdesk.records import UNANSWERED, fill, with_standing_values
from shelterdesk.same_person import current_id, same_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Record, whole
from shelterdesk.schema.blocks import in_blocks
from shelterdesk.schema.types import new_id

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

_STANDS_NOW: Final[Mapping[str, str]] = {
    "status_since": "status",
    "phase_since": "phase",
    "worker_since": "member_id",
    "risk_since": "level",
}
"""Kinds of which a list of people says how it stands today, and the attribute that says it."""


@dataclass(frozen=True)
class Change:
    """One thing to tick: a field of an entry on file, or a whole entry that is added to somebody on file."""

    number: int
    row: int
    person_id: UUID
    code: str
    kind: str
    record_id: UUID
    field: Field | None
    """None where the whole entry is new."""
    before: Any
    values: Mapping[str, Any]
    old: str
    new: str
    parents: Mapping[str, UUID]


@dataclass(frozen=True)
class Taken:
    """What was done with the changes that were ticked."""

    done: tuple[Change, ...] = ()
    overtaken: tuple[Change, ...] = ()
    """Left alone, because somebody changed the same meanwhile or the rest of the entry no longer allows it."""


class OnFileRecords:
    """The entries of people on file, read for as many of them at once as are asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._found: dict[tuple[str, UUID], list[Record]] = {}
        self._read: dict[str, set[UUID]] = {}

    def read(self, db: Session, kind: type[Record], people: Iterable[UUID]) -> None:
        """Read what *people* have of *kind*, those records included that were merged into theirs."""
        known = self._read.setdefault(kind.__tablename__, set())
        wanted = sorted({one for person in people for one in same_person(self._desk, person)} - known)
        known |= set(wanted)
        owner: Any = kind.__table__.c["id" if kind.__tablename__ == PERSON else "person_id"]
        for block in in_blocks(wanted):
            query = select(kind).where(owner.in_(block))
            if kind.__tablename__ != PERSON:
                query = query.where(kind.archived_at.is_(None))
            for record in db.scalars(query.options(*whole(kind)).order_by(kind.created_at, kind.id)):
                whose = record.id if kind.__tablename__ == PERSON else getattr(record, "person_id")  # noqa: B009
                self._found.setdefault((kind.__tablename__, current_id(self._desk, whose)), []).append(record)

    def of(self, kind: str, person_id: UUID) -> list[Record]:
        """Return what was read of *kind* for one person, in the order it was made."""
        return self._found.get((kind, person_id), [])


class Comparison:
    """Compares what rows say with what is on file, and collects the changes in the order of the rows."""

    def __init__(self, desk: Desk, records: OnFileRecords) -> None:
        self._desk, self._records = desk, records
        self.changes: list[Change] = []
        self._names: dict[str, Mapping[UUID, str]] = {}
        self._claimed: set[UUID] = set()

    def person(self, row: int, person_id: UUID, values: Mapping[str, Any], left: Collection[str]) -> None:
        """Compare what a row says of a person herself; attributes in *left* were not said but worked out."""
        found = self._records.of(PERSON, person_id)
        if found:
            shut = set[str]() if what_happened.is_open(self._desk, person_id) else _shut()
            kept = {name: value for name, value in values.items() if name not in left and name not in shut}
            self._fields(row, found[0], kept, person_id)

    def entry(
        self,
        row: int,
        kind: str,
        person_id: UUID,
        values: Mapping[str, Any],
        parents: Mapping[str, UUID] | None = None,
        record_id: UUID | None = None,
    ) -> UUID | None:
        """Compare one entry; return which one on file it is, or None where it would be added as *record_id*."""
        said = {attribute: value for attribute, value in values.items() if attribute != UNANSWERED}
        found = self._same(kind, said, self._records.of(kind, person_id))
        if found is None:
            self._new(row, kind, person_id, values, parents, record_id)
            return None
        self._claimed.add(found.id)
        if kind not in KEPT_AS_WRITTEN:
            kept = {name: value for name, value in said.items() if f"{kind}.{name}" not in NOTE_FIELDS}
            self._fields(row, found, kept, person_id)
        return found.id

    def standing(
        self, row: int, kind: str, person_id: UUID, values: Mapping[str, Any], since: date, *, dated: bool
    ) -> None:
        """Compare how something stands today; another state is a row of its own from *since* on."""
        attribute = _STANDS_NOW.get(kind)
        if attribute is None or dated:
            self.entry(row, kind, person_id, values)
            return
        days: Any = RECORDS[kind].__table__.c["since"].key
        held = sorted(self._records.of(kind, person_id), key=lambda one: getattr(one, days))
        if not held or getattr(held[-1], attribute) != values.get(attribute):
            self._new(row, kind, person_id, {**values, "since": since})

    def consent(self, row: int, person_id: UUID, values: Mapping[str, Any]) -> None:
        """Compare the answer about support: another one than the newest is a consent of its own."""
        purpose, answer = values.get("purpose"), values.get("answer")
        held = [one for one in self._records.of("consent", person_id) if getattr(one, "purpose") == purpose]  # noqa: B009
        if not held or getattr(held[-1], "answer") != answer:  # noqa: B009
            self._new(row, "consent", person_id, values)

    def note(self, row: int, person_id: UUID, values: Mapping[str, Any], on: date) -> None:
        """Add a note whose words are not on file yet."""
        if self._same("note", values, self._records.of("note", person_id)) is None:
            self._new(row, "note", person_id, {**values, "written_on": on})

    # --- which entry ----------------------------------------------------------------------------------------------

    def _same(self, kind: str, said: Mapping[str, Any], held: Sequence[Record]) -> Record | None:
        free = [one for one in held if one.id not in self._claimed]
        fields = {one.attribute: one for one in self._desk.fields(RECORDS[kind])}
        compared = {name: value for name, value in said.items() if name in fields}
        for one in free:
            if all(agree(_standing(one, fields[name]), value) for name, value in compared.items()):
                return one
        names = known_by(kind)
        if kind in SINGLE:
            return free[0] if len(free) == 1 else None
        if not names:
            return None
        asked = [name for name in names if compared.get(name) is not None]
        alike = [
            one for one in free if asked and all(agree(_standing(one, fields[name]), said[name]) for name in asked)
        ]
        return alike[0] if len(alike) == 1 and kind not in KEPT_AS_WRITTEN else None

    def _fields(self, row: int, record: Record, values: Mapping[str, Any], person_id: UUID) -> None:
        kind = record.__tablename__
        companions = {one.companion for one in self._desk.fields(type(record)) if one.companion}
        for one in self._desk.fields(type(record)):
            if one.attribute not in values or one.attribute in companions:
                continue
            said, before = values[one.attribute], one.read(record)
            if one.companion:
                said, before = with_day(said, values.get(one.companion)), _standing(record, one)
            if before is CLOSED or agree(before, said):
                continue
            change = Change(
                len(self.changes), row, person_id, self._code(person_id), kind, record.id, one, before,
                {one.attribute: said}, self._words(one, before), self._words(one, said), {},
            )  # fmt: skip
            self.changes.append(change)

    def _new(
        self,
        row: int,
        kind: str,
        person_id: UUID,
        values: Mapping[str, Any],
        parents: Mapping[str, UUID] | None = None,
        record_id: UUID | None = None,
    ) -> None:
        fields = self._desk.fields(RECORDS[kind])
        words = [
            self._words(one, values[one.attribute])
            for one in fields
            if values.get(one.attribute) not in (None, frozenset()) and one.kind is not Kind.FLAG
        ]
        change = Change(
            len(self.changes), row, person_id, self._code(person_id), kind, record_id or new_id(), None, None,
            dict(values), "", " · ".join(one for one in words if one), dict(parents or {}),
        )  # fmt: skip
        self.changes.append(change)

    def _words(self, one: Field, value: Any) -> str:
        if one.kind is Kind.LINK and one.target not in self._names:
            self._names[one.target] = names_for(self._desk, one.target)
        return one.show(value, None, self._names.get(one.target))

    def _code(self, person_id: UUID) -> str:
        found = self._records.of(PERSON, person_id)
        return str(getattr(found[0], "code")) if found else ""  # noqa: B009


def _standing(record: Record, one: Field) -> Any:
    """Return what stands in *record*, a date with the day that is sealed beside it."""
    value = one.read(record)
    if one.companion and isinstance(value, PartialDate):
        beside = next(field for field in type(record).declared if field.attribute == one.companion)
        return with_day(value, beside.read(record))
    return value


def _shut() -> set[str]:
    """Return the attributes of a person that are read only after what happened to her was opened."""
    return {one.attribute for one in RECORDS[PERSON].declared if one.group == what_happened.GROUP}


def agree(before: Any, said: Any) -> bool:
    """Tell whether *said* adds nothing to what stands there: the same, only less exact, or with other spaces."""
    if isinstance(before, PartialDate) and isinstance(said, PartialDate):
        less = (said.month is None or said.month == before.month) and (said.day is None or said.day == before.day)
        return before == said or (said.year == before.year and less and before.about <= said.about)
    if isinstance(before, str) and isinstance(said, str):
        return " ".join(before.split()) == " ".join(said.split())
    if said is None or said == frozenset():
        return True
    return before == said


# --- taking and taking back ---------------------------------------------------------------------------------------


def take_changes(db: Session, desk: Desk, changes: Sequence[Change]) -> Taken:
    """Put the ticked *changes* into a running write; what was changed meanwhile stays as it is now."""
    done: list[Change] = []
    overtaken: list[Change] = []
    by_record: dict[UUID, list[Change]] = {}
    staged = {change.parents.get("placement_id") for change in changes}
    numbers: Counter[tuple[str, UUID | None]] = Counter()
    for change in changes:
        if change.field is None:
            kind = RECORDS[change.kind]
            more = {**change.parents, **place_among(db, kind, change.person_id, numbers)}
            record = kind(id=change.record_id, person_id=change.person_id, **more)
            db.add(record)
            fill(desk, record, change.values)
            if isinstance(record, Placement) and record.id not in staged:
                add_stage(db, desk, record)
            done.append(change)
        else:
            by_record.setdefault(change.record_id, []).append(change)
    for record_id, wanted in by_record.items():
        kind = RECORDS[wanted[0].kind]
        record = db.get_one(kind, record_id, options=whole(kind))
        fresh = [one for one in wanted if one.field is not None and _same_as_then(record, one)]
        overtaken += [one for one in wanted if one not in fresh]
        values = {name: value for one in fresh for name, value in one.values.items()}
        try:
            check(desk.fields(kind), with_standing_values(desk, record, values), desk.today())
        except Problems:
            overtaken += fresh
            continue
        fill(desk, record, values)
        done += fresh
    return Taken(tuple(done), tuple(overtaken))


def place_among(
    db: Session, kind: type[Record], person_id: UUID | None, numbers: Counter[tuple[str, UUID | None]]
) -> dict[str, int]:
    """Return the number of a new plan, or the place of a new room; *numbers* keeps what a write has given out."""
    columns = kind.__table__.columns
    name = next((one for one in ("number", "position") if one in columns), None)
    if name is None:
        return {}
    key = (kind.__tablename__, person_id)
    if key not in numbers:
        last = select(func.max(columns[name]))
        if person_id is not None:
            last = last.where(columns["person_id"] == person_id)
        given = db.execute(last).scalar_one()
        numbers[key] = given if given is not None else 0 if name == "number" else -1
    numbers[key] += 1
    return {name: numbers[key]}


def take_back(desk: Desk, taken: Taken) -> int:
    """Undo what an import changed about people on file; return how many changes. What was changed since then stays.

    Entries that were added are archived, values become what they were; the log keeps both.
    """
    require(desk, Right.IMPORT_PEOPLE)
    undone = 0
    with desk.write(Act.UNDO_IMPORT) as db:
        for change in taken.done:
            kind = RECORDS[change.kind]
            record = db.get_one(kind, change.record_id, options=whole(kind))
            if change.field is None:
                record.archived_at = desk.now()
                undone += 1
            elif agree(_standing(record, change.field), change.values[change.field.attribute]):
                fill(desk, record, {change.field.attribute: change.before})
                undone += 1
    return undone


def _same_as_then(record: Record, change: Change) -> bool:
    assert change.field is not None
    return _standing(record, change.field) == change.before


def may_compare(desk: Desk, kind: str, person_id: UUID) -> bool:
    """Tell whether what stands on file of *kind* may be shown now: no reason is asked for, or it was given."""
    if person_id in desk.sight.asks_why:
        return False
    return kind not in what_happened.KINDS or what_happened.is_open(desk, person_id)
