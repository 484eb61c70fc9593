"""What is about a child itself: with whom it is, who decides for it, school, who brings and collects it.

There is at most one row for a child; it says nothing of what happened to the mother.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.family import is_grown_up
from shelterdesk.fields import Kind
from shelterdesk.i18n import N_
from shelterdesk.people import Person
from shelterdesk.records import add, change, of_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, day, flag, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment


class ChildCare(Record):
    """Care of one child."""

    __tablename__ = "child_care"

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    child_with: Mapped[str | None] = choice(
        "child_care.child_with",
        N_("The child is here"),
        vocab.CHILD_WITH,
        group=N_("Guardian"),
        standard="GBVIMS unaccompanied_separated_status",
    )
    guardianship: Mapped[str | None] = choice(
        "child_care.guardianship", N_("Who decides for the child by law"), vocab.GUARDIANSHIPS, group=N_("Guardian")
    )
    guardian_words = sealed(
        "child_care.guardian_words",
        N_("Guardian or guardianship body"),
        Compartment.IDENTITY,
        group=N_("Guardian"),
        help=N_("Name, number to call, number of the decision."),
        width=40,
    )
    body_told_on: Mapped[date | None] = day(
        "child_care.body_told_on", N_("Guardianship body told on"), group=N_("Guardian"), in_future=False
    )
    schooling: Mapped[str | None] = choice(
        "child_care.schooling", N_("School"), vocab.SCHOOLING, group=N_("School and day")
    )
    school = sealed(
        "child_care.school",
        N_("School or kindergarten, class"),
        Compartment.IDENTITY,
        group=N_("School and day"),
        sensitive=True,
        width=32,
    )
    school_contact = sealed(
        "child_care.school_contact",
        N_("Who at school knows, and how much"),
        Compartment.IDENTITY,
        group=N_("School and day"),
        width=40,
    )
    without_address: Mapped[bool | None] = flag(
        "child_care.without_address",
        N_("Arranged without our address"),
        group=N_("School and day"),
        help=N_("The school writes to another address and does not know this house."),
    )
    school_since: Mapped[date | None] = day("child_care.school_since", N_("There since"), group=N_("School and day"))
    brings = sealed(
        "child_care.brings",
        N_("Who brings and collects"),
        Compartment.HOUSE,
        group=N_("School and day"),
        help=N_("Every shift reads it."),
        example=N_("her mother; on Tuesdays somebody of the team"),
        width=40,
    )
    comfort = sealed(
        "child_care.comfort",
        N_("What helps: sleep, food, comfort"),
        Compartment.HOUSE,
        kind=Kind.LONG_TEXT,
        group=N_("School and day"),
        help=N_("Every shift reads it. One line for each."),
    )


IN_ORDER: Final = (
    "child_with",
    "guardianship",
    "guardian_words",
    "body_told_on",
    "schooling",
    "school",
    "school_contact",
    "without_address",
    "school_since",
    "brings",
    "comfort",
)
"""The fields in the order in which they are asked."""


def is_child(desk: Desk, person: Person) -> bool:
    """Tell whether a person is a child: born less than 18 years ago. Not known is no child."""
    return person.birth is not None and not is_grown_up(person.born, desk.today())


def child_care_of(desk: Desk, person_id: UUID) -> ChildCare | None:
    """Return what is put down about a child. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    return next(iter(of_person(desk, ChildCare, person_id, ChildCare.created_at.desc())), None)


def record_child_care(desk: Desk, person_id: UUID, **values: Any) -> ChildCare:
    """Put down what is about a child. Raises Problems."""
    require(desk, Right.CHANGE_PERSON)
    standing = child_care_of(desk, person_id)
    if standing is not None:
        return change(desk, Act.CHANGE_FAMILY, standing, values)
    return add(desk, Act.RECORD_FAMILY, ChildCare(person_id=person_id), values)


def change_child_care(desk: Desk, care: ChildCare, **values: Any) -> ChildCare:
    """Change what is put down about a child, as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CHANGE_PERSON)
    return change(desk, Act.CHANGE_FAMILY, care, values)
