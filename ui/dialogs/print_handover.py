"""The handover sheet on paper: a preview that can only be printed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shelterdesk.documents.handover import handover_sheet, note_handover
from shelterdesk.errors import ShelterDeskError
from shelterdesk.house_book.shifts import Shift
from shelterdesk.i18n import _, language
from ui.dialogs.print_only import print_only
from ui.printing.preview import PreviewDialog
from ui.seat import Seat


def print_handover(seat: Seat, parent: QWidget, shift: Shift) -> PreviewDialog | None:
    """Open the preview of the sheet of *shift*."""
    desk = seat.desk
    try:
        document = handover_sheet(desk, shift, language())
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    advice = _("Short names only. It stays in the house and is destroyed at the next handover.")
    return print_only(seat, parent, document, advice, lambda: note_handover(desk, how="print"))
