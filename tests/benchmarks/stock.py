"""What is measured on: a vault of invented people, and a plain SQLite file with the same tables, indexes and rows."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shelterdesk import sample
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.opening import create_desk, open_desk
from shelterdesk.vault import KdfCost, OpenVault

NOW = datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
"""The clock stands still, so that a stock can be used again on another day."""
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "temp_store=MEMORY", "foreign_keys=ON", "cache_size=-65536")
_BLOCK = 5000
_MONTHS = 120
"""Ten years: so many people do not pass through one house in less."""


@dataclass(frozen=True)
class Stock:
    """A vault and its plain twin."""

    vault: Path
    plain: Path
    people: int
    services: int

    def open(self) -> Desk:
        """Open the vault with the clock of the stock."""
        return open_desk(self.vault, sample.USER_NAME, sample.PASSPHRASE, clock=lambda: NOW)

    def connect(self) -> sqlite3.Connection:
        """Open the plain twin with the settings the vault's database has."""
        connection = sqlite3.connect(self.plain, isolation_level=None)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection


def make_stock(
    folder: Path, people: int, services: int, say: Callable[[str], None], cost: KdfCost | None = None
) -> Stock:
    """Return the stock in *folder*, making it where there is none that fits or opens."""
    stock = Stock(folder / "desk-BE4C.vault", folder / "plain.db", people, services)
    note = folder / "stock.json"
    wanted = {"people": people, "services": services, "months": _MONTHS}
    if note.exists() and json.loads(note.read_text()) == wanted:
        try:
            stock.open().close()
        except ShelterDeskError:
            say("the kept vault does not open with this program any more")
        else:
            say(f"using {folder} again")
            return stock
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    say(f"inventing {people:,} people with {services:,} services in {folder}")
    _invent(stock, cost)
    say("copying the same rows into plain SQLite")
    _copy(stock)
    note.write_text(json.dumps(wanted))
    return stock


def _invent(stock: Stock, cost: KdfCost | None) -> None:
    desk, _code = create_desk(
        stock.vault,
        user_name=sample.USER_NAME,
        shown_as="Leyla A.",
        passphrase=sample.PASSPHRASE,
        shelter="House",
        roles=sample.ROLES,
        cost=cost,
        clock=lambda: NOW,
    )
    try:
        sample.fill_sample(desk, stock.people, _MONTHS, services_per_person=max(1, stock.services // stock.people))
    finally:
        desk.close()


def _copy(stock: Stock) -> None:
    desk = stock.open()
    try:
        _copy_tables(desk.vault, stock.connect())
    finally:
        desk.close()


def _copy_tables(vault: OpenVault, plain: sqlite3.Connection) -> None:
    with vault.connection() as source:
        made = source.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' "
            "ORDER BY type DESC"
        ).fetchall()
        plain.execute("PRAGMA foreign_keys=OFF")
        plain.execute("BEGIN")
        for kind, name, sql in made:
            plain.execute(sql)
            if kind == "table":
                _copy_rows(source.execute(f'SELECT * FROM "{name}"'), plain, name)
        plain.execute("COMMIT")
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    plain.close()


def _copy_rows(rows: sqlite3.Cursor, plain: sqlite3.Connection, table: str) -> None:
    marks = ", ".join("?" for _column in rows.description)
    while block := rows.fetchmany(_BLOCK):
        plain.executemany(f'INSERT INTO "{table}" VALUES ({marks})', block)
