"""Services: every help that was given, with its note in the compartment it belongs to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import formats, house_settings, vocab
from shelterdesk.access import Right, require
from shelterdesk.appointments import GIVEN, PLANNED, Appointment, give
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field, Kind, check
from shelterdesk.i18n import N_
from shelterdesk.note_flags import raise_flags
from shelterdesk.note_lock import is_locked, why_field
from shelterdesk.note_parts import EVERY_PART, part
from shelterdesk.note_versions import change_words, keep_reason, says_something
from shelterdesk.records import all_of, begun, complete, fill, of_person, one_with
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, day, link, number, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.tasks import Task
from shelterdesk.vault.compartments import Compartment

LONGEST_MINUTES = 24 * 60
_HELP = N_("Things and money")
_WHY_OUT = N_("The notes of this service are locked. Say why it is taken out; nothing was changed.")


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
        Index("ix_service_group", "group_id"),
        # Sums of money are few among many services, so all a summary reads of them stands here too.
        Index(
            "ix_service_money",
            "given_on",
            "amount",
            "currency",
            "outcome",
            "archived_at",
            "person_id",
            "kind",
            "project_id",
        ),
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
    place: Mapped[str | None] = choice(
        "service.place", N_("Where it was"), vocab.SERVICE_PLACES, group=N_("What was done")
    )
    outcome: Mapped[str] = choice(
        "service.outcome", N_("Outcome"), vocab.SERVICE_OUTCOMES, required=True, group=N_("What was done")
    )
    quantity: Mapped[int | None] = number(
        "service.quantity", N_("How many"), group=_HELP, help=N_("Pieces, packs or cards, where they can be counted.")
    )
    amount: Mapped[int | None] = number(
        "service.amount", N_("Amount"), kind=Kind.MONEY, group=_HELP, help=N_("What was paid, or what it was worth.")
    )
    currency: Mapped[str | None] = choice("service.currency", N_("Currency"), vocab.CURRENCIES, group=_HELP)
    receipt = sealed(
        "service.receipt",
        N_("Receipt number"),
        Compartment.HOUSE,
        group=_HELP,
        help=N_("As it stands on the receipt or in the cash book."),
        width=16,
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
    group_id: Mapped[UUID | None] = mapped_column(Id)
    """What the rows of one group session have in common."""


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
    return one_with(desk, Service, service_id)


def add_service(
    desk: Desk,
    person_id: UUID,
    *,
    next_on: date | None = None,
    next_words: str | None = None,
    next_as: str | None = None,
    record_id: UUID | None = None,
    appointment_id: UUID | None = None,
    flags: Collection[str] = (),
    flag_words: str | None = None,
    **values: Any,
) -> Service:
    """Record a service; ``next_on`` also adds the next appointment of the same kind, or a task. Raises Problems.

    ``record_id`` is the id a draft was typed under, ``appointment_id`` the appointment that took place by it. *flags*
    are raised for every shift and say nothing of its notes.
    """
    require(desk, Right.GIVE_SERVICES)
    values = with_currency(desk, values)
    check_new(desk, values, next_on)
    service = begun(Service, record_id, person_id=person_id)
    with desk.write(Act.ADD_SERVICE) as db:
        db.add(service)
        fill(desk, service, values)
        if appointment_id is not None:
            give(db, desk, appointment_id, service.id)
        if next_on is not None and next_as == "task":
            _add_task(db, desk, person_id, next_on, next_words, values)
        elif next_on is not None:
            plan_next(db, desk, person_id, next_on, next_words, values)
        raise_flags(db, desk, person_id, flags, flag_words)
    return service


def check_new(desk: Desk, values: Mapping[str, Any], next_on: date | None = None) -> None:
    """Check what is to become a service, and the day of the next appointment. Raises Problems."""
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


def plan_next(
    db: Session, desk: Desk, person_id: UUID, on: date, words: str | None, values: Mapping[str, Any]
) -> Appointment:
    """Add the next appointment of the kind of service that *values* describe, inside the write that records it."""
    kind: str = values["kind"]
    appointment = Appointment(person_id=person_id, kind=vocab.appointment_for(kind), on=on)
    db.add(appointment)
    fill(
        desk,
        appointment,
        {
            "member_id": values.get("given_by"),
            "state": PLANNED,
            "words": words,
            "service_kind": kind,
            "minutes": values.get("minutes"),
        },
    )
    return appointment


def _add_task(db: Session, desk: Desk, person_id: UUID, on: date, words: str | None, values: Mapping[str, Any]) -> None:
    task = Task(person_id=person_id)
    db.add(task)
    # Everybody on shift reads a task, so where nothing is said it is called by the neutral kind.
    called = words or vocab.SERVICE_KINDS.listed(values["kind"])
    fill(desk, task, {"words": called, "member_id": values.get("given_by"), "due_on": on})


def with_currency(desk: Desk, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return *values* with the money of the house where an amount names none."""
    found = dict(values)
    if found.get("amount") is not None and not found.get("currency"):
        found["currency"] = house_currency(desk)
    return found


def house_currency(desk: Desk) -> str:
    """Return the code of the money the house reckons in."""
    code = str(house_settings.get(desk, "currency")).lower()
    return code if code in vocab.CURRENCIES else "azn"


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
        with_currency(desk, values),
        words=NOTED,
        why=why,
        sealed_in=lambda saved: why_compartment(desk, saved.kind),
        beside=lambda db, saved: raise_flags(db, desk, saved.person_id, flags, flag_words),
    )


def _notes_of(desk: Desk) -> list[Field]:
    return [field for field in desk.fields(Service, hidden=True) if field.attribute in NOTED]


def why_compartment(desk: Desk, kind: str | None) -> Compartment:
    """Return where the reason for correcting the notes of a service is sealed: with its restricted note if possible."""
    restricted = Compartment(vocab.note_compartment(kind))
    return restricted if desk.holds(restricted) else Compartment.HOUSE


def needs_reason(desk: Desk, service: Service) -> bool:
    """Tell whether a service is taken out only with a reason: its notes say something and are locked."""
    return is_locked(desk, service) and says_something(service, _notes_of(desk))


def archive_service(desk: Desk, service_id: UUID, *, archived: bool = True, why: str | None = None) -> None:
    """Take a service out of lists and counts, or put it back; the appointment it was is planned, or given, again.

    *why* is needed once its notes are locked, and is kept with them. Raises Problems.
    """
    archive_services(desk, [service_id], archived=archived, why=why)


def archive_services(desk: Desk, ids: Collection[UUID], *, archived: bool = True, why: str | None = None) -> None:
    """Take several services out, or put them back, in one write. Raises Problems where notes are locked."""
    require(desk, Right.GIVE_SERVICES)
    said = (why or "").strip()
    with desk.write(Act.CHANGE_SERVICE) as db:
        for service_id in ids:
            service = db.get_one(Service, service_id, options=whole(Service))
            if archived and needs_reason(desk, service):
                if not said:
                    raise Problems([Problem(why_field().id, _WHY_OUT)])
                keep_reason(desk, db, service, said, why_compartment(desk, service.kind))
            service.archived_at = desk.now() if archived else None
        for one in db.scalars(select(Appointment).where(Appointment.service_id.in_(ids))):
            one.state = PLANNED if archived else GIVEN
