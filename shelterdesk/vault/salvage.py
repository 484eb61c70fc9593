"""Reading what can still be read of a damaged vault, from a copy of its ciphertext: the vault itself is not touched.

After one damaged page a connection fails at everything, and whatever lies behind the page is found by asking for it
from further on, in a new connection. Only the first page is indispensable: without it nothing is known of the tables.
"""

from __future__ import annotations

import secrets
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Engine

from shelterdesk.vault.backup_opening import Unlock, refuse_full, work_folder
from shelterdesk.vault.compartments import Compartment
from shelterdesk.vault.course import Course
from shelterdesk.vault.database import (
    DatabaseError,
    RawConnection,
    connect,
    connect_as_it_is,
    create_database,
    make_engine,
    used_once,
)
from shelterdesk.vault.errors import VaultDamaged, VaultNotWritable, WrongPassphrase
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE, Header, read_header, write_header
from shelterdesk.vault.locking import lock_vault
from shelterdesk.vault.opening import refuse_what_is_no_vault
from shelterdesk.vault.seal import FOLD_KEY
from shelterdesk.vault.unlocking import Unlocked
from shelterdesk.vault.writing import sync_file, told_plainly

_PAGE = 4096
_BLOCK = 256 * _PAGE
_FURTHEST = 1 << 40
"""No table has rows beyond this number."""
_LOOKS = 4000
"""So many single rows behind damaged pages are asked for one by one; each takes a connection of its own."""


@dataclass
class Part:
    """What came of one table. ``there`` is how many rows it has by one of its indexes, None where none is whole."""

    table: str
    read: int = 0
    there: int | None = None
    broken: bool = False

    @property
    def lost(self) -> int | None:
        """Return how many rows cannot be read, None where nobody can tell."""
        if not self.broken:
            return 0
        return None if self.there is None else max(0, self.there - self.read)


