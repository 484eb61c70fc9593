"""Charts as PNG: bars with the previous period as a tick mark, and lines with their names at the end.

A hidden value is drawn as a hatched stub of one fixed length with its word beside it, and takes no part in the
scale, so that no length gives it away. Lengths are logical pixels at 100 dots per inch; *scale* multiplies dots.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shelterdesk.documents.drawing import Canvas
from shelterdesk.i18n import N_, text

_MARKERS = ("o", "s", "^", "D", "v", "P")
_STUB = 0.09
"""Length of a hidden bar as part of the axis."""

# Logical pixels.
_PAD = 4.0
_LABEL_GAP = 10.0
_NUMBER_GAP = 7.0
_TICK_GAP = 8.0
_THIN = 1.1
_MOST_LABEL = 0.55
"""Part of the width that the labels of bars may take."""
_SIDE = 0.25
"""Free space beside the first and the last place of a line, as part of the way from one to the next."""
_ABOVE = 1.08
"""How much higher than the highest mark a line chart goes."""


@dataclass(frozen=True)
class Hidden:
    """Stands in place of a figure that may not be shown; ``word`` is «<5» or «hidden»."""

    word: str


Figure = float | int | Hidden | None
"""None means nothing was counted, which is not the same as 0."""


@dataclass(frozen=True)
class Palette:
    """Colours of one scheme as #RRGGBB, passed in by whoever draws; ``series`` begins with the main colour."""

    series: tuple[str, ...] = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
    text: str = "#1D2730"
    muted: str = "#566470"
    axis: str = "#BEC8CE"
    grid: str = "#E6EBED"
    mark: str = "#1D2730"
    hidden: str = "#8A949B"


@dataclass(frozen=True)
class Bar:
    label: str
    value: Figure
    before: Figure = None


@dataclass(frozen=True)
class Series:
    name: str
    values: tuple[Figure, ...]
    end_label: str = ""
    """What stands at the end of the line in place of the name, such as «10.3 used»."""


@dataclass(frozen=True)
class Capacity:
    value: float
    label: str


@dataclass(frozen=True)
class Size:
    width: int = 440
    height: int = 210
    scale: float = 1.0
    points: float = 9.0


def bar_chart(
    bars: Sequence[Bar],
    palette: Palette | None = None,
    size: Size | None = None,
    show: Callable[[float], str] | None = None,
) -> bytes:
    """Return horizontal bars in the order given, each with its number beside it."""
    colours, size, show = palette or Palette(), size or Size(), show or _plain
    canvas = Canvas(size.width, size.height, size.scale, size.points)
    top = max((_reach(bar) for bar in bars), default=0.0) or 1.0
    lengths = [top * _STUB if isinstance(bar.value, Hidden) else _reach(bar) for bar in bars]
    words = [_number(bar.value, show) for bar in bars]
    labels = [canvas.shortened(bar.label, size.width * _MOST_LABEL) for bar in bars]
    left = _PAD + max((canvas.width_of(label) for label in labels), default=0.0) + _LABEL_GAP
    # The longest bar with its number beside it just fits.
    room = size.width - left - _PAD - _NUMBER_GAP
    rooms = [(room - canvas.width_of(word)) / at for word, at in zip(words, lengths, strict=True) if at]
    unit = max(0.0, min(rooms, default=room / top))
    pitch = (size.height - 2 * _PAD) / max(1, len(bars))
    for place, (bar, label, length, word) in enumerate(zip(bars, labels, lengths, words, strict=True)):
        middle = _PAD + (place + 0.5) * pitch
        canvas.words(label, (left - _LABEL_GAP, middle), colours.text, "rm")
        _draw_bar(canvas, colours, bar, (left, middle, length * unit, pitch), unit)
        colour = colours.text if isinstance(bar.value, (int, float)) else colours.muted
        canvas.words(word, (left + length * unit + _NUMBER_GAP, middle), colour)
    canvas.line([(left, _PAD), (left, size.height - _PAD)], colours.axis, _THIN)
    return canvas.png()


