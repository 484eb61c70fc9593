"""Timers that fire once each time they are started."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, SignalInstance


def once(owner: QObject, act: Callable[[], object] | SignalInstance, after: int = 0) -> QTimer:
    """Return a timer of *owner* that does *act* once, *after* milliseconds from its last start.

    With 0 it is done as soon as everything that waits now was dealt with, however often it was started until then.
    """
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(after)
    timer.timeout.connect(act)
    return timer
