"""What leaves the building with an export of a summary: what, for whom, why; then the file."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from shelterdesk.i18n import _
from shelterdesk.summaries.table import Summary
from ui.seat import Seat


class ExportDialog(QDialog):
    def __init__(self, seat: Seat, summary: Summary, *, recipient: str | None, form: str, with_password: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)

    def show_preview(self) -> None: ...
