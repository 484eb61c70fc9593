"""Removing what the log says, while it goes on telling who did what and when: the rows stay, their content goes.

The removal is a row of the log itself and tells how many contents went. Checking the log compares that with how many
are missing, so that nobody can remove one quietly.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, delete, select

from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.i18n import N_
from shelterdesk.reach import require_reach
from shelterdesk.schema.acts import FACTS, Act
from shelterdesk.schema.history import LogContent, LogRow

KEPT: Final = frozenset(fact.id for fact in FACTS if fact.compartment is None)
"""What stays: codes, numbers and sign-in names by which events say what they were. They tell nothing of a person."""


def remove_content_of(desk: Desk, person_id: UUID, why: str) -> int:
    """Remove what the log says about one person; return how many contents went. Raises NotAllowed, Problems."""
    require(desk, Right.READ_LOG)
    require(desk, Right.CHANGE_SETTINGS)
    require_reach(desk, person_id)
    return _remove(desk, LogRow.person_id == person_id, {"log.why": _reason(why)}, about=person_id)


def remove_content_before(desk: Desk, day: date, why: str) -> int:
    """Remove what the log says of anybody and anything before *day*; return how many contents went.

    Raises NotAllowed, Problems.
    """
    require(desk, Right.READ_LOG)
    require(desk, Right.CHANGE_SETTINGS)
    if day > desk.today():
        raise Problems([Problem("log.when", N_("Choose a day that has been"))])
    begins = datetime.combine(day, time(), desk.zone).astimezone(UTC)
    return _remove(desk, LogRow.at < begins, {"log.why": _reason(why), "log.when": day.isoformat()})


def _reason(why: str) -> str:
    if not why.strip():
        raise Problems([Problem("log.why", N_("Write why it is removed"))])
    return why.strip()


def _remove(desk: Desk, rows: ColumnElement[bool], facts: dict[str, object], *, about: UUID | None = None) -> int:
    with desk.write(Act.REMOVE_LOG_CONTENT, about=about, facts=facts) as db:
        gone = delete(LogContent).where(
            LogContent.number.in_(select(LogRow.number).where(rows)), LogContent.field_id.not_in(KEPT)
        )
        # The row of the removal is written when the write ends, so it can still be told how many went.
        done = db.execute(gone)
        assert isinstance(done, CursorResult)
        count = done.rowcount
        facts["log.count"] = count
    return count
