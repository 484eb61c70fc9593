"""What happened, for a named recipient: which topics, whether she agreed, and then a printer or a file."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from shelterdesk import vocab
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.happened import PURPOSES, happened_paper, note_happened, standing_for
from shelterdesk.i18n import _, language
from shelterdesk.sharing import Standing
from ui.dialogs.sharing_dialog import SharingDialog
from ui.seat import Seat
from ui.widgets.check_box import CheckBox
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words


class PrintHappenedDialog(SharingDialog):
    """Nothing is chosen at first. Past a missing consent a reason is asked for, before anything leaves."""

    def __init__(self, seat: Seat, person_id: UUID, parent: QWidget) -> None:
        self.person_id = person_id
        self.whom = QLineEdit()
        self.whom.setObjectName("for_whom")
        self.purpose = Segmented(
            _("To whom it goes"), [(PURPOSES[0], _("Authority or court")), (PURPOSES[1], _("Service"))], PURPOSES[0]
        )
        standing = standing_for(seat.desk, person_id, PURPOSES[0], "")
        document = happened_paper(seat.desk, person_id, (), standing, language())
        advice = _("Read it with her first. Say only what the recipient needs; her own sheet never says any of it.")
        super().__init__(seat, document, _("From the record"), advice, parent)
        self.setObjectName("print_happened")
        self.column.addWidget(self.purpose)
        self.add_labelled(_("&For whom"), self.whom)
        self.add_consent()
        self.column.addWidget(Words(_("What it says"), tone="muted"))
        self.topics: dict[str, CheckBox] = {}
        for code in vocab.HARM_TOPICS:
            box = CheckBox(_(code.label))
            box.setObjectName(f"part_{code.code}")
            box.toggled.connect(lambda _on: self.show_paper())
            self.topics[code.code] = box
            self.column.addWidget(box)
        self.purpose.chosen.connect(lambda _value: self.show_paper())
        self.whom.editingFinished.connect(self.show_paper)
        self.begin()
        self.whom.setFocus()

    def chosen(self) -> frozenset[str]:
        """Return the topics that are ticked."""
        return frozenset(topic for topic, box in self.topics.items() if box.isChecked())

    def standing(self) -> Standing:
        """Return how her consent stands for whoever is named now."""
        return standing_for(self.seat.desk, self.person_id, self.purpose.value(), self.whom.text().strip())

    def make(self, chosen_language: str) -> Document:
        standing = self.standing()
        self.show_consent(standing)
        return happened_paper(self.seat.desk, self.person_id, self.chosen(), standing, chosen_language)

    def is_ready(self) -> bool:
        self.show_paper()
        if not self.whom.text().strip():
            self.banner.say(_("Write for whom it is"), _("The log keeps it."), kind="attention")
            self.whom.setFocus()
        elif not self.chosen():
            self.banner.say(_("Choose what it is to say"), "", kind="attention")
            next(iter(self.topics.values())).setFocus()
        else:
            return self.is_agreed(self.standing())
        return False

    def note(self, how: str) -> None:
        note_happened(self.seat.desk, self.person_id, self.standing(), how=how, why=self.reason.text())
