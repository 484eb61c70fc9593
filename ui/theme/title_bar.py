"""The title bar that the system draws: dark where the window is dark. Only Windows has to be told."""

from __future__ import annotations

import ctypes
import sys
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from ui import theme

_DARK: Final = (20, 19)
"""DWMWA_USE_IMMERSIVE_DARK_MODE, and its number before Windows 10 version 2004."""


class TitleBars(QObject):
    """Tells Windows for every window and dialog whether it is dark.

    *system* is ``dwmapi`` on Windows and None elsewhere; tests give their own.
    """

    def __init__(self, app: QApplication, system: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._system: Any = system
        if system is not None:
            app.installEventFilter(self)
            theme.notifier.changed.connect(self.dress_all)

    def stop(self) -> None:
        """Look at new windows no longer."""
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            self.dress(watched)
        return False

    def dress(self, window: QWidget) -> bool:
        """Give a top-level *window* the title bar of the scheme; tell whether the system did so."""
        if self._system is None or not window.isWindow() or window.windowHandle() is None:
            return False
        dark = ctypes.c_int(int(theme.current().dark))
        handle, size = int(window.winId()), ctypes.sizeof(dark)
        return any(
            self._system.DwmSetWindowAttribute(handle, number, ctypes.byref(dark), size) == 0 for number in _DARK
        )

    def dress_all(self) -> None:
        """Dress what is on screen anew, because the scheme changed."""
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self.dress(window)


def title_bar_control() -> Any:
    """Return what colours title bars here, None where the desktop does that by itself."""
    if sys.platform != "win32":
        return None
    try:
        library: Any = ctypes.WinDLL("dwmapi")  # pyright: ignore[reportAttributeAccessIssue]
        library.DwmSetWindowAttribute.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_uint32]
        library.DwmSetWindowAttribute.restype = ctypes.c_int32
    except (OSError, AttributeError):
        return None
    return library
