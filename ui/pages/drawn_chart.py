"""A chart: drawn by the worker for the width at hand, and drawn anew when width or theme change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from shelterdesk.documents import charts
from ui import theme
from ui.seat import Seat


class DrawnChart(QWidget):
    """A subclass says what it shows, how high that is, and how it is drawn; then it calls :meth:`show_anew`."""

    def __init__(self, seat: Seat) -> None:
        super().__init__()
        self._seat = seat
        self._picture = QPixmap()
        self._drawn: object = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self._draw)

    def content(self) -> object:
        """Return what is shown, to compare with what was drawn; nothing to draw is false."""
        raise NotImplementedError

    def wanted_height(self) -> int:
        """Return the height in pixels of the usual text size."""
        raise NotImplementedError

    def drawing(self, palette: charts.Palette, size: charts.Size) -> Callable[[], bytes]:
        """Return what draws the picture; it runs in the worker, so it holds plain values only."""
        raise NotImplementedError

    def show_anew(self) -> None:
        """Draw what is shown now."""
        if not self.content():
            self._picture, self._drawn = QPixmap(), None
            self.update()
        self.updateGeometry()
        self._draw()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(400), theme.px(self.wanted_height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._picture.isNull():
            # Until the picture for a new size is there, the old one is stretched rather than cut off.
            QPainter(self).drawPixmap(self.rect(), self._picture)

    def _draw(self) -> None:
        content, ratio = self.content(), self.devicePixelRatioF()
        wanted = (self.width(), self.height(), ratio, theme.current().dark, content)
        if not content or wanted == self._drawn or self.width() < 80 or not self.isVisible():
            return
        self._drawn = wanted
        draw = self.drawing(palette_of_theme(), charts.Size(self.width(), self.height(), ratio, 9.0 * theme.scale()))
        self._seat.in_background(lambda _task: draw(), lambda png: self._take(wanted, png, ratio), owner=self)

    def _take(self, wanted: object, png: bytes, ratio: float) -> None:
        if wanted != self._drawn:
            # Something else came into view meanwhile; its picture is on the way.
            return
        picture = QPixmap()
        picture.loadFromData(png)
        picture.setDevicePixelRatio(ratio)
        self._picture = picture
        self.update()


def palette_of_theme() -> charts.Palette:
    """Return the colours of the theme for a chart."""
    tokens = theme.current()
    return charts.Palette(
        series=theme.chart_colors(),
        text=tokens.text,
        muted=tokens.muted,
        axis=tokens.btnborder,
        grid=tokens.soft,
        mark=tokens.text,
        hidden=tokens.border,
    )
