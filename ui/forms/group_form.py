"""A group session: what all have in common, and a row for each person with how it went and a remark."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from shelterdesk import catalogue, given_from, residents, services, vocab
from shelterdesk.appointments import Appointment
from shelterdesk.fields import Field, Kind
from shelterdesk.folding import fold, sounds
from shelterdesk.group_sessions import TEAM_NOTE, Attendee, add_group, places_for_remarks
from shelterdesk.i18n import N_, _, ngettext
from shelterdesk.readers import readable_by
from shelterdesk.services import Service
from shelterdesk.vault.compartments import Compartment
from ui import theme
from ui.forms.chosen import ChosenEditor, StaffEditor, supported_people
from ui.forms.editors import AreaEditor, DayEditor, Editor, LineEditor, editor_for
from ui.forms.record_form import RecordForm
from ui.forms.service_editors import KeptEditor, KindEditor, kinds_to_choose, typed_in
from ui.forms.service_form import NEXT_ON, NEXT_WORDS
from ui.seat import Seat
from ui.widgets.buttons import Button, IconButton
from ui.widgets.choice_field import ChoiceField
from ui.widgets.text import ElidedWords, Words
from ui.widgets.type_ahead import TypeAhead

# Read with the compartment its row says; written with that of the remarks.
ATTENDEES: Final = Field("service.attendees", N_("Who took part"), Kind.LONG_TEXT, attribute="attendees")
SHARED: Final = Field("service.shared_words", N_("About the session"), Kind.LONG_TEXT, attribute="shared_words")
_FIELD: Final = 320
_NAME: Final = 190
_OUTCOME: Final = 152
_FIRST: Final = ("kind", "given_on", "given_by", "minutes")
_LAST: Final = ("place", "project_id")
_SHARED_FIELDS: Final = (*_FIRST, *_LAST)


def spelled(people: Sequence[Attendee]) -> str | None:
    """Spell a list of people for a draft; nothing for nobody."""
    rows = [[str(one.person_id), one.outcome, one.remark or ""] for one in people]
    return json.dumps(rows, ensure_ascii=False) if rows else None


def read(words: str | None) -> list[Attendee]:
    """Read what :func:`spelled` wrote."""
    return [Attendee(UUID(who), outcome, remark or None) for who, outcome, remark in json.loads(words or "[]")]


def people_here(seat: Seat) -> list[UUID]:
    """Return who lives here, in the order of the list."""
    here = {row.id for row in residents.list_rows(seat.desk, "here_now")}
    return [person_id for person_id, _words in supported_people(seat) if person_id in here]


class GroupForm(RecordForm):
    """The form of a group session. Remarks go where the kind of service seals its notes, if that key is held."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, Service, (), headings=False)
        self._appointments: dict[UUID, UUID] = {}
        self._proposed: int | None = None
        self.rows.add_heading(_("What was done"))
        fields = {field.attribute: field for field in seat.desk.writable(seat.desk.fields(Service))}
        for attribute in _FIRST:
            if attribute in fields:
                self.add_editor(fields[attribute], self.make_editor(fields[attribute]))
        # Nobody is asked, but a draft is known by it.
        self.add_beside(seat.desk.field(Service, "form"), KeptEditor(), "kind")
        for attribute in ("kind", "given_on"):
            self.row(attribute).label.setText(_(seat.desk.field(Service, attribute).label))
        self.rows.add_heading(_("Who took part"))
        self.people = AttendeesEditor(seat)
        self.people.widget.setObjectName("attendees")
        row = self.add_editor(ATTENDEES, self.people, _("People"))
        row.setObjectName("service.person")
        shared = AreaEditor(SHARED)
        self.add_editor(SHARED, shared)
        self._follow_up()
        for attribute in _LAST:
            if attribute in fields:
                self.add_editor(fields[attribute], self.make_editor(fields[attribute]))
        self.editor("kind").on_change(self._follow_kind)
        self.begin_anew()

    def make_editor(self, field: Field) -> Editor:
        match field.attribute:
            case "kind":
                return KindEditor(field, kinds_to_choose(self.seat), _FIELD)
            case "given_by":
                return StaffEditor(field, self.seat, _("Nobody who works here"), width=_FIELD)
            case "project_id":
                projects = sorted(self.seat.names("project").items(), key=lambda one: one[1].casefold())
                return ChosenEditor(field, projects, _("No project"), width=_FIELD)
            case _:
                return editor_for(field, self.seat)

    def _follow_up(self) -> None:
        day = DayEditor(NEXT_ON, self.seat)
        self.add_editor(NEXT_ON, day)
        self.row("next_on").editor.setObjectName("next_on")
        words = LineEditor(NEXT_WORDS, 28)
        line = day.date.layout()
        if isinstance(line, QHBoxLayout):
            line.addWidget(words.line)
        words.line.setAccessibleName(_("What the next session is for"))
        words.line.setPlaceholderText(_("What the next session is for"))
        self.add_beside(NEXT_WORDS, words, "next_on")

    # --- values ------------------------------------------------------------------------------------------------

    def begin_anew(self) -> None:
        """Begin with what the last group was: most groups meet again."""
        last = services.last_given(self.seat.desk)
        kind = last.kind if last is not None and last.group_id is not None else "psychological_group"
        self.load_values(
            {
                "kind": kind,
                "given_on": self.seat.desk.today(),
                "given_by": self.seat.desk.me.id,
                "minutes": catalogue.entry(self.seat.desk, kind).minutes,
                "place": None,
                "form": "group",
                "project_id": last.project_id if last is not None else None,
                "attendees": None,
                "shared_words": None,
                "next_on": None,
                "next_words": None,
            }
        )
        self._proposed = catalogue.entry(self.seat.desk, kind).minutes
        self._follow_kind()

    def begin_from(self, meeting: Sequence[Appointment]) -> None:
        """Fill the form from the appointments of a group."""
        values = given_from.values_from(self.seat.desk, meeting[0])
        kind = values["kind"] or self.editor("kind").value()
        people = [Attendee(one.person_id) for one in meeting if one.person_id is not None]
        self._appointments = {one.person_id: one.id for one in meeting if one.person_id is not None}
        begun = {name: values[name] for name in _SHARED_FIELDS if name in values}
        self.load_values(begun | {"kind": kind, "attendees": spelled(people)})
        self._proposed = values["minutes"]
        self._follow_kind()

    def remarks_in(self) -> str:
        """Return the attribute that remarks and the words about the session are written to."""
        return places_for_remarks(self.seat.desk, self.editor("kind").value() or "")[0]

    def store(self) -> list[Service]:
        """Save one service for each person. Raises Problems."""
        values = self.values()
        given: dict[str, Any] = {name: values.get(name) for name in (*_SHARED_FIELDS, "next_on", "next_words")}
        shared = values.get("shared_words")
        place = self.remarks_in()
        if shared:
            given[place] = shared
        people = [
            Attendee(one.person_id, one.outcome, one.remark, self._appointments.get(one.person_id))
            for one in self.people.attendees()
        ]
        return add_group(self.seat.desk, people, remarks_in=place, **given)

    def _follow_kind(self) -> None:
        kind = self.editor("kind").value()
        if not kind:
            return
        if self.has("minutes") and typed_in(self.editor("minutes")) in (None, self._proposed):
            self._proposed = catalogue.entry(self.seat.desk, kind).minutes
            self.editor("minutes").set_value(self._proposed)
        place = self.remarks_in()
        held = self.seat.desk.field(Service, place)
        readers = readable_by(held.compartment) if held.compartment is not None else ""
        said = (
            _(held.help) if place == TEAM_NOTE else _("{note}: {readers}.").format(note=_(held.label), readers=readers)
        )
        self.row("shared_words").set_help(said)
        self.people.say_readers(said)
        self._seal_in(held.compartment or Compartment.HOUSE)
        if self.has("given_by"):
            self.row("given_by").set_help(catalogue.not_by(self.seat.desk, kind, self.editor("given_by").value()))

    def _seal_in(self, compartment: Compartment) -> None:
        """Let the draft of remarks lie where the remarks will."""
        sealed = tuple(one.with_changes(compartment=compartment) for one in (ATTENDEES, SHARED))
        self.extra = (*sealed, NEXT_ON, NEXT_WORDS)
        rest = tuple(field for field in self.fields if field.attribute not in ("attendees", "shared_words"))
        self.fields = (*rest, *sealed)


