"""Merging two records of one person: looked at first, saved as one act, taken apart again when it was a mistake.

No row moves. The record that was merged points to the one that goes on, which from then on reads as both; its code
still finds her. What the one that goes on lacks, or what is right in the other, may be taken over into it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk import what_happened
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import CLOSED, Field, check
from shelterdesk.i18n import N_
from shelterdesk.people import Person
from shelterdesk.reach import require_reach
from shelterdesk.records import fill, same_version, with_standing_values
from shelterdesk.restrictions import deciding
from shelterdesk.same_person import current_id, merged, same_person
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, whole
from shelterdesk.stays import Stay

NOT_COMPARED: Final = frozenset({"person.code", "person.registered_on", "person.birth_day", "person.site"})
"""Fields that each record keeps: what the shelter gave out, and what goes with another field."""
_HERE: Final = N_("Both records say that she lives here now. End or correct one of the two stays first")
_HAS_OTHERS: Final = N_("Another record was merged into {code} before. Let {code} go on, or take the two apart first")
_SAME: Final = N_("Choose another record: this is the same one")
_MERGED: Final = N_("{code} was merged into another record already")
_REMOVED: Final = N_("{code} was removed. Nothing is left in it that could be merged")

COUNTED: Final = (
    ("stay", N_("Stays")),
    ("service", N_("Services")),
    ("note", N_("Notes")),
    ("plan", N_("Plans")),
    ("appointment", N_("Appointments")),
    ("placement", N_("Work and training")),
    ("consent", N_("Consents")),
    ("relation", N_("Relatives")),
    ("identity_document", N_("Identity documents")),
    ("contact", N_("Contacts")),
    ("referral", N_("Referrals")),
    ("referral_out", N_("Referrals to others")),
)
"""Kinds of record whose number the preview tells, so that somebody sees which record holds more."""


@dataclass(frozen=True)
class Difference:
    """One field in which the two records are not alike."""

    field: Field
    kept: Any
    """What stands in the record that goes on; None for nothing."""
    other: Any

    @property
    def fills(self) -> bool:
        """Tell whether the record that goes on has nothing here, so that taking over loses nothing."""
        return self.kept in (None, "", frozenset())


@dataclass(frozen=True)
class Preview:
    """What merging two records comes to."""

    kept: Person
    """The record that goes on."""
    other: Person
    differences: tuple[Difference, ...]
    counts: tuple[tuple[str, int, int], ...]
    """Label of a kind of record, and how many of it stand in each of the two."""
    hindrances: tuple[Problem, ...] = ()
    """What is to be put right before they can be merged."""


@dataclass(frozen=True)
class Merged:
    """A merge that was saved, with what is needed to undo it wholly."""

    kept_id: UUID
    other_id: UUID
    before: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What stood in the record that goes on where something was taken over, by attribute."""


def preview(desk: Desk, kept_id: UUID, other_id: UUID) -> Preview:
    """Return what merging *other_id* into *kept_id* comes to. Raises RecordClosed, NeedsReason."""
    require(desk, Right.CHANGE_PERSON)
    require_reach(desk, kept_id, other_id)
    kept, other = _one_record(desk, kept_id), _one_record(desk, other_id)
    found: list[Difference] = []
    # What happened is compared only where both of it were opened, each with its reason.
    both = what_happened.is_open(desk, kept_id) and what_happened.is_open(desk, other_id)
    fields = desk.writable(desk.fields(Person))
    for one in fields if both else what_happened.without_it(fields):
        if one.id in NOT_COMPARED:
            continue
        mine, theirs = _value(one, kept), _value(one, other)
        if theirs not in (None, "", frozenset()) and mine != theirs:
            found.append(Difference(one, mine, theirs))
    with desk.read() as db:
        counts = _counts(db, kept_id, other_id)
    return Preview(kept, other, tuple(found), counts, tuple(_hindrances(desk, kept, other)))


def _one_record(desk: Desk, person_id: UUID) -> Person:
    """Return a record itself, also one that was merged into another."""
    with desk.read(everybody=True) as db:
        return db.get_one(Person, person_id, options=whole(Person))


def _value(one: Field, person: Person) -> Any:
    value = person.born if one.attribute == "birth" else one.read(person)
    return None if value is CLOSED else value


