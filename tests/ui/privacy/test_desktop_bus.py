"""What a Linux desktop tells on its buses, heard on a real bus of our own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="D-Bus is told of on Linux only")
if sys.platform == "linux":
    from tests.ui.privacy.buses import MANAGER, SESSION, Desktop, private_bus
    from ui.privacy import desktop_bus
    from ui.privacy.desktop_bus import Logind, ScreenSavers

LOGIN_MANAGER = "org.freedesktop.login1.Manager"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with private_bus(tmp_path) as found:
        yield found


@pytest.fixture
def desktop(qapp, address: str) -> Iterator[Desktop]:
    made = Desktop(address)
    yield made
    made.close()


@pytest.fixture
def heard() -> list[str]:
    return []


@pytest.fixture
def listening(qtbot: QtBot, heard: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., object]]:
    """Start a source and wait until it has asked what it asks at the start."""
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    started: list = []

    def start(source, desktop: Desktop, asked: int = 0) -> object:
        source.start(heard.append)
        started.append(source)
        qtbot.waitUntil(lambda: len(desktop.asked) >= asked)
        qtbot.wait(60)
        return source

    yield start
    for source in started:
        source.stop()
    qtbot.wait(20)


# At the start: Inhibit, the id of the session, the session, and two of its properties.
ALL_ASKED = 5


@pytest.mark.parametrize(("signal", "reason"), [("PrepareForSleep", "sleep"), ("PrepareForShutdown", "ending")])
def test_the_computer_waits_with_sleep_and_shutdown_until_the_vault_is_locked(
    qtbot: QtBot, desktop: Desktop, address: str, listening, heard: list[str], signal: str, reason: str
) -> None:
    source = Logind(address)
    at_that_moment: list[bool] = []
    listening(source, desktop, ALL_ASKED)
    desktop.give_up_own_end()
    assert desktop.is_held_up()
    source._tell = lambda code: (heard.append(code), at_that_moment.append(desktop.is_held_up()))
    desktop.tell(MANAGER, LOGIN_MANAGER, signal, True)
    qtbot.waitUntil(lambda: heard == [reason])
    assert at_that_moment == [True], "the system waits while the vault is locked"
    qtbot.waitUntil(lambda: not desktop.is_held_up())


def test_waking_up_says_nothing_and_asks_the_system_to_wait_next_time(
    qtbot: QtBot, desktop: Desktop, address: str, listening, heard: list[str]
) -> None:
    listening(Logind(address), desktop, ALL_ASKED)
    desktop.tell(MANAGER, LOGIN_MANAGER, "PrepareForSleep", True)
    qtbot.waitUntil(lambda: heard == ["sleep"])
    desktop.tell(MANAGER, LOGIN_MANAGER, "PrepareForSleep", False)
    qtbot.waitUntil(lambda: desktop.asked.count("Inhibit") == 2)
    assert heard == ["sleep"]


def test_the_session_that_is_locked_or_given_to_another_user_locks(
    qtbot: QtBot, desktop: Desktop, address: str, listening, heard: list[str]
) -> None:
    listening(Logind(address), desktop, ALL_ASKED)
    desktop.tell(SESSION, "org.freedesktop.login1.Session", "Lock")
    qtbot.waitUntil(lambda: heard == ["screen"])
    desktop.change(LockedHint=True)
    qtbot.waitUntil(lambda: heard == ["screen", "screen"])
    desktop.change(LockedHint=False)
    desktop.change(Active=False)
    qtbot.waitUntil(lambda: heard == ["screen", "screen", "user"])
    desktop.change(Active=True)
    qtbot.wait(80)
    assert heard == ["screen", "screen", "user"]


def test_what_was_so_before_is_no_news(
    qtbot: QtBot, desktop: Desktop, address: str, listening, heard: list[str]
) -> None:
    desktop.properties |= {"Active": False, "LockedHint": True}
    listening(Logind(address), desktop, ALL_ASKED)
    desktop.change(Active=False, LockedHint=True)
    qtbot.wait(80)
    assert heard == []


def test_the_session_is_found_by_the_id_the_desktop_gave(
    qtbot: QtBot, desktop: Desktop, address: str, heard: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", "7")
    source = Logind(address)
    source.start(heard.append)
    qtbot.waitUntil(lambda: desktop.asked.count("Get") == 2)
    desktop.tell(SESSION, "org.freedesktop.login1.Session", "Lock")
    qtbot.waitUntil(lambda: heard == ["screen"])
    source.stop()


def test_a_screen_saver_that_comes_locks(
    qtbot: QtBot, desktop: Desktop, address: str, listening, heard: list[str]
) -> None:
    listening(ScreenSavers(address), desktop)
    name = "org.gnome.ScreenSaver"
    desktop.tell("/org/gnome/ScreenSaver", name, "ActiveChanged", False)
    desktop.tell("/org/gnome/ScreenSaver", name, "ActiveChanged", True)
    qtbot.waitUntil(lambda: heard == ["screen"])


def test_nothing_is_heard_after_stopping(qtbot: QtBot, desktop: Desktop, address: str, heard: list[str]) -> None:
    source = ScreenSavers(address)
    source.start(heard.append)
    qtbot.wait(60)
    source.stop()
    desktop.tell("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)
    qtbot.wait(80)
    assert heard == []


def test_a_login_service_that_does_not_answer_disturbs_nothing(
    qtbot: QtBot, address: str, heard: list[str], qapp
) -> None:
    silent = Desktop(address, silent=True)
    source = Logind(address)
    source.start(heard.append)
    qtbot.waitUntil(lambda: "Inhibit" in silent.asked)
    source.stop()
    silent.close()
    assert heard == []


def test_a_bus_that_is_not_there_is_silence(tmp_path: Path, qapp, heard: list[str]) -> None:
    for source in (Logind(f"unix:path={tmp_path / 'none'}"), ScreenSavers(f"unix:path={tmp_path / 'none'}")):
        source.start(heard.append)
        source.stop()
    assert heard == []


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("unix:path=/run/user/1000/bus,guid=0a", "unix:path=/run/user/1000/bus,guid=0a"),
        ("tcp:host=example.org,port=1;unix:abstract=/run/x", "unix:abstract=/run/x"),
        ("tcp:host=10.0.0.1,port=55", None),
        ("unixexec:path=/usr/bin/ssh,argv1=-xT", None),
        ("autolaunch:", None),
        ("nonce-tcp:host=localhost,port=1", None),
    ],
)
def test_only_a_local_socket_counts_as_a_bus(monkeypatch: pytest.MonkeyPatch, named: str, found: str | None) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", named)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", named)
    assert desktop_bus.session_bus() == found
    assert desktop_bus.system_bus() == found


def test_without_an_address_the_usual_socket_is_taken_if_it_is_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "nowhere"))
    assert desktop_bus.session_bus() is None
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert desktop_bus.session_bus() == f"unix:path={tmp_path / 'bus'}"
    (tmp_path / "file").mkdir()
    (tmp_path / "file" / "bus").write_text("no socket")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "file"))
    assert desktop_bus.session_bus() is None


def test_nothing_of_the_bus_is_loaded_before_somebody_signs_in() -> None:
    """The bus costs a thread and a library; the unlock page needs neither."""
    loaded = (
        "import sys, ui.app; print([name for name in sys.modules if 'DBus' in name or name.endswith('desktop_bus')])"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.strip() == "[]"
