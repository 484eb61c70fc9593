"""Notes about one person: folded by kind and day, opened on purpose, written where they will stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk import drafts, formats, note_versions, notes, services, vocab
from shelterdesk.drafts import Draft
from shelterdesk.fields import CLOSED
from shelterdesk.folding import fold
from shelterdesk.i18n import _, ngettext
from shelterdesk.legal_threads import hearing_to_add
from shelterdesk.note_lock import is_locked
from shelterdesk.notes import Note, text_field
from shelterdesk.readers import readable_by
from ui.dialogs.print_notes import PrintNotesDialog
from ui.draft_places import CONTINUE, draft_for
from ui.forms.inline_form import InlineForm
from ui.forms.note_form import EXTRA, TAKEN_BACK, NoteForm
from ui.forms.record_form import RecordForm
from ui.pages.resident.editing import EditingSection, indent
from ui.pages.resident.editor_card import EditorCard
from ui.pages.resident.note_panel import SUPERVISE, NotePanel, supervision_for, way_to_hearing
from ui.seat import Seat
from ui.widgets.buttons import Button, PrimaryButton
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.empty_state import EmptyState
from ui.widgets.rows import Row, RowShape
from ui.widgets.split_rows import SplitRows

_SHAPE = RowShape(height=36, inset=14, day_column=52, rule=True)
_ICONS = {
    "house": "house",
    "social": "notebook-pen",
    "health": "stethoscope",
    "psychological": "heart-pulse",
    "legal": "scale",
    "work": "briefcase",
    "supervision": "users-round",
    "case_supervision": "users-round",
}


class NotesSection(EditingSection):
    """What a note says is shown only after it was opened; what is closed to the reader says so."""

    def __init__(self, seat: Seat, parent: QWidget | None = None) -> None:
        super().__init__(seat, _("Notes"), parent)
        self.notes: list[Note] = []
        self._corrected: Mapping[UUID, int] = {}
        self.new_button = PrimaryButton(_("Write a note"), "notebook-pen")
        self.new_button.clicked.connect(lambda _checked=False: self.add())
        self.kinds = ChoiceField(
            _("Kind of note"),
            [("", _("All kinds")), *((code.code, _(code.label)) for code in vocab.NOTE_KINDS)],
            "",
            fold=fold,
        )
        self.kinds.setObjectName("note_kinds")
        self.kinds.chosen.connect(lambda _kind: self._show())
        self.print_button = Button(_("Print…"), "printer")
        self.print_button.setObjectName("print_notes_button")
        self.print_button.clicked.connect(lambda _checked=False: self.print_notes())
        self.add_act(self.kinds)
        self.add_act(self.print_button)
        self.add_act(self.new_button)
        self.top_card = EditorCard()
        self.card = Card()
        self.rows = SplitRows(_("Notes"), _SHAPE)
        self.rows.opened.connect(self.toggle)
        self.rows.marked.connect(self.toggle)
        self.card.add(self.rows, inset=1, above=4)
        self.card.end(8)
        self.empty_card = Card()
        self.empty = EmptyState(_("No note is written yet."), _("Write a note"), "notebook-pen")
        self.empty.pressed.connect(self.add)
        self.empty_card.add(self.empty)
        for card in (self.top_card, self.card, self.empty_card):
            self.content.addWidget(card)

    def refresh(self) -> None:
        if self.head is None:
            return
        if self.head.person_id != self.shown:
            self.rows.close_panel()
        self.shown = self.head.person_id
        self.notes = notes.notes_of(self.seat.desk, self.head.person_id)
        self.print_button.setVisible(bool(self.notes))
        self._corrected = note_versions.corrections_of(self.seat.desk, self.head.person_id)
        self.aside.setText(ngettext("{n} note", "{n} notes", len(self.notes)) if self.notes else "")
        self._show()

    def _show(self) -> None:
        shown = [one for one in self.notes if self.kinds.value() in ("", one.kind)]
        rows: list[Row] = []
        for month, of_month in groupby(shown, key=lambda one: one.written_on.replace(day=1)):
            rows.append(Row(formats.month(month), header=True))
            rows += [self._row(one) for one in of_month]
        open_key = self.rows.panel_key()
        self.rows.set_rows(rows)
        if open_key is not None and self.editor is None:
            one = self._note(open_key)
            if one is None or one not in shown:
                self.rows.close_panel()
            else:
                self.rows.open_panel(self._panel(one), open_key)
        self.card.setVisible(bool(shown))
        self.empty_card.setVisible(not shown and self.editor is None)
        self.empty.say(
            _("No note is written yet.") if not self.notes else _("No note of this kind."),
            "" if self.notes else _("Write a note"),
        )

    def _row(self, one: Note) -> Row:
        field = text_field(self.seat.desk, one.kind)
        # A note may be written in its parts alone.
        closed = field.read(one) is CLOSED or not self.seat.desk.holds(field.compartment)
        by = self.seat.names("member").get(one.created_by, "") if one.created_by else ""
        assert field.compartment is not None
        return Row(
            vocab.NOTE_KINDS.label(one.kind),
            one.id,
            icon="lock" if closed else _ICONS[one.kind],
            icon_tint="muted" if closed else "accent",
            day=formats.day(one.written_on, style="day_month_short"),
            detail=self._detail(one, _("sealed") if closed else readable_by(field.compartment)),
            trailing=by,
            quiet=closed,
            sensitive=True,
        )

    # --- opening one -------------------------------------------------------------------------------------------

    def toggle(self, note_id: Any) -> None:
        """Open a note below its row, or close it."""
        if self.rows.panel_key() == note_id and self.editor is None:
            self.rows.close_panel()
            return
        one = self._note(note_id)
        if one is not None:
            self.keep_drafts()
            self.close_editor()
            self.rows.open_panel(self._panel(one), note_id)
            self.rows.focus_row(note_id)

    def _detail(self, one: Note, words: str) -> str:
        return " · ".join((words, _("corrected"))) if one.id in self._corrected else words

    def _panel(self, one: Note) -> NotePanel:
        acts: list[tuple[str, Callable[[], object]]] = []
        if self.seat.desk.holds(text_field(self.seat.desk, one.kind).compartment):
            locked = is_locked(self.seat.desk, one)
            acts.append((_("Amend") if locked else _("Edit"), lambda: self.edit(one.id)))
            supervision = supervision_for(one.kind)
            if supervision in notes.kinds_for(self.seat.desk):
                acts.append((_("Write from supervision"), lambda: self.supervise(one.id)))
            hearing = way_to_hearing(self.seat, one, self.head.person_id) if self.head is not None else None
            if hearing is not None:
                acts.append(hearing)
            if not locked:
                acts.append((_("Take out"), lambda: self.archive(one.id)))
        panel = NotePanel(self.seat, one, self._about(one), acts, corrected=one.id in self._corrected)
        panel.close_wanted.connect(self.rows.close_panel)
        return panel

    def _about(self, one: Note) -> str:
        """Return what a supervision speaks of, in words."""
        if one.about_id is None:
            return ""
        other = self._note(one.about_id)
        if other is not None:
            return f"{vocab.NOTE_KINDS.label(other.kind)}, {formats.day(other.written_on)}"
        given = services.services_of(self.seat.desk, one.person_id)
        found = next((service for service in given if service.id == one.about_id), None)
        return f"{vocab.SERVICE_KINDS.label(found.kind)}, {formats.day(found.given_on)}" if found else ""

    def _note(self, note_id: Any) -> Note | None:
        return next((one for one in self.notes if one.id == note_id), None)

    # --- writing -----------------------------------------------------------------------------------------------

    def add(self, draft: Draft | None = None, *, kind: str = "", about: UUID | None = None) -> None:
        """Open the editor of a new note above the list; *about* is what a supervision speaks of."""
        if self.head is None:
            return
        desk = self.seat.desk
        form = NoteForm(self.seat, None, self.head.person_id, kind=kind, about=about)

        def store(_form: RecordForm) -> Note:
            flagged = bool(form.values().get("flags"))
            saved = form.store()
            words = _("Note saved. Every shift reads the flag now.") if flagged else _("Note saved")
            if not flagged and hearing_to_add(desk, saved) is not None:
                words = _("Note saved. Its hearing is not among the dates yet: open the note to put it there.")
            self.say_after(words, form.flags.undo_with(lambda: notes.archive_note(desk, saved.id)))
            return saved

        editor = InlineForm(self.seat, form, _("Save note"), store, title=_("New note"))

        def place() -> None:
            self.rows.close_panel()
            self.top_card.take(editor)
            self.empty_card.hide()

        self.open_editor(editor, place, lambda: self.top_card.let_go(editor), draft)

    def supervise(self, about: UUID) -> None:
        """Open the editor of a note from supervision that speaks of a note or service."""
        desk = self.seat.desk
        note = self._note(about)
        given = None if note is not None or self.head is None else services.service_with(desk, about)
        family = note.kind if note is not None else vocab.SERVICE_KINDS.group(given.kind) if given is not None else ""
        if supervision_for(family) in notes.kinds_for(desk):
            self.add(kind=supervision_for(family), about=about)

    def edit(self, note_id: UUID, draft: Draft | None = None) -> None:
        """Open the editor in the place of a note."""
        one, desk = self._note(note_id), self.seat.desk
        if one is None or not desk.holds(text_field(desk, one.kind).compartment):
            return
        form = NoteForm(self.seat, one)
        undo = form.standing()

        def store(_form: RecordForm) -> Note:
            saved = form.store()
            back = form.flags.undo_with(lambda: notes.change_note(desk, saved, why=_(TAKEN_BACK), **undo))
            self.say_after(_("Note saved"), back)
            return saved

        editor = indent(InlineForm(self.seat, form, _("Save note"), store, parent=self.rows), 40)

        def place() -> None:
            self.rows.open_panel(editor, note_id, instead=True)

        self.open_editor(editor, place, self.rows.close_panel, draft)

    def stand_at(self, saved: Any) -> None:
        self.rows.focus_row(saved.id)

    def archive(self, note_id: UUID) -> None:
        """Take a note out of the list; the banner puts it back. A locked one stays."""
        desk, one = self.seat.desk, self._note(note_id)
        if one is None:
            return
        if is_locked(desk, one):
            self.seat.say(_("This note is locked and stays. It can be amended with a reason."), kind="info")
            return
        self.rows.close_panel()
        if self.succeeds(lambda: notes.archive_note(desk, note_id)):
            self.say_undoable(_("Note taken out"), lambda: notes.archive_note(desk, note_id, archived=False))

    def print_notes(self) -> None:
        """Offer the notes for the file, those of the kind that is shown first."""
        if self.head is not None and self.notes:
            PrintNotesDialog(self.seat, self.head.person_id, self, self.kinds.value() or "").open()

    # --- what the record asks ----------------------------------------------------------------------------------

    def commands(self) -> dict[str, Callable[[], object]]:
        found: dict[str, Callable[[], object]] = {"new_note": self.add}
        if self.notes:
            found["print"] = self.print_notes
        current = self.rows.current_key()
        if current is not None and self.editor is None:
            found |= {"edit": lambda: self.edit(current), "archive": lambda: self.archive(current)}
        if self.rows.panel() is not None and self.editor is None:
            found["cancel"] = self.rows.close_panel
        return found | super().commands()

    def do(self, doing: str, about: UUID | None) -> None:
        if doing == "new_note":
            self.add()
        elif doing == SUPERVISE and about is not None:
            self.supervise(about)
        elif doing == CONTINUE:
            draft = draft_for(drafts.my_drafts(self.seat.desk, extra_fields=EXTRA), about)
            if draft is not None and self._note(draft.target_id) is not None:
                self.edit(draft.target_id, draft)
            elif draft is not None:
                self.add(draft)
        elif about is not None and self._note(about) is not None and self.rows.panel_key() != about:
            self.toggle(about)
