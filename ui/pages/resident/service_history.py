"""What stands above and below the services of one person: the choice of period and kind, and hours by kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelterdesk import formats, vocab
from shelterdesk.documents import charts
from shelterdesk.folding import fold
from shelterdesk.i18n import N_, _
from shelterdesk.service_history import PERIODS, History, KindTotal
from ui.pages.drawn_chart import DrawnChart
from ui.seat import Seat
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.choice_field import ChoiceField
from ui.widgets.segmented import Segmented
from ui.widgets.table_view import Cell, Column, TableRow, TableView
from ui.widgets.text import Words

TIMELINE, TABLE = "timeline", "table"
_BAR = 30
_MOST_BARS = 8
_HOUR = N_("{hours} h")


def _hours(value: charts.Figure) -> str:
    hours = value if isinstance(value, int | float) else 0
    return _(_HOUR).format(hours=formats.number(hours, decimals=0 if hours == int(hours) else 1))


class HistoryBar(QWidget):
    """``changed`` fires when something else is picked, ``print_wanted`` for the report."""

    changed = Signal()
    print_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("history_bar")
        self.way = Segmented(_("Show as"), [(TIMELINE, _("Timeline")), (TABLE, _("Table"))], TIMELINE)
        self.period = ChoiceField(_("Period"), [(code, _(words)) for code, words in PERIODS], "all")
        self.period.setObjectName("history_period")
        families = [(code.code, _(code.label)) for code in vocab.SERVICE_FAMILIES]
        self.family = ChoiceField(_("Kind of service"), [("", _("All kinds")), *families], "", fold=fold)
        self.family.setObjectName("history_family")
        self.print_button = Button(_("Report…"), "printer")
        self.print_button.setObjectName("print_report")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.way, self.period, self.family):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.print_button)
        self.way.chosen.connect(lambda _value: self.changed.emit())
        self.period.chosen.connect(lambda _value: self.changed.emit())
        self.family.chosen.connect(lambda _value: self.changed.emit())
        self.print_button.clicked.connect(self.print_wanted.emit)

    def families(self) -> frozenset[str]:
        """Return the family that is picked; nothing for all."""
        return frozenset({self.family.value()} if self.family.value() else ())


class HoursCard(Card):
    """Hours by kind: a chart, and beneath it the same as a table."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(_("Time by kind"))
        self.setObjectName("hours_by_kind")
        self.money = Words("", tone="muted", wrap=True)
        self.money.setObjectName("money_so_far")
        self.chart = KindsChart(seat)
        self.table = TableView(
            _("Time by kind"),
            (
                Column(_("Service"), 4),
                Column(_("Times"), width=80, number=True),
                Column(_("Time"), width=120, number=True),
            ),
            fits=True,
        )
        self.table.setObjectName("kinds")
        self.add(self.money)
        self.add(self.chart, above=4)
        self.add(self.table, inset=1, above=8)
        self.end(8)

    def show_history(self, history: History) -> None:
        """Show what *history* adds up to."""
        timed = [one for one in history.kinds if one.minutes]
        self.chart.setVisible(bool(timed))
        self.chart.show_kinds(timed[:_MOST_BARS])
        rows = [
            TableRow(
                one.kind,
                (
                    Cell(vocab.SERVICE_KINDS.label(one.kind)),
                    Cell(formats.number(one.times)),
                    Cell(formats.duration(one.minutes) if one.minutes else "–", tint="muted"),
                ),
            )
            for one in history.kinds
        ]
        self.table.set_content(rows)
        self.set_aside(formats.duration(history.minutes) if history.minutes else "")
        money = ", ".join(one.words() for one in history.money)
        self.money.setText(_("Things and money: {sum}").format(sum=money) if money else "")
        self.money.setVisible(bool(money))


class KindsChart(DrawnChart):
    """Bars of hours."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._kinds: tuple[KindTotal, ...] = ()
        self.setAccessibleName(_("Time by kind"))

    def show_kinds(self, kinds: Sequence[KindTotal]) -> None:
        """Show *kinds*, the longest first."""
        self._kinds = tuple(kinds)
        self.setAccessibleDescription(", ".join(f"{bar.label} {_hours(bar.value)}" for bar in self._bars()))
        self.show_anew()

    def content(self) -> object:
        return self._kinds

    def wanted_height(self) -> int:
        return max(2, len(self._kinds)) * _BAR

    def drawing(self, palette: charts.Palette, size: charts.Size) -> Callable[[], bytes]:
        bars = self._bars()
        return lambda: charts.bar_chart(bars, palette, size, _hours)

    def _bars(self) -> list[charts.Bar]:
        return [charts.Bar(vocab.SERVICE_KINDS.label(one.kind), one.minutes / 60) for one in self._kinds]
