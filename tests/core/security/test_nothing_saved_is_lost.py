"""Nothing that was acknowledged as saved is lost: full disks, files that are gone, kills while a vault is made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shelterdesk import backups, drafts, integrity, people, rooms
from shelterdesk.desk import Desk
from shelterdesk.opening import create_desk, lock_desk, open_desk
from shelterdesk.schema.types import new_id
from shelterdesk.vault import DiskFull, KdfCost, VaultDamaged, VaultExists, VaultNotWritable
from shelterdesk.vault import database as vault_database
from tests.core.security.attackers import tell_secrets
from tests.desks import PASSPHRASE, Clock

ROOT = Path(__file__).parents[3]
linux = pytest.mark.skipif(sys.platform != "linux", reason="needs fork, /proc or limits of files")


@linux
def test_saving_into_files_that_are_gone_is_refused(desk: Desk, vault_folder: Path) -> None:
    person = tell_secrets(desk)
    shutil.rmtree(vault_folder)
    with pytest.raises(VaultNotWritable):
        people.change_person(desk, person, short_name="Nur")
    with pytest.raises(VaultNotWritable):
        drafts.keep_draft(desk, new_id(), "person", person.id, {"short_name": "Nur"})
    with pytest.raises(VaultNotWritable):
        lock_desk(desk, "asked")


@linux
def test_saving_into_a_folder_that_was_moved_is_refused_and_nothing_is_lost(
    desk: Desk, vault_folder: Path, clock: Clock
) -> None:
    person = tell_secrets(desk)
    moved = vault_folder.with_name("desk-7F3B.vault")
    vault_folder.rename(moved)
    with pytest.raises(VaultNotWritable):
        people.change_person(desk, person, short_name="Nur")
    vault_folder.mkdir()
    (vault_folder / "records.db").write_bytes(b"x" * 8192)
    with pytest.raises(VaultNotWritable):
        people.change_person(desk, person, short_name="Nur")
    with pytest.raises(VaultNotWritable):
        lock_desk(desk, "asked")
    again = open_desk(moved, "leyla", PASSPHRASE, clock=clock)
    (row,) = integrity.verify_desk(again).findings or [None]
    assert row is None
    with again.read() as db:
        assert db.get_one(people.Person, person.id).short_name == "Ay"
    again.close()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("database or disk is full", DiskFull),
        ("disk I/O error", VaultNotWritable),
        ("attempt to write a readonly database", VaultNotWritable),
        ("unable to open database file", VaultNotWritable),
        ("database disk image is malformed", VaultDamaged),
        ("file is not a database", VaultDamaged),
    ],
)
def test_what_stops_a_backup_is_told_in_words(desk: Desk, tmp_path: Path, words: str, kind: type[Exception]) -> None:
    class Source:
        """A connection whose copying fails as SQLite's does: with words and without a code."""

        in_transaction = True

        def backup(self, _target: Any, **_how: Any) -> None:
            raise vault_database.DatabaseError(words)

    key, salt = desk.vault.unlocked.database_key, desk.vault.header.salt
    with pytest.raises(kind):
        vault_database.copy_database(Source(), tmp_path / "copy.db", key, salt)


