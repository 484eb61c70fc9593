"""What does not fit together in stays and beds, by its name, and the way to put it right.

Such things come from old lists, from two records of one person, and from days on which nobody had time. They make
bed nights wrong, so they are named instead of being counted over quietly. Nothing is put right by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from shelterdesk import formats
from shelterdesk.absences import Absence, away_that_night
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.i18n import N_, text
from shelterdesk.nights import Move, Nights, nights_in_beds
from shelterdesk.people import Person
from shelterdesk.person_history import is_closed
from shelterdesk.person_reading import listed
from shelterdesk.reach import EVERYBODY
from shelterdesk.records import fill
from shelterdesk.rooms import Bed, Room
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import whole
from shelterdesk.stays import BedSince, Stay, is_here

Kind = Literal["overlap", "two_in_bed", "left_open", "overdue", "not_back", "given_up_bed", "nobody_to_share", "no_bed"]
_PATIENCE: Final = timedelta(days=7)
"""How long after the day a stay was expected to end it is asked about."""
_LONG_AWAY: Final = 14
"""Nights away without a day to be back, after which it is asked whether she still lives here."""
_WORDS: Final[dict[Kind, str]] = {
    "overlap": N_("Two stays overlap from {day}; nights are recorded twice"),
    "two_in_bed": N_("Two people have one bed from {day}"),
    "left_open": N_("The record is closed, the stay is not"),
    "overdue": N_("Was expected to stay until {day} and still lives here"),
    "not_back": N_("Away since {day} and not back when expected"),
    "given_up_bed": N_("Sleeps in a bed that is no longer in use"),
    "nobody_to_share": N_("Shares a bed that nobody else has"),
    "no_bed": N_("Lives here since {day} without a bed"),
}
_MENDS: Final[dict[str, str]] = {
    "end_earlier": N_("End the earlier stay on {day}"),
    "archive_inner": N_("Take back the stay inside the other"),
    "no_bed": N_("Without this bed from {day}"),
    "own_bed": N_("It is a bed of her own from today"),
    "leave": N_("Record leaving"),
    "back": N_("Record the day she was back"),
    "move": N_("Choose another bed"),
}
WITH_A_FORM: Final = frozenset({"leave", "back", "move"})
"""Ways that ask for something first; the others are done at once and can be undone."""


@dataclass(frozen=True)
class StayProblem:
    """One thing to put right. ``mend`` is the way, ``stay_id`` the stay it changes."""

    kind: Kind
    person_id: UUID
    person: str
    stay_id: UUID
    on: date
    mend: str
    mend_on: date
    absence_id: UUID | None = None

    def words(self, language: str | None = None) -> str:
        """Say what does not fit."""
        return text(_WORDS[self.kind], language).format(day=formats.day(self.on, language))

    def way(self, language: str | None = None) -> str:
        """Say how it is put right."""
        return text(_MENDS[self.mend], language).format(day=formats.day(self.mend_on, language))


@dataclass(frozen=True)
class _Span:
    """A stay without its texts, so that thousands are read quickly."""

    id: UUID
    person_id: UUID
    arrived: date
    left: date | None
    expected: date | None

    def is_here(self, on: date) -> bool:
        return self.arrived <= on and (self.left is None or self.left > on)


_Found = tuple[Kind, _Span, date, str, date, UUID | None]


def problems_of_stays(desk: Desk, *, past: bool = True) -> list[StayProblem]:
    """Return what does not fit, of whom the reader sees; what makes counts wrong comes first.

    Without *past* only those are looked at who live here tonight, which is quick enough for the start page.
    """
    require(desk, Right.SEE_HOUSE)
    today = desk.today()
    with desk.read() as db:
        query = select(Stay.id, Stay.person_id, Stay.arrived_on, Stay.left_on, Stay.expected_until)
        concerned = Stay.archived_at.is_(None) if past else is_here(today)
        seen = [_Span(*row) for row in db.execute(query.where(concerned))]
        ids = {span.id for span in seen}
        here = [span for span in seen if span.is_here(today)]
        found: list[_Found] = [*_overlaps(seen)]
        nights = _nights(db, concerned)
        found += _two_in_a_bed({span.id: span for span in seen}, nights)
        found += _closed_records(db, here, today)
        found += _overdue(here, today)
        found += _away(db, here, today)
        found += _beds_tonight(db, here, [night for night in nights if night.stay_id in ids], today)
        people = {span.person_id for _kind, span, *_rest in found}
        names = {one.id: one.shown for one in listed(db, Person.id.in_(people))}
    return [
        StayProblem(kind, span.person_id, names[span.person_id], span.id, on, mend, mend_on, absence_id)
        for kind, span, on, mend, mend_on, absence_id in found
        if span.person_id in names
    ]


def put_right(desk: Desk, problem: StayProblem) -> Callable[[], None]:
    """Put right what needs no answer; returns how to undo it. Raises Problems, StaleRecord."""
    require(desk, Right.KEEP_STAYS)
    match problem.mend:
        case "end_earlier":
            return _set(desk, problem, {"left_on": problem.mend_on})
        case "archive_inner":
            return _archive(desk, problem.stay_id)
        case "no_bed":
            return _bed(desk, problem, same=False)
        case "own_bed":
            return _bed(desk, problem, same=True)
        case _:
            raise KeyError(problem.mend)


def _set(desk: Desk, problem: StayProblem, values: dict[str, Any]) -> Callable[[], None]:
    def put(given: dict[str, Any]) -> dict[str, Any]:
        with desk.write(Act.CHANGE_STAY) as db:
            stay = db.get_one(Stay, problem.stay_id, options=whole(Stay))
            before = {name: getattr(stay, name) for name in given}
            fill(desk, stay, given)
        return before

    before = put(values)
    return lambda: _forget(put(before))


def _archive(desk: Desk, stay_id: UUID) -> Callable[[], None]:
    def put(*, archived: bool) -> None:
        with desk.write(Act.CHANGE_STAY) as db:
            db.get_one(Stay, stay_id).archived_at = desk.now() if archived else None

    put(archived=True)
    return lambda: put(archived=False)


def _bed(desk: Desk, problem: StayProblem, *, same: bool) -> Callable[[], None]:
    """Give a stay no bed, or the *same* bed as one of its own, from the day of the problem on."""
    with desk.write(Act.MOVE_BED) as db:
        newest = (
            select(BedSince)
            .where(BedSince.stay_id == problem.stay_id, BedSince.archived_at.is_(None))
            .where(BedSince.since <= max(problem.mend_on, desk.today()))
            .order_by(BedSince.since.desc(), BedSince.created_at.desc(), BedSince.id.desc())
        )
        last = db.scalars(newest).first()
        move = BedSince(stay_id=problem.stay_id, person_id=problem.person_id)
        db.add(move)
        bed_id = last.bed_id if same and last is not None else None
        fill(desk, move, {"since": problem.mend_on, "bed_id": bed_id})

    def undo() -> None:
        with desk.write(Act.UNDO) as db:
            db.get_one(BedSince, move.id).archived_at = desk.now()

    return undo


def _forget(_value: object) -> None:
    """An undo tells nothing."""


def _overlaps(spans: Iterable[_Span]) -> Iterable[_Found]:
    by_person: dict[UUID, list[_Span]] = {}
    for span in spans:
        if span.left is None or span.left > span.arrived:
            by_person.setdefault(span.person_id, []).append(span)
    for theirs in by_person.values():
        theirs.sort(key=lambda span: (span.arrived, span.id))
        earlier = theirs[0]
        for later in theirs[1:]:
            if earlier.left is not None and earlier.left <= later.arrived:
                earlier = later
                continue
            inside = later.left is not None and (earlier.left is None or later.left <= earlier.left)
            if inside or earlier.arrived == later.arrived:
                yield "overlap", later, later.arrived, "archive_inner", later.arrived, None
            else:
                yield "overlap", earlier, later.arrived, "end_earlier", later.arrived, None
                earlier = later


def _nights(db: Session, concerned: ColumnElement[bool]) -> list[Nights]:
    """Return the beds of the stays *concerned*, whoever the reader knows of: two in a bed are two whoever they are."""
    moved = (
        select(BedSince.stay_id, BedSince.since, BedSince.bed_id, BedSince.shared)
        .where(BedSince.archived_at.is_(None), BedSince.stay_id.in_(select(Stay.id).where(concerned)))
        .order_by(BedSince.since.desc(), BedSince.created_at.desc(), BedSince.id.desc())
    )
    moves: dict[UUID, list[Move]] = {}
    for stay_id, since, bed_id, shared in db.execute(moved.execution_options(**EVERYBODY)):
        moves.setdefault(stay_id, []).append((since, bed_id, bool(shared)))
    stays = select(Stay.id, Stay.arrived_on, Stay.left_on).where(concerned)
    return [
        night
        for stay_id, arrived, left in db.execute(stays.execution_options(**EVERYBODY))
        for night in nights_in_beds(stay_id, arrived, left, moves.get(stay_id, ()))
    ]


def _two_in_a_bed(spans: dict[UUID, _Span], nights: Iterable[Nights]) -> Iterable[_Found]:
    by_bed: dict[UUID, list[Nights]] = {}
    for night in nights:
        if not night.shared:
            by_bed.setdefault(night.bed_id, []).append(night)
    for theirs in by_bed.values():
        theirs.sort(key=lambda night: (night.first, night.stay_id))
        first = theirs[0]
        for second in theirs[1:]:
            if first.meets(second) and first.stay_id != second.stay_id:
                whose = spans.get(second.stay_id) or spans.get(first.stay_id)
                if whose is not None:
                    yield "two_in_bed", whose, second.first, "no_bed", second.first, None
            first = max(first, second, key=lambda night: night.until)


def _closed_records(db: Session, here: list[_Span], today: date) -> Iterable[_Found]:
    column = Person.__table__.c["id"]
    archived = Person.archived_at.is_not(None) & Person.merged_into_id.is_(None)
    query = select(Person.id).where(Person.id.in_([span.person_id for span in here]))
    closed = set(db.scalars(query.where(archived | is_closed(column, today))))
    for span in here:
        if span.person_id in closed:
            yield "left_open", span, span.arrived, "leave", today, None


def _overdue(here: list[_Span], today: date) -> Iterable[_Found]:
    for span in here:
        if span.expected is not None and span.expected + _PATIENCE < today:
            yield "overdue", span, span.expected, "leave", today, None


def _away(db: Session, here: list[_Span], today: date) -> Iterable[_Found]:
    by_person = {span.person_id: span for span in here}
    for absence in db.scalars(select(Absence).where(away_that_night(today))):
        span = by_person.get(absence.person_id)
        until = absence.until or absence.since + timedelta(days=_LONG_AWAY)
        if span is not None and until < today:
            yield "not_back", span, absence.since, "back", today, absence.id


def _beds_tonight(db: Session, here: list[_Span], nights: list[Nights], today: date) -> Iterable[_Found]:
    tonight = {night.stay_id: night for night in nights if night.first <= today < night.until}
    wanted = {night.bed_id for night in tonight.values()}
    in_use = select(Bed.id).join(Room, Room.id == Bed.room_id)
    in_use = in_use.where(Bed.archived_at.is_(None), Room.archived_at.is_(None))
    used = set(db.scalars(in_use))
    own = {night.bed_id for night in tonight.values() if not night.shared}
    with_bed = {span.person_id for span in here if span.id in tonight}
    for span in here:
        night = tonight.get(span.id)
        if night is None:
            if used and span.arrived < today and span.person_id not in with_bed:
                yield "no_bed", span, span.arrived, "move", today, None
        elif night.bed_id in wanted - used:
            yield "given_up_bed", span, span.arrived, "move", today, None
        elif night.shared and night.bed_id not in own:
            yield "nobody_to_share", span, span.arrived, "own_bed", today, None
