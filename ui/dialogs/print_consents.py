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
from ui.dialogs.paper_dialog import PaperDialog
from ui.seat import Seat
from ui.widgets.check_box import RadioButton
from ui.widgets.segmented import Segmented
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


class PrintConsentsDialog(PaperDialog):
    """Which form, filled or blank, in which language."""

    def __init__(self, seat: Seat, person_id: UUID, code: str, parent: QWidget) -> None:
        document = consent_to_services(form_facts(seat.desk, person_id, language()), language())
        advice = _(
            "Read it out where reading is hard. It stays in the file; offer a copy and ask where it will be safe."
        )
        super().__init__(seat, document, _("Consent forms"), advice, parent)
        self.setObjectName("print_consent_forms")
        self.person_id = person_id
        self.column.addWidget(Words(_("Consent of {code}").format(code=code), "group"))
        self.forms: dict[str, RadioButton] = {}
        for name, (label, words, _make) in _FORMS.items():
            radio = RadioButton(_(label))
            radio.setObjectName(name)
            radio.setAccessibleDescription(_(words))
            radio.setChecked(name == CONSENT_TO_SERVICES)
            radio.toggled.connect(lambda on: self.show_paper() if on else None)
            explained = Words(_(words), "small", "muted", wrap=True)
            explained.setContentsMargins(26, 0, 0, 4)
            self.forms[name] = radio
            self.column.addWidget(radio)
            self.column.addWidget(explained)
        self.filled = Segmented(_("Filled or blank"), [(True, _("Filled")), (False, _("Blank"))], value=True)
        self.filled.setObjectName("filled_or_blank")
        self.filled.chosen.connect(lambda _value: self.show_paper())
        self.column.addWidget(self.filled)
        self.begin()
        self.forms[CONSENT_TO_SERVICES].setFocus()

    def form(self) -> str:
        """Return which form is chosen, as the log calls it."""
        return next((name for name, radio in self.forms.items() if radio.isChecked()), CONSENT_TO_SERVICES)

    def whose(self) -> UUID | None:
        """Return whose form it is, None for a blank one."""
        return self.person_id if self.filled.value() else None

    def make(self, chosen_language: str) -> Document:
        facts = form_facts(self.seat.desk, self.whose(), chosen_language)
        return _FORMS[self.form()][2](facts, chosen_language)

    def note(self, how: str) -> None:
        note_consent_form(self.seat.desk, self.whose(), what=self.form(), how=how)
