"""Where backups go: folders, and sticks that are known by their label wherever the system puts them.

Each place has a memory of its own: when a backup was last made there, when one last failed and why, and when the place
was last there. All of it lies in the vault, none of it beside it.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

from shelterdesk import house_settings, paths
from shelterdesk.access import Right, require
from shelterdesk.backup_keeping import Keep
from shelterdesk.desk import Busy, Desk
from shelterdesk.errors import Problem, Problems, ShelterDeskError
from shelterdesk.i18n import N_, text
from shelterdesk.volumes import Volume, Volumes, mounted, volume_of

FOLDER: Final = "folder"
STICK: Final = "stick"
_FIRST: Final = "first"
_PATIENCE: Final = 20
"""So many times a note is tried again while an import holds the records."""


@dataclass(frozen=True)
class Target:
    """One place. ``path`` is absolute for a folder, and for a stick leads on from its root."""

    id: str
    kind: str
    path: str
    label: str = ""
    volume: str = ""

    def words(self) -> str:
        """Return how the place is called: the label of a stick, else the path."""
        return self.label if self.kind == STICK else self.path


@dataclass(frozen=True)
class Memory:
    """What is known of one place. ``number`` is that of the newest row of the log in the last backup made there."""

    made: datetime | None = None
    file: str = ""
    number: int = 0
    failed: datetime | None = None
    message: str = ""
    values: Mapping[str, str] | None = None
    seen: datetime | None = None
    unreadable: int = 0

    @property
    def has_failed(self) -> bool:
        """Tell whether the last try came to nothing."""
        return self.failed is not None and (self.made is None or self.failed > self.made)

    def why(self, language: str | None = None) -> str:
        """Return in words why the last try came to nothing."""
        return text(self.message, language, **(self.values or {})) if self.has_failed and self.message else ""


def targets(desk: Desk) -> tuple[Target, ...]:
    """Return the places in the order they were added; never none."""
    chosen = [Target(**one) for one in house_settings.get(desk, "backup_targets")]
    if not chosen:
        folder = house_settings.get(desk, "backup_folder") or str(paths.default_backup_folder())
        chosen = [Target(_FIRST, FOLDER, folder)]
    return tuple(chosen)


def add_target(desk: Desk, folder: Path, volumes: Volumes = mounted) -> Target:
    """Let backups go into *folder* too; one on a stick is remembered by the label. Raises Problems."""
    require(desk, Right.CHANGE_SETTINGS)
    present = targets(desk)
    target = target_for(folder, volumes())
    if any((one.kind, one.path, one.label) == (target.kind, target.path, target.label) for one in present):
        raise Problems([Problem("backup", N_("Backups go there already."))])
    if _is_inside(folder, desk.vault.folder):
        raise Problems([Problem("backup", N_("Choose a folder outside the vault: what harms one would harm both."))])
    _keep(desk, (*present, target))
    return target


def remove_target(desk: Desk, target_id: str) -> None:
    """Let no more backups go to a place; what lies there stays. Raises Problems for the last one."""
    require(desk, Right.CHANGE_SETTINGS)
    left = tuple(one for one in targets(desk) if one.id != target_id)
    if not left:
        raise Problems([Problem("backup", N_("Backups need at least one place. Add another one first."))])
    _keep(desk, left)


def set_targets(desk: Desk, chosen: Sequence[Target]) -> None:
    """Let backups go to *chosen* places, e.g. to take a change back."""
    require(desk, Right.CHANGE_SETTINGS)
    _keep(desk, chosen)


def begin_with(desk: Desk, folder: Path, volumes: Volumes = mounted) -> None:
    """Let backups of a new vault go into *folder* and nowhere else."""
    require(desk, Right.CHANGE_SETTINGS)
    # A stick has another letter on the next computer, so what is usual beside the program is not written down.
    usual = paths.is_portable() and Path(folder) == paths.default_backup_folder()
    _keep(desk, () if usual else (target_for(folder, volumes()),))


def target_for(folder: Path, volumes: Sequence[Volume]) -> Target:
    """Return *folder* as a place of its own: a stick where its volume can be taken away and has a name."""
    folder = Path(folder).absolute()
    volume = volume_of(folder, volumes)
    fixed = {volume_of(one, volumes) for one in (Path.home(), paths.machine_folder())}
    if volume is None or volume in fixed or not volume.label:
        return Target(_new_id(), FOLDER, str(folder))
    below = folder.relative_to(volume.root)
    return Target(_new_id(), STICK, below.as_posix(), volume.label, volume.id)


def place_of(target: Target, volumes: Sequence[Volume]) -> Path | None:
    """Return where *target* is to be found now, None where it is not there.

    Of several sticks with one label, the one with the known number is meant, else the one with the known folder.
    """
    if target.kind == FOLDER:
        folder = Path(target.path)
        return folder if folder.is_dir() or folder.parent.is_dir() or target.id == _FIRST else None
    alike = [one for one in volumes if one.label.casefold() == target.label.casefold()]
    numbered = [one for one in alike if target.volume and one.id == target.volume]
    below = PurePosixPath(target.path)
    for volume in sorted(numbered or alike, key=lambda one: not (one.root / below).is_dir()):
        return volume.root / below
    return None


def keep_of(desk: Desk) -> Keep:
    """Return how many backups are kept at each place."""
    return Keep(*house_settings.get(desk, "backup_keep"))


def set_keep(desk: Desk, keep: Keep) -> None:
    """Keep another number of backups. Raises Problems for fewer than one day."""
    require(desk, Right.CHANGE_SETTINGS)
    if keep.daily < 1 or min(keep.weekly, keep.monthly) < 0:
        raise Problems([Problem("backup", N_("Keep at least the backup of one day."))])
    house_settings.put(desk, "backup_keep", [keep.daily, keep.weekly, keep.monthly])


def memories(desk: Desk) -> dict[str, Memory]:
    """Return what is known of each place that has been tried, by its id."""
    return {key: _remembered(kept) for key, kept in house_settings.get(desk, "backup_memory").items()}


def remember(desk: Desk, changed: Mapping[str, Memory]) -> None:
    """Keep what is known of some places."""
    known = {one.id for one in targets(desk)}
    kept = {key: one for key, one in (memories(desk) | dict(changed)).items() if key in known}
    patiently(lambda: house_settings.note(desk, "backup_memory", {key: _spelled(one) for key, one in kept.items()}))


def patiently(write: Callable[[], None]) -> None:
    """Do a small write though an import may hold the records; each try waits some seconds for it. Raises Busy."""
    for _attempt in range(_PATIENCE):
        try:
            return write()
        except Busy:
            time.sleep(0.5)
    return write()


def failure(before: Memory, error: ShelterDeskError, now: datetime) -> Memory:
    """Return *before* with what went wrong now."""
    values = {name: str(value) for name, value in error.values.items()}
    return replace(before, failed=now, seen=now, message=error.message, values=values)


def _keep(desk: Desk, chosen: Sequence[Target]) -> None:
    house_settings.put(desk, "backup_targets", [asdict(one) for one in chosen])


def _new_id() -> str:
    return secrets.token_hex(4)


def _is_inside(folder: Path, other: Path) -> bool:
    return folder.absolute().resolve().is_relative_to(other.resolve())


def _spelled(memory: Memory) -> dict[str, Any]:
    plain = asdict(memory)
    for name in ("made", "failed", "seen"):
        plain[name] = plain[name].isoformat() if plain[name] else None
    return plain


def _remembered(kept: Mapping[str, Any]) -> Memory:
    def moment(name: str) -> datetime | None:
        return datetime.fromisoformat(kept[name]) if kept.get(name) else None

    return Memory(
        made=moment("made"),
        file=kept.get("file", ""),
        number=kept.get("number", 0),
        failed=moment("failed"),
        message=kept.get("message", ""),
        values=kept.get("values"),
        seen=moment("seen"),
        unreadable=kept.get("unreadable", 0),
    )
