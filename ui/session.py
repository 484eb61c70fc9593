"""From start to quit: first run or unlock, the window of the signed-in person, cover and lock.

Locking destroys every page and the desk and drops the keys; unlocking builds a new window.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from shelterdesk import house_settings, logs, opening
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, _, set_language
from shelterdesk.sample import PASSPHRASE, USER_NAME
from shelterdesk.settings import COVER_MINUTES, LANGUAGE, LAST_VAULT, LOCK_MINUTES, SCHEME, TEXT_SCALE, Settings
from ui import theme
from ui.pages.first_run import FirstRunPage
from ui.pages.unlock import UnlockPage
from ui.place import Place
from ui.privacy.cover import Cover
from ui.privacy.idle import IdleWatch
from ui.seat import Seat
from ui.window import NEUTRAL_NAME, Window
from ui.work import Worker

log = logging.getLogger(__name__)
_NOT_REMEMBERED = logs.line("the vault has no neutral path, so it is not remembered")
_DRAFT_LOST = logs.line("a draft could not be kept while locking")
_NO_LOCK_ROW = logs.line("the lock row could not be written")

WHY_LOCKED: Final = {
    "asked": "",
    "idle": N_("Locked because nobody used the computer for a while. What was typed is kept as a draft."),
    "closed": "",
    "failure": N_(
        "Locked after an unexpected error. What was typed is kept as a draft; nothing that was saved is lost."
    ),
}
_STEP = 0.1
_FIRST_PLACES = {"settings": Place("settings", section="house")}
"""Where somebody begins who has just set up a vault: settings means rooms and beds then."""
_WINDOW = QSize(1366, 768)
_WITH_FRAME = QSize(1382, 816)


class Session(QObject):
    """Shows one top-level window at a time. ``opened`` fires when somebody has signed in, ``locked`` after locking."""

    opened = Signal(object)
    locked = Signal(str)

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self.app = app
        self.settings = settings
        self.seat: Seat | None = None
        self.window: Window | None = None
        self.front: QWidget | None = None
        """The page shown before somebody has signed in: first run or unlock."""
        self._worker = Worker(self)
        self._idle: IdleWatch | None = None
        self._cover: Cover | None = None
        self._geometry: QByteArray | None = None

    # --- before sign-in --------------------------------------------------------------------------------------

    def start(self, vault: Path | None = None, *, demo: bool = False) -> None:
        """Show the unlock page for *vault* or the last one used; the first-run page where there is none."""
        known = self.settings.value(LAST_VAULT)
        folder = vault or (Path(known) if known else None)
        if demo:
            self.show_first_run()
            self._first_run().look_around()
        elif folder is not None and folder.is_dir():
            self.show_unlock(folder)
        else:
            self.show_first_run()

    def show_first_run(self) -> None:
        """Show the wizard that sets up a vault."""
        page = FirstRunPage(self.settings)
        page.finished.connect(self._enter)
        page.existing_wanted.connect(self.show_unlock)
        page.language_chosen.connect(lambda code: self._change_language(code, self.show_first_run))
        self._show_front(page)

    def show_unlock(self, folder: Path, why: str = "") -> None:
        """Show the unlock page; *why* tells in words why it locked."""
        page = UnlockPage(self.settings, folder, why)
        page.unlock_wanted.connect(self._unlock)
        page.recovery_wanted.connect(self._recover)
        page.first_run_wanted.connect(self.show_first_run)
        page.language_chosen.connect(lambda code: self._change_language(code, lambda: self.show_unlock(folder, why)))
        self._show_front(page)

    def _unlock(self, folder: Path, user_name: str, passphrase: str, use_copy: bool) -> None:
        self._open(lambda: opening.open_desk(folder, user_name, passphrase, use_copy=use_copy))

    def _recover(self, folder: Path, code: str) -> None:
        self._open(lambda: opening.open_desk_with_recovery(folder, code))

    def _open(self, function: Callable[[], Desk]) -> None:
        front = self.front
        assert isinstance(front, UnlockPage)
        page: UnlockPage = front
        page.set_busy(busy=True)

        def failed(error: BaseException) -> None:
            page.set_busy(busy=False)
            if not isinstance(error, ShelterDeskError):
                raise error
            page.show_error(error)

        self._worker.run(lambda _task: function(), then=self._enter, failed=failed, owner=page)

    def _first_run(self) -> FirstRunPage:
        assert isinstance(self.front, FirstRunPage)
        return self.front

    def _show_front(self, page: QWidget) -> None:
        before, self.front = self.front, page
        page.setWindowTitle("ShelterDesk")
        self._place(page)
        page.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _change_language(self, code: str, again: Callable[[], None]) -> None:
        self.settings.change(LANGUAGE, code)
        set_language(code)
        again()

    # --- signed in -------------------------------------------------------------------------------------------

    def _enter(self, desk: Desk, page: str = "today") -> None:
        try:
            self.settings.change(LAST_VAULT, str(desk.vault.folder))
        except (ValueError, OSError):
            log.info(_NOT_REMEMBERED)
        self.seat = Seat(desk, self)
        self.window = Window(self.seat, self.settings)
        self.window.lock_wanted.connect(self.lock)
        self.window.hide_wanted.connect(lambda: self.cover(minimise=True))
        self.window.quit_wanted.connect(self.quit)
        self.window.text_size_wanted.connect(self._resize_text)
        self._idle = IdleWatch(
            self.app, self.settings.value(COVER_MINUTES), self.settings.value(LOCK_MINUTES), self.window
        )
        self._idle.warned.connect(self._warn)
        self._idle.resumed.connect(self._unwarn)
        self._idle.cover_due.connect(self.cover)
        self._idle.lock_due.connect(lambda: self.lock("idle"))
        self._place(self.window)
        self.window.show()
        front, self.front = self.front, None
        if front is not None:
            front.hide()
            front.deleteLater()
        if page != "today":
            self.window.go(_FIRST_PLACES.get(page, Place(page)))
        if house_settings.get(desk, "invented"):
            words = _("All people here are invented. User name: {user}. Passphrase: {passphrase}")
            self.seat.say(words.format(user=USER_NAME, passphrase=PASSPHRASE), kind="info")
        self.opened.emit(self.seat)

    def cover(self, *, minimise: bool = False) -> None:
        """Cover the window at once, whatever dialog is open."""
        if self.window is None:
            return
        if self._cover is None:
            self._cover = Cover(self.window)
            self._cover.tried.connect(self._uncover)
            self._cover.lock_wanted.connect(lambda: self.lock("asked"))
        keyboard = QApplication.focusWidget()
        self._cover.draw_over()
        self.window.set_covered(on=True, keyboard=keyboard)
        self.window.setWindowTitle(NEUTRAL_NAME)
        self._close_dialogs()
        self.window.keep_drafts()
        if minimise:
            self.window.showMinimized()

    def _uncover(self, passphrase: str) -> None:
        seat, cover = self.seat, self._cover
        assert seat is not None
        assert cover is not None
        vault = seat.desk.vault

        def done(right: Any) -> None:
            if right:
                cover.take_off()
                if self.window is not None:
                    self.window.set_covered(on=False)
                    self.window.setWindowTitle(self.window.top_bar.name.text())
                if self._idle is not None:
                    self._idle.start_over()
            else:
                cover.say_problem(_("This passphrase does not open the vault. Try again, or lock."))

        seat.in_background(lambda _task: vault.is_own_passphrase(passphrase), done, owner=cover)

    def lock(self, why: str = "asked") -> None:
        """Keep drafts, destroy all pages, close the vault and drop its keys; show the unlock page."""
        if self.seat is None or self.window is None:
            return
        folder = self.seat.desk.vault.folder
        self._leave(why)
        self.show_unlock(folder, _(WHY_LOCKED[why]) if WHY_LOCKED[why] else "")
        self.locked.emit(why)

    def quit(self) -> None:
        """Lock and end the program."""
        if self.seat is not None:
            self._leave("closed")
        self._worker.close()
        self.app.quit()

    def _leave(self, why: str) -> None:
        seat, window = self.seat, self.window
        assert seat is not None
        assert window is not None
        self._close_dialogs()
        try:
            window.keep_drafts()
        except ShelterDeskError:
            log.warning(_DRAFT_LOST)
        self._geometry = window.saveGeometry()
        window.hide()
        clipboard = QApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        self.seat = self.window = self._cover = self._idle = None
        seat.close()
        try:
            opening.lock_desk(seat.desk, why)
        except ShelterDeskError:
            log.warning(_NO_LOCK_ROW)
        window.deleteLater()
        seat.deleteLater()

    def _close_dialogs(self) -> None:
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget is not self.front and widget.isVisible():
                widget.close()

    def _warn(self, seconds: int) -> None:
        page = self.window.page() if self.window is not None else None
        if page is not None:
            words = _("The screen is covered in {n} seconds because nobody is typing. Press any key to go on.")
            page.banner.say(words.format(n=seconds), kind="attention", icon="timer")

    def _unwarn(self) -> None:
        page = self.window.page() if self.window is not None else None
        if page is not None:
            page.banner.clear()

    def _resize_text(self, step: int) -> None:
        now = self.settings.value(TEXT_SCALE)
        wanted = 1.0 if step == 0 else round(min(max(now + step * _STEP, 0.8), 2.0), 2)
        self.settings.change(TEXT_SCALE, wanted)
        theme.apply(self.app, self.settings.value(SCHEME), wanted)  # pyright: ignore[reportArgumentType]

    def _place(self, window: QWidget) -> None:
        if self._geometry is not None and window.restoreGeometry(self._geometry):
            return
        before = self.front if self.front is not None and self.front is not window else self.window
        if before is not None and before is not window and before.isVisible():
            window.setGeometry(before.geometry())
            window.setWindowState(before.windowState())
        else:
            room = window.screen().availableGeometry().size()
            window.resize(_WINDOW.boundedTo(room))
            if _WITH_FRAME.boundedTo(room) != _WITH_FRAME:
                # With its title bar it would hang over the edge, and the buttons are at the bottom.
                window.setWindowState(Qt.WindowState.WindowMaximized)
