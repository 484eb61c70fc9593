"""What only Windows shows: run by ``python3 installer build --windows --test``, skipped elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests out where there is no Windows."""
    if sys.platform != "win32":
        for item in items:
            if HERE in item.path.parents:
                item.add_marker(pytest.mark.skip(reason="needs Windows"))


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests away from the profile, and from slow key stretching."""
    monkeypatch.setenv("SHELTERDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SHELTERDESK_TEST_KDF", "1")
