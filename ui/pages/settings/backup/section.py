"""The section with its cards. Work on files runs in the background; what came of it is said where it was asked for."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.access import Right
from ui.pages.settings.backup.look_card import LookCard
from ui.pages.settings.backup.places_card import PlacesCard
from ui.pages.settings.backup.when_card import WhenCard
from ui.pages.settings.backup.whole_card import WholeCard
from ui.seat import Seat


class BackupSection(QWidget):
    """Where backups go, when, what is in one, and whether everything is whole."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.places = PlacesCard(seat)
        self.when = WhenCard(seat)
        self.look = LookCard(seat)
        self.whole = WholeCard(seat)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for card in (self.places, self.when, self.look, self.whole):
            layout.addWidget(card)
        self.when.setVisible(seat.desk.may(Right.CHANGE_SETTINGS))
        self.places.made.connect(self.look.find)

    def show_now(self) -> None:
        """Show what is known; disks are asked in the background."""
        self.places.show_now()
        self.when.show_now()
        self.look.find()

    def back_up(self) -> None:
        """Make a backup at every place that is there."""
        self.places.back_up()
