"""Records due for removal: years after they were closed, unless something holds them. Asked by one, allowed by another.

What is removed, and what stays as figures, is in ``removal``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shelterdesk import approvals, house_settings
from shelterdesk.access import Right, require
from shelterdesk.approvals import APPROVED, ASKED, Approval
from shelterdesk.desk import Desk
from shelterdesk.errors import NotAllowed, Problem, Problems
from shelterdesk.i18n import N_
from shelterdesk.partial_date import PartialDate
from shelterdesk.people import ADULT_AGE, Person
from shelterdesk.person_history import PhaseSince
from shelterdesk.person_reading import Listed, listed
from shelterdesk.removal_holds import held
from shelterdesk.same_person import counted_as
from shelterdesk.stays import Stay

YEARS: Final = "retention_years"
"""Setting: so many years after it was closed a record is due for removal; 0 is never."""
MOST_YEARS: Final = 100
REMOVAL: Final = "removal"
_NOT_DUE: Final = N_("This record is not due for removal. Nothing was changed.")
_HELD: Final = N_(
    "Something holds this record: a court, a claim or an audit. Nothing was changed. Lift the hold first."
)


@dataclass(frozen=True)
class Due:
    """A record whose time is over."""

    person: Listed
    closed_on: date
    due_on: date
    held: bool = False
    approval: Approval | None = None
    """The request for its removal, where somebody asked."""

    @property
    def asked(self) -> bool:
        """Tell whether somebody asked and nobody decided yet."""
        return self.approval is not None and self.approval.state == ASKED

    @property
    def allowed(self) -> bool:
        """Tell whether the removal was allowed."""
        return self.approval is not None and self.approval.state == APPROVED


def years(desk: Desk) -> int:
    """Return after how many years a closed record is due; 0 is never."""
    found = house_settings.get(desk, YEARS)
    return found if isinstance(found, int) and 0 <= found <= MOST_YEARS else 0


def set_years(desk: Desk, number: int) -> None:
    """Change after how many years a closed record is due. Raises Problems."""
    if not 0 <= number <= MOST_YEARS:
        raise Problems([Problem(YEARS, N_("Choose a number of years up to 100"))])
    house_settings.put(desk, YEARS, number)


def due(desk: Desk) -> list[Due]:
    """Return the records that are due for removal, the longest due first."""
    require(desk, Right.REMOVE_RECORDS)
    after = years(desk)
    if not after:
        return []
    with desk.read() as db:
        ripe = _ripe(desk, db, after)
        holding, asked = held(db, ripe), _requests(db, ripe)
        people = listed(db, Person.id.in_(ripe))
    found = [Due(one, *ripe[one.id], one.id in holding, asked.get(one.id)) for one in people]
    return sorted(found, key=lambda one: (one.due_on, one.person.code))


def count_due(desk: Desk) -> int:
    """Return how many records are due for removal."""
    require(desk, Right.REMOVE_RECORDS)
    after = years(desk)
    if not after:
        return 0
    with desk.read() as db:
        return len(_ripe(desk, db, after))


def ask(desk: Desk, person_id: UUID, why: str) -> Approval:
    """Ask for the removal of a record that is due. Raises NotAllowed, Problems."""
    if not why.strip():
        raise Problems([Problem("approval.request", N_("Write why it may be removed"))])
    require_ripe(desk, person_id)
    return approvals.ask(desk, REMOVAL, person_id, person_id, request=why)


def require_ripe(desk: Desk, person_id: UUID) -> Due:
    """Return the record as one that is due and not held. Raises NotAllowed."""
    found = next((one for one in due(desk) if one.person.id == person_id), None)
    if found is None:
        raise NotAllowed(_NOT_DUE)
    if found.held:
        raise NotAllowed(_HELD)
    return found


def _ripe(desk: Desk, db: Session, after: int) -> dict[UUID, tuple[date, date]]:
    """Return when each record that is due was closed, and since when it is due."""
    today = desk.today()
    closed = {one: on for one, on in _closed(desk, db).items() if _years_later(on, after) <= today}
    births = select(Person.id, Person.birth).where(Person.id.in_(closed))
    days = {row[0]: _due_on(closed[row[0]], row[1], after) for row in db.execute(births)}
    return {one: (closed[one], on) for one, on in days.items() if on <= today}


def _closed(desk: Desk, db: Session) -> dict[UUID, date]:
    """Return when each closed record was closed: by its phase, or when it was archived, and never before she left.

    What stands in records that were merged into it counts as its own: all of them go together.
    """
    whose = counted_as(db, PhaseSince.__table__.c["person_id"])
    latest = (PhaseSince.since.desc(), PhaseSince.created_at.desc(), PhaseSince.id.desc())
    place = func.row_number().over(partition_by=whose, order_by=latest)
    phases = select(whose.label("whose"), PhaseSince.phase, PhaseSince.since, place.label("place"))
    newest = phases.where(PhaseSince.archived_at.is_(None)).subquery()
    is_closed = (newest.c.place == 1) & (newest.c.phase == "closed")
    people = (
        select(Person.id, newest.c.since, Person.archived_at)
        .outerjoin(newest, (newest.c.whose == Person.id) & is_closed)
        .where(Person.removed.is_(None), Person.merged_into_id.is_(None))
        .where(newest.c.since.is_not(None) | Person.archived_at.is_not(None))
    )
    closed: dict[UUID, date] = {}
    for person_id, since, archived_at in db.execute(people):
        if since is not None:
            closed[person_id] = since
        elif archived_at is not None:
            closed[person_id] = desk.day_of(archived_at)
    whose = counted_as(db, Stay.__table__.c["person_id"]).label("whose")
    left = select(whose, func.max(Stay.left_on), func.count() - func.count(Stay.left_on))
    for person_id, last, still_open in db.execute(left.where(Stay.archived_at.is_(None)).group_by(whose)):
        if person_id not in closed:
            continue
        if still_open:
            del closed[person_id]
        elif last is not None:
            closed[person_id] = max(closed[person_id], last)
    return closed


def _due_on(closed: date, birth: PartialDate | None, after: int) -> date:
    """Count the years from the closing, of somebody who was a child then from the day she is grown up."""
    begins = closed
    if birth is not None:
        begins = max(begins, _years_later(birth.latest(), ADULT_AGE))
    return _years_later(begins, after)


def _years_later(day: date, number: int) -> date:
    try:
        return day.replace(year=day.year + number)
    except ValueError:
        # Who was born on 29 February is of age on 1 March.
        return date(day.year + number, 3, 1)


def _requests(db: Session, people: Collection[UUID]) -> Mapping[UUID, Approval]:
    query = select(Approval).where(
        Approval.subject == REMOVAL,
        Approval.about_id.in_(people),
        Approval.archived_at.is_(None),
        Approval.state.in_((ASKED, APPROVED)),
    )
    return {one.about_id: one for one in db.scalars(query.order_by(Approval.created_at)) if one.about_id is not None}
