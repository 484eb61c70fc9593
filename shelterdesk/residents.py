"""Saved lists of people, and what the head of a record shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, not_, select
from sqlalchemy.orm import Session

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.bed_use import bed_names
from shelterdesk.consents import Consent, missing_purposes
from shelterdesk.desk import Desk
from shelterdesk.folding import fold
from shelterdesk.i18n import N_
from shelterdesk.members import shown_names
from shelterdesk.people import Person
from shelterdesk.person_history import PhaseSince, WorkerSince, current_on, is_closed, now_of
from shelterdesk.person_reading import is_on_file, listed
from shelterdesk.plans import NextStep
from shelterdesk.reach import require_reach
from shelterdesk.same_person import all_of_them, is_hers, read_merged, same_person
from shelterdesk.stays import Stay, is_here

SOON: Final = timedelta(days=14)
RECENTLY: Final = timedelta(days=90)
_PERSON_ID: Final = Person.__table__.c["id"]


@dataclass(frozen=True)
class SavedList:
    """A list with a name and a count."""

    id: str
    label: str
    empty: str
    """What the page says when nobody is on it."""
    short: str = ""
    """Shorter words where there is little room, such as the sidebar."""


HERE_NOW = SavedList("here_now", N_("Here now"), N_("Nobody lives here today."))
MINE = SavedList("mine", N_("Mine"), N_("Nobody is assigned to you."))
LEAVING_SOON = SavedList("leaving_soon", N_("Leaving soon"), N_("Nobody is expected to leave in the next two weeks."))
LEFT_RECENTLY = SavedList("left_recently", N_("Left recently"), N_("Nobody left in the last 90 days."))
WITHOUT_STAY = SavedList(
    "without_stay",
    N_("Supported, not living here"),
    N_("Everybody you support lives here, or their support is over."),
    N_("Not living here"),
)
ARCHIVED = SavedList("archived", N_("Archived"), N_("No record is archived."))
EVERYBODY = SavedList("everybody", N_("Everybody"), N_("Nobody is on file yet."))
SAVED_LISTS: Final = (HERE_NOW, MINE, LEAVING_SOON, LEFT_RECENTLY, WITHOUT_STAY, ARCHIVED, EVERYBODY)


@dataclass(frozen=True)
class NextStepBrief:
    """The next step as lists may show it: the neutral kind and its day."""

    kind: str | None
    on: date | None
    at: Any = None

    def words(self, language: str | None = None) -> str:
        """Return the neutral words."""
        return vocab.APPOINTMENT_KINDS.listed(self.kind or "other", language)


@dataclass(frozen=True)
class ListRow:
    """One person in a list."""

    id: UUID
    code: str
    name: str
    has_name: bool
    days_here: int | None
    """Nights from the day of arrival until today; None without an open stay."""
    left_on: date | None
    worker: str
    next_step: NextStepBrief | None
    folded: str

    def matches(self, folded_words: Iterable[str]) -> bool:
        """Tell whether every word is part of name, code or worker."""
        # A plain loop: for 10,000 rows at every keystroke a generator costs three times as much.
        folded = self.folded
        for word in folded_words:  # noqa: SIM110
            if word not in folded:
                return False
        return True


def condition_of(desk: Desk, list_id: str) -> ColumnElement[bool]:
    """Return the condition that a person is on a list the program brings. Raises KeyError for any other."""
    today = desk.today()
    hers = is_hers(desk, Stay.__table__.c["person_id"], _PERSON_ID)
    living = exists().where(hers, is_here(today))
    on_file = is_on_file()
    match list_id:
        case "here_now":
            return on_file & living
        case "mine":
            mine = now_of(_PERSON_ID, WorkerSince, "member_id", today) == desk.me.id
            return on_file & mine & not_(is_closed(_PERSON_ID, today))
        case "leaving_soon":
            soon = Stay.expected_until <= today + SOON
            return on_file & exists().where(hers, is_here(today), soon)
        case "left_recently":
            left = Stay.left_on.between(today - RECENTLY, today) & Stay.archived_at.is_(None)
            return on_file & not_(living) & exists().where(hers, left)
        case "without_stay":
            return on_file & not_(living) & not_(is_closed(_PERSON_ID, today))
        case "archived":
            return Person.archived_at.is_not(None) & Person.merged_into_id.is_(None)
        case "everybody":
            return Person.merged_into_id.is_(None)
        case _:
            raise KeyError(list_id)


def list_counts(desk: Desk) -> dict[str, int]:
    """Return how many people are on each saved list."""
    require(desk, Right.SEE_HOUSE)
    return {one.id: count_where(desk, condition_of(desk, one.id)) for one in SAVED_LISTS}


def count_where(desk: Desk, condition: ColumnElement[bool]) -> int:
    """Return how many people fit *condition*."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        return db.execute(select(func.count()).select_from(Person).where(condition)).scalar_one()


