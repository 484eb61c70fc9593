"""Tables in the words of HTCDS and GBVIMS on their way out: which, for whom and why, and who agreed to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import vocab
from shelterdesk.documents.protect import suggest_password
from shelterdesk.errors import ShelterDeskError
from shelterdesk.exchange import standard_exports
from shelterdesk.exchange.standard_exports import Gathered, What
from shelterdesk.i18n import N_, _, ngettext
from shelterdesk.sharing import Standing
from ui import theme
from ui.printing.ways_out import ask_file, write_whole
from ui.seat import Seat
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, PrimaryButton
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


class ExportTablesDialog(QDialog):
    """Choices at the left; at the right everybody in the table by code, how her consent stands, and who is in it."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export_tables")
        self.setWindowTitle(_("Export as HTCDS or GBVIMS"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.seat = seat
        self.gathered: Gathered | None = None
        self.password = suggest_password()
        room = self.screen().availableSize()
        self.resize(min(1000, room.width() - 40), min(740, room.height() - 60))
        self.banner = Banner(parent=self)
        self.whats: dict[What, RadioButton] = {}
        self.recipient = self._line("recipient", _("Name, and under which agreement"))
        self.why = self._line("why", _("what it is asked for"))
        self.form = Segmented(_("As"), [("xlsx", _("Excel")), ("csv", _("CSV"))], "xlsx")
        self.protect = CheckBox(_("Password"))
        self.protect.setObjectName("with_password")
        self.protect.setChecked(True)
        self.shown_password = self._line("password", "")
        self.shown_password.setAccessibleName(_("Password of the file"))
        self.shown_password.setText(self.password)
        self.shown_password.setReadOnly(True)
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
        self.save_button = PrimaryButton(_("Save file…"), "file-output")
        self.save_button.setObjectName("save")
        self.close_button = Button(_("Close"))
        self._lay_out()
        self.recipient.textChanged.connect(lambda _text: self._show_people())
        self.everybody.toggled.connect(lambda _on: self._show_people())
        self.form.chosen.connect(lambda _form: self._show_password())
        self.protect.toggled.connect(lambda _on: self._show_password())
        self.save_button.clicked.connect(self.ask)
        self.close_button.clicked.connect(self.reject)
        self._show_password()
        self._gather()

    # --- how it lies -----------------------------------------------------------------------------------------------

    @staticmethod
    def _line(name: str, hint: str) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setPlaceholderText(hint)
        return made

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
        middle.addWidget(self._choices())
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.count)
        right.addWidget(self.progress)
        right.addWidget(self.table, 1)
        middle.addLayout(right, 1)
        whole.addLayout(middle, 1)
        whole.addWidget(Line())
        line = QHBoxLayout()
        line.setContentsMargins(16, 4, 16, 12)
        line.addWidget(self.close_button)
        line.addStretch(1)
        line.addWidget(self.save_button)
        whole.addLayout(line)

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
                self._complain(error.text())
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
                self._complain(words)
                field.setFocus()
                return False
        return self.gathered is not None

    def ask(self) -> None:
        """Ask where the file is to lie, and save it."""
        if self.is_ready():
            name = f"{_FILES[self.what()]}-{self.seat.desk.today().isoformat()}"
            ask_file(self, name, str(self.form.value()), self.save)

    def save(self, path: Path) -> bool:
        """Write the file once it is logged; what cannot be written did not leave."""
        if not self.is_ready():
            return False
        try:
            write_whole(path, self._made)
        except ShelterDeskError as error:
            self._complain(error.text())
            return False
        except OSError:
            self._complain(_("The file could not be written there. Choose another folder."))
            return False
        self.seat.say(_("Saved as {name}").format(name=path.name))
        if self.taken_password() is None:
            self.accept()
            return True
        self.save_button.setEnabled(False)
        words = _("Saved as {name}. Note the password before you close.")
        self.banner.say(words.format(name=path.name), kind="done")
        return True

    def _made(self) -> bytes:
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

    def _complain(self, words: str) -> None:
        self.banner.say(words, kind="error")
