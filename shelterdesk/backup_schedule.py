"""When backups are made by themselves: at the first sign-in of a day, and on leaving if something changed since."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlalchemy import select

from shelterdesk import backups, house_settings, lock_reasons
from shelterdesk.access import Right, require
from shelterdesk.backup_targets import Memory, Target, memories, targets
from shelterdesk.desk import Desk
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import LogRow
from shelterdesk.vault import Course
from shelterdesk.volumes import Volumes, mounted


class When(StrEnum):
    """How often, by a code that stays."""

    DAILY = "daily"
    """Once a day, and on leaving if something changed."""
    ONCE = "once"
    """Once a day."""
    BY_HAND = "by_hand"


NOTHING_NEW: Final = frozenset(
    act.code for act in (Act.SIGN_IN, Act.SIGN_IN_RECOVERY, Act.SIGN_IN_FAILED, Act.LOCK, Act.BACKUP, Act.OPEN_RECORD)
)
"""Acts after which a backup would hold nothing that the one before does not."""
_TIME_FOR_IT: Final = frozenset(
    reason.code for reason in (lock_reasons.ASKED, lock_reasons.CLOSED, lock_reasons.IDLE, lock_reasons.PERSON)
)
"""Reasons for leaving that leave time. The computer goes to sleep, is switched off or changes hands without waiting."""


def when(desk: Desk) -> When:
    """Return how often backups are made by themselves."""
    kept = house_settings.get(desk, "backup_when")
    return When(kept) if kept in set(When) else When.DAILY


def set_when(desk: Desk, chosen: When) -> None:
    """Make backups at other times."""
    require(desk, Right.CHANGE_SETTINGS)
    house_settings.put(desk, "backup_when", chosen.value)


def due(desk: Desk) -> tuple[Target, ...]:
    """Return the places where no backup was made today yet, whether they are there or not."""
    if when(desk) is When.BY_HAND:
        return ()
    known, today = memories(desk), desk.today()
    return tuple(one for one in targets(desk) if _day_made(desk, known.get(one.id)) != today)


def due_on_leaving(desk: Desk, why: str) -> tuple[Target, ...]:
    """Return the places that lack something which changed since, where *why* the vault is left gives time for it."""
    if when(desk) is not When.DAILY or why not in _TIME_FOR_IT:
        return ()
    known = memories(desk)
    return tuple(one for one in targets(desk) if _changed_since(desk, known.get(one.id, Memory()).number))


def run(
    desk: Desk, chosen: tuple[Target, ...], volumes: Volumes = mounted, course: Course | None = None
) -> tuple[backups.Outcome, ...]:
    """Make what is due. Raises Stopped; everything else is told in the outcomes."""
    return backups.back_up_at(desk, chosen, volumes, course) if chosen else ()


def _changed_since(desk: Desk, number: int) -> bool:
    query = select(LogRow.number).where(LogRow.number > number, LogRow.act.not_in(NOTHING_NEW)).limit(1)
    with desk.read() as db:
        return db.scalars(query).first() is not None


def _day_made(desk: Desk, memory: Memory | None) -> object:
    return desk.day_of(memory.made) if memory is not None and memory.made is not None else None
