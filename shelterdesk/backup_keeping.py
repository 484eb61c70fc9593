"""Which backups of a folder are kept: the newest of each of the last days, weeks and months that have one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault import BackupOutline, outline_of

DayOf = Callable[[datetime], date]


@dataclass(frozen=True)
class Keep:
    """How many days, weeks and months are kept. The newest backup always is."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


@dataclass(frozen=True)
class Tidied:
    """What became of a folder: the names that were deleted, and those that look like ours and cannot be read."""

    deleted: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def kept(moments: Iterable[datetime], keep: Keep, day_of: DayOf) -> frozenset[datetime]:
    """Return the *moments* that are kept.

    Days, weeks (ISO 8601) and months without a backup do not count, so that nothing goes only because time passes.
    """
    newest_first = sorted(set(moments), reverse=True)
    found = set(newest_first[:1])
    spans: tuple[tuple[int, Callable[[date], Any]], ...] = (
        (keep.daily, lambda day: day),
        (keep.weekly, lambda day: day.isocalendar()[:2]),
        (keep.monthly, lambda day: (day.year, day.month)),
    )
    for count, span_of in spans:
        spans_seen: set[Any] = set()
        for moment in newest_first:
            span = span_of(day_of(moment))
            if span not in spans_seen and len(spans_seen) < count:
                spans_seen.add(span)
                found.add(moment)
    return frozenset(found)


def spare(backups: Collection[BackupOutline], proved: BackupOutline, keep: Keep, day_of: DayOf) -> list[BackupOutline]:
    """Return those of *backups* that may go now that *proved* was made and opened.

    Only what is older than *proved* by its own word: where the clock was set back, or a file says it comes from the
    future, nothing goes for its sake.
    """
    older = [one for one in backups if one.vault == proved.vault and one.moment < proved.moment]
    stay = kept([proved.moment, *(one.moment for one in older)], keep, day_of)
    return [one for one in older if one.moment not in stay]


def backups_in(folder: Path, name: str) -> tuple[list[BackupOutline], list[str]]:
    """Return the backups in *folder* whose files are called as those of the vault *name*, the newest first.

    The second list names files that are called so and are no whole backups. Raises OSError.
    """
    pattern = re.compile(rf"{re.escape(name)}-\d{{4}}-\d\d-\d\d(-[1-9]\d*)?\.dbk", re.ASCII)
    found: list[BackupOutline] = []
    unreadable: list[str] = []
    for file in folder.iterdir():
        if pattern.fullmatch(file.name) and file.is_file() and not file.is_symlink():
            try:
                outline = outline_of(file)
            except (ShelterDeskError, OSError):
                unreadable.append(file.name)
                continue
            if outline.name == name:
                found.append(outline)
    return sorted(found, key=lambda one: one.moment, reverse=True), sorted(unreadable)


def tidy(file: Path, keep: Keep, day_of: DayOf) -> Tidied:
    """Delete what is spare in the folder of *file*, a backup that was opened a moment ago. Never raises for the disk.

    Only backups of the same vault go, and only files that say so both by their name and inside.
    """
    deleted: list[str] = []
    try:
        proved = outline_of(file)
        found, unreadable = backups_in(file.parent, proved.name)
        for one in spare(found, proved, keep, day_of):
            one.file.unlink()
            deleted.append(one.file.name)
    except (ShelterDeskError, OSError):
        # A folder where nothing may be deleted still takes backups.
        return Tidied(tuple(deleted))
    return Tidied(tuple(deleted), tuple(unreadable))
