"""Creating, opening, closing; wrong passphrases; two processes; what is left on the disk."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from shelterdesk.errors import NoKey, NotAllowed, Problem
from shelterdesk.vault import (
    Compartment,
    DiskFull,
    KdfCost,
    NotAVault,
    OpenVault,
    VaultExists,
    VaultInUse,
    VaultNotWritable,
    VaultOnNetwork,
    WrongPassphrase,
    WrongRecoveryCode,
    create_vault,
    failures,
    inspect_vault,
    kdf,
    locking,
    network,
    neutral_name,
    open_vault,
    open_with_recovery,
    store,
    verify_vault,
)
from shelterdesk.vault.header import HEADER_FILE
from shelterdesk.vault.recovery import new_secret, write_code

from .conftest import NAME, PASSPHRASE

Elsewhere = Callable[[str, Path], "subprocess.Popen[str]"]


def put(vault: OpenVault, *values: str) -> None:
    with Session(vault.new_engine().execution_options(writes=True)) as session:
        session.execute(text("CREATE TABLE IF NOT EXISTS word (word TEXT PRIMARY KEY)"))
        session.execute(text("INSERT INTO word VALUES (:word)"), [{"word": value} for value in values])
        session.commit()


def words(vault: OpenVault) -> set[str]:
    with Session(vault.new_engine()) as session:
        return set(session.scalars(text("SELECT word FROM word")))


def test_what_was_written_is_read_again(vault: OpenVault, folder: Path) -> None:
    put(vault, "kept")
    member = vault.member
    vault.close()
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert words(again) == {"kept"}
        assert again.member == member
        assert again.members == (member,)
        assert member.roles == ("director", "social_worker")
        assert again.name == "desk-7F3A"
        assert again.id == vault.id
        assert again.ring.compartments == frozenset(Compartment)
        assert again.fold_key() == again.fold_key() != bytes(32)
        assert [holder.user_name for holder in again.holders("clinical")] == [NAME]


@pytest.mark.parametrize("name", ["aygün", " AYGÜN ", "Aygu\u0308n"])
def test_a_name_is_found_however_it_is_typed(vault: OpenVault, folder: Path, name: str) -> None:
    vault.close()
    open_vault(folder, name, PASSPHRASE).close()


def test_a_passphrase_is_the_same_however_it_is_composed(folder: Path) -> None:
    make = {"user_name": "a", "roles": ["director"], "cost": KdfCost.for_tests()}
    create_vault(folder, passphrase="qərənfil  ü\u00a0х", **make)[0].close()  # type: ignore[arg-type]
    open_vault(folder, "a", "qərənfil  u\u0308 х").close()


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("name", "passphrase"), [(NAME, PASSPHRASE + " "), (NAME, ""), ("Nobody", PASSPHRASE), ("", "")]
)
def test_what_does_not_fit_does_not_open(vault: OpenVault, folder: Path, name: str, passphrase: str) -> None:
    vault.close()
    with pytest.raises(WrongPassphrase) as told:
        open_vault(folder, name, passphrase)
    assert told.value.wait_seconds == 1
    with open_vault(folder, NAME, PASSPHRASE) as again:
        (failed,) = again.failed_sign_ins()
        assert failed.user_name == (NAME if name == NAME else "")
        assert datetime.now(UTC) - failed.at < timedelta(minutes=1)
        again.forget_failed_sign_ins()
        assert again.failed_sign_ins() == []


def test_a_mistyped_name_is_not_kept(vault: OpenVault, folder: Path) -> None:
    vault.close()
    with pytest.raises(WrongPassphrase):
        open_vault(folder, "my passphrase typed into the name", "")
    assert "typed" not in (folder / failures.FAILURES_FILE).read_text()


def test_pauses_grow_to_a_minute_and_end_with_success(tmp_path: Path) -> None:
    told = [failures.note_failure(tmp_path, "") for _ in range(8)]
    assert told == [1, 2, 4, 8, 16, 32, 60, 60]
    assert 58 < failures.seconds_to_wait(tmp_path) <= 60
    failures.note_success(tmp_path)
    assert failures.seconds_to_wait(tmp_path) == 0
    assert len(failures.failed_sign_ins(tmp_path)) == 8


def test_a_pause_outlives_the_process_but_not_a_clock_set_back(tmp_path: Path) -> None:
    failures.note_failure(tmp_path, "")
    failures._in_memory.clear()
    assert 0 < failures.seconds_to_wait(tmp_path) <= 1
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    (tmp_path / failures.FAILURES_FILE).write_text(
        json.dumps({"failed": [{"at": tomorrow, "user_name": ""}], "in_a_row": 99})
    )
    assert failures.seconds_to_wait(tmp_path) == 60


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"[]", b'{"failed": [1], "in_a_row": 1}', b"[" * 60000, b'{"a":' * 9999]
)
def test_a_spoilt_file_of_failures_harms_nobody(tmp_path: Path, content: bytes) -> None:
    (tmp_path / failures.FAILURES_FILE).write_bytes(content)
    assert failures.failed_sign_ins(tmp_path) == []
    assert failures.seconds_to_wait(tmp_path) == 0


def test_failures_are_bounded(tmp_path: Path) -> None:
    for _ in range(230):
        failures.note_failure(tmp_path, "x" * 64)
    assert len(failures.failed_sign_ins(tmp_path)) == 200
    assert (tmp_path / failures.FAILURES_FILE).stat().st_size < 64 * 1024


def test_a_wrong_passphrase_makes_the_next_attempt_wait(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(store.time, "sleep", waited.append)
    vault.close()
    with pytest.raises(WrongPassphrase):
        open_vault(folder, NAME, "wrong")
    open_vault(folder, NAME, PASSPHRASE).close()
    open_vault(folder, NAME, PASSPHRASE).close()
    assert waited[0] == 0
    assert 0 < waited[1] <= 1
    assert waited[2] == 0


@pytest.mark.usefixtures("impatient")
def test_a_changed_passphrase_replaces_the_old_one(vault: OpenVault, folder: Path) -> None:
    with pytest.raises(WrongPassphrase):
        vault.change_passphrase("wrong", "new", KdfCost.for_tests())
    with pytest.raises(Problem):
        vault.change_passphrase(PASSPHRASE, "  ", KdfCost.for_tests())
    vault.change_passphrase(PASSPHRASE, "new", KdfCost.for_tests())
    assert vault.generation == 2
    assert verify_vault(vault) == []
    vault.close()
    with pytest.raises(WrongPassphrase):
        open_vault(folder, NAME, PASSPHRASE)
    open_vault(folder, NAME, "new").close()


@pytest.mark.usefixtures("impatient")
def test_the_recovery_code_opens_everything(made: tuple[OpenVault, str], folder: Path) -> None:
    vault, code = made
    fingerprint = vault.fingerprint
    put(vault, "kept")
    vault.close()
    with open_with_recovery(folder, code) as recovered:
        assert recovered.member.is_recovery
        assert recovered.member not in recovered.members
        assert recovered.ring.compartments == frozenset(Compartment)
        assert recovered.fingerprint == fingerprint
        assert words(recovered) == {"kept"}
        assert recovered.verify(recovered.member.id, b"x", recovered.sign(b"x"))
        with pytest.raises(NotAllowed):
            recovered.change_passphrase(PASSPHRASE, "new")
    with pytest.raises(WrongRecoveryCode):
        open_with_recovery(folder, write_code(new_secret()))


def test_signatures_hold_for_one_member_one_text_and_one_vault(vault: OpenVault, tmp_path: Path) -> None:
    signature = vault.sign(b"head")
    assert vault.verify(vault.member.id, b"head", signature)
    assert not vault.verify(vault.member.id, b"heads", signature)
    assert not vault.verify(vault.id, b"head", signature)
    other, _ = create_vault(
        tmp_path / "other", user_name=NAME, roles=["director"], passphrase="x", cost=KdfCost.for_tests()
    )
    with other:
        assert not vault.verify(vault.member.id, b"head", other.sign(b"head"))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"user_name": "  "}, "user_name"),
        ({"user_name": "x" * 65}, "user_name"),
        ({"user_name": "a\x07"}, "user_name"),
        ({"roles": ["nurse"]}, "roles"),
        ({"roles": []}, "roles"),
        ({"passphrase": " "}, "passphrase"),
    ],
)
def test_what_a_vault_cannot_start_with_is_named(folder: Path, changed: dict[str, object], field: str) -> None:
    given = {"user_name": "a", "roles": ["director"], "passphrase": "b", "cost": KdfCost.for_tests(), **changed}
    with pytest.raises(Problem) as told:
        create_vault(folder, **given)  # type: ignore[arg-type]
    assert told.value.field == field
    assert not folder.exists()


def test_nothing_is_overwritten_by_a_new_vault(vault: OpenVault, folder: Path, tmp_path: Path) -> None:
    vault.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(VaultExists):
        create_vault(folder, user_name="b", roles=["director"], passphrase="c", cost=KdfCost.for_tests())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_crash_while_creating_leaves_no_vault(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from shelterdesk.vault import creation

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(creation, "write_header", lambda folder, header: creation.sync_file(folder / "missing"))
    with pytest.raises(FileNotFoundError):
        create_vault(folder, user_name="b", roles=["director"], passphrase="c", cost=KdfCost.for_tests())
    monkeypatch.undo()
    monkeypatch.setenv("SHELTERDESK_TEST_KDF", "1")
    monkeypatch.setattr(creation, "sync_file", fails)
    with pytest.raises(DiskFull):
        create_vault(folder, user_name="b", roles=["director"], passphrase="c", cost=KdfCost.for_tests())
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_good_enough_and_names_are_neutral(tmp_path: Path) -> None:
    target = tmp_path / "Sığınacaq Gəncə"
    target.mkdir()
    made, _ = create_vault(target, user_name="b", roles=["director"], passphrase="c", cost=KdfCost.for_tests())
    with made:
        assert made.name.startswith("desk-")
        assert "Gəncə" not in (target / HEADER_FILE).read_text()
    assert neutral_name() != neutral_name()


def test_what_is_no_vault_is_told_without_leaving_a_trace(tmp_path: Path) -> None:
    for look in (inspect_vault, lambda folder: open_vault(folder, "a", "b")):
        with pytest.raises(NotAVault):
            look(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_outline_needs_no_passphrase(vault: OpenVault, folder: Path) -> None:
    outline = inspect_vault(folder)
    assert (outline.id, outline.name, outline.user_names, outline.copy_is_whole) == (
        vault.id,
        "desk-7F3A",
        (NAME,),
        True,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_files_are_for_this_user_only(vault: OpenVault, folder: Path) -> None:
    put(vault, "kept")
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_one_vault_is_open_once_in_one_process(vault: OpenVault, folder: Path) -> None:
    with pytest.raises(VaultInUse):
        open_vault(folder, NAME, PASSPHRASE)
    vault.close()
    open_vault(folder, NAME, PASSPHRASE).close()


def test_another_process_keeps_the_vault_until_it_dies(vault: OpenVault, folder: Path, elsewhere: Elsewhere) -> None:
    put(vault, "before")
    vault.close()
    other = elsewhere("v = open_vault(folder, name, passphrase); print('open', flush=True); sys.stdin.read()", folder)
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    with pytest.raises(VaultInUse):
        open_vault(folder, NAME, PASSPHRASE)
    os.kill(other.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    other.wait()
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert words(again) == {"before"}


def test_closing_twice_is_safe_and_leaves_no_key(vault: OpenVault) -> None:
    engine = vault.new_engine()
    ring, key = vault.ring, vault.unlocked.database_key
    assert any(key)
    vault.close()
    vault.close()
    assert not any(key)
    assert ring.compartments == frozenset()
    with pytest.raises(NoKey):
        ring.seal(Compartment.HOUSE, "a.b", vault.id, b"x")
    for use in (vault.new_engine, vault.checkpoint, vault.fold_key, lambda: vault.sign(b""), engine.connect):
        with pytest.raises(RuntimeError):
            use()


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


def test_costs_are_bounded_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    for memory, iterations, lanes in [(2**31, 3, 4), (65536, 13, 4), (65536, 3, 17), (65536, 3, 0), (65536, 0, 4)]:
        with pytest.raises(ValueError, match="Argon2id"):
            KdfCost(memory, iterations, lanes)
    assert KdfCost.default() == KdfCost(262_144, 3, 4)
    assert KdfCost.lowest() == KdfCost(65_536, 3, 4)
    monkeypatch.delenv("SHELTERDESK_TEST_KDF")
    for memory, iterations in [(65_535, 3), (65_536, 2)]:
        with pytest.raises(ValueError, match="below"):
            KdfCost(memory, iterations, 4)
    with pytest.raises(ValueError, match="below"):
        KdfCost.for_tests()


def test_a_built_program_never_accepts_the_cost_of_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(ValueError, match="below"):
        KdfCost.for_tests()


def test_a_small_computer_gets_the_lowest_cost_and_no_less(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[KdfCost] = []

    def stretch(passphrase: str, salt: bytes, cost: KdfCost) -> bytearray:
        asked.append(cost)
        if cost.memory_kib > 65_536:
            raise kdf.NotEnoughMemory(256)
        return bytearray(32)

    monkeypatch.setattr(kdf, "stretch", stretch)
    assert kdf.stretch_as_strongly_as_possible("x", bytes(16))[1] == KdfCost.lowest()
    assert asked == [KdfCost.default(), KdfCost.lowest()]


def test_a_vault_made_without_asking_is_strong(folder: Path) -> None:
    made, _ = create_vault(folder, user_name="a", roles=["director"], passphrase="b")
    with made:
        assert made.header.slots[0].cost in {KdfCost.default(), KdfCost.lowest()}


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/office\\040files cifs rw 0 0
host:/export /home/user/nfs nfs4 rw 0 0
/dev/sdb1 /home/user/nfs/stick vfat rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/user/vaults", "ext4"),
        ("/mnt/office files/desk", "cifs"),
        ("/mnt/office filesystem", "ext4"),
        ("/home/user/nfs", "nfs4"),
        ("/home/user/nfs/stick/desk", "vfat"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="reads the mounts of Linux")
def test_the_file_system_of_a_path(path: str, kind: str) -> None:
    assert network.file_system_of(Path(path), MOUNTS) == kind


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the mounts of Linux")
def test_a_share_is_refused(vault: OpenVault, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.close()
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path} nfs rw 0 0\n")
    monkeypatch.setattr(network, "_MOUNTS", mounts)
    for attempt in (
        lambda: inspect_vault(folder),
        lambda: open_vault(folder, NAME, PASSPHRASE),
        lambda: create_vault(tmp_path / "new", user_name="a", roles=["director"], passphrase="b"),
    ):
        with pytest.raises(VaultOnNetwork):
            attempt()


def test_a_read_only_folder_is_told(vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    vault.close()
    monkeypatch.setattr(locking.FileLock, "acquire", read_only)
    with pytest.raises(VaultNotWritable, match="read-only"):
        open_vault(folder, NAME, PASSPHRASE)


def test_a_header_one_step_ahead_is_completed(vault: OpenVault, folder: Path) -> None:
    ahead = replace(vault.header, generation=2).authenticated(vault.unlocked.database_key)
    vault.close()
    (folder / HEADER_FILE).write_bytes(ahead.encoded())
    with open_vault(folder, NAME, PASSPHRASE) as completed:
        assert completed.generation == 2
        assert verify_vault(completed) == []
        completed.change_passphrase(PASSPHRASE, PASSPHRASE, KdfCost.for_tests())
        assert completed.generation == 3
