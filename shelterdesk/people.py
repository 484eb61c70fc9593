"""People on file: who they are, and their code.

A person needs no stay: those supported without living here are half of the work. What about a person changes over
time (status, phase, worker) is in ``person_history``; finding and opening a record is in ``person_reading``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, Session, mapped_column, validates

from shelterdesk import vocab, what_happened
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.fields import Kind, check
from shelterdesk.i18n import N_
from shelterdesk.partial_date import PartialDate
from shelterdesk.person_history import WorkerSince
from shelterdesk.records import archive, change, fill
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Base, Record, declared, text_of
from shelterdesk.schema.columns import (
    choice,
    choices,
    code_text,
    day,
    flag,
    link,
    number,
    partial_day,
    points_to,
    sealed,
)
from shelterdesk.schema.types import Id, new_id
from shelterdesk.vault.compartments import Compartment

ADULT_AGE = 18
"""United Nations Convention on the Rights of the Child, article 1."""


class Person(Record):
    """Somebody the shelter supports; a resident while a stay is open."""

    __tablename__ = "person"
    __table_args__ = (
        # Whom a summary counts as what, and who was merged into whom.
        Index("ix_person_counting", "site_id", "gender", "birth", "merged_into_id", "id"),
        Index("ix_person_merged", "merged_into_id", "archived_at", "id"),
    )

    code: Mapped[str] = code_text("person.code", N_("Code"), unique=True, group=N_("In the shelter"))
    short_name = sealed(
        "person.short_name",
        N_("Short name"),
        Compartment.HOUSE,
        group=N_("In the shelter"),
        help=N_("What she is called here. It need not be a real name."),
        width=20,
    )
    must_know = sealed(
        "person.must_know",
        N_("What every shift must know"),
        Compartment.HOUSE,
        kind=Kind.LONG_TEXT,
        group=N_("In the shelter"),
        help=N_("One line for each. Allergies, medicine times, who must not be told."),
    )
    given_names = sealed(
        "person.given_names",
        N_("Given names"),
        Compartment.IDENTITY,
        group=N_("Name and birth"),
        standard="HTCDS prs_FirstName",
        sensitive=True,
        width=28,
    )
    family_name = sealed(
        "person.family_name",
        N_("Family name"),
        Compartment.IDENTITY,
        group=N_("Name and birth"),
        standard="HTCDS prs_SecondName",
        sensitive=True,
        width=28,
    )
    other_names = sealed(
        "person.other_names",
        N_("Other names and spellings"),
        Compartment.IDENTITY,
        kind=Kind.LONG_TEXT,
        group=N_("Name and birth"),
        help=N_("One line for each, in any script: as in the passport, as at home, names of before."),
        sensitive=True,
    )
    birth: Mapped[PartialDate | None] = partial_day(
        "person.birth",
        N_("Born"),
        group=N_("Name and birth"),
        help=N_("A year is enough. «about 1994» is fine too."),
        standard="HTCDS prs_Birthdate",
        companion="birth_day",
        in_future=False,
    )
    birth_day = sealed(
        "person.birth_day", N_("Day of birth"), Compartment.IDENTITY, kind=Kind.NUMBER, group=N_("Name and birth")
    )
    gender: Mapped[str | None] = choice(
        "person.gender",
        N_("Gender"),
        vocab.GENDERS,
        group=N_("Name and birth"),
        help=N_("As the person describes it."),
        standard="HTCDS prs_Gender",
    )
    citizenships = choices(
        "person.citizenships",
        N_("Citizenships"),
        vocab.COUNTRIES,
        group=N_("Background"),
        standard="HTCDS prs_Citizenship",
    )
    born_in: Mapped[str | None] = choice(
        "person.born_in", N_("Country of birth"), vocab.COUNTRIES, group=N_("Background")
    )
    migration_status: Mapped[str | None] = choice(
        "person.migration_status",
        N_("Why she lives in this country"),
        vocab.MIGRATION_STATUSES,
        group=N_("Background"),
        standard="GBVIMS displacement_status",
    )
    languages = choices(
        "person.languages",
        N_("Languages spoken"),
        vocab.LANGUAGE_NAMES,
        group=N_("Background"),
        standard="HTCDS prs_PrimaryLanguage",
    )
    needs_interpreter: Mapped[bool | None] = flag(
        "person.needs_interpreter", N_("Needs an interpreter"), group=N_("Background")
    )
    interpreter_how: Mapped[str | None] = choice(
        "person.interpreter_how", N_("How to interpret"), vocab.INTERPRETING_NEEDS, group=N_("Background")
    )
    civil_status: Mapped[str | None] = choice(
        "person.civil_status",
        N_("Civil status"),
        vocab.CIVIL_STATUSES,
        group=N_("Background"),
        standard="HTCDS prs_MaritalStatus",
    )
    children: Mapped[int | None] = number(
        "person.children", N_("Number of children"), group=N_("Background"), standard="HTCDS prs_NumberOfChildren"
    )
    education: Mapped[str | None] = choice(
        "person.education",
        N_("Highest level of education"),
        vocab.EDUCATION_LEVELS,
        group=N_("Background"),
        standard="HTCDS prs_HighestLevelOfEducation",
    )
    disabilities = choices(
        "person.disabilities",
        N_("Difficulties in daily life"),
        vocab.DISABILITIES,
        group=N_("Disability"),
        help=N_("Asked as «do you have difficulty with …?», never as a diagnosis."),
        standard="GBVIMS disability_type",
    )
    disability_needs = sealed(
        "person.disability_needs",
        N_("What she needs because of it"),
        Compartment.HOUSE,
        group=N_("Disability"),
        help=N_("Every shift reads it: a bed below, letters read out, a ramp."),
        width=40,
    )
    document_number = sealed(
        "person.document_number",
        N_("Identity document number"),
        Compartment.IDENTITY,
        group=N_("Contact and documents"),
        standard="HTCDS prs_IdentityNumber",
        sensitive=True,
        width=20,
    )
    phone = sealed(
        "person.phone",
        N_("Phone"),
        Compartment.IDENTITY,
        group=N_("Contact and documents"),
        standard="HTCDS prs_MobilePhone",
        sensitive=True,
        width=20,
    )
    phone_when = sealed(
        "person.phone_when",
        N_("When it is safe to call"),
        Compartment.IDENTITY,
        group=N_("Contact and documents"),
        example=N_("only after 18:00"),
        width=28,
    )
    emergency_contact = sealed(
        "person.emergency_contact",
        N_("Person to call in an emergency"),
        Compartment.IDENTITY,
        group=N_("Contact and documents"),
        sensitive=True,
        width=28,
    )
    family_lives_in = sealed(
        "person.family_lives_in",
        N_("Family lives in"),
        Compartment.IDENTITY,
        group=N_("Background"),
        sensitive=True,
        width=28,
    )
    strengths = sealed(
        "person.strengths",
        N_("Strengths"),
        Compartment.IDENTITY,
        kind=Kind.LONG_TEXT,
        group=N_("Strengths"),
        help=N_("One line for each: what she is good at, what she wants."),
    )
    strengths_paper = sealed(
        "person.strengths_paper",
        N_("Strengths, words for her paper"),
        Compartment.IDENTITY,
        kind=Kind.LONG_TEXT,
        group=N_("Strengths"),
        help=N_("One line for each, as they may be read by anybody who finds the sheet."),
    )
    safety = sealed(
        "person.safety",
        N_("Safety"),
        Compartment.CASE,
        kind=Kind.LONG_TEXT,
        group=N_("Needs and safety"),
        help=N_("One line for each. Who may visit, what to avoid, when to call."),
    )
    safety_reviewed_on: Mapped[date | None] = day(
        "person.safety_reviewed_on", N_("Safety looked at on"), group=N_("Needs and safety"), in_future=False
    )
    exploitation_types = choices(
        "person.exploitation_types",
        N_("Types of exploitation"),
        vocab.EXPLOITATION_TYPES,
        group=N_("What happened"),
        standard="HTCDS vic_TypeOfExploitation",
    )
    control_methods = choices(
        "person.control_methods",
        N_("Methods of control"),
        vocab.CONTROL_METHODS,
        group=N_("What happened"),
        standard="HTCDS vic_MethodsOfControl",
    )
    recruitment_methods = choices(
        "person.recruitment_methods",
        N_("Methods of recruitment"),
        vocab.RECRUITMENT_METHODS,
        group=N_("What happened"),
        standard="HTCDS vic_MethodOfRecruitment",
    )
    labour_sector: Mapped[str | None] = choice(
        "person.labour_sector",
        N_("Sector of forced labour"),
        vocab.SECTORS,
        group=N_("What happened"),
        standard="HTCDS vic_ForcedLabourIndustry",
    )
    registered_on: Mapped[date] = day(
        "person.registered_on", N_("On file since"), group=N_("In the shelter"), index=True, in_future=False
    )
    site_id: Mapped[UUID | None] = link("person.site", N_("Site"), "site", group=N_("In the shelter"))

    merged_into_id: Mapped[UUID | None] = mapped_column(Id, points_to("person"))
    import_key: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    """Keyed hash of the external id or of the row a person was imported from; tells a second import."""
    removed: Mapped[bool | None] = mapped_column(Boolean)
    """True for what is left of a record that was removed: coded facts that are counted and belong to nobody."""

    @property
    def born(self) -> PartialDate | None:
        """The birth date as far as the reader's keys go."""
        return with_day(self.birth, declared(Person, "birth_day").read(self))

    @validates("birth")
    def _no_day(self, _attribute: str, birth: PartialDate | None) -> PartialDate | None:
        """Keep the day of birth out of a column that is not sealed; ``birth_day`` holds it."""
        if birth is not None and birth.day is not None:
            raise ValueError("the day of birth is sealed in birth_day")
        return birth

    @property
    def shown_name(self) -> str:
        """What lists show: the short name, or the code for who does not hold the key or where there is none."""
        return text_of(self, "short_name") or self.code


