"""Words for her own paper: proposed from the kind, and hers only when the worker has agreed to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from shelterdesk.fields import Field
from shelterdesk.i18n import _
from ui.widgets.buttons import Button
from ui.widgets.chip import Chip


class PaperWordsEditor:
    """The value stays empty while only a proposal is shown; «Use it» or typing makes it hers."""

    fills = True

    def __init__(self, field: Field) -> None:
        self._proposal = ""
        self._listeners: list[Callable[[], None]] = []
        self.line = QLineEdit()
        self.line.setObjectName("paper_words")
        self.line.setAccessibleName(_(field.label))
        self.chip = Chip(_("Proposed"), "info", "file-pen")
        self.use = Button(_("Use it"), "check", tip=_("Take the proposed words for her sheet"))
        self.use.setObjectName("use_proposal")
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.chip)
        row.addWidget(self.use)
        self.widget.setFocusProxy(self.line)
        self.line.textEdited.connect(lambda _text: self._tell())
        self.use.clicked.connect(self._accept)
        self._show()

    def proposal(self) -> str:
        """Return the words proposed at the moment; «» where they were agreed to or replaced."""
        return "" if self.line.text().strip() else self._proposal

    def propose(self, words: str) -> None:
        """Propose *words*. What was taken over from an earlier proposal falls back to a proposal."""
        if self._proposal and self.line.text().strip() == self._proposal and words != self._proposal:
            self.line.clear()
        self._proposal = words
        self._show()

    def value(self) -> Any:
        return self.line.text().strip() or None

    def set_value(self, value: Any) -> None:
        self.line.setText(value or "")
        self.line.setCursorPosition(0)
        self._show()

    def on_change(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def _accept(self) -> None:
        self.line.setText(self._proposal)
        self.line.setFocus()
        self._tell()

    def _tell(self) -> None:
        self._show()
        for listener in self._listeners:
            listener()

    def _show(self) -> None:
        is_open = bool(self.proposal())
        self.line.setPlaceholderText(self._proposal)
        self.chip.setVisible(is_open)
        self.use.setVisible(is_open)
