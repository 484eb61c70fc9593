"""Consents: what the person agreed to, for which purpose and for whom. They can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_
from shelterdesk.reach import REMINDING
from shelterdesk.records import add, change, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, declared
from shelterdesk.schema.columns import choice, choices, day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

NEEDED = ("support",)
"""Purposes whose missing consent is shown in the head of the record."""


class Consent(Record):
    """One answer for one purpose; the newest for a purpose and recipient holds."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_until", "until", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    purpose: Mapped[str] = choice("consent.purpose", N_("Purpose"), vocab.CONSENT_PURPOSES, required=True)
    recipient = sealed("consent.recipient", N_("For whom"), Compartment.IDENTITY, width=28)
    answer: Mapped[str] = choice(
        "consent.answer", N_("Answer"), vocab.CONSENT_ANSWERS, required=True, standard="HTCDS con_Consent"
    )
    answered_on: Mapped[date | None] = day("consent.answered_on", N_("On"), in_future=False)
    until: Mapped[date | None] = day("consent.until", N_("Until"))
    told = choices(
        "consent.told", N_("She was told"), vocab.CONSENT_TOLD, help=N_("The seven points of the HTCDS consent.")
    )


def consents_of(desk: Desk, person_id: UUID) -> list[Consent]:
    """Return the consents of a person, newest first."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, Consent, person_id, Consent.answered_on.desc(), Consent.created_at.desc()))


def record_consent(desk: Desk, person_id: UUID, **values: Any) -> Consent:
    """Record an answer. Raises Problems."""
    require(desk, Right.CASE_WORK)
    return add(desk, Act.RECORD_CONSENT, Consent(person_id=person_id), values)


def change_consent(desk: Desk, consent: Consent, **values: Any) -> Consent:
    """Correct an answer as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    return change(desk, Act.RECORD_CONSENT, consent, values)


def archive_consent(desk: Desk, consent_id: UUID, *, archived: bool = True) -> None:
    """Take an answer that was recorded by mistake back, or put it in force again."""
    require(desk, Right.CASE_WORK)
    with desk.write(Act.RECORD_CONSENT) as db:
        db.get_one(Consent, consent_id).archived_at = desk.now() if archived else None


def missing_purposes(consents: Iterable[Consent]) -> list[str]:
    """Return the needed purposes, and those asked about, whose newest answer is not «given»."""
    newest: dict[str, str] = {}
    for consent in sorted(consents, key=_age, reverse=True):
        newest.setdefault(consent.purpose, consent.answer)
    asked_for = [*NEEDED, *(purpose for purpose, answer in newest.items() if answer == "not_asked")]
    return [purpose for purpose in dict.fromkeys(asked_for) if newest.get(purpose) != "given"]


def ending(db: Session, first: date, last: date) -> list[tuple[UUID, date]]:
    """Return whose consent ends from *first* to *last* and when; one that was renewed or taken back does not end."""
    soon = select(Consent.person_id).where(Consent.until.between(first, last), Consent.archived_at.is_(None))
    query = select(Consent).where(Consent.person_id.in_(soon), Consent.archived_at.is_(None))
    newest: dict[tuple[UUID, str, str], Consent] = {}
    for consent in sorted(db.scalars(query.execution_options(**REMINDING)), key=_age, reverse=True):
        recipient = str(declared(Consent, "recipient").read(consent) or "")
        newest.setdefault((consent.person_id, consent.purpose, recipient), consent)
    found = [
        (one.person_id, one.until)
        for one in newest.values()
        if one.answer == "given" and one.until is not None and first <= one.until <= last
    ]
    return sorted(found, key=lambda one: one[1])


def _age(consent: Consent) -> tuple[bool, date, datetime]:
    """Order answers by their day. One without a day is as old as its row; «not asked» is older than any answer."""
    day = consent.answered_on or consent.created_at.date()
    return consent.answer != "not_asked", day, consent.created_at
