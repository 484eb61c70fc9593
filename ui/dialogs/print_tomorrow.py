"""Tomorrow's appointments on paper: a preview that can only be printed."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from shelterdesk.documents.tomorrow import note_tomorrow, tomorrow_list, tomorrow_rows
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, language
from ui.dialogs.print_only import print_only
from ui.printing.preview import PreviewDialog
from ui.seat import Seat


def print_tomorrow(seat: Seat, parent: QWidget) -> PreviewDialog | None:
    """Open the preview of the list."""
    desk = seat.desk
    day = desk.today() + timedelta(days=1)
    try:
        document = tomorrow_list(tomorrow_rows(desk, day, language()), day, language())
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    advice = _("Codes only: no name, no court, no address. It stays in the house and is destroyed in the evening.")
    return print_only(seat, parent, document, advice, lambda: note_tomorrow(desk, how="print"))
