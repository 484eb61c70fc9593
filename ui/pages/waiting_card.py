"""Waiting: what is to be done and has come to its day, done with Space and moved with M."""

from __future__ import annotations

from collections.abc import Callable

from shelterdesk.i18n import _, ngettext
from shelterdesk.to_do import ToDo
from shelterdesk.today import Today
from ui.forms.to_do_list import ToDoList
from ui.pages.today_cards import TodayCard
from ui.place import Place
from ui.seat import Seat
from ui.widgets.rows import Row, RowShape
from ui.widgets.text import Words


class WaitingCard(TodayCard):
    """The oldest first; the page of tasks has the rest."""

    def __init__(self, seat: Seat) -> None:
        words = _("Nothing waits. What is due shows up here on its day.")
        # The words of rows with an icon begin where those with a check box begin.
        rows = ToDoList(seat, _("Waiting"), RowShape(day_column=6))
        super().__init__(seat, _("Waiting"), "waiting", words, rows=rows)
        self._oldest = Words(_("oldest first"), "small", "muted")
        self.beside_title(self._oldest)
        self.aside.setProperty("type", "small")
        self.finish()
        self.list.elsewhere.connect(self.open_row)

    @property
    def list(self) -> ToDoList:
        """The rows, as what they are."""
        assert isinstance(self.rows, ToDoList)
        return self.rows

    def show_today(self, today: Today) -> None:
        """Show this part of *today*."""
        rows: list[ToDo | Row] = list(today.waiting)
        if today.more_waiting:
            more = ngettext("and {n} more", "and {n} more", today.more_waiting)
            rows.append(Row(more, Place("services", list_id="tasks"), quiet=True))
        self.list.show_to_dos(rows)
        self.show_empty(empty=not rows)
        changes = any(one.can_be_done and self.list.may_change(one) for one in today.waiting)
        self.set_aside(_("Space: done     M: move to another day") if changes else "")
        self._oldest.setVisible(bool(rows))

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the card answers to while a day is being picked."""
        return self.list.commands()
