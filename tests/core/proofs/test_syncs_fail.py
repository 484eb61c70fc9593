"""The system itself says that a sync failed, which neither Python nor the engine can be made to invent.

A write whose sync failed is refused in words; everything that was acknowledged is there, in the records and in the
backups.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from shelterdesk import integrity
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.vault import check_backup
from tests.core.proofs.nursery import Nursery
from tests.core.proofs.scenes import USER
from tests.desks import PASSPHRASE


@pytest.fixture(params=["fsync,fdatasync:error=EIO:when=9+6", "fsync,fdatasync:error=ENOSPC:when=10+5"])
def failing(request: pytest.FixtureRequest) -> Iterator[Nursery]:
    """A nursery for whose children one sync in a few fails."""
    program = shutil.which("strace")
    words = ("-f", "-qq", "-e", "trace=fsync,fdatasync", "-e", f"inject={request.param}", "-o", "/dev/null")
    if program is None or subprocess.run([program, *words, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("strace is missing, or may not look at programs here")
    made = Nursery(program, *words)
    yield made
    made.close()


@pytest.mark.long
def test_a_write_whose_sync_failed_is_refused_and_nothing_else_is_lost(
    closed: Path, tmp_path: Path, failing: Nursery
) -> None:
    vault = Path(shutil.copytree(closed, tmp_path / "desk-7F3A.vault"))
    said = failing.live("writing_on", vault).said
    told = [words[1] for words in said if words[0] == "told"]
    assert set(told) <= {"VaultNotWritable", "DiskFull", "CannotSave"}
    assert 3 < len(told) < len(said) - 20
    records = [words for words in said if words[0] == "record"]
    desk = open_desk(vault, USER, PASSPHRASE)
    assert integrity.verify_desk(desk).findings == []
    with desk.read() as db:
        kept = db.get_one(Person, UUID(records[-1][2])).short_name
    # The very last tries may have been refused after they were written; none that was acknowledged is missing.
    assert int((kept or "").removeprefix("said ")) >= int(records[-1][4])
    backups = tmp_path / "backups"
    made = {words[1] for words in said if words[0] == "backup"}
    assert {file.name for file in backups.glob("*.dbk")} >= made
    for name in made:
        assert check_backup(backups / name, desk.vault).opened
    lock_desk(desk, "asked")
