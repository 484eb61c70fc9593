"""The first sign-in of a colleague: name, set-up code, then a passphrase of one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from shelterdesk.errors import Problems
from shelterdesk.i18n import _
from ui.forms.code_field import CodeField
from ui.forms.new_passphrase import NewPassphrase
from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.front_card import FrontCard, FrontProblem, wide
from ui.widgets.text import Words

SETUP_GROUPS = 6


class SetUpForm(FrontCard):
    """``submitted`` hands back sign-in name, code and the chosen passphrase."""

    submitted = Signal(str, str, str)
    back_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Begin with a set-up code"))
        self.user_name = QLineEdit()
        self.user_name.setAccessibleName(_("User name"))
        self.code = CodeField(_("Set-up code"), SETUP_GROUPS)
        self.passphrase = NewPassphrase(_("&Passphrase of your own"), _("Passphrase &again"))
        self.problem = FrontProblem(self)
        self.begin = wide(PrimaryButton(_("Begin")))
        self.back = LinkButton(_("Back to the passphrase"))
        self.column.addWidget(
            Words(
                _(
                    "The code works once. With it you choose a passphrase that only you know; nobody can read it or "
                    "send you a new one."
                ),
                tone="muted",
                wrap=True,
            )
        )
        self.column.addSpacing(12)
        self.add_field(_("&User name"), self.user_name)
        self.add_field(_("&Set-up code"), self.code, self.code.line)
        self.column.addWidget(self.passphrase)
        self.column.addSpacing(14)
        self.column.addWidget(self.problem)
        self.column.addWidget(self.begin)
        self.column.addSpacing(10)
        line = QHBoxLayout()
        line.addWidget(self.back)
        line.addStretch(1)
        self.column.addLayout(line)
        self.user_name.returnPressed.connect(self.code.setFocus)
        self.user_name.textChanged.connect(lambda name: self.passphrase.set_avoid((name,)))
        self.code.submitted.connect(self.passphrase.setFocus)
        self.passphrase.submitted.connect(self.submit)
        self.begin.clicked.connect(self.submit)
        self.back.clicked.connect(self.back_pressed)
        for changed in (self.code.changed, self.passphrase.changed):
            changed.connect(self._quieten)

    def submit(self) -> None:
        """Hand back what was typed, or say what is missing."""
        missing = ""
        if not self.user_name.text().strip():
            missing = _("Enter your user name.")
            self.user_name.setFocus()
        elif not self.code.is_complete():
            missing = _("Enter the set-up code as it stands on the slip.")
            self.code.setFocus()
        else:
            try:
                self.passphrase.check()
            except Problems as problems:
                missing = problems.text()
        if missing:
            self.say_problem(missing)
            return
        self.submitted.emit(self.user_name.text(), self.code.text(), self.passphrase.text())

    def set_busy(self, *, busy: bool) -> None:
        """Wait quietly while the passphrase is stretched."""
        for widget in (self.user_name, self.code, self.begin, self.back):
            widget.setEnabled(not busy)
        self.passphrase.set_open(on=not busy)
        self.begin.setText(_("Opening…") if busy else _("Begin"))

    def say_problem(self, words: str) -> None:
        """Say what is to be changed; what was typed stays."""
        self.problem.say(words)
        self.grow()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802 - Qt's name
        (self.code.line if self.user_name.text() else self.user_name).setFocus(reason)

    def _quieten(self) -> None:
        self.problem.say("")
        self.grow()
