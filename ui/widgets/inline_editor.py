"""An editor in the place of a row: tinted, with its own Save and Cancel; never a dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from shelterdesk.i18n import _
from ui import theme
from ui.widgets.buttons import Button, LinkButton, PrimaryButton
from ui.widgets.save_strip import DraftNote
from ui.widgets.text import Words


class InlineEditor(QFrame):
    """Put fields in with ``add_field``. Esc cancels, Ctrl+S or Ctrl+Enter saves."""

    save_pressed = Signal()
    cancel_pressed = Signal()

    def __init__(self, save: str, *, indent: int = 40, danger: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.mark(self, surface="editor")
        self.save: Button = Button(save, kind="danger", parent=self) if danger else PrimaryButton(save, parent=self)
        self.cancel = LinkButton(_("Cancel"), parent=self)
        self.draft = DraftNote(self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        buttons.addWidget(self.draft)
        self._buttons = buttons
        layout = QVBoxLayout(self)
        layout.setContentsMargins(indent, 8, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(self._grid)
        self.save.clicked.connect(self.save_pressed)
        self.cancel.clicked.connect(self.cancel_pressed)
        self._rows = 0

    def add_field(self, label: str, field: QWidget, *, beside: bool = False, whole: bool = False) -> None:
        """Put *field* in the next line, or *beside* the last one; *whole* spans the width."""
        if not beside:
            self._rows += 1
        column = 2 if beside else 0
        words = Words(label, parent=self)
        words.setContentsMargins(0, 0, 4, 0)
        words.setBuddy(field.focusProxy() or field)
        if not field.accessibleName():
            field.setAccessibleName(label.replace("&", ""))
        row = self._rows - 1
        self._grid.addWidget(words, row, column, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, row, column + 1, 1, 3 if whole else 1)

    def end(self) -> None:
        """Put Save and Cancel under the last field, at the column of fields."""
        self._grid.addLayout(self._buttons, self._rows, 1, 1, 3)

    def event(self, event: QEvent) -> bool:
        # While the keyboard is in here, these keys belong to the editor and not to the menus of the window.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._meant_by(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meant = self._meant_by(event)
        if meant is None:
            super().keyPressEvent(event)
        else:
            meant.click()

    def _meant_by(self, event: QKeyEvent) -> QPushButton | None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            return self.cancel
        if control and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_S}:
            return self.save
        return None
