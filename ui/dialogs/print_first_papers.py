"""Papers of the first weeks, blank for handwriting or filled: intake, handover act, certificate of support."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk.access import Right
from shelterdesk.desk import Desk
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.first_papers import (
    CERTIFICATE,
    HANDOVER_ACT,
    INTAKE,
    certificate,
    handover_act,
    intake,
    note_first_paper,
)
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, _, language
from ui.dialogs.paper_dialog import PaperDialog
from ui.seat import Seat
from ui.widgets.check_box import RadioButton
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

_PAPERS: Final[dict[str, tuple[str, str, Callable[[Desk, UUID | None, str], Document]]]] = {
    INTAKE: (N_("Intake"), N_("What the record asks, to write by hand or to look over together."), intake),
    HANDOVER_ACT: (N_("Handover act"), N_("Goods or money she receives, signed with her code."), handover_act),
    CERTIFICATE: (N_("Certificate of support"), N_("Her name and since when. No reason, no address."), certificate),
}


def print_first_papers(seat: Seat, person_id: UUID | None, code: str, parent: QWidget) -> PrintFirstPapersDialog | None:
    """Open the dialog for a person, or with None for blank papers."""
    try:
        dialog = PrintFirstPapersDialog(seat, person_id, code, parent)
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    dialog.open()
    return dialog


class PrintFirstPapersDialog(PaperDialog):
    """Which paper, filled or blank, in which language."""

    def __init__(self, seat: Seat, person_id: UUID | None, code: str, parent: QWidget) -> None:
        super().__init__(
            seat,
            intake(seat.desk, person_id, language()),
            _("Papers of the first weeks"),
            _("Blank papers are for days without the computer; type them in later."),
            parent.window(),
        )
        self.setObjectName("print_first_papers")
        self.person_id = person_id
        self.column.addWidget(Words(_("Papers for {code}").format(code=code) if code else _("Blank papers"), "group"))
        self.papers: dict[str, RadioButton] = {}
        for name, (label, words, _make) in _PAPERS.items():
            if name == CERTIFICATE and not seat.desk.may(Right.CASE_WORK):
                continue
            radio = RadioButton(_(label))
            radio.setObjectName(name)
            radio.setAccessibleDescription(_(words))
            radio.setChecked(name == INTAKE)
            radio.toggled.connect(lambda on: self.show_paper() if on else None)
            explained = Words(_(words), "small", "muted", wrap=True)
            explained.setContentsMargins(26, 0, 0, 4)
            self.papers[name] = radio
            self.column.addWidget(radio)
            self.column.addWidget(explained)
        self.filled = Segmented(
            _("Filled or blank"), [(True, _("Filled")), (False, _("Blank"))], value=person_id is not None
        )
        self.filled.setObjectName("filled_or_blank")
        self.filled.setVisible(person_id is not None)
        self.filled.chosen.connect(lambda _value: self.show_paper())
        self.column.addWidget(self.filled)
        self.begin()
        self.papers[INTAKE].setFocus()

    def paper(self) -> str:
        """Return which paper is chosen, as the log calls it."""
        return next((name for name, radio in self.papers.items() if radio.isChecked()), INTAKE)

    def whose(self) -> UUID | None:
        """Return whose paper it is, None for a blank one."""
        return self.person_id if self.filled.value() else None

    def make(self, chosen_language: str) -> Document:
        return _PAPERS[self.paper()][2](self.seat.desk, self.whose(), chosen_language)

    def note(self, how: str) -> None:
        note_first_paper(self.seat.desk, self.whose(), what=self.paper(), how=how)
