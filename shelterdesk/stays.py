"""Stays: who lives here from when until when, and in which bed. The day of leaving is no night."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Index, exists, func, not_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.bed_holds import BedHold, holds_between, put_hold
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import check
from shelterdesk.i18n import N_
from shelterdesk.nights import Move, Nights, night_after, nights_in_beds
from shelterdesk.reach import EVERYBODY
from shelterdesk.records import apply, complete, fill, of_person
from shelterdesk.same_person import all_of_them
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, choices, clock, day, flag, link, number, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

_NOT_LEFT: Final[Mapping[str, Any]] = {"left_on": None, "leaving_reason": None}
_CLASHES: Final = {
    "stay.arrived_on": N_("Another stay of the same person covers these days. Close or correct that one first."),
    "bed_since.bed": N_("This bed is taken on one of these nights. Choose another."),
    "bed_hold.bed": N_("This bed is on hold on one of these nights. Choose another, or end the hold first."),
}

_SAID_AT: Final = {"bed_hold.bed": "bed_since.bed"}
"""At which field of a form a clash is said, where it is not that of its name."""


def _not_before_arrival(value: date, values: Mapping[str, Any]) -> str | None:
    arrived = values.get("arrived_on")
    if arrived is not None and value < arrived:
        return N_("«{label}» must not be before the day of arrival")
    return None


class Stay(Record):
    """One stay of one person at one site."""

    __tablename__ = "stay"
    __table_args__ = (
        # The index holds all a summary reads, so that counting decrypts no other page.
        Index("ix_stay_counting", "arrived_on", "left_on", "person_id", "site_id", "leaving_reason", "archived_at"),
        Index("ix_stay_left", "left_on", "person_id", "arrived_on"),
        Index("ix_stay_person", "person_id", "arrived_on", "left_on", "archived_at", "expected_until"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    site_id: Mapped[UUID | None] = link("stay.site", N_("Site"), "site", group=N_("Arrival"))
    arrived_on: Mapped[date] = day(
        "stay.arrived_on", N_("Day of arrival"), required=True, in_future=False, group=N_("Arrival")
    )
    came_from: Mapped[str | None] = choice(
        "stay.came_from", N_("Came from"), vocab.COMES_FROM, group=N_("Arrival"), help=N_("A wide answer is enough.")
    )
    arrived_at: Mapped[time | None] = clock("stay.arrived_at", N_("Time of arrival"), group=N_("Arrival"))
    distance_km: Mapped[int | None] = number(
        "stay.distance_km", N_("Distance in kilometres"), group=N_("Arrival"), help=N_("About how far she came.")
    )
    brought_by: Mapped[str | None] = choice("stay.brought_by", N_("Brought by"), vocab.BROUGHT_BY, group=N_("Arrival"))
    brought_by_words = sealed(
        "stay.brought_by_words",
        N_("Who brought her"),
        Compartment.HOUSE,
        group=N_("Arrival"),
        example=N_("Name or post"),
        width=28,
    )
    interpreter_called_at: Mapped[time | None] = clock(
        "stay.interpreter_called_at", N_("Interpreter called at"), group=N_("Arrival")
    )
    nothing_seen: Mapped[bool | None] = flag(
        "stay.nothing_seen",
        N_("No sign of danger or illness"),
        group=N_("Arrival"),
        help=N_("At the door: nothing was seen or told that every shift has to heed."),
    )
    project_id: Mapped[UUID | None] = link("stay.project", N_("Project"), "project", group=N_("Arrival"))
    expected_until: Mapped[date | None] = day(
        "stay.expected_until", N_("Expected to stay until"), group=N_("Arrival"), rule=_not_before_arrival
    )
    left_on: Mapped[date | None] = day(
        "stay.left_on", N_("Day of leaving"), group=N_("Leaving"), rule=_not_before_arrival, in_future=False
    )
    leaving_reason: Mapped[str | None] = choice(
        "stay.leaving_reason", N_("Reason for leaving"), vocab.LEAVING_REASONS, group=N_("Leaving")
    )
    destination: Mapped[str | None] = choice(
        "stay.destination", N_("Where to"), vocab.DESTINATIONS, group=N_("Leaving")
    )
    harm_lives_there: Mapped[str | None] = choice(
        "stay.harm_lives_there",
        N_("Does the person who caused harm live there?"),
        vocab.LIVES_THERE,
        group=N_("Leaving"),
        help=N_("Asked where she goes home. If so, or where nobody knows, she is asked how she is within a week."),
    )
    may_call: Mapped[str | None] = choice(
        "stay.may_call", N_("May we ask afterwards how she is?"), vocab.YES_NO, group=N_("Leaving")
    )
    call_how = sealed(
        "stay.call_how",
        N_("How and when it is safe"),
        Compartment.IDENTITY,
        group=N_("Leaving"),
        example=N_("only by her sister, in the morning"),
        width=40,
    )
    closing = choices("stay.closing", N_("Before she leaves"), vocab.CLOSING_CHECKS, group=N_("Leaving"))
    words = sealed("stay.words", N_("In words"), Compartment.CASE, group=N_("Leaving"), width=40)
    house_words = sealed(
        "stay.house_words",
        N_("What the house keeps to"),
        Compartment.HOUSE,
        group=N_("Arrival"),
        help=N_("Agreed with her, for every shift: when she works, who may ring, what helps at night."),
        width=40,
    )


class BedSince(Record):
    """The bed of a stay from a day on."""

    __tablename__ = "bed_since"
    __table_args__ = (
        Index(
            "ix_bed_since_stay", "stay_id", "since", "created_at", "id", "bed_id", "archived_at", "person_id", "shared"
        ),
        Index("ix_bed_since_bed", "bed_id", "stay_id"),
    )

    stay_id: Mapped[UUID] = mapped_column(Id, points_to("stay"))
    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    since: Mapped[date] = day("bed_since.since", N_("Since"), required=True)
    bed_id: Mapped[UUID | None] = link("bed_since.bed", N_("Bed"), "bed")
    shared: Mapped[bool | None] = flag(
        "bed_since.shared",
        N_("Shares the bed"),
        help=N_("A child who sleeps in the bed of somebody else. The bed counts once, the night of each of them."),
    )


def is_here(on: date) -> Any:
    """Return the condition that a stay holds the night of *on*."""
    return Stay.archived_at.is_(None) & (Stay.arrived_on <= on) & or_(Stay.left_on.is_(None), Stay.left_on > on)


def has_left(person_id: ColumnElement[Any], on: date) -> ColumnElement[bool]:
    """Return the condition that a person lived here once and does not on *on*."""
    once = exists().where(Stay.person_id == person_id, Stay.left_on <= on, Stay.archived_at.is_(None))
    return once & not_(exists().where(Stay.person_id == person_id, is_here(on)))


def stays_of(desk: Desk, person_id: UUID) -> list[Stay]:
    """Return the stays of a person, newest first."""
    require(desk, Right.SEE_HOUSE)
    return list(of_person(desk, Stay, person_id, Stay.arrived_on.desc()))


def open_stays(db: Session, on: date) -> dict[UUID, Stay]:
    """Return for everybody who lives here on *on* the stay."""
    return {stay.person_id: stay for stay in db.scalars(select(Stay).where(is_here(on)))}


def add_stay(desk: Desk, person_id: UUID, *, bed_id: UUID | None = None, shared: bool = False, **values: Any) -> Stay:
    """Record an arrival. A stay that would overlap another of the same person is refused with the reason."""
    require(desk, Right.KEEP_STAYS)
    stay = Stay(person_id=person_id)
    check(desk.fields(Stay), complete(desk, Stay, values), desk.today())
    with desk.write(Act.ADD_STAY) as db:
        begin_stay(db, desk, stay, bed_id, values, shared=shared)
    return stay


def begin_stay(
    db: Session, desk: Desk, stay: Stay, bed_id: UUID | None, values: Mapping[str, Any], *, shared: bool = False
) -> None:
    """Fill in a new stay inside a running write, and its first bed. Raises Problems where one of them is taken.

    *shared* is for a child in the bed of somebody else. A bed on hold is taken too: whom it was kept for arrives
    after ``bed_holds.end_holds_about`` in the same write.
    """
    with _fitting(db, desk, stay.id):
        db.add(stay)
        fill(desk, stay, values)
        if bed_id is not None:
            bed = BedSince(stay_id=stay.id, person_id=stay.person_id, since=values["arrived_on"], bed_id=bed_id)
            bed.shared = shared or None
            db.add(bed)


def archive_stay(desk: Desk, stay_id: UUID, *, archived: bool = True) -> None:
    """Take a stay that was recorded by mistake out of every list and count, or put it back. Raises Problems."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.CHANGE_STAY) as db, _fitting(db, desk, stay_id):
        db.get_one(Stay, stay_id).archived_at = desk.now() if archived else None


