"""Caseload: what each colleague has in hand, and with whom; people are handed over here, all at once or one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from shelterdesk import caseload, formats, members, people_table
from shelterdesk.access import Right
from shelterdesk.caseload import Caseload, Line, Load
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _, ngettext
from ui import theme
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.chip import ChipText
from ui.widgets.choice_field import ChoiceField
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import Page
from ui.widgets.rows import Row, RowList, RowShape
from ui.widgets.table_view import Cell, Column, TableRow, TableView
from ui.widgets.text import Words

NOBODY: Final = "nobody"
"""Stands for the row of what nobody has; a table needs a key that is not None."""
_SHAPE: Final = RowShape(height=36, second_at=0.36, third_at=0.58, chip_at=0.8, rule=True)
_WIDE: Final = 980
"""From this width there is room for everything."""
_KINDS: Final = frozenset(
    {
        "appointment", "colleague", "follow_up", "milestone", "person", "phase_since", "service", "setting", "stay",
        "task", "worker_since",
    }
)  # fmt: skip


class CaseloadPage(Page):
    """Space chooses people below, the drop-down hands them over; the banner takes it back."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Caseload"))
        self.seat = seat
        self.found = Caseload((), ())
        self.chosen: set[UUID] = set()
        self._may = seat.desk.may(Right.CASE_WORK)
        self._narrow = False
        self.table = TableView(_("Colleagues"), _columns(narrow=False), fits=True)
        self.table.setObjectName("colleagues")
        self.table.chosen.connect(lambda _key: self._choose_colleague())
        above = Card()
        above.add(self.table, inset=1, above=1)
        above.end(4)
        self.content.addWidget(above)
        self.people = Card(_("People"))
        self.rows = RowList(_("People"), _SHAPE)
        self.rows.setObjectName("people")
        self.rows.toggled.connect(self._tick)
        self.rows.opened.connect(self._open)
        self.empty = EmptyState("", icon="users-round")
        self.people.add(self.rows, inset=1)
        self.people.add(self.empty)
        self.people.add_layout(self._make_strip(), above=8)
        self.people.end(12)
        self.content.addWidget(self.people)
        self.content.addStretch(1)
        seat.bus.changed.connect(self._changed)
        seat.visitor_changed.connect(lambda _on: self._show())

    def _make_strip(self) -> QHBoxLayout:
        self.count = Words("", tone="muted")
        self.all = LinkButton(_("Choose all"))
        self.all.setObjectName("choose-all")
        self.all.clicked.connect(self.choose_all)
        self.to = ChoiceField(_("Hand over to"), [])
        self.to.setObjectName("hand-over")
        self.to.chosen.connect(self._hand_over)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.all)
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.to)
        return row

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_place(self, _place: Place) -> None:
        """Show the caseload as it is now."""
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew."""
        desk = self.seat.desk
        self.found = caseload.read_caseload(desk)
        colleagues = [(one.id, one.name) for one in members.colleagues(desk)]
        self.to.set_choices([(None, _("Hand over to…")), *colleagues])
        self._show()

    def _show(self) -> None:
        self.table.set_content([self._load_row(one) for one in self.found.loads])
        if self.table.current_key() is None and self.found.loads:
            self.table.go_to(_key(self.found.loads[0]))
        count = len(self.found.lines)
        self.set_title(_("Caseload"), ngettext("{n} person supported", "{n} people supported", count) if count else "")
        self._show_people()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _WIDE * theme.scale()
        if narrow != self._narrow:
            # Names come first: the month and the roles are left out where they would be cut off.
            self._narrow = narrow
            self.table.set_columns(_columns(narrow=narrow))
            self._show()

    def _load_row(self, one: Load) -> TableRow:
        month = () if self._narrow else (one.minutes_this_month,)
        minutes = (one.minutes_this_week, *month, one.planned_minutes)
        return TableRow(
            _key(one),
            (
                Cell(one.name or _("Nobody yet"), "" if self._narrow else one.role),
                Cell(formats.number(one.people)),
                Cell(formats.number(one.past) if one.past else "–", tint="attention" if one.past else "muted"),
                Cell(formats.number(one.notes) if one.notes else "–", tint="muted"),
                *(Cell(formats.duration(spent) if spent else "–", tint="muted") for spent in minutes),
            ),
        )

    def shown_lines(self) -> list[Line]:
        """Return the people of the colleague the keyboard is on."""
        key = self.table.current_key()
        return [one for one in self.found.lines if (one.worker_id or NOBODY) == key]

    def _choose_colleague(self) -> None:
        self.chosen.clear()
        self._show_people()

    def _show_people(self) -> None:
        lines = self.shown_lines()
        self.chosen &= {one.person_id for one in lines}
        name = next((one.name for one in self.found.loads if _key(one) == self.table.current_key()), "")
        self.people.set_title(_("With {name}").format(name=name) if name else _("With nobody"))
        self.rows.set_rows([self._line(one) for one in lines])
        self.rows.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.empty.say(_("No resident is assigned yet. A worker is chosen in the record under «Needs & safety»."))
        self._show_strip(lines)

    def _line(self, one: Line) -> Row:
        seat, today = self.seat, self.seat.desk.today()
        contact = _("no contact yet")
        if one.last_contact is not None:
            style = "day_month" if one.last_contact.year == today.year else "long"
            contact = _("last contact {day}").format(day=formats.day(one.last_contact, style=style))
        ahead = ""
        if one.next_on is not None:
            style = "day_month" if one.next_on.year == today.year else "long"
            ahead = _("next {day}").format(day=formats.day(one.next_on, style=style))
        chip: ChipText | None = None
        if one.past:
            words = ngettext("{n} past its day", "{n} past their day", one.past)
            chip = ChipText(words, "attention", "clock")
        elif one.silent:
            chip = ChipText(_("No contact"), "attention", "message-square")
        elif not one.is_here:
            chip = ChipText(_("After leaving"), "neutral")
        return Row(
            seat.masked(one.person),
            one.person_id,
            detail=one.code,
            checked=one.person_id in self.chosen if self._may else None,
            second=contact,
            third=ahead,
            chip=chip,
            sensitive=True,
        )

    def _show_strip(self, lines: list[Line]) -> None:
        n = len(self.chosen)
        self.count.setText(ngettext("{n} chosen", "{n} chosen", n) if n else _("Space chooses people to hand over."))
        for widget in (self.count, self.all, self.to):
            widget.setVisible(self._may and bool(lines))
        self.to.setEnabled(bool(self.chosen))
        self.all.setText(_("Choose none") if n and n == len(lines) else _("Choose all"))

    # --- acts --------------------------------------------------------------------------------------------------

    def choose_all(self) -> None:
        """Choose everybody of this colleague, or nobody again."""
        everybody = {one.person_id for one in self.shown_lines()}
        self.chosen = set() if self.chosen == everybody else everybody
        self._show_people()

    def _tick(self, person_id: Any, on: bool) -> None:
        self.chosen = self.chosen | {person_id} if on else self.chosen - {person_id}
        self._show_people()

    def _hand_over(self, member_id: Any) -> None:
        people, desk = sorted(self.chosen), self.seat.desk
        if member_id is None or not people:
            return
        try:
            take_back = people_table.assign_all(desk, people, member_id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.chosen.clear()
        self.refresh()
        words = ngettext("The worker of {n} person is set.", "The worker of {n} people is set.", len(people))
        self.seat.say(words, take_back)

    def _open(self, person_id: Any) -> None:
        self.seat.go(Place("residents", person_id=person_id, section="overview"))

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the page answers to."""
        return {}

    def keep_drafts(self) -> None:
        """Nothing is typed here."""

    def _changed(self, kinds: frozenset[str]) -> None:
        # A visit reads everything anew, so only what is on screen has to follow.
        if kinds & _KINDS and self.isVisible():
            self.refresh()


def _columns(*, narrow: bool) -> tuple[Column, ...]:
    month = () if narrow else (Column(_("This month"), width=112, number=True),)
    return (
        Column(_("Colleague"), 3),
        Column(_("People"), width=84, number=True),
        Column(_("Past their day"), width=126, number=True),
        Column(_("Notes to write"), width=126, number=True),
        Column(_("Given this week"), width=130, number=True),
        *month,
        Column(_("Planned this week"), width=148, number=True),
    )


def _key(one: Load) -> Any:
    return one.member_id or NOBODY
