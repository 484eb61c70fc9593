"""Finding people by name in any spelling, by code, by phone digits or by document number, in an index in memory.

Names are sealed, so nothing on disk can be searched. The worker builds the index after unlock from what the
signed-in person's keys open; locking drops it. Every name is folded once, when the index is built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from shelterdesk.access import Right
from shelterdesk.contacts import Contact
from shelterdesk.desk import Desk
from shelterdesk.folding import NameKey, fold, key_similarity, name_key, query_key, search_text
from shelterdesk.identity_documents import IdentityDocument
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import Person, with_day
from shelterdesk.same_person import read_merged
from shelterdesk.vault import KeyRing
from shelterdesk.vocab.lists import plain

"""Similarity, of 100, from which two names may belong to one person."""
_ONE_WORD: Final = 75
"""Two names that are alike enough have at least one pair of words that is this much alike."""
"""What a different birth year takes from a likeness."""
_DIGITS: Final = 4
"""Digits of a phone or document number that must be typed before it is looked for."""
_SHORTEST_NAME: Final = 3
_BLOCK: Final = 500
_SEALED: Final = (
    Person.short_name,
    Person.given_names,
    Person.family_name,
    Person.other_names,
    Person.phone,
    Person.document_number,
    Person.birth_day,
)
_BESIDE: Final[tuple[tuple[Any, Any], ...]] = (
    (IdentityDocument, IdentityDocument.number),
    (Contact, Contact.phone),
)
"""Further numbers, in rows of their own."""


@dataclass(frozen=True)
class Entry:
    """One person as the index knows her."""

    id: UUID
    code: str
    name: str
    full_name: str
    birth_year: int | None
    archived: bool
    first: str
    """What a search that knows her looks into first: code and short name, as written and as heard."""
    searched: str
    """The same for all her names."""
    digits: str
    """Digits of every telephone number, numbers set apart by spaces."""
    keys: tuple[NameKey, ...]
    born: PartialDate | None = None
    gender: str | None = None
    papers: str = ""
    """Every document number in small letters and digits, set apart by spaces."""


@dataclass(frozen=True)
class MaybeTheSame:
    """Somebody who may already be on file."""

    entry: Entry
    likeness: int


class Index:
    """Everybody on file, folded for finding."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self._searched = [entry.searched for entry in self.entries]
        self._by_word: dict[str, dict[tuple[str, str], list[int]]] = {}
        for place, entry in enumerate(self.entries):
            for word in {word for key in entry.keys for word in key}:
                self._by_word.setdefault(_first_sound(word), {}).setdefault(word, []).append(place)

    def find(self, words: str, limit: int = 20) -> list[Entry]:
        """Return who matches every word of *words*, code and short name before other names."""
        wanted = query_key(words)
        if not wanted:
            return []
        digits = "".join(sign for sign in words if sign.isdigit())
        paper = plain(words) if len(digits) >= _DIGITS else ""
        digits = digits if len(digits) >= _DIGITS and len(digits) >= sum(sign.isalnum() for sign in words) else ""
        matching = self._with_words(wanted)
        first_written, first_heard = (f" {spelling}" for spelling in wanted[0])
        ranks: tuple[list[Entry], ...] = ([], [], [], [])
        for place in matching:
            entry = self.entries[place]
            ahead = first_written in entry.first or first_heard in entry.first
            ranks[2 * entry.archived + (not ahead)].append(entry)
        if digits or paper:
            known = set(matching)
            for place, entry in enumerate(self.entries):
                found = (digits and digits in entry.digits) or (paper and paper in entry.papers)
                if found and place not in known:
                    ranks[2 * entry.archived + 1].append(entry)
        return [entry for rank in ranks for entry in rank][:limit]

    def _with_words(self, wanted: NameKey) -> list[int]:
        """Return the places of who matches every word, as ``folding.matches`` tells it, but for thousands."""
        searched = self._searched
        places: Sequence[int] = range(len(searched))
        for written, heard in wanted:
            as_written, as_heard = f" {written}", f" {heard}"
            if as_written == as_heard:
                places = [place for place in places if as_written in searched[place]]
            else:
                places = [place for place in places if as_written in searched[place] or as_heard in searched[place]]
        return list(places)

    def sounding_like(self, name: str, least: int) -> list[MaybeTheSame]:
        """Return people whose name is at least so much like *name*, in no order."""
        if len(fold(name)) < _SHORTEST_NAME:
            return []
        wanted = name_key(name)
        found: list[MaybeTheSame] = []
        for place in self._worth_comparing(wanted):
            entry = self.entries[place]
            likeness = max(key_similarity(wanted, key) for key in entry.keys)
            if likeness >= least:
                found.append(MaybeTheSame(entry, likeness))
        return found

    def _worth_comparing(self, wanted: NameKey) -> list[int]:
        """Return the places of entries that share a word with *wanted*, or one that sounds nearly like it."""
        places: set[int] = set()
        for word in wanted:
            for other, having in self._by_word.get(_first_sound(word), {}).items():
                if key_similarity((word,), (other,)) >= _ONE_WORD:
                    places.update(having)
        return sorted(places)


