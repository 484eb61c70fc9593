"""A paper that is printed and never saved: it stays in the house."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shelterdesk.documents.blocks import Document
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, _
from ui.printing.preview import PreviewDialog
from ui.printing.ways_out import ask_printer
from ui.seat import Seat

UNMASKED: Final = N_("This is the paper as it will be: visitor mode has not masked it.")
"""What a preview says while somebody visits."""


def print_only(
    seat: Seat, parent: QWidget, document: Document, advice: str, note: Callable[[], object]
) -> PreviewDialog:
    """Open the preview of *document*. *note* writes into the log that it was printed; without that nothing is."""
    if seat.visitor:
        advice = f"{advice} {_(UNMASKED)}"
    dialog = PreviewDialog(document, offered=("print",), advice=advice, parent=parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def leave() -> bool:
        try:
            note()
        except ShelterDeskError as error:
            seat.complain(error)
            return False
        dialog.accept()
        seat.say(_("Printed"))
        return True

    dialog.print_requested.connect(lambda: ask_printer(dialog, document, leave))
    dialog.open()
    return dialog