def with_day(birth: PartialDate | None, day_of_month: object) -> PartialDate | None:
    """Return *birth* with the day that is sealed beside it, where the reader's keys open it."""
    if birth is None or birth.month is None or not isinstance(day_of_month, int):
        return birth
    try:
        return PartialDate(birth.year, birth.month, day_of_month, about=birth.about)
    except ValueError:
        # The month was corrected by somebody without the key of the day: 31 and February.
        return birth


class PersonCode(Base):
    """Every code a person has or had, here or at another site or organisation."""

    __tablename__ = "codes"

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    site: Mapped[str] = mapped_column(String(60), primary_key=True, default="")
    """The short code of the other site; empty for our own."""
    current: Mapped[bool] = mapped_column(default=True)


class CodeCounter(Base):
    """The last number given out in a year; its row is locked inside the write that takes the next."""

    __tablename__ = "code_counter"

    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    last: Mapped[int] = mapped_column(Integer)


def next_code(db: Session, year: int) -> str:
    """Allot the next code of *year*, e.g. ``R-2026-014``. A number is never given out twice."""
    # The row stays locked until the write ends, so within one write it is fetched only once.
    row: CodeCounter | None = db.info.get(("code_counter", year))
    if row is None:
        row = db.get(CodeCounter, year, with_for_update=True)
        if row is None:
            row = CodeCounter(year=year, last=0)
            db.add(row)
        db.info["code_counter", year] = row
    row.last += 1
    return f"R-{year}-{row.last:03d}"


