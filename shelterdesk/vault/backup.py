"""Backups: made under the key of their vault, proved by opening them, and copied to further places."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from shelterdesk.vault.archive import DATABASE, Archive, copy_stream, forget_cached, write_archive
from shelterdesk.vault.backup_opening import opened_at, refuse_full, roomy, work_folder
from shelterdesk.vault.course import Course
from shelterdesk.vault.database import copy_database
from shelterdesk.vault.encoding import wipe
from shelterdesk.vault.former_keys import lent
from shelterdesk.vault.header import Header
from shelterdesk.vault.store import OpenVault
from shelterdesk.vault.unlocking import Unlocked
from shelterdesk.vault.writing import create_private, put_in_place, told_plainly

SUFFIX = ".dbk"


def make_backup(
    vault: OpenVault,
    target_folder: Path,
    log_head: bytes,
    moment: datetime,
    *,
    schema_revision: str = "",
    course: Course | None = None,
) -> Path:
    """Write a backup of *vault* into *target_folder* and check it by opening it. Returns the file.

    *moment* must have a time zone; its day is in the name. Others may go on writing meanwhile, and the keys may be
    replaced. Nothing but a checked file ever gets the final name. Raises DiskFull, VaultNotWritable, BackupDamaged,
    Stopped.
    """
    course = course or Course()
    target = Path(target_folder).absolute()
    with told_plainly(target):
        target.mkdir(parents=True, exist_ok=True)
        work_place = _work_place(vault, target)
    own = lent(vault.unlocked)
    try:
        with work_folder(work_place, vault.name) as work, _part_folder(target, work, vault.name) as there:
            copy, part = work / DATABASE, there / f"backup{SUFFIX}"
            header = _copy_with_header(vault, own, copy, course.part(0, 0.4))
            with told_plainly(target):
                write_archive(
                    part,
                    copy,
                    header,
                    own,
                    log_head=log_head,
                    moment=moment,
                    schema_revision=schema_revision,
                    course=course.part(0.4, 0.6),
                )
            copy.unlink()
            with opened_at(part, lambda _header: lent(own), work, course.part(0.6, 1)):
                pass
            with told_plainly(target):
                return _give_name(part, target, f"{vault.name}-{moment.date().isoformat()}")
    finally:
        own.wipe()


def copy_backup(file: Path, target_folder: Path, *, course: Course | None = None) -> Path:
    """Copy a checked backup into another folder and read it back. Returns the copy.

    Only a copy whose every byte fits gets the name. Raises DiskFull, VaultNotWritable, BackupDamaged, Stopped.
    """
    course = course or Course()
    file, target = Path(file).absolute(), Path(target_folder).absolute()
    with told_plainly(target):
        target.mkdir(parents=True, exist_ok=True)
        size = file.stat().st_size
        refuse_full(target, size)
    name = file.name.removesuffix(SUFFIX)
    with work_folder(target, name) as work:
        part = work / file.name
        with told_plainly(target):
            with file.open("rb") as source, os.fdopen(create_private(part), "wb") as stream:
                copy_stream(source, stream, course.part(0, 0.6), size)
                stream.flush()
                os.fsync(stream.fileno())
                forget_cached(stream)
            with Archive(part, course=course.part(0.6, 1)):
                pass
            return _give_name(part, target, _stem(name))


def _copy_with_header(vault: OpenVault, own: Unlocked, copy: Path, course: Course) -> Header:
    """Write the database to *copy* and return the header that belongs to it, also while people and keys change."""
    while True:
        header = vault.header
        if not own.is_authentic(header):
            # The keys were replaced between asking for them and now.
            wipe(own.database_key)
            own.database_key = bytearray(vault.unlocked.database_key)
            course.at(0, 1)
            continue
        with vault.connection() as connection:
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
            if vault.header is header:
                copy_database(connection, copy, own.database_key, header.salt, course.at)
                return header


def _work_place(vault: OpenVault, target: Path) -> Path:
    """Return where the copy is prepared: beside the vault, which spares a stick, or at the target where room is short.

    Raises DiskFull where neither has room.
    """
    size, beside = vault.database_path.stat().st_size, vault.folder.parent
    refuse_full(target, size)
    if beside.stat().st_dev != target.stat().st_dev and roomy(size, beside, target) == beside:
        return beside
    refuse_full(target, 2 * size)
    return target


@contextmanager
def _part_folder(target: Path, work: Path, name: str) -> Generator[Path]:
    if work.parent == target:
        yield work
        return
    with work_folder(target, name) as there:
        yield there


def _give_name(part: Path, folder: Path, stem: str) -> Path:
    number = 1
    while (target := folder / (f"{stem}{SUFFIX}" if number == 1 else f"{stem}-{number}{SUFFIX}")).exists():
        number += 1
    put_in_place(part, target)
    return target


def _stem(name: str) -> str:
    """Return the name of a backup without the number that told it from others of its day."""
    parts = name.split("-")
    return "-".join(parts[:-1]) if len(parts) == 6 else name