class AttendeesEditor:
    """A row for each person. Enter in the line above takes the next; nobody stands twice."""

    fills = True

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.widget: QWidget = QWidget()
        self._changed = _Told(self.widget)
        seat.visitor_changed.connect(self._changed.renew)
        self._changed.renewed.connect(self._renew_names)
        self._names = dict(supported_people(seat))
        self._rows: dict[UUID, _PersonRow] = {}
        self.search = TypeAhead(_("Add a person"), list(self._names.items()), fold=fold, heard=sounds)
        self.search.setObjectName("add_person_to_group")
        self.search.setFixedWidth(theme.px(_FIELD))
        line = self.search.lineEdit()
        if line is not None:
            line.setPlaceholderText(_("Type a name or code, then Enter"))
        self.everybody = Button(_("Everybody who lives here"), "users-round")
        self.everybody.setObjectName("everybody")
        self.everybody.clicked.connect(self.take_everybody)
        self.count = Words("", tone="muted")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search)
        top.addWidget(self.everybody)
        top.addWidget(self.count)
        top.addStretch(1)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(2, 1)
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(self._grid)
        self.widget.setFocusProxy(self.search)
        self.widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.search.chosen.connect(self.take)
        self.search.not_found.connect(self._say_not_found)

    def value(self) -> str | None:
        return spelled(self.attendees())

    def set_value(self, value: Any) -> None:
        for row in self._rows.values():
            row.drop()
        self._rows = {}
        for one in read(value):
            self._add(one)
        self._say_count()

    def on_change(self, listener: Callable[[], None]) -> None:
        self._changed.told.connect(listener)

    def attendees(self) -> list[Attendee]:
        """Return who stands in the list, in its order."""
        return [row.attendee() for row in self._rows.values()]

    def take(self, person_id: UUID | None) -> None:
        """Put a person into the list and wait for the next."""
        if person_id is not None and person_id not in self._rows:
            self._add(Attendee(person_id))
            self._tell()
        self.search.set_value(None)
        line = self.search.lineEdit()
        if line is not None:
            line.clear()

    def take_everybody(self) -> None:
        """Put everybody who lives here into the list."""
        for person_id in people_here(self.seat):
            if person_id not in self._rows:
                self._add(Attendee(person_id))
        self._tell()

    def say_readers(self, words: str) -> None:
        """Say who will read the remarks."""
        for row in self._rows.values():
            row.remark.setToolTip(words)
            row.remark.setAccessibleDescription(words)

    def _add(self, one: Attendee) -> None:
        name = self._names.get(one.person_id, "")
        row = _PersonRow(one, name, self.widget)
        self._rows[one.person_id] = row
        row.place(self._grid, self._grid.rowCount())
        row.remark.textEdited.connect(lambda _text: self._tell())
        row.outcome.chosen.connect(lambda _outcome: self._tell())
        row.remove.clicked.connect(lambda: self._take_off(one.person_id))

    def _renew_names(self) -> None:
        """Show codes while somebody visits, and names again afterwards."""
        self._names = dict(supported_people(self.seat))
        self.search.set_choices(list(self._names.items()))
        for row in self._rows.values():
            row.say_name(self._names.get(row.person_id, ""))

    def _take_off(self, person_id: UUID) -> None:
        row = self._rows.pop(person_id, None)
        if row is not None:
            row.drop()
            self._tell()
            self.search.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell(self) -> None:
        self._say_count()
        self._changed.told.emit()

    def _say_not_found(self, typed: str) -> None:
        """Say that a name was not taken: nobody is to be missed without anybody seeing it."""
        words = _("Nobody on this list fits what you typed.")
        self.count.set_tone("error")
        self.count.setText(f"«{typed}»: {words}")
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.search, self.count.text()))

    def _say_count(self) -> None:
        number = len(self._rows)
        self.count.set_tone("muted")
        self.count.setText(ngettext("{n} person", "{n} people", number) if number else "")


