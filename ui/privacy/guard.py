"""Stands between an unlocked window and everybody else: cover and PIN, idle time, what the system tells, the clipboard.

It decides when the vault is to be locked and says why; locking itself is the session's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from shelterdesk import lock_reasons
from shelterdesk.i18n import _, ngettext
from shelterdesk.settings import (
    COVER_MINUTES,
    LOCK_MINIMISED,
    LOCK_MINUTES,
    SHOWN_AS,
    THREE_SHIFTS,
    Setting,
)
from shelterdesk.shown_name import while_covered
from shelterdesk.vault import WrongPassphrase
from ui.place import CHOOSE_PIN
from ui.printing.ways_out import asks_in_the_systems_own_dialog
from ui.privacy.clipboard import ClipboardGuard
from ui.privacy.cover import Cover, WayBack
from ui.privacy.idle import IdleWatch
from ui.privacy.input_watch import InputWatch
from ui.privacy.native_dialogs import cancel_dialogs
from ui.privacy.os_signals import Source, SystemWatch, sources_of_this_system
from ui.seat import Seat
from ui.window import Window

PASSPHRASE_TRIES: Final = 5
"""Wrong passphrases on the cover after which the vault locks."""
_LOOK_AGAIN: Final = 100
"""Milliseconds between two looks whether a dialog of the system is answered."""


class Guard(QObject):
    """Lives as long as one window. ``lock_wanted`` hands back the code of a reason."""

    lock_wanted = Signal(str)

    def __init__(self, app: QApplication, seat: Seat, window: Window, sources: Sequence[Source] | None = None) -> None:
        super().__init__(window)
        self.seat, self.window = seat, window
        settings = seat.settings
        self.cover_sheet: Cover | None = None
        self._wrong = 0
        self._pin_offered = False
        self.idle = IdleWatch(settings.value(COVER_MINUTES), settings.value(LOCK_MINUTES), self)
        self.input = InputWatch(app, self)
        self.input.three_shifts = settings.value(THREE_SHIFTS)
        self.system = SystemWatch(sources_of_this_system(app, window) if sources is None else sources, self)
        self.clipboard = ClipboardGuard(self)
        self._connect()
        window.installEventFilter(self)
        # The first cover has to be as quick as the others.
        QTimer.singleShot(0, self, self._make_cover)

    def _connect(self) -> None:
        self.idle.warned.connect(self._warn)
        self.idle.resumed.connect(self._unwarn)
        self.idle.cover_due.connect(self.cover)
        self.idle.lock_due.connect(lambda: self.lock_wanted.emit(lock_reasons.IDLE.code))
        self.idle.slept.connect(lambda: self.lock_wanted.emit(lock_reasons.SLEEP.code))
        self.input.touched.connect(self.idle.touch)
        self.input.hide_wanted.connect(lambda: self.cover(minimise=True))
        self.input.lock_wanted.connect(lambda: self.lock_wanted.emit(lock_reasons.ASKED.code))
        self.system.lock_due.connect(self.lock_wanted)
        self.clipboard.counting.connect(self._count_down)
        self.window.hide_wanted.connect(lambda: self.cover(minimise=True))
        self.seat.setting_changed.connect(self._take_setting)

    def stop(self) -> None:
        """Look and listen no longer; what was copied leaves the clipboard."""
        self.window.removeEventFilter(self)
        self.seat.setting_changed.disconnect(self._take_setting)
        self.input.stop()
        self.idle.stop()
        self.system.stop()
        self.clipboard.stop()

    # --- cover -----------------------------------------------------------------------------------------------

    def is_covered(self) -> bool:
        """Tell whether the cover lies over the window."""
        return self.cover_sheet is not None and self.cover_sheet.isVisibleTo(self.window)

    def cover(self, *, minimise: bool = False) -> None:
        """Cover the window at once, whatever dialog or menu is open. Nothing slow happens before it is painted."""
        keyboard = QApplication.focusWidget()
        self._make_cover().draw_over(self._way_back())
        close_what_lies_above(self.window)
        self.window.setWindowTitle(while_covered(self.seat.settings))
        # By now nothing can be seen any more; taking the keyboard away from a large page takes longer.
        self.window.set_covered(on=True, keyboard=keyboard)
        if minimise:
            self.window.showMinimized()
        # Writing may have to wait for an import; the sheet is there already.
        QTimer.singleShot(0, self, self._tidy_up_below)

    def _tidy_up_below(self) -> None:
        """Keep what was typed and hide the pages: that masks what was shown for a moment, and lets no reader in."""
        if self.is_covered():
            self.window.frame.hide()
        self.window.keep_drafts()

    def _make_cover(self) -> Cover:
        if self.cover_sheet is not None:
            return self.cover_sheet
        self.cover_sheet = sheet = Cover(self.window)
        sheet.tried.connect(self._try_passphrase)
        sheet.pin_tried.connect(self._try_pin)
        sheet.lock_wanted.connect(lambda: self.lock_wanted.emit(lock_reasons.ASKED.code))
        sheet.person_wanted.connect(lambda: self.lock_wanted.emit(lock_reasons.PERSON.code))
        return sheet

    def _way_back(self) -> WayBack:
        if self.seat.pin.is_set():
            return "pin"
        return "none" if self.seat.desk.me.is_recovery else "passphrase"

    def _try_pin(self, digits: str) -> None:
        pin, sheet = self.seat.pin, self.cover_sheet
        assert sheet is not None
        if pin.fits(digits):
            self._take_off()
        elif pin.tries_left:
            left = pin.tries_left
            sheet.say_problem(
                ngettext("This is not the PIN. {n} try left.", "This is not the PIN. {n} tries left.", left)
            )
        else:
            self.lock_wanted.emit(lock_reasons.PIN.code)

    def _try_passphrase(self, passphrase: str) -> None:
        seat, sheet = self.seat, self.cover_sheet
        assert sheet is not None
        vault = seat.desk.vault

        def failed(error: BaseException) -> None:
            if not isinstance(error, WrongPassphrase):
                sheet.set_busy(busy=False)
                seat.complain(error)
                return
            self._wrong += 1
            if self._wrong >= PASSPHRASE_TRIES:
                self.lock_wanted.emit(lock_reasons.PASSPHRASE.code)
            else:
                words = _("This passphrase does not open the vault. Try again, or lock.")
                sheet.say_problem(words, vault.seconds_to_wait())

        def done(_nothing: Any) -> None:
            self._take_off()
            self._offer_pin()

        seat.in_background(lambda _task: vault.confirm_passphrase(passphrase), done, owner=sheet, failed=failed)

    def _take_off(self) -> None:
        assert self.cover_sheet is not None
        self._wrong = 0
        self.cover_sheet.take_off()
        self.window.frame.show()
        self.window.set_covered(on=False)
        self.window.setWindowTitle(self.window.name())
        self.idle.start_over()

    def _offer_pin(self) -> None:
        """Say once, after somebody typed the whole passphrase, that there is a shorter way."""
        page = self.window.page()
        if self._pin_offered or self.seat.pin.is_set() or page is None:
            return
        self._pin_offered = True
        words = _("A PIN of six digits brings you back faster. It holds until the vault is locked.")
        page.banner.say(words, kind="info", acts=(_("Choose a PIN"),))
        for button in page.banner.acts():
            button.clicked.connect(lambda: self.seat.go(CHOOSE_PIN))

    # --- idle time and settings ------------------------------------------------------------------------------

    def _warn(self, seconds: int) -> None:
        page = self.window.page()
        if page is not None and not self.is_covered():
            words = _("The screen is covered in {n} seconds because nobody is typing. Press any key to go on.")
            page.banner.say(words.format(n=seconds), kind="attention", icon="timer")

    def _unwarn(self) -> None:
        page = self.window.page()
        if page is not None and not self.is_covered():
            page.banner.clear()

    def _take_setting(self, setting: Setting[Any]) -> None:
        settings = self.seat.settings
        if setting in (COVER_MINUTES, LOCK_MINUTES):
            self.idle.set_limits(settings.value(COVER_MINUTES), settings.value(LOCK_MINUTES))
        elif setting is THREE_SHIFTS:
            self.input.three_shifts = settings.value(THREE_SHIFTS)
        elif setting is SHOWN_AS:
            self.window.show_name()

    def _count_down(self, seconds: int) -> None:
        words = ngettext(
            "Copied words leave the clipboard in {n} second", "Copied words leave the clipboard in {n} seconds", seconds
        )
        self.window.frame.status.count_down(words if seconds else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.WindowStateChange
            and self.window.isMinimized()
            and not self.is_covered()
            and self.seat.settings.value(LOCK_MINIMISED)
        ):
            # The window is still busy with becoming small.
            QTimer.singleShot(0, self, lambda: self.lock_wanted.emit(lock_reasons.MINIMISED.code))
        return super().eventFilter(watched, event)


def close_what_lies_above(window: QWidget) -> None:
    """Close every menu, list and dialog of the program but *window*. What asked and got no answer does nothing."""
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.close()
        after = QApplication.activePopupWidget()
        popup = after if after is not popup else None
    cancel_dialogs()
    # What waits for a dialog of the system must live until that is answered, so it is only put out of sight.
    put_away = QWidget.hide if asks_in_the_systems_own_dialog() else QWidget.close
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible():
            put_away(widget)


def let_go(*objects: QObject) -> None:
    """Delete *objects* once nothing of the system's own waits for them any more."""
    if asks_in_the_systems_own_dialog():
        QTimer.singleShot(_LOOK_AGAIN, lambda: let_go(*objects))
        return
    for one in objects:
        one.deleteLater()
