"""Placements by stage, and the check-ins that are due: one table, the partner beside it, everything done in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from shelterdesk import formats, placements, vocab
from shelterdesk.access import Right
from shelterdesk.drafts import Draft
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.schema.base import text_of
from shelterdesk.work import LISTS, STAGES, Work, WorkRow, read_work
from ui import icons, theme
from ui.forms.placement_forms import RowForm, check_in_editor, stage_editor
from ui.pages.work.partner_card import PartnerCard
from ui.place import Place
from ui.printing.preview import PreviewDialog
from ui.seat import Seat
from ui.tables.placements import check_in_cell, since_cell, work_words
from ui.theme import tokens
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_picker import ListPicker
from ui.widgets.page import Page
from ui.widgets.stage_strip import StageStrip
from ui.widgets.table_parts import BesideTable, hint_line, stacked, take_keyboard
from ui.widgets.table_view import Cell, Column, TableGroup, TableRow, TableView

_CARD_BELOW = 900
_NO_SINCE_BELOW = 700
_NO_PARTNER_BELOW = 520
_SHARES = (750, 344)


class BoardPage(Page):
    """``list_wanted`` asks for another saved list."""

    list_wanted = Signal(str)

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Work & training"))
        self.seat = seat
        self.work: Work | None = None
        self.list_id = "placements"
        self._folded = {"ended"}
        self._may = seat.desk.may(Right.KEEP_PLACEMENTS)
        self._editor: RowForm | None = None
        self.picker = ListPicker([(key, _(label)) for key, label in LISTS])
        self.beside_title(self.picker)
        self.picker.chosen.connect(self.list_wanted)
        self._make_acts()
        self.strip = StageStrip(_("Stages"))
        self.strip.setObjectName("stages")
        self.table = TableView(_("Placements"))
        self.table.setObjectName("placements")
        self.table.set_content([])
        self.empty = EmptyState("", "", "briefcase")
        hint = _("Enter: open the record     M: move to another stage     C: record a check-in")
        self.hint = hint_line(hint)
        self._list = Card()
        self._list.add(stacked(self.table, self.empty, self.hint), inset=1, stretch=1)
        self._list.installEventFilter(self)
        self.card = PartnerCard(seat)
        beside = QWidget()
        left = QVBoxLayout(beside)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self.strip)
        left.addWidget(self._list, 1)
        self._grid = BesideTable(beside, self.card, _SHARES, _CARD_BELOW)
        self.content.addLayout(self._grid, 1)
        self._grid.fit(self.width())
        self._connect()

    def _make_acts(self) -> None:
        printing = Button(_("Print list"), "printer")
        printing.clicked.connect(self.print_list)
        self.add_act(printing)
        if not self._may:
            return
        new_partner = Button(_("New partner"), "building")
        new_placement = PrimaryButton(_("New placement"), "plus")
        new_partner.clicked.connect(lambda: self.seat.go(Place("work", doing="new_partner")))
        new_placement.clicked.connect(lambda: self.seat.go(Place("work", doing="new_placement")))
        for button in (new_partner, new_placement):
            self.add_act(button)

    def _connect(self) -> None:
        self.strip.chosen.connect(lambda _stage: self._show_rows())
        self.table.chosen.connect(lambda _key: self._show_card())
        self.table.opened.connect(self.open_record)
        self.table.folded.connect(self._fold)
        self.table.typed.connect(self._typed)
        self.table.menu_wanted.connect(self._open_menu)
        self.empty.pressed.connect(lambda: self.seat.go(Place("work", doing="new_placement")))
        self.card.check_in_wanted.connect(self.begin_check_in)
        self.card.partner_wanted.connect(lambda partner: self.seat.go(Place("work", list_id="partners", about=partner)))

    # --- showing ---------------------------------------------------------------------------------------------

    def show_list(self, list_id: str, placement_id: UUID | None = None) -> None:
        """Show a saved list, with the keyboard on one of its placements."""
        if list_id != self.list_id:
            self.strip.set_value(None)
        self.list_id = list_id
        self.refresh()
        if placement_id is not None:
            self.go_to(placement_id)
        take_keyboard(self, self.table)

    def refresh(self) -> None:
        """Read everything anew. A form that is open below a row stays as it is until it is done."""
        if self.is_editing():
            return
        self.work = work = read_work(self.seat.desk)
        self.strip.set_stages([(one, vocab.PLACEMENT_STAGES.label(one), len(work.at_stage(one))) for one in STAGES])
        self.picker.show_list(self.list_id)
        self._show_rows()

    def go_to(self, placement_id: UUID) -> None:
        """Put the keyboard on a placement, unfolding its stage."""
        row = self.work.row(placement_id) if self.work is not None else None
        if row is None:
            return
        if row.stage in self._folded or self.strip.value() not in (None, row.stage):
            self._folded.discard(row.stage)
            self.strip.set_value(None)
            self._show_rows()
        self.table.go_to(placement_id)
        self.table.setFocus()

    def current(self) -> WorkRow | None:
        """Return the chosen placement."""
        return self.work.row(self.table.current_key()) if self.work is not None else None

    def _show_rows(self) -> None:
        work = self.work
        if work is None or self.is_editing():
            return
        due = self.list_id == "check_ins"
        self.strip.setVisible(not due)
        content = self._by_day(work) if due else self._by_stage(work)
        filled = any(group.rows or (group.key in self._folded and group.count) for group in content)
        self.table.set_columns(self._wanted_columns())
        self.table.set_content(content)
        self.table.setVisible(filled)
        self.empty.setVisible(not filled)
        if not filled:
            self._say_empty(due=due)
        if self.current() is None:
            self._choose_first(work, content)
        self._show_card()
        self._fit_hint()

    def _say_empty(self, *, due: bool) -> None:
        new = _("New placement") if self._may else ""
        if due:
            self.empty.say(_("No check-in is due. Each shows up here in the week of its day."))
        elif self.strip.value() is not None:
            stage = vocab.PLACEMENT_STAGES.label(self.strip.value())
            self.empty.say(_("Nobody is at «{stage}» now.").format(stage=stage), new)
        else:
            self.empty.say(_("Nobody is looking for work or training yet."), new)

    def _choose_first(self, work: Work, content: list[TableGroup]) -> None:
        shown = [row.key for group in content if group.open for row in group.rows]
        due = [row.placement.id for row in work.due() if row.placement.id in shown]
        for key in (due or shown)[:1]:
            self.table.go_to(key)

    def _by_stage(self, work: Work) -> list[TableGroup]:
        chosen = self.strip.value()
        found: list[TableGroup] = []
        for stage in STAGES:
            rows = work.at_stage(stage)
            if (chosen is None and rows) or chosen == stage:
                is_open = stage not in self._folded or chosen == stage
                found.append(self._group(vocab.PLACEMENT_STAGES.label(stage), stage, rows, is_open=is_open))
        return found

    def _by_day(self, work: Work) -> list[TableGroup]:
        due = work.due()
        wanted = (
            ("past", _("Past their day"), [row for row in due if row.placement.check_in_on != work.on]),
            ("today", _("Today"), [row for row in due if row.placement.check_in_on == work.on]),
            ("soon", _("In the next seven days"), work.due_soon()),
            ("undated", _("No date yet"), work.without_check_in()),
        )
        return [self._group(title, key, rows, is_open=key not in self._folded) for key, title, rows in wanted if rows]

    def _group(self, title: str, key: str, rows: list[WorkRow], *, is_open: bool) -> TableGroup:
        cells = tuple(TableRow(row.placement.id, self._cells(row)) for row in rows)
        return TableGroup(title, formats.number(len(rows)), key, is_open, cells)

    def _cells(self, row: WorkRow) -> tuple[Cell, ...]:
        assert self.work is not None
        seat, one, today = self.seat, row.placement, self.work.on
        partner = self.work.partners.get(one.partner_id) if one.partner_id else None
        where = Cell(seat.masked(text_of(partner, "name"))) if partner else Cell(_("not yet"), tint="muted")
        person = Cell(seat.masked(row.person), row.code) if row.has_name else Cell(row.code)
        last = since_cell(row.since, today)
        if self.list_id == "check_ins":
            last = Cell(vocab.PLACEMENT_STAGES.label(row.stage))
        cells = [person, Cell(work_words(seat, one)), where, last]
        return (*cells[: self._columns_before_last()], check_in_cell(seat, one, row.stage, today))

    def _wanted_columns(self) -> tuple[Column, ...]:
        last = _("Stage") if self.list_id == "check_ins" else _("Since")
        columns = [
            Column(_("Resident"), 172),
            Column(_("Work or course"), 148),
            Column(_("Partner"), 150),
            Column(last, 100),
        ]
        return (*columns[: self._columns_before_last()], Column(_("Next check-in"), 184))

    def _show_card(self) -> None:
        row = self.current()
        if row is None or self.work is None:
            self.card.show_nothing(_("Choose a placement to see its partner."))
        else:
            self.card.show_placement(row, self.work)

    # --- doing -----------------------------------------------------------------------------------------------

    def open_record(self, key: Any) -> None:
        """Open the record of the person behind a row, at her work and training."""
        row = self.work.row(key) if self.work is not None else None
        if row is not None:
            self.seat.go(Place("residents", person_id=row.person_id, section="work", about=row.placement.id))

    def begin_move(self, key: Any, draft: Draft | None = None) -> None:
        """Open the form that moves a placement to another stage, with *draft* where one was left."""
        row = self._may_begin(key)
        if row is not None:
            editor = stage_editor(self.seat, row.placement, row.stage, self._what(row))
            if draft is not None:
                editor.form.load_draft(draft)
            self._open(row, editor)

    def begin_check_in(self, key: Any, draft: Draft | None = None) -> None:
        """Open the form that records a check-in, with *draft* where one was left."""
        row = self._may_begin(key)
        if row is not None:
            title = _("Check-in: {what}").format(what=self._what(row))
            editor = check_in_editor(self.seat, row.placement, title)
            if draft is not None:
                editor.form.load_draft(draft)
            self._open(row, editor)

    def is_editing(self) -> bool:
        """Tell whether a form is open below a row."""
        return self._editor is not None and self.table.editor() is self._editor

    def edit_current(self) -> None:
        """Go to the form of the chosen placement."""
        row = self.current()
        if row is not None and self._may:
            self.seat.go(Place("work", doing="edit_placement", about=row.placement.id))

    def archive_current(self) -> None:
        """Take the chosen placement off the list; the banner undoes it."""
        row = self.current()
        if row is None or not self._may:
            return
        desk, placement_id = self.seat.desk, row.placement.id
        try:
            placements.archive_placement(desk, placement_id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.say(
            _("Placement archived"), undo=lambda: placements.archive_placement(desk, placement_id, archived=False)
        )

    def print_list(self) -> PreviewDialog | None:
        """Show the list as it would be printed."""
        from ui.dialogs.print_work import print_work_list

        return print_work_list(self.seat, self)

    def menu_for(self, key: Any) -> QMenu:
        """Return what can be done with a row."""
        menu = QMenu(self)
        acts: list[tuple[str, str, Callable[[], object]]] = [
            (_("Open the record"), "user-round", lambda: self.open_record(key)),
        ]
        row = self.work.row(key) if self.work is not None else None
        if self._may and row is not None:
            acts.append((_("Move to another stage…"), "route", lambda: self.begin_move(key)))
            if row.is_open:
                acts.append((_("Record a check-in…"), "message-square-text", lambda: self.begin_check_in(key)))
            acts.append((_("Edit"), "pencil", self.edit_current))
            acts.append((_("Archive"), "archive", self.archive_current))
        for words, icon, act in acts:
            action = menu.addAction(words)
            icons.follow(action, icon)
            action.triggered.connect(lambda _checked=False, act=act: act())
        return menu

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the page answers to; while a form is open, that is saving and leaving it."""
        found: dict[str, Callable[[], object]] = {
            "show_masked": self.card.toggle_masked,
            "print": self.print_list,
        }
        if self._editor is not None and self.is_editing():
            return found | self._editor.commands()
        if self._may and self.current() is not None:
            found |= {"edit": self.edit_current, "archive": self.archive_current}
        return found

    def keep_drafts(self) -> None:
        """Keep what is typed below a row."""
        if self._editor is not None and self.is_editing():
            self._editor.form.keep_draft()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grid.fit(self.width())
        if self.work is not None:
            self.picker.show_list(self.list_id)
            if len(self._wanted_columns()) != self.table.model().columnCount():
                self._show_rows()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._list and event.type() == QEvent.Type.Resize and self.work is not None:
            self._fit_hint()
        return super().eventFilter(watched, event)

    def _columns_before_last(self) -> int:
        """Say how many columns there is room for: where it is narrow, the card beside tells the rest."""
        room = self.width() - 2 * tokens.PAGE_SIDE
        if self._grid.columns == 2:
            room = round((room - self._grid.spacing()) * _SHARES[0] / sum(_SHARES))
        if 0 < room < _NO_PARTNER_BELOW * theme.scale():
            return 2
        return 3 if 0 < room < _NO_SINCE_BELOW * theme.scale() else 4

    def _fit_hint(self) -> None:
        """Show the letters that do something, unless just their line would make the table scroll."""
        rows = theme.px(tokens.CONTROL) + 1 + self.table.model().rowCount() * theme.px(tokens.TABLE_ROW)
        room = self._list.height() - 2
        crowded = room - self.hint.sizeHint().height() < rows <= room
        self.hint.setVisible(self._may and not self.table.isHidden() and not crowded)

    def _may_begin(self, key: Any) -> WorkRow | None:
        row = self.work.row(key) if self.work is not None else None
        return row if self._may and not self.is_editing() else None

    def _open(self, row: WorkRow, editor: RowForm) -> None:
        self.go_to(row.placement.id)
        key = row.placement.id
        editor.finished.connect(lambda _saved: self._close_editor())
        editor.wanted_again.connect(lambda: self._put(key, editor))
        self._put(key, editor)

    def _put(self, key: UUID, editor: RowForm) -> None:
        self._editor = editor
        self.table.open_editor(key, editor)
        editor.begin()
        QTimer.singleShot(0, self, lambda: self.scroll_area.ensureWidgetVisible(editor.save_button))

    def _close_editor(self) -> None:
        self.table.close_editor()
        self.refresh()

    def _what(self, row: WorkRow) -> str:
        name = self.seat.masked(row.person) if row.has_name else row.code
        post = self.seat.masked(text_of(row.placement, "post"), "")
        return _("{name}, {work}").format(name=name, work=post) if post else name

    def _fold(self, key: Any) -> None:
        if self.is_editing():
            return
        self._folded ^= {key}
        self._show_rows()

    def _typed(self, key: Any, letter: str) -> None:
        act = {"m": self.begin_move, "c": self.begin_check_in}.get(letter.casefold())
        if act is not None:
            act(key)

    def _open_menu(self, key: Any, place: QPoint) -> None:
        menu = self.menu_for(key)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
