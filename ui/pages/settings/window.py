"""Language, look and safety of the window on this computer."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from shelterdesk.i18n import _, language
from shelterdesk.settings import COVER_MINUTES, LANGUAGE, LOCK_MINUTES, NEUTRAL_TITLE, SCHEME, TEXT_SCALE, Settings
from ui import theme
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.front_surface import OWN_NAMES
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

_COVER = (2, 5, 10, 15)
_LOCK = (5, 15, 30, 60)
_SIZES = (0.9, 1.0, 1.15, 1.3, 1.5)


class WindowSection(QWidget):
    """Settings of this computer; they hold no content of a record."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.settings = Settings()
        self.language = Segmented(_("Language"), OWN_NAMES, language())
        self.scheme = Segmented(
            _("Colours"), [("system", _("As the computer")), ("light", _("Light")), ("dark", _("Dark"))]
        )
        self.sizes = Segmented(_("Text size"), [(size, f"{round(size * 100)} %") for size in _SIZES])
        self.cover = Segmented(_("Cover"), [(n, _("{n} min").format(n=n)) for n in _COVER])
        self.lock = Segmented(_("Lock"), [(n, _("{n} min").format(n=n)) for n in _LOCK])
        self.title = Segmented(_("Window title"), [(False, "ShelterDesk"), (True, _("A neutral name"))])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._card(_("Language and look"), self._look()))
        layout.addWidget(self._card(_("Safety"), self._safety()))
        for field, setting in (
            (self.language, LANGUAGE),
            (self.scheme, SCHEME),
            (self.sizes, TEXT_SCALE),
            (self.cover, COVER_MINUTES),
            (self.lock, LOCK_MINUTES),
            (self.title, NEUTRAL_TITLE),
        ):
            field.chosen.connect(lambda value, setting=setting: self._change(setting, value))

    def _look(self) -> list[tuple[str, QWidget, str]]:
        return [
            (_("Language"), self.language, _("Holds when the vault is opened next.")),
            (_("Colours"), self.scheme, ""),
            (_("Text size"), self.sizes, ""),
        ]

    def _safety(self) -> list[tuple[str, QWidget, str]]:
        return [
            (_("Cover after"), self.cover, _("Without a key or the mouse. Back with the passphrase.")),
            (_("Lock after"), self.lock, _("Drafts are kept, keys are dropped. Holds when the vault is opened next.")),
            (_("Window title"), self.title, _("What the taskbar shows. Holds when the vault is opened next.")),
        ]

    @staticmethod
    def _card(title: str, rows: list[tuple[str, QWidget, str]]) -> Card:
        card = Card(title)
        form = FormRows()
        for label, field, help_text in rows:
            form.add_row(FormRow(label, field, help_text, fill=False))
        card.add(form)
        card.add(Words(_("These settings belong to this computer."), "small", "muted"), above=8)
        card.end()
        return card

    def show_now(self) -> None:
        """Show what is set."""
        self.settings = Settings()
        self.scheme.set_value(self.settings.value(SCHEME))
        self.sizes.set_value(self.settings.value(TEXT_SCALE))
        self.cover.set_value(self.settings.value(COVER_MINUTES))
        self.lock.set_value(self.settings.value(LOCK_MINUTES))
        self.title.set_value(self.settings.value(NEUTRAL_TITLE))

    def _change(self, setting: Any, value: Any) -> None:
        self.settings.change(setting, value)
        app = QApplication.instance()
        if setting in (SCHEME, TEXT_SCALE) and isinstance(app, QApplication):
            scheme: Any = self.settings.value(SCHEME)
            theme.apply(app, scheme, self.settings.value(TEXT_SCALE))
