"""A program on a stick keeps everything beside itself, finds it again under another letter, and says when it cannot."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from shelterdesk import backup_targets, logs, own_place, paths
from shelterdesk.desk import Desk
from shelterdesk.settings import LAST_VAULT, Settings, settings_file
from tests.core.packaged import pretend_packaged


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return pretend_packaged(tmp_path / "stick", monkeypatch, portable=True)


def test_everything_lies_beside_the_program(stick: Path) -> None:
    assert paths.is_portable()
    for place in (settings_file(), logs.log_file(), paths.default_vault_folder(), paths.default_backup_folder()):
        assert place.is_relative_to(stick / "data")


def test_without_the_mark_it_is_an_ordinary_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_packaged(tmp_path / "program", monkeypatch)
    monkeypatch.delenv("SHELTERDESK_HOME")
    assert not paths.is_portable()
    assert not paths.machine_folder().is_relative_to(tmp_path / "program")


def test_a_home_that_was_chosen_wins(stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELTERDESK_HOME", str(tmp_path / "home"))
    assert not paths.is_portable()
    assert paths.machine_folder() == tmp_path / "home"


def test_the_mark_means_nothing_to_the_source(tmp_path: Path) -> None:
    assert paths.program_folder() is None
    assert not paths.is_portable()


def test_the_vault_is_found_again_when_the_stick_has_another_place(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = paths.default_vault_folder() / "desk-7F3A.vault"
    folder.mkdir(parents=True)
    Settings().change(LAST_VAULT, paths.remembered(folder))
    assert str(tmp_path) not in settings_file().read_text(encoding="utf-8")
    elsewhere = Path(shutil.move(stick, tmp_path / "another letter"))
    monkeypatch.setattr(sys, "executable", str(elsewhere / "ShelterDesk"))
    found = paths.found_again(Settings().value(LAST_VAULT))
    assert found == elsewhere / "data" / "vaults" / "desk-7F3A.vault"
    assert found.is_dir()


def test_a_vault_elsewhere_is_remembered_as_it_is(stick: Path, tmp_path: Path) -> None:
    folder = tmp_path / "desk-7F3A.vault"
    assert paths.remembered(folder) == str(folder)
    assert paths.found_again(str(folder)) == folder


def test_backups_beside_the_program_are_not_written_down_with_a_letter(desk: Desk, stick: Path) -> None:
    backup_targets.begin_with(desk, paths.default_backup_folder())
    (target,) = backup_targets.targets(desk)
    assert target.path == str(stick / "data" / "backups")
    backup_targets.begin_with(desk, stick / "data" / "others")
    (target,) = backup_targets.targets(desk)
    assert target.path == str(stick / "data" / "others")


def test_a_place_that_takes_files_is_made_and_left_clean(stick: Path) -> None:
    own_place.make_ready()
    assert list((stick / "data").iterdir()) == []


def test_a_stick_that_takes_nothing_is_told_before_anything_else(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_words: object, **_named: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("shelterdesk.own_place.tempfile.mkstemp", locked)
    with pytest.raises(own_place.PlaceNotWritable, match="stick may be locked against writing"):
        own_place.make_ready()


def test_a_file_in_the_way_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "home").write_bytes(b"")
    with pytest.raises(own_place.PlaceNotWritable, match="whoever looks after this computer"):
        own_place.make_ready()
