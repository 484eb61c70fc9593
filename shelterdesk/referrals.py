"""Referrals in: who sent the person, when and why, what came with her, and whether a department is to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.fields import Kind
from shelterdesk.i18n import N_
from shelterdesk.records import add, archive, change, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, choices, clock, day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment


def _not_before_referral(value: date, values: Mapping[str, Any]) -> str | None:
    on = values.get("referred_on")
    return N_("«{label}» cannot be before the day of the referral") if on and value < on else None


class Referral(Record):
    """One referral to the shelter."""

    __tablename__ = "referral"
    __table_args__ = (Index("ix_referral_counting", "referred_on", "source", "person_id", "archived_at"),)

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    referred_on: Mapped[date | None] = day(
        "referral.referred_on", N_("Referred on"), in_future=False, standard="HTCDS cas_IncomingReferralDate"
    )
    source: Mapped[str | None] = choice("referral.source", N_("Referred by"), vocab.REFERRAL_SOURCES)
    organisation = sealed(
        "referral.organisation",
        N_("Organisation"),
        Compartment.IDENTITY,
        standard="HTCDS cas_ReferringOrganisation",
        width=28,
    )
    contact = sealed(
        "referral.contact",
        N_("Person there"),
        Compartment.IDENTITY,
        standard="HTCDS cas_ReferringPrimaryCaseWorker",
        width=28,
    )
    reason: Mapped[str | None] = choice(
        "referral.reason",
        N_("Reason for the referral"),
        vocab.REFERRAL_REASONS,
        standard="HTCDS cas_ReasonForIncomingReferral",
    )
    details = sealed(
        "referral.details",
        N_("Details"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        standard="HTCDS cas_IncomingReferralDetails",
    )
    referred_at: Mapped[time | None] = clock("referral.referred_at", N_("At"))
    papers = choices("referral.papers", N_("Papers that came with her"), vocab.RECEIVED_PAPERS)
    department: Mapped[str | None] = choice(
        "referral.department",
        N_("Anti-trafficking department"),
        vocab.DEPARTMENT_ANSWERS,
        help=N_("Whether she wants to be referred there. It is hers to decide; support does not depend on it."),
    )
    department_told_on: Mapped[date | None] = day(
        "referral.department_told_on", N_("Department told on"), in_future=False, rule=_not_before_referral
    )


IN_ORDER = (
    "source",
    "organisation",
    "contact",
    "referred_on",
    "referred_at",
    "reason",
    "papers",
    "details",
    "department",
    "department_told_on",
)
"""The fields in the order in which they are asked."""


def referrals_of(desk: Desk, person_id: UUID) -> list[Referral]:
    """Return the referrals of a person, newest first."""
    require(desk, Right.SEE_RECORDS)
    return list(of_person(desk, Referral, person_id, Referral.referred_on.desc()))


def record_referral(desk: Desk, person_id: UUID, **values: Any) -> Referral:
    """Record a referral. Raises Problems."""
    require(desk, Right.CASE_WORK)
    return add(desk, Act.RECORD_REFERRAL, Referral(person_id=person_id), values)


def change_referral(desk: Desk, referral: Referral, **values: Any) -> Referral:
    """Correct a referral as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    return change(desk, Act.RECORD_REFERRAL, referral, values)


def archive_referral(desk: Desk, referral_id: UUID, *, archived: bool = True) -> None:
    """Take a referral that was recorded by mistake off the record, or put it back."""
    require(desk, Right.CASE_WORK)
    archive(desk, Act.RECORD_REFERRAL, Referral, referral_id, archived=archived)
