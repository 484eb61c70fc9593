"""The cover: an opaque neutral sheet over the window, drawn before anything slow happens."""

from __future__ import annotations

import math
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.i18n import _, ngettext
from ui import theme
from ui.privacy.session_pin import DIGITS
from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.pin_field import PinField
from ui.widgets.text import Words

WayBack = Literal["pin", "passphrase", "none"]
_WIDTH = 334


class Cover(QWidget):
    """Lies over everything in its window.

    ``tried`` hands back a passphrase, ``pin_tried`` a PIN; ``lock_wanted`` and ``person_wanted`` give up.
    """

    tried = Signal(str)
    pin_tried = Signal(str)
    lock_wanted = Signal()
    person_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._way: WayBack = "passphrase"
        self._held_back = 0
        self._wrong = ""
        self.setObjectName("cover")
        self.setAccessibleName(_("Covered"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        self.label = Words("", parent=self)
        self.passphrase = PassphraseField(_("Passphrase"), self)
        self.pin = PinField(_("PIN"), DIGITS, self)
        self.problem = Words("", tone="error", wrap=True, parent=self)
        self.open = PrimaryButton(_("Continue"), parent=self)
        self.other_way = LinkButton(_("Use the passphrase"), parent=self)
        self.person = LinkButton(_("Change person"), parent=self)
        self.lock = LinkButton(_("Lock"), parent=self)
        middle = QWidget(self)
        middle.setFixedWidth(theme.px(_WIDTH))
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.label, self.passphrase, self.pin, self.problem, self.open):
            column.addWidget(widget)
        self.problem.setFixedWidth(theme.px(_WIDTH))
        links = QHBoxLayout()
        links.setSpacing(12)
        links.addWidget(self.other_way)
        links.addStretch(1)
        links.addWidget(self.person)
        links.addWidget(self.lock)
        column.addLayout(links)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self._second_passed)
        self.problem.hide()
        self.open.clicked.connect(self._try)
        self.passphrase.submitted.connect(self._try)
        self.pin.filled.connect(self._try)
        self.other_way.clicked.connect(lambda: self.ask_for("passphrase"))
        self.person.clicked.connect(self.person_wanted)
        self.lock.clicked.connect(self.lock_wanted)
        window.installEventFilter(self)
        self.hide()

    def draw_over(self, way: WayBack = "passphrase") -> None:
        """Cover the window at once: painted synchronously, before this call returns."""
        self.setGeometry(self._window.rect())
        self.ask_for(way)
        self.say_problem("")
        self.show()
        self.raise_()
        self.repaint()
        self._take_keyboard()

    def ask_for(self, way: WayBack) -> None:
        """Ask for the PIN or the passphrase; where there is neither, only locking is left."""
        self._way = way
        self.passphrase.clear()
        self.pin.clear()
        words = {
            "pin": _("PIN"),
            "passphrase": _("Passphrase"),
            "none": _("Opened with the recovery sheet: lock, and open with the sheet again."),
        }[way]
        self.label.setText(words)
        self.label.setWordWrap(way == "none")
        self.label.setBuddy({"pin": self.pin, "passphrase": self.passphrase, "none": self.lock}[way])
        self.passphrase.setVisible(way == "passphrase")
        self.pin.setVisible(way == "pin")
        self.open.setVisible(way != "none")
        self.other_way.setVisible(way == "pin")
        self._take_keyboard()

    def take_off(self) -> None:
        """Show the window again."""
        self.passphrase.clear()
        self.pin.clear()
        self.hide()

    def say_problem(self, words: str, wait_seconds: float = 0) -> None:
        """Say why it did not open and let the next try wait; «» takes it away."""
        # A second is over before the next words are typed; the vault itself makes up for it.
        self._held_back = math.ceil(wait_seconds) if wait_seconds > 1 else 0
        self._say(words + self._wait_words() if words else "")
        self.passphrase.clear()
        self.pin.clear()
        self.set_busy(busy=self._held_back > 0)
        if self._held_back > 0:
            self._wrong = words
            self._seconds.start()
        elif words:
            self._take_keyboard()

    def set_busy(self, *, busy: bool) -> None:
        """Wait quietly while the passphrase is stretched."""
        for widget in (self.open, self.passphrase, self.pin, self.other_way):
            widget.setEnabled(not busy)

    def is_held_back(self) -> bool:
        """Tell whether the next try has to wait."""
        return self._held_back > 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("sidebar"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def _take_keyboard(self) -> None:
        {"pin": self.pin, "passphrase": self.passphrase, "none": self.lock}[self._way].setFocus()

    def _try(self) -> None:
        if self._held_back > 0:
            return
        if self._way == "pin":
            self.pin_tried.emit(self.pin.text())
        else:
            self.set_busy(busy=True)
            self.tried.emit(self.passphrase.text())

    def _second_passed(self) -> None:
        self._held_back -= 1
        self._say(self._wrong + self._wait_words())
        if self._held_back <= 0:
            self._seconds.stop()
            self.set_busy(busy=False)
            self._take_keyboard()

    def _wait_words(self) -> str:
        if self._held_back <= 0:
            return ""
        words = ngettext(
            "The next try is possible in {n} second.", "The next try is possible in {n} seconds.", self._held_back
        )
        return " " + words

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        # A centred layout takes the height of one line unless it is told how many there are.
        self.problem.setFixedHeight(max(self.problem.heightForWidth(self.problem.width()), 0))
