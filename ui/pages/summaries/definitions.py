"""What is counted: the definition of every measure, one click away from the figures."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.i18n import _
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
        for label, definition in definitions_of(summary):
            self._column.addWidget(Words(label, strong=True, parent=self._words))
            self._column.addWidget(Words(definition, tone="muted", wrap=True, parent=self._words))
            self._column.addSpacing(6)


def definitions_of(summary: Summary) -> list[tuple[str, str]]:
    """Return (measure, definition) pairs; rows that share a definition are named together, parts left out."""
    found: dict[str, list[str]] = {}
    for row in summary.rows().values():
        if row.split not in ("sex_age", "status", "reason", "source", "kind"):
            found.setdefault(row.definition, []).append(row.label)
    return [(", ".join(_(label) for label in dict.fromkeys(labels)), _(text)) for text, labels in found.items()]