def change_stay(desk: Desk, stay: Stay, **values: Any) -> Stay:
    """Correct a stay as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.CHANGE_STAY) as db, _fitting(db, desk, stay.id):
        return apply(desk, db, stay, values)


def close_stay(desk: Desk, stay: Stay, **values: Any) -> Stay:
    """Record that the person left: ``left_on`` and ``leaving_reason`` are needed. Raises Problems."""
    require(desk, Right.KEEP_STAYS)
    check_leaving(desk, values)
    with desk.write(Act.CLOSE_STAY) as db:
        return end_stay(db, desk, stay, values)


def check_leaving(desk: Desk, values: Mapping[str, Any]) -> None:
    """Raise Problems where the day of leaving or its reason is missing."""
    needed = [field for field in desk.fields(Stay) if field.attribute in ("left_on", "leaving_reason")]
    check([field.with_changes(required=True) for field in needed], _NOT_LEFT | dict(values), desk.today())


def end_stay(db: Session, desk: Desk, stay: Stay, values: Mapping[str, Any]) -> Stay:
    """End a stay as it was read before, or correct its end, inside a running write. Raises Problems, StaleRecord."""
    with _fitting(db, desk, stay.id):
        return apply(desk, db, stay, values)


def move_bed(
    desk: Desk, stay: Stay, bed_id: UUID | None, since: date, *, shared: bool = False, along: bool = True
) -> BedSince:
    """Record that a person sleeps in another bed from *since* on. Raises Problems where it is taken.

    Who shares the bed she leaves moves *along* with her.
    """
    require(desk, Right.KEEP_STAYS)
    values = {"since": since, "bed_id": bed_id, "shared": shared or None}
    check(desk.fields(BedSince), values, desk.today())
    move = BedSince(stay_id=stay.id, person_id=stay.person_id)
    with desk.write(Act.MOVE_BED) as db, _fitting(db, desk, stay.id):
        current = db.get_one(Stay, stay.id)
        if since < current.arrived_on or (current.left_on is not None and since >= current.left_on):
            raise Problems([Problem("bed_since.since", N_("The stay does not cover that night."))])
        sharers = sharing_with(db, stay.id, since) if along and not shared else []
        db.add(move)
        fill(desk, move, values)
        for other in sharers:
            db.add(BedSince(stay_id=other.stay_id, person_id=other.person_id, since=since, bed_id=bed_id, shared=True))
    return move


def take_back_move(desk: Desk, move_id: UUID) -> None:
    """Take a move that was recorded by mistake back; the bed before it holds again. Raises Problems.

    Who moved along with her moves back with her.
    """
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.MOVE_BED) as db:
        move = db.get_one(BedSince, move_id)
        along = select(BedSince).where(
            BedSince.created_at == move.created_at,
            BedSince.created_by == move.created_by,
            BedSince.bed_id == move.bed_id,
            BedSince.since == move.since,
            BedSince.shared.is_(True),
            BedSince.archived_at.is_(None),
            BedSince.id != move.id,
        )
        # An arrival gives mother and child their bed in one go too; a first bed takes nobody back with it.
        first = select(BedSince.id).where(BedSince.stay_id == move.stay_id, BedSince.archived_at.is_(None))
        moved = len(db.scalars(first).all()) > 1 and not move.shared
        with _fitting(db, desk, move.stay_id):
            for other in [move, *(db.scalars(along) if moved else ())]:
                other.archived_at = desk.now()


def hold_bed(
    desk: Desk, bed_id: UUID, until: date, *, for_whom: str | None = None, about_id: UUID | None = None, **more: Any
) -> BedHold:
    """Keep a free bed from today until *until*, that night included. Raises Problems where it is taken or held."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.HOLD_BED) as db:
        hold = put_hold(db, desk, bed_id, until, for_whom=for_whom, about_id=about_id, **more)
        kept = Nights(hold.id, bed_id, desk.today(), night_after(until))
        if any(kept.meets(night) for night in nights_of(db, _sleeping_in(db, [bed_id]))):
            raise Problems([Problem("bed_hold.bed", N_("Somebody sleeps in this bed on one of these nights."))])
    return hold


