"""Plain text that grows with what is written, up to twelve lines; then it scrolls. Tab leaves it."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from ui import theme
from ui.theme import tokens

_MARGIN = 4
"""The document's own margin at the usual size of text."""
# Edge, padding and the document's own margin, above and below.
_FRAME, _SINGLE_FRAME = 2 * (1 + 7 + _MARGIN), 2 * (1 + 2 + _MARGIN)


class TextArea(QPlainTextEdit):
    """*lines* is the height of the empty box, *most* the height at which it begins to scroll."""

    def __init__(
        self, name: str, placeholder: str = "", *, lines: int = 3, most: int = 12, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines, self._most = lines, max(lines, most)
        theme.mark(self, single=lines == 1)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.notifier.changed.connect(self._fit)
        self._fit()

    def text(self) -> str:
        """Return what was written."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show *text*; undo then begins here."""
        self.setPlainText(text)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(420), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        if bar.minimum() == bar.maximum():
            event.ignore()
        else:
            super().wheelEvent(event)

    def _fit(self) -> None:
        lines = round(self.document().documentLayout().documentSize().height())
        shown = min(max(lines, self._lines), self._most)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if lines > self._most else policy.ScrollBarAlwaysOff)
        line = QFontMetricsF(theme.font()).lineSpacing()
        frame = _SINGLE_FRAME if self._lines == 1 else _FRAME
        # One line stands in the middle of its box also where the text is set large.
        spare = max(theme.px(tokens.CONTROL) - line - frame, 0) if self._lines == 1 else 0
        margin = _MARGIN + spare / 2
        if self.document().documentMargin() != margin:
            self.document().setDocumentMargin(margin)
        height = max(math.ceil(shown * line + spare) + frame, theme.px(tokens.CONTROL))
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
