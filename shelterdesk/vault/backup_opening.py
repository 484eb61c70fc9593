"""Opening a backup to prove it, and putting it back into a new folder.

A backup is opened with the keys of its own day: those of whoever is signed in, as they were entitled then, so that one
made before the keys were replaced is checked as thoroughly as one of today.
"""

from __future__ import annotations

import hmac
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from shelterdesk.vault.archive import DATABASE, Archive, BackupOutline
from shelterdesk.vault.chain import replay
from shelterdesk.vault.course import Course
from shelterdesk.vault.database import RawConnection, faults_in, size_by_pages
from shelterdesk.vault.errors import (
    BackupDamaged,
    BackupOfAnotherVault,
    BackupOfOthers,
    DiskFull,
    VaultDamaged,
    WrongPassphrase,
)
from shelterdesk.vault.former_keys import keys_then, lent
from shelterdesk.vault.header import HEADER_FILE, Header, read_header, write_header
from shelterdesk.vault.locking import lock_vault
from shelterdesk.vault.making import made_beside, refuse_occupied
from shelterdesk.vault.members import Member
from shelterdesk.vault.network import refuse_network
from shelterdesk.vault.opening import open_unlocked
from shelterdesk.vault.recovery import read_code
from shelterdesk.vault.store import OpenVault
from shelterdesk.vault.unlocking import Unlocked, unlock_with_passphrase, unlock_with_recovery_secret
from shelterdesk.vault.writing import sync_file, told_plainly

_WORK = ".part"
_DAY_SECONDS = 24 * 60 * 60
_STEPS = 200_000
"""After so many steps of the check of a database it is asked whether it should go on."""
MARGIN = 1 << 20
"""Room left over beside what is written."""

Unlock = Callable[[Header], Unlocked | None]
"""Returns what the secret at hand opens under a header, None if nothing."""


class OpenBackup:
    """A backup whose database lies unpacked and open for reading. Nothing is ever written into it.

    ``entitled`` tells whether its reader had keys of their own then; who had none can check it, and not put it back.
    """

    def __init__(self, outline: BackupOutline, header: Header, unlocked: Unlocked, connection: RawConnection) -> None:
        self.outline = outline
        self.header = header
        self.unlocked = unlocked
        self.connection = connection
        self.trust = replay(header.vault, header.chain, unlocked.keys.fingerprint)
        self.entitled = self.trust.head == unlocked.trust.head

    @property
    def members(self) -> tuple[Member, ...]:
        """Return every person of its chain in the order they joined, former ones included."""
        return tuple(one.as_member() for one in self.trust.members.values() if not one.recovery)


def outline_of(file: Path) -> BackupOutline:
    """Return what a backup says about itself, without reading all of it. Raises BackupDamaged, VaultNewer."""
    with Archive(Path(file).absolute(), thorough=False) as archive:
        return archive.outline(opened=False)


def check_backup(
    file: Path,
    vault: OpenVault | None = None,
    *,
    user_name: str = "",
    passphrase: str = "",
    course: Course | None = None,
) -> BackupOutline:
    """Check a backup: checksums always; every page of its database too, with the *vault* it is of or a sign-in.

    Raises BackupDamaged, BackupOfAnotherVault, BackupOfOthers, VaultNewer, WrongPassphrase, Stopped.
    """
    course = course or Course()
    if vault is not None:
        with open_own_backup(file, vault, course=course) as opened:
            return opened.outline
    if user_name:
        with open_backup(file, by_passphrase(user_name, passphrase), course=course) as opened:
            return opened.outline
    with Archive(Path(file).absolute(), course=course.part(0, 0.5)) as archive:
        archive.check_database(course.part(0.5, 1))
        return archive.outline(opened=False)


