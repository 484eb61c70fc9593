"""The narrow cards beside handover and roll call: medicine, visits and keys, complaints and ideas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from shelterdesk.access import Right
from shelterdesk.house_book.book import Book
from shelterdesk.house_book.handovers import KEY, VISIT, ShiftLine
from shelterdesk.house_book.medicine import Due
from shelterdesk.i18n import _, ngettext
from shelterdesk.schema.base import text_of
from shelterdesk.visits import Visit
from shelterdesk.vocab.house_book import DOSE_OUTCOMES
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words


class MedicineCard(Card):
    """What is due, in the order of time. «Given» is one press; Enter opens what else may have happened.

    The signals hand back a dose as it is due.
    """

    given = Signal(object)
    opened = Signal(object)
    add_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Medicine"))
        self.setObjectName("medicine")
        self.seat = seat
        self._due: dict[tuple[UUID, date], Due] = {}
        if seat.desk.may(Right.KEEP_HOUSE_BOOK):
            add = LinkButton(_("Add"), slim=True)
            add.setObjectName("add_medicine")
            add.setAccessibleName(_("Add: {what}").format(what=_("Medicine")))
            add.clicked.connect(self.add_wanted)
            self.at_right(add)
        self.rows = RowList(_("Medicine"), RowShape(height=48, inset=8))
        self.rows.setObjectName("doses")
        self.rows.acted.connect(lambda key: self.given.emit(self._due[key]))
        self.rows.opened.connect(self._open)
        self.rows.marked.connect(self._mark)
        self.add(self.rows, inset=8)
        self.empty = Words(_("Nothing is due."), tone="muted")
        self.add(self.empty)
        self.end(2)

    def show_book(self, book: Book) -> None:
        """Show what is due in *book*."""
        self._due = {one.key: one for one in book.medicine}
        names = self.seat.names("member")
        self.rows.set_rows([self._row(one, book, names) for one in book.medicine])
        self.rows.setVisible(bool(book.medicine))
        self.empty.setVisible(not book.medicine)

    def _row(self, one: Due, book: Book, names: Mapping[UUID, str]) -> Row:
        below = self.seat.masked(text_of(one.medicine, "what"))
        if one.on != book.shift.day:
            below = _("tomorrow · {what}").format(what=below)
        at, name = one.medicine.at.strftime("%H:%M"), self.seat.masked(one.person)
        dose = one.dose
        if dose is None:
            keeps = self.seat.desk.may(Right.KEEP_HOUSE_BOOK)
            return Row(
                name, one.key, at, below=below, action=_("Given") if keeps else "", strong=one.late, sensitive=True,
                spoken=", ".join(filter(None, (at, name, below, _("not given yet")))),
            )  # fmt: skip
        when = dose.given_at.strftime("%H:%M") if dose.given_at else ""
        who = _initials(names.get(dose.given_by, "")) if dose.given_by else ""
        was = dose.outcome == "given"
        words = " ".join(part for part in (who, when) if part)
        if not was:
            words = DOSE_OUTCOMES.label(dose.outcome)
        return Row(
            name, one.key, at, below=below, trailing=words, trailing_icon="check" if was else "", quiet=True,
            sensitive=True,
        )  # fmt: skip

    def _open(self, key: tuple[UUID, date]) -> None:
        self.opened.emit(self._due[key])

    def _mark(self, key: tuple[UUID, date]) -> None:
        if self._due[key].dose is None:
            self.given.emit(self._due[key])


class AlsoCard(Card):
    """Visits, and keys and things that somebody has."""

    add_wanted = Signal(str)
    line_wanted = Signal(object)
    back_wanted = Signal(object)

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Also today"))
        self.setObjectName("also_today")
        self.seat = seat
        if seat.desk.may(Right.KEEP_HOUSE_BOOK):
            add = LinkButton(_("Add"), slim=True)
            add.setObjectName("add_also")
            add.setAccessibleName(_("Add: {what}").format(what=_("Also today")))
            add.clicked.connect(lambda: self.add_wanted.emit(VISIT))
            self.at_right(add)
        self.rows = RowList(_("Also today"), RowShape(height=34, inset=10))
        self.rows.setObjectName("lines_also")
        self.rows.opened.connect(self.line_wanted)
        self.rows.acted.connect(self.back_wanted)
        self.rows.marked.connect(self._mark)
        self.add(self.rows, inset=6)
        self.empty = Words(_("No visit, and no key is out."), tone="muted", wrap=True)
        self.add(self.empty)
        self.end(6)

    def show_book(self, book: Book) -> None:
        """Show the visits of the day, then what is lent."""
        visits = book.in_time(VISIT)
        keys = [one for one in book.of_kind(KEY) if not one.is_done]
        rows = [self._row(one, "users-round") for one in visits]
        rows += [self._visitor(one, book) for one in book.visits]
        rows += [self._key(one) for one in keys]
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def _visitor(self, one: Visit, book: Book) -> Row:
        """Say whose visitor it is and when; who comes stands in her record."""
        name = next((row.name for row in book.roll.rows if row.person_id == one.person_id), "")
        words = _("Visit for {name}").format(name=self.seat.masked(name) or _("somebody"))
        at = f"{one.came_at:%H:%M}  " if one.came_at is not None else ""
        return Row(f"{at}{words}", icon="users-round", quiet=one.went_at is not None, lines=3, sensitive=True)

    def _row(self, one: ShiftLine, icon: str, action: str = "") -> Row:
        read = ShiftLine.words.field.read(one)
        words = read if isinstance(read, str) else _("This line cannot be read.")
        if one.kind == VISIT and one.at is not None:
            words = f"{one.at:%H:%M}  {words}"
        return Row(self.seat.masked(words), one.id, icon=icon, action=action, lines=1 if action else 3, sensitive=True)

    def _key(self, one: ShiftLine) -> Row:
        return self._row(one, "key-round", _("Back") if self.seat.desk.may(Right.KEEP_HOUSE_BOOK) else "")

    def _mark(self, key: UUID) -> None:
        row = self.rows.current_row()
        if row is not None and row.action:
            self.back_wanted.emit(key)


class FeedbackCard(Card):
    """Where a complaint or an idea is written, and for whom it was written, where it is read."""

    write_wanted = Signal()
    read_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Complaint or idea"))
        self.setObjectName("feedback")
        words = _("With or without a name. The person it is about never reads it.")
        self.add(Words(words, tone="muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(12)
        self.write = Button(_("Write one"), "message-square")
        self.write.setObjectName("write_feedback")
        self.write.setVisible(seat.desk.may(Right.KEEP_HOUSE_BOOK))
        self.write.clicked.connect(self.write_wanted)
        self.read = LinkButton("")
        self.read.setObjectName("read_feedback")
        self.read.clicked.connect(self.read_wanted)
        row.addWidget(self.write)
        row.addWidget(self.read)
        row.addStretch(1)
        self.add_layout(row, above=8)
        self.end(10)

    def show_letters(self, waiting: int, letters: int) -> None:
        """Say how many letters there are for the reader, and how many of them wait."""
        words = ngettext("{n} to read", "{n} to read", waiting) if waiting else _("Letters to me")
        self.read.set_words(words)
        self.read.setVisible(letters > 0)


def _initials(name: str) -> str:
    """Return «GM» for «Gülnar M.»."""
    return "".join(part[0] for part in name.replace(".", " ").split()[:2])
