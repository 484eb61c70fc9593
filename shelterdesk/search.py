"""Finding people by name in any spelling, by code or by phone digits, in an index that lives only in memory.

Names are sealed, so nothing on disk can be searched. The worker builds the index after unlock from what the
signed-in person's keys open; locking drops it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from shelterdesk.desk import Desk
from shelterdesk.fields import CLOSED
from shelterdesk.folding import fold, similarity
from shelterdesk.people import Person
from shelterdesk.schema.base import declared

_NAMES = ("short_name", "given_names", "family_name", "other_names")
_MAYBE_THE_SAME = 82
"""Similarity, of 100, from which two names may belong to one person."""


@dataclass(frozen=True)
class Entry:
    """One person as the index knows her."""

    id: UUID
    code: str
    name: str
    full_name: str
    folded: str
    digits: str
    birth_year: int | None
    archived: bool


@dataclass(frozen=True)
class MaybeTheSame:
    """Somebody who may already be on file."""

    entry: Entry
    likeness: int


class Index:
    """Everybody on file, folded for finding."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries

    def find(self, words: str, limit: int = 20) -> list[Entry]:
        """Return who matches every word of *words*, code and short name before other names."""
        wanted = fold(words).split()
        if not wanted:
            return []
        digits = "".join(sign for sign in words if sign.isdigit())
        found: list[tuple[int, int, Entry]] = []
        for place, entry in enumerate(self.entries):
            if all(word in entry.folded for word in wanted):
                starts = fold(entry.name).startswith(wanted[0]) or entry.code.casefold().endswith(wanted[0])
                found.append((2 * entry.archived + (not starts), place, entry))
            elif len(digits) >= 4 and digits in entry.digits:
                found.append((1, place, entry))
        return [entry for _rank, _place, entry in sorted(found, key=lambda one: one[:2])[:limit]]

    def maybe_on_file(self, name: str, birth_year: int | None = None, limit: int = 3) -> list[MaybeTheSame]:
        """Return people whose name sounds like *name*, the most alike first; a different birth year counts against."""
        if len(fold(name)) < 3:
            return []
        found: list[MaybeTheSame] = []
        for entry in self.entries:
            likeness = max(similarity(name, one) for one in (entry.name, entry.full_name) if one)
            if birth_year and entry.birth_year and abs(birth_year - entry.birth_year) > 1:
                likeness -= 15
            if likeness >= _MAYBE_THE_SAME:
                found.append(MaybeTheSame(entry, int(likeness)))
        return sorted(found, key=lambda one: -one.likeness)[:limit]


def build_index(desk: Desk, cancelled: Callable[[], bool] = lambda: False) -> Index:
    """Read everybody on file. Takes about a second for 10,000 people, so the worker does it."""
    entries: list[Entry] = []
    with desk.read() as db:
        for block in db.scalars(select(Person).where(Person.merged_into_id.is_(None))).partitions(500):
            if cancelled():
                break
            entries += [entry_of(person) for person in block]
            db.expunge_all()
    return Index(sorted(entries, key=lambda entry: entry.code, reverse=True))


def entry_of(person: Person) -> Entry:
    """Return one person's entry, from what the reader's keys open."""
    names = [value for name in _NAMES if (value := declared(Person, name).read(person)) and value is not CLOSED]
    phone = declared(Person, "phone").read(person)
    full = " ".join(str(value) for value in names[1:]) if names else ""
    return Entry(
        person.id,
        person.code,
        person.shown_name,
        full,
        fold(" ".join([person.code, *map(str, names)])),
        "".join(sign for sign in str(phone or "") if sign.isdigit()) if phone is not CLOSED else "",
        person.birth.year if person.birth else None,
        person.archived_at is not None,
    )
