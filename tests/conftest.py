"""What every test gets without asking: a home of its own, English, cheap key stretching, no screen, no network."""

from __future__ import annotations

import os

# Qt reads this when it is first imported, so it stands before everything else.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, Engine, event, insert, util

from shelterdesk import i18n
from shelterdesk.desk import Desk
from shelterdesk.opening import create_desk
from shelterdesk.schema import upgrade
from shelterdesk.vault import KdfCost
from tests.desks import FIRST, PASSPHRASE, ROLES, Clock, at_another_computer, copied_desk

TESTS = Path(__file__).parent
WINDOW_FOLDERS = (TESTS / "ui", TESTS / "journeys")
WINDOW_FIXTURES = {"qapp", "qtbot"}
PATIENCE_SECONDS = 3.0

# What is asked of every commit tries the same examples each time; new ones are looked for in the long profile.
settings.register_profile("quick", max_examples=30, deadline=None, database=None, derandomize=True)
settings.register_profile(
    "long", max_examples=300, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("SHELTERDESK_TEST_PROFILE", "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take how often the long tests of kills may end a child."""
    parser.addoption("--kills", type=int, default=200, help="kills in the long run, over all scenes (default: 200)")


@pytest.fixture(scope="session")
def kills(pytestconfig: pytest.Config) -> int:
    """How many kills the long run makes."""
    return pytestconfig.getoption("--kills")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs Qt by where it lies and what it asks for, before the choice by mark is made."""
    for item in items:
        asks = WINDOW_FIXTURES & set(getattr(item, "fixturenames", ()))
        if asks or any(folder in item.path.parents for folder in WINDOW_FOLDERS):
            item.add_marker(pytest.mark.gui)


def pytest_collection_finish() -> None:
    """Collect garbage as seldom as the program does: by default every test looks through all modules several times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep a test away from the real profile folder, from slow key stretching and from the last test's language."""
    monkeypatch.setenv("SHELTERDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SHELTERDESK_TEST_KDF", "1")
    # A desktop that goes to sleep meanwhile is none of the tests' business.
    for bus in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"):
        monkeypatch.setenv(bus, "disabled:")
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture(scope="session", autouse=True)
def tables_made_once() -> Iterator[None]:
    """Let the revisions make the tables of an empty vault once; afterwards their own statements make the same again.

    Thousands of tests begin with a new vault. A revision that also writes rows is never taken over.
    """
    revise, made = upgrade._run, dict[tuple[Any, ...], list[str]]()

    def run(connection: Connection, to: int) -> None:
        key = (*upgrade.REVISIONS, to)
        if connection.dialect.name != "sqlite" or upgrade.revision_of(connection):
            revise(connection, to)
        elif key in made:
            for statement in made[key]:
                connection.exec_driver_sql(statement)
            connection.execute(insert(upgrade._REVISION).values(number=to))
        else:
            before = _statements(connection)
            revise(connection, to)
            added = {name: sql for name, sql in _statements(connection).items() if name not in before}
            tables = [name for name, sql in added.items() if sql.startswith("CREATE TABLE")]
            rows = {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in tables}
            if {name: count for name, count in rows.items() if count} == {upgrade._REVISION.name: 1}:
                made[key] = list(added.values())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(upgrade, "_run", run)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_put_into_words_once() -> Iterator[util.LRUCache[Any, Any]]:
    """Let every vault use the SQL that those before it worked out. In the program each forgets its own when locked."""
    worked_out = util.LRUCache[Any, Any](4000)

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=worked_out)

    event.listen(Engine, "engine_connect", share)
    yield worked_out
    event.remove(Engine, "engine_connect", share)


def _statements(connection: Connection) -> dict[str, str]:
    """Return the statements that made the tables and indexes, by name, in their order."""
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    return {row[0]: row[1] for row in connection.exec_driver_sql(query)}


@pytest.fixture
def clock() -> Clock:
    """The clock of the ``desk``."""
    return Clock()


@pytest.fixture
def vault_folder(tmp_path: Path) -> Path:
    """Where the vault of the ``desk`` lies."""
    return tmp_path / "desk-7F3A.vault"


@pytest.fixture(scope="session")
def new_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault nobody has used yet, as ``create_desk`` leaves it; every ``desk`` begins with a copy of it."""
    folder = tmp_path_factory.mktemp("new") / "desk-7F3A.vault"
    with at_another_computer(tmp_path_factory):
        made, _code = create_desk(
            folder,
            user_name=FIRST,
            shown_as="Leyla A.",
            passphrase=PASSPHRASE,
            shelter="House",
            roles=ROLES,
            cost=KdfCost.for_tests(),
            clock=Clock(),
        )
        made.close()
    return folder


@pytest.fixture
def vault_to_copy(new_vault: Path) -> Path:
    """What the ``desk`` begins with; a module may put more into it once for all of its tests."""
    return new_vault


@pytest.fixture
def desk(vault_to_copy: Path, vault_folder: Path, clock: Clock) -> Iterator[Desk]:
    """A new vault with nobody in it, whose creator holds every key and most rights."""
    made = copied_desk(vault_to_copy, vault_folder, clock)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def nothing_runs_on(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a window test that leaves a window, a running timer or a thread to the tests after it."""
    if request.node.get_closest_marker("gui") is None:
        yield
        return
    threads = set(threading.enumerate())
    started = _note_starts(monkeypatch)
    windows = set(_open_windows())
    yield
    _let_go()
    _give_time(started)
    left = [f"window {type(window).__name__} «{window.objectName()}»" for window in _open_windows() - windows]
    left += [f"running {type(one).__name__} «{one.objectName()}»" for one in _running(started)]
    for thread in set(threading.enumerate()) - threads:
        if not thread.daemon:
            thread.join(PATIENCE_SECONDS)
            left += [f"thread {thread.name}"] if thread.is_alive() else []
    if left:
        _close_all(windows, started)
        pytest.fail(f"left behind: {', '.join(left)}", pytrace=False)


def _note_starts(monkeypatch: pytest.MonkeyPatch) -> weakref.WeakSet[Any]:
    """Keep weak hold of every QTimer and QThread that is started from Python."""
    from PySide6.QtCore import QThread, QTimer

    started: weakref.WeakSet[Any] = weakref.WeakSet()
    for kind in (QTimer, QThread):
        original = kind.start

        def start(self: Any, *values: Any, _original: Any = original) -> None:
            started.add(self)
            _original(self, *values)

        monkeypatch.setattr(kind, "start", start)
    return started


def _running(started: weakref.WeakSet[Any]) -> list[Any]:
    """Return what was started, still exists and has not come to its end. What belongs to the application may run on."""
    from PySide6.QtCore import QCoreApplication, QTimer
    from shiboken6 import isValid

    application = QCoreApplication.instance()
    alive = [one for one in started if isValid(one) and one.parent() is not application]
    return [one for one in alive if (one.isActive() if isinstance(one, QTimer) else one.isRunning())]


def _open_windows() -> set[Any]:
    from PySide6.QtWidgets import QApplication

    if not isinstance(QApplication.instance(), QApplication):
        return set()
    return {window for window in QApplication.topLevelWidgets() if window.isVisible()}


def _let_go() -> None:
    """Carry out the deletions that wait for the event loop, and those that wait for Python."""
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _give_time(started: weakref.WeakSet[Any]) -> None:
    """Let single shots and threads that are about to end come to their end; collect what only cycles keep alive."""
    from PySide6.QtCore import QElapsedTimer, QThreadPool, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    QThreadPool.globalInstance().waitForDone(int(PATIENCE_SECONDS * 1000))
    if not _running(started):
        return
    gc.collect()
    _let_go()
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < PATIENCE_SECONDS * 1000:
        ending = [one for one in _running(started) if not isinstance(one, QTimer) or one.isSingleShot()]
        if not ending:
            return
        QTest.qWait(20)


def _close_all(known: set[Any], started: weakref.WeakSet[Any]) -> None:
    """Keep one careless test from failing the rest."""
    from PySide6.QtCore import QTimer

    for window in _open_windows() - known:
        window.close()
        window.deleteLater()
    for one in _running(started):
        if isinstance(one, QTimer):
            one.stop()
    _let_go()
