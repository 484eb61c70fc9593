"""The SQLCipher file: opening it with a raw key, and what its errors mean for people.

What surprised in this library stands in the comments; the full list is with the measurements of the design.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import NullPool, QueuePool
from sqlcipher3 import dbapi2  # pyright: ignore[reportMissingTypeStubs]

from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault.encoding import wipe
from shelterdesk.vault.errors import DiskFull, VaultDamaged, VaultNotWritable
from shelterdesk.vault.writing import create_private, told_plainly

SMALLEST_FILE = 4096
_PAGES_AT_ONCE = 1000

# The key never reaches SQL text. Temporary tables stay in memory: on disk they would be plain.
_PRAGMAS = (
    "cipher_log_level=NONE",
    "temp_store=MEMORY",
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "cache_size=-65536",
    "busy_timeout=5000",
    "trusted_schema=OFF",
)

_HEX = b"0123456789abcdef"
_LIES_AT = "lies_at"
_SQLITE_READONLY, _SQLITE_IOERR, _SQLITE_CORRUPT, _SQLITE_FULL, _SQLITE_CANTOPEN, _SQLITE_NOTADB = 8, 10, 11, 13, 14, 26

# sqlcipher3 ships no types. Its exceptions are not those of the standard library's sqlite3.
sqlcipher: Any = dbapi2
RawConnection = Any
DatabaseError: type[Exception] = sqlcipher.Error


def connect(path: Path, key: bytearray, salt: bytes, *, still: bool = False) -> RawConnection:
    """Open an existing database file and prove the key by reading. Raises VaultDamaged and its neighbours.

    The caller has the key from a grant whose commitment fits, so a file that does not open is damaged, never «wrong
    passphrase». *still* looks at a copy that nobody writes, without leaving a trace beside it.
    """
    check_size(path)
    spec = _key_spec(key, salt)
    try:
        # «rw» because SQLite would otherwise greet a missing file by creating an empty one.
        connection = sqlcipher.connect(
            path.absolute().as_uri() + ("?mode=ro&immutable=1" if still else "?mode=rw"),
            uri=True,
            check_same_thread=False,
            isolation_level=None,
        )
        try:
            connection.set_key(spec)
            for pragma in _PRAGMAS:
                if not still or not pragma.startswith("journal_mode"):
                    connection.execute(f"PRAGMA {pragma}").fetchall()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        except BaseException:
            connection.close()
            raise
    except DatabaseError as error:
        raise explain(error, path) or error from error
    finally:
        wipe(spec)
    return connection


def connect_as_it_is(path: Path, key: bytearray, salt: bytes) -> RawConnection:
    """Open a copy of a damaged database and read from it what can be read. Raises DatabaseError, also later."""
    spec = _key_spec(key, salt)
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, check_same_thread=False, isolation_level=None
    )
    try:
        connection.set_key(spec)
        # A file that became shorter is refused as a whole unless the schema counts as writable.
        for pragma in ("cipher_log_level=NONE", "temp_store=MEMORY", "writable_schema=ON", "trusted_schema=OFF"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except BaseException:
        connection.close()
        raise
    finally:
        wipe(spec)
    return connection


@contextmanager
def used_once(connection: RawConnection, path: Path) -> Generator[RawConnection]:
    """Give *connection* to *path* and close it; errors of the disk and damaged pages are told plainly."""
    try:
        yield connection
    except DatabaseError as error:
        raise explain(error, path) or error from error
    finally:
        connection.close()


def create_database(path: Path, key: bytearray, salt: bytes) -> None:
    """Create *path*, which must not exist, and leave one written page in it."""
    with told_plainly(path.parent):
        os.close(create_private(path))
    spec = _key_spec(key, salt)
    try:
        connection = sqlcipher.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        try:
            connection.set_key(spec)
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}").fetchall()
            connection.execute(
                "CREATE TABLE vault_state (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
            )
        finally:
            connection.close()
    except DatabaseError as error:
        raise explain(error, path) or error from error
    finally:
        wipe(spec)


def copy_database(
    source: RawConnection, path: Path, key: bytearray, salt: bytes, step: Callable[[int, int], None] | None = None
) -> None:
    """Write a consistent copy of an open database to *path* under *key* and *salt*. Writers go on meanwhile.

    *step* is told how many pages of how many are copied; what it raises ends the copying.
    """
    with told_plainly(path.parent):
        os.close(create_private(path))
    spec = _key_spec(key, salt)

    def tell(_status: int, remaining: int, pages: int) -> None:
        if step is not None:
            step(pages - remaining, pages)

    try:
        copy = sqlcipher.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
        try:
            copy.set_key(spec)
            copy.execute("PRAGMA cipher_log_level=NONE").fetchall()
            with _standing_still(source):
                source.backup(copy, pages=_PAGES_AT_ONCE, progress=tell)
        finally:
            copy.close()
    except DatabaseError as error:
        raise explain(error, path) or _explain_copying(error, path) or error from error
    finally:
        wipe(spec)


@contextmanager
def _standing_still(source: RawConnection) -> Generator[None]:
    """Hold what *source* reads where it is: copied in steps, it would begin again whenever somebody writes."""
    if source.in_transaction:
        yield
        return
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_master").fetchall()
        yield
    finally:
        # After a damaged page the connection fails at everything; it is closed anyhow.
        with suppress(DatabaseError):
            source.execute("ROLLBACK")


def faults_in(connection: RawConnection) -> list[str]:
    """Run both integrity checks, each of which finds what the other does not. Returns what they say, in English."""
    try:
        faults = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check").fetchall()]
        answers = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)").fetchall()]
    except DatabaseError as error:
        return [str(error)]
    return faults + [answer for answer in answers if answer != "ok"]


def size_by_pages(connection: RawConnection) -> int:
    """Return the size in bytes the database file has by its own page count."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(page_size)


