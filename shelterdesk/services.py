"""Services: every help that was given, with its note in the compartment it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import formats, vocab
from shelterdesk.access import Right, require
from shelterdesk.appointments import Appointment
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field, Kind, check
from shelterdesk.i18n import N_
from shelterdesk.note_flags import raise_flags
from shelterdesk.note_parts import EVERY_PART, part
from shelterdesk.note_versions import change_words
from shelterdesk.reach import EVERYBODY, require_reach
from shelterdesk.records import all_of, archive, complete, fill, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, day, link, number, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

LONGEST_MINUTES = 24 * 60


def _one_day_at_most(value: int, _values: Mapping[str, Any]) -> str | None:
    return N_("«{label}» cannot be longer than a day") if value > LONGEST_MINUTES else None


class Service(Record):
    """One help given to one person. Of the restricted notes only the one that fits its kind is used."""

    __tablename__ = "service"
    __table_args__ = (
        # These two hold all a summary reads, so that counting decrypts no other page: sessions of a kind, and who
        # was served at all.
        Index("ix_service_counting", "kind", "given_on", "outcome", "archived_at", "person_id", "minutes"),
        Index("ix_service_served", "given_on", "outcome", "archived_at", "person_id", "minutes"),
        Index("ix_service_person", "person_id", "given_on"),
        Index("ix_service_mine", "created_by", "created_at"),
        Index("ix_service_provider", "provider_id", "given_on"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    kind: Mapped[str] = choice(
        "service.kind", N_("Service"), vocab.SERVICE_KINDS, required=True, group=N_("What was done")
    )
    given_on: Mapped[date] = day(
        "service.given_on", N_("Date given"), required=True, in_future=False, group=N_("What was done")
    )
    given_by: Mapped[UUID | None] = link("service.given_by", N_("Given by"), "member", group=N_("What was done"))
    provider_id: Mapped[UUID | None] = link(
        "service.provider_id",
        N_("Provider in the directory"),
        "provider",
        group=N_("What was done"),
        help=N_("Only where somebody outside gave it."),
    )
    provider = sealed(
        "service.provider",
        N_("Outside provider"),
        Compartment.CASE,
        group=N_("What was done"),
        help=N_("Only where somebody outside gave it."),
        width=28,
    )
    minutes: Mapped[int | None] = number(
        "service.minutes", N_("Duration"), kind=Kind.MINUTES, rule=_one_day_at_most, group=N_("What was done")
    )
    form: Mapped[str | None] = choice("service.form", N_("With"), vocab.SERVICE_FORMS, group=N_("What was done"))
    outcome: Mapped[str] = choice(
        "service.outcome", N_("Outcome"), vocab.SERVICE_OUTCOMES, required=True, group=N_("What was done")
    )
    project_id: Mapped[UUID | None] = link("service.project", N_("Project"), "project", group=N_("What was done"))
    team_note = sealed(
        "service.team_note",
        N_("For the team"),
        Compartment.HOUSE,
        group=N_("Notes"),
        help=N_("Everybody on shift can read this."),
        width=60,
    )
    case_note = sealed(
        "service.case_note", N_("Social work notes"), Compartment.CASE, kind=Kind.LONG_TEXT, group=N_("Notes")
    )
    clinical_note = sealed(
        "service.clinical_note", N_("Clinical notes"), Compartment.CLINICAL, kind=Kind.LONG_TEXT, group=N_("Notes")
    )
    medical_note = sealed(
        "service.medical_note", N_("Health notes"), Compartment.MEDICAL, kind=Kind.LONG_TEXT, group=N_("Notes")
    )
    legal_note = sealed(
        "service.legal_note", N_("Legal notes"), Compartment.LEGAL, kind=Kind.LONG_TEXT, group=N_("Notes")
    )
    clinical_presenting = part("service", "clinical_presenting", group=N_("Notes"))
    clinical_intervention = part("service", "clinical_intervention", group=N_("Notes"))
    clinical_risk = part("service", "clinical_risk", group=N_("Notes"))
    clinical_plan = part("service", "clinical_plan", group=N_("Notes"))
    legal_matter = part("service", "legal_matter", group=N_("Notes"))
    legal_stage = part("service", "legal_stage", group=N_("Notes"))
    legal_deadlines = part("service", "legal_deadlines", group=N_("Notes"))
    legal_next_hearing = part("service", "legal_next_hearing", group=N_("Notes"))
    case_contact = part("service", "case_contact", group=N_("Notes"))
    case_agreed = part("service", "case_agreed", group=N_("Notes"))


RESTRICTED_NOTES = {
    Compartment.CASE: "case_note",
    Compartment.CLINICAL: "clinical_note",
    Compartment.MEDICAL: "medical_note",
    Compartment.LEGAL: "legal_note",
}
NOTED = ("team_note", *RESTRICTED_NOTES.values(), *EVERY_PART)
"""What of a service is a note: corrected in versions, and locked like one."""
COUNTED_OUTCOMES = ("took_place", "shorter")
"""Outcomes that count as a service given."""


def restricted_note(desk: Desk, kind: str) -> Field:
    """Return the field of the restricted note that fits services of *kind*."""
    return desk.field(Service, RESTRICTED_NOTES[Compartment(vocab.note_compartment(kind))])


def services_of(desk: Desk, person_id: UUID) -> list[Service]:
    """Return the services of a person, newest first."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, Service, person_id, Service.given_on.desc(), Service.created_at.desc()))


