"""You: how colleagues see you, and your passphrase."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk import members, passphrases, vocab
from shelterdesk.errors import Problem, Problems, ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.schema.acts import Act
from ui.seat import Seat
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.facts import Fact, Facts
from ui.widgets.form_row import FormRow, FormRows
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.text import Words


class MeSection(QWidget):
    """Name, roles, keys and passphrase of the signed-in person."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.name = QLineEdit()
        self.keep_name = Button(_("Save name"))
        self.facts = Facts()
        self.old, self.new, self.again = (
            PassphraseField(label) for label in (_("Passphrase now"), _("New passphrase"), _("New passphrase again"))
        )
        self.advice = Words("", tone="muted", wrap=True)
        self.change = PrimaryButton(_("Change passphrase"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._name_card())
        layout.addWidget(self._passphrase_card())
        self.keep_name.clicked.connect(self._save_name)
        self.change.clicked.connect(self.change_passphrase)
        self.new.changed.connect(self._advise)

    def _name_card(self) -> Card:
        card = Card(_("You"))
        rows = FormRows()
        self.name_row = rows.add_row(FormRow(_("Your name"), self.name, _("As colleagues see it on screen and paper.")))
        card.add(rows)
        card.add(self.facts, above=8)
        line = QHBoxLayout()
        line.addWidget(self.keep_name)
        line.addStretch(1)
        card.add_layout(line, above=12)
        card.end()
        return card

    def _passphrase_card(self) -> Card:
        card = Card(_("Passphrase"))
        rows = FormRows()
        self.rows = [
            rows.add_row(FormRow(_("Passphrase now"), self.old, editor=self.old.line)),
            rows.add_row(FormRow(_("New passphrase"), self.new, editor=self.new.line)),
            rows.add_row(FormRow(_("New passphrase again"), self.again, editor=self.again.line)),
        ]
        card.add(rows)
        card.add(self.advice, above=4)
        line = QHBoxLayout()
        line.addWidget(self.change)
        line.addStretch(1)
        card.add_layout(line, above=12)
        card.end()
        return card

    def show_now(self) -> None:
        """Read name, roles and keys."""
        desk = self.seat.desk
        me = next(who for who in members.colleagues(desk) if who.is_me)
        self.name.setText(me.name)
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
        for row in self.rows:
            row.set_problem("")
        if self.new.text() != self.again.text():
            self.rows[2].set_problem(_("The two passphrases are not the same. Type the second one again."))
            self.again.setFocus()
            return
        old, new, vault = self.old.text(), self.new.text(), self.seat.desk.vault
        self.change.setEnabled(False)

        def failed(error: BaseException) -> None:
            self.change.setEnabled(True)
            if not isinstance(error, ShelterDeskError):
                raise error
            self.rows[1 if isinstance(error, Problem) else 0].set_problem(error.text())

        self.seat.in_background(
            lambda _task: vault.change_passphrase(old, new), self._changed, owner=self, failed=failed
        )

    def _changed(self, _value: object) -> None:
        self.change.setEnabled(True)
        for field in (self.old, self.new, self.again):
            field.clear()
        with self.seat.desk.write(Act.CHANGE_PASSPHRASE):
            pass
        self.seat.say(_("The passphrase is changed. Old backups still open with the old one."))

    def _advise(self, typed: str) -> None:
        advice = passphrases.advise(typed, (self.seat.desk.me.user_name, self.name.text()))
        remark = advice.warning or (advice.suggestions[0] if advice.suggestions else "")
        words = [_(advice.label), _(remark)] if remark else [_(advice.label)]
        self.advice.setText(". ".join(word.rstrip(".") for word in words) if typed else "")

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
