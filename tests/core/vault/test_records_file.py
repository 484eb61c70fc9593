"""The engine over the encrypted file: its settings, its errors in words, nothing in plain on the disk."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from shelterdesk.vault import (
    DiskFull,
    KdfCost,
    OpenVault,
)

from .conftest import PASSPHRASE
from .kept_words import put, words

Elsewhere = Callable[[str, Path], "subprocess.Popen[str]"]


def test_lock_leaves_the_write_ahead_log_empty(vault: OpenVault, folder: Path) -> None:
    put(vault, "kept")
    log = folder / "records.db-wal"
    assert log.stat().st_size > 0
    vault.checkpoint()
    assert log.stat().st_size == 0
    vault.close()
    assert not log.exists()


def test_writers_take_their_turn_at_the_start(vault: OpenVault) -> None:
    engine = vault.new_engine()
    put(vault, "one")
    with engine.execution_options(writes=True).connect() as writing, writing.begin():
        with engine.connect() as reading, reading.begin():
            assert reading.execute(text("SELECT count(*) FROM word")).scalar() == 1
        with engine.execution_options(writes=True).connect() as waiting:
            assert waiting.connection.driver_connection is not None
            waiting.connection.driver_connection.execute("PRAGMA busy_timeout=1")
            with pytest.raises(OperationalError, match="locked"):
                waiting.begin()


def test_settings_of_every_connection(vault: OpenVault) -> None:
    with vault.new_engine().connect() as connection:
        for pragma, expected in {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "temp_store": 2,
            "cache_size": -65536,
            "trusted_schema": 0,
        }.items():
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == expected, pragma


def test_no_exception_text_carries_values(vault: OpenVault) -> None:
    put(vault, "Canary Mammadova")
    with pytest.raises(IntegrityError) as told:
        put(vault, "Canary Mammadova")
    assert "Canary" not in str(told.value)


def test_a_full_disk_is_told_and_loses_nothing(vault: OpenVault) -> None:
    put(vault, "kept")
    with vault.new_engine().execution_options(writes=True).connect() as connection:
        assert connection.connection.driver_connection is not None
        connection.connection.driver_connection.execute("PRAGMA max_page_count=4")
        with pytest.raises(DiskFull), connection.begin():
            connection.execute(text("INSERT INTO word VALUES (:word)"), {"word": "x" * 100_000})
        connection.invalidate()
    assert words(vault) == {"kept"}


def test_no_plain_text_reaches_the_disk(folder: Path, vault: OpenVault, tmp_path: Path) -> None:
    canary = "Canary-Həsənova-1987"
    put(vault, *(f"{canary} {number}" for number in range(3000)))
    with Session(vault.new_engine().execution_options(writes=True)) as session:
        session.execute(text("CREATE TEMP TABLE sorted AS SELECT word FROM word ORDER BY word DESC"))
        session.execute(text("CREATE INDEX word_lower ON word (lower(word))"))
        session.commit()
        vault.change_passphrase(PASSPHRASE, canary, KdfCost.for_tests())
        assert found_on_disk(tmp_path, canary) == []
    vault.close()
    assert found_on_disk(tmp_path, canary) == []
    (tmp_path / "control").write_text(canary, encoding="utf-8")
    assert found_on_disk(tmp_path, canary) == [str(tmp_path / "control")]
    assert (folder / "records.db").stat().st_size > 100_000


def found_on_disk(root: Path, canary: str) -> list[str]:
    """Look from another process: opening the live database here would take away SQLite's locks."""
    look = (
        "import sys; from pathlib import Path\n"
        "for path in Path(sys.argv[1]).rglob('*'):\n"
        "    if path.is_file():\n"
        "        data = path.read_bytes()\n"
        "        if any(sys.argv[2].encode(code) in data for code in ('utf-8', 'utf-16-le')): print(path)\n"
    )
    command = [sys.executable, "-X", "utf8", "-c", look, str(root), canary]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout.split()
