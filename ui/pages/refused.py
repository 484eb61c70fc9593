"""The program cannot start, and says why: what is safe, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt

from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from ui import theme
from ui.widgets.buttons import PrimaryButton
from ui.widgets.front_card import FrontCard, wide
from ui.widgets.front_surface import FrontSurface, close_program
from ui.widgets.text import Words

_WIDTH = 520


class RefusedPage(FrontSurface):
    """One sentence and one button."""

    def __init__(self, error: ShelterDeskError) -> None:
        super().__init__()
        self.hide_languages()
        self.close_now = wide(PrimaryButton(_("Close")))
        self.words = Words(error.text(), wrap=True)
        card = FrontCard(_("The program cannot start"))
        card.setAccessibleName(f"{card.title_words.text()}. {self.words.text()}")
        card.setFixedWidth(theme.px(_WIDTH))
        card.column.addWidget(self.words)
        card.column.addSpacing(20)
        card.column.addWidget(self.close_now)
        card.setFixedHeight(card.wanted_height(card.width()))
        self.middle.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        self.close_now.clicked.connect(close_program)
        self.close_now.setFocus()
