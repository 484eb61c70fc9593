"""Children who come along: a line for each, with what a child can be known by tonight."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.arrivals import WithHer
from shelterdesk.i18n import N_, _
from ui import theme
from ui.forms.editors import Unreadable
from ui.pages.arrival.parts import ShortLine
from ui.theme import tokens
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.check_box import CheckBox
from ui.widgets.choice_field import ChoiceField
from ui.widgets.text import Words

_EMPTY: Final = N_("Enter a name, an age, or girl or boy for each child, or take the line away")
_NO_AGE: Final = N_("Enter the age of each child in whole years, 0 for a baby")
MOST: Final = 8
"""Lines beyond which nobody types: a bus load is not one arrival."""


class ChildrenField(QWidget):
    """``changed`` fires when a person changed something."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Children with her"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        # All lines are made at once: Tab visits widgets in the order they were made, the hidden ones left out.
        self._every = tuple(_ChildLine(number + 1) for number in range(MOST))
        for line in self._every:
            line.changed.connect(self.changed)
            line.dropped.connect(partial(self._drop, line))
            line.hide()
            rows.addWidget(line)
        self.more = LinkButton(_("Add a child"), "plus", parent=self)
        self.more.setObjectName("add-child")
        self.more.clicked.connect(self._one_more)
        self._room = QWidget()
        """Keeps the line of the link free where it does not fit beside the last child."""
        rows.addWidget(self._room)
        self._shown = 0
        self._fit()

    def children_shown(self) -> tuple[WithHer, ...]:
        """Return the children as they stand there. Raises Unreadable."""
        return tuple(line.value() for line in self.lines())

    def show_children(self, children: Sequence[WithHer]) -> None:
        """Show these children without telling anybody."""
        self._shown = min(len(children), MOST)
        for line, child in zip(self._every, [*children, *[WithHer()] * MOST], strict=False):
            line.show_child(child)
        self._fit()

    def lines(self) -> tuple[_ChildLine, ...]:
        """Return the lines that are filled in."""
        return self._every[: self._shown]

    def _one_more(self) -> None:
        self._shown += 1
        self._fit()
        self.lines()[-1].name.setFocus()
        self.changed.emit()

    def _drop(self, line: _ChildLine) -> None:
        kept = [one.kept() for one in self.lines() if one is not line]
        self.more.setFocus()
        self.show_children(kept)
        self.changed.emit()

    def _fit(self) -> None:
        for number, line in enumerate(self._every):
            line.setVisible(number < self._shown)
        self.more.set_words(_("Another child") if self._shown else _("Add a child"))
        self.more.setVisible(self._shown < MOST)
        self.setFocusProxy(self._every[0].name if self._shown else self.more)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._place()

    def _place(self) -> None:
        """Put the link beside the last child where there is room, else below."""
        size = self.more.sizeHint()
        last = self._every[self._shown - 1] if self._shown else None
        used = last.sizeHint().width() if last is not None else 0
        beside = last is not None and used + 8 + size.width() <= self.width()
        self._room.setFixedHeight(max(size.height(), theme.px(tokens.CONTROL)))
        self._room.setVisible(not beside and self._shown < MOST)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        place = last.geometry() if beside and last is not None else self._room.geometry()
        left = used + 8 if beside else 0
        if not self.isLeftToRight():
            left = self.width() - left - size.width()
        self.more.setGeometry(left, place.center().y() - size.height() // 2 + 1, size.width(), size.height())


class _ChildLine(QWidget):
    changed = Signal()
    dropped = Signal()

    def __init__(self, number: int) -> None:
        super().__init__()
        called = _("Child {n}").format(n=number)
        name, age, gender = _("Name used"), _("Age in years"), _("Girl or boy")
        self.name = ShortLine(f"{called}: {name}", 112, _("Name"))
        self.age = ShortLine(f"{called}: {age}", 44)
        genders = [(None, "–"), ("woman", _("Girl")), ("man", _("Boy"))]
        self.gender = ChoiceField(f"{called}: {gender}", genders)
        self.shares = CheckBox(_("shares her bed"))
        self.shares.setChecked(True)
        self.away = IconButton("x", _("Take this child away from the form"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for one in (self.name, self.age, Words(_("years"), tone="muted"), self.gender, self.shares, self.away):
            row.addWidget(one)
        row.addStretch(1)
        for line in (self.name, self.age):
            line.textEdited.connect(lambda _text: self.changed.emit())
        self.gender.chosen.connect(lambda _value: self.changed.emit())
        self.shares.clicked.connect(lambda _on: self.changed.emit())
        self.away.clicked.connect(self.dropped)

    def value(self) -> WithHer:
        name, typed = self.name.text().strip(), self.age.text().strip()
        age: int | None = None
        if typed:
            try:
                age = int(typed)
            except ValueError as error:
                raise Unreadable(_NO_AGE) from error
        if not name and age is None and self.gender.value() is None:
            raise Unreadable(_EMPTY)
        return WithHer(name, age, self.gender.value(), self.shares.isChecked())

    def kept(self) -> WithHer:
        """Return what stands there as far as it can be read, for a draft."""
        typed = self.age.text().strip()
        age = int(typed) if typed.isdecimal() and len(typed) < 4 else None
        return WithHer(self.name.text().strip(), age, self.gender.value(), self.shares.isChecked())

    def show_child(self, child: WithHer) -> None:
        self.name.setText(child.name)
        self.age.setText("" if child.age is None else str(child.age))
        self.gender.set_value(child.gender)
        self.shares.setChecked(child.shares_bed)


def spell(children: Sequence[WithHer]) -> str | None:
    """Spell *children* for a draft; None without any."""
    rows = [[one.name, one.age, one.gender, one.shares_bed] for one in children]
    return json.dumps(rows, ensure_ascii=False) if rows else None


def read(spelled: Any) -> tuple[WithHer, ...]:
    """Read what :func:`spell` wrote; none where a draft was kept by another program."""
    try:
        return tuple(WithHer(str(name), age, gender, bool(shares)) for name, age, gender, shares in json.loads(spelled))
    except (TypeError, ValueError):
        return ()
