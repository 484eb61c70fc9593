"""The worker: results come back, and what belongs to the window's thread also ends there."""

from __future__ import annotations

import threading
import time

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from ui import work


def test_tasks_end_in_the_thread_of_the_window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[threading.Thread] = []
    make, run = work.Task.__init__, work._Run.run

    def make_watched(task: work.Task, *, writes: bool, parent: QObject | None = None) -> None:
        make(task, writes=writes, parent=parent)
        task.destroyed.connect(lambda: ended.append(threading.current_thread()), Qt.ConnectionType.DirectConnection)

    def run_slowly(one: work._Run) -> None:
        run(one)
        time.sleep(0.02)  # The window has long taken the result when the thread lets go of the task.

    monkeypatch.setattr(work.Task, "__init__", make_watched)
    monkeypatch.setattr(work._Run, "run", run_slowly)
    worker, owner, got = work.Worker(), QObject(), []
    for number in range(5):
        worker.run(lambda _task, number=number: number, then=got.append, failed=got.append, owner=owner)
    qtbot.waitUntil(lambda: len(got) == 5)
    qtbot.waitUntil(lambda: len(ended) >= 4)
    worker.close()
    assert got == [0, 1, 2, 3, 4]
    assert set(ended) == {threading.main_thread()}
