"""People as a table: columns of one's choice, and acts on several of them at once, each of which can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from shelterdesk import vocab, what_happened
from shelterdesk.access import Right, require
from shelterdesk.bed_use import bed_names
from shelterdesk.desk import Desk
from shelterdesk.fields import Field, Kind, says
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, StatusSince, WorkerSince, current_on
from shelterdesk.reach import Reach, reach_of, require_reach
from shelterdesk.residents import ListRow
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import whole
from shelterdesk.stays import Stay

USUAL_COLUMNS: Final = ("name", "code", "days_here", "bed", "worker", "phase", "next_step")
"""What a table shows until somebody chooses."""
NO_COLUMNS: Final = frozenset({"person.code", "person.short_name"})
"""Fields that are columns of their own already."""
_LONGEST: Final = 500
"""Ids named in one query; more are read as a whole."""


@dataclass(frozen=True)
class Facts:
    """What the table tells of one person besides her row; empty where the reader may not see it."""

    phase: str | None = None
    status: str | None = None
    bed: str = ""
    arrived_on: date | None = None
    age: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """Values of fields of the person, by field id."""


def columns_of(desk: Desk) -> tuple[Field, ...]:
    """Return the fields of a person that may stand in a column: short ones whose key the reader holds."""
    require(desk, Right.SEE_HOUSE)
    if not desk.may(Right.SEE_RECORDS):
        return ()
    told = what_happened.without_it(desk.writable(desk.fields(Person)))
    fitting = (one for one in told if one.kind is not Kind.LONG_TEXT)
    beside = {one.companion for one in Person.declared if one.companion}
    return tuple(
        one for one in fitting if one.id not in NO_COLUMNS and not one.sensitive and one.attribute not in beside
    )


def facts_of(desk: Desk, rows: Sequence[ListRow], columns: Iterable[str]) -> dict[UUID, Facts]:
    """Return what *columns* need of the people in *rows*. A record that asks why tells nothing until it was opened."""
    require(desk, Right.SEE_HOUSE)
    wanted = set(columns)
    fields = [one for one in columns_of(desk) if one.id in wanted]
    today, ids = desk.today(), [row.id for row in rows]
    asked = None if len(ids) > _LONGEST else ids
    phases: dict[UUID, str] = {}
    statuses: dict[UUID, str] = {}
    arrived: dict[UUID, date] = {}
    people: dict[UUID, Person] = {}
    with desk.read() as db:
        if desk.may(Right.SEE_RECORDS):
            if "phase" in wanted:
                phases = current_on(db, PhaseSince, "phase", today, asked)
            if "status" in wanted:
                statuses = current_on(db, StatusSince, "status", today, asked)
        if "arrived_on" in wanted:
            stays = select(Stay.person_id, Stay.arrived_on).where(Stay.archived_at.is_(None)).order_by(Stay.arrived_on)
            arrived = {row[0]: row[1] for row in db.execute(stays)}
        if fields or "age" in wanted:
            query = select(Person).options(*whole(Person))
            found = db.scalars(query if asked is None else query.where(Person.id.in_(ids)))
            people = {one.id: one for one in found}
    beds = bed_names(desk, ids, today) if "bed" in wanted else {}
    open_to_me = {one for one in ids if one not in desk.restricted or reach_of(desk, one) is Reach.OPEN}
    return {
        one: Facts(
            phases.get(one) if one in open_to_me else None,
            statuses.get(one) if one in open_to_me else None,
            beds.get(one, ""),
            arrived.get(one),
            _age(people.get(one), today) if one in open_to_me else None,
            _values(people.get(one), fields) if one in open_to_me else {},
        )
        for one in ids
    }


def assign_all(desk: Desk, people: Iterable[UUID], member_id: UUID | None) -> Callable[[], None]:
    """Make *member_id* the worker of all *people* from today on, all or nobody; return what takes it back.

    Raises RecordClosed and NeedsReason for whom the reader does not reach.
    """
    require(desk, Right.CASE_WORK)
    chosen = list(dict.fromkeys(people))
    for person_id in chosen:
        require_reach(desk, person_id)
    with desk.write(Act.ASSIGN_WORKER) as db:
        now = current_on(db, WorkerSince, "member_id", desk.today(), chosen)
        added = [
            WorkerSince(person_id=one, since=desk.today(), member_id=member_id)
            for one in chosen
            if now.get(one) != member_id
        ]
        db.add_all(added)
    ids = [one.id for one in added]

    def take_back() -> None:
        require(desk, Right.CASE_WORK)
        with desk.write(Act.UNDO) as again:
            for row in again.scalars(select(WorkerSince).where(WorkerSince.id.in_(ids))):
                row.archived_at = desk.now()

    return take_back


def column_label(desk: Desk, column: str) -> str:
    """Return the message id of the heading of a column; empty for one the reader has not."""
    if column in vocab.PEOPLE_COLUMNS:
        found = vocab.PEOPLE_COLUMNS.get(column)
        return found.label if found else ""
    return next((one.label for one in columns_of(desk) if one.id == column), "")


def _values(person: Person | None, fields: Sequence[Field]) -> dict[str, Any]:
    if person is None:
        return {}
    return {one.id: value for one in fields if says(value := one.read(person))}


def _age(person: Person | None, today: date) -> int | None:
    born = person.birth if person is not None else None
    return born.age_on(today) if born is not None else None
