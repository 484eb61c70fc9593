"""Papers that leave the program: those of a plan, and tonight's list. First choice: she takes no paper."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final, Literal
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shelterdesk import formats, plans
from shelterdesk.access import Right
from shelterdesk.consents import consents_of
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.plan_papers import note_paper, plan_document
from shelterdesk.documents.protect import protect_office, suggest_password
from shelterdesk.documents.tonight import note_tonight, tonight_list, tonight_rows
from shelterdesk.documents.word import docx_bytes
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, _, language
from shelterdesk.person_reading import read_person
from ui import theme
from ui.dialogs.print_only import UNMASKED, print_only
from ui.printing.pages import pdf_bytes
from ui.printing.preview import PagePreview, PreviewDialog
from ui.printing.ways_out import ask_file, ask_printer
from ui.seat import Seat
from ui.widgets.banner import Banner
from ui.widgets.buttons import Button, IconButton, PrimaryButton
from ui.widgets.card import Line
from ui.widgets.check_box import CheckBox, RadioButton
from ui.widgets.choice_field import ChoiceField
from ui.widgets.empty_state import EmptyState
from ui.widgets.facts import Fact, Facts
from ui.widgets.page import PageScroll
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

Paper = Literal["none", "hers", "file"]
_LANGUAGES: Final = (("az", "Azərbaycanca"), ("en", "English"), ("ru", "Русский"))
_CHOICES: Final[tuple[tuple[Paper, str, str], ...]] = (
    ("none", N_("She takes no paper"), N_("Nothing is printed. The record says that a sheet was offered.")),
    ("hers", N_("Her own sheet"), N_("Her words, days without hours. Nothing on it says who helps her, or where.")),
    ("file", N_("Plan for the file"), N_("Staff, signatures and the code. It stays in the shelter.")),
)
_SIDE: Final = 324


class PrintPlanDialog(QDialog):
    """What leaves, for whom and why at the left; the pages at the right."""

    def __init__(self, seat: Seat, person_id: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("print_plan")
        self.setWindowTitle(_("Print plan"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.seat, self.person_id = seat, person_id
        self.code = read_person(seat.desk, person_id).code
        self.plan = next(iter(plans.plans_of(seat.desk, person_id)), None)
        self.document: Document | None = None
        room = self.screen().availableSize()
        self.resize(min(1060, room.width() - 40), min(780, room.height() - 60))
        self.banner = Banner(parent=self)
        self.choices: dict[Paper, RadioButton] = {}
        self.preview = PagePreview(plan_document(seat.desk, person_id, language(), for_the_file=False), self)
        self._lay_out()
        self.finished.connect(self._forget)
        self.choose("none")
        self.choices["none"].setFocus()

    # --- building ----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        top = QWidget()
        room = QVBoxLayout(top)
        room.setContentsMargins(16, 12, 16, 0)
        room.addWidget(self.banner)
        whole.addWidget(top)
        middle = QHBoxLayout()
        middle.setContentsMargins(16, 12, 16, 12)
        middle.setSpacing(16)
        scroll = PageScroll(self)
        scroll.setWidget(self._make_side())
        scroll.setFixedWidth(theme.px(_SIDE))
        middle.addWidget(scroll)
        self.pages = QStackedWidget(self)
        self.nothing = EmptyState(_("Nothing is printed and nothing is saved as a file."), icon="file-text")
        self.pages.addWidget(self.nothing)
        self.pages.addWidget(self._make_pages())
        middle.addWidget(self.pages, 1)
        whole.addLayout(middle, 1)
        whole.addWidget(Line())
        whole.addLayout(self._make_ways())

    def _make_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(Words(_("Plan of {code}").format(code=self.code), "group"))
        column.addWidget(Words(_("Ask her first: a paper can be found."), tone="muted", wrap=True))
        key: Paper
        for key, label, words in _CHOICES:
            radio = RadioButton(_(label))
            radio.setObjectName(f"paper_{key}")
            radio.setAccessibleDescription(_(words))
            radio.toggled.connect(partial(self._chosen, key))
            self.choices[key] = radio
            explained = Words(_(words), "small", "muted", wrap=True)
            explained.setContentsMargins(26, 0, 0, 0)
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(radio)
            pair.addWidget(explained)
            column.addLayout(pair)
        column.addSpacing(4)
        column.addWidget(self._make_options())
        self.facts = Facts()
        column.addWidget(self.facts)
        column.addStretch(1)
        return side

    def _make_options(self) -> QWidget:
        self.options = QWidget()
        column = QVBoxLayout(self.options)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Line())
        column.addSpacing(2)
        self.language = ChoiceField(_("Language of the paper"), _LANGUAGES, language())
        self.language.setObjectName("paper_language")
        label = Words(_("&Language of the paper"), tone="muted")
        label.setBuddy(self.language)
        column.addWidget(label)
        column.addWidget(self.language)
        self.hours = CheckBox(_("With the hour of the next step"))
        self.hours.setObjectName("with_hours")
        column.addWidget(self.hours)
        self.taken_label = Words(_("Afterwards"), tone="muted")
        self.taken = Segmented(_("Afterwards"), [(True, _("She takes it")), (False, _("It stays here"))], value=True)
        self.taken_label.setBuddy(self.taken)
        column.addWidget(self.taken_label)
        column.addWidget(self.taken)
        self.protect = CheckBox(_("Word file with a password"))
        self.protect.setObjectName("with_password")
        self.protect.setChecked(True)
        column.addWidget(self.protect)
        column.addWidget(
            Words(_("A PDF cannot have one: whoever has the file can read it."), "small", "muted", wrap=True)
        )
        column.addSpacing(2)
        column.addWidget(Line())
        self.language.chosen.connect(lambda _code: self._show())
        self.hours.toggled.connect(lambda _on: self._show())
        return self.options

    def _make_pages(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        smaller = IconButton("minus", _("Smaller"))
        larger = IconButton("plus", _("Larger"))
        fit = Button(_("Fit width"))
        smaller.clicked.connect(self.preview.zoom_out)
        larger.clicked.connect(self.preview.zoom_in)
        fit.clicked.connect(lambda: self.preview.set_zoom(0.0))
        self.page_words = Words("", tone="muted")
        tools.addWidget(self.page_words)
        tools.addStretch(1)
        for button in (smaller, larger, fit):
            tools.addWidget(button)
        column.addLayout(tools)
        column.addWidget(self.preview, 1)
        self.preview.page_changed.connect(lambda _page: self._tell_page())
        return holder

    def _make_ways(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(16, 10, 16, 10)
        line.setSpacing(8)
        self.close_button = Button(_("Close"))
        self.close_button.setObjectName("close")
        self.word_button = Button(_("Save as Word…"), "file-text")
        self.word_button.setObjectName("save_word")
        self.pdf_button = Button(_("Save as PDF…"), "file-output")
        self.pdf_button.setObjectName("save_pdf")
        self.print_button = PrimaryButton(_("Print…"), "printer")
        self.print_button.setObjectName("print")
        self.none_button = PrimaryButton(_("Write down that she takes none"), "check")
        self.none_button.setObjectName("takes_none")
        self.close_button.clicked.connect(self.reject)
        self.word_button.clicked.connect(lambda: self.ask("docx"))
        self.pdf_button.clicked.connect(lambda: self.ask("pdf"))
        self.print_button.clicked.connect(self.print)
        self.none_button.clicked.connect(self.take_none)
        line.addWidget(self.close_button)
        line.addStretch(1)
        for button in (self.word_button, self.pdf_button, self.print_button, self.none_button):
            line.addWidget(button)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        shortcut.activated.connect(self.print)
        return line

    # --- what is chosen ----------------------------------------------------------------------------------------

    def paper(self) -> Paper:
        """Return which paper is chosen."""
        found: list[Paper] = [key for key, radio in self.choices.items() if radio.isChecked()]
        return found[0] if found else "none"

    def _chosen(self, paper: Paper, on: bool) -> None:
        if on:
            self.choose(paper)

    def choose(self, paper: Paper) -> None:
        """Choose a paper and show it."""
        self.choices[paper].setChecked(True)
        leaves, hers = paper != "none", paper == "hers"
        self.options.setVisible(leaves)
        for widget in (self.hours, self.taken_label, self.taken):
            widget.setVisible(hers)
        for widget in (self.word_button, self.pdf_button, self.print_button):
            widget.setVisible(leaves)
        self.none_button.setVisible(not leaves)
        self.pages.setCurrentIndex(1 if leaves else 0)
        self.banner.clear()
        if self.seat.visitor:
            self.banner.say("", _(UNMASKED), kind="info")
        self._show_facts()
        self._show()

    def _show(self) -> None:
        """Make the chosen paper anew and show its pages."""
        if self.paper() == "none":
            self.document = None
            return
        try:
            self.document = plan_document(
                self.seat.desk,
                self.person_id,
                self.language.value() or language(),
                for_the_file=self.paper() == "file",
                with_hours=self.hours.isChecked(),
            )
        except ShelterDeskError as error:
            self._complain(error.text())
            return
        self.preview.set_document(self.document)
        self._tell_page()

    def _show_facts(self) -> None:
        for_whom = {"none": "", "hers": _("herself"), "file": _("the file in the shelter")}[self.paper()]
        until = {
            "none": "",
            "hers": _("hers to keep, leave or throw away"),
            "file": _("destroyed after the retention time"),
        }[self.paper()]
        if not for_whom:
            self.facts.set_facts([])
            return
        what = _("goals, steps and days") if self.paper() == "hers" else _("goals, steps, staff and code")
        self.facts.set_facts(
            [
                Fact(_("What"), what),
                Fact(_("For whom"), for_whom),
                Fact(_("Why"), _("the plan made together")),
                Fact(_("Until"), until),
                Fact(_("Consent"), self._consent_words()),
            ]
        )

    def _consent_words(self) -> str:
        given = [one for one in consents_of(self.seat.desk, self.person_id) if one.purpose == "support"]
        if not given or given[0].answer != "given":
            return _("none on file")
        day = given[0].answered_on
        return _("given {day}").format(day=formats.day(day)) if day is not None else _("given")

    def _tell_page(self) -> None:
        self.page_words.setText(
            _("Page {page} of {pages}").format(page=self.preview.page, pages=self.preview.page_count)
        )

    # --- ways out ----------------------------------------------------------------------------------------------

    def take_none(self) -> None:
        """Write down that a sheet was offered and that she takes none."""
        if self._note_sheet(taken=False):
            self.seat.say(_("Written down: she takes no paper"))
            self.accept()

    def print(self) -> None:
        """Ask for a printer and print."""
        if self.document is not None:
            ask_printer(self, self.document, lambda: self._leave("print", _("Printed")))

    def ask(self, ending: Literal["pdf", "docx"]) -> None:
        """Ask where the file is to lie, and save it."""
        if self.document is not None:
            ask_file(self, self.file_name(), ending, lambda path: self.save(path, ending))

    def file_name(self) -> str:
        """Return the neutral name a file of the chosen paper is offered under."""
        if self.paper() == "file":
            return f"plan-{self.code}-{self.seat.desk.today().isoformat()}"
        return self.document.file_name if self.document is not None else ""

    def save(self, path: Path, ending: Literal["pdf", "docx"]) -> bool:
        """Write the paper to *path*; a Word file gets a password, shown once, unless that is switched off."""
        document = self.document
        if document is None:
            return False
        password = suggest_password() if ending == "docx" and self.protect.isChecked() else ""
        data = pdf_bytes(document) if ending == "pdf" else docx_bytes(document)
        if password:
            data = protect_office(data, password)
        try:
            # The place is tried before the log is written: what cannot be saved did not leave.
            with path.open("wb") as stream:
                if not self._leave(ending, _("Saved as {name}").format(name=path.name)):
                    return False
                stream.write(data)
        except OSError:
            self._complain(_("The file could not be written there. Choose another folder."))
            return False
        if password:
            self.banner.say(
                _("Saved as {name}").format(name=path.name),
                _("Password: {password}. It is shown only here; do not keep it beside the file.").format(
                    password=password
                ),
                kind="done",
            )
        return True

    def _leave(self, how: str, said: str) -> bool:
        """Log that the paper leaves, and write down in the plan what became of her sheet."""
        desk, for_file = self.seat.desk, self.paper() == "file"
        try:
            note_paper(
                desk,
                self.person_id,
                for_the_file=for_file,
                how=how,
                for_whom=_("the file in the shelter") if for_file else _("herself"),
                why=_("the plan made together"),
            )
        except ShelterDeskError as error:
            self._complain(error.text())
            return False
        if not for_file and not self._note_sheet(taken=bool(self.taken.value())):
            return False
        self.banner.say(said, kind="done")
        return True

    def _note_sheet(self, *, taken: bool) -> bool:
        desk = self.seat.desk
        if not desk.may(Right.CASE_WORK):
            return True
        plan = next(iter(plans.plans_of(desk, self.person_id)), None)
        if plan is None:
            return True
        try:
            plans.change_plan(desk, plan, sheet_offered=True, sheet_taken=taken)
        except ShelterDeskError as error:
            self._complain(error.text())
            return False
        return True

    def _complain(self, words: str) -> None:
        self.banner.say(words, kind="error")

    def _forget(self) -> None:
        self.document = None
        self.preview.forget()


def print_plan(seat: Seat, person_id: UUID, parent: QWidget) -> PrintPlanDialog | None:
    """Open the dialog for the papers of a plan."""
    try:
        dialog = PrintPlanDialog(seat, person_id, parent.window())
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    dialog.open()
    return dialog


def print_tonight(seat: Seat, parent: QWidget) -> PreviewDialog | None:
    """Open the preview of tonight's list; it can only be printed."""
    desk = seat.desk
    try:
        document = tonight_list(tonight_rows(desk), desk.today(), language())
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    advice = _("Short names and rooms only. It stays in the house and is destroyed at handover.")
    return print_only(seat, parent, document, advice, lambda: note_tonight(desk, how="print"))
