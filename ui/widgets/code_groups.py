"""A code shown large in framed groups, as it stands on paper, so that it can be copied without losing the place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.theme import tokens
from ui.widgets.text import width_of

_HEIGHT = 44
_GAP = 8
_SIDE = 14


class CodeGroups(QWidget):
    """Groups in lines of as many as fit. A screen reader is given them one by one."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._groups: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.notifier.changed.connect(self.updateGeometry)

    def show_code(self, groups: Sequence[str]) -> None:
        """Show *groups*; none takes the code away."""
        self._groups = tuple(groups)
        self.setAccessibleName(f"{self._name}: {' '.join(groups)}" if groups else self._name)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = -(-len(self._groups) // self._in_a_line(width))
        return lines * (theme.px(_HEIGHT) + _GAP) - _GAP if lines else 0

    def sizeHint(self) -> QSize:
        whole = len(self._groups) * (self._width() + _GAP) - _GAP
        return QSize(max(whole, 0), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(), theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        in_a_line, width, height = self._in_a_line(self.width()), self._width(), theme.px(_HEIGHT)
        painter.setFont(self._face())
        for number, group in enumerate(self._groups):
            left = (number % in_a_line) * (width + _GAP)
            top = (number // in_a_line) * (height + _GAP)
            box = QRectF(left, top, width, height).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(theme.color("border"), 1))
            painter.setBrush(theme.color("base"))
            painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
            painter.setPen(theme.color("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, group)

    def _in_a_line(self, width: int) -> int:
        fit = max((width + _GAP) // (self._width() + _GAP), 1)
        # Lines of about one length are easier to copy than full ones and a rest.
        lines = max(-(-len(self._groups) // fit), 1)
        return max(-(-len(self._groups) // lines), 1)

    def _width(self) -> int:
        widest = max((width_of(group, self._face()) for group in self._groups), default=0)
        return round(widest) + 2 * _SIDE

    @staticmethod
    def _face() -> QFont:
        # In a face with one width, O and 0 or 1 and 7 are told apart more easily.
        face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        face.setPointSizeF(theme.font("title").pointSizeF() * 1.15)
        face.setWeight(QFont.Weight.DemiBold)
        return face
