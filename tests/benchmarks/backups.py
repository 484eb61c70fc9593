"""Backing up a large vault while somebody works, against writing as many bytes without doing anything with them."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from shelterdesk import sample
from shelterdesk.vault import KdfCost, OpenVault, create_vault, make_backup
from tests.benchmarks.replay import Times, timed

_ROW = 4000
_TICK = 0.005
_COPIES = 3
"""The copy of the database, the archive, and what is unpacked from it to be opened."""


def measure_backups(
    folder: Path, megabytes: int, rounds: int, say: Callable[[str], None], cost: KdfCost | None = None
) -> list[Times]:
    """Return how long a checked backup of *megabytes* takes, and how long a window and a writer wait at the longest."""
    say(f"writing a vault of {megabytes:,} MB")
    shutil.rmtree(folder, ignore_errors=True)
    vault, _code = create_vault(
        folder / "desk-BE4C.vault",
        user_name=sample.USER_NAME,
        roles=("director",),
        passphrase=sample.PASSPHRASE,
        cost=cost,
    )
    whole = Times(f"Backup of {megabytes:,} MB, opened and checked")
    window = Times(f"Backup of {megabytes:,} MB: longest wait of a window", aim="under 100 ms")
    writer = Times(f"Backup of {megabytes:,} MB: longest wait of a save", aim="under 500 ms")
    try:
        _fill(vault, megabytes)
        for _ in range(rounds):
            whole.plain.append(timed(lambda: _copy(vault, folder)))
            with _somebody_waits(window.ours), _somebody_saves(vault, writer.ours):
                whole.ours.append(timed(lambda: make_backup(vault, folder / "out", b"", datetime.now(UTC))))
            shutil.rmtree(folder / "out")
    finally:
        vault.close()
        shutil.rmtree(folder, ignore_errors=True)
    return [whole, window, writer]


def _fill(vault: OpenVault, megabytes: int) -> None:
    with vault.connection() as connection:
        connection.execute("CREATE TABLE filler (id INTEGER PRIMARY KEY, content BLOB)")
        for _ in range(megabytes):
            connection.execute("BEGIN")
            connection.executemany(
                "INSERT INTO filler (content) VALUES (?)", [(os.urandom(_ROW),) for _ in range(1_000_000 // _ROW)]
            )
            connection.execute("COMMIT")
    vault.checkpoint()


def _copy(vault: OpenVault, folder: Path) -> None:
    # Never the file of an open vault itself: closing it would take away the locks SQLite holds on it.
    size = vault.database_path.stat().st_size
    for number in range(_COPIES):
        target = folder / f"copy-{number}"
        with target.open("wb") as stream:
            for _ in range(size // 1_000_000 + 1):
                stream.write(bytes(1_000_000))
            os.fsync(stream.fileno())
        target.unlink()


@contextmanager
def _somebody_waits(pauses: list[float]) -> Generator[None]:
    """Note how long another thread, such as that of a window, was kept from going on at the longest, in ms."""
    with _beside(lambda: time.sleep(_TICK), pauses, _TICK):
        yield


@contextmanager
def _somebody_saves(vault: OpenVault, pauses: list[float]) -> Generator[None]:
    """Note how long a small write took at the longest, in ms."""
    with vault.connection() as connection:

        def save() -> None:
            time.sleep(_TICK)
            connection.execute("INSERT INTO filler (content) VALUES (x'00')")

        with _beside(save, pauses, _TICK):
            yield


@contextmanager
def _beside(act: Callable[[], None], pauses: list[float], expected: float) -> Generator[None]:
    ended, longest = threading.Event(), [0.0]

    def go_on() -> None:
        while not ended.is_set():
            begun = time.perf_counter()
            act()
            longest[0] = max(longest[0], (time.perf_counter() - begun - expected) * 1000)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        pauses.append(longest[0])
