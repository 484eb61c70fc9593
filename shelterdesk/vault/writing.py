"""Writing files so that a crash leaves the old one or the new one, never half of either."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from shelterdesk.vault.errors import DiskFull, VaultNotWritable

_NO_ROOM = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG})
_NOT_WRITABLE = frozenset(
    {
        errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.EIO,
        errno.ENODEV, errno.ENXIO, errno.EEXIST, errno.ESTALE, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH,
    }
)  # fmt: skip


@contextmanager
def told_plainly(folder: Path) -> Generator[None]:
    """Turn what the system says about a full or unwritable disk into words for people."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFull(folder) from error
        if error.errno in _NOT_WRITABLE:
            raise VaultNotWritable(folder) from error
        raise


def create_private(path: Path) -> int:
    """Create *path*, which must not exist, readable for this user only, and return its descriptor."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def write_atomically(path: Path, data: bytes) -> None:
    """Replace *path* by *data*, on the disk before this returns. Raises DiskFull or VaultNotWritable."""
    beside = path.with_name(path.name + ".new")
    with told_plainly(path.parent):
        # A left-over of an earlier crash was never the file itself.
        beside.unlink(missing_ok=True)
        try:
            with os.fdopen(create_private(beside), "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            put_in_place(beside, path)
        except OSError:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise


def put_in_place(source: Path, target: Path) -> None:
    """Rename *source* to *target* in the same folder and make the renaming last."""
    for attempt in range(6):
        try:
            source.replace(target)
            break
        except PermissionError:
            # A virus scanner on Windows holds new files for a moment.
            if sys.platform != "win32" or attempt == 5:
                raise
            time.sleep(0.1)
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make created, renamed and deleted names in *folder* last. Windows does so by itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the content of *path* last. Never for a database that is open in this process."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
