"""What leaves the building with a summary: what, for whom, why; the pages as they will be; then the file."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import exports
from shelterdesk.documents.protect import suggest_password
from shelterdesk.documents.summary import file_name
from shelterdesk.i18n import _, language
from shelterdesk.summaries.table import Summary
from shelterdesk.summaries.words import title_of
from ui import theme
from ui.dialogs.export_file import ExportFileDialog
from ui.printing.pages import pdf_bytes
from ui.printing.preview import PagePreview
from ui.seat import Seat
from ui.widgets.card import Line
from ui.widgets.facts import Fact, Facts
from ui.widgets.form_row import FormRow
from ui.widgets.text import Words

_NAMES: Final = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF", "csv": "CSV"}
_SIDE: Final = 324


class ExportDialog(ExportFileDialog):
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
        super().__init__(seat, "export_summary", _("Export summary"), 1060, 760, parent)
        self.summary, self.recipient, self.form = summary, recipient, form
        self.password = suggest_password() if with_password else None
        self.why = self.line("why", _("monthly report"))
        self.preview = PagePreview(exports.summary_paper(seat.desk, summary, recipient=recipient), self)
        self._lay_out()
        self.finished.connect(self.preview.forget)
        self.why.setFocus()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
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
            column.addWidget(self.password_line(self.password))
            column.addWidget(
                Words(_("Tell it by phone or in person, never beside the file."), "small", "muted", wrap=True)
            )
        elif self.form in ("pdf", "csv"):
            words = _("{form} cannot carry a password: whoever has the file can read it.")
            column.addWidget(Words(words.format(form=_NAMES[self.form]), "small", "attention", wrap=True))
        column.addStretch(1)
        middle.addWidget(side)
        middle.addWidget(self.preview, 1)
        self.lay_out(middle)

    def _facts(self) -> list[Fact]:
        return [
            Fact(_("What"), _("protected figures") if self.recipient is None else _("exact figures")),
            Fact(_("For whom"), self.recipient or _("anyone")),
            Fact(_("As"), _NAMES[self.form]),
        ]

    def file_name(self) -> str:
        return file_name(self.summary)

    def ending(self) -> str:
        return self.form

    def taken_password(self) -> str | None:
        return self.password

    def made(self) -> bytes:
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
