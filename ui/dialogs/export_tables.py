"""Tables in the words of HTCDS and GBVIMS on their way out: which, for whom and why, and who agreed to it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk import vocab
from shelterdesk.documents.protect import suggest_password
from shelterdesk.errors import ShelterDeskError
from shelterdesk.exchange import standard_exports
from shelterdesk.exchange.standard_exports import Gathered, What
from shelterdesk.i18n import N_, _, ngettext
from shelterdesk.sharing import Standing
from ui import theme
from ui.dialogs.export_file import ExportFileDialog
from ui.seat import Seat
from ui.widgets.card import Line
from ui.widgets.check_box import CheckBox, RadioButton
from ui.widgets.chip import ChipText
from ui.widgets.form_row import FormRow
from ui.widgets.page import PageScroll
from ui.widgets.quiet_progress import QuietProgress
from ui.widgets.segmented import Segmented
from ui.widgets.table_cells import Cell, Column, TableRow
from ui.widgets.table_view import TableView
from ui.widgets.text import Words

_OFFERED: Final = (
    (
        What.HTCDS_NAMED,
        N_("HTCDS, with names"),
        N_("For an agency under an agreement. Asks for her consent to share with this recipient."),
    ),
    (What.HTCDS_CODED, N_("HTCDS, coded"), N_("Without names and free words. Asks for consent to statistics.")),
    (
        What.GBVIMS_CODED,
        N_("GBVIMS incident recorder, coded"),
        N_("One row for each incident. Asks for consent to statistics."),
    ),
)
_FILES: Final = {What.HTCDS_NAMED: "htcds", What.HTCDS_CODED: "htcds-coded", What.GBVIMS_CODED: "gbvims"}
_SIDE: Final = 348


class ExportTablesDialog(ExportFileDialog):
    """Choices at the left; at the right everybody in the table by code, how her consent stands, and who is in it."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, "export_tables", _("Export as HTCDS or GBVIMS"), 1000, 740, parent)
        self.gathered: Gathered | None = None
        self.password = suggest_password()
        self.whats: dict[What, RadioButton] = {}
        self.recipient = self.line("recipient", _("Name, and under which agreement"))
        self.why = self.line("why", _("what it is asked for"))
        self.form = Segmented(_("As"), [("xlsx", _("Excel")), ("csv", _("CSV"))], "xlsx")
        self.protect = CheckBox(_("Password"))
        self.protect.setObjectName("with_password")
        self.protect.setChecked(True)
        self.shown_password = self.password_line(self.password)
        self.everybody = CheckBox(_("Take in who has not agreed as well"))
        self.everybody.setObjectName("everybody")
        self.past_consent = Words(
            _("«Why» then stands in the log beside each of them: an order, a duty to report, danger to life."),
            "small",
            "attention",
            wrap=True,
        )
        self.count = Words("", "group")
        self.count.setObjectName("count")
        self.progress = QuietProgress()
        self.table = TableView(
            _("Who is in the table"),
            [Column(_("Person"), width=110), Column(_("Consent"), share=2), Column(_("In the file"), width=110)],
        )
        self._lay_out()
        self.recipient.textChanged.connect(lambda _text: self._show_people())
        self.everybody.toggled.connect(lambda _on: self._show_people())
        self.form.chosen.connect(lambda _form: self._show_password())
        self.protect.toggled.connect(lambda _on: self._show_password())
        self._show_password()
        self._gather()

    # --- how it lies -----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self._choices())
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.count)
        right.addWidget(self.progress)
        right.addWidget(self.table, 1)
        middle.addLayout(right, 1)
        self.lay_out(middle)

    def _choices(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        for what, label, words in _OFFERED:
            radio = RadioButton(_(label))
            radio.setObjectName(what.value)
            radio.setAccessibleDescription(_(words))
            radio.setChecked(not self.whats)
            radio.toggled.connect(lambda on: self._gather() if on else None)
            explained = Words(_(words), "small", "muted", wrap=True)
            explained.setContentsMargins(26, 0, 0, 4)
            self.whats[what] = radio
            column.addWidget(radio)
            column.addWidget(explained)
        column.addWidget(Line())
        for label, field, help_text in (
            (_("For &whom"), self.recipient, ""),
            (_("Wh&y"), self.why, _("Both are kept in the log, and beside everybody in the table.")),
        ):
            row = FormRow(label, field, help_text)
            row.set_above(above=True)
            column.addWidget(row)
        column.addWidget(self.everybody)
        column.addWidget(self.past_consent)
        column.addWidget(Line())
        form = QHBoxLayout()
        form.setSpacing(12)
        form.addWidget(self.form)
        form.addWidget(self.protect)
        form.addStretch(1)
        column.addLayout(form)
        column.addWidget(self.shown_password)
        self.password_words = Words("", "small", "muted", wrap=True)
        column.addWidget(self.password_words)
        column.addWidget(
            Words(_("Coded rows can still point at somebody: the only man, the only child."), "small", wrap=True)
        )
        column.addStretch(1)
        scroll = PageScroll(self)
        scroll.setWidget(side)
        scroll.setFixedWidth(theme.px(_SIDE))
        return scroll

    # --- what is chosen --------------------------------------------------------------------------------------------

    def what(self) -> What:
        """Return which table is chosen."""
        return next(what for what, radio in self.whats.items() if radio.isChecked())

    def taken_password(self) -> str | None:
        """Return the password of the file, None where it gets none."""
        return self.password if self.form.value() == "xlsx" and self.protect.isChecked() else None

    def _gather(self) -> None:
        what, desk = self.what(), self.seat.desk
        self.gathered = None
        self.save_button.setEnabled(False)
        self.progress.work(_("The table is being read."))
        self.progress.show()
        self.count.setText("")
        self.table.set_content([])

        def take(found: Any) -> None:
            if what is self.what():
                self.gathered = found
                self.progress.hide()
                self._show_people()

        def failed(error: BaseException) -> None:
            self.progress.hide()
            if isinstance(error, ShelterDeskError):
                self.complain(error.text())
            else:
                self.seat.complain(error)

        self.seat.in_background(lambda _task: standard_exports.gather(desk, what), take, owner=self, failed=failed)

    def _show_people(self) -> None:
        self.past_consent.setVisible(self.everybody.isChecked())
        gathered = self.gathered
        if gathered is None:
            return
        found = standard_exports.standings(self.seat.desk, gathered, self.recipient.text())
        everybody = self.everybody.isChecked()
        inside = sum(everybody or one.given for one in found.values())
        words = ngettext("{inside} of {n} person in the file", "{inside} of {n} people in the file", len(found))
        self.count.setText(words.format(inside=inside, n=len(found)))
        self.table.set_content([self._row(gathered, whose, one) for whose, one in found.items()])
        self.save_button.setEnabled(inside > 0)

    def _row(self, gathered: Gathered, whose: UUID, standing: Standing) -> TableRow:
        words = vocab.CONSENT_STANDINGS.label(standing.state.value)
        if standing.given:
            is_in = Cell("", chip=ChipText(_("yes"), "done"))
        elif self.everybody.isChecked():
            is_in = Cell("", chip=ChipText(_("with reason"), "attention"))
        else:
            is_in = Cell(_("left out"), tint="muted")
        return TableRow(whose, (Cell(gathered.codes[whose]), Cell(words, tint="muted"), is_in))

    def _show_password(self) -> None:
        protectable = self.form.value() == "xlsx"
        self.protect.setEnabled(protectable)
        with_password = self.taken_password() is not None
        self.shown_password.setVisible(with_password)
        self.password_words.setText(
            _("Tell it by phone or in person, never beside the file.")
            if with_password
            else _("Without a password, whoever has the file can read it.")
        )
        self.password_words.set_tone("muted" if with_password else "attention")

    # --- the way out -----------------------------------------------------------------------------------------------

    def is_ready(self) -> bool:
        """Tell whether nothing is missing, and say what is."""
        for field, words in (
            (self.recipient, _("Enter for whom the table is.")),
            (self.why, _("Write why it leaves.")),
        ):
            if not field.text().strip():
                self.complain(words)
                field.setFocus()
                return False
        return self.gathered is not None

    def file_name(self) -> str:
        return f"{_FILES[self.what()]}-{self.seat.desk.today().isoformat()}"

    def ending(self) -> str:
        return str(self.form.value())

    def made(self) -> bytes:
        assert self.gathered is not None
        return standard_exports.export_table(
            self.seat.desk,
            self.gathered,
            recipient=self.recipient.text(),
            how=str(self.form.value()),
            why=self.why.text(),
            password=self.taken_password(),
            everybody=self.everybody.isChecked(),
        )
