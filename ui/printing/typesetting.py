"""Type on paper: the bundled face, and text broken into lines.

All lengths are hundredths of a millimetre, whatever the device. The painter is scaled once for each page, so a
line breaks at the same word on the screen, in the PDF and on every printer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QTextLayout, QTextOption

from shelterdesk.documents.blocks import Side
from shelterdesk.paths import resources

MM = 100.0
"""Layout units in a millimetre."""
POINT = MM * 25.4 / 72.0

INK = "#000000"
SOFT = "#333333"
QUIET = "#444444"
LINE = "#777777"
FAINT = "#BBBBBB"

_FALLBACK = "DejaVu Sans"
_ALIGN = {
    Side.LEFT: Qt.AlignmentFlag.AlignLeft,
    Side.RIGHT: Qt.AlignmentFlag.AlignRight,
    Side.CENTRE: Qt.AlignmentFlag.AlignHCenter,
}


@cache
def _bundled(file_name: str) -> str:
    path = resources() / "fonts" / file_name
    if not path.is_file():
        return _FALLBACK
    number = QFontDatabase.addApplicationFont(str(path))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else _FALLBACK


def face(points: float, *, strong: bool = False) -> QFont:
    """Return the bundled face at *points*, measured in layout units."""
    font = QFont()
    family = _bundled("NotoSans-SemiBold.ttf" if strong else "NotoSans-Regular.ttf")
    font.setFamilies([family, _bundled("NotoSans-Regular.ttf"), _FALLBACK])
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    font.setPixelSize(max(1, round(points * POINT)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    # A joined «fi» hides the dot that tells i from ı, and cannot be found when somebody searches the PDF.
    font.setFeature(QFont.Tag("liga"), 0)
    # Kerning pairs stay on; merging of fonts stays on too, because words for her paper may be in any script.
    font.setStyleStrategy(QFont.StyleStrategy.PreferOutline)
    return font


@dataclass(frozen=True)
class Type:
    """Size, weight and grey of one piece of text."""

    points: float
    strong: bool = False
    colour: str = INK

    @property
    def font(self) -> QFont:
        return face(self.points, strong=self.strong)

    @property
    def cap(self) -> float:
        """Height of a capital letter."""
        return QFontMetricsF(self.font).capHeight()

    @property
    def line(self) -> float:
        """Distance between the baselines of two lines."""
        return self.points * POINT * 1.36


class Words:
    """A text broken into lines of at most *width* (no limit: one line for each line of the text).

    ``height`` reaches from the top of the first capital to the last baseline: boxes and rows are spaced by
    what the eye sees, not by the font's own leading.
    """

    def __init__(self, text: str, style: Type, width: float | None = None, side: Side = Side.LEFT) -> None:
        self.style = style
        self.width = width
        self.side = side
        self._layout = QTextLayout(text.strip().replace("\n", "\u2028"), style.font)
        option = QTextOption(_ALIGN[side])
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.beginLayout()
        y = 0.0
        # Text with forced line breaks is laid out in one very wide column and measured afterwards.
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width if width is not None else 1e6)
            line.setPosition(QPointF(0.0, y - line.ascent()))
            y += style.line
        self._layout.endLayout()
        self.count = self._layout.lineCount()

    @property
    def empty(self) -> bool:
        return not self._layout.text()

    @property
    def natural_width(self) -> float:
        return max((self._layout.lineAt(i).naturalTextWidth() for i in range(self.count)), default=0.0)

    @property
    def height(self) -> float:
        return self.style.cap + (max(1, self.count) - 1) * self.style.line

    def draw(self, painter: QPainter, x: float, top: float) -> None:
        """Draw with the first capital's top edge at *top*."""
        self.draw_on_baseline(painter, x, top + self.style.cap)

    def draw_on_baseline(self, painter: QPainter, x: float, baseline: float) -> None:
        painter.setPen(QColor(self.style.colour))
        self._layout.draw(painter, QPointF(x, baseline))

    def pieces(self, lines: int) -> list[Words]:
        """Divide into texts of at most *lines* lines each, at the line breaks of this one."""
        if self.count <= lines:
            return [self]
        whole = self._layout.text()
        cut: list[Words] = []
        for first in range(0, self.count, lines):
            last = self._layout.lineAt(min(first + lines, self.count) - 1)
            start = self._layout.lineAt(first).textStart()
            part = whole[start : last.textStart() + last.textLength()]
            cut.append(Words(part.strip("\u2028"), self.style, self.width, self.side))
        return cut

    @property
    def source(self) -> str:
        return self._layout.text()
