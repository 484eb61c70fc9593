"""The beds of a room: how many there are and of which kind. A bed somebody has is never given up."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.access import Right, require
from shelterdesk.bed_holds import holds_between
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_
from shelterdesk.records import change
from shelterdesk.rooms import Bed, Room, put_beds
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import text_of
from shelterdesk.stays import in_bed_from

_OCCUPIED = N_(
    "Somebody sleeps in bed {bed}, or is to. Give them another bed first; the room keeps its beds till then."
)
_HELD = N_("Bed {bed} is on hold for somebody. End the hold first; the room keeps its beds till then.")


def set_beds(desk: Desk, room: Room, count: int) -> None:
    """Give a room *count* beds: new ones get the next numbers, the last ones are archived.

    Raises Problems where one that would go is somebody's tonight or later, or on hold; nothing changes then.
    """
    require(desk, Right.CHANGE_SETTINGS)
    with desk.write(Act.CHANGE_HOUSE) as db:
        going = select(Bed).where(Bed.room_id == room.id, Bed.archived_at.is_(None), Bed.position >= count)
        _nobody_has(db, desk, list(db.scalars(going)))
        put_beds(desk, db, room.id, count)


def give_up_room(desk: Desk, room: Room) -> None:
    """Archive a room with its beds, so that past nights still count. Raises Problems where somebody has one."""
    require(desk, Right.CHANGE_SETTINGS)
    with desk.write(Act.CHANGE_HOUSE) as db:
        beds = list(db.scalars(select(Bed).where(Bed.room_id == room.id, Bed.archived_at.is_(None))))
        _nobody_has(db, desk, beds)
        db.get_one(Room, room.id).archived_at = desk.now()


def open_room_again(desk: Desk, room: Room) -> None:
    """Undo :func:`give_up_room`."""
    require(desk, Right.CHANGE_SETTINGS)
    with desk.write(Act.CHANGE_HOUSE) as db:
        db.get_one(Room, room.id).archived_at = None


def change_bed(desk: Desk, bed: Bed, **values: Any) -> Bed:
    """Rename a bed or change its kind as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CHANGE_SETTINGS)
    return change(desk, Act.CHANGE_HOUSE, bed, values)


def _nobody_has(db: Session, desk: Desk, beds: list[Bed]) -> None:
    ids = [bed.id for bed in beds]
    occupied = in_bed_from(db, ids, desk.today())
    held = {hold.bed_id for hold in holds_between(db, ids, desk.today(), date.max)}
    for bed in beds:
        if bed.id in occupied | held:
            words = text_of(bed, "name") or str(bed.position + 1)
            raise Problems([Problem("bed.name", _OCCUPIED if bed.id in occupied else _HELD, bed=words)])