def sharing_with(db: Session, stay_id: UUID, on: date) -> list[BedSince]:
    """Return the beds of those who share the bed a stay has the night of *on*."""
    nights = places_on(db, on)
    mine = next((one for one in nights if one.stay_id == stay_id), None)
    if mine is None or mine.bed_id is None or mine.shared:
        return []
    return [one for one in nights if one.shared and one.bed_id == mine.bed_id]


def moves_of(desk: Desk, person_id: UUID) -> list[BedSince]:
    """Return the beds of a person's stays, newest first."""
    require(desk, Right.SEE_HOUSE)
    return list(
        of_person(desk, BedSince, person_id, BedSince.since.desc(), BedSince.created_at.desc(), BedSince.id.desc())
    )


def in_bed_from(db: Session, beds: Iterable[UUID], on: date) -> set[UUID]:
    """Return those of *beds* somebody sleeps in on *on* or a later night, whoever that is."""
    wanted = set(beds)
    return {night.bed_id for night in nights_of(db, _sleeping_in(db, wanted)) if night.until > on} & wanted


def places_on(db: Session, on: date, people: Sequence[UUID] | None = None) -> list[BedSince]:
    """Return the bed of every stay of the night of *on*, of *people* only where given.

    A bed is taken also where the reader must not know by whom.
    """
    stays = select(Stay.id).where(is_here(on))
    if people is not None:
        stays = stays.where(Stay.person_id.in_(people))
    place = (
        func.row_number()
        .over(
            partition_by=BedSince.stay_id,
            order_by=(BedSince.since.desc(), BedSince.created_at.desc(), BedSince.id.desc()),
        )
        .label("place")
    )
    newest = (
        select(BedSince.id, place)
        .where(BedSince.stay_id.in_(stays), BedSince.since <= on, BedSince.archived_at.is_(None))
        .subquery()
    )
    query = select(BedSince).join(newest, newest.c.id == BedSince.id).where(newest.c.place == 1)
    return list(db.scalars(query.execution_options(**EVERYBODY)))


