"""A card of entries, each a name with a line of facts below: relatives, identity documents, people to call."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.fields import says
from shelterdesk.schema.base import Record
from ui.forms.inline_form import InlineForm
from ui.pages.resident.field_facts import fact_of
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card, Line
from ui.widgets.chip import Chip, ChipText
from ui.widgets.facts import Fact, Facts
from ui.widgets.masked_value import MaskedValue
from ui.widgets.text import ElidedWords, Words


@dataclass(frozen=True)
class Entry:
    """One entry; *acts* are what can be done with it: a name handed back, and its words."""

    key: Any
    title: str
    aside: str = ""
    chips: Sequence[ChipText] = ()
    facts: Sequence[Fact] = ()
    acts: Sequence[tuple[str, str]] = field(default=())


def answered(
    seat: Seat, record: Record, attributes: Sequence[str] | None = None, but: Collection[str] = ()
) -> list[Fact]:
    """Return those facts of *record* somebody put down and the reader may read, *attributes* in their order."""
    fields = {one.attribute: one for one in seat.desk.fields(type(record))}
    names = [*(attributes or ()), *(name for name in fields if name not in (attributes or ()))]
    beside = {one.companion for one in fields.values() if one.companion}
    wanted = [fields[name] for name in names if name in fields and name not in but and name not in beside]
    found = (fact_of(one, record, seat) for one in wanted if says(one.read(record)))
    return [fact for fact in found if fact is not None]


class EntryCard(Card):
    """``add_wanted`` asks for the form of a new entry, ``act_wanted`` hands back the key of one and what to do."""

    add_wanted = Signal()
    act_wanted = Signal(object, str)

    def __init__(self, name: str, title: str, empty: str, add: str = "", *, may_add: bool = True) -> None:
        super().__init__(title, size="body")
        self.setObjectName(name)
        self.add_button = LinkButton(add, "plus", slim=True)
        self.add_button.setAccessibleName(f"{title}: {add}")
        self.at_right(self.add_button)
        self.add_button.setVisible(bool(add) and may_add)
        self.add_button.clicked.connect(self.add_wanted)
        self.empty = Words(empty, tone="muted", wrap=True)
        self.place = QVBoxLayout()
        self.add_layout(self.place, inset=1)
        self.add(self.empty)
        self._entries = QWidget()
        self._column = QVBoxLayout(self._entries)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.add(self._entries, inset=0)
        self.end(12)
        self.keys: list[Any] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show *entries*, or the friendly line."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.keys = [entry.key for entry in entries]
        for number, entry in enumerate(entries):
            if number:
                self._column.addWidget(Line(parent=self._entries))
            self._column.addWidget(self._entry(entry))
        self._entries.setVisible(bool(entries))
        self.empty.setVisible(not entries)

    def take(self, editor: InlineForm) -> None:
        """Put *editor* above the entries."""
        self.place.addWidget(editor)
        editor.show()
        editor.begin()

    def reveal(self) -> None:
        """Show all masked values of this card for a while."""
        for masked in self.findChildren(MaskedValue):
            if masked.is_masked():
                masked.toggle()

    def _entry(self, entry: Entry) -> QWidget:
        widget = QWidget(self._entries)
        widget.setObjectName("entry")
        column = QVBoxLayout(widget)
        column.setContentsMargins(tokens.CARD_PADDING, 6, tokens.CARD_PADDING - 2, 6)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(8)
        title = ElidedWords(entry.title, strong=True, sensitive=True, parent=widget)
        head.addWidget(title, 0)
        head.addWidget(ElidedWords(entry.aside, tone="muted", parent=widget), 1, Qt.AlignmentFlag.AlignVCenter)
        for act, words in entry.acts:
            button = LinkButton(words, slim=True, parent=widget)
            button.setObjectName(act)
            button.setAccessibleName(f"{words}: {entry.title}")
            button.clicked.connect(lambda _checked=False, act=act: self.act_wanted.emit(entry.key, act))
            head.addWidget(button)
        column.addLayout(head)
        if entry.chips:
            chips = QHBoxLayout()
            chips.setContentsMargins(0, 2, 0, 2)
            chips.setSpacing(8)
            for chip in entry.chips:
                chips.addWidget(Chip(chip.words, chip.tone, chip.icon, parent=widget))
            chips.addStretch(1)
            column.addLayout(chips)
        if entry.facts:
            facts = Facts(row_height=24, parent=widget)
            facts.set_facts(entry.facts)
            column.addWidget(facts)
        return widget
