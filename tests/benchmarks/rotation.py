"""Replacing every key of a vault of ten years with the log such a vault has, against copying its file.

A process of its own does it, so that its memory can be measured: ``python -m tests.benchmarks.rotation VAULT ROUNDS``
prints JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import RowMapping, select

from shelterdesk import memory, rotation, sample
from shelterdesk.desk import Desk
from shelterdesk.opening import open_desk
from shelterdesk.schema.acts import Act
from shelterdesk.schema.base import RECORDS, Record
from shelterdesk.schema.collecting import Collected, Entry
from shelterdesk.schema.columns import Choices, Sealed
from shelterdesk.vault import Compartment
from tests.benchmarks.replay import Times, timed
from tests.benchmarks.stock import NOW, Stock

ROOT = Path(__file__).resolve().parents[2]
_AT_ONCE = 5000
_TICK = 0.005
_NAME = "Replacing every key"


def measure_rotation(stock: Stock, rounds: int, say: Callable[[str], None]) -> list[Times]:
    """Return how long a rotation takes beside copying the file, how long others wait for it, and its memory."""
    folder = stock.vault.parent / "rotation"
    vault = folder / stock.vault.name
    if not (folder / "whole").exists():
        say("writing the log of ten years into a copy of the vault")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(stock.vault, vault)
        _elsewhere(folder, vault, 0)
        (folder / "whole").touch()
    measured = json.loads(_elsewhere(folder, vault, rounds))
    size = measured["bytes"] / 1_000_000
    return [
        Times(f"{_NAME}: {measured['cells']:,} cells, {size:,.0f} MB", measured["ours"], measured["plain"]),
        Times(f"{_NAME}: longest wait of a window", measured["pauses"], aim="under 100 ms"),
        Times(f"{_NAME}: memory, MB as ms", [measured["memory"]], aim="far less than the file"),
    ]


def _elsewhere(folder: Path, vault: Path, rounds: int) -> str:
    # Another computer, as it were: a copy of a vault this one knows would be named as such.
    surroundings = os.environ | {"SHELTERDESK_HOME": str(folder / "home"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tests.benchmarks.rotation", str(vault), str(rounds)]
    return subprocess.run(command, cwd=ROOT, env=surroundings, check=True, capture_output=True, text=True).stdout


def main() -> int:
    """Measure so many rounds, or write the log where there are none."""
    vault, rounds = Path(sys.argv[1]), int(sys.argv[2])
    memory.settle()
    desk = open_desk(vault, sample.USER_NAME, sample.PASSPHRASE, clock=lambda: NOW)
    try:
        if not rounds:
            write_log(desk)
        else:
            print(json.dumps(_measure(desk, rounds)))
    finally:
        desk.close()
    return 0


def _measure(desk: Desk, rounds: int) -> dict[str, Any]:
    ours: list[float] = []
    plain: list[float] = []
    pauses: list[float] = []
    done: list[rotation.Rotated] = []
    grown = 0.0
    for _ in range(rounds):
        desk.vault.checkpoint()
        plain.append(timed(lambda: _copy(desk)))
        before = _peak_anew()
        with _somebody_waits(pauses):
            ours.append(timed(lambda: done.append(rotation.rotate(desk, tuple(Compartment), why="measured"))))
        grown = max(grown, _peak() - before)
        shutil.rmtree(desk.vault.folder.parent / "before-update", ignore_errors=True)
    size = desk.vault.database_path.stat().st_size
    return {
        "ours": ours,
        "plain": plain,
        "pauses": pauses,
        "cells": done[0].cells,
        "bytes": size,
        "memory": max(grown, 0.1),
    }


@contextmanager
def _somebody_waits(pauses: list[float]) -> Generator[None]:
    """Note how long another thread, such as that of a window, was kept from going on at the longest, in ms."""
    ended, longest = threading.Event(), [0.0]

    def wait() -> None:
        while not ended.is_set():
            begun = time.perf_counter()
            time.sleep(_TICK)
            longest[0] = max(longest[0], (time.perf_counter() - begun - _TICK) * 1000)

    thread = threading.Thread(target=wait)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        pauses.append(longest[0])


def _copy(desk: Desk) -> None:
    """Copy the file through the system, with what lies on the disk at the end, in another process."""
    target = desk.vault.folder.parent / "copied.db"
    line = (
        "import os, shutil, sys; shutil.copyfile(*sys.argv[1:]); file = os.open(sys.argv[2], os.O_RDWR); os.fsync(file)"
    )
    subprocess.run([sys.executable, "-c", line, str(desk.vault.database_path), str(target)], check=True)
    target.unlink()


def _peak_anew() -> float:
    """Begin to measure the peak of the memory anew, and return what is in use, in MB."""
    if sys.platform == "linux":
        Path("/proc/self/clear_refs").write_text("5")
    return _peak()


def _peak() -> float:
    if sys.platform != "linux":
        return 0.0
    (line,) = (one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1000


def write_log(desk: Desk) -> None:
    """Tell the log of every record, as if each had been written down once."""
    for kind in list(RECORDS.values()):
        for block in _blocks(desk, kind):
            with desk.write(Act.IMPORT) as db:
                collected: Collected = db.info["collected"]
                collected.entries.update({row["id"]: _entry(desk, kind, row) for row in block})


def _blocks(desk: Desk, kind: type[Record]) -> Iterator[list[RowMapping]]:
    table, last = kind.__table__, None
    while True:
        query = select(table).order_by(table.c.id).limit(_AT_ONCE)
        with desk.read(everybody=True) as db:
            block = list(db.execute(query if last is None else query.where(table.c.id > last)).mappings())
        if not block:
            return
        last = block[-1]["id"]
        yield block


def _entry(desk: Desk, kind: type[Record], row: RowMapping) -> Entry:
    entry = Entry(kind.__tablename__, row["id"], row.get("person_id"), new=True)
    for field in kind.declared:
        descriptor = vars(kind)[field.attribute]
        if isinstance(descriptor, Sealed):
            value = descriptor.open_with(desk.vault.ring, row["id"], row[descriptor.column])
        elif isinstance(descriptor, Choices):
            continue
        else:
            value = row[field.attribute]
        if value is not None:
            entry.add(field.id, field.compartment, None, field.encode(value))
    return entry


if __name__ == "__main__":
    sys.exit(main())
