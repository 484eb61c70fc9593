"""The papers of a new recovery code, shown once: the sheet, or the pieces with a line for who keeps each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk.documents.key_papers import RECOVERY_PIECE, RECOVERY_SHEET, note_key_paper, recovery_piece
from shelterdesk.documents.recovery_sheet import recovery_sheet
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, language
from ui import theme
from ui.pages.recovery_preview import RecoveryPreview
from ui.printing.ways_out import ask_printer
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.check_box import CheckBox
from ui.widgets.code_groups import CodeGroups
from ui.widgets.text import IconLabel, Words

_KEEPER = 220


class RecoveryPapers(Card):
    """Closed with a tick that the papers are safe: they are the only ones there will be. ``done`` fires then."""

    done = Signal()

    def __init__(self, seat: Seat, title: str, tick: str) -> None:
        super().__init__(title)
        self.seat = seat
        self.setObjectName("recovery-papers")
        self.safe = CheckBox(tick)
        self.problem = Words("", tone="error", wrap=True)
        self.problem.hide()
        self.close_button = PrimaryButton(_("Done"))
        self.close_button.clicked.connect(self._close)

    def end_with_tick(self) -> None:
        """Close the card with the tick and the button."""
        line = QVBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.safe, 0, Qt.AlignmentFlag.AlignLeft)
        line.addWidget(self.problem)
        line.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_layout(line, above=16)
        self.end()

    def note(self, what: str) -> bool:
        """Write into the log that a paper was printed; without that nothing is."""
        try:
            note_key_paper(self.seat.desk, what)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return False
        return True

    def _close(self) -> None:
        if self.safe.isChecked():
            self.done.emit()
            return
        self.problem.setText(_("Print the papers or write them down, then tick the box. They are shown nowhere else."))
        self.problem.show()
        self.safe.setFocus()


class SheetPapers(RecoveryPapers):
    """The new sheet, covered on screen until asked for."""

    def __init__(self, seat: Seat, code: str) -> None:
        super().__init__(seat, _("New recovery sheet"), _("The sheet is printed and in a safe place"))
        vault, groups = seat.desk.vault, code.split("-")
        self.preview = RecoveryPreview(lambda: self.note(RECOVERY_SHEET))
        self.preview.set_document(
            recovery_sheet(groups, vault.name, vault.fingerprint, language(), hidden=True),
            recovery_sheet(groups, vault.name, vault.fingerprint, language()),
        )
        # It stands in a card already.
        theme.mark(self.preview, surface="")
        self.add(self.preview, inset=0)
        self.end_with_tick()

    def begin(self) -> None:
        """Put the keyboard where one goes on."""
        self.preview.print_button.setFocus()


class PiecePapers(RecoveryPapers):
    """Each piece on its own page. Who keeps it is typed onto the paper only, and kept nowhere."""

    def __init__(self, seat: Seat, codes: Sequence[str], needed: int) -> None:
        super().__init__(
            seat, _("Pieces of the recovery code"), _("Every piece is on paper and with the person who keeps it")
        )
        words = _("Any {needed} of these {pieces} open the vault. Print each on its own page and hand it over at once.")
        self.add(Words(words.format(needed=needed, pieces=len(codes)), wrap=True))
        self.rows = [_Piece(self, code, number, len(codes), needed) for number, code in enumerate(codes, 1)]
        for row in self.rows:
            self.add(row, above=12)
        note = _("Names typed here go onto the paper only. They are kept nowhere, so that nobody learns who to ask.")
        self.add(Words(note, "small", "muted", wrap=True), above=12)
        self.end_with_tick()

    def begin(self) -> None:
        """Put the keyboard where one goes on."""
        self.rows[0].keeper.setFocus()


class _Piece(QWidget):
    """One piece: its keeper, the way to paper, and the code only when asked for."""

    def __init__(self, papers: PiecePapers, code: str, number: int, pieces: int, needed: int) -> None:
        super().__init__()
        self._papers, self._code, self._number, self._pieces, self._needed = papers, code, number, pieces, needed
        name = _("Piece {n}").format(n=number)
        self.setAccessibleName(name)
        self.keeper = QLineEdit()
        self.keeper.setFixedWidth(theme.px(_KEEPER))
        self.keeper.setAccessibleName(_("Who keeps piece {n}").format(n=number))
        self.keeper.setPlaceholderText(_("Kept by (paper only)"))
        self.print_button = Button(_("Print…"), "printer")
        self.print_button.setAccessibleName(_("Print piece {n}").format(n=number))
        self.by_hand = LinkButton(_("Write it down by hand"), "pencil")
        self.printed = IconLabel("check", 16, "done")
        self.printed.setAccessibleName(_("Printed"))
        policy = self.printed.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.printed.setSizePolicy(policy)
        self.printed.hide()
        self.groups = CodeGroups(name)
        self.groups.hide()
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.printed)
        line.addWidget(Words(name, strong=True))
        line.addWidget(self.keeper)
        line.addWidget(self.print_button)
        line.addWidget(self.by_hand)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.groups)
        self.print_button.clicked.connect(self.print_piece)
        self.by_hand.clicked.connect(self.toggle)

    def print_piece(self) -> QWidget:
        """Print this piece. It never goes through a file."""
        paper = recovery_piece(
            self._code.split("-"),
            self._number,
            self._pieces,
            self._needed,
            self._papers.seat.desk.vault.name,
            language(),
            keeper=self.keeper.text().strip(),
        )
        return ask_printer(self, paper, self._leave)

    def toggle(self) -> None:
        """Show the code on screen, or hide it again."""
        shown = self.groups.isHidden()
        self.groups.show_code(self._code.split("-") if shown else ())
        self.groups.setVisible(shown)
        self.by_hand.set_words(_("Hide the code") if shown else _("Write it down by hand"))

    def _leave(self) -> bool:
        if not self._papers.note(RECOVERY_PIECE):
            return False
        self.printed.show()
        return True
