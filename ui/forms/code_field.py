"""A line for a code from paper, checked group by group while it is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from shelterdesk.i18n import _
from shelterdesk.vault import RecoveryCodeMistyped
from shelterdesk.vault.recovery import read_groups
from ui.forms.new_passphrase import Mark

_LETTERS = 5


class CodeField(QWidget):
    """*groups* is how many groups of five the code has. Spaces, dashes and small letters do not matter."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, name: str, groups: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups = groups
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhUppercaseOnly
        )
        self.state = Mark()
        self.state.hide()
        self.setFocusProxy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.line)
        column.addWidget(self.state)
        self.line.textChanged.connect(self._check)
        self.line.returnPressed.connect(self.submitted)

    def text(self) -> str:
        """Return what was typed."""
        return self.line.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()

    def is_complete(self) -> bool:
        """Tell whether every group was typed and is right."""
        return self._typed() == self._groups * _LETTERS and not self._mistake()

    def _typed(self) -> int:
        return sum(letter.isalnum() for letter in self.line.text())

    def _mistake(self) -> str:
        """Return what is wrong with the groups that are complete; their check characters tell it at once."""
        letters = "".join(letter for letter in self.line.text() if letter.isalnum())
        whole = min(len(letters) // _LETTERS, self._groups)
        try:
            read_groups(letters[: whole * _LETTERS], whole)
        except RecoveryCodeMistyped as error:
            return error.text()
        if len(letters) > self._groups * _LETTERS:
            return _("This code is longer than {n} groups.").format(n=self._groups)
        return ""

    def _check(self) -> None:
        typed = self._typed()
        mistake = self._mistake() if typed >= _LETTERS else ""
        self.state.setVisible(typed > 0)
        if mistake:
            self.state.say_wrong(mistake)
        elif typed == self._groups * _LETTERS:
            self.state.say(_("The code is complete"), good=True, tinted=True)
        else:
            done = _("{n} of {all} groups").format(n=typed // _LETTERS, all=self._groups)
            self.state.say(done, good=False)
        self.changed.emit()
