"""Keeping windows out of screenshots and recordings. Windows can; elsewhere nobody can promise it."""

from __future__ import annotations

import ctypes
import sys
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_NONE: Final = 0x00
_MONITOR: Final = 0x01
"""The window is black in pictures; Windows before 10 version 2004 knows only this."""
_EXCLUDED: Final = 0x11
"""The window is not in pictures at all."""


class CaptureGuard(QObject):
    """Excludes every window, dialog and menu from pictures, until that is lifted for training.

    *system* is ``user32`` on Windows and None where pictures cannot be kept away; tests give their own.
    """

    def __init__(self, app: QApplication, *, allowed: bool, system: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._system: Any = system
        self._allowed = allowed
        if system is not None:
            # Looking at every event costs something, so nobody looks where nothing can be done.
            app.installEventFilter(self)

    def stop(self) -> None:
        """Look at new windows no longer."""
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self.protect(watched)
        return False

    def protect(self, window: QWidget) -> bool:
        """Exclude a top-level *window*, or let it be seen again; tell whether the system did so."""
        if self._system is None or not window.isWindow() or window.windowHandle() is None:
            return False
        handle = int(window.winId())
        if self._allowed:
            return bool(self._system.SetWindowDisplayAffinity(handle, _NONE))
        return any(self._system.SetWindowDisplayAffinity(handle, wish) for wish in (_EXCLUDED, _MONITOR))

    def set_allowed(self, *, allowed: bool) -> None:
        """Let pictures be taken from now on, or no longer."""
        self._allowed = allowed
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self.protect(window)


def capture_control() -> Any:
    """Return what excludes windows from pictures here, None where nothing does."""
    if sys.platform != "win32":
        return None
    try:
        library: Any = ctypes.WinDLL("user32")  # pyright: ignore[reportAttributeAccessIssue]
        library.SetWindowDisplayAffinity.argtypes = [ctypes.c_void_p, ctypes.c_uint32]
    except (OSError, AttributeError):
        return None
    return library


def can_be_prevented() -> bool:
    """Tell whether pictures of the windows can be kept away on this computer."""
    return sys.platform == "win32"
