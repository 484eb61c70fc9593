"""What a killed maker of a vault left is cleared; what somebody works at, or what is not ours, is not touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from shelterdesk.vault import KdfCost, OpenVault, create_vault, open_vault
from shelterdesk.vault.making import clear_left_overs, made_beside

from .conftest import NAME, PASSPHRASE


def left_by_a_kill(folder: Path, *names: str) -> Path:
    left = folder.with_name(f"{folder.name}.new-0123abcd")
    left.mkdir()
    for name in names:
        (left / name).write_bytes(b"x")
    left.with_name(f"{left.name}.lock").write_bytes(b"")
    return left


def test_the_next_vault_made_in_the_same_place_clears_it(folder: Path, tmp_path: Path) -> None:
    left_by_a_kill(tmp_path / "desk-0001.vault", "records.db", "records.db-wal", "header.json", "header-copy.json.new")
    left_by_a_kill(tmp_path / "desk-0002.vault")
    (tmp_path / "desk-0003.vault.new-0123abcd.lock").write_bytes(b"")
    create_vault(folder, user_name="b", roles=["director"], passphrase="c", cost=KdfCost.for_tests())[0].close()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_the_next_opening_clears_it(vault: OpenVault, folder: Path) -> None:
    vault.close()
    left = left_by_a_kill(folder, "records.db", "records-2.db-journal")
    open_vault(folder, NAME, PASSPHRASE).close()
    assert [path.name for path in left.parent.iterdir()] == [folder.name]


@pytest.mark.parametrize("name", ["letter.txt", "records.db.txt", "vault.lock", "records-x.db"])
def test_a_folder_with_anything_else_in_it_stays(folder: Path, name: str) -> None:
    left = left_by_a_kill(folder, "records.db", name)
    clear_left_overs(folder.parent)
    assert {file.name for file in left.iterdir()} == {"records.db", name}


def test_folders_and_links_within_stay(folder: Path, tmp_path: Path) -> None:
    left = left_by_a_kill(folder)
    (left / "records.db").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "header.json").write_text("mine")
    link = tmp_path / "desk-0001.vault.new-89abcdef"
    link.symlink_to(elsewhere)
    clear_left_overs(tmp_path)
    assert (left / "records.db").is_dir()
    assert (link / "header.json").read_text() == "mine"


@pytest.mark.parametrize("name", ["desk-7F3A.vault.new-0123", "desk-7F3A.vault.new-0123ABCD", "novel.new-chapters"])
def test_other_names_stay(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    clear_left_overs(tmp_path)
    assert (tmp_path / name).is_dir()


def test_what_somebody_is_making_right_now_stays(folder: Path, tmp_path: Path) -> None:
    with made_beside(folder) as beside:
        (beside / "header.json").write_text("half")
        create_vault(
            tmp_path / "desk-0001.vault", user_name="b", roles=["director"], passphrase="c", cost=KdfCost.for_tests()
        )[0].close()
        assert (beside / "header.json").exists()
    assert (folder / "header.json").read_text() == "half"
    assert not list(tmp_path.glob("*.new-*"))