def line_chart(
    labels: Sequence[str],
    series: Sequence[Series],
    capacity: Capacity | None = None,
    palette: Palette | None = None,
    size: Size | None = None,
    show: Callable[[float], str] | None = None,
    marks: Sequence[float] = (),
) -> bytes:
    """Return lines over *labels*, told apart by colour and by marker, with a dashed line for the capacity.

    *marks* are the heights of the grid where the values lie on a scale with ends of its own, such as 1 to 5.
    """
    colours, size, show = palette or Palette(), size or Size(), show or _plain
    canvas = Canvas(size.width, size.height, size.scale, size.points)
    shown = [value for line in series for value in line.values if isinstance(value, (int, float))]
    top = max([*shown, capacity.value if capacity else 0.0], default=0.0) or 1.0
    low, high = (marks[0], marks[-1]) if marks else (0.0, top)
    ends = _apart(_ends(series, capacity, colours), (high - low) * 2 * size.points / size.height)
    heights = list(marks) or _round_marks(top)
    plot = _plot(canvas, len(labels), (low, high), [show(mark) for mark in heights], ends)
    for mark in heights:
        canvas.line([(plot.left, plot.y(mark)), (plot.right, plot.y(mark))], colours.grid, _THIN)
        canvas.words(show(mark), (plot.left - _TICK_GAP, plot.y(mark)), colours.muted, "rm")
    canvas.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], colours.axis, _THIN)
    _draw_labels(canvas, colours, plot, labels)
    if capacity:
        height = plot.y(capacity.value)
        canvas.line([(plot.x(-0.15), height), (plot.right, height)], colours.muted, 1.7, dash=6.2)
    for number, line in enumerate(series):
        _draw_line(canvas, colours, plot, number, line)
    for height, label, colour in ends:
        canvas.words(label, (plot.right + _TICK_GAP, plot.y(height)), colour)
    return canvas.png()


def bars_in_words(title: str, bars: Sequence[Bar], language: str, show: Callable[[float], str] | None = None) -> str:
    """Return the chart as a sentence for people who do not see it. Hidden figures stay hidden."""
    return _in_words(title, [(bar.label, bar.value) for bar in bars], language, show or _plain)


def line_in_words(
    title: str, labels: Sequence[str], line: Series, language: str, show: Callable[[float], str] | None = None
) -> str:
    return _in_words(title, list(zip(labels, line.values, strict=True)), language, show or _plain)


def _in_words(title: str, pairs: Sequence[tuple[str, Figure]], language: str, show: Callable[[float], str]) -> str:
    none = text(N_("none counted"), language)
    parts = [
        f"{label} {value.word if isinstance(value, Hidden) else none if value is None else show(value)}"
        for label, value in pairs
    ]
    return f"{title}: {', '.join(parts)}."


def _reach(bar: Bar) -> float:
    """Return how far something of *bar* reaches in its own numbers. What is hidden reaches nowhere."""
    if isinstance(bar.value, Hidden):
        return 0.0
    before = float(bar.before) if isinstance(bar.before, (int, float)) else 0.0
    return max(float(bar.value or 0), before)


def _number(value: Figure, show: Callable[[float], str]) -> str:
    return value.word if isinstance(value, Hidden) else "–" if value is None else show(float(value))


def _draw_bar(
    canvas: Canvas, colours: Palette, bar: Bar, place: tuple[float, float, float, float], unit: float
) -> None:
    """Draw one bar; *place* is its left end, its middle, its length and how far it is to the next."""
    left, middle, length, pitch = place
    half = pitch * 0.29
    if isinstance(bar.value, Hidden):
        canvas.hatched((left, middle - half, left + length, middle + half), colours.hidden)
        # A mark beside a hidden bar would tell how far it lies from it.
        return
    if bar.value:
        canvas.bar((left, middle - half, left + bar.value * unit, middle + half), colours.series[0])
    if isinstance(bar.before, (int, float)):
        across = left + bar.before * unit
        canvas.bar((across - 1.4, middle - pitch * 0.4, across + 1.4, middle + pitch * 0.4), colours.mark)


@dataclass(frozen=True)
class _Plot:
    """Where the lines of a chart lie: the edges, and how places and heights become dots."""

    left: float
    right: float
    upper: float
    bottom: float
    count: int
    low: float
    high: float

    @property
    def pitch(self) -> float:
        return (self.right - self.left) / (max(1, self.count) - 1 + 2 * _SIDE)

    def x(self, place: float) -> float:
        return self.left + (place + _SIDE) * self.pitch

    def y(self, height: float) -> float:
        share = (height - self.low) / ((self.high - self.low) * _ABOVE)
        return self.bottom - share * (self.bottom - self.upper)


