"""Everything one may read as one workbook with a password: for when the program itself cannot be used."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import everything
from shelterdesk.documents.protect import suggest_password
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from ui.dialogs.export_file import ExportFileDialog
from ui.seat import Seat
from ui.widgets.card import Line
from ui.widgets.form_row import FormRow
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.text import Words


class ExportEverythingDialog(ExportFileDialog):
    """Says what the file holds and asks why; the workbook is made once a place for it is chosen."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, "export_everything", _("Export everything"), 620, 460, parent)
        self.password = suggest_password()
        self._book: bytes | None = None
        self.why = self.line("why", _("the program cannot be used for a while"))
        self.progress = QuietProgress()
        self.progress.hide()
        column = QVBoxLayout()
        column.setSpacing(8)
        holds = _("One workbook with a sheet for each kind of record: everything you can read, of everybody.")
        lacks = _("What you hold no key for is not in it, nor is a record that asks why or is closed to you.")
        mind = _("Whoever has this file and its password has the whole house. Keep it no longer than needed.")
        column.addWidget(Words(holds, wrap=True))
        column.addWidget(Words(lacks, tone="muted", wrap=True))
        column.addWidget(Words(mind, tone="attention", wrap=True))
        row = FormRow(_("Wh&y"), self.why, _("Kept in the log."))
        row.set_above(above=True)
        column.addWidget(row)
        column.addWidget(Line())
        column.addWidget(Words(_("Password of the file, shown only here"), tone="muted", wrap=True))
        column.addWidget(self.password_line(self.password))
        words = _("Tell it by phone or in person, never beside the file.")
        column.addWidget(Words(words, "small", "muted", wrap=True))
        column.addWidget(self.progress)
        column.addStretch(1)
        self.lay_out(column)
        self.why.setFocus()

    def file_name(self) -> str:
        return f"{self.seat.desk.vault.name}-{self.seat.desk.today().isoformat()}"

    def ending(self) -> str:
        return "xlsx"

    def taken_password(self) -> str:
        return self.password

    def is_ready(self) -> bool:
        if self.why.text().strip():
            return True
        self.complain(_("Write why it leaves."))
        self.why.setFocus()
        return False

    def save(self, path: Path) -> bool:
        """Make the workbook, then write it; one that could not be written is kept for the next place."""
        if not self.is_ready():
            return False
        if self._book is not None:
            return super().save(path)
        desk, password, save = self.seat.desk, self.password, super().save
        self.banner.clear()
        self.save_button.setEnabled(False)
        self.progress.work(_("Everything is being read. Closing this window stops it; nothing leaves then."))
        self.progress.show()

        def take(book: Any) -> None:
            self._book = book
            self._rest()
            save(path)

        def failed(error: BaseException) -> None:
            self._rest()
            if isinstance(error, ShelterDeskError):
                self.complain(error.text())
            else:
                self.seat.complain(error)

        self.seat.in_background(lambda _task: everything.make_workbook(desk, password), take, owner=self, failed=failed)
        return True

    def _rest(self) -> None:
        self.progress.hide()
        self.save_button.setEnabled(True)

    def made(self) -> bytes:
        assert self._book is not None
        everything.note_workbook(self.seat.desk, self.why.text())
        return self._book
