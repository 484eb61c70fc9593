"""A line for a passphrase: dots, an eye to look, and a word when Caps Lock is on. Paste is allowed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk.i18n import _
from ui import icons
from ui.widgets.text import IconLabel, Words


class PassphraseField(QWidget):
    """``changed`` hands back the text, ``submitted`` is Enter. The hint below is room only while it is shown."""

    changed = Signal(str)
    submitted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(name)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.setAccessibleName(name)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._eye = self.line.addAction(icons.icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._look)
        self.hint = QWidget(self)
        hint = QHBoxLayout(self.hint)
        hint.setContentsMargins(1, 6, 0, 0)
        hint.setSpacing(7)
        hint.addWidget(IconLabel("arrow-big-up-dash", 14, "attention", self.hint))
        self._hint_words = Words(_("Caps Lock is on"), tone="attention", parent=self.hint)
        hint.addWidget(self._hint_words, 1)
        self.hint.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addWidget(self.hint)
        self.line.textChanged.connect(self.changed)
        self.line.returnPressed.connect(self.submitted)
        self.line.installEventFilter(self)
        self._look(shown=False)

    def text(self) -> str:
        """Return what was typed."""
        return self.line.text()

    def clear(self) -> None:
        """Forget what was typed and hide it again."""
        self.line.clear()
        self._eye.setChecked(False)

    def show_text(self) -> None:
        """Let the words be read on screen, e.g. because they were suggested."""
        self._eye.setChecked(True)

    def is_shown(self) -> bool:
        """Say whether the words can be read on screen."""
        return self._eye.isChecked()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._notice_caps(event)
        elif watched is self.line and event.type() == QEvent.Type.FocusOut:
            self.hint.hide()
        return super().eventFilter(watched, event)

    def _notice_caps(self, event: QKeyEvent) -> None:
        """Infer Caps Lock from what a key produced: Qt does not tell its state on every system."""
        if event.key() == Qt.Key.Key_CapsLock:
            self.hint.setVisible(self.hint.isHidden())
            return
        typed = event.text()
        if len(typed) != 1 or typed.upper() == typed.lower():
            return
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.hint.setVisible(typed.isupper() != shifted)

    def _look(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        words = _("Hide the passphrase") if shown else _("Show the passphrase")
        self._eye.setText(words)
        self._eye.setToolTip(words)
        icons.follow(self._eye, "eye-off" if shown else "eye", 16, "text")
