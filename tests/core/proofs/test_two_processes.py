"""Two programs at one vault: the second is told, the first works on, and nothing is mixed up. Other users as well."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from shelterdesk import integrity
from shelterdesk.opening import lock_desk, open_desk
from shelterdesk.people import Person
from shelterdesk.vault import VaultInUse, open_vault, repair_header
from tests.core.cli.terminal import Terminal, at
from tests.core.proofs.nursery import Nursery
from tests.core.proofs.scenes import RACERS, USER
from tests.desks import PASSPHRASE

IN_USE = "already open in another window"


@pytest.fixture
def vault(closed: Path, tmp_path: Path) -> Path:
    """A closed vault of one's own."""
    return Path(shutil.copytree(closed, tmp_path / "desk-7F3A.vault"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """The command line."""
    return Terminal(capsys, monkeypatch)


def test_while_one_program_works_every_other_is_told_and_loses_nothing(
    vault: Path, tmp_path: Path, nursery: Nursery, run: Terminal
) -> None:
    with nursery.living("sitting", vault) as other:
        for words in (
            ("residents", *at(vault)),
            ("verify", *at(vault)),
            ("backup", tmp_path / "backups", *at(vault)),
            ("log", *at(vault)),
        ):
            told = run(*words)
            assert told.code == 1, words
            assert IN_USE in told.err
        for words in (("create", vault, "--user", "eve", "--shelter", "House"), ("restore", _a_backup(), vault)):
            told = run(*words)
            assert told.code == 1, words
            assert "not empty" in told.err
        with pytest.raises(VaultInUse):
            open_vault(vault, USER, PASSPHRASE)
        with pytest.raises(VaultInUse):
            repair_header(vault)
        # The first one goes on writing.
        other.hear()
        other.hear()
    assert run("verify", *at(vault)).code == 0, "its lock ended with it, though it was killed"
    desk = open_desk(vault, USER, PASSPHRASE)
    with desk.read() as db:
        for _record, _person, person_id, _name, number in other.said:
            assert db.get_one(Person, UUID(person_id)).short_name == f"said {number}"
    assert integrity.verify_desk(desk).findings == []
    lock_desk(desk, "asked")


def _a_backup() -> Path:
    from tests.core.proofs.test_earlier_schemas import FILES

    return FILES[0]


def test_of_many_at_once_exactly_one_gets_the_vault(vault: Path, nursery: Nursery) -> None:
    for _ in range(5):
        said = sorted(words[0] for words in nursery.live("racing", vault).said)
        assert said == ["VaultInUse"] * (RACERS - 1) + ["opened"]
    open_vault(vault, USER, PASSPHRASE).close()


@pytest.fixture
def of_another_user(closed: Path) -> Iterator[Path]:
    """A vault below a folder everybody may look into, as the home of a colleague at the same computer."""
    place = Path(tempfile.mkdtemp(prefix="colleague-"))
    folder = Path(shutil.copytree(closed, place / "desk-7F3A.vault"))
    yield folder
    for path in (place, folder):
        path.chmod(0o700)
    shutil.rmtree(place)


REACH = {"nothing": (0, 0), "the names of the files": (5, 0), "everything but writing": (5, 4)}
"""What the rights on folder and files allow, as digits of ``chmod``."""


@pytest.mark.parametrize("reach", REACH)
def test_the_vault_of_another_user_is_told_as_that(of_another_user: Path, nursery: Nursery, reach: str) -> None:
    """Where there is no second user to become, the same rights are taken from oneself."""
    folder_right, file_right = REACH[reach]
    for file in of_another_user.iterdir():
        file.chmod(file_right * 0o111)
    of_another_user.chmod(folder_right * 0o111)
    of_another_user.parent.chmod(0o555)
    said = nursery.live("as_somebody_else", of_another_user).said
    told = {" ".join(name): kind for kind, *name in said}
    assert told["open"] == told["copy"] == told["repair"] == told["create within"] == "VaultNotWritable"
    assert told["create"] in ("VaultExists", "VaultNotWritable")
    assert told["inspect"] == ("nothing" if reach == "everything but writing" else "VaultNotWritable")
