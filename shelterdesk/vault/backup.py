"""Backups: one stored zip of ciphertext that proves itself whole, and putting it back into a new folder.

The archive holds exactly ``header.json``, ``records.db`` and ``manifest.json``, uncompressed, and its comment is
the SHA-256 of every byte before it, so that one altered byte anywhere is noticed without a passphrase. With one,
the manifest's MAC shows who made it, and the database is opened and checked page by page.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
import struct
import tempfile
import time
import zipfile
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from uuid import UUID

from shelterdesk.vault.database import copy_database, faults_in, size_by_pages
from shelterdesk.vault.encoding import (
    MOMENT,
    canonical,
    only,
    take_hex,
    take_id,
    take_map,
    take_moment,
    take_number,
    take_text,
)
from shelterdesk.vault.errors import (
    BackupDamaged,
    BackupOfAnotherVault,
    VaultDamaged,
    VaultNewer,
    WrongPassphrase,
)
from shelterdesk.vault.header import HEADER_FILE, Header, write_header
from shelterdesk.vault.making import made_beside, refuse_occupied
from shelterdesk.vault.network import refuse_network
from shelterdesk.vault.store import OpenVault
from shelterdesk.vault.unlocking import Unlocked, unlock_with_passphrase
from shelterdesk.vault.writing import create_private, put_in_place, sync_file, sync_folder, told_plainly

SUFFIX = ".dbk"
_WORK = ".part"

_FORMAT = 1
_DATABASE = "records.db"
_MANIFEST = "manifest.json"
_MEMBERS = (HEADER_FILE, _DATABASE, _MANIFEST)
_CHUNK = 1 << 20
_COMMENT = 64
# The zip's own end record before the comment: signature, three counts of disks, entries, size and place of the list.
_END = struct.Struct("<4s4H2LH")
_LARGEST_LIST = 4096
_LARGEST_TEXT = 16 * 1024 * 1024
# The files carry no moment of their own; the manifest has it.
_NO_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class BackupOutline:
    """What a backup says about itself. ``opened`` is true when its database was opened and every page checked."""

    file: Path
    vault: UUID
    name: str
    moment: datetime
    schema_revision: str
    log_head: bytes
    generation: int
    size: int
    opened: bool


def make_backup(
    vault: OpenVault, target_folder: Path, log_head: bytes, moment: datetime, *, schema_revision: str = ""
) -> Path:
    """Write a backup of *vault* into *target_folder* and check it by opening it. Returns the file.

    *moment* must have a time zone; its day is in the name. Others may go on writing meanwhile. Nothing but a
    checked file ever gets the final name. Raises DiskFull, VaultNotWritable, BackupDamaged.
    """
    target_folder = Path(target_folder).absolute()
    with told_plainly(target_folder):
        target_folder.mkdir(parents=True, exist_ok=True)
    with _work_folder(target_folder, vault.name) as work:
        copy = work / _DATABASE
        with vault.connection() as connection:
            copy_database(connection, copy, vault.unlocked.database_key, vault.header.salt)
        part = work / f"backup{SUFFIX}"
        with told_plainly(target_folder):
            _write_archive(part, copy, vault, log_head, moment, schema_revision)
            copy.unlink()
        _check(part, vault.unlocked)
        with told_plainly(target_folder):
            return _give_name(part, target_folder, f"{vault.name}-{moment.date().isoformat()}")


def check_backup(
    file: Path, vault: OpenVault | None = None, *, user_name: str = "", passphrase: str = ""
) -> BackupOutline:
    """Check a backup: checksums always; every page of its database too, with the *vault* it is of or a sign-in.

    Raises BackupDamaged, BackupOfAnotherVault, VaultNewer, WrongPassphrase.
    """
    file = Path(file).absolute()
    if vault is None and not user_name:
        return _check(file, None)
    with _Archive(file) as archive:
        header = archive.header
    if vault is not None:
        if header.vault != vault.id:
            raise BackupOfAnotherVault(file.name)
        return _check(file, vault.unlocked)
    unlocked = unlock_with_passphrase(header, HEADER_FILE, user_name, passphrase)
    if unlocked is None:
        raise WrongPassphrase(0)
    try:
        return _check(file, unlocked)
    finally:
        unlocked.wipe()


def restore_backup(file: Path, into: Path) -> Path:
    """Unpack a backup into the new folder *into*, which must not exist or be empty. Returns *into*.

    The folder appears complete or not at all. Raises BackupDamaged, VaultExists, VaultOnNetwork, VaultNewer, DiskFull.
    """
    file, into = Path(file).absolute(), Path(into).absolute()
    refuse_network(into)
    refuse_occupied(into)
    with _Archive(file) as archive, told_plainly(into.parent), made_beside(into) as beside:
        database = beside / archive.header.database
        archive.unpack(_DATABASE, database)
        sync_file(database)
        write_header(beside, archive.header)
    return into


def _check(file: Path, unlocked: Unlocked | None) -> BackupOutline:
    with _Archive(file) as archive:
        if unlocked is not None:
            _open_and_check(archive, unlocked)
        return archive.outline(opened=unlocked is not None)


def _open_and_check(archive: _Archive, unlocked: Unlocked) -> None:
    header, manifest = archive.header, archive.manifest
    if not unlocked.is_authentic(header):
        raise BackupDamaged(archive.file.name, "the header was changed without the key of the database")
    if not hmac.compare_digest(_manifest_mac(manifest, unlocked), take_hex(manifest, "mac", 32)):
        raise BackupDamaged(archive.file.name, "the manifest was changed without the key of the database")
    with _work_folder(archive.file.parent, header.name) as work:
        copy = work / _DATABASE
        archive.unpack(_DATABASE, copy)
        size = copy.stat().st_size
        with copy.open("rb") as stream:
            salt = stream.read(16)
        try:
            connection = unlocked.look_at(copy, header.salt)
        except VaultDamaged as error:
            raise BackupDamaged(archive.file.name, "the database does not open") from error
        try:
            faults = faults_in(connection)
            if not faults:
                state = dict(connection.execute("SELECT name, value FROM vault_state").fetchall())
                behind = header.generation - int(state["generation"])
                if state["vault"] != header.vault.hex or behind not in {0, 1} or size != size_by_pages(connection):
                    faults = ["header and database do not belong together"]
        finally:
            connection.close()
        if not hmac.compare_digest(salt, header.salt):
            faults.append("the salt of the database is altered")
        if faults:
            raise BackupDamaged(archive.file.name, "; ".join(faults))


def _write_archive(
    part: Path, database: Path, vault: OpenVault, log_head: bytes, moment: datetime, schema_revision: str
) -> None:
    header = vault.header
    encoded = header.encoded()
    with (
        os.fdopen(create_private(part), "wb") as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive,
    ):
        archive.writestr(zipfile.ZipInfo(HEADER_FILE, _NO_MOMENT), encoded)
        with (
            database.open("rb") as source,
            archive.open(zipfile.ZipInfo(_DATABASE, _NO_MOMENT), "w", force_zip64=True) as target,
        ):
            size, checksum = _copy(source, target)
        manifest: dict[str, Any] = {
            "format": _FORMAT,
            "vault": header.vault.hex,
            "name": header.name,
            "generation": header.generation,
            "moment": moment.astimezone(UTC).strftime(MOMENT),
            "schema_revision": schema_revision,
            "log_head": log_head.hex(),
            "files": {
                HEADER_FILE: {"size": len(encoded), "sha256": hashlib.sha256(encoded).hexdigest()},
                _DATABASE: {"size": size, "sha256": checksum},
            },
        }
        manifest["mac"] = _manifest_mac(manifest, vault.unlocked).hex()
        archive.writestr(zipfile.ZipInfo(_MANIFEST, _NO_MOMENT), canonical(manifest))
        archive.comment = b"0" * _COMMENT
    with part.open("r+b") as stream:
        end = stream.seek(0, os.SEEK_END) - _COMMENT
        checksum = _checksum(stream, end)
        stream.seek(end)
        stream.write(checksum)
        stream.flush()
        os.fsync(stream.fileno())


def _manifest_mac(manifest: Mapping[str, Any], unlocked: Unlocked) -> bytes:
    without = {name: value for name, value in manifest.items() if name != "mac"}
    return hmac.digest(unlocked.derived_key(b"backup manifest"), canonical(without), "sha256")


def _give_name(part: Path, folder: Path, stem: str) -> Path:
    number = 1
    while True:
        target = folder / (f"{stem}{SUFFIX}" if number == 1 else f"{stem}-{number}{SUFFIX}")
        try:
            os.close(create_private(target))
        except FileExistsError:
            number += 1
            continue
        put_in_place(part, target)
        sync_folder(folder)
        return target


@contextmanager
def _work_folder(beside: Path, name: str) -> Generator[Path]:
    # The only temporary files there are: ciphertext, gone again when the work is done or has failed.
    with told_plainly(beside):
        _clear_left_overs(beside, name)
        work = Path(tempfile.mkdtemp(prefix=f"{name}-", suffix=_WORK, dir=beside))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _clear_left_overs(folder: Path, name: str) -> None:
    # What a killed program left. A day's grace, because another process may be checking a backup here right now.
    for left in folder.glob(f"{name}-*{_WORK}"):
        if time.time() - left.stat().st_mtime > 24 * 60 * 60:
            shutil.rmtree(left, ignore_errors=True)


class _Archive:
    """An opened backup file whose structure, checksums, manifest and header were found whole."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with ExitStack() as opened, self._told():
            stream = opened.enter_context(_opened(file))
            _check_end(stream)
            stream.seek(0)
            self._archive = opened.enter_context(zipfile.ZipFile(stream))
            self._entries = {entry.filename: entry for entry in self._archive.infolist()}
            self._check_entries(self._archive.infolist())
            self.manifest = self._read_manifest()
            self.header = Header.decode(self._archive.read(self._entries[HEADER_FILE]), HEADER_FILE)
            self._check_content()
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._opened.close()

    def outline(self, *, opened: bool) -> BackupOutline:
        """Return what the manifest says."""
        return BackupOutline(
            file=self.file,
            vault=self.header.vault,
            name=self.header.name,
            moment=datetime.strptime(self.manifest["moment"], MOMENT).replace(tzinfo=UTC),
            schema_revision=self.manifest["schema_revision"],
            log_head=bytes.fromhex(self.manifest["log_head"]),
            generation=self.header.generation,
            size=self.file.stat().st_size,
            opened=opened,
        )

    def unpack(self, name: str, target: Path) -> None:
        """Write one file of the archive to *target*, comparing it with the manifest once more."""
        with (
            told_plainly(target.parent),
            os.fdopen(create_private(target), "wb") as stream,
            self._told(),
            self._archive.open(self._entries[name]) as source,
        ):
            self._compare(name, *_copy(source, stream))

    @contextmanager
    def _told(self) -> Generator[None]:
        # Whatever is wrong with the file itself: for people it is one thing, a backup that is not whole.
        try:
            yield
        except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, EOFError, KeyError) as error:
            raise BackupDamaged(self.file.name, str(error)) from error
        except (VaultDamaged, RecursionError) as error:
            raise BackupDamaged(self.file.name, "the header is damaged") from error

    def _check_content(self) -> None:
        noted = (
            take_id(self.manifest, "vault"),
            take_number(self.manifest, "generation"),
            take_text(self.manifest, "name"),
        )
        if (self.header.vault, self.header.generation, self.header.name) != noted:
            raise ValueError("header and manifest do not belong together")
        for name in (HEADER_FILE, _DATABASE):
            with self._archive.open(self._entries[name]) as source:
                self._compare(name, *_copy(source, None))

    def _check_entries(self, entries: list[zipfile.ZipInfo]) -> None:
        if tuple(entry.filename for entry in entries) != _MEMBERS:
            raise ValueError("the archive holds other files than a backup does")
        room = self.file.stat().st_size
        for entry in entries:
            # Stored sizes cannot be larger than the file: nothing in here can swell when it is unpacked.
            plain = entry.compress_type == zipfile.ZIP_STORED and entry.file_size == entry.compress_size
            if not plain or entry.flag_bits & 0x1 or entry.file_size > room:
                raise ValueError("the archive is compressed or encrypted in a way backups are not")
        if sum(entry.file_size for entry in entries) > room:
            raise ValueError("the files of the archive overlap")
        if any(entry.file_size > _LARGEST_TEXT for entry in entries if entry.filename != _DATABASE):
            raise ValueError("the header or the manifest is far too large")

    def _read_manifest(self) -> dict[str, Any]:
        manifest = take_map(json.loads(self._archive.read(self._entries[_MANIFEST])))
        version = take_number(manifest, "format")
        if version > _FORMAT:
            raise VaultNewer(self.file.name, version)
        only(
            manifest,
            *("format", "vault", "name", "generation", "moment", "schema_revision", "log_head", "files", "mac"),
        )
        take_moment(manifest, "moment")
        take_text(manifest, "schema_revision")
        take_hex(manifest, "log_head")
        take_hex(manifest, "mac", 32)
        only(take_map(manifest["files"]), HEADER_FILE, _DATABASE)
        return manifest

    def _compare(self, name: str, size: int, checksum: str) -> None:
        noted = take_map(self.manifest["files"][name])
        only(noted, "size", "sha256")
        if take_number(noted, "size", 2**62) != size or not hmac.compare_digest(take_text(noted, "sha256"), checksum):
            raise ValueError(f"{name} does not fit its checksum")


