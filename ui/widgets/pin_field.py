"""A line for a PIN: digits only, never shown. Six of them are handed on without Enter."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import theme


class PinField(QLineEdit):
    """``filled`` fires as soon as the last digit is typed; Enter on fewer digits does, too."""

    filled = Signal()

    def __init__(self, name: str, digits: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digits = digits
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(f"[0-9]{{0,{digits}}}"), self))
        self.textEdited.connect(self._look)
        self.returnPressed.connect(self.filled)
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def _look(self, typed: str) -> None:
        if len(typed) == self._digits:
            self.filled.emit()

    def _fit(self) -> None:
        self.setFixedWidth(theme.px(128))
