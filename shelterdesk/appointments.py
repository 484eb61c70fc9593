"""Appointments: what is agreed for a day and an hour."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, time
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Kind, check
from shelterdesk.i18n import N_
from shelterdesk.records import add, all_of, apply, begun, change, complete, fill, of_person, same_version
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, clock, day, link, number, points_to, sealed
from shelterdesk.schema.types import Id, new_id
from shelterdesk.vault.compartments import Compartment

PLANNED, GIVEN, NOT_ATTENDED, MOVED = "planned", "given", "not_attended", "moved"
LONGEST_MINUTES: Final = 24 * 60
_NOT_YET: Final = N_("It is planned for {day}, so it cannot have taken place yet. Nothing was changed.")
_WRITTEN_DOWN: Final = N_("A service is written down for it. Take that out in the record first.")
_ONLY_PLANNED: Final = N_("Only what is planned can be moved. Nothing was changed.")
_MEETING, _ARRANGED, _NOT_HELD = N_("How it is held"), N_("To be arranged"), N_("Where it was not held")


def _within_a_day(value: int, _values: Mapping[str, Any]) -> str | None:
    return N_("«{label}» cannot be longer than a day") if value > LONGEST_MINUTES else None


class Appointment(Record):
    """One appointment of one person, or of the house where it is nobody's.

    A group is as many rows as people come, so that each of them is given or not attended by itself.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        Index("ix_appointment_on", "on", "at"),
        # Days to ask how somebody is that nobody has seen to, for the summaries.
        Index("ix_appointment_counting", "kind", "state", "archived_at", "on", "person_id"),
        # What was agreed and not attended, by reason, for the summaries.
        Index("ix_appointment_not_attended", "state", "archived_at", "on", "kind", "cancel_why", "person_id"),
        Index("ix_appointment_member", "member_id", "on", "archived_at"),
        Index("ix_appointment_series", "series_id", "on"),
    )

    person_id: Mapped[UUID | None] = mapped_column(Id, points_to("person"), index=True)
    kind: Mapped[str] = choice("appointment.kind", N_("Kind"), vocab.APPOINTMENT_KINDS, required=True)
    on: Mapped[date] = day("appointment.on", N_("Day"), required=True)
    at: Mapped[time | None] = clock("appointment.at", N_("Time"))
    minutes: Mapped[int | None] = number(
        "appointment.minutes", N_("Length"), kind=Kind.MINUTES, rule=_within_a_day, group=_MEETING
    )
    member_id: Mapped[UUID | None] = link("appointment.member", N_("With"), "member")
    service_kind: Mapped[str | None] = choice(
        "appointment.service_kind",
        N_("Service it is for"),
        vocab.SERVICE_KINDS,
        group=_MEETING,
        help=N_("What is recorded once it took place. Lists show only the neutral kind."),
    )
    room: Mapped[str | None] = choice("appointment.room", N_("Room"), vocab.MEETING_ROOMS, group=_MEETING)
    place = sealed("appointment.place", N_("Place"), Compartment.HOUSE, width=20)
    words = sealed("appointment.words", N_("In words"), Compartment.HOUSE, width=28)
    interpreter: Mapped[str | None] = choice(
        "appointment.interpreter", N_("Interpreter"), vocab.ARRANGED, group=_ARRANGED
    )
    transport: Mapped[str | None] = choice("appointment.transport", N_("Transport"), vocab.ARRANGED, group=_ARRANGED)
    state: Mapped[str] = choice("appointment.state", N_("State"), vocab.APPOINTMENT_STATES, required=True)
    cancelled_by: Mapped[str | None] = choice(
        "appointment.cancelled_by", N_("Who cancelled"), vocab.CANCELLED_BY, group=_NOT_HELD
    )
    cancel_why: Mapped[str | None] = choice("appointment.cancel_why", N_("Why"), vocab.CANCEL_REASONS, group=_NOT_HELD)
    meeting_id: Mapped[UUID | None] = mapped_column(Id)
    """What the rows of one group have in common."""
    series_id: Mapped[UUID | None] = mapped_column(Id)
    """What repeated appointments have in common."""
    moved_to_id: Mapped[UUID | None] = mapped_column(Id)
    """The appointment it was moved to."""
    service_id: Mapped[UUID | None] = mapped_column(Id)
    """The service it became; of a service that was taken out since, until somebody says anew how it stands."""


