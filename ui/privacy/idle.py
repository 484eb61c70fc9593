"""How long nobody touched keyboard or mouse, whatever window or dialog of ours is open."""

from __future__ import annotations

import sys
import time
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

WARNING_SECONDS: Final = 20
_SLEPT: Final = 3.0
"""Seconds a clock may run ahead of the one that stands still in sleep before the computer has slept."""


def seconds_with_sleep() -> float:
    """Return a clock that never goes back and goes on while the computer sleeps."""
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class IdleWatch(QObject):
    """``warned`` 20 seconds before ``cover_due``; then ``lock_due``. An open dialog keeps nothing awake.

    ``slept`` fires where the computer slept and nothing else told us so.
    """

    warned = Signal(int)
    resumed = Signal()
    cover_due = Signal()
    lock_due = Signal()
    slept = Signal()

    def __init__(self, cover_minutes: float, lock_minutes: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.set_limits(cover_minutes, lock_minutes)
        self._last = seconds_with_sleep()
        self._asleep = self._time_asleep()
        self._stage = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def set_limits(self, cover_minutes: float, lock_minutes: float) -> None:
        """Count towards other limits from now on."""
        self._cover, self._lock = cover_minutes * 60, lock_minutes * 60

    def touch(self) -> None:
        """Somebody pressed a key or moved the mouse."""
        self._last = seconds_with_sleep()
        if self._stage == 1:
            self._stage = 0
            self.resumed.emit()

    def start_over(self) -> None:
        """Count from now on, e.g. after coming back from the cover."""
        self._last = seconds_with_sleep()
        self._stage = 0

    def stop(self) -> None:
        """Count no longer."""
        self._timer.stop()

    def look(self, now: float | None = None) -> None:
        """Compare the idle time with the limits; *now* is a moment of the clock that goes on in sleep."""
        asleep = self._time_asleep()
        if asleep - self._asleep > _SLEPT:
            self._asleep = asleep
            self.slept.emit()
            return
        idle = (seconds_with_sleep() if now is None else now) - self._last
        if idle >= self._lock and self._stage < 3:
            self._stage = 3
            self.lock_due.emit()
        elif idle >= self._cover and self._stage < 2:
            self._stage = 2
            self.cover_due.emit()
        elif idle >= self._cover - WARNING_SECONDS and self._stage == 0:
            self._stage = 1
            self.warned.emit(WARNING_SECONDS)

    @staticmethod
    def _time_asleep() -> float:
        return seconds_with_sleep() - time.monotonic()
