"""Showing a widget in a test and gathering what its signals say."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.ui import shots


def shown(qtbot, widget: QWidget, width: int = 420) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, max(widget.sizeHint().height(), 40))
    widget.show()
    widget.activateWindow()
    widget.setFocus()
    shots.settle()


def gathered(signal) -> list:
    found: list = []
    signal.connect(lambda *values: found.append(values[0] if len(values) == 1 else values))
    return found


def gathered_calls(signal) -> list[bool]:
    found: list[bool] = []
    signal.connect(lambda: found.append(True))
    return found
