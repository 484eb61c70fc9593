"""A disk that runs full, fails once or goes away at a chosen moment, for Python and for the database engine alike.

SQLite lets its system calls be replaced, which is how its own makers test it; Python's are replaced where the program
looks them up. Every write, truncation, sync, renaming, making and deleting of a file is counted. What cannot be
replaced is the engine's own fsync.
"""

from __future__ import annotations

import ctypes
import errno
import io
import os
import stat
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import _sqlite3


class Fault(Enum):
    """What happens to the disk."""

    FULL = "full"
    """From here on nothing new fits; deleting and renaming go on."""
    ONE_ERROR = "one error"
    """One call fails, as a bad sector or a loose plug makes it."""
    GONE = "gone"
    """From here on nothing works at all: the stick was pulled out."""


_NEEDS_ROOM = frozenset({"write", "make", "sync"})
_ERRNO = {Fault.FULL: errno.ENOSPC, Fault.ONE_ERROR: errno.EIO, Fault.GONE: errno.EIO}
_OF_THE_SYSTEM = {
    # Name at SQLite, kind of call, arguments, position of the flags that tell whether it makes a file.
    "write": ("write", (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t)),
    "pwrite": ("write", (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64)),
    "pwrite64": ("write", (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64)),
    "ftruncate": ("change", (ctypes.c_int, ctypes.c_int64)),
    "fallocate": ("write", (ctypes.c_int, ctypes.c_int64, ctypes.c_int64)),
    "unlink": ("change", (ctypes.c_char_p,)),
    "open": ("make", (ctypes.c_char_p, ctypes.c_int, ctypes.c_int)),
}
_OF_PYTHON = {"mkdir": "make", "rename": "change", "replace": "change", "unlink": "change",
              "rmdir": "change"}  # fmt: skip


class FailingDisk:
    """Counts what is asked of the disk, and lets it fail. Only what lies in ``with failing(…)`` is counted."""

    def __init__(self) -> None:
        self.calls = 0
        self._fault: Fault | None = None
        self._at = 0

    @contextmanager
    def failing(self, fault: Fault, at: int) -> Generator[None]:
        """Let *fault* happen at call number *at* of what follows, counted from 1."""
        self.calls, self._fault, self._at = 0, fault, at
        try:
            yield
        finally:
            self._fault = None

    @property
    def reached(self) -> bool:
        """Tell whether the last trial came as far as the call that fails."""
        return self.calls >= self._at

    def asks(self, kind: str) -> int:
        """Count one call of *kind*; return the error number it fails with, 0 where it works."""
        fault = self._fault
        if fault is None:
            return 0
        self.calls += 1
        if fault is Fault.ONE_ERROR:
            fails = self.calls == self._at
        else:
            fails = self.calls >= self._at and (fault is Fault.GONE or kind in _NEEDS_ROOM)
        return _ERRNO[fault] if fails else 0

    def asks_python(self, kind: str) -> None:
        """Count one call of Python's; raises OSError where it fails."""
        number = self.asks(kind)
        if number:
            raise OSError(number, os.strerror(number))


@contextmanager
def failing_disk(monkeypatch: pytest.MonkeyPatch) -> Generator[FailingDisk]:
    """Put a disk that can fail under this process."""
    if sys.platform != "linux":
        pytest.skip("replaces the system calls of Linux")
    disk = FailingDisk()
    with _under_sqlite(disk), monkeypatch.context() as patch:
        _under_python(disk, patch)
        yield disk


class _Vfs(ctypes.Structure):
    """The head of ``sqlite3_vfs``, version 3."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("methods", ctypes.c_void_p * 13),
        ("set_system_call", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p)),
        ("get_system_call", ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)),
    )


@contextmanager
def _under_sqlite(disk: FailingDisk) -> Generator[None]:
    engine = ctypes.CDLL(_sqlite3.__file__)
    engine.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    found = engine.sqlite3_vfs_find(None)
    vfs, address = found.contents, ctypes.cast(found, ctypes.c_void_p)
    kept: list[Any] = []
    for name, (kind, arguments) in _OF_THE_SYSTEM.items():
        real = vfs.get_system_call(address, name.encode())
        if real:
            replaced = _failing_call(disk, kind, arguments, real)
            kept.append(replaced)
            assert vfs.set_system_call(address, name.encode(), ctypes.cast(replaced, ctypes.c_void_p)) == 0
    assert kept, "the engine lets its calls be replaced"
    try:
        yield
    finally:
        assert vfs.set_system_call(address, None, None) == 0
        del kept


def _failing_call(disk: FailingDisk, kind: str, arguments: tuple[Any, ...], real: int) -> Any:
    shape = ctypes.CFUNCTYPE(ctypes.c_ssize_t if kind == "write" else ctypes.c_int, *arguments, use_errno=True)
    original = shape(real)

    def call(*values: Any) -> int:
        makes = kind != "make" or bool(values[1] & os.O_CREAT)
        number = disk.asks(kind) if makes else 0
        if number:
            ctypes.set_errno(number)
            # fallocate answers with the error itself, all others with -1.
            return number if len(arguments) == 3 and arguments[1] is ctypes.c_int64 else -1
        return original(*values)

    return shape(call)


def _under_python(disk: FailingDisk, patch: pytest.MonkeyPatch) -> None:
    for name, kind in _OF_PYTHON.items():
        patch.setattr(os, name, _failing(disk, kind, getattr(os, name)))
    open_number, open_file, sync = os.open, io.open, os.fsync

    def syncs(number: int) -> None:
        # What was renamed already takes no room.
        disk.asks_python("change" if stat.S_ISDIR(os.fstat(number).st_mode) else "sync")
        sync(number)

    def opens(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if flags & os.O_CREAT:
            disk.asks_python("make")
        return open_number(path, flags, *rest, **named)

    def opens_file(file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **named: Any) -> Any:
        if "b" not in mode or not set(mode) & set("wxa+"):
            return open_file(file, mode, buffering, *rest, **named)
        if not isinstance(file, int) and set(mode) & set("wx"):
            disk.asks_python("make")
        raw = _FailingFile(file, mode.replace("b", ""), disk)
        return io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)

    patch.setattr(os, "fsync", syncs)
    patch.setattr(os, "open", opens)
    patch.setattr(io, "open", opens_file)


def _failing(disk: FailingDisk, kind: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(*values: Any, **named: Any) -> Any:
        disk.asks_python(kind)
        return real(*values, **named)

    return call


class _FailingFile(io.FileIO):
    """A file whose writes are counted where they reach the system, below Python's own buffer."""

    def __init__(self, file: int | str | Path, mode: str, disk: FailingDisk) -> None:
        super().__init__(file, mode)
        self._disk = disk

    def write(self, data: Any) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._disk.asks_python("write")
        return super().write(data) or 0

    def truncate(self, size: int | None = None) -> int:
        self._disk.asks_python("change")
        return super().truncate(size)
