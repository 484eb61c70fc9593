"""After keys were replaced: files that are left over, and what the old keys are still good for."""

from __future__ import annotations

from pathlib import Path

import pytest

from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault import (
    OpenVault,
    VaultDamaged,
    open_vault,
    repair_header,
)
from shelterdesk.vault.changes import Change
from shelterdesk.vault.compartments import DATABASE
from shelterdesk.vault.header import COPY_FILE, HEADER_FILE
from shelterdesk.vault.members import Standing
from shelterdesk.vault.rotation import rotate
from tests.core.security.attackers import EVE, EVES_PASSPHRASE, HELD, admit_eve
from tests.core.vault.conftest import NAME, PASSPHRASE
from tests.core.vault.kept_words import put, words
from tests.core.vault.renewing import database_files, new_keys, nothing_to_log

# --- what is left over --------------------------------------------------------------------------------------------


def leave_behind(folder: Path) -> set[str]:
    names = {"records-2.db", "records-2.db-wal", "records-2.db-shm", "records-7.db", "records-9.db-journal"}
    for name in names:
        (folder / name).write_bytes(b"left over")
    return names


def test_files_no_header_names_are_cleared_at_the_next_opening(vault: OpenVault, folder: Path) -> None:
    put(vault, "before")
    vault.close()
    left = leave_behind(folder)
    others = {"records-old.db", "records-2.db.bak", "records-01.db", "notes.txt"}
    for name in others:
        (folder / name).write_bytes(b"not ours")
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert words(again) == {"before"}
        found = {one.name for one in folder.iterdir()}
    assert not left & found
    assert others <= found


@pytest.mark.parametrize("damaged", [HEADER_FILE, COPY_FILE])
def test_nothing_is_cleared_while_a_header_cannot_be_read(vault: OpenVault, folder: Path, damaged: str) -> None:
    vault.close()
    left = leave_behind(folder)
    (folder / damaged).write_bytes(b"{}")
    with open_vault(folder, NAME, PASSPHRASE, use_copy=damaged == HEADER_FILE):
        pass
    assert left <= {one.name for one in folder.iterdir()}
    repair_header(folder)
    with open_vault(folder, NAME, PASSPHRASE):
        assert not left & {one.name for one in folder.iterdir()}


def test_what_lies_under_the_next_name_is_taken_away_or_passed_over(vault: OpenVault, folder: Path) -> None:
    put(vault, "before")
    leave_behind(folder)
    new_keys(vault)
    assert vault.database_path.name == "records-2.db"
    assert words(vault) == {"before"}
    (folder / "records-3.db").mkdir()
    new_keys(vault)
    assert vault.database_path.name == "records-4.db"
    assert words(vault) == {"before"}


def test_an_old_file_that_is_still_read_goes_as_soon_as_it_can(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(vault, "before")
    held: list[str] = ["records.db", "records.db-wal", "records.db-shm"]
    unlink = Path.unlink

    def held_open(path: Path, missing_ok: bool = False) -> None:
        if path.name in held:
            raise PermissionError(path)
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", held_open)
        new_keys(vault)
        assert "records.db" in database_files(folder)
        put(vault, "after")
        held.clear()
        vault.close()
    assert database_files(folder) == ["records-2.db"]
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert words(again) == {"before", "after"}


# --- who knew the old keys ----------------------------------------------------------------------------------------


def test_an_old_header_beside_the_new_file_opens_nothing(vault: OpenVault, folder: Path) -> None:
    put(vault, "before")
    old = {file: (folder / file).read_bytes() for file in (HEADER_FILE, COPY_FILE)}
    new_keys(vault, "case")
    vault.close()
    for file, data in old.items():
        (folder / file).write_bytes(data)
    with pytest.raises(VaultDamaged):
        open_vault(folder, NAME, PASSPHRASE)
    (folder / "records-2.db").rename(folder / "records.db")
    with pytest.raises(VaultDamaged):
        open_vault(folder, NAME, PASSPHRASE)


def test_a_removed_member_is_removed_in_the_same_step(vault: OpenVault, folder: Path) -> None:
    eve = admit_eve(vault, *HELD)
    put(vault, "before")
    vault.close()
    open_vault(folder, EVE, EVES_PASSPHRASE).close()
    with open_vault(folder, NAME, PASSPHRASE) as again:
        change = Change(again)
        change.change_member(eve, standing=Standing.REMOVED)
        change.use_slots(eve)
        change.renew((DATABASE, *(one.value for one in HELD)))
        rotate(again, change, {}, nothing_to_log)
        assert again.keys_due == {}
        assert words(again) == {"before"}
    with pytest.raises(ShelterDeskError):
        open_vault(folder, EVE, EVES_PASSPHRASE)
    with open_vault(folder, NAME, PASSPHRASE) as again:
        assert [one.standing for one in again.members] == [Standing.ACTIVE, Standing.REMOVED]
