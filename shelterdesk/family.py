"""Family: who belongs to whom, on file or not, and what the house has to know at the door.

A child is a person on file with a record of its own. A relation is one row for two people and is read from both
sides; it says nothing about what happened to either of them. What is about the child itself, such as school and
guardianship, is in ``child_care``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, not_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import CLOSED, Kind, check
from shelterdesk.i18n import N_, _
from shelterdesk.identity_documents import SAID_BEFORE, Ending
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import ADULT_AGE, Person, new_person, with_day
from shelterdesk.person_history import is_closed
from shelterdesk.person_reading import is_in_use
from shelterdesk.reach import REMINDING, require_reach
from shelterdesk.records import add, all_of, archive, change, complete, fill, with_standing_values
from shelterdesk.same_person import current_id, same_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, declared, text_of, whole
from shelterdesk.schema.columns import choice, day, flag, link, partial_day, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.vault.compartments import Compartment

OTHER_WAY: Final[Mapping[str, str]] = {
    "child": "parent",
    "parent": "child",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "guardian": "ward",
    "ward": "guardian",
}
"""What the first person is to the second, where that is another word."""
CHILDREN: Final = frozenset({"child", "ward"})
"""Kinships of those a person looks after."""
_WHO: Final = N_("Choose who is on file, or enter a name: one of the two is needed")
_HERSELF: Final = N_("Choose somebody else: nobody is their own relative")
_ALREADY: Final = N_("These two are put down as relatives already. Open that line to change it")


class Relation(Record):
    """What one person is to another: «is the … of this person»."""

    __tablename__ = "relation"
    __table_args__ = (
        Index("ix_relation_order_until", "order_until", "person_id"),
        Index("ix_relation_relative", "relative_id", "archived_at"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"), index=True)
    kinship: Mapped[str] = choice(
        "relation.kinship",
        N_("Relationship"),
        vocab.KINSHIPS,
        required=True,
        group=N_("Who"),
        help=N_("What the other is to the person whose record this is."),
    )
    relative_id: Mapped[UUID | None] = link("relation.relative", N_("On file as"), "person", group=N_("Who"))
    name = sealed(
        "relation.name",
        N_("Name"),
        Compartment.IDENTITY,
        group=N_("Who"),
        help=N_("For somebody who has no record here."),
        sensitive=True,
        width=28,
    )
    birth: Mapped[PartialDate | None] = partial_day(
        "relation.birth",
        N_("Born"),
        group=N_("Who"),
        help=N_("A year is enough."),
        companion="birth_day",
        in_future=False,
    )
    birth_day = sealed(
        "relation.birth_day", N_("Day of birth"), Compartment.IDENTITY, kind=Kind.NUMBER, group=N_("Who")
    )
    gender: Mapped[str | None] = choice("relation.gender", N_("Gender"), vocab.GENDERS, group=N_("Who"))
    lives: Mapped[str | None] = choice("relation.lives", N_("Lives"), vocab.RELATIVE_PLACES, group=N_("Who"))
    where = sealed(
        "relation.where",
        N_("Where and with whom"),
        Compartment.IDENTITY,
        group=N_("Who"),
        sensitive=True,
        width=40,
    )
    knows_here: Mapped[bool | None] = flag("relation.knows_here", N_("Knows where she is now"), group=N_("Contact"))
    contact: Mapped[str | None] = choice("relation.contact", N_("Contact"), vocab.FAMILY_CONTACT, group=N_("Contact"))
    guardian: Mapped[bool | None] = flag(
        "relation.guardian",
        N_("Is the guardian"),
        group=N_("Child"),
        help=N_("Which of the two may decide for the child by law."),
    )
    may_collect: Mapped[str | None] = choice(
        "relation.may_collect", N_("Collecting the child"), vocab.COLLECTING, group=N_("Child")
    )
    at_door = sealed(
        "relation.at_door",
        N_("At the door"),
        Compartment.HOUSE,
        group=N_("Child"),
        help=N_("Every shift reads it: how to know who comes, and what to do. No story."),
        example=N_("tall, grey van; do not open, call the police"),
        width=40,
    )
    order: Mapped[str | None] = choice(
        "relation.order", N_("Court order on contact"), vocab.CONTACT_ORDERS, group=N_("Court order")
    )
    order_words = sealed(
        "relation.order_words",
        N_("Court, number and what it says"),
        Compartment.IDENTITY,
        kind=Kind.LONG_TEXT,
        group=N_("Court order"),
    )
    order_until: Mapped[date | None] = day(
        "relation.order_until",
        N_("The order holds until"),
        group=N_("Court order"),
        help=N_("It is on Today before it ends."),
    )

    @property
    def born(self) -> PartialDate | None:
        """The birth date as far as the reader's keys go."""
        return with_day(self.birth, declared(Relation, "birth_day").read(self))


