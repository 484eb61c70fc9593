"""What is known of a damaged vault before anybody signs in: its files, and the backups that can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from shelterdesk import backups, paths
from shelterdesk.backup_keeping import backups_in
from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault import BackupOutline
from shelterdesk.vault.database import check_size
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE, Header, is_vault_name, read_header
from shelterdesk.volumes import Volumes, mounted

_MOST_FOLDERS: Final = 200
"""So many folders of a stick are looked into; people do not keep backups deeper than in one of these."""


class FileState(StrEnum):
    """What can be told of a file without a key."""

    WHOLE = "whole"
    DAMAGED = "damaged"
    MISSING = "missing"
    UNKNOWN = "unknown"
    """It is there; whether its pages are whole shows only when it is opened."""


@dataclass(frozen=True)
class VaultFile:
    """One file of a vault."""

    name: str
    state: FileState
    size: int = 0


@dataclass(frozen=True)
class Outlook:
    """The files of a vault and the backups of it, the newest first. ``name`` is the neutral one."""

    folder: Path
    name: str
    files: tuple[VaultFile, ...]
    backups: tuple[BackupOutline, ...]

    @property
    def has_keys(self) -> bool:
        """Tell whether one of the two files with the keys is whole, so that a sign-in can open what is readable."""
        return any(one.state is FileState.WHOLE for one in self.files[:2])

    @property
    def copy_could_stand_in(self) -> bool:
        """Tell whether only the first of the two is damaged."""
        return self.files[0].state is not FileState.WHOLE and self.files[1].state is FileState.WHOLE


def look(folder: Path, volumes: Volumes = mounted) -> Outlook:
    """Look at the files of a vault and for its backups, without a key. Takes a moment: disks are asked."""
    folder = Path(folder).absolute()
    headers = {name: _header(folder, name) for name in (HEADER_FILE, COPY_FILE)}
    known = next((one for one in headers.values() if one is not None), None)
    files = [_file(folder, name, header) for name, header in headers.items()]
    database = known.database if known else next((one.name for one in sorted(folder.glob("records*.db"))), "records.db")
    files.append(_records(folder, database))
    stem = folder.name.removesuffix(".vault")
    name = known.name if known else stem if is_vault_name(stem) else ""
    return Outlook(folder, name or stem, tuple(files), tuple(_backups(folder, known, name, volumes)))


def _header(folder: Path, name: str) -> Header | None:
    with suppress(ShelterDeskError):
        return read_header(folder, name)
    return None


def _file(folder: Path, name: str, header: Header | None) -> VaultFile:
    path = folder / name
    if not path.is_file():
        return VaultFile(name, FileState.MISSING)
    return VaultFile(name, FileState.WHOLE if header is not None else FileState.DAMAGED, path.stat().st_size)


def _records(folder: Path, name: str) -> VaultFile:
    path = folder / name
    if not path.is_file():
        return VaultFile(name, FileState.MISSING)
    try:
        check_size(path)
    except ShelterDeskError:
        return VaultFile(name, FileState.DAMAGED, path.stat().st_size)
    return VaultFile(name, FileState.UNKNOWN, path.stat().st_size)


def _backups(folder: Path, header: Header | None, name: str, volumes: Volumes) -> list[BackupOutline]:
    found: dict[Path, BackupOutline] = {}
    for place in _places(folder, volumes):
        with suppress(OSError):
            for one in backups_in(place, name)[0] if name else ():
                if header is None or one.vault == header.vault:
                    found[one.file] = one
    return sorted(found.values(), key=lambda one: one.moment, reverse=True)


def _places(folder: Path, volumes: Volumes) -> Iterator[Path]:
    """Give the folders where backups are likely to lie: the usual ones, and every stick with its first folders."""
    usual = (paths.default_backup_folder(), backups.place_beside(folder), folder.parent)
    yield from (one for one in usual if one.is_dir())
    fixed = {Path(Path.home().anchor)}
    for volume in volumes():
        if volume.root in fixed or not volume.label:
            continue
        with suppress(OSError):
            yield volume.root
            inside = sorted(one for one in volume.root.iterdir() if one.is_dir() and not one.is_symlink())
            yield from inside[:_MOST_FOLDERS]
