"""Wrong passphrases: told, kept for the log, and slowed down."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shelterdesk.vault import (
    OpenVault,
    WrongPassphrase,
    failures,
    open_vault,
    open_with_recovery,
    store,
)

from .conftest import NAME, PASSPHRASE

Elsewhere = Callable[[str, Path], "subprocess.Popen[str]"]


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


def test_the_own_passphrase_is_known_again(made: tuple[OpenVault, str], folder: Path) -> None:
    vault, code = made
    assert vault.is_own_passphrase(PASSPHRASE)
    assert not vault.is_own_passphrase("wrong")
    vault.close()
    with open_with_recovery(folder, code) as recovered:
        assert not recovered.is_own_passphrase(PASSPHRASE)
