"""Linux desktops tell on D-Bus when the screen is locked, the user switched, or the computer goes to sleep.

Two buses of this computer are listened to, by their local sockets and no other address: a bus that would have to be
started, or that lies behind a network port, is left alone.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusPendingCallWatcher,
    QDBusUnixFileDescriptor,
    QDBusVariant,
)

from shelterdesk import lock_reasons
from ui.privacy.os_signals import Tell

_LOCAL: Final = ("unix:path=", "unix:abstract=")
_PATIENCE: Final = 2000
_SCREEN_SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
)
_LOGIND: Final = "org.freedesktop.login1"
_MANAGER: Final = "org.freedesktop.login1.Manager"
_SESSION: Final = "org.freedesktop.login1.Session"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_number = itertools.count(1)
_kept: list[QObject] = []
"""Listeners that have been connected: Qt's bus thread may still hold them, so they are not freed under it."""


def system_bus() -> str | None:
    """Return the address of the system's bus, None where there is none."""
    named = os.environ.get("DBUS_SYSTEM_BUS_ADDRESS")
    return _local(named) if named else _if_there(Path("/run/dbus/system_bus_socket"))


def session_bus() -> str | None:
    """Return the address of the desktop's bus, None where there is none."""
    named = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if named:
        return _local(named)
    place = os.environ.get("XDG_RUNTIME_DIR")
    return _if_there(Path(place) / "bus") if place else None


def _local(addresses: str) -> str | None:
    return next((one for one in addresses.split(";") if one.startswith(_LOCAL)), None)


def _if_there(socket: Path) -> str | None:
    with suppress(OSError):
        if socket.is_socket():
            return f"unix:path={socket}"
    return None


class _OnABus(QObject):
    """Something connected to a bus of its own name; where the bus does not answer it stays deaf."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._name = f"desk-{next(_number)}"
        self._tell: Tell | None = None
        self._bus: QDBusConnection | None = None

    def start(self, tell: Tell) -> None:
        """Connect, and pass on what is heard."""
        self._tell = tell
        bus = QDBusConnection.connectToBus(self._address, self._name)
        if bus.isConnected():
            _kept.append(self)
            self._bus = bus
            self.listen()

    def listen(self) -> None:
        """Say what is to be heard."""
        raise NotImplementedError

    def hear(self, service: str, path: str, interface: str, signal: str, slot: str) -> None:
        """Let *slot* be called at a signal."""
        if self._bus is not None:
            called: Any = SLOT(slot)
            self._bus.connect(service, path, interface, signal, self, called)

    def stop(self) -> None:
        """Disconnect."""
        self._tell = self._bus = None
        QDBusConnection.disconnectFromBus(self._name)

    def say(self, reason: lock_reasons.LockReason) -> None:
        """Pass a reason on."""
        if self._tell is not None:
            self._tell(reason.code)

    def ask(self, path: str, interface: str, member: str, words: list[Any], then: Callable[[Any], None]) -> None:
        """Call a method of logind; *then* gets the first value of the answer, if there is one."""
        if self._bus is None:
            return
        message = QDBusMessage.createMethodCall(_LOGIND, path, interface, member)
        message.setArguments(words)
        watcher = QDBusPendingCallWatcher(self._bus.asyncCall(message, _PATIENCE), self)

        def answered(done: QDBusPendingCallWatcher) -> None:
            answer = done.reply()
            done.deleteLater()
            if answer.type() == QDBusMessage.MessageType.ReplyMessage and answer.arguments() and self._bus is not None:
                then(answer.arguments()[0])

        watcher.finished.connect(answered)


class ScreenSavers(_OnABus):
    """The screen savers of the desktops."""

    def listen(self) -> None:
        for service, path in _SCREEN_SAVERS:
            self.hear(service, path, service, "ActiveChanged", "active_changed(bool)")

    @Slot(bool)
    def active_changed(self, on: bool) -> None:
        """The screen saver came or went."""
        if on:
            self.say(lock_reasons.SCREEN)


class Logind(_OnABus):
    """The login service: sleep and shutdown, which wait for us a moment, and the session of this user."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self._held: int | None = None
        self._session = ""
        self._was: dict[str, bool] = {}

    def listen(self) -> None:
        self.hear(_LOGIND, "/org/freedesktop/login1", _MANAGER, "PrepareForSleep", "sleep(bool)")
        self.hear(_LOGIND, "/org/freedesktop/login1", _MANAGER, "PrepareForShutdown", "shutdown(bool)")
        self._hold_up()
        known = os.environ.get("XDG_SESSION_ID")
        if known:
            self._find_session(known)
        else:
            path = "/org/freedesktop/login1/session/auto"
            self.ask(path, _PROPERTIES, "Get", [_SESSION, "Id"], lambda value: self._find_session(_plain(value)))

    def stop(self) -> None:
        super().stop()
        self._let_go()

    @Slot(bool)
    def sleep(self, on: bool) -> None:
        """The computer goes to sleep, or woke up."""
        if on:
            self.say(lock_reasons.SLEEP)
            self._let_go()
        else:
            self._hold_up()

    @Slot(bool)
    def shutdown(self, on: bool) -> None:
        """The computer is switched off, or that was called off."""
        if on:
            self.say(lock_reasons.ENDING)
            self._let_go()

    @Slot()
    def lock_asked(self) -> None:
        """The system asks every program of the session to lock."""
        self.say(lock_reasons.SCREEN)

    @Slot(QDBusMessage)
    def session_changed(self, _message: QDBusMessage) -> None:
        """Something about the session changed; what, is asked for."""
        self._look_at_session()

    # --- the moment before sleep -----------------------------------------------------------------------------

    def _hold_up(self) -> None:
        """Ask the system to wait with sleep and shutdown until the vault is locked, a few seconds at most."""
        if self._held is None:
            words = ["sleep:shutdown", "Desk", "Closes what is open", "delay"]
            self.ask("/org/freedesktop/login1", _MANAGER, "Inhibit", words, self._take)

    def _take(self, value: Any) -> None:
        if isinstance(value, QDBusUnixFileDescriptor) and value.isValid():
            self._let_go()
            # Qt's own copy goes with the answer, at a moment nobody knows.
            self._held = os.dup(value.fileDescriptor())

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            os.close(held)

    # --- the session -----------------------------------------------------------------------------------------

    def _find_session(self, session_id: Any) -> None:
        if isinstance(session_id, str):
            self.ask("/org/freedesktop/login1", _MANAGER, "GetSession", [session_id], self._watch_session)

    def _watch_session(self, path: Any) -> None:
        if not isinstance(path, QDBusObjectPath):
            return
        self._session = path.path()
        self.hear(_LOGIND, self._session, _SESSION, "Lock", "lock_asked()")
        self.hear(_LOGIND, self._session, _PROPERTIES, "PropertiesChanged", "session_changed(QDBusMessage)")
        self._look_at_session()

    def _look_at_session(self) -> None:
        for name in ("Active", "LockedHint"):
            self.ask(self._session, _PROPERTIES, "Get", [_SESSION, name], partial(self._now, name))

    def _now(self, name: str, value: Any) -> None:
        now = _plain(value)
        if not isinstance(now, bool):
            return
        before, self._was[name] = self._was.get(name, now), now
        if name == "Active" and before and not now:
            self.say(lock_reasons.USER_SWITCHED)
        elif name == "LockedHint" and now and not before:
            self.say(lock_reasons.SCREEN)


def _plain(value: Any) -> Any:
    return value.variant() if isinstance(value, QDBusVariant) else value
