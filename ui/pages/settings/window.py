"""Language, look and safety of the window on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.errors import Problem
from shelterdesk.i18n import _, language
from shelterdesk.settings import (
    ALLOW_PICTURES,
    COVER_MINUTES,
    LANGUAGE,
    LOCK_MINIMISED,
    LOCK_MINUTES,
    SCHEME,
    SHOWN_AS,
    TEXT_SCALE,
    THREE_SHIFTS,
    Setting,
)
from shelterdesk.shown_name import NEUTRAL, as_installed
from ui.privacy.capture import can_be_prevented
from ui.privacy.session_pin import DIGITS, SessionPin
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.front_surface import OWN_NAMES
from ui.widgets.pin_field import PinField
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

_COVER = (2, 5, 10, 15)
_LOCK = (5, 15, 30, 60)
_SIZES = (0.9, 1.0, 1.15, 1.3, 1.5)


class WindowSection(QWidget):
    """Settings of this computer; they hold no content of a record and hold at once where nothing else is said."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        off_and_on = [(False, _("Off")), (True, _("On"))]
        self.language = Segmented(_("Language"), OWN_NAMES, language())
        self.scheme = Segmented(
            _("Colours"), [("system", _("As the computer")), ("light", _("Light")), ("dark", _("Dark"))]
        )
        self.sizes = Segmented(_("Text size"), [(size, f"{round(size * 100)} %") for size in _SIZES])
        self.cover = Segmented(_("Cover"), [(n, _("{n} min").format(n=n)) for n in _COVER])
        self.lock = Segmented(_("Lock"), [(n, _("{n} min").format(n=n)) for n in _LOCK])
        self.pin = _PinChooser(seat.pin)
        self.minimised = Segmented(_("Lock when minimised"), off_and_on)
        self.shifts = Segmented(_("Shift three times hides"), off_and_on)
        self.title = Segmented(_("Name and mark"), _names())
        self.pictures = Segmented(_("Pictures of the window"), [(False, _("Prevent")), (True, _("Allow"))])
        self._fields: tuple[tuple[Segmented, Setting[Any]], ...] = (
            (self.language, LANGUAGE),
            (self.scheme, SCHEME),
            (self.sizes, TEXT_SCALE),
            (self.cover, COVER_MINUTES),
            (self.lock, LOCK_MINUTES),
            (self.minimised, LOCK_MINIMISED),
            (self.shifts, THREE_SHIFTS),
            (self.title, SHOWN_AS),
            (self.pictures, ALLOW_PICTURES),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(_card([(_("Language and look"), self._look())]))
        away, beside = (_("When nobody is at the desk"), self._away()), (_("When somebody looks on"), self._beside())
        layout.addWidget(_card([away, beside]))
        layout.addWidget(Words(_("These settings belong to this computer."), "small", "muted"))
        for field, setting in self._fields:
            field.chosen.connect(lambda value, setting=setting: seat.change_setting(setting, value))

    def _look(self) -> list[tuple[str, QWidget, str]]:
        return [
            (_("Language"), self.language, _("Holds when the vault is opened next.")),
            (_("Colours"), self.scheme, ""),
            (_("Text size"), self.sizes, ""),
        ]

    def _away(self) -> list[tuple[str, QWidget, str]]:
        return [
            (
                _("Cover after"),
                self.cover,
                _("Without a key or the mouse. You come back with the PIN or the passphrase."),
            ),
            (
                _("PIN"),
                self.pin,
                _("Six digits for the cover. Kept in memory until the vault is locked; three wrong ones lock it."),
            ),
            (
                _("Lock after"),
                self.lock,
                _(
                    "Drafts are kept, keys are dropped. A locked screen, sleep and another user lock at once, "
                    "where the system tells us."
                ),
            ),
            (_("Lock when minimised"), self.minimised, ""),
        ]

    def _beside(self) -> list[tuple[str, QWidget, str]]:
        if can_be_prevented():
            pictures = _("Screenshots and screen sharing show nothing of this window. Allow them for training only.")
        else:
            pictures = _("On this system nobody can prevent pictures of the screen. Cover the window when in doubt.")
        rows: list[tuple[str, QWidget, str]] = [
            (
                _("Shift three times hides"),
                self.shifts,
                _("Beside Ctrl+H, from any page, dialog or menu. It may get in the way of sticky keys."),
            ),
            (_("Name and mark"), self.title, _("What the title, the taskbar and the cover show.")),
        ]
        # Where nothing can be chosen the words stand alone.
        shown = self.pictures if can_be_prevented() else Words(_("Cannot be prevented here"), tone="muted")
        return [*rows, (_("Pictures of the window"), shown, pictures)]

    def show_now(self) -> None:
        """Show what is set."""
        for field, setting in self._fields:
            if setting is not LANGUAGE:
                field.set_value(self.seat.settings.value(setting))
        self.pin.show_now()

    def choose_pin(self) -> None:
        """Put the keyboard where a PIN is chosen."""
        self.pin.begin()


class _PinChooser(QWidget):
    """A line for six digits and what became of them."""

    def __init__(self, pin: SessionPin) -> None:
        super().__init__()
        self._pin = pin
        self.line = PinField(_("PIN"), DIGITS, self)
        self.keep = Button(_("Keep PIN"), parent=self)
        self.drop = LinkButton(_("Forget it"), slim=True, parent=self)
        self.said = Words("", tone="muted", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.line, self.keep, self.said, self.drop):
            row.addWidget(widget)
        row.addStretch(1)
        self.setFocusProxy(self.line)
        self.keep.clicked.connect(self._keep)
        self.line.returnPressed.connect(self._keep)
        self.drop.clicked.connect(pin.drop)
        pin.changed.connect(self.show_now)
        self.show_now()

    def begin(self) -> None:
        """Ask for the digits."""
        self.line.setFocus()

    def show_now(self) -> None:
        """Say whether there is a PIN."""
        self.line.clear()
        self._say(_("A PIN is set") if self._pin.is_set() else "")
        self.drop.setVisible(self._pin.is_set())

    def _keep(self) -> None:
        try:
            self._pin.choose(self.line.text())
        except Problem as problem:
            self.line.clear()
            self._say(problem.text(), wrong=True)
        self.line.setFocus()

    def _say(self, words: str, *, wrong: bool = False) -> None:
        self.said.set_tone("error" if wrong else "muted")
        self.said.setText(words)
        self.line.setAccessibleDescription(words)


def _names() -> list[tuple[str, str]]:
    """Return what the program may be called here: as it was installed, or by one of the neutral names."""
    installed = as_installed()
    return [("", installed.name), *((key, one.name) for key, one in NEUTRAL.items() if one.name != installed.name)]


def _card(groups: Sequence[tuple[str, Sequence[tuple[str, QWidget, str]]]]) -> Card:
    card = Card("")
    card.add_space(14)
    form = FormRows()
    for title, rows in groups:
        form.add_heading(title)
        for label, field, help_text in rows:
            form.add_row(FormRow(label, field, help_text, fill=False))
    card.add(form)
    card.end()
    return card
