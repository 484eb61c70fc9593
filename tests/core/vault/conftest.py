"""A small vault with fast keys, and a way to run something against it from another process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shelterdesk.vault import KdfCost, OpenVault, create_vault, failures

from .colleagues import Colleague, new_colleague

ROOT = Path(__file__).parents[3]
NAME = "Aygün"
PASSPHRASE = "violin cloud harbour mustard"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the vault of the test lies."""
    return tmp_path / "desk-7F3A.vault"


@pytest.fixture
def made(folder: Path) -> Iterator[tuple[OpenVault, str]]:
    """A new open vault and its recovery code."""
    vault, code = create_vault(
        folder, user_name=NAME, roles=["director", "social_worker"], passphrase=PASSPHRASE, cost=KdfCost.for_tests()
    )
    yield vault, code
    vault.close()


@pytest.fixture
def vault(made: tuple[OpenVault, str]) -> OpenVault:
    """A new open vault."""
    return made[0]


@pytest.fixture
def nurse(vault: OpenVault) -> Colleague:
    """A nurse with keys of her own who is no member yet."""
    return new_colleague(vault, "Nərgiz")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait after wrong passphrases."""
    monkeypatch.setattr(failures, "seconds_to_wait", lambda folder: 0.0)


@pytest.fixture
def elsewhere() -> Iterator[Callable[[str, Path], subprocess.Popen[str]]]:
    """Run lines of Python in another process, with the vault's folder as ``folder``; ends what still runs."""
    running: list[subprocess.Popen[str]] = []

    def run(lines: str, folder: Path) -> subprocess.Popen[str]:
        head = (
            "import sys; from pathlib import Path; from shelterdesk.vault import *\n"
            f"folder, name, passphrase = Path({str(folder)!r}), {NAME!r}, {PASSPHRASE!r}\n"
        )
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", head + lines],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        running.append(process)
        return process

    yield run
    for process in running:
        process.kill()
        process.communicate()