def _opened(file: Path) -> IO[bytes]:
    if file.exists() and not file.is_file():
        # A folder, or a pipe whose opening would wait for ever.
        raise BackupDamaged(file.name, "it is no file")
    try:
        return file.open("rb")
    except OSError as error:
        raise BackupDamaged(file.name, f"it cannot be read: {error.strerror}") from error


def _check_end(stream: IO[bytes]) -> None:
    size = stream.seek(0, os.SEEK_END)
    if size < _END.size + _COMMENT:
        raise ValueError("the file is too short")
    stream.seek(size - _COMMENT - _END.size)
    signature, _, _, here, entries, listed, _, comment = _END.unpack(stream.read(_END.size))
    if signature != b"PK\x05\x06" or (here, entries, comment) != (3, 3, _COMMENT) or listed > _LARGEST_LIST:
        raise ValueError("the end of the file is not that of a backup")
    noted = stream.read(_COMMENT)
    if not hmac.compare_digest(_checksum(stream, size - _COMMENT), noted):
        raise ValueError("the checksum of the file does not fit")


def _checksum(stream: IO[bytes], end: int) -> bytes:
    stream.seek(0)
    checksum = hashlib.sha256()
    while end > 0:
        part = stream.read(min(_CHUNK, end))
        if not part:
            raise ValueError("the file became shorter while it was read")
        checksum.update(part)
        end -= len(part)
    return checksum.hexdigest().encode()


def _copy(source: IO[bytes], target: IO[bytes] | None) -> tuple[int, str]:
    size, checksum = 0, hashlib.sha256()
    while part := source.read(_CHUNK):
        size += len(part)
        checksum.update(part)
        if target is not None:
            target.write(part)
    return size, checksum.hexdigest()
