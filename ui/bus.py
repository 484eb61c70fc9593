"""Tells pages in the window's thread which kinds of record a write changed, wherever the write ran."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from shelterdesk.desk import Desk


class Bus(QObject):
    """``changed`` carries a frozenset of kinds of record, e.g. ``{"service", "appointment"}``."""

    changed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A signal emitted in another thread is queued by Qt, so listeners always run in the window's thread.
        self._unsubscribe = desk.changed.subscribe(self.changed.emit)

    def close(self) -> None:
        """Stop listening to the desk."""
        self._unsubscribe()
