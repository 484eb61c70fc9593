"""People who may already be on file: compared by names in any script, partial birth dates, numbers.

It is a hint beside a form, never a hindrance. The index holds only what the reader's keys open, so a worker who holds
``house`` alone is told of short names and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from shelterdesk.access import Right
from shelterdesk.i18n import N_
from shelterdesk.same_person import same_person
from shelterdesk.vocab.lists import RESERVED, plain

if TYPE_CHECKING:
    from shelterdesk.desk import Desk
    from shelterdesk.partial_date import PartialDate
    from shelterdesk.search import Entry, Index

ALIKE_FROM: Final = 80
"""Likeness, of 100, from which somebody is named as perhaps on file."""
_OTHER_BIRTH: Final = 15
_NEAR_BIRTH: Final = 2
_SAME_BIRTH: Final = 4
_OTHER_GENDER: Final = 8
_NEAR_YEARS: Final = 2
_WRITTEN_ALIKE: Final = 99
"""Likeness from which two names are written alike, whatever their script."""
_SHORTEST_NUMBER: Final = 6
"""Signs of a phone or document number from which it tells somebody apart."""
_UNSAID: Final = frozenset(code.code for code in RESERVED)

SAME_PAPER: Final = N_("the same document number")
SAME_PHONE: Final = N_("the same telephone number")
SAME_NAME: Final = N_("the same name")
LIKE_NAME: Final = N_("a name that sounds alike")
SAME_DAY: Final = N_("the same day of birth")
LIKE_BIRTH: Final = N_("a birth date that may be the same")


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be the same person."""

    entry: Entry
    likeness: int
    """0 to 100."""
    reasons: tuple[str, ...]
    """Message ids of what is alike, the strongest first."""

    @property
    def id(self) -> UUID:
        """Whose record it is."""
        return self.entry.id


def candidates(
    desk: Desk,
    index: Index,
    *,
    names: Iterable[str | None],
    birth: PartialDate | None = None,
    gender: str | None = None,
    paper: str | None = None,
    phone: str | None = None,
    but: Collection[UUID] = (),
    limit: int = 3,
) -> list[Candidate]:
    """Return who may be the person of whom this was typed, the most alike first.

    *names* are each a whole name in any script: the short name, given and family name together, other spellings.
    People in *but* are left out, with whoever is the same person as they.
    """
    if not desk.may(Right.SEE_HOUSE):
        return []
    out = {one for person_id in but for one in same_person(desk, person_id)}
    found: dict[UUID, Candidate] = {}
    for entry, reason in _of_same_number(index, paper, phone):
        found[entry.id] = Candidate(entry, 100, (reason, *_about_birth(birth, entry)[1]))
    for name in names:
        for one in index.sounding_like(name or "", ALIKE_FROM - _SAME_BIRTH):
            likeness, alike = _about_birth(birth, one.entry)
            likeness += one.likeness
            if _differ(gender, one.entry.gender):
                likeness -= _OTHER_GENDER
            if likeness < ALIKE_FROM:
                continue
            known = found.get(one.entry.id)
            reason = SAME_NAME if one.likeness >= _WRITTEN_ALIKE else LIKE_NAME
            if known is None or min(likeness, 100) > known.likeness:
                found[one.entry.id] = Candidate(one.entry, min(likeness, 100), (reason, *alike))
            elif reason not in known.reasons and not {SAME_NAME, LIKE_NAME} & set(known.reasons):
                found[one.entry.id] = Candidate(one.entry, known.likeness, (*known.reasons, reason))
    standing = [one for one in found.values() if one.id not in out]
    return sorted(standing, key=lambda one: (-one.likeness, one.entry.archived, one.entry.code))[:limit]


def _of_same_number(index: Index, paper: str | None, phone: str | None) -> Iterable[tuple[Entry, str]]:
    wanted_paper = plain(paper or "")
    wanted_phone = "".join(sign for sign in phone or "" if sign.isdigit())
    if len(wanted_phone) >= _SHORTEST_NUMBER:
        # 050 123 45 67 and +994 50 123 45 67 are one number: the end of it counts.
        ending = wanted_phone[-9:].lstrip("0")
        for entry in index.entries:
            if any(number.endswith(ending) for number in entry.digits.split()):
                yield entry, SAME_PHONE
    if len(wanted_paper) >= _SHORTEST_NUMBER:
        for entry in index.entries:
            if wanted_paper in entry.papers.split():
                yield entry, SAME_PAPER


def _about_birth(birth: PartialDate | None, entry: Entry) -> tuple[int, tuple[str, ...]]:
    """Return what the birth dates add to a likeness or take from it, and what to say of them."""
    other = entry.born
    if birth is None or other is None:
        return 0, ()
    if birth.may_be(other):
        exact = (birth.month, birth.day) == (other.month, other.day) and birth.day is not None
        return _SAME_BIRTH, (SAME_DAY if exact else LIKE_BIRTH,)
    if birth.year == other.year and {birth.month, birth.day} == {other.month, other.day}:
        # Day and month stood in the other order.
        return _NEAR_BIRTH, (LIKE_BIRTH,)
    if abs(birth.year - other.year) <= _NEAR_YEARS:
        return -_NEAR_BIRTH, ()
    return -_OTHER_BIRTH, ()


def _differ(one: str | None, other: str | None) -> bool:
    return bool(one and other and one != other and not {one, other} & _UNSAID)
