"""Legal: the matters of one person, and the thread of the one that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QMenu

from shelterdesk import deadlines, legal_matters, legal_threads, vocab
from shelterdesk.deadlines import COURT, Deadline
from shelterdesk.drafts import Draft
from shelterdesk.files import StoredFile
from shelterdesk.i18n import _
from shelterdesk.legal_matters import LegalMatter, MatterStage
from shelterdesk.legal_threads import NamedHearing, Thread
from shelterdesk.notes import LEGAL
from ui.dialogs.print_legal import PrintLegalDialog
from ui.forms.inline_form import InlineForm
from ui.forms.note_form import NoteForm
from ui.pages.resident.dates_forms import deadline_form
from ui.pages.resident.editing import Act
from ui.pages.resident.legal_forms import EXTRA, OF_MATTER, end_form, matter_form, stage_form
from ui.pages.resident.legal_papers import show_paper
from ui.pages.resident.legal_rows import hearing_rows, matter_row, meeting_rows
from ui.pages.resident.legal_thread import MatterCard
from ui.pages.resident.threads import ThreadsSection
from ui.place import Place
from ui.seat import Seat
from ui.widgets.card import Card
from ui.widgets.rows import Row, RowList, RowShape

_SMALL: Final = RowShape(height=36, inset=14)
_KINDS_OF_DATE: Final = (COURT, "other", "protection_order", "residence_permit")
"""What the menu of a matter offers; the rest of the dates have nothing to do with one."""


class LegalSection(ThreadsSection):
    """Hearings that only a note names stand above the matters, appointments about legal work below the thread."""

    extra = EXTRA
    asked_at_first = "kind"
    thread_card: MatterCard

    def __init__(self, seat: Seat) -> None:
        super().__init__(
            seat,
            _("Legal matters"),
            MatterCard(seat),
            begin=_("New matter"),
            icon="scale",
            nothing=_("No legal matter is put down. A matter keeps its stages, hearings and notes together."),
            may_write=legal_matters.may_write(seat.desk),
        )
        self.threads: list[Thread] = []
        self.hearings: list[NamedHearing] = []
        self.print_button.setObjectName("print_legal_button")
        self.new_button.setObjectName("new_matter")
        self.rows.setObjectName("matters")
        self.add_act(self.print_button)
        self.add_act(self.new_button)
        self.new_button.setVisible(self.writes)
        self._make_cards()

    def _make_cards(self) -> None:
        self.hearing_card = Card()
        self.hearing_rows = RowList(_("Hearings that are not among the dates"), _SMALL)
        self.hearing_rows.setObjectName("named_hearings")
        self.hearing_rows.acted.connect(self.add_named)
        self.hearing_rows.opened.connect(self.add_named)
        self.hearing_card.add(self.hearing_rows, inset=1, above=4)
        self.hearing_card.end(4)
        self.meeting_card = Card(_("Appointments with a lawyer, a court or the police"), size="body")
        self.meetings = RowList(_("Appointments with a lawyer, a court or the police"), _SMALL)
        self.meetings.setObjectName("legal_meetings")
        self.meetings.opened.connect(lambda _appointment: self._go_to("overview"))
        self.meeting_card.add(self.meetings, inset=1)
        self.meeting_card.end(8)
        for card in (
            self.top_card, self.hearing_card, self.empty_card, self.list_card, self.thread_card, self.meeting_card,
        ):  # fmt: skip
            self.content.addWidget(card)

    # --- reading ---------------------------------------------------------------------------------------------------

    def read(self, person_id: UUID) -> Sequence[LegalMatter]:
        work = legal_threads.work_of(self.seat.desk, person_id)
        self.threads, self.hearings = list(work.threads), list(work.hearings)
        self.print_button.setVisible(bool(self.threads))
        self.meetings.set_rows(meeting_rows(work.meetings, self.seat))
        self.meeting_card.setVisible(bool(work.meetings))
        self.hearing_rows.set_rows(hearing_rows(self.hearings, may_add=self.writes))
        self.hearing_card.setVisible(bool(self.hearings))
        return [one.matter for one in self.threads]

    def make_rows(self) -> list[Row]:
        return [matter_row(one, self.seat, shown=one.matter.id == self.chosen) for one in self.threads]

    def show_chosen(self) -> None:
        shown = self.thread()
        if shown is not None:
            self.thread_card.show_thread(shown, editing=self.editor is not None)

    def thread(self) -> Thread | None:
        """Return the matter that is looked at."""
        return next((one for one in self.threads if one.matter.id == self.chosen), None)

    def _writable(self) -> LegalMatter | None:
        """Return the matter that is looked at, for who may write it."""
        shown = self.thread()
        return shown.matter if shown is not None and self.writes else None

    # --- a matter --------------------------------------------------------------------------------------------------

    def add(self, draft: Draft | None = None) -> None:
        if self.head is None:
            return
        if not self.writes:
            self.seat.say(_("Only those who hold the key of legal work write a legal matter."), kind="info")
            return
        made = matter_form(self.seat, self.head.person_id)
        self.open_at_top(self.telling_new(made, _("Matter saved"), legal_matters.archive_matter), draft)

    def edit(self, draft: Draft | None = None) -> None:
        matter, desk = self._writable(), self.seat.desk
        if matter is None:
            return
        made = matter_form(self.seat, matter.person_id, matter)
        editor = self.telling_change(made, _("Matter saved"), legal_matters.change_matter, matter)
        self.offer_taking_off(
            editor,
            _("The matter is taken off"),
            lambda off: legal_matters.archive_matter(desk, matter.id, archived=off),
        )
        self.open_in_card(editor, draft)

    def end(self, draft: Draft | None = None) -> None:
        matter = self._writable()
        if matter is not None:
            made, words = end_form(self.seat, matter), _("The matter has ended")
            self.open_in_card(self.telling_change(made, words, legal_matters.change_matter, matter), draft)

    def reopen(self) -> None:
        matter = self._writable()
        if matter is not None:
            words = _("The matter goes on")
            self.change_now(words, legal_matters.change_matter, matter, ended_on=None, result=None)

    # --- what belongs to it ----------------------------------------------------------------------------------------

    def next_stage(self, stage_id: UUID | None = None, draft: Draft | None = None) -> None:
        """Open the form of the next stage, or of one that stands."""
        shown, matter, words = self.thread(), self._writable(), _("Stage saved")
        if shown is None or matter is None:
            return
        stage = next((one for one in shown.stages if one.id == stage_id), None)
        made = stage_form(self.seat, matter, stage)
        if stage is None:
            self.open_in_card(self.telling_new(made, words, legal_matters.archive_stage), draft)
        else:
            self._in_place(self.telling_change(made, words, legal_matters.change_stage, stage), stage.id, draft)

    def add_date(self, kind: str = COURT, *, named: NamedHearing | None = None) -> None:
        """Open the form of a hearing or another date of the matter."""
        shown = self.thread()
        if shown is not None:
            start = legal_threads.start_of_date(shown, kind, named.on if named is not None else None)
            self.open_in_card(self._new_date(shown.matter.person_id, kind, start))

    def _new_date(self, person_id: UUID, kind: str, start: dict[str, Any]) -> InlineForm:
        made = deadline_form(self.seat, person_id, kind, start=start)
        words = _("The date is saved. It reminds you like any other.")
        return self.telling_new(made, words, deadlines.archive_deadline)

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
        if named is None or not self.writes:
            return
        self.choose(named.matter_id)
        if self.thread() is not None:
            self.add_date(COURT, named=named)
        elif self.head is not None:
            start = {"kind": COURT, "until": named.on, "member_id": self.seat.desk.me.id, "state": "stands"}
            self.open_at_top(self._new_date(self.head.person_id, COURT, start))

    def _edit_date(self, one: Deadline, *, extends: bool = False) -> None:
        if extends:
            self.open_in_card(deadline_form(self.seat, one.person_id, one.kind, extends=one))
        else:
            made = deadline_form(self.seat, one.person_id, one.kind, one)
            words = _("The date is saved")
            self._in_place(self.telling_change(made, words, deadlines.change_deadline, one), one.id)

    def write_note(self) -> None:
        """Open the editor of a legal note that belongs to the matter."""
        shown, desk = self.thread(), self.seat.desk
        if shown is None or not desk.holds(legal_matters.COMPARTMENT):
            return
        form = NoteForm(self.seat, None, shown.matter.person_id, kind=LEGAL, matter=shown.matter.id)
        self.open_in_card(InlineForm(self.seat, form, _("Save note"), lambda _form: form.store(), title=_("New note")))

    def _in_place(self, editor: InlineForm, key: UUID, draft: Draft | None = None) -> None:
        card = self.thread_card
        self.open_editor(editor, lambda: card.take(editor, key), card.rows.close_panel, draft)

    # --- what a row asks for ---------------------------------------------------------------------------------------

    def acts_on(self, about: Any) -> dict[str, Act]:
        acts: dict[str, Act] = {
            "new_stage": self.next_stage,
            "new_date": self.ask_date,
            "new_note": self.write_note,
            "edit_stage": lambda: self.next_stage(about),
            "archive_stage": lambda: self._archive_stage(about),
            "show_note": lambda: self._go_to("notes", about),
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
        return acts

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

    def _go_to(self, section: str, about: UUID | None = None) -> None:
        if self.head is not None:
            self.seat.go(Place("residents", person_id=self.head.person_id, section=section, about=about))

    # --- what the record asks --------------------------------------------------------------------------------------

    def print_threads(self) -> None:
        if self.head is not None and self.threads:
            PrintLegalDialog(self.seat, self.head.person_id, self, self.chosen).open()

    def commands(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"new_matter": self.add} if self.writes else {}
        if self.thread_card.rows.panel() is not None and self.editor is None:
            found["cancel"] = self.thread_card.rows.close_panel
        return found | super().commands()

    def begins(self) -> dict[str, Callable[[UUID | None], object]]:
        return {"new_matter": lambda _about: self.add(), "new_hearing": self.add_named}

    def go_on(self, draft: Draft) -> None:
        if draft.record == LegalMatter.__tablename__:
            self.go_on_with_thread(draft)
        elif draft.record == MatterStage.__tablename__:
            stages = {stage.id: one.matter.id for one in self.threads for stage in one.stages}
            self.go_on_with_part(draft, stages, OF_MATTER, self.next_stage)
