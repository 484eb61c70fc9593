"""Incidents of violence, with the fields of the standard intake form of GBVIMS. What is not told stays empty.

The type of an incident follows from the deciding questions of ``violence_types``: there is exactly one.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.desk import Desk
from shelterdesk.fields import Kind
from shelterdesk.i18n import N_
from shelterdesk.partial_date import PartialDate
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, choices, day, flag, number, partial_day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment
from shelterdesk.what_happened import archive_it, change_it, opened_of, record_it

WHEN: Final = N_("When and where")
WHAT: Final = N_("What kind of violence")
AROUND: Final = N_("Around it")
HELP: Final = N_("Help that was offered")
_CASE: Final = Compartment.CASE


class GbvIncident(Record):
    """One incident, of one type."""

    __tablename__ = "gbv_incident"
    __table_args__ = (
        # How many incidents of which type were told in a period.
        Index("ix_gbv_incident_counting", "reported_on", "violence", "person_id", "archived_at"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    reported_on: Mapped[date | None] = day(
        "gbv_incident.reported_on",
        N_("Told on"),
        group=WHEN,
        in_future=False,
        standard="GBVIMS date_of_interview",
    )
    happened: Mapped[PartialDate | None] = partial_day(
        "gbv_incident.happened",
        N_("When the incident was"),
        group=WHEN,
        help=N_("A year or a month is enough."),
        in_future=False,
        standard="GBVIMS date_of_incident",
    )
    time_of_day: Mapped[str | None] = choice(
        "gbv_incident.time_of_day",
        N_("Time of day"),
        vocab.TIMES_OF_DAY,
        group=WHEN,
        standard="GBVIMS time_of_day",
    )
    place_kind: Mapped[str | None] = choice(
        "gbv_incident.place_kind",
        N_("Kind of place"),
        vocab.INCIDENT_PLACES,
        group=WHEN,
        standard="GBVIMS location",
    )
    district = sealed(
        "gbv_incident.district",
        N_("District or town"),
        _CASE,
        group=WHEN,
        standard="GBVIMS district",
        width=28,
    )
    displacement: Mapped[str | None] = choice(
        "gbv_incident.displacement",
        N_("Was she displaced at that time?"),
        vocab.DISPLACEMENT_STAGES,
        group=WHEN,
        standard="GBVIMS stage_of_displacement",
    )
    violence: Mapped[str | None] = choice(
        "gbv_incident.violence",
        N_("Type of violence"),
        vocab.VIOLENCE_TYPES,
        group=WHAT,
        help=N_("The first question answered «yes» decides; what else is true does not change the type."),
        standard="GBVIMS gbv_type",
    )
    other_words = sealed(
        "gbv_incident.other_words",
        N_("If none of these, what it was"),
        _CASE,
        group=WHAT,
        width=60,
    )
    practice: Mapped[str | None] = choice(
        "gbv_incident.practice",
        N_("A harmful traditional practice?"),
        vocab.HARMFUL_PRACTICES,
        group=AROUND,
        standard="GBVIMS harmful_traditional_practice",
    )
    goods_exchanged: Mapped[bool | None] = flag(
        "gbv_incident.goods_exchanged",
        N_("Were goods or money exchanged?"),
        group=AROUND,
        standard="GBVIMS goods_money_exchanged",
    )
    abduction: Mapped[str | None] = choice(
        "gbv_incident.abduction",
        N_("Was she taken or held?"),
        vocab.ABDUCTIONS,
        group=AROUND,
        standard="GBVIMS abduction_type",
    )
    reported_before: Mapped[bool | None] = flag(
        "gbv_incident.reported_before",
        N_("Did she report it before?"),
        group=AROUND,
        standard="GBVIMS previously_reported",
    )
    reported_to = choices("gbv_incident.reported_to", N_("Where she reported it"), vocab.REPORTED_TO, group=AROUND)
    earlier_incidents: Mapped[bool | None] = flag(
        "gbv_incident.earlier_incidents",
        N_("Violence before this incident?"),
        group=AROUND,
        standard="GBVIMS gbv_previous_incidents",
    )
    persons: Mapped[int | None] = number(
        "gbv_incident.persons",
        N_("How many caused the harm"),
        group=AROUND,
        standard="GBVIMS number_primary_perpetrators",
    )
    account = sealed(
        "gbv_incident.account",
        N_("Account, as far as she wants"),
        _CASE,
        kind=Kind.LONG_TEXT,
        group=AROUND,
        help=N_("Only what the support needs. A few words are enough."),
    )
    safe_house: Mapped[str | None] = choice(
        "gbv_incident.safe_house",
        N_("A safe place"),
        vocab.HELP_PATHS,
        group=HELP,
        standard="GBVIMS service.safehouse_referral",
    )
    health: Mapped[str | None] = choice(
        "gbv_incident.health",
        N_("Health care after it"),
        vocab.HELP_PATHS,
        group=HELP,
        help=N_("Within 72 hours care can prevent infections, within 120 hours a pregnancy."),
        standard="GBVIMS service.medical_referral",
    )
    psychosocial: Mapped[str | None] = choice(
        "gbv_incident.psychosocial",
        N_("Psychological and social support"),
        vocab.HELP_PATHS,
        group=HELP,
        standard="GBVIMS service.psycho_referral",
    )
    wants_legal: Mapped[str | None] = choice(
        "gbv_incident.wants_legal",
        N_("Does she want to take legal steps?"),
        vocab.LEGAL_WISHES,
        group=HELP,
        standard="GBVIMS service.wants_legal_action",
    )
    legal: Mapped[str | None] = choice(
        "gbv_incident.legal",
        N_("Legal help after it"),
        vocab.HELP_PATHS,
        group=HELP,
        standard="GBVIMS service.legal_referral",
    )
    police: Mapped[str | None] = choice(
        "gbv_incident.police",
        N_("Police after it"),
        vocab.HELP_PATHS,
        group=HELP,
        standard="GBVIMS service.police_referral",
    )
    livelihoods: Mapped[str | None] = choice(
        "gbv_incident.livelihoods",
        N_("Help with income after it"),
        vocab.HELP_PATHS,
        group=HELP,
        standard="GBVIMS service.livelihoods_referral",
    )
    child_protection: Mapped[str | None] = choice(
        "gbv_incident.child_protection",
        N_("Protection of children after it"),
        vocab.HELP_PATHS,
        group=HELP,
        standard="GBVIMS service.protection_referral",
    )


def incidents_of(desk: Desk, person_id: UUID) -> list[GbvIncident]:
    """Return her incidents, the latest first; those without a date come last. Raises NotOpened and its like."""
    found = opened_of(desk, GbvIncident, person_id, GbvIncident.created_at.desc())
    return sorted(found, key=lambda one: one.happened.earliest() if one.happened else date.min, reverse=True)


def record_incident(desk: Desk, person_id: UUID, **values: Any) -> GbvIncident:
    """Record an incident. Raises Problems."""
    return record_it(desk, GbvIncident(person_id=person_id), values)


def change_incident(desk: Desk, incident: GbvIncident, **values: Any) -> GbvIncident:
    """Correct an incident as it was read before. Raises Problems or StaleRecord."""
    return change_it(desk, incident, values)


def archive_incident(desk: Desk, incident: GbvIncident, *, archived: bool = True) -> None:
    """Take an incident back that was recorded by mistake, or put it back."""
    archive_it(desk, incident, archived=archived)
