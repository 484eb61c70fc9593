"""What stops the removal of a record: a court, a claim, an audit, or that she wants it kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.fields import check
from shelterdesk.i18n import N_
from shelterdesk.reach import require_reach
from shelterdesk.records import add, complete, of_person
from shelterdesk.same_person import all_of_them
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment


class RemovalHold(Record):
    """While it stands, the record is not removed."""

    __tablename__ = "removal_hold"

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    reason: Mapped[str] = choice("removal_hold.reason", N_("Why it has to stay"), vocab.HOLD_REASONS, required=True)
    since: Mapped[date] = day("removal_hold.since", N_("Since"), required=True, in_future=False)
    review_on: Mapped[date | None] = day(
        "removal_hold.review_on", N_("Look again on"), help=N_("Nothing happens by itself on that day.")
    )
    words = sealed("removal_hold.words", N_("What it is about"), Compartment.CASE, width=40)


def holds_of(desk: Desk, person_id: UUID) -> list[RemovalHold]:
    """Return what stops the removal of a record, newest first."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, RemovalHold, person_id, RemovalHold.since.desc(), RemovalHold.created_at.desc()))


def hold(desk: Desk, person_id: UUID, **values: Any) -> RemovalHold:
    """Stop the removal of a record from now on. Raises Problems."""
    require(desk, Right.CASE_WORK)
    require_reach(desk, person_id)
    given = {"since": desk.today()} | values
    check(desk.fields(RemovalHold), complete(desk, RemovalHold, given), desk.today())
    return add(desk, Act.HOLD_REMOVAL, RemovalHold(person_id=person_id), given)


def lift(desk: Desk, hold_id: UUID, *, lifted: bool = True) -> None:
    """Let a record be removed again as far as this hold goes, or put the hold back."""
    require(desk, Right.CASE_WORK)
    with desk.write(Act.HOLD_REMOVAL) as db:
        db.get_one(RemovalHold, hold_id).archived_at = desk.now() if lifted else None


def held(db: Session, people: Collection[UUID]) -> frozenset[UUID]:
    """Return those of *people* whose records have to stay; a hold on a record merged into theirs keeps all of them."""
    standing = select(RemovalHold.person_id).where(
        RemovalHold.person_id.in_(all_of_them(db, people)), RemovalHold.archived_at.is_(None)
    )
    holding = all_of_them(db, db.scalars(standing))
    return frozenset(one for one in people if one in holding)
