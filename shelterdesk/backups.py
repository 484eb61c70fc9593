"""Backups of the open vault: made, noted, and how old the newest is."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from shelterdesk import house_settings, paths
from shelterdesk.access import Right, require
from shelterdesk.desk import Desk
from shelterdesk.schema import log_reading
from shelterdesk.schema.acts import Act
from shelterdesk.schema.upgrade import NEWEST
from shelterdesk.vault import make_backup


def backup_folder(desk: Desk) -> Path:
    """Return where this vault's backups go."""
    chosen = house_settings.get(desk, "backup_folder")
    return Path(chosen) if chosen else paths.default_backup_folder()


def back_up(desk: Desk, folder: Path | None = None) -> Path:
    """Make a backup in *folder* (default: the vault's own), verify it by opening, and note it in the log."""
    require(desk, Right.BACK_UP)
    target = folder or backup_folder(desk)
    with desk.read() as db:
        head = log_reading.log_head(db)
    target.mkdir(parents=True, exist_ok=True)
    made = make_backup(desk.vault, target, head, desk.now(), schema_revision=str(NEWEST))
    house_settings.note(desk, "last_backup", desk.now().isoformat())
    with desk.write(Act.BACKUP, facts={"log.what": made.name}):
        pass
    return made


def make_backup_before_upgrade(desk: Desk) -> Path:
    """Make the backup that precedes a change of the tables, beside the vault."""
    target = desk.vault.folder.parent / "before-update"
    target.mkdir(parents=True, exist_ok=True)
    return make_backup(desk.vault, target, b"", desk.now())


def last_backup(desk: Desk) -> datetime | None:
    """Return when the newest backup was made."""
    noted = house_settings.get(desk, "last_backup")
    return datetime.fromisoformat(noted) if noted else None


def backup_is_due(desk: Desk) -> bool:
    """Tell whether a day has passed since the newest backup, or the clock was set back behind it."""
    newest = last_backup(desk)
    return newest is None or not timedelta(0) <= desk.now() - newest <= timedelta(days=1)
