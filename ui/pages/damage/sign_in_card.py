"""A sign-in before anything is open: for a backup, or for a vault that is damaged."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from shelterdesk import restoring
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.vault import Unlock
from ui.widgets.card import Card
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.passphrase_field import PassphraseField


class SignInCard(Card):
    """Name and passphrase, used for whatever is chosen below."""

    def __init__(self) -> None:
        super().__init__(_("Sign in to go on"))
        self.user_name = QLineEdit()
        self.user_name.setAccessibleName(_("User name"))
        self.passphrase = PassphraseField(_("Passphrase"))
        rows = FormRows()
        help_text = _("With the recovery sheet, leave the name empty and type its code below.")
        rows.add_row(FormRow(_("User name"), self.user_name, help_text))
        self.passphrase_row = rows.add_row(
            FormRow(
                _("Passphrase"),
                self.passphrase,
                _("For a backup, the one that was valid on its day."),
                editor=self.passphrase.line,
            )
        )
        self.add(rows)
        self.end()

    def unlock(self) -> Unlock | None:
        """Return what the typed words open, None where something is missing, which is said."""
        self.passphrase_row.set_problem("")
        if not self.passphrase.text():
            self.passphrase_row.set_problem(_("Enter your passphrase."))
            self.passphrase.setFocus()
            return None
        try:
            return restoring.unlock_with(self.user_name.text(), self.passphrase.text())
        except ShelterDeskError as error:
            self.say_problem_of(error)
            return None

    def say_problem_of(self, error: ShelterDeskError) -> None:
        """Show why the words do not open anything."""
        self.passphrase_row.set_problem(error.text())
        self.passphrase.setFocus()
