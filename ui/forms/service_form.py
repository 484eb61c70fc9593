"""A service: what was done, its notes where they belong, and when to meet again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk import formats, services, vocab
from shelterdesk.drafts import Draft
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field, Kind
from shelterdesk.i18n import N_, _
from shelterdesk.note_flags import FLAG_WORDS, FLAGS
from shelterdesk.note_lock import is_locked, locks_on, why_field
from shelterdesk.note_parts import EVERY_PART, parts_of
from shelterdesk.services import RESTRICTED_NOTES, Service, restricted_note, why_compartment
from shelterdesk.vault.compartments import Compartment
from ui import theme
from ui.forms.chosen import ChosenEditor, StaffEditor, supported_people
from ui.forms.editors import AreaEditor, DayEditor, Editor, LineEditor, SegmentEditor, editor_for
from ui.forms.flag_rows import FlagRows, flags_in
from ui.forms.record_form import RecordForm
from ui.forms.structured_note import NoteBoxes, StructuredNote
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.form_row import FormRow
from ui.widgets.text import Words
from ui.widgets.text_area import TextArea

PERSON = Field("service.person", N_("Person"), Kind.LINK, attribute="person_id", target="person")
NEXT_ON = Field("service.next_on", N_("Next session"), Kind.DAY, attribute="next_on")
NEXT_WORDS = Field(
    "service.next_words", N_("for"), Kind.TEXT, attribute="next_words", compartment=Compartment.HOUSE, width=60
)
EXTRA = (PERSON, NEXT_ON, NEXT_WORDS, FLAGS, FLAG_WORDS, why_field())
"""What the form asks beyond the columns of a service; drafts are read with it."""
_FIELD = 320
_DONE = ("kind", "given_on", "given_by", "minutes", "outcome")
_MORE = ("provider", "project_id")
_NOTES = ("team_note", *RESTRICTED_NOTES.values(), *EVERY_PART)


class ServiceForm(RecordForm):
    """The form of a service. ``about_changed`` fires when person or kind change, for what stands beside it."""

    about_changed = Signal()

    def __init__(
        self, seat: Seat, service: Service | None = None, person_id: UUID | None = None, *, asks_person: bool = False
    ) -> None:
        self._service = service
        super().__init__(seat, Service, (), headings=False)
        self.person_id = person_id
        why = why_field(why_compartment(seat.desk, service.kind)) if service is not None else why_field()
        self.extra = (*EXTRA[:-1], why)
        self.asks_person = asks_person
        self._what_was_done()
        self._add_notes()
        if service is not None:
            self._ask_why(service, why)
        if service is None:
            self._follow_up()
        for attribute in ("kind", "given_on", "outcome"):
            # They are filled in from the start, so they need not be called needed.
            self.row(attribute).label.setText(_(seat.desk.field(Service, attribute).label))
        if service is not None:
            self.load(service, service.person_id)
            self.show_more(on=any(self.has(name) and self.editor(name).value() for name in _MORE))
        else:
            self.begin_anew()
            self.show_more(on=False)
        self.editor("kind").on_change(self._follow_kind)
        self._show_note()

    # --- rows --------------------------------------------------------------------------------------------------

    def _what_was_done(self) -> None:
        self.rows.add_heading(_("What was done"))
        if self.asks_person:
            self.add_editor(PERSON, ChosenEditor(PERSON, supported_people(self.seat), "", width=_FIELD))
            self.editor("person_id").on_change(self._take_person)
        fields = {field.attribute: field for field in self.seat.desk.writable(self.seat.desk.fields(Service))}
        for attribute in _DONE:
            if attribute in fields:
                self.add_editor(fields[attribute], self.make_editor(fields[attribute]))
            if attribute == "minutes" and "form" in fields:
                self._add_form_of_work(fields["form"])
        for field in self.rest((*_DONE, "form", *_MORE, *_NOTES)):
            self.add_editor(field, self.make_editor(field))
        for attribute in _MORE:
            if attribute in fields:
                self.add_editor(fields[attribute], self.make_editor(fields[attribute]))

    def _add_form_of_work(self, field: Field) -> None:
        assert field.choices is not None
        editor = SegmentEditor(field, [(code.code, _(code.label)) for code in field.choices])
        if not self.has("minutes"):
            self.add_editor(field, editor)
            return
        line = self._end_of("minutes")
        line.insertSpacing(line.count() - 1, 8)
        line.insertWidget(line.count() - 1, editor.widget)
        self.add_beside(field, editor, "minutes")

    def _end_of(self, attribute: str) -> QHBoxLayout:
        """Return the line in which the field of *attribute* stands, so that more can stand after it."""
        line = self.row(attribute).field.layout()
        assert isinstance(line, QHBoxLayout)
        return line

    def _add_notes(self) -> None:
        self.rows.add_heading(_("Notes"))
        fields = {field.attribute: field for field in self.seat.desk.writable(self.seat.desk.fields(Service))}
        if "team_note" in fields:
            self.add_editor(fields["team_note"], self.make_editor(fields["team_note"]))
            self.row("team_note").set_help("")
        self.boxes = NoteBoxes(self)
        for attribute in RESTRICTED_NOTES.values():
            if attribute in fields:
                text = fields[attribute]
                parts = parts_of(self.seat.desk, Service, text.compartment)
                self.boxes.add(StructuredNote(self.seat, text, parts, 2), _("Restricted"))
        self.no_key = FormRow(_("Restricted"), Words("", tone="muted", wrap=True))
        self.rows.add_row(self.no_key)
        self.flags = FlagRows(self)

    def _ask_why(self, service: Service, why: Field) -> None:
        row = self.add_editor(why, editor_for(why, self.seat))
        first = locks_on(self.seat.desk, service)
        if first is not None and is_locked(self.seat.desk, service):
            words = _("The notes are locked since {day}. Changing them needs a reason; what stands now is kept.")
            row.set_help(words.format(day=formats.day(first)))

    def _follow_up(self) -> None:
        self.rows.add_heading(_("Follow-up"))
        day = DayEditor(NEXT_ON, self.seat)
        day.date.note.hide()
        words = LineEditor(NEXT_WORDS, 60)
        words.line.setAccessibleName(_("What the next session is for"))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(day.date)
        row.addWidget(Words(_("for"), tone="muted"))
        row.addWidget(words.line, 1)
        holder.setFocusProxy(day.date.line)
        day.widget, day.fills = holder, True
        self.add_editor(NEXT_ON, day)
        self.row("next_on").editor.setObjectName("next_on")
        self.add_beside(NEXT_WORDS, words, "next_on")

    def make_editor(self, field: Field) -> Editor:
        match field.attribute:
            case "kind":
                return ChosenEditor(field, _kinds(), width=_FIELD)
            case "given_by":
                return StaffEditor(field, self.seat, _("Nobody who works here"), width=_FIELD)
            case "project_id":
                projects = sorted(self.seat.names("project").items(), key=lambda one: one[1].casefold())
                return ChosenEditor(field, projects, _("No project"), width=_FIELD)
            case "team_note":
                return _TeamNote(field)
            case "outcome":
                return self._make_outcome(field)
            case "minutes":
                made = editor_for(field, self.seat)
                assert isinstance(made, LineEditor)
                made.line.setFixedWidth(theme.px(64))
                return made
            case _:
                return editor_for(field, self.seat)

    def _make_outcome(self, field: Field) -> Editor:
        """Return the outcome with the link beside it that shows the rows which are rarely needed."""
        assert field.choices is not None
        made = SegmentEditor(field, [(code.code, _(code.label)) for code in field.choices])
        self.more = LinkButton(_("More…"), slim=True, tip=_("Outside provider, project"))
        self.more.clicked.connect(lambda: self.show_more(on=True))
        made.widget = QWidget()
        row = QHBoxLayout(made.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(made.segments)
        row.addWidget(self.more)
        row.addStretch(1)
        made.widget.setFocusProxy(made.segments)
        return made

    def show_more(self, *, on: bool) -> None:
        """Show the rows that are rarely needed."""
        self.more.setVisible(not on and any(self.has(name) for name in _MORE))
        for name in _MORE:
            if self.has(name):
                self.row(name).setVisible(on)

    # --- values ------------------------------------------------------------------------------------------------

    def begin_anew(self, *, keep: bool = False) -> None:
        """Empty the form for a next service; *keep* holds on to kind and day, as for entering many."""
        kept = {name: self.editor(name).value() for name in ("kind", "given_on", "form")} if keep else {}
        last = None if keep else services.last_given(self.seat.desk)
        start: dict[str, Any] = {field.attribute: None for field in self.fields}
        start |= {
            "kind": last.kind if last is not None else _first_kind(self.seat),
            "given_on": self.seat.desk.today(),
            "given_by": self.seat.desk.me.id,
            "outcome": "took_place",
            "form": "one_person",
            "project_id": last.project_id if last is not None else None,
        }
        self.load_values(start | kept)
        self.flags.fold()
        self._show_note()

    def _take_person(self) -> None:
        self.person_id = self.editor("person_id").value()
        self.about_changed.emit()

    def kind_value(self) -> str:
        """Return the chosen kind of service."""
        return self.editor("kind").value() or ""

    def day(self) -> date:
        """Return the day the service was given, today while it cannot be read."""
        editor = self.editor("given_on")
        assert isinstance(editor, DayEditor)
        return editor.date.value() or self.seat.desk.today()

    def load_draft(self, draft: Draft) -> None:
        super().load_draft(draft)
        self._show_note()
        self.flags.unfold_if_written()
        if any(self.has(name) and self.editor(name).value() for name in _MORE):
            self.show_more(on=True)
        self.about_changed.emit()

    def standing(self) -> dict[str, Any]:
        """Return what the service says before it is changed, for putting it back."""
        if self._service is None:
            return {}
        return {field.attribute: field.read(self._service) for field in self.fields if field not in self.extra}

    def store(self) -> Service:
        """Save the service. Raises Problems or StaleRecord."""
        desk = self.seat.desk
        if self._service is not None:
            changed = self.changed_values()
            why = changed.pop("why", None)
            return services.change_service(desk, self._service, why=why, **flags_in(changed), **changed)
        values = self.values()
        values.pop("person_id", None)
        if self.person_id is None:
            raise Problems([Problem(PERSON.id, N_("Choose whose service it was"))])
        given = flags_in(values)
        return services.add_service(desk, self.person_id, record_id=self.target_id, **given, **values)

    # --- the restricted note -----------------------------------------------------------------------------------

    def _note_attribute(self) -> str:
        return restricted_note(self.seat.desk, self.kind_value()).attribute

    def _follow_kind(self) -> None:
        # The words stay with the service; who can read them changes, and the panel says so at once.
        if self.has(self._note_attribute()):
            self.boxes.follow(self._note_attribute())
        self._show_note()
        self.about_changed.emit()

    def _show_note(self) -> None:
        shown = self._note_attribute()
        self.boxes.show(shown)
        self.no_key.setVisible(not self.has(shown))
        if not self.has(shown):
            label = _(restricted_note(self.seat.desk, self.kind_value()).label)
            words = _("«{label}» are written by those who hold their key. The note for the team is open to you.")
            field = self.no_key.field
            assert isinstance(field, Words)
            field.setText(words.format(label=label))


class _TeamNote(AreaEditor):
    """A note of one line that grows when it is longer."""

    def __init__(self, field: Field) -> None:
        # Who reads it is said before anything is written; a line below would take the room of another field.
        self.area = TextArea(_(field.label), _(field.help), lines=1)
        self.widget: QWidget = self.area


def _kinds() -> list[tuple[Any, str]]:
    return [(code.code, _(code.label)) for code in vocab.SERVICE_KINDS]


def _first_kind(seat: Seat) -> str:
    by_role = {
        "psychologist": "psychological_session",
        "lawyer": "legal_advice",
        "nurse": "health_check",
        "doctor": "doctor_visit",
        "vocational_officer": "career_talk",
    }
    roles = seat.desk.me.roles
    return by_role.get(roles[0], "social_talk") if roles else "social_talk"
