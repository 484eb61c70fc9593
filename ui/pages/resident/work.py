"""Work and training of one person: the way from looking to working, moved on and checked in where it stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from shelterdesk import placements, vocab
from shelterdesk.access import Right
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.placements import Placement
from shelterdesk.work import ENDED
from ui import icons
from ui.forms.placement_forms import RowForm, check_in_editor, stage_editor
from ui.pages.resident.section import Section
from ui.place import Place
from ui.seat import Seat
from ui.tables.placements import check_in_cell, since_cell, work_words
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.chip import ChipText, Tone
from ui.widgets.empty_state import EmptyState
from ui.widgets.table_view import Cell, Column, TableRow, TableView
from ui.widgets.text import Words

_TONES: dict[str, Tone] = {"trial": "info", "working": "done"}


class WorkSection(Section):
    """The placements of a person, newest first."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Work & training"))
        self._may = seat.desk.may(Right.KEEP_PLACEMENTS)
        self._placements: dict[UUID, tuple[Placement, str]] = {}
        self._editor: RowForm | None = None
        self._editor_of: UUID | None = None
        self.move_on = Button(_("Move"), "route")
        self.check_in = Button(_("Record a check-in"), "message-square-text")
        self.new = Button(_("New placement"), "plus")
        self.move_on.clicked.connect(lambda: self.begin_move(self.table.current_key()))
        self.check_in.clicked.connect(lambda: self.begin_check_in(self.table.current_key()))
        self.new.clicked.connect(self._go_to_new)
        for button in (self.move_on, self.check_in, self.new):
            self.add_act(button)
            button.setVisible(self._may)
        self.card = Card()
        self.table = TableView(
            _("Placements"),
            (
                Column(_("Work or course"), 1.3),
                Column(_("Partner"), 1.2),
                Column(_("Stage"), width=104),
                Column(_("Since"), width=116),
                Column(_("Next check-in"), 1.3),
            ),
            fits=True,
        )
        self.table.setObjectName("placements")
        self.empty = EmptyState(
            _("No work, course or training yet."), _("New placement") if self._may else "", "briefcase"
        )
        self.hint = Words(_("M: move to another stage     C: record a check-in     Enter: edit"), "small", "muted")
        self.card.add(self.empty, inset=0)
        self.card.add(self.table, inset=1)
        self.card.add(self.hint, above=6)
        self.card.end(8)
        self.content.addWidget(self.card)
        self.empty.pressed.connect(self._go_to_new)
        self.table.opened.connect(self.edit)
        self.table.typed.connect(self._typed)
        self.table.menu_wanted.connect(self._open_menu)
        self.table.chosen.connect(lambda _key: self._show_acts())

    # --- showing ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the placements anew; a form that is open below a row stays until it is done."""
        if self.person is None:
            return
        if self._editor is not None and self._editor_of != self.person.id:
            self._editor.form.keep_draft()
            self.table.close_editor()
            self._editor = None
        if self.is_editing():
            return
        found = placements.placements_of(self.seat.desk, self.person.id)
        self._placements = {one.id: (one, step.stage if step else "looking") for one, step in found}
        today, partners = self.seat.desk.today(), self.seat.names("partner")
        rows: list[TableRow] = []
        for one, step in found:
            stage = step.stage if step else "looking"
            partner = partners.get(one.partner_id, "") if one.partner_id else ""
            cells = (
                Cell(work_words(self.seat, one)),
                Cell(self.seat.masked(partner)) if partner else Cell(_("not yet"), tint="muted"),
                Cell(chip=ChipText(vocab.PLACEMENT_STAGES.label(stage), _TONES.get(stage, "neutral"))),
                since_cell(step.since, today) if step else Cell(""),
                check_in_cell(self.seat, one, stage, today),
            )
            rows.append(TableRow(one.id, cells))
        self.table.set_content(rows)
        self.table.setVisible(bool(rows))
        self.hint.setVisible(bool(rows) and self._may)
        self.empty.setVisible(not rows)
        if rows and self.table.current_key() is None:
            self.table.go_to(rows[0].key)
        self._show_acts()

    def do(self, doing: str, about: UUID | None) -> None:  # noqa: ARG002 - there is one thing to do
        """Put the keyboard on the placement a place speaks of."""
        if about in self._placements and not self.is_editing():
            self.table.go_to(about)
            self.table.setFocus()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to; while a form is open, that is saving and leaving it."""
        if self._editor is not None and self.is_editing():
            return self._editor.commands()
        found: dict[str, Callable[[], object]] = {}
        if self._may:
            found["new_placement"] = self._go_to_new
            if self.table.current_key() is not None:
                found |= {"edit": lambda: self.edit(self.table.current_key())}
        return found

    def keep_drafts(self) -> None:
        """Keep what is typed below a row."""
        if self._editor is not None and self.is_editing():
            self._editor.form.keep_draft()

    def is_editing(self) -> bool:
        """Tell whether a form is open below a row."""
        return self._editor is not None and self.table.editor() is self._editor

    def _show_acts(self) -> None:
        chosen = self._placements.get(self.table.current_key())
        self.move_on.setVisible(self._may and chosen is not None)
        self.check_in.setVisible(self._may and chosen is not None and chosen[1] != ENDED)

    # --- doing -----------------------------------------------------------------------------------------------

    def begin_move(self, key: Any) -> None:
        """Open the form that moves a placement to another stage."""
        chosen = self._may_begin(key)
        if chosen is not None:
            self._open(chosen[0], stage_editor(self.seat, *chosen, work_words(self.seat, chosen[0])))

    def begin_check_in(self, key: Any) -> None:
        """Open the form that records a check-in."""
        chosen = self._may_begin(key)
        if chosen is not None and chosen[1] != ENDED:
            title = _("Check-in: {what}").format(what=work_words(self.seat, chosen[0]))
            self._open(chosen[0], check_in_editor(self.seat, chosen[0], title))

    def edit(self, key: Any) -> None:
        """Go to the form of a placement; it leads back here."""
        if self._may and key in self._placements and self.person is not None and not self.is_editing():
            self.seat.go(Place("work", person_id=self.person.id, doing="edit_placement", about=key))

    def archive(self, key: Any) -> None:
        """Take a placement off the list; the banner undoes it."""
        desk = self.seat.desk
        try:
            placements.archive_placement(desk, key)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.say(_("Placement archived"), undo=lambda: placements.archive_placement(desk, key, archived=False))

    def menu_for(self, key: Any) -> QMenu:
        """Return what can be done with a row."""
        menu = QMenu(self)
        chosen = self._placements.get(key)
        if not self._may or chosen is None:
            return menu
        acts: list[tuple[str, str, Callable[[Any], object]]] = [
            (_("Move to another stage…"), "route", self.begin_move),
            (_("Edit"), "pencil", self.edit),
            (_("Archive"), "archive", self.archive),
        ]
        if chosen[1] != ENDED:
            acts.insert(1, (_("Record a check-in…"), "message-square-text", self.begin_check_in))
        for words, icon, act in acts:
            action = menu.addAction(words)
            icons.follow(action, icon)
            action.triggered.connect(lambda _checked=False, act=act: act(key))
        return menu

    def _may_begin(self, key: Any) -> tuple[Placement, str] | None:
        return self._placements.get(key) if self._may and not self.is_editing() else None

    def _open(self, placement: Placement, editor: RowForm) -> None:
        editor.finished.connect(lambda _saved: self._close_editor())
        editor.wanted_again.connect(lambda: self._put(placement, editor))
        self._put(placement, editor)

    def _put(self, placement: Placement, editor: RowForm) -> None:
        if self.person is None or self.person.id != placement.person_id:
            return
        self._editor, self._editor_of = editor, placement.person_id
        self.table.open_editor(placement.id, editor)
        editor.begin()
        self.scroll_area.ensureWidgetVisible(editor.save_button)

    def _close_editor(self) -> None:
        self.table.close_editor()
        self._editor = None
        self.refresh()

    def _go_to_new(self) -> None:
        if self.person is not None:
            self.seat.go(Place("work", person_id=self.person.id, doing="new_placement"))

    def _typed(self, key: Any, letter: str) -> None:
        act = {"m": self.begin_move, "c": self.begin_check_in}.get(letter.casefold())
        if act is not None:
            act(key)

    def _open_menu(self, key: Any, place: QPoint) -> None:
        menu = self.menu_for(key)
        if menu.actions():
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(place)
