"""What the system tells about the desk: its screen was locked, it goes to sleep, somebody else takes the keyboard.

Each source is a small thing of its own: Windows' messages or the desktop's bus. Where one is missing nothing is said;
the idle time still holds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

Tell = Callable[[str], None]
"""Takes the code of a reason, see :mod:`shelterdesk.lock_reasons`."""


class Source(Protocol):
    """Somewhere such news come from."""

    def start(self, tell: Tell) -> None:
        """Pass news on to *tell* from now on."""
        ...

    def stop(self) -> None:
        """Give back what was asked of the system."""
        ...


class SystemWatch(QObject):
    """``lock_due`` hands back why, while the system still waits for it where it can be made to wait."""

    lock_due = Signal(str)

    def __init__(self, sources: Sequence[Source], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources = list(sources)
        for source in self._sources:
            source.start(self.lock_due.emit)

    def stop(self) -> None:
        """Listen no longer."""
        sources, self._sources = self._sources, []
        for source in sources:
            source.stop()


def sources_of_this_system(app: QApplication, window: QWidget) -> list[Source]:
    """Return what this system can tell."""
    if sys.platform == "win32":
        from ui.privacy.windows_messages import WindowsMessages

        return [WindowsMessages(app, int(window.winId()))]
    if sys.platform == "linux":
        # The bus costs a thread; where nobody listens it is not even loaded.
        from ui.privacy.desktop_bus import Logind, ScreenSavers, session_bus, system_bus

        found: list[Source] = []
        if (address := system_bus()) is not None:
            found.append(Logind(address))
        if (address := session_bus()) is not None:
            found.append(ScreenSavers(address))
        return found
    return []
