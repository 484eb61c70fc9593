"""A page with one form and a rail beside it, which moves below the form where the window is narrow."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui import theme
from ui.forms.form_page import FormPage
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.theme import tokens

_RAIL: Final = 316
_RAIL_BELOW: Final = 860


class RailPage(FormPage):
    """Subclasses give their one form to ``take_whole_form`` and put what stands beside it into ``beside``."""

    def __init__(self, seat: Seat, title: str, save_words: str) -> None:
        super().__init__(seat, title, save_words)
        self._holder = QWidget()
        self.beside = QVBoxLayout(self._holder)
        self.beside.setContentsMargins(0, 0, 0, 0)
        self.beside.setSpacing(12)
        self.rail.addWidget(self._holder)
        self.rail.addStretch(1)

    def take_whole_form(self, form: RecordForm) -> None:
        """Let *form* be all that stands in the card."""
        self.card.add_space(14)
        self.take_form(form)
        self.card.end(14)

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        self.forms[0].rows.rows()[0].editor.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _RAIL_BELOW * theme.scale()
        way = QHBoxLayout.Direction.LeftToRight if wide else QHBoxLayout.Direction.TopToBottom
        self.columns.setDirection(way)
        self._holder.setFixedWidth(_RAIL) if wide else self._holder.setMaximumWidth(16777215)
        for form in self.forms:
            self.strip.set_indent(tokens.PAGE_SIDE + tokens.CARD_PADDING + form.rows.field_column())
