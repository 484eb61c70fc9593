"""Creating, opening and closing a vault; two processes; the recovery code; changing the passphrase."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shelterdesk.errors import NoKey, NotAllowed, Problem
from shelterdesk.vault import (
    Compartment,
    DiskFull,
    KdfCost,
    NotAVault,
    OpenVault,
    VaultExists,
    VaultInUse,
    WrongPassphrase,
    WrongRecoveryCode,
    create_vault,
    inspect_vault,
    neutral_name,
    open_vault,
    open_with_recovery,
    verify_vault,
)
from shelterdesk.vault.header import HEADER_FILE
from shelterdesk.vault.recovery import new_secret, write_code

from .conftest import NAME, PASSPHRASE
from .kept_words import put, words

Elsewhere = Callable[[str, Path], "subprocess.Popen[str]"]


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


def test_a_header_one_step_ahead_is_completed(vault: OpenVault, folder: Path) -> None:
    ahead = replace(vault.header, generation=2).authenticated(vault.unlocked.database_key)
    vault.close()
    (folder / HEADER_FILE).write_bytes(ahead.encoded())
    with open_vault(folder, NAME, PASSPHRASE) as completed:
        assert completed.generation == 2
        assert verify_vault(completed) == []
        completed.change_passphrase(PASSPHRASE, PASSPHRASE, KdfCost.for_tests())
        assert completed.generation == 3
