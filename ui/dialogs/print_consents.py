"""The two consent forms, blank for handwriting or filled with what is on file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk.documents.blocks import Document
from shelterdesk.documents.consent_forms import (
    CONSENT_TO_DATA,
    CONSENT_TO_SERVICES,
    FormFacts,
    consent_to_data,
    consent_to_services,
    form_facts,
    note_consent_form,
)
from shelterdesk.i18n import N_, _, language
from ui.dialogs.chosen_paper import ChosenPaperDialog
from ui.seat import Seat
from ui.widgets.text import Words

_FORMS: Final[dict[str, tuple[str, str, Callable[[FormFacts, str], Document]]]] = {
    CONSENT_TO_SERVICES: (
        N_("Support, rights and house rules"),
        N_("Gone through on the first days."),
        consent_to_services,
    ),
    CONSENT_TO_DATA: (
        N_("Data and sharing"),
        N_("What she was told, and a yes or no for each purpose and name."),
        consent_to_data,
    ),
}


class PrintConsentsDialog(ChosenPaperDialog):
    """Which form, filled or blank, in which language."""

    def __init__(self, seat: Seat, person_id: UUID, code: str, parent: QWidget) -> None:
        document = consent_to_services(form_facts(seat.desk, person_id, language()), language())
        advice = _(
            "Read it out where reading is hard. It stays in the file; offer a copy and ask where it will be safe."
        )
        super().__init__(seat, document, _("Consent forms"), advice, parent, person_id)
        self.setObjectName("print_consent_forms")
        self.column.addWidget(Words(_("Consent of {code}").format(code=code), "group"))
        for name, (label, words, _make) in _FORMS.items():
            self.offer(name, _(label), _(words))
        self.begin()

    def make(self, chosen_language: str) -> Document:
        facts = form_facts(self.seat.desk, self.whose(), chosen_language)
        return _FORMS[self.paper()][2](facts, chosen_language)

    def note(self, how: str) -> None:
        note_consent_form(self.seat.desk, self.whose(), what=self.paper(), how=how)
