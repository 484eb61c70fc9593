"""A service: what was done, its notes where they belong, and when to meet again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk import catalogue, formats, given_from, help_given, providers, services, vocab
from shelterdesk.access import Right
from shelterdesk.appointments import Appointment
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
from ui.forms.chosen import ChosenEditor, PersonEditor, StaffEditor
from ui.forms.editors import (
    DayEditor,
    Editor,
    LineEditor,
    SegmentEditor,
    editor_for,
    money_line,
)
from ui.forms.flag_rows import FlagRows, flags_in
from ui.forms.record_form import RecordForm
from ui.forms.service_editors import (
    KeptEditor,
    KindEditor,
    TeamNoteEditor,
    kinds_to_choose,
    select_when_entered,
    typed_in,
)
from ui.forms.structured_note import NoteBoxes, StructuredNote
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.form_row import FormRow
from ui.widgets.text import Words

PERSON = Field("service.person", N_("Person"), Kind.LINK, attribute="person_id", target="person")
NEXT_ON = Field("service.next_on", N_("Next session"), Kind.DAY, attribute="next_on")
NEXT_WORDS = Field(
    "service.next_words", N_("for"), Kind.TEXT, attribute="next_words", compartment=Compartment.HOUSE, width=60
)
NEXT_AS = Field("service.next_as", N_("As"), Kind.CHOICE, attribute="next_as", choices=vocab.FOLLOW_UPS)
APPOINTMENT = Field(
    "service.appointment", N_("Appointment"), Kind.LINK, attribute="appointment_id", target="appointment"
)
EXTRA = (PERSON, NEXT_ON, NEXT_WORDS, NEXT_AS, APPOINTMENT, FLAGS, FLAG_WORDS, why_field())
"""What the form asks beyond the columns of a service; drafts are read with it."""
_FIELD = 320
_DONE = ("kind", "given_on", "given_by", "minutes", "outcome")
_HELP = ("amount", "currency", "quantity", "receipt")
_MORE = ("place", "provider_id", "provider", "project_id")
_NOTES = ("team_note", *RESTRICTED_NOTES.values(), *EVERY_PART)


class ServiceForm(RecordForm):
    """The form of a service. ``about_changed`` fires when person or kind change, for what stands beside it."""

    about_changed = Signal()

    def __init__(
        self, seat: Seat, service: Service | None = None, person_id: UUID | None = None, *, asks_person: bool = False
    ) -> None:
        self._service = service
        self._ready = False
        self._proposed: int | None = None
        """How long was proposed; whoever typed something else is left alone."""
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
            self.show_more(on=self._says_more())
        else:
            self.begin_anew()
            self.show_more(on=False)
        self._ready = True
        self.editor("kind").on_change(self._follow_kind)
        self.editor("given_by").on_change(self._say_who_gives)
        self._show_note()

    # --- rows --------------------------------------------------------------------------------------------------

    def _what_was_done(self) -> None:
        self.rows.add_heading(_("What was done"))
        if self.asks_person:
            self.add_editor(PERSON, PersonEditor(PERSON, self.seat, "", width=_FIELD))
            self.editor("person_id").on_change(self._take_person)
        fields = {field.attribute: field for field in self.seat.desk.writable(self.seat.desk.fields(Service))}
        for attribute in _DONE:
            if attribute in fields:
                self.add_editor(fields[attribute], self.make_editor(fields[attribute]))
            if attribute == "minutes" and "form" in fields:
                self._add_form_of_work(fields["form"])
        for attribute in ("amount", "quantity", "receipt"):
            if attribute in fields:
                self.add_editor(fields[attribute], self.make_editor(fields[attribute]))
            if attribute == "amount" and "currency" in fields:
                self._add_beside_line(fields["currency"], "amount")
        for field in self.rest((*_DONE, "form", *_HELP, *_MORE, *_NOTES)):
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

    def _add_beside_line(self, field: Field, attribute: str) -> None:
        """Put the editor of *field* at the right of a line of text."""
        editor, before = self.make_editor(field), self.editor(attribute)
        assert isinstance(before, LineEditor)
        holder = before.widget.layout()
        assert isinstance(holder, QHBoxLayout)
        holder.insertWidget(holder.count() - 1, editor.widget)
        self.add_beside(field, editor, attribute)

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
        assert NEXT_AS.choices is not None
        becomes = SegmentEditor(NEXT_AS, [(code.code, _(code.label)) for code in NEXT_AS.choices])
        becomes.segments.setObjectName("next_as")
        row.addWidget(becomes.widget)
        holder.setFocusProxy(day.date.line)
        day.widget, day.fills = holder, True
        self.add_editor(NEXT_ON, day)
        self.row("next_on").editor.setObjectName("next_on")
        self.add_beside(NEXT_WORDS, words, "next_on")
        self.add_beside(NEXT_AS, becomes, "next_on")
        self.add_beside(APPOINTMENT, KeptEditor(), "kind")

    def make_editor(self, field: Field) -> Editor:
        match field.attribute:
            case "kind":
                return KindEditor(field, kinds_to_choose(self.seat), _FIELD)
            case "given_by":
                return StaffEditor(field, self.seat, _("Nobody who works here"), width=_FIELD)
            case "project_id":
                projects = sorted(self.seat.names("project").items(), key=lambda one: one[1].casefold())
                return ChosenEditor(field, projects, _("No project"), width=_FIELD)
            case "provider_id":
                return ChosenEditor(field, self._providers(), _("None of the directory"), width=_FIELD)
            case "amount":
                return money_line(field, lambda _amount: "")
            case "currency":
                assert field.choices is not None
                money = [(code.code, code.code.upper()) for code in field.choices]
                made_of = ChosenEditor(field, money, width=112)
                made_of.choice.setAccessibleName(_(field.label))
                return made_of
            case "team_note":
                return TeamNoteEditor(field)
            case "outcome":
                return self._make_outcome(field)
            case "minutes":
                made = editor_for(field, self.seat)
                assert isinstance(made, LineEditor)
                made.line.setFixedWidth(theme.px(64))
                select_when_entered(made.line)
                return made
            case _:
                return editor_for(field, self.seat)

    def _make_outcome(self, field: Field) -> Editor:
        """Return the outcome with the link beside it that shows the rows which are rarely needed."""
        assert field.choices is not None
        made = SegmentEditor(field, [(code.code, _(code.label)) for code in field.choices])
        self.more = LinkButton(_("More…"), slim=True, tip=_("Where it was, outside provider, project"))
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

    def _says_more(self) -> bool:
        return any(self.has(name) and self.editor(name).value() for name in _MORE)

    def _show_help(self) -> None:
        """Show amount and receipt where things or money are given, or where they were written down."""
        helps = help_given.is_help(self.kind_value())
        for name in ("amount", "quantity", "receipt"):
            if self.has(name):
                self.row(name).setVisible(helps or bool(typed_in(self.editor(name))))

    def _providers(self) -> list[tuple[Any, str]]:
        """Return who is in the directory from outside, those who give services of this kind first."""
        if not self.seat.desk.may(Right.SEE_RECORDS):
            return []
        chosen = self._service.provider_id if self._service is not None else None
        found = providers.to_choose(self.seat.desk, self.kind_value() if self._ready else "", chosen)
        return [(one, self.seat.masked(name)) for one, name in found]

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
            "currency": services.house_currency(self.seat.desk),
            "next_as": "appointment",
            "project_id": last.project_id if last is not None else None,
        }
        self.load_values(start | kept)
        self._proposed = None
        self._propose_minutes()
        self.flags.fold()
        self._show_note()

    def begin_from(self, appointment: Appointment) -> None:
        """Fill the form from an appointment that took place; saving it ends the appointment."""
        values = given_from.values_from(self.seat.desk, appointment)
        if values["kind"] is None:
            values["kind"] = self.kind_value()
        self.load_values(values | {"appointment_id": appointment.id})
        self._proposed = values["minutes"]
        self._show_note()
        self.about_changed.emit()

    def _propose_minutes(self) -> None:
        """Put in how long this kind usually takes, unless somebody typed something else."""
        if not self.has("minutes") or self._service is not None:
            return
        editor = self.editor("minutes")
        if typed_in(editor) in (None, self._proposed):
            self._proposed = catalogue.entry(self.seat.desk, self.kind_value()).minutes if self.kind_value() else None
            editor.set_value(self._proposed)

    def _say_who_gives(self) -> None:
        """Say who usually gives this kind where the chosen colleague is none of them; it is no reason to refuse."""
        if self.has("given_by"):
            said = catalogue.not_by(self.seat.desk, self.kind_value(), self.editor("given_by").value())
            self.row("given_by").set_help(said if self.kind_value() else "")

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
        if self._says_more():
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
        self.flags.about_to_save()
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
        self._propose_minutes()
        self._show_note()
        if self.has("provider_id"):
            offered = self.editor("provider_id")
            assert isinstance(offered, ChosenEditor)
            offered.offer(self._providers())
        self.about_changed.emit()

    def _show_note(self) -> None:
        self._show_help()
        self._say_who_gives()
        shown = self._note_attribute()
        self.boxes.show(shown)
        self.no_key.setVisible(not self.has(shown))
        if not self.has(shown):
            label = _(restricted_note(self.seat.desk, self.kind_value()).label)
            words = _("«{label}» are written by those who hold their key. The note for the team is open to you.")
            field = self.no_key.field
            assert isinstance(field, Words)
            field.setText(words.format(label=label))


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
