"""A request by an authority on paper: look, then a printer or a PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shelterdesk.authority_requests import AuthorityRequest
from shelterdesk.documents.request_paper import note_request_paper, request_paper
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, language
from ui.printing.pages import pdf_bytes
from ui.printing.preview import PreviewDialog
from ui.printing.ways_out import ask_file, ask_printer
from ui.seat import Seat


def print_request(seat: Seat, parent: QWidget, request: AuthorityRequest) -> PreviewDialog | None:
    """Open the preview of a request for the file."""
    try:
        document = request_paper(seat.desk, request, language())
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    advice = _("For the file. What the authority gets is what the answer says, no page more.")
    dialog = PreviewDialog(document, offered=("print", "pdf"), advice=advice, parent=parent.window())
    dialog.setObjectName("print_request")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    name = f"{document.file_name}-{document.key.value}" if document.key is not None else document.file_name

    def leave(how: str, said: str) -> bool:
        try:
            note_request_paper(seat.desk, request, how=how, for_whom=_("the file in the shelter"))
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
