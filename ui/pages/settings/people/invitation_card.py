"""A set-up code, shown this once: large, to be copied or printed on a slip that says nothing about the shelter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import staff
from shelterdesk.documents.key_papers import SETUP_SLIP, note_key_paper, setup_slip
from shelterdesk.i18n import _, language
from shelterdesk.staff import Invitation
from shelterdesk.vault.compartments import Compartment
from ui.dialogs.print_only import print_only
from ui.pages.settings.people.act_panel import IconSentence
from ui.pages.settings.people.member_words import key_label, short_day
from ui.privacy.clipboard import copy_secret
from ui.seat import Seat
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.code_groups import CodeGroups
from ui.widgets.text import Words


class InvitationCard(Card):
    """``done`` fires when it is closed; the code is gone then."""

    done = Signal()

    def __init__(self, seat: Seat, invitation: Invitation, name: str, waits_for: dict[Compartment, str]) -> None:
        super().__init__(_("Set-up code for {name}").format(name=name))
        self.seat, self.invitation = seat, invitation
        self.setObjectName("invitation")
        self.code = CodeGroups(_("Set-up code"))
        self.code.show_code(invitation.code.split("-"))
        self.copy = Button(_("Copy"), "copy", tip=_("The clipboard forgets it by itself"))
        self.slip = Button(_("Print slip…"), "printer")
        self.close_button = PrimaryButton(_("Done"))
        self._lay_out(waits_for)
        self.copy.clicked.connect(self.copy_code)
        self.slip.clicked.connect(self.print_slip)
        self.close_button.clicked.connect(self.done)

    def _lay_out(self, waits_for: dict[Compartment, str]) -> None:
        invitation, today = self.invitation, self.seat.desk.today()
        words = _("Shown only now, and kept nowhere. It works once, until {day}, with the user name {user}.")
        day = short_day(invitation.until, today)
        self.add(Words(words.format(day=day, user=invitation.user_name), wrap=True))
        self.add(self.code, above=14)
        told = QVBoxLayout()
        told.setSpacing(6)
        in_person = _("Give name and code in person, not in one message.")
        told.addWidget(IconSentence("message-square-text", in_person))
        there = _("At the unlock page: «I have a set-up code», then a passphrase of one’s own.")
        told.addWidget(IconSentence("log-in", there))
        gets = staff.compartment_words(invitation.gets)
        opens = _("Opens at once: {keys}").format(keys=gets) if gets else _("Opens no record")
        told.addWidget(IconSentence("key-round", opens, "accent"))
        for compartment, remark in waits_for.items():
            told.addWidget(IconSentence("clock", f"{key_label(compartment)}: {remark}", "attention"))
        self.add_layout(told, above=14)
        self.add_row(self.close_button, self.slip, self.copy, above=16)
        self.end()

    def begin(self) -> None:
        """Put the keyboard where one goes on."""
        self.slip.setFocus()

    def copy_code(self) -> None:
        """Put the code on the clipboard, which forgets it by itself."""
        copy_secret(self.invitation.code)

    def print_slip(self) -> QWidget:
        """Show the slip as it will be printed. It never goes through a file."""
        desk = self.seat.desk
        paper = setup_slip(self.invitation.code.split("-"), self.invitation.until, language())
        advice = _("Hand it over in person. It names neither the shelter nor the person.")
        return print_only(self.seat, self, paper, advice, lambda: note_key_paper(desk, SETUP_SLIP))
