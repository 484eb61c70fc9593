"""What was handed over to the shift: to know, to do, and who has read it."""

from __future__ import annotations

from datetime import time
from typing import Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from shelterdesk import formats
from shelterdesk.access import Right
from shelterdesk.house_book import handovers
from shelterdesk.house_book.book import Book
from shelterdesk.house_book.handovers import DO, KNOW, ShiftLine
from shelterdesk.house_book.shifts import Shift
from shelterdesk.i18n import _, ngettext
from shelterdesk.vocab.house_book import SHIFTS
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import IconLabel, Words

TOPICS: Final = {
    "arrival": ("log-in", "muted"),
    "care": ("triangle-alert", "attention"),
    "language": ("languages", "muted"),
    "health": ("heart-pulse", "muted"),
    "food": ("utensils", "muted"),
    "child": ("baby", "muted"),
    "repair": ("wrench", "muted"),
    "phone": ("phone", "muted"),
}
"""What stands before a line: icon and colour, by what it is about."""
_LINES: Final = 4


class HandoverCard(Card):
    """``add_wanted`` hands back a kind of line, ``line_wanted`` the id of one, ``act_wanted`` what was pressed."""

    add_wanted = Signal(str)
    line_wanted = Signal(object)
    done_wanted = Signal(object, bool)
    act_wanted = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__(" ")
        self.setObjectName("handover")
        self.seat = seat
        self._act, self._quiet = "", False
        self._label = ("", "")
        self._empty: dict[str, Words] = {}
        self.know = self._list(_("To know"), KNOW, RowShape(height=34, inset=10))
        self.do = self._list(_("To do"), DO, RowShape(height=34, inset=8))
        self.do.toggled.connect(self.done_wanted)
        spring = QWidget()
        spring.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.add(spring, stretch=1)
        self.add_line(above=8, below=10)
        self.add_layout(self._make_foot())
        self.add_space(10)

    def _list(self, title: str, kind: str, shape: RowShape) -> RowList:
        head = QHBoxLayout()
        words = Words(title, "small", "muted", strong=True)
        head.addWidget(words)
        head.addStretch(1)
        if self.seat.desk.may(Right.KEEP_HOUSE_BOOK):
            add = LinkButton(_("Add"), slim=True)
            add.setObjectName(f"add_{kind}")
            add.setAccessibleName(_("Add: {what}").format(what=title))
            add.clicked.connect(lambda: self.add_wanted.emit(kind))
            head.addWidget(add)
        self.add_layout(head, above=2)
        rows = RowList(title, shape)
        rows.setObjectName(f"lines_{kind}")
        rows.opened.connect(self._open)
        self.add(rows, inset=6, above=2)
        empty = Words(_("Nothing yet."), tone="muted")
        empty.setObjectName(f"no_{kind}")
        self.add(empty, above=2)
        self.add_space(6)
        self._empty[kind] = empty
        return rows

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.primary, self.second = PrimaryButton(""), Button("")
        self.mark = IconLabel("check", 16, "done")
        self.state = Words("", tone="muted", wrap=True)
        self.state.setObjectName("handover_state")
        row.addWidget(self.mark)
        row.addWidget(self.state, 1)
        for button, name in ((self.primary, "handover_act"), (self.second, "handover_second")):
            button.setObjectName(name)
            button.clicked.connect(lambda: self.act_wanted.emit(self._act))
            row.addWidget(button)
        return row

    def set_quiet(self, *, quiet: bool) -> None:
        """Offer the next act as one of several while a form with a main act of its own is open above."""
        if quiet != self._quiet:
            self._quiet = quiet
            first, second = self.primary, self.second
            if self._act in ("sign", "hand_over"):
                words, icon = self._label
                (second if quiet else first).set_words(words, icon)
                first.setVisible(not quiet)
                second.setVisible(quiet)

    def show_book(self, book: Book, now: Shift) -> None:
        """Show the part of *book* that is about handing over."""
        seat, given = self.seat, book.handover
        self.set_title(
            _("{before} to {after}").format(
                before=_capital(SHIFTS.listed(book.given.code)), after=SHIFTS.listed(book.shift.code)
            )
        )
        names = seat.names("member")
        giver = names.get(given.given_by, "") if given is not None and given.given_by else ""
        reader = names.get(given.read_by, "") if given is not None and given.read_by else ""
        pair = _("{giver} to {reader}").format(giver=giver, reader=reader) if giver and reader else giver
        self.set_aside(pair)
        self._show(self.know, KNOW, [self._known(one) for one in book.of_kind(KNOW)])
        self._show(self.do, DO, [self._to_do(one, book) for one in book.in_time(DO)])
        self._show_foot(book, now)

    def _show(self, rows: RowList, kind: str, found: list[Row]) -> None:
        rows.set_rows(found)
        rows.setVisible(bool(found))
        self._empty[kind].setVisible(not found)

    def _known(self, one: ShiftLine) -> Row:
        icon, tint = TOPICS.get(one.topic or "", ("info", "muted"))
        at = one.at.strftime("%H:%M") if one.at else ""
        return Row(self._words(one), one.id, icon=icon, icon_tint=tint, trailing=at, lines=_LINES, sensitive=True)

    def _to_do(self, one: ShiftLine, book: Book) -> Row:
        if one.is_done:
            at = one.done_at.strftime("%H:%M") if one.done_at else ""
            when = _("done {time}").format(time=at)
        elif one.on < book.shift.day:
            when = _("from {day}").format(day=formats.day(one.on, style="weekday"))
        elif one.at is None:
            when = ""
        else:
            at = one.at.strftime("%H:%M")
            when = _("before {time}").format(time=at) if one.before else at
        return Row(
            self._words(one),
            one.id,
            checked=one.is_done,
            quiet=one.is_done,
            trailing=when,
            lines=_LINES,
            sensitive=True,
        )

    def _words(self, one: ShiftLine) -> str:
        words = ShiftLine.words.field.read(one)
        return self.seat.masked(words if isinstance(words, str) else _("This line cannot be read."))

    def _show_foot(self, book: Book, now: Shift) -> None:
        """Say how the handover stands and offer the one thing that comes next."""
        given, keeps = book.handover, self.seat.desk.may(Right.KEEP_HOUSE_BOOK)
        words, act, label, icon = "", "", "", ""
        ahead = book.shift.begins >= now.begins
        if given is None:
            words = _("Not handed over yet") if ahead else _("Nobody handed over")
            if keeps and book.shift.begins > now.begins:
                act, label, icon = "hand_over", _("Hand over"), "check"
            elif keeps and book.shift == now:
                act, label, icon = "next", _("Write for the next shift"), "arrow-right"
        elif not given.is_read or book.since_signed:
            words = _("Handed over {time}").format(time=_clock(given.given_at))
            if book.since_signed:
                words = ngettext("{n} line written since", "{n} lines written since", book.since_signed)
            if handovers.may_sign(self.seat.desk, given):
                act, label, icon = "sign", _("I have read it, sign"), "signature"
            elif not given.is_read and keeps:
                act, label, icon = "take_back", _("Not yet complete"), "undo-2"
        else:
            reader = self.seat.names("member").get(given.read_by, "") if given.read_by else ""
            words = _("{name} signed {time}").format(name=reader, time=_clock(given.read_at))
            if keeps and book.shift == now:
                act, label, icon = "next", _("Write for the next shift"), "arrow-right"
        self._act = act
        self.mark.setVisible(given is not None)
        self.state.setText(words)
        first = act in ("sign", "hand_over") and not self._quiet
        self.primary.setVisible(first)
        self.second.setVisible(bool(act) and not first)
        self._label = (label, icon)
        if act:
            (self.primary if first else self.second).set_words(label, icon)

    def _open(self, key: UUID) -> None:
        self.line_wanted.emit(key)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _clock(at: time | None) -> str:
    return at.strftime("%H:%M") if at is not None else ""
