"""A note: its kind decides who can read it, and the box says so before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from shelterdesk import notes, vocab
from shelterdesk.drafts import Draft
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, _
from shelterdesk.notes import TEXTS, Note
from shelterdesk.readers import readable_by, who_reads
from shelterdesk.vault.compartments import Compartment
from ui.forms.chosen import ChosenEditor, supported_people
from ui.forms.editors import Editor, editor_for
from ui.forms.record_form import RecordForm
from ui.seat import Seat
from ui.widgets.restricted_note import RestrictedNote


class SealedTextEditor:
    """A box with a lock that says who can read what is written in it."""

    fills = True

    def __init__(self, seat: Seat, field: Field, lines: int = 4) -> None:
        assert field.compartment is not None
        readers, who = readable_by(field.compartment), who_reads(seat.desk, field.compartment)
        self.panel = RestrictedNote(_(field.label), readers, who, lines=lines)
        self.panel.area.setObjectName(field.attribute)
        self.panel.area.setPlaceholderText(" ".join(_(line) for line in field.lines))
        self.widget: QWidget = self.panel

    def value(self) -> Any:
        return self.panel.text().strip() or None

    def set_value(self, value: Any) -> None:
        self.panel.set_text(value or "")

    def on_change(self, listener: Callable[[], None]) -> None:
        self.panel.area.textChanged.connect(listener)


PERSON = Field("note.person", N_("Person"), Kind.LINK, attribute="person_id", target="person")
_WIDTH = 320


class NoteForm(RecordForm):
    """One note of a person. Only kinds whose key is held are offered; the text follows when the kind changes."""

    def __init__(
        self,
        seat: Seat,
        note: Note | None = None,
        person_id: UUID | None = None,
        *,
        asks_person: bool = False,
        lines: int = 4,
    ) -> None:
        self._note, self._lines = note, lines
        self._last = ""
        names = ("kind", "written_on", *TEXTS.values())
        asked = ("person_id", *names) if asks_person else names
        super().__init__(seat, Note, asked, headings=False, extra=(PERSON,), elsewhere=())
        self.person_id = person_id
        if asks_person:
            self.editor("person_id").on_change(self._take_person)
        for attribute in ("kind", "written_on"):
            self.row(attribute).label.setText(_(seat.desk.field(Note, attribute).label))
        for attribute in TEXTS.values():
            if self.has(attribute):
                self.row(attribute).label.setText(_("Text"))
        if note is not None:
            self.load(note, note.person_id)
        else:
            self.load_values({"kind": self._kind_to_begin_with(), "written_on": seat.desk.today()})
        self.editor("kind").on_change(self._follow_kind)
        self._last = self.attribute()
        self._show_box()

    def make_editor(self, field: Field) -> Editor:
        if field.attribute == "person_id":
            return ChosenEditor(field, supported_people(self.seat), "", width=_WIDTH)
        if field.attribute == "kind":
            kinds = notes.kinds_for(self.seat.desk)
            return ChosenEditor(field, [(kind, vocab.NOTE_KINDS.label(kind)) for kind in kinds], width=_WIDTH)
        if field.compartment is not None:
            return SealedTextEditor(self.seat, field, self._lines)
        return editor_for(field, self.seat)

    def first_stop(self) -> QWidget:
        # Kind and day are right most of the time; the words never are.
        if self.has("person_id") and self.editor("person_id").value() is None:
            return self.row("person_id").editor
        return self.row(self.attribute()).editor

    def attribute(self) -> str:
        """Return the attribute that holds the text of the chosen kind."""
        return TEXTS[Compartment(vocab.NOTE_KINDS.group(self.editor("kind").value()) or "house")]

    def load_draft(self, draft: Draft) -> None:
        super().load_draft(draft)
        self._last = self.attribute()
        self._show_box()

    def store(self) -> Note:
        """Save the note. Raises Problems or StaleRecord."""
        desk, attribute = self.seat.desk, self.attribute()
        values = self.values()
        if not values.get(attribute):
            field = desk.field(Note, attribute)
            raise Problems([Problem(field.id, N_("Enter the text of the note"))])
        if self._note is not None:
            return notes.change_note(desk, self._note, **self.changed_values())
        values.pop("person_id", None)
        if self.person_id is None:
            raise Problems([Problem(PERSON.id, N_("Choose whom the note is about"))])
        return notes.add_note(desk, self.person_id, record_id=self.target_id, **values)

    def _take_person(self) -> None:
        self.person_id = self.editor("person_id").value()

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
        now = self.attribute()
        if now != self._last:
            # The words stay with the note; who can read them changes, and the box says so at once.
            typed = self.editor(self._last).value()
            self.editor(self._last).set_value(None)
            self.editor(now).set_value(typed)
            self._last = now
        self._show_box()

    def _show_box(self) -> None:
        for attribute in TEXTS.values():
            if self.has(attribute):
                self.row(attribute).setVisible(attribute == self.attribute())
