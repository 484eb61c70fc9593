"""What stands in the place of a restricted record, or of what happened, until somebody says why it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import residents
from shelterdesk.i18n import N_, _, text
from shelterdesk.restrictions import REASONS
from ui import theme
from ui.seat import Seat
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.flow import Flow
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.text import ElidedWords, IconLabel, Words

_WIDEST = 700


@dataclass(frozen=True)
class ReasonWords:
    """What the card says, as message ids. ``said`` tells who is asked and who will read it."""

    title: str
    said: str
    open: str
    offers: Sequence[str]


OF_A_RECORD = ReasonWords(
    N_("This record asks why it is opened"),
    N_(
        "Everybody is asked, once until the vault is locked. The reason stands sealed in the log, and whoever reads "
        "the log sees it."
    ),
    N_("Open the record"),
    REASONS,
)


class ReasonCard(QWidget):
    """``given`` hands back the reason. A suggestion is taken by pressing it; other words are as good."""

    given = Signal(str)

    def __init__(self, seat: Seat, parent: QWidget | None = None, words: ReasonWords = OF_A_RECORD) -> None:
        super().__init__(parent)
        self.seat, self._words = seat, words
        self.person_id: UUID | None = None
        self.card = Card(_(words.title), parent=self)
        self.card.setObjectName("reason-card")
        self._whose = QHBoxLayout()
        self._whose.setSpacing(8)
        self.line = QLineEdit(self.card)
        self.line.setObjectName("reason")
        self.open_button = PrimaryButton(_(words.open), parent=self.card)
        self._fill()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 20, 0)
        layout.addWidget(self.card)
        layout.addStretch(1)
        self.open_button.clicked.connect(self._give)
        self.line.returnPressed.connect(self._give)
        self.line.textEdited.connect(lambda: self.row.set_problem(""))
        theme.notifier.changed.connect(self._fit)
        self._fit()

    def _fill(self) -> None:
        self.card.beside_title(IconLabel("lock", 16, "accent", self.card))
        self.card.add_layout(self._whose)
        self.card.add(Words(_(self._words.said), tone="muted", wrap=True, parent=self.card), above=8)
        rows = FormRows(self.card)
        self.row = rows.add_row(FormRow(_("Why do you open it?"), self.line))
        self.card.add(rows, above=16)
        offered = QWidget(self.card)
        flow = Flow(offered)
        self.offers: list[Button] = []
        for reason in self._words.offers:
            offer = Button(text(reason), parent=offered)
            offer.clicked.connect(lambda _checked=False, offer=offer: self._take(offer.words()))
            flow.addWidget(offer)
            self.offers.append(offer)
        self.card.add(offered, above=8)
        self.card.add_row(self.open_button, above=16)
        self.card.end()

    def ask(self, person_id: UUID) -> None:
        """Ask why the record of a person is opened."""
        self.person_id = person_id
        while (item := self._whose.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        found = residents.rows_of(self.seat.desk, [person_id]).get(person_id)
        if found is not None:
            if found.has_name:
                self._whose.addWidget(ElidedWords(self.seat.masked(found.name), strong=True, sensitive=True))
            self._whose.addWidget(Chip(found.code, "outline"))
            self._whose.addStretch(1)
        self.line.clear()
        self.row.set_problem("")

    def begin(self) -> None:
        """Put the keyboard where the reason is written."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, words: str) -> None:
        self.line.setText(words)
        self.row.set_problem("")
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        words = self.line.text().strip()
        if not words:
            self.row.set_problem(_("Write why you open it, or choose one of the reasons"))
            self.begin()
            return
        self.given.emit(words)

    def _fit(self) -> None:
        self.card.setMaximumWidth(theme.px(_WIDEST))
