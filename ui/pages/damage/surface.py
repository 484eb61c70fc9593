"""A page before anybody is signed in that works with keys: the sign-in on it opens what is chosen below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from shelterdesk.errors import ShelterDeskError
from shelterdesk.vault import Stopped, Unlock
from ui import theme
from ui.pages.damage.sign_in_card import SignInCard
from ui.widgets.front_surface import FrontSurface
from ui.work import Task, Worker

_WIDTH = 680


class KeysSurface(FrontSurface):
    """A column of cards, one of them the sign-in, and one worker."""

    def __init__(self) -> None:
        super().__init__()
        self._worker = Worker(self)
        self.sign_in = SignInCard()
        holder = QWidget()
        holder.setFixedWidth(theme.px(_WIDTH))
        self.cards = QVBoxLayout(holder)
        self.cards.setContentsMargins(0, 0, 0, 0)
        self.cards.setSpacing(12)
        self.middle.addWidget(holder, 0, Qt.AlignmentFlag.AlignHCenter)

    def work_with_keys(
        self,
        words: str,
        work: Callable[[Task, Unlock], Any],
        then: Callable[[Any], None],
        failed: Callable[[ShelterDeskError], None],
    ) -> Task | None:
        """Run *work* with what the sign-in opens; say at its fields what is missing."""
        unlock = self.sign_in.unlock()
        if unlock is None:
            self.scroll_area.ensureWidgetVisible(self.sign_in)
            return None
        return self.work(words, lambda task: work(task, unlock), then, failed)

    def work(
        self,
        words: str,
        function: Callable[[Task], Any],
        then: Callable[[Any], None],
        failed: Callable[[ShelterDeskError], None] | None = None,
    ) -> Task:
        """Run *function* in the background; everything else waits."""
        self.set_busy(words)

        def done(value: Any) -> None:
            self.set_busy("")
            then(value)
            QTimer.singleShot(0, self, self._show_keyboard)

        def not_done(error: BaseException) -> None:
            self.set_busy("")
            if not isinstance(error, ShelterDeskError):
                raise error
            if isinstance(error, Stopped):
                return
            (failed or self.sign_in.say_problem_of)(error)

        return self._worker.run(function, then=done, failed=not_done, owner=self)

    def _show_keyboard(self) -> None:
        """Bring what has the keyboard now into view; the page may have grown longer than the screen."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.scroll_area.ensureWidgetVisible(focused)

    def set_busy(self, words: str) -> None:
        """Let everything on the page wait while *words* tell what is done; «» means nothing is."""
        raise NotImplementedError
