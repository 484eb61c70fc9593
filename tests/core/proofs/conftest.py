"""A nursery for children that are killed, and a closed vault to copy."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from shelterdesk.opening import lock_desk
from tests.core.proofs.nursery import Nursery
from tests.core.proofs.scenes import a_new_desk
from tests.desks import at_another_computer


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """One for all tests."""
    if sys.platform == "win32":
        pytest.skip("forks, and kills with a signal nobody can catch")
    made = Nursery()
    yield made
    made.close()


@pytest.fixture(scope="session")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault; tests work at copies."""
    folder = tmp_path_factory.mktemp("closed") / "desk-7F3A.vault"
    with at_another_computer(tmp_path_factory):
        lock_desk(a_new_desk(folder)[0], "asked")
    return folder
