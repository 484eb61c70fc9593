"""Finding rows of the log: by person, kind of record, act, colleague and days, newest first, a page at a time.

A page begins after a number, so the last page of a long log is found as quickly as the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from shelterdesk.schema.history import BEFORE_SITTING_DOWN, LogRow

_FEW: Final = 5000
"""So many rows are counted to find out which condition leaves the fewest."""


@dataclass(frozen=True)
class Wanted:
    """Which rows; what is left out of it is not asked for. *until* is the first moment no longer wanted."""

    people: tuple[UUID, ...] = ()
    """The records of one person: hers, and those that were merged into it."""
    record: str = ""
    acts: frozenset[str] = field(default=frozenset[str]())
    member_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class _Condition:
    """One column with the values that are wanted of it."""

    column: InstrumentedAttribute[Any]
    values: tuple[Any, ...]

    def walked(self) -> ColumnElement[bool]:
        """Return the condition for walking the index of its column."""
        return self.column.in_(self.values)

    def compared(self) -> ColumnElement[bool]:
        """Return the condition for comparing row by row: wrapped, no index of its column is walked."""
        return func.coalesce(self.column, self.column).in_(self.values)


def numbers(db: Session, wanted: Wanted, *, limit: int, before: int | None = None) -> Sequence[int]:
    """Return the numbers of up to *limit* rows, newest first; *before* goes on after a page."""
    span = _span(db, wanted)
    if span is None:
        return []
    conditions = [*span, *_moments(wanted)]
    if before is not None:
        conditions.append(LogRow.number < before)
    asked = _conditions(wanted)
    narrowest = _narrowest(db, asked, span)
    conditions += [one.walked() if one is narrowest else one.compared() for one in asked]
    if wanted.member_id is not None:
        # The program writes these for whoever is about to sign in, and that is nobody's act.
        conditions.append(LogRow.act.not_in(BEFORE_SITTING_DOWN))
    query = select(LogRow.number).where(*conditions).order_by(LogRow.number.desc()).limit(limit)
    return db.scalars(query).all()


def rows(db: Session, found: Sequence[int]) -> Sequence[LogRow]:
    """Return the rows with these numbers, newest first."""
    return db.scalars(select(LogRow).where(LogRow.number.in_(found)).order_by(LogRow.number.desc())).all()


def _moments(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(LogRow.at >= wanted.since)
    if wanted.until is not None:
        found.append(LogRow.at < wanted.until)
    return found


def _span(db: Session, wanted: Wanted) -> list[ColumnElement[bool]] | None:
    """Return between which numbers the wanted moments lie, None where there is none.

    The clock may have been set back, so numbers and moments do not always grow together; the numbers only narrow.
    """
    moments = _moments(wanted)
    if not moments:
        return []
    ends = db.execute(select(func.min(LogRow.number), func.max(LogRow.number)).where(*moments)).one()
    first = cast("int | None", ends[0])
    return None if first is None else [LogRow.number.between(first, ends[1])]


def _narrowest(db: Session, asked: Sequence[_Condition], span: Sequence[ColumnElement[bool]]) -> _Condition | None:
    """Return the condition that leaves the fewest rows; its index is the one to walk."""
    if len(asked) < 2:
        return asked[0] if asked else None

    def count(condition: _Condition) -> int:
        few = select(LogRow.number).where(condition.walked(), *span).limit(_FEW).subquery()
        return db.execute(select(func.count()).select_from(few)).scalar_one()

    return min(asked, key=count)


def _conditions(wanted: Wanted) -> list[_Condition]:
    asked = [
        _Condition(LogRow.person_id, wanted.people),
        _Condition(LogRow.member_id, (wanted.member_id,) if wanted.member_id else ()),
        _Condition(LogRow.record, (wanted.record,) if wanted.record else ()),
        _Condition(LogRow.act, tuple(sorted(wanted.acts))),
    ]
    return [one for one in asked if one.values]