def test_a_clock_set_back_does_not_keep_backups_from_being_made(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    backups.back_up(desk, tmp_path / "backups")
    assert not backups.backup_is_due(desk)
    clock.now -= timedelta(days=400)
    assert backups.backup_is_due(desk)
    backups.back_up(desk, tmp_path / "backups")
    assert not backups.backup_is_due(desk)


FULL = """
import resource, signal, sys
from pathlib import Path
from datetime import datetime, UTC
from shelterdesk import people, drafts
from shelterdesk.errors import ShelterDeskError
from shelterdesk.opening import open_desk, lock_desk
from shelterdesk.vault import VaultNotWritable, make_backup
folder, passphrase = Path(sys.argv[1]), sys.argv[2]
desk = open_desk(folder, "leyla", passphrase)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
for name, use in {
    "backup": lambda: make_backup(desk.vault, folder.parent / "backups", b"", datetime.now(UTC)),
    "write": lambda: [people.add_person(desk, short_name="x" * 500) for _ in range(10_000) if saved.append(1) is None],
    "passphrase": lambda: desk.vault.change_passphrase(passphrase, passphrase, KdfCost.for_tests()),
    "lock": lambda: lock_desk(desk, "asked"),
}.items():
    saved = []
    try:
        use()
        print(name, "done")
    except VaultNotWritable as error:
        print(name, type(error).__name__, len(saved))
"""


@pytest.mark.long
@linux
def test_a_full_disk_is_told_at_backup_write_and_lock_and_loses_nothing(
    desk: Desk, vault_folder: Path, clock: Clock
) -> None:
    tell_secrets(desk)
    lock_desk(desk, "asked")
    before = (vault_folder / "records.db").stat().st_size
    lines = FULL.replace("import resource", "from shelterdesk.vault import KdfCost\nimport resource")
    told = subprocess.run(
        [sys.executable, "-c", lines, str(vault_folder), PASSPHRASE, str(before // 2)],
        cwd=ROOT,
        env=os.environ | {"PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    said = dict(line.split(" ", 1) for line in told.stdout.splitlines())
    assert said["backup"].split()[0] in ("DiskFull", "VaultNotWritable"), told
    kind, tried = said["write"].split()
    assert kind in ("DiskFull", "VaultNotWritable")
    assert not list((vault_folder.parent / "backups").iterdir()), "nothing half-made is left"
    again = open_desk(vault_folder, "leyla", PASSPHRASE, clock=clock)
    with again.read() as db:
        kept = db.query(people.Person).count()
    assert kept == 1 + int(tried) - 1, "every acknowledged person, and not the one that was refused"
    assert integrity.verify_desk(again).whole
    again.close()


KILLED = """
import os, sys
from pathlib import Path
from sqlalchemy.engine import Connection
from shelterdesk.opening import create_desk, lock_desk
from shelterdesk.vault import KdfCost
folder, passphrase = Path(sys.argv[1]), sys.argv[2]

def die_at(point):
    left = [point]
    def tick():
        left[0] -= 1
        if not left[0]:
            os._exit(9)
    def watch(owner, name):
        real = getattr(owner, name)
        def watched(*values, **named):
            tick()
            answer = real(*values, **named)
            tick()
            return answer
        setattr(owner, name, watched)
    for name in ("fsync", "rename", "replace", "mkdir", "unlink"):
        watch(os, name)
    watch(Connection, "_commit_impl")

point = 0
while True:
    point += 1
    child = os.fork()
    if child == 0:
        die_at(point)
        into = folder / str(point) / "desk-7F3A.vault"
        made, _code = create_desk(into, user_name="leyla", passphrase=passphrase, shelter="H", cost=KdfCost.for_tests())
        lock_desk(made, "asked")
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended == 0:
        break
    assert ended == 9, ended
print(point)
"""


@linux
@pytest.mark.long
def test_a_kill_while_a_vault_is_made_leaves_none_or_one_that_opens(tmp_path: Path, clock: Clock) -> None:
    told = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), PASSPHRASE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    points = int(told.stdout)
    assert points > 20
    opened = 0
    for point in range(1, points):
        folder = tmp_path / str(point) / "desk-7F3A.vault"
        if not folder.exists():
            continue
        opened += 1
        desk = open_desk(folder, "leyla", PASSPHRASE, clock=clock)
        assert len(rooms.sites_of(desk)) == 1, point
        assert integrity.verify_desk(desk).whole, point
        desk.close()
    assert 0 < opened < points
    first = tmp_path / "1" / "desk-7F3A.vault"
    create_desk(first, user_name="leyla", passphrase=PASSPHRASE, shelter="H", cost=KdfCost.for_tests())[0].close()
    with pytest.raises(VaultExists):
        create_desk(first, user_name="leyla", passphrase=PASSPHRASE, shelter="H", cost=KdfCost.for_tests())
