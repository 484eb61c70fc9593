"""What stands above and below the services of one person: the choice of period and kind, and hours by kind."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from shelterdesk import formats, vocab
from shelterdesk.documents import charts
from shelterdesk.folding import fold
from shelterdesk.i18n import N_, _
from shelterdesk.service_history import PERIODS, History, KindTotal
from ui import theme
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


class KindsChart(QWidget):
    """Bars of hours, drawn by the worker and drawn anew when width or theme change."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._kinds: tuple[KindTotal, ...] = ()
        self._picture = QPixmap()
        self._drawn: object = None
        self.setAccessibleName(_("Time by kind"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self._draw)

    def show_kinds(self, kinds: Sequence[KindTotal]) -> None:
        """Show *kinds*, the longest first."""
        self._kinds = tuple(kinds)
        self.setAccessibleDescription(", ".join(f"{bar.label} {_hours(bar.value)}" for bar in self._bars()))
        self.updateGeometry()
        self._draw()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), theme.px(max(2, len(self._kinds)) * _BAR))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._picture.isNull():
            QPainter(self).drawPixmap(self.rect(), self._picture)

    def _bars(self) -> list[charts.Bar]:
        return [charts.Bar(vocab.SERVICE_KINDS.label(one.kind), one.minutes / 60) for one in self._kinds]

    def _draw(self) -> None:
        wanted = (self.width(), self.height(), self.devicePixelRatioF(), theme.current().dark, self._kinds)
        if not self._kinds or wanted == self._drawn or self.width() < 80 or not self.isVisible():
            return
        self._drawn = wanted
        tokens, bars = theme.current(), self._bars()
        palette = charts.Palette(
            series=theme.chart_colors(),
            text=tokens.text,
            muted=tokens.muted,
            axis=tokens.btnborder,
            grid=tokens.soft,
            mark=tokens.text,
            hidden=tokens.border,
        )
        ratio = self.devicePixelRatioF()
        size = charts.Size(self.width(), self.height(), ratio, 9.0 * theme.scale())
        self._seat.in_background(
            lambda _task: charts.bar_chart(bars, palette, size, _hours), lambda png: self._take(png, ratio), owner=self
        )

    def _take(self, png: bytes, ratio: float) -> None:
        picture = QPixmap()
        picture.loadFromData(png)
        picture.setDevicePixelRatio(ratio)
        self._picture = picture
        self.update()
