"""Replacing keys: a complete new database file under the new ones, and one renaming that makes it the vault's.

Until ``header.json`` is renamed nothing about the vault has changed, whatever happens; from then on only the new file
counts, and the old one is deleted as soon as the copy of the header names the new one too. What a killed program
leaves is a file that no header names: the next opening deletes it.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault.changes import Change
from shelterdesk.vault.compartments import DATABASE, Compartment
from shelterdesk.vault.course import Course
from shelterdesk.vault.database import (
    DatabaseError,
    RawConnection,
    connect,
    copy_database,
    faults_in,
    make_engine,
    size_by_pages,
    used_once,
)
from shelterdesk.vault.encoding import wipe
from shelterdesk.vault.errors import NoRoomToRotate, SealBroken, VaultDamaged
from shelterdesk.vault.header import HEADER_FILE, Header, read_header
from shelterdesk.vault.left_overs import delete_database
from shelterdesk.vault.resealing import Places, Resealed, reseal
from shelterdesk.vault.seal import FOLD_KEY, KeyRing
from shelterdesk.vault.store import OpenVault
from shelterdesk.vault.unlocking import Unlocked, unlock_with_keys
from shelterdesk.vault.writing import sync_file, sync_folder, told_plainly

_SPARE = 32 * 1024 * 1024
"""Room beyond the size of the records: for headers, and for what somebody else writes to the disk meanwhile."""
_STEPS = 200_000
"""After so many steps of the check of the new file it is asked whether it should go on."""


@dataclass(frozen=True)
class NewRecords:
    """The new file before it is the vault's: for closing the log, under the new keys and the new chain of people."""

    engine: Engine
    ring: KeyRing
    chain_head: bytes
    sign: Callable[[bytes], bytes]
    resealed: Resealed


def refuse_without_room(vault: OpenVault, files: int = 1) -> None:
    """Raise NoRoomToRotate unless the disk of the vault has room for its records *files* times more."""
    with vault.connection() as connection:
        needed = size_by_pages(connection) * files + _SPARE
    with told_plainly(vault.folder):
        free = shutil.disk_usage(vault.folder).free
    if free < needed:
        raise NoRoomToRotate(vault.folder, needed, free)


def rotate(
    vault: OpenVault,
    change: Change,
    places: Places,
    close_log: Callable[[NewRecords], None],
    *,
    course: Course | None = None,
    switching: Callable[[], AbstractContextManager[object]] = nullcontext,
) -> Resealed:
    """Write *change*, which renews the key of the database and perhaps others, with a new file it fits.

    Every cell of renewed compartments in *places* is sealed anew. Writers wait from the beginning; readers go on in
    the old file until *switching* is entered, and while it lasts nobody may read. Raises Stopped, RotationUnderWay,
    NoRoomToRotate, DiskFull, VaultNotWritable, VaultDamaged; then all is as it was, and *change* of no use any more.
    """
    course = course or Course()
    with _forgetting(change), vault.rotating():
        if DATABASE not in change.renewed or change.signer != vault.member.id or not change.begins_at(vault.header):
            raise ValueError("a rotation renews the key of the database, on the present header, by who is signed in")
        refuse_without_room(vault)
        old = vault.database_path
        change.database, change.salt = _free_name(old), secrets.token_bytes(16)
        header = replace(change.header(), generation=vault.generation + 1)
        header = header.authenticated(change.keys[DATABASE][1])
        # As at the next opening: what is written into the header has to open, or it is not written.
        unlocked = unlock_with_keys(header, HEADER_FILE, change.signer, change.own_keys)
        new = _NewFile(vault.folder / header.database, header, unlocked, course)
        try:
            with vault.connection() as hold:
                # From here on nobody writes into the old file: what is copied is all there is.
                hold.execute("BEGIN IMMEDIATE")
                renewed = {Compartment(name) for name in change.renewed if name != DATABASE}
                resealed, fold_key = new.fill(vault, places, renewed)
                new.close_log(close_log, resealed)
                new.prove(vault)
                course.at(1, 1)
                with switching():
                    copied = vault.move_to(header, unlocked, fold_key)
                if not copied:
                    _overtake(hold, header)
        except BaseException:
            new.give_up()
            raise
        if copied:
            delete_database(old)
        return resealed


@contextmanager
def _forgetting(change: Change) -> Generator[None]:
    """Wipe the fresh keys of *change* in the end: the vault has them from the header by then."""
    try:
        yield
    finally:
        for key_name in change.renewed:
            wipe(change.keys[key_name][1])


