"""Letting a set-up know that the program runs, so that an update asks for it to be closed first."""

from __future__ import annotations

import sys
from typing import Any, Final

NAME: Final = "Local\\ShelterDesk-running"
"""A named mutex of Windows; the set-up looks for it. «Local» is the session of one user, as the set-up is for one."""

_held: list[Any] = []


def announce() -> bool:
    """Hold the name until this process ends; tell whether it is held.

    Nothing is asked of Linux: a package there replaces files that are open.
    """
    if sys.platform != "win32":
        return False
    if not _held:
        import ctypes
        from ctypes import wintypes

        try:
            library: Any = ctypes.WinDLL("kernel32")
            library.CreateMutexW.argtypes = [wintypes.LPVOID, wintypes.BOOL, wintypes.LPCWSTR]
            library.CreateMutexW.restype = wintypes.HANDLE
            handle = library.CreateMutexW(None, False, NAME)
        except (OSError, AttributeError):
            return False
        if handle:
            # Several programs may hold it; it is gone when the last of them has ended, however it ended.
            _held.append(handle)
    return bool(_held)
