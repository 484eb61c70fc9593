"""A file that still lies on the computer in clear, and how to be rid of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.errors import ShelterDeskError
from shelterdesk.exchange.clear_copies import WHAT_DELETION_CANNOT, ClearCopy, delete_clear_copy
from shelterdesk.i18n import _
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.notice import Notice
from ui.widgets.text import ElidedWords, IconLabel, Words


class CopyRow(QWidget):
    """One clear copy. Deleting cannot be undone, so it is asked once, here. ``deleted`` tells name and how far."""

    deleted = Signal(str, bool)

    def __init__(self, copy: ClearCopy, warning: str = WHAT_DELETION_CANNOT) -> None:
        super().__init__()
        self.copy = copy
        self.delete = Button(_("Delete…"), "trash-2")
        self.delete.setAccessibleName(_("Delete {file}").format(file=copy.path.name))
        self.really = Button(_("Delete for good"), "trash-2", "danger")
        self.keep = LinkButton(_("Keep it"))
        self.problem = Words("", tone="error", wrap=True)
        self.problem.hide()
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(IconLabel("file-text", 16, "muted"))
        line.addWidget(ElidedWords(copy.path.name, sensitive=True))
        line.addWidget(Words(copy.role.words(), "small", "muted"))
        line.addStretch(1)
        line.addWidget(self.delete)
        self._ask = QWidget()
        ask = QVBoxLayout(self._ask)
        ask.setContentsMargins(0, 0, 0, 4)
        ask.setSpacing(8)
        ask.addWidget(Notice(_("This cannot be undone"), _(warning), "attention"))
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.addWidget(self.really)
        answers.addWidget(self.keep)
        answers.addStretch(1)
        ask.addLayout(answers)
        self._ask.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self.problem)
        layout.addWidget(self._ask)
        self.delete.clicked.connect(lambda: self._show_question(on=True))
        self.keep.clicked.connect(lambda: self._show_question(on=False))
        self.really.clicked.connect(self._delete)

    def _show_question(self, *, on: bool) -> None:
        self._ask.setVisible(on)
        self.delete.setVisible(not on)
        (self.keep if on else self.delete).setFocus(Qt.FocusReason.TabFocusReason)

    def _delete(self) -> None:
        try:
            done = delete_clear_copy(self.copy.path)
        except ShelterDeskError as error:
            self.problem.setText(error.text())
            self.problem.show()
            self._show_question(on=False)
            return
        self.deleted.emit(self.copy.path.name, done.overwritten)
