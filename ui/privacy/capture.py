"""Keeping windows out of screenshots and recordings. Windows can; elsewhere nobody can promise it."""

from __future__ import annotations

import ctypes
import sys
from typing import Any, Final

from PySide6.QtWidgets import QApplication, QWidget

_NONE: Final = 0x00
_MONITOR: Final = 0x01
"""The window is black in pictures; Windows before 10 version 2004 knows only this."""
_EXCLUDED: Final = 0x11
"""The window is not in pictures at all."""


class CaptureGuard:
    """Excludes every window, dialog and menu from pictures, until that is lifted for training.

    *system* is ``user32`` on Windows and None where pictures cannot be kept away; tests give their own.
    """

    def __init__(self, *, allowed: bool, system: Any = None) -> None:
        self._system: Any = system
        self._allowed = allowed

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
