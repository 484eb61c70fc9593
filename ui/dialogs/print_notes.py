"""Notes of one person for the file: which kinds, from when to when, and then a printer or a file."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk import formats, notes, vocab
from shelterdesk.day_texts import parse_day
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.notes_paper import note_notes, notes_paper
from shelterdesk.i18n import _, language
from ui.dialogs.paper_dialog import PaperDialog
from ui.seat import Seat
from ui.widgets.check_box import CheckBox
from ui.widgets.date_field import DateField
from ui.widgets.text import Words


class PrintNotesDialog(PaperDialog):
    """Only kinds whose key is held are offered; nothing but *kind* is chosen at first."""

    def __init__(self, seat: Seat, person_id: UUID, parent: QWidget, kind: str = "") -> None:
        self.person_id = person_id
        self.kinds: dict[str, CheckBox] = {}
        document = notes_paper(seat.desk, person_id, (), language())
        advice = _("Notes on paper are read by whoever finds them. Print only what has to be read away from here.")
        super().__init__(seat, document, _("Print notes"), advice, parent)
        self.setObjectName("print_notes")
        self.column.addWidget(Words(_("Which notes"), tone="muted"))
        for code in notes.kinds_for(seat.desk):
            box = CheckBox(vocab.NOTE_KINDS.label(code))
            box.setObjectName(f"kind_{code}")
            box.setChecked(code == kind)
            box.toggled.connect(lambda _on: self.show_paper())
            self.kinds[code] = box
            self.column.addWidget(box)
        self.since, self.until = self._day(_("From")), self._day(_("Until"))
        self.add_labelled(_("&From"), self.since)
        self.add_labelled(_("&Until"), self.until)
        self.earlier = CheckBox(_("With earlier versions"))
        self.earlier.setObjectName("with_earlier")
        self.earlier.toggled.connect(lambda _on: self.show_paper())
        self.column.addWidget(self.earlier)
        self.begin()
        next(iter(self.kinds.values())).setFocus()

    def _day(self, name: str) -> DateField:
        today = self.seat.desk.today
        field = DateField(
            name, lambda typed: parse_day(typed, today()), lambda day: formats.day(day, style="numeric"), today
        )
        field.changed.connect(lambda _day: self.show_paper())
        return field

    def chosen(self) -> frozenset[str]:
        """Return the kinds that are ticked."""
        return frozenset(kind for kind, box in self.kinds.items() if box.isChecked())

    def make(self, chosen_language: str) -> Document:
        since: date | None = self.since.value()
        until: date | None = self.until.value()
        return notes_paper(
            self.seat.desk,
            self.person_id,
            self.chosen(),
            chosen_language,
            since=since,
            until=until,
            earlier=self.earlier.isChecked(),
        )

    def is_ready(self) -> bool:
        self.show_paper()
        if self.chosen():
            return True
        self.banner.say(_("Choose what it is to say"), "", kind="attention")
        next(iter(self.kinds.values())).setFocus()
        return False

    def note(self, how: str) -> None:
        note_notes(self.seat.desk, self.person_id, self.chosen(), how=how)
