"""What the shelter keeps for somebody: documents, a phone, money. Taken in and handed back with day, hand and paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import check
from shelterdesk.i18n import N_
from shelterdesk.records import add, apply, archive, change, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, day, link, number, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment


def _not_before_taking(value: date, values: Mapping[str, Any]) -> str | None:
    taken = values.get("taken_on")
    return N_("«{label}» cannot be before the day it was taken in") if taken is not None and value < taken else None


class Belonging(Record):
    """One thing the shelter keeps, or kept."""

    __tablename__ = "belonging"
    __table_args__ = (Index("ix_belonging_person", "person_id", "back_on", "archived_at"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    kind: Mapped[str] = choice("belonging.kind", N_("Kind"), vocab.BELONGING_KINDS, required=True)
    what = sealed(
        "belonging.what",
        N_("What it is"),
        Compartment.HOUSE,
        help=N_("As it stands on the receipt. The number of a document belongs to her personal details."),
        width=40,
    )
    pieces: Mapped[int | None] = number("belonging.pieces", N_("How many"))
    taken_on: Mapped[date] = day("belonging.taken_on", N_("Taken in on"), required=True, in_future=False)
    taken_by: Mapped[UUID | None] = link("belonging.taken_by", N_("Taken in by"), "member")
    place = sealed(
        "belonging.place", N_("Where it is kept"), Compartment.HOUSE, example=N_("safe, envelope 12"), width=28
    )
    back_on: Mapped[date | None] = day(
        "belonging.back_on", N_("Handed back on"), in_future=False, rule=_not_before_taking
    )
    back_by: Mapped[UUID | None] = link("belonging.back_by", N_("Handed back by"), "member")
    back_to: Mapped[str | None] = choice("belonging.back_to", N_("To whom"), vocab.HANDED_TO)
    words = sealed("belonging.words", N_("In words"), Compartment.HOUSE, width=40)


def belongings_of(desk: Desk, person_id: UUID) -> list[Belonging]:
    """Return what was ever kept for a person, what is still kept first."""
    require(desk, Right.SEE_HOUSE)
    found = of_person(desk, Belonging, person_id, Belonging.taken_on, Belonging.created_at, Belonging.id)
    return sorted(found, key=lambda one: one.back_on is not None)


def take_in(desk: Desk, person_id: UUID, **values: Any) -> Belonging:
    """Record something that is taken in; today and by the signed-in person where nothing else is said."""
    require(desk, Right.KEEP_STAYS)
    given = {"taken_on": desk.today(), "taken_by": desk.me.id} | values
    return add(desk, Act.TAKE_IN_BELONGING, Belonging(person_id=person_id), given)


def change_belonging(desk: Desk, belonging: Belonging, **values: Any) -> Belonging:
    """Correct a row as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_STAYS)
    return change(desk, Act.CHANGE_BELONGING, belonging, values)


def hand_back(desk: Desk, things: Collection[Belonging], on: date, back_to: str) -> list[Belonging]:
    """Record that *things* were handed back, all or none. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_STAYS)
    if not things:
        raise Problems([Problem("belonging.back_on", N_("Choose at least one thing to hand back"))])
    values = {"back_on": on, "back_by": desk.me.id, "back_to": back_to}
    check(desk.fields(Belonging), values, desk.today())
    with desk.write(Act.HAND_BACK_BELONGING) as db:
        return [apply(desk, db, one, values) for one in things]


def keep_again(desk: Desk, things: Collection[Belonging]) -> None:
    """Undo :func:`hand_back`: the shelter keeps *things* still."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.UNDO) as db:
        for one in things:
            current = db.get_one(Belonging, one.id, options=whole(Belonging))
            current.back_on = current.back_by = current.back_to = None


def archive_belonging(desk: Desk, belonging_id: UUID, *, archived: bool = True) -> None:
    """Take back a row that was recorded by mistake, or put it back."""
    require(desk, Right.KEEP_STAYS)
    archive(desk, Act.CHANGE_BELONGING, Belonging, belonging_id, archived=archived)
