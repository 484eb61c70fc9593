"""What can be changed at the left: forms, lists, sections. What is chosen stands beside it, and holds at once."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk import own_choices
from shelterdesk.i18n import _, ngettext
from shelterdesk.log_words import KINDS
from shelterdesk.schema.base import RECORDS
from shelterdesk.vocab import CodeList
from ui import theme
from ui.pages.settings.fields.choices_card import ChoicesCard
from ui.pages.settings.fields.fields_card import FieldsCard
from ui.pages.settings.fields.sections_card import SectionsCard
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.row import Row
from ui.widgets.rows import RowList, RowShape

NO_FORMS: Final = frozenset({"approval", "colleague", "site", "room", "bed", "project"})
"""Kinds of record whose rows are made by acts or are set up elsewhere in the settings."""
_SIDE_BY_SIDE_FROM = 760
_LIST = 264
_LOW = 216
SECTIONS: Final = "sections"


class FieldsSection(QWidget):
    """``chosen`` is («form», record), («list», name) or («sections», «»)."""

    fills = True
    """Its lists scroll by themselves, so that what is chosen and what is being changed stay in sight together."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.chosen: tuple[str, str] = ("form", "person")
        self.list = RowList(_("Forms and lists"), RowShape(height=32, inset=8), fits=False)
        self.list.setObjectName("forms-and-lists")
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.list_card = Card(_("Forms and lists"))
        self.list_card.add(self.list, inset=8, stretch=1)
        self.list_card.add_space(8)
        self.fields, self.choices, self.sections = FieldsCard(seat), ChoicesCard(seat), SectionsCard(seat)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(12)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.list_card, 1)
        for card in (self.fields, self.choices):
            right.addWidget(card, 1)
        right.addWidget(self.sections)
        right.addStretch(0)
        for card in (self.fields, self.choices, self.sections):
            card.changed.connect(self._changed)
        self._columns.addLayout(left)
        self._columns.addLayout(right, 1)
        self.list.moved_to.connect(self.choose)
        theme.notifier.changed.connect(self._fit)

    def show_now(self) -> None:
        """Read forms and lists anew."""
        self.list.set_rows(self._rows())
        self.list.go_to(self.chosen)
        self._show()

    def choose(self, key: Any) -> None:
        """Show a form, a list or the sections beside the list."""
        if key is not None and key != self.chosen:
            self.chosen = key
            self._show()

    def _rows(self) -> list[Row]:
        desk = self.seat.desk
        rows = [Row(_("Forms"), header=True)]
        for record, words in KINDS.items():
            if record in RECORDS and record not in NO_FORMS:
                own = len(desk.own_fields.get(record, ()))
                added = ngettext("{n} of your own", "{n} of your own", own) if own else ""
                rows.append(Row(_(words), ("form", record), trailing=added))
        rows.append(Row(_("Lists"), header=True))
        titles = self.choices.titles()
        for codes in own_choices.open_lists(desk):
            words = titles.get(codes.name)
            if words:
                own = sum(own_choices.is_own(entry.code) for entry in codes.codes)
                added = ngettext("{n} of your own", "{n} of your own", own) if own else ""
                rows.append(Row(words, ("list", codes.name), trailing=added))
        rows.append(Row(_("The record"), header=True))
        rows.append(Row(_("Sections"), (SECTIONS, "")))
        return rows

    def _show(self) -> None:
        what, name = self.chosen
        codes = self._list_named(name) if what == "list" else None
        self.fields.setVisible(what == "form")
        self.choices.setVisible(codes is not None)
        self.sections.setVisible(what == SECTIONS)
        if what == "form":
            self.fields.show_record(name)
        elif codes is not None:
            self.choices.show_list(codes)
        else:
            self.sections.show_now()

    def _list_named(self, name: str) -> CodeList | None:
        return next((one for one in own_choices.open_lists(self.seat.desk) if one.name == name), None)

    def _changed(self) -> None:
        self.seat.saved.emit()
        self.list.set_rows(self._rows())
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < theme.px(_SIDE_BY_SIDE_FROM)
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self.list_card.setMaximumWidth(16777215 if narrow else theme.px(_LIST))
        self.list_card.setMinimumWidth(0 if narrow else theme.px(_LIST))
        self.list.setMaximumHeight(theme.px(_LOW) if narrow else 16777215)
