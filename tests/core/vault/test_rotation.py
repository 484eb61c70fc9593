"""Moving to a new database file: the old state or the new one, never a header that names what is gone."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from shelterdesk.vault import (
    DiskFull,
    KdfCost,
    OpenVault,
    VaultDamaged,
    VaultNotWritable,
    WrongPassphrase,
    check_backup,
    make_backup,
    open_vault,
    open_with_recovery,
    repair_header,
    store,
    verify_vault,
)
from shelterdesk.vault.changes import Change
from shelterdesk.vault.compartments import KEY_NAMES
from shelterdesk.vault.course import Course, Stopped
from shelterdesk.vault.errors import RotationUnderWay
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE, read_header
from shelterdesk.vault.rotation import NewRecords, rotate
from tests.core.vault.conftest import NAME, PASSPHRASE
from tests.core.vault.kept_words import put, words
from tests.core.vault.renewing import database_files, new_keys, nothing_to_log, renewing, store_write, write_and
from tests.desks import TUESDAY

# --- the new state ------------------------------------------------------------------------------------------------


def test_everything_goes_on_in_a_new_file_and_the_old_one_is_gone(vault: OpenVault, folder: Path) -> None:
    put(vault, "before")
    engine = vault.new_engine()
    with Session(engine) as session:
        assert session.scalar(text("SELECT word FROM word")) == "before"
    generation, fold_key = vault.generation, vault.fold_key()
    new_keys(vault, *KEY_NAMES[1:])
    assert vault.generation == generation + 1
    assert vault.rotations == 1
    assert vault.database_path.name == "records-2.db"
    assert "records.db" not in database_files(folder)
    put(vault, "after")
    vault.check_in_place()
    with Session(engine) as session:
        assert set(session.scalars(text("SELECT word FROM word"))) == {"before", "after"}
    assert vault.fold_key() == fold_key
    assert verify_vault(vault) == []
    vault.close()
    assert database_files(folder) == ["records-2.db"]
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert words(again) == {"before", "after"}
        assert again.fold_key() == fold_key
        assert verify_vault(again) == []


def test_what_lies_in_the_write_ahead_log_only_comes_along(vault: OpenVault, folder: Path) -> None:
    put(vault, "before")
    size = vault.database_path.stat().st_size
    put(vault, *(f"{number} {'x' * 500}" for number in range(200)))
    assert vault.database_path.stat().st_size == size, "all of it is in the log"
    new_keys(vault)
    assert len(words(vault)) == 201
    vault.close()
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert len(words(again)) == 201


def test_passphrase_backup_and_recovery_work_on(made: tuple[OpenVault, str], folder: Path, tmp_path: Path) -> None:
    vault, code = made
    put(vault, "before")
    new_keys(vault, "clinical")
    vault.change_passphrase(PASSPHRASE, "another passphrase", KdfCost.for_tests())
    file = make_backup(vault, tmp_path / "backups", b"", TUESDAY)
    assert check_backup(file, vault).opened
    vault.close()
    with open_with_recovery(folder, code) as found:
        assert words(found) == {"before"}
        assert found.ring.key_of(next(iter(found.ring.compartments)))
        new_keys(found, "clinical", "case")
        assert words(found) == {"before"}
    with pytest.raises(WrongPassphrase):
        open_vault(folder, NAME, PASSPHRASE)
    with open_vault(folder, NAME, "another passphrase") as again:
        assert words(again) == {"before"}
        assert again.rotations == 2


def test_both_headers_name_the_new_file_and_none_has_the_old_keys(vault: OpenVault, folder: Path) -> None:
    before = vault.header
    new_keys(vault, "case")
    for file in (HEADER_FILE, COPY_FILE):
        header = read_header(folder, file)
        assert header == vault.header
        assert header.database == "records-2.db"
        assert header.salt != before.salt
    stay = {grant.ciphertext for state in vault.unlocked.trust.keys.values() for grant in state.holders.values()}
    assert set(vault.header.sealed_keys) == stay
    assert set(before.sealed_keys) - stay, "what sealed the old keys is gone from the header"


# --- what a rotation needs ----------------------------------------------------------------------------------------


def test_a_change_that_does_not_fit_is_refused(vault: OpenVault) -> None:
    without_database = Change(vault)
    without_database.renew(["case"])
    on_an_older_header = renewing(vault)
    vault.change_passphrase(PASSPHRASE, PASSPHRASE, KdfCost.for_tests())
    for change in (without_database, on_an_older_header):
        with pytest.raises(ValueError, match="a rotation renews"):
            rotate(vault, change, {}, nothing_to_log)
        assert not any(any(change.keys[name][1]) for name in change.renewed), "its fresh keys are wiped"
    with pytest.raises(ValueError, match="need a rotation"):
        vault.commit(renewing(vault))


def test_one_at_a_time(vault: OpenVault) -> None:
    told: list[object] = []

    def again() -> None:
        try:
            new_keys(vault)
        except RotationUnderWay as error:
            told.append(error)

    def meddle(_new: NewRecords) -> None:
        thread = threading.Thread(target=again)
        thread.start()
        thread.join()

    rotate(vault, renewing(vault), {}, meddle)
    assert len(told) == 1
    new_keys(vault)


def test_writers_of_other_engines_wait_and_then_say_so(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    put(vault, "before")
    told: list[object] = []

    def write(_new: NewRecords) -> None:
        with vault.connection() as connection:
            connection.execute("PRAGMA busy_timeout=10")
            try:
                connection.execute("INSERT INTO word VALUES ('lost?')")
            except Exception as error:  # noqa: BLE001 - which one it is, the next line says
                told.append(str(error))

    rotate(vault, renewing(vault), {}, write)
    assert told == ["database is locked"]
    assert words(vault) == {"before"}


# --- the old state ------------------------------------------------------------------------------------------------


def as_it_was(vault: OpenVault, folder: Path, header: bytes) -> None:
    """Find nothing changed, and everything working."""
    assert (folder / HEADER_FILE).read_bytes() == (folder / COPY_FILE).read_bytes() == header
    assert not [name for name in database_files(folder) if not name.startswith("records.db")]
    assert vault.rotations == 0
    put(vault, "after")
    assert words(vault) == {"before", "after"}
    assert verify_vault(vault) == []
    vault.close()
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert words(again) == {"before", "after"}
        new_keys(again, "case")


def test_a_header_that_cannot_be_written_changes_nothing(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(vault, "before")
    header = (folder / HEADER_FILE).read_bytes()

    def full(path: Path) -> None:
        raise DiskFull(path.parent)

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_atomically", write_and(full))
        with pytest.raises(DiskFull):
            new_keys(vault)
    as_it_was(vault, folder, header)


@pytest.mark.parametrize("stage", ["copying", "log", "end"])
def test_stopped_or_failed_at_any_stage_nothing_is_changed(vault: OpenVault, folder: Path, stage: str) -> None:
    put(vault, "before")
    header = (folder / HEADER_FILE).read_bytes()
    change = renewing(vault, "case")
    fresh = [change.keys[name][1] for name in change.renewed]

    def fail(_new: NewRecords) -> None:
        if stage == "log":
            raise DiskFull(folder)

    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > {"copying": 0, "end": 2}.get(stage, 100)

    with pytest.raises(DiskFull if stage == "log" else Stopped):
        rotate(vault, change, {}, fail, course=Course(cancelled=stop))
    assert not any(any(key) for key in fresh)
    as_it_was(vault, folder, header)


def test_closing_the_vault_ends_it(vault: OpenVault, folder: Path) -> None:
    put(vault, "before")
    at_work, closing = threading.Event(), threading.Event()
    told: list[BaseException] = []

    def work() -> None:
        def wait(_new: NewRecords) -> None:
            at_work.set()
            closing.wait(20)
            vault._turnstile._stopping.wait(20)

        with vault.rotating() as stopped:
            try:
                rotate(vault, renewing(vault), {}, wait, course=Course(cancelled=stopped))
            except Stopped as error:
                told.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    assert at_work.wait(20)
    closing.set()
    vault.close()
    thread.join(20)
    assert len(told) == 1
    assert database_files(folder) == ["records.db"]
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert words(again) == {"before"}


# --- between the two ----------------------------------------------------------------------------------------------


def test_a_header_that_was_renamed_but_perhaps_not_for_ever_counts(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(vault, "before")

    def write_and_fail(path: Path, data: bytes) -> None:
        store_write(path, data)
        if path.name == HEADER_FILE:
            raise VaultNotWritable(path.parent)

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_atomically", write_and_fail)
        new_keys(vault)
    assert vault.database_path.name == "records-2.db"
    put(vault, "after")
    vault.close()
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert words(again) == {"before", "after"}


def test_where_nobody_knows_what_the_header_names_nothing_more_is_written(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(vault, "before")

    def gone(path: Path, *_data: object) -> Any:
        raise VaultNotWritable(path)

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_atomically", gone)
        patch.setattr(store, "read_header", gone)
        with pytest.raises(VaultNotWritable):
            new_keys(vault)
    with pytest.raises(VaultNotWritable):
        vault.check_in_place()
    vault.close()
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert words(again) == {"before"}


def test_as_long_as_the_copy_names_the_old_file_it_stays_and_opens_no_more(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(vault, "before")

    def no_copy(path: Path) -> None:
        if path.name == COPY_FILE:
            raise DiskFull(path.parent)

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_atomically", write_and(no_copy))
        new_keys(vault)
        put(vault, "after")
        vault.close()
    assert {"records.db", "records-2.db"} <= set(database_files(folder))
    aside = folder.parent / "aside"
    shutil.copytree(folder, aside)
    # Whoever fell back on the copy would go on working in old records without knowing.
    (aside / HEADER_FILE).write_bytes(b"{}")
    assert repair_header(aside) == HEADER_FILE
    with pytest.raises(VaultDamaged, match="older than the records"):
        open_vault(aside, NAME, PASSPHRASE)
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert words(again) == {"before", "after"}
        assert read_header(folder, COPY_FILE) == again.header
        assert "records.db" not in database_files(folder)


def test_killed_between_the_two_headers_the_new_state_opens_and_the_rest_is_cleared(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(vault, "before")
    seen: dict[str, Path] = {}

    def photograph(path: Path) -> None:
        seen[path.name] = folder.parent / f"at {path.name}"
        shutil.copytree(folder, seen[path.name])

    with monkeypatch.context() as patch:
        patch.setattr(store, "write_atomically", write_and(photograph))
        new_keys(vault)
    vault.close()
    with open_vault(seen[HEADER_FILE], NAME, PASSPHRASE) as old:
        assert (old.rotations, words(old)) == (0, {"before"})
        assert not [name for name in database_files(old.folder) if name.startswith("records-2")]
    with open_vault(seen[COPY_FILE], NAME, PASSPHRASE) as new:
        assert (new.rotations, words(new)) == (1, {"before"})
        assert not [name for name in database_files(new.folder) if name.startswith("records.db")]
        assert read_header(new.folder, COPY_FILE) == new.header
        assert verify_vault(new) == []
