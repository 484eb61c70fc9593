"""Stays: who lives here from when until when, and in which bed. The day of leaving is no night."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Index, exists, func, not_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import check
from shelterdesk.i18n import N_
from shelterdesk.reach import EVERYBODY
from shelterdesk.records import apply, complete, fill, of_person
from shelterdesk.rooms import Bed, Room
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, clock, day, flag, link, number, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

_NOT_LEFT: Final[Mapping[str, Any]] = {"left_on": None, "leaving_reason": None}
_CLASHES: Final = {
    "stay.arrived_on": N_("Another stay of the same person covers these days. Close or correct that one first."),
    "bed_since.bed": N_("This bed is taken on one of these nights. Choose another."),
}


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
    words = sealed("stay.words", N_("In words"), Compartment.CASE, group=N_("Leaving"), width=40)


class BedSince(Record):
    """The bed of a stay from a day on."""

    __tablename__ = "bed_since"
    __table_args__ = (
        Index("ix_bed_since_stay", "stay_id", "since", "created_at", "id", "bed_id", "archived_at", "person_id"),
        Index("ix_bed_since_bed", "bed_id", "stay_id"),
    )

    stay_id: Mapped[UUID] = mapped_column(Id, points_to("stay"))
    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    since: Mapped[date] = day("bed_since.since", N_("Since"), required=True)
    bed_id: Mapped[UUID | None] = link("bed_since.bed", N_("Bed"), "bed")


@dataclass(frozen=True)
class BedUse:
    """One bed and who sleeps in it."""

    bed_id: UUID
    room_id: UUID
    room: str
    bed: str
    person_id: UUID | None
    closed: bool = False
    """Somebody sleeps there whose record is closed to the reader."""

    @property
    def taken(self) -> bool:
        """Tell whether somebody sleeps there."""
        return self.person_id is not None or self.closed


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


def add_stay(desk: Desk, person_id: UUID, *, bed_id: UUID | None = None, **values: Any) -> Stay:
    """Record an arrival. A stay that would overlap another of the same person is refused with the reason."""
    require(desk, Right.KEEP_STAYS)
    stay = Stay(person_id=person_id)
    check(desk.fields(Stay), complete(desk, Stay, values), desk.today())
    with desk.write(Act.ADD_STAY) as db:
        begin_stay(db, desk, stay, bed_id, values)
    return stay


def begin_stay(db: Session, desk: Desk, stay: Stay, bed_id: UUID | None, values: Mapping[str, Any]) -> None:
    """Fill in a new stay inside a running write, and its first bed. Raises Problems where one of them is taken."""
    with _fitting(db, stay.id):
        db.add(stay)
        fill(desk, stay, values)
        if bed_id is not None:
            db.add(BedSince(stay_id=stay.id, person_id=stay.person_id, since=values["arrived_on"], bed_id=bed_id))


def archive_stay(desk: Desk, stay_id: UUID, *, archived: bool = True) -> None:
    """Take a stay that was recorded by mistake out of every list and count, or put it back. Raises Problems."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.CHANGE_STAY) as db, _fitting(db, stay_id):
        db.get_one(Stay, stay_id).archived_at = desk.now() if archived else None


def change_stay(desk: Desk, stay: Stay, **values: Any) -> Stay:
    """Correct a stay as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.CHANGE_STAY) as db, _fitting(db, stay.id):
        return apply(desk, db, stay, values)


def close_stay(desk: Desk, stay: Stay, **values: Any) -> Stay:
    """Record that the person left: ``left_on`` and ``leaving_reason`` are needed. Raises Problems."""
    require(desk, Right.KEEP_STAYS)
    needed = [field for field in desk.fields(Stay) if field.attribute in ("left_on", "leaving_reason")]
    check([field.with_changes(required=True) for field in needed], _NOT_LEFT | values, desk.today())
    with desk.write(Act.CLOSE_STAY) as db, _fitting(db, stay.id):
        return apply(desk, db, stay, values)


def move_bed(desk: Desk, stay: Stay, bed_id: UUID | None, since: date) -> BedSince:
    """Record that a person sleeps in another bed from *since* on. Raises Problems where it is taken."""
    require(desk, Right.KEEP_STAYS)
    values = {"since": since, "bed_id": bed_id}
    check(desk.fields(BedSince), values, desk.today())
    move = BedSince(stay_id=stay.id, person_id=stay.person_id)
    with desk.write(Act.MOVE_BED) as db, _fitting(db, stay.id):
        current = db.get_one(Stay, stay.id)
        if since < current.arrived_on or (current.left_on is not None and since >= current.left_on):
            raise Problems([Problem("bed_since.since", N_("The stay does not cover that night."))])
        db.add(move)
        fill(desk, move, values)
    return move


def take_back_move(desk: Desk, move_id: UUID) -> None:
    """Take a move that was recorded by mistake back; the bed before it holds again. Raises Problems."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.MOVE_BED) as db:
        move = db.get_one(BedSince, move_id)
        with _fitting(db, move.stay_id):
            move.archived_at = desk.now()


def moves_of(desk: Desk, person_id: UUID) -> list[BedSince]:
    """Return the beds of a person's stays, newest first."""
    require(desk, Right.SEE_HOUSE)
    return list(
        of_person(desk, BedSince, person_id, BedSince.since.desc(), BedSince.created_at.desc(), BedSince.id.desc())
    )


