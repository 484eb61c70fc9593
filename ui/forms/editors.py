"""One editor for each kind of field. An editor reads and shows values; labels and problems are the row's."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time
from typing import Any, Protocol

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from shelterdesk import formats
from shelterdesk.day_texts import parse_day, parse_partial
from shelterdesk.fields import Field, Kind
from shelterdesk.folding import fold
from shelterdesk.i18n import N_, _
from shelterdesk.partial_date import PartialDate
from shelterdesk.vocab import CodeList
from ui import theme
from ui.forms.choices_field import ChoicesField
from ui.seat import Seat
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.segmented import Segmented
from ui.widgets.text import Words
from ui.widgets.text_area import TextArea

_SEGMENTS = 4
_WIDE_TEXT_EM = 60


class Unreadable(ValueError):
    """What was typed cannot be read; ``message`` is a message id for the field's row."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Editor(Protocol):
    """What a form needs of the widget for a field."""

    widget: QWidget
    fills: bool
    """True where the widget takes the whole width of the form."""

    def value(self) -> Any:
        """Return what stands there, None for nothing. Raises Unreadable."""
        ...

    def set_value(self, value: Any) -> None:
        """Show *value* without telling anybody."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call *listener* whenever a person changed something."""
        ...


class LineEditor:
    """One line of text, read by *parse* and spelled by *show*."""

    fills = False

    def __init__(
        self,
        field: Field,
        width_em: int,
        *,
        parse: Callable[[str], Any] = str,
        show: Callable[[Any], str] = str,
        unreadable: str = "",
        unit: str = "",
        note: Callable[[Any], str] | None = None,
    ) -> None:
        self._parse, self._show, self._unreadable, self._note = parse, show, unreadable, note
        self.line = QLineEdit()
        self.line.setPlaceholderText(_(field.example) if field.example else "")
        if width_em >= _WIDE_TEXT_EM:
            self.fills = True
        else:
            self.line.setFixedWidth(round(width_em * theme.px(13) * 0.72) + 24)
        self.widget: QWidget = self.line
        self._words = Words("", tone="muted")
        if unit or note is not None:
            self.widget = QWidget()
            row = QHBoxLayout(self.widget)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(self.line)
            self._words.setText(unit)
            row.addWidget(self._words)
            row.addStretch(1)
            self.widget.setFocusProxy(self.line)
        if note is not None:
            self.line.editingFinished.connect(self._read_back)

    def value(self) -> Any:
        typed = self.line.text().strip()
        if not typed:
            return None
        try:
            return self._parse(typed)
        except ValueError as error:
            raise Unreadable(self._unreadable) from error

    def set_value(self, value: Any) -> None:
        self.line.setText("" if value is None else self._show(value))
        self.line.setCursorPosition(0)
        self._read_back()

    def on_change(self, listener: Callable[[], None]) -> None:
        self.line.textEdited.connect(lambda _text: listener())

    def _read_back(self) -> None:
        if self._note is None:
            return
        try:
            value = self.value()
        except Unreadable:
            value = None
        self._words.setText("" if value is None else self._note(value))


class AreaEditor:
    """Several lines of plain text."""

    fills = True

    def __init__(self, field: Field) -> None:
        ghost = " ".join(_(line) for line in field.lines) or (_(field.example) if field.example else "")
        self.area = TextArea(_(field.label), ghost)
        self.widget: QWidget = self.area

    def value(self) -> Any:
        return self.area.text().strip() or None

    def set_value(self, value: Any) -> None:
        self.area.set_text(value or "")

    def on_change(self, listener: Callable[[], None]) -> None:
        self.area.textChanged.connect(listener)


class DayEditor:
    """A typed day with a calendar and the weekday beside it."""

    fills = False

    def __init__(self, field: Field, seat: Seat) -> None:
        desk = seat.desk

        def beside(value: Any) -> str:
            weekday = formats.day(value, style="weekday")
            today = desk.today()
            return _("{weekday}, today").format(weekday=weekday) if value == today else weekday

        self.date = DateField(
            _(field.label),
            lambda typed: parse_day(typed, desk.today()),
            lambda value: formats.day(value, style="numeric"),
            desk.today,
            note=beside,
        )
        self.widget: QWidget = self.date

    def value(self) -> Any:
        if not self.date.is_readable():
            raise Unreadable(N_("Enter a day, for example 21.11.2026, 21 Nov, t for today or +3"))
        return self.date.value()

    def set_value(self, value: Any) -> None:
        self.date.set_value(value)

    def on_change(self, listener: Callable[[], None]) -> None:
        self.date.changed.connect(lambda _value: listener())
        self.date.line.textEdited.connect(lambda _text: listener())


class ChoiceEditor:
    """One of many."""

    fills = False

    def __init__(self, field: Field, choices: list[tuple[Any, str]]) -> None:
        nothing = "" if field.required else _("Not asked yet")
        self.choice = ChoiceField(_(field.label), [(None, nothing), *choices], fold=fold)
        self.choice.setMinimumWidth(theme.px(320))
        self.widget: QWidget = self.choice

    def value(self) -> Any:
        return self.choice.value()

    def set_value(self, value: Any) -> None:
        self.choice.set_value(value)

    def on_change(self, listener: Callable[[], None]) -> None:
        self.choice.chosen.connect(lambda _value: listener())