@contextmanager
def _fitting(db: Session, desk: Desk, stay_id: UUID) -> Generator[None]:
    """Refuse a change that makes two stays of a person overlap, or two people sleep in one bed. Raises Problems.

    What clashed before, in records brought in from elsewhere, does not stand in the way of putting things right.
    """
    today = desk.today()
    before = _clashes(db, stay_id, today)
    yield
    db.flush()
    fields = {field_id for field_id, _other in _clashes(db, stay_id, today) - before}
    problems = [
        Problem(_SAID_AT.get(field_id, field_id), message)
        for field_id, message in _CLASHES.items()
        if field_id in fields
    ]
    if problems:
        raise Problems(problems)


def _clashes(db: Session, stay_id: UUID, today: date) -> set[tuple[str, UUID]]:
    """Return with which other stays and holds this one clashes, by the field to say it at."""
    stay = db.get(Stay, stay_id)
    if stay is None or stay.archived_at is not None:
        return set()
    same_person = select(Stay.id).where(
        Stay.person_id.in_(all_of_them(db, [stay.person_id])),
        Stay.id != stay.id,
        Stay.archived_at.is_(None),
        or_(Stay.left_on.is_(None), Stay.left_on > stay.arrived_on),
    )
    if stay.left_on is not None:
        same_person = same_person.where(Stay.arrived_on < stay.left_on)
    found = {("stay.arrived_on", other) for other in db.scalars(same_person)}
    # Two people cannot sleep in one bed, whoever of them the writer knows of.
    mine = [night for night in nights_of(db, [stay]) if not night.shared]
    beds = {night.bed_id for night in mine}
    if beds:
        theirs = [night for night in nights_of(db, _sleeping_in(db, beds)) if night.stay_id != stay.id]
        found |= {("bed_since.bed", other.stay_id) for other in theirs if any(other.meets(night) for night in mine)}
        # What was on hold on days that are past kept nobody out.
        kept = [
            Nights(hold.id, hold.bed_id, max(hold.since, today), night_after(hold.until))
            for hold in holds_between(db, beds, today, date.max)
        ]
        found |= {("bed_hold.bed", hold.stay_id) for hold in kept if any(hold.meets(night) for night in mine)}
    return found


def _sleeping_in(db: Session, beds: Iterable[UUID]) -> Sequence[Stay]:
    """Return the stays that ever had one of *beds*, whoever of them the writer knows of."""
    theirs = select(BedSince.stay_id).where(BedSince.bed_id.in_(list(beds)))
    query = select(Stay).where(Stay.id.in_(theirs), Stay.archived_at.is_(None))
    return db.scalars(query.execution_options(**EVERYBODY)).all()


def nights_of(db: Session, stays: Sequence[Stay]) -> list[Nights]:
    """Return which beds *stays* have when, whoever the reader knows of."""
    query = (
        select(BedSince.stay_id, BedSince.since, BedSince.bed_id, BedSince.shared)
        .where(BedSince.stay_id.in_([stay.id for stay in stays]), BedSince.archived_at.is_(None))
        .order_by(BedSince.since.desc(), BedSince.created_at.desc(), BedSince.id.desc())
    )
    moves: dict[UUID, list[Move]] = {}
    for stay_id, since, bed_id, shared in db.execute(query.execution_options(**EVERYBODY)):
        moves.setdefault(stay_id, []).append((since, bed_id, bool(shared)))
    return [
        night
        for stay in stays
        for night in nights_in_beds(stay.id, stay.arrived_on, stay.left_on, moves.get(stay.id, ()))
    ]
