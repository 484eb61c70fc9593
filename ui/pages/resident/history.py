"""History: who has looked at the record and changed it, by the label of each field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from shelterdesk import formats
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from shelterdesk.record_log import PAGE, FieldLine, LogLine, log_of
from ui.dialogs.print_log import print_log_part
from ui.pages.resident.section import Section
from ui.seat import Seat
from ui.tables.log_lines import icon_of, in_one_line, what_of
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.text import Words


class HistorySection(Section):
    """Days with their acts; a row unfolds into what each field was and became."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Who has looked and changed"))
        self._lines: list[LogLine] = []
        self._open: set[int] = set()
        self._person_id: UUID | None = None
        self.card = Card()
        self.rows = RowList(_("History"), RowShape(height=34, rule=True, second_at=0.52))
        self.rows.setObjectName("history")
        self.empty = Words("", tone="muted", wrap=True)
        self.more = Button(_("Earlier"))
        self.more.clicked.connect(self.show_earlier)
        self.print_button = Button(_("Print her part…"), "printer")
        self.print_button.setObjectName("print_log_part")
        self.print_button.clicked.connect(self.print)
        self.add_act(self.print_button)
        self.card.add_space(8)
        self.card.add(self.empty)
        self.card.add(self.rows, inset=8)
        self.card.end(8)
        self.content.addWidget(self.card)
        self.content.addWidget(self.more)
        self.rows.opened.connect(self._unfold)

    def refresh(self) -> None:
        """Read the newest rows of the log about this person."""
        if self.person is None:
            return
        if self._person_id != self.person.id:
            self._open.clear()
            self._person_id = self.person.id
        try:
            self._lines = log_of(self.seat.desk, self.person.id)
            self.empty.setText("")
        except ShelterDeskError as error:
            self._lines = []
            self.empty.setText(error.text())
        self.more.setVisible(len(self._lines) == PAGE)
        self._show()

    def show_earlier(self) -> None:
        """Read the rows before those shown."""
        if self.person is None or not self._lines:
            return
        older = log_of(self.seat.desk, self.person.id, before=self._lines[-1].number)
        self._lines += older
        self.more.setVisible(len(older) == PAGE)
        self._show()

    def print(self) -> None:
        """Open the paper of this person's part of the log."""
        if self.person is not None:
            print_log_part(self.seat, self.person.id, self)

    def commands(self) -> dict[str, Callable[[], object]]:
        return super().commands() | {"print": self.print}

    def _show(self) -> None:
        rows: list[Row] = []
        day: date | None = None
        for line in self._lines:
            on = line.at.astimezone(self.seat.desk.zone).date()
            if on != day:
                day = on
                rows.append(Row(formats.day(on, style="weekday_long"), header=True))
            rows.append(self._act_row(line))
            if line.number in self._open:
                rows += [self._field_row(field, (line.number, place)) for place, field in enumerate(line.fields)]
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        count = len(self._lines)
        self.aside.setText(ngettext("{n} entry", "{n} entries", count) if not self.more.isVisible() else "")

    def _act_row(self, line: LogLine) -> Row:
        return Row(
            line.act,
            line.number,
            formats.clock(line.at, self.seat.desk.zone),
            icon_of(line),
            detail=what_of(line, visitor=self.seat.visitor),
            trailing=self.seat.masked(line.who),
            sensitive=True,
        )

    def _field_row(self, field: FieldLine, key: tuple[int, int]) -> Row:
        words = in_one_line(field, visitor=self.seat.visitor)
        return Row(field.label, key, under=True, second=words, quiet=True, sensitive=True)

    def _unfold(self, key: object) -> None:
        if isinstance(key, int):
            self._open ^= {key}
            self._show()
            self.rows.go_to(key)
