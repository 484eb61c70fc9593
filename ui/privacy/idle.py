"""How long nobody touched keyboard or mouse, whatever window or dialog of ours is open."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

WARNING_SECONDS: Final = 20
_ACTIVITY: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """``warned`` 20 seconds before ``cover_due``; then ``lock_due``. An open dialog keeps nothing awake."""

    warned = Signal(int)
    resumed = Signal()
    cover_due = Signal()
    lock_due = Signal()

    def __init__(self, app: QObject, cover_minutes: float, lock_minutes: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cover, self._lock = cover_minutes * 60, lock_minutes * 60
        self._last = time.monotonic()
        self._stage = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self._last = time.monotonic()
            if self._stage == 1:
                self._stage = 0
                self.resumed.emit()
        return super().eventFilter(watched, event)

    def start_over(self) -> None:
        """Count from now on, e.g. after coming back from the cover."""
        self._last = time.monotonic()
        self._stage = 0

    def look(self, now: float | None = None) -> None:
        """Compare the idle time with the limits; *now* is a monotonic time in seconds."""
        idle = (time.monotonic() if now is None else now) - self._last
        if idle >= self._lock and self._stage < 3:
            self._stage = 3
            self.lock_due.emit()
        elif idle >= self._cover and self._stage < 2:
            self._stage = 2
            self.cover_due.emit()
        elif idle >= self._cover - WARNING_SECONDS and self._stage == 0:
            self._stage = 1
            self.warned.emit(WARNING_SECONDS)
