"""Lists of people a worker made from a filter: kept, counted and shown like those the program brings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, String, func, not_, select, type_coerce
from sqlalchemy.orm import Mapped

from shelterdesk import residents, vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.folding import fold
from shelterdesk.i18n import N_
from shelterdesk.people import ADULT_AGE, Person
from shelterdesk.person_history import PhaseSince, StatusSince, WorkerSince, now_of
from shelterdesk.records import add, change
from shelterdesk.residents import SAVED_LISTS, ListRow, SavedList
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record, declared, text_of, whole
from shelterdesk.schema.columns import choice, choices, flag, link, sealed
from shelterdesk.vault.compartments import Compartment

OWN: Final = "own:"
"""Begins the id of a list of one's own; its record's id follows."""
_PERSON_ID: Final = Person.__table__.c["id"]
_NOBODY: Final = N_("Nobody fits this list today.")


class OwnList(Record):
    """A filter with a name, of whoever made it. What is not chosen does not narrow the list."""

    __tablename__ = "own_list"

    name = sealed("own_list.name", N_("Name of the list"), Compartment.HOUSE, required=True, width=28)
    base: Mapped[str] = choice("own_list.base", N_("From the list"), vocab.PEOPLE_BASES, required=True)
    words = sealed("own_list.words", N_("With the words"), Compartment.HOUSE, width=28)
    phases = choices("own_list.phases", N_("Phase"), vocab.PHASES)
    statuses = choices("own_list.statuses", N_("Identification status"), vocab.STATUSES)
    genders = choices("own_list.genders", N_("Gender"), vocab.GENDERS)
    ages: Mapped[str | None] = choice("own_list.ages", N_("Age"), vocab.AGE_GROUPS)
    worker_id: Mapped[UUID | None] = link("own_list.worker", N_("Worker"), "member")
    without_worker: Mapped[bool | None] = flag("own_list.without_worker", N_("Only who has no worker"))
    shared: Mapped[bool | None] = flag(
        "own_list.shared", N_("For everybody"), help=N_("Colleagues see the list too; each finds whom they reach.")
    )


@dataclass(frozen=True)
class Filter:
    """Whom a list holds, kept or not; what is empty narrows nothing."""

    base: str
    words: str | None = None
    phases: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    genders: frozenset[str] = frozenset()
    ages: str | None = None
    worker_id: UUID | None = None
    without_worker: bool | None = None


def filter_of(kept: OwnList) -> Filter:
    """Return the filter of a list; words whose key the reader lacks narrow nothing."""
    words = declared(OwnList, "words").read(kept)
    return Filter(
        kept.base,
        words if isinstance(words, str) else None,
        frozenset(kept.phases),
        frozenset(kept.statuses),
        frozenset(kept.genders),
        kept.ages,
        kept.worker_id,
        kept.without_worker,
    )


def lists_of(desk: Desk) -> list[OwnList]:
    """Return one's own lists and those colleagues share, in the order they were made."""
    require(desk, Right.SEE_HOUSE)
    query = select(OwnList).where(OwnList.archived_at.is_(None)).order_by(OwnList.created_at, OwnList.id)
    with desk.read() as db:
        found = db.scalars(query.options(*whole(OwnList))).all()
    return [one for one in found if one.created_by == desk.me.id or one.shared]


def add_list(desk: Desk, **values: Any) -> OwnList:
    """Keep a filter as a list. Raises Problems."""
    require(desk, Right.SEE_RECORDS)
    return add(desk, Act.CHANGE_LIST, OwnList(), values)


def change_list(desk: Desk, kept: OwnList, **values: Any) -> OwnList:
    """Change a list of one's own as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.SEE_RECORDS)
    _require_mine(desk, kept)
    return change(desk, Act.CHANGE_LIST, kept, values)


def archive_list(desk: Desk, list_id: UUID, *, archived: bool = True) -> None:
    """Take a list of one's own away, or bring it back. Nobody is touched by it."""
    require(desk, Right.SEE_RECORDS)
    with desk.write(Act.CHANGE_LIST) as db:
        kept = db.get_one(OwnList, list_id)
        _require_mine(desk, kept)
        kept.archived_at = desk.now() if archived else None


