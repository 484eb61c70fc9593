"""The bundled face and the few sizes it is used in."""

from __future__ import annotations

from functools import cache
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase

from shelterdesk.paths import resources
from ui.theme import tokens

FAMILY = "Noto Sans"
Size = Literal["body", "small", "group", "title"]
_POINTS: dict[str, float] = {
    "body": tokens.BODY_POINTS,
    "small": tokens.SMALL_POINTS,
    "group": tokens.GROUP_POINTS,
    "title": tokens.TITLE_POINTS,
}


@cache
def load() -> tuple[str, ...]:
    """Hand the bundled faces to Qt, in memory only, and return the families it found."""
    found: list[str] = []
    for name in ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf", "NotoSans-Bold.ttf"):
        number = QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))
        found.extend(QFontDatabase.applicationFontFamilies(number) if number >= 0 else ())
    return tuple(dict.fromkeys(found))


def points(size: Size, scale: float) -> float:
    """Return the point size of *size* at the text *scale*; small text never goes below 9 pt."""
    return max(_POINTS[size] * scale, tokens.SMALL_POINTS)


@cache
def face(size: Size, scale: float, *, strong: bool = False) -> QFont:
    """Return the font for *size*; group headings and titles are always strong."""
    font = QFont([FAMILY])
    font.setPointSizeF(points(size, scale))
    if strong or size in {"group", "title"}:
        font.setWeight(QFont.Weight.DemiBold)
    font.setStyleHint(QFont.StyleHint.SansSerif)
    return font
