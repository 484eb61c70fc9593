"""Charts of a summary as pictures in the colours of the theme, with their words for who cannot see them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from shelterdesk import formats
from shelterdesk.documents import charts
from shelterdesk.documents.summary_charts import bars_of, line_of
from shelterdesk.i18n import _, language
from shelterdesk.summaries.table import PREVIOUS, THIS, ChartBars, ChartLine, Summary
from ui import theme
from ui.seat import Seat

_BAR = 36
_MOST_BARS = 6


class ChartPicture(QWidget):
    """One chart, drawn by the worker for the width at hand and drawn anew when width or theme change."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._summary: Summary | None = None
        self._series: ChartBars | ChartLine | None = None
        self._picture = QPixmap()
        self._drawn = (0, 0, 0.0, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self._draw)

    def show_series(self, summary: Summary, series: ChartBars | ChartLine) -> None:
        """Show *series* of *summary*."""
        self._summary, self._series = summary, series
        self.setAccessibleName(_(series.label))
        self.setAccessibleDescription(in_words(summary, series))
        self._drawn = (0, 0, 0.0, False)
        self.updateGeometry()
        self._draw()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._picture.isNull():
            # Until the picture for a new size is there, the old one is stretched rather than cut off.
            QPainter(self).drawPixmap(self.rect(), self._picture)

    def _wanted_height(self) -> int:
        if self._summary is not None and isinstance(self._series, ChartBars):
            return theme.px(max(3, len(_bars(self._summary, self._series))) * _BAR)
        return theme.px(5 * _BAR)

    def _draw(self) -> None:
        summary, series = self._summary, self._series
        wanted = (self.width(), self.height(), self.devicePixelRatioF(), theme.current().dark)
        if summary is None or series is None or wanted == self._drawn or self.width() < 80:
            return
        self._drawn = wanted
        palette = palette_of_theme()
        size = charts.Size(wanted[0], max(wanted[1], 120), wanted[2], 9.0 * theme.scale())
        self._seat.in_background(
            lambda _task: draw(summary, series, palette, size), lambda png: self._take(png, wanted[2]), owner=self
        )

    def _take(self, png: bytes, ratio: float) -> None:
        picture = QPixmap()
        picture.loadFromData(png)
        picture.setDevicePixelRatio(ratio)
        self._picture = picture
        self.update()


def palette_of_theme() -> charts.Palette:
    """Return the colours of the theme for a chart."""
    tokens = theme.current()
    return charts.Palette(
        series=theme.chart_colors(),
        text=tokens.text,
        muted=tokens.muted,
        axis=tokens.btnborder,
        grid=tokens.soft,
        mark=tokens.text,
        hidden=tokens.border,
    )


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
