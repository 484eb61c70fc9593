"""Leaving: the end of a stay with who goes along, what was gone through before, approval, and the days to ask after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from shelterdesk import approvals, follow_ups
from shelterdesk.absences import Absence
from shelterdesk.access import Right, require
from shelterdesk.approvals import Approval, Standing
from shelterdesk.desk import Desk
from shelterdesk.people import Person
from shelterdesk.person_reading import listed
from shelterdesk.records import fill
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import whole
from shelterdesk.schema.history import LogRow
from shelterdesk.stays import Stay, check_leaving, end_stay, sharing_with
from shelterdesk.vocab.stays import HOMES

LEAVING: Final = "leaving"
"""The subject of an approval; it is about the stay that ends."""
_WITH_HER: Final = ("left_on", "leaving_reason", "destination", "harm_lives_there")
"""What holds for a child that leaves with her too."""
_EVERYDAY: Final = frozenset({"stay.closing"})
"""A tick on the checklist leaves an approval standing."""


@dataclass(frozen=True)
class Left:
    """A leaving as it was saved, with all that has to be taken back to undo it."""

    stay: Stay
    before: Mapping[str, Any]
    with_her: tuple[UUID, ...] = ()
    """Stays of those who left with her."""
    appointments: tuple[UUID, ...] = ()
    absences: tuple[UUID, ...] = ()
    """Times away that ended with the stay."""


@dataclass(frozen=True)
class Along:
    """Somebody who shares her bed and may leave with her."""

    stay_id: UUID
    person_id: UUID
    name: str


def asks_who_lives_there(reason: str | None, destination: str | None) -> bool:
    """Tell whether to ask if the person who caused harm lives where she goes."""
    return reason == "returned_home" or destination in HOMES


def along(desk: Desk, stay: Stay) -> list[Along]:
    """Return who shares her bed today, and whom the reader sees."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        shared = sharing_with(db, stay.id, desk.today())
        names = {one.id: one.shown for one in listed(db, Person.id.in_([one.person_id for one in shared]))}
    return [Along(one.stay_id, one.person_id, names[one.person_id]) for one in shared if one.person_id in names]


def leave(
    desk: Desk,
    stay: Stay,
    *,
    ask_on: Sequence[date] = (),
    with_her: Sequence[UUID] = (),
    **values: Any,
) -> Left:
    """Record that somebody left, with the stays of those *with_her*, and put the days *ask_on* into the calendar.

    All of it or nothing. Raises Problems or StaleRecord.
    """
    require(desk, Right.KEEP_STAYS)
    check_leaving(desk, values)
    before = {field.attribute: field.read(stay) for field in desk.fields(Stay) if field.attribute in values}
    ended: list[UUID] = []
    with desk.write(Act.CLOSE_STAY) as db:
        closed = end_stay(db, desk, stay, values)
        people = [stay.person_id]
        for other_id in with_her:
            other = db.get_one(Stay, other_id, options=whole(Stay))
            people.append(other.person_id)
            end_stay(db, desk, other, {name: values[name] for name in _WITH_HER if name in values})
        away = select(Absence).where(
            Absence.person_id.in_(people), Absence.back_on.is_(None), Absence.archived_at.is_(None)
        )
        for absence in db.scalars(away):
            # Who does not come back is away until she left; who went that very day was not away a night.
            ended.append(absence.id)
            if absence.since < values["left_on"]:
                absence.back_on = values["left_on"]
            else:
                absence.archived_at = desk.now()
        made = follow_ups.put_into_calendar(db, desk, stay.person_id, ask_on)
    return Left(closed, before, tuple(with_her), tuple(one.id for one in made), tuple(ended))


def take_back(desk: Desk, left: Left) -> None:
    """Undo :func:`leave`: she lives here again, as do those who left with her. Raises Problems where a bed is taken."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.UNDO) as db:
        end_stay(db, desk, left.stay, left.before)
        for stay_id in left.with_her:
            other = db.get_one(Stay, stay_id, options=whole(Stay))
            end_stay(db, desk, other, {name: left.before.get(name) for name in _WITH_HER})
        for absence_id in left.absences:
            absence = db.get_one(Absence, absence_id)
            absence.back_on = absence.archived_at = None
        follow_ups.drop_days(db, desk, left.appointments)


def tick(desk: Desk, stay: Stay, done: frozenset[str]) -> Stay:
    """Keep what was gone through before somebody leaves; the stay need not have ended yet."""
    require(desk, Right.KEEP_STAYS)
    with desk.write(Act.CHANGE_STAY) as db:
        current = db.get_one(Stay, stay.id, options=whole(Stay))
        fill(desk, current, {"closing": done})
    return current


def standing_of(desk: Desk, stay: Stay) -> Standing:
    """Return how the approval of a leaving stands."""
    require(desk, Right.SEE_RECORDS)
    newest = approvals.newest_about(desk, stay.id)
    if newest is None or newest.state != approvals.APPROVED:
        return Standing(newest)
    with desk.read() as db:
        decided = db.execute(select(func.max(LogRow.number)).where(LogRow.record_id == newest.id)).scalar_one()
        later = select(LogRow.field_ids).where(LogRow.record_id == stay.id, LogRow.number > decided)
        changed = any(set(field_ids.split()) - _EVERYDAY for field_ids in db.scalars(later))
    return Standing(newest, changed)


def ask_approval(desk: Desk, stay: Stay, request: str = "") -> Approval:
    """Ask that a leaving be approved. Raises NotAllowed where somebody asked already."""
    return approvals.ask(desk, LEAVING, stay.person_id, stay.id, request=request)
