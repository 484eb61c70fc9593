"""A paper for somebody else: how her consent stands, and the reason that is asked for where it is missing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shelterdesk.documents.blocks import Document
from shelterdesk.i18n import _
from shelterdesk.sharing import Standing
from ui.dialogs.paper_dialog import PaperDialog
from ui.forms.sharing_forms import standing_words
from ui.seat import Seat
from ui.widgets.text import Words
from ui.widgets.text_area import TextArea


class SharingDialog(PaperDialog):
    """A subclass puts the consent among its choices with :meth:`add_consent` and shows it with every paper."""

    def __init__(self, seat: Seat, document: Document, title: str, advice: str, parent: QWidget) -> None:
        super().__init__(seat, document, title, advice, parent)
        self.consent = Words("", wrap=True)
        self.consent.setObjectName("consent_words")
        self.reason_label = Words(_("Wh&y it is shared all the same"), tone="muted")
        self.reason = TextArea(_("Why it is shared all the same"), _("Danger to life, a child at risk, an order …"))
        self.reason.setObjectName("why_shared")
        self.reason_label.setBuddy(self.reason)

    def add_consent(self) -> None:
        """Put her consent and the reason below what stands among the choices so far."""
        for widget in (self.consent, self.reason_label, self.reason):
            self.column.addWidget(widget)

    def show_consent(self, standing: Standing | None) -> None:
        """Say how her consent stands, and ask for a reason where there is none; None asks for nothing yet."""
        refused = standing is not None and not standing.given
        self.consent.setText(standing_words(standing) if standing is not None else "")
        self.consent.set_tone("attention" if refused else "muted")
        self.reason_label.setVisible(refused)
        self.reason.setVisible(refused)

    def is_agreed(self, standing: Standing) -> bool:
        """Return whether she agreed or a reason is written; else ask for one."""
        if standing.given or self.reason.text().strip():
            return True
        words = _("Nothing left. Record her answer, or write why it has to be shared all the same.")
        self.banner.say(_("Her consent is missing"), words, kind="attention")
        self.reason.setFocus()
        return False
