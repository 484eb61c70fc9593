"""A new vault is made beside its place and moved there when it is complete; what a killed maker left is cleared.

While a maker works it holds a lock beside its folder, which the system gives back when the process dies. So a folder
whose lock is free belongs to nobody, and only files this program makes are ever deleted from it.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from shelterdesk.vault.errors import VaultExists
from shelterdesk.vault.writing import sync_folder, told_plainly

_BESIDE = re.compile(r".+\.new-[0-9a-f]{8}", re.ASCII | re.DOTALL)
_LOCK = ".lock"
# Somebody who clears up may look at a lock in the moment it is taken.
_PATIENCE_SECONDS = 5
_OURS = re.compile(r"header(-copy)?\.json(\.new)?|records(-[1-9][0-9]{0,5})?\.db(-wal|-shm|-journal)?", re.ASCII)


def refuse_occupied(folder: Path) -> None:
    """Raise VaultExists unless *folder* does not exist or is empty."""
    with told_plainly(folder):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise VaultExists(folder)


@contextmanager
def made_beside(folder: Path) -> Generator[Path]:
    """Give an empty folder that becomes *folder* at the end; nothing of it stays where the making fails.

    Raises DiskFull or VaultNotWritable.
    """
    with told_plainly(folder.parent):
        folder.parent.mkdir(parents=True, exist_ok=True)
        clear_left_overs(folder.parent)
        beside = folder.with_name(f"{folder.name}.new-{secrets.token_hex(4)}")
        lock = _lock_of(beside)
        lock.acquire(timeout=_PATIENCE_SECONDS)
    try:
        with told_plainly(folder.parent):
            beside.mkdir(mode=0o700)
        yield beside
        _move_into_place(beside, folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    finally:
        _give_back(lock)


def clear_left_overs(folder: Path) -> None:
    """Delete from *folder* what makers of vaults left there when they were killed. Never raises."""
    with suppress(OSError):
        for name in {found.name.removesuffix(_LOCK) for found in folder.iterdir()}:
            if _BESIDE.fullmatch(name):
                with suppress(OSError, Timeout):
                    _clear(folder / name)


def _clear(beside: Path) -> None:
    if beside.is_symlink() or (beside.exists() and not _is_ours(beside)):
        return
    lock = _lock_of(beside)
    lock.acquire()
    try:
        if beside.exists():
            for file in beside.iterdir():
                file.unlink()
            beside.rmdir()
    finally:
        _give_back(lock)


def _is_ours(beside: Path) -> bool:
    return beside.is_dir() and all(
        _OURS.fullmatch(file.name) and file.is_file() and not file.is_symlink() for file in beside.iterdir()
    )


def _lock_of(beside: Path) -> BaseFileLock:
    path = beside.with_name(beside.name + _LOCK)
    return FileLock(path, timeout=0, thread_local=False, mode=0o600)


def _give_back(lock: BaseFileLock) -> None:
    # Nobody but its maker and those who clear up ever ask for this lock, so its file can go with it.
    lock.release()
    with suppress(OSError):
        Path(lock.lock_file).unlink(missing_ok=True)


def _move_into_place(beside: Path, folder: Path) -> None:
    """Rename a complete new vault to its final place, so that no half vault is ever found there."""
    with told_plainly(folder.parent):
        sync_folder(beside)
        if folder.exists():
            folder.rmdir()
        beside.rename(folder)
        try:
            sync_folder(folder.parent)
        except OSError:
            # Whoever is told that it failed tries again, and what nobody knows of would be in the way.
            shutil.rmtree(folder, ignore_errors=True)
            raise
