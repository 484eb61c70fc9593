"""Visitors: who came for her, whether she agreed, and where they met."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_
from shelterdesk.records import add, all_of, archive, change, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, clock, day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment


def _not_before_coming(value: time, values: Mapping[str, Any]) -> str | None:
    came = values.get("came_at")
    return N_("«{label}» must be after the time the visitor came") if came is not None and value < came else None


class Visit(Record):
    """One visitor on one day."""

    __tablename__ = "visit"
    __table_args__ = (Index("ix_visit_person", "person_id", "on"), Index("ix_visit_on", "on", "archived_at"))

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    on: Mapped[date] = day("visit.on", N_("Day"), required=True)
    came_at: Mapped[time | None] = clock("visit.came_at", N_("Came at"))
    went_at: Mapped[time | None] = clock("visit.went_at", N_("Went at"), rule=_not_before_coming)
    visitor = sealed("visit.visitor", N_("Visitor"), Compartment.HOUSE, width=28)
    kind: Mapped[str | None] = choice("visit.kind", N_("Who that is"), vocab.VISITOR_KINDS)
    agreed: Mapped[str | None] = choice("visit.agreed", N_("Did she agree to see them?"), vocab.YES_NO)
    outcome: Mapped[str | None] = choice("visit.outcome", N_("How it went"), vocab.VISIT_OUTCOMES)
    words = sealed(
        "visit.words", N_("In words"), Compartment.HOUSE, help=N_("What every shift may know of it."), width=40
    )


def visits_of(desk: Desk, person_id: UUID) -> list[Visit]:
    """Return the visitors of a person, newest first."""
    require(desk, Right.SEE_HOUSE)
    return list(of_person(desk, Visit, person_id, Visit.on.desc(), Visit.came_at.desc(), Visit.created_at.desc()))


def visits_on(desk: Desk, on: date) -> list[Visit]:
    """Return the visitors of one day in the order of time, expected ones included."""
    require(desk, Right.SEE_HOUSE)
    query = select(Visit).where(Visit.on == on, Visit.archived_at.is_(None))
    with desk.read() as db:
        return all_of(db, query.order_by(Visit.came_at.is_(None), Visit.came_at, Visit.created_at), Visit)


def add_visit(desk: Desk, person_id: UUID, **values: Any) -> Visit:
    """Record a visitor, or that one is expected. Raises Problems."""
    require(desk, Right.KEEP_STAYS)
    return add(desk, Act.RECORD_VISIT, Visit(person_id=person_id), values)


def change_visit(desk: Desk, visit: Visit, **values: Any) -> Visit:
    """Change a visit as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_STAYS)
    return change(desk, Act.CHANGE_VISIT, visit, values)


def archive_visit(desk: Desk, visit_id: UUID, *, archived: bool = True) -> None:
    """Take back a visit that was recorded by mistake, or put it back."""
    require(desk, Right.KEEP_STAYS)
    archive(desk, Act.CHANGE_VISIT, Visit, visit_id, archived=archived)