def saved_lists(desk: Desk) -> tuple[SavedList, ...]:
    """Return every list somebody may choose: those the program brings, then those people made."""
    if not desk.may(Right.SEE_RECORDS):
        return SAVED_LISTS
    return (*SAVED_LISTS, *(_as_saved(one) for one in lists_of(desk)))


def counts(desk: Desk) -> dict[str, int]:
    """Return how many people are on each list."""
    found = residents.list_counts(desk)
    if not desk.may(Right.SEE_RECORDS):
        return found
    for kept in lists_of(desk):
        found[own_id(kept)] = count_of_filter(desk, filter_of(kept))
    return found


def count_on(desk: Desk, list_id: str) -> int:
    """Return how many people are on one list; nobody on one that was taken away meanwhile."""
    require(desk, Right.SEE_HOUSE)
    if not list_id.startswith(OWN):
        return residents.count_where(desk, residents.condition_of(desk, list_id))
    kept = next((one for one in lists_of(desk) if own_id(one) == list_id), None)
    return count_of_filter(desk, filter_of(kept)) if kept is not None else 0


def count_of_filter(desk: Desk, chosen: Filter) -> int:
    """Return how many people a filter finds."""
    require(desk, Right.SEE_RECORDS)
    return len(rows_of_filter(desk, chosen)) if chosen.words else residents.count_where(desk, _fits(desk, chosen))


def rows_on(desk: Desk, list_id: str) -> list[ListRow]:
    """Return the people on a list, whoever made it; nobody on one that was taken away meanwhile."""
    if not list_id.startswith(OWN):
        return residents.list_rows(desk, list_id)
    require(desk, Right.SEE_RECORDS)
    kept = next((one for one in lists_of(desk) if own_id(one) == list_id), None)
    return rows_of_filter(desk, filter_of(kept)) if kept is not None else []


def rows_of_filter(desk: Desk, chosen: Filter) -> list[ListRow]:
    """Return whom a filter finds, whether it is kept as a list or not."""
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        rows = residents.rows_where(desk, db, _fits(desk, chosen))
    return with_words(rows, chosen.words or "")


def with_words(rows: list[ListRow], words: str) -> list[ListRow]:
    """Return those of *rows* whose name, code or worker has every one of *words* in it."""
    folded = fold(words).split()
    return [row for row in rows if row.matches(folded)] if folded else rows


def own_id(kept: OwnList) -> str:
    """Return the id by which places name a list."""
    return f"{OWN}{kept.id}"


def _fits(desk: Desk, chosen: Filter) -> ColumnElement[bool]:
    on = desk.today()
    found = residents.condition_of(desk, chosen.base)
    if chosen.phases:
        found &= now_of(_PERSON_ID, PhaseSince, "phase", on).in_(chosen.phases)
    if chosen.statuses:
        found &= now_of(_PERSON_ID, StatusSince, "status", on).in_(chosen.statuses)
    if chosen.genders:
        found &= Person.gender.in_(chosen.genders)
    worker = now_of(_PERSON_ID, WorkerSince, "member_id", on)
    if chosen.without_worker:
        found &= worker.is_(None)
    elif chosen.worker_id is not None:
        found &= worker == chosen.worker_id
    if chosen.ages is not None:
        found &= _is_child(on) if chosen.ages == "child" else Person.birth.is_not(None) & not_(_is_child(on))
    return found


def _is_child(on: date) -> ColumnElement[bool]:
    """Return the condition that somebody may still be under age: where the month is open, this year counts."""
    born = type_coerce(Person.__table__.c["birth"], String)
    year, month = func.substr(born, 1, 4), func.substr(born, 6, 2)
    of_age = f"{on.year - ADULT_AGE:04d}"
    return (year > of_age) | ((year == of_age) & ((month == "") | (month >= f"{on.month:02d}")))


def _as_saved(kept: OwnList) -> SavedList:
    return SavedList(own_id(kept), text_of(kept, "name") or N_("A list"), _NOBODY)


def _require_mine(desk: Desk, kept: OwnList) -> None:
    if kept.created_by != desk.me.id:
        require(desk, Right.CHANGE_SETTINGS)