def _first_sound(word: tuple[str, str]) -> str:
    # Words that begin with different sounds are never alike enough; h and k stand for each other across scripts.
    return word[1][:1].replace("k", "h")


def build_index(desk: Desk, cancelled: Callable[[], bool] = lambda: False) -> Index:
    """Read everybody on file; empty for who may not see the house. The worker does it, it takes a second or two.

    What stands in a record that was merged into another finds the one that goes on.
    """
    if not desk.may(Right.SEE_HOUSE):
        return Index([])
    columns = [Person.__table__.c[sealed.column] for sealed in _SEALED]
    query = select(Person.id, Person.code, Person.birth, Person.gender, Person.archived_at, *columns)
    query = query.order_by(Person.code.desc())
    read: dict[UUID, _Read] = {}
    with desk.read() as db:
        into = read_merged(db)
        for block in db.execute(query).partitions(_BLOCK):
            if cancelled():
                return Index([])
            read |= {row[0]: _Read(tuple(row), _opened(desk.vault.ring, row[0], row[5:])) for row in block}
        for number, (kind, sealed) in enumerate(_BESIDE):
            if desk.holds(sealed.compartment):
                _read_numbers(desk, db, kind, sealed, read, "papers" if number == 0 else "phones")
    for one, end in into.items():
        if one in read and end in read:
            read[end].take(read.pop(one))
    return Index(one.entry(person_id) for person_id, one in read.items())


def _opened(ring: KeyRing, person_id: UUID, sealed: Sequence[bytes | None]) -> list[str]:
    return [one.words_with(ring, person_id, value) for one, value in zip(_SEALED, sealed, strict=True)]


def _read_numbers(desk: Desk, db: Session, kind: Any, sealed: Any, read: dict[UUID, _Read], attribute: str) -> None:
    column = kind.__table__.c[sealed.column]
    query = select(kind.person_id, kind.id, column).where(kind.archived_at.is_(None), column.is_not(None))
    for person_id, row_id, value in db.execute(query):
        if person_id in read:
            getattr(read[person_id], attribute).append(sealed.words_with(desk.vault.ring, row_id, value))


class _Read:
    """What was read of one person, with what was read of the records merged into hers."""

    def __init__(self, row: Sequence[Any], opened: Sequence[str]) -> None:
        self.code: str = row[1]
        self.gender: str | None = row[3]
        self.archived = row[4] is not None
        self.short, self.given, self.family, other, phone, paper, day = opened
        self.birth: PartialDate | None = with_day(row[2], int(day) if day.isdecimal() else None)
        self.codes = [self.code]
        self.others = other.splitlines()
        self.phones = phone.splitlines()
        self.papers = [paper]

    def take(self, other: _Read) -> None:
        """Let what stands in *other*, which was merged into this one, find this one."""
        self.codes += other.codes
        self.others += [other.short, f"{other.given} {other.family}", *other.others]
        self.phones += other.phones
        self.papers += other.papers
        self.birth, self.gender = self.birth or other.birth, self.gender or other.gender

    def entry(self, person_id: UUID) -> Entry:
        """Return what the index keeps."""
        full = " ".join(name for name in (self.given, self.family) if name)
        numbers = ("".join(sign for sign in phone if sign.isdigit()) for phone in self.phones)
        papers = (plain(paper) for paper in self.papers)
        return Entry(
            person_id,
            self.code,
            self.short or self.code,
            full,
            self.birth.year if self.birth else None,
            self.archived,
            search_text(*self.codes, self.short),
            search_text(*self.codes, self.short, self.given, self.family, *self.others),
            " ".join(number for number in numbers if number),
            tuple(key for name in (self.short, full, *self.others) if (key := name_key(name))),
            self.birth,
            self.gender,
            " ".join(paper for paper in papers if paper),
        )
