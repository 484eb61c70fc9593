"""Beds on hold: kept free until a day for somebody who is expected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import check
from shelterdesk.i18n import N_
from shelterdesk.reach import EVERYBODY
from shelterdesk.records import all_of, complete, fill
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import day, link, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

_HELD = N_("This bed is on hold already. Choose another, or end that hold first.")


class BedHold(Record):
    """One bed, kept from a day until a day, the last night included. Archived where it ended sooner."""

    __tablename__ = "bed_hold"
    __table_args__ = (Index("ix_bed_hold_bed", "bed_id", "until", "archived_at", "since"),)

    bed_id: Mapped[UUID] = link("bed_hold.bed", N_("Bed"), "bed", required=True)
    since: Mapped[date] = day("bed_hold.since", N_("Since"), required=True)
    until: Mapped[date] = day(
        "bed_hold.until",
        N_("Hold until"),
        required=True,
        help=N_("The last night it is kept. After it the bed is free again by itself."),
    )
    for_whom = sealed(
        "bed_hold.for_whom",
        N_("For whom"),
        Compartment.HOUSE,
        help=N_("A name or a word every shift understands. May be left empty."),
        width=28,
    )
    about_id: Mapped[UUID | None] = mapped_column(Id)
    """The request for a place the bed is kept for."""


def kept_on(on: date) -> ColumnElement[bool]:
    """Return the condition that a hold keeps its bed the night of *on*."""
    return BedHold.archived_at.is_(None) & (BedHold.since <= on) & (BedHold.until >= on)


def put_hold(
    db: Session,
    desk: Desk,
    bed_id: UUID,
    until: date,
    *,
    for_whom: str | None = None,
    about_id: UUID | None = None,
    **more: Any,
) -> BedHold:
    """Keep a bed from today until *until* inside a running write. Raises Problems where it is held already.

    Whether somebody sleeps there is for :func:`shelterdesk.stays.hold_bed` to ask, which reads the stays.
    """
    values = more | {"bed_id": bed_id, "since": desk.today(), "until": until, "for_whom": for_whom}
    check(desk.fields(BedHold), complete(desk, BedHold, values), desk.today())
    if until < desk.today():
        raise Problems([Problem("bed_hold.until", N_("A bed can be held from today on, not for days that are past."))])
    if holds_between(db, [bed_id], desk.today(), until):
        raise Problems([Problem("bed_hold.bed", _HELD)])
    hold = BedHold(about_id=about_id)
    db.add(hold)
    fill(desk, hold, values)
    return hold


def holds_between(db: Session, beds: Iterable[UUID], first: date, last: date) -> list[BedHold]:
    """Return the holds of *beds* that keep one of the nights from *first* to *last*."""
    query = select(BedHold).where(
        BedHold.bed_id.in_(list(beds)),
        BedHold.archived_at.is_(None),
        BedHold.since <= last,
        BedHold.until >= first,
    )
    return list(db.scalars(query.order_by(BedHold.since).execution_options(**EVERYBODY)))


def end_hold(desk: Desk, hold_id: UUID) -> None:
    """Let a bed go before its day: the hold is over from now on."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.END_HOLD) as db:
        db.get_one(BedHold, hold_id).archived_at = desk.now()


def hold_again(desk: Desk, hold_id: UUID) -> None:
    """Undo :func:`end_hold`. Raises Problems where the bed was put on hold for somebody else meanwhile."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.UNDO) as db:
        hold = db.get_one(BedHold, hold_id)
        if holds_between(db, [hold.bed_id], desk.today(), hold.until):
            raise Problems([Problem("bed_hold.bed", _HELD)])
        hold.archived_at = None


def end_holds_about(db: Session, desk: Desk, about_id: UUID) -> None:
    """End what was kept for one request inside a running write."""
    query = select(BedHold).where(BedHold.about_id == about_id, BedHold.archived_at.is_(None))
    for hold in db.scalars(query.where(BedHold.until >= desk.today())):
        hold.archived_at = desk.now()


def holds_on(desk: Desk, on: date) -> list[BedHold]:
    """Return what is on hold on *on*, whose day comes next first."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        return all_of(db, select(BedHold).where(kept_on(on)).order_by(BedHold.until, BedHold.created_at), BedHold)
