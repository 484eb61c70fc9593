"""The list of work and training on paper: a preview that can only be printed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shelterdesk.documents.work_list import note_work_list, work_list
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, language
from shelterdesk.work import read_work
from ui.dialogs.print_only import print_only
from ui.printing.preview import PreviewDialog
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
    return print_only(seat, parent, document, advice, lambda: note_work_list(desk, how="print"))
