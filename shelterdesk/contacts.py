"""People and numbers to call, and whether it is safe to call them.

Her own number in ``person.phone`` and the person to call in an emergency are the first of them; further ones are rows.
"""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_
from shelterdesk.records import add, archive, change, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, flag, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment


class Contact(Record):
    """One person or number."""

    __tablename__ = "contact"

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    kind: Mapped[str] = choice("contact.kind", N_("Who it is to her"), vocab.CONTACT_KINDS, required=True)
    name = sealed("contact.name", N_("Name"), Compartment.IDENTITY, sensitive=True, width=28)
    phone = sealed("contact.phone", N_("Phone"), Compartment.IDENTITY, sensitive=True, width=20)
    other_way = sealed(
        "contact.other_way",
        N_("Address, mail or messenger"),
        Compartment.IDENTITY,
        sensitive=True,
        width=32,
    )
    safe: Mapped[str | None] = choice("contact.safe", N_("Safe to call?"), vocab.SAFE_TO_CALL)
    when = sealed(
        "contact.when",
        N_("When, and what to say"),
        Compartment.IDENTITY,
        example=N_("after 18:00; say you call from the clinic"),
        width=40,
    )
    emergency: Mapped[bool | None] = flag("contact.emergency", N_("Call in an emergency"))
    knows_here: Mapped[bool | None] = flag("contact.knows_here", N_("Knows that she is with us"))


HERSELF: Final = "herself"
"""The kind of a contact that is her own number or address."""
IN_ORDER: Final = ("kind", "name", "phone", "safe", "when", "other_way", "emergency", "knows_here")
"""The fields in the order in which they are asked."""


def contacts_of(desk: Desk, person_id: UUID) -> list[Contact]:
    """Return the contacts of a person, those for an emergency first. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    found = of_person(desk, Contact, person_id, Contact.created_at, Contact.id)
    return sorted(found, key=lambda one: not one.emergency)


def record_contact(desk: Desk, person_id: UUID, **values: Any) -> Contact:
    """Put down a contact. Raises Problems."""
    require(desk, Right.CHANGE_PERSON)
    return add(desk, Act.RECORD_CONTACT, Contact(person_id=person_id), values)


def change_contact(desk: Desk, contact: Contact, **values: Any) -> Contact:
    """Change a contact as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CHANGE_PERSON)
    return change(desk, Act.CHANGE_CONTACT, contact, values)


def archive_contact(desk: Desk, contact_id: UUID, *, archived: bool = True) -> None:
    """Take a contact that was put down by mistake off the record, or put it back. Nothing is deleted."""
    require(desk, Right.CHANGE_PERSON)
    archive(desk, Act.CHANGE_CONTACT, Contact, contact_id, archived=archived)
