"""The contact sheet of providers: which of them, with what, in which language."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shelterdesk import catalogue, vocab
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.contact_sheet import contact_sheet, count_of, note_contact_sheet
from shelterdesk.folding import fold
from shelterdesk.i18n import _, language
from ui.dialogs.paper_dialog import PaperDialog
from ui.seat import Seat
from ui.widgets.check_box import CheckBox
from ui.widgets.choice_field import ChoiceField


class PrintContactsDialog(PaperDialog):
    """Begins with what the directory was filtered by."""

    def __init__(self, seat: Seat, words: str, wanted: str, parent: QWidget) -> None:
        super().__init__(
            seat,
            contact_sheet(seat.desk, language(), words=words, wanted=wanted),
            _("Contact sheet of providers"),
            _("It names no resident, and says nothing of how working with a provider goes."),
            parent.window(),
        )
        self.setObjectName("print_contacts")
        self.words = words
        kinds = [(one.kind, one.label) for one in catalogue.offered(seat.desk)]
        families = [
            (one.code, _("{family}: all").format(family=_(one.label)))
            for one in vocab.SERVICE_FAMILIES
            if vocab.SERVICE_KINDS.get(one.code) is None
        ]
        self.wanted = ChoiceField(_("Service"), [("", _("Every service")), *families, *kinds], wanted, fold=fold)
        self.wanted.setObjectName("contacts_service")
        self.colleagues = CheckBox(_("With the colleagues"))
        self.colleagues.setObjectName("contacts_colleagues")
        self.costs = CheckBox(_("With what it costs"))
        self.costs.setObjectName("contacts_costs")
        self.costs.setChecked(True)
        self.add_labelled(_("&Service"), self.wanted)
        self.column.addWidget(self.colleagues)
        self.column.addWidget(self.costs)
        self.wanted.chosen.connect(lambda _code: self.show_paper())
        self.colleagues.toggled.connect(lambda _on: self.show_paper())
        self.costs.toggled.connect(lambda _on: self.show_paper())
        self.begin()
        self.wanted.setFocus()

    def make(self, chosen_language: str) -> Document:
        return contact_sheet(
            self.seat.desk,
            chosen_language,
            words=self.words,
            wanted=self.wanted.value() or "",
            colleagues=self.colleagues.isChecked(),
            costs=self.costs.isChecked(),
        )

    def note(self, how: str) -> None:
        note_contact_sheet(self.seat.desk, count_of(self.document), how=how)
