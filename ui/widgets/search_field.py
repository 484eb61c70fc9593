"""The search box with its painted key cap, and the filter box above lists."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui import icons, theme
from ui.theme import tokens
from ui.widgets.text import baseline_in, draw_words, width_of


class SearchField(QLineEdit):
    """A line with a magnifier. ``key`` is shown as a key cap at the right while the line is empty.

    ``left_downwards`` fires on the down arrow or Enter, so that the page can move to its first result.
    """

    left_downwards = Signal()

    def __init__(self, placeholder: str, key: str = "", *, icon: str = "search", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._icon = key, icon
        theme.mark(self, quiet=True)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._make_room()
        self.textChanged.connect(self._make_room)
        theme.notifier.changed.connect(self._make_room)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(360), super().sizeHint().height())

    def event(self, event: QEvent) -> bool:
        # Esc empties the line before it means «cancel» to the page.
        asked = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if asked and event.type() == QEvent.Type.ShortcutOverride and self.text():
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left_downwards.emit()
            if event.key() == Qt.Key.Key_Down:
                return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = 7 if self.isLeftToRight() else self.width() - 23
        icons.paint_icon(painter, self._icon, left, (self.height() - 16) / 2, 16, theme.color("muted"))
        if self._key and not self.text():
            self._paint_key(painter)

    def _make_room(self) -> None:
        cap = self._cap_width() + 8 if self._key and not self.text() else 0
        self.setTextMargins(27, 0, cap, 0)

    def _cap_width(self) -> int:
        return round(width_of(self._key, theme.font("small"))) + 13

    def _paint_key(self, painter: QPainter) -> None:
        width, height = self._cap_width(), min(theme.px(20), self.height() - 8)
        cap = QRectF(self.width() - width - 7, (self.height() - height) / 2, width, height)
        painter.setPen(QPen(theme.color("hairline"), 1))
        painter.setBrush(theme.color("window"))
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS, tokens.RADIUS)
        draw_words(painter, cap.left() + 6.5, baseline_in(cap), self._key, theme.font("small"), theme.color("muted"))
