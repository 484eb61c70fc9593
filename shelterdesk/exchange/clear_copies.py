"""What an import or an added scan leaves in clear on the computer, and how to be rid of it as far as possible."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, text
from shelterdesk.scans import intake

_BLOCK: Final = 1024 * 1024
_TABLES: Final = frozenset({".xlsx", ".xlsm", ".csv", ".tsv", ".txt"})
_SCANS: Final = frozenset(f".{kind}" for kind in intake.KINDS)
"""Only tables, scans and photos are deleted here: a slip of the hand must not cost a vault or a backup."""

WHAT_DELETING_A_SCAN_CANNOT: Final = N_(
    "The file is overwritten and deleted. That does not reach copies elsewhere: on the phone or scanner it comes from, "
    "in e-mail, on memory sticks, in the folder of deleted files, or in backups of this computer. On solid-state disks "
    "and memory sticks parts of it may stay readable to somebody with special tools."
)
WHAT_DELETION_CANNOT: Final = N_(
    "The file is overwritten and deleted. That does not reach copies elsewhere: in e-mail, on memory sticks, in the "
    "program the list was written with, in the folder of deleted files, or in backups of this computer. On solid-state "
    "disks and memory sticks parts of it may stay readable to somebody with special tools. If the list could endanger "
    "somebody, delete the other copies too, and keep the disk of this computer encrypted."
)


class Role(StrEnum):
    """What a clear copy is."""

    SOURCE = "source"
    REJECTS = "rejects"
    SCAN = "scan"

    def words(self, language: str | None = None) -> str:
        """Return the words for people."""
        return text(_ROLES[self], language)


_ROLES: Final = {
    Role.SOURCE: N_("the list you imported"),
    Role.REJECTS: N_("the rows to mend"),
    Role.SCAN: N_("the scan or photo you added"),
}


class CannotDelete(ShelterDeskError):
    """The file is still there, with its content."""


@dataclass(frozen=True)
class ClearCopy:
    """A file with people's names that anybody at this computer can open."""

    path: Path
    role: Role
    size: int


@dataclass(frozen=True)
class Deletion:
    """How far a deletion went. Without ``overwritten`` only the name is gone, not the content."""

    path: Path
    overwritten: bool


def clear_copies(source: Path | None, rejects: Path | None = None) -> tuple[ClearCopy, ...]:
    """Return which of the files an import had to do with still lie on the computer."""
    return tuple(_present(((source, Role.SOURCE), (rejects, Role.REJECTS))))


def clear_scan(path: Path) -> ClearCopy | None:
    """Return the file a scan or photo was added from, if it still lies on the computer."""
    return next(iter(_present(((path, Role.SCAN),))), None)


def delete_clear_copy(path: Path) -> Deletion:
    """Overwrite *path* with random bytes, give it a name that says nothing, and delete it. Raises CannotDelete.

    ``WHAT_DELETION_CANNOT`` or ``WHAT_DELETING_A_SCAN_CANNOT`` belongs beside the button.
    """
    try:
        found = path.lstat()
    except OSError as error:
        raise CannotDelete(N_("There is no file {file} any more."), file=path.name) from error
    if not stat.S_ISREG(found.st_mode):
        raise CannotDelete(
            N_("{file} is a link or a folder, not the file itself. Delete the file it leads to."), file=path.name
        )
    if path.suffix.lower() not in _TABLES | _SCANS:
        raise CannotDelete(
            N_("{file} is no spreadsheet, scan or photo; ShelterDesk does not delete it."), file=path.name
        )
    overwritten = _overwrite(path)
    last = path
    with suppress(OSError):
        # The name of a file often says more than it should, and outlives it in the folder's own records.
        last = path.rename(path.with_name(secrets.token_hex(8)))
    try:
        last.unlink()
    except OSError as error:
        with suppress(OSError):
            last.rename(path)
        raise CannotDelete(
            N_("{file} cannot be deleted. Close it in other programs and try again."), file=path.name
        ) from error
    return Deletion(path, overwritten)


def _present(files: Iterable[tuple[Path | None, Role]]) -> Iterable[ClearCopy]:
    for path, role in files:
        with suppress(OSError):
            if path is not None and path.is_file():
                yield ClearCopy(path, role, path.stat().st_size)


def _overwrite(path: Path) -> bool:
    try:
        with path.open("r+b") as stream:
            left = os.fstat(stream.fileno()).st_size
            while left > 0:
                stream.write(secrets.token_bytes(min(_BLOCK, left)))
                left -= _BLOCK
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        return False
    return True
