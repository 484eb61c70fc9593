"""A heading that folds what lies under it: chevron, icon, title, words, progress, number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons, theme
from ui.widgets.progress_segments import paint_segments
from ui.widgets.row_delegate import paint_focus
from ui.widgets.text import baseline_in, draw_words, draw_words_ending_at, width_of

_SEGMENT, _GAP = 16, 3


class FoldRow(QAbstractButton):
    """A checkable button: checked means open. ``toggled`` tells. Numbers are done, begun, total."""

    def __init__(
        self,
        title: str,
        words: str = "",
        icon: str = "",
        *,
        progress: tuple[int, int, int] | None = None,
        number: str = "",
        is_open: bool = False,
        height: int = 36,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title, self._words, self._icon = title, words, icon
        self._progress, self._number, self._height = progress, number, height
        self.setCheckable(True)
        self.setChecked(is_open)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name()
        theme.notifier.changed.connect(self.updateGeometry)

    def set_progress(self, progress: tuple[int, int, int], number: str) -> None:
        """Show other numbers."""
        self._progress, self._number = progress, number
        self._name()
        self.update()

    def set_words(self, words: str) -> None:
        """Show other words beside the title."""
        self._words = words
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(self._height))

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.underMouse():
            painter.fillRect(rect, theme.color("alt"))
        middle, baseline = rect.center().y(), baseline_in(rect)
        chevron = "chevron-down" if self.isChecked() else "chevron-right"
        icons.paint_icon(painter, chevron, 12, middle - 8, 16, theme.color("muted"))
        left = 40.0
        if self._icon:
            icons.paint_icon(painter, self._icon, 40, middle - 8, 16, theme.color("accent"))
            left = 68.0
        right = self._paint_numbers(painter, rect, baseline)
        end = draw_words(
            painter, left, baseline, self._title, theme.font(strong=True), theme.color("text"), right - left
        )
        small, muted = theme.font("small"), theme.color("muted")
        draw_words(painter, end + 12, baseline, self._words, small, muted, right - end - 12)
        if self.hasFocus():
            paint_focus(painter, rect.adjusted(1, 0, -1, 0))

    def _paint_numbers(self, painter: QPainter, rect: QRectF, baseline: float) -> float:
        """Paint number and segments and return where the room for words ends."""
        right = rect.right() - 12
        if self._number:
            draw_words_ending_at(painter, right, baseline, self._number, theme.font(), theme.color("muted"))
        if self._progress is None:
            return right - width_of(self._number, theme.font()) - 12
        total = self._progress[2]
        start = right - max(theme.px(124), width_of(self._number, theme.font()) + 88)
        # Many milestones share the room that four have; the number says the rest.
        width = min(total * _SEGMENT + (total - 1) * _GAP, theme.px(76))
        paint_segments(painter, QRectF(start, rect.center().y() - 4, width, 8), *self._progress)
        return start - 12

    def _name(self) -> None:
        self.setAccessibleName(", ".join(filter(None, (self._title, self._number))))
        self.setAccessibleDescription(self._words)
