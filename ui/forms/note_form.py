"""A note: its kind decides who can read it, and the box says so before anything is written."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk import formats, notes, vocab
from shelterdesk.drafts import Draft
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, _
from shelterdesk.note_flags import FLAG_WORDS, FLAGS
from shelterdesk.note_lock import is_locked, locks_on, why_field
from shelterdesk.note_parts import EVERY_PART, parts_of
from shelterdesk.notes import LEGAL, TEXTS, Note, compartment_of
from ui.forms.chosen import ChosenEditor, MatterEditor, PersonEditor
from ui.forms.editors import Editor, editor_for
from ui.forms.flag_rows import FlagRows, flags_in
from ui.forms.record_form import RecordForm
from ui.forms.service_editors import KeptEditor
from ui.forms.structured_note import NoteBoxes, StructuredNote
from ui.seat import Seat

PERSON: Final = Field("note.person", N_("Person"), Kind.LINK, attribute="person_id", target="person")
ABOUT: Final = Field("note.about", N_("What it speaks of"), Kind.LINK, attribute="about_id")
"""The note or service a supervision speaks of; a draft remembers it."""
EXTRA: Final = (PERSON, ABOUT, FLAGS, FLAG_WORDS, why_field())
"""What the form asks beyond the columns of a note; drafts are read with it."""
TAKEN_BACK: Final = N_("Taken back right after it was saved")
"""Why a correction is undone, where nobody is asked."""
_WIDTH: Final = 320
_TEXTS: Final = (*TEXTS.values(), *EVERY_PART)


class NoteForm(RecordForm):
    """One note of a person. Only kinds whose key is held are offered; the text follows when the kind changes.

    *about* is the note or service a new supervision note speaks of, *matter* the legal matter a legal one belongs to.
    """

    def __init__(
        self,
        seat: Seat,
        note: Note | None = None,
        person_id: UUID | None = None,
        *,
        asks_person: bool = False,
        lines: int = 4,
        about: UUID | None = None,
        kind: str = "",
        matter: UUID | None = None,
    ) -> None:
        self._note, self._lines = note, lines
        self._whose = note.person_id if note is not None else person_id
        why = why_field(compartment_of(note.kind)) if note is not None else why_field()
        names = ("kind", "written_on")
        asked = ("person_id", *names) if asks_person else names
        super().__init__(seat, Note, asked, headings=False, extra=(PERSON, ABOUT, FLAGS, FLAG_WORDS, why))
        self.person_id = note.person_id if note is not None else person_id
        self.boxes = NoteBoxes(self)
        self._add_boxes()
        for field in self.rest((*names, *_TEXTS)):
            self.add_editor(field, self.make_editor(field))
        self.flags = FlagRows(self)
        if note is not None:
            self._ask_why(note, why)
        if asks_person:
            self.editor("person_id").on_change(self._take_person)
        for attribute in names:
            self.row(attribute).label.setText(_(seat.desk.field(Note, attribute).label))
        if note is not None:
            self.load(note, note.person_id)
        else:
            begun = kind or self._kind_to_begin_with()
            self.add_beside(ABOUT, KeptEditor(), "kind")
            today = seat.desk.today()
            self.load_values({"kind": begun, "written_on": today, "matter_id": matter, "about_id": about})
        self.editor("kind").on_change(self._follow_kind)
        self._show_box()

    def _add_boxes(self) -> None:
        desk = self.seat.desk
        for text in desk.writable(desk.fields(Note)):
            if text.attribute in TEXTS.values():
                parts = parts_of(desk, Note, text.compartment)
                # Whoever corrects a note finds it as it was written; a new one offers its parts.
                box = StructuredNote(self.seat, text, parts, self._lines, unfolded=self._note is None)
                self.boxes.add(box, _("Text"))

    def _ask_why(self, note: Note, why: Field) -> None:
        row = self.add_editor(why, editor_for(why, self.seat), _("Why it is corrected"))
        first = locks_on(self.seat.desk, note)
        if first is not None and is_locked(self.seat.desk, note):
            row.label.setText(_("Why it is amended"))
            words = _("Locked since {day}. A reason is needed, and what stands now is kept as an earlier version.")
            row.set_help(words.format(day=formats.day(first)))

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "person_id":
            return PersonEditor(field, self.seat, "", width=_WIDTH)
        if field.attribute == "kind":
            kinds = notes.kinds_for(self.seat.desk)
            return ChosenEditor(field, [(kind, vocab.NOTE_KINDS.label(kind)) for kind in kinds], width=_WIDTH)
        if field.attribute == "matter_id":
            return MatterEditor(field, self.seat, self._whose)
        return editor_for(field, self.seat)

    def first_stop(self) -> QWidget:
        # Kind and day are right most of the time; the words never are.
        if self.has("person_id") and self.editor("person_id").value() is None:
            return self.row("person_id").editor
        box = self.boxes.box(self.attribute())
        return self.row("kind").editor if box is None else box.first_stop()

    def attribute(self) -> str:
        """Return the attribute that holds the text of the chosen kind."""
        return TEXTS[compartment_of(self.editor("kind").value() or "house")]

    def load_draft(self, draft: Draft) -> None:
        super().load_draft(draft)
        self._show_box()
        self.flags.unfold_if_written()

    def standing(self) -> dict[str, Any]:
        """Return what the note says before it is corrected, for putting it back."""
        if self._note is None:
            return {}
        return {field.attribute: field.read(self._note) for field in self.fields if field not in self.extra}

    def store(self) -> Note:
        """Save the note. Raises Problems or StaleRecord."""
        desk, attribute = self.seat.desk, self.attribute()
        values = self.values()
        if not self.boxes.says_something(values):
            field = desk.field(Note, attribute)
            raise Problems([Problem(field.id, N_("Enter the text of the note"))])
        self.flags.about_to_save()
        if self._note is not None:
            changed = self.changed_values()
            return notes.change_note(desk, self._note, why=changed.pop("why", None), **flags_in(changed), **changed)
        values.pop("person_id", None)
        if self.person_id is None:
            raise Problems([Problem(PERSON.id, N_("Choose whom the note is about"))])
        given = flags_in(values)
        about = values.pop("about_id", None)
        about = about if values.get("kind") in vocab.SUPERVISION else None
        return notes.add_note(desk, self.person_id, record_id=self.target_id, about_id=about, **given, **values)

    def _take_person(self) -> None:
        self.person_id = self._whose = self.editor("person_id").value()
        matter = self.editor("matter_id") if self.has("matter_id") else None
        if isinstance(matter, MatterEditor):
            matter.offer_of(self._whose)
        self._show_box()

    def _kind_to_begin_with(self) -> str:
        """Return the kind nearest to the first role; a house note is for everybody."""
        wanted = {
            "social_worker": "social",
            "case_manager": "social",
            "psychologist": "psychological",
            "nurse": "health",
            "doctor": "health",
            "lawyer": "legal",
            "vocational_officer": "work",
        }
        offered = notes.kinds_for(self.seat.desk)
        roles = self.seat.desk.me.roles
        kind = wanted.get(roles[0], "house") if roles else "house"
        return kind if kind in offered else offered[0]

    def _follow_kind(self) -> None:
        # The words stay with the note; who can read them changes, and the box says so at once.
        self.boxes.follow(self.attribute())
        self._show_box()

    def _show_box(self) -> None:
        kind = self.editor("kind").value()
        self.boxes.show(self.attribute())
        box = self.boxes.box(self.attribute())
        if box is not None and kind:
            box.box.panel.set_title(vocab.NOTE_KINDS.label(kind))
            box.divide(on=kind not in vocab.SUPERVISION)
        if self.has("matter_id"):
            matter = self.editor("matter_id")
            self.row("matter_id").setVisible(kind == LEGAL and isinstance(matter, MatterEditor) and matter.has_any())
        self.flags.set_visible(on=kind not in ("house", "work", *vocab.SUPERVISION))
