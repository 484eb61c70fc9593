"""Visiting every page opens no window of its own, not even for a moment: it would flash up and take the keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.privacy.test_visitor_mode import places
from tests.ui.shots import settle
from ui.place import Place
from ui.window import Window


class Shown(QObject):
    """Notes what is shown as a window."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.seen: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__module__}.{type(watched).__name__} «{watched.objectName()}»")
        return False


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[Shown]:
    made = Shown(qapp)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


@pytest.mark.long
def test_pages_are_built_inside_the_window(qtbot: QtBot, sample_window: Window, shown: Shown) -> None:
    found = places(sample_window.seat.desk)
    settings = ("me", "people", "roles", "house", "window", "backup", "log", "requests", "about")
    found |= {f"settings {one}": Place("settings", section=one) for one in settings}
    flashed: dict[str, list[str]] = {}
    for name, place in found.items():
        shown.seen.clear()
        sample_window.go(place)
        settle()
        qtbot.waitUntil(lambda: not sample_window.seat.worker.is_busy(), timeout=20_000)
        settle()
        if shown.seen:
            flashed[name] = list(shown.seen)
    assert flashed == {}
