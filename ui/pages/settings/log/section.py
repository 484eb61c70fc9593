"""The log: a filter, the rows that fit it by day, what each was and became below it, and the check of the whole."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelterdesk import formats
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from shelterdesk.record_log import LogLine, read_log
from ui import theme
from ui.dialogs.print_log import print_log_part
from ui.pages.settings.log.check import CheckStrip
from ui.pages.settings.log.filters import LogFilters
from ui.pages.settings.log.opened import OpenedLine
from ui.place import Place
from ui.seat import Seat
from ui.tables.log_lines import icon_of, what_of
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.table_view import Cell, Column, TableGroup, TableRow, TableView
from ui.widgets.text import Words

_LEAST_ROWS: Final = 6


class LogSection(QWidget):
    """Fills the height of the page: the filter stays in view while the rows scroll."""

    fills = True

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.lines: list[LogLine] = []
        self._more = False
        self.filters = LogFilters(seat)
        self.check = CheckStrip(seat)
        self.table = TableView(
            _("Log"),
            (
                Column(_("Time"), width=64),
                Column(_("Who"), 1.7),
                Column(_("What was done"), 3.8),
                Column(_("Record"), width=108),
                Column(_("Fields, or what left"), 3.8),
            ),
        )
        self.table.setObjectName("log")
        self.empty = Words(_("Nothing in the log fits this."), tone="muted", wrap=True)
        self.count = Words("", "small", "muted")
        self.earlier = Button(_("Earlier"))
        self.earlier.setObjectName("log_earlier")
        self.begin_check = LinkButton(_("Check the log"), "shield-check")
        self.begin_check.setObjectName("check_log")
        self.print_part = LinkButton(_("Print her part…"), "printer")
        self.print_part.setObjectName("print_log_part")
        self._lay_out()
        self.filters.changed.connect(self.show_newest)
        self.table.opened.connect(self.unfold)
        self.earlier.clicked.connect(self.show_earlier)
        self.begin_check.clicked.connect(self.check.begin)
        self.check.row_wanted.connect(self.show_from)
        self.print_part.clicked.connect(self.print)

    def _lay_out(self) -> None:
        card = Card(_("Log"))
        card.at_right(self.print_part)
        card.at_right(self.begin_check)
        card.add(self.check)
        card.add(self.filters, above=4)
        card.add(self.empty, above=16)
        card.add(self.table, inset=1, above=12, stretch=1)
        card.add_row(self.earlier, self.count, spacing=12, above=8)
        card.add_space(12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(card)
        self.table.setMinimumHeight(theme.px(34) * _LEAST_ROWS)

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_now(self) -> None:
        """Read the newest rows anew."""
        self.check.forget()
        self.filters.offer()
        self.show_newest()

    def show_newest(self) -> None:
        """Show the newest rows that fit the filter."""
        self._read(None)

    def show_earlier(self) -> None:
        """Show the rows before those shown too."""
        if self.lines:
            self._read(self.lines[-1].number, keep=True)

    def show_from(self, number: int) -> None:
        """Show the log from one row backwards, whatever was chosen."""
        self.filters.show_only()
        self._read(number + 1)
        self.table.go_to(number)
        self.table.setFocus()

    def show_person(self, person_id: UUID) -> None:
        """Show the rows about one person."""
        self.filters.show_only(person_id)
        self.show_newest()

    def _read(self, before: int | None, *, keep: bool = False) -> None:
        try:
            page = read_log(self.seat.desk, self.filters.wanted(), before=before)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.lines = [*(self.lines if keep else ()), *page.lines]
        self._more = page.more
        self._show(keep=keep)

    def _show(self, *, keep: bool) -> None:
        desk, at = self.seat.desk, self.table.verticalScrollBar().value() if keep else 0
        if not keep:
            self.table.setCurrentIndex(QModelIndex())
        self.table.set_content(
            [
                TableGroup(formats.day(day, style="weekday_long"), rows=tuple(self._row(one) for one in on_day))
                for day, on_day in groupby(self.lines, key=lambda one: desk.day_of(one.at))
            ]
        )
        self.table.verticalScrollBar().setValue(at)
        self.table.setVisible(bool(self.lines))
        self.empty.setVisible(not self.lines)
        self.earlier.setVisible(self._more)
        shown = ngettext("{count} entry, newest first", "{count} entries, newest first", len(self.lines),
                         count=formats.number(len(self.lines)))  # fmt: skip
        self.count.setText(shown if self.lines else "")
        self.print_part.setVisible(self.filters.wanted().person_id is not None)

    def _row(self, line: LogLine) -> TableRow:
        seat, failed = self.seat, line.code == "sign_in_failed"
        return TableRow(
            line.number,
            (
                Cell(formats.clock(line.at, seat.desk.zone), tint="muted"),
                Cell(seat.masked(line.who) or "–"),
                Cell(line.act, icon=icon_of(line), tint="attention" if failed else "text"),
                Cell(line.person, tint="muted"),
                Cell(what_of(line, visitor=seat.visitor), tint="muted"),
            ),
        )

    # --- one row -----------------------------------------------------------------------------------------------

    def unfold(self, number: Any) -> None:
        """Open what a row says below it, or close it again."""
        opened = self.table.editor()
        if isinstance(opened, OpenedLine) and opened.line.number == number:
            self.table.close_editor()
            return
        line = next((one for one in self.lines if one.number == number), None)
        if line is None:
            return
        panel = OpenedLine(self.seat, line)
        panel.close_wanted.connect(self.table.close_editor)
        panel.record_wanted.connect(lambda: self._open_record(line))
        panel.only_person_wanted.connect(lambda: self._only_person(line))
        self.table.open_editor(number, panel)

    def _open_record(self, line: LogLine) -> None:
        self.seat.go(Place("residents", person_id=line.person_id, section="history"))

    def _only_person(self, line: LogLine) -> None:
        if line.person_id is not None:
            self.show_person(line.person_id)
            self.table.setFocus()

    def print(self) -> None:
        """Open the paper of the chosen person's part."""
        wanted = self.filters.wanted()
        if wanted.person_id is not None:
            print_log_part(self.seat, wanted.person_id, self, first=wanted.first, last=wanted.last)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to at this moment."""
        found: dict[str, Callable[[], object]] = {}
        if self.filters.wanted().person_id is not None:
            found["print"] = self.print
        if self.table.editor() is not None:
            found["cancel"] = self.table.close_editor
        return found
