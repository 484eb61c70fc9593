"""The form at the door: what can be seen or is told tonight, and nothing more."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from shelterdesk import arrivals, formats, vocab
from shelterdesk.alerts import AT_ARRIVAL
from shelterdesk.arrival_requests import ArrivalRequest
from shelterdesk.arrivals import WithHer
from shelterdesk.day_texts import parse_day
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field, Kind
from shelterdesk.folding import fold
from shelterdesk.i18n import N_, _
from shelterdesk.people import Person
from shelterdesk.schema.types import new_id
from shelterdesk.stays import BedSince, Stay
from shelterdesk.vault.compartments import Compartment
from ui.forms.editors import Editor, Unreadable, parse_time
from ui.forms.record_form import RecordForm
from ui.pages.arrival import children
from ui.pages.arrival.beds import ArrivalBeds
from ui.pages.arrival.children import ChildrenField
from ui.pages.arrival.flags import FlagChoice, needs_words
from ui.pages.arrival.parts import Part, ShortLine, line_part, side_by_side
from ui.seat import Seat
from ui.widgets.buttons import LinkButton
from ui.widgets.chip import Chip, ChipText
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words

FLAGS: Final = Field(
    "arrival.flags", N_("Safety and health now"), Kind.CHOICES, attribute="flags", choices=vocab.ALERT_KINDS
)
_FLAG_WORDS: Final = Field(
    "arrival.flag_words", N_("Which"), Kind.TEXT, attribute="flag_words", compartment=Compartment.HOUSE
)
_CHILDREN: Final = Field(
    arrivals.CHILDREN, N_("Children with her"), Kind.TEXT, attribute="children", compartment=Compartment.HOUSE
)
_WITHOUT: Final = Field("arrival.without_bed", N_("Without a bed of her own"), Kind.FLAG, attribute="without_bed")
_WHO: Final = Field("arrival.person", N_("Person on file"), Kind.LINK, attribute="returning_id", target="person")
_CALL: Final = Field("arrival.call", N_("Request for a place"), Kind.LINK, attribute="request_id", target="person")
_OF_PERSON: Final = ("short_name", "languages", "interpreter_how")
_OF_STAY: Final = (
    "arrived_on",
    "arrived_at",
    "came_from",
    "distance_km",
    "brought_by",
    "brought_by_words",
    "interpreter_called_at",
    "nothing_seen",
)
_OFTEN: Final = ("az", "ru", "en", "tr", "uz", "ka", "fa", "uk", "ar")
"""Languages offered first; the others follow in the order of the window's language."""
_NOW: Final = timedelta(minutes=20)
_NO_TIME: Final = N_("Enter a time, for example 3:12 or 312")
_NO_KM: Final = N_("Enter the kilometres as a whole number, or leave it empty")


