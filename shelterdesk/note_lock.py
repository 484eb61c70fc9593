"""Locking notes: so many days after a note was written down it is amended only with a reason.

The days count from the moment it was written into the vault, not from the day it speaks of: what is typed from a paper
folder can be corrected like any other note.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from shelterdesk import house_settings
from shelterdesk.desk import Desk
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_
from shelterdesk.schema.base import Record
from shelterdesk.vault.compartments import Compartment

SETTING: Final = "note_lock_days"
MOST_DAYS: Final = 3650


def lock_days(desk: Desk) -> int:
    """Return after how many days notes lock; 0 where they never do."""
    return int(house_settings.get(desk, SETTING))


def set_lock_days(desk: Desk, days: int) -> None:
    """Lock notes after *days* days from now on, earlier ones too; 0 for never. Raises Problems."""
    if not 0 <= days <= MOST_DAYS:
        raise Problems([Problem("note_lock.days", N_("Enter a number of days up to 3650"))])
    house_settings.put(desk, SETTING, days)


def locks_on(desk: Desk, record: Record, days: int | None = None) -> date | None:
    """Return the first day on which a note or service is locked, None where it never is.

    *days* is what :func:`lock_days` says, for who asks about many.
    """
    length = lock_days(desk) if days is None else days
    return desk.day_of(record.created_at) + timedelta(days=length) if length else None


def is_locked(desk: Desk, record: Record, days: int | None = None) -> bool:
    """Tell whether the words of a note or service can only be amended with a reason."""
    first = locks_on(desk, record, days)
    return first is not None and desk.today() >= first


def why_field(compartment: Compartment | None = None) -> Field:
    """Return the field that asks why a note is corrected; it is sealed like the note itself.

    Without a *compartment* it reads drafts, whose rows say in which they are sealed.
    """
    return Field(
        "note_version.why",
        N_("Why it is corrected"),
        Kind.TEXT,
        attribute="why",
        compartment=compartment,
        help=N_("It stays with the earlier version, for the same readers as the note."),
        width=60,
    )