@contextmanager
def open_own_backup(file: Path, vault: OpenVault, *, course: Course | None = None) -> Generator[OpenBackup]:
    """Open a backup of *vault* for whoever is signed in, with the keys they had then.

    Raises BackupDamaged, BackupOfAnotherVault, BackupOfOthers, VaultNewer, Stopped.
    """
    file = Path(file).absolute()

    def unlock(header: Header) -> Unlocked:
        if header.vault != vault.id:
            raise BackupOfAnotherVault(file.name)
        now = vault.unlocked
        then = keys_then(header, now)
        if then is None and now.is_authentic(header):
            # Who joined later, or has new keys of their own, still has the key of the database in common with it.
            return lent(now)
        if then is None:
            raise BackupOfOthers(file.name, ", ".join(header.sign_in_names()))
        return then

    place = _roomy_for(file, vault.folder.parent)
    with work_folder(place, vault.name) as work, opened_at(file, unlock, work, course or Course()) as opened:
        yield opened


@contextmanager
def open_backup(
    file: Path, unlock: Unlock, *, beside: Path | None = None, course: Course | None = None
) -> Generator[OpenBackup]:
    """Open a backup without its vault; see :func:`by_passphrase` and :func:`by_recovery_code`.

    It is unpacked in the folder *beside*, or next to itself. Raises BackupDamaged, VaultNewer, NotAllowed, Stopped and
    what *unlock* raises.
    """
    file = Path(file).absolute()
    place = _roomy_for(file, *(one for one in (beside,) if one is not None))
    with work_folder(place, file.name) as work, opened_at(file, unlock, work, course or Course()) as opened:
        yield opened


def by_passphrase(user_name: str, passphrase: str) -> Unlock:
    """Return what opens a backup for a name and the passphrase of its day. Raises WrongPassphrase."""

    def unlock(header: Header) -> Unlocked:
        unlocked = unlock_with_passphrase(header, HEADER_FILE, user_name, passphrase)
        if unlocked is None:
            raise WrongPassphrase(0)
        return unlocked

    return unlock


def by_recovery_code(code: str) -> Unlock:
    """Return what opens a backup with the recovery sheet of its day. Raises RecoveryCodeMistyped, WrongPassphrase."""
    secret = read_code(code)

    def unlock(header: Header) -> Unlocked:
        unlocked = unlock_with_recovery_secret(header, HEADER_FILE, secret)
        if unlocked is None:
            raise WrongPassphrase(0)
        return unlocked

    return unlock


def restore_backup(file: Path, into: Path, *, course: Course | None = None) -> Path:
    """Unpack a backup into the new folder *into*, which must not exist or be empty. Returns *into*.

    The folder appears complete or not at all. Raises BackupDamaged, VaultExists, VaultOnNetwork, VaultNewer, DiskFull,
    Stopped.
    """
    course = course or Course()
    file, into = Path(file).absolute(), Path(into).absolute()
    refuse_network(into)
    refuse_occupied(into)
    with Archive(file, course=course.part(0, 0.4)) as archive, told_plainly(into.parent), made_beside(into) as beside:
        refuse_full(into.parent, file.stat().st_size)
        database = beside / archive.header.database
        archive.unpack(database, course.part(0.4, 1))
        sync_file(database)
        write_header(beside, archive.header)
    return into


def open_restored(folder: Path, unlock: Unlock) -> OpenVault:
    """Open a vault that was put back a moment ago, without asking for a passphrase again. Raises as ``open_vault``."""
    folder = Path(folder).absolute()
    lock = lock_vault(folder)
    try:
        header = read_header(folder)
        unlocked = unlock(header)
        if unlocked is None:
            raise BackupOfOthers(folder.name, ", ".join(header.sign_in_names()))
        return open_unlocked(folder, lock, header, unlocked)
    except BaseException:
        lock.release()
        raise


def by_keys_of(vault: OpenVault) -> Unlock:
    """Return what opens a backup with the private keys of whoever is signed in to *vault*."""
    return lambda header: keys_then(header, vault.unlocked)


