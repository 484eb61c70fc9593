"""How the vault opens when a passphrase is lost: one sheet or pieces, what it lacks, and making it anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import formats, recovery
from shelterdesk.access import Right
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.recovery import PIECES, RecoveryState
from shelterdesk.staff import StaffMember, compartment_words
from shelterdesk.vault.compartments import Compartment
from ui.pages.settings.people.act_panel import IconSentence
from ui.pages.settings.people.member_words import holds, is_here, key_label
from ui.pages.settings.people.recovery_panels import PiecesPanel, RecoveryPanel, SheetPanel
from ui.pages.settings.people.recovery_papers import PiecePapers, RecoveryPapers, SheetPapers
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.page import bring_into_view
from ui.widgets.text import Words


class RecoveryCard(QWidget):
    """The card with its state; a panel opens in it, and the papers of a new code stand in its place.

    ``changed`` fires when a new code is made and its papers are safe.
    """

    changed = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.panel: RecoveryPanel | None = None
        self.papers: RecoveryPapers | None = None
        self._state: RecoveryState | None = None
        self.card = Card(_("If a passphrase is lost"))
        self.card.setObjectName("recovery")
        self.told = Words(
            _(
                "A colleague gets a new set-up code from whoever manages people. If nobody can sign in any more, the "
                "recovery code opens everything, and everybody who holds keys is told that it was used, when and why."
            ),
            tone="muted",
            wrap=True,
        )
        self.offer = Notice(
            _("More than one person works here now"),
            _("Pieces with different people are safer than one sheet: no single envelope opens everything."),
        )
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.make_pieces = Button(_("Make pieces…"), "users-round")
        self.new_sheet = Button(_("New sheet…"), "file-text")
        self.ask_first = Words("", tone="muted", wrap=True)
        self.let_open = Button(_("Let it open them"), "key-round")
        self._place = QVBoxLayout()
        self._lay_out()
        self.make_pieces.clicked.connect(lambda: self._open(PiecesPanel))
        self.new_sheet.clicked.connect(lambda: self._open(SheetPanel))
        self.let_open.clicked.connect(self._let_open)

    def _lay_out(self) -> None:
        card = self.card
        card.add(self.told)
        card.add_layout(self._lines, above=12)
        letting = QVBoxLayout()
        letting.setSpacing(8)
        letting.addWidget(self.ask_first)
        letting.addWidget(self.let_open, alignment=Qt.AlignmentFlag.AlignLeft)
        card.add_layout(letting, above=8)
        offer = QVBoxLayout()
        offer.addWidget(self.offer)
        card.add_layout(offer, above=12)
        card.add_row(self.make_pieces, self.new_sheet, above=12)
        card.add_layout(self._place, inset=0, above=0)
        card.end()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)

    def show_members(self, members: Sequence[StaffMember]) -> None:
        """Show how the recovery code stands; *members* tells who completes it."""
        self._state = state = recovery.recovery_state(self.seat.desk)
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        made = formats.day(state.made_on)
        if state.kind == PIECES:
            words = _("{pieces} pieces; any {needed} together open the vault. Made on {day}.")
            icon = "users-round"
        else:
            words, icon = _("One sheet opens the vault. Made on {day}."), "file-text"
        said = words.format(pieces=state.pieces, needed=state.needed, day=made)
        self._lines.addWidget(IconSentence(icon, said, "accent"))
        for compartment in Compartment:
            if compartment in state.lacks:
                self._lines.addWidget(IconSentence("clock", self._lacking(compartment, members), "attention"))
        if not state.lacks:
            self._lines.addWidget(IconSentence("check", _("It opens everything."), "done"))
        self._show_letting(members)
        manages = self.seat.desk.may(Right.MANAGE_PEOPLE)
        for widget in (self.make_pieces, self.new_sheet):
            widget.setVisible(manages)
        several = sum(is_here(one) for one in members) > 1
        self.offer.setVisible(manages and several and state.kind != PIECES and self.panel is None)
        self.make_pieces.set_words(_("New pieces…") if state.kind == PIECES else _("Make pieces…"))

    def is_asking(self) -> bool:
        """Tell whether the signed-in person can let the code open something it lacks."""
        return self._state is not None and bool(self._state.can_add)

    def begin(self) -> None:
        """Open the panel for pieces, because another page led here."""
        if self.papers is None:
            self._open(PiecesPanel)

    def close_panel(self) -> None:
        """Close what is open; papers that are not safe yet stay."""
        panel, self.panel = self.panel, None
        self._place.setContentsMargins(0, 0, 0, 0)
        for button in (self.make_pieces, self.new_sheet):
            button.setEnabled(True)
        if panel is not None:
            panel.hide()
            panel.deleteLater()
            self.make_pieces.setFocus()

    def _lacking(self, compartment: Compartment, members: Sequence[StaffMember]) -> str:
        names = ", ".join(self.seat.masked(one.name) for one in members if holds(one, compartment))
        words = _("Not yet in it: {key}. Who holds the key can add it: {names}")
        if not names:
            words = _("Not yet in it: {key}. Nobody who can sign in holds it.")
        return words.format(key=key_label(compartment), names=names)

    def _show_letting(self, members: Sequence[StaffMember]) -> None:
        assert self._state is not None
        keys = self._state.can_add
        for widget in (self.ask_first, self.let_open):
            widget.setVisible(bool(keys))
        made = next((self.seat.masked(one.name) for one in members if one.id == self._state.made_by), "")
        words = _(
            "You can let it open: {keys}. {name} made it; speak first, because who has the code reads what it opens."
        )
        if not made:
            words = _("You can let it open: {keys}. Ask who made it first: who has the code reads what it opens.")
        self.ask_first.setText(words.format(name=made, keys=compartment_words(keys)))

    def _let_open(self) -> None:
        try:
            recovery.let_recovery_open(self.seat.desk)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.saved.emit()
        self.changed.emit()

    def _open(self, make: type[PiecesPanel] | type[SheetPanel]) -> None:
        self.close_panel()
        assert self._state is not None
        panel = make(self.seat.desk, self._state)
        self.panel = panel
        self.offer.hide()
        self._place.setContentsMargins(0, 12, 0, 0)
        self._place.addWidget(panel)
        for button in (self.make_pieces, self.new_sheet):
            button.setEnabled(False)
        panel.save_pressed.connect(self._save)
        panel.cancel_pressed.connect(self.close_panel)
        panel.show()
        (panel.ways if isinstance(panel, PiecesPanel) else panel.save).setFocus()
        bring_into_view(panel.save, panel.heading)

    def _save(self) -> None:
        panel = self.panel
        if panel is None or not panel.is_complete():
            return
        desk, old = self.seat.desk, panel.old_code()
        if isinstance(panel, PiecesPanel):
            needed, pieces = panel.way()
            self._make(
                lambda: PiecePapers(self.seat, recovery.split_recovery(desk, old, pieces=pieces, needed=needed), needed)
            )
        elif old is None:
            self._make(lambda: SheetPapers(self.seat, recovery.new_recovery_sheet(desk)))
        else:
            self._make(lambda: SheetPapers(self.seat, recovery.renew_recovery_code(desk, old)))

    def _make(self, make: Callable[[], SheetPapers | PiecePapers]) -> None:
        panel = self.panel
        assert panel is not None
        try:
            papers = make()
        except ShelterDeskError as error:
            panel.show_error(error)
            return
        self.close_panel()
        self.papers = papers
        layout = self.layout()
        assert layout is not None
        layout.addWidget(papers)
        self.card.hide()
        papers.done.connect(self._put_papers_away)
        papers.show()
        papers.begin()
        bring_into_view(papers.close_button, papers.heading)
        self.seat.saved.emit()

    def _put_papers_away(self) -> None:
        papers, self.papers = self.papers, None
        if papers is not None:
            papers.hide()
            papers.deleteLater()
        self.card.show()
        self.make_pieces.setFocus()
        self.changed.emit()
        self.seat.say(_("The papers made before open nothing any more. Destroy them."), kind="info")
