"""Identity documents: kind, number, country, until when they are valid, and where they lie now.

The number in ``person.document_number`` is the first of them; further ones, and whatever has an end, are rows here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from sqlalchemy import Index, not_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_
from shelterdesk.people import Person
from shelterdesk.person_history import is_closed
from shelterdesk.person_reading import is_in_use
from shelterdesk.reach import REMINDING
from shelterdesk.records import add, archive, change, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

SAID_BEFORE: Final = timedelta(days=60)
"""How long before its end a document is named on Today: a new one takes weeks."""
NO_LONGER: Final = frozenset({"handed_back"})
"""Where a document whose end matters to nobody lies."""


def _after_issue(value: date, values: Mapping[str, Any]) -> str | None:
    issued = values.get("issued_on")
    return N_("«{label}» cannot be before the day of issue") if issued and value < issued else None


class IdentityDocument(Record):
    """One paper that says who she is or that she may be here."""

    __tablename__ = "identity_document"
    __table_args__ = (Index("ix_identity_document_expires", "archived_at", "expires_on", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    kind: Mapped[str] = choice("identity_document.kind", N_("Kind of document"), vocab.DOCUMENT_KINDS, required=True)
    number = sealed(
        "identity_document.number",
        N_("Number"),
        Compartment.IDENTITY,
        standard="HTCDS prs_IdentityNumber",
        sensitive=True,
        width=20,
    )
    country: Mapped[str | None] = choice("identity_document.country", N_("Country"), vocab.COUNTRIES)
    issued_by = sealed("identity_document.issued_by", N_("Issued by"), Compartment.IDENTITY, width=32)
    issued_on: Mapped[date | None] = day("identity_document.issued_on", N_("Issued on"), in_future=False)
    expires_on: Mapped[date | None] = day(
        "identity_document.expires_on",
        N_("Valid until"),
        help=N_("It is on Today two months before."),
        rule=_after_issue,
    )
    place: Mapped[str | None] = choice("identity_document.place", N_("Where it is now"), vocab.DOCUMENT_PLACES)
    note = sealed("identity_document.note", N_("Note"), Compartment.IDENTITY, width=40)


class Ending(NamedTuple):
    """A paper that ends, and when."""

    id: UUID
    person_id: UUID
    on: date


IN_ORDER: Final = ("kind", "number", "country", "issued_by", "issued_on", "expires_on", "place", "note")
"""The fields in the order in which they are asked."""


def documents_of(desk: Desk, person_id: UUID) -> list[IdentityDocument]:
    """Return the identity documents of a person in the order they were put down. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, IdentityDocument, person_id, IdentityDocument.created_at, IdentityDocument.id))


def record_document(desk: Desk, person_id: UUID, **values: Any) -> IdentityDocument:
    """Put down an identity document. Raises Problems."""
    require(desk, Right.CHANGE_PERSON)
    return add(desk, Act.RECORD_IDENTITY_DOCUMENT, IdentityDocument(person_id=person_id), values)


def change_document(desk: Desk, document: IdentityDocument, **values: Any) -> IdentityDocument:
    """Change an identity document as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CHANGE_PERSON)
    return change(desk, Act.CHANGE_IDENTITY_DOCUMENT, document, values)


def archive_document(desk: Desk, document_id: UUID, *, archived: bool = True) -> None:
    """Take a document that was put down by mistake off the record, or put it back. Nothing is deleted."""
    require(desk, Right.CHANGE_PERSON)
    archive(desk, Act.CHANGE_IDENTITY_DOCUMENT, IdentityDocument, document_id, archived=archived)


def ending(db: Session, today: date, people: Collection[UUID] | None = None) -> list[Ending]:
    """Return what ends within two months of *today*, before or after, of people whose support is not over.

    One that is replaced by a later one of its kind and country does not end.
    """
    person = IdentityDocument.__table__.c["person_id"]
    query = select(
        IdentityDocument.id,
        IdentityDocument.person_id,
        IdentityDocument.kind,
        IdentityDocument.country,
        IdentityDocument.expires_on,
        IdentityDocument.place,
    ).where(
        IdentityDocument.archived_at.is_(None),
        IdentityDocument.expires_on >= today - SAID_BEFORE,
        person.in_(select(Person.id).where(is_in_use())),
        not_(is_closed(person, today)),
    )
    if people is not None:
        query = query.where(person.in_(list(people)))
    latest: dict[tuple[UUID, str, str | None], Ending] = {}
    for document_id, person_id, kind, country, until, place in db.execute(query.execution_options(**REMINDING)):
        if until is not None and place not in NO_LONGER:
            key, one = (person_id, kind, country), Ending(document_id, person_id, until)
            latest[key] = max(one, latest.get(key, one), key=lambda each: each.on)
    found = [one for one in latest.values() if one.on <= today + SAID_BEFORE]
    return sorted(found, key=lambda one: (one.on, one.id))
