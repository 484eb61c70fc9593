"""The receipt for belongings and documents, of a person or to fill in by hand."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk.documents.blocks import Document
from shelterdesk.documents.receipt import note_receipt, receipt
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, language
from ui.dialogs.paper_dialog import PaperDialog
from ui.seat import Seat


def print_receipt(seat: Seat, parent: QWidget, person_id: UUID | None) -> PrintReceiptDialog | None:
    """Open the receipt of a person, or with None one to fill in by hand."""
    try:
        dialog = PrintReceiptDialog(seat, person_id, parent)
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    dialog.open()
    return dialog


class PrintReceiptDialog(PaperDialog):
    """The receipt in the language she reads."""

    def __init__(self, seat: Seat, person_id: UUID | None, parent: QWidget) -> None:
        super().__init__(
            seat,
            receipt(seat.desk, person_id, language()),
            _("Receipt for belongings and documents"),
            _("Two copies: one for her, one for the file. Both sign when something is taken in and when it goes back."),
            parent.window(),
        )
        self.setObjectName("print_receipt")
        self.person_id = person_id
        self.begin()
        self.language.setFocus()

    def make(self, chosen_language: str) -> Document:
        return receipt(self.seat.desk, self.person_id, chosen_language)

    def note(self, how: str) -> None:
        note_receipt(self.seat.desk, self.person_id, how=how)

    def file_name(self) -> str:
        code = self.document.key
        name = self.document.file_name if code is None else f"{self.document.file_name}-{code.value}"
        return f"{name}-{self.seat.desk.today().isoformat()}"