class SegmentEditor:
    """One of a few, side by side; pressing the chosen one again takes the answer back where one is not needed."""

    fills = False

    def __init__(self, field: Field, choices: list[tuple[Any, str]]) -> None:
        self.segments = Segmented(_(field.label), choices)
        self.widget: QWidget = self.segments
        self._clearable = not field.required
        self._last: Any = None
        self._listeners: list[Callable[[], None]] = []
        self.segments.chosen.connect(self._chosen)

    def value(self) -> Any:
        return self.segments.value()

    def set_value(self, value: Any) -> None:
        self.segments.set_value(value)
        self._last = value

    def on_change(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def _chosen(self, value: Any) -> None:
        if self._clearable and value == self._last:
            self.segments.set_value(None)
            value = None
        self._last = value
        for listener in self._listeners:
            listener()


class ChoicesEditor:
    """Several of many, as chips."""

    fills = True

    def __init__(self, field: Field, codes: CodeList, *, all_words: str = "") -> None:
        choices = [(code.code, codes.label(code.code)) for code in codes]
        self.field = ChoicesField(_(field.label), choices, all_words=all_words)
        self.widget: QWidget = self.field

    def value(self) -> Any:
        return self.field.value()

    def set_value(self, value: Any) -> None:
        self.field.set_value(value or frozenset())

    def on_change(self, listener: Callable[[], None]) -> None:
        self.field.changed.connect(listener)


def editor_for(field: Field, seat: Seat) -> Editor:
    """Return a new editor for *field*."""
    match field.kind:
        case Kind.LONG_TEXT:
            return AreaEditor(field)
        case Kind.DAY:
            return DayEditor(field, seat)
        case Kind.CHOICE:
            return _choice(field)
        case Kind.CHOICES:
            assert field.choices is not None
            return ChoicesEditor(field, field.choices)
        case Kind.FLAG:
            return SegmentEditor(field, [(True, _("Yes")), (False, _("No"))])
        case Kind.LINK:
            names = sorted(seat.names(field.target).items(), key=lambda one: one[1].casefold())
            return ChoiceEditor(field, names)
        case _:
            return _line(field, seat)


def _choice(field: Field) -> Editor:
    assert field.choices is not None
    choices: list[tuple[Any, str]] = [(code.code, field.choices.label(code.code)) for code in field.choices]
    if len(choices) <= _SEGMENTS:
        return SegmentEditor(field, choices)
    return ChoiceEditor(field, choices + [(code.code, _(code.label)) for code in field.choices.reserved])


def _line(field: Field, seat: Seat) -> Editor:
    match field.kind:
        case Kind.PARTIAL_DATE:
            return LineEditor(
                field,
                14,
                parse=lambda typed: _partial(typed, seat),
                show=spell_partial,
                unreadable=N_("Enter a year, a month or a day, for example 1994, May 1994 or 21.05.1994"),
                note=formats.partial,
            )
        case Kind.TIME:
            return LineEditor(
                field,
                7,
                parse=parse_time,
                show=lambda value: value.strftime("%H:%M"),
                unreadable=N_("Enter a time, for example 10:00 or 930"),
            )
        case Kind.MINUTES:
            return minutes_line(field, _("minutes"))
        case Kind.NUMBER:
            return LineEditor(field, 8, parse=int, unreadable=N_("Enter a whole number"))
        case Kind.MONEY:
            return money_line(field)
        case _:
            return LineEditor(field, field.width or 28)


def _partial(typed: str, seat: Seat) -> PartialDate:
    value = parse_partial(typed, seat.desk.today())
    if value is None:
        raise ValueError(typed)
    return value


def spell_partial(value: PartialDate) -> str:
    """Spell a partial date as it may be typed."""
    about = "~" if value.about else ""
    if value.month is None:
        return f"{about}{value.year}"
    if value.day is None:
        return f"{about}{value.month:02d}.{value.year}"
    return f"{about}{value.day:02d}.{value.month:02d}.{value.year}"


def _minutes(typed: str) -> int:
    value = formats.parse_minutes(typed)
    if value is None:
        raise ValueError(typed)
    return value


def minutes_line(field: Field, unit: str = "") -> LineEditor:
    """Return an editor for a length of time, with its *unit* beside it where there is room."""
    unreadable = N_("Enter minutes, for example 50, or 1:30")
    return LineEditor(field, 5, parse=_minutes, unreadable=unreadable, unit=unit)


def money_line(field: Field, note: Callable[[Any], str] | None = None) -> LineEditor:
    """Return an editor for an amount; with *note* there is room beside it, as for its money."""
    unreadable = N_("Enter an amount, for example 40 or 12.50")
    return LineEditor(field, 8, parse=_hundredths, show=formats.amount, unreadable=unreadable, note=note)


def _hundredths(typed: str) -> int:
    # Every money that is offered has two decimals, so which of them it is does not matter for reading it.
    value = formats.parse_money(typed, "AZN")
    if value is None:
        raise ValueError(typed)
    return value


def parse_time(typed: str) -> time:
    """Read «10:00», «10.00», «930», «9». Raises ValueError."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.\s]?(\d{2}))?", typed.strip())
    if found is None:
        raise ValueError(typed)
    return time(int(found[1]), int(found[2] or 0))