def list_rows(desk: Desk, list_id: str) -> list[ListRow]:
    """Return the people of a saved list. The window sorts them by its language."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        return rows_where(desk, db, condition_of(desk, list_id))


def rows_of(desk: Desk, people: Iterable[UUID]) -> dict[UUID, ListRow]:
    """Return the list rows of given people."""
    require(desk, Right.SEE_HOUSE)
    with desk.read() as db:
        found = rows_where(desk, db, Person.id.in_(list(people)))
    return {row.id: row for row in found}


def rows_where(desk: Desk, db: Session, condition: ColumnElement[bool]) -> list[ListRow]:
    """Return the list rows of whoever fits *condition*, inside a running read."""
    today = desk.today()
    people = listed(db, condition)
    ids = None if len(people) > 500 else [person.id for person in people]
    workers = current_on(db, WorkerSince, "member_id", today, ids)
    names = shown_names(desk, db)
    here, left = _stays_by_person(db, today, ids)
    steps = next_steps(db, ids)
    rows: list[ListRow] = []
    for person in people:
        worker = names.get(workers.get(person.id) or person.id, "")
        arrived = here.get(person.id)
        rows.append(
            ListRow(
                person.id,
                person.code,
                person.shown,
                person.name is not None,
                (today - arrived).days if arrived else None,
                None if arrived else left.get(person.id),
                worker,
                steps.get(person.id),
                fold(f"{person.shown} {person.code} {worker}"),
            )
        )
    return rows


def _stays_by_person(db: Session, today: date, ids: list[UUID] | None) -> tuple[dict[UUID, date], dict[UUID, date]]:
    here_query = select(Stay.person_id, Stay.arrived_on).where(is_here(today))
    left_query = select(Stay.person_id, func.max(Stay.left_on)).where(Stay.left_on <= today, Stay.archived_at.is_(None))
    if ids is not None:
        whose = all_of_them(db, ids)
        here_query = here_query.where(Stay.person_id.in_(whose))
        left_query = left_query.where(Stay.person_id.in_(whose))
    into = read_merged(db)
    here = {into.get(row[0], row[0]): row[1] for row in db.execute(here_query)}
    left: dict[UUID, date] = {}
    for person_id, last in db.execute(left_query.group_by(Stay.person_id)):
        if last is not None:
            counted = into.get(person_id, person_id)
            left[counted] = max(last, left.get(counted, last))
    return here, left


def next_steps(db: Session, ids: list[UUID] | None) -> dict[UUID, NextStepBrief]:
    """Return the open next step of each person, neutrally."""
    query = (
        select(NextStep.person_id, NextStep.kind, NextStep.on, NextStep.at)
        .where(NextStep.done_on.is_(None), NextStep.archived_at.is_(None))
        .order_by(NextStep.created_at)
    )
    if ids is not None:
        query = query.where(NextStep.person_id.in_(all_of_them(db, ids)))
    into = read_merged(db)
    return {into.get(row[0], row[0]): NextStepBrief(row[1], row[2], row[3]) for row in db.execute(query)}


@dataclass(frozen=True)
class Head:
    """The head of a record."""

    person_id: UUID
    code: str
    name: str
    stay: Stay | None
    days_here: int | None
    worker_id: UUID | None
    worker: str
    bed: str
    phase: str | None
    missing_consents: tuple[str, ...]
    archived: bool
    restricted: bool = False
    """The record asks why it is opened."""
    worker_then: str = ""
    """Who was the worker when she was supported before; «» while she has one."""


def head_of(desk: Desk, person: Person) -> Head:
    """Return what stands above every section of a record."""
    require(desk, Right.SEE_HOUSE)
    require_reach(desk, person.id)
    today = desk.today()
    whose = same_person(desk, person.id)
    with desk.read(everybody=True) as db:
        stay = db.scalars(select(Stay).where(Stay.person_id.in_(whose), is_here(today))).first()
        worker_id = current_on(db, WorkerSince, "member_id", today, [person.id]).get(person.id)
        phase = current_on(db, PhaseSince, "phase", today, [person.id]).get(person.id)
        then = None if worker_id else _last_worker(db, whose, today)
        names = shown_names(desk, db)
        consents = db.scalars(
            select(Consent)
            .where(Consent.person_id.in_(whose), Consent.archived_at.is_(None))
            .order_by(Consent.answered_on.desc(), Consent.created_at.desc())
        ).all()
    return Head(
        person.id,
        person.code,
        person.shown_name,
        stay,
        (today - stay.arrived_on).days if stay else None,
        worker_id,
        names.get(worker_id, "") if worker_id else "",
        bed_names(desk, [stay.person_id], today).get(stay.person_id, "") if stay else "",
        phase,
        tuple(missing_purposes(list(consents), today)),
        person.archived_at is not None,
        person.id in desk.restricted,
        "" if worker_id else names.get(then, "") if then else "",
    )


def _last_worker(db: Session, whose: Iterable[UUID], today: date) -> UUID | None:
    """Return who was the worker last, of somebody who has none now."""
    query = (
        select(WorkerSince.member_id)
        .where(
            WorkerSince.person_id.in_(list(whose)),
            WorkerSince.since <= today,
            WorkerSince.member_id.is_not(None),
            WorkerSince.archived_at.is_(None),
        )
        .order_by(WorkerSince.since.desc(), WorkerSince.created_at.desc())
    )
    return db.scalars(query).first()