class Salvage:
    """A damaged vault whose keys opened."""

    def __init__(self, header: Header, unlocked: Unlocked, copy: Path) -> None:
        self.header = header
        self.unlocked = unlocked
        self._copy = copy
        self._connection: RawConnection = None

    def tables(self) -> dict[str, tuple[str, ...]]:
        """Return the tables with their columns. Raises VaultDamaged where even that cannot be read."""
        try:
            names = [str(row[0]) for row in self._execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {name: self._columns(name) for name in names if name.isidentifier() and name[:7] != "sqlite_"}
        except DatabaseError as error:
            raise VaultDamaged(self.header.database) from error

    def rows(self, table: str, columns: Sequence[str], part: Part) -> Iterator[tuple[Any, ...]]:
        """Give the number and the *columns* of every row of *table* that can be read, and count them in *part*."""
        reader = _Reader(self, table, columns, part)
        yield from reader.forward(0)
        if part.broken:
            yield from reader.single()

    def state(self) -> dict[str, str]:
        """Return what the vault keeps about itself, as far as it can be read."""
        with suppress(DatabaseError):
            return {str(name): str(value) for name, value in self._execute("SELECT name, value FROM vault_state")}
        self.drop()
        return {}

    def drop(self) -> None:
        """Let go of a connection that met a damaged page."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DatabaseError):
                connection.close()

    def _columns(self, table: str) -> tuple[str, ...]:
        return tuple(str(row[0]) for row in self._execute("SELECT name FROM pragma_table_info(?)", (table,)))

    def _execute(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self.connection().execute(statement, values).fetchall()
        except DatabaseError:
            self.drop()
            raise

    def connection(self) -> RawConnection:
        """Return the connection in use, or a new one."""
        if self._connection is None:
            self._connection = connect_as_it_is(self._copy, self.unlocked.database_key, self.header.salt)
        return self._connection


@dataclass
class _Reader:
    """Walks one table past what is damaged."""

    salvage: Salvage
    table: str
    columns: Sequence[str]
    part: Part
    seen: set[int] = field(default_factory=set[int])

    def forward(self, last: int) -> Iterator[tuple[Any, ...]]:
        """Give all rows after number *last*, skipping what is damaged."""
        while True:
            try:
                for row in self.salvage.connection().execute(self._query(">", ""), (last,)):
                    last = int(row[0])
                    yield from self._new(row)
                return
            except DatabaseError:
                self.salvage.drop()
                self.part.broken = True
            # The library reads one row ahead: the one before the damage is found again by itself.
            row = self._next_row(last + 1)
            if row is None:
                return
            last = int(row[0])
            yield from self._new(row)

    def single(self) -> Iterator[tuple[Any, ...]]:
        """Give rows that one of the indexes still names and that lie between damaged pages."""
        numbers = self._numbers()
        if numbers is None:
            return
        self.part.there = len(numbers)
        for number in [one for one in numbers if one not in self.seen][:_LOOKS]:
            found = self._look(number)
            if found is not None and int(found[0]) == number:
                yield from self._new(found)

    def _new(self, row: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        number = int(row[0])
        if number not in self.seen:
            self.seen.add(number)
            self.part.read += 1
            yield row

    def _next_row(self, after: int) -> tuple[Any, ...] | None:
        """Return the first row from number *after* on that can be read, None where nothing more can be."""
        failed, start, step = after - 1, after, 1
        while start < _FURTHEST:
            try:
                row = self._first_from(start)
                break
            except DatabaseError:
                self.salvage.drop()
                failed, start, step = start, start + step, step * 2
        else:
            return None
        while start - failed > 1:
            middle = (start + failed) // 2
            try:
                row, start = self._first_from(middle), middle
            except DatabaseError:
                self.salvage.drop()
                failed = middle
        return row

    def _look(self, number: int) -> tuple[Any, ...] | None:
        try:
            return self._first_from(number)
        except DatabaseError:
            self.salvage.drop()
            return None

    def _first_from(self, number: int) -> tuple[Any, ...] | None:
        return self.salvage.connection().execute(self._query(">=", " LIMIT 1"), (number,)).fetchone()

    def _numbers(self) -> list[int] | None:
        """Return the numbers of all rows by an index that is whole; None where there is none."""
        try:
            found = self.salvage.connection().execute("SELECT name FROM pragma_index_list(?)", (self.table,))
            found = found.fetchall()
        except DatabaseError:
            self.salvage.drop()
            return None
        for (index,) in found:
            query = f'SELECT rowid FROM "{self.table}" INDEXED BY "{index}"'  # noqa: S608
            try:
                return sorted(int(row[0]) for row in self.salvage.connection().execute(query))
            except DatabaseError:
                self.salvage.drop()
        return None

    def _query(self, compared: str, end: str) -> str:
        columns = ", ".join(f'"{one}"' for one in self.columns)
        return f'SELECT rowid, {columns} FROM "{self.table}" WHERE rowid {compared} ? ORDER BY rowid{end}'  # noqa: S608


@contextmanager
def salvage(folder: Path, unlock: Unlock, course: Course | None = None) -> Generator[Salvage]:
    """Open what is left of the vault in *folder*, by whichever of the two headers is whole.

    Its files are copied first, as they are, and only the copy is worked with. Raises NotAVault, VaultDamaged where
    neither header is whole or the records are gone, VaultInUse, DiskFull and what *unlock* raises.
    """
    folder = Path(folder).absolute()
    refuse_what_is_no_vault(folder)
    with _locked(folder):
        header = _whole_header(folder)
        unlocked = unlock(header)
        if unlocked is None:
            raise WrongPassphrase(0)
        try:
            with work_folder(folder.parent, header.name) as work:
                found = Salvage(header, unlocked, _copied(folder, header, work, course or Course()))
                try:
                    yield found
                finally:
                    found.drop()
        finally:
            unlocked.wipe()


@contextmanager
def new_records(found: Salvage, folder: Path) -> Generator[Engine]:
    """Make an empty database with the keys of *found* in *folder* and give it to be filled.

    In the end it is whole on the disk, with the headers and what the vault keeps about itself beside it.
    """
    header, unlocked = found.header, found.unlocked
    path = folder / header.database

    def open_it() -> RawConnection:
        return connect(path, unlocked.database_key, header.salt)

    create_database(path, unlocked.database_key, header.salt)
    engine = make_engine(lambda: path, open_it)
    try:
        yield engine
    finally:
        engine.dispose()
    with used_once(open_it(), path) as connection:
        state = {"vault": header.vault.hex, "generation": str(header.generation), "fold_key": _fold_key(found)}
        connection.executemany("INSERT INTO vault_state (name, value) VALUES (?, ?)", sorted(state.items()))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with told_plainly(folder):
        sync_file(path)
    write_header(folder, header)


def _fold_key(found: Salvage) -> str:
    """Return the sealed secret behind keyed hashes of imported rows; a new one where it is gone and can be sealed."""
    kept, ring = found.state().get("fold_key"), found.unlocked.ring
    if kept or not ring.holds(Compartment.IDENTITY):
        return kept or ""
    return ring.seal(Compartment.IDENTITY, FOLD_KEY, found.header.vault, secrets.token_bytes(32)).hex()


@contextmanager
def _locked(folder: Path) -> Generator[None]:
    try:
        lock = lock_vault(folder)
    except VaultNotWritable:
        # On a disk that cannot be written to, nobody else can have it open for writing either.
        yield
        return
    try:
        yield
    finally:
        lock.release()


def _whole_header(folder: Path) -> Header:
    for file in (HEADER_FILE, COPY_FILE):
        with suppress(VaultDamaged):
            return read_header(folder, file)
    raise VaultDamaged(HEADER_FILE)


def _copied(folder: Path, header: Header, work: Path, course: Course) -> Path:
    """Copy the database and its write-ahead log, byte by byte: with the lock held nobody has them open."""
    source = folder / header.database
    if not source.is_file() or not source.stat().st_size:
        raise VaultDamaged(header.database)
    with told_plainly(work):
        refuse_full(work, source.stat().st_size)
        for name in (header.database, f"{header.database}-wal"):
            if (folder / name).is_file():
                _copy_pages(folder / name, work / name, course)
    return work / header.database


def _copy_pages(source: Path, target: Path, course: Course) -> None:
    """Copy a file of which the disk may refuse parts; these become zeros, and so does what is missing of a page."""
    size, at = source.stat().st_size, 0
    with source.open("rb", buffering=0) as old, target.open("xb") as new:
        while at < size:
            length = _BLOCK
            try:
                part = _read_at(old, at, length)
            except OSError:
                length = _PAGE
                try:
                    part = _read_at(old, at, length)
                except OSError:
                    part = bytes(length)
            new.write(part)
            at += len(part) or length
            course.at(at, size)
        if target.suffix == ".db":
            new.write(bytes(-size % _PAGE))


def _read_at(stream: IO[bytes], at: int, length: int) -> bytes:
    stream.seek(at)
    return stream.read(length)
