"""Lines of a card that shows one entry of a list: its title, chips, rules and whatever else stands there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.card import Line
from ui.widgets.chip import Chip
from ui.widgets.flow import Flow
from ui.widgets.text import ElidedWords, IconLabel

_SIDE = 16


def add_title(body: QVBoxLayout, icon: str, words: str) -> None:
    """Add the name of the entry with its icon."""
    row = QHBoxLayout()
    row.setContentsMargins(_SIDE, 0, _SIDE, 0)
    row.setSpacing(10)
    row.addWidget(IconLabel(icon, 20, "accent"))
    row.addWidget(ElidedWords(words, "group", sensitive=True), 1)
    body.addLayout(row)


def add_chips(body: QVBoxLayout, chips: Sequence[Chip]) -> None:
    """Add chips in as many lines as they need."""
    holder = QWidget()
    flow = Flow(holder)
    for chip in chips:
        flow.addWidget(chip)
    add_part(body, holder, above=8)


def add_rule(body: QVBoxLayout, *, space: int = 9) -> None:
    """Add a line from edge to edge."""
    body.addSpacing(space)
    body.addWidget(Line())
    body.addSpacing(space)


def add_part(body: QVBoxLayout, widget: QWidget, *, above: int = 0) -> None:
    """Add *widget* in the width of the text."""
    holder = QHBoxLayout()
    holder.setContentsMargins(_SIDE, above, _SIDE, 0)
    holder.addWidget(widget)
    body.addLayout(holder)
