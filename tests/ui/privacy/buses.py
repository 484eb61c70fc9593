"""A bus of our own with a login service and a screen saver that do what a test wants."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtDBus import (
    QDBusConnection,
    QDBusMessage,
    QDBusObjectPath,
    QDBusUnixFileDescriptor,
    QDBusVariant,
    QDBusVirtualObject,
)

MANAGER = "/org/freedesktop/login1"
SESSION = "/org/freedesktop/login1/session/_37"
_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""


@contextmanager
def private_bus(folder: Path) -> Iterator[str]:
    """Run a bus of our own; give its address."""
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.skip("dbus-daemon is missing")
    socket, configuration = folder / "bus", folder / "bus.conf"
    configuration.write_text(_CONFIGURATION.format(socket=socket), encoding="utf-8")
    running = subprocess.Popen(
        [program, "--nofork", "--nopidfile", f"--config-file={configuration}", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert running.stdout is not None
    address = running.stdout.readline().strip()
    assert address.startswith("unix:path="), "the bus did not start"
    yield address
    running.terminate()
    running.wait(10)
    running.stdout.close()


_KEPT: list[QDBusVirtualObject] = []
"""Qt's bus thread may still hold the other side when a test is over: it must not be freed under that thread."""


class Desktop(QDBusVirtualObject):
    """The other side: owns the names of logind and of a screen saver and answers for them."""

    def __init__(self, address: str, *, silent: bool = False) -> None:
        super().__init__()
        _KEPT.append(self)
        self.bus = QDBusConnection.connectToBus(address, "desktop-of-the-test")
        assert self.bus.isConnected()
        self.properties: dict[str, Any] = {"Active": True, "LockedHint": False, "Id": "7"}
        self.asked: list[str] = []
        self.silent = silent
        self.reading, self._writing = os.pipe()
        os.set_blocking(self.reading, False)
        assert self.bus.registerVirtualObject("/", self, QDBusConnection.VirtualObjectRegisterOption.SubPath)
        for name in ("org.freedesktop.login1", "org.gnome.ScreenSaver"):
            assert self.bus.registerService(name)

    def close(self) -> None:
        """Leave the bus."""
        QDBusConnection.disconnectFromBus("desktop-of-the-test")
        for number in (self.reading, self._writing):
            if number >= 0:
                os.close(number)

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(self, message: QDBusMessage, connection: QDBusConnection) -> bool:  # noqa: N802 - Qt's name
        member, words = message.member(), message.arguments()
        self.asked.append(member)
        if self.silent:
            return True
        answer = message.createReply()
        if member == "GetSession" and words == ["7"]:
            answer.setArguments([QDBusObjectPath(SESSION)])
        elif member == "Get" and words[1] in self.properties:
            answer.setArguments([QDBusVariant(self.properties[words[1]])])
        elif member == "Inhibit" and self._writing >= 0:
            answer.setArguments([QDBusUnixFileDescriptor(self._writing)])
        else:
            answer = message.createErrorReply("org.example.No", "no")
        return connection.send(answer)

    def give_up_own_end(self) -> None:
        """Keep no end of the pipe that is handed out, so that it closes with the other side's."""
        os.close(self._writing)
        self._writing = -1

    def is_held_up(self) -> bool:
        """Tell whether somebody still holds what was handed out."""
        try:
            return os.read(self.reading, 1) != b""
        except BlockingIOError:
            return True

    def tell(self, path: str, interface: str, signal: str, *words: Any) -> None:
        """Send a signal."""
        message = QDBusMessage.createSignal(path, interface, signal)
        message.setArguments(list(words))
        assert self.bus.send(message)

    def change(self, **properties: Any) -> None:
        """Change properties of the session and say so, as logind does: by names, values left to be asked for."""
        self.properties |= properties
        interface = "org.freedesktop.login1.Session"
        self.tell(SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged", interface, {}, list(properties))
