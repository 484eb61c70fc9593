"""Making the backups that are due, while somebody works and when they leave, without asking or telling anybody."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer

from shelterdesk import backup_schedule, lock_reasons, logs
from shelterdesk.backup_targets import Target
from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault import Course, Stopped
from ui.seat import Seat
from ui.work import Task

log = logging.getLogger(__name__)
_NOT_MADE = logs.line("a backup that was due could not be made: %s")

_FIRST_LOOK: Final = 3_000
_EVERY: Final = 10 * 60_000
"""Milliseconds: a stick may be plugged in later, and on a night shift a new day begins."""
_QUICK: Final = 64 * 1024 * 1024
"""So large a vault is backed up in about a second, which nobody minds on leaving."""
_PATIENCE: Final = 4.0
"""Seconds after which a backup on leaving is given up; the next one is due with the next day anyhow."""


class BackupRounds(QObject):
    """Lives from unlock to lock. What came of a round lies in the memory of its places, and pages read it there."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.seat = seat
        self._first, self._timer = QTimer(self), QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(_FIRST_LOOK)
        self._timer.setInterval(_EVERY)
        for timer in (self._first, self._timer):
            timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look for what is due, a moment after the first page is there, and from then on now and again."""
        self._first.start()
        self._timer.start()

    def look(self) -> None:
        """Make what is due today."""
        self._make(self._asked(lambda: backup_schedule.due(self.seat.desk)))

    def while_nobody_is_there(self) -> None:
        """Make what changed since: the vault is covered, and is going to lock by itself."""
        self._make(self._asked(lambda: backup_schedule.due_on_leaving(self.seat.desk, lock_reasons.IDLE.code)))

    def before_leaving(self, why: str) -> None:
        """Make what changed since, if the reason for leaving gives time for it and it takes no longer than a moment."""
        desk = self.seat.desk
        due = tuple(self._asked(lambda: backup_schedule.due_on_leaving(desk, why)))
        if not due or self._is_large():
            return
        end = time.monotonic() + _PATIENCE
        try:
            backup_schedule.run(desk, due, course=Course(cancelled=lambda: time.monotonic() > end))
        except ShelterDeskError as error:
            log.info(_NOT_MADE, type(error))

    def before_the_end(self, then: Callable[[], None]) -> Task | None:
        """Make what changed since in the background and go on with *then*; None where there is nothing to wait for."""
        desk = self.seat.desk
        due = tuple(self._asked(lambda: backup_schedule.due_on_leaving(desk, lock_reasons.CLOSED.code)))
        if not due or not self._is_large():
            return None

        def not_made(error: BaseException) -> None:
            then()
            self._not_made(error)

        def work(task: Task) -> Any:
            return backup_schedule.run(desk, due, course=Course(task.progress, task.cancelled))

        return self.seat.over_files(work, lambda _outcomes: then(), owner=self, failed=not_made)

    def stop(self) -> None:
        """Begin nothing more: a closed vault has nothing to ask."""
        self._first.stop()
        self._timer.stop()

    def _make(self, due: Sequence[Target]) -> None:
        if not due or self.seat.files.is_busy():
            return
        desk, chosen = self.seat.desk, tuple(due)

        def work(task: Task) -> Any:
            return backup_schedule.run(desk, chosen, course=Course(task.progress, task.cancelled))

        def made(_outcomes: Any) -> None:
            # The log alone was written, which pages do not follow; the age of the newest backup is on Today.
            self.seat.bus.changed.emit(frozenset({"backup"}))

        self.seat.over_files(work, made, owner=self, failed=self._not_made)

    def _is_large(self) -> bool:
        return self.seat.desk.vault.database_path.stat().st_size > _QUICK

    def _asked(self, ask: Any) -> Sequence[Target]:
        try:
            return ask()
        except ShelterDeskError as error:
            # A damaged page is told where somebody meets it; here nobody asked.
            log.info(_NOT_MADE, type(error))
            return ()

    def _not_made(self, error: BaseException) -> None:
        if not isinstance(error, ShelterDeskError):
            raise error
        if not isinstance(error, Stopped):
            log.info(_NOT_MADE, type(error))
