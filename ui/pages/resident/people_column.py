"""The people of a saved list beside the record: read, sorted, filtered while typing, worded when in view."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal

from shelterdesk import formats, own_lists, residents
from shelterdesk.access import Right
from shelterdesk.folding import fold
from shelterdesk.i18n import _, language
from shelterdesk.residents import HERE_NOW, ListRow
from ui import theme
from ui.pages.resident.people_rows import person_row, sorted_rows
from ui.place import Place
from ui.seat import Seat
from ui.theme import tokens
from ui.widgets.buttons import IconButton
from ui.widgets.people_pane import PeoplePane
from ui.widgets.sidebar import SavedList

_MANY = 2000
"""People from which a list is read by the worker, so that the window goes on answering."""


class PeopleColumn(PeoplePane):
    """``listed`` fires whenever other people are shown than before."""

    listed = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(
            _(HERE_NOW.label),
            _("Filter by name, code or worker"),
            _("New") if seat.desk.may(Right.ADD_PERSON) else "",
        )
        self.seat = seat
        self.saved_list = HERE_NOW
        self.keys: list[UUID] = []
        self.chosen_id: UUID | None = None
        """Whose record is open."""
        self._rows: list[ListRow] = []
        self._by_id: dict[UUID, ListRow] = {}
        self._loaded = ""
        self._read_on: date | None = None
        self.filtered.connect(lambda _typed: self._filter())
        if seat.desk.may(Right.SEE_RECORDS):
            table = IconButton("table", _("As a table"))
            table.setObjectName("as-a-table")
            table.clicked.connect(lambda: seat.go(Place("people_table", self.saved_list.id)))
            self.add_act(table)

    def choose(self, list_id: str) -> None:
        """Show a saved list; an unknown one leaves the list as it is."""
        lists = {one.id: one for one in own_lists.saved_lists(self.seat.desk)}
        wanted = lists.get(list_id) or lists.get(self.saved_list.id, HERE_NOW)
        if wanted.id != self.saved_list.id:
            self.filter.clear()
        self.saved_list = wanted
        # Days here change at midnight even where nobody wrote anything.
        if self._loaded != wanted.id or self._read_on != self.seat.desk.today():
            self.load()
        self.offer_saved_lists()

    def load(self) -> None:
        """Read the list anew, a long one in the worker."""
        desk, list_id = self.seat.desk, self.saved_list.id
        if not desk.may(Right.SEE_HOUSE):
            self._take(list_id, [])
            return
        if own_lists.count_on(desk, list_id) <= _MANY:
            self._take(list_id, sorted_rows(own_lists.rows_on(desk, list_id), language()))
            return
        if self._loaded != list_id:
            self._take(list_id, [])
            self.set_heading(_(self.saved_list.label), "…")
        chosen = language()
        self.seat.in_background(
            lambda _task: sorted_rows(own_lists.rows_on(desk, list_id), chosen),
            lambda rows: self._take(list_id, rows),
            owner=self,
        )

    def renew(self, person_id: UUID | None) -> None:
        """Show what a write changed: a short list is read anew, of a long one only the row of *person_id*."""
        if len(self._rows) <= _MANY:
            self.load()
        elif person_id is not None and person_id in self._by_id:
            found = residents.rows_of(self.seat.desk, [person_id]).get(person_id)
            if found is not None:
                self._rows = [found if row.id == person_id else row for row in self._rows]
                self._by_id[person_id] = found
                self._filter(anew=True)

    def forget(self) -> None:
        """Read the list anew at the next visit."""
        self._loaded = ""

    def go_to(self, person_id: UUID | None) -> None:
        """Select a person whose record is open, or nobody."""
        self.chosen_id = person_id
        self.people.go_to(person_id)

    def place(self) -> int:
        """Return the place of the open record on the list, from 1; 0 where it is not on it."""
        chosen = self.chosen_id
        return self.keys.index(chosen) + 1 if chosen is not None and chosen in self.keys else 0

    def nobody_words(self) -> str:
        """Return what stands in the place of a record while none is open."""
        if not self.seat.desk.may(Right.SEE_HOUSE):
            return _("Your role does not include the list of residents.")
        if not self._rows:
            return _(self.saved_list.empty)
        return _("Choose somebody from the list.") if self.keys else _("Nobody on this list fits what you typed.")

    def offer_saved_lists(self) -> None:
        """Offer the saved lists here where the sidebar is too narrow to show them."""
        is_rail = self.window().width() < tokens.RAIL_BELOW * theme.scale()
        if not (is_rail and self.seat.desk.may(Right.SEE_HOUSE)):
            self.offer_lists((), "")
            return
        counts = own_lists.counts(self.seat.desk)
        lists = [
            SavedList(one.id, _(one.label), formats.number(counts[one.id]))
            for one in own_lists.saved_lists(self.seat.desk)
        ]
        self.offer_lists(lists, self.saved_list.id)

    def _take(self, list_id: str, rows: list[ListRow]) -> None:
        if list_id != self.saved_list.id:
            return
        self._loaded = list_id
        self._read_on = self.seat.desk.today()
        self._rows = rows
        self._by_id = {row.id: row for row in rows}
        self._filter(anew=True)

    def _filter(self, *, anew: bool = False) -> None:
        words = fold(self.filter.text()).split()
        if words:
            # The index knows other names, numbers and papers, as far as the reader's keys open them.
            index = self.seat.index
            known = {entry.id for entry in index.find(self.filter.text(), len(index.entries))}
            self.keys = [row.id for row in self._rows if row.matches(words) or row.id in known]
        else:
            self.keys = [row.id for row in self._rows]
        count = formats.number(len(self._rows))
        if words:
            count = _("{shown} of {count}").format(shown=formats.number(len(self.keys)), count=count)
        self.set_heading(_(self.saved_list.label), count)
        today, seat, by_id = self.seat.desk.today(), self.seat, self._by_id
        self.people.show_people(self.keys, (lambda key: person_row(by_id[key], today, seat)) if anew else None)
        self.people.go_to(self.chosen_id)
        self.listed.emit()
