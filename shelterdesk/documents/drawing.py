"""A transparent picture that shapes and words are put on. Lengths are logical pixels; *scale* multiplies dots."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from shelterdesk.paths import resources

DPI: Final = 100
"""Dots to the inch at scale 1, so that points are the same type as in the window."""
_FINER: Final = 4
"""Shapes are drawn so many times larger and then made smaller: smooth edges."""
_HATCH: Final = 5.0

Point = tuple[float, float]
Box = tuple[float, float, float, float]


class Canvas:
    """One picture of *width* by *height*, with one face in one size."""

    def __init__(self, width: int, height: int, scale: float, points: float) -> None:
        self.width, self.height = width, height
        self._scale = scale
        self._image = Image.new("RGBA", (round(width * scale), round(height * scale)), (0, 0, 0, 0))
        face = resources() / "fonts" / "NotoSans-Regular.ttf"
        # Simple scripts need no shaping, and this way the same words give the same dots everywhere.
        self._face = ImageFont.truetype(
            str(face), points / 72 * DPI * scale * _FINER, layout_engine=ImageFont.Layout.BASIC
        )  # fmt: skip

    def png(self) -> bytes:
        """Return the picture."""
        stream = io.BytesIO()
        self._image.save(stream, "PNG", dpi=(DPI * self._scale, DPI * self._scale))
        return stream.getvalue()

    def width_of(self, words: str) -> float:
        """Return how wide *words* are."""
        return self._face.getlength(words) / _FINER / self._scale

    @property
    def line_height(self) -> float:
        """Return how high a line of words is, from the highest to the lowest letter."""
        above, below = self._face.getmetrics()
        return (above + below) / _FINER / self._scale

    def shortened(self, words: str, room: float) -> str:
        """Return *words*, cut with an ellipsis where they do not fit into *room*."""
        if self.width_of(words) <= room:
            return words
        kept = words
        while kept and self.width_of(f"{kept}…") > room:
            kept = kept[:-1]
        return f"{kept.rstrip()}…"

    def words(self, words: str, at: Point, colour: str, anchor: str = "lm") -> None:
        """Write *words*; *anchor* is «l», «m» or «r» for left, middle or right, then «m» for half their height."""
        # Letters are drawn larger too: only so do they keep their distances, which are no whole dots.
        box = self._face.getbbox(words, anchor=anchor)
        # Upright, whole dots keep the strokes of all words on one line equally sharp.
        x, y = at[0] * self._scale, round(at[1] * self._scale)
        left, top = math.floor(x + box[0] / _FINER), math.floor(y + box[1] / _FINER)
        right, bottom = math.ceil(x + box[2] / _FINER), math.ceil(y + box[3] / _FINER)
        mask = Image.new("L", ((right - left + 1) * _FINER, (bottom - top + 1) * _FINER), 0)
        place = ((x - left) * _FINER, (y - top) * _FINER)
        ImageDraw.Draw(mask).text(place, words, fill=255, font=self._face, anchor=anchor)
        self._put(mask.reduce(_FINER), (left, top), colour)

    def bar(self, box: Box, colour: str) -> None:
        """Fill a rectangle."""
        self._shape(box, colour, lambda pen: pen.polygon(_corners(box)))

    def hatched(self, box: Box, colour: str) -> None:
        """Draw a rectangle with an edge and slanting lines inside."""

        def draw(pen: _Pen) -> None:
            left, top, right, bottom = box
            height = bottom - top
            start = left - height
            while start < right:
                pen.line([(start, bottom), (start + height, top)], 1.1)
                start += _HATCH
            corners = _corners((left + 0.5, top + 0.5, right - 0.5, bottom - 0.5))
            pen.line([*corners, corners[0]], 1.1)

        self._shape(box, colour, draw, margin=0)

    def line(self, points: Sequence[Point], colour: str, width: float, *, dash: float = 0) -> None:
        """Draw a line through *points*; with *dash* it is broken into strokes so long."""
        if len(points) < 2:
            return
        box = _around(points)

        def draw(pen: _Pen) -> None:
            if dash:
                for stroke in _strokes(points[0], points[-1], dash):
                    pen.line(stroke, width)
            else:
                pen.line(points, width)

        self._shape(box, colour, draw, margin=width + 1)

    def marker(self, at: Point, kind: str, colour: str, size: float) -> None:
        """Draw a small figure around *at*: «o», «s», «^», «D», «v» or «P» as in charts everywhere."""
        half = size / 2
        figure = [(at[0] + x * half, at[1] + y * half) for x, y in _FIGURES.get(kind, ())]
        box = (at[0] - size, at[1] - size, at[0] + size, at[1] + size)
        self._shape(box, colour, lambda pen: pen.polygon(figure) if figure else pen.disc(at, half))

    def _shape(self, box: Box, colour: str, draw: Callable[[_Pen], None], margin: float = 2) -> None:
        """Have *draw* make a mask of *box* and its *margin* in fine dots, and put it on the picture."""
        left = math.floor((box[0] - margin) * self._scale)
        top = math.floor((box[1] - margin) * self._scale)
        right = math.ceil((box[2] + margin) * self._scale)
        bottom = math.ceil((box[3] + margin) * self._scale)
        if right <= left or bottom <= top:
            return
        mask = Image.new("L", ((right - left) * _FINER, (bottom - top) * _FINER), 0)
        draw(_Pen(ImageDraw.Draw(mask), left, top, self._scale))
        self._put(mask.reduce(_FINER), (left, top), colour)

    def _put(self, mask: Image.Image, at: tuple[int, int], colour: str) -> None:
        layer = Image.new("RGBA", mask.size, colour)
        layer.putalpha(mask)
        # What lies outside the picture is cut off: alpha_composite takes no negative place.
        cut = (max(0, -at[0]), max(0, -at[1]))
        if cut[0] < mask.width and cut[1] < mask.height:
            self._image.alpha_composite(layer, (max(0, at[0]), max(0, at[1])), cut)


class _Pen:
    """Draws on a fine mask in the measures of the canvas."""

    def __init__(self, pen: ImageDraw.ImageDraw, left: int, top: int, scale: float) -> None:
        self._pen = pen
        self._left, self._top, self._scale = left, top, scale

    def polygon(self, points: Sequence[Point]) -> None:
        # The far edge of a polygon counts as inside; in fine dots that is a quarter of a dot.
        self._pen.polygon([self._fine(point) for point in points], fill=255)

    def disc(self, at: Point, radius: float) -> None:
        x, y = self._fine(at)
        fine = radius * self._scale * _FINER
        self._pen.ellipse((x - fine, y - fine, x + fine, y + fine), fill=255)

    def line(self, points: Sequence[Point], width: float) -> None:
        fine = max(1, round(width * self._scale * _FINER))
        self._pen.line([self._fine(point) for point in points], fill=255, width=fine, joint="curve")

    def _fine(self, point: Point) -> Point:
        return ((point[0] * self._scale - self._left) * _FINER, (point[1] * self._scale - self._top) * _FINER)


_FIGURES: Final[dict[str, tuple[Point, ...]]] = {
    "s": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    "^": ((0, -1.1), (1.1, 1), (-1.1, 1)),
    "D": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "v": ((-1.1, -1), (1.1, -1), (0, 1.1)),
    "P": (
        (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4), (1.2, 0.4), (0.4, 0.4),
        (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4), (-1.2, -0.4), (-0.4, -0.4),
    ),
}  # fmt: skip


def _corners(box: Box) -> list[Point]:
    left, top, right, bottom = box
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _around(points: Sequence[Point]) -> Box:
    across, down = [x for x, _y in points], [y for _x, y in points]
    return min(across), min(down), max(across), max(down)


def _strokes(start: Point, end: Point, length: float) -> list[list[Point]]:
    """Break the way from *start* to *end* into strokes with gaps of two fifths between them."""
    whole = math.dist(start, end)
    if not whole:
        return []
    across, down = (end[0] - start[0]) / whole, (end[1] - start[1]) / whole
    strokes: list[list[Point]] = []
    done = 0.0
    while done < whole:
        stop = min(done + length, whole)
        strokes.append([(start[0] + across * far, start[1] + down * far) for far in (done, stop)])
        done = stop + length * 0.4
    return strokes
