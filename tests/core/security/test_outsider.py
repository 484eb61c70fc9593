"""Who has the computer but no passphrase learns nothing, changes nothing unnoticed, makes nobody wait for ever."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shelterdesk import backups, people
from shelterdesk.desk import Desk
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.schema import log_reading
from shelterdesk.vault import (
    BackupDamaged,
    VaultDamaged,
    VaultNotWritable,
    VaultOnNetwork,
    WrongPassphrase,
    check_backup,
    failures,
    inspect_vault,
    network,
    open_vault,
    restore_backup,
    verify_vault,
)
from shelterdesk.vault.encoding import canonical
from tests.core.security.attackers import NAME, SECRET, tell_secrets
from tests.desks import PASSPHRASE, Clock

linux = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links like these exist elsewhere only")
PAGE = 4096


@pytest.fixture
def locked(desk: Desk, vault_folder: Path) -> Path:
    """A locked vault with secrets."""
    tell_secrets(desk)
    lock_desk(desk, "asked")
    return vault_folder


def test_the_folder_and_a_backup_tell_nothing_but_what_is_said(desk: Desk, vault_folder: Path, tmp_path: Path) -> None:
    tell_secrets(desk)
    backup = backups.back_up(desk, tmp_path / "backups")
    with pytest.raises(WrongPassphrase):
        desk.vault.change_passphrase("not it", "whatever it is")
    files = [*vault_folder.iterdir(), backup]
    assert {path.name for path in files} >= {"records.db", "records.db-wal", "records.db-shm", "failed-sign-ins.json"}
    everything = b"".join(path.read_bytes() for path in files)
    lock_desk(desk, "asked")
    everything += b"".join(path.read_bytes() for path in vault_folder.iterdir())
    words = (NAME, SECRET, "House", "Leyla A.", "she wants to learn", PASSPHRASE, "R-2026", "psychological")
    assert [word for word in words if word.encode() in everything or word.encode("utf-16-le") in everything] == []
    assert b"leyla" in everything, "sign-in names are public, and say so"
    home = tmp_path / "home"
    assert [path for path in home.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()] == []


def rewrite(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change both headers and mend their checksums, as anybody can."""
    document = json.loads((folder / "header.json").read_bytes())
    change(document)
    del document["checksum"]
    data = canonical({**document, "checksum": hashlib.sha256(canonical(document)).hexdigest()})
    for file in ("header.json", "header-copy.json"):
        (folder / file).write_bytes(data)


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "less stretching": lambda d: d["slots"][0]["kdf"].update(memory_kib=32),
    "endless stretching": lambda d: d["slots"][0]["kdf"].update(memory_kib=2**31 - 1),
    "a number that is a float": lambda d: d["slots"][0]["kdf"].update(memory_kib=64.0),
    "a number that is a truth": lambda d: d["slots"][0]["kdf"].update(iterations=True),
    "a slot of somebody else": lambda d: d["slots"][0].update(member=d["slots"][1]["member"]),
    "slots in another order": lambda d: d["slots"].reverse(),
    "no slots": lambda d: d.update(slots=[]),
    "a shorter chain": lambda d: d["chain"].pop(),
    "no chain": lambda d: d.update(chain=[]),
    "a later generation": lambda d: d.update(generation=d["generation"] + 1),
    "a huge generation": lambda d: d.update(generation=10**400),
    "a database elsewhere": lambda d: d["database"].update(file="../records.db"),
    "a database with a line end": lambda d: d["database"].update(file="records.db\n"),
    "another vault": lambda d: d.update(vault="0" * 32),
    "digits of another script": lambda d: d.update(vault="\u0660" * 32),
    "a name turned around": lambda d: d["chain"][0].update(user_name="\u202eleyla"),
    "half a sign for a name": lambda d: d["chain"][0].update(user_name="\ud800"),
    "another salt": lambda d: d["database"].update(salt="0" * 32),
    "a key taken out": lambda d: d["sealed_keys"].pop(next(iter(d["sealed_keys"]))),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_header_opens_nothing(locked: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "seconds_to_wait", lambda _folder: 0.0)
    before = (locked / "records.db").read_bytes()
    rewrite(locked, CHANGES[what])
    with pytest.raises((VaultDamaged, WrongPassphrase)):
        open_vault(locked, "leyla", PASSPHRASE)
    assert (locked / "records.db").read_bytes() == before


# --- the database and its write-ahead log -------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other"), [(1, 2), (3, 4), (10, 40)])
def test_pages_that_change_places_are_noticed(locked: Path, one: int, other: int) -> None:
    data = bytearray((locked / "records.db").read_bytes())
    places = (slice(one * PAGE, (one + 1) * PAGE), slice(other * PAGE, (other + 1) * PAGE))
    data[places[0]], data[places[1]] = data[places[1]], data[places[0]]
    (locked / "records.db").write_bytes(data)
    try:
        with open_vault(locked, "leyla", PASSPHRASE) as vault:
            assert verify_vault(vault)
    except VaultDamaged:
        pass


@pytest.fixture
def unfinished(desk: Desk, vault_folder: Path, tmp_path: Path) -> Path:
    """A vault as a power cut leaves it: what was saved last lies in the write-ahead log."""
    tell_secrets(desk)
    desk.vault.checkpoint()
    people.add_person(desk, short_name="Nur")
    copied = tmp_path / "cut" / vault_folder.name
    shutil.copytree(vault_folder, copied)
    desk.close()
    return copied


