"""What is shown where nothing is yet: one friendly sentence and one act."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.buttons import Button
from ui.widgets.text import IconLabel, Words


class EmptyState(QWidget):
    """``pressed`` fires for the act."""

    pressed = Signal()

    def __init__(self, sentence: str, act: str = "", icon: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Words(sentence, tone="muted", wrap=True, parent=self)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(act, parent=self)
        self.button.setVisible(bool(act))
        self.button.clicked.connect(self.pressed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 24, 16, 24)
        layout.setSpacing(12)
        layout.addStretch(1)
        if icon:
            layout.addWidget(IconLabel(icon, 20, "muted", self), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.words)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def say(self, sentence: str, act: str = "") -> None:
        """Say something else."""
        self.words.setText(sentence)
        self.button.set_words(act)
        self.button.setVisible(bool(act))
