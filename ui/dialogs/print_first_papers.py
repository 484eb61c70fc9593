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
from shelterdesk.documents.referral_letter import REFERRAL_LETTER, blank_letter, note_blank_letter
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, _, language
from ui.dialogs.chosen_paper import ChosenPaperDialog
from ui.seat import Seat
from ui.widgets.text import Words

_PAPERS: Final[dict[str, tuple[str, str, Callable[[Desk, UUID | None, str], Document]]]] = {
    INTAKE: (N_("Intake"), N_("What the record asks, to write by hand or to look over together."), intake),
    HANDOVER_ACT: (N_("Handover act"), N_("Goods or money she receives, signed with her code."), handover_act),
    CERTIFICATE: (N_("Certificate of support"), N_("Her name and since when. No reason, no address."), certificate),
    REFERRAL_LETTER: (
        N_("Letter of referral"),
        N_("Always blank here; a filled one is made from a referral in «Consents and sharing»."),
        lambda _desk, _person_id, chosen: blank_letter(chosen),
    ),
}
_CASE_WORK: Final = (CERTIFICATE, REFERRAL_LETTER)
"""Papers that take the right to do social work."""


def print_first_papers(
    seat: Seat, person_id: UUID | None, code: str, parent: QWidget, *, paper: str = ""
) -> PrintFirstPapersDialog | None:
    """Open the dialog for a person, or with None for blank papers; *paper* is chosen where one is named."""
    try:
        dialog = PrintFirstPapersDialog(seat, person_id, code, parent)
    except ShelterDeskError as error:
        seat.complain(error)
        return None
    if paper in dialog.papers:
        dialog.papers[paper].setChecked(True)
    dialog.open()
    return dialog


class PrintFirstPapersDialog(ChosenPaperDialog):
    """Which paper, filled or blank, in which language."""

    def __init__(self, seat: Seat, person_id: UUID | None, code: str, parent: QWidget) -> None:
        super().__init__(
            seat,
            intake(seat.desk, person_id, language()),
            _("Papers of the first weeks"),
            _("Blank papers are for days without the computer; type them in later."),
            parent.window(),
            person_id,
        )
        self.setObjectName("print_first_papers")
        self.column.addWidget(Words(_("Papers for {code}").format(code=code) if code else _("Blank papers"), "group"))
        for name, (label, words, _make) in _PAPERS.items():
            if name not in _CASE_WORK or seat.desk.may(Right.CASE_WORK):
                self.offer(name, _(label), _(words))
        self.begin()

    def make(self, chosen_language: str) -> Document:
        return _PAPERS[self.paper()][2](self.seat.desk, self.whose(), chosen_language)

    def note(self, how: str) -> None:
        if self.paper() == REFERRAL_LETTER:
            note_blank_letter(self.seat.desk, how)
        else:
            note_first_paper(self.seat.desk, self.whose(), what=self.paper(), how=how)
