"""The letter of a referral: what it says about the person, whether she agreed, and then a printer or a file."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shelterdesk import referrals_out, vocab
from shelterdesk.documents.blocks import Document
from shelterdesk.documents.referral_letter import note_referral_letter, parts_of, referral_letter, usual_parts
from shelterdesk.i18n import _, language
from shelterdesk.referrals_out import ReferralOut
from shelterdesk.schema.base import declared, text_of
from ui.dialogs.sharing_dialog import SharingDialog
from ui.seat import Seat
from ui.widgets.check_box import CheckBox
from ui.widgets.text import Words


class PrintLetterDialog(SharingDialog):
    """Parts are ticked at the left. Past a missing consent a reason is asked for, before anything leaves."""

    def __init__(self, seat: Seat, referral: ReferralOut, parent: QWidget) -> None:
        desk = seat.desk
        whom = text_of(referral, "organisation")
        standing = referrals_out.standing_of(desk, referral.person_id, referral.service, whom)
        known = parts_of(desk, referral, language())
        chosen = frozenset(declared(ReferralOut, "shared").read(referral)) or usual_parts(standing, known)
        document = referral_letter(desk, referral, standing, chosen, language())
        advice = _("Read it with her first. Say only what they need in order to help.")
        super().__init__(seat, document, _("Letter of referral"), advice, parent)
        self.setObjectName("print_letter")
        self.referral, self.standing = referral, standing
        self.column.addWidget(Words(_("To {organisation}").format(organisation=seat.masked(whom)), "group", wrap=True))
        self.reason.set_text(text_of(referral, "without_consent"))
        self.add_consent()
        self.column.addWidget(Words(_("What it says"), tone="muted"))
        self.parts: dict[str, CheckBox] = {}
        for code in vocab.SHARED_PARTS:
            if code.code in known:
                box = CheckBox(_(code.label))
                box.setObjectName(f"part_{code.code}")
                box.setChecked(code.code in chosen)
                box.toggled.connect(lambda _on: self.show_paper())
                self.parts[code.code] = box
                self.column.addWidget(box)
        missing = _("What is not on file is not offered here.")
        self.column.addWidget(Words(missing, "small", "muted", wrap=True))
        self.begin()

    def chosen(self) -> frozenset[str]:
        """Return the parts that are ticked."""
        return frozenset(code for code, box in self.parts.items() if box.isChecked())

    def make(self, chosen_language: str) -> Document:
        standing = self.standing.sharing(self.chosen())
        self.show_consent(standing)
        return referral_letter(self.seat.desk, self.referral, self.standing, self.chosen(), chosen_language)

    def is_ready(self) -> bool:
        return self.is_agreed(self.standing.sharing(self.chosen()))

    def note(self, how: str) -> None:
        self.referral = note_referral_letter(
            self.seat.desk, self.referral, self.standing, parts=self.chosen(), how=how, why=self.reason.text()
        )

    def file_name(self) -> str:
        key = self.document.key
        code = f"-{key.value}" if key is not None else ""
        return f"{self.document.file_name}{code}-{self.seat.desk.today().isoformat()}"
