"""What desks in tests have in common: the moment, a clock that stands still, a passphrase and the first person."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from shelterdesk import house_settings
from shelterdesk.desk import Desk
from shelterdesk.vault import open_vault

TUESDAY = datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
"""10:00 in Baku on Tuesday 17 November 2026."""
TODAY = date(2026, 11, 17)
PASSPHRASE = "violin cloud harbour mustard"
FIRST = "leyla"
ROLES = ("director", "social_worker", "psychologist", "lawyer", "nurse")
"""Together they hold every key and most rights."""


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = TUESDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def at_another_computer(factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make something for many tests without any of them remembering it, at the cost of tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHELTERDESK_TEST_KDF", "1")
        patch.setenv("SHELTERDESK_HOME", str(factory.mktemp("home")))
        yield


def copied_desk(vault: Path, folder: Path, clock: Clock) -> Desk:
    """Return a desk at a copy of *vault* in *folder*, as after its making: signing in would add a row to the log."""
    shutil.copytree(vault, folder)
    made = Desk(open_vault(folder, FIRST, PASSPHRASE), clock=clock)
    house_settings.load(made)
    return made
