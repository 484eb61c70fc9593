"""Facts in two columns: a muted label and its value; a sensitive value is masked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.theme import tokens
from ui.widgets.masked_value import MaskedValue
from ui.widgets.text import Words


@dataclass(frozen=True)
class Fact:
    """A label with its value; with *reveal* the value is fetched only when asked for."""

    label: str
    value: str = ""
    tint: str = ""
    key: str = ""
    reveal: Callable[[], str] | None = None


class Facts(QWidget):
    """``shown`` hands back the key of a masked fact somebody looked at."""

    shown = Signal(str)

    def __init__(self, row_height: int = tokens.NUMBER_ROW, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row_height = row_height
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        self._shown: list[QWidget] = []

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show *facts* one below the other."""
        for widget in self._shown:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        for number, fact in enumerate(facts):
            label = Words(fact.label, tone="muted", parent=self)
            value: QWidget
            if fact.reveal is not None:
                masked = MaskedValue(fact.label, fact.reveal, parent=self)
                masked.setProperty("key", fact.key)
                masked.shown.connect(self._tell)
                value = masked
            else:
                words = Words(fact.value, tone=fact.tint, wrap=True, parent=self)  # pyright: ignore[reportArgumentType]
                words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                words.setAccessibleName(f"{fact.label}: {fact.value}")
                value = words
            label.setMinimumHeight(theme.px(self._row_height))
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
            label.setContentsMargins(0, 3, 0, 0)
            value.setContentsMargins(0, 3 if fact.reveal is None else 0, 0, 0)
            self._grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)
            self._shown += [label, value]

    def _tell(self) -> None:
        self.shown.emit(str(self.sender().property("key")))
