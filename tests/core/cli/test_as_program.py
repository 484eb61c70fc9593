"""The command in a process of its own, and what a session of commands leaves behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar

import pytest

from shelterdesk import sample
from shelterdesk.cli.entry import VARIABLE
from tests.core.cli.terminal import Terminal, at

ROOT = Path(__file__).resolve().parents[3]


class TestOnDisk:
    """What is left behind by a session of commands."""

    NAMES: ClassVar = ("Mehdiyeva", "Kovalenko", "Aysel M.", "Nərmin", "Göy Palıd", "Go to court", "Leyla A.", "Lerik")

    @pytest.mark.long
    def test_no_name_is_found_anywhere_after_a_session(
        self, tmp_path: Path, run: Terminal, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        temporary = tmp_path / "temporary"
        temporary.mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(temporary))
        monkeypatch.setenv("TMPDIR", str(temporary))
        demo = tmp_path / "desk-DE30.vault"
        for words in (
            ("demo", demo, "--residents", "14", "--months", "9"),
            ("residents", *at(demo)),
            ("residents", "--json", "--why", "tried", *at(demo)),
            ("backup", tmp_path / "backups", *at(demo)),
            ("verify", *at(demo)),
            ("log", "--json", *at(demo)),
        ):
            assert run(*words, passphrase=sample.PASSPHRASE).code == 0
        assert run("residents", *at(demo), passphrase="wrong").code == 3

        searched = [file for file in tmp_path.rglob("*") if file.is_file()]
        assert {file.name for file in searched} >= {"records.db", "header.json"}
        for file in searched:
            data = file.read_bytes()
            for name in (*self.NAMES, sample.PASSPHRASE):
                for spelled in (name.encode(), name.encode("utf-16-le")):
                    assert spelled not in data, f"{name} in {file}"
        assert not list(temporary.iterdir())


class TestAsProgram:
    """The command as a schedule starts it: its own process, pipes, any locale, real key stretching."""

    @pytest.fixture
    def environment(self, tmp_path: Path) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return kept | {
            "SHELTERDESK_HOME": str(tmp_path / "home"),
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        }

    def start(self, environment: dict[str, str], *words: object, **how: Any) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-W", "error", "-m", "shelterdesk.cli", *map(str, words)]
        return subprocess.run(command, check=False, env=environment, capture_output=True, timeout=120, **how)

    @pytest.mark.long
    def test_a_schedule_makes_reads_and_pipes(self, tmp_path: Path, environment: dict[str, str]) -> None:
        folder = tmp_path / "desk-DE30.vault"
        made = self.start(environment, "demo", folder, "--residents", "12", "--months", "6")
        assert made.returncode == 0, made.stderr
        lines = made.stdout.decode("utf-8").splitlines()
        assert lines[0] == "user: leyla"
        passphrase = lines[1].removeprefix("passphrase: ").encode()

        # No locale can spell these names, and still they come out.
        listed = self.start(
            environment, "residents", "--here", *at(folder), "--passphrase-file", "-", input=passphrase + b"\n"
        )
        assert listed.returncode == 0, listed.stderr
        assert "Nərmin" in listed.stdout.decode("utf-8")
        assert listed.stderr == b""

        command = [sys.executable, "-m", "shelterdesk.cli", "log", *at(folder), "--passphrase-file", "-"]
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as head:
            assert head.stdin
            assert head.stdout
            assert head.stderr
            head.stdout.close()
            head.stdin.write(passphrase + b"\n")
            head.stdin.close()
            told = head.stderr.read()
            assert head.wait(timeout=120) == 0
        assert told == b""

        wrong = self.start(environment | {VARIABLE: "wrong"}, "residents", *at(folder))
        assert wrong.returncode == 3
        assert b"Traceback" not in wrong.stderr
