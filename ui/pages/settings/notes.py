"""Settings → Notes: after how many days a note locks."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import note_lock
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from ui import theme
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.text import Words

_WIDTH: Final = 72
_DIGITS: Final = 4


class NotesSection(QWidget):
    """The number holds for everybody in this vault as soon as it is left."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.days = QLineEdit()
        self.days.setObjectName("note_lock_days")
        self.days.setMaxLength(_DIGITS)
        self.days.setFixedWidth(theme.px(_WIDTH))
        self.days.editingFinished.connect(self.store)
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.days)
        line.addWidget(Words(_("days"), tone="muted"))
        line.addStretch(1)
        holder.setFocusProxy(self.days)
        card = Card(_("Locking notes"))
        words = _(
            "A note can be corrected for some days after it was written down; each correction keeps what stood before. "
            "Then it locks: it can still be amended, but only with a reason. The same holds for the notes of services."
        )
        card.add(Words(words, tone="muted", wrap=True))
        rows = FormRows()
        self.row = rows.add_row(FormRow(_("Notes lock after"), holder, _("0 or empty: never."), fill=False))
        card.add(rows, above=8)
        card.end()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def show_now(self) -> None:
        """Show what the shelter chose."""
        days = note_lock.lock_days(self.seat.desk)
        self.days.setText(str(days) if days else "")
        self.row.set_problem("")

    def store(self) -> None:
        """Keep the number, or say what is to be changed."""
        typed = self.days.text().strip() or "0"
        if not typed.isdecimal():
            self.row.set_problem(_("Enter a number of days, for example 7"))
            return
        try:
            if int(typed) != note_lock.lock_days(self.seat.desk):
                note_lock.set_lock_days(self.seat.desk, int(typed))
        except ShelterDeskError as error:
            self.row.set_problem(error.text())
        else:
            self.row.set_problem("")
