"""What of the log is shown: whose record, by whom, what was done, to what, on which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from shelterdesk import formats, log_families
from shelterdesk.day_texts import parse_day
from shelterdesk.folding import fold, sort_key
from shelterdesk.i18n import N_, _, language
from shelterdesk.log_words import KINDS
from shelterdesk.record_log import LogFilter
from shelterdesk.schema.acts import Act
from ui import theme
from ui.seat import Seat, person_words
from ui.widgets.buttons import LinkButton
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField
from ui.widgets.flow import Flow
from ui.widgets.text import Words

_WIDTH: Final = 164
_WIDEST: Final = 420
_FROM_TO: Final = "from_to"
_DAYS: Final = (
    ("", N_("Any day")),
    ("today", N_("Today")),
    ("week", N_("Last 7 days")),
    ("month", N_("Last 30 days")),
    ("year", N_("This year")),
    (_FROM_TO, N_("From … to …")),
)


class LogFilters(QWidget):
    """``changed`` fires when a person chose something else."""

    changed = Signal()

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self.seat = seat
        self.setAccessibleName(_("Show"))
        self.person = _choice("log_person", _("Whose record"), [(None, _("Every record"))])
        self.member = _choice("log_member", _("Who"), [(None, _("Everybody"))])
        self.act = _choice("log_act", _("What was done"), _acts())
        self.kind = _choice("log_kind", _("Kind of record"), _kinds())
        self.days = _choice("log_days", _("Days"), [(key, _(words)) for key, words in _DAYS])
        self.first, self.last = self._day(_("From")), self._day(_("To"))
        self.between = QWidget()
        row = QHBoxLayout(self.between)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.first)
        row.addWidget(Words("–", tone="muted"))
        row.addWidget(self.last)
        self.clear = LinkButton(_("Show everything"), "x")
        self.clear.setObjectName("log_clear")
        flow = Flow(self)
        for widget in (self.person, self.member, self.act, self.kind, self.days, self.between, self.clear):
            flow.addWidget(widget)
        for choice in (self.person, self.member, self.act, self.kind, self.days):
            choice.chosen.connect(lambda _value: self._tell())
        for day in (self.first, self.last):
            day.changed.connect(lambda _value: self._tell())
        self.clear.clicked.connect(self.show_everything)
        seat.index_ready.connect(self.offer)
        self._show_what_fits()

    def wanted(self) -> LogFilter:
        """Return what is chosen."""
        first, last = self._span()
        return LogFilter(
            self.person.value(),
            self.kind.value() or "",
            self.act.value() or frozenset(),
            self.member.value(),
            first,
            last,
        )

    def offer(self) -> None:
        """Offer the people on file and the colleagues of today; what is chosen stays."""
        self.person.set_choices([(None, _("Every record")), *self._people()], self.person.value())
        names = self.seat.names("member")
        staff = sorted(((one, self.seat.masked(name)) for one, name in names.items()), key=_by_words)
        self.member.set_choices([(None, _("Everybody")), *staff], self.member.value())

    def show_only(self, person_id: UUID | None = None, acts: frozenset[str] | None = None) -> None:
        """Choose a person or some acts, and nothing else, without telling anybody."""
        for choice in (self.person, self.member, self.act, self.kind, self.days):
            choice.setCurrentIndex(0)
        self.person.set_value(person_id)
        if acts is not None:
            self.act.set_value(acts)
        self._show_what_fits()

    def show_everything(self) -> None:
        """Take every choice back."""
        self.show_only()
        self.changed.emit()

    def _tell(self) -> None:
        self._show_what_fits()
        self.changed.emit()

    def _show_what_fits(self) -> None:
        self.between.setVisible(self.days.value() == _FROM_TO)
        self.clear.setVisible(self.wanted() != LogFilter())
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        self.updateGeometry()

    def _people(self) -> list[tuple[Any, str]]:
        entries = self.seat.index.entries
        if self.seat.visitor:
            return sorted(((one.id, one.code) for one in entries), key=_by_words)
        return sorted(((one.id, person_words(one.name, one.code)) for one in entries), key=_by_words)

    def _span(self) -> tuple[date | None, date | None]:
        today = self.seat.desk.today()
        match self.days.value():
            case "today":
                return today, today
            case "week":
                return today - timedelta(days=6), today
            case "month":
                return today - timedelta(days=29), today
            case "year":
                return date(today.year, 1, 1), today
            case "from_to":
                return self.first.value(), self.last.value()
            case _:
                return None, None

    def _day(self, name: str) -> DateField:
        desk = self.seat.desk
        return DateField(
            name,
            lambda typed: parse_day(typed, desk.today()),
            lambda value: formats.day(value, style="numeric"),
            desk.today,
        )


def _by_words(one: tuple[Any, str]) -> Any:
    return sort_key(one[1], language())


def _choice(name: str, label: str, choices: Sequence[tuple[Any, str]]) -> ChoiceField:
    field = ChoiceField(label, choices, choices[0][0], fold=fold)
    field.setObjectName(name)
    field.setToolTip(label)
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.setFixedWidth(theme.px(_WIDTH))
    longest = max(field.fontMetrics().horizontalAdvance(words) for _value, words in choices)
    field.view().setMinimumWidth(min(longest + 40, theme.px(_WIDEST)))
    return field


def _acts() -> list[tuple[Any, str]]:
    """Offer families of acts, then each act by itself."""
    families = [(family.acts, family.words()) for family in log_families.FAMILIES]
    single = sorted(((frozenset({act.code}), act.label()) for act in Act), key=_by_words)
    return [(frozenset(), _("Everything")), *families, *((acts, f"   {words}") for acts, words in single)]


def _kinds() -> list[tuple[Any, str]]:
    return [("", _("Every kind")), *sorted(((kind, _(words)) for kind, words in KINDS.items()), key=_by_words)]
