"""You: how colleagues see you, and your passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import members, rooms, vocab
from shelterdesk.access import Right
from shelterdesk.errors import Problems, ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.schema.acts import Act
from shelterdesk.vault import WrongPassphrase
from shelterdesk.vault.compartments import Compartment
from ui import theme
from ui.forms.new_passphrase import NewPassphrase
from ui.seat import Seat
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.notice import Notice
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.text import Words

_COLUMN = 440


class MeSection(QWidget):
    """Name, roles, keys and passphrase of the signed-in person."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.name = QLineEdit()
        self.keep_name = Button(_("Save name"))
        self.facts = Facts()
        self.old = PassphraseField(_("Passphrase now"))
        self.new = NewPassphrase(_("New passphrase"), _("New passphrase again"))
        self.old_row = FormRow(_("Passphrase now"), self.old, editor=self.old.line)
        self.problem = Words("", tone="error", wrap=True)
        self.change = PrimaryButton(_("Change passphrase"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        cards = (self._name_card(), self._passphrase_card())
        if seat.desk.me.is_recovery:
            words = _(
                "The recovery code is nobody’s own and has no passphrase. Under «People and keys» make a new set-up "
                "code for whoever lost theirs, then new recovery papers."
            )
            layout.addWidget(Notice(_("You are here with the recovery code"), words))
        for card in cards:
            layout.addWidget(card)
            card.setVisible(not seat.desk.me.is_recovery)
        self.keep_name.clicked.connect(self._save_name)
        self.change.clicked.connect(self.change_passphrase)
        self.new.changed.connect(lambda: self._say(""))
        self.new.submitted.connect(self.change_passphrase)

    def _name_card(self) -> Card:
        card = Card(_("You"))
        rows = FormRows()
        self.name_row = rows.add_row(FormRow(_("Your name"), self.name, _("As colleagues see it on screen and paper.")))
        card.add(rows)
        card.add(self.facts, above=8)
        card.add_row(self.keep_name, above=12)
        card.end()
        return card

    def _passphrase_card(self) -> Card:
        card = Card(_("Passphrase"))
        holder = QWidget()
        holder.setMaximumWidth(theme.px(_COLUMN))
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.old_row.set_above(above=True)
        column.addWidget(self.old_row)
        column.addWidget(self.new)
        column.addWidget(self.problem)
        words = _("Paste and password managers are welcome. Backups made before still open with the old passphrase.")
        column.addWidget(Words(words, "small", "muted", wrap=True))
        column.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        # Beside a stretch the column is as high as its own width needs, not the width of the card.
        line = QHBoxLayout()
        line.addWidget(holder, 1)
        line.addStretch(0)
        card.add_layout(line)
        card.end()
        self.problem.hide()
        return card

    def show_now(self) -> None:
        """Read name, roles and keys."""
        desk = self.seat.desk
        me = members.myself(desk)
        self.name.setText(me.name)
        reads_house = desk.may(Right.SEE_HOUSE) and desk.holds(Compartment.HOUSE)
        houses = [site.name or "" for site in rooms.sites_of(desk)] if reads_house else []
        self.new.set_avoid((desk.me.user_name, me.name, *houses))
        held = [
            code.code for code in vocab.COMPARTMENTS if code.code in {c.value for c in desk.vault.ring.compartments}
        ]
        self.facts.set_facts(
            [
                Fact(_("User name"), desk.me.user_name),
                Fact(_("Roles"), ", ".join(vocab.ROLES.label(role) for role in me.roles)),
                Fact(_("Keys you hold"), ", ".join(vocab.COMPARTMENTS.label(code) for code in held)),
            ]
        )

    def change_passphrase(self) -> None:
        """Close the own slot with a new passphrase; stretching takes a second, in the background."""
        self.old_row.set_problem("")
        self._say("")
        if not self.old.text():
            self.old_row.set_problem(_("Enter your passphrase."))
            self.old.setFocus()
            return
        try:
            self.new.check()
        except Problems as problems:
            self._say(problems.text())
            return
        old, new, vault = self.old.text(), self.new.text(), self.seat.desk.vault
        self.change.setEnabled(False)

        def failed(error: BaseException) -> None:
            self.change.setEnabled(True)
            if not isinstance(error, ShelterDeskError):
                raise error
            if isinstance(error, WrongPassphrase):
                self.old_row.set_problem(error.text())
                self.old.setFocus()
            else:
                self._say(error.text())

        self.seat.in_background(
            lambda _task: vault.change_passphrase(old, new), self._changed, owner=self, failed=failed
        )

    def _changed(self, _value: object) -> None:
        self.change.setEnabled(True)
        self.old.clear()
        self.new.clear()
        with self.seat.desk.write(Act.CHANGE_PASSPHRASE):
            pass
        self.seat.say(_("The passphrase is changed. Old backups still open with the old one."))

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _save_name(self) -> None:
        self.name_row.set_problem("")
        try:
            members.set_shown_name(self.seat.desk, self.name.text())
        except Problems as problems:
            self.name_row.set_problem(problems.text())
        except ShelterDeskError as error:
            self.seat.complain(error)
        else:
            self.seat.saved.emit()
