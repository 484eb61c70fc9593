"""Windows' messages, made by hand: the filter reads them on any system."""

from __future__ import annotations

import ctypes
from ctypes import wintypes

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QApplication

from ui.privacy.windows_messages import WindowsMessages

WINDOW = 4711
SESSION_CHANGE, POWER, QUERY_END, END = 0x02B1, 0x0218, 0x0011, 0x0016


class Terminal:
    """Notes what is asked of wtsapi32."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def WTSRegisterSessionNotification(self, window: int, which: int) -> int:  # noqa: N802 - Windows' name
        assert which == 0, "this session only"
        self.asked.append(("register", window))
        return 1

    def WTSUnRegisterSessionNotification(self, window: int) -> int:  # noqa: N802 - Windows' name
        self.asked.append(("unregister", window))
        return 1


def sent(messages: WindowsMessages, number: int, first: int, kind: bytes = b"windows_generic_MSG") -> object:
    message = wintypes.MSG(WINDOW, number, first, 0, 0, wintypes.POINT(0, 0))
    return messages.nativeEventFilter(QByteArray(kind), ctypes.addressof(message))


@pytest.mark.parametrize(
    ("number", "first", "reason"),
    [
        (SESSION_CHANGE, 7, "screen"),
        (SESSION_CHANGE, 2, "user"),
        (SESSION_CHANGE, 4, "user"),
        (SESSION_CHANGE, 6, "ending"),
        (POWER, 4, "sleep"),
        (QUERY_END, 0, "ending"),
        (END, 1, "ending"),
    ],
)
def test_what_windows_tells_is_a_reason_to_lock(qapp: QApplication, number: int, first: int, reason: str) -> None:
    heard: list[str] = []
    messages = WindowsMessages(qapp, WINDOW, Terminal())
    messages.start(heard.append)
    assert sent(messages, number, first) == (False, 0), "Qt and the system are told as well"
    assert heard == [reason]
    messages.stop()


@pytest.mark.parametrize(
    ("number", "first"),
    [(SESSION_CHANGE, 8), (SESSION_CHANGE, 5), (SESSION_CHANGE, 1), (POWER, 18), (POWER, 7), (END, 0), (0x0113, 7)],
    ids=["unlocked", "signed in", "connected", "woke up", "resumed", "stays", "a timer"],
)
def test_everything_else_is_none(qapp: QApplication, number: int, first: int) -> None:
    heard: list[str] = []
    messages = WindowsMessages(qapp, WINDOW, Terminal())
    messages.start(heard.append)
    sent(messages, number, first)
    sent(messages, SESSION_CHANGE, 7, b"xcb_generic_event_t")
    assert heard == []
    messages.stop()


def test_the_window_is_signed_up_and_off(qapp: QApplication) -> None:
    terminal, heard = Terminal(), []
    messages = WindowsMessages(qapp, WINDOW, terminal)
    messages.start(heard.append)
    messages.stop()
    assert terminal.asked == [("register", WINDOW), ("unregister", WINDOW)]
    sent(messages, SESSION_CHANGE, 7)
    assert heard == []


def test_where_the_library_is_missing_the_other_messages_still_count(qapp: QApplication) -> None:
    heard: list[str] = []
    messages = WindowsMessages(qapp, WINDOW)
    messages.start(heard.append)
    sent(messages, POWER, 4)
    assert heard == ["sleep"]
    messages.stop()
