"""A desk with a fixed clock and fast keys for the tests of core."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shelterdesk.desk import Desk
from shelterdesk.opening import create_desk
from shelterdesk.vault import KdfCost

TUESDAY = datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
"""10:00 in Baku on Tuesday 17 November 2026."""

PASSPHRASE = "violin cloud harbour mustard"


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = TUESDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock of the ``desk``."""
    return Clock()


@pytest.fixture
def vault_folder(tmp_path: Path) -> Path:
    """Where the vault of the ``desk`` lies."""
    return tmp_path / "desk-7F3A.vault"


@pytest.fixture
def desk(vault_folder: Path, clock: Clock) -> Iterator[Desk]:
    """A new vault whose creator holds every key and most rights."""
    made, _code = create_desk(
        vault_folder,
        user_name="leyla",
        shown_as="Leyla A.",
        passphrase=PASSPHRASE,
        shelter="House",
        roles=("director", "social_worker", "psychologist", "lawyer", "nurse"),
        cost=KdfCost.for_tests(),
        clock=clock,
    )
    yield made
    made.close()