class _PersonRow:
    def __init__(self, one: Attendee, name: str, parent: QWidget) -> None:
        self.person_id = one.person_id
        self.name = ElidedWords(name, parent=parent)
        self.name.setFixedWidth(theme.px(_NAME))
        self.outcome = ChoiceField(
            "",
            [(code.code, _(code.label)) for code in vocab.SERVICE_OUTCOMES],
            one.outcome,
            parent=parent,
        )
        self.outcome.setFixedWidth(theme.px(_OUTCOME))
        self.remark = QLineEdit(one.remark or "", parent)
        self.remark.setPlaceholderText(_("Remark"))
        self.remove = IconButton("x", "")
        self.say_name(name)

    def say_name(self, name: str) -> None:
        """Say whose row it is, to the eye and to a screen reader."""
        self.name.setText(name)
        self.outcome.setAccessibleName(_("Outcome: {name}").format(name=name))
        self.remark.setAccessibleName(_("Remark: {name}").format(name=name))
        self.remove.set_name(_("Take {name} off the list").format(name=name))

    def place(self, grid: QGridLayout, line: int) -> None:
        for column, widget in enumerate((self.name, self.outcome, self.remark, self.remove)):
            grid.addWidget(widget, line, column)

    def attendee(self) -> Attendee:
        return Attendee(self.person_id, self.outcome.value() or "took_place", self.remark.text().strip() or None)

    def drop(self) -> None:
        for widget in (self.name, self.outcome, self.remark, self.remove):
            widget.hide()
            widget.deleteLater()


class _Told(QObject):
    told = Signal()
    renewed = Signal()

    def renew(self) -> None:
        """Tell that names are shown otherwise."""
        self.renewed.emit()
