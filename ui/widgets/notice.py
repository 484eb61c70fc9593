"""A notice beside something else: icon, a few strong words, a sentence. A banner is for the whole page."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.text import IconLabel, Words

NoticeKind = Literal["info", "attention", "done", "error"]
_ICONS = {"info": "info", "attention": "triangle-alert", "done": "check", "error": "circle-alert"}


class Notice(QFrame):
    """Says one thing in the place it belongs to; both texts wrap, so it fits a narrow column. Either may be empty."""

    def __init__(
        self, title: str, text: str = "", kind: NoticeKind = "info", icon: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.mark(self, banner=kind)
        self.title = Words("", tone=kind, strong=True, wrap=True, parent=self)
        self.words = Words("", wrap=True, parent=self)
        lines = QVBoxLayout()
        lines.setSpacing(2)
        lines.addWidget(self.title)
        lines.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 9, 12, 9)
        row.setSpacing(10)
        picture = IconLabel(icon or _ICONS[kind], 16, kind, self)
        picture.setContentsMargins(0, 2, 0, 0)
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)
        self.say(title, text)

    def say(self, title: str, text: str = "") -> None:
        """Say something else."""
        self.title.setText(title)
        self.title.setVisible(bool(title))
        self.words.setText(text)
        self.words.setVisible(bool(text))
        self.setAccessibleName(" ".join(filter(None, (title, text))))
