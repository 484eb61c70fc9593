"""Legal matters of one person for the file: which of them, with or without their notes, then a printer or a file."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk import legal_matters, vocab
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.legal_paper import legal_paper, note_legal
from shelterdesk.i18n import _, language
from shelterdesk.legal_matters import COMPARTMENT, subject_of
from ui.dialogs.paper_dialog import PaperDialog
from ui.seat import Seat
from ui.widgets.check_box import CheckBox
from ui.widgets.text import Words


class PrintLegalDialog(PaperDialog):
    """The matter that was looked at is chosen first; notes stay behind unless they are wanted."""

    def __init__(self, seat: Seat, person_id: UUID, parent: QWidget, chosen: UUID | None = None) -> None:
        self.person_id = person_id
        self.matters: dict[UUID, CheckBox] = {}
        document = legal_paper(seat.desk, person_id, (), language())
        advice = _("Paper about a case is read by whoever finds it. Print only what has to be read away from here.")
        super().__init__(seat, document, _("Print legal matters"), advice, parent)
        self.setObjectName("print_legal")
        self.column.addWidget(Words(_("Which matters"), tone="muted"))
        for one in legal_matters.matters_of(seat.desk, person_id):
            box = CheckBox(seat.desk.choices(vocab.LEGAL_MATTERS).label(one.kind))
            box.setObjectName("matter")
            about = seat.masked(subject_of(one))
            box.setAccessibleDescription(about)
            box.setChecked(one.id == chosen)
            box.toggled.connect(lambda _on: self.show_paper())
            self.matters[one.id] = box
            self.column.addWidget(box)
            if about:
                explained = Words(about, "small", "muted", wrap=True)
                explained.setContentsMargins(26, 0, 0, 4)
                self.column.addWidget(explained)
        self.with_notes = CheckBox(_("With their notes"))
        self.with_notes.setObjectName("with_notes")
        self.with_notes.setVisible(seat.desk.holds(COMPARTMENT))
        self.with_notes.toggled.connect(lambda _on: self.show_paper())
        self.column.addWidget(self.with_notes)
        self.begin()
        if self.matters:
            next(iter(self.matters.values())).setFocus()

    def chosen(self) -> frozenset[UUID]:
        """Return the matters that are ticked."""
        return frozenset(one for one, box in self.matters.items() if box.isChecked())

    def make(self, chosen_language: str) -> Document:
        return legal_paper(
            self.seat.desk, self.person_id, self.chosen(), chosen_language, with_notes=self.with_notes.isChecked()
        )

    def is_ready(self) -> bool:
        self.show_paper()
        if self.chosen():
            return True
        self.banner.say(_("Choose what it is to say"), "", kind="attention")
        next(iter(self.matters.values())).setFocus()
        return False

    def note(self, how: str) -> None:
        note_legal(self.seat.desk, self.person_id, with_notes=self.with_notes.isChecked(), how=how)
