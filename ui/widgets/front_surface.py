"""The surface shown before anybody has signed in: plain, with the choice of language at the top."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.i18n import _, language
from ui import theme
from ui.theme import tokens
from ui.widgets.page import PageScroll
from ui.widgets.segmented import Segmented
from ui.widgets.text import IconLabel, Words

# Languages name themselves, so that whoever speaks one finds it; these words are not translated.
OWN_NAMES = (("az", "Azərbaycanca"), ("en", "English"), ("ru", "Русский"))


class FrontSurface(QWidget):
    """A top-level window in the colour of the frame. ``language_chosen`` hands back a code."""

    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(*tokens.MINIMUM_WINDOW)
        self.languages = Segmented(_("Language"), OWN_NAMES, language(), parent=self)
        self.languages.chosen.connect(self.language_chosen.emit)
        top = QHBoxLayout()
        top.setContentsMargins(16, 16, 24, 0)
        top.setSpacing(8)
        top.addStretch(1)
        self._languages_icon = IconLabel("languages", 16, "muted", self)
        top.addWidget(self._languages_icon)
        top.addWidget(self.languages)
        self.middle = QVBoxLayout()
        self.middle.setSpacing(16)
        self.middle.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.foot = Words(_("Works without the internet"), "small", "muted", parent=self)
        # On a small screen, or with large text, a long form scrolls instead of losing its lower end.
        self.scroll_area = PageScroll(self)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(0)
        column.addStretch(1)
        column.addLayout(self.middle)
        column.addStretch(1)
        self.scroll_area.setWidget(inner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 16)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.scroll_area, 1)
        layout.addWidget(self.foot, 0, Qt.AlignmentFlag.AlignHCenter)
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(close_program)

    def hide_languages(self) -> None:
        """Offer no choice of language where the page is there for a moment only."""
        self.languages.hide()
        self._languages_icon.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("sidebar"))

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        close_program()


def close_program() -> None:
    """End the program; before sign-in nothing can be lost."""
    app = QApplication.instance()
    if app is not None:
        app.quit()
