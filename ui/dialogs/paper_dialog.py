"""A paper with choices beside its pages: made anew with every choice, then printed or saved once it is logged."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.documents.blocks import Document
from shelterdesk.documents.protect import protect_office, suggest_password
from shelterdesk.documents.word import docx_bytes
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, language
from ui import theme
from ui.dialogs.print_only import UNMASKED
from ui.printing.pages import pdf_bytes
from ui.printing.preview import PreviewDialog
from ui.printing.ways_out import ask_file, ask_printer
from ui.seat import Seat
from ui.widgets.banner import Banner
from ui.widgets.check_box import CheckBox
from ui.widgets.choice_field import ChoiceField
from ui.widgets.page import PageScroll
from ui.widgets.text import Words

_LANGUAGES: Final = (("az", "Azərbaycanca"), ("en", "English"), ("ru", "Русский"))
_SIDE: Final = 308
Ending = Literal["pdf", "docx"]


class PaperDialog(PreviewDialog):
    """``left`` fires after the paper was printed or saved. A subclass fills ``column`` and calls :meth:`begin`."""

    left = Signal()

    def __init__(self, seat: Seat, document: Document, title: str, advice: str, parent: QWidget) -> None:
        super().__init__(document, advice=advice, parent=parent)
        self.seat, self.document = seat, document
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = self.screen().availableSize()
        self.resize(min(1060, room.width() - 40), min(780, room.height() - 60))
        self.banner = Banner(parent=self)
        side = QWidget()
        self.column = QVBoxLayout(side)
        self.column.setContentsMargins(0, 0, 8, 0)
        self.column.setSpacing(8)
        self.column.addWidget(self.banner)
        self.language = ChoiceField(_("Language of the paper"), _LANGUAGES, language())
        self.language.setObjectName("paper_language")
        self.protect = CheckBox(_("Word file with a password"))
        self.protect.setObjectName("with_password")
        self.protect.setChecked(True)
        scroll = PageScroll(self)
        scroll.setWidget(side)
        scroll.setFixedWidth(theme.px(_SIDE))
        self.set_choices(scroll)
        self.print_requested.connect(self.print)
        self.pdf_requested.connect(lambda: self.ask("pdf"))
        self.word_requested.connect(lambda: self.ask("docx"))
        self.finished.connect(self._forget)

    def begin(self) -> None:
        """Close the choices with the language and the password, and show the paper."""
        self.add_labelled(_("&Language of the paper"), self.language)
        self.column.addWidget(self.protect)
        words = _("A PDF cannot have one: whoever has the file can read it.")
        self.column.addWidget(Words(words, "small", "muted", wrap=True))
        self.column.addStretch(1)
        self.language.chosen.connect(lambda _code: self.show_paper())
        if self.seat.visitor:
            self.banner.say("", _(UNMASKED), kind="info")
        self.show_paper()

    def add_labelled(self, label: str, field: QWidget) -> None:
        """Put *field* under its *label* at the end of the choices."""
        words = Words(label, tone="muted")
        words.setBuddy(field.focusProxy() or field)
        self.column.addWidget(words)
        self.column.addWidget(field)

    # --- what a subclass says ----------------------------------------------------------------------------------

    def make(self, chosen_language: str) -> Document:
        """Return the paper as it is chosen now. Raises ShelterDeskError."""
        raise NotImplementedError

    def note(self, how: str) -> None:
        """Log that the paper leaves. Raises ShelterDeskError; then it does not."""
        raise NotImplementedError

    def file_name(self) -> str:
        """Return the neutral name a file is offered under."""
        return f"{self.document.file_name}-{self.seat.desk.today().isoformat()}"

    # --- ways out ----------------------------------------------------------------------------------------------

    def show_paper(self) -> None:
        """Make the paper anew."""
        try:
            self.document = self.make(self.language.value() or language())
        except ShelterDeskError as error:
            self.banner.say(error.text(), kind="error")
            return
        self.set_document(self.document)

    def print(self) -> None:
        """Ask for a printer and print."""
        if self.is_ready():
            ask_printer(self, self.document, lambda: self._leave("print", _("Printed")))

    def ask(self, ending: Ending) -> None:
        """Ask where the file is to lie, and save it."""
        if self.is_ready():
            ask_file(self, self.file_name(), ending, lambda path: self.save(path, ending))

    def is_ready(self) -> bool:
        """Tell whether the paper may leave as it is chosen, and say what is missing."""
        return True

    def save(self, path: Path, ending: Ending) -> bool:
        """Write the paper to *path*; a Word file gets a password, shown once, unless that is switched off."""
        if not self.is_ready():
            return False
        document = self.document
        password = suggest_password() if ending == "docx" and self.protect.isChecked() else ""
        data = pdf_bytes(document) if ending == "pdf" else docx_bytes(document)
        if password:
            data = protect_office(data, password)
        saved = _("Saved as {name}").format(name=path.name)
        was_there = path.exists()
        try:
            # The place is tried before the log is written: what cannot be saved did not leave.
            with path.open("ab"):
                pass
            if not self._leave(ending, saved):
                if not was_there:
                    path.unlink(missing_ok=True)
                return False
            path.write_bytes(data)
        except OSError:
            self.banner.say(_("The file could not be written there. Choose another folder."), kind="error")
            return False
        if password:
            words = _("Password: {password}. It is shown only here; do not keep it beside the file.")
            self.banner.say(saved, words.format(password=password), kind="done")
        return True

    def _leave(self, how: str, said: str) -> bool:
        try:
            self.note(how)
        except ShelterDeskError as error:
            self.banner.say(error.text(), kind="error")
            return False
        self.banner.say(said, kind="done")
        self.left.emit()
        return True

    def _forget(self) -> None:
        self.document = Document("", "en", "", ())
