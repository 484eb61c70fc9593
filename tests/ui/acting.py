"""Showing a widget or a page in a test and gathering what signals say."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from tests.ui import shots
from ui.place import Place
from ui.window import Window


def shown(qtbot, widget: QWidget, width: int = 420) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, max(widget.sizeHint().height(), 40))
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    shots.settle()


def opened(window: Window, place: Place) -> Any:
    """Go to *place* and return its page."""
    window.seat.go(place)
    shots.settle()
    return window.page()


def gathered(signal) -> list:
    found: list = []
    signal.connect(lambda *values: found.append(values[0] if len(values) == 1 else values))
    return found


def gathered_calls(signal) -> list[bool]:
    found: list[bool] = []
    signal.connect(lambda: found.append(True))
    return found