def services_between(desk: Desk, first: date, last: date) -> list[Service]:
    """Return the services given from *first* to *last*, newest first, but not what stands in records that ask why."""
    require(desk, Right.SEE_RECORDS)
    query = select(Service).where(Service.given_on.between(first, last), Service.archived_at.is_(None))
    with desk.read() as db:
        return all_of(db, query.order_by(Service.given_on.desc(), Service.created_at.desc()), Service)


def last_given(desk: Desk) -> Service | None:
    """Return the service the signed-in person recorded last: the next is often of the same kind."""
    require(desk, Right.SEE_RECORDS)
    query = select(Service).where(Service.created_by == desk.me.id, Service.archived_at.is_(None))
    with desk.read() as db:
        return next(iter(all_of(db, query.order_by(Service.created_at.desc()).limit(1), Service)), None)


def service_with(desk: Desk, service_id: UUID) -> Service:
    """Return one service. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        service = db.get_one(Service, service_id, options=whole(Service), execution_options=EVERYBODY)
    require_reach(desk, service.person_id)
    return service


def add_service(
    desk: Desk,
    person_id: UUID,
    *,
    next_on: date | None = None,
    next_words: str | None = None,
    record_id: UUID | None = None,
    flags: Collection[str] = (),
    flag_words: str | None = None,
    **values: Any,
) -> Service:
    """Record a service; ``next_on`` also adds the next appointment of the same kind. Raises Problems.

    ``record_id`` is the id a draft was typed under. *flags* are raised for every shift and say nothing of its notes.
    """
    require(desk, Right.GIVE_SERVICES)
    service = Service(person_id=person_id) if record_id is None else Service(person_id=person_id, id=record_id)
    problems: list[Problem] = []
    try:
        check(desk.fields(Service), complete(desk, Service, values), desk.today())
    except Problems as found:
        problems += found.problems
    given_on = values.get("given_on")
    if next_on is not None and given_on is not None and next_on <= given_on:
        problems.append(Problem("service.next_on", N_("Next session must be after {day}"), day=formats.day(given_on)))
    if problems:
        raise Problems(problems)
    with desk.write(Act.ADD_SERVICE) as db:
        db.add(service)
        fill(desk, service, values)
        if next_on is not None:
            appointment = Appointment(person_id=person_id, kind=_appointment_kind(values["kind"]), on=next_on)
            db.add(appointment)
            fill(desk, appointment, {"member_id": values.get("given_by"), "state": "planned", "words": next_words})
        raise_flags(db, desk, person_id, flags, flag_words)
    return service


def change_service(
    desk: Desk,
    service: Service,
    *,
    why: str | None = None,
    flags: Collection[str] = (),
    flag_words: str | None = None,
    **values: Any,
) -> Service:
    """Correct a service as it was read before; what its notes said stays. Raises Problems or StaleRecord.

    *why* is kept with the notes before, and is needed to change them once they are locked.
    """
    require(desk, Right.GIVE_SERVICES)
    return change_words(
        desk,
        Act.CHANGE_SERVICE,
        service,
        values,
        words=NOTED,
        why=why,
        sealed_in=lambda saved: why_compartment(desk, saved.kind),
        beside=lambda db, saved: raise_flags(db, desk, saved.person_id, flags, flag_words),
    )


def why_compartment(desk: Desk, kind: str | None) -> Compartment:
    """Return where the reason for correcting the notes of a service is sealed: with its restricted note if possible."""
    restricted = Compartment(vocab.note_compartment(kind))
    return restricted if desk.holds(restricted) else Compartment.HOUSE


def archive_service(desk: Desk, service_id: UUID, *, archived: bool = True) -> None:
    """Take a service out of lists and counts, or put it back."""
    require(desk, Right.GIVE_SERVICES)
    archive(desk, Act.CHANGE_SERVICE, Service, service_id, archived=archived)


def _appointment_kind(service_kind: str) -> str:
    family = vocab.SERVICE_KINDS.group(service_kind)
    return next((code.code for code in vocab.APPOINTMENT_KINDS if code.group == family), "other")