def _plot(
    canvas: Canvas,
    count: int,
    scale: tuple[float, float],
    marks: Sequence[str],
    ends: Sequence[tuple[float, str, str]],
) -> _Plot:
    """Let the lines have what the words around them leave."""
    left = _PAD + max((canvas.width_of(mark) for mark in marks), default=0.0) + _TICK_GAP
    beside = max((canvas.width_of(label) for _height, label, _colour in ends), default=0.0)
    right = canvas.width - _PAD - (beside + _TICK_GAP if ends else 0.0)
    low, high = scale
    bottom = canvas.height - _PAD - canvas.line_height - _TICK_GAP / 2
    half = canvas.line_height / 2
    # Words moved up to stand apart may reach above the highest mark.
    highest = max((height for height, _label, _colour in ends), default=high)
    share = (highest - low) / ((high - low) * _ABOVE)
    room = bottom - _PAD - half
    upper = bottom - min(room / share if share > 1 else room, bottom - _PAD)
    return _Plot(left, max(left + 1, right), upper, bottom, count, low, high)


def _draw_labels(canvas: Canvas, colours: Palette, plot: _Plot, labels: Sequence[str]) -> None:
    """Write the labels below, and when they would run into each other, every second or third of them, the last too."""
    widest = max((canvas.width_of(label) for label in labels), default=0.0) + _TICK_GAP
    every = max(1, math.ceil(widest / plot.pitch))
    middle = plot.bottom + _TICK_GAP / 2 + canvas.line_height / 2
    for place, label in enumerate(labels):
        if (len(labels) - 1 - place) % every == 0:
            canvas.words(label, (plot.x(place), middle), colours.muted, "mm")


def _ends(series: Sequence[Series], capacity: Capacity | None, colours: Palette) -> list[tuple[float, str, str]]:
    """Return what stands at the end of each line: height, words and colour."""
    ends: list[tuple[float, str, str]] = []
    for number, line in enumerate(series):
        shown = [float(value) for value in line.values if isinstance(value, (int, float))]
        if shown:
            colour = colours.text if len(series) == 1 else _series_colour(colours, number)
            ends.append((shown[-1], line.end_label or line.name, colour))
    if capacity:
        ends.append((capacity.value, capacity.label, colours.muted))
    return ends


def _draw_line(canvas: Canvas, colours: Palette, plot: _Plot, number: int, line: Series) -> None:
    """Draw one line with gaps where nothing may be shown."""
    colour = _series_colour(colours, number)
    run: list[tuple[float, float]] = []
    for place, value in enumerate((*line.values, None)):
        if isinstance(value, (int, float)):
            run.append((plot.x(place), plot.y(value)))
            continue
        canvas.line(run, colour, 2.8)
        for point in run:
            canvas.marker(point, _MARKERS[number % len(_MARKERS)], colour, 7.6)
        run = []
        if isinstance(value, Hidden):
            _draw_hidden(canvas, colours, plot, place, value)


def _draw_hidden(canvas: Canvas, colours: Palette, plot: _Plot, place: int, value: Hidden) -> None:
    half, high = min(0.16 * plot.pitch, 8.0), (plot.bottom - plot.upper) * _STUB
    across = plot.x(place)
    canvas.hatched((across - half, plot.bottom - high, across + half, plot.bottom), colours.hidden)
    canvas.words(value.word, (across, plot.bottom - high - canvas.line_height / 2), colours.muted, "mm")


def _apart(ends: Sequence[tuple[float, str, str]], distance: float) -> list[tuple[float, str, str]]:
    """Move labels at the lines' ends apart, lowest first, so that none covers another."""
    placed: list[tuple[float, str, str]] = []
    for height, label, colour in sorted(ends):
        free = max(height, placed[-1][0] + distance) if placed else height
        placed.append((free, label, colour))
    return placed


def _round_marks(top: float) -> list[float]:
    """Return at most five round heights from 0 to *top*."""
    rough = top / 4
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    step = next(power * factor for factor in (1, 2, 2.5, 4, 5, 10) if power * factor >= rough * 0.999)
    return [step * number for number in range(int(top / step + 1e-9) + 1)]


def _series_colour(palette: Palette, number: int) -> str:
    return palette.series[number % len(palette.series)]


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"
