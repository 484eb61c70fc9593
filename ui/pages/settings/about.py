"""What this program is, what it is made of, and under which licences."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import Final

from PySide6 import __version__ as qt_version
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from shelterdesk import __version__
from shelterdesk.i18n import _
from shelterdesk.paths import resources
from ui import theme
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.text import Words

_PARTS: Final = ("sqlalchemy", "cryptography", "sqlcipher3", "matplotlib", "python-docx", "openpyxl", "babel")


class AboutSection(QWidget):
    """Version, parts and licences."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.facts = Facts()
        card = Card(_("ShelterDesk"))
        what = _("Offline, encrypted records for shelters. Free software under the Apache License 2.0.")
        card.add(Words(what, wrap=True))
        card.add(self.facts, above=12)
        card.end()
        licences = Card(_("Licences of what is carried along"))
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Licences of what is carried along"))
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setMinimumHeight(theme.px(260))
        licences.add(self.text, inset=12)
        licences.end()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(card)
        layout.addWidget(licences)

    def show_now(self) -> None:
        """Read the versions."""
        facts = [
            Fact(_("Version"), __version__),
            Fact(_("Vault"), self.seat.desk.vault.name),
            Fact(_("First key"), self.seat.desk.vault.fingerprint),
            Fact("Python", platform.python_version()),
            Fact("Qt (PySide6)", f"{qt_version}, LGPL-3.0"),
        ]
        facts += [Fact(name, version) for name in _PARTS if (version := _version(name))]
        self.facts.set_facts(facts)
        self.text.setMarkdown((resources() / "LICENCES.md").read_text(encoding="utf-8"))


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
