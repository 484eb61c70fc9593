"""Dialogs that Windows itself draws, such as that of the printers: cancelled when the window is covered or locked."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes
from typing import Any, Final, Protocol

_DIALOG: Final = "#32770"
"""What Windows calls the kind of window that all its dialogs are."""
_WM_COMMAND: Final = 0x0111
_IDCANCEL: Final = 2


class Windows(Protocol):
    """What is asked of the system."""

    def of_this_thread(self) -> list[tuple[int, str]]:
        """Return handle and kind of every window of this thread."""
        ...

    def cancel(self, handle: int) -> None:
        """Press «Cancel», without waiting for what comes of it."""
        ...


def cancel_dialogs(windows: Windows | None = None) -> None:
    """Cancel every dialog of the system that this thread has open. Elsewhere than on Windows there are none."""
    if windows is None:
        if sys.platform != "win32":
            return
        windows = _User32()
    for handle, kind in windows.of_this_thread():
        if kind == _DIALOG:
            windows.cancel(handle)


class _User32:
    def __init__(self) -> None:
        load: Any = ctypes.WinDLL  # pyright: ignore[reportAttributeAccessIssue]
        self._user: Any = load("user32")
        self._kernel: Any = load("kernel32")
        self._user.PostMessageW.argtypes = [wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM]

    def of_this_thread(self) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []

        def note(handle: int, _nothing: int) -> bool:
            name = ctypes.create_unicode_buffer(16)
            self._user.GetClassNameW(wintypes.HWND(handle), name, len(name))
            found.append((handle, name.value))
            return True

        make: Any = ctypes.WINFUNCTYPE  # pyright: ignore[reportAttributeAccessIssue]
        callback = make(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)(note)
        self._user.EnumThreadWindows(self._kernel.GetCurrentThreadId(), callback, 0)
        return found

    def cancel(self, handle: int) -> None:
        self._user.PostMessageW(handle, _WM_COMMAND, _IDCANCEL, 0)
