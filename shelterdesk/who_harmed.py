"""The person who caused harm: who this is to her, and whether she has to be kept from being found."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.desk import Desk
from shelterdesk.fields import Kind
from shelterdesk.i18n import N_
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, choices, flag, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment
from shelterdesk.what_happened import archive_it, change_it, opened_of, record_it


class WhoHarmed(Record):
    """One person who caused harm. Nothing of it is needed, a name least of all."""

    __tablename__ = "who_harmed"

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    relationship: Mapped[str | None] = choice(
        "who_harmed.relationship",
        N_("Who caused harm, to her"),
        vocab.PERSONS_WHO_HARMED,
        standard="GBVIMS perpetrator.relationship",
    )
    main: Mapped[bool | None] = flag("who_harmed.main", N_("Caused most of the harm"))
    called = sealed(
        "who_harmed.called",
        N_("What this person is called"),
        Compartment.CASE,
        help=N_("Only where staff have to know it, for example at the door."),
        width=28,
        sensitive=True,
    )
    knows_where: Mapped[str | None] = choice("who_harmed.knows_where", N_("Knows where she is now?"), vocab.KNOWLEDGE)
    looks_for_her: Mapped[str | None] = choice("who_harmed.looks_for_her", N_("Looks for her?"), vocab.KNOWLEDGE)
    roles = choices(
        "who_harmed.roles", N_("What this person did"), vocab.HARM_ROLES, standard="HTCDS per_RoleInProcess"
    )
    role_words = sealed(
        "who_harmed.role_words",
        N_("What this person did, in words"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        standard="HTCDS per_RoleDetails",
    )
    organisation = sealed(
        "who_harmed.organisation",
        N_("Organisation this person acted for"),
        Compartment.CASE,
        standard="HTCDS per_Organisation",
        width=28,
    )
    gender: Mapped[str | None] = choice(
        "who_harmed.gender",
        N_("Gender of who caused harm"),
        vocab.GENDERS,
        standard="GBVIMS perpetrator.sex",
    )
    age_group: Mapped[str | None] = choice(
        "who_harmed.age_group",
        N_("Age of who caused harm"),
        vocab.HARM_AGE_GROUPS,
        standard="GBVIMS perpetrator.age_group",
    )
    occupation: Mapped[str | None] = choice(
        "who_harmed.occupation",
        N_("Occupation of who caused harm"),
        vocab.HARM_OCCUPATIONS,
        standard="GBVIMS perpetrator.occupation",
    )
    citizenships = choices("who_harmed.citizenships", N_("Citizenships of who caused harm"), vocab.COUNTRIES)
    harmed_before: Mapped[bool | None] = flag(
        "who_harmed.harmed_before", N_("Harmed her or others before"), standard="GBVIMS perpetrator.former"
    )


def who_harmed(desk: Desk, person_id: UUID) -> list[WhoHarmed]:
    """Return the persons who caused harm, who caused most of it first. Raises NotOpened and its like."""
    found = opened_of(desk, WhoHarmed, person_id, WhoHarmed.created_at)
    return sorted(found, key=lambda one: not one.main)


def record_who_harmed(desk: Desk, person_id: UUID, **values: Any) -> WhoHarmed:
    """Record a person who caused harm. Raises Problems."""
    return record_it(desk, WhoHarmed(person_id=person_id), values)


def change_who_harmed(desk: Desk, one: WhoHarmed, **values: Any) -> WhoHarmed:
    """Correct what is recorded as it was read before. Raises Problems or StaleRecord."""
    return change_it(desk, one, values)


def archive_who_harmed(desk: Desk, one: WhoHarmed, *, archived: bool = True) -> None:
    """Take a record back that was made by mistake, or put it back."""
    archive_it(desk, one, archived=archived)
