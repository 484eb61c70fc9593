"""Partners: companies, schools and services that give work, courses and help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.fields import Kind
from shelterdesk.i18n import N_
from shelterdesk.records import add, all_of, archive, begun, change
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, whole
from shelterdesk.schema.columns import choice, day, flag, number, sealed
from shelterdesk.vault.compartments import Compartment


def _not_before_start(value: date, values: Mapping[str, Any]) -> str | None:
    start = values.get("agreement_from")
    return N_("«{label}» must not be before the agreement begins") if start is not None and value < start else None


class Partner(Record):
    """A company or organisation residents may work or learn at."""

    __tablename__ = "partner"

    name = sealed("partner.name", N_("Name"), Compartment.IDENTITY, required=True, group=N_("Partner"), width=28)
    kind: Mapped[str | None] = choice("partner.kind", N_("Kind"), vocab.PARTNER_KINDS, group=N_("Partner"))
    sector: Mapped[str | None] = choice("partner.sector", N_("Sector"), vocab.SECTORS, group=N_("Partner"))
    staff: Mapped[int | None] = number("partner.staff", N_("Number of staff"), group=N_("Partner"))
    way = sealed("partner.way", N_("Way there"), Compartment.IDENTITY, group=N_("Partner"), width=28)
    contact = sealed(
        "partner.contact", N_("Contact"), Compartment.IDENTITY, sensitive=True, group=N_("Partner"), width=28
    )
    agreement_from: Mapped[date | None] = day("partner.agreement_from", N_("Agreement from"), group=N_("Agreement"))
    agreement_until: Mapped[date | None] = day(
        "partner.agreement_until", N_("Agreement until"), rule=_not_before_start, group=N_("Agreement")
    )
    vetted_on: Mapped[date | None] = day("partner.vetted_on", N_("Vetted on"), in_future=False, group=N_("Last visit"))
    visit_by: Mapped[date | None] = day("partner.visit_by", N_("Visit again by"), group=N_("Last visit"))
    paid_in_full: Mapped[bool | None] = flag(
        "partner.paid_in_full", N_("Paid in full and on time"), group=N_("Last visit")
    )
    papers_with_worker: Mapped[bool | None] = flag(
        "partner.papers_with_worker", N_("Papers stay with the worker"), group=N_("Last visit")
    )
    free_to_leave: Mapped[bool | None] = flag(
        "partner.free_to_leave", N_("Free to leave at any time"), group=N_("Last visit")
    )
    told = sealed(
        "partner.told",
        N_("What we tell this partner"),
        Compartment.IDENTITY,
        kind=Kind.LONG_TEXT,
        group=N_("What we tell this partner"),
        help=N_("Never the code, the shelter or the reason for staying."),
    )
    posts = sealed(
        "partner.posts",
        N_("Open posts"),
        Compartment.IDENTITY,
        kind=Kind.LONG_TEXT,
        group=N_("Open posts"),
        help=N_("One line for each."),
    )


def partners_of(desk: Desk) -> list[Partner]:
    """Return all partners that are not archived."""
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        return all_of(db, select(Partner).where(Partner.archived_at.is_(None)), Partner)


def partner_with(desk: Desk, partner_id: UUID) -> Partner:
    """Return one partner."""
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        return db.get_one(Partner, partner_id, options=whole(Partner))


def add_partner(desk: Desk, *, record_id: UUID | None = None, **values: Any) -> Partner:
    """Add a partner; ``record_id`` is the id a draft was typed under. Raises Problems."""
    require(desk, Right.KEEP_PLACEMENTS)
    partner = begun(Partner, record_id)
    return add(desk, Act.ADD_PARTNER, partner, values)


def change_partner(desk: Desk, partner: Partner, **values: Any) -> Partner:
    """Change a partner as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.KEEP_PLACEMENTS)
    return change(desk, Act.CHANGE_PARTNER, partner, values)


def archive_partner(desk: Desk, partner_id: UUID, *, archived: bool = True) -> None:
    """Take a partner off the lists, or put it back. Nothing is deleted."""
    require(desk, Right.KEEP_PLACEMENTS)
    archive(desk, Act.CHANGE_PARTNER, Partner, partner_id, archived=archived)
