"""After somebody left: the days to ask how she is, and what was found.

The days are appointments of the kind «follow-up», which the calendar and Today show by neutral words. What was found
is a record of its own, so that it can be counted without reading any text.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import house_settings, vocab
from shelterdesk.access import Right, require
from shelterdesk.appointments import Appointment
from shelterdesk.desk import Desk
from shelterdesk.fields import check
from shelterdesk.i18n import N_
from shelterdesk.reach import REMINDING
from shelterdesk.records import apply, complete, fill, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, choices, day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab.lists import NOT_KNOWN

FOLLOW_UP: Final = "follow_up"
"""The kind of appointment."""
SOON: Final = timedelta(days=7)
"""When she is asked first where the person who caused harm lives, or may live, where she goes."""
MOST_MONTHS: Final = 60
_NOBODY_TO_ASK: Final = frozenset({"died"})


class FollowUp(Record):
    """What one follow-up found."""

    __tablename__ = "follow_up"
    __table_args__ = (Index("ix_follow_up_person", "person_id", "on", "archived_at", "result"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    appointment_id: Mapped[UUID | None] = mapped_column(Id)
    """The day that was agreed for it, where there was one."""
    on: Mapped[date] = day("follow_up.on", N_("Day"), required=True, in_future=False)
    result: Mapped[str] = choice("follow_up.result", N_("How it went"), vocab.FOLLOW_UP_RESULTS, required=True)
    lives: Mapped[str | None] = choice("follow_up.lives", N_("Where she lives now"), vocab.DESTINATIONS)
    safe: Mapped[str | None] = choice("follow_up.safe", N_("Is she safe there?"), vocab.YES_NO)
    works: Mapped[str | None] = choice("follow_up.works", N_("Does she work or study?"), vocab.YES_NO)
    needs = choices("follow_up.needs", N_("Help she asks for"), vocab.PLAN_DOMAINS)
    words = sealed("follow_up.words", N_("In words"), Compartment.CASE, width=40)


@dataclass(frozen=True)
class Due:
    """One day to ask how she is; ``months`` after leaving, 0 for the one within a week."""

    months: int
    on: date


def months_asked(desk: Desk) -> tuple[int, ...]:
    """Return after how many months this shelter asks, as its settings say."""
    stored = house_settings.get(desk, "follow_up_months")
    return tuple(sorted({one for one in stored if isinstance(one, int) and 0 < one <= MOST_MONTHS}))


def days_to_ask(
    desk: Desk, left_on: date, *, reason: str | None = None, harm_lives_there: str | None = None
) -> list[Due]:
    """Return the days to ask after a leaving, the first one first; none for who died."""
    if reason in _NOBODY_TO_ASK:
        return []
    found = [Due(months, months_later(left_on, months)) for months in months_asked(desk)]
    if harm_lives_there in ("yes", "perhaps", NOT_KNOWN):
        found.insert(0, Due(0, left_on + SOON))
    return found


def months_later(day: date, months: int) -> date:
    """Return the same day *months* later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def put_into_calendar(db: Session, desk: Desk, person_id: UUID, days: Iterable[date]) -> list[Appointment]:
    """Add an appointment for each day to ask, inside a running write."""
    made: list[Appointment] = []
    for on in days:
        appointment = Appointment(person_id=person_id)
        db.add(appointment)
        fill(desk, appointment, {"kind": FOLLOW_UP, "on": on, "state": "planned"})
        made.append(appointment)
    return made


def planned_of(desk: Desk, person_id: UUID) -> list[Appointment]:
    """Return the days on which a person is still to be asked, the first one first."""
    require(desk, Right.SEE_HOUSE)
    found: Sequence[Appointment] = of_person(desk, Appointment, person_id, Appointment.on, Appointment.created_at)
    return [one for one in found if one.kind == FOLLOW_UP and one.state == "planned"]


def missed(db: Session, today: date, people: Collection[UUID] | None = None) -> list[Appointment]:
    """Return the days to ask that have passed and nobody has seen to, of *people* only where given."""
    query = select(Appointment).where(
        Appointment.kind == FOLLOW_UP,
        Appointment.on < today,
        Appointment.state == "planned",
        Appointment.archived_at.is_(None),
    )
    if people is not None:
        query = query.where(Appointment.person_id.in_(list(people)))
    return list(db.scalars(query.order_by(Appointment.on, Appointment.id).execution_options(**REMINDING)))


def follow_ups_of(desk: Desk, person_id: UUID) -> list[FollowUp]:
    """Return what was found, newest first. Raises NeedsReason, RecordClosed."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, FollowUp, person_id, FollowUp.on.desc(), FollowUp.created_at.desc()))


def record_follow_up(desk: Desk, person_id: UUID, *, appointment: Appointment | None = None, **values: Any) -> FollowUp:
    """Record what was found; its appointment is over with it. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    check(desk.fields(FollowUp), complete(desk, FollowUp, values), desk.today())
    found = FollowUp(person_id=person_id, appointment_id=appointment.id if appointment is not None else None)
    with desk.write(Act.RECORD_FOLLOW_UP) as db:
        db.add(found)
        fill(desk, found, values)
        if appointment is not None:
            reached = vocab.FOLLOW_UP_RESULTS.group(found.result) == "reached"
            apply(desk, db, appointment, {"state": "given" if reached else "not_attended"})
    return found


def change_follow_up(desk: Desk, follow_up: FollowUp, **values: Any) -> FollowUp:
    """Correct what was found, as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    with desk.write(Act.CHANGE_FOLLOW_UP) as db:
        return apply(desk, db, follow_up, values)


def take_back_follow_up(desk: Desk, follow_up: FollowUp) -> None:
    """Undo :func:`record_follow_up`: the appointment stands again."""
    require(desk, Right.CASE_WORK)
    with desk.write(Act.UNDO) as db:
        db.get_one(FollowUp, follow_up.id).archived_at = desk.now()
        if follow_up.appointment_id is not None:
            db.get_one(Appointment, follow_up.appointment_id).state = "planned"


def drop_days(db: Session, desk: Desk, appointments: Collection[UUID]) -> None:
    """Take days to ask out of the calendar, inside a running write."""
    for appointment_id in appointments:
        db.get_one(Appointment, appointment_id).archived_at = desk.now()