def _counts(db: Session, kept_id: UUID, other_id: UUID) -> tuple[tuple[str, int, int], ...]:
    found: list[tuple[str, int, int]] = []
    for table, label in COUNTED:
        kind: Any = RECORDS[table]
        query = (
            select(kind.person_id, func.count())
            .where(kind.person_id.in_([kept_id, other_id]), kind.archived_at.is_(None))
            .group_by(kind.person_id)
        )
        number = {row[0]: row[1] for row in db.execute(query)}
        if number:
            found.append((label, number.get(kept_id, 0), number.get(other_id, 0)))
    return tuple(found)


def _hindrances(desk: Desk, kept: Person, other: Person) -> list[Problem]:
    if kept.id == other.id:
        return [Problem("person.code", _SAME)]
    found = [Problem("person.code", _MERGED, code=one.code) for one in (kept, other) if one.merged_into_id is not None]
    if len(same_person(desk, other.id)) > 1 and other.merged_into_id is None:
        found.append(Problem("person.code", _HAS_OTHERS, code=other.code))
    found += [Problem("person.code", _REMOVED, code=one.code) for one in (kept, other) if one.removed]
    with desk.read(everybody=True) as db:
        stays = select(Stay.person_id).where(
            Stay.person_id.in_([*same_person(desk, kept.id), other.id]),
            Stay.left_on.is_(None),
            Stay.archived_at.is_(None),
        )
        living = {current_id(desk, one) for one in db.scalars(stays)}
    if {kept.id, other.id} <= living:
        found.append(Problem("person.code", _HERE))
    return found


def merge(desk: Desk, kept: Person, other: Person, *, take_over: Collection[str] = ()) -> Merged:
    """Merge *other* into *kept*, both as they were read for the preview.

    The values of the fields in *take_over* (attributes) come from *other*. Raises Problems, StaleRecord.
    """
    require(desk, Right.CHANGE_PERSON)
    require_reach(desk, kept.id, other.id)
    hindrances = _hindrances(desk, kept, other)
    if hindrances:
        raise Problems(hindrances)
    values = {one.attribute: _value(one, other) for one in desk.fields(Person) if one.attribute in take_over}
    before = {one.attribute: _value(one, kept) for one in desk.fields(Person) if one.attribute in take_over}
    for whose in (kept.id, other.id):
        what_happened.require_writable(desk, values, Person.declared, whose)
    facts = {"log.what": f"{other.code} → {kept.code}"}
    # Both lie open before whoever merges them, so the one that goes on does not ask again.
    desk.opened_with_reason.update((kept.id, other.id))
    with deciding(desk, Act.MERGE_RECORDS, about=kept.id, facts=facts) as db:
        current, gone = _read_both(db, kept, other)
        if values:
            check(desk.fields(Person), with_standing_values(desk, current, values), desk.today())
            fill(desk, current, values)
        gone.merged_into_id = kept.id
    return Merged(kept.id, other.id, before)


def _read_both(db: Session, kept: Person, other: Person) -> tuple[Person, Person]:
    current = db.get_one(Person, kept.id, options=whole(Person))
    gone = db.get_one(Person, other.id, options=whole(Person))
    same_version(current, kept)
    same_version(gone, other)
    return current, gone


def merged_into(desk: Desk, person_id: UUID) -> list[Person]:
    """Return the records that were merged into that of a person, by code. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    require_reach(desk, person_id)
    others = same_person(desk, person_id)[1:]
    if not others:
        return []
    with desk.read(everybody=True) as db:
        found = db.scalars(select(Person).where(Person.id.in_(others)).options(*whole(Person)))
        return sorted(found, key=lambda one: one.code)


def part(desk: Desk, other_id: UUID, undo: Merged | None = None) -> None:
    """Take a record that was merged into another apart from it again: both stand as two.

    What was written since stays with the record it was written in. *undo* also puts back what was taken over.
    """
    require(desk, Right.CHANGE_PERSON)
    kept_id = merged(desk).get(other_id)
    if kept_id is None:
        return
    require_reach(desk, kept_id, other_id)
    codes = [_one_record(desk, one).code for one in (other_id, kept_id)]
    facts = {"log.what": f"{codes[0]} ↔ {codes[1]}"}
    with deciding(desk, Act.PART_RECORDS, about=kept_id, facts=facts) as db:
        db.get_one(Person, other_id).merged_into_id = None
        if undo is not None and undo.before:
            fill(desk, db.get_one(Person, kept_id, options=whole(Person)), undo.before)
