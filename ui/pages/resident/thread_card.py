"""The card of one thread: what it is, what can be done about it, and the place of its forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import formats
from shelterdesk.i18n import _
from ui.forms.inline_form import InlineForm
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.facts import Facts
from ui.widgets.flow import Flow
from ui.widgets.text import Words


@dataclass(frozen=True)
class ThreadAct:
    """A button of the card; on a row, its *letter* does the same."""

    name: str
    words: str
    icon: str
    letter: str = ""


class ThreadCard(Card):
    """``wanted`` asks for an act by its name, with the row it is about; None is the thread itself.

    *hint* says where the letters work: «On a goal: {letter}».
    """

    wanted = Signal(str, object)

    def __init__(self, seat: Seat, *, sealed: str, acts: Sequence[ThreadAct], hint: str) -> None:
        super().__init__(" ")
        self.seat = seat
        self.lead = Words("", wrap=True)
        self.sealed = Words(sealed, tone="muted", wrap=True)
        self.facts = Facts()
        self.buttons: dict[str, Button] = {}
        self._letters: dict[str, str] = {}
        self.place = QVBoxLayout()
        self.place.setSpacing(0)
        self.add(self.lead)
        self.add(self.sealed, above=4)
        self.add(self.facts, above=4)
        self.add(self._make_bar(acts, hint), above=12)
        self.add_layout(self.place, inset=1, above=4)

    def _make_bar(self, acts: Sequence[ThreadAct], hint: str) -> QWidget:
        self._bar = QWidget()
        flow = Flow(self._bar)
        for act in acts:
            tip = hint.format(letter=act.letter) if act.letter else ""
            button = Button(act.words, act.icon, tip=tip, parent=self._bar)
            button.setObjectName(act.name)
            button.clicked.connect(lambda _checked=False, name=act.name: self.wanted.emit(name, None))
            flow.addWidget(button)
            self.buttons[act.name] = button
            if act.letter:
                self._letters[act.letter.casefold()] = act.name
        return self._bar

    def show_lead(self, words: str) -> None:
        """Show the words above all facts; none take no room."""
        self.lead.setText(words)
        self.lead.setVisible(bool(words))

    def show_acts(self, shown: Mapping[str, bool]) -> None:
        """Show the buttons of the acts that can be done now."""
        for name, button in self.buttons.items():
            button.setVisible(shown[name])
        self._bar.setVisible(any(shown.values()))

    def take(self, editor: InlineForm) -> None:
        """Put *editor* between what the thread is and what belongs to it."""
        self.place.addWidget(editor)

    def go_to(self, key: Any) -> None:
        """Put the keyboard on the row of what belongs to the thread."""
        raise NotImplementedError

    def type_on_row(self, _key: Any, letter: str) -> None:
        """Let a letter on a row do what its button does."""
        name = self._letters.get(letter.casefold())
        if name is not None and not self.buttons[name].isHidden():
            self.wanted.emit(name, None)


def since_words(first: date, last: date | None) -> str:
    """Return since when something goes on, or from when to when it did."""
    since = formats.day(first, style="short")
    if last is None:
        return _("since {day}").format(day=since)
    return _("from {first} to {last}").format(first=since, last=formats.day(last, style="short"))