def appointments_between(desk: Desk, first: date, last: date) -> list[Appointment]:
    """Return the planned appointments from *first* to *last* in the order of time."""
    require(desk, Right.SEE_HOUSE)
    query = select(Appointment).where(
        Appointment.on.between(first, last), Appointment.state == PLANNED, Appointment.archived_at.is_(None)
    )
    with desk.read() as db:
        return all_of(db, query.order_by(Appointment.on, Appointment.at.is_(None), Appointment.at), Appointment)


def appointments_of(desk: Desk, person_id: UUID, since: date) -> list[Appointment]:
    """Return the planned appointments of a person from *since* on, in the order of time."""
    require(desk, Right.SEE_HOUSE)
    found = of_person(desk, Appointment, person_id, Appointment.on, Appointment.at.is_(None), Appointment.at)
    return [one for one in found if one.on >= since and one.state == PLANNED]


def appointment_with(desk: Desk, appointment_id: UUID) -> Appointment:
    """Return one appointment."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        return db.get_one(Appointment, appointment_id, options=whole(Appointment))


def existing_id(desk: Desk, appointment_id: UUID) -> UUID | None:
    """Return *appointment_id* where such an appointment was saved, None where a draft only has its id yet."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        return appointment_id if db.get(Appointment, appointment_id) is not None else None


def meeting_of(desk: Desk, appointment: Appointment) -> list[Appointment]:
    """Return the rows of the group an appointment belongs to; itself where it is no group."""
    require(desk, Right.SEE_HOUSE)
    query = select(Appointment).where(
        Appointment.archived_at.is_(None), Appointment.on == appointment.on, Appointment.state == appointment.state
    )
    mine = Appointment.id == appointment.id
    if appointment.meeting_id is not None:
        mine = Appointment.meeting_id == appointment.meeting_id
    with desk.read() as db:
        return all_of(db, query.where(mine).order_by(Appointment.created_at, Appointment.id), Appointment)


def add_appointment(desk: Desk, person_id: UUID | None, *, record_id: UUID | None = None, **values: Any) -> Appointment:
    """Add an appointment, of the house where it is nobody's. Raises Problems.

    ``record_id`` is the id a draft was typed under.
    """
    require(desk, Right.KEEP_APPOINTMENTS)
    made = begun(Appointment, record_id, person_id=person_id)
    return add(desk, Act.ADD_APPOINTMENT, made, {"state": PLANNED} | values)


def add_appointments(desk: Desk, people: Collection[UUID], days: Collection[date], **values: Any) -> list[Appointment]:
    """Add one appointment for each of *people* on each of *days*, all or nothing. Raises Problems.

    Several people on a day are one group; several days are one series. No people at all: the house meets.
    """
    require(desk, Right.KEEP_APPOINTMENTS)
    whose: Collection[UUID | None] = people or (None,)
    series_id = new_id() if len(days) > 1 else None
    given = {"state": PLANNED} | values
    fields = desk.fields(Appointment)
    for on in days:
        check(fields, complete(desk, Appointment, given | {"on": on}), desk.today())
    made: list[Appointment] = []
    with desk.write(Act.ADD_APPOINTMENT) as db:
        for on in days:
            meeting_id = new_id() if len(whose) > 1 else None
            for person_id in whose:
                one = Appointment(person_id=person_id, meeting_id=meeting_id, series_id=series_id)
                db.add(one)
                fill(desk, one, given | {"on": on})
                made.append(one)
    return made


def change_appointment(desk: Desk, appointment: Appointment, **values: Any) -> Appointment:
    """Change an appointment as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_APPOINTMENTS)
    return change(desk, Act.CHANGE_APPOINTMENT, appointment, values)


def change_meeting(desk: Desk, appointments: Sequence[Appointment], **values: Any) -> list[Appointment]:
    """Change the rows of a group alike, all or nothing. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_APPOINTMENTS)
    with desk.write(Act.CHANGE_APPOINTMENT) as db:
        return [apply(desk, db, one, values) for one in appointments]