IN_ORDER: Final = (
    "kinship",
    "relative_id",
    "name",
    "birth",
    "gender",
    "lives",
    "where",
    "knows_here",
    "contact",
    "guardian",
    "may_collect",
    "at_door",
    "order",
    "order_words",
    "order_until",
)
"""The fields in the order in which they are asked."""


@dataclass(frozen=True)
class Relative:
    """Somebody who belongs to a person, as seen from that person's record."""

    relation: Relation
    kinship: str
    """What the relative is to the person whose record is read."""
    person_id: UUID | None
    """The relative's record; None without one, and where it is closed to the reader."""
    name: str
    """The short name or code of who is on file, else the name put down; «» where the reader lacks its key."""
    code: str
    born: PartialDate | None
    closed: bool = False
    """The relative's record is closed to the reader, who does not learn who it is."""
    theirs: bool = False
    """The row stands in the relative's record."""

    def is_child(self, today: date) -> bool:
        """Tell whether the relative is a child to be looked after: by kinship and, as far as it is known, by age."""
        return self.kinship in CHILDREN and not is_grown_up(self.born, today)


def is_grown_up(born: PartialDate | None, today: date) -> bool:
    """Tell whether somebody born then is an adult for certain; who may still be a child counts as one."""
    age = born.age_on(today) if born is not None else None
    return age is not None and age >= ADULT_AGE


def put_child(db: Session, desk: Desk, mother_id: UUID, child_id: UUID, **values: Any) -> Relation:
    """Put down inside a running write that *child_id* is a child of *mother_id*, with *values* of a Relation.

    The caller asked for the right and put both on file. A relation that stands already is filled, not doubled.
    """
    standing = db.scalar(
        select(Relation)
        .where(_between(mother_id, child_id), Relation.archived_at.is_(None))
        .options(*whole(Relation))
        .limit(1)
    )
    relation = standing
    if relation is None:
        relation = Relation(person_id=mother_id, relative_id=child_id, kinship="child")
        db.add(relation)
    fill(desk, relation, values)
    return relation


def _between(one: UUID, other: UUID) -> Any:
    there = (Relation.person_id == one) & (Relation.relative_id == other)
    back = (Relation.person_id == other) & (Relation.relative_id == one)
    return or_(there, back)


# --- reading ----------------------------------------------------------------------------------------------------------


