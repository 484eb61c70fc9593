"""One of several papers, chosen in the dialog, filled with what is on file or blank for handwriting."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk.documents.blocks import Document
from shelterdesk.i18n import _
from ui.dialogs.paper_dialog import PaperDialog
from ui.seat import Seat
from ui.widgets.check_box import RadioButton
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words


class ChosenPaperDialog(PaperDialog):
    """A subclass offers its papers, then calls :meth:`begin`. Without a person every paper is blank."""

    def __init__(
        self, seat: Seat, document: Document, title: str, advice: str, parent: QWidget, person_id: UUID | None
    ) -> None:
        super().__init__(seat, document, title, advice, parent)
        self.person_id = person_id
        self.papers: dict[str, RadioButton] = {}
        self.filled = Segmented(
            _("Filled or blank"), [(True, _("Filled")), (False, _("Blank"))], value=person_id is not None
        )
        self.filled.setObjectName("filled_or_blank")
        self.filled.setVisible(person_id is not None)

    def offer(self, name: str, label: str, words: str) -> None:
        """Offer a paper by the name the log calls it; the first is chosen."""
        radio = RadioButton(label)
        radio.setObjectName(name)
        radio.setAccessibleDescription(words)
        radio.setChecked(not self.papers)
        radio.toggled.connect(lambda on: self.show_paper() if on else None)
        explained = Words(words, "small", "muted", wrap=True)
        explained.setContentsMargins(26, 0, 0, 4)
        self.papers[name] = radio
        self.column.addWidget(radio)
        self.column.addWidget(explained)

    def begin(self) -> None:
        self.column.addWidget(self.filled)
        self.filled.chosen.connect(lambda _value: self.show_paper())
        super().begin()
        next(iter(self.papers.values())).setFocus()

    def paper(self) -> str:
        """Return which paper is chosen, as the log calls it."""
        return next(name for name, radio in self.papers.items() if radio.isChecked())

    def whose(self) -> UUID | None:
        """Return whose paper it is, None for a blank one."""
        return self.person_id if self.filled.value() else None
