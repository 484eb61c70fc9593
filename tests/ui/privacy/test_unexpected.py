"""A bug in the middle of a sentence, an end from outside, and what Qt prints: nothing is lost and nothing is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelterdesk import drafts, logs
from shelterdesk.opening import open_desk
from shelterdesk.schema import log_reading
from tests.desks import PASSPHRASE
from tests.ui.privacy.conftest import window_of
from tests.ui.privacy.covering import reason_in_log, why_shown
from tests.ui.privacy.openings import OPENINGS
from tests.ui.shots import settle
from ui.app import catch_what_nobody_expected
from ui.place import Place
from ui.session import Session

ROOT = Path(__file__).parents[3]
WORDS = "Ysoldemar has the blue suitcase"
PATIENCE = 60.0


@pytest.fixture
def hooked(session: Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The hook of the program in place of that of the tests, and its log."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    file = tmp_path / "log" / "shelterdesk.log"
    handler = logs.start(file)
    catch_what_nobody_expected(session)
    yield file
    logs.stop(handler)


def fail() -> None:
    raise ValueError(f"cannot read «{WORDS}»")


def type_a_note(qtbot: QtBot, session: Session) -> None:
    window = window_of(session)
    person_id = window.trail.here.person_id
    window.go(Place("services", person_id=person_id, doing="new_note"))
    settle()
    page = window.page()
    assert page is not None
    form = page.form.form
    qtbot.keyClicks(form.editor(form.attribute()).panel.area, WORDS)


def kept_words(vault_folder: Path) -> list[object]:
    desk = open_desk(vault_folder, "leyla", PASSPHRASE)
    try:
        return [value for draft in drafts.my_drafts(desk) for value in draft.values.values()]
    finally:
        desk.close()


def test_a_bug_keeps_the_draft_locks_and_tells_what_is_safe(
    qtbot: QtBot, session: Session, hooked: Path, vault_folder: Path
) -> None:
    type_a_note(qtbot, session)
    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: session.window is None)
    assert "nothing that was saved is lost" in why_shown(session)
    assert reason_in_log(session, vault_folder) == "failure"
    assert WORDS in kept_words(vault_folder)
    told = hooked.read_text(encoding="utf-8")
    assert "ValueError" in told
    assert "Ysoldemar" not in told


def test_a_bug_while_a_menu_with_its_own_loop_is_open(qtbot: QtBot, session: Session, hooked: Path) -> None:
    poll = QTimer()
    poll.setInterval(20)

    def look() -> None:
        if QApplication.activePopupWidget() is not None:
            poll.stop()
            fail()

    poll.timeout.connect(look)
    poll.start()
    OPENINGS["menu_with_its_own_loop"](window_of(session))
    qtbot.waitUntil(lambda: session.window is None)
    assert "unexpected error" in why_shown(session)


def test_bugs_one_after_another_lock_once(qtbot: QtBot, session: Session, hooked: Path) -> None:
    locked: list[str] = []
    session.locked.connect(locked.append)
    for _ in range(3):
        QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: session.window is None)
    qtbot.wait(50)
    assert locked == ["failure"]


def test_a_bug_on_the_way_to_the_unlock_page_ends_the_program_without_a_word(
    qtbot: QtBot, session: Session, hooked: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ended: list[int] = []
    seat = session.seat
    assert seat is not None
    ring = seat.desk.vault.ring
    monkeypatch.setattr(session, "show_unlock", lambda *_values: fail())
    monkeypatch.setattr(type(session.app), "exit", lambda _app, code=0: ended.append(code))
    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: ended == [1])
    assert ring.compartments == frozenset()
    assert "Ysoldemar" not in "".join(capfd.readouterr())


def surroundings(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "DBUS_", "SHELTERDESK"))}
    (folder / "profile").mkdir(exist_ok=True)
    own = {"HOME": str(folder / "profile"), "SHELTERDESK_HOME": str(folder / "home"), "SHELTERDESK_TEST_KDF": "1"}
    return kept | own | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}


def test_what_qt_prints_stays_unprinted(tmp_path: Path) -> None:
    program = (
        "from shelterdesk import logs; logs.start(); from ui.privacy.qt_messages import keep_quiet; keep_quiet()\n"
        f"from PySide6.QtCore import qWarning, qDebug; qWarning({WORDS!r}); qDebug({WORDS!r})"
    )
    run = [sys.executable, "-c", program]
    done = subprocess.run(
        run, capture_output=True, text=True, timeout=PATIENCE, check=True, env=surroundings(tmp_path), cwd=ROOT
    )
    assert (done.stdout, done.stderr) == ("", "")
    told = (tmp_path / "home" / "log" / "shelterdesk.log").read_text(encoding="utf-8")
    assert "Qt had something to say" in told
    assert "Ysoldemar" not in told


@pytest.mark.long
@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells by messages")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_end_from_outside_locks_first(tmp_path: Path, number: int) -> None:
    """The desktop ends its programs so when the user signs out."""
    from shelterdesk.sample import PASSPHRASE, USER_NAME
    from shelterdesk.settings import LAST_VAULT, Settings

    command = [sys.executable, "-m", "ui.app", "--demo"]
    running = subprocess.Popen(command, env=surroundings(tmp_path), cwd=ROOT, stderr=subprocess.PIPE, text=True)
    settings = tmp_path / "home" / "settings.toml"
    begun = time.monotonic()
    while not (settings.exists() and Settings(settings).value(LAST_VAULT)):
        assert running.poll() is None, running.communicate()[1]
        assert time.monotonic() - begun < PATIENCE * 2, "the window does not come up"
        time.sleep(0.1)
    time.sleep(1.5)
    running.send_signal(number)
    _out, said = running.communicate(timeout=PATIENCE)
    assert (running.returncode, said) == (0, "")
    desk = open_desk(Path(Settings(settings).value(LAST_VAULT)), USER_NAME, PASSPHRASE)
    try:
        with desk.read() as db:
            row = next(one for one in log_reading.logged(db) if one.act == "lock")
        assert next(one.after for one in row.changes if one.field_id == "log.why_locked") == "closed"
    finally:
        desk.close()
