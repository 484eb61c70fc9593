"""The list of work and training on paper: a preview that can only be printed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shelterdesk.documents.work_list import note_work_list, work_list
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, language
from shelterdesk.work import read_work
from ui.printing.preview import PreviewDialog
from ui.printing.ways_out import ask_printer
from ui.seat import Seat


def print_work_list(seat: Seat, parent: QWidget) -> PreviewDialog | None:
    """Open the preview of the list."""
    desk = seat.desk
    try:
        document = work_list(read_work(desk), language())
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    advice = _("Codes only: no name, no partner, no address. It stays in the house and is destroyed after the round.")
    dialog = PreviewDialog(document, offered=("print",), advice=advice, parent=parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def leave() -> bool:
        try:
            note_work_list(desk, how="print")
        except ShelterDeskError as error:
            seat.complain(error)
            return False
        dialog.accept()
        seat.say(_("Printed"))
        return True

    dialog.print_requested.connect(lambda: ask_printer(dialog, document, leave))
    dialog.open()
    return dialog
