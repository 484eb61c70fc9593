"""One referral to somebody else, opened below its row: everything about it, and the next step."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from shelterdesk import vocab
from shelterdesk.fields import CLOSED, Field
from shelterdesk.i18n import N_, _
from shelterdesk.referrals_out import NEXT, ReferralOut
from ui import theme
from ui.seat import MASK, Seat
from ui.theme.tokens import Tone
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.chip import ChipText
from ui.widgets.facts import Fact, Facts
from ui.widgets.text import Words

_STEPS: Final = {
    "sent": N_("Mark as sent"),
    "accepted": N_("They accept"),
    "declined": N_("They do not accept"),
    "done": N_("Done"),
    "withdrawn": N_("Withdraw"),
}
_CHIPS: Final[dict[str, tuple[Tone, str]]] = {
    "prepared": ("neutral", "file-pen"),
    "sent": ("info", "arrow-right"),
    "accepted": ("info", "check"),
    "declined": ("neutral", "x"),
    "done": ("done", "check"),
    "withdrawn": ("neutral", "undo-2"),
}


def state_chip(state: str) -> ChipText:
    """Return how a referral stands."""
    tone, icon = _CHIPS.get(state, ("neutral", ""))
    return ChipText(vocab.REFERRAL_STATES.label(state), tone, icon)


class ReferralPanel(QFrame):
    """``step_wanted`` hands back the state to go on to."""

    step_wanted = Signal(str)
    letter_wanted = Signal()
    edit_wanted = Signal()
    archive_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, seat: Seat, referral: ReferralOut, *, may_change: bool) -> None:
        super().__init__()
        self.seat, self.referral = seat, referral
        self.setObjectName("referral_panel")
        theme.mark(self, surface="editor")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(self._groups())
        column.addLayout(self._acts(may_change=may_change))

    def _groups(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(4)
        for place, (group, facts) in enumerate(self._facts().items()):
            table = Facts()
            table.set_facts(facts)
            grid.addWidget(Words(_(group), strong=True), 0, place, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(table, 1, place, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(place, 1)
        # The longer group decides the height; the headings stay close above both.
        grid.setRowStretch(1, 1)
        return grid

    def _facts(self) -> dict[str, list[Fact]]:
        found: dict[str, list[Fact]] = {}
        for field in self.seat.desk.fields(ReferralOut):
            fact = self._fact(field)
            if fact is not None:
                found.setdefault(field.group or N_("More"), []).append(fact)
        return found

    def _fact(self, field: Field) -> Fact | None:
        value = field.read(self.referral)
        if value is CLOSED:
            return Fact(_(field.label), _("sealed"), "muted")
        if value in (None, "", frozenset()):
            return None
        missing = field.attribute == "consent" and value != "given"
        masked = self.seat.visitor and field.compartment is not None
        return Fact(_(field.label), MASK if masked else field.show(value), "attention" if missing else "")

    def _acts(self, *, may_change: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        if may_change:
            for state in NEXT.get(self.referral.state, ()):
                button = Button(_(_STEPS[state]))
                button.setObjectName(f"step_{state}")
                button.clicked.connect(lambda _checked=False, state=state: self.step_wanted.emit(state))
                row.addWidget(button)
            letter = Button(_("Letter…"), "printer")
            letter.setObjectName("referral_letter")
            letter.clicked.connect(self.letter_wanted)
            row.addWidget(letter)
        links = [(_("Close"), self.close_wanted, "close_referral")]
        if may_change:
            links[:0] = [
                (_("Edit"), self.edit_wanted, "edit_referral"),
                (_("Take out"), self.archive_wanted, "archive_referral"),
            ]
        for words, signal, name in links:
            link = LinkButton(words, slim=True)
            link.setObjectName(name)
            link.clicked.connect(signal)
            row.addWidget(link)
        row.addStretch(1)
        return row
