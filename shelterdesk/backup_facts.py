"""What a backup holds and what the vault holds now, in plain facts, read from the copy itself and not from its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from shelterdesk import lineage
from shelterdesk.access import Right, require
from shelterdesk.backup_schedule import NOTHING_NEW
from shelterdesk.desk import Desk
from shelterdesk.lineage import Kinship, Point
from shelterdesk.schema.upgrade import NEWEST, REVISION_TABLE
from shelterdesk.vault import BackupOutline, Course, Member, OpenBackup, Unlock, open_backup, open_own_backup
from shelterdesk.vault.database import DatabaseError, RawConnection
from shelterdesk.vault.returning import Returning, has_another_recovery, people_at, who_would_return

_LAST: Final = "SELECT at FROM log WHERE act NOT IN ({}) ORDER BY number DESC LIMIT 1"
T = TypeVar("T")


@dataclass(frozen=True)
class Facts:
    """One state of the records. ``made`` is when a backup was made; of the vault itself it is now.

    ``people`` counts everybody on file. What an old or damaged copy cannot say is None.
    """

    made: datetime
    tables: int | None
    people: int | None
    last_entry: datetime | None
    head: Point | None
    may_sign_in: tuple[str, ...]

    @property
    def older_tables(self) -> bool:
        """Tell whether an earlier program wrote it; this one brings its tables up to date when it is opened."""
        return self.tables is not None and self.tables < NEWEST

    @property
    def newer_tables(self) -> bool:
        """Tell whether a later program wrote it, which this one cannot open."""
        return self.tables is not None and self.tables > NEWEST


@dataclass(frozen=True)
class Comparison:
    """A backup beside the vault as it is now. ``now`` is None where there is no vault, or one that does not open.

    ``kinship`` is what the backup is to the vault, ``parted`` the last row both have, ``entries_since`` how many rows
    of its log the backup lacks. ``entitled`` tells whether its reader may put it back.
    """

    outline: BackupOutline
    then: Facts
    now: Facts | None
    entitled: bool
    kinship: Kinship | None = None
    parted: datetime | None = None
    entries_since: int | None = None
    returning: tuple[Returning, ...] = ()
    another_recovery: bool = False
    people_known: bool = False
    """The people of the vault as it is now could be read, so ``returning`` means something."""


def compare(desk: Desk, file: Path, course: Course | None = None) -> Comparison:
    """Open a backup of an open vault, check every page and set it beside what is there now.

    Raises NotAllowed and what ``open_own_backup`` raises.
    """
    require(desk, Right.BACK_UP)
    with open_own_backup(file, desk.vault, course=course) as opened, desk.vault.connection() as present:
        then = facts_of(opened.connection, opened.members, opened.outline.moment)
        now = facts_of(present, desk.vault.members, desk.now())
        kinship, common = lineage.kinship(present, opened.connection) if then.head and now.head else (None, None)
        trust = desk.vault.unlocked.trust
        return Comparison(
            opened.outline,
            then,
            now,
            opened.entitled,
            kinship,
            common.at if common else None,
            now.head.number - common.number if now.head and common else None,
            who_would_return(opened.trust, trust),
            has_another_recovery(opened.trust, trust),
            people_known=True,
        )


def look_into(file: Path, unlock: Unlock, folder: Path, course: Course | None = None) -> Comparison:
    """Open a backup with a sign-in of its own, where the vault in *folder* does not open or is not there.

    Raises what ``open_backup`` raises.
    """
    beside = next((one for one in folder.parents if one.is_dir()), None)
    with open_backup(file, unlock, beside=beside, course=course) as opened:
        then = facts_of(opened.connection, opened.members, opened.outline.moment)
        return Comparison(opened.outline, then, None, opened.entitled, **_people_now(opened, folder))


def facts_of(connection: RawConnection, members: Iterable[Member], made: datetime) -> Facts:
    """Return what an open copy says, as far as its tables are known."""
    names = tuple(one.user_name for one in members if one.active and not one.temporary)

    def tables() -> int:
        return int(connection.execute(f"SELECT number FROM {REVISION_TABLE}").fetchone()[0])  # noqa: S608

    def people() -> int:
        return int(connection.execute("SELECT count(*) FROM person").fetchone()[0])

    def last_entry() -> datetime | None:
        quiet = sorted(NOTHING_NEW)
        row = connection.execute(_LAST.format(", ".join("?" * len(quiet))), quiet).fetchone()
        return None if row is None else datetime.fromisoformat(str(row[0])).replace(tzinfo=UTC)

    return Facts(
        made, _told(tables), _told(people), _told(last_entry), _told(lambda: lineage.head_of(connection)), names
    )


def _people_now(opened: OpenBackup, folder: Path) -> dict[str, Any]:
    now = people_at(folder, opened.unlocked)
    if now is None:
        return {}
    return {
        "returning": who_would_return(opened.trust, now),
        "another_recovery": has_another_recovery(opened.trust, now),
        "people_known": True,
    }


def _told(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except (DatabaseError, ValueError, TypeError):
        return None