def refuse_full(folder: Path, size: int) -> None:
    """Raise DiskFull before anything is written where *size* bytes will not fit."""
    if shutil.disk_usage(folder).free < size + MARGIN:
        raise DiskFull(folder)


def roomy(size: int, *places: Path) -> Path:
    """Return the first of *places* that can be written to and has room for *size* bytes, else the last."""
    for place in places:
        with suppress(OSError):
            if os.access(place, os.W_OK) and shutil.disk_usage(place).free > size + MARGIN:
                return place
    return places[-1]


def _roomy_for(file: Path, *places: Path) -> Path:
    return roomy(file.stat().st_size if file.is_file() else 0, *places, file.parent)


@contextmanager
def work_folder(beside: Path, name: str) -> Generator[Path]:
    """Give a new folder in *beside* for ciphertext, the only temporary files there are; it is gone again afterwards."""
    with told_plainly(beside):
        _clear_left_overs(beside, name)
        work = Path(tempfile.mkdtemp(prefix=f"{name}-", suffix=_WORK, dir=beside))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def opened_at(file: Path, unlock: Unlock, work: Path, course: Course) -> Generator[OpenBackup]:
    """Unpack the database of a backup into *work*, open it and check every page. Raises BackupDamaged."""
    with Archive(file, course=course.part(0, 0.2)) as archive:
        try:
            unlocked = unlock(archive.header)
        except (VaultDamaged, ValueError) as error:
            raise BackupDamaged(file.name, str(error)) from error
        if unlocked is None:
            raise BackupOfOthers(file.name, ", ".join(archive.header.sign_in_names()))
        try:
            if not unlocked.is_authentic(archive.header):
                raise BackupDamaged(file.name, "the header was changed without the key of the database")
            if not archive.is_made_with(unlocked):
                raise BackupDamaged(file.name, "the manifest was changed without the key of the database")
            copy = work / f"opened-{DATABASE}"
            with told_plainly(work):
                refuse_full(work, file.stat().st_size)
            archive.unpack(copy, course.part(0.2, 0.5))
            try:
                with _proved(archive, copy, unlocked, course) as connection:
                    course.at(1, 1)
                    yield OpenBackup(archive.outline(opened=True), archive.header, unlocked, connection)
            finally:
                # Whoever gave the folder clears it; a disk that fails here has spoiled nothing that was read.
                with suppress(OSError):
                    copy.unlink(missing_ok=True)
        finally:
            unlocked.wipe()


@contextmanager
def _proved(archive: Archive, copy: Path, unlocked: Unlocked, course: Course) -> Generator[RawConnection]:
    """Open *copy* and check that it is whole and belongs to the header."""
    header, size = archive.header, copy.stat().st_size
    with copy.open("rb") as stream:
        salt = stream.read(16)
    try:
        connection = unlocked.look_at(copy, header.salt)
    except VaultDamaged as error:
        raise BackupDamaged(archive.file.name, "the database does not open") from error
    try:
        connection.set_progress_handler(lambda: course.is_stopped, _STEPS)
        faults = faults_in(connection)
        connection.set_progress_handler(None, _STEPS)
        course.at(3, 4)
        if not faults:
            state = dict(connection.execute("SELECT name, value FROM vault_state").fetchall())
            behind = header.generation - int(state["generation"])
            if state["vault"] != header.vault.hex or behind not in {0, 1} or size != size_by_pages(connection):
                faults = ["header and database do not belong together"]
        if not hmac.compare_digest(salt, header.salt):
            faults.append("the salt of the database is altered")
        if faults:
            raise BackupDamaged(archive.file.name, "; ".join(faults))
        yield connection
    finally:
        connection.close()


def _clear_left_overs(folder: Path, name: str) -> None:
    # What a killed program left. A day's grace, because another process may be checking a backup here right now.
    for left in folder.glob(f"{name}-*{_WORK}"):
        if time.time() - left.stat().st_mtime > _DAY_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