def beds_on(desk: Desk, on: date) -> list[BedUse]:
    """Return every bed in use with the person who sleeps in it on *on*, in the order of the rooms."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        taken = _taken(db, on)
        unseen = desk.sight.unseen(db, taken.values())
        shown = {bed: person for bed, person in taken.items() if person not in unseen}
        closed = taken.keys() - shown.keys()
        query = (
            select(Bed, Room)
            .join(Room, Room.id == Bed.room_id)
            .where(Bed.archived_at.is_(None), Room.archived_at.is_(None))
            .order_by(Room.position, Bed.position)
        )
        return [
            BedUse(bed.id, room.id, *_bed_name(desk, bed, room), shown.get(bed.id), bed.id in closed)
            for bed, room in db.execute(query)
        ]


def bed_names(desk: Desk, people: Iterable[UUID], on: date) -> dict[UUID, str]:
    """Return «room-bed» of the given people on *on*, for who holds the house key."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        wanted = set(people)
        beds = _taken(db, on, list(wanted - desk.sight.unseen(db, wanted)))
        query = select(Bed, Room).join(Room, Room.id == Bed.room_id).where(Bed.id.in_(list(beds)))
        rooms = db.execute(query.execution_options(**EVERYBODY))
        names = {bed.id: _bed_name(desk, bed, room) for bed, room in rooms}
    return {beds[bed]: f"{room}-{name}" for bed, (room, name) in names.items()}


def _bed_name(desk: Desk, bed: Bed, room: Room) -> tuple[str, str]:
    """Return room and bed by name, or by number for who does not hold the key."""
    holds = desk.holds(Compartment.HOUSE)
    return (
        (room.name if holds else None) or str(room.position + 1),
        (bed.name if holds else None) or str(bed.position + 1),
    )


def _taken(db: Session, on: date, people: Sequence[UUID] | None = None) -> dict[UUID, UUID]:
    """Return who sleeps in which bed on *on*: bed → person; of *people* only where given.

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
        select(BedSince.bed_id, BedSince.person_id, place)
        .where(BedSince.stay_id.in_(stays), BedSince.since <= on, BedSince.archived_at.is_(None))
        .subquery()
    )
    query = select(newest.c.bed_id, newest.c.person_id).where(newest.c.place == 1, newest.c.bed_id.is_not(None))
    return {row.bed_id: row.person_id for row in db.execute(query.execution_options(**EVERYBODY))}


@contextmanager
def _fitting(db: Session, stay_id: UUID) -> Generator[None]:
    """Refuse a change that makes two stays of a person overlap, or two people sleep in one bed. Raises Problems.

    What clashed before, in records brought in from elsewhere, does not stand in the way of putting things right.
    """
    before = _clashes(db, stay_id)
    yield
    db.flush()
    fields = {field_id for field_id, _other in _clashes(db, stay_id) - before}
    problems = [Problem(field_id, message) for field_id, message in _CLASHES.items() if field_id in fields]
    if problems:
        raise Problems(problems)


def _clashes(db: Session, stay_id: UUID) -> set[tuple[str, UUID]]:
    """Return with which other stays this one clashes, by the field to say it at."""
    stay = db.get(Stay, stay_id)
    if stay is None or stay.archived_at is not None:
        return set()
    same_person = select(Stay.id).where(
        Stay.person_id == stay.person_id,
        Stay.id != stay.id,
        Stay.archived_at.is_(None),
        or_(Stay.left_on.is_(None), Stay.left_on > stay.arrived_on),
    )
    if stay.left_on is not None:
        same_person = same_person.where(Stay.arrived_on < stay.left_on)
    found = {("stay.arrived_on", other) for other in db.scalars(same_person)}
    # Two people cannot sleep in one bed, whoever of them the writer knows of.
    mine = _nights(db, [stay])
    beds = {night.bed_id for night in mine}
    if beds:
        sharing = select(BedSince.stay_id).where(BedSince.bed_id.in_(beds), BedSince.stay_id != stay.id)
        theirs_too = select(Stay).where(Stay.id.in_(sharing), Stay.archived_at.is_(None))
        others = db.scalars(theirs_too.execution_options(**EVERYBODY)).all()
        theirs = _nights(db, others)
        found |= {("bed_since.bed", other.stay_id) for other in theirs if any(other.meets(night) for night in mine)}
    return found


@dataclass(frozen=True)
class _Nights:
    """The nights from *first* until before *until* a stay has a bed."""

    stay_id: UUID
    bed_id: UUID
    first: date
    until: date

    def meets(self, other: _Nights) -> bool:
        return self.bed_id == other.bed_id and self.first < other.until and other.first < self.until


def _nights(db: Session, stays: Sequence[Stay]) -> list[_Nights]:
    """Return which beds *stays* have when; a bed holds until the next one."""
    query = (
        select(BedSince.stay_id, BedSince.since, BedSince.bed_id)
        .where(BedSince.stay_id.in_([stay.id for stay in stays]), BedSince.archived_at.is_(None))
        .order_by(BedSince.since.desc(), BedSince.created_at.desc(), BedSince.id.desc())
    )
    moves: dict[UUID, list[tuple[date, UUID | None]]] = {}
    for stay_id, since, bed_id in db.execute(query.execution_options(**EVERYBODY)):
        moves.setdefault(stay_id, []).append((since, bed_id))
    found: list[_Nights] = []
    for stay in stays:
        until = stay.left_on or date.max
        for since, bed_id in moves.get(stay.id, ()):
            first = max(since, stay.arrived_on)
            if bed_id is not None and first < until:
                found.append(_Nights(stay.id, bed_id, first, until))
            until = min(until, first)
    return found
