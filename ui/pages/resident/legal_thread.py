"""The thread of one legal matter: what it is, what can be done, what lies ahead and what was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk import vocab
from shelterdesk.access import Right
from shelterdesk.deadlines import Deadline
from shelterdesk.files import StoredFile
from shelterdesk.i18n import _
from shelterdesk.legal_matters import COMPARTMENT, LegalMatter, MatterStage, may_write, subject_of
from shelterdesk.legal_threads import Thread
from shelterdesk.notes import Note
from ui.forms.inline_form import InlineForm
from ui.pages.resident.dates_panel import DatePanel
from ui.pages.resident.editing import indent
from ui.pages.resident.field_facts import rest_of
from ui.pages.resident.legal_rows import facts_of, thread_rows
from ui.pages.resident.note_panel import NotePanel
from ui.pages.resident.opened import OpenedPanel
from ui.pages.resident.thread_card import ThreadAct, ThreadCard, since_words
from ui.seat import Seat
from ui.widgets.page import bring_into_view
from ui.widgets.rows import RowShape
from ui.widgets.split_rows import SplitRows
from ui.widgets.text import Words

_SHAPE: Final = RowShape(height=36, inset=14, header_inset=14, day_column=56, rule=True)


class MatterCard(ThreadCard):
    """What is asked for about a row names it by the id of the stage, date or note."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(
            seat,
            sealed=_("The words of this matter are sealed. Who does legal work holds the key."),
            acts=(
                ThreadAct("new_stage", _("Next stage"), "circle-dot", "S"),
                ThreadAct("new_date", _("Add a date"), "calendar-plus", "D"),
                ThreadAct("new_note", _("Write a note"), "notebook-pen", "N"),
                ThreadAct("edit", _("Edit"), "pencil", "E"),
                ThreadAct("end", _("End it"), "check"),
                ThreadAct("reopen", _("It goes on"), "undo-2"),
            ),
            hint=_("On a row of the thread: {letter}"),
        )
        self.setObjectName("thread")
        self.thread: Thread | None = None
        self.lead.setObjectName("matter_subject")
        self.sealed.setObjectName("matter_sealed")
        self.rows = SplitRows(_("What belongs to the matter"), _SHAPE)
        self.rows.opened.connect(self.toggle)
        self.rows.marked.connect(self.toggle)
        self.rows.typed.connect(self.type_on_row)
        self.empty = Words(_("Nothing yet. Say at which stage it is, or add the next date."), tone="muted", wrap=True)
        self.add(self.empty, above=12)
        self.add(self.rows, inset=1, above=8)
        self.end(8)

    # --- showing ---------------------------------------------------------------------------------------------------

    def show_thread(self, thread: Thread, *, editing: bool) -> None:
        """Show a matter. A panel that is open stays at its row, and so does a form while somebody is *editing*."""
        if self.thread is None or self.thread.matter.id != thread.matter.id:
            self.rows.close_panel()
        self.thread = thread
        matter, desk = thread.matter, self.seat.desk
        self.set_title(desk.choices(vocab.LEGAL_MATTERS).label(matter.kind))
        self.set_aside(since_words(matter.opened_on, matter.ended_on))
        self.show_lead(self.seat.masked(subject_of(matter)))
        self.sealed.setVisible(not desk.holds(COMPARTMENT))
        self.facts.set_facts(facts_of(matter, self.seat))
        rows = thread_rows(thread, self.seat)
        key = self.rows.panel_key()
        self.rows.set_rows(rows)
        if key is not None and not editing:
            self._open_again(key, [row.key for row in rows])
        self.rows.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self._show_acts(matter)

    def _show_acts(self, matter: LegalMatter) -> None:
        desk, going_on = self.seat.desk, matter.is_open
        writes = may_write(desk)
        self.show_acts(
            {
                "new_stage": writes and going_on,
                "new_date": desk.may(Right.CASE_WORK) and going_on,
                "new_note": desk.may(Right.SEE_RECORDS) and desk.holds(COMPARTMENT),
                "edit": writes,
                "end": writes and going_on,
                "reopen": writes and not going_on,
            }
        )

    # --- opening a row ---------------------------------------------------------------------------------------------

    def found(self, key: Any) -> MatterStage | Deadline | Note | StoredFile | None:
        """Return what a row of the thread stands for."""
        if self.thread is None:
            return None
        thread = self.thread
        every = (*thread.stages, *thread.dates, *thread.notes, *thread.papers)
        return next((one for one in every if one.id == key), None)

    def toggle(self, key: Any) -> None:
        """Open a row, or close it again; a scan or photo is asked for as ``open_paper``."""
        if self.rows.panel_key() == key and not isinstance(self.rows.panel(), InlineForm):
            self.rows.close_panel()
            return
        one = self.found(key)
        if isinstance(one, StoredFile):
            self.wanted.emit("open_paper", key)
        elif one is not None:
            self.wanted.emit("close", None)
            panel = self._panel(one)
            self.rows.open_panel(panel, key)
            self.rows.focus_row(key)
            bring_into_view(panel)

    def _open_again(self, key: Any, keys: list[Any]) -> None:
        one = self.found(key)
        if one is None or isinstance(one, StoredFile) or key not in keys:
            self.rows.close_panel()
        else:
            self.rows.open_panel(self._panel(one), key)

    def _panel(self, one: MatterStage | Deadline | Note) -> QWidget:
        if isinstance(one, Deadline):
            return self._date_panel(one)
        if isinstance(one, Note):
            acts: list[tuple[str, Callable[[], object]]] = [
                (_("Show among the notes"), lambda: self.wanted.emit("show_note", one.id))
            ]
            panel: OpenedPanel = NotePanel(self.seat, one, "", acts, corrected=False)
        else:
            panel = self._stage_panel(one)
        panel.close_wanted.connect(self.rows.close_panel)
        return panel

    def _stage_panel(self, stage: MatterStage) -> OpenedPanel:
        panel = OpenedPanel()
        panel.add_facts(rest_of(stage, ("stage", "words"), self.seat))
        field = self.seat.desk.field(MatterStage, "words")
        panel.add_sealed(self.seat, field, stage)
        if may_write(self.seat.desk):
            panel.add_link(_("Edit"), lambda: self.wanted.emit("edit_stage", stage.id))
            panel.add_link(_("Take off"), lambda: self.wanted.emit("archive_stage", stage.id))
        return panel

    def _date_panel(self, one: Deadline) -> DatePanel:
        panel = DatePanel(self.seat, one, may_change=self.seat.desk.may(Right.CASE_WORK))
        panel.close_wanted.connect(self.rows.close_panel)
        panel.edit_wanted.connect(lambda: self.wanted.emit("edit_date", one.id))
        panel.extend_wanted.connect(lambda: self.wanted.emit("extend_date", one.id))
        panel.seen_wanted.connect(lambda: self.wanted.emit("see_to", one.id))
        panel.off_wanted.connect(lambda: self.wanted.emit("archive_date", one.id))
        return panel

    def go_to(self, key: Any) -> None:
        self.rows.focus_row(key)

    # --- forms -----------------------------------------------------------------------------------------------------

    def take(self, editor: InlineForm, key: UUID | None = None) -> None:
        """Put a form in the place of the row with *key*, or above all rows."""
        self.rows.close_panel()
        if key is None:
            super().take(editor)
        else:
            self.rows.open_panel(indent(editor, 40), key, instead=True)
