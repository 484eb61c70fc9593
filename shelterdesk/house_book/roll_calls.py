"""Roll calls: who is in the house, out, away for the night or not back yet, as somebody saw it at an hour."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from shelterdesk import i18n
from shelterdesk.absences import away_on
from shelterdesk.access import Right, require
from shelterdesk.bed_use import bed_names
from shelterdesk.desk import Desk
from shelterdesk.family import Relation
from shelterdesk.fields import check
from shelterdesk.folding import sort_key
from shelterdesk.house_book.handovers import time_of
from shelterdesk.house_book.shifts import Shift, codes_of
from shelterdesk.i18n import N_
from shelterdesk.people import ADULT_AGE, Person
from shelterdesk.person_reading import listed
from shelterdesk.records import all_of, fill
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import Record
from shelterdesk.schema.columns import choice, clock, day, link, points_to, sealed
from shelterdesk.schema.types import Id
from shelterdesk.stays import open_stays
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vocab.house_book import SHIFTS, WHEREABOUTS

IN_HOUSE, OUT, NIGHT_AWAY, NOT_BACK = "in_house", "out", "night_away", "not_back"
STATES: Final = (IN_HOUSE, OUT, NIGHT_AWAY, NOT_BACK)
"""In the order in which a mark is moved on."""


class RollMark(Record):
    """Where one person was at one call. Without an hour of the call it is kept, and not saved yet."""

    __tablename__ = "roll_mark"
    __table_args__ = (
        Index("ix_roll_mark_on", "on", "shift", "archived_at"),
        Index("ix_roll_mark_person", "person_id", "archived_at", "id"),
    )

    person_id: Mapped[UUID] = mapped_column(Id, points_to("person"))
    on: Mapped[date] = day("roll_mark.on", N_("Day of the shift"), required=True)
    shift: Mapped[str] = choice("roll_mark.shift", N_("Shift"), SHIFTS, required=True)
    state: Mapped[str] = choice("roll_mark.state", N_("Where she is"), WHEREABOUTS, required=True)
    back_on: Mapped[date | None] = day("roll_mark.back_on", N_("Back on"))
    back_at: Mapped[time | None] = clock("roll_mark.back_at", N_("Back at"))
    words = sealed(
        "roll_mark.words",
        N_("In words"),
        Compartment.HOUSE,
        help=N_("No destination: enough to know whether somebody should worry."),
        width=28,
    )
    called_on: Mapped[date | None] = day("roll_mark.called_on", N_("Called on"), in_future=False)
    called_at: Mapped[time | None] = clock("roll_mark.called_at", N_("Called at"))
    called_by: Mapped[UUID | None] = link("roll_mark.called_by", N_("Called by"), "member")


@dataclass(frozen=True)
class Mark:
    """Where somebody is, as it is seen or about to be saved."""

    state: str = IN_HOUSE
    back_on: date | None = None
    back_at: time | None = None
    words: str | None = None


@dataclass(frozen=True)
class RollRow:
    """One person who lives here, with her mark. A child whose mother lives here stands *under* her."""

    person_id: UUID
    name: str
    bed: str
    mark: Mark
    under: bool = False
    age: int | None = None


@dataclass(frozen=True)
class Roll:
    """The roll call of a shift: the one that was saved last, or where everybody was when last seen."""

    rows: tuple[RollRow, ...]
    unnamed: int = 0
    """How many more live here whose records are closed to the reader: a colleague has to count them."""
    taken_on: date | None = None
    taken_at: time | None = None
    taken_by: UUID | None = None


def read_roll(desk: Desk, shift: Shift) -> Roll:
    """Return the roll call of *shift*. Whoever should have been back by now is «not back yet»."""
    require(desk, Right.SEE_HOUSE)
    on_now = shift.holds(desk.now())
    on = desk.today() if on_now else desk.day_of(shift.begins)
    away = away_on(desk, shift.day) if on_now else {}
    with desk.read() as db:
        here = set(open_stays(db, on))
        called = _marks(desk, db, shift)
        seen = _last_seen(db, here) if on_now else {}
        # Who was put down as away tonight is, unless she was seen since.
        seen |= {one: Mark(NIGHT_AWAY, absence.until) for one, absence in away.items() if _is_in(seen.get(one))}
        marks = {**seen, **{one.person_id: _mark(one) for one in called}}
        here |= set[UUID]() if on_now else marks.keys()
        people = {one.id: one for one in listed(db, Person.id.in_(here))}
        births = {row.id: row.birth for row in db.execute(select(Person.id, Person.birth).where(Person.id.in_(here)))}
        mothers = _children(db, people)
    with desk.read(everybody=True) as db:
        unnamed = len(desk.sight.unseen(db, set(open_stays(db, on))))
    beds = bed_names(desk, people, on)
    rows = [
        RollRow(
            one.id,
            one.shown,
            beds.get(one.id, ""),
            _as_of_now(desk, marks.get(one.id, Mark()), live=on_now),
            age=born.age_on(on) if (born := births.get(one.id)) is not None else None,
        )
        for one in people.values()
    ]
    language = i18n.language()
    rows.sort(key=lambda row: (sort_key(row.name, language), row.person_id))
    saved = [one for one in called if one.called_at is not None]
    if not saved or len(saved) < len(called):
        return Roll(_under_mothers(rows, mothers), unnamed)
    last = max(saved, key=lambda one: (one.called_on or date.min, one.called_at or time()))
    return Roll(_under_mothers(rows, mothers), unnamed, last.called_on, last.called_at, last.called_by)


def save_roll(desk: Desk, shift: Shift, marks: Mapping[UUID, Mark], *, finished: bool = True) -> None:
    """Save where everybody is; not *finished*, it only keeps the marks so far. Raises Problems, RecordClosed.

    A finished call stays as it is: the next one of the same shift is a call of its own.
    """
    require(desk, Right.KEEP_HOUSE_BOOK)
    for mark in marks.values():
        check(desk.fields(RollMark), vars(mark), desk.today())
    called = {"called_on": desk.today(), "called_at": time_of(desk), "called_by": desk.me.id} if finished else {}
    with desk.write(Act.CALL_ROLL) as db:
        begun = {one.person_id: one for one in _marks(desk, db, shift) if one.called_at is None}
        for person_id, mark in marks.items():
            row = begun.get(person_id)
            if row is None:
                row = RollMark(person_id=person_id, on=shift.day, shift=shift.code)
                db.add(row)
            fill(desk, row, _tidy(mark) | called)


def moved_on(mark: Mark) -> Mark:
    """Return the next state; what was said about coming back stays as long as she is not in the house."""
    state = STATES[(STATES.index(mark.state) + 1) % len(STATES)]
    return Mark() if state == IN_HOUSE else replace(mark, state=state)


def counts(rows: tuple[RollRow, ...] | list[RollRow]) -> dict[str, int]:
    """Return how many are where."""
    return {state: sum(row.mark.state == state for row in rows) for state in STATES}


def _tidy(mark: Mark) -> dict[str, Any]:
    values = vars(mark).copy()
    if mark.state == IN_HOUSE:
        values |= {"back_on": None, "back_at": None}
    return values


def _marks(desk: Desk, db: Session, shift: Shift) -> list[RollMark]:
    """Return the newest mark of everybody who was called in *shift*."""
    query = select(RollMark).where(
        RollMark.on == shift.day, RollMark.shift.in_(codes_of(desk, shift)), RollMark.archived_at.is_(None)
    )
    newest = {one.person_id: one for one in all_of(db, query.order_by(RollMark.created_at, RollMark.id), RollMark)}
    return list(newest.values())


def _last_seen(db: Session, people: Collection[UUID]) -> dict[UUID, Mark]:
    """Return where each of *people* was when last marked."""
    newest = (
        select(func.max(RollMark.id).label("id"))
        .where(RollMark.person_id.in_(people), RollMark.archived_at.is_(None))
        .group_by(RollMark.person_id)
        .subquery()
    )
    query = select(RollMark).join(newest, newest.c.id == RollMark.id)
    return {one.person_id: _mark(one) for one in all_of(db, query, RollMark)}


def _is_in(mark: Mark | None) -> bool:
    return mark is None or mark.state == IN_HOUSE


def _mark(one: RollMark) -> Mark:
    words = RollMark.words.field.read(one)
    return Mark(one.state, one.back_on, one.back_at, words if isinstance(words, str) else None)


def _as_of_now(desk: Desk, mark: Mark, *, live: bool) -> Mark:
    if live and mark.state in (OUT, NIGHT_AWAY) and mark.back_on is not None:
        due = datetime.combine(mark.back_on, mark.back_at or time(23, 59), desk.zone).astimezone(UTC)
        if due < desk.now():
            return replace(mark, state=NOT_BACK)
    return mark


def _children(db: Session, people: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the mother, or whoever else looks after the child, of those of *people* who are children here."""
    rows = db.execute(
        select(Relation.person_id, Relation.relative_id, Relation.kinship).where(
            Relation.person_id.in_(people), Relation.relative_id.in_(people), Relation.archived_at.is_(None)
        )
    ).all()
    found: dict[UUID, UUID] = {}
    for person, relative, kinship in rows:
        if relative is None:
            continue
        if kinship in ("child", "ward"):
            found.setdefault(relative, person)
        elif kinship in ("parent", "guardian"):
            found.setdefault(person, relative)
    return found


def _under_mothers(rows: Sequence[RollRow], mothers: Mapping[UUID, UUID]) -> tuple[RollRow, ...]:
    """Return *rows* with each child right after its mother; grown-up children stand for themselves."""
    under = {row.person_id for row in rows if row.person_id in mothers and (row.age is None or row.age < ADULT_AGE)}
    found: list[RollRow] = []
    for row in rows:
        if row.person_id in under and mothers[row.person_id] not in under:
            continue
        found.append(replace(row, age=None))
        found += [
            replace(one, under=True)
            for one in rows
            if one.person_id in under and mothers[one.person_id] == row.person_id
        ]
    return tuple(found)
