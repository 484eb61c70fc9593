"""The line that is typed, what it was read as, and what gets into its way; nothing is saved before it was chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk.i18n import _
from shelterdesk.quick_entry import Unread
from ui import theme
from ui.later import once
from ui.theme import tokens
from ui.widgets.buttons import Button, IconButton, LinkButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.chip import Chip, ChipText
from ui.widgets.flow import Flow
from ui.widgets.search_field import SearchField
from ui.widgets.text import IconLabel, Words, width_of

_LINE, _WORDS, _BESIDE = 300, 380, 1000
"""Widths: of the line, of the words of a clash, and from where the parts of a clash stand in one line."""
_WAIT_MS = 120
_MOST = 9
"""People offered where a word fits several; one more letter leaves fewer."""


@dataclass(frozen=True)
class Hindrance:
    """Who or what is taken, in words, and how else it can be done."""

    words: str
    times: Sequence[tuple[str, tuple[date, time]]] = ()
    members: Sequence[tuple[str, Any]] = field(default_factory=list[tuple[str, Any]])


class EntryCard(Card):
    """``asked`` fires when the line is to be done, ``typed`` a moment after it changed.

    ``time_chosen`` hands back a day and an hour, ``member_chosen`` a colleague; ``anyway`` fires where it is wanted
    in spite of what is in the way; ``left_downwards`` when the keyboard wants to go into the calendar.
    """

    typed = Signal()
    asked = Signal()
    time_chosen = Signal(object, object)
    member_chosen = Signal(object)
    anyway = Signal()
    left_downwards = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = _Line(_("Tue 14:00 psych Aysel 50"))
        self.line.setAccessibleName(_("New appointment, typed as one line"))
        self.line.setObjectName("quick_entry")
        self.add_button = PrimaryButton(_("Add"), "plus")
        self.cancel_button = IconButton("x", _("Cancel"))
        self.cancel_button.hide()
        self.arrow = IconLabel("arrow-right", 16, "muted")
        self.arrow.hide()
        self.chips = Flow(gap=6)
        holder = QWidget()
        holder.setLayout(self.chips)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        self._chip_holder = holder
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.arrow, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(holder, 1)
        row.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignTop)
        self.add_layout(row, inset=12, above=12)
        self.problem = Words("", "small", "error", wrap=True)
        self.strip = _ClashStrip()
        self._below = QWidget()
        below = QVBoxLayout(self._below)
        below.setContentsMargins(12, 8, 12, 0)
        below.setSpacing(8)
        below.addWidget(self.problem)
        below.addWidget(self.strip)
        for widget in (self.problem, self.strip, self._below):
            widget.hide()
        self.add(self._below, inset=0)
        self.end(12)
        self._timer = once(self, self.typed, _WAIT_MS)
        self.line.textChanged.connect(self._changed)
        self.line.done.connect(self._asked)
        self.line.left_downwards.connect(self.left_downwards)
        self.line.cancelled.connect(self.cancelled)
        self.cancel_button.clicked.connect(self.cancelled)
        self.add_button.clicked.connect(self._asked)
        self.strip.time_chosen.connect(self.time_chosen)
        self.strip.member_chosen.connect(self.member_chosen)
        self.strip.anyway.clicked.connect(self.anyway)
        self._fit_line()
        theme.notifier.changed.connect(self._fit_line)

    def text(self) -> str:
        """Return what was typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Show *text* as if it had been typed, and read it at once."""
        self.line.setText(text)
        self._timer.stop()
        self.typed.emit()

    def empty(self) -> None:
        """Take everything out."""
        self.set_text("")
        self.show_parts([], [])
        self.show_problem("")
        self.show_hindrance(None)

    def show_moving(self, words: str) -> None:
        """Say what is being moved; «» begins something new again."""
        hint = _("Move {what} to, e.g. Wed 15:00") if words else _("Tue 14:00 psych Aysel 50")
        name = hint if words else _("New appointment, typed as one line")
        self.line.setPlaceholderText(hint.format(what=words))
        self.line.setAccessibleName(name.format(what=words))
        self.add_button.set_words(_("Move") if words else _("Add"), "arrow-right" if words else "plus")
        self.cancel_button.setVisible(bool(words))

    def show_parts(self, parts: Sequence[ChipText], unread: Sequence[Unread]) -> None:
        """Show what the line was read as; what is not understood stays text in amber."""
        self.chips.empty()
        for part in parts:
            self._put(Chip(part.words, part.tone, part.icon, parent=self._chip_holder))
        for one in unread:
            label = Words(one.words, tone="attention", parent=self._chip_holder)
            label.setAccessibleName(_("Not understood: {words}").format(words=one.words))
            label.setMinimumHeight(theme.px(tokens.CHIP))
            self._put(label)
            for known in one.candidates[:_MOST]:
                button = LinkButton(known.shown, slim=True, parent=self._chip_holder)
                words = known.also or known.shown
                button.clicked.connect(lambda _on=False, of=one, words=words: self._take(of, words))
                self._put(button)
        self.arrow.setVisible(bool(parts or unread))
        self._chip_holder.updateGeometry()

    def _put(self, widget: QWidget) -> None:
        self.chips.addWidget(widget)
        widget.show()

    def show_problem(self, words: str) -> None:
        """Say under the line what has to be changed."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self._show_below()
        if words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.line, words))

    def show_hindrance(self, one: Hindrance | None, anyway: str = "") -> None:
        """Show who or what is taken, with what can be done instead."""
        if one is not None:
            self.strip.say(one, anyway)
        self.strip.setVisible(one is not None)
        self._show_below()

    def focus_choice(self) -> None:
        """Put the keyboard on the first thing that can be chosen instead."""
        self.strip.first_button().setFocus()

    def leave_choice(self) -> bool:
        """Put the keyboard from what can be chosen instead back into the line; False where it was elsewhere."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.strip.isAncestorOf(focused)
        if inside:
            self.line.setFocus()
        return inside

    def _show_below(self) -> None:
        self._below.setVisible(not (self.problem.isHidden() and self.strip.isHidden()))

    def _take(self, one: Unread, words: str) -> None:
        """Put what was meant in the place of what was typed."""
        whole = rf"(?<![^\s,;]){re.escape(one.words)}(?![^\s,;])"
        self.set_text(re.sub(whole, lambda _found: words, self.line.text(), count=1))
        self.line.setFocus()

    def _changed(self, _text: str) -> None:
        self.show_problem("")
        self._timer.start()

    def _asked(self) -> None:
        # Whoever types fast is read before anything is done.
        if self._timer.isActive():
            self._timer.stop()
            self.typed.emit()
        self.asked.emit()

    def _fit_line(self) -> None:
        self.line.setFixedWidth(theme.px(_LINE))
        # Chips are lower than the line they are read from; their first row stands in its middle.
        down = (theme.px(tokens.CONTROL) - theme.px(tokens.CHIP)) // 2
        self._chip_holder.setContentsMargins(0, down, 0, 0)
        self.arrow.setFixedHeight(theme.px(tokens.CONTROL))


class _Line(SearchField):
    done = Signal()
    cancelled = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__(placeholder, icon="calendar-plus")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.done.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.cancelled.emit()
            return
        super().keyPressEvent(event)


def _in_a_row(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(first)
    row.addWidget(second, 1)
    return row


class _ClashStrip(QFrame):
    time_chosen = Signal(object, object)
    member_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        theme.mark(self, banner="attention")
        self.words = Words("", strong=True, wrap=True)
        self.free = Words(_("Free then:"))
        self.buttons = QWidget()
        self._flow = Flow(self.buttons)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.buttons.setSizePolicy(policy)
        self.nothing_saved = Words(_("Nothing is saved yet"), "small", "attention")
        self.anyway = LinkButton(_("Book both"), slim=True)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setContentsMargins(13, 6, 13, 6)
        self._parts.setSpacing(8)
        self._parts.addLayout(_in_a_row(IconLabel("clock", 16, "attention"), self.words))
        self._parts.addLayout(_in_a_row(self.free, self.buttons), 1)
        self._parts.addLayout(_in_a_row(self.nothing_saved, self.anyway))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._parts)
        self._wanted = 0
        self.setMinimumHeight(theme.px(44))

    def say(self, one: Hindrance, anyway: str) -> None:
        """Show *one*; *anyway* are the words of doing it in spite of that."""
        if self.words.text() != one.words:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, one.words))
        self.words.setText(one.words)
        self._wanted = min(round(width_of(one.words, theme.font(strong=True))) + 4, theme.px(_WORDS))
        self._arrange()
        self.setAccessibleName(one.words)
        self._flow.empty()
        for words, (on, at) in one.times:
            button = Button(words, parent=self.buttons)
            button.clicked.connect(lambda _on=False, on=on, at=at: self.time_chosen.emit(on, at))
            self._add(button)
        if one.members:
            other = Button(_("Another worker…"), parent=self.buttons)
            menu = QMenu(other)
            for words, member_id in one.members:
                menu.addAction(words).triggered.connect(
                    lambda _on=False, member_id=member_id: self.member_chosen.emit(member_id)
                )
            other.clicked.connect(lambda: menu.popup(other.mapToGlobal(other.rect().bottomLeft())))
            self._add(other)
        self.free.setVisible(bool(one.times))
        self.anyway.set_words(anyway)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the parts below each other where the window is narrow."""
        narrow = self.width() < theme.px(_BESIDE)
        directions = QBoxLayout.Direction
        self._parts.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self.words.setMinimumWidth(0 if narrow else self._wanted)

    def first_button(self) -> QWidget:
        """Return the first thing that can be pressed."""
        item = self._flow.itemAt(0)
        widget = item.widget() if item is not None else None
        return widget if widget is not None else self.anyway

    def _add(self, button: Button) -> None:
        self._flow.addWidget(button)
        button.show()
