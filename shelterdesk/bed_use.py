"""Which bed is used by whom, on hold or free on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from shelterdesk import bed_holds
from shelterdesk.access import Right, require
from shelterdesk.bed_holds import BedHold
from shelterdesk.desk import Desk
from shelterdesk.reach import EVERYBODY
from shelterdesk.rooms import Bed, Room
from shelterdesk.schema.base import text_of
from shelterdesk.stays import open_stays, places_on
from shelterdesk.vault.compartments import Compartment


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
    sharing: tuple[UUID, ...] = ()
    """Who sleeps there beside them: children in the bed of their mother. Whom the reader does not see is left out."""
    held_until: date | None = None
    """The last night the bed is kept for somebody who is expected."""
    held_for: str = ""
    """Words for whom it is kept, for who holds the house key."""
    hold_id: UUID | None = None
    kind: str | None = None
    """Kind of the bed, a code of BED_KINDS; None where it is as its room."""
    room_kind: str | None = None
    """For whom the room is, a code of ROOM_KINDS."""
    given_up: bool = False
    """The bed is no longer in use, and yet somebody sleeps in it."""

    @property
    def taken(self) -> bool:
        """Tell whether somebody sleeps there."""
        return self.person_id is not None or self.closed

    @property
    def free(self) -> bool:
        """Tell whether somebody could sleep there tonight."""
        return not (self.taken or self.sharing or self.held_until or self.given_up)


def beds_on(desk: Desk, on: date) -> list[BedUse]:
    """Return every bed with the person who sleeps in it on *on*, in the order of the rooms.

    Beds that were given up are left out unless somebody sleeps in them.
    """
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        places = [one for one in places_on(db, on) if one.bed_id is not None]
        taken = {one.bed_id: one.person_id for one in places if not one.shared}
        sharing: dict[UUID | None, list[UUID]] = {}
        for one in places:
            if one.shared:
                sharing.setdefault(one.bed_id, []).append(one.person_id)
        unseen = desk.sight.unseen(db, {one.person_id for one in places})
        held = {hold.bed_id: hold for hold in db.scalars(select(BedHold).where(bed_holds.kept_on(on)))}
        used = Bed.archived_at.is_(None) & Room.archived_at.is_(None)
        query = (
            select(Bed, Room)
            .join(Room, Room.id == Bed.room_id)
            .where(used | Bed.id.in_({*taken, *sharing}))
            .order_by(Room.position, Bed.position)
        )
        found: list[BedUse] = []
        for bed, room in db.execute(query):
            person = taken.get(bed.id)
            hold = held.get(bed.id)
            found.append(
                BedUse(
                    bed.id,
                    room.id,
                    *_bed_name(desk, bed, room),
                    None if person in unseen else person,
                    person in unseen,
                    sharing=tuple(one for one in sharing.get(bed.id, ()) if one not in unseen),
                    held_until=hold.until if hold is not None else None,
                    held_for=text_of(hold, "for_whom") if hold is not None else "",
                    hold_id=hold.id if hold is not None else None,
                    kind=bed.kind,
                    room_kind=room.kind,
                    given_up=bed.archived_at is not None or room.archived_at is not None,
                )
            )
    return found


@dataclass(frozen=True)
class Capacity:
    """How many beds there are tonight. Those given up and yet slept in count as used only."""

    beds: int
    used: int
    held: int
    free: int

    @classmethod
    def of(cls, beds: Iterable[BedUse]) -> Capacity:
        """Count *beds*."""
        found = list(beds)
        return cls(
            sum(not use.given_up for use in found),
            sum(use.taken or bool(use.sharing) for use in found),
            sum(use.held_until is not None and not use.taken for use in found),
            sum(use.free for use in found),
        )

    @property
    def is_full(self) -> bool:
        """Tell whether nobody can be given a bed; a house without beds is not full, it has none set up."""
        return self.beds > 0 and self.free == 0


def without_bed(desk: Desk, on: date) -> dict[UUID, date]:
    """Return who lives here on *on* and has no bed, with the day they arrived."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        in_bed = {one.person_id for one in places_on(db, on) if one.bed_id is not None}
        return {person: stay.arrived_on for person, stay in open_stays(db, on).items() if person not in in_bed}


def bed_names(desk: Desk, people: Iterable[UUID], on: date) -> dict[UUID, str]:
    """Return «room-bed» of the given people on *on*, for who holds the house key."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        wanted = set(people)
        places = places_on(db, on, list(wanted - desk.sight.unseen(db, wanted)))
        beds = {one.person_id: one.bed_id for one in places if one.bed_id is not None}
        query = select(Bed, Room).join(Room, Room.id == Bed.room_id).where(Bed.id.in_(set(beds.values())))
        rooms = db.execute(query.execution_options(**EVERYBODY))
        names = {bed.id: "-".join(_bed_name(desk, bed, room)) for bed, room in rooms}
    return {person: names[bed] for person, bed in beds.items()}


def _bed_name(desk: Desk, bed: Bed, room: Room) -> tuple[str, str]:
    """Return room and bed by name, or by number for who does not hold the key."""
    holds = desk.holds(Compartment.HOUSE)
    return (
        (room.name if holds else None) or str(room.position + 1),
        (bed.name if holds else None) or str(bed.position + 1),
    )
