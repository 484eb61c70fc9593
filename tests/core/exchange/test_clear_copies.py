"""The clear copies an import leaves: named, deleted as far as that goes, and nothing else deleted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from shelterdesk.exchange import clear_copies as module
from shelterdesk.exchange.clear_copies import CannotDelete, Role, clear_copies, delete_clear_copy
from shelterdesk.i18n import text


def test_only_what_is_still_there_is_named(tmp_path: Path) -> None:
    source = tmp_path / "list.xlsx"
    source.write_bytes(b"12345")

    (found,) = clear_copies(source, tmp_path / "mend.xlsx")
    assert (found.path, found.role, found.size, found.role.words()) == (source, Role.SOURCE, 5, "the list you imported")
    assert clear_copies(None) == ()


def test_a_copy_is_overwritten_before_it_goes(tmp_path: Path) -> None:
    source = tmp_path / "Aysel.csv"
    content = b"Aysel;1994" * 200_000
    source.write_bytes(content)
    other_name = tmp_path / "still open"
    os.link(source, other_name)

    assert delete_clear_copy(source).overwritten
    assert not source.exists()
    left = other_name.read_bytes()
    assert len(left) == len(content)
    assert b"Aysel" not in left


def test_a_copy_that_cannot_be_overwritten_is_deleted_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "list.csv"
    source.write_bytes(b"Aysel")

    def refuse(_descriptor: int) -> None:
        raise OSError

    monkeypatch.setattr(module.os, "fsync", refuse)
    assert not delete_clear_copy(source).overwritten
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["desk-7F3A-2026-11-21.dbk", "header.json", "records.db"])
def test_nothing_but_tables_is_deleted(tmp_path: Path, name: str) -> None:
    kept = tmp_path / name
    kept.write_bytes(b"content")

    with pytest.raises(CannotDelete, match="no spreadsheet"):
        delete_clear_copy(kept)
    assert kept.read_bytes() == b"content"


def test_links_folders_and_missing_files_are_refused(tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.write_bytes(b"Aysel")
    link = tmp_path / "link.csv"
    link.symlink_to(real)
    folder = tmp_path / "folder.csv"
    folder.mkdir()

    for path in (link, folder, tmp_path / "none.csv"):
        with pytest.raises(CannotDelete):
            delete_clear_copy(path)
    assert real.read_bytes() == b"Aysel"


def test_a_copy_that_stays_keeps_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "list.csv"
    source.write_bytes(b"Aysel")

    def refuse(_path: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(CannotDelete, match="Close it in other programs"):
        delete_clear_copy(source)
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def test_what_deletion_cannot_promise_is_said() -> None:
    words = text(module.WHAT_DELETION_CANNOT)

    assert all(place in words for place in ("e-mail", "memory sticks", "backups", "Solid-state".lower()))
