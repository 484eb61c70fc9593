"""Windows tells by messages to a window when the screen is locked, the user switched, or sleep or the end is near."""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray
from PySide6.QtWidgets import QApplication

from shelterdesk import lock_reasons
from ui.privacy.os_signals import Tell

_WM_QUERYENDSESSION: Final = 0x0011
_WM_ENDSESSION: Final = 0x0016
_WM_POWERBROADCAST: Final = 0x0218
_WM_WTSSESSION_CHANGE: Final = 0x02B1
_PBT_APMSUSPEND: Final = 0x0004
_NOTIFY_FOR_THIS_SESSION: Final = 0
_SESSION: Final = {
    0x2: lock_reasons.USER_SWITCHED.code,  # WTS_CONSOLE_DISCONNECT
    0x4: lock_reasons.USER_SWITCHED.code,  # WTS_REMOTE_DISCONNECT
    0x6: lock_reasons.ENDING.code,  # WTS_SESSION_LOGOFF
    0x7: lock_reasons.SCREEN.code,  # WTS_SESSION_LOCK
}


class WindowsMessages(QAbstractNativeEventFilter):
    """Reads the messages of our windows. Windows waits for the answer, so the vault is locked before it goes on.

    *terminal* is ``wtsapi32``; tests give their own.
    """

    def __init__(self, app: QApplication, window: int, terminal: Any = None) -> None:
        super().__init__()
        self._app, self._window = app, window
        self._terminal: Any = terminal
        self._tell: Tell | None = None

    def start(self, tell: Tell) -> None:
        """Ask for the messages and pass on what they mean."""
        self._tell = tell
        if self._terminal is None:
            self._terminal = _terminal_services()
        if self._terminal is not None:
            self._terminal.WTSRegisterSessionNotification(self._window, _NOTIFY_FOR_THIS_SESSION)
        self._app.installNativeEventFilter(self)

    def stop(self) -> None:
        """Ask for no more messages."""
        self._tell = None
        self._app.removeNativeEventFilter(self)
        if self._terminal is not None:
            self._terminal.WTSUnRegisterSessionNotification(self._window)

    def nativeEventFilter(self, kind: QByteArray | bytes, message: Any) -> tuple[bool, int]:
        if self._tell is not None and QByteArray(kind).data() == b"windows_generic_MSG":
            found = wintypes.MSG.from_address(int(message))
            reason = _reason(found.message, found.wParam or 0)
            if reason:
                self._tell(reason)
        # Whoever else listens is told as well.
        return False, 0


def _reason(message: int, first: int) -> str:
    """Return the reason a message gives to lock, «» for none."""
    if message == _WM_WTSSESSION_CHANGE:
        return _SESSION.get(first, "")
    if message == _WM_POWERBROADCAST and first == _PBT_APMSUSPEND:
        return lock_reasons.SLEEP.code
    if message == _WM_QUERYENDSESSION or (message == _WM_ENDSESSION and first):
        return lock_reasons.ENDING.code
    return ""


def _terminal_services() -> Any:
    try:
        library: Any = ctypes.WinDLL("wtsapi32")  # pyright: ignore[reportAttributeAccessIssue]
        library.WTSRegisterSessionNotification.argtypes = [wintypes.HWND, wintypes.DWORD]
        library.WTSUnRegisterSessionNotification.argtypes = [wintypes.HWND]
    except (OSError, AttributeError):
        return None
    return library
