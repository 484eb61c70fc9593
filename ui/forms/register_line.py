"""One line to write services down in, one after another: Enter saves, and the next begins with the person."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from shelterdesk import catalogue, help_given, services
from shelterdesk.drafts import Draft
from shelterdesk.errors import Problem, Problems
from shelterdesk.fields import Field
from shelterdesk.folding import fold, sounds
from shelterdesk.i18n import N_, _
from shelterdesk.members import colleagues
from shelterdesk.services import Service
from ui import theme
from ui.forms.chosen import ChosenEditor, supported_people
from ui.forms.editors import DayEditor, Editor, LineEditor, minutes_line, money_line
from ui.forms.record_form import RecordForm
from ui.forms.service_editors import kinds_to_choose, select_when_entered, typed_in
from ui.forms.service_form import PERSON
from ui.seat import Seat
from ui.widgets.form_row import FormRow, FormRows, LineBelow
from ui.widgets.type_ahead import TypeAhead

ASKED: Final = ("given_on", "person_id", "kind", "minutes", "amount", "given_by", "outcome", "team_note")
_WIDTHS: Final = {
    "service.given_on": (128, 0),
    "service.person": (184, 3),
    "service.kind": (160, 4),
    "service.minutes": (58, 0),
    "service.amount": (72, 0),
    "service.given_by": (128, 2),
    "service.outcome": (148, 0),
    "service.team_note": (100, 3),
}
"""Field → the width it needs, and its share of what is left."""
_GAP: Final = 8
_BREAK: Final = 2
"""In two lines the first ends after the kind."""
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def _narrow(made: LineEditor) -> LineEditor:
    made.line.setMinimumWidth(0)
    made.line.setMaximumWidth(16777215)
    made.fills = True
    select_when_entered(made.line)
    return made


class RegisterLine(RecordForm):
    """The line. ``save_wanted`` fires on Enter; the draft of an unfinished line goes on in the form of a service."""

    save_wanted = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat, Service, (), headings=False)
        self.setObjectName("register_line")
        self._proposed: int | None = None
        self.extra = (PERSON,)
        fields = {field.attribute: field for field in seat.desk.writable(seat.desk.fields(Service))}
        fields["person_id"] = PERSON
        for attribute in ASKED:
            if attribute in fields:
                field = fields[attribute]
                row = self.add_editor(field, self.make_editor(field), _(field.label))
                # Day, kind and outcome are filled in from the start, so they need not be called needed.
                row.label.setText(_(field.label))
                row.set_help("")
        self.editor("person_id").on_change(self._take_person)
        self.editor("kind").on_change(self._follow_kind)
        # A choice passes its keys to its line by itself, so both are listened to.
        for one in (*self.findChildren(QLineEdit), *self.findChildren(TypeAhead)):
            one.installEventFilter(self)
        self.begin_anew()

    def make_rows(self) -> FormRows:
        return _OneLine(self)

    def make_editor(self, field: Field) -> Editor:
        match field.attribute:
            case "person_id":
                return _Typed(field, supported_people(self.seat))
            case "kind":
                return _Typed(field, kinds_to_choose(self.seat))
            case "given_by":
                staff = [(who.id, who.name) for who in colleagues(self.seat.desk)]
                return _Typed(field, staff, _("Nobody who works here"))
            case "outcome":
                assert field.choices is not None
                return _Typed(field, [(code.code, _(code.label)) for code in field.choices])
            case "given_on":
                day = DayEditor(field, self.seat)
                day.date.note.hide()
                return day
            case "minutes":
                return _narrow(minutes_line(field))
            case "amount":
                return _narrow(money_line(field))
            case _:
                return _narrow(LineEditor(field, 10))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            self.save_wanted.emit()
            return True
        return super().eventFilter(watched, event)

    # --- values ------------------------------------------------------------------------------------------------

    def begin_anew(self, *, keep: bool = False) -> None:
        """Empty the line; with *keep* day, kind and colleague carry over to the next."""
        kept = {name: typed_in(self.editor(name)) for name in ("given_on", "kind", "given_by")} if keep else {}
        last = None if keep else services.last_given(self.seat.desk)
        values: dict[str, Any] = dict.fromkeys(ASKED) | {
            "given_on": self.seat.desk.today(),
            "kind": last.kind if last is not None else None,
            "given_by": self.seat.desk.me.id,
            "outcome": "took_place",
        }
        self.load_values(values | kept)
        self.person_id = None
        self._proposed = None
        self._follow_kind()

    def begin(self) -> None:
        """Put the keyboard to the person: the day carries over and is right most of the time."""
        self.row("person_id").editor.setFocus(Qt.FocusReason.TabFocusReason)

    def offer_anew(self) -> None:
        """Offer who is supported and which kinds are given now; what was chosen stays."""
        person, kind = self.editor("person_id"), self.editor("kind")
        assert isinstance(person, ChosenEditor)
        assert isinstance(kind, ChosenEditor)
        person.offer(supported_people(self.seat))
        kind.offer(kinds_to_choose(self.seat))

    def load_draft(self, draft: Draft) -> None:
        super().load_draft(draft)
        self._follow_kind()

    def store(self) -> Service:
        """Save the line. Raises Problems."""
        values = self.values()
        values.pop("person_id", None)
        if self.person_id is None:
            raise Problems([Problem(PERSON.id, N_("Choose whose service it was"))])
        last = services.last_given(self.seat.desk)
        values["project_id"] = last.project_id if last is not None else None
        values["form"] = "one_person"
        return services.add_service(self.seat.desk, self.person_id, record_id=self.target_id, **values)

    def _take_person(self) -> None:
        self.person_id = self.editor("person_id").value()

    def _follow_kind(self) -> None:
        kind = self.editor("kind").value()
        if self.has("minutes") and typed_in(self.editor("minutes")) in (None, self._proposed):
            self._proposed = catalogue.entry(self.seat.desk, kind).minutes if kind else None
            self.editor("minutes").set_value(self._proposed)
        helps = help_given.is_help(kind)
        if self.has("amount") and self.has("minutes"):
            # Things and money take no time worth writing down, so the amount stands where the minutes stood.
            said = typed_in(self.editor("amount")) is not None
            self.row("amount").setVisible(helps or said)
            self.row("minutes").setVisible(not helps)


class _Typed(ChosenEditor):
    """A choice by its first letters; Enter in what was found goes on to the next field."""

    def __init__(self, field: Field, choices: list[tuple[Any, str]], nothing: str | None = None) -> None:
        self._nothing = nothing
        self._all = choices
        self.choice = TypeAhead(_(field.label), fold=fold, heard=sounds)
        self.choice.setSizeAdjustPolicy(TypeAhead.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(4)
        self.offer(choices)
        self.choice.taken.connect(self.choice.focusNextChild)
        self.fills = True
        self.widget: QWidget = self.choice


class _OneLine(FormRows):
    """Fields side by side with their labels above, in a narrow window in two lines; what is wrong is said below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = [QBoxLayout(QBoxLayout.Direction.LeftToRight) for _number in range(2)]
        for line in self._lines:
            line.setSpacing(_GAP)
            self._layout.addLayout(line)
        self._below = LineBelow(self)
        self._layout.addWidget(self._below)
        self._below.hide()
        self._broken = False

    def add_row(self, row: FormRow) -> FormRow:
        row.setParent(self)
        self._rows.append(row)
        row.tell_elsewhere(self._say_problems)
        self._arrange()
        return row

    def minimumSizeHint(self) -> QSize:
        half = sum(theme.px(_WIDTHS.get(row.objectName(), (100, 1))[0]) + _GAP for row in self._rows[:4])
        return QSize(half, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        QWidget.resizeEvent(self, event)
        needed = sum(theme.px(_WIDTHS.get(row.objectName(), (100, 1))[0]) + _GAP for row in self._rows)
        broken = self.width() < needed - theme.px(_WIDTHS["service.amount"][0])
        if broken != self._broken:
            self._broken = broken
            self._arrange()

    def _say_problems(self) -> None:
        """Say what is to be changed below the line: a field of one word has no room for a sentence."""
        found = [row.problem() for row in self._rows if row.problem()]
        self._below.say("  ·  ".join(found), wrong=bool(found))

    def field_column(self) -> int:
        return 0

    def _arrange(self) -> None:
        for line in self._lines:
            while line.takeAt(0) is not None:
                pass
        for number, row in enumerate(self._rows):
            width, share = _WIDTHS.get(row.objectName(), (100, 1))
            row.set_above(above=True)
            row.setMinimumWidth(theme.px(width))
            row.setMaximumWidth(theme.px(width) if not share else 16777215)
            line = self._lines[1 if self._broken and number > _BREAK else 0]
            line.addWidget(row, share, Qt.AlignmentFlag.AlignTop)
        self.updateGeometry()

    def _align(self) -> None:
        for row in self._rows:
            row.set_above(above=True)
