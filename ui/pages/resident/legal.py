"""Legal: the matters of one person, and the thread of the one that is looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from shelterdesk import deadlines, drafts, legal_matters, legal_threads, vocab
from shelterdesk.deadlines import COURT, Deadline
from shelterdesk.drafts import Draft
from shelterdesk.files import StoredFile
from shelterdesk.i18n import _, ngettext
from shelterdesk.legal_matters import LegalMatter, MatterStage
from shelterdesk.legal_threads import NamedHearing, Thread
from shelterdesk.notes import LEGAL, Note
from ui.dialogs.print_legal import PrintLegalDialog
from ui.draft_places import CONTINUE, draft_for
from ui.forms.inline_form import InlineForm
from ui.forms.note_form import NoteForm
from ui.pages.resident.dates_forms import deadline_form
from ui.pages.resident.editing import EditingSection, standing, take_out
from ui.pages.resident.legal_forms import EXTRA, end_form, matter_form, stage_form
from ui.pages.resident.legal_papers import show_paper
from ui.pages.resident.legal_rows import hearing_rows, matter_row, meeting_rows
from ui.pages.resident.legal_thread import ThreadCard
from ui.place import Place
from ui.seat import Seat
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.page import bring_into_view
from ui.widgets.rows import RowList, RowShape

_LAID_OUT: Final = 60
"""Milliseconds after which a form of many lines stands where it stays."""
_MATTERS: Final = RowShape(height=38, inset=14, rule=True)
_SMALL: Final = RowShape(height=36, inset=14)
_KINDS_OF_DATE: Final = (COURT, "other", "protection_order", "residence_permit")
"""What the menu of a matter offers; the rest of the dates have nothing to do with one."""


class LegalSection(EditingSection):
    """The matters stand above the thread; arrow keys go through them, and the thread follows."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, _("Legal matters"), parent)
        self.threads: list[Thread] = []
        self.hearings: list[NamedHearing] = []
        self._writes = legal_matters.may_write(seat.desk)
        self._chosen: UUID | None = None
        self.print_button = Button(_("Print…"), "printer")
        self.print_button.setObjectName("print_legal_button")
        self.print_button.clicked.connect(lambda _checked=False: self.print_matters())
        self.new_button = PrimaryButton(_("New matter"), "scale")
        self.new_button.setObjectName("new_matter")
        self.new_button.clicked.connect(lambda _checked=False: self.add())
        self.add_act(self.print_button)
        self.add_act(self.new_button)
        self.new_button.setVisible(self._writes)
        self._make_cards()

    def _make_cards(self) -> None:
        self.top_card = Card()
        self.top_place = QVBoxLayout()
        self.top_card.add_layout(self.top_place, inset=1, above=1)
        self.top_card.hide()
        self.hearing_card = Card()
        self.hearing_rows = RowList(_("Hearings that are not among the dates"), _SMALL)
        self.hearing_rows.setObjectName("named_hearings")
        self.hearing_rows.acted.connect(self.add_named)
        self.hearing_rows.opened.connect(self.add_named)
        self.hearing_card.add(self.hearing_rows, inset=1, above=4)
        self.hearing_card.end(4)
        self.card = Card()
        self.rows = RowList(_("Legal matters"), _MATTERS)
        self.rows.setObjectName("matters")
        self.rows.opened.connect(self.choose)
        self.rows.moved_to.connect(self.choose)
        self.card.add(self.rows, inset=1, above=4)
        self.card.end(4)
        self.thread_card = ThreadCard(self.seat)
        self.thread_card.wanted.connect(self._act)
        self.meeting_card = Card(_("Appointments with a lawyer, a court or the police"), size="body")
        self.meetings = RowList(_("Appointments with a lawyer, a court or the police"), _SMALL)
        self.meetings.setObjectName("legal_meetings")
        self.meetings.opened.connect(self._open_meeting)
        self.meeting_card.add(self.meetings, inset=1)
        self.meeting_card.end(8)
        self.empty_card = Card()
        words = _("No legal matter is put down. A matter keeps its stages, hearings and notes together.")
        self.empty = EmptyState(words, _("New matter") if self._writes else "", "scale")
        self.empty.pressed.connect(self.add)
        self.empty_card.add(self.empty)
        for card in (
            self.top_card, self.hearing_card, self.empty_card, self.card, self.thread_card, self.meeting_card,
        ):  # fmt: skip
            self.content.addWidget(card)

    # --- reading ---------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew; an open form stays."""
        if self.head is None:
            return
        if self.head.person_id != self.shown:
            self._chosen = None
        self.shown = self.head.person_id
        work = legal_threads.work_of(self.seat.desk, self.shown)
        self.threads, self.hearings = list(work.threads), list(work.hearings)
        going_on = sum(thread.matter.is_open for thread in self.threads)
        words = ngettext("{n} goes on", "{n} go on", going_on) if going_on else _("none goes on")
        self.aside.setText(words if self.threads else "")
        self.print_button.setVisible(bool(self.threads))
        self.meetings.set_rows(meeting_rows(work.meetings, self.seat))
        self.meeting_card.setVisible(bool(work.meetings))
        self.hearing_rows.set_rows(hearing_rows(self.hearings, may_add=self._writes))
        self.hearing_card.setVisible(bool(self.hearings))
        self._show()

    def _show(self) -> None:
        shown = self.thread()
        self._chosen = shown.matter.id if shown is not None else None
        self.rows.set_rows([matter_row(one, self.seat, shown=one.matter.id == self._chosen) for one in self.threads])
        self.card.setVisible(bool(self.threads))
        self.thread_card.setVisible(shown is not None)
        self.empty_card.setVisible(not self.threads and self.editor is None)
        if shown is not None:
            self.thread_card.show_thread(shown, editing=self.editor is not None)

    def thread(self) -> Thread | None:
        """Return the matter that is looked at: the chosen one, or the first."""
        chosen = next((one for one in self.threads if one.matter.id == self._chosen), None)
        return chosen or next(iter(self.threads), None)

    def choose(self, matter_id: Any) -> None:
        """Look at another matter; what is being typed about this one stays a draft."""
        if matter_id is None or matter_id == self._chosen:
            return
        if all(one.matter.id != matter_id for one in self.threads):
            return
        self.keep_drafts()
        self.close_editor()
        self._chosen = matter_id
        self._show()

    # --- writing ---------------------------------------------------------------------------------------------------

    def add(self, draft: Draft | None = None) -> None:
        """Open the form of a new matter above the list."""
        if self.head is None:
            return
        if not self._writes:
            self.seat.say(_("Only those who hold the key of legal work write a legal matter."), kind="info")
            return
        desk = self.seat.desk
        editor = self.telling(
            matter_form(self.seat, self.head.person_id),
            _("Matter saved"),
            lambda saved: legal_matters.archive_matter(desk, saved.id),
        )

        def place() -> None:
            self.top_place.addWidget(editor)
            self.top_card.show()
            self.empty_card.hide()

        self.open_editor(editor, place, lambda: take_out(self.top_place, editor), draft)
        # The rows find their heights in several passes; then the field that has the keyboard has to be seen.
        first = editor.form.first_stop()
        QTimer.singleShot(_LAID_OUT, first, lambda: bring_into_view(first))

    def edit(self, draft: Draft | None = None) -> None:
        """Change the matter that is looked at."""
        shown, desk = self.thread(), self.seat.desk
        if shown is None or not self._writes:
            return
        made = matter_form(self.seat, shown.matter.person_id, shown.matter)
        before = standing(made.form, shown.matter)
        editor = self.telling(made, _("Matter saved"), lambda saved: legal_matters.change_matter(desk, saved, **before))
        self.offer_taking_off(
            editor,
            _("The matter is taken off"),
            lambda off: legal_matters.archive_matter(desk, shown.matter.id, archived=off),
        )
        self._above(editor, draft)

    def end(self, draft: Draft | None = None) -> None:
        """Say how the matter ended."""
        shown, desk = self.thread(), self.seat.desk
        if shown is not None and self._writes:
            made = end_form(self.seat, shown.matter)
            before = standing(made.form, shown.matter)
            words = _("The matter has ended")
            editor = self.telling(made, words, lambda saved: legal_matters.change_matter(desk, saved, **before))
            self._above(editor, draft)

    def reopen(self) -> None:
        """Let a matter that ended go on."""
        shown, desk = self.thread(), self.seat.desk
        if shown is None or not self._writes:
            return
        before = {"ended_on": shown.matter.ended_on, "result": shown.matter.result}
        made = self.attempt(lambda: legal_matters.change_matter(desk, shown.matter, ended_on=None, result=None))
        if made is not None:
            self.say_undoable(_("The matter goes on"), lambda: legal_matters.change_matter(desk, made, **before))

    def next_stage(self, stage_id: UUID | None = None, draft: Draft | None = None) -> None:
        """Open the form of the next stage, or of one that stands."""
        shown, desk = self.thread(), self.seat.desk
        if shown is None or not self._writes:
            return
        stage = next((one for one in shown.stages if one.id == stage_id), None)
        made = stage_form(self.seat, shown.matter, stage)
        if stage is None:
            editor = self.telling(made, _("Stage saved"), lambda saved: legal_matters.archive_stage(desk, saved.id))
            self._above(editor, draft)
            return
        before = {name: value for name, value in standing(made.form, stage).items() if name != "matter_id"}
        editor = self.telling(made, _("Stage saved"), lambda saved: legal_matters.change_stage(desk, saved, **before))
        self._in_place(editor, stage.id, draft)

    def add_date(self, kind: str = COURT, *, named: NamedHearing | None = None) -> None:
        """Open the form of a hearing or another date of the matter."""
        shown, desk = self.thread(), self.seat.desk
        if shown is None:
            return
        start = legal_threads.start_of_date(shown, kind, named.on if named is not None else None)
        made = deadline_form(self.seat, shown.matter.person_id, kind, start=start)
        words = _("The date is saved. It reminds you like any other.")
        self._above(self.telling(made, words, lambda saved: deadlines.archive_deadline(desk, saved.id)))

    def ask_date(self) -> None:
        """Ask which kind of date it is."""
        menu = QMenu(self.thread_card)
        for kind in _KINDS_OF_DATE:
            action = menu.addAction(vocab.DEADLINE_KINDS.label(kind))
            action.triggered.connect(lambda _checked=False, kind=kind: self.add_date(kind))
        button = self.thread_card.buttons["new_date"]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def add_named(self, record_id: Any) -> None:
        """Put a hearing that only a note names among the dates of its matter, or of the one that is looked at."""
        named = next((one for one in self.hearings if one.record_id == record_id), None)
        if named is None or not self._writes:
            return
        if named.matter_id is not None:
            self.choose(named.matter_id)
        if self.thread() is not None:
            self.add_date(COURT, named=named)
        elif self.head is not None:
            start = {"kind": COURT, "until": named.on, "member_id": self.seat.desk.me.id, "state": "stands"}
            editor = deadline_form(self.seat, self.head.person_id, COURT, start=start)
            self.open_editor(editor, lambda: self._at_top(editor), lambda: take_out(self.top_place, editor))

    def _at_top(self, editor: InlineForm) -> None:
        self.top_place.addWidget(editor)
        self.top_card.show()
        self.empty_card.hide()

    def _edit_date(self, one: Deadline, *, extends: bool = False) -> None:
        desk = self.seat.desk
        if extends:
            self._above(deadline_form(self.seat, one.person_id, one.kind, extends=one))
            return
        made = deadline_form(self.seat, one.person_id, one.kind, one)
        before = standing(made.form, one)
        editor = self.telling(
            made, _("The date is saved"), lambda saved: deadlines.change_deadline(desk, saved, **before)
        )
        self._in_place(editor, one.id)

    def write_note(self) -> None:
        """Open the editor of a legal note that belongs to the matter."""
        shown, desk = self.thread(), self.seat.desk
        if shown is None or not desk.holds(legal_matters.COMPARTMENT):
            return
        form = NoteForm(self.seat, None, shown.matter.person_id, kind=LEGAL, matter=shown.matter.id)
        editor = InlineForm(self.seat, form, _("Save note"), lambda _form: form.store(), title=_("New note"))
        self._above(editor)

    def _above(self, editor: InlineForm, draft: Draft | None = None) -> None:
        def place() -> None:
            self.thread_card.take(editor)

        self.open_editor(editor, place, lambda: take_out(self.thread_card.place, editor), draft)

    def _in_place(self, editor: InlineForm, key: UUID, draft: Draft | None = None) -> None:
        def place() -> None:
            self.thread_card.take(editor, key)

        self.open_editor(editor, place, self.thread_card.rows.close_panel, draft)

    # --- what a row asks for ---------------------------------------------------------------------------------------

    def _act(self, name: str, about: Any) -> None:
        acts: dict[str, Callable[[], object]] = {
            "close": self._close_quietly,
            "new_stage": self.next_stage,
            "new_date": self.ask_date,
            "new_note": self.write_note,
            "edit": self.edit,
            "end": self.end,
            "reopen": self.reopen,
            "edit_stage": lambda: self.next_stage(about),
            "archive_stage": lambda: self._archive_stage(about),
            "show_note": lambda: self._show_note(about),
        }
        one = self.thread_card.found(about)
        if isinstance(one, Deadline):
            acts |= {
                "edit_date": lambda: self._edit_date(one),
                "extend_date": lambda: self._edit_date(one, extends=True),
                "see_to": lambda: self._see_to(one),
                "archive_date": lambda: self._archive_date(one),
            }
        elif isinstance(one, StoredFile):
            acts["open_paper"] = lambda: show_paper(self, one)
        if name in acts:
            acts[name]()

    def _close_quietly(self) -> None:
        self.keep_drafts()
        self.close_editor()

    def _archive_stage(self, stage_id: UUID) -> None:
        desk = self.seat.desk
        self.thread_card.rows.close_panel()
        self.take_off(
            _("The stage is taken off"), lambda off: legal_matters.archive_stage(desk, stage_id, archived=off)
        )

    def _see_to(self, one: Deadline) -> None:
        desk, seen = self.seat.desk, one.prepared_on is None
        made = self.attempt(lambda: deadlines.see_to(desk, one, seen=seen))
        if made is not None:
            words = _("Seen to: nobody is reminded of it any more.") if seen else _("It reminds again.")
            self.say_undoable(words, lambda: deadlines.see_to(desk, made, seen=not seen))

    def _archive_date(self, one: Deadline) -> None:
        desk = self.seat.desk
        self.thread_card.rows.close_panel()
        self.take_off(_("The date is taken off"), lambda off: deadlines.archive_deadline(desk, one.id, archived=off))

    def _show_note(self, note_id: UUID) -> None:
        if self.head is not None:
            self.seat.go(Place("residents", person_id=self.head.person_id, section="notes", about=note_id))

    def _open_meeting(self, _appointment_id: Any) -> None:
        if self.head is not None:
            self.seat.go(Place("residents", person_id=self.head.person_id, section="overview"))

    # --- what the record asks --------------------------------------------------------------------------------------

    def print_matters(self) -> None:
        """Offer the matters on paper for the file."""
        if self.head is not None and self.threads:
            PrintLegalDialog(self.seat, self.head.person_id, self, self._chosen).open()

    def stand_at(self, saved: Any) -> None:
        if isinstance(saved, LegalMatter):
            self._chosen = saved.id
            self._show()
            self.rows.go_to(saved.id)
            self.rows.setFocus()
        elif isinstance(saved, MatterStage | Deadline | Note | StoredFile):
            self.thread_card.rows.focus_row(saved.id)

    def commands(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"new_matter": self.add} if self._writes else {}
        if self.threads:
            found["print"] = self.print_matters
        if self.thread() is not None and self._writes and self.editor is None:
            found["edit"] = self.edit
        if self.thread_card.rows.panel() is not None and self.editor is None:
            found["cancel"] = self.thread_card.rows.close_panel
        return found | super().commands()

    def do(self, doing: str, about: UUID | None) -> None:
        if doing == "new_matter":
            self.add()
        elif doing == "new_hearing":
            self.add_named(about)
        elif doing == CONTINUE:
            self._go_on(about)
        elif about is not None:
            self.choose(about)

    def close_editor(self) -> None:
        super().close_editor()
        self.top_card.hide()

    def _go_on(self, about: UUID | None) -> None:
        draft = draft_for(drafts.my_drafts(self.seat.desk, extra_fields=EXTRA), about)
        if draft is None:
            return
        if draft.record == "legal_matter":
            if any(one.matter.id == draft.target_id for one in self.threads):
                self.choose(draft.target_id)
                # Only the form of the end says nothing of what the matter is.
                (self.edit if "kind" in draft.values else self.end)(draft)
            else:
                self.add(draft)
        elif draft.record == "matter_stage":
            stages = {stage.id: one.matter.id for one in self.threads for stage in one.stages}
            matter_id = stages.get(draft.target_id) or draft.values.get("matter_id")
            self.choose(matter_id)
            shown = self.thread()
            # A stage of a matter that was taken off belongs to no other; it stays a draft.
            if shown is not None and shown.matter.id == matter_id:
                self.next_stage(draft.target_id if draft.target_id in stages else None, draft)
