"""From start to quit: first run or unlock, the window of the signed-in person, cover and lock.

Locking destroys every page and the desk and drops the keys; unlocking builds a new window.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from shelterdesk import house_settings, lock_reasons, logs, memory, opening, restoring
from shelterdesk.desk import Desk
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext, set_language
from shelterdesk.paths import found_again, remembered
from shelterdesk.sample import OTHERS, PASSPHRASE, USER_NAME
from shelterdesk.settings import (
    ALLOW_PICTURES,
    LANGUAGE,
    LAST_VAULT,
    SCHEME,
    SHOWN_AS,
    TEXT_SCALE,
    Settings,
)
from shelterdesk.shown_name import shown
from ui import icons, theme
from ui.backup_rounds import BackupRounds
from ui.pages.closing import ClosingPage
from ui.pages.damage import DamagePage, PutBackPage
from ui.pages.first_run import FirstRunPage
from ui.pages.unlock import UnlockPage
from ui.place import Place
from ui.privacy.capture import CaptureGuard, capture_control
from ui.privacy.guard import Guard, close_what_lies_above, let_go
from ui.seat import Front, Seat
from ui.theme.title_bar import TitleBars, title_bar_control
from ui.window import Window
from ui.work import Worker

log = logging.getLogger(__name__)
_NOT_REMEMBERED = logs.line("the vault has no neutral path, so it is not remembered")
_LEFT_UNDONE = logs.line("a step of locking failed: %s")

_STEP = 0.1
_FORGET_AFTER = 400
"""Milliseconds after the window was destroyed."""
_FIRST_PLACES: Final = {
    "settings": Place("settings", section="house"),
    "welcome": Place("today", doing="welcome"),
    "people": Place("settings", section="people"),
}
"""Where somebody begins who has just set up a vault, chosen a passphrase, or came in with the recovery code."""
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
        self.guard: Guard | None = None
        self.rounds: BackupRounds | None = None
        self.capture = CaptureGuard(app, allowed=settings.value(ALLOW_PICTURES), system=capture_control(), parent=self)
        self.title_bars = TitleBars(app, title_bar_control(), parent=self)
        self._worker = Worker(self)
        self._geometry: QByteArray | None = None
        self._out_of_sight = False

    # --- before sign-in --------------------------------------------------------------------------------------

    def start(self, vault: Path | None = None, *, demo: bool = False, backup: Path | None = None) -> None:
        """Show the unlock page for *vault* or the last one used; the first-run page where there is none.

        With a *backup* the page that puts it back comes first, whatever vault is there already.
        """
        known = self.settings.value(LAST_VAULT)
        folder = vault or (found_again(known) if known else None)
        if folder is not None:
            # The power may have gone while a backup took the place of the vault.
            restoring.finish(folder)
        if backup is not None:
            self.show_put_back(backup, folder)
        elif demo:
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

    def show_unlock(self, folder: Path, why: str = "", *, use_copy: bool = False) -> None:
        """Show the unlock page; *why* tells in words why it locked. *use_copy* opens by the second copy of the keys."""
        page = UnlockPage(self.settings, folder, why, use_copy=use_copy)
        page.damage_wanted.connect(self.show_damage)
        page.unlock_wanted.connect(self._unlock)
        page.set_up_wanted.connect(self._set_up)
        page.recovery_wanted.connect(self._recover)
        page.first_run_wanted.connect(self.show_first_run)
        page.language_chosen.connect(lambda code: self._change_language(code, lambda: self.show_unlock(folder, why)))
        self._show_front(page)

    def show_damage(self, folder: Path) -> None:
        """Show what is known of a damaged vault, its backups, and the way to save what can be read."""
        page = DamagePage(folder)
        page.opened_wanted.connect(self.show_unlock)
        page.copy_wanted.connect(lambda damaged: self.show_unlock(damaged, use_copy=True))
        page.language_chosen.connect(lambda code: self._change_language(code, lambda: self.show_damage(folder)))
        self._show_front(page)

    def show_put_back(self, backup: Path, folder: Path | None) -> None:
        """Show the page that puts *backup* back; *folder* is the vault used last, or None."""
        page = PutBackPage(backup, folder)
        page.opened_wanted.connect(self.show_unlock)
        page.left.connect(lambda: self.start(folder))
        page.language_chosen.connect(
            lambda code: self._change_language(code, lambda: self.show_put_back(backup, folder))
        )
        self._show_front(page)

    def _unlock(self, folder: Path, user_name: str, passphrase: str, use_copy: bool) -> None:
        self._open(lambda: opening.open_desk(folder, user_name, passphrase, use_copy=use_copy))

    def _set_up(self, folder: Path, user_name: str, code: str, passphrase: str) -> None:
        self._open(lambda: opening.accept_invitation(folder, user_name, code, passphrase), "welcome")

    def _recover(self, folder: Path, codes: list[str], why: str) -> None:
        if len(codes) == 1:
            self._open(lambda: opening.open_desk_with_recovery(folder, codes[0], why=why), "people")
        else:
            self._open(lambda: opening.open_desk_with_pieces(folder, codes, why=why), "people")

    def _open(self, function: Callable[[], Desk], begin_at: str = "today") -> None:
        front = self.front
        assert isinstance(front, UnlockPage)
        page: UnlockPage = front
        page.set_busy(busy=True)

        def failed(error: BaseException) -> None:
            page.set_busy(busy=False)
            if not isinstance(error, ShelterDeskError):
                raise error
            page.show_error(error)

        self._worker.run(
            lambda _task: function(), then=lambda desk: self._enter(desk, begin_at), failed=failed, owner=page
        )

    def _first_run(self) -> FirstRunPage:
        assert isinstance(self.front, FirstRunPage)
        return self.front

    def _show_front(self, page: QWidget) -> None:
        before, self.front = self.front, page
        page.setWindowTitle(shown(self.settings).name)
        self._place(page)
        if self._out_of_sight:
            # Somebody hid the window; it does not come back by itself because the vault was locked meanwhile.
            page.showMinimized()
            self._out_of_sight = False
        else:
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
            self.settings.change(LAST_VAULT, remembered(desk.vault.folder))
        except (ValueError, OSError):
            log.info(_NOT_REMEMBERED)
        self.seat = Seat(desk, self, self.settings)
        self.seat.setting_changed.connect(self._dress)
        self.window = Window(self.seat, self.settings)
        self.window.lock_wanted.connect(self.lock)
        self.window.quit_wanted.connect(self.quit)
        self.window.text_size_wanted.connect(self._resize_text)
        self.seat.lock_then.connect(self._lock_then)
        self.guard = Guard(self.app, self.seat, self.window)
        self.guard.lock_wanted.connect(self.lock)
        self.rounds = BackupRounds(self.seat)
        self.guard.idle.cover_due.connect(self.rounds.while_nobody_is_there)
        self.rounds.begin()
        self._place(self.window)
        self.window.show()
        front, self.front = self.front, None
        if front is not None:
            front.hide()
            front.deleteLater()
        if page != "today":
            self.window.go(_FIRST_PLACES.get(page, Place(page)))
        if house_settings.get(desk, "invented"):
            words = _("All people here are invented. User name: {user}, or {others}. Passphrase: {passphrase}")
            others = ", ".join(OTHERS)
            self.seat.say(words.format(user=USER_NAME, others=others, passphrase=PASSPHRASE), kind="info")
        self.opened.emit(self.seat)

    def cover(self, *, minimise: bool = False) -> None:
        """Cover the window at once, whatever dialog is open."""
        if self.guard is not None:
            self.guard.cover(minimise=minimise)

    def lock(self, why: str = lock_reasons.ASKED.code) -> None:
        """Keep drafts, destroy all pages, close the vault and drop its keys; show the unlock page.

        *why* is the code of a reason. It holds whatever menu or dialog is open, and whatever goes wrong on the way.
        """
        if self.seat is None or self.window is None:
            return
        folder, sentence = self.seat.desk.vault.folder, lock_reasons.sentence_for(why)
        unkept = self._leave(why)
        if unkept:
            lost = ngettext(
                "One draft could not be kept, because the disk did not take it.",
                "{n} drafts could not be kept, because the disk did not take them.",
                unkept,
            )
            sentence = f"{sentence} {lost}".strip()
        self.show_unlock(folder, sentence)
        self.locked.emit(why)

    def _lock_then(self, why: str, then: Callable[[Front], None]) -> None:
        if self.seat is not None:
            self._leave(why)
            then(self)
            self.locked.emit(why)

    def quit(self) -> None:
        """Lock and end the program; a large vault that changed is backed up first, which can be cut short."""
        if self.window is None or self.rounds is None:
            self.end()
            return
        task = self.rounds.before_the_end(self.end)
        if task is None:
            self.end()
            return
        page = ClosingPage()
        task.progressed.connect(page.progress.advance)
        page.closed.connect(task.cancel)
        self.rounds.stop()
        self._show_front(page)
        self.window.hide()

    def end(self) -> None:
        """Lock and end the program without waiting for anything that may take long."""
        if self.seat is not None:
            self._leave(lock_reasons.CLOSED.code)
        self._worker.close()
        self.app.quit()

    def _leave(self, why: str) -> int:
        """Close everything that belongs to the signed-in person; return how many drafts could not be kept.

        What can be seen goes first, what is slow later. No step may keep the next one from being taken.
        """
        seat, window, guard, rounds = self.seat, self.window, self.guard, self.rounds
        assert seat is not None
        assert window is not None
        self.seat = self.window = self.guard = self.rounds = None
        self._geometry, self._out_of_sight = window.saveGeometry(), window.isMinimized()
        window.hide()
        desk = seat.desk
        for step in (
            lambda: close_what_lies_above(window),
            # What the worker writes would keep the drafts waiting.
            seat.worker.close,
            window.keep_drafts,
            lambda: rounds.stop() if rounds is not None else None,
            seat.close,
            lambda: rounds.before_leaving(why) if rounds is not None else None,
            lambda: opening.lock_desk(desk, why),
            desk.close,
            # Only now may the system go to sleep.
            lambda: guard.stop() if guard is not None else None,
        ):
            _try(step)
        unkept = len(seat.unkept)
        window.destroyed.connect(self._forget_soon)
        let_go(window, seat)
        return unkept

    def _forget_soon(self) -> None:
        # The pages are gone. By then the unlock page is there to be looked at, and who waited for them has let go.
        QTimer.singleShot(_FORGET_AFTER, self, memory.forget)

    def _resize_text(self, step: int) -> None:
        now = self.settings.value(TEXT_SCALE)
        wanted = 1.0 if step == 0 else round(min(max(now + step * _STEP, 0.8), 2.0), 2)
        if self.seat is not None:
            self.seat.change_setting(TEXT_SCALE, wanted)

    def _dress(self, setting: object) -> None:
        if setting in (SCHEME, TEXT_SCALE):
            scale = self.settings.value(TEXT_SCALE)
            theme.apply(self.app, self.settings.value(SCHEME), scale)  # pyright: ignore[reportArgumentType]
        elif setting is SHOWN_AS:
            icons.show_mark(shown(self.settings).mark)
            self.app.setWindowIcon(icons.app_icon())
        elif setting is ALLOW_PICTURES:
            self.capture.set_allowed(allowed=self.settings.value(ALLOW_PICTURES))

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


def _try(step: Callable[[], object]) -> None:
    """Take a step of locking; what fails there is noted, and the vault is closed all the same."""
    try:
        step()
    # A bug on the way must not leave the vault open.
    except Exception as error:
        log.warning(_LEFT_UNDONE, type(error), exc_info=error)
