"""What desks in tests have in common: the moment, a clock that stands still, a passphrase and the first person."""

from __future__ import annotations

from datetime import UTC, date, datetime

TUESDAY = datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
"""10:00 in Baku on Tuesday 17 November 2026."""
TODAY = date(2026, 11, 17)
PASSPHRASE = "violin cloud harbour mustard"
ROLES = ("director", "social_worker", "psychologist", "lawyer", "nurse")
"""Together they hold every key and most rights."""


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = TUESDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now