def rows_of(folder: Path) -> int:
    """Return how many rows the log has, after checking all of it."""
    with open_vault(folder, "leyla", PASSPHRASE) as vault:
        there = Desk(vault)
        with there.read() as db:
            rows = log_reading.verify_log(db, vault.verify, vault.chain_heads).rows
        assert verify_vault(vault) == []
    return rows


@pytest.mark.parametrize("garbage", [b"", b"\xff" * 100, b"\x00" * 32768, b"\xa5" * 32768])
def test_a_spoilt_shared_memory_file_harms_nothing(unfinished: Path, garbage: bytes) -> None:
    (unfinished / "records.db-shm").write_bytes(garbage)
    assert rows_of(unfinished) == 8


@pytest.mark.parametrize("part", [0, 31, 32, 0.5, 0.99])
def test_a_cut_write_ahead_log_loses_only_its_last_writes(unfinished: Path, part: float) -> None:
    log = unfinished / "records.db-wal"
    data = log.read_bytes()
    log.write_bytes(data[: int(part if part > 1 else part * len(data))])
    assert 7 <= rows_of(unfinished) <= 8


def forge_log(data: bytes, change: Callable[[bytearray, int], None]) -> bytes:
    """Change every frame and mend the checksums, which have no key."""
    found = bytearray(data)
    order = ">" if found[3] & 1 else "<"
    (size,) = struct.unpack(">I", found[8:12])
    sums = struct.unpack(">II", found[24:32])
    for start in range(32, len(found) - 23 - size, 24 + size):
        change(found, start)
        for part in (found[start : start + 8], found[start + 24 : start + 24 + size]):
            numbers = struct.unpack(f"{order}{len(part) // 4}I", part)
            for place in range(0, len(numbers), 2):
                first = (sums[0] + numbers[place] + sums[1]) & 0xFFFFFFFF
                sums = (first, (sums[1] + numbers[place + 1] + first) & 0xFFFFFFFF)
        found[start + 16 : start + 24] = struct.pack(">II", *sums)
    return bytes(found)


def test_a_write_ahead_log_with_right_checksums_is_no_way_in(unfinished: Path) -> None:
    log = unfinished / "records.db-wal"
    data = log.read_bytes()
    assert forge_log(data, lambda _found, _start: None) == data, "the checksums are made as SQLite makes them"

    def flip(found: bytearray, start: int) -> None:
        found[start + 24 + 100] ^= 1

    log.write_bytes(forge_log(data, flip))
    with pytest.raises(VaultDamaged):
        rows_of(unfinished)


# --- other things in the place of files ---------------------------------------------------------------------------


@linux
@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", ["failed-sign-ins.json", "header.json", "header-copy.json", "records.db"])
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(locked: Path, name: str) -> None:
    (locked / name).unlink(missing_ok=True)
    os.mkfifo(locked / name)
    if name in ("header.json", "records.db"):
        with pytest.raises(VaultDamaged):
            open_vault(locked, "leyla", PASSPHRASE)
    else:
        open_vault(locked, "leyla", PASSPHRASE).close()
        assert not inspect_vault(locked).copy_is_whole or name != "header-copy.json"


@linux
@pytest.mark.timeout(20)
def test_a_pipe_is_no_backup(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.dbk")
    for use in (check_backup, lambda file: restore_backup(file, tmp_path / "new")):
        with pytest.raises(BackupDamaged):
            use(tmp_path / "a.dbk")


@linux
def test_a_link_in_the_place_of_the_lock_reaches_no_other_file(locked: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("kept")
    for name in ("vault.lock", "failed-sign-ins.json"):
        (locked / name).unlink(missing_ok=True)
        (locked / name).symlink_to(precious)
    with pytest.raises(VaultNotWritable):
        open_vault(locked, "leyla", PASSPHRASE)
    (locked / "vault.lock").unlink()
    (locked / "vault.lock").mkdir()
    with pytest.raises(VaultNotWritable):
        open_vault(locked, "leyla", PASSPHRASE)
    (locked / "vault.lock").rmdir()
    with pytest.raises(WrongPassphrase):
        open_vault(locked, "leyla", "wrong")
    assert precious.read_text() == "kept"


@linux
def test_records_that_a_link_leads_to_a_share_are_refused(
    locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (locked / "records.db").rename(share / "records.db")
    (locked / "records.db").symlink_to(share / "records.db")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\nserver {share} cifs rw 0 0\n")
    monkeypatch.setattr(network, "_MOUNTS", mounts)
    with pytest.raises(VaultOnNetwork):
        open_vault(locked, "leyla", PASSPHRASE)


def test_names_written_beside_the_header_do_not_come_into_the_log(locked: Path, clock: Clock) -> None:
    written = {"failed": [{"at": "2026-11-17T05:00:00Z", "user_name": name} for name in ("leyla", "Murderer's joke")]}
    (locked / "failed-sign-ins.json").write_text(json.dumps(written | {"in_a_row": 0}))
    desk = open_desk(locked, "leyla", PASSPHRASE, clock=clock)
    with desk.read() as db:
        rows = [row for row in log_reading.logged(db) if row.act == "sign_in_failed"]
    said = [{change.field_id: change.after for change in row.changes}.get("log.user_name") for row in reversed(rows)]
    assert said == ["leyla", None]
    desk.close()
