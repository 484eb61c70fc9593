"""Backups of the open vault: made at its places, noted, and how old the newest is."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from shelterdesk import house_settings
from shelterdesk.access import Right, require
from shelterdesk.backup_keeping import tidy
from shelterdesk.backup_targets import (
    Memory,
    Target,
    failure,
    keep_of,
    memories,
    patiently,
    place_of,
    remember,
    targets,
)
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.schema.acts import Act
from shelterdesk.schema.history import LogHead
from shelterdesk.schema.upgrade import NEWEST, revision_of
from shelterdesk.vault import Course, Stopped, copy_backup, make_backup
from shelterdesk.volumes import Volume, Volumes, mounted

_BESIDE: Final = "before-update"
_KEPT_BESIDE: Final = 3
"""Backups from before a change of tables or keys that stay beside the vault."""
_OLD: Final = timedelta(days=1)
_SLACK: Final = timedelta(minutes=5)
"""Clocks are set right by so much without anybody noticing."""


Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Outcome:
    """What came of one place: the file, or what went wrong, or neither where the place is not there."""

    target: Target
    file: Path | None = None
    error: ShelterDeskError | None = None

    @property
    def absent(self) -> bool:
        """Tell whether the place was not there."""
        return self.file is None and self.error is None


@dataclass(frozen=True)
class State:
    """One place and what is known of it, from memory alone: no disk is asked."""

    target: Target
    memory: Memory


_turn = threading.Lock()
"""One backup after the other: one by hand waits for the one the schedule is making."""


def back_up(desk: Desk, folder: Path, course: Course | None = None) -> Path:
    """Make a backup in *folder*, whether it is a place of the schedule or not, and note it in the log.

    Raises what ``make_backup`` raises.
    """
    require(desk, Right.BACK_UP)
    with _turn:
        made = _make(desk, folder, log_head(desk)[1], course or Course())
    house_settings.note(desk, "last_backup", desk.now().isoformat())
    _log(desk, made, 1)
    return made


def back_up_everywhere(desk: Desk, volumes: Volumes = mounted, course: Course | None = None) -> tuple[Outcome, ...]:
    """Make a backup at every place that is there, by hand. Raises Stopped; everything else is told in the outcomes."""
    require(desk, Right.BACK_UP)
    return back_up_at(desk, targets(desk), volumes, course)


def back_up_at(
    desk: Desk, chosen: Iterable[Target], volumes: Volumes = mounted, course: Course | None = None
) -> tuple[Outcome, ...]:
    """Make one backup, prove it by opening, and bring it to every one of the *chosen* places that is there.

    Older backups are cleared at a place only after the new one lies there. Takes no right: the schedule does this for
    whoever is signed in. Raises Stopped; everything else is told in the outcomes.
    """
    with _turn:
        return _back_up_at(desk, chosen, volumes(), course or Course())


def _back_up_at(
    desk: Desk, chosen: Iterable[Target], plugged_in: Sequence[Volume], course: Course
) -> tuple[Outcome, ...]:
    places = [(target, place_of(target, plugged_in)) for target in chosen]
    number, head = log_head(desk)
    outcomes: list[Outcome] = []
    noted: dict[str, Memory] = {}
    before, first = memories(desk), None
    for at, (target, place) in enumerate(places):
        part = course.part(at / len(places), (at + 1) / len(places))
        known = before.get(target.id, Memory())
        outcome = _bring(desk, target, place, head, first, part)
        outcomes.append(outcome)
        if outcome.error is not None:
            noted[target.id] = failure(known, outcome.error, desk.now())
        elif outcome.file is not None:
            first = first or outcome.file
            tidied = tidy(outcome.file, keep_of(desk), desk.day_of)
            now = desk.now()
            noted[target.id] = Memory(
                made=now, file=outcome.file.name, number=number, seen=now, unreadable=len(tidied.unreadable)
            )
    if noted:
        remember(desk, noted)
    if first is not None:
        _log(desk, first, sum(one.file is not None for one in outcomes))
    return tuple(outcomes)


def back_up_beside(desk: Desk, course: Course | None = None) -> Path:
    """Make the backup that precedes a change of all records, of their tables or keys, beside the vault.

    The tables may be those of an older program. Raises what ``make_backup`` raises.
    """
    folder = place_beside(desk.vault.folder)
    with desk.engine.connect() as connection:
        revision = revision_of(connection)
    head = log_head(desk)[1]
    made = make_backup(desk.vault, folder, head, desk.now(), schema_revision=str(revision), course=course)
    found = sorted(folder.glob(f"{desk.vault.name}-*{made.suffix}"), key=lambda one: one.stat().st_mtime)
    for old in set(found[:-_KEPT_BESIDE]) - {made}:
        # Nobody looks for them once the change went well; the newest few are kept all the same.
        with suppress(OSError):
            old.unlink(missing_ok=True)
    return made


def place_beside(folder: Path) -> Path:
    """Return where backups lie that were made before a change of all records of the vault in *folder*."""
    return folder.parent / _BESIDE


def log_head(desk: Desk) -> tuple[int, bytes]:
    """Return the number and the MAC of the newest row of the log."""
    with desk.read() as db:
        number, mac = db.execute(select(LogHead.number, LogHead.mac)).one()
    return number, mac


def states(desk: Desk) -> tuple[State, ...]:
    """Return every place with its memory."""
    known = memories(desk)
    return tuple(State(target, known.get(target.id, Memory())) for target in targets(desk))


def see(desk: Desk, volumes: Volumes = mounted) -> frozenset[str]:
    """Return the ids of the places that are there now, and remember it. Disks are asked, so the worker does it."""
    plugged_in, now = volumes(), desk.now()
    there = {one.id for one in targets(desk) if (place := place_of(one, plugged_in)) is not None and place.exists()}
    known = memories(desk)
    seen = {key: replace(known.get(key, Memory()), seen=now) for key in there}
    if any(desk.day_of(now) != _day_seen(desk, known.get(key)) for key in there):
        remember(desk, seen)
    return frozenset(there)


def last_backup(desk: Desk) -> datetime | None:
    """Return when the newest backup was made, wherever it went."""
    noted = house_settings.get(desk, "last_backup")
    moments = [one.made for one in memories(desk).values() if one.made is not None]
    if noted:
        moments.append(datetime.fromisoformat(noted))
    # Where the clock was set back, what seems to come lies behind what was made since.
    past = [one for one in moments if one <= desk.now()]
    return max(past or moments, default=None)


def is_old(desk: Desk, made: datetime | None) -> bool:
    """Tell whether a day has passed since *made*, or the clock was set back behind it."""
    return made is None or not timedelta(0) <= desk.now() - made <= _OLD


def backup_is_due(desk: Desk) -> bool:
    """Tell whether the newest backup is older than a day, or the clock was set back behind it."""
    return is_old(desk, last_backup(desk))


def clock_was_set_back(desk: Desk) -> datetime | None:
    """Return when the newest backup was made by its own word, where that lies ahead of the clock; else None."""
    newest = max((one.made for one in memories(desk).values() if one.made is not None), default=None)
    return newest if newest is not None and newest > desk.now() + _SLACK else None


def left_behind(desk: Desk) -> tuple[Span, ...]:
    """Return the times that were left behind when an older backup was put back: what was saved then is elsewhere."""
    spans = house_settings.get(desk, "left_behind")
    return tuple((datetime.fromisoformat(begin), datetime.fromisoformat(end)) for begin, end in spans)


def leave_behind(desk: Desk, made: datetime) -> None:
    """Note that a backup of the moment *made* was put back, and what came after it left behind."""
    kept = [[begin.isoformat(), end.isoformat()] for begin, end in left_behind(desk)]
    house_settings.note(desk, "left_behind", [*kept, [made.isoformat(), desk.now().isoformat()]])


def _bring(desk: Desk, target: Target, place: Path | None, head: bytes, first: Path | None, course: Course) -> Outcome:
    if place is None:
        return Outcome(target)
    try:
        if first is not None:
            return Outcome(target, copy_backup(first, place, course=course))
        return Outcome(target, _make(desk, place, head, course))
    except Stopped:
        raise
    except ShelterDeskError as error:
        return Outcome(target, error=error)


def _make(desk: Desk, folder: Path, head: bytes, course: Course) -> Path:
    return make_backup(desk.vault, folder, head, desk.now(), schema_revision=str(NEWEST), course=course)


def _log(desk: Desk, made: Path, places: int) -> None:
    def write() -> None:
        with desk.write(Act.BACKUP, facts={"log.what": made.name, "log.count": places}):
            pass

    patiently(write)


def _day_seen(desk: Desk, memory: Memory | None) -> object:
    return desk.day_of(memory.seen) if memory is not None and memory.seen is not None else None
