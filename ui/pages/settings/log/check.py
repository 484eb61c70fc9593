"""The check of the whole log: a quiet bar while the worker walks it, then what came of it in a sentence or two."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import log_check
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.integrity import Report
from ui.seat import Seat
from ui.widgets.banner import Banner
from ui.widgets.quiet_progress import QuietProgress
from ui.work import Task


class _Stopped(Exception):
    """Somebody stopped the check."""


class CheckStrip(QWidget):
    """Takes no room until a check begins. ``row_wanted`` asks for the row a check has named."""

    row_wanted = Signal(int)

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setObjectName("log_check")
        self.progress = QuietProgress(self)
        self.result = Banner("info", self)
        self._task: Task | None = None
        self._number = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.addWidget(self.progress)
        layout.addWidget(self.result)
        self.result.link_pressed.connect(lambda _key: self.row_wanted.emit(self._number))
        self.hide()

    def begin(self) -> None:
        """Walk the log in the worker, unless a walk is under way."""
        if self._task is not None:
            return
        self.result.clear()
        self.progress.work(_("Walking the log from its first row…"))
        self.progress.show()
        self.show()
        desk = self.seat.desk

        def walk(task: Task) -> Report | None:
            def progress(done: int, whole: int) -> None:
                if task.cancelled():
                    raise _Stopped
                task.progress(done, whole)

            try:
                return log_check.check_log(desk, progress)
            except _Stopped:
                return None

        self._task = self.seat.in_background(walk, self._tell, owner=self, failed=self._failed)
        self._task.progressed.connect(self.progress.advance)
        self.progress.let_stop(_("Stop"), self._task.cancel)
        self.progress.stop.setEnabled(True)

    def forget(self) -> None:
        """Take away what an earlier check found; one that is under way goes on."""
        if self._task is None:
            self.hide()

    def _tell(self, report: Any) -> None:
        self._end()
        if not isinstance(report, Report):
            self.hide()
            return
        words = log_check.in_words(report)
        if report.whole:
            self.result.say(_("The log was checked"), words, kind="done")
            return
        self._number = next((int(str(one.values["number"])) for one in report.findings if "number" in one.values), 0)
        safe = _(
            "Looking changed nothing. Keep this vault and its backups as they are, and look at them with whoever takes "
            "care of the computers."
        )
        link = (("row", _("Show this row")),) if self._number else ()
        self.result.say(_("The log is not whole"), f"{words}\n{safe}", kind="error", links=link)

    def _failed(self, error: BaseException) -> None:
        self._end()
        if not isinstance(error, ShelterDeskError):
            raise error
        self.result.say(_("The log could not be checked"), error.text(), kind="error")

    def _end(self) -> None:
        self._task = None
        self.progress.hide()
