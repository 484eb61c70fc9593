"""Last step: what was imported, what was not, and the clear copies that still lie on the computer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from shelterdesk.exchange.book_import import BookPlan, BookResult
from shelterdesk.exchange.changes import Taken
from shelterdesk.exchange.clear_copies import clear_copies
from shelterdesk.i18n import _, ngettext
from ui import theme
from ui.forms.clear_copy import CopyRow
from ui.pages.import_people.review_step import RAIL, left_out_card
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.notice import Notice
from ui.widgets.text import IconLabel, Words

_RAIL_BELOW = 860


class DoneStep(QWidget):
    """``rejects_wanted`` asks to save the rows with problems, ``another_wanted`` for another list."""

    rejects_wanted = Signal()
    another_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.source: Path | None = None
        self.rejects: Path | None = None
        self._left_out: Card | None = None
        self.gone: list[str] = []
        self.copy_rows: list[CopyRow] = []
        self.done = Notice("", "", "done")
        self.changes = Notice("", "", "info")
        self.problems = Notice("", "", "attention")
        self.save_rejects = Button(_("Save rows with problems…"), "save")
        self.save_rejects.clicked.connect(self.rejects_wanted)
        self.show_people = Button(_("Show them"), "users-round")
        self.show_people.clicked.connect(lambda: seat.go(Place("residents", list_id="everybody")))
        self.another = Button(_("Import another list"), "download")
        self.another.clicked.connect(self.another_wanted)
        self._first = Card(_("Imported"))
        self._first.add(self.done)
        self._first.add(self.changes, above=8)
        self._first.add(self.problems, above=8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.show_people, self.save_rejects, self.another):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._first.add_layout(buttons, above=12)
        self._first.end(16)
        self.copies = Card(_("Clear copies on this computer"))
        self._copies_words = Words("", tone="muted", wrap=True)
        self.copies.add(self._copies_words)
        self._copies = QVBoxLayout()
        self._copies.setSpacing(8)
        self.copies.add_layout(self._copies, above=10)
        self.copies.end(16)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._first)
        column.addWidget(self.copies)
        column.addStretch(1)
        self._rail = QWidget()
        self._rail_column = QVBoxLayout(self._rail)
        self._rail_column.setContentsMargins(0, 0, 0, 0)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(16)
        self._columns.addWidget(main, 1)
        self._columns.addWidget(self._rail)

    def show_result(self, result: BookResult, plan: BookPlan, source: Path, rejects: Path | None) -> None:
        """Show what was done and what lies open on the disk."""
        self.source, self.rejects, self.gone = source, rejects, []
        added = ngettext("{n} person was imported", "{n} people were imported", result.added)
        words = codes_in_words(result.codes)
        self.done.say(added, words)
        known = ngettext("{n} was on file already", "{n} were on file already", result.on_file)
        left = ngettext("{n} row was left out", "{n} rows were left out", result.rejected)
        self.problems.setVisible(bool(result.rejected))
        self.problems.say(left, _("Save them with the reasons, mend them in your program, and import that file."))
        if result.on_file:
            self.done.say(
                added, _("{codes}\n{known}, nothing about them was changed.").format(codes=words, known=known)
            )
        if result.records:
            entries = ngettext("{n} entry of other sheets", "{n} entries of other sheets", result.records)
            self.done.say(
                _("{people}, with {entries}").format(people=added, entries=entries) if result.added else entries, words
            )
        self._say_changes(result.taken)
        self.save_rejects.setVisible(bool(result.rejected))
        self.show_people.setVisible(bool(result.added or result.records or result.taken.done))
        if self._left_out is not None:
            self._left_out.hide()
            self._left_out.deleteLater()
        self._left_out = left_out_card(plan.left_out) if plan.left_out else None
        if self._left_out is not None:
            self._rail_column.insertWidget(0, self._left_out)
            self._rail_column.addStretch(1)
        self._rail.setVisible(self._left_out is not None)
        self.show_copies()

    def _say_changes(self, taken: Taken) -> None:
        self.changes.setVisible(bool(taken.done or taken.overtaken))
        done = ngettext("{n} change was taken", "{n} changes were taken", len(taken.done))
        people = len({change.person_id for change in taken.done})
        words = ngettext("About {n} person.", "About {n} people.", people) if people else ""
        if taken.overtaken:
            words = "\n".join(
                filter(
                    None,
                    (
                        words,
                        ngettext(
                            "{n} was left alone: somebody changed the same meanwhile, or it does not fit the rest.",
                            "{n} were left alone: somebody changed the same meanwhile, or they do not fit the rest.",
                            len(taken.overtaken),
                        ),
                    ),
                )
            )
        self.changes.say(done, words)

    def show_copies(self, rejects: Path | None = None) -> None:
        """Show which clear copies still lie on the computer."""
        self.rejects = rejects or self.rejects
        found = clear_copies(self.source, self.rejects)
        while (item := self._copies.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.copy_rows = []
        for copy in found:
            row = CopyRow(copy)
            row.deleted.connect(self._deleted)
            self.copy_rows.append(row)
            self._copies.addWidget(row)
        for words in self.gone:
            self._copies.addWidget(_gone(words))
        if found:
            self._copies_words.setText(
                _("These files hold the same names in clear. Anybody who opens this computer can read them.")
            )
        else:
            self._copies_words.setText(_("None that this import knows of. Think of e-mail, memory sticks and paper."))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _RAIL_BELOW * theme.scale()
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(way)
        self._rail.setMinimumWidth(RAIL if wide else 0)
        self._rail.setMaximumWidth(RAIL if wide else 16777215)

    def _deleted(self, name: str, overwritten: bool) -> None:
        words = (
            _("{file} was overwritten and deleted.")
            if overwritten
            else _("{file} is deleted, but its content could not be overwritten.")
        )
        self.gone.append(words.format(file=name))
        self.show_copies()


def codes_in_words(codes: Sequence[str]) -> str:
    """Return the first and the last code of each year."""
    by_year: dict[str, list[str]] = {}
    for code in codes:
        by_year.setdefault(code.rpartition("-")[0], []).append(code)
    spans = [
        _("{first} to {last}").format(first=found[0], last=found[-1]) if len(found) > 1 else found[0]
        for _year, found in sorted(by_year.items())
    ]
    return ", ".join(spans) or _("Nobody came in.")


def _gone(words: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(IconLabel("check", 16, "done"))
    row.addWidget(Words(words, tone="muted", wrap=True), 1)
    return holder
