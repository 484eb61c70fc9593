"""Backups, restoring and saving what can be read, from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from shelterdesk import backups, sample
from shelterdesk.backup_targets import Target, set_targets
from shelterdesk.opening import lock_desk, open_desk
from tests.core.cli.terminal import Said, Terminal, at

WORDS = sample.PASSPHRASE


@pytest.fixture
def places(demo: Path, tmp_path: Path) -> Path:
    """A vault whose backups go to a folder and to a stick that is not plugged in."""
    desk = open_desk(demo, sample.USER_NAME, WORDS)
    set_targets(desk, [Target("a", "folder", str(tmp_path / "usual")), Target("b", "stick", "desk", "ROSA")])
    lock_desk(desk, "asked")
    return tmp_path / "usual"


def test_without_a_folder_every_place_gets_one(demo: Path, places: Path, run: Terminal) -> None:
    said = run("backup", *at(demo), "--json", passphrase=WORDS)
    assert said.code == 0
    (made,) = said.json
    assert Path(made["file"]).parent == places
    assert "ROSA is not there now." in said.err


def test_a_place_that_does_not_take_it_is_told_and_counts(demo: Path, places: Path, run: Terminal) -> None:
    places.write_text("a file where the folder should be")
    said = run("backup", *at(demo), passphrase=WORDS)
    assert said.code == 1
    assert str(places) in said.err


def test_verify_says_what_a_backup_holds(demo: Path, places: Path, run: Terminal) -> None:
    file = run("backup", *at(demo), passphrase=WORDS).out.strip()
    said = run("verify", file, "--user", "leyla", passphrase=WORDS)
    assert said.code == 0
    for words in ("every page checked", "People on file: 13", "Who could sign in: leyla"):
        assert words in said.out
    found = run("verify", file, *at(demo), "--json", passphrase=WORDS).json
    assert (found["opened"], found["people"], found["would_return"]) == (True, 13, [])
    assert run("verify", file, passphrase=None).code == 0
    assert run("verify", file, "--user", "leyla", passphrase="wrong").code == 3


@pytest.mark.long
def test_restore_with_a_sign_in_looks_through_first_and_never_goes_over_anything(
    demo: Path, places: Path, run: Terminal, tmp_path: Path
) -> None:
    file = run("backup", *at(demo), passphrase=WORDS).out.strip()
    new = tmp_path / "desk-0001.vault"
    assert run("restore", file, new, *at(demo), passphrase=WORDS).code == 0
    assert run("restore", file, new, *at(demo), passphrase=WORDS).code == 1
    assert run("restore", file, demo, *at(demo), passphrase=WORDS).code == 1
    assert not list(tmp_path.glob("*kept*"))
    acts = [row["act"] for row in run("log", "--vault", new, "--user", "leyla", "--json", passphrase=WORDS).json]
    assert acts[:4] == ["sign_in", "lock", "restore", "sign_in"]


def test_another_copy_is_named_and_opened_only_when_asked_for(demo: Path, run: Terminal, tmp_path: Path) -> None:
    assert run("residents", *at(demo), passphrase=WORDS).code == 0
    older = Path(shutil.copytree(demo, tmp_path / "desk-0002.vault"))
    assert run("residents", *at(demo), passphrase=WORDS).code == 0
    said = run("residents", *at(older), passphrase=WORDS)
    assert said.code == 1
    assert "older copy" in said.err
    assert "--any-copy" in said.err
    assert run("residents", *at(older), "--any-copy", passphrase=WORDS).code == 0


def harmed(demo: Path) -> Path:
    file = next(demo.glob("records*.db"))
    data = bytearray(file.read_bytes())
    # The first pages name the tables; without them nothing can be told apart.
    for page in range(400, len(data) // 4096, 9):
        data[page * 4096 + 50] ^= 1
    file.write_bytes(data)
    return demo


@pytest.mark.long
def test_rescue_saves_what_can_be_read_and_says_what_is_missing(demo: Path, run: Terminal, tmp_path: Path) -> None:
    new = tmp_path / "desk-0003.vault"
    said: Said = run("rescue", new, *at(harmed(demo)), passphrase=WORDS)
    assert said.code == 4, said.err
    assert said.out.strip() == str(new), said.err
    assert "missing" in said.err
    assert "was not touched" in said.err
    assert run("residents", "--vault", new, "--user", "leyla", passphrase=WORDS).code == 0
    assert run("rescue", new, *at(demo), passphrase=WORDS).code == 1, "never over a vault"


@pytest.mark.long
def test_rescue_of_a_whole_vault_lacks_nothing(demo: Path, run: Terminal, tmp_path: Path) -> None:
    said = run("rescue", tmp_path / "desk-0003.vault", *at(demo), "--json", passphrase=WORDS)
    assert said.code == 0
    assert said.json["missing"] == []
    assert said.json["rows"] > 1000


def test_the_schedule_and_the_command_share_their_memory(demo: Path, places: Path, run: Terminal) -> None:
    run("backup", *at(demo), passphrase=WORDS)
    desk = open_desk(demo, sample.USER_NAME, WORDS)
    here, away = backups.states(desk)
    assert here.memory.made
    assert away.memory.made is None
    desk.close()
