"""Charts of a summary as pictures in the colours of the theme, with their words for who cannot see them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize

from shelterdesk import formats
from shelterdesk.documents import charts
from shelterdesk.documents.summary_charts import bars_of, line_of
from shelterdesk.i18n import _, language
from shelterdesk.summaries.table import PREVIOUS, THIS, ChartBars, ChartLine, Summary
from ui import theme
from ui.pages.drawn_chart import DrawnChart
from ui.seat import Seat

_BAR = 36
_MOST_BARS = 6


class ChartPicture(DrawnChart):
    """One chart of a summary."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._summary: Summary | None = None
        self._series: ChartBars | ChartLine | None = None

    def show_series(self, summary: Summary, series: ChartBars | ChartLine) -> None:
        """Show *series* of *summary*."""
        self._summary, self._series = summary, series
        self.setAccessibleName(_(series.label))
        self.setAccessibleDescription(in_words(summary, series))
        self.show_anew()

    def content(self) -> object:
        return self._summary is not None and (self._summary, self._series)

    def wanted_height(self) -> int:
        if self._summary is not None and isinstance(self._series, ChartBars):
            return max(3, len(_bars(self._summary, self._series))) * _BAR
        return 5 * _BAR

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(120))

    def drawing(self, palette: charts.Palette, size: charts.Size) -> Callable[[], bytes]:
        summary, series = self._summary, self._series
        assert summary is not None
        assert series is not None
        return lambda: draw(summary, series, palette, replace(size, height=max(size.height, 120)))


def draw(summary: Summary, series: ChartBars | ChartLine, palette: charts.Palette, size: charts.Size) -> bytes:
    """Return the chart as PNG."""
    if isinstance(series, ChartBars):
        return charts.bar_chart(_bars(summary, series), palette, size, formats.number)
    labels, line, capacity = line_of(series, language())
    green_first = replace(palette, series=palette.series[2:] + palette.series[:2])
    shown = capacity if series.capacity else None
    return charts.line_chart([label[:3] for label in labels], [line], shown, green_first, size)


def in_words(summary: Summary, series: ChartBars | ChartLine) -> str:
    """Return the chart in words."""
    if isinstance(series, ChartBars):
        parts = [
            f"{bar.label} {formats.number(bar.value)}" for bar in _bars(summary, series) if isinstance(bar.value, int)
        ]
    else:
        parts = [
            f"{point.month.label()} {formats.number(point.figure.value, decimals=1)}"
            for point in series.points
            if point.figure.value is not None
        ]
    return "; ".join(parts)


def _bars(summary: Summary, series: ChartBars) -> list[charts.Bar]:
    rows = summary.rows()
    counted = [rows[one] for one in series.rows if rows[one].figures[THIS].value or rows[one].figures[PREVIOUS].value]
    # The largest few can be compared at a glance; the table holds them all.
    shown = sorted(counted, key=lambda row: -(row.figures[THIS].value or 0))[:_MOST_BARS]
    return bars_of(replace(series, rows=tuple(row.id for row in shown)), summary, language())
