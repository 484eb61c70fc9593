"""The card at a bed: a preview that can only be printed."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk.documents.bed_card import bed_card, note_bed_card
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, language
from ui.dialogs.print_only import print_only
from ui.printing.preview import PreviewDialog
from ui.seat import Seat


def print_bed_card(seat: Seat, parent: QWidget, person_id: UUID) -> PreviewDialog | None:
    """Open the preview of the card of one person."""
    desk = seat.desk
    try:
        document = bed_card(desk, person_id, language())
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    advice = _("What she is called, her bed, the day and her language. Nothing else stands on it.")
    return print_only(seat, parent, document, advice, lambda: note_bed_card(desk, person_id, how="print"))