def new_person(db: Session, desk: Desk, values: Mapping[str, Any], person_id: UUID | None = None) -> Person:
    """Put a person with *values* on file inside a running write and give her a code; *person_id* where it is known."""
    given = dict(values)
    registered: date = given.pop("registered_on", None) or desk.today()
    person = Person(id=person_id or new_id(), code=next_code(db, registered.year), registered_on=registered)
    db.add(person)
    db.add(PersonCode(person_id=person.id, code=person.code, site="", current=True))
    fill(desk, person, given)
    return person


def add_person(desk: Desk, **values: Any) -> Person:
    """Put a person on file, with ``worker_id`` as her worker when given. Raises Problems."""
    require(desk, Right.ADD_PERSON)
    worker_id = values.pop("worker_id", None)
    what_happened.require_writable(desk, values, Person.declared, None)
    check(desk.fields(Person), values, desk.today())
    with desk.write(Act.ADD_PERSON) as db:
        person = new_person(db, desk, values)
        if worker_id is not None:
            db.add(WorkerSince(person_id=person.id, since=person.registered_on, member_id=worker_id))
    return person


def change_person(desk: Desk, person: Person, **values: Any) -> Person:
    """Save changed *values* of a person as she was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CHANGE_PERSON)
    what_happened.require_writable(desk, values, Person.declared, person.id)
    return change(desk, Act.CHANGE_PERSON, person, values)


def archive_person(desk: Desk, person_id: UUID, *, archived: bool = True) -> None:
    """Take a person off the lists, or put her back. Nothing is deleted."""
    require(desk, Right.CHANGE_PERSON)
    archive(desk, Act.ARCHIVE_PERSON, Person, person_id, archived=archived)
