"""Psychological work of one person for the file: with scales, with each answer, and then a printer or a file."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk.documents.blocks import Document
from shelterdesk.documents.psychology_paper import note_psychology, psychology_paper
from shelterdesk.i18n import _, language
from ui.dialogs.paper_dialog import PaperDialog
from ui.seat import Seat
from ui.widgets.check_box import CheckBox


class PrintPsychologyDialog(PaperDialog):
    """Scales stand on the paper at first, answers one by one do not."""

    def __init__(self, seat: Seat, person_id: UUID, parent: QWidget) -> None:
        self.person_id = person_id
        document = psychology_paper(seat.desk, person_id, language())
        advice = _("It says what she told in confidence. Print only what has to be read away from here.")
        super().__init__(seat, document, _("Print psychological work"), advice, parent)
        self.setObjectName("print_psychology")
        self.scales = self._box(_("With scales over time"), "with_scales", chosen=True)
        self.answers = self._box(_("With each answer"), "with_answers", chosen=False)
        self.scales.toggled.connect(self.answers.setEnabled)
        self.begin()
        self.scales.setFocus()

    def _box(self, words: str, name: str, *, chosen: bool) -> CheckBox:
        box = CheckBox(words)
        box.setObjectName(name)
        box.setChecked(chosen)
        box.toggled.connect(lambda _on: self.show_paper())
        self.column.addWidget(box)
        return box

    def make(self, chosen_language: str) -> Document:
        return psychology_paper(
            self.seat.desk,
            self.person_id,
            chosen_language,
            scales=self.scales.isChecked(),
            answers=self.answers.isChecked(),
        )

    def note(self, how: str) -> None:
        note_psychology(self.seat.desk, self.person_id, how=how)
