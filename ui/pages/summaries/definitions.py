"""What is counted: the definition of every measure, one click away from the figures."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.documents.summary import definitions
from shelterdesk.i18n import _, language
from shelterdesk.summaries.table import Summary
from ui.widgets.card import Card
from ui.widgets.text import Words


class DefinitionsPanel(Card):
    """Every measure with its definition, each definition once."""

    def __init__(self) -> None:
        super().__init__(_("What is counted"))
        self._words = QWidget()
        self._column = QVBoxLayout(self._words)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.add(self._words)
        self.end()

    def show_summary(self, summary: Summary) -> None:
        """Show the definitions of the rows of *summary*."""
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for label, definition in definitions(summary, language()):
            self._column.addWidget(Words(label, strong=True, parent=self._words))
            self._column.addWidget(Words(definition, tone="muted", wrap=True, parent=self._words))
            self._column.addSpacing(6)
