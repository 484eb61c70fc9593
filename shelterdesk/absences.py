"""Nights away: she still lives here and her bed is kept, but she sleeps elsewhere.

A night away stays a bed night, because the bed is hers; how many of the nights were away is told beside it. The
first night away counts, the day she is back does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import check
from shelterdesk.i18n import N_
from shelterdesk.records import all_of, apply, complete, fill, of_person
from shelterdesk.same_person import all_of_them
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.stays import Stay
from shelterdesk.vault.compartments import Compartment

_NOT_HERE = N_("She did not live here that night. Correct the day, or the stay.")
_TWICE = N_("Nights away are recorded for these days already. Correct those.")


def _not_before_since(value: date, values: Mapping[str, Any]) -> str | None:
    since = values.get("since")
    return N_("«{label}» must be after the first night away") if since is not None and value <= since else None


class Absence(Record):
    """One time away, from its first night until the day she is back."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_person", "person_id", "since", "back_on", "archived_at"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    since: Mapped[date] = day("absence.since", N_("First night away"), required=True)
    kind: Mapped[str | None] = choice("absence.kind", N_("Why away"), vocab.ABSENCE_KINDS)
    until: Mapped[date | None] = day("absence.until", N_("Expected back on"), rule=_not_before_since)
    back_on: Mapped[date | None] = day("absence.back_on", N_("Back on"), in_future=False, rule=_not_before_since)
    words = sealed(
        "absence.words",
        N_("In words"),
        Compartment.HOUSE,
        help=N_("What every shift may know: where she can be reached, what was agreed."),
        width=40,
    )


def away_that_night(on: date) -> ColumnElement[bool]:
    """Return the condition that somebody is away the night of *on*."""
    not_back = Absence.back_on.is_(None) | (Absence.back_on > on)
    return Absence.archived_at.is_(None) & (Absence.since <= on) & not_back


def away_on(desk: Desk, on: date) -> dict[UUID, Absence]:
    """Return who is away the night of *on*, by person."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        return {one.person_id: one for one in all_of(db, select(Absence).where(away_that_night(on)), Absence)}


def absences_of(desk: Desk, person_id: UUID) -> list[Absence]:
    """Return the times a person was away, newest first."""
    require(desk, Right.SEE_HOUSE)
    return list(of_person(desk, Absence, person_id, Absence.since.desc(), Absence.created_at.desc()))


def add_absence(desk: Desk, person_id: UUID, **values: Any) -> Absence:
    """Record nights away. Raises Problems where she does not live here then, or is away already."""
    require(desk, Right.KEEP_STAYS)
    check(desk.fields(Absence), complete(desk, Absence, values), desk.today())
    absence = Absence(person_id=person_id)
    with desk.write(Act.RECORD_ABSENCE) as db:
        db.add(absence)
        fill(desk, absence, values)
        _fits(db, absence)
    return absence


def change_absence(desk: Desk, absence: Absence, **values: Any) -> Absence:
    """Correct nights away as they were read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.CHANGE_ABSENCE) as db:
        current = apply(desk, db, absence, values)
        _fits(db, current)
    return current


def came_back(desk: Desk, absence: Absence, on: date) -> Absence:
    """Record that she is back; where that is the day she went, there was no night away."""
    if on <= absence.since:
        archive_absence(desk, absence.id)
        return absence
    return change_absence(desk, absence, back_on=on)


def archive_absence(desk: Desk, absence_id: UUID, *, archived: bool = True) -> None:
    """Take back what was recorded by mistake, or put it back."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.CHANGE_ABSENCE) as db:
        absence = db.get_one(Absence, absence_id)
        absence.archived_at = desk.now() if archived else None
        if not archived:
            _fits(db, absence)


def nights_away(absences: Sequence[Absence], first: date, until: date) -> int:
    """Return how many nights from *first* to before *until* fall into *absences*; none counts twice."""
    nights: set[int] = set()
    for one in absences:
        end = min(one.back_on or until, until)
        nights.update(range(max(one.since, first).toordinal(), end.toordinal()))
    return len(nights)


def _fits(db: Session, absence: Absence) -> None:
    db.flush()
    whose = all_of_them(db, [absence.person_id])
    lived = select(Stay.id).where(
        Stay.person_id.in_(whose),
        Stay.archived_at.is_(None),
        Stay.arrived_on <= absence.since,
        Stay.left_on.is_(None) | (Stay.left_on > absence.since),
    )
    if db.scalars(lived.limit(1)).first() is None:
        raise Problems([Problem("absence.since", _NOT_HERE)])
    others = select(Absence).where(
        Absence.person_id.in_(whose), Absence.id != absence.id, Absence.archived_at.is_(None)
    )
    end = absence.back_on or date.max
    for other in db.scalars(others):
        if absence.since < (other.back_on or date.max) and other.since < end:
            raise Problems([Problem("absence.since", _TWICE)])