def make_engine(path: Callable[[], Path], connect_to_it: Callable[[], RawConnection]) -> Engine:
    """Return a pooled engine whose transactions begin as their execution options ask. *path* says where it leads now.

    ``engine.execution_options(writes=True)`` begins with BEGIN IMMEDIATE, so that a writer waits for its turn at the
    start instead of failing in the middle; everything else begins as a reader. Errors of the disk and of damaged
    pages are raised as ShelterDeskErrors. No exception text carries values.
    """
    dialect = _dialect()
    pool = QueuePool(connect_to_it, dialect=dialect)
    engine = Engine(pool, dialect, make_url("sqlite://"), hide_parameters=True, execution_options={_LIES_AT: path})

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@cache
def _dialect() -> Dialect:
    """Return the one dialect of all engines; it knows none of them.

    Mapped classes keep the statements they write by dialect, for as long as the program runs: with one of its own,
    every vault would stay in memory after it was closed, and the next one would begin by making them anew.
    """
    # The dialect's own «pysqlcipher» would set an empty key after ours.
    memory = create_engine("sqlite://", module=sqlcipher, poolclass=NullPool)
    memory.connect().close()  # learns the version of the library
    event.listen(memory, "handle_error", _tell)
    return memory.dialect


def _tell(context: ExceptionContext) -> None:
    engine = context.engine
    path: Callable[[], Path] | None = None if engine is None else engine.get_execution_options().get(_LIES_AT)
    plain = None if path is None else explain(context.original_exception, path())
    if isinstance(plain, VaultDamaged):
        # After one damaged page the whole connection answers wrongly: it must not be used again.
        context.is_disconnect = True
        context.invalidate_pool_on_disconnect = False
    if plain is not None:
        raise plain from context.original_exception


def explain(error: BaseException, path: Path) -> ShelterDeskError | None:
    """Return what a database error means for people, or None where it is a bug of ours."""
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    primary = code & 0xFF
    if primary == _SQLITE_FULL:
        return DiskFull(path.parent)
    if primary in {_SQLITE_READONLY, _SQLITE_IOERR, _SQLITE_CANTOPEN}:
        return VaultNotWritable(path.parent)
    if primary in {_SQLITE_CORRUPT, _SQLITE_NOTADB}:
        return VaultDamaged(path.name)
    return None


def _explain_copying(error: BaseException, path: Path) -> ShelterDeskError | None:
    # The call that copies gives its errors no code, only SQLite's own English words for one.
    words = str(error)
    if "full" in words:
        return DiskFull(path.parent)
    if any(known in words for known in ("disk I/O error", "readonly", "unable to open")):
        return VaultNotWritable(path.parent)
    return VaultDamaged(path.name) if "malformed" in words or "not a database" in words else None


def check_size(path: Path) -> None:
    """Refuse a file that is missing or too short: SQLite would take an empty one for a new database."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise VaultDamaged(path.name) from error
    if size < SMALLEST_FILE:
        raise VaultDamaged(path.name)


def _key_spec(key: bytearray, salt: bytes) -> bytearray:
    # Written by hand because hex() would leave copies of the key in memory that nobody can wipe. A spec of any other
    # length would silently be taken for a passphrase.
    if len(key) != 32 or len(salt) != 16:
        raise ValueError("a key has 32 bytes and a salt 16")
    spec = bytearray(b"x'" + b"0" * 96 + b"'")
    for place in range(48):
        byte = key[place] if place < 32 else salt[place - 32]
        spec[2 + 2 * place] = _HEX[byte >> 4]
        spec[3 + 2 * place] = _HEX[byte & 15]
    return spec