def mark(
    desk: Desk,
    appointments: Sequence[Appointment],
    state: str,
    *,
    cancelled_by: str | None = None,
    cancel_why: str | None = None,
) -> list[Appointment]:
    """Say that appointments took place, were not attended, or are planned again. Raises Problems or StaleRecord.

    What a service is written down for stays given until that is taken out.
    """
    require(desk, Right.KEEP_APPOINTMENTS)
    values = {"state": state, "cancelled_by": cancelled_by, "cancel_why": cancel_why}
    for one in appointments:
        if state == GIVEN and one.on > desk.today():
            raise Problems([Problem("appointment.state", _NOT_YET, day=formats.day(one.on))])
        if state != GIVEN and has_service(one):
            raise Problems([Problem("appointment.state", _WRITTEN_DOWN)])
    with desk.write(Act.CHANGE_APPOINTMENT) as db:
        marked = [apply(desk, db, one, values) for one in appointments]
        for read, one in zip(appointments, marked, strict=True):
            if not has_service(read):
                one.service_id = None
        return marked


def has_service(appointment: Appointment) -> bool:
    """Tell whether a service is written down for an appointment and was not taken out."""
    return appointment.state == GIVEN and appointment.service_id is not None


def give(db: Session, desk: Desk, appointment_id: UUID, service_id: UUID) -> Appointment:
    """Have an appointment end in the service it became, inside the write that records the service."""
    require(desk, Right.GIVE_SERVICES)
    one = db.get_one(Appointment, appointment_id, options=whole(Appointment))
    fill(desk, one, {"state": GIVEN, "cancelled_by": None, "cancel_why": None})
    one.service_id = service_id
    return one


def move(desk: Desk, appointments: Sequence[Appointment], **changes: Any) -> list[Appointment]:
    """Move planned appointments to another day, hour, colleague or room: new ones, to which the old ones point.

    Raises Problems or StaleRecord; both change nothing.
    """
    require(desk, Right.KEEP_APPOINTMENTS)
    if any(one.state != PLANNED for one in appointments):
        raise Problems([Problem("appointment.state", _ONLY_PLANNED)])
    fields = desk.fields(Appointment, hidden=True)
    made: list[Appointment] = []
    with desk.write(Act.MOVE_APPOINTMENT) as db:
        for read in appointments:
            old = db.get_one(Appointment, read.id, options=whole(Appointment))
            same_version(old, read)
            values = {field.attribute: field.read(old) for field in fields} | changes
            check(fields, values, desk.today())
            new = Appointment(person_id=old.person_id, meeting_id=old.meeting_id, series_id=old.series_id)
            db.add(new)
            fill(desk, new, values)
            fill(desk, old, {"state": MOVED})
            old.moved_to_id = new.id
            made.append(new)
    return made


def take_back_move(desk: Desk, made: Sequence[Appointment]) -> None:
    """Undo :func:`move`: the old appointments stand again."""
    require(desk, Right.KEEP_APPOINTMENTS)
    with desk.write(Act.UNDO) as db:
        for one in made:
            db.get_one(Appointment, one.id).archived_at = desk.now()
        for old in db.scalars(select(Appointment).where(Appointment.moved_to_id.in_([one.id for one in made]))):
            old.state = PLANNED
            old.moved_to_id = None


def archive_appointments(desk: Desk, ids: Collection[UUID], *, archived: bool = True) -> None:
    """Take appointments out of the calendar, e.g. those that were never meant, or put them back."""
    require(desk, Right.KEEP_APPOINTMENTS)
    with desk.write(Act.CHANGE_APPOINTMENT) as db:
        for one in ids:
            db.get_one(Appointment, one).archived_at = desk.now() if archived else None


def later_of_series(desk: Desk, appointment: Appointment) -> list[Appointment]:
    """Return what is planned of a series from this appointment on, itself included."""
    require(desk, Right.SEE_HOUSE)
    if appointment.series_id is None:
        return meeting_of(desk, appointment)
    query = select(Appointment).where(
        Appointment.series_id == appointment.series_id,
        Appointment.on >= appointment.on,
        Appointment.state == PLANNED,
        Appointment.archived_at.is_(None),
    )
    with desk.read() as db:
        return all_of(db, query.order_by(Appointment.on, Appointment.id), Appointment)
