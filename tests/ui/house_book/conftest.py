"""The house book in the windows of a director and of a real night worker, at ten in the morning and at night."""

from __future__ import annotations

from typing import Any

import pytest

from tests.ui.shots import settle
from ui.place import Place
from ui.window import Window


@pytest.fixture
def book(sample_window: Window) -> Any:
    """The page in the window of the director."""
    sample_window.go(Place("house_book"))
    settle()
    return sample_window.page()
