"""Finding people by name in any spelling, by code or by phone digits, in an index that lives only in memory.

Names are sealed, so nothing on disk can be searched. The worker builds the index after unlock from what the
signed-in person's keys open; locking drops it. Every name is folded once, when the index is built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from shelterdesk.access import Right
from shelterdesk.desk import Desk
from shelterdesk.folding import NameKey, fold, key_matches, key_similarity, name_key, query_key, search_text
from shelterdesk.people import Person
from shelterdesk.vault import KeyRing

_MAYBE_THE_SAME: Final = 82
"""Similarity, of 100, from which two names may belong to one person."""
_ONE_WORD: Final = 75
"""Two names that are alike enough have at least one pair of words that is this much alike."""
_OTHER_YEAR: Final = 15
"""What a different birth year takes from a likeness."""
_DIGITS: Final = 4
"""Digits of a phone number that must be typed before it is looked for."""
_BLOCK: Final = 500
_SEALED: Final = (
    Person.short_name,
    Person.given_names,
    Person.family_name,
    Person.other_names,
    Person.phone,
)


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
    keys: tuple[NameKey, ...]


@dataclass(frozen=True)
class MaybeTheSame:
    """Somebody who may already be on file."""

    entry: Entry
    likeness: int


class Index:
    """Everybody on file, folded for finding."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
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
        found: list[tuple[int, int, Entry]] = []
        for place, entry in enumerate(self.entries):
            if key_matches(wanted, entry.searched):
                found.append((2 * entry.archived + (not key_matches(wanted[:1], entry.first)), place, entry))
            elif len(digits) >= _DIGITS and digits in entry.digits:
                found.append((2 * entry.archived + 1, place, entry))
        return [entry for _rank, _place, entry in sorted(found, key=lambda one: one[:2])[:limit]]

    def maybe_on_file(self, name: str, birth_year: int | None = None, limit: int = 3) -> list[MaybeTheSame]:
        """Return people whose name sounds like *name*, the most alike first; a different birth year counts against."""
        if len(fold(name)) < 3:
            return []
        wanted = name_key(name)
        found: list[MaybeTheSame] = []
        for place in self._worth_comparing(wanted):
            entry = self.entries[place]
            likeness = max(key_similarity(wanted, key) for key in entry.keys)
            if birth_year and entry.birth_year and abs(birth_year - entry.birth_year) > 1:
                likeness -= _OTHER_YEAR
            if likeness >= _MAYBE_THE_SAME:
                found.append(MaybeTheSame(entry, likeness))
        return sorted(found, key=lambda one: -one.likeness)[:limit]

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
    """Read everybody on file; empty for who may not see the house. The worker does it, it takes a second or two."""
    entries: list[Entry] = []
    if not desk.may(Right.SEE_HOUSE):
        return Index(entries)
    columns = [Person.__table__.c[sealed.column] for sealed in _SEALED]
    query = select(Person.id, Person.code, Person.birth, Person.archived_at, *columns)
    query = query.where(Person.merged_into_id.is_(None)).order_by(Person.code.desc())
    with desk.read() as db:
        for block in db.execute(query).partitions(_BLOCK):
            if cancelled():
                break
            entries += [_entry(desk.vault.ring, *row) for row in block]
    return Index(entries)


def _entry(ring: KeyRing, person_id: UUID, code: str, birth: Any, archived_at: Any, *sealed: bytes | None) -> Entry:
    """Return one person's entry, from what the keys of *ring* open."""
    opened = [one.words_with(ring, person_id, value) for one, value in zip(_SEALED, sealed, strict=True)]
    short, given, family, other, phone = opened
    full = " ".join(name for name in (given, family) if name)
    return Entry(
        person_id,
        code,
        short or code,
        full,
        birth.year if birth else None,
        archived_at is not None,
        search_text(code, short),
        search_text(code, short, given, family, other),
        "".join(sign for sign in phone if sign.isdigit()),
        tuple(key for name in (short, full, other) if (key := name_key(name))),
    )
