"""Writing down the SQL an action sends to the vault, and sending the same to plain SQLite."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, event

from shelterdesk.desk import Desk

Statement = tuple[str, Any, bool]
"""SQL, its values, and whether it is sent once for each of many rows."""


@dataclass
class Times:
    """Milliseconds of one measure, round by round."""

    name: str
    ours: list[float] = field(default_factory=list[float])
    plain: list[float] = field(default_factory=list[float])
    aim: str = ""

    @property
    def our_median(self) -> float:
        return statistics.median(self.ours)

    @property
    def plain_median(self) -> float | None:
        return statistics.median(self.plain) if self.plain else None

    @property
    def ratio(self) -> float | None:
        """How many times as long as plain SQLite, by the median of the rounds."""
        if not self.plain:
            return None
        return statistics.median(ours / plain for ours, plain in zip(self.ours, self.plain, strict=True))


@contextmanager
def written_down(desk: Desk) -> Generator[list[Statement]]:
    """Collect what is sent to the vault meanwhile, with the beginnings and ends of transactions."""
    sent: list[Statement] = []

    def execute(_connection: Connection, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        sent.append((statement, values, many))

    def commit(_connection: Connection) -> None:
        sent.append(("COMMIT", (), False))

    def rollback(_connection: Connection) -> None:
        sent.append(("ROLLBACK", (), False))

    listeners = (("before_cursor_execute", execute), ("commit", commit), ("rollback", rollback))
    for name, listener in listeners:
        event.listen(desk.engine, name, listener)
    try:
        yield sent
    finally:
        for name, listener in listeners:
            event.remove(desk.engine, name, listener)


def send(plain: sqlite3.Connection, statements: list[Statement]) -> None:
    """Send the same to plain SQLite and take every answer. What was read within a read stays within it."""
    depth = 0
    for statement, values, many in statements:
        begins, ends = statement.startswith("BEGIN"), statement in {"COMMIT", "ROLLBACK"}
        depth -= ends
        if (begins or ends) and depth:
            depth += begins
            continue
        depth += begins
        if many:
            plain.executemany(statement, values)
        else:
            plain.execute(statement, values).fetchall()


def compare(
    name: str, desk: Desk, plain: sqlite3.Connection, actions: list[Callable[[], object]], aim: str = ""
) -> Times:
    """Time each of *actions* on the vault and then its SQL on plain SQLite; the first of both is for warming up.

    Both do the same work one after the other, so that what is written never collides and caches are alike.
    """
    times = Times(name, aim=aim)
    for number, action in enumerate(actions):
        with written_down(desk) as sent:
            ours = timed(action)
        theirs = timed(lambda sent=sent: send(plain, sent))
        if number or len(actions) == 1:
            times.ours.append(ours)
            times.plain.append(theirs)
    return times


def timed(action: Callable[[], object]) -> float:
    """Return how many milliseconds *action* takes."""
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000
