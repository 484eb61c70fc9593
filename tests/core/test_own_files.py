"""The program compares its own files with the list of the build."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from shelterdesk import own_files
from shelterdesk.cli import main
from tests.core.packaged import CONTENT, pretend_packaged


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return pretend_packaged(tmp_path / "program", monkeypatch)


def test_a_program_as_it_was_built_is_whole(program: Path) -> None:
    seen: list[tuple[int, int]] = []
    found = own_files.check(progress=lambda done, total: seen.append((done, total)))
    assert found.whole
    assert found.files == len(CONTENT)
    assert seen[-1] == (len(CONTENT), len(CONTENT))


def test_what_the_set_up_and_the_stick_lay_beside_it_is_not_counted(program: Path) -> None:
    for name in ("portable.txt", "neutral.toml", "uninstall.exe", "data/vaults/desk-7F3A.vault/header.json"):
        (program / name).parent.mkdir(parents=True, exist_ok=True)
        (program / name).write_bytes(b"x")
    assert own_files.check().whole


def change(program: Path) -> None:
    (program / "ShelterDesk").write_bytes(b"the windows")


def change_one_bit(program: Path) -> None:
    (program / "_internal/base_library.zip").write_bytes(b"modulez")


def lose(program: Path) -> None:
    (program / "_internal/resources/icons/app-mark.svg").unlink()


def add(program: Path) -> None:
    (program / "_internal" / "sitecustomize.py").write_bytes(b"import os")


def add_beside(program: Path) -> None:
    (program / "version.dll").write_bytes(b"x")


@pytest.mark.parametrize(
    ("harm", "field", "name"),
    [
        (change, "changed", "ShelterDesk"),
        (change_one_bit, "changed", "_internal/base_library.zip"),
        (lose, "missing", "_internal/resources/icons/app-mark.svg"),
        (add, "extra", "_internal/sitecustomize.py"),
        (add_beside, "extra", "version.dll"),
    ],
)
def test_every_difference_is_named(program: Path, harm: Callable[[Path], None], field: str, name: str) -> None:
    harm(program)
    found = own_files.check()
    assert not found.whole
    assert getattr(found, field) == (name,)
    assert sum(map(len, (found.changed, found.missing, found.extra))) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"# nothing\n",
        b"\xff\xfe",
        b"abc  ShelterDesk\n",
        b"%s  ../outside\n" % (b"0" * 64),
        b"%s  /etc/passwd\n" % (b"0" * 64),
        b"%s  C:/Windows\n" % (b"0" * 64),
    ],
)
def test_a_list_that_is_none_is_told_so(program: Path, content: bytes) -> None:
    (program / own_files.LIST).write_bytes(content)
    with pytest.raises(own_files.NoFileList, match="Install ShelterDesk again"):
        own_files.check()


def test_a_program_run_from_its_source_has_no_list() -> None:
    with pytest.raises(own_files.NoFileList, match="runs from its source"):
        own_files.check()


def test_the_fingerprint_follows_the_list(program: Path) -> None:
    before = own_files.check().list_sha256
    assert before == own_files.digest(program / own_files.LIST)
    with (program / own_files.LIST).open("a", encoding="utf-8") as stream:
        stream.write("# one more line\n")
    assert own_files.check().list_sha256 != before


def test_the_command_tells_it_and_its_exit_code_too(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify-program"]) == 0
    assert "4 files are as they were built." in capsys.readouterr().out
    change(program)
    add(program)
    assert main(["verify-program"]) == 4
    told = capsys.readouterr()
    assert "Changed: ShelterDesk" in told.out
    assert "Not of the build: _internal/sitecustomize.py" in told.out
    assert "was not looked at" in told.err
    assert main(["verify-program", "--json"]) == 4
    plain = json.loads(capsys.readouterr().out)
    assert plain["whole"] is False
    assert plain["changed"] == ["ShelterDesk"]
