"""The charts of a summary as pictures with their words. What is hidden in the tables is hidden here."""

from __future__ import annotations

from shelterdesk import formats
from shelterdesk.documents import charts
from shelterdesk.documents.charts import Bar, Capacity, Hidden, Palette, Series, Size
from shelterdesk.i18n import N_, ngettext, text
from shelterdesk.summaries.table import PREVIOUS, THIS, ChartBars, ChartLine, Figure, Summary
from shelterdesk.summaries.words import figure_words

_PAPER_WIDTH = 640
_PAPER_SCALE = 2.0
_LINE_HEIGHT = 210
_BAR_HEIGHT, _BARS_MARGIN = 30, 24


def bars_of(series: ChartBars, summary: Summary, language: str) -> list[Bar]:
    """Return the bars with the period before as their mark; a hidden period before has no mark."""
    rows = summary.rows()
    found: list[Bar] = []
    for row_id in series.rows:
        row = rows[row_id]
        before = row.figures[PREVIOUS]
        found.append(
            Bar(
                text(row.label, language),
                _drawn(row.figures[THIS], language),
                None if before.cover else before.value,
            )
        )
    return found


def line_of(series: ChartLine, language: str) -> tuple[tuple[str, ...], Series, Capacity | None]:
    """Return the names of the months, the line, and the level of the capacity."""
    labels = tuple(formats.month_name(point.month.first, language) for point in series.points)
    last = series.points[-1].figure if series.points else Figure(None, None)
    end = ""
    if not last.cover and last.value is not None:
        end = text(N_("{n} used"), language, n=figure_words(last, series.unit, language))
    line = Series(text(series.label, language), tuple(_drawn(point.figure, language) for point in series.points), end)
    if series.capacity is None:
        return labels, line, None
    return labels, line, Capacity(series.capacity, ngettext("{n} bed", "{n} beds", series.capacity, language))


def bars_picture(
    series: ChartBars, summary: Summary, language: str, palette: Palette | None = None, size: Size | None = None
) -> tuple[bytes, str]:
    """Return the picture and what it shows in words."""
    bars = bars_of(series, summary, language)
    size = size or Size(_PAPER_WIDTH, _BARS_MARGIN + _BAR_HEIGHT * len(bars), _PAPER_SCALE)

    def show(value: float) -> str:
        return formats.number(value, language)

    words = charts.bars_in_words(text(series.label, language), bars, language, show)
    return charts.bar_chart(bars, palette, size, show), words


def line_picture(
    series: ChartLine, language: str, palette: Palette | None = None, size: Size | None = None
) -> tuple[bytes, str]:
    """Return the picture and what it shows in words."""
    labels, line, capacity = line_of(series, language)
    size = size or Size(_PAPER_WIDTH, _LINE_HEIGHT, _PAPER_SCALE)

    def axis(value: float) -> str:
        return formats.number(value, language)

    def show(value: float) -> str:
        return formats.number(value, language, 1)

    words = charts.line_in_words(line.name, labels, line, language, show)
    return charts.line_chart(labels, [line], capacity, palette, size, axis), words


def _drawn(figure: Figure, language: str) -> charts.Figure:
    return Hidden(text(figure.cover, language)) if figure.cover else figure.value
