"""Several choices: what is chosen stands as chips that can be taken off, the list below adds more."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk.folding import fold
from shelterdesk.i18n import _
from ui import theme
from ui.widgets.buttons import Button
from ui.widgets.choice_field import ChoiceField
from ui.widgets.flow import Flow

_ALL: Final = "*"
"""Stands for every choice; no code of a list is spelled so."""


class ChoicesField(QWidget):
    """``changed`` fires when a person added or took off a choice. The value is a frozenset.

    *all_words* is what adds every choice at once, where that is the usual answer.
    """

    changed = Signal()

    def __init__(
        self, name: str, choices: list[tuple[str, str]], parent: QWidget | None = None, *, all_words: str = ""
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._all_words = all_words
        self._value: frozenset[str] = frozenset()
        self.setAccessibleName(name)
        self._chips = QWidget(self)
        self._flow = Flow(self._chips)
        self.adder = _Adder(name, fold=fold, parent=self)
        self.adder.setMinimumWidth(theme.px(320))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._chips)
        layout.addWidget(self.adder)
        self.setFocusProxy(self.adder)
        self.adder.chosen.connect(self._add)
        self._show()

    def value(self) -> frozenset[str]:
        """Return the chosen codes."""
        return self._value

    def set_value(self, value: Iterable[str]) -> None:
        """Choose *value* without telling anybody."""
        self._value = frozenset(value)
        self._show()

    def _add(self, code: Any) -> None:
        if code is not None:
            self._value |= {one for one, _words in self._choices} if code == _ALL else {code}
            self._show()
            self.changed.emit()

    def _take_off(self, code: str) -> None:
        self._value -= {code}
        self._show()
        self.changed.emit()
        self.adder.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # Rows of a form keep to the height they ask for, so a second line of chips has to be asked for.
        height = self._flow.heightForWidth(self.width())
        if self._chips.minimumHeight() != height:
            self._chips.setFixedHeight(height)

    def _show(self) -> None:
        self._flow.empty()
        words = dict(self._choices)
        known = [code for code, _words in self._choices if code in self._value]
        for code in [*known, *sorted(self._value - set(known))]:
            chip = Button(words.get(code, code), "x", tip=_("Take off"), parent=self._chips)
            chip.set_slim()
            chip.setAccessibleName(_("Take off {words}").format(words=words.get(code, code)))
            chip.clicked.connect(lambda _checked=False, code=code: self._take_off(code))
            self._flow.addWidget(chip)
            # A layout shows what it is given only later, and what is hidden counts for no height.
            chip.show()
        self._chips.setVisible(bool(self._value))
        self._fit()
        left = [(code, label) for code, label in self._choices if code not in self._value]
        everything = [(_ALL, self._all_words)] if self._all_words and len(left) > 1 else []
        self.adder.set_choices([(None, _("Add…")), *everything, *left])


class _Adder(ChoiceField):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # An arrow chooses at once in a closed list; here that would add whatever comes first.
        arrows = (Qt.Key.Key_Down, Qt.Key.Key_Up)
        if event.key() in arrows and not event.modifiers() and not self.isEditable():
            self.showPopup()
            return
        super().keyPressEvent(event)
