"""How much danger a person is in: a level from a day on, with the day on which somebody looks again.

How soon that is depends on the level and is the shelter's choice. The newest level holds, however old it is; that
nobody has looked again is said, not hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from sqlalchemy import and_, exists, not_, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from shelterdesk import house_settings, vocab
from shelterdesk.access import Right, require
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_
from shelterdesk.person_history import RiskSince, history_of
from shelterdesk.reach import REMINDING
from shelterdesk.records import add, change
from shelterdesk.schema.acts import Act

if TYPE_CHECKING:
    from shelterdesk.desk import Desk

SETTING: Final = "risk_review"
DAYS: Final[Mapping[str, int]] = {"high": 7, "medium": 30, "low": 90, "none": 180}
"""After how many days somebody looks again at a level, where the shelter chose nothing else."""
MOST_DAYS: Final = 3650


@dataclass(frozen=True)
class DueReview:
    """A risk level that is to be looked at again."""

    id: UUID
    person_id: UUID
    on: date


def review_days(desk: Desk) -> dict[str, int]:
    """Return after how many days each level is looked at again."""
    kept: Mapping[str, int] = house_settings.get(desk, SETTING)
    return {**DAYS, **kept}


def put_review_days(desk: Desk, days: Mapping[str, int]) -> None:
    """Keep after how many days each level is looked at again. Raises Problems."""
    require(desk, Right.CHANGE_SETTINGS)
    if not all(1 <= number <= MOST_DAYS for number in days.values()):
        raise Problems([Problem(SETTING, N_("Enter a number of days from 1 to 3650"))])
    house_settings.put(desk, SETTING, {level: days[level] for level in DAYS if level in days})


def risk_of(desk: Desk, person_id: UUID) -> RiskSince | None:
    """Return the level that holds now. Raises RecordClosed, NeedsReason."""
    require(desk, Right.SEE_RECORDS)
    today = desk.today()
    return next((one for one in history_of(desk, RiskSince, person_id) if one.since <= today), None)


def record_risk(desk: Desk, person_id: UUID, **values: Any) -> RiskSince:
    """Record a level; without a day somebody looks again as soon as the settings say. Raises Problems."""
    require(desk, Right.CASE_WORK)
    given: dict[str, Any] = {"since": desk.today()} | values
    if given.get("review_on") is None and given["since"] is not None and given.get("level") in vocab.RISK_LEVELS:
        days = review_days(desk).get(given["level"])
        given["review_on"] = given["since"] + timedelta(days=days) if days else None
    return add(desk, Act.RECORD_RISK, RiskSince(person_id=person_id), given)


def correct_risk(desk: Desk, risk: RiskSince, **values: Any) -> RiskSince:
    """Correct a level that was written down wrong, as it was read before. Raises Problems or StaleRecord."""
    require(desk, Right.CASE_WORK)
    return change(desk, Act.CORRECT_RISK, risk, values)


def due_reviews(db: Session, today: date, until: date, people: Collection[UUID] | None = None) -> list[DueReview]:
    """Return the levels that hold on *today* and are to be looked at again by *until*, the oldest first."""
    # Few levels are due and everybody has one, so it is asked of those due whether a newer one came after them.
    newer = aliased(RiskSince)
    came_after = or_(
        newer.since > RiskSince.since,
        and_(
            newer.since == RiskSince.since,
            tuple_(newer.created_at, newer.id) > tuple_(RiskSince.created_at, RiskSince.id),
        ),
    )
    query = select(RiskSince.id, RiskSince.person_id, RiskSince.review_on).where(
        RiskSince.archived_at.is_(None),
        RiskSince.review_on <= until,
        RiskSince.since <= today,
        not_(
            exists().where(
                newer.person_id == RiskSince.person_id, newer.archived_at.is_(None), newer.since <= today, came_after
            )
        ),
    )
    if people is not None:
        query = query.where(RiskSince.person_id.in_(list(people)))
    rows = db.execute(query.order_by(RiskSince.review_on, RiskSince.id).execution_options(**REMINDING))
    return [DueReview(row.id, row.person_id, row.review_on) for row in rows]
