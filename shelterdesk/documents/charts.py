"""Charts as PNG: bars with the previous period as a tick mark, and lines with their names at the end.

A hidden value is drawn as a hatched stub of one fixed length with its word beside it, and takes no part in the
scale, so that no length gives it away. Lengths are logical pixels at 100 dots per inch; *scale* multiplies dots.
"""

from __future__ import annotations

import io
import math
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from shelterdesk.i18n import N_, text
from shelterdesk.paths import machine_folder, resources

_DPI = 100
_MARKERS = ("o", "s", "^", "D", "v", "P")
_STUB = 0.09
"""Length of a hidden bar as part of the axis."""

# matplotlib keeps fonts and paths in module state; charts may be asked for by the worker and by the window.
_lock = threading.Lock()


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


@dataclass(frozen=True)
class _Ink:
    palette: Palette
    size: Size
    font: Any = field(repr=False)


def bar_chart(
    bars: Sequence[Bar],
    palette: Palette | None = None,
    size: Size | None = None,
    show: Callable[[float], str] | None = None,
) -> bytes:
    """Return horizontal bars in the order given, each with its number beside it."""
    colours, size, show = palette or Palette(), size or Size(), show or _plain
    with _lock:
        ink = _Ink(colours, size, _font(size.points))
        figure, axes = _figure(ink)
        open_bars = [bar for bar in bars if not isinstance(bar.value, Hidden)]
        shown = [value for bar in open_bars for value in (bar.value, bar.before) if isinstance(value, (int, float))]
        top = max(shown, default=0.0) or 1.0
        for place, bar in enumerate(bars):
            _draw_bar(axes, ink, place, bar, top, show)
        axes.set_ylim(len(bars) - 0.4, -0.6)
        axes.set_xlim(0, top * 1.16)
        axes.set_yticks(range(len(bars)), [bar.label for bar in bars])
        axes.xaxis.set_visible(False)
        for side in ("top", "right", "bottom"):
            axes.spines[side].set_visible(False)
        axes.spines["left"].set_color(colours.axis)
        _style_ticks(axes, ink, colours.text)
        axes.tick_params(length=0, pad=7)
        return _png(figure, ink)


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
    with _lock:
        ink = _Ink(colours, size, _font(size.points))
        figure, axes = _figure(ink)
        shown = [value for line in series for value in line.values if isinstance(value, (int, float))]
        top = max([*shown, capacity.value if capacity else 0.0], default=0.0) or 1.0
        ends: list[tuple[float, str, str]] = []
        for number, line in enumerate(series):
            end = _draw_line(axes, ink, number, line)
            if end is not None:
                last = colours.text if len(series) == 1 else _series_colour(colours, number)
                ends.append((end, line.end_label or line.name, last))
        if capacity:
            axes.plot([-0.15, len(labels) - 1 + 0.2], [capacity.value] * 2, "--", color=colours.muted, linewidth=1.2)
            ends.append((capacity.value, capacity.label, colours.muted))
        low, high = (marks[0], marks[-1]) if marks else (0.0, top)
        for height, label, colour in _apart(ends, (high - low) * 2 * size.points / size.height):
            axes.text(len(labels) - 1 + 0.28, height, label, color=colour, va="center", fontproperties=ink.font)
        axes.set_xlim(-0.25, len(labels) - 1 + 0.2)
        axes.set_ylim(low, high + (high - low) * 0.08)
        heights = list(marks) or _round_marks(top)
        axes.set_yticks(heights, [show(mark) for mark in heights])
        axes.set_xticks(range(len(labels)), labels)
        axes.grid(axis="y", color=colours.grid, linewidth=0.8)
        axes.set_axisbelow(True)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(colours.axis)
        _style_ticks(axes, ink, colours.muted)
        axes.tick_params(length=0, pad=5)
        return _png(figure, ink)


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