def _free_name(old: Path) -> str:
    """Return the name of the next database file; what was left under it is deleted."""
    number = int(old.stem.partition("-")[2] or 1)
    while True:
        number += 1
        # Never a name whose write-ahead log might still lie there.
        if delete_database(old.with_name(f"records-{number}.db")):
            return f"records-{number}.db"


def _overtake(hold: RawConnection, header: Header) -> None:
    # The copy of the header still names the old file. Who has to fall back on it shall be told that newer records are
    # elsewhere, and not go on working in old ones.
    with suppress(DatabaseError):
        hold.execute("UPDATE vault_state SET value = ? WHERE name = 'generation'", (str(header.generation),))
        hold.execute("COMMIT")


class _NewFile:
    """The file the vault is about to move to."""

    def __init__(self, path: Path, header: Header, unlocked: Unlocked, course: Course) -> None:
        self._path = path
        self._header = header
        self._unlocked = unlocked
        self._course = course

    def fill(self, vault: OpenVault, places: Places, renewed: set[Compartment]) -> tuple[Resealed, bytes]:
        """Copy everything and seal anew what *renewed* keys had sealed. Returns how much that was, and the fold key."""
        course = self._course.part(0, 0.15)
        with vault.connection() as source:
            copy_database(source, self._path, self._unlocked.database_key, self._header.salt, course.at)
        with self._connected() as connection:
            # Nobody needs this file before it is complete, so it is neither journalled nor synchronised until then.
            for pragma in ("journal_mode=OFF", "synchronous=OFF"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            tell = self._course.part(0.15, 0.8).at
            resealed = reseal(connection, places, vault.ring, self._unlocked.ring, renewed, tell)
            fold_key = self._fold_key(connection, vault, renewed)
            state = (("generation", str(self._header.generation)), ("fold_key", fold_key.hex()))
            for name, value in state:
                connection.execute("UPDATE vault_state SET value = ? WHERE name = ?", (value, name))
        return resealed, fold_key

    def close_log(self, close_log: Callable[[NewRecords], None], resealed: Resealed) -> None:
        """Let the log end with a row that says what happened, and begin anew."""
        unlocked = self._unlocked
        engine = make_engine(lambda: self._path, self._connect)
        try:
            close_log(NewRecords(engine, unlocked.ring, unlocked.trust.head, unlocked.sign, resealed))
        finally:
            engine.dispose()

    def prove(self, vault: OpenVault) -> None:
        """Check every page and bring all of it to the disk. Raises VaultDamaged."""
        course = self._course.part(0.8, 1)
        with self._connected() as connection:
            connection.set_progress_handler(lambda: _refuses(course), _STEPS)
            faults = faults_in(connection)
            connection.set_progress_handler(None, _STEPS)
            course.at(1, 2)
            if not faults and connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise RuntimeError("somebody else reads the new file")
        if faults:
            # The pages themselves were just written: what is wrong with them was copied from the old ones.
            raise VaultDamaged(vault.database_path.name)
        with told_plainly(self._path.parent):
            sync_file(self._path)
            sync_folder(self._path.parent)

    def give_up(self) -> None:
        """Forget the keys of the file and delete it, unless the header names it."""
        with suppress(ShelterDeskError):
            if read_header(self._path.parent).database == self._path.name:
                return
            delete_database(self._path)
        wipe(self._unlocked.database_key)
        self._unlocked.ring.wipe()

    def _connect(self) -> RawConnection:
        return connect(self._path, self._unlocked.database_key, self._header.salt)

    def _connected(self) -> AbstractContextManager[RawConnection]:
        return used_once(self._connect(), self._path)

    def _fold_key(self, connection: RawConnection, vault: OpenVault, renewed: set[Compartment]) -> bytes:
        (kept,) = connection.execute("SELECT value FROM vault_state WHERE name = 'fold_key'").fetchone()
        sealed = bytes.fromhex(kept)
        if Compartment.IDENTITY not in renewed:
            return sealed
        with suppress(SealBroken):
            plain = vault.ring.open(Compartment.IDENTITY, FOLD_KEY, vault.id, sealed)
            return self._unlocked.ring.seal(Compartment.IDENTITY, FOLD_KEY, vault.id, plain)
        return sealed


def _refuses(course: Course) -> bool:
    # The database only stops; why is said by asking the course again.
    try:
        course.at(1, 2)
    except ShelterDeskError:
        return True
    return False