class ArrivalForm(RecordForm):
    """A form of a new stay with what belongs to the person, her children and her bed beside it."""

    def __init__(self, seat: Seat) -> None:
        desk = seat.desk
        person = {field.attribute: field for field in desk.writable(desk.fields(Person))}
        self._asked = [person[name] for name in _OF_PERSON if name in person]
        bed = desk.field(BedSince, "bed_id").with_changes(help="")
        extra = (*self._asked, FLAGS, _FLAG_WORDS, _CHILDREN, bed, _WITHOUT, _WHO, _CALL)
        super().__init__(seat, Stay, (), extra=extra)
        self._of_stay = {field.attribute: field for field in desk.writable(desk.fields(Stay))}
        self.returning_id: UUID | None = None
        self.request_id: UUID | None = None
        self._compose()
        self.edited.connect(self._follow)

    def _compose(self) -> None:
        self._name_row()
        self._arrived_row()
        self._from_row()
        self._brought_row()
        self._flag_rows()
        self._speech_row()
        self.children_field = ChildrenField()
        spelled = Part(self.children_field, self._spelled_children, self._show_children)
        self.children_field.changed.connect(spelled.told)
        self.add_editor(_CHILDREN, spelled)
        self._bed_row()
        self._hidden(_WHO, "returning_id")
        self._hidden(_CALL, "request_id")

    # --- rows ------------------------------------------------------------------------------------------------------

    def _name_row(self) -> None:
        self.name = ShortLine(_("Name used"), 232)
        self.name.setMaxLength(80)
        self.code = Chip("", "outline")
        self.aside = Words(_("or leave empty"), tone="muted")
        row = side_by_side(self.name, self.code, self.aside)
        part = line_part(self.name)
        part.widget = row
        self._put("short_name", part, _("Name used"))

    def _arrived_row(self) -> None:
        desk = self.seat.desk
        self.day = DateField(
            _("Day of arrival"),
            lambda typed: parse_day(typed, desk.today()),
            lambda value: formats.day(value, style="numeric"),
            desk.today,
        )
        self.time = ShortLine(_("Time of arrival"), 64)
        self.when = Words("", tone="muted")
        day = Part(side_by_side(self.day, self.time, self.when), self._read_day, self.day.set_value)
        self.day.changed.connect(day.told)
        self.day.line.textEdited.connect(day.told)
        self._put("arrived_on", day, _("Arrived"))
        clock = line_part(self.time, parse_time, lambda value: value.strftime("%H:%M"), _NO_TIME)
        self._put_beside("arrived_at", clock, "arrived_on")

    def _from_row(self) -> None:
        self.came_from = _segments(vocab.COMES_FROM, _("Comes from"), not_known=True)
        self.km = ShortLine(_("Distance in kilometres"), 56)
        row = side_by_side(self.came_from, _("about"), self.km, _("km"))
        part = _segment_part(self.came_from)
        part.widget = row
        self._put("came_from", part, _("Comes from"))
        self._put_beside("distance_km", line_part(self.km, _whole, str, _NO_KM), "came_from")

    def _brought_row(self) -> None:
        self.brought_by = _segments(vocab.BROUGHT_BY, _("Brought by"))
        self.by_whom = ShortLine(_("Who brought her"), 180, _("Name or post"))
        part = _segment_part(self.brought_by)
        part.widget = side_by_side(self.brought_by, self.by_whom)
        self._put("brought_by", part, _("Brought by"))
        self._put_beside("brought_by_words", line_part(self.by_whom), "brought_by")

    def _flag_rows(self) -> None:
        self.none = LinkButton(_("None of these"))
        self.none.setCheckable(True)
        self.none.setObjectName("none-of-these")
        heading = QWidget()
        line = QHBoxLayout(heading)
        line.setContentsMargins(0, 4, 0, 0)
        line.setSpacing(12)
        line.addWidget(Words(_("Safety and health now"), "group"))
        line.addWidget(Words(_("what you see or are told, nothing more"), "small", "muted"))
        line.addStretch(1)
        line.addWidget(self.none)
        self.rows.add(heading)
        self.flags = FlagChoice(_("Safety and health now"))
        flags = Part(self.flags, self.flags.value, lambda codes: self.flags.set_value(codes or ()))
        self.flags.changed.connect(flags.told)
        self.add_editor(FLAGS, flags, "").label.hide()
        self.which = QLineEdit()
        self.which.setAccessibleName(_("Which allergy, which medicine and when"))
        self.which.setPlaceholderText(_("which, and what to do: penicillin, insulin at 7:00"))
        self.which_row = self.add_editor(_FLAG_WORDS, line_part(self.which), _("Allergy, medicine"))
        nothing = Part(self.none, lambda: True if self.none.isChecked() else None, self._show_nothing)
        self.none.clicked.connect(self._say_nothing_seen)
        self.none.clicked.connect(nothing.told)
        self._put_beside("nothing_seen", nothing, "flags")

    def _speech_row(self) -> None:
        labels = sorted(
            ((code.code, vocab.LANGUAGE_NAMES.label(code.code)) for code in vocab.LANGUAGE_NAMES),
            key=lambda one: (_OFTEN.index(one[0]) if one[0] in _OFTEN else len(_OFTEN), fold(one[1])),
        )
        self.language = ChoiceField(_("Speaks"), [(None, "–"), *labels], fold=fold)
        self.language.setMaximumWidth(190)
        ways = [(code.code, vocab.INTERPRETING_NEEDS.label(code.code)) for code in vocab.INTERPRETING_NEEDS]
        self.interpreter = Segmented(_("How to interpret"), [one for one in ways if one[0] != "sign_language"])
        self.called = LinkButton(_("Called now"), "phone")
        self._called_at: time | None = None
        row = side_by_side(self.language, self.interpreter, self.called)
        speaks = Part(row, self._languages, self._show_languages)
        self.language.chosen.connect(speaks.told)
        self._put("languages", speaks, _("Speaks"))
        self._put_beside("interpreter_how", _segment_part(self.interpreter), "languages")
        called = Part(self.called, lambda: self._called_at, self._show_called)
        self.called.clicked.connect(self._press_called)
        self.called.clicked.connect(called.told)
        self._put_beside("interpreter_called_at", called, "languages")

    def _bed_row(self) -> None:
        self.beds = ArrivalBeds(self.seat, self.seat.desk.today())
        bed = next(field for field in self.extra if field.attribute == "bed_id")
        self.add_editor(bed, self.beds, "").label.hide()
        without = Part(
            self.beds.without,
            lambda: True if self.beds.without.isChecked() else None,
            lambda value: self.beds.without.setChecked(bool(value)),
        )
        self.add_beside(_WITHOUT, without, "bed_id")

    def _hidden(self, field: Field, attribute: str) -> None:
        """Take a value that has no control of its own, so that a draft keeps it."""
        part = Part(QWidget(self), lambda: getattr(self, attribute), partial(setattr, self, attribute))
        part.widget.hide()
        self.add_beside(field, part, "bed_id")

    def _put(self, attribute: str, part: Editor, label: str) -> None:
        field = self._field(attribute)
        if field is not None:
            self.add_editor(field.with_changes(required=False, help=""), part, label)

    def _put_beside(self, attribute: str, part: Editor, first: str) -> None:
        field = self._field(attribute)
        if field is not None and self.has(first):
            self.add_beside(field, part, first)
        elif field is not None:
            self.add_editor(field.with_changes(help=""), part)
        else:
            part.widget.hide()

    def _field(self, attribute: str) -> Field | None:
        asked = {field.attribute: field for field in self._asked}
        return asked.get(attribute) or self._of_stay.get(attribute)

    def _is_extra(self, field: Field) -> bool:
        # A field of the person that lost its help line here is still hers.
        return field.attribute in {one.attribute for one in self.extra}

    # --- reading and showing -----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Show an empty form of this moment."""
        desk = self.seat.desk
        self.returning_id = self.request_id = None
        now = desk.now().astimezone(desk.zone)
        start = {"arrived_on": now.date(), "arrived_at": now.time().replace(second=0, microsecond=0)}
        self.load_values({field.attribute: None for field in self.fields} | start)
        self.beds.show_day(now.date())
        self._show_code()
        self._follow()

    def take_call(self, call: ArrivalRequest, holds: frozenset[UUID]) -> None:
        """Show what a call for a place told already."""
        self.request_id = call.id
        told: dict[str, Any] = {
            "short_name": call.name_used,
            "came_from": call.came_from,
            "distance_km": call.distance_km,
            "flags": call.alerts & frozenset(AT_ARRIVAL),
            "brought_by_words": call.escort,
        }
        for name, value in told.items():
            if value and self.has(name):
                self.set(name, value)
        self.children_field.show_children([WithHer()] * min(call.children or 0, children.MOST))
        self.beds.show_day(self.beds.day, holds=holds)
        self._follow()

    def come_back(self, person_id: UUID | None) -> None:
        """Make it the arrival of somebody on file, or of somebody new again."""
        self.returning_id = person_id
        self._changed(_WHO)

    def show_whose(self, code: str | None) -> None:
        """Show the code she has already, or the one somebody new will get."""
        if code is None:
            self._show_code()
        else:
            self.code.set_chip(ChipText(code, "info"))
        self.aside.setVisible(code is None)

    def put_aside(self) -> None:
        """Keep what was typed as a draft of its own and let the next words begin another one."""
        self.keep_draft()
        self.draft_id, self.target_id = new_id(), new_id()

    @staticmethod
    def words_by_flag(words: str | None) -> dict[str, str]:
        """Return *words* for what they are about: they stand with the allergy and with the medicine."""
        return {"allergy": words, "takes_medicine": words} if words else {}

    def along(self) -> tuple[WithHer, ...]:
        """Return the children. Raises Problems."""
        try:
            return self.children_field.children_shown()
        except Unreadable as error:
            raise Problems([Problem(_CHILDREN.id, error.message)]) from error

    def parted(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """Return what belongs to the person, to the stay, and the rest. Raises Problems."""
        values = self.values()
        person = {name: values.pop(name) for name in _OF_PERSON if name in values}
        if person.get("interpreter_how") is not None:
            person["needs_interpreter"] = person["interpreter_how"] != "none"
        stay = {name: values.pop(name) for name in _OF_STAY if name in values}
        return person, stay, values

    def show_problems(self, problems: Problems) -> None:
        """Show each problem at its row; a bed that is missing offers a night without one."""
        if any(one.field == "bed_since.bed" for one in problems.problems):
            self.beds.offer_without()
        super().show_problems(problems)

    def _follow(self) -> None:
        """Show what follows from what was typed: the words beside the time, the beds of another day."""
        self.which_row.setVisible(needs_words(self.flags.value()))
        if self.flags.value() and self.none.isChecked():
            self._show_nothing(None)
        day = self.day.value()
        if day is not None and day != self.beds.day:
            self.beds.show_day(day)
        self.when.setText(self._when_words(day))
        self.called.setVisible(self.interpreter.value() in ("by_phone", "in_person") or self._called_at is not None)

    def _when_words(self, day: date | None) -> str:
        if day is None:
            return ""
        desk = self.seat.desk
        weekday = formats.day(day, style="weekday")
        if day != desk.today():
            return weekday
        try:
            at = parse_time(self.time.text()) if self.time.text().strip() else None
        except ValueError:
            return weekday
        now = desk.now().astimezone(desk.zone)
        typed = now.replace(hour=at.hour, minute=at.minute) if at is not None else None
        if typed is not None and abs(typed - now) <= _NOW:
            return _("{weekday}, now").format(weekday=weekday)
        return _("{weekday}, today").format(weekday=weekday)

    def _show_code(self) -> None:
        self.code.set_chip(ChipText(arrivals.next_code_shown(self.seat.desk), "outline"))

    def _read_day(self) -> Any:
        if not self.day.is_readable():
            raise Unreadable(N_("Enter a day, for example 21.11.2026, 21 Nov, t for today or +3"))
        return self.day.value()

    def _languages(self) -> frozenset[str]:
        code = self.language.value()
        return frozenset({code}) if code else frozenset()

    def _show_languages(self, codes: Any) -> None:
        self.language.set_value(next(iter(sorted(codes)), None) if codes else None)

    def _spelled_children(self) -> str | None:
        try:
            return children.spell(self.children_field.children_shown())
        except Unreadable:
            # A line half typed is no reason to lose the draft; saving says what is missing.
            return children.spell([line.kept() for line in self.children_field.lines()])

    def _show_children(self, spelled: Any) -> None:
        self.children_field.show_children(children.read(spelled) if spelled else ())

    def _show_nothing(self, value: Any) -> None:
        self.none.setChecked(bool(value))
        self.none.set_words(_("None of these"), "check" if value else "")

    def _say_nothing_seen(self) -> None:
        self._show_nothing(self.none.isChecked())
        if self.none.isChecked():
            self.flags.set_value(())

    def _show_called(self, at: time | None) -> None:
        self._called_at = at
        words = _("called {time}").format(time=at.strftime("%H:%M")) if at is not None else _("Called now")
        self.called.set_words(words, "phone")

    def _press_called(self) -> None:
        desk = self.seat.desk
        now = desk.now().astimezone(desk.zone).time().replace(second=0, microsecond=0)
        self._show_called(None if self._called_at is not None else now)


def _segments(codes: vocab.CodeList, name: str, *, not_known: bool = False) -> Segmented:
    choices = [(code.code, codes.label(code.code)) for code in codes]
    if not_known:
        choices.append((vocab.NOT_KNOWN, codes.label(vocab.NOT_KNOWN)))
    return Segmented(name, choices)


def _segment_part(segments: Segmented) -> Part:
    """Return the editor of *segments*; pressing the chosen one again takes the answer back."""
    last: list[Any] = [None]

    def put(value: Any) -> None:
        segments.set_value(value)
        last[0] = value

    part = Part(segments, segments.value, put)

    def pressed(value: Any) -> None:
        put(None if value == last[0] else value)
        part.told()

    segments.chosen.connect(pressed)
    return part


def _whole(typed: str) -> int:
    value = int(typed)
    if value < 0:
        raise ValueError(typed)
    return value
