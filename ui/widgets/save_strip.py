"""The strip fixed under a form: the main act, a second one, Cancel, and when the draft was kept."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from shelterdesk.i18n import _
from ui import theme
from ui.theme import tokens
from ui.widgets.buttons import Button, LinkButton, PrimaryButton
from ui.widgets.text import IconLabel, Words


class DraftNote(QWidget):
    """«Draft kept 10:58» with its icon; empty until the first draft."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        self._words = Words("", "small", "muted", parent=self)
        row.addWidget(IconLabel("save", 14, "muted", self))
        row.addWidget(self._words)
        self.hide()

    def say(self, words: str) -> None:
        """Say when the draft was kept; «» hides the note."""
        self._words.setText(words)
        self.setVisible(bool(words))

    def said(self) -> str:
        """Return what the note says."""
        return self._words.text()


class SaveStrip(QFrame):
    """``save_pressed``, ``second_pressed``, ``cancel_pressed``. *indent* is where the column of fields begins."""

    save_pressed = Signal()
    second_pressed = Signal()
    cancel_pressed = Signal()

    def __init__(
        self, save: str, second: str = "", cancel: str = "", *, indent: int = 24, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme.mark(self, surface="strip")
        self.save = PrimaryButton(save, parent=self)
        self.second = Button(second, parent=self)
        self.second.setVisible(bool(second))
        self.cancel = LinkButton(cancel or _("Cancel"), parent=self)
        self.draft = DraftNote(self)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(indent, 0, tokens.PAGE_SIDE, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.save)
        self._row.addWidget(self.second)
        self._row.addSpacing(4)
        self._row.addWidget(self.cancel)
        self._row.addStretch(1)
        self._row.addWidget(self.draft)
        self.save.clicked.connect(self.save_pressed)
        self.second.clicked.connect(self.second_pressed)
        self.cancel.clicked.connect(self.cancel_pressed)
        self._fit()
        theme.notifier.changed.connect(self._fit)

    def set_indent(self, indent: int) -> None:
        """Move the buttons to another column."""
        margins = self._row.contentsMargins()
        self._row.setContentsMargins(indent, margins.top(), margins.right(), margins.bottom())

    def say_draft(self, words: str) -> None:
        """Say when the draft was kept."""
        self.draft.say(words)

    def _fit(self) -> None:
        self.setFixedHeight(theme.px(tokens.SAVE_STRIP))
