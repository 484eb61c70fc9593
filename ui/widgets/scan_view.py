"""One page of a scan or a photo, as large as one likes. The picture is only ever in memory."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui import theme

_GAP = 12
_LEAST, _MOST = 0.05, 6.0
_STEP = 1.25


class ScanView(QAbstractScrollArea):
    """Shows a picture; ``turned`` asks for another page by a step, ``zoom_changed`` tells how large it is now."""

    turned = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scan_view")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._image: QImage | None = None
        self._zoom = 0.0
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)

    def show_image(self, image: QImage | None) -> None:
        """Show *image* from its top; None shows nothing and forgets what was there."""
        self._image = image
        self.verticalScrollBar().setValue(0)
        self._arrange()

    def image(self) -> QImage | None:
        """Return what is shown."""
        return self._image

    @property
    def zoom(self) -> float:
        """Size of the picture, 1.0 being one dot of it on one of the screen; the whole of it where none was chosen."""
        if self._zoom or self._image is None:
            return self._zoom or 1.0
        room = self.viewport().size() - QSize(2 * _GAP, 2 * _GAP)
        ratio = self.devicePixelRatioF()
        fits = min(room.width() / self._image.width(), room.height() / self._image.height()) * ratio
        return max(_LEAST, min(1.0, fits))

    def set_zoom(self, zoom: float) -> None:
        """Choose the size; 0 shows the whole picture."""
        self._zoom = min(_MOST, max(_LEAST, zoom)) if zoom else 0.0
        self._arrange()

    def zoom_in(self) -> None:
        self.set_zoom(self.zoom * _STEP)

    def zoom_out(self) -> None:
        self.set_zoom(self.zoom / _STEP)

    def fit_width(self) -> None:
        """Make the picture as wide as the view, to read it."""
        if self._image is not None:
            room = max(1, self.viewport().width() - 2 * _GAP)
            self.set_zoom(room * self.devicePixelRatioF() / self._image.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in turns:
            self.turned.emit(turns[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        elif event.key() == Qt.Key.Key_0:
            self.set_zoom(0.0)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self.set_zoom(self.zoom * (1.1 if event.angleDelta().y() > 0 else 1 / 1.1))
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.color("soft"))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._area(), self._image)
        if self.hasFocus():
            painter.setPen(theme.color("accent"))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def _shown_size(self) -> QSize:
        if self._image is None:
            return QSize(0, 0)
        scale = self.zoom / self.devicePixelRatioF()
        return QSize(max(1, round(self._image.width() * scale)), max(1, round(self._image.height() * scale)))

    def _area(self) -> QRect:
        size, room = self._shown_size(), self.viewport().size()
        left = max(_GAP, (room.width() - size.width()) // 2) - self.horizontalScrollBar().value()
        top = max(_GAP, (room.height() - size.height()) // 2) - self.verticalScrollBar().value()
        return QRect(QPoint(left, top), size)

    def _arrange(self) -> None:
        size, room = self._shown_size(), self.viewport().size()
        for bar, whole, seen in (
            (self.verticalScrollBar(), size.height(), room.height()),
            (self.horizontalScrollBar(), size.width(), room.width()),
        ):
            bar.setRange(0, max(0, whole + 2 * _GAP - seen))
            bar.setPageStep(seen)
        self.viewport().update()
        self.zoom_changed.emit(self.zoom)
