"""The way in when a passphrase is lost: the recovery sheet, or its pieces held by different people."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shelterdesk.i18n import _
from ui.forms.code_field import CodeField
from ui.widgets.buttons import LinkButton, PrimaryButton
from ui.widgets.front_card import FrontCard, FrontProblem, wide
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

SHEET_GROUPS = 8
PIECE_GROUPS = 9
_MOST_PIECES = 5


class RecoveryForm(FrontCard):
    """``submitted`` hands back the typed codes, one for the sheet and several for pieces, and the reason."""

    submitted = Signal(object, str)
    back_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(_("Open without the passphrase"))
        self.kind = Segmented(_("What there is"), [("sheet", _("The sheet")), ("pieces", _("Pieces of it"))], "sheet")
        self.told = Words("", tone="muted", wrap=True)
        self.code = CodeField(_("Recovery code"), SHEET_GROUPS)
        self.pieces: list[CodeField] = []
        self._sheet = QWidget()
        sheet = QVBoxLayout(self._sheet)
        sheet.setContentsMargins(0, 0, 0, 0)
        sheet.setSpacing(4)
        label = Words(_("&Recovery code"))
        label.setBuddy(self.code.line)
        sheet.addWidget(label)
        sheet.addWidget(self.code)
        self._in_pieces = QWidget()
        self._rows = QVBoxLayout(self._in_pieces)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self.more = LinkButton(_("One more piece"), "plus")
        self._rows.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.why = QLineEdit()
        self.why.setAccessibleName(_("Why"))
        self.problem = FrontProblem(self)
        self.open = wide(PrimaryButton(_("Open the vault")))
        self.back = LinkButton(_("Back to the passphrase"))
        self._lay_out()
        self.kind.chosen.connect(lambda _kind: self._show_kind())
        self.more.clicked.connect(self._add_piece)
        self.code.changed.connect(self._quieten)
        self.code.submitted.connect(self.why.setFocus)
        self.why.returnPressed.connect(self.submit)
        self.open.clicked.connect(self.submit)
        self.back.clicked.connect(self.back_pressed)
        for _number in range(2):
            self._add_piece(focus=False)
        self._show_kind()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.kind)
        line.addStretch(1)
        self.column.addLayout(line)
        self.column.addSpacing(10)
        self.column.addWidget(self.told)
        self.column.addSpacing(12)
        self.column.addWidget(self._sheet)
        self.column.addWidget(self._in_pieces)
        self.column.addSpacing(14)
        self.add_field(_("&Why it is needed"), self.why)
        self.column.addWidget(self.problem)
        self.column.addWidget(self.open)
        self.column.addSpacing(10)
        self.column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)

    def submit(self) -> None:
        """Hand back what was typed, or say what is missing."""
        asked = [self.code] if self.kind.value() == "sheet" else [one for one in self.pieces if one.text().strip()]
        incomplete = next((one for one in asked if not one.is_complete()), None)
        if not asked or incomplete is not None:
            (incomplete or self.pieces[0]).setFocus()
            self.say_problem(_("Type each code whole, as it stands on the paper."))
        elif not self.why.text().strip():
            self.why.setFocus()
            self.say_problem(_("Enter why it is needed. It is kept in the log and told to the people who hold keys."))
        else:
            self.problem.say("")
            self.submitted.emit([one.text() for one in asked], self.why.text().strip())

    def set_busy(self, *, busy: bool) -> None:
        """Wait quietly."""
        for widget in (self.kind, self.code, self._in_pieces, self.why, self.open, self.back):
            widget.setEnabled(not busy)
        self.open.setText(_("Opening…") if busy else _("Open the vault"))

    def say_problem(self, words: str) -> None:
        """Say what is to be changed; what was typed stays."""
        self.problem.say(words)
        self.grow()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802 - Qt's name
        (self.code if self.kind.value() == "sheet" else self.pieces[0]).line.setFocus(reason)

    def _add_piece(self, *, focus: bool = True) -> None:
        number = len(self.pieces) + 1
        words = _("Piece {n}").format(n=number)
        field = CodeField(words, PIECE_GROUPS)
        label = Words(words)
        label.setBuddy(field.line)
        at = self._rows.count() - 1
        self._rows.insertWidget(at, label)
        self._rows.insertWidget(at + 1, field)
        before = self.pieces[-1].line if self.pieces else self.kind
        QWidget.setTabOrder(before, field.line)
        QWidget.setTabOrder(field.line, self.more)
        field.changed.connect(self._quieten)
        field.submitted.connect(self.focusNextChild)
        self.pieces.append(field)
        self.more.setVisible(len(self.pieces) < _MOST_PIECES)
        if focus:
            field.line.setFocus()
            self.grow()

    def _show_kind(self) -> None:
        sheet = self.kind.value() == "sheet"
        self._sheet.setVisible(sheet)
        self._in_pieces.setVisible(not sheet)
        self.told.setText(
            _("Type the code as it stands on the sheet. Spaces, dashes and small letters do not matter.")
            if sheet
            else _("Whoever keeps a piece types it here, one after the other, in any order.")
        )
        self._quieten()

    def _quieten(self) -> None:
        self.problem.say("")
        self.grow()
