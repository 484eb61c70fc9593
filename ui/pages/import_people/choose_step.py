"""First step: choose the file. What cannot be read is said here, with what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.i18n import N_, _
from ui import theme
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.text import IconLabel, Words

_WHAT_HAPPENS = (
    (
        "file-text",
        N_("You choose the list"),
        N_(
            "A file in .xlsx, .xlsm or .csv. Sheets of stays, services and so on come along, joined by a code. "
            "Workbooks of the HTCDS 2.0 and our own export of everything are known by themselves."
        ),
    ),
    (
        "list-checks",
        N_("You see what each column becomes"),
        N_("The program guesses and shows first values; you change what is wrong. It remembers your choice."),
    ),
    (
        "users-round",
        N_("You see who would come in"),
        N_(
            "Who is new, who is on file already and why, what would change about them, and which rows have problems. "
            "Until then nothing is written."
        ),
    ),
    (
        "shield-check",
        N_("You import, and delete the clear copies"),
        N_("All at once or not at all. Rows with problems can be saved, mended and imported again."),
    ),
)


class ChooseStep(QWidget):
    """``wanted`` asks for the file dialog, ``password_given`` is the one of a protected workbook."""

    wanted = Signal()
    password_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.button = PrimaryButton(_("Choose a file…"), "folder-open")
        self.button.setObjectName("choose-file")
        self.button.clicked.connect(self.wanted)
        self.problem = Notice("", "", "error")
        self.problem.setObjectName("file-problem")
        self.problem.hide()
        card = Card(_("Bring in the list you keep today"))
        for icon, title, words in _WHAT_HAPPENS:
            card.add(_line(icon, _(title), _(words)), above=10)
        self.protected = Notice("", "", "info")
        self.protected.setObjectName("file-protected")
        self.protected.hide()
        card.add(self.problem, above=16)
        card.add(self.protected, above=16)
        self.password = PassphraseField(_("Password of the file"))
        self.password.setObjectName("file-password")
        self.password.setFixedWidth(theme.px(300))
        self.password.submitted.connect(self._give_password)
        self.open = Button(_("Open"))
        self.open.setObjectName("open-protected")
        self.open.clicked.connect(self._give_password)
        self._asking = QWidget()
        asking = QHBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, 0)
        asking.setSpacing(8)
        label = Words(_("Password of the file"), tone="muted")
        label.setBuddy(self.password)
        for widget in (label, self.password, self.open):
            asking.addWidget(widget)
        asking.addStretch(1)
        self._asking.hide()
        card.add(self._asking, above=12)
        card.add_row(self.button, above=16)
        card.end(20)
        card.setMaximumWidth(760)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        layout.addStretch(1)

    def complain(self, words: str) -> None:
        """Say why a file cannot be taken; «» takes it away."""
        self._asking.hide()
        self.protected.hide()
        self.password.clear()
        self.problem.setVisible(bool(words))
        if words:
            self.problem.say(words, _("Nothing was changed."))
        self.button.set_words(_("Choose another file…") if words else _("Choose a file…"))

    def ask_password(self, words: str) -> None:
        """Say that the file is protected, and ask for its password."""
        self.complain("")
        self.protected.say(words)
        self.protected.show()
        self.button.set_words(_("Choose another file…"))
        self._asking.show()
        self.password.setFocus()

    def _give_password(self) -> None:
        if self.password.text():
            self.password_given.emit(self.password.text())


def _line(icon: str, title: str, words: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(14)
    row.addWidget(IconLabel(icon, 20, "accent"), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(Words(title, strong=True))
    column.addWidget(Words(words, tone="muted", wrap=True))
    row.addLayout(column, 1)
    return holder
