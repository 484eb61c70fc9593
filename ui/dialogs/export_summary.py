"""What leaves the building with a summary: what, for whom, why; the pages as they will be; then the file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import exports
from shelterdesk.documents.protect import suggest_password
from shelterdesk.documents.summary import file_name
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, language
from shelterdesk.summaries.table import Summary
from shelterdesk.summaries.words import title_of
from ui import theme
from ui.printing.pages import pdf_bytes
from ui.printing.preview import PagePreview
from ui.printing.ways_out import ask_file, write_whole
from ui.seat import Seat
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Line
from ui.widgets.facts import Fact, Facts
from ui.widgets.form_row import FormRow
from ui.widgets.text import Words

_NAMES: Final = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF", "csv": "CSV"}
_SIDE: Final = 324


class ExportDialog(QDialog):
    """Facts and the reason at the left, the pages at the right. Without a *recipient* the figures are protected."""

    def __init__(
        self,
        seat: Seat,
        summary: Summary,
        *,
        recipient: str | None,
        form: str,
        with_password: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export_summary")
        self.setWindowTitle(_("Export summary"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.seat, self.summary, self.recipient, self.form = seat, summary, recipient, form
        self.password = suggest_password() if with_password else None
        room = self.screen().availableSize()
        self.resize(min(1060, room.width() - 40), min(760, room.height() - 60))
        self.banner = Banner(parent=self)
        self.why = QLineEdit()
        self.why.setObjectName("why")
        self.why.setPlaceholderText(_("monthly report"))
        self.save_button = PrimaryButton(_("Save file…"), "file-output")
        self.save_button.setObjectName("save")
        self.close_button = Button(_("Close"))
        self.preview = PagePreview(exports.summary_paper(seat.desk, summary, recipient=recipient), self)
        self._lay_out()
        self.save_button.clicked.connect(self.ask)
        self.close_button.clicked.connect(self.reject)
        self.finished.connect(self.preview.forget)
        self.why.setFocus()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.setSpacing(8)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.addWidget(self.banner)
        whole.addLayout(top)
        middle = QHBoxLayout()
        middle.setContentsMargins(16, 0, 16, 0)
        middle.setSpacing(16)
        side = QWidget()
        side.setFixedWidth(theme.px(_SIDE))
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        title = f"{title_of(self.summary)}, {self.summary.period.label()}"
        column.addWidget(Words(title, "group", wrap=True))
        facts = Facts()
        facts.set_facts(self._facts())
        column.addWidget(facts)
        row = FormRow(_("Why"), self.why, _("Kept in the log."))
        row.set_above(above=True)
        column.addWidget(row)
        if self.password is not None:
            column.addWidget(Line())
            column.addWidget(Words(_("Password of the file, shown only here"), tone="muted", wrap=True))
            shown = QLineEdit(self.password)
            shown.setObjectName("password")
            shown.setReadOnly(True)
            shown.setAccessibleName(_("Password of the file"))
            column.addWidget(shown)
            column.addWidget(
                Words(_("Tell it by phone or in person, never beside the file."), "small", "muted", wrap=True)
            )
        elif self.form in ("pdf", "csv"):
            words = _("{form} cannot carry a password: whoever has the file can read it.")
            column.addWidget(Words(words.format(form=_NAMES[self.form]), "small", "attention", wrap=True))
        column.addStretch(1)
        middle.addWidget(side)
        middle.addWidget(self.preview, 1)
        whole.addLayout(middle, 1)
        whole.addWidget(Line())
        line = QHBoxLayout()
        line.setContentsMargins(16, 4, 16, 12)
        line.addWidget(self.close_button)
        line.addStretch(1)
        line.addWidget(self.save_button)
        whole.addLayout(line)

    def _facts(self) -> list[Fact]:
        return [
            Fact(_("What"), _("protected figures") if self.recipient is None else _("exact figures")),
            Fact(_("For whom"), self.recipient or _("anyone")),
            Fact(_("As"), _NAMES[self.form]),
        ]

    def ask(self) -> None:
        """Ask where the file is to lie, and save it."""
        ask_file(self, file_name(self.summary), self.form, self.save)

    def save(self, path: Path) -> bool:
        """Write the file and log that it leaves; what cannot be written did not leave."""
        try:
            write_whole(path, self._made)
        except ShelterDeskError as error:
            self._complain(error.text())
            return False
        except OSError:
            self._complain(_("The file could not be written there. Choose another folder."))
            return False
        self.seat.say(_("Saved as {name}").format(name=path.name))
        if self.password is None:
            self.accept()
        else:
            self.save_button.setEnabled(False)
            self.banner.say(
                _("Saved as {name}. Note the password before you close.").format(name=path.name), kind="done"
            )
        return True

    def _made(self) -> bytes:
        desk, why = self.seat.desk, self.why.text().strip()
        if self.form == "pdf":
            return pdf_bytes(exports.export_pages(desk, self.summary, recipient=self.recipient, how="pdf", why=why))
        return exports.export_summary(
            desk,
            self.summary,
            recipient=self.recipient,
            format=self.form,
            password=self.password,
            why=why,
            language=language(),
        )

    def _complain(self, words: str) -> None:
        self.banner.say(words, kind="error")
