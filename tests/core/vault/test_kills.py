"""Killing the program at any moment loses nothing that was acknowledged."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shelterdesk.vault import KdfCost, OpenVault, make_backup, open_vault, verify_vault

from .conftest import NAME, PASSPHRASE

Elsewhere = Callable[[str, Path], "subprocess.Popen[str]"]

WRITING = """
from sqlalchemy import text
from sqlalchemy.orm import Session
vault = open_vault(folder, name, passphrase)
engine = vault.new_engine().execution_options(writes=True)
print("open", flush=True)
for number in range(10**9):
    with Session(engine) as session:
        session.execute(text("INSERT INTO word (word) VALUES (:word)"), {"word": "x" * 200})
        session.execute(text("UPDATE total SET rows = rows + 1"))
        session.commit()
    print(number, flush=True)
    if number % 40 == 7:
        vault.checkpoint()
"""

CHANGING = """
vault = open_vault(folder, name, passphrase)
print("open", flush=True)
for number in range(10**9):
    vault.change_passphrase(passphrase, passphrase, KdfCost.for_tests())
    print(vault.generation, flush=True)
"""

BACKING_UP = """
from datetime import datetime, UTC
vault = open_vault(folder, name, passphrase)
print("open", flush=True)
for number in range(10**9):
    print(make_backup(vault, folder.parent / "backups", b"", datetime.now(UTC)).name, flush=True)
"""


def prepare(vault: OpenVault) -> None:
    with Session(vault.new_engine().execution_options(writes=True)) as session:
        session.execute(text("CREATE TABLE word (number INTEGER PRIMARY KEY, word TEXT)"))
        session.execute(text("CREATE TABLE total (rows INTEGER)"))
        session.execute(text("INSERT INTO total VALUES (0)"))
        session.commit()
    vault.close()


def killed(run: Elsewhere, lines: str, folder: Path, seconds: float) -> list[str]:
    """Run *lines*, kill -9 after *seconds* of work, and return what was acknowledged."""
    process = run(lines, folder)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    time.sleep(seconds)
    process.kill()
    # Whatever stands in the pipe without an end of line was not acknowledged.
    return process.communicate()[0].split("\n")[:-1]


def kill_and_compare(vault: OpenVault, folder: Path, elsewhere: Elsewhere, kills: int) -> None:
    prepare(vault)
    chance = random.Random(kills)
    acknowledged = 0
    for _ in range(kills):
        acknowledged += len(killed(elsewhere, WRITING, folder, chance.uniform(0.02, 0.5)))
        with open_vault(folder, NAME, PASSPHRASE) as again, Session(again.new_engine()) as session:
            rows = session.scalar(text("SELECT count(*) FROM word")) or 0
            assert rows == session.scalar(text("SELECT rows FROM total"))
            assert rows >= acknowledged
            acknowledged = rows
            session.close()
            assert verify_vault(again) == []
    assert acknowledged > kills


def test_acknowledged_rows_survive_a_kill(vault: OpenVault, folder: Path, elsewhere: Elsewhere) -> None:
    kill_and_compare(vault, folder, elsewhere, 2)


@pytest.mark.long
def test_acknowledged_rows_survive_many_kills(vault: OpenVault, folder: Path, elsewhere: Elsewhere) -> None:
    kill_and_compare(vault, folder, elsewhere, 12)


@pytest.mark.long
def test_header_changes_survive_kills(vault: OpenVault, folder: Path, elsewhere: Elsewhere) -> None:
    prepare(vault)
    chance = random.Random(5)
    generation = 1
    for _ in range(8):
        acknowledged = killed(elsewhere, CHANGING, folder, chance.uniform(0.02, 0.3))
        with open_vault(folder, NAME, PASSPHRASE) as again:
            assert again.generation >= max([generation, *map(int, acknowledged)])
            generation = again.generation
            assert verify_vault(again) == []
            again.change_passphrase(PASSPHRASE, PASSPHRASE, KdfCost.for_tests())
    assert generation > 8


@pytest.mark.long
def test_a_kill_during_a_backup_leaves_vault_and_finished_backups_whole(
    vault: OpenVault, folder: Path, elsewhere: Elsewhere
) -> None:
    from shelterdesk.vault import BackupDamaged, check_backup

    prepare(vault)
    chance = random.Random(6)
    for _ in range(6):
        finished = killed(elsewhere, BACKING_UP, folder, chance.uniform(0.02, 0.3))
        with open_vault(folder, NAME, PASSPHRASE) as again:
            assert verify_vault(again) == []
            for name in finished:
                assert check_backup(folder.parent / "backups" / name, again).opened
            # An empty file that had only its name is told as what it is.
            for file in (folder.parent / "backups").glob("*.dbk"):
                if file.name not in finished and not file.stat().st_size:
                    with pytest.raises(BackupDamaged):
                        check_backup(file)
    with open_vault(folder, NAME, PASSPHRASE) as again:
        make_backup(again, folder.parent / "backups", b"", datetime.now(UTC))
