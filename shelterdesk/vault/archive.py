"""The file of a backup: one stored zip of ciphertext that proves itself whole.

It holds exactly ``header.json``, ``records.db`` and ``manifest.json``, uncompressed, and its comment is the SHA-256 of
every byte before it, so that one altered byte anywhere is noticed without a passphrase. Who made it, only the MAC of
the manifest tells, under the key of the database.
"""

from __future__ import annotations

import errno
import hashlib
import hmac
import json
import os
import struct
import zipfile
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self
from uuid import UUID

from shelterdesk.vault.course import Course
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
from shelterdesk.vault.errors import BackupDamaged, BackupUnreadable, VaultDamaged, VaultNewer
from shelterdesk.vault.header import HEADER_FILE, Header
from shelterdesk.vault.unlocking import Unlocked
from shelterdesk.vault.writing import create_private, told_plainly

DATABASE = "records.db"

_FORMAT = 1
_MANIFEST = "manifest.json"
_MEMBERS = (HEADER_FILE, DATABASE, _MANIFEST)
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
    """What a backup says about itself. ``opened`` is true when its database was opened and every page checked.

    ``user_names`` are the names that could sign in then, not verified.
    """

    file: Path
    vault: UUID
    name: str
    moment: datetime
    schema_revision: str
    log_head: bytes
    generation: int
    size: int
    opened: bool
    user_names: tuple[str, ...] = ()


def write_archive(
    part: Path,
    database: Path,
    header: Header,
    unlocked: Unlocked,
    *,
    log_head: bytes,
    moment: datetime,
    schema_revision: str,
    course: Course,
) -> None:
    """Write the archive of *header* and *database* to *part*, which must not exist, on the disk before this returns."""
    encoded = header.encoded()
    with (
        os.fdopen(create_private(part), "wb") as stream,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive,
    ):
        archive.writestr(zipfile.ZipInfo(HEADER_FILE, _NO_MOMENT), encoded)
        with (
            database.open("rb") as source,
            archive.open(zipfile.ZipInfo(DATABASE, _NO_MOMENT), "w", force_zip64=True) as target,
        ):
            size, checksum = copy_stream(source, target, course.part(0, 0.8), database.stat().st_size)
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
                DATABASE: {"size": size, "sha256": checksum},
            },
        }
        manifest["mac"] = _manifest_mac(manifest, unlocked).hex()
        archive.writestr(zipfile.ZipInfo(_MANIFEST, _NO_MOMENT), canonical(manifest))
        archive.comment = b"0" * _COMMENT
    with part.open("r+b") as stream:
        end = stream.seek(0, os.SEEK_END) - _COMMENT
        checksum = _checksum(stream, end, course.part(0.8, 1))
        stream.seek(end)
        stream.write(checksum)
        stream.flush()
        os.fsync(stream.fileno())
        forget_cached(stream)


