"""The receipt for belongings and documents: look, then a printer or a PDF."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shelterdesk.documents.receipt import note_receipt, receipt
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, language
from ui.dialogs.print_only import UNMASKED
from ui.printing.pages import pdf_bytes
from ui.printing.preview import PreviewDialog
from ui.printing.ways_out import ask_file, ask_printer
from ui.seat import Seat


def print_receipt(seat: Seat, parent: QWidget, person_id: UUID | None) -> PreviewDialog | None:
    """Open the preview of the receipt of a person, or with None of one to fill in by hand."""
    try:
        document = receipt(seat.desk, person_id, language())
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    advice = _("Two copies: one for her, one for the file. Both sign when something is taken in and when it goes back.")
    if seat.visitor and person_id is not None:
        advice = f"{advice} {_(UNMASKED)}"
    dialog = PreviewDialog(document, offered=("print", "pdf"), advice=advice, parent=parent.window())
    dialog.setObjectName("print_receipt")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    name = f"{document.file_name}-{document.key.value}" if document.key is not None else document.file_name

    def leave(how: str, said: str) -> bool:
        try:
            note_receipt(seat.desk, person_id, how=how)
        except ShelterDeskError as error:
            seat.complain(error)
            return False
        dialog.accept()
        seat.say(said)
        return True

    def save(path: Path) -> None:
        data = pdf_bytes(document)
        try:
            # The place is tried before the log is written: what cannot be saved did not leave.
            with path.open("wb") as stream:
                if leave("pdf", _("Saved as {name}").format(name=path.name)):
                    stream.write(data)
        except OSError:
            seat.say(_("The file could not be written there. Choose another folder."), kind="attention")

    dialog.print_requested.connect(lambda: ask_printer(dialog, document, lambda: leave("print", _("Printed"))))
    dialog.pdf_requested.connect(lambda: ask_file(dialog, f"{name}-{seat.desk.today().isoformat()}", "pdf", save))
    dialog.open()
    return dialog