def relatives_of(desk: Desk, person_id: UUID) -> list[Relative]:
    """Return everybody put down as belonging to a person, children first. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    with desk.read() as db:
        return _relatives(desk, db, person_id)


def children_of(desk: Desk, person_id: UUID) -> list[Relative]:
    """Return the children of a person, grown-up ones too, the eldest first. Names as far as the reader's keys go.

    Every shift may ask: a bed is shared and a child collected at any hour. Raises RecordClosed.
    """
    require(desk, Right.SEE_HOUSE)
    require_reach(desk, person_id, asks=False)
    with desk.read() as db:
        return [one for one in _relatives(desk, db, person_id) if one.kinship in CHILDREN]


def at_the_door(desk: Desk, people: Iterable[UUID]) -> dict[UUID, list[Relative]]:
    """Return for those of *people* for whom it was put down who may collect them and who must not.

    It is the house's knowledge: every shift reads it, also of records that ask why they are opened.
    """
    require(desk, Right.SEE_HOUSE)
    found: dict[UUID, list[Relative]] = {}
    said_of = select(Relation.person_id, Relation.relative_id).where(
        Relation.may_collect.is_not(None), Relation.archived_at.is_(None)
    )
    with desk.read() as db:
        rows = db.execute(said_of.execution_options(**REMINDING))
        concerned = {current_id(desk, one) for row in rows for one in row if one is not None} & set(people)
        for person_id in concerned - desk.sight.unseen(db, concerned):
            said = [one for one in _relatives(desk, db, person_id) if one.relation.may_collect and _is_theirs(one)]
            if said:
                found[person_id] = sorted(said, key=lambda one: _HOW_STRICT.get(one.relation.may_collect or "", 3))
    return found


_HOW_STRICT: Final = {"no": 0, "agreed": 1, "yes": 2}


def _is_theirs(relative: Relative) -> bool:
    """Tell whether the line is about a child being collected by the relative, not the other way round."""
    return relative.kinship not in (*CHILDREN, "grandchild")


def _relatives(desk: Desk, db: Session, person_id: UUID) -> list[Relative]:
    ids = same_person(desk, person_id)
    query = (
        select(Relation)
        .where(or_(Relation.person_id.in_(ids), Relation.relative_id.in_(ids)), Relation.archived_at.is_(None))
        .order_by(Relation.created_at, Relation.id)
        .execution_options(**REMINDING)
    )
    rows = all_of(db, query, Relation)
    others = {one.id: one for one in rows}
    linked = {other for one in rows if (other := _other(desk, one, ids)) is not None}
    closed = desk.sight.unseen(db, linked)
    wanted = select(Person).where(Person.id.in_(linked - closed)).execution_options(**REMINDING)
    on_file = {person.id: person for person in all_of(db, wanted, Person)}
    found = [_relative(desk, one, ids, on_file, closed) for one in others.values()]
    return sorted(found, key=_standing)


def _other(desk: Desk, relation: Relation, ids: Iterable[UUID]) -> UUID | None:
    other = relation.relative_id if relation.person_id in ids else relation.person_id
    return None if other is None else current_id(desk, other)


def _relative(
    desk: Desk, relation: Relation, ids: Iterable[UUID], on_file: Mapping[UUID, Person], closed: Iterable[UUID]
) -> Relative:
    theirs = relation.person_id not in ids
    kinship = OTHER_WAY.get(relation.kinship, relation.kinship) if theirs else relation.kinship
    other = _other(desk, relation, ids)
    if other is not None and other in closed:
        return Relative(relation, kinship, None, "", "", None, closed=True, theirs=theirs)
    person = on_file.get(other) if other is not None else None
    if person is not None:
        return Relative(relation, kinship, person.id, person.shown_name, person.code, person.born, theirs=theirs)
    return Relative(relation, kinship, None, text_of(relation, "name"), "", relation.born, theirs=theirs)


_KINSHIP_ORDER: Final = {code.code: number for number, code in enumerate(vocab.KINSHIPS)}


def _standing(relative: Relative) -> tuple[int, date, Any]:
    born = relative.born.earliest() if relative.born is not None else date.max
    return _KINSHIP_ORDER.get(relative.kinship, len(_KINSHIP_ORDER)), born, relative.relation.created_at


def shown(relative: Relative) -> str:
    """Return what to call a relative on the screen."""
    if relative.closed:
        return _("Somebody whose record is closed to you")
    return relative.name or _("Name not put down")


def orders_ending(db: Session, today: date, people: Collection[UUID] | None = None) -> list[Ending]:
    """Return the court orders on contact that end within two months of *today*, of people whose support is not over."""
    person = Relation.__table__.c["person_id"]
    query = select(Relation.id, Relation.person_id, Relation.order_until).where(
        Relation.archived_at.is_(None),
        Relation.order_until.between(today - SAID_BEFORE, today + SAID_BEFORE),
        person.in_(select(Person.id).where(is_in_use())),
        not_(is_closed(person, today)),
    )
    if people is not None:
        query = query.where(person.in_(list(people)))
    found = [Ending(*row) for row in db.execute(query.execution_options(**REMINDING))]
    return sorted(found, key=lambda one: (one.on, one.id))


# --- writing ----------------------------------------------------------------------------------------------------------


def add_relation(desk: Desk, person_id: UUID, **values: Any) -> Relation:
    """Put down who belongs to a person. Raises Problems."""
    require(desk, Right.CHANGE_PERSON)
    require_reach(desk, person_id)
    _check_who(desk, person_id, complete(desk, Relation, values), None)
    return add(desk, Act.RECORD_FAMILY, Relation(person_id=person_id), values)


def add_child(desk: Desk, mother_id: UUID, **values: Any) -> Person:
    """Put a child of *mother_id* on file with a record of its own. Raises Problems."""
    require(desk, Right.ADD_PERSON)
    require(desk, Right.CHANGE_PERSON)
    require_reach(desk, mother_id)
    check(desk.fields(Person), values, desk.today())
    with desk.write(Act.ADD_PERSON) as db:
        child = new_person(db, desk, values)
        put_child(db, desk, current_id(desk, mother_id), child.id)
    return child


def change_relation(desk: Desk, relation: Relation, **values: Any) -> Relation:
    """Correct a relation as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CHANGE_PERSON)
    _check_who(desk, relation.person_id, with_standing_values(desk, relation, values), relation.id)
    return change(desk, Act.CHANGE_FAMILY, relation, values)


def archive_relation(desk: Desk, relation_id: UUID, *, archived: bool = True) -> None:
    """Take a relation that was put down by mistake off the record, or put it back. Nothing is deleted."""
    require(desk, Right.CHANGE_PERSON)
    archive(desk, Act.CHANGE_FAMILY, Relation, relation_id, archived=archived)


def _check_who(desk: Desk, person_id: UUID, values: Mapping[str, Any], itself: UUID | None) -> None:
    relative_id, name = values.get("relative_id"), values.get("name", CLOSED)
    if relative_id is None:
        if name is not CLOSED and not (name or "").strip():
            raise Problems([Problem("relation.name", _WHO)])
        return
    mine = same_person(desk, person_id)
    if relative_id in mine:
        raise Problems([Problem("relation.relative", _HERSELF)])
    require_reach(desk, relative_id, asks=False)
    with desk.read() as db:
        standing = select(Relation.id).where(_between(person_id, relative_id), Relation.archived_at.is_(None))
        if [one for one in db.scalars(standing) if one != itself]:
            raise Problems([Problem("relation.relative", _ALREADY)])
