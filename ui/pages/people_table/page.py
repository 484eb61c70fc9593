"""People as a table: filtered, sorted, with columns of one's choice; kept as a list; acts on several at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from shelterdesk import members, own_lists, people_table, vocab
from shelterdesk.access import Right
from shelterdesk.documents.people_list import note_people_list, people_list
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import N_, _, language, ngettext
from shelterdesk.own_lists import OWN, Filter, OwnList
from shelterdesk.people_table import Facts
from shelterdesk.residents import ListRow
from shelterdesk.schema.base import text_of
from ui.dialogs.print_only import print_only
from ui.pages.people_table.filters import Filters
from ui.pages.people_table.grid import PeopleGrid
from ui.pages.people_table.reading import MANY, Reading
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card
from ui.widgets.check_box import CheckBox
from ui.widgets.choice_field import ChoiceField
from ui.widgets.empty_state import EmptyState
from ui.widgets.inline_editor import InlineEditor
from ui.widgets.page import Page
from ui.widgets.text import Words
from ui.work import Task

_KINDS: Final = frozenset({"person", "stay", "bed_since", "worker_since", "phase_since", "status_since", "own_list"})
_ADVICE: Final = N_("The list names nobody: only codes stand on it.")


class PeopleTablePage(Page):
    """Filters above, the table below, and a strip for who is chosen."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("People as a table"))
        self.seat = seat
        self.columns: tuple[str, ...] = people_table.USUAL_COLUMNS
        self.kept: OwnList | None = None
        self._sorted_by, self._backwards = "name", False
        self._table = Reading(seat, [], {}, self.columns)
        self._reads = 0
        self._rows: list[ListRow] = []
        self.filters = Filters(seat)
        self.grid = PeopleGrid()
        self.empty = EmptyState(_("Nobody fits this filter."))
        self.choose_columns = Button(_("Columns"), "list-checks")
        self.choose_columns.setObjectName("columns")
        self.keep = Button(_("Keep as a list"), "save")
        self.keep.setObjectName("keep")
        self.forget = LinkButton(_("Take this list away"), "trash-2")
        self.forget.setObjectName("forget")
        self.add_act(self.forget)
        self.add_act(self.choose_columns)
        self.add_act(self.keep)
        self._place = QVBoxLayout()
        self._editor: InlineEditor | None = None
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid, 1)
        column.addWidget(self.empty, 1)
        card = Card()
        card.add(shown, inset=1, stretch=1)
        card.add_layout(self._make_strip(), above=8)
        card.add_space(8)
        self.content.addWidget(self.filters)
        self.content.addLayout(self._place)
        self.content.addWidget(card, 1)
        self._connect()

    def _make_strip(self) -> QHBoxLayout:
        self.chosen = Words("", tone="muted")
        desk = self.seat.desk
        self.worker = ChoiceField(
            _("Assign a worker"),
            [(None, _("Assign a worker…")), *((one.id, one.name) for one in members.colleagues(desk))],
        )
        self.worker.setObjectName("assign")
        self.worker.setVisible(desk.may(Right.CASE_WORK))
        self.print_codes = Button(_("Print, codes only"), "printer")
        self.print_codes.setObjectName("print-codes")
        self.print_codes.setVisible(desk.may(Right.PRINT_PLANS))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.chosen)
        row.addStretch(1)
        row.addWidget(self.worker)
        row.addWidget(self.print_codes)
        return row

    def _connect(self) -> None:
        self.filters.changed.connect(self.refresh)
        self.filters.typed.connect(self._narrow)
        self.filters.words.left_downwards.connect(self.grid.setFocus)
        self.grid.opened.connect(self._open)
        self.grid.selected.connect(self._show_chosen)
        self.grid.sorted_by.connect(lambda number: self.sort_by(self.columns[number]))
        self.choose_columns.clicked.connect(self._offer_columns)
        self.keep.clicked.connect(self._ask_name)
        self.forget.clicked.connect(self._take_away)
        self.worker.chosen.connect(self._assign)
        self.print_codes.clicked.connect(self._print)
        self.seat.bus.changed.connect(self._changed)

    # --- what the window asks ------------------------------------------------------------------------------------

    def show_place(self, place: Place) -> None:
        """Show the people of a list, whoever made it."""
        self._close_editor()
        self.kept = None
        if place.list_id.startswith(OWN):
            kept = (one for one in own_lists.lists_of(self.seat.desk) if own_lists.own_id(one) == place.list_id)
            self.kept = next(kept, None)
        if self.kept is not None:
            words = text_of(self.kept, "words")
            self.filters.show_list(self.kept, words)
        elif place.list_id:
            self.filters.show_base(place.list_id)
        else:
            self.refresh()
        self.grid.setFocus()

    def refresh(self) -> None:
        """Find who fits, many in the worker, and show them."""
        desk, wanted, needed = self.seat.desk, self._wanted(), self._needed()
        self._reads += 1
        number = self._reads
        if own_lists.count_of_filter(desk, wanted) <= MANY:
            rows = own_lists.rows_of_filter(desk, wanted)
            self._take(number, rows, people_table.facts_of(desk, rows, needed))
            return

        def read(_task: Task) -> tuple[list[ListRow], dict[UUID, Facts]]:
            rows = own_lists.rows_of_filter(desk, wanted)
            return rows, people_table.facts_of(desk, rows, needed)

        self.set_title(self._name(), "…")
        self.seat.in_background(read, lambda found: self._take(number, *found), owner=self)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what can be done here."""
        found: dict[str, Callable[[], object]] = {}
        if self.seat.desk.may(Right.PRINT_PLANS) and self._rows:
            found["print"] = self._print
        if self._editor is not None:
            found |= {"cancel": self._close_editor, "save": self._editor.save.click}
        return found

    def keep_drafts(self) -> None:
        """A filter is no words anybody would miss."""

    # --- showing ---------------------------------------------------------------------------------------------------

    def sort_by(self, column: str) -> None:
        """Sort by a column; by the same one again, the other way round."""
        self._backwards = column == self._sorted_by and not self._backwards
        self._sorted_by = column
        self._sort()

    def show_columns(self, columns: tuple[str, ...]) -> None:
        """Show these columns, in this order."""
        missing = set(columns) - set(self.columns)
        self.columns = columns
        if missing:
            self.refresh()
        else:
            self._table = Reading(self.seat, self._table.rows, self._table.facts, columns)
            self._sort()

    def _wanted(self) -> Filter:
        """Return the filter without its words, which are looked for in the rows that were read."""
        return replace(Filter(**self.filters.values()), words=None)

    def _needed(self) -> set[str]:
        return {*self.columns, self._sorted_by}

    def _take(self, number: int, rows: list[ListRow], facts: Mapping[UUID, Facts]) -> None:
        if number == self._reads:
            self._table = Reading(self.seat, rows, facts, self.columns)
            self._sort()

    def _sort(self) -> None:
        self._table.sort(self._sorted_by, backwards=self._backwards)
        self._narrow()

    def _narrow(self) -> None:
        """Show whom of those read the words find, without reading again."""
        self._rows = own_lists.with_words(self._table.rows, self.filters.words.text())
        words = self._table.words
        self.grid.show_people(self._rows, words.titles(), words.cells)
        self.grid.setVisible(bool(self._rows))
        self.empty.setVisible(not self._rows)
        self.set_title(self._name(), ngettext("{n} person", "{n} people", len(self._rows)))
        self.forget.setVisible(self.kept is not None and self.kept.created_by == self.seat.desk.me.id)
        self.keep.setText(_("Keep changes") if self.forget.isVisibleTo(self) else _("Keep as a list"))

    def _name(self) -> str:
        name = text_of(self.kept, "name") if self.kept is not None else ""
        return name or _("People as a table")

    def _show_chosen(self, count: int) -> None:
        words = ngettext("{n} chosen", "{n} chosen", count) if count else _("Choose several with Shift or Ctrl.")
        self.chosen.setText(words)
        self.worker.setEnabled(bool(count))

    def _open(self, person_id: UUID) -> None:
        list_id = own_lists.own_id(self.kept) if self.kept is not None else self.filters.base.value()
        self.seat.go(Place("residents", list_id, person_id))

    # --- columns ---------------------------------------------------------------------------------------------------

    def columns_menu(self) -> QMenu:
        """Return the menu of columns; one that is ticked is shown."""
        desk, menu = self.seat.desk, QMenu(self)
        worked_out = [one.code for one in vocab.PEOPLE_COLUMNS]
        if not desk.may(Right.SEE_RECORDS):
            worked_out = [one for one in worked_out if one not in {"phase", "status", "age"}]
        for column in (*worked_out, *(field.id for field in people_table.columns_of(desk))):
            label = people_table.column_label(desk, column)
            action = QAction(_(label), menu)
            action.setCheckable(True)
            action.setChecked(column in self.columns)
            action.setEnabled(column != "name")
            action.toggled.connect(lambda shown, column=column: self._toggle(column, shown=shown))
            menu.addAction(action)
        return menu

    def _offer_columns(self) -> None:
        menu = self.columns_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.choose_columns.mapToGlobal(self.choose_columns.rect().bottomLeft()))

    def _toggle(self, column: str, *, shown: bool) -> None:
        left = tuple(one for one in self.columns if one != column)
        self.show_columns((*left, column) if shown else left)

    # --- a list of one's own -----------------------------------------------------------------------------------------

    def _ask_name(self) -> None:
        desk, mine = self.seat.desk, self.kept is not None and self.kept.created_by == self.seat.desk.me.id
        self._close_editor()
        kept = self.kept if mine else None
        name = QLineEdit(text_of(kept, "name") if kept is not None else "")
        name.setObjectName("list-name")
        shared = CheckBox(_("For everybody"))
        shared.setChecked(bool(kept is not None and kept.shared))
        problem = Words("", tone="error", wrap=True)
        problem.hide()
        self._editor = editor = InlineEditor(_("Save list"), indent=16)
        editor.add_field(_("Name of the list"), name)
        editor.add_field("", shared, beside=True)
        editor.add_field("", problem, whole=True)
        editor.end()

        def save() -> None:
            values = self.filters.values() | {"name": name.text(), "shared": shared.isChecked()}
            try:
                saved = (
                    own_lists.add_list(desk, **values) if kept is None else own_lists.change_list(desk, kept, **values)
                )
            except ShelterDeskError as error:
                problem.setText(error.text())
                problem.show()
                return
            self._close_editor()
            self.seat.go(Place("people_table", own_lists.own_id(saved)))
            self.seat.say(_("The list is kept. It stands beside the others, under Residents."))

        editor.save_pressed.connect(save)
        editor.cancel_pressed.connect(self._close_editor)
        self._place.addWidget(editor)
        editor.show()
        name.setFocus()

    def _close_editor(self) -> None:
        editor, self._editor = self._editor, None
        if editor is not None:
            self.grid.setFocus()
            editor.hide()
            editor.deleteLater()

    def _take_away(self) -> None:
        if self.kept is None:
            return
        desk, list_id = self.seat.desk, self.kept.id
        if self._do(lambda: own_lists.archive_list(desk, list_id)):
            self.seat.go(Place("people_table", self.filters.base.value()))
            self.seat.say(
                _("The list is gone; nobody on it changed."),
                lambda: own_lists.archive_list(desk, list_id, archived=False),
            )

    # --- several at once -------------------------------------------------------------------------------------------

    def _assign(self, member_id: Any) -> None:
        people = self.grid.chosen_people()
        self.worker.set_value(None)
        if member_id is None or not people:
            return
        desk = self.seat.desk
        taken_back: list[Callable[[], None]] = []
        if self._do(lambda: taken_back.append(people_table.assign_all(desk, people, member_id))):
            words = ngettext("The worker of {n} person is set.", "The worker of {n} people is set.", len(people))
            self.seat.say(words, taken_back[0])

    def _print(self) -> None:
        people = self.grid.chosen_people() or [row.id for row in self._rows]
        desk = self.seat.desk
        print_only(
            self.seat,
            self,
            people_list(desk, people, language()),
            _(_ADVICE),
            lambda: note_people_list(desk, len(people), how="print"),
        )

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except ShelterDeskError as error:
            self.seat.complain(error)
            return False
        return True

    def _changed(self, kinds: frozenset[str]) -> None:
        if kinds & _KINDS and self.isVisible():
            self.refresh()
