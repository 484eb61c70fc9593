"""The program is about to end: a backup is finished first, unless somebody is in a hurry."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent

from shelterdesk.i18n import _
from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.front_surface import FrontSurface
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.text import Words

_WIDTH = 400


class ClosingPage(FrontSurface):
    """``closed`` fires when somebody does not want to wait."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.hide_languages()
        self.progress = QuietProgress()
        self.progress.work("")
        self.close_now = Button(_("Close now, without it"))
        card = Card(_("Finishing a backup"))
        card.setFixedWidth(theme.px(_WIDTH))
        card.add(
            Words(
                _("Something changed since the last backup. ShelterDesk closes by itself when the new one is checked."),
                wrap=True,
            )
        )
        card.add(self.progress, above=12)
        card.add(self.close_now, above=16)
        card.end()
        self.middle.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        self.close_now.clicked.connect(self.closed)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.closed.emit()
