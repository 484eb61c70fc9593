"""One process per vault: a lock the operating system gives back by itself when the process dies."""

from __future__ import annotations

from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from shelterdesk.vault.errors import VaultInUse
from shelterdesk.vault.writing import told_plainly

LOCK_FILE = "vault.lock"


def lock_vault(folder: Path) -> BaseFileLock:
    """Take the lock of the vault in *folder*. Raises VaultInUse at once if somebody else has it.

    The lock file stays when the lock is given back: its presence means nothing, only the system's lock on it does.
    """
    # Not bound to a thread: the vault is opened in a worker and may be closed by the window.
    lock = FileLock(folder / LOCK_FILE, timeout=0, thread_local=False, mode=0o600, preserve_lock_file=True)
    with told_plainly(folder):
        try:
            lock.acquire()
        except Timeout:
            raise VaultInUse from None
    return lock