class Archive:
    """An opened backup file whose structure, manifest and header were found whole.

    With *thorough* every byte was compared with the checksum of the file; without it, nothing is known of the database
    in it, which is enough for a list of backups.
    """

    def __init__(self, file: Path, *, thorough: bool = True, course: Course | None = None) -> None:
        self.file = file
        with ExitStack() as opened, self._told():
            stream = opened.enter_context(_opened(file))
            _check_end(stream, (course or Course()) if thorough else None)
            stream.seek(0)
            self._archive = opened.enter_context(zipfile.ZipFile(stream))
            self._entries = {entry.filename: entry for entry in self._archive.infolist()}
            self._check_entries(self._archive.infolist())
            self.manifest = self._read_manifest()
            encoded = self._archive.read(self._entries[HEADER_FILE])
            self._compare(HEADER_FILE, len(encoded), hashlib.sha256(encoded).hexdigest())
            self.header = Header.decode(encoded, HEADER_FILE)
            self._check_belonging()
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
            user_names=self.header.sign_in_names(),
        )

    def is_made_with(self, unlocked: Unlocked) -> bool:
        """Say whether the manifest was written by somebody who had the key of the database."""
        return hmac.compare_digest(_manifest_mac(self.manifest, unlocked), take_hex(self.manifest, "mac", 32))

    def check_database(self, course: Course) -> None:
        """Compare the database with the manifest. Raises BackupDamaged."""
        entry = self._entries[DATABASE]
        with self._told(), self._archive.open(entry) as source:
            self._compare(DATABASE, *copy_stream(source, None, course, entry.file_size))

    def unpack(self, target: Path, course: Course | None = None) -> None:
        """Write the database to *target*, which must not exist, comparing it with the manifest."""
        entry = self._entries[DATABASE]
        with (
            told_plainly(target.parent),
            os.fdopen(create_private(target), "wb") as stream,
            self._told(),
            self._archive.open(entry) as source,
        ):
            self._compare(DATABASE, *copy_stream(source, stream, course or Course(), entry.file_size))

    @contextmanager
    def _told(self) -> Generator[None]:
        # Whatever is wrong with the file itself: for people it is one thing, a backup that is not whole.
        try:
            yield
        except _CannotRead as error:
            raise BackupUnreadable(self.file.name, str(error)) from error
        except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, EOFError, KeyError) as error:
            raise BackupDamaged(self.file.name, str(error)) from error
        except (VaultDamaged, RecursionError) as error:
            raise BackupDamaged(self.file.name, "the header is damaged") from error

    def _check_belonging(self) -> None:
        noted = (
            take_id(self.manifest, "vault"),
            take_number(self.manifest, "generation"),
            take_text(self.manifest, "name"),
        )
        if (self.header.vault, self.header.generation, self.header.name) != noted:
            raise ValueError("header and manifest do not belong together")

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
        if any(entry.file_size > _LARGEST_TEXT for entry in entries if entry.filename != DATABASE):
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
        only(take_map(manifest["files"]), HEADER_FILE, DATABASE)
        return manifest

    def _compare(self, name: str, size: int, checksum: str) -> None:
        noted = take_map(self.manifest["files"][name])
        only(noted, "size", "sha256")
        if take_number(noted, "size", 2**62) != size or not hmac.compare_digest(take_text(noted, "sha256"), checksum):
            raise ValueError(f"{name} does not fit its checksum")


def copy_stream(source: IO[bytes], target: IO[bytes] | None, course: Course, size: int) -> tuple[int, str]:
    """Copy to *target*, or only read where there is none. Returns how many bytes there were and their SHA-256."""
    done, checksum = 0, hashlib.sha256()
    while part := _read(source, _CHUNK):
        done += len(part)
        checksum.update(part)
        if target is not None:
            target.write(part)
        course.at(done, size)
    return done, checksum.hexdigest()


def forget_cached(stream: IO[bytes]) -> None:
    """Have the system read a file from the disk the next time, not from memory, where it can be asked to.

    Otherwise a stick that did not keep what was written to it would pass its check as long as it is not pulled out.
    """
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _manifest_mac(manifest: Mapping[str, Any], unlocked: Unlocked) -> bytes:
    without = {name: value for name, value in manifest.items() if name != "mac"}
    return hmac.digest(unlocked.derived_key(b"backup manifest"), canonical(without), "sha256")


def _opened(file: Path) -> IO[bytes]:
    if file.exists() and not file.is_file():
        # A folder, or a pipe whose opening would wait for ever.
        raise BackupDamaged(file.name, "it is no file")
    try:
        return file.open("rb")
    except OSError as error:
        raise BackupDamaged(file.name, f"it cannot be read: {error.strerror}") from error


class _CannotRead(OSError):
    """The disk or stick did not give a part of a file, told apart from trouble with writing its copy."""


def _read(stream: IO[bytes], size: int) -> bytes:
    try:
        return stream.read(size)
    except OSError as error:
        raise _CannotRead(errno.EIO, str(error.strerror)) from error


def _check_end(stream: IO[bytes], course: Course | None) -> None:
    size = stream.seek(0, os.SEEK_END)
    if size < _END.size + _COMMENT:
        raise ValueError("the file is too short")
    stream.seek(size - _COMMENT - _END.size)
    signature, _, _, here, entries, listed, _, comment = _END.unpack(stream.read(_END.size))
    if signature != b"PK\x05\x06" or (here, entries, comment) != (3, 3, _COMMENT) or listed > _LARGEST_LIST:
        raise ValueError("the end of the file is not that of a backup")
    noted = stream.read(_COMMENT)
    if course is not None and not hmac.compare_digest(_checksum(stream, size - _COMMENT, course), noted):
        raise ValueError("the checksum of the file does not fit")


def _checksum(stream: IO[bytes], end: int, course: Course) -> bytes:
    stream.seek(0)
    checksum, left = hashlib.sha256(), end
    while left > 0:
        part = _read(stream, min(_CHUNK, left))
        if not part:
            raise ValueError("the file became shorter while it was read")
        checksum.update(part)
        left -= len(part)
        course.at(end - left, end)
    return checksum.hexdigest().encode()
