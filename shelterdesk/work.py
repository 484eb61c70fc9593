"""What the page of work and training shows: every placement by its stage, the check-ins that are due, the partners."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import case, func, select

from shelterdesk import vocab
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.folding import fold, sort_key
from shelterdesk.i18n import N_, language
from shelterdesk.partners import Partner
from shelterdesk.people import Person
from shelterdesk.placements import Placement, StageSince, stages_on
from shelterdesk.records import all_of
from shelterdesk.schema.base import text_of

STAGES: Final = tuple(code.code for code in vocab.PLACEMENT_STAGES)
ENDED: Final = "ended"
AT_PARTNER: Final = ("trial", "working")
"""Stages in which somebody is seen at the partner's."""
LISTS: Final = (("placements", N_("Placements")), ("check_ins", N_("Check-ins due")), ("partners", N_("Partners")))
SOON: Final = timedelta(days=7)


@dataclass(frozen=True)
class WorkRow:
    """One placement with its stage and whose it is."""

    placement: Placement
    stage: str
    since: date
    person_id: UUID
    person: str
    code: str
    has_name: bool

    @property
    def is_open(self) -> bool:
        """Tell whether it has not ended."""
        return self.stage != ENDED


@dataclass(frozen=True)
class Work:
    """Everything the page shows, read in one go."""

    on: date
    rows: tuple[WorkRow, ...]
    partners: Mapping[UUID, Partner]
    """Those in use by name; an archived one only while a placement speaks of it."""
    archived_partners: frozenset[UUID] = field(default=frozenset())

    def row(self, placement_id: UUID | None) -> WorkRow | None:
        """Return the row of a placement."""
        return next((row for row in self.rows if row.placement.id == placement_id), None)

    def at_stage(self, stage: str) -> list[WorkRow]:
        """Return who has reached *stage*."""
        return [row for row in self.rows if row.stage == stage]

    def due(self) -> list[WorkRow]:
        """Return the open placements whose check-in is today or past its day, the oldest first."""
        return self._check_ins(date.min, self.on)

    def due_soon(self) -> list[WorkRow]:
        """Return the open placements with a check-in in the next seven days."""
        return self._check_ins(self.on + timedelta(days=1), self.on + SOON)

    def without_check_in(self) -> list[WorkRow]:
        """Return the open placements nobody has made a date for."""
        return [row for row in self.rows if row.is_open and row.placement.check_in_on is None]

    def at_partner(self, partner_id: UUID) -> list[WorkRow]:
        """Return who is on trial or works at a partner's."""
        return [row for row in self.with_partner(partner_id) if row.stage in AT_PARTNER]

    def with_partner(self, partner_id: UUID) -> list[WorkRow]:
        """Return the open placements with a partner, those only applied for included."""
        return [row for row in self.rows if row.is_open and row.placement.partner_id == partner_id]

    def partners_in_use(self) -> list[Partner]:
        """Return the partners that are not archived, by name."""
        return [one for one in self.partners.values() if one.id not in self.archived_partners]

    def _check_ins(self, first: date, last: date) -> list[WorkRow]:
        found = [(row.placement.check_in_on, row) for row in self.rows if row.is_open]
        dated = [(on, row) for on, row in found if on is not None and first <= on <= last]
        return [row for _on, row in sorted(dated, key=lambda one: one[0])]


def read_work(desk: Desk) -> Work:
    """Read the page of work and training. People who were archived are left out."""
    require(desk, Right.SEE_RECORDS)
    with desk.read() as db:
        query = (
            select(Placement)
            .join(Person, Person.id == Placement.person_id)
            .where(Placement.archived_at.is_(None), Person.archived_at.is_(None), Person.merged_into_id.is_(None))
        )
        placements = all_of(db, query, Placement)
        stages = stages_on(db, date.max)
        wanted = {placement.person_id for placement in placements}
        people = {person.id: person for person in db.scalars(select(Person).where(Person.id.in_(wanted)))}
        partners = all_of(db, select(Partner), Partner)
    chosen = language()
    used = {placement.partner_id for placement in placements}
    partners = [one for one in partners if one.archived_at is None or one.id in used]
    partners.sort(key=lambda one: sort_key(text_of(one, "name"), chosen))
    rows = [_row(placement, stages.get(placement.id), people[placement.person_id]) for placement in placements]
    rows.sort(key=lambda row: (STAGES.index(row.stage), sort_key(row.person, chosen), row.since))
    return Work(
        desk.today(),
        tuple(rows),
        {one.id: one for one in partners},
        frozenset(one.id for one in partners if one.archived_at is not None),
    )


def list_counts(desk: Desk) -> dict[str, int]:
    """Return how many open placements, due check-ins and partners there are."""
    require(desk, Right.SEE_RECORDS)
    place = (
        func.row_number()
        .over(partition_by=StageSince.placement_id, order_by=(StageSince.since.desc(), StageSince.created_at.desc()))
        .label("place")
    )
    newest = select(StageSince.placement_id, StageSince.stage, place).where(StageSince.archived_at.is_(None)).subquery()
    due = func.count(case((Placement.check_in_on <= desk.today(), 1)))
    open_ones = (
        select(func.count(), due)
        .select_from(Placement)
        .join(Person, Person.id == Placement.person_id)
        .outerjoin(newest, (newest.c.placement_id == Placement.id) & (newest.c.place == 1))
        .where(
            Placement.archived_at.is_(None),
            Person.archived_at.is_(None),
            Person.merged_into_id.is_(None),
            func.coalesce(newest.c.stage, STAGES[0]) != ENDED,
        )
    )
    partners = select(func.count()).select_from(Partner).where(Partner.archived_at.is_(None))
    with desk.read() as db:
        placements, check_ins = db.execute(open_ones).one()
        return {"placements": placements, "check_ins": check_ins, "partners": db.execute(partners).scalar_one()}


def posts_of(partner: Partner) -> list[tuple[str, str]]:
    """Return the open posts of a partner, one for each line, as (what, how many places)."""
    found: list[tuple[str, str]] = []
    for line in text_of(partner, "posts").splitlines():
        what, colon, places = line.rpartition(":")
        found.append((what.strip(), places.strip()) if colon else (line.strip(), ""))
    return [one for one in found if one[0]]


def is_alike(one: str, other: str) -> bool:
    """Tell whether two names are written alike, for noticing a partner that is on file already."""
    return bool(one.strip()) and fold(one) == fold(other)


def _row(placement: Placement, stage: StageSince | None, person: Person) -> WorkRow:
    shown = person.shown_name
    since = stage.since if stage else placement.created_at.date()
    reached = stage.stage if stage else STAGES[0]
    return WorkRow(placement, reached, since, person.id, shown, person.code, shown != person.code)
