"""Dates & deadlines: what ends or takes place, the nearest first; what is over below it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QMenu, QVBoxLayout

from shelterdesk import deadlines, drafts, formats, vocab
from shelterdesk.access import Right
from shelterdesk.deadlines import Deadline
from shelterdesk.errors import ShelterDeskError
from shelterdesk.i18n import _
from shelterdesk.schema.base import text_of
from ui.draft_places import CONTINUE, draft_for
from ui.pages.resident.dates_forms import deadline_form
from ui.pages.resident.dates_panel import DatePanel
from ui.pages.resident.section import Section
from ui.safety_words import day_chip
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.chip import ChipText
from ui.widgets.page import bring_into_view
from ui.widgets.table_view import Cell, Column, TableRow, TableView
from ui.widgets.text import Words

_ICONS = {
    "protection_order": "shield-check",
    "stay_authorised": "house",
    "residence_permit": "id-card",
    "court_date": "scale",
    "reflection_period": "timer",
}
_NEAR = timedelta(days=14)


class DatesSection(Section):
    """Enter opens a date below its row; from there it is changed, extended, seen to."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, _("Dates & deadlines"))
        self._may = seat.desk.may(Right.CASE_WORK)
        self._found: dict[UUID, Deadline] = {}
        self.add_button = Button(_("Add a date"), "plus")
        self.add_button.clicked.connect(self.ask_kind)
        self.add_act(self.add_button)
        self.add_button.setVisible(self._may)
        self.place = QVBoxLayout()
        self.content.addLayout(self.place)
        self.card = Card()
        self.table = TableView(_("Dates & deadlines"), fits=True)
        self.table.setObjectName("dates")
        self.table.set_columns(
            [
                Column(_("What"), 3),
                Column(_("Ends or takes place on"), width=170),
                Column(_("How it stands"), 1.3),
                Column("", width=124),
            ]
        )
        self.empty = Words(
            _("No date is recorded. Protection orders, permits and court dates remind you before they end."),
            tone="muted",
            wrap=True,
        )
        self.card.add(self.empty, above=12)
        self.card.add(self.table, inset=8, above=4)
        self.card.end(12)
        self.content.addWidget(self.card)
        rules = _("How long things hold is only proposed. Check national rules; the settings change what is proposed.")
        self.content.addWidget(Words(rules, "small", "muted", wrap=True))
        self.table.opened.connect(self.toggle)

    # --- reading -------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew; an open form stays."""
        if self.person is None:
            return
        self.close_editor_of_another(self.person.id)
        found = deadlines.deadlines_of(self.seat.desk, self.person.id)
        self._found = {one.id: one for one in found}
        minded = {one.id for one in deadlines.minded(found)}
        self.table.set_content([self._row(one, minded=one.id in minded) for one in found])
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)

    def _row(self, one: Deadline, *, minded: bool) -> TableRow:
        tint = "text" if minded else "muted"
        until = formats.day(one.until, style="short") if one.until else "–"
        if one.until and one.at:
            until = _("{day}, {time}").format(day=until, time=f"{one.at:%H:%M}")
        what = Cell(
            vocab.DEADLINE_KINDS.label(one.kind),
            detail=self._detail(one),
            tint=tint,
            icon=_ICONS.get(one.kind, "calendar"),
        )
        words = vocab.DEADLINE_STATES.label(one.state) if one.state else ""
        state = Cell(_("Extended") if one.is_open and not minded else words, tint=tint)
        return TableRow(one.id, (what, Cell(until, tint=tint), state, self._chip(one, minded=minded)))

    def _detail(self, one: Deadline) -> str:
        parts = [vocab.DEADLINE_BODIES.label(one.issued_by) if one.issued_by else ""]
        name = "words" if one.kind == "other" else "organisation"
        written = text_of(one, name)
        if written:
            parts = [self.seat.masked(written.splitlines()[0])]
        return " ".join(filter(None, parts))

    def _chip(self, one: Deadline, *, minded: bool) -> Cell:
        if one.breached_on is not None:
            return Cell(chip=ChipText(_("Breached"), "attention", "triangle-alert"))
        if not minded or one.until is None:
            return Cell()
        if one.prepared_on is not None:
            return Cell(chip=ChipText(_("Seen to"), "done", "check"))
        today = self.seat.desk.today()
        # Farther away the day itself says enough, and it stands beside it.
        return Cell(chip=day_chip(one.until, today)) if one.until - today < _NEAR else Cell()

    # --- acts ------------------------------------------------------------------------------------------------------

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what the section answers to."""
        opened = self.table.editor()
        found: dict[str, Callable[[], object]] = {}
        if isinstance(opened, DatePanel):
            found["cancel"] = self.table.close_editor
            if self._may:
                one = opened.deadline
                found |= {"edit": lambda: self.edit(one.id), "archive": lambda: self.take_off(one)}
        return found | super().commands()

    def do(self, doing: str, about: UUID | None) -> None:
        """Begin «new_KIND», show one date, or go on with a draft."""
        if doing == CONTINUE:
            self._go_on(about)
        elif doing.startswith("new_"):
            self.add(doing.removeprefix("new_"))
        elif about in self._found:
            self.table.go_to(about)
            self.toggle(about)

    def ask_kind(self) -> None:
        """Ask which kind of date it is."""
        if self.person is None:
            return
        menu = QMenu(self.add_button)
        for kind in deadlines.kinds_for(self.seat.desk, self.person.id):
            action = menu.addAction(vocab.DEADLINE_KINDS.label(kind))
            action.triggered.connect(lambda _checked=False, kind=kind: self.add(kind))
        menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def add(self, kind: str) -> None:
        """Open the form of a new date."""
        if self.person is not None and self._may and kind in vocab.DEADLINE_KINDS:
            self._open(deadline_form(self.seat, self.person.id, kind))

    def edit(self, deadline_id: UUID) -> None:
        """Open the form of a date that stands."""
        one = self._found.get(deadline_id)
        if one is not None and self.person is not None and self._may:
            self.table.close_editor()
            self._open(deadline_form(self.seat, self.person.id, one.kind, one))

    def extend(self, one: Deadline) -> None:
        """Open the form of a date that goes on from *one*."""
        if self.person is not None and self._may:
            self.table.close_editor()
            self._open(deadline_form(self.seat, self.person.id, one.kind, extends=one))

    def _open(self, editor: Any) -> None:
        self.open_editor(editor)
        self.place.addWidget(editor)
        editor.show()
        editor.begin()
        bring_into_view(editor, editor.form.first_stop())

    def toggle(self, deadline_id: Any) -> None:
        """Show a date below its row, or close it again."""
        opened, one = self.table.editor(), self._found.get(deadline_id)
        if isinstance(opened, DatePanel) and opened.deadline.id == deadline_id:
            self.table.close_editor()
            return
        if one is None:
            return
        panel = DatePanel(self.seat, one, may_change=self._may)
        panel.close_wanted.connect(self.table.close_editor)
        panel.edit_wanted.connect(lambda: self.edit(one.id))
        panel.extend_wanted.connect(lambda: self.extend(one))
        panel.seen_wanted.connect(lambda: self.see_to(one))
        panel.off_wanted.connect(lambda: self.take_off(one))
        self.table.open_editor(one.id, panel)

    def see_to(self, one: Deadline) -> None:
        """Say that a date was seen to, or be reminded of it again; the banner undoes either."""
        desk, seen = self.seat.desk, one.prepared_on is None
        self.table.close_editor()
        try:
            made = deadlines.see_to(desk, one, seen=seen)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        words = _("Seen to: nobody is reminded of it any more.") if seen else _("It reminds again.")
        self.seat.say(words, lambda: deadlines.see_to(desk, made, seen=not seen))

    def take_off(self, one: Deadline) -> None:
        """Take a date recorded by mistake off the record; the banner puts it back."""
        desk = self.seat.desk
        self.table.close_editor()
        try:
            deadlines.archive_deadline(desk, one.id)
        except ShelterDeskError as error:
            self.seat.complain(error)
            return
        self.seat.say(_("The date is taken off"), lambda: deadlines.archive_deadline(desk, one.id, archived=False))

    def _go_on(self, about: UUID | None) -> None:
        draft = draft_for(drafts.my_drafts(self.seat.desk), about)
        if draft is None or draft.record != "deadline" or self.person is None:
            return
        standing = self._found.get(draft.target_id)
        kind = standing.kind if standing is not None else str(draft.values.get("kind") or "other")
        self._open(deadline_form(self.seat, self.person.id, kind, standing))
        if self.editor is not None:
            self.editor.form.load_draft(draft)
