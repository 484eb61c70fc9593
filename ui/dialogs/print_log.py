"""One person's part of the log on paper: what goes on it at the left, its pages at the right; a printer or a PDF."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from shelterdesk import formats
from shelterdesk.day_texts import parse_day
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.log_part import Detail, LogPaper, log_part, note_log_part
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, _, language
from shelterdesk.person_reading import read_person
from ui import theme
from ui.printing.pages import pdf_bytes
from ui.printing.preview import PreviewDialog
from ui.printing.ways_out import ask_file, ask_printer
from ui.seat import Seat
from ui.widgets.banner import Banner
from ui.widgets.check_box import CheckBox, RadioButton
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.page import PageScroll
from ui.widgets.text import Words

_LANGUAGES: Final = (("az", "Azərbaycanca"), ("en", "English"), ("ru", "Русский"))
_DETAILS: Final = (
    (Detail.BARE, N_("who and when")),
    (Detail.FIELDS, N_("what was done, and to what")),
    (Detail.VALUES, N_("what it was and became")),
)
_SIDE: Final = 284


class PrintLogDialog(PreviewDialog):
    """Made anew with every choice; nothing leaves before it is logged."""

    def __init__(
        self, seat: Seat, person_id: UUID, parent: QWidget, *, first: date | None = None, last: date | None = None
    ) -> None:
        document = log_part(seat.desk, person_id, LogPaper(first=first, last=last), language())
        advice = _("A paper can be found. Ask her first whether she wants one, and where it will be safe.")
        super().__init__(document, offered=("print", "pdf"), advice=advice, parent=parent.window())
        self.seat, self.person_id, self.document = seat, person_id, document
        self.code = read_person(seat.desk, person_id).code
        self.setObjectName("print_log")
        self.setWindowTitle(_("Print her part of the log"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = self.screen().availableSize()
        self.resize(min(1060, room.width() - 40), min(780, room.height() - 60))
        self.set_choices(self._make_side(first, last))
        self.print_requested.connect(self.print)
        self.pdf_requested.connect(lambda: ask_file(self, self.file_name(), "pdf", self.save))
        self.finished.connect(self._forget)
        self.hers.setFocus()

    def _make_side(self, first: date | None, last: date | None) -> QWidget:
        self.banner = Banner(parent=self)
        self.hers, self.file = RadioButton(_("For herself")), RadioButton(_("For the file"))
        self.hers.setObjectName("log_for_her")
        self.file.setObjectName("log_for_file")
        self.hers.setChecked(True)
        self.first, self.last = self._day(_("From"), first), self._day(_("Until"), last)
        self.detail = ChoiceField(_("What it says"), [(one, _(words)) for one, words in _DETAILS], Detail.BARE)
        self.detail.setObjectName("log_detail")
        self.names = CheckBox(_("With the names of colleagues"))
        self.names.setObjectName("log_names")
        self.language = ChoiceField(_("Language of the paper"), _LANGUAGES, language())
        self.language.setObjectName("paper_language")
        self.why = QLineEdit(_("She asked who looked at her record"))
        self.why.setObjectName("log_why")
        self.why.setAccessibleName(_("Why"))
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.banner)
        column.addWidget(Words(_("Log about {code}").format(code=self.code), "group"))
        column.addWidget(self.hers)
        column.addWidget(self.file)
        column.addSpacing(4)
        for label, field in (
            (_("Fr&om"), self.first),
            (_("&Until"), self.last),
            (_("What it &says"), self.detail),
            (_("&Language of the paper"), self.language),
            (_("Wh&y"), self.why),
        ):
            words = Words(label, tone="muted")
            words.setBuddy(field.focusProxy() or field)
            column.addWidget(words)
            column.addWidget(field)
        column.addWidget(self.names)
        column.addWidget(Words(_("Without names colleagues are told apart by letters."), "small", "muted", wrap=True))
        column.addStretch(1)
        self.hers.toggled.connect(self._choose_for_whom)
        for choice in (self.detail, self.language):
            choice.chosen.connect(lambda _value: self.show_paper())
        for day in (self.first, self.last):
            day.changed.connect(lambda _value: self.show_paper())
        self.names.toggled.connect(lambda _on: self.show_paper())
        scroll = PageScroll(self)
        scroll.setWidget(side)
        scroll.setFixedWidth(theme.px(_SIDE))
        return scroll

    def _day(self, name: str, value: date | None) -> DateField:
        today = self.seat.desk.today
        field = DateField(
            name, lambda typed: parse_day(typed, today()), lambda day: formats.day(day, style="numeric"), today
        )
        field.set_value(value)
        return field

    # --- what is on it -----------------------------------------------------------------------------------------

    def paper(self) -> LogPaper:
        """Return what is chosen."""
        return LogPaper(
            self.hers.isChecked(),
            self.detail.value() or Detail.BARE,
            self.names.isChecked(),
            self.first.value(),
            self.last.value(),
        )

    def _choose_for_whom(self, hers: bool) -> None:
        """Begin with what is the safer habit for each of the two."""
        self.names.setChecked(not hers)
        self.detail.set_value(Detail.BARE if hers else Detail.FIELDS)
        self.why.setText(_("She asked who looked at her record") if hers else _("For the file"))
        self.show_paper()

    def show_paper(self) -> None:
        """Make the paper anew."""
        try:
            self.document = log_part(self.seat.desk, self.person_id, self.paper(), self.language.value() or language())
        except ShelterDeskError as error:
            self.banner.say(error.text(), kind="error")
            return
        self.set_document(self.document)

    # --- ways out ----------------------------------------------------------------------------------------------

    def print(self) -> None:
        """Ask for a printer and print."""
        ask_printer(self, self.document, lambda: self._leave("print", _("Printed")))

    def file_name(self) -> str:
        """Return the neutral name a file of the paper is offered under."""
        today = self.seat.desk.today().isoformat()
        return f"{self.document.file_name}-{today}" if self.hers.isChecked() else f"log-{self.code}-{today}"

    def save(self, path: Path) -> bool:
        """Write the paper to *path*."""
        data = pdf_bytes(self.document)
        try:
            # The place is tried before the log is written: what cannot be saved did not leave.
            with path.open("wb") as stream:
                if not self._leave("pdf", _("Saved as {name}").format(name=path.name)):
                    return False
                stream.write(data)
        except OSError:
            self.banner.say(_("The file could not be written there. Choose another folder."), kind="error")
            return False
        return True

    def _leave(self, how: str, said: str) -> bool:
        hers = self.hers.isChecked()
        for_whom = _("herself") if hers else _("the file in the shelter")
        try:
            note_log_part(
                self.seat.desk, self.person_id, for_her=hers, how=how, for_whom=for_whom, why=self.why.text().strip()
            )
        except ShelterDeskError as error:
            self.banner.say(error.text(), kind="error")
            return False
        self.banner.say(said, kind="done")
        return True

    def _forget(self) -> None:
        self.document = Document("", "en", "", ())


def print_log_part(
    seat: Seat, person_id: UUID, parent: QWidget, *, first: date | None = None, last: date | None = None
) -> PrintLogDialog | None:
    """Open the dialog for a person's part of the log; without days for the whole of it."""
    try:
        dialog = PrintLogDialog(seat, person_id, parent, first=first, last=last)
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    dialog.open()
    return dialog
