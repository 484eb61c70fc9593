"""Backups prove themselves; what is no whole backup is refused before anything is written."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import shutil
import threading
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shelterdesk.vault import (
    BackupDamaged,
    BackupOfAnotherVault,
    DiskFull,
    KdfCost,
    OpenVault,
    VaultExists,
    VaultNewer,
    VaultNotWritable,
    WrongPassphrase,
    backup,
    backup_opening,
    check_backup,
    create_vault,
    make_backup,
    open_vault,
    restore_backup,
    verify_vault,
)

from .conftest import NAME, PASSPHRASE

MOMENT = datetime(2026, 11, 22, 1, 30, tzinfo=timezone(timedelta(hours=4)))


def put(vault: OpenVault, rows: int) -> None:
    with Session(vault.new_engine().execution_options(writes=True)) as session:
        session.execute(text("CREATE TABLE IF NOT EXISTS word (number INTEGER PRIMARY KEY, word TEXT)"))
        session.execute(text("INSERT INTO word (word) VALUES (:word)"), [{"word": "x" * 100} for _ in range(rows)])
        session.commit()


def count(vault: OpenVault) -> int:
    with Session(vault.new_engine()) as session:
        return session.scalar(text("SELECT count(*) FROM word")) or 0


@pytest.fixture
def file(vault: OpenVault, tmp_path: Path) -> Path:
    """A backup of a small vault, made while it is open and has a write-ahead log."""
    put(vault, 50)
    return make_backup(vault, tmp_path / "backups", b"\xab" * 32, MOMENT, schema_revision="0003")


def test_a_backup_says_what_it_is_and_is_restored(vault: OpenVault, file: Path, tmp_path: Path) -> None:
    assert file.name == "desk-7F3A-2026-11-22.dbk"
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    outline = check_backup(file)
    assert (outline.vault, outline.name, outline.generation) == (vault.id, "desk-7F3A", 1)
    assert (outline.log_head, outline.schema_revision, outline.moment) == (b"\xab" * 32, "0003", MOMENT)
    assert outline.size == file.stat().st_size
    assert not outline.opened
    assert check_backup(file, vault).opened
    put(vault, 7)
    into = restore_backup(file, tmp_path / "desk-7F3A-restored")
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    with open_vault(into, NAME, PASSPHRASE) as restored:
        assert count(restored) == 50
        assert verify_vault(restored) == []
        assert restored.id == vault.id
    assert count(vault) == 57


def test_a_sign_in_opens_a_backup_without_its_vault(vault: OpenVault, file: Path) -> None:
    vault.close()
    assert check_backup(file, user_name="aygün", passphrase=PASSPHRASE).opened
    with pytest.raises(WrongPassphrase):
        check_backup(file, user_name=NAME, passphrase="wrong")


def test_names_that_are_taken_are_counted_on(vault: OpenVault, file: Path) -> None:
    names = [make_backup(vault, file.parent, b"", MOMENT).name for _ in range(2)]
    assert names == ["desk-7F3A-2026-11-22-2.dbk", "desk-7F3A-2026-11-22-3.dbk"]


def test_writers_go_on_while_a_backup_is_made(vault: OpenVault, tmp_path: Path) -> None:
    put(vault, 5000)
    stop = threading.Event()
    written: list[int] = []

    def write() -> None:
        engine = vault.new_engine().execution_options(writes=True)
        while not stop.is_set():
            with Session(engine) as session:
                session.execute(text("INSERT INTO word (word) VALUES ('y')"))
                session.commit()
                written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        file = make_backup(vault, tmp_path / "backups", b"", MOMENT)
    finally:
        stop.set()
        writer.join()
    assert written
    assert count(vault) == 5000 + len(written)
    with open_vault(restore_backup(file, tmp_path / "new"), NAME, PASSPHRASE) as restored:
        assert 5000 <= count(restored) <= 5000 + len(written)


def test_nothing_is_restored_over_anything(vault: OpenVault, file: Path, folder: Path, tmp_path: Path) -> None:
    occupied = tmp_path / "occupied"
    occupied.mkdir()
    (occupied / "letter.txt").write_text("mine")
    for into in (folder, occupied, occupied / "letter.txt"):
        with pytest.raises(VaultExists):
            restore_backup(file, into)
    assert (occupied / "letter.txt").read_text() == "mine"


def test_a_backup_of_another_vault_is_told(file: Path, tmp_path: Path) -> None:
    other, _ = create_vault(
        tmp_path / "other", user_name=NAME, roles=["director"], passphrase="x", cost=KdfCost.for_tests()
    )
    with other, pytest.raises(BackupOfAnotherVault):
        check_backup(file, other)


def test_one_altered_bit_anywhere_is_noticed(file: Path) -> None:
    whole = file.read_bytes()
    chance = random.Random(3)
    places = set(range(60)) | set(range(len(whole) - 1200, len(whole)))
    places |= {chance.randrange(len(whole)) for _ in range(300)}
    for place in places:
        altered = bytearray(whole)
        altered[place] ^= 1 << chance.randrange(8)
        file.write_bytes(altered)
        with pytest.raises(BackupDamaged):
            check_backup(file)
    for end in {0, 1, 21, 22, 85, 86, 4096, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(20))}:
        file.write_bytes(whole[:end])
        with pytest.raises(BackupDamaged):
            check_backup(file)
    file.write_bytes(whole + b"\0")
    with pytest.raises(BackupDamaged):
        check_backup(file)
    file.write_bytes(whole)
    check_backup(file)


def remade(file: Path, change: Callable[[dict[str, bytes]], None], compression: int = zipfile.ZIP_STORED) -> None:
    """Write *file* anew as somebody would who knows its shape: every checksum without a key fits."""
    with zipfile.ZipFile(file) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    change(content)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
        archive.comment = b"0" * 64
    data = stream.getvalue()[:-64]
    file.write_bytes(data + hashlib.sha256(data).hexdigest().encode())


def manifest(**changes: object) -> Callable[[dict[str, bytes]], None]:
    def change(content: dict[str, bytes]) -> None:
        document = {**json.loads(content["manifest.json"]), **changes}
        content["manifest.json"] = json.dumps(document).encode()

    return change


def database(data: Callable[[bytes], bytes]) -> Callable[[dict[str, bytes]], None]:
    def change(content: dict[str, bytes]) -> None:
        content["records.db"] = data(content["records.db"])
        document = json.loads(content["manifest.json"])
        document["files"]["records.db"] = {
            "size": len(content["records.db"]),
            "sha256": hashlib.sha256(content["records.db"]).hexdigest(),
        }
        content["manifest.json"] = json.dumps(document).encode()

    return change


def renamed(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(content: dict[str, bytes]) -> None:
        content[name] = content.pop("manifest.json")

    return change


HOSTILE: dict[str, Callable[[dict[str, bytes]], None]] = {
    "a way out of the folder": renamed("../manifest.json"),
    "an absolute name": renamed("/etc/passwd"),
    "one file more": lambda content: content.update({"run.exe": b"MZ"}),
    "one file less": lambda content: content.pop("records.db") and None,
    "no manifest": lambda content: content.update({"manifest.json": b"{}"}),
    "a manifest of brackets": lambda content: content.update({"manifest.json": b"[" * 100_000}),
    "a manifest in no letters": lambda content: content.update({"manifest.json": b"\xff\xff"}),
    "a header of brackets": lambda content: content.update({"header.json": b"{" * 100_000}),
    "another vault's id": manifest(vault="00" * 16),
    "a moment in words": manifest(moment="yesterday"),
    "a head in words": manifest(log_head="zz"),
    "more than a manifest has": manifest(extra=1),
    "files that are a list": manifest(files=[1]),
    "an endless number": lambda content: content.update(
        {"manifest.json": content["manifest.json"].replace(b'"size":', b'"x":Infinity,"size":')}
    ),
    "checksums that are numbers": manifest(files={"header.json": 1, "records.db": 2}),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_archive_is_refused(file: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    remade(file, change)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(BackupDamaged):
        check_backup(file)
    with pytest.raises(BackupDamaged):
        restore_backup(file, tmp_path / "new")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_bomb_does_not_swell(file: Path, tmp_path: Path) -> None:
    remade(file, database(lambda data: b"\0" * 50_000_000), zipfile.ZIP_DEFLATED)
    assert file.stat().st_size < 200_000
    with pytest.raises(BackupDamaged, match="whole"):
        restore_backup(file, tmp_path / "new")


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip" * 1000, b"PK\x05\x06" + b"\0" * 18, b"\0" * 5000])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.dbk"
    file.write_bytes(content)
    with pytest.raises(BackupDamaged):
        check_backup(file)


def test_a_missing_or_strange_file_is_told(tmp_path: Path) -> None:
    for file in (tmp_path / "missing.dbk", tmp_path):
        with pytest.raises(BackupDamaged):
            check_backup(file)


def test_a_newer_backup_is_told_by_name(file: Path) -> None:
    remade(file, manifest(format=2))
    with pytest.raises(VaultNewer, match="desk-7F3A"):
        check_backup(file)


@pytest.mark.parametrize(
    "change",
    [
        manifest(log_head="00" * 32),
        manifest(moment="2020-01-01T00:00:00Z"),
        database(lambda data: data[:9000] + bytes([data[9000] ^ 1]) + data[9001:]),
        database(lambda data: bytes([data[0] ^ 1]) + data[1:]),
        database(lambda data: data[:-4096]),
        database(lambda data: data + b"\0" * 4096),
        database(lambda data: b"\0" * len(data)),
        database(lambda data: b""),
    ],
)
def test_what_only_the_key_can_tell_is_found_by_opening(
    vault: OpenVault, file: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    remade(file, change)
    check_backup(file)
    with pytest.raises(BackupDamaged):
        check_backup(file, vault)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_full_stick_is_told_and_left_clean(vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    put(vault, 10)
    target = tmp_path / "stick"
    monkeypatch.setattr(backup, "write_archive", full)
    with pytest.raises(DiskFull):
        make_backup(vault, target, b"", MOMENT)
    monkeypatch.undo()
    assert list(target.iterdir()) == []
    monkeypatch.setattr(backup_opening.tempfile, "mkdtemp", lambda **_: full())
    with pytest.raises(DiskFull):
        make_backup(vault, target, b"", MOMENT)


def test_what_a_killed_backup_left_is_cleared_the_next_day(vault: OpenVault, file: Path) -> None:
    old, fresh, strange = (file.parent / name for name in ("desk-7F3A-old.part", "desk-7F3A-new.part", "mine.part"))
    for left in (old, fresh, strange):
        left.mkdir()
        (left / "records.db").write_bytes(b"x")
    for left in (old, strange):
        os.utime(left, (1, 1))
    make_backup(vault, file.parent, b"", MOMENT)
    assert not old.exists()
    assert fresh.exists()
    assert strange.exists()


def test_a_target_that_is_a_file_is_told(vault: OpenVault, tmp_path: Path) -> None:
    (tmp_path / "stick").write_text("")
    with pytest.raises(VaultNotWritable):
        make_backup(vault, tmp_path / "stick" / "backups", b"", MOMENT)


def test_a_backup_that_does_not_open_never_gets_its_name(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backup.copy_database

    def badly(source: object, path: Path, *more: Any) -> None:
        real(source, path, *more)
        data = bytearray(path.read_bytes())
        data[-100] ^= 1
        path.write_bytes(data)

    put(vault, 10)
    monkeypatch.setattr(backup, "copy_database", badly)
    with pytest.raises(BackupDamaged):
        make_backup(vault, tmp_path / "backups", b"", MOMENT)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_restore_that_fails_leaves_no_half_vault(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup_opening, "sync_file", full)
    with pytest.raises(DiskFull):
        restore_backup(file, tmp_path / "deep" / "new")
    assert list((tmp_path / "deep").iterdir()) == []
    shutil.rmtree(tmp_path / "deep")


def test_what_is_unpacked_lies_where_there_is_room(
    vault: OpenVault, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    moved = Path(shutil.move(file, stick))
    usage = shutil.disk_usage(tmp_path)
    full = vault.folder.parent

    def free(place: Path) -> Any:
        return usage._replace(free=0) if Path(place) == full else usage

    monkeypatch.setattr(backup_opening.shutil, "disk_usage", free)
    assert backup_opening.roomy(1000, full, stick) == stick
    assert check_backup(moved, vault).opened
    monkeypatch.setattr(backup_opening.shutil, "disk_usage", lambda _place: usage._replace(free=0))
    with pytest.raises(DiskFull):
        check_backup(moved, vault)
    with pytest.raises(DiskFull):
        make_backup(vault, stick, b"", MOMENT)
    assert [one.name for one in stick.iterdir()] == [moved.name]
