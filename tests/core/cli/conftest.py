"""A terminal, and vaults to type at."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shelterdesk import sample
from shelterdesk.cli.entry import VARIABLE
from shelterdesk.vault import KdfCost
from tests.core.cli.terminal import Terminal


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make vaults at the cost of tests; the commands themselves know only real ones."""
    monkeypatch.setattr(KdfCost, "default", classmethod(lambda _kind: KdfCost.for_tests()))
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(capsys, monkeypatch)


@pytest.fixture
def vault(tmp_path: Path, run: Terminal) -> Path:
    """An empty vault made by ``create``."""
    folder = tmp_path / "desk-7F3A.vault"
    assert run("create", folder, "--user", "leyla", "--shelter", "House").code == 0
    return folder


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Make a closed vault of so many invented people once; tests work on copies."""
    made: dict[int, Path] = {}

    def prepare(residents: int) -> Path:
        if residents not in made:
            made[residents] = tmp_path_factory.mktemp("prepared") / "desk-DE30.vault"
            desk, _words = sample.create_demo(made[residents], residents=residents, months=9, cost=KdfCost.for_tests())
            desk.close()
        return made[residents]

    return prepare


@pytest.fixture
def demo(tmp_path: Path, prepared: Callable[[int], Path]) -> Path:
    """A small vault of invented people."""
    return Path(shutil.copytree(prepared(12), tmp_path / "desk-DE30.vault"))
