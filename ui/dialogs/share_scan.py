"""A copy of a scan for somebody else: for whom, whether she agreed to it, and then a printer or a file."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from shelterdesk import vocab
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.scan_paper import SHARED_FOR, note_scan_shared, scan_for_others, standing_for
from shelterdesk.files import StoredFile
from shelterdesk.i18n import _
from shelterdesk.sharing import Standing
from ui.dialogs.sharing_dialog import SharingDialog
from ui.seat import Seat
from ui.widgets.choice_field import ChoiceField
from ui.widgets.text import Words


class ShareScanDialog(SharingDialog):
    """The pages were made before. Past a missing consent a reason is asked for, before anything leaves."""

    def __init__(self, seat: Seat, file: StoredFile, pages: Document, parent: QWidget) -> None:
        advice = _("Give no page more than they need in order to help.")
        super().__init__(seat, pages, _("Copy for somebody else"), advice, parent)
        self.setObjectName("share_scan")
        self.file, self.pages = file, pages
        self.column.addWidget(Words(vocab.FILE_KINDS.label(file.kind), "group", wrap=True))
        purposes = [(code, vocab.CONSENT_PURPOSES.label(code)) for code in SHARED_FOR]
        self.purpose = ChoiceField(_("What for"), purposes, SHARED_FOR[0])
        self.purpose.setObjectName("purpose")
        # The longest purpose is wider than the choices beside the pages.
        self.purpose.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.recipient = QLineEdit()
        self.recipient.setObjectName("recipient")
        self.recipient.setAccessibleName(_("For whom"))
        self.recipient.setPlaceholderText(_("Organisation, office or person"))
        self.add_labelled(_("&What for"), self.purpose)
        self.add_labelled(_("&For whom"), self.recipient)
        self.add_consent()
        self.purpose.chosen.connect(lambda _code: self.show_paper())
        self.recipient.editingFinished.connect(self.show_paper)
        self.begin()
        self.recipient.setFocus()

    def standing(self) -> Standing:
        """Return how her consent stands for what is chosen. Raises NotAllowed, NeedsReason."""
        purpose = self.purpose.value() or SHARED_FOR[0]
        return standing_for(self.seat.desk, self.file, purpose, self.recipient.text())

    def make(self, chosen_language: str) -> Document:
        standing = self.standing()
        self.show_consent(standing if standing.recipient else None)
        return scan_for_others(self.pages, standing.recipient, chosen_language)

    def is_ready(self) -> bool:
        self.show_paper()
        standing = self.standing()
        if not standing.recipient:
            self.banner.say(_("Enter for whom the copy is. Nothing left."), "", kind="attention")
            self.recipient.setFocus()
            return False
        return self.is_agreed(standing)

    def note(self, how: str) -> None:
        note_scan_shared(self.seat.desk, self.file, self.standing(), how=how, why=self.reason.text())

    def _forget(self) -> None:
        self.pages = Document("", "en", "", ())
        super()._forget()
