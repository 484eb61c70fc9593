"""Services of one person on paper: what stands on it, for whom, and then a printer or a file. And her receipt."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from shelterdesk import formats, vocab
from shelterdesk.day_texts import parse_day
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.help_receipt import help_receipt, note_help_receipt
from shelterdesk.documents.service_report import (
    PURPOSES,
    Wanted,
    families_in,
    note_report,
    report_standing,
    service_report,
)
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, language
from shelterdesk.sharing import Standing
from ui.dialogs.paper_dialog import PaperDialog
from ui.dialogs.sharing_dialog import SharingDialog
from ui.seat import Seat
from ui.widgets.check_box import CheckBox
from ui.widgets.date_field import DateField
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

_FILE: Final = "file"


def print_services(
    seat: Seat, parent: QWidget, person_id: UUID, family: str = "", first: date | None = None
) -> PrintServicesDialog | None:
    """Open the report, beginning with what is picked on the page."""
    try:
        dialog = PrintServicesDialog(seat, person_id, parent, family, first)
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    dialog.open()
    return dialog


def print_help_receipt(seat: Seat, parent: QWidget, service_id: UUID) -> PrintHelpReceiptDialog | None:
    """Open the receipt of one service."""
    try:
        dialog = PrintHelpReceiptDialog(seat, service_id, parent)
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    dialog.open()
    return dialog


class PrintServicesDialog(SharingDialog):
    """For the file at first. For somebody else a name is needed, and her consent or a reason."""

    def __init__(
        self, seat: Seat, person_id: UUID, parent: QWidget, family: str = "", first: date | None = None
    ) -> None:
        self.person_id = person_id
        document = service_report(seat.desk, person_id, Wanted(), language())
        advice = _("Print only what is needed. For somebody else colleagues are not named.")
        super().__init__(seat, document, _("Report on services"), advice, parent.window())
        self.setObjectName("print_services")
        self.purpose = Segmented(
            _("To whom it goes"),
            [(_FILE, _("File")), (PURPOSES[0], _("Authority")), (PURPOSES[1], _("Service"))],
            _FILE,
        )
        self.purpose.setObjectName("report_purpose")
        self.column.addWidget(self.purpose)
        self.whom = QLineEdit()
        self.whom.setObjectName("for_whom")
        self.add_labelled(_("&For whom"), self.whom)
        self.whom_label = self._last_label()
        self.add_consent()
        self.since, self.until = self._day(_("From"), first), self._day(_("Until"), None)
        self.add_labelled(_("F&rom"), self.since)
        self.add_labelled(_("&Until"), self.until)
        self.column.addWidget(Words(_("Which services"), tone="muted"))
        self.families: dict[str, CheckBox] = {}
        for code in families_in(seat.desk, person_id):
            box = CheckBox(vocab.SERVICE_FAMILIES.label(code))
            box.setObjectName(f"family_{code}")
            box.setChecked(not family or code == family)
            box.toggled.connect(lambda _on: self.show_paper())
            self.families[code] = box
            self.column.addWidget(box)
        self.every = self._box(_("Every service by itself"), "every_service", on=True)
        self.notes = self._box(_("With the notes you hold the key for"), "with_notes", on=False)
        self.matters = self._box(_("With how legal matters stand"), "with_matters", on=False)
        self.purpose.chosen.connect(lambda _value: self.show_paper())
        self.whom.editingFinished.connect(self.show_paper)
        self.begin()
        self.purpose.setFocus()

    def _last_label(self) -> QWidget:
        item = self.column.itemAt(self.column.count() - 2)
        found = item.widget() if item is not None else None
        assert found is not None
        return found

    def _box(self, words: str, name: str, *, on: bool) -> CheckBox:
        box = CheckBox(words)
        box.setObjectName(name)
        box.setChecked(on)
        box.toggled.connect(lambda _on: self.show_paper())
        self.column.addWidget(box)
        return box

    def _day(self, name: str, value: date | None) -> DateField:
        today = self.seat.desk.today
        field = DateField(
            name, lambda typed: parse_day(typed, today()), lambda day: formats.day(day, style="numeric"), today
        )
        field.set_value(value)
        field.changed.connect(lambda _day: self.show_paper())
        return field

    def wanted(self) -> Wanted:
        """Return what is to stand on the report as it is chosen now."""
        ticked = frozenset(code for code, box in self.families.items() if box.isChecked())
        everything = len(ticked) == len(self.families)
        return Wanted(
            frozenset() if everything else ticked or frozenset({"-"}),
            self.since.value(),
            self.until.value(),
            rows=self.every.isChecked(),
            notes=self.notes.isChecked(),
            matters=self.matters.isChecked(),
        )

    def standing(self) -> Standing | None:
        """Return how her consent stands for whoever is named now; None while it stays in the house."""
        purpose = self.purpose.value()
        if purpose == _FILE:
            return None
        return report_standing(self.seat.desk, self.person_id, purpose, self.whom.text().strip())

    def make(self, chosen_language: str) -> Document:
        standing = self.standing()
        outside = standing is not None
        for widget in (self.whom, self.whom_label, self.consent):
            widget.setVisible(outside)
        self.show_consent(standing)
        self.notes.setEnabled(self.every.isChecked())
        # What a court decides about is nobody's business who asks about services.
        self.matters.setVisible(not outside)
        return service_report(self.seat.desk, self.person_id, self.wanted(), chosen_language, standing=standing)

    def is_ready(self) -> bool:
        self.show_paper()
        standing = self.standing()
        if standing is None:
            return True
        if not standing.recipient:
            self.banner.say(_("Write for whom it is"), _("The log keeps it."), kind="attention")
            self.whom.setFocus()
            return False
        return self.is_agreed(standing)

    def note(self, how: str) -> None:
        note_report(self.seat.desk, self.person_id, self.standing(), how=how, why=self.reason.text())


class PrintHelpReceiptDialog(PaperDialog):
    """The receipt in the language she reads."""

    def __init__(self, seat: Seat, service_id: UUID, parent: QWidget) -> None:
        self.service_id = service_id
        document = help_receipt(seat.desk, service_id, language())
        advice = _("Two copies: one for her, one for the accounts. Both sign.")
        super().__init__(seat, document, _("Receipt"), advice, parent.window())
        self.setObjectName("print_help_receipt")
        self.begin()
        self.language.setFocus()

    def make(self, chosen_language: str) -> Document:
        return help_receipt(self.seat.desk, self.service_id, chosen_language)

    def note(self, how: str) -> None:
        note_help_receipt(self.seat.desk, self.service_id, how=how)
