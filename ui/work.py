"""One worker thread for what takes long: import, summaries, the search index, backup, verify.

Tasks run one after another, each with its own database session, and return plain values. Results and errors come
back in the window's thread, and are dropped when whoever asked is gone.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from shelterdesk import logs

log = logging.getLogger(__name__)
_FAILED_UNSEEN = logs.line("a task failed after its page was closed: %s")


class Task(QObject):
    """One piece of work under way."""

    done = Signal(object)
    failed = Signal(object)
    progressed = Signal(int, int)
    """Steps done and steps in all."""

    def __init__(self, *, writes: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.writes = writes
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it decides where that is safe."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Tell the work whether it should stop."""
        return self._stop.is_set()

    def progress(self, done: int, whole: int) -> None:
        """Tell the window how far the work is, from the worker's thread."""
        self.progressed.emit(done, whole)


class _Run(QRunnable):
    def __init__(self, task: Task, function: Callable[[Task], Any]) -> None:
        super().__init__()
        self._task = task
        self._function = function

    def run(self) -> None:
        try:
            value = self._function(self._task)
        except Exception as error:  # noqa: BLE001 - whatever went wrong belongs to whoever asked
            self._task.failed.emit(error)
        else:
            self._task.done.emit(value)


class Worker(QObject):
    """The one worker. ``writing`` is True while a task that writes is under way: pages are read-only then."""

    writing = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._tasks: set[Task] = set()
        self._spent: Task | None = None

    def run(
        self,
        function: Callable[[Task], Any],
        *,
        then: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        owner: QObject,
        writes: bool = False,
    ) -> Task:
        """Run *function* in the worker; call *then* or *failed* in this thread while *owner* lives."""
        # With a parent a task dies in this thread, whichever thread lets go of it last.
        task = Task(writes=writes, parent=self)
        self._tasks.add(task)
        guard = _Guard(owner, then, failed, lambda: self._finish(task))
        task.done.connect(guard.done, Qt.ConnectionType.QueuedConnection)
        task.failed.connect(guard.failed, Qt.ConnectionType.QueuedConnection)
        task.setProperty("guard", guard)
        guard.setParent(self)
        if writes:
            self.writing.emit(True)
        self._pool.start(_Run(task, function))
        return task

    def is_busy(self) -> bool:
        """Tell whether a task is under way."""
        return bool(self._tasks)

    def close(self, patience: int = 10_000) -> None:
        """Cancel what is under way and wait up to *patience* milliseconds for it to stop."""
        for task in list(self._tasks):
            task.cancel()
        self._pool.waitForDone(patience)

    def _finish(self, task: Task) -> None:
        self._tasks.discard(task)
        # The thread may still be leaving this task, but it has left the one before: they run one after another.
        if self._spent is not None:
            self._spent.deleteLater()
        self._spent = task
        if task.writes and not any(one.writes for one in self._tasks):
            self.writing.emit(False)


class _Guard(QObject):
    """Hands a result on only while its owner lives."""

    def __init__(
        self,
        owner: QObject,
        then: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        finish: Callable[[], None],
    ) -> None:
        super().__init__()
        self._then: Callable[[Any], None] | None = then
        self._failed: Callable[[BaseException], None] | None = failed
        self._finish = finish
        owner.destroyed.connect(self._forget)

    def done(self, value: Any) -> None:
        self._finish()
        if self._then is not None:
            self._then(value)
        self.deleteLater()

    def failed(self, error: BaseException) -> None:
        self._finish()
        if self._failed is not None:
            self._failed(error)
        else:
            log.warning(_FAILED_UNSEEN, type(error))
        self.deleteLater()

    def _forget(self) -> None:
        self._then = self._failed = None
