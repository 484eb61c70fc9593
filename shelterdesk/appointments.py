"""Appointments: what is agreed for a day and an hour."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_
from shelterdesk.records import add, all_of, change, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, clock, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment


class Appointment(Record):
    """One appointment of one person."""

    __tablename__ = "appointment"
    __table_args__ = (Index("ix_appointment_on", "on", "at"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    kind: Mapped[str] = choice("appointment.kind", N_("Kind"), vocab.APPOINTMENT_KINDS, required=True)
    on: Mapped[date] = day("appointment.on", N_("Day"), required=True)
    at: Mapped[time | None] = clock("appointment.at", N_("Time"))
    member_id: Mapped[UUID | None] = link("appointment.member", N_("With"), "member")
    place = sealed("appointment.place", N_("Place"), Compartment.HOUSE, width=20)
    words = sealed("appointment.words", N_("In words"), Compartment.HOUSE, width=28)
    state: Mapped[str] = choice("appointment.state", N_("State"), vocab.APPOINTMENT_STATES, required=True)


def appointments_between(desk: Desk, first: date, last: date) -> list[Appointment]:
    """Return the planned appointments from *first* to *last* in the order of time."""
    require(desk, Right.SEE_HOUSE)
    query = select(Appointment).where(
        Appointment.on.between(first, last), Appointment.state == "planned", Appointment.archived_at.is_(None)
    )
    with desk.read() as db:
        return all_of(db, query.order_by(Appointment.on, Appointment.at.is_(None), Appointment.at), Appointment)


def appointments_of(desk: Desk, person_id: UUID, since: date) -> list[Appointment]:
    """Return the planned appointments of a person from *since* on, in the order of time."""
    require(desk, Right.SEE_HOUSE)
    found = of_person(desk, Appointment, person_id, Appointment.on, Appointment.at.is_(None), Appointment.at)
    return [one for one in found if one.on >= since and one.state == "planned"]


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


def add_appointment(desk: Desk, person_id: UUID, **values: Any) -> Appointment:
    """Add an appointment. Raises Problems."""
    require(desk, Right.KEEP_APPOINTMENTS)
    return add(desk, Act.ADD_APPOINTMENT, Appointment(person_id=person_id), {"state": "planned"} | values)


def change_appointment(desk: Desk, appointment: Appointment, **values: Any) -> Appointment:
    """Change an appointment as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_APPOINTMENTS)
    return change(desk, Act.CHANGE_APPOINTMENT, appointment, values)