def _draw_bar(axes: Any, ink: _Ink, place: int, bar: Bar, top: float, show: Callable[[float], str]) -> None:
    colours = ink.palette
    end = 0.0
    if isinstance(bar.value, Hidden):
        end = top * _STUB
        axes.barh(place, end, height=0.55, color="none", edgecolor=colours.hidden, hatch="//////", linewidth=0.8)
    elif bar.value is not None:
        end = float(bar.value)
        axes.barh(place, end, height=0.58, color=colours.series[0])
    # A mark beside a hidden bar would tell how far it lies from it; then neither is drawn.
    if isinstance(bar.before, (int, float)) and not isinstance(bar.value, Hidden):
        axes.plot(
            [bar.before] * 2, [place - 0.4, place + 0.4], color=colours.mark, linewidth=2.0, solid_capstyle="butt"
        )
        end = max(end, float(bar.before))
    label = bar.value.word if isinstance(bar.value, Hidden) else "–" if bar.value is None else show(float(bar.value))
    colour = colours.muted if isinstance(bar.value, Hidden) or bar.value is None else colours.text
    axes.annotate(
        label, (end, place), xytext=(5, 0), textcoords="offset points", va="center", color=colour,
        fontproperties=ink.font, annotation_clip=False,
    )  # fmt: skip


def _draw_line(axes: Any, ink: _Ink, number: int, line: Series) -> float | None:
    """Draw one line with gaps where nothing may be shown; return the height of its last shown value."""
    colour = _series_colour(ink.palette, number)
    heights = [float(v) if isinstance(v, (int, float)) else math.nan for v in line.values]
    axes.plot(
        range(len(heights)), heights, color=colour, linewidth=2.0, marker=_MARKERS[number % len(_MARKERS)],
        markersize=5.5, clip_on=False,
    )  # fmt: skip
    for place, value in enumerate(line.values):
        if isinstance(value, Hidden):
            axes.axvspan(place - 0.16, place + 0.16, 0, _STUB, facecolor="none", edgecolor=ink.palette.hidden,
                         hatch="//////", linewidth=0.8)  # fmt: skip
            axes.annotate(
                value.word, (place, 0), xytext=(0, 0.1 * ink.size.height * 0.75), textcoords="offset points",
                ha="center", color=ink.palette.muted, fontproperties=ink.font,
            )  # fmt: skip
    shown = [height for height in heights if not math.isnan(height)]
    return shown[-1] if shown else None


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


def _figure(ink: _Ink) -> tuple[Any, Any]:
    _prepare()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    drawing: Any = Drawing(figsize=(ink.size.width / _DPI, ink.size.height / _DPI), dpi=_DPI)
    FigureCanvasAgg(drawing)
    drawing.patch.set_alpha(0.0)
    axes = drawing.add_subplot()
    axes.patch.set_alpha(0.0)
    return drawing, axes


def _style_ticks(axes: Any, ink: _Ink, colour: str) -> None:
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(ink.font)
        label.set_color(colour)


def _png(figure: Any, ink: _Ink) -> bytes:
    """Return the figure with exact size: the axes give way to labels, the picture keeps its width."""
    figure.set_layout_engine("tight", pad=0.3)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=_DPI * ink.size.scale, transparent=True, metadata={"Software": None})
    return stream.getvalue()


@cache
def _font_path() -> str:
    path = resources() / "fonts" / "NotoSans-Regular.ttf"
    return str(path) if path.is_file() else ""


def _font(points: float) -> Any:
    _prepare()
    from matplotlib.font_manager import FontProperties

    path = _font_path()
    # Points are 1/72 inch and the picture has 100 dots to the inch: the same type as in the window.
    return FontProperties(fname=path, size=points) if path else FontProperties(family="DejaVu Sans", size=points)


@cache
def _prepare() -> None:
    """Point matplotlib at our folder before its first import, or it writes its caches into the person's profile."""
    folder = machine_folder() / "charts"
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["MPLCONFIGDIR"] = str(folder)
    os.environ.setdefault("MPLBACKEND", "agg")
    import matplotlib as mpl

    mpl.rcParams["hatch.linewidth"] = 0.8
    mpl.rcParams["path.simplify"] = False
