"""A large button that is on or off, for flags seen in a hurry: icon, words in up to two lines, tick when on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons, theme
from ui.theme import tokens
from ui.widgets.row_delegate import paint_focus

_HEIGHT = 52


class BigToggle(QAbstractButton):
    """Checked means on, drawn in the attention colours: a fact to act on, not an error."""

    def __init__(self, text: str, icon: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text.replace("&", ""))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(strong=True))
        words = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        wanted = min(metrics.horizontalAdvance(self.text()), max(theme.px(110), words))
        return QSize(44 + wanted + 40, theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        edge = 1.5 if on else 1
        rect = QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        painter.setPen(QPen(theme.color("attention" if on else "btnborder"), edge))
        back = "attention_back" if on else "alt" if self.underMouse() else "base"
        painter.setBrush(theme.color(back))
        painter.drawRoundedRect(rect, tokens.RADIUS, tokens.RADIUS)
        middle = rect.center().y()
        icons.paint_icon(painter, self._icon, 14, middle - 10, 20, theme.color("attention" if on else "muted"))
        painter.setFont(theme.font(strong=on))
        painter.setPen(theme.color("text"))
        area = QRect(44, 2, self.width() - 44 - (36 if on else 12), self.height() - 4)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self.text().replace("&", ""))
        if on:
            icons.paint_icon(painter, "check", self.width() - 30, middle - 8, 16, theme.color("attention"))
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()))
