"""The night worker of the invented house, who holds only the key of the house, at the window at 3:12."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.desks import Clock
from tests.ui.shots import settle
from ui.pages.arrival.page import ArrivalPage
from ui.window import Window

NIGHT = datetime(2026, 11, 17, 23, 12, tzinfo=UTC)
"""3:12 in Baku on Wednesday 18 November 2026."""


@pytest.fixture
def night_clock(clock: Clock) -> Clock:
    """The clock in the middle of the night."""
    clock.now = NIGHT
    return clock


@pytest.fixture
def page(night: Window) -> ArrivalPage:
    """The page of a new arrival."""
    night.run("new_arrival")
    settle()
    shown = night.page()
    assert isinstance(shown, ArrivalPage)
    return shown
